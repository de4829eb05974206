"""What the glossary vouches for: a term and its rendering in one bead are full cover of each other's words.

A term without its rendering proves nothing, since there are other ones; it is evidence beside others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from aligncheck.encode.pairs import Table
from aligncheck.judge.reading import Read, Terms
from aligncheck.model import Bitext, Segment, SpanRef, Word

#: What a word is doubted at most that a term vouches for.
_VOUCHED = 0.02
#: A rendering of one small word vouches for nothing.
_SHORTEST = 4
_PLACE_HOLDER = re.compile(r"[{}\[\]…]")


def assured(bitext: Bitext, reads: Sequence[Read], terms: Terms) -> list[Read]:
    """The readings without doubts of the words of terms, and of the renderings that the glossary has for them.

    They know which terms lack a rendering that the glossary has.

    ``bitext``: Chinese first, with the beads that were read.
    """
    return [_assured(bitext, read, terms) for read in reads] if terms else list(reads)


def _assured(bitext: Bitext, read: Read, terms: Terms) -> Read:
    if not read.chinese or not read.english:
        return read
    bead = bitext.beads[read.number]
    zh = [bitext.source.segments[n] for n in bead.source]
    en = [bitext.target.segments[n] for n in bead.target]
    rows, columns, unmet = set[int](), set[int](), set[int]()
    for term, renderings in terms:
        here = list(_places(zh, term))
        there = [p for r in renderings for p in _renderings(en, r)] if here else []
        if here and there:
            rows |= _inside(read.chinese, here)
            columns |= _inside(read.english, there)
        elif here:
            unmet |= _inside(read.chinese, here)
    if not rows and not unmet:
        return read
    return replace(
        read,
        unmet=frozenset(unmet - rows),
        missing=_quiet(read.missing, rows),
        wrong_zh=_quiet(read.wrong_zh, rows),
        wrong_en=_quiet(read.wrong_en, columns),
        added=_quiet(read.added, columns),
    )


def _places(segments: Sequence[Segment], term: str) -> Iterator[SpanRef]:
    for segment in segments:
        at = segment.text.find(term)
        while at >= 0:
            yield SpanRef(segment.block, segment.start + at, segment.start + at + len(term))
            at = segment.text.find(term, at + len(term))


def _renderings(segments: Sequence[Segment], rendering: str) -> Iterator[SpanRef]:
    if len(rendering) < _SHORTEST or _PLACE_HOLDER.search(rendering):
        return
    for segment in segments:
        if rendering.split(" ", 1)[0].lower() in segment.text.lower():
            for match in _pattern(rendering).finditer(segment.text):
                yield SpanRef(segment.block, segment.start + match.start(), segment.start + match.end())


@lru_cache(maxsize=4096)
def _pattern(rendering: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", rendering.strip()))
    return re.compile(rf"(?<![\w-]){words}(?:s|es)?(?!\w)", re.IGNORECASE)


def _inside(words: Sequence[Word], spans: Sequence[SpanRef]) -> set[int]:
    return {
        n
        for n, w in enumerate(words)
        if any(s.block == w.block and s.start <= w.start and w.end <= s.end for s in spans)
    }


def _quiet(doubts: Table, which: set[int]) -> Table:
    quieter = np.array(doubts, copy=True)
    numbers = sorted(which)
    quieter[numbers] = np.minimum(quieter[numbers], _VOUCHED)
    return quieter
