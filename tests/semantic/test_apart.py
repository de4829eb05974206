"""Checks stand apart: switching one off takes its findings away and those of no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aligncheck import engine, running
from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Bitext, Category, Document, Hit, Message, Severity

Make = Callable[[str, str], Bitext]
ZH = "年内开工保障性住房5万套。"
EN = "Within the year, 50,000 units of government-subsidized housing were completed."
FIGURES = ("quantities", "dates", "units", "list-marks")


def spoken(bitext: Bitext, *off: str) -> set[str]:
    """The checks that speak, neutrally or not, with some switched off."""
    settings = Settings(no_glossary=True, checks=dict.fromkeys(off, False))
    return {f.check for f in engine.check_loaded(bitext, settings).findings}


def test_where_one_check_of_a_word_is_off_the_other_speaks(make_bitext: Make) -> None:
    both = {"another-statement", "look-alike-term"}
    assert spoken(make_bitext(ZH, EN)) & both == {"another-statement"}  # one cause, one finding
    assert "look-alike-term" in spoken(make_bitext(ZH, EN), "another-statement")


def test_rows_of_a_table_go_on_from_nothing_whatever_else_is_off(tmp_path: Path) -> None:
    table = tmp_path / "rows.tsv"
    rows = [
        "1. 新建公园。\t1. Build parks.",
        "4. 改造道路。\t4. Repair roads.",
        "9. 治理水系。\t9. Clean up rivers.",
    ]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for off in ((), FIGURES):
        settings = Settings(no_glossary=True, checks=dict.fromkeys(off, False))
        assert [f for f in engine.check(table, settings=settings).findings if f.check == "sequences"] == []


def test_a_check_of_one_document_always_sees_the_pair(
    make_bitext: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def looks(document: Document, context: Context) -> list[Hit]:
        seen.append(context.bitext is not None and document in (context.bitext.source, context.bitext.target))
        return []

    check = Check(
        "looks", Category.GRAMMAR, Severity.MINOR,
        Message("Looks", "看"), Message("To see.", "看见。"), run_document=looks, scope="document",
    )  # fmt: skip
    monkeypatch.setattr(running, "enabled_checks", lambda settings, scope: [check] * (scope == "document"))
    for size in (1, 3_000):
        running.checked(make_bitext(ZH * size, EN * size), Context(Settings()))
    assert seen == [True] * 4
