"""Words that mean the opposite, in both languages: the curated ground of the check for reversed meaning.

The table lies in ``data/contrasts.txt``.  Each axis is three lines: its name, then its two poles.  A pole is written ``English words | Chinese words | Chinese hints``:

* English words in their base form (all inflections count);
* Chinese words that say the pole clearly;
* Chinese hints, single characters mostly, that may justify the pole's English words too: where one
  stands in the linked clauses, nothing is reported.

A report needs an English word of one pole, a clear Chinese word of the other, and nothing on the
Chinese side that justifies the English word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligncheck.checks.evidence import stem


@dataclass(frozen=True, slots=True)
class Pole:
    """One side of an axis: English stems, clear Chinese words, Chinese hints."""

    english: frozenset[str]
    words: tuple[str, ...]
    hints: tuple[str, ...]
    sample: str  # the English word to suggest


@dataclass(frozen=True, slots=True)
class Axis:
    """Two poles that exclude each other."""

    name: str
    poles: tuple[Pole, Pole]


@cache
def axes() -> tuple[Axis, ...]:
    """The table, parsed."""
    text = (files("aligncheck.checks") / "data" / "contrasts.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
    found = []
    for at in range(0, len(rows), 3):
        name, first, second = rows[at : at + 3]
        found.append(Axis(name.strip(), (_pole(first), _pole(second))))
    return tuple(found)


def _pole(row: str) -> Pole:
    english, words, hints = (part.split() for part in row.split("|"))
    return Pole(
        frozenset(stem(w) for w in english),
        tuple(sorted(words, key=len, reverse=True)),
        tuple(dict.fromkeys([*hints, *words])),
        english[0],
    )
