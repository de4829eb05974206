"""Times of day in words: half past six in the evening, a quarter to twelve."""

from __future__ import annotations

import re

from aligncheck.facts.numerals import ONES
from aligncheck.facts.scan import Scan
from aligncheck.facts.trie import alternation

_HOURS = {word: value for word, value in ONES.items() if 1 <= value <= 12}
_WORDED = re.compile(
    rf"(?P<minutes>half|quarter)\s+(?P<side>past|to|after|of)\s+(?:(?P<word>{alternation(_HOURS)})|(?P<digits>\d{{1,2}}))(?![a-z\d:.,]*\d)(?!-|\s+(?:percent|million|thousand|hundred))\b"
)
_OCLOCK = re.compile(rf"({alternation(_HOURS)})\s+o'clock(?:\s+sharp)?")
_PART_OF_DAY = re.compile(
    r"\s+(?:(?P<late>in\s+the\s+(?:afternoon|evening)|at\s+night|tonight)|(?P<early>(?:in\s+)?(?:the|this|tomorrow)\s+morning|in\s+the\s+small\s+hours))\b"
)


def part_of_day(text: str, end: int) -> str:
    """What the words behind a time say: "late" (afternoon to night), "early" (morning) or nothing."""
    found = _PART_OF_DAY.match(text, end)
    return (found.lastgroup or "") if found else ""


def worded_time(scan: Scan, at: int) -> bool:
    """Read half past six or a quarter to twelve; whether there was one."""
    if whole := _OCLOCK.match(scan.text, at):
        hours, part = _HOURS[whole.group(1)], part_of_day(scan.text, whole.end())
        hours = hours % 12 + 12 if part == "late" else hours
        scan.add("time", at, whole.end(), low=hours * 60, weight="weak", note="half-day" if part else "")
        return True
    found = _WORDED.match(scan.text, at)
    if not found or (found.group("minutes") == "half" and found.group("side") != "past"):
        return False
    if found.group("side") == "of" and scan.text[max(0, at - 2) : at] != "a ":
        return False
    hours = _HOURS[found.group("word")] if found.group("word") else int(found.group("digits"))
    if not 1 <= hours <= 12:
        return False
    part = part_of_day(scan.text, found.end())
    hours = hours % 12 + (12 if part == "late" or (not part and hours == 12) else 0)
    minutes = 30 if found.group("minutes") == "half" else 15
    total = hours * 60 + (minutes if found.group("side") in ("past", "after") else -minutes)
    scan.add("time", at, found.end(), low=total % 1440, weight="weak", note="half-day" if part else "")
    return True
