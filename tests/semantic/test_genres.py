"""Meetings, plans, regulations, communiqués, notices, speeches: right translations and turned ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bitext, Category, Severity

ROWS = yaml.safe_load((Path(__file__).parent / "genres.yaml").read_text(encoding="utf-8"))
#: Of the turned ones so many are not found yet.
MISSES = 18
MEANING = {"reversed-meaning", "another-statement", "negation"}


def findings(row: dict[str, Any], side: str, make: Callable[[str, str], Bitext]) -> list[Any]:
    report = engine.check_loaded(make(row["zh"], row[side]), Settings(no_glossary=True))
    return [f for f in report.findings if f.severity > Severity.NEUTRAL]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["marks"])
def test_right_ones_are_silent(row: dict[str, Any], make_bitext: Callable[[str, str], Bitext]) -> None:
    assert not [f.message.en for f in findings(row, "right", make_bitext) if f.check in MEANING]


def test_turned_ones_are_found(make_bitext: Callable[[str, str], Bitext]) -> None:
    missed = []
    for row in ROWS:
        assert row["marks"] in row["wrong"]
        marked = [
            s.text
            for f in findings(row, "wrong", make_bitext)
            if f.category in (Category.MISTRANSLATION, Category.NUMBER)
            for s in f.target
        ]
        if not any(row["marks"] in m or m in row["marks"] for m in marked):
            missed.append((row["marks"], marked))
    assert len(missed) <= MISSES, missed
