"""Anchors: a text that a pattern matches always holds one of them."""

from __future__ import annotations

import pytest

from aligncheck.checks.wording.anchors import Finder, anchors
from aligncheck.checks.wording.look_alike_term import lookalikes
from aligncheck.checks.wording.lost_qualifier import qualifiers
from aligncheck.checks.wording.unbacked_word import weighty
from tests.semantic.test_cases import BANK, TABLES


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("草案|征求意见稿", ("草案", "征求意见稿")),
        ("(?<!中)国有(?!土地)", ("国有",)),
        ("新(?:建)?改建?扩", ("新",)),
        ("不?得", ("得",)),
        ("[甲乙]级", ("级",)),
        ("(?:省|市)委", ("委",)),
        ("[甲乙]|丙", ()),
        ("(?:签署|签订)(?!意见)", ("签署", "签订")),
        ("(?:甲|乙)?", ()),
        ("private(?= firms)|state-owned", ("private", "state-owned")),
        (r"\d{2,3}年", ("年",)),
    ],
)
def test_anchors(pattern: str, wanted: tuple[str, ...]) -> None:
    assert anchors(pattern) == wanted


def test_no_match_is_passed_over() -> None:
    texts = [str(row[side]) for rows in TABLES.values() for row in rows for side in ("zh", "en")]
    texts += [entry[side] for entry in BANK for side in ("zh", "en")]
    rows = [
        *((r.anchors, r.chinese) for r in (*qualifiers(), *lookalikes())),
        *((r.anchors, r.english) for r in weighty()),
    ]
    finder = Finder(rows)
    tried = 0
    for text in texts:
        offered = finder.rows(text)
        for _, pattern in rows:
            if pattern.search(text):
                tried += 1
                assert pattern in offered, (pattern.pattern, text)
    assert tried > 100
