"""Numbers of headings and items tell which belong together."""

from __future__ import annotations

import pytest

from aligncheck.checks.numbered import same_number


@pytest.mark.parametrize(
    ("chinese", "english", "same"),
    [
        ("五、培育市场主体", "V. The Players", True),
        ("三是台账不规范。", "Third, records are kept loosely.", False),
        ("（十三）保障用地。", "(13) Land.", True),
        ("八、强化保障", "VII. Support", False),
        ("强化保障", "Support", False),
        ("五、培育市场主体", "The Players", False),
        ("一、提高认识，切实增强做好今年冬春水利建设工作的责任感和紧迫感", "I. Why It Matters", False),
        ("第一批项目已经开工。", "The first projects have begun.", False),
    ],
)
def test_same_number(chinese: str, english: str, same: bool) -> None:
    assert same_number(chinese, english) is same
