"""Several revisers: their decisions are made one, the stricter stands, and where they differ is told in one line."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from aligncheck import language
from aligncheck.cli import main
from aligncheck.cli.project import tell_differences
from aligncheck.model import Decision
from aligncheck.waivers import differences, read_waivers
from aligncheck.waivers.apply import rulings
from aligncheck.waivers.baseline import Baseline, Recorded
from tests.gate.conftest import Desk

ONE, TWO = "0123456789abcdef", "fedcba9876543210"
TODAY = datetime.date(2026, 6, 1)


def export(path: Path, *rows: dict[str, Any]) -> Path:
    data = {"schema": "aligncheck-waivers/1", "waivers": list(rows)}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def said(decision: str, by: str, **more: Any) -> dict[str, Any]:
    return {"id": ONE, "decision": decision, "by": by, "reason": "r" if decision == "waive" else "", **more}


#: What two revisers decided, in either order: whether it is waived, what stands, and whether they differ.
CASES = {
    "both accept": (said("accept", "Li"), said("accept", "Wang"), False, "accept", False),
    "accept before waive": (said("accept", "Li"), said("waive", "Wang"), False, "accept", True),
    "accept before no error": (said("accept", "Li"), said("reject", "Wang"), False, "accept", True),
    "waive before no error": (said("waive", "Li"), said("reject", "Wang"), True, "", True),
    "both waive": (said("waive", "Li"), said("waive", "Li"), True, "", False),
    "a note decides nothing": (
        said("note", "Li", comment="p. 12"),
        said("waive", "Wang"),
        True,
        "waive",
        False,
    ),
    "what is over contradicts nobody": (
        said("accept", "Li"),
        said("waive", "Wang", until="2026-05-31"),
        False,
        "accept",
        False,
    ),
    "a wording is more than none": (
        said("accept", "Li", replacement="60"),
        said("accept", "Wang"),
        False,
        "accept",
        False,
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_the_stricter_decision_stands_whoever_is_named_first(case: str, turned: bool, tmp_path: Path) -> None:
    first, second, waived, stands, differ = CASES[case]
    rows = (second, first) if turned else (first, second)
    files = [export(tmp_path / f"{n}.json", row) for n, row in enumerate(rows)]
    entries = read_waivers(files)
    ruling = rulings(entries, TODAY)[ONE]
    assert (ruling.waiver is not None) is waived
    assert (ruling.decided.kind if ruling.decided else "") == stands
    assert len(differences(entries, TODAY)) == differ
    wordings = {r["replacement"] for r in rows if r.get("replacement")}
    assert {ruling.decided.wording} - {""} == wordings if ruling.decided else not wordings


def test_of_two_wordings_the_first_stands_and_both_notes_are_kept(tmp_path: Path) -> None:
    files = [
        export(tmp_path / "a.json", said("accept", "Li", replacement="60", comment="p. 12")),
        export(tmp_path / "b.json", said("accept", "Wang", replacement="sixty", comment="spell it out")),
    ]
    entries = read_waivers(files)
    assert rulings(entries, TODAY)[ONE].decided == Decision("accept", "Li", "p. 12; spell it out", "60")
    (difference,) = differences(entries, TODAY)
    assert (difference.stands.wording, difference.other.wording) == ("60", "sixty")


def test_a_baseline_is_nobodys_decision(tmp_path: Path) -> None:
    old = Baseline("b.json", {ONE: Recorded("2026-01-01", "a.txt")}).entries()
    accepted = read_waivers([export(tmp_path / "a.json", said("accept", "Li"))])
    ruling = rulings((*accepted, *old), TODAY)[ONE]
    assert ruling.waiver is not None
    assert ruling.waiver.kind == "baseline"
    assert ruling.decided == Decision("accept", "Li")
    assert differences((*accepted, *old), TODAY) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_differences_are_told_in_one_line(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f"{n:016x}" for n in range(5)]
    mine = export(tmp_path / "a.json", *({**said("accept", "Li"), "id": i} for i in ids))
    theirs = export(tmp_path / "b.json", *({**said("waive", ""), "id": i} for i in ids))
    language.use(lang)
    differ = differences(read_waivers([mine, theirs]), TODAY)
    assert len(differ) == 5
    tell_differences(differ)
    (line,) = capsys.readouterr().err.splitlines()
    assert ids[0] in line
    assert "a.json" in line
    assert "b.json" in line
    assert ids[4] not in line
    if lang == "en":
        assert "revisers differ, and the stricter decision stands" in line
        assert "(accepted by Li in a.json, not waived in b.json)" in line
        assert line.endswith("; and 2 more")
    else:
        assert not re.search(r"[a-z]{2,} [a-z]{2,}", line)
    tell_differences([])
    assert capsys.readouterr().err == ""


ZH = "工作报告\n全市改造老旧小区60个，新建公园12处。\n"
EN = "Work Report\nThe city renovated 80 old residential compounds and built 12 new parks.\n"


def finding(desk: Desk) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(desk.read("out/zh.aligncheck.json"))["findings"]
    (one,) = (f for f in found if any(s["text"] == "80" for s in f["target"]))
    return one


def test_check_gate_and_apply_read_two_revisers(desk: Desk) -> None:
    root = desk.root
    (root / "zh.txt").write_text(ZH, encoding="utf-8")
    (root / "en.txt").write_text(EN, encoding="utf-8")
    pair = ("check", "zh.txt", "en.txt", "-o", "out", "-f", "json")
    assert desk.run(*pair)[0] == 1
    one = finding(desk)
    row = {"id": one["id"], "by": "Li"}
    export(root / "a.json", {**row, "decision": "waive", "reason": "agreed"})
    export(
        root / "b.json",
        {**row, "by": "Wang", "decision": "accept", "replacement": "60", "target": one["target"]},
    )
    told = "revisers differ, and the stricter decision stands"
    code, _, err = desk.run(*pair, "--waivers", "a.json", "--waivers", "b.json")
    assert code == 1
    assert err.count(told) == 1
    assert finding(desk)["waived"] is None
    assert finding(desk)["decided"] == {"kind": "accept", "by": "Wang", "comment": "", "wording": "60"}
    code, _, err = desk.run(*pair, "--waivers", "a.json")
    assert (code, told in err) == (0, False)
    assert finding(desk)["waived"]["reason"] == "agreed"
    assert desk.run(*pair, "-q", "--waivers", "a.json", "--waivers", "b.json") == (1, "", "")
    code, _, err = desk.run("apply", "a.json", "b.json", "en.txt", "-o", "fixed.txt")
    assert (code, err.count(told)) == (0, 1)
    assert desk.read("fixed.txt") == EN.replace("80", "60")
    desk.draft("plan", EN, ZH)
    code, _, err = desk.run("gate", "--waivers", "a.json", "--waivers", "b.json")
    assert (code, err.count(told)) == (1, 1)
    assert desk.run("gate", "--waivers", "a.json")[0] == 0


def test_a_decision_about_another_document_differs_unheard(desk: Desk) -> None:
    (desk.root / "zh.txt").write_text(ZH, encoding="utf-8")
    (desk.root / "en.txt").write_text(EN.replace("80", "60"), encoding="utf-8")
    export(desk.root / "a.json", said("accept", "Li"))
    export(desk.root / "b.json", said("waive", "Wang"))
    code, _, err = desk.run("check", "zh.txt", "en.txt", "--waivers", "a.json", "--waivers", "b.json")
    assert (code, "revisers differ" in err) == (0, False)


def test_a_draft_is_named_after_the_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    mine = export(tmp_path / "a.json", said("accept", "Li"))
    assert main(["apply", str(tmp_path / "en.txt")]) == 2
    assert "DECISIONS" in capsys.readouterr().err
    assert main(["apply", str(tmp_path / "en.txt"), str(mine)]) == 2
    assert "holds no decisions" in capsys.readouterr().err
