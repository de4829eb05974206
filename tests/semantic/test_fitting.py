"""What is suggested for a word of the wrong kind can replace it as it stands."""

import pytest

from aligncheck.checks.wording.fitting import calls_for, fitting

CASES = [
    ("launched", "was completed", "was launched"),
    ("launched", "have been fully completed", "have been fully launched"),
    ("launched", "completion", ""),
    ("launched", "complete", ""),
    ("shall", "may", "shall"),
    ("shall", "May", "Shall"),
    ("shall not", "may", "shall not"),
    ("shall", "is entitled", ""),
    ("encourage", "shall", ""),
    ("strive to", "will", "strive to"),
    ("strive to", "ensure", ""),
    ("significantly", "slightly", "significantly"),
    ("significantly", "slight", ""),
    ("every month", "every week", "every month"),
    ("every month", "weekly", ""),
    ("every … years", "every year", ""),
    ("(part)", "total revenue", ""),
    ("provincial-level", "municipal-level", "provincial-level"),
    ("not", "are", "are not"),
    ("not", "will", "will not"),
    ("not", "meets", ""),
]


@pytest.mark.parametrize(("sample", "marked", "due"), CASES)
def test_a_suggestion_drops_in_or_is_not_made(sample: str, marked: str, due: str) -> None:
    assert fitting(sample, marked) == due


def test_a_message_says_what_is_called_for() -> None:
    assert calls_for("必须", "shall", "may").en == "“必须” calls for “shall”, not “may”."
    assert calls_for("不高", "not", "are high").en == "“不高” is negative, but “are high” is not."
    assert "不高" in calls_for("不高", "not", "are high").zh
    assert "只是总额的一部分" in calls_for("服务收入", "(part)", "total revenue").zh
