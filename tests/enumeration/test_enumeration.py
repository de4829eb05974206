"""Items that an English list leaves out, and lists that are whole in another shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.registry import load

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """Row -> the items reported missing; all cases in one file of pairs."""
    path = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    path.write_text("".join(f"{c['zh']}\t{c['en']}\n" for c in CASES), encoding="utf-8")
    only = {name: name == "missing-item" for name in load("aligncheck.checks")}
    report = engine.check(path, None, Settings(checks=only, no_glossary=True))
    rows: dict[int, list[str]] = {}
    for finding in report.findings:
        if finding.confidence >= 0.5:
            rows.setdefault(finding.source[0].line or 0, []).append(finding.source[0].text)
    return rows


@pytest.mark.parametrize("row", range(1, len(CASES) + 1))
def test_case(row: int, found: dict[int, list[str]]) -> None:
    case = CASES[row - 1]
    assert found.get(row, []) == ([case["missing"]] if "missing" in case else []), case
