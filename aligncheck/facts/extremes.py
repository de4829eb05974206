"""The largest beside the smallest: 最长为30年 as the minimum term of 30 years.

Such words stand before a figure on both sides and make no bound by themselves (the high will be 31°C), but one
never renders the other.
"""

from __future__ import annotations

import re

from aligncheck.facts.passage import Placed

_ZH = re.compile(
    "(?:(?P<most>最[长高大多晚迟远重深厚快]|至多|上限)|(?P<least>最[短低小少早近轻浅薄慢]|至少|起码|下限))[^最至，。；：！？、\n]{0,8}$"
)
_EN = re.compile(
    r"\b(?:(?P<most>maximum|max|highest|longest|largest|biggest|latest|farthest|deepest|ceiling|upper\s+limit|at\s+most|(?:no|not)\s+(?:more|later|longer|higher)\s+than|up\s+to|(?:the|a|daily)\s+high)"
    r"|(?P<least>minimum|min|lowest|shortest|smallest|earliest|nearest|shallowest|floor|lower\s+limit|at\s+least|(?:no|not)\s+(?:less|fewer|earlier|shorter|lower)\s+than|(?:the|a|daily)\s+low))\b",
    re.I,
)
_STOP = re.compile(r"[.;:]\s|\band\b|,")


def opposite_extremes(a: Placed, b: Placed, zh_text: str, en_text: str) -> bool:
    """Whether a figure is called the most on one side and the least on the other."""
    zh = _ZH.search(zh_text, max(0, a.start - 14), a.start)
    if zh is None:
        return False
    begin = max(
        (m.end() for m in _STOP.finditer(en_text, max(0, b.start - 60), b.start)),
        default=max(0, b.start - 60),
    )
    words = {m.lastgroup for m in _EN.finditer(en_text, begin, b.start)}
    return len(words) == 1 and words != {zh.lastgroup}
