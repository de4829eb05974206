"""A quotation inside a sentence: on one line, shortened, without the stop that ended it where it stood."""

from __future__ import annotations

import pytest

from aligncheck.checks.quoting import en, zh


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("We worked well.", "“We worked well”"),
        ("grew by 5%.", "“grew by 5%”"),
        ("the plan,", "“the plan”"),
        ("in the U.S.", "“in the U.S.”"),
        ("roads, bridges, etc.", "“roads, bridges, etc.”"),
        ("Acme Corp.", "“Acme Corp.”"),
        ("Is it enough?", "“Is it enough?”"),
    ],
)
def test_english(text: str, quoted: str) -> None:
    assert en(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("加强公园管理。", "“加强公园管理”"),
        ("力争集群，", "“力争集群”"),
        ("怎么办？", "“怎么办？”"),
        ("（一）总体要求", "“（一）总体要求”"),
    ],
)
def test_chinese(text: str, quoted: str) -> None:
    assert zh(text) == quoted
