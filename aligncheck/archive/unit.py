"""One unit of an audit, checked in a worker: its rows for the store, its page, its XML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligncheck.archive.cache import told
from aligncheck.archive.profile import Profile, read_profile
from aligncheck.archive.series import figures_of
from aligncheck.archive.store import Outcome
from aligncheck.archive.vectors import Kept, of_pair, of_texts
from aligncheck.config import Settings
from aligncheck.errors import InputError, shown
from aligncheck.model import (
    Decision,
    Document,
    Finding,
    MarkedSpan,
    Report,
    Segment,
    document_size,
    summary_of,
)
from aligncheck.waivers.apply import Ruling, mark

#: Where the pages and the XML of the units lie, below the output folder.
FOLDER = "documents"
#: The kind of a passage that is a sentence of a document alone.
ALONE = "alone"
_BACK = b'<p class="back"><a href="../index.html">&#8593; archive</a></p>\n'


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A file to look at."""

    root: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class UnitTask:
    """A unit to check; paths below ``root``, pages below ``output``."""

    id: str
    root: str
    source: str
    target: str
    page: str
    xml: str
    settings: Settings
    waivers: Mapping[str, Ruling]
    digests: tuple[str, ...]  # SHA-256 of source and target, as the archive was looked at
    fingerprint: str  # of the settings, then


def read_task(task: ReadTask) -> Profile:
    """Look at a file; what a worker runs."""
    return read_profile(Path(task.root), task.path, task.sha256, task.size)


def check_unit(task: UnitTask) -> Outcome:
    """Check a unit, make its page and XML, give its rows; what a worker runs."""
    from aligncheck import engine
    from aligncheck.reports.saving import rendered

    root = Path(task.root)
    vectors: list[Kept] = []
    report = engine.check(
        root / task.source,
        root / task.target if task.target else None,
        task.settings,
        aligned=lambda bitext, encoder: vectors.extend(of_pair(bitext, encoder)),
    )
    _refuse_changed(report, task)
    findings = mark(report.findings, task.waivers)
    size = document_size(report.source, report.target)
    summary = summary_of(findings, size, task.settings.fail_on)
    # Pages name documents by their place in the archive, wherever the archive lies today.
    report = replace(
        report, findings=findings, summary=summary, source=replace(report.source, path=shown(task.source))
    )
    if report.target is not None:
        report = replace(report, target=replace(report.target, path=shown(task.target or task.source)))
    beads = tuple(_bead_rows(report))
    made = {task.xml: rendered(report, "xml"), task.page: _linked(rendered(report, "html"))}
    return Outcome(
        size=size,
        penalty=summary.penalty_per_1000,
        verdict=summary.verdict,
        quality=_quality(report),
        findings=tuple(_finding_rows(report)),
        beads=beads,
        vectors=tuple(sorted(vectors or _encoded(report, beads))),
        figures=tuple(figures_of(report, task.settings.date)),
        renderings=tuple(_renderings(report, task)),
        problems=tuple(p.what for p in report.problems),
        reader=told(report),
        unread=report.second is not None and not report.second.complete,
        files=tuple((name, len(data), hashlib.sha256(data).hexdigest()) for name, data in made.items()),
        made=made,
    )


def _refuse_changed(report: Report, task: UnitTask) -> None:
    """What was judged must be what the unit's key says: nothing is kept under another text's name."""
    read = [d.sha256 for d in (report.source, report.target) if d is not None and d.sha256]
    for path, now, then in zip((task.source, task.target), read, task.digests, strict=False):
        if now != then:
            raise InputError("changed while the archive was audited", path=path, hint="run the audit again")
    if task.settings.fingerprint() != task.fingerprint:
        raise InputError(
            "a glossary changed while the archive was audited", path=task.source, hint="run the audit again"
        )


def _linked(page: bytes) -> bytes:
    """The page with a way back to the archive's index."""
    head, body, rest = page.partition(b"<body>")
    return head + body + b"\n" + _BACK + rest if body else page


def _quality(report: Report) -> float | None:
    """The mean estimated quality of the pairs, weighted by their length."""
    if report.target is None:
        return None
    lengths = [len(s.text) for s in report.source.segments]
    total = weight = 0.0
    for bead in report.alignments:
        if bead.quality is not None and bead.source:
            size = sum(lengths[i] for i in bead.source)
            total += size * bead.quality
            weight += size
    return round(total / weight, 4) if weight else None


def _encoded(report: Report, beads: Sequence[tuple[Any, ...]]) -> Iterator[Kept]:
    """The vectors of what the aligner has not encoded: a document alone, a file checked in parts."""
    from aligncheck import engine

    encoder = engine.encoder_of("embedded")
    for document, column in ((report.source, 1), (report.target, 2)):
        if document is not None:
            yield of_texts(document.language, [row[column] for row in beads], encoder)


def _finding_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """The findings, each with the number of the first passage that it marks something in."""
    places = [
        _Places(document, [getattr(b, side) for b in report.alignments])
        for side, document in (("source", report.source), ("target", report.target))
        if document is not None
    ]
    for finding in report.findings:
        marked = (
            place.bead(span)
            for place, spans in zip(places, (finding.source, finding.target), strict=False)
            for span in spans
        )
        bead = next((n for n in marked if n is not None), None)
        yield (*_finding_row(finding), bead, *decided_row(finding.decided))


class _Places:
    """Which bead a place of a document belongs to."""

    def __init__(self, document: Document, beads: Sequence[Sequence[int]]) -> None:
        self._document = document
        self._beads = {i: n for n, ids in enumerate(beads) for i in ids}

    def bead(self, span: MarkedSpan) -> int | None:
        """The number of the bead, or of the sentence where nothing is aligned; None between them."""
        for segment in self._document.blocks[span.block].segments:
            if segment.start <= span.start < max(segment.end, segment.start + 1):
                return self._beads.get(segment.id) if self._beads else segment.id
        return None


def decided_row(decided: Decision | None) -> tuple[str, ...]:
    """A decision as the columns of the store; empty ones where there is none."""
    return (
        ("", "", "", "") if decided is None else (decided.kind, decided.by, decided.comment, decided.wording)
    )


def _finding_row(finding: Finding) -> tuple[Any, ...]:
    source, target = finding.source, finding.target
    return (
        finding.id,
        finding.check,
        finding.category.value,
        finding.severity.value,
        round(float(finding.confidence), 4),
        finding.message.en,
        finding.message.zh,
        finding.suggestion,
        source[0].line if source else None,
        _texts(source),
        target[0].line if target else None,
        _texts(target),
        finding.waived.by if finding.waived else None,
        finding.waived.reason if finding.waived else None,
    )


def _texts(spans: tuple[MarkedSpan, ...]) -> str:
    return " … ".join(s.text for s in spans)


def _bead_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    source_segments = report.source.segments
    if report.target is None:  # the sentences of a document alone, so that they are found too
        for segment in source_segments:
            text, line = _side(report.source, source_segments, (segment.id,))
            yield (ALONE, text, "", line, None, None, None, None, None, 0)
    target_segments = report.target.segments if report.target is not None else ()
    for bead in report.alignments:
        source, source_line = _side(report.source, source_segments, bead.source)
        target, target_line = _side(report.target, target_segments, bead.target)
        numbers = (bead.score, bead.quality, bead.source_coverage, bead.target_coverage)
        yield (
            bead.kind,
            source,
            target,
            source_line,
            target_line,
            *(None if n is None else round(float(n), 4) for n in numbers),
            int(bead.moved),
        )


def _side(
    document: Document | None, segments: tuple[Segment, ...], numbers: tuple[int, ...]
) -> tuple[str, int | None]:
    if document is None or not numbers:
        return "", None
    chosen = [segments[i] for i in numbers]
    block = document.blocks[chosen[0].block]
    line = block.locate(chosen[0].start)[0] or block.place.line
    return ("" if document.language == "zh" else " ").join(s.text for s in chosen), line


def _renderings(report: Report, task: UnitTask) -> Iterator[tuple[Any, ...]]:
    """How the terms are rendered here: as the checks saw them, and every listed form in the English."""
    for use in report.terms:
        for way in use.renderings:
            yield ("pair", "", use.term, use.due, way.text, way.status, way.count, None)
    from aligncheck import engine
    from aligncheck.terms.drift import drift

    termbase = engine.termbase_of(task.settings)
    if termbase is None:
        return
    for document in (report.source, report.target):
        if document is None or document.language != "en":
            continue
        # Every form counts, whatever the aligner made of its passage: years without Chinese are seen alike.
        for history in drift([(task.settings.date, document)], termbase, all_concepts=True):
            due = history.concept.preferred("en")
            for rendering in history.renderings:
                first = rendering.uses[0]
                yield (
                    "acronym" if rendering.term.abbreviated else "english",
                    history.concept.id,
                    history.concept.head,
                    due.text if due else "",
                    rendering.term.text,
                    first.standing.value,
                    len(rendering.uses),
                    first.line,
                )
