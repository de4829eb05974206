"""Facts that one side says in another way: a range as two numbers, parts as their sum, a number in words."""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.fits import agrees
from aligncheck.facts.match import fit
from aligncheck.facts.model import Relation
from aligncheck.facts.passage import Passage
from aligncheck.facts.units import unit_class


def settle(passage: Passage) -> None:
    """Take for done what has its counterpart in another form; fills the two ``done`` sets."""
    _settle_conversions(passage)
    _settle_wording(passage)
    _settle_first_in(passage)
    _settle_ranges(passage)
    _settle_sums(passage)
    _settle_parts(passage)


def _settle_ranges(passage: Passage) -> None:
    """A range on one side said as two numbers on the other; ``three out of every four``."""
    for done, others_done, here, there in (
        (passage.zh_done, passage.en_done, passage.zh, passage.en),
        (passage.en_done, passage.zh_done, passage.en, passage.zh),
    ):
        for i, a in enumerate(here):
            if i in done:
                continue
            wanted: list[object] = []
            if a.fact.high is not None and a.fact.relation is not Relation.VAGUE:
                wanted = [a.fact.low, a.fact.high]
            elif a.fact.note == "product":
                wanted = [int(n) for n in a.fact.label.split("*") if n.isdigit()]
            elif a.fact.kind == "share" and "/" in a.fact.label:
                wanted = [int(n) for n in a.fact.label.split("/")]
            if not wanted:
                continue
            ends = [
                next((j for j, b in enumerate(there) if b.fact.low == n and b.fact.high is None), None)
                for n in wanted
            ]
            if all(e is not None for e in ends):
                done.add(i)
                others_done.update(e for e in ends if e is not None)


def _settle_conversions(passage: Passage) -> None:
    """An English value that restates, in another unit, the one before it: ``58,000 mu (3,867 hectares)``."""
    for j, b in enumerate(passage.en):
        if j in passage.en_done or not b.fact.unit or b.fact.kind != "quantity":
            continue
        dimension = unit_class(b.fact.unit)
        alike = [a.fact for a in passage.zh if a.fact.unit and unit_class(a.fact.unit) == dimension]
        if any(agrees(fit(fact, b.fact)) for fact in alike):
            passage.en_done.add(j)


#: What says a number without naming it, by (kind, value, unit).
_WORDED: list[tuple[re.Pattern[str], re.Pattern[str]]] = [
    (re.compile(r"^100%$"), re.compile(r"\b(?:all|full|fully|entire|entirely|every|complete(?:ly)?|universal|total|whole|100)\b", re.I)),
    (re.compile(r"^(?:24 hour|24)$"), re.compile(r"around[- ]the[- ]clock|round[- ]the[- ]clock|day and night|24/7|all day|whole day|\bdaily\b", re.I)),
    (re.compile(r"^(?:100|100 year|1 century)$"), re.compile(r"centen|century|hundred", re.I)),
    (re.compile(r"^50 year$"), re.compile(r"half[- ](?:a[- ])?century|golden jubilee", re.I)),
    (re.compile(r"^(?:10|20|30|40|50|60|70|80|90)(?: year)?$"), re.compile(r"\bdecades?\b", re.I)),
    (re.compile(r"^50%$"), re.compile(r"\bhal(?:f|ves|ved|ving)\b|\bmidway\b|evenly|fifty", re.I)),
    (re.compile(r"^(?:0|0%|0 \w+)$"), re.compile(r"\b(?:zero|no|none|nil|without)\b", re.I)),
    (re.compile(r"^2(?: \w+)?$"), re.compile(r"\b(?:both|two|pair|twin|dual|double|couple|second|two-)\b", re.I)),
    (re.compile(r"^1(?: \w+)?$"), re.compile(r"\b(?:an?|one|single|first|per|every|each|annual|yearly|daily|monthly|weekly|same)\b", re.I)),
    (re.compile(r"^(?:12 month|12)$"), re.compile(r"\b(?:year|annual)|(?<!two )(?<!three )(?<!\d )\bdozen", re.I)),
    (re.compile(r"^7 day$"), re.compile(r"\bweek", re.I)), (re.compile(r"^(?:14|15) day$"), re.compile(r"\bfortnight|two weeks|half a month", re.I)),
    (re.compile(r"^3 month$"), re.compile(r"\bquarter", re.I)), (re.compile(r"^6 month$"), re.compile(r"half[- ](?:a[- ])?year|half-yearly|semi-?annual|biannual", re.I)),
    (re.compile(r"^(?:30|31) day$"), re.compile(r"\bmonth", re.I)), (re.compile(r"^365 day$"), re.compile(r"\byear|every day|daily", re.I)),
    (re.compile(r"^(?:1/2\b|0\.5(?: |$))"), re.compile(r"\bhalf\b", re.I)), (re.compile(r"^5%$"), re.compile(r"one in twenty", re.I)),
    (re.compile(r"^9\.?11$"), re.compile(r"9/11|Nine[- ]Eleven", re.I)),
]  # fmt: skip


def _settle_wording(passage: Passage) -> None:
    for i, a in enumerate(passage.zh):
        if i in passage.zh_done:
            continue
        fact = a.fact
        if fact.kind == "code" and _label_in(fact.label, passage.en_text):
            passage.zh_done.add(i)
            continue
        said = fact.value
        worded = fact.kind in ("quantity", "share", "code") or (
            fact.kind == "multiple" and fact.change != "by"
        )
        if worded and any(value.search(said) and words.search(passage.en_text) for value, words in _WORDED):
            passage.zh_done.add(i)
    for j, b in enumerate(passage.en):
        if j in passage.en_done:
            continue
        if b.fact.kind == "code" and _label_in(b.fact.label, passage.zh_text):
            passage.en_done.add(j)


_FIRST_IN = re.compile(r"\bfirst\s+(?:[a-z]+\s+){0,3}in\s+$")


def _settle_first_in(passage: Passage) -> None:
    """The end of a run of five told as the first in six: 结束了连续五个季度的下滑."""
    for j, b in enumerate(passage.en):
        if j in passage.en_done or not _FIRST_IN.search(passage.en_text, max(0, b.start - 40), b.start):
            continue
        for i, a in enumerate(passage.zh):
            run = i not in passage.zh_done and a.fact.unit == b.fact.unit and a.fact.kind == b.fact.kind
            if run and a.fact.low + 1 == b.fact.low and "连续" in passage.zh_text:
                passage.zh_done.add(i)
                passage.en_done.add(j)
                break


def _label_in(label: str, text: str) -> bool:
    bare = re.sub(r"[^A-Za-z0-9.]", "", label).lower()
    squeezed = re.sub(r"[\s\-–·]", "", text).lower()
    at = squeezed.find(bare)
    while at >= 0:
        before, after = squeezed[at - 1 : at], squeezed[at + len(bare) : at + len(bare) + 1]
        if not (bare[0].isdigit() and before.isdigit()) and not (bare[-1].isdigit() and after.isdigit()):
            return True
        at = squeezed.find(bare, at + 1)
    return False


def _settle_sums(passage: Passage) -> None:
    """An English total of Chinese parts, and the reverse."""
    open_zh = [
        i
        for i, a in enumerate(passage.zh)
        if a.fact.kind == "quantity" and i not in passage.zh_done and a.fact.weight != "soft"
    ]
    open_en = [j for j, b in enumerate(passage.en) if b.fact.kind == "quantity" and j not in passage.en_done]
    for j in open_en:
        value = passage.en[j].fact.low
        parts = [
            i
            for i in open_zh
            if passage.zh[i].fact.unit == passage.en[j].fact.unit or not passage.en[j].fact.unit
        ]
        if 2 <= len(parts) <= 4 and sum(Fraction(passage.zh[i].fact.low) for i in parts) == value:
            passage.en_done.add(j)
            passage.zh_done.update(parts)
            return
    for i in open_zh:
        value = passage.zh[i].fact.low
        parts = [j for j in open_en if j not in passage.en_done]
        if (
            2 <= len(parts) <= 4
            and sum(Fraction(passage.en[j].fact.low) for j in parts) == value
            and value >= 10
        ):
            passage.zh_done.add(i)
            passage.en_done.update(parts)
            return


_OTHERS = re.compile(r"\s+(?:[a-z]+\s+)?(?:others?|more|fellow)\b", re.I)


def _settle_parts(passage: Passage) -> None:
    """A share told as the number it makes (a sixth of 12,000 as 2,000); 甲、乙等七台 as A, B and five others."""
    wholes = [passage.en[j].fact for _, j, _ in passage.pairs if passage.en[j].fact.kind == "quantity"]
    for j, b in enumerate(passage.en):
        if j in passage.en_done or b.fact.kind != "quantity":
            continue
        rest = _OTHERS.match(passage.en_text, b.end) or "other" in b.fact.text
        for i, a in enumerate(passage.zh):
            if i in passage.zh_done:
                continue
            part = a.fact.kind == "share" and any(w.low * a.fact.low == b.fact.low for w in wholes)
            listed = (
                rest and passage.zh_text[a.start - 1 : a.start] == "等" and 0 < a.fact.low - b.fact.low <= 8
            )
            if part or listed:
                passage.zh_done.add(i)
                passage.en_done.add(j)
                break
