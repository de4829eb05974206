"""Names with letters and digits: PM2.5, 5G, COVID-19."""

from __future__ import annotations

import re

from aligncheck.facts.model import Relation
from aligncheck.facts.scan import Scan
from aligncheck.facts.units import CHINESE
from aligncheck.facts.zh.patterns import ARABIC

_LETTERED = re.compile(r"[A-Za-z.]*(?:-[A-Za-z]+)*-?\d+(?:\.\d+)?(?:[A-Za-z]+\d*|-\d+)?")

#: 6.8mmol/L
_SLASHED = re.compile("[A-Za-z]{1,4}/[A-Za-z]{1,2}3?")

_LETTER = re.compile("[A-Za-z]")

_GRADE_SIGN = re.compile("级(?:(及?以上)|(及?以下))?")

_COUNTED = re.compile(r"\d+(?:周年|周岁|年|个|名|家|项|人|万|亿|%)")


def code_around(scan: Scan, at: int) -> bool:
    """Names with letters and digits: PM2.5, 5G, COVID-19, G7."""
    text = scan.text
    begin = at
    while begin > 0 and text[begin - 1].isascii() and (text[begin - 1].isalpha() or (
        text[begin - 1] in "-." and begin > 1 and text[begin - 2].isascii() and text[begin - 2].isalpha()
    )):  # fmt: skip
        begin -= 1
    found = _LETTERED.match(text, begin)
    if not found or (begin == at and _LETTER.search(text, begin, found.end()) is None):
        return False
    label = found.group().strip(".-")
    if begin < at and _COUNTED.match(text, at):
        return False
    if begin == at:
        number = ARABIC.match(text, at)
        assert number is not None
        tail = text[number.end() : found.end()]
        if tail in CHINESE or (tail.lower() in CHINESE and not (len(tail) == 1 and tail.isupper())):
            return False
        if (slashed := _SLASHED.match(text, number.end())) and slashed.group() in CHINESE:
            return False
    grade = _GRADE_SIGN.match(text, found.end())
    if grade:
        relation = Relation.MIN if grade.group(1) else Relation.MAX if grade.group(2) else Relation.EXACT
        scan.add("code", found.start(), found.end(), label=label, relation=relation, note="grade",
                 said=grade.group(1) or grade.group(2) or "", tail=grade.end())  # fmt: skip
        return True
    if label.lower().startswith(("co2", "h2o", "pm2.5", "pm10", "covid-19", "sars-cov-2")):
        scan.add("code", found.start(), found.end(), label=label, weight="weak")
    else:
        scan.add("code", found.start(), found.end(), label=label)
    return True
