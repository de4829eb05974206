"""What a text states: one typed value with its span."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Literal

from aligncheck.facts.units import UNITS, Unit
from aligncheck.model import Span

Number = int | Fraction

Kind = Literal[
    "quantity",  # a count or a measure: low, high (ranges), unit
    "share",  # percent, fraction, tenths (成): of 1
    "points",  # percentage points
    "multiple",  # so many times (倍, doubled): the number said, with change "by" or "to"
    "ordinal",  # 第十六届, Third, Phase II, version 6.0
    "item",  # the mark of a list item: 三是, (七), First, 2.
    "ratio",  # 3:1, a score 3-0: low and high in the order said
    "date",  # parts: year, month, day
    "years",  # a span of years: low, high
    "period",  # label: "plan:14", "half:1", "quarter:3", "decade:1990", "century:21"
    "relative",  # label: "year:-1" (last year)
    "weekday",  # 1 Monday .. 7 Sunday
    "lunar",  # parts: -, month, day of the Chinese calendar
    "time",  # minutes since midnight
    "code",  # digits that are a name: label, as printed
    "place",  # label: the gazetteer's key
]

#: How much a fact can be held to: "strong" must have a counterpart; "weak" makes a finding only
#: against another value in its place; "soft" can satisfy others but never demands anything.
Weight = Literal["strong", "weak", "soft"]


#: Which part of a period is meant: 6月上旬, 年底, early June, the second half of the 19th century.
Part = Literal["", "early", "mid", "late", "first-half", "second-half"]


class Relation(Enum):
    """What stands between the stated number and the true one."""

    EXACT = "exact"
    OVER = "over"  # more than: 超过, 余, 突破
    MIN = "min"  # at least: 不少于, 至少
    MIN_LOOSE = "min-loose"  # 以上: with amounts also rendered "over"
    UNDER = "under"  # less than: 不足, 低于
    MAX = "max"  # at most: 不超过
    MAX_LOOSE = "max-loose"  # 以内, 以下: with amounts also rendered "below"
    NEAR = "near"  # just below: 近, nearly
    ABOUT = "about"  # 约, 左右, around
    VAGUE = "vague"  # 数百, hundreds of, 几十: low and high bound it


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a text states.

    ``span`` covers the number with its unit, ``words`` also the words that say how exact it is or
    whether it grew by or to it; both are offsets into the text given to ``extract``.  ``step`` is the
    worth of the last digit written, so that rounding can be told from error.  ``low`` and ``high`` carry the
    sign (零下, minus); ``direction`` says what the words around say (rise and profit up, fall and loss down).
    ``part`` and ``tense`` belong to periods and spans of time: 年底 is late, 过去五年 is past.
    """

    kind: Kind
    span: Span
    text: str
    low: Number = 0
    high: Number | None = None
    unit: str = ""
    relation: Relation = Relation.EXACT
    change: Literal["", "by", "to"] = ""
    direction: Literal["", "up", "down"] = ""
    weight: Weight = "strong"
    step: Number = 1
    label: str = ""
    parts: tuple[int | None, int | None, int | None] = (None, None, None)
    words: Span | None = None
    said: str = ""  # the words of the relation, as printed
    part: Part = ""
    tense: Literal["", "past", "this", "coming"] = ""
    frame: str = ""  # what an ordinal or a number numbers: "chapter", "article", "session"; see frames.py
    note: str = ""  # what is counted or governs it: "age", "grade", "law"; free for the parsers

    @property
    def measure(self) -> Unit | None:
        """The unit's record; None for plain counts."""
        return UNITS.get(self.unit)

    @property
    def value(self) -> str:
        """The value written in one plain way, for lists and evidence."""
        return canonical(self)


#: The most days that a month can have.
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def no_such_day(fact: Fact) -> bool:
    """Whether a date is in no calendar: 30 February, 32 July, 29 February of a common year."""
    year, month, day = fact.parts
    if fact.kind != "date" or month is None or day is None:
        return False
    if not 1 <= month <= 12 or day > _DAYS[month - 1]:
        return True
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return (month, day) == (2, 29) and not leap


def whole(value: Number) -> Number:
    """The same value as an int where it is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def plain(value: Number) -> str:
    """``542000``, ``5.2``, ``2/3``: as short as it can be said exactly."""
    value = whole(value)
    if isinstance(value, int):
        return f"{value:,}"
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    return f"{float(value):,.{digits}f}"


def canonical(fact: Fact) -> str:
    """The value of a fact as one short string."""
    if fact.kind == "date":
        year, month, day = fact.parts
        pieces = [f"{year:04d}" if year is not None else "--"]
        if month is not None:
            pieces.append(f"{month:02d}")
        if day is not None:
            if month is None:
                pieces.append("--")
            pieces.append(f"{day:02d}")
        return "-".join(pieces)
    if fact.kind == "lunar":
        return f"lunar {fact.parts[1] or '--'}/{fact.parts[2] or '--'}"
    if fact.kind in ("period", "relative", "code", "place"):
        return fact.label
    if fact.kind == "time":
        return f"{int(fact.low) // 60:02d}:{int(fact.low) % 60:02d}"
    if fact.kind == "years":
        return f"{fact.low}-{fact.high}"
    if fact.kind == "ratio":
        return f"{plain(fact.low)}:{plain(fact.high or 0)}"
    scale = 100 if fact.kind == "share" else 1
    text = plain(fact.low * scale)
    if fact.high is not None:
        text += "-" + plain(fact.high * scale)
    if fact.kind == "share":
        text += "%"
    elif fact.kind == "points":
        text += " points"
    elif fact.kind == "multiple":
        text += " times"
    elif fact.unit:
        text += " " + fact.unit
    return text
