"""Numbers of notes that are glued to a word, and numbers that belong to it."""

from __future__ import annotations

import pytest

from aligncheck.words.notes import without_notes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The district became autonomous33 in May.", "The district became autonomous in May."),
        ("Reform2 and opening115.", "Reform and opening."),
        ("Cut CO2, count PM25, use IPv6.", "Cut CO2, count PM25, use IPv6."),
        ("Plans of 2024 and page1234", "Plans of 2024 and page1234"),
        ("the mpeg4a file", "the mpeg4a file"),
    ],
)
def test_what_is_glued_goes_and_what_is_a_name_stays(text: str, left: str) -> None:
    assert without_notes(text) == left
