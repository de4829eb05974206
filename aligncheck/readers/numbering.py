"""The numbers that a word processor prints before list paragraphs and numbered headings."""

from __future__ import annotations

import re
from collections import defaultdict

from aligncheck.readers.xml import Element

_HAN = "零一二三四五六七八九"
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "o": "◦"}


class Numbering:
    """Counts the levels of the lists of one document as its paragraphs go by.

    ``root`` is the numbering part (None: the document has no lists), ``w`` its namespace in braces.
    """

    def __init__(self, root: Element | None, w: str) -> None:
        self._w = w
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list -> level -> format, text, start
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        w = self._w
        for abstract in root.iter(f"{w}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{w}lvl"):
                index = number_in(level.get(f"{w}ilvl"), 0)
                levels[index] = (
                    self._value(level, "numFmt") or "decimal",
                    self._value(level, "lvlText"),
                    number_in(self._value(level, "start"), 1),
                )
            self._levels[abstract.get(f"{w}abstractNumId") or ""] = levels
        for number in root.iter(f"{w}num"):
            key = number.get(f"{w}numId") or ""
            self._list_of[key] = self._value(number, "abstractNumId")
            for override in number.iter(f"{w}lvlOverride"):
                start = number_in(self._value(override, "startOverride"), -1)
                if start >= 0:
                    self._starts[key, number_in(override.get(f"{w}ilvl"), 0)] = start

    def _value(self, element: Element, name: str) -> str:
        found = element.find(f"{self._w}{name}")
        return (found.get(f"{self._w}val") or "") if found is not None else ""

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list at a level; empty where there is none."""
        abstract = self._list_of.get(number)
        levels = self._levels.get(abstract or "", {})
        if level not in levels:
            return ""
        # Lists that share a definition go on counting, unless one starts anew.
        counts = self._counts[number if (number, level) in self._starts else abstract or ""]
        start = self._starts.get((number, level), levels[level][2])
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        kind, text, _ = levels[level]
        if kind == "bullet":
            return _BULLETS.get(text, text)
        if kind == "none":
            return ""
        return re.sub(
            r"%(\d)",
            lambda m: _print(
                counts.get(int(m.group(1)) - 1, levels.get(int(m.group(1)) - 1, ("", "", 1))[2]),
                levels.get(int(m.group(1)) - 1, (kind, "", 1))[0],
            ),
            text,
        )


def number_in(value: str | None, otherwise: int) -> int:
    """The number that an attribute holds; ``otherwise`` where it is missing, no number, or beyond any document's."""
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else otherwise


#: Formats of OpenDocument, as the word processor's names of them.
_OPEN_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def in_digits(value: int, form: str) -> str:
    """A number in a format of OpenDocument: ``1``, ``a``, ``A``, ``i``, ``I``, or one named by its first digit."""
    kind = (
        "chineseCounting"
        if form[:1] in ("一", "壹", "甲")
        else "decimalEnclosedCircle"
        if form[:1] == "①"
        else ""
    )
    return _print(value, kind or _OPEN_FORMATS.get(form, "decimal"))


def _print(value: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideographTraditional")):
        return _han(value)
    if kind == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if kind == "decimalZero":
        return f"{value:02d}"
    return str(value)


def _roman(value: int) -> str:
    found = ""
    for worth, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while value >= worth:
            found, value = found + sign, value - worth
    return found


def _han(value: int) -> str:
    if value <= 10:
        return "十" if value == 10 else _HAN[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")
    return str(value)
