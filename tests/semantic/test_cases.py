"""Each check over its table: what must be found, where, and what must stay silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bitext, Finding, Severity
from aligncheck.registry import load

CASES = Path(__file__).parent / "cases"
BANK = yaml.safe_load((CASES / "bank.yaml").read_text(encoding="utf-8"))
TABLES = {
    p.stem: yaml.safe_load(p.read_text(encoding="utf-8"))
    for p in sorted(CASES.glob("*.yaml"))
    if p.stem != "bank"
}
#: Hard ones that are known to fail, by name; shrink it.
KNOWN = {
    ("wrong-sentence", "sentence 13"),
    # One small or plain word in a short sentence where all else agrees.
    ("small-words", "likely sure"),
    ("lost-qualifier", "largely lost"),
    ("negation", "affect"),
    ("negation", "charge"),
}


def text(side: Any, language: str) -> str:
    """A side as a text: as written, or paragraphs put together from the bank."""
    if isinstance(side, str):
        return side
    joint = "" if language == "zh" else " "
    return "\n".join(joint.join(BANK[i][language] for i in row) for row in side)


def found(
    make: Callable[[str, str], Bitext], zh: str, en: str, check: str, least: Severity = Severity.MINOR
) -> list[Finding]:
    """What a check reports; a check names a suspicion, and the judge decides whether it is shown."""
    settings = Settings(no_glossary=True)
    report = engine.check_loaded(make(zh, en), settings)
    return [f for f in report.findings if f.check == check and f.severity >= least]


@pytest.mark.parametrize("check", TABLES)
def test_tables_are_rich(check: str) -> None:
    assert check in load("aligncheck.checks")
    rows = TABLES[check]
    assert sum(r["hit"] for r in rows) >= 15
    assert sum(not r["hit"] for r in rows) >= 15


@pytest.mark.parametrize(
    ("check", "case"),
    [pytest.param(c, r, id=f"{c}: {r['name']}") for c, rows in TABLES.items() for r in rows],
)
def test_case(check: str, case: dict[str, Any], make_bitext: Callable[[str, str], Bitext]) -> None:
    if (check, case["name"]) in KNOWN:
        pytest.xfail("known to be hard")
    zh, en = text(case["zh"], "zh"), text(case["en"], "en")
    findings = found(make_bitext, zh, en, check, Severity.NEUTRAL if case["hit"] else Severity.MINOR)
    assert bool(findings) == case["hit"], [f.message.en for f in findings]
    if case["hit"]:
        at = case["at"]
        wanted = [at] if isinstance(at, str) else [BANK[at]["zh"], BANK[at]["en"]]
        marked = [s.text for f in findings for s in (*f.source, *f.target) if s.text]
        assert any(w in m or m in w for w in wanted for m in marked), marked
