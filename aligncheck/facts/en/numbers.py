"""Numbers in digits and words, with their magnitudes."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.en.patterns import MONEY, W
from aligncheck.facts.model import Number, whole
from aligncheck.facts.numerals import (
    ONES,
    SCALES,
    VULGAR,
    VULGAR_FRACTIONS,
    decimal,
    parse_ordinal_words,
    parse_words,
)
from aligncheck.facts.scan import Scan

_NUMBER_WORDS = rf"(?:an?\s+(?:hundred|thousand|million|billion|trillion|dozen)\b|{W}\b)(?:(?:\s+|-|\s*-\s*)(?:and\s+(?!a\b))?(?:{W})\b)*"

_ARABIC = re.compile(
    r"\d{1,3}(?: \d{3})+(?![\d.]| \d|,\d)|\d{1,3}(?:(?:,\d{3})+|(?:,\s\d{3})+(?!,?\s(?:and|or)\s|,\d))(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
)

_SCALE = re.compile(
    r"(?:\s+|-)?(hundred|thousand|million|billion|trillion|billon|millon|trillon|milion)s?\b(?:[\s-]+(thousand|million|billion|trillion)\b)?|\s?(bln|mln|trln|trn|bn|mn|tn|tr|k|kilo(?=bases?\b)|mega(?=bases?\b)|giga(?=bases?\b))(?:\b|(?<=[og]a)|(?<=lo))"
)

_SCALE_WORD_END = re.compile(
    r"(hundred|thousand|million|billion|trillion|bln|mln|trn|bn|mn|tn|k|kilo|mega|giga)s?$"
)

_ONES_LISTED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)(?:\s+and\s+(?:one|two|three|four|five|six|seven|eight|nine|ten))+"
)

_FIRST_WORD = re.compile(r"([a-z]+)\s+(?:[a-z]+)")

_NUMBER_WORDS_RUN = re.compile(_NUMBER_WORDS)

_MIXED_FRACTION = re.compile(r"\s+(\d)/(\d)(?!\d)")

_AND_A_HALF = re.compile(r"\s+and\s+a\s+half(?:\s+(hundred|thousand|million|billion|trillion))?\b")

_POINT_WORDS = re.compile(r"\s+point((?:\s+(?:" + "|".join(list(ONES)[:10]) + r"))+)\b")

_MILLION_SHORT = re.compile(r"\s?m\b(?!\w)")


def read_number(scan: Scan, at: int) -> tuple[Number, Number, int, str] | None:
    """A number at a place: value, worth of its last digit, end, "digits" or "words"."""
    text = scan.text
    if text[at].isdigit():
        found = _ARABIC.match(text, at)
        if not found:
            return None
        value: Number = decimal(found.group())
        places = len(found.group().partition(".")[2])
        step: Number = whole(Fraction(1, 10**places))
        end = found.end()
        mixed = _MIXED_FRACTION.match(text, end)
        if mixed and int(mixed.group(2)):
            value, end = whole(value + Fraction(int(mixed.group(1)), int(mixed.group(2)))), mixed.end()
        if vulgar := VULGAR.match(text, end):
            value, step, end = whole(value + VULGAR_FRACTIONS[vulgar.group()]), Fraction(1, 100), vulgar.end()
        scale = _SCALE.match(text, end)
        if scale:
            factor = scale_of(scale)
            value, step, end = whole(value * factor), whole(step * factor), scale.end()
        elif (million := _MILLION_SHORT.match(text, end)) and MONEY.search(text, max(0, at - 8), at):
            value, step, end = whole(value * 10**6), whole(step * 10**6), million.end()
        return value, step, end, "digits"
    found = _NUMBER_WORDS_RUN.match(text, at, at + 160)
    if not found:
        return None
    run = found.group()
    if _ONES_LISTED.fullmatch(
        run,
    ):
        run = run.split()[0]
    if pieces := _FIRST_WORD.match(run):
        # "twenty twenty", "five five": two numbers, not one
        first = pieces.group(1)
        second = run[len(first) :].split()[0]
        if first in ONES and second in ONES:
            run = first
    value2 = parse_words(run)
    if value2 is None:
        return None
    end = at + len(run)
    step = 1
    for word, scale_value in SCALES.items():
        if run.endswith(word):
            step = scale_value
    if half := _AND_A_HALF.match(text, end):
        value3: Number = whole(value2 + Fraction(1, 2))
        if half.group(1):
            value3 = whole(value3 * SCALES[half.group(1)])
        return value3, Fraction(1, 2), half.end(), "words"
    if point := _POINT_WORDS.match(text, end):
        digits = "".join(str(ONES[w]) for w in point.group(1).split())
        value3 = whole(value2 + Fraction(int(digits), 10 ** len(digits)))
        step3: Number = Fraction(1, 10 ** len(digits))
        end = point.end()
        if scale := _SCALE.match(text, end):
            factor = scale_of(scale)
            value3, step3, end = whole(value3 * factor), whole(step3 * factor), scale.end()
        return value3, step3, end, "words"
    return value2, step, end, "words"


_SHORT_SCALES = {
    **dict.fromkeys(("k", "kilo"), 1000),
    **dict.fromkeys(("mln", "mn", "mega"), 10**6),
    **dict.fromkeys(("bln", "bn", "giga"), 10**9),
    **dict.fromkeys(("trln", "trn", "tn", "tr"), 10**12),
}


def scale_of(found: re.Match[str]) -> int:
    """The factor of a scale word or abbreviation that was found: million, bn, k."""
    if found.group(3):
        return _SHORT_SCALES[found.group(3)]
    value = (
        SCALES.get(found.group(1))
        or {"billon": 10**9, "millon": 10**6, "milion": 10**6, "trillon": 10**12}[found.group(1)]
    )
    if found.group(2):
        value *= SCALES[found.group(2)]
    return value


def magnitude_of(text: str, start: int, end: int) -> int:
    """The factor of the scale word that a stretch ends with; 1 where it ends with none."""
    found = _SCALE_WORD_END.search(text[start:end])
    if not found:
        return 1
    return _SHORT_SCALES.get(found.group(1)) or SCALES[found.group(1)]


def any_number(text: str) -> Number | None:
    """The value of digits or of a number in words; None where it is neither."""
    return int(text) if text.isdigit() else parse_words(text)


_LEADING_DIGITS = re.compile(r"\d+")


def ordinal_value(text: str) -> int | None:
    """The value of an ordinal, in digits (21st) or in words; None where it is none."""
    digits = _LEADING_DIGITS.match(text)
    return int(digits.group()) if digits else parse_ordinal_words(text)
