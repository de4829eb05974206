"""The case table: pairs with a wrong figure, date, unit or name, and pairs that only look wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .pairs import findings_of_pair

TABLES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def _cases() -> list[object]:
    cases = []
    for table in TABLES:
        for group, kinds in yaml.safe_load(table.read_text("utf-8")).items():
            for n, (zh, en, category) in enumerate(kinds.get("hit", ())):
                cases.append(pytest.param(zh, en, category, id=f"{group}-hit-{n}"))
            for n, (zh, en) in enumerate(kinds.get("clean", ())):
                cases.append(pytest.param(zh, en, "", id=f"{group}-clean-{n}"))
    return cases


@pytest.mark.parametrize(("zh", "en", "category"), _cases())
def test_case(zh: str, en: str, category: str) -> None:
    found = findings_of_pair(zh, en)
    said = [f"{hit.message.en} [{hit.confidence}]" for _, hit in found]
    if category:
        assert category in {c for c, _ in found}, said
    else:
        assert not said


def test_the_table_is_large_enough() -> None:
    cases = _cases()
    assert len(cases) >= 400
    clean = sum(p.values[2] == "" for p in cases)  # type: ignore[attr-defined]
    assert clean * 2 >= len(cases)
