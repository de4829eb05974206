"""Texts that nobody writes are read without harm: no crash, and no figure out of nothing."""

from __future__ import annotations

import pytest

from aligncheck.checks.names.consonants import likeness
from aligncheck.checks.names.foreign import LEAST, margin
from aligncheck.facts import extract


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000, "万" * 20_000, "一" * 20_000, "1." + "9" * 20_000, "（" * 20_000, "1:" * 2_000,
        "hundred " * 2_000,
        "one " * 500,
    ],
    ids=["digits", "magnitudes", "numerals", "decimals", "brackets", "ratios", "hundreds", "ones"],
)  # fmt: skip
def test_long_runs_are_no_figures(text: str, language: str) -> None:
    for fact in extract(text, language):  # type: ignore[arg-type]
        assert text[fact.span.start : fact.span.end] == fact.text
        if len(fact.text) > 200 and fact.kind != "code":
            assert fact.weight == "soft"


@pytest.mark.parametrize(
    ("chinese", "latin", "other"),
    [
        ("克林顿", "Clinton", "Carter"),
        ("安德森", "Anderson", "Robinson"),
        ("汤普森", "Thompson", "Peterson"),
        ("哈里森", "Harrison", "Morrison"),
        ("威廉姆斯", "Williams", "Wilson"),
        ("冈萨雷斯", "Gonzalez", "Fernandez"),
    ],
)
def test_a_transliteration_sounds_like_its_name_alone(chinese: str, latin: str, other: str) -> None:
    assert likeness(chinese, latin) >= 0.75
    assert likeness(chinese, other) < LEAST


@pytest.mark.parametrize(
    ("chinese", "latin", "other"),
    [
        ("米切尔", "mitchell", "marshall"),
        ("施密特", "schmidt", "schneider"),
        ("布朗", "brown", "black"),
        ("奥康纳", "oconnor", "obrien"),
        ("卡尔维诺", "calvino", "calderon"),
        ("多诺万", "donovan", "denham"),
    ],
)
def test_syllables_tell_names_apart_that_share_their_consonants(chinese: str, latin: str, other: str) -> None:
    assert margin(chinese, latin) > 2
    assert margin(chinese, other) < -1
