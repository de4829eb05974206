"""Numbers in words: every value that can be written is read back."""

from __future__ import annotations

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
