"""A pair checked anew after an edit: what is kept, what is judged, where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.lsp.incremental import change_of, rechecked
from aligncheck.lsp.places import Map, Spot, code_points, units
from aligncheck.model import Bitext, Report
from aligncheck.readers import ReadOptions, read
from aligncheck.registry import load
from aligncheck.words import form_of

ROOT = Path(__file__).resolve().parents[2]
PAIR = ROOT / "examples" / "precedent"


@pytest.fixture(scope="module")
def whole() -> tuple[Report, list[str], Settings]:
    """A report of a pair, the English rows, and the settings."""
    settings = Settings()
    report = engine.check(PAIR / "2025.zh.txt", PAIR / "2025.en.txt", settings)
    return report, (PAIR / "2025.en.txt").read_text(encoding="utf-8").splitlines(), settings


def edited(rows: list[str], settings: Settings, tmp_path: Path) -> Bitext:
    path = tmp_path / "2025.en.txt"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    what = engine.load_input(PAIR / "2025.zh.txt", path, settings)
    assert isinstance(what, Bitext)
    return what


def consistent(report: Report) -> None:
    """Every segment is aligned once, in order; findings and words mark the text that they name."""
    assert report.target is not None
    for bead in report.alignments:
        assert bead.words is not None
        for document, numbers, words in (
            (report.source, bead.source, bead.words.source),
            (report.target, bead.target, bead.words.target),
        ):
            segments = [document.segments[n] for n in numbers]
            for word in words:
                assert any(
                    s.block == word.block and s.start <= word.start < word.end <= s.end for s in segments
                )
                assert word.form == form_of(document.slice(word.ref), document.language)
    for side, document in (("source", report.source), ("target", report.target)):
        numbers = [n for bead in report.alignments for n in getattr(bead, side) if not bead.moved]
        assert sorted(numbers) == list(range(len(document.segments)))
        for finding in report.findings:
            for span in getattr(finding, side):
                assert document.blocks[span.block].text[span.start : span.end] == span.text


def test_an_edit_is_judged_and_everything_else_kept(
    whole: tuple[Report, list[str], Settings], tmp_path: Path
) -> None:
    report, rows, settings = whole
    at = next(n for n, row in enumerate(rows) if "55,000 inspection" in row)
    wrong = [row.replace("55,000 inspection", "95,000 inspection") for row in rows]
    found = rechecked(report, edited(wrong, settings, tmp_path), settings)
    assert found is not None
    consistent(found)
    new = [f for f in found.findings if any(s.block == at for s in f.target)]
    assert "quantities" in {f.check for f in new}
    kept = [f.id for f in report.findings if not any(s.block == at for s in f.target)]
    assert sorted(f.id for f in found.findings if f not in new) == sorted(kept)
    mended = rechecked(found, edited(rows, settings, tmp_path), settings)
    assert mended is not None
    assert "quantities" not in {f.check for f in mended.findings if any(s.block == at for s in f.target)}


def test_lines_that_come_in_move_what_stands_below(
    whole: tuple[Report, list[str], Settings], tmp_path: Path
) -> None:
    report, rows, settings = whole
    blank = rechecked(report, edited(["", "", *rows], settings, tmp_path), settings)
    assert blank is not None
    consistent(blank)
    assert blank.alignments == report.alignments
    longer = [*rows[:9], "This sentence has no source.", *rows[9:]]
    found = rechecked(report, edited(longer, settings, tmp_path), settings)
    assert found is not None
    consistent(found)
    shorter = rechecked(found, edited(rows, settings, tmp_path), settings)
    assert shorter is not None
    consistent(shorter)


def test_what_is_no_small_edit_is_left_to_a_check_of_the_whole(
    whole: tuple[Report, list[str], Settings], tmp_path: Path
) -> None:
    report, rows, settings = whole
    assert rechecked(report, edited([row + " So." for row in rows], settings, tmp_path), settings) is None
    alone = replace(report, target=None)
    assert rechecked(alone, edited(rows, settings, tmp_path), settings) is None


def test_what_has_changed(whole: tuple[Report, list[str], Settings]) -> None:
    blocks = whole[0].source.blocks
    change = change_of(blocks, [*blocks[:3], *blocks[5:]])
    assert (change.first, change.old_end, change.new_end, change.shift) == (3, 5, 3, -2)
    assert change_of(blocks, blocks).nothing


def test_places_in_utf_16(tmp_path: Path) -> None:
    text = "An 𠮷 here.\r\n\r\nThe next one stands here.\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    document = read(path, ReadOptions(monolingual=True))
    assert not isinstance(document, Bitext)
    where = Map(document, text)
    assert units("a𠮷b") == 4
    assert [code_points("a𠮷b", n) for n in range(5)] == [0, 1, 1, 2, 3]
    assert where.point(0, 5) == (0, 6)
    assert where.spot(0, 6) == Spot(0, 5)
    assert where.point(1, 4) == (2, 4)
    assert where.end_point(0, len(document.blocks[0].text)) == (0, units("An 𠮷 here."))
    assert where.spot(1, 0) is None
    assert where.spot(99, 0) is None


def test_checks_that_need_the_whole_documents_say_so() -> None:
    """A window of a list or of a document with two scripts shows gaps and mixtures that are none."""
    wide = {c.name for c in load("aligncheck.checks").values() if c.whole}
    assert wide >= {"sequences", "order", "merge", "split", "documents", "mixed-han", "inconsistency-english"}
    assert not wide & {"omission", "addition", "quantities", "terminology", "negation"}
