"""What stays without a counterpart: set against each other as a wrong value, or missing, or without a source."""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from aligncheck.facts.difference import Difference, Reason, category_of
from aligncheck.facts.fits import agrees
from aligncheck.facts.frames import apart, no_like
from aligncheck.facts.match import fit
from aligncheck.facts.model import Fact, Relation
from aligncheck.facts.passage import Passage, Placed
from aligncheck.facts.units import MONEY, unit_class

_CITED = re.compile(
    r"https?://|\bdoi\b|\bISBN\b|[,;] (?:vol|no|pp?)\. ?\d|\bibid\b|\bet al\.|\b(?:Press|Publish\w+|Books?), ?\d{4}\)|\([^():]{2,40}: [^()]{3,60}, \d{4}\)|"
    r"\[[JMDC]\]|出版社|第\s?\d+\s?[期卷]|^\[\^?\w{1,24}\]:",
    re.I,
)


def alone(
    passage: Passage, neighbours: Sequence[Passage], year: int | None, years: frozenset[int]
) -> Iterable[Difference]:
    """The differences of what has found no counterpart in a passage or beside it."""
    zh = [i for i, a in enumerate(passage.zh) if i not in passage.zh_done and a.fact.weight != "soft"]
    en = [j for j, b in enumerate(passage.en) if j not in passage.en_done and b.fact.weight != "soft"]
    cited = _CITED.search(passage.zh_text) or _CITED.search(passage.en_text)
    if cited and (len(zh) != 1 or len(en) != 1 or passage.zh[zh[0]].fact.kind != passage.en[en[0]].fact.kind):
        return  # each language cites its own edition, with as many particulars as it likes
    options = []
    for i in zh:
        for j in en:
            cost = clash(passage.zh[i], passage.en[j])
            if cost is not None:
                options.append((cost, i, j))
    options.sort()
    taken_zh: set[int] = set()
    taken_en: set[int] = set()
    crowd = min(len(zh), len(en))
    for cost, i, j in options:
        if i in taken_zh or j in taken_en:
            continue
        a, b = passage.zh[i], passage.en[j]
        confidence = _clash_confidence(a.fact, b.fact, cost, crowd)
        taken_zh.add(i)
        taken_en.add(j)
        category = category_of(a.fact, b.fact)
        reason: Reason = "value"
        if (
            a.fact.unit
            and b.fact.unit
            and a.fact.unit != b.fact.unit
            and unit_class(a.fact.unit) == unit_class(b.fact.unit)
        ):
            category, reason = "unit", "conversion"
        yield Difference(category, reason, a, b, True, confidence)
    for i in zh:
        if i not in taken_zh:
            difference = _missing(passage.zh[i], passage, neighbours, year)
            if difference is not None:
                yield difference
    for j in en:
        if j not in taken_en:
            difference = _extra(passage.en[j], passage, neighbours, year, years)
            if difference is not None:
                yield difference


def clash(a: Placed, b: Placed) -> float | None:
    """The cost of taking two facts for the same statement with another value; None: never."""
    zh, en = a.fact, b.fact
    base = _kinds_clash(zh, en)
    if base is None:
        return None
    cost = base + 1.5 * abs(a.place - b.place)
    if a.links and b.links:
        cost += -0.5 if a.links & b.links else 0.4
    if zh.kind == en.kind == "quantity":
        one, other = unit_class(zh.unit), unit_class(en.unit)
        if zh.unit and zh.unit == en.unit:
            cost -= 0.5
        elif one and other and one != other:
            if one in MONEY and other in MONEY:
                cost += 0.2
            else:
                return None
        elif one == "time" or other == "time":
            cost += 0.6
    if _mantissa(zh) == _mantissa(en):
        cost -= 0.6
    if "weak" in (zh.weight, en.weight):
        cost += 0.3
    return cost if cost < 2.2 else None


def _kinds_clash(zh: Fact, en: Fact) -> float | None:
    if apart(zh, en) or no_like(zh, en):
        return None
    if zh.kind == en.kind == "date" and not any(
        a is not None and b is not None for a, b in zip(zh.parts, en.parts, strict=True)
    ):
        return None  # a year beside a day and month: each may be right
    if zh.kind == en.kind == "relative" and zh.label.startswith("term") != en.label.startswith("term"):
        return None  # 本届博览会 beside "this year"
    if zh.kind == en.kind == "relative" and zh.note == "base" and en.note != "base":
        return None  # 较上年 beside "this year": the one is what the other is measured by
    if zh.kind == en.kind:
        if zh.kind == "code" and not _codes_alike(zh, en):
            return None
        return 0.0
    pair = (zh.kind, en.kind)
    if any(f.kind == "code" and not f.label.replace(".", "").isdigit() for f in (zh, en)):
        return None
    if pair == ("lunar", "date") and zh.parts[1:] == en.parts[1:] and en.parts[1] is not None:
        return 0.3
    if pair == ("quantity", "time") and zh.unit == "second" and _CLOCKED.search(zh.text):
        return 0.6
    return _CLASHES.get(pair)


#: 2分08秒: a time that was run, which English writes as 2:08.
_CLOCKED = re.compile("分.*秒")


#: Kinds that a slip of the pen turns into each other, with what it costs to believe so.
_CLASHES: dict[tuple[str, str], float] = {
    ("share", "quantity"): 1.2, ("quantity", "share"): 1.2, ("share", "points"): 0.5, ("points", "share"): 0.5,
    ("multiple", "share"): 0.4, ("share", "multiple"): 0.6, ("multiple", "quantity"): 1.0, ("quantity", "multiple"): 1.2,
    ("points", "quantity"): 1.0, ("ordinal", "item"): 0.4, ("item", "ordinal"): 0.3, ("ordinal", "quantity"): 1.0,
    ("quantity", "ordinal"): 1.0, ("code", "quantity"): 0.4, ("quantity", "code"): 0.8, ("code", "ordinal"): 0.5,
    ("date", "years"): 0.8, ("years", "date"): 0.6, ("date", "ordinal"): 1.0, ("quantity", "date"): 1.2, ("date", "quantity"): 0.9,
    ("code", "date"): 0.8, ("ordinal", "code"): 0.8, ("period", "years"): 0.8, ("years", "quantity"): 0.8, ("ratio", "quantity"): 1.2,
    ("ratio", "time"): 1.0, ("time", "ratio"): 1.0, ("date", "relative"): 0.9, ("date", "lunar"): 0.8, ("relative", "date"): 0.9, ("ordinal", "period"): 0.6, ("period", "ordinal"): 0.6, ("period", "date"): 1.2,
    ("date", "period"): 1.2, ("quantity", "ratio"): 1.2, ("date", "code"): 1.2, ("code", "share"): 1.5,
}  # fmt: skip


def _codes_alike(zh: Fact, en: Fact) -> bool:
    letters = [re.sub(r"[^A-Za-z]", "", f.label).lower() for f in (zh, en)]
    return (
        letters[0] == letters[1]
        or not letters[0]
        or not letters[1]
        or len(set(letters[0]) & set(letters[1])) > 0
    )


def _mantissa(fact: Fact) -> str:
    value = Fraction(fact.low)
    if fact.kind in ("date", "period", "relative") or not value:
        return fact.value
    return (
        f"{value.numerator}".strip("0")
        if value.denominator == 1
        else f"{value * 10**8}".rstrip("0").partition("/")[0].rstrip("0")
    )


def _clash_confidence(zh: Fact, en: Fact, cost: float, crowd: int) -> float:
    confidence = 0.93 if cost < 0.6 else 0.85 if cost < 1.1 else 0.72 if cost < 1.6 else 0.58
    if zh.weight == en.weight == "weak":
        confidence = min(confidence, 0.72 if cost < 1.0 else 0.55)
        alike = (
            {zh.kind, en.kind} in ({"multiple", "share"}, {"ratio", "time"})
            or (zh.note in ("grade", "denied") and en.kind == "quantity")
            or bool(zh.frame and en.frame)
        )
        if zh.kind != en.kind and not alike:
            confidence = min(confidence, 0.45)
    elif "weak" in (zh.weight, en.weight):
        confidence = min(confidence, 0.8)
    if crowd > 4:
        confidence -= 0.1
    if Relation.VAGUE in (zh.relation, en.relation):
        confidence = min(confidence, 0.55)
    return round(max(confidence, 0.1), 2)


_HARD = {"quantity", "share", "points", "multiple", "ratio", "code", "ordinal", "years", "date", "period"}


def _missing(
    a: Placed, passage: Passage, neighbours: Sequence[Passage], year: int | None
) -> Difference | None:
    fact = a.fact
    if fact.weight != "strong" or fact.kind not in _HARD or _printed_in(fact, passage.en_text):
        return None
    if _is_note(fact, passage.en_text):
        return None
    for other in neighbours:
        if any(agrees(fit(fact, b.fact, year)) for b in other.en):
            return None
    confidence = 0.6
    if fact.kind == "quantity":
        small = fact.low <= 10 and not fact.unit
        plain_digits = _digits_of(fact)
        confidence = 0.45 if small or not plain_digits else 0.62 if fact.low < 100 and not fact.unit else 0.72
        if unit_class(fact.unit) == "time":
            confidence = 0.4
    elif fact.kind in ("share", "points", "multiple"):
        confidence = 0.72 if _digits_of(fact) else 0.45
    elif fact.kind in ("ordinal", "ratio", "period", "code"):
        confidence = 0.45
    elif fact.kind == "date":
        confidence = 0.42
    return Difference(category_of(fact, None), "missing", a, None, True, confidence)


def _is_note(fact: Fact, text: str) -> bool:
    """Whether a bare number is the mark of a note, which the English has glued to a sign: ``growing.14``."""
    if fact.kind != "quantity" or fact.unit or not fact.text.isdigit() or len(fact.text) > 3:
        return False
    return re.search(rf"[a-z][.,;:!?”\"’)]{{0,2}}{fact.text}(?![\d%]|\.\d)", text) is not None


def _digits_of(fact: Fact) -> bool:
    return any(c.isdigit() for c in fact.text)


def _converted_money(b: Placed, passage: Passage) -> bool:
    """Whether the amount restates the one before it in another currency, at a rate that we cannot know."""
    for _, j, _fit in passage.pairs:
        lead = passage.en[j]
        if lead.block == b.block and 0 <= b.fact.span.start - lead.fact.span.end <= 24:
            return unit_class(lead.fact.unit) in MONEY and lead.fact.unit != b.fact.unit
    return False


def _is_sum(fact: Fact, parts: list[Fact]) -> bool:
    """Whether two to four figures in a row add up to it."""
    values = [Fraction(p.low) for p in parts if p.kind == "quantity" and p.high is None]
    return any(sum(values[i : i + n]) == fact.low for n in (2, 3, 4) for i in range(len(values) - n + 1))


def _printed_in(fact: Fact, text: str) -> bool:
    """Whether the other text has the very digits, as part of a name or code, say."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", fact.text)
    if digits is None or fact.kind in ("share", "points") or len(digits.group()) < 2:
        return False
    return (
        re.search(rf"(?<![\d.,]){re.escape(digits.group())}(?![\d,.]*\d)(?!\s?[%％万亿])", text) is not None
    )


_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CYCLE = re.compile(f"[{_STEMS}][{_BRANCHES}]")


def _told_in(fact: Fact, text: str) -> bool:
    """Whether the Chinese has the very digits, or names a year by its signs in the cycle of sixty: 辛亥 for 1911."""
    year = fact.parts[0]
    if year is None or fact.kind != "date":
        return _printed_in(fact, text)
    return _printed_in(fact, text) or _STEMS[(year - 4) % 10] + _BRANCHES[(year - 4) % 12] in _CYCLE.findall(
        text
    )


def _extra(
    b: Placed, passage: Passage, neighbours: Sequence[Passage], year: int | None, years: frozenset[int]
) -> Difference | None:
    fact = b.fact
    if fact.weight != "strong" or fact.kind not in _HARD or _told_in(fact, passage.zh_text):
        return None
    if any(agrees(fit(a.fact, fact, year)) for a in passage.zh):
        return None
    if unit_class(fact.unit) in MONEY and _converted_money(b, passage):
        return None
    if fact.kind == "quantity" and _is_sum(fact, [a.fact for a in passage.zh]):
        return None
    for other in neighbours:
        if any(agrees(fit(a.fact, fact, year)) for a in other.zh):
            return None
    confidence = 0.6
    if fact.kind == "quantity":
        confidence = 0.7 if _digits_of(fact) and (fact.low >= 10 or fact.unit) else 0.5
        if not _digits_of(fact) or (fact.low <= 3 and not fact.unit):
            confidence = 0.42
        if unit_class(fact.unit) == "time":
            confidence = 0.42
    elif fact.kind in ("share", "points", "multiple"):
        confidence = 0.72 if _digits_of(fact) else 0.42
    elif fact.kind == "date":
        strange = (
            fact.parts[0] is not None
            and bool(years)
            and fact.parts[0] not in years
            and fact.parts[0] >= min(years) - 5
        )
        confidence = 0.66 if strange and not any(c in passage.zh_text for c in "去今明昨前后年") else 0.42
        if (
            strange
            and confidence < 0.5
            and not re.search("去年|今年|明年|前年|后年|上年|同期", passage.zh_text)
        ):
            confidence = 0.6
    elif fact.kind in ("ordinal", "ratio", "period", "years"):
        confidence = 0.44
    elif fact.kind == "code":
        confidence = 0.4
    return Difference(category_of(None, fact), "extra", None, b, True, confidence)
