"""Small words that changed, before the judge weighs them."""

from __future__ import annotations

import pytest

from aligncheck import align_texts
from aligncheck.checks.wording.small_words import changes
from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import read_beads


@pytest.mark.parametrize(
    ("chinese", "english", "changed"),
    [
        (
            "春节前，各区要完成路灯检修。",
            "After the Spring Festival, districts must finish repairing street lamps.",
            [("前$", "after")],
        ),
        (
            "春节前，各区要完成路灯检修。",
            "Before the Spring Festival, districts must finish repairing street lamps.",
            [],
        ),
        (
            "施工结束后，承包人应当恢复绿地。",
            "Before construction ends, the contractor must restore the green space.",
            [("后$", "before")],
        ),
        ("草案批准前，任何单位不得动工。", "Work may begin only after the draft is approved.", []),
        ("工程验收合格后，方可投入使用。", "The works may not be used before they pass acceptance.", []),
        (
            "部分企业没有参加，其中一家已经停业。",
            "Most companies did not take part, and one of them has closed.",
            [("部分", "most")],
        ),
        (
            "个别乡镇没有上报灾情。",
            "Many townships did not report their losses.",
            [("个别", "many")],
        ),
        ("个别乡镇没有上报灾情。", "One or two townships did not report their losses.", []),
    ],
)
def test_changes(chinese: str, english: str, changed: list[tuple[str, str]]) -> None:
    pair = align_texts(chinese, english)
    found = [c for r in read_beads(pair, embedded()) for c in changes(r, pair.source, pair.target)]
    assert [(c.chinese.text, c.english.text) for c in found] == changed
