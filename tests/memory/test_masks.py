"""Wordings without their figures, and earlier wordings with today's."""

from __future__ import annotations

import pytest

from aligncheck.memory.masks import adapted, masked
from aligncheck.model import Language


@pytest.mark.parametrize(
    ("language", "one", "other", "same"),
    [
        ("zh", "全年完成投资18.6亿元，增长7.2%。", "全年完成投资20.3亿元，增长9.1%。", True),
        ("zh", "一、总体要求", "三、总体要求", True),
        ("zh", "（二）安全生产形势平稳", "安全生产形势平稳。", True),
        ("zh", "全年完成投资18.6亿元。", "全年完成利用外资18.6亿元。", False),
        ("zh", "增长7.2%", "下降7.2%", False),
        ("en", "Investment grew by 7.2 percent.", "investment grew by 9.1 percent", True),
        ("en", "The city laid 126 kilometers of mains.", "A city laid 154 kilometers of mains", True),
        ("en", "Investment grew by 7.2 percent.", "Investment rose by 7.2 percent.", False),
    ],
)
def test_wordings(language: Language, one: str, other: str, same: bool) -> None:
    assert (masked(one, language).key == masked(other, language).key) is same


@pytest.mark.parametrize(
    ("zh", "en", "today", "draft", "wanted"),
    [
        (
            "完成投资18.6亿元，增长7.2%。",
            "Investment came to 1.86 billion yuan, up 7.2 percent.",
            "完成投资20.3亿元，增长9.1%。",
            "",
            "Investment came to 2.03 billion yuan, up 9.1 percent.",
        ),
        (
            "创建企业9家。",
            "Nine enterprises were certified, 9 in all.",
            "创建企业12家。",
            "Twelve enterprises got it.",
            "Twelve enterprises were certified, Twelve in all.",
        ),
        ("新建2座，改建2座。", "Two were built and two rebuilt.", "新建3座，改建5座。", "", ""),
        ("增长7.2%。", "It grew by 8.1 percent.", "增长9.1%。", "", ""),
    ],
)
def test_todays_figures_in_an_earlier_wording(zh: str, en: str, today: str, draft: str, wanted: str) -> None:
    found = adapted(masked(zh, "zh"), masked(en, "en"), masked(today, "zh"), masked(draft, "en"))
    assert found == wanted
