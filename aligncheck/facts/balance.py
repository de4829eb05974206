"""A surplus told as a deficit, whatever the figure did: 顺差扩大到860亿美元, the deficit widened."""

from __future__ import annotations

import re

from aligncheck.facts.passage import Placed
from aligncheck.facts.units import MONEY, unit_class

_ZH = re.compile("(?P<up>顺差|盈余)|(?P<down>逆差|赤字)")
_EN = re.compile(r"\b(?:(?P<up>surplus(?:es)?)|(?P<down>deficits?))\b", re.I)
_CLAUSE = re.compile("[，。；！？\n]|[.;!?]\\s")


def other_balance(a: Placed, b: Placed, zh_text: str, en_text: str) -> bool:
    """Whether the clauses of two amounts of money name a balance each, and each the contrary of the other's."""
    if unit_class(a.fact.unit) not in MONEY:
        return False
    sides = [_side(_ZH, zh_text, a), _side(_EN, en_text, b)]
    return sorted(sides) == ["down", "up"]


def _side(pattern: re.Pattern[str], text: str, figure: Placed) -> str:
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, figure.start)), default=0)
    stop = _CLAUSE.search(text, figure.end)
    said = {m.lastgroup or "" for m in pattern.finditer(text, begin, stop.start() if stop else len(text))}
    return said.pop() if len(said) == 1 else ""
