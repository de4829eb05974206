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
from dataclasses import replace
from fractions import Fraction

from aligncheck.facts.alone import alone, clash
from aligncheck.facts.balance import other_balance
from aligncheck.facts.difference import Difference, category_of
from aligncheck.facts.exchange import Exchange
from aligncheck.facts.extremes import opposite_extremes
from aligncheck.facts.fits import Fit, agrees
from aligncheck.facts.fits_dates import PLAN_YEARS
from aligncheck.facts.heads import ratio
from aligncheck.facts.match import fit
from aligncheck.facts.model import Fact, Relation, no_such_day, whole
from aligncheck.facts.passage import Passage, Placed
from aligncheck.facts.rates import other_rate
from aligncheck.facts.relations import APPROXIMATE, slip
from aligncheck.facts.settle import settle
from aligncheck.facts.units import MONEY, unit_class


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
    _said_again(passage, year)
    settle(passage)


def _said_again(passage: Passage, year: int | None) -> None:
    """Take for done what is stated twice on one side, and a date split into its parts."""
    for i, a in enumerate(passage.zh):
        if i not in passage.zh_done and any(agrees(fit(a.fact, b.fact, year)) for b in passage.en):
            if _another_stands_for(a, passage):
                continue
            passage.zh_done.add(i)
    for j, b in enumerate(passage.en):
        if j not in passage.en_done and any(agrees(fit(a.fact, b.fact, year)) for a in passage.zh):
            if _stands_for_another(b, passage):
                continue
            passage.en_done.add(j)


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
        cost = clash(a, b)
        if cost is not None and cost < 1.0 and a.fact.low > 10:
            return True
    return False


def _another_stands_for(a: Placed, passage: Passage) -> bool:
    """Whether an English figure without source stands where one that the Chinese repeats should be."""
    if a.fact.kind not in ("quantity", "share", "ordinal") or a.fact.low <= 10 or a.fact.weight != "strong":
        return False
    for j, b in enumerate(passage.en):
        if j in passage.en_done or b.fact.weight != "strong" or b.fact.kind != a.fact.kind:
            continue
        cost = clash(a, b)
        if cost is not None and cost < _NEAR and b.fact.low > 10 and b.fact.unit == a.fact.unit:
            return True
    return False


#: The cost of taking one figure for another up to which nothing else is looked for.
_NEAR = 0.7


def _plain(found: Fit | None) -> bool:
    """Whether two facts agree outright, not only by leave: 2024 and "this year" do not."""
    return found is not None and not found.remark and found.cost < 0.45


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
        if found.remark == "points" and _LEVEL.search(passage.zh_text, max(0, a.start - 24), a.start):
            continue  # a level, for which 百分点 is loosely said
        if difference is None and other_balance(a, b, passage.zh_text, passage.en_text):
            difference = Difference("number", "direction", a, b, True, 0.75)
        if difference is None and other_rate(a, b, passage.zh_text, passage.en_text):
            difference = Difference("unit", "rate", a, b, True, 0.7)
        if (
            difference is None
            and a.fact.kind in _MEASURED
            and opposite_extremes(a, b, passage.zh_text, passage.en_text)
        ):
            difference = Difference("number", "extreme", a, b, True, 0.75)
        if difference is not None and not (difference.reason == "relation" and _shared_hedge(passage, i, j)):
            yield difference
    for i, j, found in passage.pairs:
        if not found.remark and (no_such_day(passage.zh[i].fact) or no_such_day(passage.en[j].fact)):
            yield Difference("date", "no-such-day", passage.zh[i], passage.en[j], True, 0.9)
    yield from _under_heads(passage)
    yield from _conversions(passage)
    yield from _plan_years(passage)
    for difference in alone(passage, neighbours, year, years):
        if (
            difference.zh
            and difference.en
            and difference.reason == "value"
            and no_such_day(difference.zh.fact)
        ):
            difference = replace(difference, reason="no-such-day")
        yield difference


def _of_exchange(exchange: Exchange) -> Difference:
    (one, other), (its, others) = exchange.zh, exchange.en
    category = category_of(one.fact, its.fact)
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


#: 占比达到八点六个百分点, 物价涨幅超过三个百分点: how high something is, and no change of it.
_LEVEL = re.compile(
    "(?:比例|比重|占比|(?:物价|价格)?涨幅)[^，。；：升降提高增减加]{0,6}?(?:达到?|超过|为|不足|高于|低于|突破|不超过)[^，。；：\\d]{0,4}$|率(?:[为达到约是仅]|高达|仅为)?$"
)
_MEASURED = frozenset(("quantity", "share", "points", "multiple"))
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
    for here, done, turned in ((passage.en, passage.en_done, False), (passage.zh, passage.zh_done, True)):
        for n, (plan, years) in enumerate(itertools.pairwise(here), 1):
            if not plan.fact.label.startswith("plan:") or years.fact.kind != "years":
                continue
            due = PLAN_YEARS.get(int(plan.fact.label[5:]))
            if due is None or due == (years.fact.low, years.fact.high) or years.start - plan.end > 14:
                continue
            other = next(
                (p for p in (passage.en if turned else passage.zh) if p.fact.label == plan.fact.label), None
            )
            if other is not None:
                done.add(n)  # told once: the years are not without a source besides
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
