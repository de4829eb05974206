"""A passage that is rendered in part is not told as missing: the words that are missing are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bitext

PAIRS = [
    (
        "市民可以凭身份证在任何一家图书馆免费借阅图书和报刊。",
        "Residents may borrow books at any library.",
        "身份证",
    ),
    (
        "政府将优先支持山区贫困村修建蓄水池和灌溉渠道。",
        "The government will give priority to building reservoirs in mountain villages.",
        "灌溉渠道",
    ),
    (
        "县里将组织医务人员和志愿者定期上门看望独居老人。",
        "The county will send medical staff to call on old people who live alone.",
        "志愿者",
    ),
]


@pytest.mark.parametrize(("zh", "en", "missing"), PAIRS)
def test_the_words_are_named(
    zh: str, en: str, missing: str, make_bitext: Callable[[str, str], Bitext]
) -> None:
    found = engine.check_loaded(make_bitext(zh, en), Settings(no_glossary=True)).findings
    assert not [f.message.en for f in found if f.check == "omission"]
    named = [s.text for f in found if f.check == "missing-words" for s in f.source]
    assert any(missing in text for text in named), named


def test_a_whole_paragraph_is_told_as_missing(make_bitext: Callable[[str, str], Bitext]) -> None:
    zh = "县医院开设了夜间门诊。\n全县新修农村公路一百二十公里。\n文化馆每周举办两场音乐会。"
    en = "The county hospital has opened an evening clinic.\nThe cultural center holds two concerts a week."
    found = engine.check_loaded(make_bitext(zh, en), Settings(no_glossary=True)).findings
    (omission,) = [f for f in found if f.check == "omission"]
    assert [s.text for s in omission.source] == ["全县新修农村公路一百二十公里。"]
    assert "no counterpart" in omission.message.en
