"""Words that state a fact without digits: last year, doubled, half, dozens, Phase II."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.en.amounts import measure
from aligncheck.facts.en.dates import lunar
from aligncheck.facts.en.hedges import close
from aligncheck.facts.en.numbers import ordinal_value
from aligncheck.facts.en.patterns import CENTURY, LEFT_END, ORDINAL_WORD, WORD
from aligncheck.facts.en.relative import relative
from aligncheck.facts.en.shares import OF_A_PERCENT, fraction
from aligncheck.facts.model import Number, Relation, Weight, whole
from aligncheck.facts.numerals import (
    ONES,
    SCALES,
    parse_ordinal_words,
    parse_roman,
    parse_words,
)
from aligncheck.facts.scan import Scan
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import ENGLISH

_LABEL_NUMBER = re.compile(
    r"(phase|grade|level|tier|part|class|stage|type|category|chapter)s?\s+(?:([IVX]{1,5})\b|(\d{1,2})(?![\d.,%]\d|\d|%)|(one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.I,
)

#: Chapters 3 to 6, Phases I and II
_LABEL_TO = re.compile(r"\s*(?:to|through|-|–|—)\s*([IVX]{1,5}\b|\d{1,2}(?![\d.,%]\d|\d|%))", re.I)

_VAGUE = re.compile(
    r"(?:(?P<several>several|a\s+few|many)\s+)?(?:(?P<tens>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)(?:\s+and\s+(?:thousands|hundreds|millions))?(?:\s+of\s+(?P<more>thousands|millions|billions|hundreds))?\b|"
    r"(?P<unit>hundred|thousand|million|billion|dozen|hundred\s+thousand|hundred\s+million)\b)"
)

_VAGUE_LOW = {"tens": (20, 99), "dozens": (20, 99), "scores": (20, 99), "hundreds": (100, 999), "thousands": (1000, 9999),
              "millions": (10**6, 10**7 - 1), "billions": (10**9, 10**10 - 1), "trillions": (10**12, 10**13 - 1)}  # fmt: skip


_HALF_YEAR = re.compile(r"(first|second|1st|2nd|last|latter|other)[-\s]half(?!-)|h([12])\b")

_QUARTER = re.compile(
    r"(first|second|third|fourth|1st|2nd|3rd|4th|last|final)[-\s]quarter(?!s|-final|\s*final)|q([1-4])\b"
)

_QUARTERS = re.compile(r"first\s+(two|three|2|3)\s+quarters")

_MILLENNIUM = re.compile(rf"({ORDINAL_WORD}|\d{{1,2}}(?:st|nd|rd|th))[-\s]millennium(\s+(?:bce?|b\.c\.))?")

_MID = re.compile(
    r"mid(?:dle)?(?:-|\s+of\s+|\s+)(?:the\s+)?(?:(?:twenty-first|21st|this|current|present)(?:-|\s+))?century"
)

_CENTURY_PART = re.compile(r"\b(end|close|beginning|start|turn)\s+of\s+(?:the\s+)?$")

_FOLD_WORDS = {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10,
               "hundredfold": 100}  # fmt: skip

_MULTIPLIED = {"doubled": 2, "double": 2, "doubling": 2, "doubles": 2, "tripled": 3, "triple": 3, "tripling": 3, "trebled": 3,
               "quadrupled": 4, "quadruple": 4, "quadrupling": 4, "twice": 2, "thrice": 3, "quintupled": 5}  # fmt: skip

_SOFT_WORDS = {
    "both": 2,
    "twin": 2,
    "dual": 2,
    "pair": 2,
    "couple": 2,
    "trio": 3,
    "single": 1,
    "double": 2,
    "triple": 3,
    "primary": 1,
    "secondary": 2,
}

_TIME_WORDS: dict[str, tuple[Number, str, Weight]] = {
    "decade": (1, "decade", "soft"), "decades": (1, "decade", "soft"), "century": (1, "century", "soft"),
    "centenary": (100, "year", "soft"), "centennial": (100, "year", "soft"), "bicentennial": (200, "year", "soft"),
    "fortnight": (2, "week", "soft"), "annual": (1, "year", "soft"), "biennial": (2, "year", "soft"), "daily": (1, "day", "soft"),
    "monthly": (1, "month", "soft"), "weekly": (1, "week", "soft"), "quarterly": (3, "month", "soft"),
    "sesquicentennial": (150, "year", "soft"), "octogenarian": (80, "age", "soft"), "half-year": (Fraction(1, 2), "year", "soft"),
}  # fmt: skip

_SEVERAL_BEFORE = re.compile(r"\b(several|a\s+few|few|many|some|couple\s+of)\s+$")

_A_BEFORE = re.compile(r"\ba\s+$")

_JOINED_BEFORE = re.compile(r"(?:\d|[a-z])-?\s*$")

_HALF_OF_YEAR = re.compile(r"\s+(?:of\s+(?:the\s+year|this\s+year|last\s+year|\d{4}|next\s+year)|,)|\s*$")

_DOUBLED_BEFORE = re.compile(r"doubl(?:ed|ing|e)\s+$")

_TIMES_OF = re.compile(r"\s+(?:the|that|that\s+of|as|its|their|last|in|over|from|compared|what)\b|[.,;]|$")

#: is to double, will nearly triple
_AS_A_VERB = re.compile(
    r"\b(?:to|will|would|could|may|can|should|must|shall|had|have|has)\s+(?:[a-z]+ly\s+|more\s+than\s+|almost\s+)?$"
)
_BY_NOON = re.compile(r"\b(?:by|until|till|before)\s+$")
_BY_A_BEFORE = re.compile(r"\bby\s+a\s+$")

_QUARTER_OF = re.compile(r"quarter\s+of\s+(?!the\s+year|this)")

_QUARTER_FINAL = re.compile(r"quarter-?\s?final")

_THIS_CENTURY = re.compile(r"this\s+century|past\s+(?:century)")

_LUNAR_NEW_YEAR = re.compile(r"lunar\s+new\s+year")


_THIS_CENTURY_ALONE = re.compile(r"this\s+century")

_ONE_BEFORE = re.compile(r"\b(?:a|one)[\s-]+$")

_HALF_WORD = re.compile(r"half[-\s](?:way|hearted|marathon|time)")

#: twice a term: how often, not how many times as much.
_AS_OFTEN = re.compile(
    r"\s+(?:an?|per|each|every)\s+(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|term|semester|season|shift|session)\b"
)
_HALF_POINT = re.compile(
    r"half\s+(?:of\s+)?(?:a|one)\s+percentage\s+point|half\s+(?:of\s+)?(?:a|one|1)\s+per\s?cent\b"
)

_HALF_A_UNIT = re.compile(
    r"half[-\s]+an?\s+(million|billion|trillion|century|year|day|hour|month|dozen|decade|mu|kilometer|mile)|half[-\s]+(million|billion|century|day|hour|year)\b(?!\s+ago)"
)

#: an hour and a half, two miles and a half
_UNIT_AND_A = re.compile(
    rf"(?:\b(?P<one>an?|one)\s+|\s)(?P<unit>{alternation(u for u in ENGLISH if u.isalpha() and len(u) > 3)})\s+and\s+a\s+$"
)
_ONE_LEAD = re.compile(r"(?:a|one)[\s-]+$")

_TIMES_AFTER = re.compile(r"\s+of\s+times\b|\s+times\b")


def worded(scan: Scan, at: int, word: str) -> bool:
    """Read what a word begins that is no plain number: last year, once, double, half, dozens; whether there was one."""
    text = scan.text
    if relative(scan, at, word):
        return True
    if word in ("last", "this", "next", "previous", "past", "the year before"):
        if (found := _THIS_CENTURY_ALONE.match(text, at)) and (
            part := _CENTURY_PART.search(text, max(0, at - 24), at)
        ):
            label = "end-century" if part.group(1) in ("end", "close") else "start-century"
            scan.add("period", at, found.end(), label=label, weight="weak")
            return True
        if found := _THIS_CENTURY.match(text, at):
            scan.add("period", at, found.end(), label="century:this", weight="soft")
        return True
    if word in ("mid", "middle"):
        if found := _MID.match(text, at):
            scan.add("period", at, found.end(), label="mid-century")
        return True
    if lunar(scan, at):
        return True
    if word == "lunar":
        if found := _LUNAR_NEW_YEAR.match(text, at):
            scan.add("lunar", at, found.end(), parts=(None, 1, 1), weight="soft")
        return True
    if found := _QUARTERS.match(text, at):
        count = {"two": 2, "three": 3, "2": 2, "3": 3}[found.group(1)]
        scan.add("period", at, found.end(), label=f"quarters:{count}", weight="weak")
        return True
    if (found := _QUARTER.match(text, at)) and word != "quarter":
        value = int(found.group(2)) if found.group(2) else (ordinal_value(found.group(1)) or 4)
        scan.add("period", at, found.end(), label=f"quarter:{value}")
        return True
    if found := _HALF_YEAR.match(text, at):
        value = int(found.group(2)) if found.group(2) else (1 if found.group(1) in ("first", "1st") else 2)
        weight: Weight = (
            "strong"
            if found.group(2)
            or _HALF_OF_YEAR.match(
                text[found.end() : found.end() + 20],
            )
            else "weak"
        )
        scan.add("period", at, found.end(), label=f"half:{value}", weight=weight)
        return True
    if (found := _MILLENNIUM.match(text, at)) and (nth := ordinal_value(found.group(1))):
        scan.add(
            "period",
            at,
            found.end(),
            label=f"millennium:{-nth if found.group(2) else nth}",
            weight="weak",
        )
        return True
    if (found := CENTURY.match(text, at)) and found.group(2):
        scan.add("period", at, found.end(), label=f"century:{parse_ordinal_words(found.group(2))}")
        return True
    if found := _LABEL_NUMBER.match(scan.cased, at):
        sign = found.group(2) or found.group(3) or found.group(4)
        numbered = (
            parse_roman(sign) if found.group(2) else int(sign) if sign.isdigit() else ONES[sign.lower()]
        )
        if numbered:
            end, last = found.end(), None
            if (further := _LABEL_TO.match(scan.cased, end)) and not found.group(4):
                sign = further.group(1)
                top = int(sign) if sign.isdigit() else parse_roman(sign)
                end, last = (further.end(), top) if top and top > numbered else (end, None)
            close(
                scan,
                "ordinal",
                at,
                end,
                low=numbered,
                high=last,
                weight="weak",
                note="grade" if found.group(1).lower() != "phase" else "phase",
            )
            return True
    if word in (
        "phase",
        "grade",
        "level",
        "tier",
        "part",
        "class",
        "stage",
        "type",
        "category",
        "chapter",
    ):
        return True
    if word in ("noon", "midnight"):
        scan.add(
            "time",
            at,
            at + len(word),
            note="half-day",
            low=720 if word == "noon" else 1440,
            weight="weak" if _BY_NOON.search(text, max(0, at - 8), at) else "soft",
        )
        return True
    if word in ("midyear", "year-end", "lastly", "biannual", "semiannual", "quadricentennial"):
        return True
    if word in _FOLD_WORDS:
        close(scan, "multiple", at, at + len(word), low=_FOLD_WORDS[word], change="to", weight="weak")
        return True
    if word in _MULTIPLIED:
        value = _MULTIPLIED[word]
        end = at + len(word)
        if text.startswith("twice", at) and (again := _DOUBLED_BEFORE.search(text[max(0, at - 9) : at])):
            if scan.facts and scan.facts[-1].kind == "multiple":
                scan.facts.pop()
            close(scan, "multiple", at - len(again.group()), end, low=4, change="to", weight="weak")
            return True
        if word in ("twice", "thrice") and _AS_OFTEN.match(text, end):
            close(scan, "quantity", at, end, low=value, weight="weak")
            return True
        weak = (
            word in ("double", "triple", "quadruple", "twice", "thrice")
            and not _TIMES_OF.match(text[end : end + 12])
            and not _AS_A_VERB.search(text, max(0, at - 24), at)
        )
        relation_left = LEFT_END.search(text, max(0, at - 24), at)
        close(scan, "multiple", at, end, low=value, change="to", direction="up" if word[-1] == "d" or word.endswith("ing") else "",
                    weight="soft" if weak else "weak")  # fmt: skip
        _ = relation_left
        return True
    if word in ("halved", "halve", "halving", "halves"):
        close(
            scan,
            "share",
            at,
            at + len(word),
            low=Fraction(1, 2),
            change="by",
            direction="down",
            weight="weak",
        )
        return True
    if word == "half":
        return half(scan, at)
    if word == "century" and (part := _CENTURY_PART.search(text, max(0, at - 24), at)):
        label = "end-century" if part.group(1) in ("end", "close") else "start-century"
        scan.add("period", at, at + 7, label=label, weight="weak")
        return True
    if word in ("decades", "decade", "century") and _JOINED_BEFORE.search(text[max(0, at - 2) : at]) is None:
        return True
    if word in _TIME_WORDS:
        amount, unit, weight = _TIME_WORDS[word]
        close(
            scan,
            "quantity",
            at,
            at + len(word),
            low=amount,
            unit=unit,
            weight=weight,
            relation=Relation.VAGUE if word == "decades" else Relation.EXACT,
        )
        return True
    if word in _SOFT_WORDS:
        scan.add("quantity", at, at + len(word), low=_SOFT_WORDS[word], weight="soft")
        return True
    if word in (
        "tens",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "millions",
        "billions",
        "trillions",
        "several",
    ):
        return vague(scan, at)
    if word in ("hundred", "thousand", "million", "billion", "trillion", "dozen"):
        lead = _SEVERAL_BEFORE.search(text[max(0, at - 12) : at])
        if lead and lead.group(1) != "some":
            return vague(scan, at)
        return False
    if word in ("quarter",):
        if OF_A_PERCENT.match(text, at + 7):
            return fraction(scan, at)
        lead = _A_BEFORE.search(text[max(0, at - 3) : at])
        if (lead and _BY_A_BEFORE.search(text[max(0, at - 6) : at])) or (
            lead and _QUARTER_OF.match(text[at : at + 24])
        ):
            close(scan, "share", at - 2, at + 7, low=Fraction(1, 4), step=Fraction(1, 100), weight="weak")
        elif not _QUARTER_FINAL.match(text[at : at + 14]):
            scan.add("quantity", at, at + 7, low=1, unit="quarter", weight="soft")
        return True
    return False


def one_of(scan: Scan, at: int, size: int) -> None:
    """Read the figure one in the article of a measure that is bounded: more than an hour."""
    unit = WORD.match(scan.text, at + size + 1)
    if unit and unit.group() in ENGLISH:
        close(scan, "quantity", at, unit.end(), low=1, unit=ENGLISH[unit.group()], weight="soft")


def half(scan: Scan, at: int) -> bool:
    """Read what “half” begins: half a point, half a year, half of; whether there was one."""
    text = scan.text
    if found := _HALF_POINT.match(text, at):
        points = "point" in found.group()
        close(
            scan,
            "points" if points else "share",
            at,
            found.end(),
            low=Fraction(1, 2 if points else 200),
            step=Fraction(1, 1000),
        )
        return True
    if found := _HALF_A_UNIT.match(text, at):
        word = found.group(1) or found.group(2)
        if word in SCALES:
            step = SCALES[word]
            measure(scan, at, found.end(), whole(Fraction(step, 2)), None, step // 10, "words")
        elif word == "dozen":
            measure(scan, at, found.end(), 6, None, 1, "words")
        else:
            close(scan, "quantity", at, found.end(), low=Fraction(1, 2), unit=ENGLISH[word], weight="weak")
        return True
    if more := _UNIT_AND_A.search(text, max(0, at - 32), at):
        unit = ENGLISH[more.group("unit")]
        prior = scan.facts[-1] if scan.facts else None
        if more.group("one"):
            close(
                scan,
                "quantity",
                more.start("one"),
                at + 4,
                low=Fraction(3, 2),
                unit=unit,
                step=Fraction(1, 2),
            )
            return True
        if (
            prior is not None
            and prior.unit == unit
            and prior.span.end == more.end("unit")
            and prior.high is None
        ):
            scan.facts.pop()
            close(
                scan,
                "quantity",
                prior.span.start,
                at + 4,
                low=whole(prior.low + Fraction(1, 2)),
                unit=unit,
                step=Fraction(1, 2),
            )
            return True
    before = text[max(0, at - 6) : at]
    if _ONE_BEFORE.search(before):
        begin = at - len(_ONE_LEAD.search(before).group())  # type: ignore[union-attr]
        close(scan, "share", begin, at + 4, low=Fraction(1, 2), step=Fraction(1, 10), weight="weak")
        return True
    weight: Weight = "soft" if _HALF_WORD.match(text[at : at + 14]) else "weak"
    close(scan, "share", at, at + 4, low=Fraction(1, 2), step=Fraction(1, 10), weight=weight)
    return True


def vague(scan: Scan, at: int) -> bool:
    """Read a vague number: dozens, tens of thousands, several hundred; whether the word is dealt with."""
    text = scan.text
    found = _VAGUE.match(text, at)
    if not found:
        return True
    if found.group("tens"):
        low, high = _VAGUE_LOW[found.group("tens")]
        if found.group("more"):
            scale = _VAGUE_LOW[found.group("more")][0]
            low, high = (10 if found.group("tens") == "tens" else low) * scale, high * scale + scale
            if found.group("tens") == "tens":
                low = 10 * scale
    else:
        unit = parse_words(found.group("unit")) or 100
        low, high = int(2 * unit), int(10 * unit - 1)
    if found.group("several") and not found.group("tens") and not found.group("unit"):
        return True
    if times := _TIMES_AFTER.match(text, found.end()):
        close(
            scan,
            "multiple",
            at,
            times.end(),
            low=low,
            high=high,
            relation=Relation.VAGUE,
            weight="weak",
            step=low,
        )
        return True
    close(
        scan,
        "quantity",
        at,
        found.end(),
        low=low,
        high=high,
        relation=Relation.VAGUE,
        weight="weak",
        step=low,
    )
    return True
