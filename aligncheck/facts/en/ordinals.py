"""Ordinals in digits and words, list marks, plans."""

from __future__ import annotations

import re

from aligncheck.facts.en.dates import lunar
from aligncheck.facts.en.numbers import ordinal_value
from aligncheck.facts.en.patterns import DOWNS, ORDINAL_DIGITS, ORDINAL_WORD, PLAN, UPS, W
from aligncheck.facts.en.shares import fraction
from aligncheck.facts.model import Relation, Weight
from aligncheck.facts.numerals import ONES, ORDINAL_ONES, parse_ordinal_words
from aligncheck.facts.scan import Scan

_ORDINAL_WORDS = re.compile(rf"(?:(?:{W})[-\s]+(?:and[-\s]+)?)*(?:{ORDINAL_WORD})(?![a-z])(?!-fold)")

#: six second-tier companies: a number and an ordinal, where twenty-second is one.
_TWO_NUMBERS = re.compile(
    rf".*\b(?:{'|'.join(w for w, n in ONES.items() if 0 < n < 20)})\s+(?:{'|'.join(ORDINAL_ONES)})$", re.S
)

_SENTENCE_START = re.compile(r"(?:^|[.;:!?\n”\"(—–]|\b(?:and|namely,?|aspects?:)\s)\s*$")

_ITEM_WORD = re.compile(
    r"(firstly|secondly|thirdly|fourthly|fifthly|sixthly|seventhly|first|second|third|fourth|forth|fifth|sixth|seventh|eighth|ninth|nineth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?=\s*(?:,|:|—|\s+of\s+all\b))"
)

_ORDINAL_THING = re.compile(
    r"\s+(?:session|plenary|plenum|meeting|national\s+congress|cpc|party\s+congress|central\s+committee|beijing|municipal|edition|quarter|world\s+war)"
)


#: above the fourth floor
_RANKED_FROM = re.compile(r"\b(?:above|below)\s+(?:the\s+)?$")
RANKED = re.compile(r"\s+(?:floor|stor(?:ey|y|eys|ies)|grade|level|class|tier)\b")
#: from the fourth floor up
_FROM_RANK = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
_RANK_UP = re.compile(r"\s+[a-z]+\s+(?P<or>)(?P<bound>)(upwards?|up)\b")
_RANK_BOUND = re.compile(
    r"(?:\s+[a-z]+){0,1}\s+(?:(or|and)\s+(above|higher|over|below|lower|up)|(upwards?|up)(?=\s*[,.;:)]|$))"
)

_ADVERB_ORDINAL = re.compile(r"(?:first|second|third|fourth|fifth)ly\b")


def ordinal_digits(scan: Scan, at: int) -> bool:
    """Read an ordinal in digits, or a day of the lunar calendar; whether there was one."""
    if lunar(scan, at):
        return True
    found = ORDINAL_DIGITS.match(scan.text, at)
    if not found:
        return False
    value = int(found.group(1).replace(",", ""))
    ordinal(scan, at, found.end(), value, "strong")
    return True


#: 3rd–5th, first to third
_TO_ANOTHER = re.compile(
    rf"\s*(?:-|–|—|to|through)\s*(?:the\s+)?(\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL_WORD})(?![a-z-])"
)


#: slid from ninth to 14th: two ranks, and no range of them
_MOVED_FROM = re.compile(rf"\b(?:{UPS}|{DOWNS}|mov(?:e[sd]?|ing))\b[^.;]{{0,16}}\bfrom\s+(?:the\s+)?$")


#: Chapters 3 to 6, items (2) to (4)
_PLURAL_BEFORE = re.compile(
    r"\b(?:chapter|section|article|item|paragraph|subparagraph|clause|part|volume|phase|grade|stage|page|line|row|column|episode|round|lesson|unit|figure|table|annex|week|question|schedule|floor|group|line|team|class|level|batch|zone|gate|building|match|game)(?:s|es)\s\(?$"
)
_NUMBERS_TO = re.compile(r"(\d{1,3})\)?\s?(?:to|through|-|–|—)\s?\(?(\d{1,3})(?![\d.%])")


def structure_range(scan: Scan, at: int) -> bool:
    """Numbers of parts of a document, from one to another."""
    found = _NUMBERS_TO.match(scan.text, at)
    if not found or not _PLURAL_BEFORE.search(scan.text, max(0, at - 16), at):
        return False
    low, high = int(found.group(1)), int(found.group(2))
    if low >= high:
        return False
    scan.add("ordinal", at, found.end(), low=low, high=high)
    return True


def ordinal(scan: Scan, at: int, end: int, value: int, weight: Weight) -> None:
    """Add an ordinal with what follows it: another one of a range, a plan, a quarter, a century, a session."""
    text = scan.text
    if (
        (further := _TO_ANOTHER.match(text, end))
        and (last := ordinal_value(further.group(1)))
        and last > value
        and not _MOVED_FROM.search(text, max(0, at - 40), at)
    ):
        scan.add("ordinal", at, further.end(), low=value, high=last, weight=weight)
        return
    if plan := PLAN.match(text, end):
        scan.add("period", at, plan.end(), label=f"plan:{value}")
        return
    right = _RANK_BOUND.match(text, end)
    if right is None and _FROM_RANK.search(text, max(0, at - 10), at):
        right = _RANK_UP.match(text, end)
    relation, tail = Relation.EXACT, end
    if right:
        relation = (
            Relation.MIN
            if right.group(3) or right.group(2) in ("above", "higher", "over", "up")
            else Relation.MAX
        )
        tail = right.end()
    elif _RANKED_FROM.search(text, max(0, at - 12), at) and RANKED.match(text, end):
        relation = Relation.OVER if text.rfind("above", 0, at) > at - 12 else Relation.UNDER
    scan.add("ordinal", at, end, low=value, weight=weight, relation=relation, tail=tail)


def ordinal_words(scan: Scan, at: int) -> bool:
    """Read an ordinal in words: a list mark at the head of a sentence, a fraction, a rank; whether there was one."""
    text = scan.text
    if fraction(scan, at):
        return True
    opening = bool(_SENTENCE_START.search(text, max(0, at - 14), at))
    if opening and (item := _ITEM_WORD.match(text, at)):
        value = ordinal_value(item.group(1).removesuffix("ly"))
        if value:
            scan.add(
                "item",
                at,
                item.end(),
                low=value,
                label="word",
                note="misspelt" if item.group(1) in ("forth", "nineth") else "",
            )
            return True
    found = _ORDINAL_WORDS.match(text, at, at + 120)
    if not found:
        return _ADVERB_ORDINAL.match(text, at) is not None and opening
    if found.group() in ("forth",):
        return True
    value = parse_ordinal_words(found.group())
    if value is None or _TWO_NUMBERS.match(found.group()):
        return False
    before = text[max(0, at - 5) : at]
    if found.group() == "second" and text[found.end() : found.end() + 6] in ("-hand ", " hand "):
        value = 2
    if _ORDINAL_THING.match(text, found.end()):
        weight: Weight = "strong"
    elif value == 1:
        weight = "soft"
    elif value > 3:
        weight = "strong"
    else:
        weight = "weak"
    if before.endswith("'s "):
        pass
    ordinal(scan, at, found.end(), value, weight)
    return True
