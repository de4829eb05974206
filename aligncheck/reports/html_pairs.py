"""What renders what in a row of the page: clause and word links as offsets into what its cells show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligncheck.model import Report, SpanRef
from aligncheck.model.words import Word
from aligncheck.reports.escape import visible
from aligncheck.reports.view import Part, Row


class Ruler:
    """Where the code points of a cell's blocks stand in what the cell shows, in UTF-16 units."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._stretches: list[tuple[int, int, int, list[int]]] = []  # block, start, end, units before each
        at = 0
        for part in parts:
            points = sorted(p.start for p in part.pieces if not p.text)
            offsets = []
            for offset, character in enumerate(part.text, part.start):
                while points and points[0] < offset:
                    points.pop(0)
                    at += 1
                offsets.append(at)
                at += _units(character)
            offsets.append(at)
            at += len(points)
            self._stretches.append((part.block.id, part.start, part.end, offsets))

    def span(self, ref: SpanRef) -> tuple[int, int] | None:
        """Start and end of a span, or None where the cell does not show all of it."""
        for block, start, end, offsets in self._stretches:
            if block == ref.block and start <= ref.start and ref.end <= end:
                return offsets[ref.start - start], offsets[ref.end - start]
        return None


def _units(character: str) -> int:
    if character.isascii() and character.isprintable():
        return 1
    return sum(2 if c > "\uffff" else 1 for c in visible(character))


def links_of(report: Report, row: Row) -> list[list[int]]:
    """A row's clause links as [source start, source end, target start, target end]."""
    bead = None if row.bead is None else report.alignments[row.bead]
    if bead is None or not bead.links:
        return []
    source, target = Ruler(row.source), Ruler(row.target)
    found = []
    for link in bead.links:
        a, b = source.span(link.source), target.span(link.target)
        if a is not None and b is not None:
            found.append([*a, *b])
    return found


def words_of(report: Report, row: Row) -> list[Any] | None:
    """A row's words, or None where its bead has none that are linked.

    ``[source, target, links, unlinked source, unlinked target]``: the words as (start, length) pairs in one
    list, the links as (source word, target word, per cent) in one list, the probabilities in per cent.
    """
    words = None if row.bead is None else report.alignments[row.bead].words
    if words is None or not words.links:
        return None
    kept = [_placed(parts, side) for parts, side in ((row.source, words.source), (row.target, words.target))]
    (source, at_source), (target, at_target) = kept
    links = [
        value
        for link in words.links
        if link.source in at_source and link.target in at_target
        for value in (at_source[link.source], at_target[link.target], round(100 * link.p))
    ]
    gone = [
        [round(100 * values[n]) if n < len(values) else 0 for n in at]
        for at, values in ((at_source, words.unlinked_source), (at_target, words.unlinked_target))
    ]
    return [source, target, links, *gone] if links else None


def _placed(parts: Sequence[Part], words: Sequence[Word]) -> tuple[list[int], dict[int, int]]:
    """The words that a cell shows as (start, length) pairs, and the new number of each."""
    ruler = Ruler(parts)
    flat: list[int] = []
    numbers: dict[int, int] = {}
    for number, word in enumerate(words):
        span = ruler.span(word.ref)
        if span is not None and span[1] > span[0]:
            numbers[number] = len(numbers)
            flat += [span[0], span[1] - span[0]]
    return flat, numbers
