"""Pairs that are no pairs: one finding for the document, not hundreds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bitext, Report, Severity
from aligncheck.reports.json_report import report_data

Make = Callable[[str, str], Bitext]
BANK = yaml.safe_load((Path(__file__).parent / "cases/bank.yaml").read_text(encoding="utf-8"))
ZH = [p["zh"] for p in BANK]
EN = [p["en"] for p in BANK]
STORY = [
    "Her grandfather kept bees on the slope behind the house.",
    "The novel opens with a storm at sea and a missing lighthouse keeper.",
    "Nobody remembered who had painted the ceiling of the chapel.",
    "The recipe calls for two eggs, a spoonful of honey and some patience.",
    "On the third day the violinist lost his voice.",
    "A fox crossed the frozen pond and looked back once.",
    "He never learned to swim, though he was born on an island.",
    "The letters were tied with a blue ribbon and never opened.",
]


def check(bitext: Bitext) -> Report:
    return engine.check_loaded(bitext, Settings(no_glossary=True))


def loud(report: Report) -> list[str]:
    """The checks of all findings about meaning that are shown by default."""
    mine = {
        "omission",
        "addition",
        "wrong-sentence",
        "order",
        "merge",
        "split",
        "documents",
        "reversed-meaning",
    }
    return [f.check for f in report.findings if f.severity > Severity.NEUTRAL and f.check in mine]


def test_unrelated_texts_are_one_finding(make_bitext: Make) -> None:
    assert loud(check(make_bitext("\n".join(ZH), "\n".join(STORY)))) == ["documents"]


def test_a_part_is_one_finding(make_bitext: Make) -> None:
    found = loud(check(make_bitext("\n".join(ZH), "\n".join(EN[10:18]))))
    assert found == ["documents"]


def test_sides_swapped_or_same(make_bitext: Make) -> None:
    assert loud(check(make_bitext("\n".join(EN), "\n".join(ZH)))) == ["documents"]
    assert loud(check(make_bitext("\n".join(ZH), "\n".join(ZH)))) == ["documents"]


def test_a_true_pair_is_none(make_bitext: Make) -> None:
    assert "documents" not in loud(check(make_bitext("\n".join(ZH), "\n".join(EN))))


@pytest.mark.parametrize(
    ("zh", "en"), [("。", "."), ("——", "***"), ("一", "I"), ("　", "x" * 4000), ("啊" * 3000, "a")]
)
def test_odd_texts_do_not_break(zh: str, en: str, make_bitext: Make) -> None:
    for bead in check(make_bitext(zh, en)).alignments:
        assert bead.quality is not None
        assert 0 <= bead.quality <= 1


def test_one_cause_one_finding(make_bitext: Make) -> None:
    """A missing sentence silences what its figures and names would give."""
    english = [e for i, e in enumerate(EN) if i != 16]
    report = check(make_bitext("\n".join(ZH[10:20]), "\n".join(english[10:19])))
    spans = [(s.block, f.check) for f in report.findings if f.severity > Severity.NEUTRAL for s in f.source]
    assert [c for b, c in spans if b == 6] == ["omission"]


def test_quality_and_coverage_fall_with_what_is_cut(make_bitext: Make) -> None:
    whole, cut, wrong = [], [], []
    for pair, other in zip(BANK, BANK[7:] + BANK[:7], strict=True):
        words = pair["en"].split()
        for into, en in (
            (whole, pair["en"]),
            (cut, " ".join(words[: len(words) // 2])),
            (wrong, other["en"]),
        ):
            bead = report_data(check(make_bitext(pair["zh"], en)))["alignments"]
            into.append((bead[0]["quality"], bead[0]["coverage"]["source"]) if len(bead) == 1 else (0.0, 0.0))
    for n in (0, 1):
        means = [sum(row[n] for row in rows) / len(rows) for rows in (whole, cut, wrong)]
        assert means[0] > means[1] + 0.1 > means[2] + 0.1
    assert sum(w[1] > c[1] for w, c in zip(whole, cut, strict=True)) >= 0.9 * len(whole)
