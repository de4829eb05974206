"""Many faults of one kind in a document are one finding, with its places."""

from __future__ import annotations

import pytest

from aligncheck import check_texts
from aligncheck.model import Finding

ARTICLES = "一二三四五六七"


def _found(sign: str, count: int, check: str) -> list[Finding]:
    """What a check says of a text that has a sign in so many of its seven articles."""
    zh = "\n".join(
        f"第{n}条 本办法适用于全市{sign if place < count else ''}所有单位和个人。"
        for place, n in enumerate(ARTICLES)
    )
    en = "\n".join(
        f"Article {n} These Measures apply to all units and persons in the city." for n in range(1, 8)
    )
    return [f for f in check_texts(zh, en).findings if f.check == check]


@pytest.mark.parametrize(
    ("sign", "check"), [("\u200b", "hidden-characters"), ("\ue001", "hidden-characters"), ("區", "mixed-han")]
)
def test_few_are_told_one_by_one_and_many_at_once(sign: str, check: str) -> None:
    assert len(_found(sign, 3, check)) == 3
    (many,) = _found(sign, 7, check)
    assert "7 places" in many.message.en
    assert "7处" in many.message.zh
    assert len(many.source) > 1


def test_two_kinds_are_two_findings() -> None:
    assert len(_found("\u200b本级\ue001", 6, "hidden-characters")) == 2
