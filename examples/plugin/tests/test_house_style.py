"""The checks' examples and cases, with what aligncheck offers to those who write checks.

pip install -e ./examples/plugin pytest pyyaml
pytest examples/plugin
"""

from __future__ import annotations

from pathlib import Path

import pytest
from aligncheck_house_style import CHECKS

from aligncheck.config import Settings
from aligncheck.testing import Case, failures, findings, load_cases, run_case

CASES = [
    case for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")) for case in load_cases(path)
]


def test_the_examples_hold() -> None:
    assert failures(CHECKS) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert run_case(case) == ""


def test_an_allowed_word_is_left_alone() -> None:
    allowing = Settings(options={"plain-words": {"allow": "utilize"}})
    assert findings("plain-words", en="We will utilize new technologies.", settings=allowing) == []
