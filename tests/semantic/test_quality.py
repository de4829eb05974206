"""Quality and coverage of pairs: the scale, what lowers them, several translations of one text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import yaml

from aligncheck import engine
from aligncheck.checks.coverage import Passage
from aligncheck.checks.pair_features import among, features
from aligncheck.config import Settings
from aligncheck.model import Bitext, Severity

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


def test_a_clause_missing_from_a_row_is_told_and_a_whole_row_is_not(tmp_path: Path) -> None:
    rows = [
        (
            "全市新建幼儿园十二所，改造农村公路八十公里，建成社区食堂三十家。",
            "The city built 12 new kindergartens, and opened 30 community canteens.",
        ),
        (
            "全市新建幼儿园十二所，改造农村公路八十公里，建成社区食堂三十家。",
            "The city built 12 new kindergartens, upgraded 80 kilometers of rural "
            "roads, and opened 30 community canteens.",
        ),
    ]
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in rows), encoding="utf-8")
    report = engine.check_loaded(engine.load_input(path, None, Settings()), Settings())
    told = [
        (s.line, s.text)
        for f in report.findings
        if f.check == "omission" and f.severity > Severity.NEUTRAL
        for s in f.source
    ]
    assert [line for line, _ in told] == [1]
    assert "农村公路" in told[0][1]


def test_what_is_left_in_chinese_takes_its_figures_with_it(make_bitext: Callable[[str, str], Bitext]) -> None:
    zh = "深化改革，优化服务。\n诉求解决率、群众满意率分别达到95.5%和96.1%。\n绿色空间不断扩大。"
    en = (
        "We deepened reform and improved services.\n诉求解决率、群众满意率分别达到95.5%和96.1%。\n"
        "Green space kept growing."
    )
    report = engine.check_loaded(make_bitext(zh, en), Settings(no_glossary=True))
    loud = [f for f in report.findings if f.severity > Severity.NEUTRAL]
    assert [f.check for f in loud] == ["untranslated"]
    assert loud[0].source[0].text in zh
    assert loud[0].target[0].text.startswith("诉求解决率")
