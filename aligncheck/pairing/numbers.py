"""The values of figures in running text, for alignment only: quick, forgiving, blind to units.

Whether two figures *agree* is judged elsewhere; here a figure is one more word that two languages
share, so what matters is that the same value gets the same key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ZH_DIGITS = {c: i % 10 for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ZH_SMALL = {"十": 10, "百": 100, "千": 1000}
_ZH_LARGE = {"万": 10_000, "亿": 100_000_000}
_EN_LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ZH = re.compile(
    rf"(?P<arabic>{_ARABIC})\s*(?P<mult>[十百千]?[万亿]{{0,2}})|(?P<han>[〇零一二三四五六七八九两十百千万亿]{{2,}})"
)
_EN = re.compile(
    rf"(?<![A-Za-z\d])(?P<arabic>{_ARABIC})(?:(?:st|nd|rd|th)\b|[\s-]+(?P<mult>hundred|thousand|million|billion|trillion)s?\b)?",
    re.IGNORECASE,
)

_CARDINALS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_ORDINALS = """
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
"""

#: English number words that may stand for a figure written in digits.
NUMBER_WORDS = {w: str(i) for words in (_CARDINALS, _ORDINALS) for i, w in enumerate(words.split())}


def figures(text: str, chinese: bool) -> Iterator[tuple[int, int, str]]:
    """The figures of a text in order: start, end, and a key that equal values share."""
    for match in (_ZH if chinese else _EN).finditer(text):
        value = _value(match, chinese)
        if value is not None:
            yield match.start(), match.end(), f"{value:.6g}"


def _value(match: re.Match[str], chinese: bool) -> float | None:
    if match["arabic"]:
        digits = match["arabic"].replace(",", "")
        if len(digits) > 24:  # a serial number, not a quantity
            return None
        value = float(digits)
        mult = match["mult"] or ""
        if not chinese:
            return value * _EN_LARGE.get(mult.lower(), 1)
        for sign in mult:
            value *= _ZH_SMALL.get(sign) or _ZH_LARGE[sign]
        return value
    return _han_value(match["han"])


def _han_value(text: str) -> float | None:
    """The value of a Chinese numeral: 二十三, 一万两千, or digit by digit 二〇三五."""
    if all(c in _ZH_DIGITS for c in text):
        return float("".join(str(_ZH_DIGITS[c]) for c in text)) if len(text) <= 12 else None
    total, section, digit = 0, 0, 0
    for sign in text:
        if sign in _ZH_DIGITS:
            digit = _ZH_DIGITS[sign]
        elif sign in _ZH_SMALL:
            section += (digit or 1) * _ZH_SMALL[sign]
            digit = 0
        else:
            total = (total + section + digit or 1) * _ZH_LARGE[sign]
            section = digit = 0
    return float(total + section + digit)
