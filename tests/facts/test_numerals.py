"""Numbers in words: every value that can be written is read back."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligncheck.facts import numerals as n

many = settings(max_examples=200, deadline=None)


@many
@given(st.integers(0, 10**16 - 1))
def test_chinese_numerals_come_back(value: int) -> None:
    assert n.parse_han(n.to_han(value)) == value


@many
@given(st.integers(0, 10**15 - 1))
def test_english_words_come_back(value: int) -> None:
    assert n.parse_words(n.to_words(value)) == value


@many
@given(st.integers(1, 999))
def test_ordinal_words_come_back(value: int) -> None:
    assert n.parse_ordinal_words(n.to_ordinal_words(value)) == value


@many
@given(st.integers(1, 3999))
def test_roman_numerals_come_back(value: int) -> None:
    assert n.parse_roman(n.to_roman(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("千亿", 10**11),
        ("百万", 10**6),
        ("三万五", 35_000),
        ("一百五", 150),
        ("二〇二四", 2024),
        ("壹佰贰拾叁", 123),
        ("廿三", 23),
        ("三万亿", 3 * 10**12),
        ("两千零五", 2005),
    ],
)
def test_short_and_formal_numerals(text: str, value: int) -> None:
    assert n.parse_han(text) == value


@pytest.mark.parametrize("text", ["十百", "七八九十", "", "人"])
def test_what_is_no_numeral(text: str) -> None:
    assert n.parse_han(text) is None


@pytest.mark.parametrize("bad", [-1, 10**16])
def test_numbers_out_of_reach_are_refused(bad: int) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        n.to_han(bad)


@pytest.mark.parametrize(
    ("signs", "value"),
    [
        ("〇零○", 0), ("一壹幺", 1), ("二贰貳两兩俩", 2), ("三叁參", 3), ("四肆", 4), ("五伍", 5), ("六陆陸", 6),
        ("七柒", 7), ("八捌", 8), ("九玖", 9), ("十拾", 10), ("廿", 20), ("卅", 30), ("百佰", 100), ("千仟", 1000),
        ("万萬", 10**4), ("亿億", 10**8), ("兆", 10**12),
    ],
)  # fmt: skip
def test_every_sign_has_its_worth(signs: str, value: int) -> None:
    assert {n.parse_han(sign) for sign in signs} == {value}


@pytest.mark.parametrize(
    ("value", "words", "ordinal", "short"),
    [
        (2, "two", "second", "2nd"),
        (3, "three", "third", "3rd"),
        (4, "four", "fourth", "4th"),
        (9, "nine", "ninth", "9th"),
        (13, "thirteen", "thirteenth", "13th"),
        (40, "forty", "fortieth", "40th"),
        (42, "forty-two", "forty-second", "42nd"),
        (100, "one hundred", "one hundredth", "100th"),
        (112, "one hundred and twelve", "one hundred and twelfth", "112th"),
        (2_005, "two thousand and five", "2,005th", "2,005th"),
        (2_100, "two thousand one hundred", "2,100th", "2,100th"),
    ],
)
def test_how_a_number_is_written(value: int, words: str, ordinal: str, short: str) -> None:
    assert (n.to_words(value), n.to_ordinal_words(value), n.to_ordinal(value)) == (words, ordinal, short)


@pytest.mark.parametrize(
    ("text", "value"),
    [("forth", 4), ("nineth", 9), ("two hundredth", 200), ("thousandth", 1_000), ("millionth", 10**6)],
)
def test_ordinals_that_are_read_and_not_written(text: str, value: int) -> None:
    assert n.parse_ordinal_words(text) == value


def test_numerals_in_full() -> None:
    assert [n.to_han(v) for v in (10, 110, 1_001, 10_010, 100_000_001)] == [
        "十", "一百一十", "一千零一", "一万零一十", "一亿零一",
    ]  # fmt: skip
    assert [n.to_roman(v) for v in (4, 9, 14, 40, 50, 90, 400, 1994)] == [
        "IV", "IX", "XIV", "XL", "L", "XC", "CD", "MCMXCIV",
    ]  # fmt: skip
    assert n.parse_roman("IIII") is None
    assert n.parse_words("fourty-two dozen") == 504


def test_fractions_are_exact() -> None:
    assert {s: float(v) for s, v in n.VULGAR_FRACTIONS.items()} == {
        s: pytest.approx(unicodedata.numeric(s)) for s in n.VULGAR_FRACTIONS
    }
    assert [n.decimal(text) for text in ("1,250", "0.50", "3.0")] == [1250, Fraction(1, 2), 3]
    assert [n.worth_of_last(digits) for digits in (0, 2, 13)] == [1, Fraction(1, 100), Fraction(1, 10**13)]
    assert [n.part(Fraction(1, 3), 4), n.part(52, 100), n.part(200, 100)] == [
        Fraction(1, 12),
        Fraction(13, 25),
        2,
    ]
