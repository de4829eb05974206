"""Names with letters and digits: PM2.5, 5G, Line 16, hotline 12345."""

from __future__ import annotations

import re

from aligncheck.facts.en.hedges import close
from aligncheck.facts.en.patterns import MONEY, MONTHS
from aligncheck.facts.scan import Scan
from aligncheck.facts.units import ENGLISH

_CODE_WORD = re.compile(
    r"(?:\b(?:lines?|highways?|route|hotline|expressway|road|building|flight|train|room|number|version|hotline\s+(?:number|is)|bus|platform|article|call(?:ing)?|dial(?:l?ing)?|tower|gate|area\s+code|code)\s+|\bnos?\.\s*)[“\"']?$"
)

_CODE_AFTER = re.compile(r"[”\"']?\s+(?:[a-z]+\s+){0,3}?(?:hotline|helpline)s?\b")

_PREFIXES = {"post-", "mid-", "pre-", "late-", "early-", "non-", "sub-", "over-", "under-", "near-", "a-"}

_LETTERED_AFTER = re.compile(r"(\d+(?:\.\d+)?)-?([A-Z][A-Za-z]{0,3}\d*)(?![a-z])")

_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_AMOUNT_AFTER = re.compile(r"\s*(?:%|per\s?cent|million|billion|thousand)")

#: the western route 9 km: a length, and no Route 9
_UNIT_AFTER = re.compile(r"\s([a-z]{2,12})(?<!second)(?![a-z])")

_CODE_TAIL = re.compile(r"[\d.]*\d(?:-\d+)?[A-Za-z]*\d*")

_RESOLUTION = re.compile(r"[248]K\b")


def code(scan: Scan, at: int) -> bool:
    """Read a code that holds the figure: 5G, PM2.5, G20, a model, a version; whether there was one."""
    text, cased = scan.text, scan.cased
    begin = at
    while begin > 0 and (
        cased[begin - 1].isalpha() or (cased[begin - 1] in "-." and begin > 1 and cased[begin - 2].isalpha())
    ):
        begin -= 1
    if begin < at:
        lead = cased[begin:at]
        if MONEY.search(text, max(0, at - 8), at) or lead.lower() in MONTHS:
            return False
        if lead.endswith("-") and (lead.lower() in _PREFIXES or (lead[:-1].islower() and len(lead) > 4)):
            return False  # mid-2023
        if lead.startswith("."):
            return False
        found = _CODE_TAIL.match(cased, at)
        end = found.end() if found else at + 1
        scan.add("code", begin, end, label=cased[begin:end])
        return True
    if (resolution := _RESOLUTION.match(cased, at)) and not cased[at - 1 : at].isdigit():
        scan.add("code", at, resolution.end(), label=resolution.group())
        return True
    found = _LETTERED_AFTER.match(cased, at)
    if (
        found
        and (found.group(2).lower() not in ENGLISH or found.group(2) == "G")
        and found.group(2).lower()
        not in ("bn", "k", "am", "pm", "x", "st", "nd", "rd", "th", "m", "tn", "mln", "bln", "trn")
    ):
        close(scan, "code", at, found.end(), label=found.group().replace("-", ""))
        return True
    number = _PLAIN_NUMBER.match(text, at)
    assert number is not None
    after = text[number.end() : number.end() + 1]
    if after == "," and text[number.end() + 1 : number.end() + 4].isdigit():
        return False
    lead_words = text[max(0, at - 24) : at]
    clock = after == ":" and text[number.end() + 1 : number.end() + 3].isdigit()  # the last train 10:15 p.m.
    if (
        not clock
        and _CODE_WORD.search(lead_words)
        and not _AMOUNT_AFTER.match(text[number.end() : number.end() + 10])
        and not ((unit := _UNIT_AFTER.match(text, number.end())) and unit.group(1) in ENGLISH)
    ):
        scan.add("code", at, number.end(), label=number.group(), note="number")
        return True
    if _CODE_AFTER.match(text, number.end()) and len(number.group()) >= 3:
        scan.add("code", at, number.end(), label=number.group(), note="number")
        return True
    return False
