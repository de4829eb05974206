"""Signs without partner in files of pairs, whose rows cut quotations in pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.config import Settings
from aligncheck.engine import check_loaded, load_input

SETTINGS = Settings(no_glossary=True)
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_rows(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in case["rows"]), encoding="utf-8")
    report = check_loaded(load_input(path, None, SETTINGS), SETTINGS)
    marked = [s.text for f in report.findings if f.check == "unpaired-signs" for s in (*f.source, *f.target)]
    assert marked == case["marked"]
