"""Tibetan names of two parts, and another name in their place: 扎西次仁 is Tashi Tsering, and no Tenzin Norbu."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import NamedTuple

from aligncheck.checks.names.sounds import latin_letters
from aligncheck.data import rows
from aligncheck.facts.trie import alternation


class TibetanSlip(NamedTuple):
    """A name and what stands in its place: places in the two texts, and how the name is spelt."""

    zh: tuple[int, int]
    en: tuple[int, int]
    right: str


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """The spellings of each part of a name, small letters, the usual English one first."""
    return {part: tuple(forms.split("|")) for part, forms in rows("aligncheck.checks", "tibetan_names.tsv")}


@cache
def _name() -> re.Pattern[str]:
    part = alternation(_parts())
    return re.compile(f"({part})({part})(?!{part})")


@cache
def _spellings() -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(_parts().values()))


_WORD = re.compile("[A-Z][A-Za-z'’]+")


def tibetan_slips(zh_text: str, en_text: str) -> list[TibetanSlip]:
    """The name that the English lacks, with the one other that it has; none where more than one is open."""
    names = list(_name().finditer(zh_text))
    if not names:
        return []
    words = [(w.start(), w.end(), latin_letters(w.group())) for w in _WORD.finditer(en_text)]
    pairs = [
        (one, other)
        for one, other in itertools.pairwise(words)
        if en_text[one[1] : other[0]] in (" ", "-") and {one[2], other[2]} <= _spellings()
    ]
    spelt = {name: [_parts()[part] for part in name.groups()] for name in names}
    said = {w for _, _, w in words}
    lacking = [n for n, (first, last) in spelt.items() if not (said & set(first) and said & set(last))]
    strange = [
        (one, other)
        for one, other in pairs
        if not any(one[2] in first and other[2] in last for first, last in spelt.values())
    ]
    if len(lacking) != 1 or len(strange) != 1:
        return []
    (one, other), right = strange[0], " ".join(forms[0].capitalize() for forms in spelt[lacking[0]])
    return [TibetanSlip(lacking[0].span(), (one[0], other[1]), right)]
