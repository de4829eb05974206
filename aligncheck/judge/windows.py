"""How a bead of several sentences is read in parts: a few clauses with the sentences that render them.

A word model that sees one long sentence against five doubts a lost clause little, since the rest agrees so well.  So
such a bead is cut where the aligner's clause links let it be cut, and read in overlapping parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: A part takes in clauses until it has so many.
_CLAUSES = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring clauses and neighbouring sentences of a bead that go together; either may be none."""

    clauses: range
    sentences: range


def parts(linked: Sequence[Sequence[int]], sentences: int) -> list[Part]:
    """The parts that a bead is read in, in order, each overlapping the next; one part is the whole bead.

    ``linked``: for each clause the numbers of the sentences that render it; ``sentences``: how many there are.
    """
    pieces = _pieces(linked, sentences)
    found: list[Part] = []
    first = 0
    while True:
        stop = first + 1
        while stop < len(pieces) and (
            _clauses(pieces[first:stop]) < _CLAUSES or _loose(pieces[stop - 1]) or _loose(pieces[stop])
        ):
            stop += 1
        # What is left over is no part of its own.
        if _clauses(pieces[stop:]) < _CLAUSES // 2:
            stop = len(pieces)
        found.append(_joined(pieces[first:stop]))
        if stop == len(pieces):
            return found
        back = stop - 1
        while back > first + 1 and _loose(pieces[back]):
            back -= 1
        first = max(back, first + 1)


def _pieces(linked: Sequence[Sequence[int]], sentences: int) -> list[Part]:
    """The smallest parts: no clause of one is linked to a sentence of another."""
    count = len(linked)
    highest = [-1]
    for row in linked:
        highest.append(max(highest[-1], *row, -1))
    lowest = [sentences]
    for row in reversed(linked):
        lowest.append(min(lowest[-1], *row, sentences))
    lowest.reverse()
    cuts = [c for c in range(count + 1) if highest[c] < lowest[c]]
    found: list[Part] = []
    at = clause = 0
    for a, b in pairwise(cuts):
        own = [s for row in linked[a:b] for s in row]
        if not own:
            continue
        if clause < a or at < min(own):
            found.append(Part(range(clause, a), range(at, min(own))))
        found.append(Part(range(a, b), range(min(own), max(own) + 1)))
        clause, at = b, max(own) + 1
    if clause < count or at < sentences:
        found.append(Part(range(clause, count), range(at, sentences)))
    return found


def _clauses(pieces: Sequence[Part]) -> int:
    return sum(len(p.clauses) for p in pieces)


def _loose(piece: Part) -> bool:
    """Whether a piece has no clauses or no sentences that are linked to each other: it needs its neighbours."""
    return not piece.clauses or not piece.sentences


def _joined(pieces: Sequence[Part]) -> Part:
    return Part(
        range(pieces[0].clauses.start, pieces[-1].clauses.stop),
        range(pieces[0].sentences.start, pieces[-1].sentences.stop),
    )
