"""Dates, years, spans of years, decades, times of day."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.en.clock import part_of_day
from aligncheck.facts.en.numbers import ordinal_value
from aligncheck.facts.en.patterns import AGE_BEFORE, CENTURY, MONTHS, WORD
from aligncheck.facts.numerals import (
    decimal,
)
from aligncheck.facts.scan import Scan
from aligncheck.facts.trie import alternation

_MONTH = alternation(list(MONTHS))

_MDY = re.compile(
    rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\.\d|:)(?:\s*(?:-|–|—|to|and)\s*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|%|,\d|:|\s?[ap]\.?m))?(?:\s*,?\s*((?:1\d|20|21)\d\d)(?!\d|,\d))?(?![a-z])"
)

#: What can stand behind a date, but not behind a count: "July 32." against "In July 32 firms".
_ENDED = re.compile(r"\s*(?:[.,;:)]|$)")

_MY = re.compile(
    rf"({_MONTH})\.?(?:\s*(?:-|–|—|to|and|through)\s*({_MONTH}))?\.?,?\s+(?:of\s+)?((?:1\d|20|21)\d\d)(?!\d|,\d)(?![a-z])"
)

_DMY = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*(\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+((?:1\d|20|21)\d\d)(?!\d))?"
)

_ISO = re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")

_YEARS = re.compile(
    r"((?:1[5-9]|20|21)\d\d)\s*(?:-{1,2}|–|—|~|to|through|and|until)\s*((?:1[5-9]|20|21)\d\d)(?![\d%,.]\d|\d)"
)

_YEARS_SHORT = re.compile(r"((?:1[89]|20)\d\d)\s*(?:-|–|/)\s*(\d\d)(?!\d|-|%)")

_DECADE = re.compile(r"((?:1[5-9]|20|21)\d0)'?s\b")

_DECADE_SHORT = re.compile(r"(?:')?([2-9]0)'?s\b")

_TIME = re.compile(
    r"(\d{1,2})(?::\s?(\d{2}))?\s?(a\.?m\.?|p\.?m\.?|o'clock|noon|midnight|hours)(?![a-z])|(\d{1,2}):\s?(\d{2})(?![\d:]|,\d)"
)

#: from 10 to 11:30 a.m.
_TO_TIME = re.compile(
    r"(\d{1,2})\s?(?:to|until|till|and|-|–|—)\s?(\d{1,2})(?:(:\d\d)(?!\d)\s?(a\.?m|p\.?m)?|\s?(?=[ap]\.?m\b)(a\.?m|p\.?m))"
)

_LUNAR = re.compile(
    r"(?:(?P<day>\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+(?:day\s+)?of\s+)?(?:the\s+)?(?P<month>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|1st|2nd|3rd|\d{1,2}th)\s+(?:lunar\s+month|month\s+of\s+the\s+(?:chinese\s+)?lunar|month\s+in\s+the\s+(?:chinese\s+)?lunar)"
    r"|(?P<new>\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+day\s+of\s+(?:the\s+)?(?:lunar|chinese)\s+new\s+year\b"
)

#: The fifth day of the sixth month: no date of ours is told so.
_DAY_OF_MONTH = re.compile(
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+day\s+of\s+the\s+(?P<month>[a-z]+|\d{1,2}(?:st|nd|rd|th))\s+month\b"
)

_RATIO_BEFORE = re.compile(r"\bratio\b")

_POSSESSIVE = re.compile(r"(?:his|her|their|my|our)\s+(?:\w+\s+)?$")

_RATIO_WORDED = re.compile(r"(\d+(?:\.\d+)?)\s?(?::|\sto\s)\s?(\d+(?:\.\d+)?)(?![\d%])")

_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|by|until|from|early|late|mid|last|this|next|to|during|and|between)[\s-]|^\W*)$"
)

#: 7/13/2024, 13.07.2024
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:1[5-9]|20|21)\d\d)(?![\d/])")
_ERA = re.compile(r"(\d{1,4})\s?(bce?|b\.c\.(?:e\.)?|ad|a\.d\.|ce)(?![a-z])")
_BEFORE_MAY = re.compile(r"\b(?:in|of|since|early|late|mid|last|to|from)[\s-]$")

_MONTH_DAY = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?")


def dated_digits(scan: Scan, at: int) -> bool:
    """Read a date, a time or a span of years that begins with digits; whether there was one."""
    text = scan.text
    if found := _ISO.match(text, at):
        year, month, day = int(found.group(1)), int(found.group(3)), int(found.group(4))
        if month <= 12 and day <= 31:
            scan.add("date", at, found.end(), parts=(year, month, day))
            return True
    if found := _NUMERIC.match(text, at):
        first, second, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
        if max(first, second) <= 31 and min(first, second) <= 12:
            month, day = (second, first) if first > 12 else (first, second)
            either = "either" if max(first, second) <= 12 else ""  # the 5th of March or the 3rd of May
            scan.add("date", at, found.end(), parts=(year, month, day), note=either)
            return True
    if found := _ERA.match(text, at):
        year = int(found.group(1))
        scan.add("date", at, found.end(), parts=(-year if found.group(2)[0] == "b" else year, None, None))
        return True
    if found := _YEARS.match(text, at):
        joint = text[found.end(1) : found.start(2)].strip()
        low, high = int(found.group(1)), int(found.group(2))
        if joint == "and" and not text[max(0, at - 9) : at].rstrip().endswith("between"):
            scan.add("date", at, found.end(1), parts=(low, None, None))
            return True
        if low < high:
            scan.add("years", at, found.end(), low=low, high=high)
            return True
    if found := _YEARS_SHORT.match(text, at):
        low, tail = int(found.group(1)), int(found.group(2))
        if low % 100 < tail <= low % 100 + 30:
            scan.add("years", at, found.end(), low=low, high=low - low % 100 + tail)
            return True
    if found := _DECADE.match(text, at):
        scan.add("period", at, found.end(), label=f"decade:{found.group(1)}")
        return True
    if (found := _DECADE_SHORT.match(text, at)) and not AGE_BEFORE.search(text, max(0, at - 20), at) and not _POSSESSIVE.search(text[max(0, at - 20) : at]
    ):  # fmt: skip
        scan.add("period", at, found.end(), label=f"decade:x{found.group(1)}", weight="weak")
        return True
    if (found := CENTURY.match(text, at)) and found.group(1):
        scan.add("period", at, found.end(), label=f"century:{found.group(1)}")
        return True
    if (found := _DMY.match(text, at)) and (int(found.group(1)) <= 31 or _ENDED.match(text, found.end())):
        month = MONTHS[found.group(3)]
        in_year = int(found.group(4)) if found.group(4) else None
        last = int(found.group(2)) if found.group(2) else None
        if text[found.start(3) : found.end(3)] != "may" or scan.cased[found.start(3)] == "M":
            if last and 1 <= last <= 31:
                scan.add("date", at, found.end(1), parts=(None, month, int(found.group(1))))
                scan.add("date", found.start(2), found.end(), parts=(in_year, month, last))
            else:
                scan.add("date", at, found.end(), parts=(in_year, month, int(found.group(1))))
            return True
    if _RATIO_BEFORE.search(text[max(0, at - 40) : at]) and (pair := _RATIO_WORDED.match(text, at)):
        scan.add(
            "ratio",
            at,
            pair.end(),
            low=decimal(pair.group(1)),
            high=decimal(pair.group(2)),
            weight="weak",
        )
        return True
    if (span := _TO_TIME.match(text, at)) and int(span.group(1)) <= 12:
        hours, half = int(span.group(1)), (span.group(4) or "").replace(".", "")
        if half == "pm" and hours <= int(span.group(2)) and hours < 12:
            hours += 12
        scan.add(
            "time",
            at,
            span.end(1),
            low=hours * 60,
            weight="weak",
            note="half-day" if half and hours != 12 else "",
        )
        return True
    if (found := _TIME.match(text, at)) and (found.group(3) != "hours" or (found.group(2) is not None)):
        hours = int(found.group(1) or found.group(4))
        minutes = int(found.group(2) or found.group(5) or 0)
        half = (found.group(3) or "").replace(".", "")
        if half == "pm" and hours < 12:
            hours += 12
        if half == "am" and hours == 12:
            hours = 0
        part = part_of_day(text, found.end()) if half not in ("am", "pm") else ""
        if part == "late" and hours < 12:
            hours += 12
        if half == "" and found.group(5) and (minutes > 59 or hours > 24):
            pass
        elif hours <= 24 and minutes < 60:
            scan.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak",
                     note="half-day" if half in ("am", "pm") or part or hours > 12 else "")  # fmt: skip
            return True
    return False


def month(scan: Scan, at: int) -> bool:
    """Read a date that begins with the name of a month; whether there was one."""
    text = scan.text
    if not scan.cased[at].isupper():
        return False
    if found := _MDY.match(text, at):
        month, day = MONTHS[found.group(1)], int(found.group(2))
        year = int(found.group(4)) if found.group(4) else None
        last = int(found.group(3)) if found.group(3) else None
        if 1 <= day <= 31 or (day and (year or _ENDED.match(text, found.end()))):
            if last and last <= 31:
                scan.add("date", at, found.end(2), parts=(year, month, day))
                scan.add("date", found.start(3), found.end(), parts=(year, month, last))
            else:
                if last:
                    found = _MONTH_DAY.match(text, at) or found
                scan.add("date", at, found.end() if not last else found.end(2), parts=(year, month, day))
            return True
    if found := _MY.match(text, at):
        month, year = MONTHS[found.group(1)], int(found.group(3))
        if found.group(2):
            scan.add("date", at, found.end(1), parts=(None, month, None), weight="weak")
            scan.add("date", found.start(2), found.end(), parts=(year, MONTHS[found.group(2)], None))
        else:
            scan.add("date", at, found.end(), parts=(year, month, None))
        return True
    name = WORD.match(text, at)
    assert name is not None
    if name.group() in ("may", "march", "mar", "dec", "sep", "oct", "jan", "apr", "jun", "jul", "aug", "nov", "feb") and not _BEFORE_MONTH.search(text[max(0, at - 10) : at]
    ):  # fmt: skip
        return False
    if (
        _MDY.match(text, at) is None
        and name.group() == "may"
        and not _BEFORE_MAY.search(text[max(0, at - 8) : at])
    ):
        return False
    scan.add("date", at, name.end(), parts=(None, MONTHS[name.group()], None))
    return True


def lunar(scan: Scan, at: int) -> bool:
    """Read a day of the lunar calendar: the third day of the first lunar month; whether there was one."""
    found = _LUNAR.match(scan.text, at) or _DAY_OF_MONTH.match(scan.text, at)
    if not found:
        return False
    named = found.groupdict()
    new, first = named.get("new"), named["month"] or "first"
    month, said = 12 if first == "last" else ordinal_value(first), new or named["day"]
    day = ordinal_value(said) if said else None
    if month is None or (said and day is None):
        return False
    scan.add("lunar", at, found.end(), parts=(None, month, day))
    return True
