"""Plain view objects: the two documents as rows of cells, cut at the findings' borders.

A row shows a bead.  Every character of both documents stands in exactly one cell: a segment
takes along the text between it and the next, the first of a block also what stands before it.
What no bead holds (a block without segments, a document checked alone) gets rows of its own,
where it stands in its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aligncheck.model import Block, Document, Finding, Report, Severity

SIDES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same findings (indexes into ``Report.findings``).

    An empty text is the place of a finding that marks a point between two characters.
    """

    text: str
    findings: tuple[int, ...] = ()
    start: int = 0  # code points into the block


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell shows of one block, from ``start`` to ``end``."""

    block: Block
    start: int
    end: int
    pieces: tuple[Piece, ...]
    opens: bool  # begins the block
    closes: bool  # ends it

    @property
    def text(self) -> str:
        """The text shown."""
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead and its two cells; an empty cell is the gap of what has no counterpart."""

    index: int
    bead: int | None  # into Report.alignments
    source: tuple[Part, ...]
    target: tuple[Part, ...]
    findings: tuple[int, ...] = ()
    worst: Severity | None = None  # of the findings that are not waived
    penalty: int = 0

    @property
    def size(self) -> int:
        """Characters shown, Chinese ones counted double as they are as wide."""
        return sum(p.end - p.start for p in (*self.source, *self.target)) or 1


@dataclass(slots=True)
class _Draft:
    key: tuple[int, int, int]
    bead: int | None
    cells: dict[str, list[tuple[Block, int, int]]] = field(
        default_factory=lambda: {"source": [], "target": []}
    )


def rows_of(report: Report) -> list[Row]:
    """The rows of a report in reading order."""
    documents = {"source": report.source, "target": report.target}
    drafts = {n: _Draft((n, 0, 0), n) for n in range(len(report.alignments))}
    orphans: list[_Draft] = []
    for number, side in enumerate(SIDES, 1):
        document = documents[side]
        if document is None:
            continue
        home = {s: n for n, bead in enumerate(report.alignments) for s in getattr(bead, side)}
        last = -1
        for count, (block, segment, start, end) in enumerate(_atoms(document)):
            bead = home.get(segment) if segment is not None else None
            if bead is not None:
                last = bead
                draft = drafts[bead]
            else:
                draft = _Draft((last, number, count), None)
                orphans.append(draft)
            draft.cells[side].append((block, start, end))
    marks = {side: _marks(report.findings, side) for side in SIDES}
    ordered = sorted([*drafts.values(), *orphans], key=lambda d: d.key)
    rows = []
    for index, draft in enumerate(d for d in ordered if d.cells["source"] or d.cells["target"]):
        cells = {side: _parts(draft.cells[side], marks[side]) for side in SIDES}
        rows.append(_row(index, draft, cells["source"], cells["target"], report.findings))
    return rows


def _atoms(document: Document) -> Iterator[tuple[Block, int | None, int, int]]:
    """The stretches that may not be divided: (block, segment id, start, end); they tile every block."""
    for block in document.blocks:
        if not block.segments:
            yield block, None, 0, len(block.text)
            continue
        start = 0
        for segment, after in zip(block.segments, (*block.segments[1:], None), strict=True):
            end = len(block.text) if after is None else max(start, after.start)
            yield block, segment.id, start, end
            start = end


_Marks = dict[int, list[tuple[int, int, int]]]  # block -> (start, end, finding)


def _marks(findings: Sequence[Finding], side: str) -> _Marks:
    marks: _Marks = defaultdict(list)
    for number, finding in enumerate(findings):
        for span in getattr(finding, side):
            marks[span.block].append((span.start, span.end, number))
    return marks


def _parts(atoms: Iterable[tuple[Block, int, int]], marks: _Marks) -> tuple[Part, ...]:
    """Neighbouring atoms of a block joined to parts, cut into pieces."""
    joined: list[tuple[Block, int, int]] = []
    for block, start, end in atoms:
        if joined and joined[-1][0] is block and joined[-1][2] == start:
            joined[-1] = (block, joined[-1][1], end)
        else:
            joined.append((block, start, end))
    return tuple(
        Part(b, s, e, tuple(cut(b.text, s, e, marks.get(b.id, ()))), s == 0, e == len(b.text))
        for b, s, e in joined
    )


def cut(text: str, start: int, end: int, marks: Iterable[tuple[int, int, int]]) -> Iterator[Piece]:
    """``text[start:end]`` cut at the borders of the marks ``(start, end, finding)``."""
    inside = [
        (max(a, start), min(b, end), n)
        for a, b, n in marks
        if (a < end and b > start) or (a == b and (start <= a < end or (a == end == len(text))))
    ]
    if not inside:
        if end > start:
            yield Piece(text[start:end], (), start)
        return
    borders = sorted({start, end, *(p for a, b, _ in inside for p in (a, b))})
    points = {a: tuple(n for x, y, n in inside if x == y == a) for a, b, _ in inside if a == b}
    for left, right in zip(borders, [*borders[1:], None], strict=True):
        if left in points:
            yield Piece("", points[left], left)
        if right is not None and right > left:
            over = tuple(dict.fromkeys(n for a, b, n in inside if a <= left and right <= b and a < b))
            yield Piece(text[left:right], over, left)


def _row(
    index: int, draft: _Draft, source: tuple[Part, ...], target: tuple[Part, ...], findings: Sequence[Finding]
) -> Row:
    pieces = [piece for part in (*source, *target) for piece in part.pieces]
    numbers = tuple(dict.fromkeys(n for piece in pieces for n in piece.findings))
    # What only has a point here (where a passage is missing) weighs where its text stands.
    stand = {n for piece in pieces if piece.text.strip() for n in piece.findings}
    live = [
        findings[n]
        for n in numbers
        if findings[n].waived is None and (n in stand or not _has_text(findings[n]))
    ]
    return Row(
        index=index,
        bead=draft.bead,
        source=source,
        target=target,
        findings=numbers,
        worst=max((f.severity for f in live), default=None),
        penalty=sum(f.severity.penalty for f in live),
    )


def _has_text(finding: Finding) -> bool:
    return any(span.text.strip() for span in (*finding.source, *finding.target))


def row_of_finding(rows: Sequence[Row], findings: Sequence[Finding]) -> list[int]:
    """For each finding the index of its row; -1 where none shows it.

    That is the row where the words begin that the finding names first in the translation, by which a reader finds
    it; else the first row that shows any of its text, else one that only has a point of it.
    """
    count = len(findings)
    first, home, points = [-1] * count, [-1] * count, [-1] * count
    for row in rows:
        for parts in (row.source, row.target):
            for part in parts:
                for piece in part.pieces:
                    spoken = piece.text.strip()
                    place = home if spoken else points
                    for number in piece.findings:
                        if place[number] < 0:
                            place[number] = row.index
                        lead = next(iter(findings[number].target), None)
                        if (
                            spoken
                            and lead is not None
                            and parts is row.target
                            and lead.block == part.block.id
                            and lead.start == piece.start
                        ):
                            first[number] = row.index
    return [next((n for n in places if n >= 0), -1) for places in zip(first, home, points, strict=True)]


def in_reading_order(report: Report, rows: Sequence[Row] | None = None) -> Report:
    """The report with its findings as they stand in the texts, read side by side.

    A finding without a place on one side stands where its row does, at the same share of the row.
    """
    rows = rows if rows is not None else rows_of(report)
    homes = row_of_finding(rows, report.findings)
    last = len(rows)

    def place(number: int) -> tuple[int, float, int]:
        home = homes[number]
        if home < 0:
            return last, 0.0, number
        return home, _share(rows[home], number), number

    order = sorted(range(len(report.findings)), key=place)
    return replace(report, findings=tuple(report.findings[n] for n in order))


def _share(row: Row, number: int) -> float:
    """How far into its row a finding begins, 0..1; by the side where it marks words."""
    found: list[tuple[bool, float]] = []
    for parts in (row.target, row.source):
        size = sum(p.end - p.start for p in parts) or 1
        before = 0
        for part in parts:
            for piece in part.pieces:
                if number in piece.findings:
                    found.append((not piece.text, (before + piece.start - part.start) / size))
                    break
            before += part.end - part.start
    return min(found)[1] if found else 1.0
