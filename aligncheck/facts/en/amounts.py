"""Amounts: a number, a second one that makes a range, and what it counts or measures."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.en.hedges import close
from aligncheck.facts.en.lists import (
    LIST_OF_SHARES,
    of_a_hundred,
    part_too,
    percent_said,
    scale_of_list,
    tenths_said,
)
from aligncheck.facts.en.numbers import any_number, magnitude_of, read_number
from aligncheck.facts.en.patterns import AGE_BEFORE, BLANK, CHANGE, MONEY, ORDINAL_DIGITS, PLAN, W
from aligncheck.facts.model import Number, Weight, whole
from aligncheck.facts.numerals import SCALES, part
from aligncheck.facts.scan import Scan
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import ENGLISH, UNITS

_MONEY_UNIT = {"us$": "usd", "u.s.$": "usd", "$": "dollar", "€": "eur", "£": "gbp", "¥": "cny", "￥": "cny", "rmb": "cny",
               "rmb¥": "cny", "cny": "cny", "usd": "usd", "eur": "eur", "hk$": "hkd", "hkd": "hkd", "nt$": "twd", "mop$": "mop",
               "a$": "aud", "c$": "cad", "s$": "sgd"}  # fmt: skip

_UNIT = re.compile(r"(?:\s|-|\s-)?" + alternation(ENGLISH) + r"(?![a-z0-9²³$])")

_PERCENT = re.compile(
    r"\s?(?:%|‰|-?per\s?cent(?:age)?\b(?!\s?-?points?|\s?-?age\s?points?)|percent\b|pct\b)(?:age)?(?!\s?-?\s?points?\b)"
)

_BASIS_POINTS = re.compile(r"[\s-]?(?:basis[\s-]points?|bps?)\b")
#: What is taken off a price.
_OFF = re.compile(r"\s+(?:off|discounts?|rebates?|price\s+(?:cut|reduction)|less|cheaper)\b")
_POINTS = re.compile(
    r"\s?-?(?:%|per\s?cent(?:age)?)?\s?-?(?:percentage|percent|per\s?cent|%)[\s-]?points?\b|\s?-?(?:pps?|ppts?|p\.p\.)(?![a-z])"
)

_TIMES = re.compile(r"[\s-]times\b|[\s-]?fold\b|-?x\b(?!\d)")

#: three to five hundred million: hundreds of them both
_HUNDRED_SCALES = re.compile(r"hundred\s+(thousand|million|billion)\Z")
_RANGE = re.compile(r"\s*(?:-{1,2}|–|—|~)\s*|\s+(?:to|or)\s+|\s+and\s+")

#: What so many are taken out of: ten, a hundred thousand, 10,000.
_SO_MANY_OF = rf"(?:an?\s+)?(?:ten\s+|hundred\s+)?(?:thousand|million)|a\s+hundred|1(?:0{{0,2}},000){{1,2}}|\d{{1,3}}|{W}"
_OUT_OF = re.compile(
    rf"(\d{{1,3}}|{W})\s+(?:out\s+of(?:\s+(?:every|each))?|in(?:\s+every)?|of\s+every)\s+({_SO_MANY_OF})(?![a-z\d,]|\s+(?:districts|years|months|cities|days))"
)

#: seven trips in ten, over nine cases in ten were settled: the share, with what is counted inside.
_OF_EVERY = re.compile(
    rf"(\d{{1,3}}|{W})\s+[a-z]+s\s+(?:in|out\s+of)(?:\s+every)?\s+((?:a\s+)?hundred|five|four|ten|twenty|100|10|1,000)"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:was|were|is|are|had|have|has|can|could|do|did|will|would|may|might|by|before|after|at|on|for|from|without|when|than|that|who|now|and|but)\b)"
)
_SCALE_AFTER = re.compile(r"\s+(?:thousand|million|percent|%)")

_MONEY_SIGN = re.compile(r"(?:us\$|\$|rmb\s?|¥|￥|€|£)")

_BETWEEN_BEFORE = re.compile(r"\bbetween\s+(?:\w+\s+)?(?:us\$|\$|rmb\s?|¥)?$")


#: was adjusted from 12 to 10 percent: two values one after the other, no range
_CHANGED = re.compile(
    r"\b(?:chang|adjust|revis|amend|alter|shift|switch|mov|transform|convert)(?:e|ed|es|ing|s|d)?\b|\b(?:went|go(?:es|ing|ne)?)\b"
)

_FROM_BEFORE = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}(?:us\$|\$|rmb\s?|¥)?$")

_NUMBER_WORD = re.compile(W + r"(?![a-z])")

_PER_PERIOD = re.compile(r"\s+a\s+(?:day|week|month|year)|\s+(?:per|in\s+(?:a|\d+|succession)|each)\b")

_WORD_TAIL = re.compile(r"-(?:stop|on-one|way|off|time|sided|to-one|size)")

_HONG_KONG_BEFORE = re.compile(r"hong\s+kong\s+$")

#: six second-tier companies
_SECOND_OF = re.compile(r"-(?!long|old|delay|rule|s\b)[a-z]")
_DATA_UNIT = re.compile(r"[\s-]?(?:giga|mega|tera)(?:bit|byte)")

_YEAR_LIKE = re.compile(r"(?:1[5-9]|20|21)\d\d")

_PERMILLE = re.compile(r"\s?‰|\s?per\s+(?:mille|thousand)\b")

_TIMES_WHAT = re.compile(r"\s+(?:that|the|as|what|its|their|higher\s+than\s+that|over\s+that|over\s+the)\b")

_TIMES_MORE = re.compile(r"\s+(?:more|higher|greater|larger)")

_OLD = re.compile(r"\s+(?:old|of\s+age)\b|-olds?\b")

#: 5 milligrams of oil a liter
_A_ROOM = re.compile(
    r"\s+of\s+(?:[a-z]+\s+){1,3}(?:an?|per|to\s+the)\s+(lit(?:er|re)|cubic\s+met(?:er|re))\b"
)
_COAL = re.compile(r"\s+of\s+(?:standard\s+coal|coal\s+equivalent)")

_SQUARED = re.compile(r"\s+squared?\b")

_PEOPLE_AFTER = re.compile(
    r"\s+(?:people|residents|students|workers|enterprises|companies|households|villages|projects|units|cases|passengers|tons|km|schools|families|jobs|households)\b"
)

_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|by|until|till|from|year|during|for|through|to|before|after|early|late|mid|end|and|between|than|with|around|about|the|as|spring|summer|autumn|winter|fall)[\s-]+|[,(“\"/–-]\s*|^\s*)$"
)


def quantity(scan: Scan, at: int) -> None:
    """Read a figure in digits with whatever stands with it: a share, a range, a measure, an amount of money."""
    text = scan.text
    if found := _OUT_OF.match(text, at):
        above, below = (any_number(re.sub(r"^an?\s+|,", "", g)) for g in found.groups())
        if (
            above is not None
            and below
            and above < below
            and (
                below in (3, 4, 5, 20)
                or (below >= 10 and str(below).strip("0") == "1")
                or (above == 1 and below <= 12)
                or "out" in found.group()
                or "every" in found.group()
            )
        ) and not _SCALE_AFTER.match(text[found.end() : found.end() + 10]):
            close(
                scan,
                "share",
                at,
                found.end(),
                low=whole(Fraction(int(above), int(below))),
                step=Fraction(1, int(below) * 10),
                label=f"{above}/{below}",
                weight="weak",
            )
            return
    if found := _OF_EVERY.match(text, at):
        above, below = (
            any_number(found.group(1)),
            any_number(found.group(2).removeprefix("a ").replace(",", "")),
        )
        if above is not None and below and 0 < above < below:
            part_of = whole(Fraction(int(above), int(below)))
            close(scan, "share", at, found.end(), low=part_of, step=Fraction(1, int(below) * 10), label=f"{above}/{below}", weight="weak")  # fmt: skip
            return
    read = read_number(scan, at)
    if read is None:
        scan.end = at + 1
        return
    value, step, end, how = read
    if how == "words" and (found := PLAN.match(text, end)):
        scan.end = found.end()
        return
    high: Number | None = None
    follow = _follow(scan, at, read)
    if follow is not None:
        top, top_step, top_end, _ = follow
        low = _scaled(text, value, step, follow)
        if low < top and _is_range(scan, at, read, follow):
            high, value, step, end = top, low, top_step, top_end
        elif _is_score(text, read, follow):
            scan.add("ratio", at, top_end, low=value, high=top, weight="weak")
            return
        elif _shares_sign(text, at, read, follow):
            # rose from 68 to 80 percent: the sign stands once for both
            of = 1000 if _PERMILLE.match(text, top_end) else 100
            close(scan, "share", at, end, low=part(value, of), step=part(step, of))
            return
    measure(scan, at, end, value, high, step, how)


Reading = tuple[Number, Number, int, str]
_WORDED_JOINTS = frozenset(("to", "and", "or"))


def _follow(scan: Scan, at: int, read: Reading) -> Reading | None:
    """The number that a joint (to, and, a dash) ties to one that has been read; its last field is the joint."""
    text, end = scan.text, read[2]
    percent = _PERCENT.match(text, end)
    joint = _RANGE.match(text, percent.end() if percent else end)
    if not joint and not percent and (unit := _UNIT.match(text, end)):
        joint = _RANGE.match(text, unit.end())
    if not joint:
        return None
    begin, word = joint.end(), joint.group().strip()
    if money := _MONEY_SIGN.match(text, begin):
        begin = money.end()
        lead = MONEY.search(text, max(0, at - 8), at)
        if (lead and lead.group(1).strip() != money.group().strip()) or (word == "to" and not lead):
            return None
    if begin >= len(text) or not (text[begin].isdigit() or _NUMBER_WORD.match(text, begin)):
        return None
    if ORDINAL_DIGITS.match(text, begin):
        return None
    other = read_number(scan, begin)
    return None if other is None else (other[0], other[1], other[2], word)


def _scaled(text: str, value: Number, step: Number, follow: Reading) -> Number:
    """The first number of ``two to three million`` in the scale of the second."""
    top, top_step, top_end, _ = follow
    if (large := _HUNDRED_SCALES.search(text, 0, top_end)) and value < 10 and step == 1:
        return whole(value * 100 * SCALES[large.group(1)])
    hundreds = top_step == 100 and value < 10 and text.endswith("hundred", 0, top_end)
    if value < 1000 and (top_step >= 1000 or hundreds) and step <= 1 and top > value:
        scaled = whole(value * magnitude_of(text, 0, top_end))
        return scaled if scaled < top else value
    return value


def _is_range(scan: Scan, at: int, read: Reading, follow: Reading) -> bool:
    text, (value, _, end, _), (top, _, top_end, joint) = scan.text, read, follow
    if year_like(text, at, end):
        return False
    if joint == "and" and not _BETWEEN_BEFORE.search(text[max(0, at - 18) : at]):
        return False
    if _PERCENT.match(text, end) and not _PERCENT.match(text, top_end) and not _POINTS.match(text, top_end):
        return False
    if joint == "or" and not (top == value + 1 or top == value * 2):
        return False
    # rose from A to B: two values
    begin = max(0, at - 80, text.rfind(". ", 0, at))
    changes = joint in ("to", "or") and (CHANGE.search(text, begin, at) or _CHANGED.search(text, begin, at))
    return not (changes and _FROM_BEFORE.search(text[max(0, at - 24) : at]))


def _shares_sign(text: str, at: int, read: Reading, follow: Reading) -> bool:
    """Whether the percent sign behind the second of two numbers is that of the first too."""
    end, (_, _, top_end, joint) = read[2], follow
    if MONEY.search(text, max(0, at - 8), at):
        return False  # RMB 5,000 or ten percent of the loss
    if joint not in _WORDED_JOINTS or _UNIT.match(text, end) or _PERCENT.match(text, end):
        return False
    sign = _PERCENT.match(text, top_end) or _PERMILLE.match(text, top_end)
    return sign is not None and not year_like(text, at, end)


def _is_score(text: str, read: Reading, follow: Reading) -> bool:
    (value, _, end, how), (top, _, top_end, joint) = read, follow
    return (
        how == "digits"
        and joint in ("-", "–", "—")
        and top <= 99
        and value <= 99
        and not _PERCENT.match(text, end)
        and not _UNIT.match(text, top_end)
        and not _PERCENT.match(text, top_end)
    )


def year_like(text: str, start: int, end: int) -> bool:
    """Whether a number has the form of a year: four digits, 1500 to 2199."""
    return _YEAR_LIKE.fullmatch(text, start, end) is not None


def measure(
    scan: Scan, start: int, end: int, value: Number, high: Number | None, step: Number, how: str
) -> None:
    """Close an amount (a range where ``high`` is given) with the unit, the percent sign or the noun behind it.

    ``how``: ``words`` or ``digits``; ``step`` is the place of the last digit.
    """
    text = scan.text
    weight: Weight = "strong"
    if how == "words":
        weight = "soft" if value == 1 else "weak" if value <= 10 else "strong"
        if (value in (100, 1000, 10**6, 10**9) and text[max(0, start) : end] in SCALES) or text[
            start:end
        ].startswith(("a ", "an ")):
            weight = "weak"
    if permille := _PERMILLE.match(text, end):
        close(
            scan,
            "share",
            start,
            permille.end(),
            low=part(value, 1000),
            high=None if high is None else part(high, 1000),
            step=part(step, 1000),
        )
        return
    if basis := _BASIS_POINTS.match(text, end):
        top = None if high is None else part(high, 100)
        close(
            scan,
            "points",
            start,
            basis.end(),
            low=part(value, 100),
            high=top,
            step=part(step, 100),
        )
        return
    if points := _POINTS.match(text, end):
        close(scan, "points", start, points.end(), low=value, high=high, step=step)
        return
    if percent := _PERCENT.match(text, end):
        off = {"note": "off"} if _OFF.match(text, percent.end()) else {}
        close(
            scan,
            "share",
            start,
            percent.end(),
            low=part(value, 100),
            high=None if high is None else part(high, 100),
            step=part(step, 100),
            **off,
        )
        return
    if times := _TIMES.match(text, end):
        fold = "fold" in times.group() or times.group().strip("-") == "x"
        after = text[times.end() : times.end() + 24]
        change = (
            "to"
            if fold
            or (
                _TIMES_WHAT.match(
                    after,
                )
                and not _TIMES_MORE.match(after)
            )
            else ""
        )
        if _PER_PERIOD.match(after):
            close(scan, "quantity", start, times.end(), low=value, high=high, step=step, weight="weak")
            return
        close(scan, "multiple", start, times.end(), low=value, high=high, step=step, change=change,
                    weight="weak" if how == "words" or value < 10 else "strong")  # fmt: skip
        return
    unit = ""
    money = MONEY.search(text, max(0, start - 8), start)
    lead = start
    if money:
        unit = _MONEY_UNIT.get(BLANK.sub("", money.group(1)), "")
        lead = money.start()
    found = _UNIT.match(text, end)
    if (
        found
        and found.group().strip(" -") == "m"
        and found.group() != "m"
        and not text[end : end + 2].strip().startswith("m")
    ):
        found = None
    if (found and not money) or (
        found
        and ENGLISH[found.group().lstrip(" -") if found.group().lstrip(" -") in ENGLISH else found.group()]
        in ("usd", "cny")
    ):
        name = found.group().lstrip(" -")
        unit_name = ENGLISH.get(name) or ENGLISH.get(found.group(), "")
        ok = not (
            name in ("second",) and (weight != "strong" or _SECOND_OF.match(text, found.end()))
        ) and name not in ("march", "may")
        if unit_name == "age" or ok:
            unit = unit_name
            end = found.end()
        if unit in ("year",) and (age := _OLD.match(text, end)):
            unit, end = "age", age.end()
        if unit == "dollar" and _HONG_KONG_BEFORE.search(text[max(0, start - 12) : start]):
            unit = "hkd"
        if unit == "t" and (coal := _COAL.match(text, end)):
            unit, end = "tce", coal.end()
        if unit in ("mg", "ug") and (room := _A_ROOM.match(text, end)):
            volume = "l" if room.group(1).startswith("lit") else "m3"
            unit = f"{unit}/{volume}" if f"{unit}/{volume}" in UNITS else unit
        if unit in ("km", "m") and (area := _SQUARED.match(text, end)):
            unit, end = unit + "2", area.end()
    if _DATA_UNIT.match(text, end):
        weight = "soft"
    like_year = (
        how == "digits" and _YEAR_LIKE.fullmatch(text[start:end]) is not None and not unit and high is None
    )
    if like_year and is_year(scan, start, end):
        scan.add("date", start, end, parts=(int(value), None, None), low=value)
        return
    note = ""
    if how == "digits" and not unit and high is None and step <= 1 and value < 1000 and not money:
        scale = scale_of_list(scan, end)
        value, step = whole(value * scale), whole(step * scale)
    if how == "digits" and not unit and high is None and value <= 100:
        if text[end : end + 2] == ", " and LIST_OF_SHARES.match(text, end):
            close(scan, "share", start, end, low=part(value, 100), step=part(step, 100))
            return
        if percent_said(scan, start, end) or of_a_hundred(scan, start, end):
            note = "percent"
    if not unit and high is None and value <= 100:
        note = note or part_too(scan, start, end)
    if how == "words" and not unit and high is None and value < 10 and tenths_said(scan, start, end):
        close(
            scan, "share", start, end, low=whole(Fraction(value) / 10), step=Fraction(1, 200), weight="weak"
        )
        return
    if AGE_BEFORE.search(text, max(0, start - 26), start) and not unit and value < 130:
        unit = "age"
    if how == "words" and not unit and value <= 10 and _WORD_TAIL.match(text[end : end + 8]):
        weight = "soft"
    if text.startswith(("s", "'s"), end) and not unit and value in range(10, 100, 10):
        return
    close(
        scan,
        "quantity",
        start,
        end,
        low=value,
        high=high,
        unit=unit,
        step=step,
        weight=weight,
        lead=lead,
        note=note,
    )


def is_year(scan: Scan, start: int, end: int) -> bool:
    """Whether four digits are a year: not followed by what is counted, and led in like one or of our time."""
    text = scan.text
    before = text[max(0, start - 24) : start]
    after = text[end : end + 24]
    if _PEOPLE_AFTER.match(
        after,
    ):
        return False
    if _YEAR_BEFORE.search(
        before,
    ):
        return True
    return 1900 <= int(text[start:end]) <= 2100
