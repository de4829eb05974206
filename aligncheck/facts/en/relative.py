"""Times told by their distance from now: last year, next weekend, the night before last, the current term."""

from __future__ import annotations

import re

from aligncheck.facts.scan import Scan

_AROUND_NOW = re.compile(
    r"(?:(?P<past>last|previous|past|preceding)|(?P<this>this|current)|(?P<coming>next|coming|following))\s+(?P<unit>month|weekend|week|quarter)(?![-a-z]|\s+of\b)"
)

#: the next term, of bodies that are elected for some years; the last session of a congress is its end
_TERM = re.compile(
    r"(?:(?P<past>last|previous|preceding|outgoing)|(?P<this>this|current|present|incumbent)|(?P<coming>next|incoming|following))\s+(?:term|congress|committee|council|parliament|legislature)(?![-a-z]|\s+of\s+the\b)"
)

_RELATIVE = re.compile(
    r"(?:(?P<last>last\s+(?:(?:fiscal|financial|academic|school)\s+)?year|(?:the\s+)?previous\s+(?:(?:fiscal|financial|academic|school)\s+)?year|the\s+year\s+before|(?:the\s+)?past\s+year)|(?P<this>this\s+(?:(?:fiscal|financial|academic|school)\s+)?year)|(?P<next>next\s+(?:(?:fiscal|financial|academic|school)\s+)?year|the\s+coming\s+year))(?![-a-z])"
)

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_A_DAY_AWAY = re.compile(r"\b(?:day|night)\s+(before|after)\s+$")

_NIGHT = re.compile(r"last\s+night\b|tonight\b|last(?=[.,;]|$)(?<=night before last)")

#: What another year is measured by: up 5 percent from last year.
_COMPARED_WITH = re.compile(r"\b(?:from|than|over|on|against|to|with|in)\s+$")

_PART_BEFORE = re.compile(r"\b(?:beginning|start|end|close|middle|half)\s+of\s+the\s$")


def relative(scan: Scan, at: int, word: str) -> bool:
    """Read a year, term, month, weekend or day by its distance from now; whether there was one."""
    text = scan.text
    if found := _RELATIVE.match(text, at):
        label = "year:-1" if found.group("last") else "year:0" if found.group("this") else "year:1"
        if found.group().endswith(("previous year", "year before", "past year")):
            scan.add("relative", at, found.end(), label=label, weight="soft")
        else:
            base = "base" if _COMPARED_WITH.search(text, max(0, at - 12), at) else ""
            scan.add("relative", at, found.end(), label=label, weight="weak", note=base)
        return True
    if found := _AROUND_NOW.match(text, at) or _TERM.match(text, at):
        side = -1 if found.group("past") else 0 if found.group("this") else 1
        unit = found.groupdict().get("unit", "term")
        scan.add("relative", at, found.end(), label=f"{unit}:{side}", weight="weak")
        return True
    if word in ("year", "month"):
        if _PART_BEFORE.search(text, max(0, at - 20), at):
            scan.add("relative", at, at + len(word), label=f"{word}:0", weight="soft")
        return True
    if found := _NIGHT.match(text, at):
        away = _A_DAY_AWAY.search(text, max(0, at - 18), at)
        side = 0 if word == "tonight" else -2 if away else -1
        scan.add("relative", at, found.end(), label=f"day:{side}", weight="weak")
        return True
    if word in _DAYS:
        away = _A_DAY_AWAY.search(text, max(0, at - 16), at)
        side = _DAYS[word] if away is None else -2 if away.group(1) == "before" else 2
        scan.add("relative", at, at + len(word), label=f"day:{side}", weight="weak")
        return True
    return False
