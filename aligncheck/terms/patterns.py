"""Terms with place holders: sessions, congresses and plans by number, bodies by place.

In Chinese ``{n}`` and ``{m}`` stand for a Chinese or Arabic number, ``{place}`` for a place's name,
and what stands in square brackets may be missing, a stroke parts choices in them:
``[党的/中共][第]{n}届{m}中全会``. In English ``{n}`` stands for the ordinal, in figures or words (*20th*,
*twentieth*), and ``{place}`` for any name, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from aligncheck.terms.concepts import Concept, Term
from aligncheck.terms.normal import chinese_key

_NUMBER = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
_SLOT = re.compile(r"\{(n|m|place)\}")
_WORDS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = {2: "twent", 3: "thirt", 4: "fort", 5: "fift", 6: "sixt", 7: "sevent", 8: "eight", 9: "ninet"}
_DIGITS = "零一二三四五六七八九"


def has_slot(text: str) -> bool:
    """Whether a term has a place holder."""
    return "{" in text and _SLOT.search(text) is not None


def sound(text: str) -> bool:
    """Whether the square brackets of a Chinese pattern are whole: each opened once, none inside another."""
    plain = re.sub(r"\[[^\[\]]*\]", "", text)
    return "[" not in plain and "]" not in plain


def without_slots(text: str) -> str:
    """A term without its place holders, for indexes of words."""
    return _SLOT.sub(" ", text) if has_slot(text) else text


@lru_cache(maxsize=4096)
def chinese_pattern(text: str) -> re.Pattern[str]:
    """The pattern of a Chinese term with place holders, over normalised text."""
    parts: list[str] = []
    seen: set[str] = set()
    for piece in re.split(r"(\{\w+\}|\[|\]|/)", text):
        slot = _SLOT.fullmatch(piece)
        if piece == "[":
            parts.append("(?:")
        elif piece == "]":
            parts.append(")?")
        elif piece == "/":
            parts.append("|")
        elif slot is None:
            parts.append(re.escape(chinese_key(piece)))
        elif slot.group(1) in seen:
            parts.append(f"(?P={slot.group(1)})")
        else:
            seen.add(slot.group(1))
            body = r"[\u3400-\u9fff]{2,7}?" if slot.group(1) == "place" else _NUMBER
            parts.append(f"(?P<{slot.group(1)}>{body})")
    before = r"(?<![一二三四五六七八九十百\d])" if re.match(r"(?:\[[^\]]*\])*\{[nm]\}", text) else ""
    return re.compile(before + "".join(parts))


def number_of(text: str) -> int:
    """The number that Chinese or Arabic figures below 100 say."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.index(text)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def ordinals(number: int) -> tuple[str, str]:
    """An ordinal below 100 in figures and in words: ("21st", "twenty-first")."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    if number < len(_WORDS):
        return f"{number}{ending}", _WORDS[number]
    tens, ones = divmod(number, 10)
    words = _TENS[tens] + ("ieth" if not ones else "y-" + _WORDS[ones])
    return f"{number}{ending}", words


@dataclass(frozen=True, slots=True)
class Pattern:
    """A Chinese term with place holders of a concept."""

    concept: Concept
    expression: re.Pattern[str]

    def find(self, line: str) -> list[tuple[int, int, Concept]]:
        """(start, end, the concept with its numbers filled in) in a normalised text."""
        found = []
        for match in self.expression.finditer(line):
            numbers = {k: number_of(v) for k, v in match.groupdict().items() if v and k != "place"}
            found.append((match.start(), match.end(), _filled(self.concept, tuple(numbers.items()))))
        return found


def patterns_of(concept: Concept) -> list[Pattern]:
    """The Chinese terms of a concept that have place holders, ready for searching."""
    found = []
    for term in concept.chinese:
        if has_slot(term.text) and sound(term.text):
            found.append(Pattern(concept, chinese_pattern(term.text)))
    return found


@lru_cache(maxsize=4096)
def _filled(concept: Concept, numbers: tuple[tuple[str, int], ...]) -> Concept:
    """The concept of these numbers; each is told in words up to nine and in figures from ten on."""
    terms = tuple(_fill(t, dict(numbers)) if t.tongue == "en" else t for t in concept.terms)
    tail = "-".join(str(n) for _, n in numbers)
    return replace(concept, id=f"{concept.id}-{tail}" if tail else concept.id, terms=terms)


def _fill(term: Term, numbers: dict[str, int]) -> Term:
    def said(slot: re.Match[str]) -> str:
        number = numbers.get(slot.group(1))
        if number is None:
            return slot.group()
        figures, words = ordinals(number)
        return words if number < 10 else figures

    return replace(term, text=_SLOT.sub(said, term.text)) if has_slot(term.text) else term
