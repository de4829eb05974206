"""SARIF as those judge it who show it: the rules of Microsoft's validator, and the validator itself where it is there.

The validator is in the npm package ``@microsoft/sarif-multitool``; where ALIGNCHECK_SARIF names its program
(``…/sarif-multitool-linux/Sarif.Multitool``), it is run on reports of files of every kind.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aligncheck.engine import check
from aligncheck.model import Report
from aligncheck.registry import load
from aligncheck.reports.base import PAGES
from aligncheck.reports.sarif_report import log, render
from tests.readers import builders
from tests.reports import sample
from tests.reports.test_contract import SAMPLES

ROOT = Path(__file__).parents[2]
VALIDATOR = os.environ.get("ALIGNCHECK_SARIF", "")
#: The beginning of the example: enough for findings of all kinds.
LINES = 24


def texts() -> tuple[list[str], list[str]]:
    """The blocks of the example and its draft."""
    both = [
        (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for name in ("report.zh", "draft.en")
    ]
    zh, en = ([line.strip() for line in lines if line.strip()][:LINES] for lines in both)
    return zh, en


def as_text(folder: Path) -> Report:
    for side in ("report.zh", "draft.en"):
        shutil.copy(ROOT / "examples" / f"{side}.txt", folder)
    return check(folder / "report.zh.txt", folder / "draft.en.txt")


def as_docx(folder: Path) -> Report:
    zh, en = ([("paragraph", text) for text in side] for side in texts())
    return check(builders.word(folder, "zh", zh), builders.word(folder, "en", en))


def as_xliff(folder: Path) -> Report:
    shutil.copy(ROOT / "tests" / "readers" / "fixtures" / "toolkit.xlf", folder)
    return check(folder / "toolkit.xlf")


def as_table(folder: Path) -> Report:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in zip(*texts(), strict=True):
        book.active.append(row)
    book.save(folder / "pairs.xlsx")
    return check(folder / "pairs.xlsx")


FILES: dict[str, Callable[[Path], Report]] = {
    "text": as_text,
    "docx": as_docx,
    "xliff": as_xliff,
    "table": as_table,
}


def places(run: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for result in run["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            yield location["physicalLocation"]


@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
def test_rules_of_the_validator(make: Callable[[], Report]) -> None:
    run = log(make())["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["informationUri"].startswith("https://")  # SARIF2005
    assert re.match(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    assert len(driver["rules"]) == len({rule["id"] for rule in driver["rules"]})
    for rule in driver["rules"]:
        assert rule["name"] != rule["id"]  # SARIF1001
        assert re.fullmatch(r"([A-Z][a-z0-9]+)+", rule["name"])  # SARIF2012
        ours = rule["id"] in load("aligncheck.checks")
        assert rule.get("helpUri") == (PAGES + rule["id"] if ours else None)
    for place in places(run):
        region = place["region"]
        assert not place["artifactLocation"]["uri"].startswith(("/", "\\"))
        if "endLine" in region:  # SARIF1007
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        if "snippet" in region:  # SARIF2010
            assert region["startLine"] == region["endLine"]


def test_a_region_shows_its_words() -> None:
    run = log(sample.sample_report())["runs"][0]
    shown = [place["region"]["snippet"]["text"] for place in places(run) if "snippet" in place["region"]]
    assert "162,000" in shown


@pytest.mark.slow
@pytest.mark.skipif(not VALIDATOR, reason="ALIGNCHECK_SARIF names no Sarif.Multitool")
@pytest.mark.parametrize("inside", [True, False], ids=["in a repository", "outside"])
@pytest.mark.parametrize("kind", FILES)
def test_the_validator_finds_no_error_and_no_warning(kind: str, inside: bool, tmp_path: Path) -> None:
    folder = tmp_path / "草稿 1"
    folder.mkdir()
    if inside:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    report = FILES[kind](folder)
    assert report.findings
    judged(report, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not VALIDATOR, reason="ALIGNCHECK_SARIF names no Sarif.Multitool")
@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
def test_the_validator_takes_any_report(make: Callable[[], Report], tmp_path: Path) -> None:
    judged(make(), tmp_path)


def judged(report: Report, folder: Path) -> None:
    """Hold a report to the validator."""
    written, verdict = folder / "report.sarif", folder / "verdict.sarif"
    written.write_bytes(b"".join(render(report)))
    command = [VALIDATOR, "validate", str(written), "-o", str(verdict), "-q", "--log", "ForceOverwrite"]
    subprocess.run(
        [*command, "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas"], check=True, capture_output=True
    )
    run = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0]
    told = [
        (r["ruleId"], r["message"].get("arguments"))
        for r in run["results"]
        if r.get("level", "warning") != "note"
    ]
    assert not told
