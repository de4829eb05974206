"""“Did you mean” helps, or is not said."""

import pytest

from aligncheck.registry import did_you_mean

LEVELS = ("critical", "major", "minor", "neutral", "never")


@pytest.mark.parametrize(
    ("given", "near"),
    [("majr", "'major'"), ("nevr", "'never'"), ("crtical", "'critical'"), ("inor", "'minor'")],
)
def test_what_is_near_is_named(given: str, near: str) -> None:
    assert did_you_mean(given, LEVELS) == f"did you mean {near}?"


def test_what_only_looks_near_is_not() -> None:
    assert did_you_mean("sever", LEVELS) == "known: critical, major, minor, neutral, never"
