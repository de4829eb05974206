"""What goes into a translation memory: the passages of checked pairs that can be trusted."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.errors import InputError
from aligncheck.memory import Source
from aligncheck.model import Bead, Bitext, Document, Report, Severity
from aligncheck.readers import ReadOptions, stream

#: A passage: Chinese, English, and how sure its pair is (None: somebody gave it).
Passage = tuple[str, str, float | None]
#: Pairs of more characters are no passages that anybody says twice.
_LONGEST = 2_000
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.年]?(0[1-9]|1[0-2]))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document for the memory; ``left_out``: passages that were not sure enough, or have a finding."""

    source: Source
    passages: tuple[Passage, ...]
    left_out: int = 0


def from_report(report: Report, source: Source, least: float) -> Remembered:
    """The passages of a report with a score and a quality of at least ``least`` and no major finding.

    Raises:
        InputError: it is the report of one document alone.
    """
    if report.target is None:
        raise InputError("is one document alone; a memory is made of pairs", path=report.source.path)
    turned = report.source.language == "en"
    marked: dict[str, set[int]] = {"source": set(), "target": set()}
    for finding in report.findings:
        if finding.severity >= Severity.MAJOR and finding.waived is None:
            for side, document in (("source", report.source), ("target", report.target)):
                for span in getattr(finding, side):
                    marked[side] |= {
                        s.id
                        for s in document.blocks[span.block].segments
                        if s.start < max(span.end, span.start + 1) and span.start < s.end
                    }
    passages: list[Passage] = []
    left_out = 0
    for bead in report.alignments:
        score = _score(bead)
        clean = marked["source"].isdisjoint(bead.source) and marked["target"].isdisjoint(bead.target)
        if not bead.source or not bead.target:
            continue
        if not clean or (score is not None and score < least):
            left_out += 1
            continue
        texts = report.source.joined(bead.source), report.target.joined(bead.target)
        zh, en = reversed(texts) if turned else texts
        if _sensible(zh, en):
            passages.append((zh, en, score))
    return Remembered(source, tuple(passages), left_out)


def from_pair(path: Path, target: Path, settings: Settings, source: Source, least: float) -> Remembered:
    """Check a pair and take its trusted passages."""
    return from_report(engine.check(path, target, settings), source, least)


def from_file(path: Path, settings: Settings, source: Source, least: float) -> Iterator[Remembered]:
    """What one file holds: an audit's store, a TMX, another file of pairs, or a bilingual document.

    Pairs that a file gives are taken as given; a bilingual document is checked first.

    Raises:
        InputError: it is none of these.
    """
    store = path / "audit.sqlite" if path.is_dir() else path
    if path.is_dir() and not store.is_file():
        raise InputError(
            "is a folder without an audit", path=str(path), hint="make one: aligncheck audit FOLDER -o …"
        )
    if _is_sqlite(store):
        yield from _from_audit(store, source, least)
        return
    if path.suffix.lower() == ".tmx":
        yield Remembered(source, tuple(_from_tmx(path)))
        return
    what = engine.load_input(path, None, settings, ReadOptions())
    if isinstance(what, Document):
        raise InputError(
            "holds one language only", path=str(path), hint="name its translation too: memory add ZH EN"
        )
    if what.paired:
        yield Remembered(source, tuple(_given(what)))
        return
    yield from_report(engine.check_loaded(what, settings), source, least)


def dated(path: Path, date: str = "", name: str = "", status: str = "official") -> Source:
    """A document's record; without a date, the year (and month) that its name tells, if any."""
    found = _YEAR.search(path.stem)
    guess = "" if found is None else found[1] + (f"-{found[2]}" if found[2] else "")
    return Source(name or path.name, date or guess, status)


def _score(bead: Bead) -> float | None:
    known = [s for s in (bead.score, bead.quality) if s is not None]
    return round(min(known), 4) if known else None


def _sensible(zh: str, en: str) -> bool:
    return any(c.isalpha() for c in zh) and any(c.isalpha() for c in en) and len(zh) + len(en) <= _LONGEST


def _from_tmx(path: Path) -> Iterator[Passage]:
    for unit in stream(path, ReadOptions()):
        if unit.source is None or unit.target is None:
            continue
        texts = {_primary(unit.source_language): unit.source, _primary(unit.target_language): unit.target}
        if set(texts) == {"zh", "en"}:
            zh, en = texts["zh"].text.strip(), texts["en"].text.strip()
            if _sensible(zh, en):
                yield zh, en, None


def _primary(code: str) -> str:
    return re.split(r"[-_]", code.lower())[0]


def _given(bitext: Bitext) -> Iterator[Passage]:
    bitext = bitext.chinese_first
    for pair in bitext.given:
        zh, en = (
            "\n".join(document.blocks[b].text for b in blocks).strip()
            for document, blocks in ((bitext.source, pair.source), (bitext.target, pair.target))
        )
        if _sensible(zh, en):
            yield zh, en, None


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as handle:
            return handle.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _from_audit(path: Path, source: Source, least: float) -> Iterator[Remembered]:
    """The passages of every unit of an audit, as its published views give them."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as store:
            # What a grave finding marks is not learnt; findings name their texts.
            doubtful: dict[str, list[str]] = defaultdict(list)
            for unit, text in store.execute(
                "SELECT unit, target_text FROM v_findings "
                "WHERE severity IN ('major', 'critical') AND waived_by IS NULL AND target_text <> ''"
            ):
                doubtful[unit].extend(text.split(" … "))
            units = store.execute("SELECT id, source, year FROM v_units WHERE kind <> 'single'").fetchall()
            for unit, name, year in units:
                rows = store.execute(
                    "SELECT source_text, target_text, score, quality FROM v_beads WHERE unit = ? "
                    "ORDER BY position",
                    (unit,),
                )
                passages: list[Passage] = []
                left_out = 0
                for first, second, score, quality in rows:
                    zh, en = (first, second) if _chinese(first) else (second, first)
                    known = [s for s in (score, quality) if s is not None]
                    sure = round(min(known), 4) if known else None
                    if not zh or not en or not _sensible(zh, en):
                        continue
                    if (sure is not None and sure < least) or any(d in second for d in doubtful[unit]):
                        left_out += 1
                        continue
                    passages.append((zh, en, sure))
                if passages:
                    yield Remembered(
                        replace(source, name=name, date=str(year or source.date)), tuple(passages), left_out
                    )
    except sqlite3.Error as error:
        raise InputError(
            f"is no store of an audit: {error}", path=str(path), hint="name an audit's folder or audit.sqlite"
        ) from None


def _chinese(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))
