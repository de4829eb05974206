"""What a figure is counted by: 每盎司, 每月, an ounce, a year.

A rate is told on both sides in many ways, and often only on one; but a month beside a year, or an ounce beside a
pound, is another figure.
"""

# ruff: noqa: E501 - patterns read better unbroken
from __future__ import annotations

import re

from aligncheck.facts.model import Fact
from aligncheck.facts.passage import Placed
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import CHINESE, ENGLISH, unit_class

#: What is measured in these is often counted by.
_COUNTED_BY = frozenset(("time", "mass", "area", "volume", "length"))
#: What is sold by the ton may be sold by the barrel.
_SORTS = {name: "mass" if name == "volume" else name for name in _COUNTED_BY}
_ZH_BY = {name.removeprefix("个"): unit for name, unit in CHINESE.items() if unit_class(unit) in _COUNTED_BY and name.isalpha() and not name.isascii()} | {"月": "month"}  # fmt: skip
_EN_BY = {
    name: unit
    for name, unit in ENGLISH.items()
    if unit_class(unit) in _COUNTED_BY and name.isalpha() and len(name) > 1
}
_ZH_BEFORE = re.compile(f"每(?:一|个)?({alternation(_ZH_BY)})[^，。；：！？\n每]{{0,8}}$")
_ZH_BEHIND = re.compile(f"[^，。；：！？\n\\d]{{0,3}}?(?:/|每)\\s?(?:个)?({alternation(_ZH_BY)})")
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "annual": "year"}  # fmt: skip
_EN_BEHIND = re.compile(
    rf"[^.;:,\n\d]{{0,30}}?(?:\b(?:per|an?|each|every)\s+({alternation(_EN_BY)})\b|\b({alternation(_ADVERBS)})\b)",
    re.I,
)
_EN_BEFORE = re.compile(
    rf"(?:\b(?:per|each|every)\s+({alternation(_EN_BY)})\b|\b({alternation(_ADVERBS)})\b)[^.;:\n\d]{{0,40}}$",
    re.I,
)


def other_rate(a: Placed, b: Placed, zh_text: str, en_text: str) -> bool:
    """Whether two figures of one value are counted by different units of one kind."""
    if not (_countable(a.fact) and _countable(b.fact)):
        return False
    zh = _ZH_BEFORE.search(zh_text, max(0, a.start - 14), a.start) or _ZH_BEHIND.match(zh_text, a.end)
    if zh is None:
        return False
    due = _ZH_BY[zh.group(1)]
    said = [
        _EN_BY.get(word) or _ADVERBS[word]
        for found in (
            _EN_BEHIND.match(en_text, b.end),
            _EN_BEFORE.search(en_text, max(0, b.start - 60), b.start),
        )
        if found
        for word in [next(g for g in found.groups() if g).lower()]
    ]
    return bool(said) and all(
        unit != due and _SORTS.get(unit_class(unit)) == _SORTS.get(unit_class(due)) for unit in said
    )


def _countable(fact: Fact) -> bool:
    return fact.kind == "quantity" and unit_class(fact.unit) != "time"
