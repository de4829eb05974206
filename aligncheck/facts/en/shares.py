"""Fractions, ratios, scores."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.en.hedges import close
from aligncheck.facts.en.patterns import WORD
from aligncheck.facts.model import whole
from aligncheck.facts.numerals import (
    ONES,
    decimal,
    parse_ordinal_words,
)
from aligncheck.facts.scan import Scan

_FRACTION = re.compile(
    r"(?:(?P<digit>\d{1,2})|(?P<above>an?|one|two|three|four|five|six|seven|eight|nine))(?:-|\s+)(?P<below>half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth)(?P<plural>s)?(?![a-z])"
)

_SLASH = re.compile(r"(\d{1,3})/(\d{1,4})(?![\d/])")

_ONE_BEFORE_DASH = re.compile(r"\b(?:a|one)[\s-]$")

_ONE_LEAD_DASH = re.compile(r"(?:a|one)[\s-]$")

_FIRST_BEFORE = re.compile(r"first\s+$")

_QUARTER_AFTER = re.compile(r"\s+(?:of\s+the\s+year|ago|later)")

#: a quarter of one percent, a tenth of a percentage point
OF_A_PERCENT = re.compile(r"\s+(?:of\s+)?(?:an?|one|1)\s+(?:(?P<points>percentage\s+point)|per\s?cent\b)")

_OF_OR_STOP = re.compile(r"\s+(?:of|was|were|has|have)\b|\s*$|[.,;]")

_SCORE = re.compile(
    r"(\d+(?:\.\d+)?)\s?:\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d:])|(\d+(?:\.\d+)?)-to-(\d+(?:\.\d+)?)"
)


def fraction(scan: Scan, at: int) -> bool:
    """Read a fraction in words: two thirds, a quarter of; whether there was one."""
    text = scan.text
    begin = at
    word = WORD.match(text, at)
    if word and word.group() in ("third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth") and _ONE_BEFORE_DASH.search(text[max(0, at - 5) : at]
    ):  # fmt: skip
        lead = _ONE_LEAD_DASH.search(text[max(0, at - 5) : at])
        assert lead is not None
        if (
            lead.group().startswith("a")
            and word.group() != "quarter"
            and not _OF_OR_STOP.match(text[word.end() : word.end() + 6])
        ):
            return False
        begin = at - len(lead.group())
    found = _FRACTION.match(text, begin)
    if found and (
        found.group("plural")
        or (found.group("above") or "") in ("a", "an", "one")
        or found.group("below") == "half"
    ):
        above = (
            int(found.group("digit"))
            if found.group("digit")
            else 1
            if found.group("above") in ("a", "an")
            else ONES[found.group("above")]
        )
        if found.group("below") == "half" and above != 1:
            return False
        if (
            found.group("below") == "quarter"
            and found.group("plural")
            and _FIRST_BEFORE.search(text[max(0, begin - 6) : begin])
        ):
            return False
        below = (
            2
            if found.group("below") == "half"
            else 4
            if found.group("below") == "quarter"
            else parse_ordinal_words(found.group("below"))
        )
        if not below or above >= below:
            return False
        if found.group("below") == "quarter" and _QUARTER_AFTER.match(text[found.end() : found.end() + 14]):
            return False
        hundredth = OF_A_PERCENT.match(text, found.end())
        points = hundredth is not None and hundredth.group("points") is not None
        close(
            scan,
            "points" if points else "share",
            begin,
            hundredth.end() if hundredth else found.end(),
            low=whole(Fraction(above, below * (100 if hundredth and not points else 1))),
            step=Fraction(1, below * (2000 if hundredth and not points else 20)),
            weight="weak",
        )
        return True
    return False


def share_or_ratio(scan: Scan, at: int) -> bool:
    """Read a fraction, a ratio or a score in digits: 3/4, 2:1, 3 to 1; whether there was one."""
    text = scan.text
    if fraction(scan, at):
        return True
    if found := _SLASH.match(text, at):
        above, below = int(found.group(1)), int(found.group(2))
        if 0 < above < below and found.group() not in ("24/7", "9/11"):
            close(
                scan,
                "share",
                at,
                found.end(),
                low=Fraction(above, below),
                step=Fraction(1, below * 20),
                weight="weak",
            )
            return True
        if found.group() in ("24/7",):
            scan.add("quantity", at, at + 2, low=24, unit="hour", weight="soft")
            scan.end = found.end()
            return True
    if found := _SCORE.match(text, at):
        low, high = found.group(1) or found.group(3), found.group(2) or found.group(4)
        scan.add("ratio", at, found.end(), low=decimal(low), high=decimal(high), weight="weak")
        return True
    return False
