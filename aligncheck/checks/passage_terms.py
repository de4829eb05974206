"""The glossary as a witness: where a term and a form of its concept both stand, one renders the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from aligncheck.checks.coverage import Unit
from aligncheck.checks.evidence import Matrix
from aligncheck.terms import Termbase

#: What a glossary's pair of terms says about their words: surer than a dictionary, not quite certain.
_SURE = 0.9


class TermPairs:
    """Raises the scores of a passage's words that official terms render; looks each text up once."""

    def __init__(self, termbase: Termbase | None) -> None:
        self._termbase = termbase
        self._chinese: dict[str, list[tuple[frozenset[str], int, int]]] = {}
        self._english: dict[str, list[tuple[frozenset[str], int, int]]] = {}

    def __call__(self, chinese: Sequence[Unit], english: Sequence[Unit], words: Matrix) -> None:
        """Change ``words``, shape (Chinese words, English words), in place."""
        if self._termbase is None or not words.size:
            return
        rows: dict[str, list[list[int]]] = defaultdict(list)
        for ids, places in _places(chinese, self._chinese, self._find_chinese):
            for concept in ids:
                rows[concept].append(places)
        if not rows:
            return
        for ids, places in _places(english, self._english, self._find_english):
            for concept in ids & rows.keys():
                for wanted in rows[concept]:
                    spot = np.ix_(wanted, places)
                    words[spot] = np.maximum(words[spot], _SURE)

    def _find_chinese(self, text: str) -> list[tuple[frozenset[str], int, int]]:
        assert self._termbase is not None
        return [
            (frozenset(c.id for c in m.concepts), m.start, m.end) for m in self._termbase.find_chinese(text)
        ]

    def _find_english(self, text: str) -> list[tuple[frozenset[str], int, int]]:
        assert self._termbase is not None
        return [
            (frozenset(c.id for c, _ in m.readings), m.start, m.end)
            for m in self._termbase.find_english(text)
        ]


def _places(
    units: Sequence[Unit],
    known: dict[str, list[tuple[frozenset[str], int, int]]],
    find: Callable[[str], list[tuple[frozenset[str], int, int]]],
) -> Iterator[tuple[frozenset[str], list[int]]]:
    """The concepts of each term in the units, and the indices of the content words that make it up."""
    first = 0
    for unit in units:
        if unit.text not in known:
            known[unit.text] = find(unit.text)
        for ids, start, end in known[unit.text]:
            places = [
                first + k
                for k, w in enumerate(unit.words)
                if w.weight > 0 and w.start < end and start < w.end
            ]
            if places:
                yield ids, places
        first += len(unit.words)
