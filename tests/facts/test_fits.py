"""Whether a Chinese and an English fact say the same, kind by kind: what agrees, what does not, what agrees better."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from aligncheck.facts.fits import Fit
from aligncheck.facts.fits_dates import PLAN_YEARS
from aligncheck.facts.fits_numbers import units_agree
from aligncheck.facts.match import fit
from aligncheck.facts.model import Fact, Relation, Span

OVER, MIN, UNDER, NEAR, ABOUT, MAX, VAGUE = (
    Relation[name] for name in "OVER MIN UNDER NEAR ABOUT MAX VAGUE".split()
)


def fact(kind: Any, low: int | Fraction = 0, unit: str = "", **more: Any) -> Fact:
    return Fact(kind, Span(0, 1), more.pop("text", str(low)), low, unit=unit, **more)


def amount(low: int | Fraction, unit: str = "", **more: Any) -> Fact:
    return fact("quantity", low, unit, **more)


def date(year: int | None = None, month: int | None = None, day: int | None = None, **more: Any) -> Fact:
    return fact("date", parts=(year, month, day), **more)


def label(kind: str, text: str, **more: Any) -> Fact:
    return fact(kind, label=text, **more)


def percent(low: int | Fraction, **more: Any) -> Fact:
    """A share that was written in whole percent."""
    high = more.pop("high", None)
    return fact(
        "share",
        Fraction(low, 100),
        step=Fraction(1, 100),
        high=None if high is None else Fraction(high, 100),
        **more,
    )


def said(found: Fit | None) -> str:
    return "differs" if found is None else found.remark or "agrees"


def of(zh: Fact, *right: Fact) -> list[tuple[Fact, Fact]]:
    return [(zh, en) for en in right]


AGREE = [
    # rounding: as far as the words around allow it
    *of(amount(28_134), amount(28_000, relation=OVER), amount(28_134)),
    *of(amount(1_048), amount(1_000, relation=OVER)),
    *of(amount(2_980), amount(3_000, relation=NEAR)),
    *of(amount(955), amount(1_000, relation=NEAR)),
    *of(amount(975), amount(1_000, relation=ABOUT)),
    *of(amount(1_026), amount(1_000, relation=ABOUT)),
    *of(amount(1_234_567), amount(1_235_000, step=1_000)),
    # several, a dozen or so
    *of(
        amount(11, relation=VAGUE, high=19),
        amount(12, high=15),
        amount(19, high=40),
        amount(10, relation=OVER),
        amount(10),
        amount(15),
        amount(20, relation=ABOUT),
        amount(15, relation=VAGUE, high=30),
    ),
    *of(amount(15), amount(11, relation=VAGUE, high=19)),
    *of(amount(12, high=13), amount(11, relation=VAGUE, high=19)),
    *of(amount(10, relation=OVER), amount(12, relation=VAGUE, high=19)),
    # units
    *of(amount(2, "km"), amount(2_000, "m")),
    *of(amount(2, "km", high=4), amount(2_000, "m", high=4_000)),
    *of(amount(2, "week", high=4), amount(14, "day", high=28)),
    *of(amount(6, "month"), label("period", "half:1")),
    # a number as a label, a place in a row, a year
    *of(amount(5, text="5"), label("code", "5G"), label("code", "M5"), fact("ordinal", 5)),
    *of(amount(2024), date(2024), label("code", "2024")),
    *of(amount(3), fact("ratio", 3, high=1)),
    *of(amount(40), percent(40)),
    *of(amount(3), fact("multiple", 3)),
    # shares
    *of(percent(5, high=10), percent(5, high=10)),
    *of(percent(60, change="by", direction="down"), percent(40, change="to")),
    *of(percent(40, change="to"), percent(60, change="by", direction="down")),
    *of(percent(40, relation=UNDER), percent(60, relation=OVER)),
    *of(percent(50, change="by", direction="down"), percent(50, change="to")),
    *of(fact("share", Fraction(1, 3), step=Fraction(1, 300)), percent(33)),
    *of(percent(100, change="by"), fact("multiple", 2, change="to"), fact("multiple", 1)),
    *of(percent(75), fact("ratio", 3, high=4)),
    *of(fact("points", 3), fact("points", 3), amount(3)),
    # so many times
    *of(fact("multiple", 2, change="by"), fact("multiple", 3, change="to"), fact("multiple", 2)),
    *of(fact("multiple", 2, change="by"), percent(300, change="to"), percent(200, change="by")),
    *of(fact("multiple", 2, change="to"), fact("multiple", 1, change="by"), percent(100, change="by")),
    *of(fact("multiple", 3), fact("multiple", 3), percent(300), amount(3), fact("ratio", 3, high=1)),
    # rows and labels
    *of(fact("ordinal", 3), fact("ordinal", 3), fact("item", 3), amount(3), label("period", "quarter:3")),
    *of(label("code", "M16"), label("code", "m16"), label("code", "16")),
    *of(label("code", "16"), amount(16), fact("ordinal", 16)),
    *of(fact("ratio", 2, high=1), fact("ratio", 2, high=1), fact("ratio", 1, high=2), amount(2), amount(1)),
    # dates
    *of(date(2024, 5, 3), date(2024, 5, 3), date(None, 5, 3), date(2024), fact("ordinal", 3)),
    *of(date(2024, 5, 3), date(2024, 3, 5, note="either")),
    *of(date(None, None, 5), amount(5), amount(5, "day"), fact("ordinal", 5)),
    *of(date(None, 5, note="range"), amount(5, "month")),
    *of(date(2024), fact("years", 2021, high=2024), amount(2024), label("relative", "year:-1")),
    *of(date(2025), label("period", "plan:14")),
    *of(date(2021), label("period", "plan:14", part="early")),
    *of(date(3, note="reign", low=3), fact("ordinal", 3)),
    *of(date(2001), label("period", "millennium:3")),
    *of(date(3000), label("period", "millennium:3")),
    *of(date(-1000), label("period", "millennium:-1")),
    *of(date(None, 9, 3, note="event"), label("code", "9.3"), fact("ratio", 9, high=3)),
    *of(fact("years", 2021, high=2025), fact("years", 2021, high=2025), date(2021), amount(2021, high=2025)),
    *of(label("relative", "year:-1"), label("relative", "year:-1"), date(2024)),
    *of(fact("weekday", 3), fact("weekday", 3)),
    *of(fact("lunar", parts=(None, 8, 15)), fact("lunar", parts=(None, 8, 15)), fact("ordinal", 15)),
    *of(fact("time", 480), fact("time", 480), fact("time", 1_200), amount(8), fact("ratio", 8, high=0)),
    *of(fact("time", 0), fact("time", 1_440)),
    *of(fact("time", 480, note="half-day"), fact("time", 480, note="half-day")),
    *of(fact("time", 0, note="half-day"), fact("time", 1_440, note="half-day")),
    *of(percent(80, note="discount"), percent(20, note="off"), percent(80)),
    # periods
    *of(label("period", "plan:14"), fact("years", 2021, high=2025), fact("ordinal", 14), date(2025)),
    *of(label("period", "plan:14", part="early"), date(2021)),
    *of(label("period", "decade:1990"), label("period", "decade:90"), date(1990)),
    *of(label("period", "decade:1990", part="late"), label("period", "decade:1990", part="second-half")),
    *of(label("period", "decade:1990", part="early"), label("period", "decade:1990", part="first-half")),
    *of(label("period", "start-century"), label("period", "century:21")),
    *of(label("period", "century:21"), label("period", "century:this"), label("period", "mid-century")),
    *of(label("period", "mid-century"), date(2050)),
    *of(label("period", "half:1"), amount(6, "month"), date(2024, 6), date(2024, 1), fact("ordinal", 1)),
    *of(label("period", "half:2"), amount(6, "month"), date(2024, 7), date(2024, 12)),
    *of(label("period", "quarter:1"), amount(3, "month"), date(2024, 1), date(2024, 3)),
    *of(label("period", "quarter:2"), amount(3, "month"), date(2024, 4), date(2024, 6), fact("ordinal", 2)),
    *of(label("period", "quarter:3"), amount(3, "month"), date(2024, 7), date(2024, 9)),
    *of(label("period", "quarter:4"), amount(3, "month"), date(2024, 10), label("period", "quarter:-1")),
    *of(label("period", "quarters:3"), amount(9, "month"), amount(3), percent(75)),
]
DIFFER = [
    *of(amount(1_060), amount(1_000, relation=OVER), amount(1_060, high=1_100)),
    *of(amount(990), amount(1_000, relation=OVER)),
    *of(amount(940), amount(1_000, relation=NEAR)),
    *of(amount(965), amount(1_000, relation=ABOUT)),
    *of(amount(1_035), amount(1_000, relation=ABOUT)),
    *of(amount(1_234_567), amount(1_236_000, step=1_000)),
    *of(
        amount(11, relation=VAGUE, high=19),
        amount(30, high=40),
        amount(100, relation=OVER),
        amount(20),
        amount(25, relation=ABOUT),
        amount(20, relation=VAGUE, high=90),
    ),
    *of(amount(25), amount(11, relation=VAGUE, high=19)),
    *of(amount(2, "km"), amount(2_100, "m")),
    *of(amount(2, "km", high=4), amount(2_000, "m", high=5_000), amount(2_000, "m")),
    *of(amount(2, "week", high=4), amount(14, "day", high=60), amount(14, "day")),
    *of(amount(5, text="5"), label("code", "6G"), label("code", "B5"), fact("ordinal", 6)),
    *of(amount(2024), date(2024, 5), date(2023)),
    *of(amount(40), percent(45)),
    *of(percent(5, high=10), percent(5, high=12), percent(4, high=10)),
    *of(percent(60, change="by", direction="down"), percent(50, change="to")),
    *of(percent(40, change="to"), percent(50, change="by", direction="down")),
    *of(percent(40, relation=UNDER), percent(60, relation=UNDER)),
    *of(fact("share", Fraction(1, 3), step=Fraction(1, 300)), percent(35)),
    *of(percent(100, change="by"), fact("multiple", 3), fact("multiple", 1, change="to")),
    *of(percent(75), fact("ratio", 4, high=5)),
    *of(fact("multiple", 2, change="by"), fact("multiple", 4, change="to"), percent(500, change="by")),
    *of(fact("multiple", 3), fact("multiple", 4), percent(400), amount(4), fact("ratio", 3, high=2)),
    *of(fact("ordinal", 3), fact("ordinal", 4), label("period", "quarter:2")),
    *of(label("code", "M16"), label("code", "M17"), label("code", "T16")),
    *of(label("code", "16"), amount(17)),
    *of(fact("ratio", 2, high=1), fact("ratio", 3, high=1), amount(4)),
    *of(date(2024, 5, 3), date(2024, 5, 4), date(2023), fact("ordinal", 4), amount(3)),
    *of(date(None, None, 5), amount(6), amount(6, "day")),
    *of(date(2024), fact("years", 2021, high=2025), label("relative", "year:0")),
    *of(date(2024), label("period", "plan:14")),
    *of(date(2025, 5), label("period", "plan:14")),
    *of(date(2021), label("period", "plan:14")),
    *of(date(2000), label("period", "millennium:3")),
    *of(date(1000), label("period", "millennium:2")),
    *of(date(None, 9, 3, note="event"), label("code", "9.4")),
    *of(fact("years", 2021, high=2025), fact("years", 2021, high=2024), date(2023)),
    *of(label("relative", "year:-1"), label("relative", "year:0"), date(2023)),
    *of(fact("weekday", 3), fact("weekday", 4)),
    *of(fact("lunar", parts=(None, 8, 15)), fact("lunar", parts=(None, 8, 16)), fact("ordinal", 16)),
    *of(fact("time", 480), fact("time", 540), amount(9), fact("ratio", 8, high=30)),
    *of(fact("time", 60), fact("time", 1_440)),
    *of(percent(80, note="discount"), percent(80, note="off"), percent(20)),
    *of(fact("time", 480, note="half-day"), fact("time", 1_200, note="half-day")),
    *of(label("period", "plan:14"), fact("years", 2016, high=2020), fact("ordinal", 13), date(2024)),
    *of(label("period", "decade:1990"), label("period", "decade:1980"), date(1980)),
    *of(label("period", "start-century"), label("period", "mid-century")),
    *of(label("period", "century:21"), label("period", "century:20")),
    *of(label("period", "half:1"), amount(7, "month"), date(2024, 7), fact("ordinal", 2)),
    *of(label("period", "quarter:2"), date(2024, 3), date(2024, 7), fact("ordinal", 3)),
    *of(label("period", "quarters:3"), amount(6, "month"), amount(4), percent(50)),
]
REMARKS = [
    (percent(5), fact("points", 5), "points"),
    (fact("points", 5), percent(5), "points"),
    (amount(500, change="by"), amount(500, change="to"), "by-to"),
    (percent(20, change="by"), percent(20, change="to"), "by-to"),
    (percent(20, direction="up"), percent(20, direction="down"), "direction"),
    (amount(-3, "c"), amount(3, "c"), "sign"),
    (amount(5, "km"), amount(5, "t"), "unit"),
    (amount(5, "yuan"), amount(5, "eur"), "unit"),
    (label("period", "decade:1990", part="early"), label("period", "decade:1990", part="late"), "part"),
    (label("relative", "year:5", tense="past"), label("relative", "year:5", tense="coming"), "tense"),
    (fact("multiple", 2, change="by"), percent(200, change="to"), "by-to"),
    (fact("multiple", 2, change="to"), percent(200, change="by"), "by-to"),
]
#: Chinese fact -> English ones, the better first: where several are at hand, the best is taken.
RATHER = [
    (
        amount(2, "week", text="两周"),
        amount(2, "week"),
        amount(14, "day"),
        amount(2),
        fact("ordinal", 2),
        label("code", "2"),
        amount(2, "km"),
    ),
    (amount(30), amount(30), fact("ordinal", 30), percent(30)),
    (fact("ordinal", 3), fact("ordinal", 3), fact("item", 3), label("period", "quarter:3"), amount(3)),
    (
        label("period", "half:1"),
        label("period", "half:1"),
        amount(6, "month"),
        date(2024, 6),
        fact("ordinal", 1),
    ),
    (date(2024, 5, 3), date(2024, 5, 3), date(2024, 5), date(2024), fact("ordinal", 3)),
    (fact("ratio", 2, high=1), fact("ratio", 2, high=1), fact("ratio", 1, high=2), amount(2), amount(1)),
]


def named(pair: tuple[Fact, ...]) -> str:
    return "-".join(f"{f.kind}{f.label or f.text}" for f in pair[:2])


@pytest.mark.parametrize("pair", AGREE, ids=named)
def test_these_say_the_same(pair: tuple[Fact, Fact]) -> None:
    assert said(fit(*pair, year=2025)) == "agrees"


@pytest.mark.parametrize("pair", DIFFER, ids=named)
def test_these_do_not(pair: tuple[Fact, Fact]) -> None:
    assert said(fit(*pair, year=2025)) == "differs"


@pytest.mark.parametrize("case", REMARKS, ids=lambda case: case[2])
def test_these_nearly_do(case: tuple[Fact, Fact, str]) -> None:
    zh, en, remark = case
    assert said(fit(zh, en)) == remark


@pytest.mark.parametrize("case", RATHER, ids=named)
def test_the_better_counterpart_costs_less(case: tuple[Fact, ...]) -> None:
    zh, *rest = case
    costs = [found.cost for en in rest if (found := fit(zh, en)) is not None]
    assert len(costs) == len(rest)
    assert all(one < other for one, other in pairwise(costs)), costs


def test_units_that_are_one_and_units_that_are_not() -> None:
    told = {
        ("km", "km"): "same", ("km", ""): "open", ("km", "t"): "other", ("km", "m"): "convertible",
        ("year", "age"): "same", ("jin", "kg"): "convertible", ("li", "km"): "convertible", ("yuan", "hkd"): "same",
        ("usd", "dollar"): "same", ("yuan", "eur"): "other",
    }  # fmt: skip
    assert {pair: units_agree(amount(1, pair[0]), amount(1, pair[1])) for pair in told} == told


def test_the_years_of_the_plans() -> None:
    assert [PLAN_YEARS[n] for n in (1, 2, 3, 14)] == [(1953, 1957), (1958, 1962), (1966, 1970), (2021, 2025)]
