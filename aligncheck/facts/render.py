"""Values written for readers: English and Chinese forms for messages and suggestions."""

from __future__ import annotations

from fractions import Fraction

from aligncheck.facts.model import Fact, Number, plain, whole
from aligncheck.facts.numerals import to_ordinal, to_ordinal_words, to_roman, to_words
from aligncheck.facts.units import UNITS

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_RELATION_EN = {
    "over": "more than ",
    "min": "at least ",
    "under": "less than ",
    "max": "no more than ",
    "near": "nearly ",
    "about": "about ",
    "max-loose": "within ",
}
_BELOW = {2: ("half", "halves"), 3: ("third", "thirds"), 4: ("quarter", "quarters"), 5: ("fifth", "fifths"),
          6: ("sixth", "sixths"), 7: ("seventh", "sevenths"), 8: ("eighth", "eighths"), 9: ("ninth", "ninths"),
          10: ("tenth", "tenths")}  # fmt: skip


def english_number(value: Number) -> str:
    """``542,000``, ``4.4 trillion``, ``1.05``: as official English writes it."""
    value = whole(value)
    for scale, word in _SCALES:
        if value >= scale:
            scaled = Fraction(value, scale)
            if (scaled * 100).denominator == 1:
                return f"{plain(scaled)} {word}"
            break
    return plain(value)


def english_share(value: Number) -> str:
    """``5.2%``; what has no end in decimals as a fraction in words: ``two-thirds``."""
    value = Fraction(value)
    percent = plain(value * 100)
    if "/" not in percent:
        return percent + "%"
    if value.denominator in _BELOW and value.numerator < 20:
        one, many = _BELOW[value.denominator]
        return f"{to_words(value.numerator)}-{one if value.numerator == 1 else many}"
    return f"{value.numerator}/{value.denominator}"


def english(fact: Fact, with_relation: bool = False, unit: str | None = None) -> str:
    """How English should put the value of a fact, with its unit."""
    text = _english(fact, fact.unit if unit is None else unit)
    if with_relation:
        if fact.relation.value == "min-loose":
            return f"{text} or more" if fact.kind != "ordinal" else f"{text} or above"
        if fact.kind == "ordinal" and fact.relation.value in ("min", "max"):
            return f"{text} or {'above' if fact.relation.value == 'min' else 'below'}"
        return _RELATION_EN.get(fact.relation.value, "") + text
    return text


def _english(fact: Fact, unit: str) -> str:
    year, month, day = fact.parts
    if fact.kind == "date":
        if month and day:
            return f"{MONTH_NAMES[month - 1]} {day}" + (f", {year}" if year is not None else "")
        if month:
            return MONTH_NAMES[month - 1] + (f" {year}" if year is not None else "")
        return str(year) if year is not None else f"the {to_ordinal(day or 1)}"
    if fact.kind == "years":
        return f"{fact.low}-{fact.high}"
    if fact.kind == "period":
        return _period(fact.label)
    if fact.kind == "relative":
        return _RELATIVE.get(fact.label, fact.label)
    if fact.kind == "weekday":
        return WEEKDAY_NAMES[int(fact.low) - 1]
    if fact.kind == "lunar":
        month_word = to_ordinal_words(month or 1)
        return (f"the {to_ordinal(day)} day of the " if day else "the ") + f"{month_word} lunar month"
    if fact.kind == "time":
        return f"{int(fact.low) // 60}:{int(fact.low) % 60:02d}"
    if fact.kind in ("code", "place"):
        return fact.label
    if fact.kind == "ratio":
        return f"{plain(fact.low)}:{plain(fact.high or 0)}"
    if fact.kind in ("ordinal", "item"):
        if fact.note == "phase":
            return f"Phase {to_roman(int(fact.low))}"
        if fact.note == "grade":
            return f"Grade {to_roman(int(fact.low))}"
        if fact.kind == "item" and fact.low < 20:
            return to_ordinal_words(int(fact.low)).capitalize()
        return to_ordinal(int(fact.low))
    if fact.kind == "share":
        if fact.high is not None:
            return f"{english_share(fact.low)} to {english_share(fact.high)}"
        return english_share(fact.low)
    number = english_number(fact.low)
    if fact.high is not None:
        number += " to " + english_number(fact.high)
    if fact.kind == "points":
        return f"{number} percentage point" + ("" if fact.low == 1 and fact.high is None else "s")
    if fact.kind == "multiple":
        return _multiple(fact)
    record = UNITS.get(unit)
    if record is None:
        return number
    if fact.note == "compound" and unit == fact.unit:
        return _compound(whole(fact.low), unit)
    return f"{number} {record.english}"


#: What a span of time in several units is told in: the larger unit, and how many of the smaller one make it.
_LARGER = {"month": ("year", 12), "hour": ("day", 24), "minute": ("hour", 60), "second": ("minute", 60)}


def _compound(value: Number, unit: str) -> str:
    """``3 years 6 months``, ``1 hour 20 minutes 35 seconds``."""
    larger, size = _LARGER.get(unit, ("", 0))
    name = UNITS[unit].english
    if not larger or value < size:
        return f"{plain(value)} {name if value != 1 else name.removesuffix('s')}"
    rest = value % size
    return _compound((value - rest) // size, larger) + (f" {_compound(rest, unit)}" if rest else "")


def _multiple(fact: Fact) -> str:
    if fact.change == "by":
        return f"{plain(fact.low * 100)}%"
    return {2: "double", 3: "triple", 4: "quadruple"}.get(int(fact.low), "") if fact.low in (2, 3, 4) else (
        f"{plain(fact.low)} times"
    )  # fmt: skip


_RELATIVE = {
    "term:-1": "the last term", "term:0": "the current term", "term:1": "the next term",
    "weekend:-1": "last weekend", "weekend:0": "this weekend", "weekend:1": "next weekend",
    "day:-2": "the day before yesterday", "day:2": "the day after tomorrow", "month:0": "this month",
    "year:-1": "last year", "year:0": "this year", "year:1": "next year", "year:-2": "the year before last",
    "year:2": "the year after next", "day:-1": "yesterday", "day:0": "today", "day:1": "tomorrow"}  # fmt: skip


def _period(label: str) -> str:
    head, _, tail = label.partition(":")
    if head == "plan":
        return f"{to_ordinal(int(tail))} Five-Year Plan"
    if head == "half":
        return "first half" if tail == "1" else "second half"
    if head == "quarter":
        return f"{to_ordinal_words(int(tail))} quarter"
    if head == "quarters":
        return f"first {to_words(int(tail))} quarters"
    if head == "decade":
        return f"{tail}s" if not tail.startswith("x") else f"{tail[1:]}s"
    if head == "century":
        return "this century" if tail == "this" else f"{to_ordinal(int(tail))} century"
    if label in ("end-century", "start-century"):
        return f"the {'end' if label[0] == 'e' else 'beginning'} of the century"
    return "mid-century" if label == "mid-century" else label


def times_off(right: Number, wrong: Number) -> int | None:
    """By which power of ten (100 -> 2, 1/10 -> -1) one value is off the other; None for any other factor."""
    if not right or not wrong:
        return None
    ratio = Fraction(wrong) / Fraction(right)
    power = 0
    while ratio >= 10:
        ratio /= 10
        power += 1
    while ratio < 1:
        ratio *= 10
        power -= 1
    return power if ratio == 1 and power else None
