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
    forms: tuple[str, ...]  # the English words as written in the table

    @property
    def sample(self) -> str:
        """The English word to suggest."""
        return self.forms[0]


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
    # Whatever furthers is also at odds with whatever hinders: 扩大 rendered by "curb".
    named = {a.name: a for a in found}
    found.append(
        Axis(
            "direction",
            (_union([named[n].poles[0] for n in _FURTHER]), _union([named[n].poles[1] for n in _FURTHER])),
        )
    )
    return tuple(found)


_FURTHER = ("amount", "strength", "quality", "scale", "speed", "promotion", "support")


def _union(poles: list[Pole]) -> Pole:
    """One pole of many; words that may mean either are left out by the other pole's check."""
    words = sorted({w for p in poles for w in p.words}, key=lambda w: (-len(w), w))
    hints = tuple(dict.fromkeys(h for p in poles for h in p.hints))
    forms = tuple(dict.fromkeys(f for p in poles for f in p.forms))
    return Pole(frozenset(e for p in poles for e in p.english), tuple(words), hints, forms)


def _pole(row: str) -> Pole:
    english, words, hints = (part.split() for part in row.split("|"))
    return Pole(
        frozenset(stem(w) for w in english),
        tuple(sorted(words, key=len, reverse=True)),
        tuple(dict.fromkeys([*hints, *words])),
        tuple(english),
    )
