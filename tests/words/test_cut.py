"""Words of both languages: every character belongs to one word, and places hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligncheck.words import form_of, is_form_word, spans
from aligncheck.words.forms import fold

TEXTS = st.text(st.sampled_from("政府推进城市更新，發展經濟。Urban renewal 12.5% isn’t x\n\t é"), max_size=60)


@given(TEXTS, st.sampled_from(["zh", "en"]))
def test_words_cover_all_but_white_space_in_order(text: str, language: str) -> None:
    found = spans(text, language)
    assert all(a < b for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    left = set(range(len(text))) - {i for a, b in found for i in range(a, b)}
    assert all(text[i].isspace() for i in left)


def test_traditional_text_is_cut_as_its_simplified_twin() -> None:
    assert spans("政府推動經濟發展。", "zh") == spans("政府推动经济发展。", "zh")
    assert len(fold("後來發展")) == 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_word_of_a_hundred_thousand_letters_is_cut(language: str) -> None:
    found = spans("x" * 100_000, language)
    assert max(b - a for a, b in found) <= 64
    assert found[-1][1] == 100_000


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("Renewing", "en", "renew"),
        ("cities", "en", "citi"),
        ("City’s", "en", "citi"),
        ("12.5", "en", "12.5"),
        ("經濟", "zh", "经济"),
    ],
)
def test_forms(word: str, language: str, form: str) -> None:
    assert form_of(word, language) == form


@pytest.mark.parametrize(
    ("word", "language", "yes"),
    [("the", "en", True), ("The", "en", True), ("city", "en", False), (",", "en", True),
     ("的", "zh", True), ("城市", "zh", False), ("。", "zh", True), ("60", "zh", False)],
)  # fmt: skip
def test_words_of_form(word: str, language: str, yes: bool) -> None:
    assert is_form_word(word, language) is yes
