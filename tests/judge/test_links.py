"""Keys of English words, and links weighed with what else is known."""

from __future__ import annotations

import pytest

from aligncheck.judge.links import english_key
from aligncheck.pairing.words import stem


@pytest.mark.parametrize(
    ("word", "key"),
    [("Exports", stem("exports")), ("b2b", stem("b2b")), ("1,200", "#1200"), ("5th", "#5th")],
)
def test_a_word_is_looked_up_by_its_stem_and_a_figure_by_its_value(word: str, key: str) -> None:
    assert english_key(word) == key
