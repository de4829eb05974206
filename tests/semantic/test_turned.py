"""English as the source: what the English leaves out of the Chinese is then an addition, and so on."""

from __future__ import annotations

import pytest

from aligncheck import engine
from aligncheck.checks.base import Check
from aligncheck.config import Settings
from aligncheck.model import Bitext, Category, Finding
from aligncheck.registry import load
from tests.conftest import make_document

TURNED = {
    Category.OMISSION: Category.ADDITION,
    Category.ADDITION: Category.OMISSION,
    Category.MERGE: Category.SPLIT,
    Category.SPLIT: Category.MERGE,
}
CASES = [
    pytest.param(check, example.source, example.target, id=name)
    for name, check in load("aligncheck.checks").items()
    for example in check.examples[:1]
    if check.category in TURNED
]


def test_the_checks_that_turn_are_there() -> None:
    wanted = "addition lost-qualifier merge missing-item omission split unbacked-word"
    assert {case.id for case in CASES} >= set(wanted.split())


@pytest.mark.parametrize(("check", "chinese", "english"), CASES)
def test_a_category_turns_with_the_sides(check: Check, chinese: str, english: str) -> None:
    zh, en = make_document(chinese, "zh"), make_document(english, "en")

    def of(bitext: Bitext) -> list[Finding]:
        report = engine.check_loaded(bitext, Settings(no_glossary=True))
        return [f for f in report.findings if f.check in {check.name, *check.gives_way}]

    straight, turned = of(Bitext(zh, en)), of(Bitext(en, zh))
    assert straight
    assert {f.category for f in straight} == {check.category}
    assert [f.category for f in turned] == [TURNED[check.category]] * len(straight)
    assert [(f.target, f.source) for f in turned] == [(f.source, f.target) for f in straight]
