"""Every value that can be written in either language is read back, and both readings agree."""

from __future__ import annotations

import os
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from aligncheck.facts import Fact, extract
from aligncheck.facts.match import fit
from aligncheck.facts.model import Number, plain, whole
from aligncheck.facts.numerals import to_han, to_ordinal, to_ordinal_words, to_roman, to_words
from aligncheck.facts.render import MONTH_NAMES, english_number, english_share

#: ALIGNCHECK_EXAMPLES=10000 runs the measure of benchmarks/facts.md.
many = settings(max_examples=int(os.environ.get("ALIGNCHECK_EXAMPLES", "100")), deadline=None)


UNIT_PAIRS = [
    ("公里", "kilometers"),
    ("公顷", "hectares"),
    ("平方米", "square meters"),
    ("吨", "tons"),
    ("元", "yuan"),
    ("千瓦时", "kilowatt-hours"),
]


def chinese_number(value: Number) -> str:
    """``54.2万``, ``1.5亿``: as Chinese reports write it; below ten thousand plain digits."""
    value = whole(value)
    for scale, sign in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= scale:
            scaled = Fraction(value, scale)
            if (scaled * 10000).denominator == 1:
                return plain(scaled).replace(",", "") + sign
    return plain(value).replace(",", "")


def only(text: str, language: str, kind: str) -> Fact:
    """The one hard fact of a text."""
    facts = [f for f in extract(text, language) if f.kind == kind and f.weight != "soft"]  # type: ignore[arg-type]
    assert len(facts) == 1, (text, facts)
    return facts[0]


def agree(zh: Fact, en: Fact) -> None:
    """The pair is taken for the same statement, without remark."""
    found = fit(zh, en)
    assert found is not None, (zh, en)
    assert not found.remark


@many
@given(st.integers(11, 10**15))
def test_counts(value: int) -> None:
    zh = only(f"共有{chinese_number(value)}个。", "zh", "quantity")
    en = only(f"There are {english_number(value)} items here.", "en", "quantity")
    assert zh.low == value
    assert en.low == value
    agree(zh, en)


@many
@given(st.integers(2, 10**12))
def test_counts_in_words(value: int) -> None:
    facts = [f for f in extract(f"共有{to_han(value)}个。", "zh") if f.kind == "quantity"]
    assert [f.low for f in facts] == [value]
    english = [f for f in extract(f"We built {to_words(value)} of them.", "en") if f.kind == "quantity"]
    assert [f.low for f in english] == [value]


@many
@given(st.integers(1, 99_999), st.integers(0, 3))
def test_shares(digits: int, places: int) -> None:
    percent = Fraction(digits, 10**places)
    text = f"{digits / 10**places:.{places}f}"
    zh = only(f"占{text}%。", "zh", "share")
    en = only(f"It accounts for {text}% of it.", "en", "share")
    assert zh.low == en.low == percent / 100
    assert english_share(zh.low).rstrip("%").replace(",", "")
    agree(zh, en)


@many
@given(st.integers(2, 10), st.data())
def test_fractions(below: int, data: st.DataObject) -> None:
    above = data.draw(st.integers(1, below - 1))
    zh = only(f"占{to_han(below)}分之{to_han(above)}。", "zh", "share")
    assert zh.low == Fraction(above, below)
    en = only(f"It is {english_share(zh.low)} of the total.", "en", "share")
    agree(zh, en)


@many
@given(st.dates())
def test_dates(value: object) -> None:
    year, month, day = value.year, value.month, value.day  # type: ignore[attr-defined]
    if year < 1500:
        year += 1500
    zh = only(f"{year}年{month}月{day}日召开。", "zh", "date")
    for text in (
        f"It was held on {MONTH_NAMES[month - 1]} {day}, {year}.",
        f"It was held on {day} {MONTH_NAMES[month - 1]} {year}.",
        f"It was held on {year}-{month:02d}-{day:02d}.",
    ):
        if year > 2199:
            continue
        en = only(text, "en", "date")
        assert en.parts == zh.parts == (year, month, day)
        agree(zh, en)


@many
@given(st.integers(4, 99))
def test_ordinals(value: int) -> None:
    zh = only(f"第{to_han(value)}届大会", "zh", "ordinal")
    assert zh.low == value
    for form in (to_ordinal(value), to_ordinal_words(value)):
        agree(zh, only(f"The {form} congress", "en", "ordinal"))


@many
@given(st.integers(1, 20))
def test_phases(value: int) -> None:
    zh = only(f"实施{to_han(value)}期工程。", "zh", "ordinal")
    agree(zh, only(f"We started Phase {to_roman(value)} of the project.", "en", "ordinal"))


@many
@given(st.integers(1, 10**7), st.sampled_from(UNIT_PAIRS))
def test_measures(value: int, unit: tuple[str, str]) -> None:
    zh = only(f"共{value}{unit[0]}。", "zh", "quantity")
    en = only(f"In all {value:,} {unit[1]}.", "en", "quantity")
    assert zh.unit == en.unit != ""
    agree(zh, en)


@many
@given(st.integers(15, 10**7))
def test_mu_convert_to_hectares(value: int) -> None:
    zh = only(f"共{value}亩。", "zh", "quantity")
    hectares = Fraction(value, 15)
    en = only(f"In all {float(hectares):,.2f} hectares.", "en", "quantity")
    agree(zh, en)
    wrong = only(f"In all {float(hectares) * 10:,.2f} hectares.", "en", "quantity")
    found = fit(zh, wrong)
    assert found is None or found.remark


@many
@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    for language in ("zh", "en"):
        for fact in extract(text, language):  # type: ignore[arg-type]
            assert text[fact.span.start : fact.span.end] == fact.text
            assert fact.value
