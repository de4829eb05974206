"""Pairs of official prose, sound ones and ones with one small word wrong, each set judged in one run."""

from __future__ import annotations

from pathlib import Path

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Severity

HERE = Path(__file__).parent
SMALL = {"lost-qualifier", "look-alike-term", "unbacked-word", "another-statement", "reversed-meaning"}


def told(name: str) -> dict[int, set[str]]:
    """Lines of a file of pairs with the checks that find something there."""
    settings = Settings(no_glossary=True)
    report = engine.check_loaded(engine.load_input(HERE / name, None, settings), settings)
    found: dict[int, set[str]] = {}
    for finding in report.findings:
        if finding.check in SMALL and finding.severity > Severity.NEUTRAL:
            found.setdefault((finding.source or finding.target)[0].line, set()).add(finding.check)
    return found


def test_sound_pairs_are_left_alone() -> None:
    assert told("sound_pairs.tsv") == {}


def test_a_fault_is_told_once_at_most_and_a_third_are_told() -> None:
    """A small word alone is seldom sure enough to be told; ``benchmarks/README.md`` has the share."""
    found = told("faulty_pairs.tsv")
    count = len((HERE / "faulty_pairs.tsv").read_text(encoding="utf-8").splitlines())
    assert count >= 30
    assert [n for n in range(1, count + 1) if len(found.get(n, ())) > 1] == []
    assert 3 * len(found) >= count
