"""Quality and coverage of pairs: the scale, what lowers them, several translations of one text."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import yaml

from aligncheck import engine
from aligncheck.checks.coverage import Passage
from aligncheck.checks.pair_features import among, features
from aligncheck.config import Settings

CASES = Path(__file__).parent / "cases"
BANK = yaml.safe_load((CASES / "bank.yaml").read_text(encoding="utf-8"))
JURY = yaml.safe_load((CASES.parent / "quality" / "several-translations.yaml").read_text(encoding="utf-8"))


def rated(tmp_path: Path, pairs: list[tuple[str, str]]) -> list[tuple[float, float]]:
    """Quality and coverage of the source, of every pair of a file."""
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in pairs), encoding="utf-8")
    bitext = engine.load_input(path, None, Settings())
    beads = engine.check_loaded(bitext, Settings()).alignments
    return [(b.quality or 0.0, b.source_coverage or 0.0) for b in beads]


def _clauses_dropped(english: str) -> list[str]:
    """The text without one of its parts that commas or semicolons end."""
    parts = re.split(r"(?<=[,;]) ", english)
    return [" ".join(parts[:n] + parts[n + 1 :]) for n in range(1, len(parts))]


def test_dropping_a_clause_lowers_both_numbers(tmp_path: Path) -> None:
    pairs: list[tuple[str, str]] = []
    whole: list[int] = []
    for pair in BANK:
        first = len(pairs)
        pairs.append((pair["zh"], pair["en"]))
        whole.append(first)
        for cut in _clauses_dropped(pair["en"]):
            pairs.append((pair["zh"], cut))
            whole.append(first)
    falls = []
    for n, (zh, en) in enumerate(pairs):
        if whole[n] == n:  # one file a pair and its cut: no jury
            continue
        full, less = rated(tmp_path, [pairs[whole[n]], (zh, en)])
        falls.append((full[0] > less[0], full[1] > less[1]))
    assert len(falls) >= 10
    for column in (0, 1):
        assert sum(f[column] for f in falls) >= 0.95 * len(falls)


def test_scale(tmp_path: Path) -> None:
    true = rated(tmp_path, [(p["zh"], p["en"]) for p in BANK])
    wrong = rated(tmp_path, [(p["zh"], q["en"]) for p, q in zip(BANK, BANK[9:] + BANK[:9], strict=True)])
    assert sum(b[0] for b in true) / len(true) > 0.6
    assert sum(b[0] for b in wrong) / len(wrong) < 0.25
    assert sum(b[1] for b in true) / len(true) > 0.8
    assert sum(b[1] for b in wrong) / len(wrong) < 0.4


@pytest.mark.parametrize("case", JURY, ids=lambda c: c["name"])
def test_several_translations(case: dict[str, object], tmp_path: Path) -> None:
    """Each case: a Chinese text, translations, the number of the worst, and what it lacks."""
    zh, translations = str(case["zh"]), list(case["en"])  # type: ignore[call-overload]
    beads = rated(tmp_path, [(zh, en) for en in translations])
    worst = case["worst"]
    quality = [b[0] for b in beads]
    assert quality.index(min(quality)) == worst
    if case["lacks"]:
        covered = [b[1] for b in beads]
        assert covered.index(min(covered)) == worst
    # The same translation twice is one opinion; the order of the rows changes only the encoder's rounding.
    again = rated(tmp_path, [(zh, en) for en in [*translations, translations[0]]])
    assert [b[0] for b in again] == [*quality, quality[0]]
    turned = rated(tmp_path, [(zh, en) for en in translations[::-1]])
    assert [b[0] for b in turned[::-1]] == pytest.approx(quality, abs=0.05)


def test_two_translations_are_no_jury(tmp_path: Path) -> None:
    case = JURY[0]
    alone = [rated(tmp_path, [(case["zh"], en)])[0] for en in case["en"][:2]]
    beside = rated(tmp_path, [(case["zh"], en) for en in case["en"][:2]])
    assert [b[0] for b in alone] == [b[0] for b in beside]


def test_every_number_that_ships_is_of_a_feature() -> None:
    models = json.loads((files("aligncheck.checks") / "data" / "quality.json").read_text(encoding="utf-8"))
    nothing = Passage([], [], np.zeros((0, 0), np.float32), np.zeros((0, 0)), np.zeros((0, 0)))
    single, several = features(nothing, "", ""), among([nothing] * 3)[0]
    for name, model in models.items():
        known = {*single, *(several if name.endswith(" among") else ()), "slope", "middle"}
        assert not model.keys() - known
        assert model["slope"] > 0
