"""A pair checked anew after an edit: what stands around the edit is judged, the rest is kept.

The unit is the paragraph with those that it is aligned with.  An edit that touches few paragraphs is
checked in a window of the pair: they and :data:`MARGIN` paragraphs on either side.  Alignment, judgements
and findings of everything else are taken over from the last report, moved to where they stand now.  Checks
that judge a document as a whole (numbering, first mention, repetition, order) keep their last findings
until the next check of the whole pair, which the caller makes when it has time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import (
    Bead,
    Bitext,
    Block,
    Document,
    Finding,
    Link,
    MarkedSpan,
    Precedent,
    Report,
    SpanRef,
    Words,
    summarise,
)
from aligncheck.registry import load

#: Unchanged paragraphs on either side of an edit that are aligned and judged along with it.
MARGIN = 2
#: A window with more paragraphs than this share of the documents is not worth the seams.
LARGEST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """Blocks of a document that an edit touched: ``first`` to ``old_end`` before, to ``new_end`` now."""

    first: int
    old_end: int
    new_end: int

    @property
    def shift(self) -> int:
        """By how much the blocks behind the edit have moved."""
        return self.new_end - self.old_end

    @property
    def nothing(self) -> bool:
        """Whether no text has changed."""
        return self.first == self.old_end == self.new_end


def change_of(old: Sequence[Block], new: Sequence[Block]) -> Change:
    """What differs between two states of a document, by the texts of its blocks."""
    most = min(len(old), len(new))
    first = 0
    while first < most and _same(old[first], new[first]):
        first += 1
    last = 0
    while last < most - first and _same(old[-1 - last], new[-1 - last]):
        last += 1
    return Change(first, len(old) - last, len(new) - last)


def _same(one: Block, other: Block) -> bool:
    return one.text == other.text and one.kind == other.kind


def rechecked(old: Report, new: Bitext, settings: Settings) -> Report | None:
    """The report of a pair after an edit; None where only a check of the whole pair will do.

    ``old`` is the last report of the pair, ``new`` the pair as it stands, read and segmented, not aligned.
    """
    if old.target is None or new.paired or new.given:
        return None
    changes = (
        change_of(old.source.blocks, new.source.blocks),
        change_of(old.target.blocks, new.target.blocks),
    )
    if all(c.nothing for c in changes):
        return _moved_only(old, new)
    window = _window(old, changes)
    if window is None:
        return None
    piece = Bitext(
        new.source.part(window[0][0], window[0][1] + changes[0].shift),
        new.target.part(window[1][0], window[1][1] + changes[1].shift),
    )
    if not piece.source.segments or not piece.target.segments:
        return None
    part = engine.check_loaded(piece, settings)
    return _joined(old, part, new, changes, window)


Range = tuple[int, int]


def _window(old: Report, changes: tuple[Change, Change]) -> tuple[Range, Range] | None:
    """The blocks (old numbers) of both sides that hold the edit, its margin, and all that these are
    aligned with; None where that is too much, or knows no borders."""
    assert old.target is not None
    documents = (old.source, old.target)
    sizes = [len(d.blocks) for d in documents]
    beads = [
        tuple(
            {document.segments[i].block for i in numbers}
            for document, numbers in zip(documents, (b.source, b.target), strict=True)
        )
        for b in old.alignments
    ]
    ranges: list[set[int]] = [
        set() if c.nothing else set(range(max(0, c.first - 1), min(n, c.old_end + 1)))
        for c, n in zip(changes, sizes, strict=True)
    ]
    for _ in range(MARGIN):
        ranges = [_wider(r, n) for r, n in zip(ranges, sizes, strict=True)]
        _close(ranges, beads)
    if not all(ranges):
        return None
    spans = [(min(r), max(r) + 1) for r in ranges]
    for (start, end), size in zip(spans, sizes, strict=True):
        if end - start > max(LARGEST_SHARE * size, 2 * MARGIN + 3):
            return None
    return spans[0], spans[1]


def _wider(blocks: set[int], size: int) -> set[int]:
    if not blocks:
        return blocks
    return set(range(max(0, min(blocks) - 1), min(size, max(blocks) + 2)))


def _close(ranges: list[set[int]], beads: Sequence[tuple[set[int], ...]]) -> None:
    """Take in whatever is aligned with what is in, until nothing is cut through."""
    before = -1
    while (now := sum(map(len, ranges))) != before:
        before = now
        for bead in beads:
            if any(r & side for r, side in zip(ranges, bead, strict=True)):
                for r, side in zip(ranges, bead, strict=True):
                    r |= side
        for n, r in enumerate(ranges):
            if r:
                ranges[n] = set(range(min(r), max(r) + 1))


@dataclass(frozen=True, slots=True)
class _Shift:
    """Moves what is said of one document's blocks and segments to the document as it stands."""

    document: Document
    block: Callable[[int], int]
    segment: Callable[[int], int]

    def ref(self, ref: SpanRef) -> SpanRef:
        return SpanRef(self.block(ref.block), ref.start, ref.end)

    def span(self, span: MarkedSpan) -> MarkedSpan:
        number = self.block(span.block)
        block = self.document.blocks[number]
        return replace(span, block=number, line=block.locate(span.start)[0] or block.place.line)

    def bead_side(self, numbers: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.segment(n) for n in numbers)


def _bead(bead: Bead, shifts: tuple[_Shift, _Shift]) -> Bead:
    source, target = shifts
    return replace(
        bead,
        source=source.bead_side(bead.source),
        target=target.bead_side(bead.target),
        links=tuple(Link(source.ref(k.source), target.ref(k.target), k.score) for k in bead.links),
        words=_words(bead.words, source, target),
    )


def _words(words: Words | None, source: _Shift, target: _Shift) -> Words | None:
    if words is None:
        return None
    return replace(
        words,
        source=tuple(replace(w, block=source.block(w.block)) for w in words.source),
        target=tuple(replace(w, block=target.block(w.block)) for w in words.target),
    )


def _finding(finding: Finding, shifts: tuple[_Shift, _Shift]) -> Finding:
    return replace(
        finding,
        source=tuple(map(shifts[0].span, finding.source)),
        target=tuple(map(shifts[1].span, finding.target)),
    )


def _moved_only(old: Report, new: Bitext) -> Report:
    """No text has changed, but lines may have moved."""
    same = tuple(_Shift(d, lambda n: n, lambda n: n) for d in (new.source, new.target))
    findings = tuple(_finding(f, (same[0], same[1])) for f in old.findings)
    return replace(old, source=new.source, target=new.target, findings=findings)


def _joined(
    old: Report,
    part: Report,
    new: Bitext,
    changes: tuple[Change, Change],
    window: tuple[Range, Range],
) -> Report:
    """The old report with the window's part of it put in."""
    assert old.target is not None
    documents = ((old.source, new.source), (old.target, new.target))
    kept = tuple(
        _behind(before, now, end, change)
        for (before, now), change, (_, end) in zip(documents, changes, window, strict=True)
    )
    fresh = tuple(_from_window(now, start) for (_, now), (start, _) in zip(documents, window, strict=True))
    kept_shifts, fresh_shifts = (kept[0], kept[1]), (fresh[0], fresh[1])
    before, after = _outside(old, window)
    beads = [
        *(_bead(old.alignments[n], kept_shifts) for n in before),
        *(_bead(b, fresh_shifts) for b in part.alignments),
        *(_bead(old.alignments[n], kept_shifts) for n in after),
    ]
    dirty_old = _dirty(old, [set(range(c.first, c.old_end)) for c in changes])
    touched = [
        set(range(c.first - start, c.new_end - start)) for c, (start, _) in zip(changes, window, strict=True)
    ]
    dirty_new = _dirty(part, touched)
    wide = {c.name for c in load("aligncheck.checks").values() if c.whole}
    findings = [
        *(_finding(f, kept_shifts) for f in old.findings if not _marks(f, dirty_old)),
        *(_finding(f, fresh_shifts) for f in part.findings if f.check not in wide and _marks(f, dirty_new)),
    ]
    findings.sort(key=_position)
    unique = tuple({f.id: f for f in findings}.values())
    return replace(
        old,
        source=new.source,
        target=new.target,
        alignments=tuple(beads),
        findings=unique,
        summary=summarise(unique, new.source, new.target, old.fail_on),
        problems=part.problems,
        precedents=_precedents(old, part, before, after, len(part.alignments)),
    )


def _behind(before: Document, now: Document, end: int, change: Change) -> _Shift:
    """What stands behind the window has moved by whole blocks, and by the segments that came or went."""
    moved = len(now.segments) - len(before.segments)
    border = next((s.id for s in before.segments if s.block >= end), len(before.segments))
    return _Shift(
        now,
        # A finding of the window's rest, behind what was edited, moves as well as what stands behind the window.
        lambda n: n + change.shift if n >= change.old_end else n,
        lambda n: n + moved if n >= border else n,
    )


def _from_window(now: Document, start: int) -> _Shift:
    border = next((s.id for s in now.segments if s.block >= start), len(now.segments))
    return _Shift(now, lambda n: n + start, lambda n: n + border)


def _outside(old: Report, window: tuple[Range, Range]) -> tuple[list[int], list[int]]:
    """The alignments before and behind the window."""
    assert old.target is not None
    before: list[int] = []
    after: list[int] = []
    seen = False
    for number, bead in enumerate(old.alignments):
        blocks = [
            *((0, old.source.segments[i].block) for i in bead.source),
            *((1, old.target.segments[i].block) for i in bead.target),
        ]
        if any(window[side][0] <= block < window[side][1] for side, block in blocks):
            seen = True
        else:
            (after if seen else before).append(number)
    return before, after


def _dirty(report: Report, changed: Sequence[set[int]]) -> tuple[set[int], set[int]]:
    """The changed blocks of both sides and those that stand against them."""
    assert report.target is not None
    dirty = (set(changed[0]), set(changed[1]))
    for bead in report.alignments:
        source = {report.source.segments[i].block for i in bead.source}
        target = {report.target.segments[i].block for i in bead.target}
        if source & changed[0] or target & changed[1]:
            dirty[0].update(source)
            dirty[1].update(target)
    return dirty


def _marks(finding: Finding, blocks: tuple[set[int], set[int]]) -> bool:
    return any(s.block in blocks[0] for s in finding.source) or any(
        s.block in blocks[1] for s in finding.target
    )


def _position(finding: Finding) -> tuple[int, int, int, int]:
    far = (1 << 30, 0)
    return (
        *((finding.source[0].block, finding.source[0].start) if finding.source else far),
        *((finding.target[0].block, finding.target[0].start) if finding.target else far),
    )


def _precedents(
    old: Report, part: Report, before: Sequence[int], after: Sequence[int], fresh: int
) -> tuple[Precedent, ...]:
    places = {n: at for at, n in enumerate(before)}
    places |= {n: len(before) + fresh + at for at, n in enumerate(after)}
    kept = [replace(p, alignment=places[p.alignment]) for p in old.precedents if p.alignment in places]
    new = [replace(p, alignment=p.alignment + len(before)) for p in part.precedents]
    return tuple(sorted([*kept, *new], key=lambda p: p.alignment))
