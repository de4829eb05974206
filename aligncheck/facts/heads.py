"""Units that a table names once, in the head of a row or column: （亿元） over 1370 is （billion yuan） over 137."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from aligncheck.facts.numerals import SCALES
from aligncheck.facts.units import CHINESE, ENGLISH, UNITS, unit_class
from aligncheck.facts.zh.numbers import factor_of
from aligncheck.model import Span


class Head(NamedTuple):
    """What one in a column counts: so many (``scale``) of a unit; ``unit`` is empty for plain counts."""

    scale: Fraction
    unit: str


_ZH = re.compile(
    r"[（(〔\[]\s?(?:单位\s?[:：]\s?)?(?P<in>[十百千万亿]*[^（）()\[\]〔〕\d\s，。；、：:]{0,7})\s?[)）〕\]]|单位\s?[:：]\s?(?P<said>[十百千万亿]*[\u4e00-\u9fff]{1,4})"
)
_SIGNS = re.compile("[十百千万亿]+")
_COUNTED = frozenset("个人户家名项件台辆套座处所次人次名支册张只头亩")
_EN = re.compile(
    r"\(\s?(?:units?\s?:\s?)?(?P<in>[^()\t\n]{1,40}?)\s?\)|\bunits?\s?:\s?(?P<said>[^()\t\n;.]{1,30})", re.I
)
_TOKEN = re.compile(r"[\d,]+|us\$|[^\s\d-]+")
_POWER = re.compile("10+")


def chinese_heads(text: str) -> list[Head]:
    """The heads that a Chinese row, cell or caption names."""
    found = []
    for match in _ZH.finditer(text):
        inside = match.group("in") if match.group("in") is not None else match.group("said")
        if not inside:
            continue
        unit = CHINESE.get(inside)
        signs = _SIGNS.match(inside)
        scale = 1
        if unit is None and signs:
            scale, unit = factor_of(signs.group()) or 1, CHINESE.get(inside[signs.end() :])
            inside = inside[signs.end() :]
        if unit is not None or scale > 1 or inside in _COUNTED:
            found.append(Head(Fraction(scale), unit or ""))
    return found


def english_heads(text: str) -> list[Head]:
    """The heads that an English row, cell or caption names."""
    return [head for head, _ in _english(text)]


def english_head_spans(text: str) -> list[Span]:
    """Where these heads stand; the numbers in them (10,000 tons) are no figures."""
    return [span for _, span in _english(text)]


def _english(text: str) -> list[tuple[Head, Span]]:
    found = []
    for match in _EN.finditer(text):
        inside = (match.group("in") or match.group("said")).lower()
        scale, rest, plain = 1, [], True
        for token in _TOKEN.findall(inside):
            bare = token.replace(",", "")
            if bare.isdigit():
                plain = plain and _POWER.fullmatch(bare) is not None
                scale *= int(bare[:16])
            elif (word := token.removesuffix("s")) in SCALES or token in ("ten", "hundred", "hundreds"):
                scale *= SCALES.get(word) or {"ten": 10, "hundred": 100}[word]
            else:
                rest.append(token)
        unit = ENGLISH.get(" ".join(rest))
        if plain and (unit is not None or scale > 1) and len(rest) <= 3:
            found.append((Head(Fraction(scale), unit or ""), Span(*match.span())))
    return found


def ratio(zh: Head, en: Head) -> Fraction | None:
    """By what a Chinese figure under its head is multiplied to give the English one; None where units differ."""
    if zh.unit == en.unit or not zh.unit or not en.unit:
        return zh.scale / en.scale
    if unit_class(zh.unit) != unit_class(en.unit):
        return None
    return zh.scale * UNITS[zh.unit].factor / (en.scale * UNITS[en.unit].factor)


_CELL = re.compile(r"(?:table (\d+), row (\d+), column (\d+))|(.*)!([A-Z]+)(\d+)")

#: A figure of a table; the years of its head are none.
_NUMBER = re.compile(r"\d(?![\d.,]*\s?年)")

HeadPair = tuple[Head, Head]


class Tables:
    """The heads in force, told passage by passage in the order of the document."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], HeadPair] = {}
        self._rows: dict[tuple[str, str], HeadPair] = {}
        self._caption: HeadPair | None = None
        self._said = False  # whether the caption says 单位, and so means the whole table
        self._header: tuple[HeadPair, bool] | None = None  # of a table in lines with tabs

    def at(self, zh: str, en: str, cell: str) -> tuple[HeadPair | None, bool]:
        """The pair of heads that scales a passage's figures, and whether it is sure to (its own row or column)."""
        place = _CELL.fullmatch(cell)
        pairs = list(zip(chinese_heads(zh), english_heads(en), strict=False))
        own = pairs[0] if len(pairs) == 1 else None
        if place:
            table, row, column = place.group(1, 2, 3) if place.group(1) else place.group(4, 6, 5)
            if own:
                self._columns[table, column] = self._rows[table, row] = own
            found = self._columns.get((table, column)) or self._rows.get((table, row))
            return found or self._caption, found is not None
        if "\t" in zh:
            if own and not _NUMBER.search(zh):
                # of two columns, or over the first one, it can be meant of one thing only
                self._header = own, zh.count("\t") == 1 or bool(chinese_heads(zh.partition("\t")[0]))
                return own, True
            if own is None and self._header:
                return self._header
            return own or self._caption, own is not None or self._said
        self._caption, self._said, self._header = own, "单位" in zh, None
        return own, False
