"""Stretches of words that the judge suspects: unrendered Chinese, unbacked English, English of another meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligncheck.encode.pairs import Table
from aligncheck.judge.reading import Read
from aligncheck.model import SpanRef, Word

#: A stretch begins at a word as doubtful as this ...
_LEAST = 0.2
#: ... and takes in its neighbours down to this share of the greatest doubt.
_SHARE = 0.45
#: Words are partners from this probability of their link on.
_PARTNER = 0.35
#: Without a link the doubted Chinese words near the partners of the neighbours are asked, a few words aside; how faint
#: the link is counts for little there.
_FREE, _ASIDE = 0.2, 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """Neighbouring words of one side of a bead that share a doubt of one kind.

    ``words``: their numbers on their side; ``partners``: the numbers of the words of the other side that they
    are linked to; ``doubt``: the greatest probability among them.
    """

    read: Read
    english: bool
    words: tuple[int, ...]
    partners: tuple[int, ...]
    doubt: float

    @property
    def ref(self) -> SpanRef:
        """Where the suspected words stand."""
        return joined(self.read.english if self.english else self.read.chinese, self.words)

    @property
    def partner_ref(self) -> SpanRef | None:
        """Where the words stand that they are linked to, None where there are none."""
        side = self.read.chinese if self.english else self.read.english
        return joined(side, self.partners) if self.partners else None


def joined(words: Sequence[Word], numbers: Sequence[int]) -> SpanRef:
    """The span from the first to the last of some words, within the block of the first."""
    block = words[numbers[0]].block
    inside = [words[n] for n in numbers if words[n].block == block]
    return SpanRef(block, min(w.start for w in inside), max(w.end for w in inside))


def missing(read: Read) -> Iterator[Suspect]:
    """Chinese words that no English may render."""
    for run in stretches(read.chinese, read.missing):
        yield Suspect(read, False, run, (), float(read.missing[list(run)].max()))


def added(read: Read) -> Iterator[Suspect]:
    """English words that no Chinese may back."""
    for run in stretches(read.english, read.added):
        yield Suspect(read, True, run, (), float(read.added[list(run)].max()))


def wrong(read: Read) -> Iterator[Suspect]:
    """English words that may say something else than the Chinese words that they are linked to."""
    for run in stretches(read.english, read.wrong_en):
        yield Suspect(read, True, run, _partners(read, run), float(read.wrong_en[list(run)].max()))


def _partners(read: Read, run: Sequence[int]) -> tuple[int, ...]:
    """The Chinese words that a run of English words stands for: its links, else what the model doubts too.

    Of several places the one with the most of the links counts, so that the mark stays small.
    """
    found = read.partners(run, english=True, least=_PARTNER)
    if not found and len(read.chinese):
        between = _between(read, run)
        doubts = read.wrong_zh[between] * (_FREE + read.links[between][:, list(run)].max(1, initial=0.0))
        if len(between) and read.wrong_zh[between[int(doubts.argmax())]] >= _LEAST:
            found = [between[int(doubts.argmax())]]
    if not found:
        return ()
    groups: list[list[int]] = []
    for n in found:
        if groups and n - groups[-1][-1] <= 3 and read.chinese[n].block == read.chinese[groups[-1][-1]].block:
            groups[-1].append(n)
        else:
            groups.append([n])
    weight = read.links[:, list(run)].max(1)
    return tuple(max(groups, key=lambda g: float(weight[g].sum())))


def _between(read: Read, run: Sequence[int]) -> list[int]:
    """The Chinese words that may stand for a run of English words without a link.

    They are linked to nothing else, and lie between the partners of the English words around.
    """
    best = read.links.max(1, initial=0.0)
    before = _nearest(read, range(run[0] - 1, -1, -1))
    behind = _nearest(read, range(run[-1] + 1, len(read.english)))
    low, high = (-1 if before is None else before), (len(best) if behind is None else behind)
    low, high = min(low, high), max(low, high)
    return [n for n in range(max(0, low - _ASIDE), min(len(best), high + _ASIDE + 1)) if best[n] < _PARTNER]


def _nearest(read: Read, numbers: Sequence[int]) -> int | None:
    """The Chinese partner of the first of some English words that has one."""
    for n in numbers:
        if read.english[n].weight > 0 and read.links[:, n].max(initial=0.0) >= _PARTNER:
            return int(read.links[:, n].argmax())
    return None


def stretches(words: Sequence[Word], doubts: Table) -> Iterator[tuple[int, ...]]:
    """Runs of neighbouring content words of one block whose doubts are alike, words of form between them taken in."""
    content = np.array([w.weight > 0 for w in words], dtype=bool)
    if not content.any():
        return
    # A word of form (not, all, may) can be the very fault: it begins a run where it is doubtful by itself.
    clear = np.where(content, doubts, np.where(doubts >= 0.5, doubts, 0.0))
    taken = np.zeros(len(words), dtype=bool)
    for peak in np.argsort(-clear, kind="stable").tolist():
        top = float(clear[peak])
        if top < _LEAST:
            break
        if taken[peak]:
            continue
        first = _reach(words, clear, content, taken, peak, -1, top * _SHARE)
        last = _reach(words, clear, content, taken, peak, 1, top * _SHARE)
        taken[first : last + 1] = True
        yield tuple(range(first, last + 1))


def _reach(
    words: Sequence[Word],
    doubts: Table,
    content: np.ndarray[tuple[int], np.dtype[np.bool_]],
    taken: np.ndarray[tuple[int], np.dtype[np.bool_]],
    start: int,
    step: int,
    least: float,
) -> int:
    """How far a run goes from a word in one direction: the last doubtful word before a sound or foreign one."""
    last = at = start
    while 0 <= at + step < len(words):
        at += step
        if taken[at] or words[at].block != words[start].block:
            break
        if doubts[at] >= least and doubts[at] > 0:
            last = at
        elif content[at] or abs(at - last) > 2:
            break
    return last
