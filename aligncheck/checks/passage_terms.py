"""The glossary as a witness: where a term and a form of its concept both stand, one renders the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from aligncheck.checks.context import Context, once
from aligncheck.checks.coverage import Unit
from aligncheck.checks.evidence import Matrix
from aligncheck.terms import Termbase

#: What a glossary's pair of terms says about their words: surer than a dictionary, not quite certain.
_SURE = 0.9

#: Where terms stand in a text: the ids of the concepts, and the span.
_Terms = list[tuple[frozenset[str], int, int]]


class TermPairs:
    """What official terms say of a passage: they raise the scores of words, and settle how a place is rendered.

    Each text is looked up once.  Where there is no glossary, nothing is said.
    """

    def __init__(self, termbase: Termbase | None) -> None:
        self._termbase = termbase
        self._chinese: dict[str, _Terms] = {}
        self._english: dict[str, _Terms] = {}

    def __call__(self, chinese: Sequence[Unit], english: Sequence[Unit], words: Matrix) -> None:
        """Change ``words``, shape (Chinese words, English words), in place."""
        if self._termbase is None or not words.size:
            return
        rows: dict[str, list[list[int]]] = defaultdict(list)
        for ids, places in _places(chinese, self._in_chinese):
            for concept in ids:
                rows[concept].append(places)
        if not rows:
            return
        for ids, places in _places(english, self._in_english):
            for concept in ids & rows.keys():
                for wanted in rows[concept]:
                    spot = np.ix_(wanted, places)
                    words[spot] = np.maximum(words[spot], _SURE)

    def covers(self, text: str, start: int, end: int) -> bool:
        """Whether a place in a Chinese text is part of a term: its rendering is the matter of the glossary."""
        return any(first <= start and end <= last for _, first, last in self._in_chinese(text))

    def backs(self, chinese: Sequence[Unit], text: str, start: int, end: int) -> bool:
        """Whether a place in an English text is part of a longer term, and the Chinese units name its concept."""
        ids = {
            concept
            for concepts, first, last in self._in_english(text)
            if first <= start and end <= last and last - first > end - start
            for concept in concepts
        }
        return bool(ids) and any(
            not ids.isdisjoint(concepts)
            for clause in chinese
            for concepts, _, _ in self._in_chinese(clause.text)
        )

    def _in_chinese(self, text: str) -> _Terms:
        if self._termbase is None:
            return []
        if text not in self._chinese:
            matches = self._termbase.find_chinese(text)
            self._chinese[text] = [(frozenset(c.id for c in m.concepts), m.start, m.end) for m in matches]
        return self._chinese[text]

    def _in_english(self, text: str) -> _Terms:
        if self._termbase is None:
            return []
        if text not in self._english:
            matches = self._termbase.find_english(text)
            self._english[text] = [(frozenset(c.id for c, _ in m.readings), m.start, m.end) for m in matches]
        return self._english[text]


@once
def term_pairs(context: Context) -> TermPairs:
    """The run's, over its glossary."""
    return TermPairs(context.termbase)


def _places(
    units: Sequence[Unit], find: Callable[[str], _Terms]
) -> Iterator[tuple[frozenset[str], list[int]]]:
    """The concepts of each term in the units, and the indices of the content words that make it up."""
    first = 0
    for unit in units:
        for ids, start, end in find(unit.text):
            places = [
                first + k
                for k, w in enumerate(unit.words)
                if w.weight > 0 and w.start < end and start < w.end
            ]
            if places:
                yield ids, places
        first += len(unit.words)
