"""Words of a Chinese text that the segmenter takes for names of persons, by the tags of its dictionary and model.

The tags are those of jieba (ICTCLAS): ``nr`` is a person, ``nrt`` and ``nrfg`` one with a foreign or a usual name.
They are a hint and no more: what is told by them must be borne out by the English.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from aligncheck.checks.names.texts import plain_headword
from aligncheck.words.forms import fold

_STRETCH = 4_000
_PERSON = ("nr", "nrt", "nrfg")


class Tagged(NamedTuple):
    """A word, where it begins, and its tag."""

    text: str
    start: int
    tag: str


@lru_cache(maxsize=64)
def tagged(text: str) -> tuple[Tagged, ...]:
    """The words of a text in order; traditional characters are folded first, one to one."""
    import rjieba  # here: its dictionary takes a tenth of a second to load

    found, at = [], 0
    for offset in range(0, len(text), _STRETCH):
        for word, tag in rjieba.tag(fold(text[offset : offset + _STRETCH])):
            found.append(Tagged(word, at, tag))
            at += len(word)
    return tuple(found)


@lru_cache(maxsize=64)
def person_words(text: str) -> frozenset[str]:
    """The words that are tagged as persons or are in no dictionary, and a sign tagged so with the word behind it."""
    words = tagged(text)
    alone = {w.text for w in words if w.tag in _PERSON or (w.tag == "x" and w.text.isalpha())}
    pairs = {a.text + b.text for a, b in itertools.pairwise(words) if a.tag in _PERSON and len(a.text) == 1}
    return frozenset(alone | pairs)


def stands_alone(text: str, start: int, end: int, signs: frozenset[str]) -> bool:
    """Whether a stretch is a word of the segmenter's, between words of which neither is written with ``signs`` alone."""
    words = tagged(text)
    for n, word in enumerate(words):
        if word.start == start and word.start + len(word.text) == end:
            return not any(
                set(other.text) <= signs and other.text.isalpha() and other.tag not in _SMALL
                for other in (*words[max(0, n - 1) : n], *words[n + 1 : n + 2])
            )
    return False


#: Prepositions, conjunctions, particles, adverbs, pronouns, verbs: 的, 和, 在.
_SMALL = ("p", "c", "u", "uj", "ul", "d", "r", "v", "f")


def person_runs(text: str, signs: frozenset[str]) -> Iterator[tuple[Tagged, ...]]:
    """Names that stand side by side with words of nothing but ``signs`` that are no common words, which may belong to
    the name or not: 马里尼切夫 is cut 马里, 尼切夫."""
    run: list[Tagged] = []
    for word in (*tagged(text), Tagged("", len(text), "")):
        if word.text and _may_belong(word, signs):
            run.append(word)
            continue
        size = sum(len(w.text) for w in run)
        if any(w.tag in _PERSON for w in run) or (len(run) > 1 and size >= _LONG):
            yield tuple(run)
        run = []


#: Pieces in no dictionary that are so long together are a name, whatever their tags: 涅波, 姆, 尼亚, 奇.
_LONG = 5


def _may_belong(word: Tagged, signs: frozenset[str]) -> bool:
    if word.tag == "nrt" or (word.tag == "nr" and len(word.text) == 1):
        return True
    written = sum(c in signs for c in word.text)
    if word.tag == "nr" and len(word.text) > 2:
        return written >= len(word.text) - 1  # 舒伯特: a sign of Chinese names may begin it
    return written == len(word.text) and (len(word.text) == 1 or not plain_headword(word.text))
