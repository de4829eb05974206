"""Sets the facts of a Chinese passage against those of its English rendering.

A small assignment: every pair of facts that can mean the same gets a cost (how well value, unit and
direction agree, how far apart they stand, whether a clause link joins them), and the cheapest pairs are
taken first.  What stays alone on both sides is set against each other as a wrong value; what stays alone
on one side only is missing or has no source.
"""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from aligncheck.facts.exchange import Exchange
from aligncheck.facts.frames import apart, no_like
from aligncheck.facts.heads import ratio
from aligncheck.facts.match import FAMILY, PLAN_YEARS, Fit, fit
from aligncheck.facts.model import Fact, Relation, no_such_day, whole
from aligncheck.facts.passage import Passage, Placed
from aligncheck.facts.relations import APPROXIMATE, slip
from aligncheck.facts.units import MONEY, unit_class

Reason = Literal[
    "value",
    "missing",
    "extra",
    "relation",
    "by-to",
    "direction",
    "points",
    "unit",
    "conversion",
    "exchanged",
    "sign",
    "tense",
    "part",
    "plan-years",
    "no-such-day",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; ``category`` is number, date, unit or numbering."""

    category: str
    reason: Reason
    zh: Placed | None
    en: Placed | None
    grave: bool
    confidence: float
    evidence: tuple[tuple[str, str], ...] = ()
    other: tuple[Placed, Placed] | None = (
        None  # of an exchange: the second Chinese figure, and the English one in its place
    )
    owners: tuple[str, str] = ("", "")


def match(passage: Passage, year: int | None = None) -> None:
    """Find the counterparts inside one passage; fills ``pairs`` and the two ``done`` sets."""
    if len(passage.zh) * len(passage.en) > _MOST_PAIRS:
        _match_many(passage)
        return
    times = ratio(*passage.heads) if passage.heads else None
    candidates = []
    for i, a in enumerate(passage.zh):
        for j, b in enumerate(passage.en):
            found = fit(a.fact, b.fact, year) or _fit_under_heads(a.fact, b.fact, times)
            if found is None:
                continue
            cost = found.cost + abs(a.place - b.place)
            if a.links and b.links:
                cost -= 0.6 if a.links & b.links else 0.0
            if slip(a.fact, b.fact) is not None:
                cost += 0.3
            if a.fact.weight == "soft" or b.fact.weight == "soft":
                cost += 0.5
            candidates.append((cost, i, j, found))
    candidates.sort(key=lambda c: c[:3])
    for _, i, j, found in candidates:
        if i in passage.zh_done or j in passage.en_done:
            continue
        passage.zh_done.add(i)
        passage.en_done.add(j)
        passage.pairs.append((i, j, found))
    # stated twice on one side, or a date split into its parts
    for i, a in enumerate(passage.zh):
        if i not in passage.zh_done and any(_clean(fit(a.fact, b.fact, year)) for b in passage.en):
            passage.zh_done.add(i)
    for j, b in enumerate(passage.en):
        if j not in passage.en_done and any(_clean(fit(a.fact, b.fact, year)) for a in passage.zh):
            if _stands_for_another(b, passage):
                continue
            passage.en_done.add(j)
    _settle_conversions(passage)
    _settle_wording(passage)
    _settle_ranges(passage)
    _settle_sums(passage)
    _settle_parts(passage)


def _fit_under_heads(zh: Fact, en: Fact, times: Fraction | None) -> Fit | None:
    """How two bare figures of a table agree in the units that its heads name."""
    if times is None or times == 1 or not (_bare(zh) and _bare(en)):
        return None
    found = fit(replace(zh, low=whole(zh.low * times), step=whole(zh.step * times)), en)
    return None if found is None else Fit(found.cost + 0.05, found.remark)


def _bare(fact: Fact) -> bool:
    return fact.kind == "quantity" and not fact.unit and fact.high is None and fact.text[-1:].isdigit()


def _under_heads(passage: Passage) -> Iterable[Difference]:
    """Figures of a table that stand unchanged under another unit: 1370 under 亿元 and under billion yuan."""
    if not passage.heads or not passage.headed or ratio(*passage.heads) in (None, 1):
        return
    (zh, en), unchanged = passage.heads, []
    for i, j, _ in passage.pairs:
        a, b = passage.zh[i], passage.en[j]
        if not (_bare(a.fact) and _bare(b.fact)) or a.fact.low <= 10:
            continue
        if a.fact.low != b.fact.low:
            return
        unchanged.append((a, b))
    for a, b in unchanged:
        due = replace(a, fact=replace(a.fact, low=whole(a.fact.low * zh.scale), unit=zh.unit))
        yield Difference(
            "number",
            "value",
            due,
            replace(b, fact=replace(b.fact, low=whole(b.fact.low * en.scale), unit=en.unit)),
            True,
            0.7,
        )


#: Beyond this a passage is no prose (a table in one line, say), and every pair would be looked at for nothing.
_MOST_PAIRS = 250_000


def _match_many(passage: Passage) -> None:
    """Leave the figures of a very long passage undecided."""
    passage.zh_done.update(range(len(passage.zh)))
    passage.en_done.update(range(len(passage.en)))


def _stands_for_another(b: Placed, passage: Passage) -> bool:
    """Whether a repeated value stands where another Chinese figure, left without counterpart, should be."""
    if b.fact.kind not in ("quantity", "share") or b.fact.low <= 10:
        return False
    for i, a in enumerate(passage.zh):
        if i in passage.zh_done or a.fact.weight == "soft" or a.fact.kind != b.fact.kind:
            continue
        cost = _clash(a, b)
        if cost is not None and cost < 1.0 and a.fact.low > 10:
            return True
    return False


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


def _clean(found: Fit | None) -> bool:
    return found is not None and not found.remark


def _plain(found: Fit | None) -> bool:
    """Whether two facts agree outright, not only by leave: 2024 and "this year" do not."""
    return found is not None and not found.remark and found.cost < 0.45


def _settle_conversions(passage: Passage) -> None:
    """An English value that restates, in another unit, the one before it: ``58,000 mu (3,867 hectares)``."""
    for j, b in enumerate(passage.en):
        if j in passage.en_done or not b.fact.unit or b.fact.kind != "quantity":
            continue
        for i, a in enumerate(passage.zh):
            if a.fact.unit and unit_class(a.fact.unit) == unit_class(b.fact.unit):
                found = fit(a.fact, b.fact)
                if found is not None and not found.remark:
                    passage.en_done.add(j)
                    _ = i


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
    (re.compile(r"^1/2|0.5"), re.compile(r"\bhalf\b", re.I)), (re.compile(r"^5%$"), re.compile(r"one in twenty", re.I)),
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
        if fact.kind in ("quantity", "share", "code", "multiple") and any(
            value.search(said) and words.search(passage.en_text) for value, words in _WORDED
        ):
            passage.zh_done.add(i)
    for j, b in enumerate(passage.en):
        if j in passage.en_done:
            continue
        if b.fact.kind == "code" and _label_in(b.fact.label, passage.zh_text):
            passage.en_done.add(j)


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


_OTHERS = re.compile(r"\s+(?:[a-z]+\s+)?(?:others?|more)\b", re.I)


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


def match_across(passages: Sequence[Passage], year: int | None = None, reach: int = 2) -> None:
    """Let what stayed alone find its counterpart in a neighbouring passage where that stayed alone too."""
    for n, passage in enumerate(passages):
        for i, a in enumerate(passage.zh):
            if i in passage.zh_done or a.fact.weight == "soft":
                continue
            for m in range(max(0, n - reach), min(len(passages), n + reach + 1)):
                other = passages[m]
                hit = next(
                    (
                        j
                        for j, b in enumerate(other.en)
                        if j not in other.en_done and m != n and _plain(fit(a.fact, b.fact, year))
                    ),
                    None,
                )
                if hit is not None:
                    passage.zh_done.add(i)
                    other.en_done.add(hit)
                    break


def differences(
    passage: Passage,
    neighbours: Sequence[Passage] = (),
    year: int | None = None,
    years: frozenset[int] = frozenset(),
    exchanged: Sequence[Exchange] = (),
) -> Iterable[Difference]:
    """What differs in one passage after matching; ``neighbours`` may hold what is missing here.

    ``years`` are the years that the Chinese document names anywhere: another one that the English
    adds is suspicious, one of them is most likely put in for clearness.  ``exchanged`` are the figures
    that have changed places.
    """
    turned: set[Placed] = set()
    for exchange in exchanged:
        turned.update(exchange.zh)
        yield _of_exchange(exchange)
    for i, j, found in passage.pairs:
        a, b = passage.zh[i], passage.en[j]
        if a in turned:
            continue
        difference = _of_pair(a, b, found)
        if difference is not None and not (difference.reason == "relation" and _shared_hedge(passage, i, j)):
            yield difference
    for i, j, found in passage.pairs:
        if not found.remark and (no_such_day(passage.zh[i].fact) or no_such_day(passage.en[j].fact)):
            yield Difference("date", "no-such-day", passage.zh[i], passage.en[j], True, 0.9)
    yield from _under_heads(passage)
    yield from _conversions(passage)
    yield from _plan_years(passage)
    yield from _alone(passage, neighbours, year, years)


def _of_exchange(exchange: Exchange) -> Difference:
    (one, other), (its, others) = exchange.zh, exchange.en
    category = _category(one.fact, its.fact)
    return Difference(
        category,
        "exchanged",
        one,
        others,
        True,
        exchange.confidence,
        other=(other, its),
        owners=exchange.owners,
    )


def _of_pair(a: Placed, b: Placed, found: Fit) -> Difference | None:
    zh, en = a.fact, b.fact
    if found.remark == "points":
        return Difference("number", "points", a, b, True, 0.85)
    if found.remark == "by-to":
        return Difference("number", "by-to", a, b, True, 0.75)
    if found.remark in ("direction", "sign"):
        return Difference("number", "direction" if found.remark == "direction" else "sign", a, b, True, 0.75)
    if found.remark in ("tense", "part", "plan-years"):
        return Difference("date", "tense" if found.remark == "tense" else "part", a, b, True, 0.75)
    if found.remark == "unit":
        sure = 0.85 if zh.weight == "strong" else 0.6
        if {zh.unit, en.unit} == {"workday", "day"}:
            return Difference("unit", "unit", a, b, False, 0.65)
        return Difference("unit", "unit", a, b, True, sure)
    slipped = slip(zh, en)
    if slipped is not None:
        return Difference("number", "relation", a, b, slipped.grave, slipped.confidence)
    return None


_SENTENCE_END = re.compile(r"[.!?;]\s")


#: The inflow may reach 60,000: what is expected is no exact figure.
_EXPECTED = re.compile(r"\b(?:may|might|could|estimated|predicted|projected|forecast)\b[^.;]{0,60}$")


def _shared_hedge(passage: Passage, i: int, j: int) -> bool:
    """Whether an English figure of a list takes the word before the first: over 90 bridges, 17 tunnels and 24 culverts."""
    zh = passage.zh[i].fact
    if passage.en[j].fact.relation is not Relation.EXACT:
        return False
    if zh.relation is Relation.ABOUT and _EXPECTED.search(passage.en_text, 0, passage.en[j].start):
        return True
    counterparts = {n: passage.zh[m].fact for m, n, _ in passage.pairs}
    for n in range(j - 1, -1, -1):
        en = passage.en[n]
        if _SENTENCE_END.search(passage.en_text, en.end, passage.en[j].start):
            return False
        other = counterparts.get(n)
        if other is None or en.fact.kind != passage.en[j].fact.kind:
            continue
        if en.fact.relation is not Relation.EXACT:
            said = replace(en.fact, low=zh.low, high=zh.high)
            return slip(zh, said) is None or {zh.relation, said.relation} <= APPROXIMATE
        if other.relation is Relation.EXACT:
            return False
    return False


def _plan_years(passage: Passage) -> Iterable[Difference]:
    """A plan with other years than it has, in brackets: the 13th Five-Year Plan (2011-2015)."""
    if "普法" in passage.zh_text:
        return  # the plans for legal education count otherwise
    for here, turned in ((passage.en, False), (passage.zh, True)):
        for plan, years in itertools.pairwise(here):
            if not plan.fact.label.startswith("plan:") or years.fact.kind != "years":
                continue
            due = PLAN_YEARS.get(int(plan.fact.label[5:]))
            if due is None or due == (years.fact.low, years.fact.high) or years.start - plan.end > 14:
                continue
            other = next(
                (p for p in (passage.en if turned else passage.zh) if p.fact.label == plan.fact.label), None
            )
            if other is not None:
                pair = (years, other) if turned else (other, years)
                yield Difference("date", "plan-years", *pair, True, 0.85)


def _conversions(passage: Passage) -> Iterable[Difference]:
    """Wrong conversions beside a right value: ``58,000 mu (38,670 hectares)``."""
    for j, b in enumerate(passage.en):
        if j in passage.en_done or b.fact.kind != "quantity" or not b.fact.unit:
            continue
        dimension = unit_class(b.fact.unit)
        if dimension in MONEY or dimension in ("time", "workdays", "age"):
            continue
        lead = next((p for p in passage.pairs if p[1] == j - 1), None)
        if lead is None:
            continue
        a = passage.zh[lead[0]]
        if a.fact.unit and a.fact.unit != b.fact.unit and unit_class(a.fact.unit) == dimension:
            gap = passage.en[j - 1].fact
            if b.block == passage.en[j - 1].block and b.fact.span.start - gap.span.end <= 24:
                passage.en_done.add(j)
                yield Difference("unit", "conversion", a, b, True, 0.93)


_CITED = re.compile(
    r"https?://|\bdoi\b|\bISBN\b|[,;] (?:vol|no|pp?)\. ?\d|\bibid\b|\bet al\.|\b(?:Press|Publish\w+|Books?), ?\d{4}\)|\([^():]{2,40}: [^()]{3,60}, \d{4}\)|"
    r"\[[JMDC]\]|出版社|第\s?\d+\s?[期卷]|^\[\^?\w{1,24}\]:",
    re.I,
)


def _alone(
    passage: Passage, neighbours: Sequence[Passage], year: int | None, years: frozenset[int]
) -> Iterable[Difference]:
    zh = [i for i, a in enumerate(passage.zh) if i not in passage.zh_done and a.fact.weight != "soft"]
    en = [j for j, b in enumerate(passage.en) if j not in passage.en_done and b.fact.weight != "soft"]
    cited = _CITED.search(passage.zh_text) or _CITED.search(passage.en_text)
    if cited and (len(zh) != 1 or len(en) != 1 or passage.zh[zh[0]].fact.kind != passage.en[en[0]].fact.kind):
        return  # each language cites its own edition, with as many particulars as it likes
    options = []
    for i in zh:
        for j in en:
            cost = _clash(passage.zh[i], passage.en[j])
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
        category = _category(a.fact, b.fact)
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


_NUMERIC = {"quantity", "share", "points", "multiple", "ordinal", "code", "ratio", "item"}


def _clash(a: Placed, b: Placed) -> float | None:
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
    if zh.kind == en.kind:
        if zh.kind == "code" and not _codes_alike(zh, en):
            return None
        return 0.0
    pair = (zh.kind, en.kind)
    if any(f.kind == "code" and not f.label.replace(".", "").isdigit() for f in (zh, en)):
        return None
    if pair in _CLASHES:
        return _CLASHES[pair]
    return None


#: Kinds that a slip of the pen turns into each other, with what it costs to believe so.
_CLASHES: dict[tuple[str, str], float] = {
    ("share", "quantity"): 1.2, ("quantity", "share"): 1.2, ("share", "points"): 0.5, ("points", "share"): 0.5,
    ("multiple", "share"): 0.4, ("share", "multiple"): 0.6, ("multiple", "quantity"): 1.0, ("quantity", "multiple"): 1.2,
    ("points", "quantity"): 1.0, ("ordinal", "item"): 0.4, ("item", "ordinal"): 0.3, ("ordinal", "quantity"): 1.0,
    ("quantity", "ordinal"): 1.0, ("code", "quantity"): 0.4, ("quantity", "code"): 0.8, ("code", "ordinal"): 0.5,
    ("date", "years"): 0.8, ("years", "date"): 0.6, ("date", "ordinal"): 1.0, ("quantity", "date"): 1.2, ("date", "quantity"): 0.9,
    ("code", "date"): 0.8, ("ordinal", "code"): 0.8, ("period", "years"): 0.8, ("years", "quantity"): 0.8, ("ratio", "quantity"): 1.2,
    ("date", "relative"): 0.9, ("relative", "date"): 0.9, ("ordinal", "period"): 0.6, ("period", "ordinal"): 0.6, ("period", "date"): 1.2,
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
        alike = {zh.kind, en.kind} == {"multiple", "share"} or (zh.note == "grade" and en.kind == "quantity")
        if zh.kind != en.kind and not alike:
            confidence = min(confidence, 0.45)
    elif "weak" in (zh.weight, en.weight):
        confidence = min(confidence, 0.8)
    if crowd > 4:
        confidence -= 0.1
    if Relation.VAGUE in (zh.relation, en.relation):
        confidence = min(confidence, 0.55)
    return round(max(confidence, 0.1), 2)


def _category(zh: Fact | None, en: Fact | None) -> str:
    lead = zh or en
    assert lead is not None
    kinds = {f.kind for f in (zh, en) if f is not None}
    if kinds == {"item"}:
        return "numbering"
    if FAMILY[lead.kind] in ("date", "period", "relative", "weekday", "lunar", "time"):
        return "date"
    return "number"


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
        if any(_clean(fit(fact, b.fact, year)) for b in other.en):
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
    return Difference(_category(fact, None), "missing", a, None, True, confidence)


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


def _extra(
    b: Placed, passage: Passage, neighbours: Sequence[Passage], year: int | None, years: frozenset[int]
) -> Difference | None:
    fact = b.fact
    if fact.weight != "strong" or fact.kind not in _HARD or _printed_in(fact, passage.zh_text):
        return None
    if any(_clean(fit(a.fact, fact, year)) for a in passage.zh):
        return None
    if unit_class(fact.unit) in MONEY and _converted_money(b, passage):
        return None
    if fact.kind == "quantity" and _is_sum(fact, [a.fact for a in passage.zh]):
        return None
    for other in neighbours:
        if any(_clean(fit(a.fact, fact, year)) for a in other.zh):
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
    return Difference(_category(None, fact), "extra", None, b, True, confidence)
