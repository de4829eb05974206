"""The gate: what it checks, what it refuses, what it remembers."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from aligncheck import engine
from aligncheck.archive import keys
from aligncheck.archive.cache import Cache, head_of
from aligncheck.archive.codec import from_data, to_data
from aligncheck.config import Settings
from aligncheck.model import Problem, Report

from .conftest import EN, TOML, ZH, Desk, quick_check

WRONG = EN.replace("350", "530")


def test_clean_pairs_pass(desk: Desk) -> None:
    code, out, err = desk.run("gate")
    assert code == 0
    assert out.splitlines()[0].split() == ["pair", "verdict", "per", "1,000"]
    assert [row.split()[:2] for row in out.splitlines()[2:4]] == [
        ["drafts/plan.zh.txt", "pass"],
        ["drafts/report.zh.txt", "pass"],
    ]
    assert "2 pairs: 2 passed, 0 refused" in err
    assert (desk.root / "reports_out/drafts/plan.zh.aligncheck.json").exists()


def test_a_wrong_figure_is_refused_with_its_place(desk: Desk) -> None:
    desk.draft("plan", WRONG)
    code, out, _ = desk.run("gate")
    assert code == 1
    assert "drafts/plan.zh.txt: refused: 1 finding at or above major" in out
    assert "drafts/plan.en.txt:2: major number [" in out
    assert "The Chinese has no 530." in out


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (["--fail-on", "critical"], 0, ""),
        (["--fail-on", "never"], 0, ""),
        (["--fail-on", "never", "--max-penalty", "1"], 1, "is over 1"),
        (["--fail-on", "never", "--limit", "number=0"], 1, "1 of number, limit 0"),
        (["--fail-on", "never", "--limit", "number=1"], 0, ""),
        (["--fail-on", "never", "--limit", "date=0"], 0, ""),
    ],
)
def test_what_fails_a_pair(desk: Desk, options: list[str], code: int, why: str) -> None:
    desk.draft("plan", WRONG)
    found, out, _ = desk.run("gate", *options)
    assert found == code
    assert why in out


def test_limits_and_severities_by_path(desk: Desk) -> None:
    desk.draft("plan", WRONG)
    extra = '[[overrides]]\nfiles = ["drafts/plan.*"]\nfail-on = "never"\n[overrides.limits]\nnumber = 0\n'
    desk.write("aligncheck.toml", TOML + extra)
    code, out, _ = desk.run("gate")
    assert code == 1
    assert "refused: 1 of number, limit 0" in out


def test_an_orphan_is_named_and_the_rest_goes_on(desk: Desk) -> None:
    (desk.root / "drafts/plan.en.txt").unlink()
    code, out, err = desk.run("gate")
    assert code == 2
    assert "error: drafts/plan.zh.txt: its partner drafts/plan.en.txt is missing" in err
    assert "drafts/report.zh.txt" in out
    desk.write("aligncheck.toml", 'orphans = "warn"\n' + TOML)
    assert desk.run("gate")[0] == 0


def test_an_unreadable_file_is_named_and_the_rest_goes_on(desk: Desk) -> None:
    desk.write("drafts/plan.en.txt", "")
    code, out, _ = desk.run("gate")
    assert code == 2
    assert "plan.en.txt" in out
    assert "ERROR" in out
    assert "drafts/report.zh.txt  pass" in out


@pytest.mark.parametrize(
    ("config", "say"),
    [
        ("", "says nothing about which files to check"),
        ('[[pairs]]\nsource = "nowhere/{n}.zh"\ntarget = "nowhere/{n}.en"\n', "no file fits the patterns"),
        ("nonsense", "not valid TOML"),
        (
            TOML + '[[pairs]]\nsource = "drafts/{n}.zh.txt"\ntarget = "drafts/{n}.en.txt.bak"\n',
            "two patterns claim",
        ),
        (TOML.replace("json", "jsn"), "unknown format 'jsn'"),
        (TOML + "[limits]\nnumber = -1\n", "number must be a number of 0 or more"),
    ],
)
def test_configurations_that_do_not_work(desk: Desk, config: str, say: str) -> None:
    desk.write("drafts/plan.en.txt.bak", EN)
    desk.write("aligncheck.toml", config)
    code, _, err = desk.run("gate")
    assert code == 2
    assert say in err
    assert "Traceback" not in err


def test_no_configuration(desk: Desk) -> None:
    (desk.root / "aligncheck.toml").unlink()
    code, _, err = desk.run("gate", "--isolated")
    assert code == 2
    assert "'aligncheck init'" in err


def test_a_conflict_in_the_waivers_stops_the_gate(desk: Desk) -> None:
    desk.write("waivers.txt", "<<<<<<< HEAD\n=======\n>>>>>>> x\n")
    code, _, err = desk.run("gate")
    assert code == 2
    assert "waivers.txt:1: has the marks of a merge conflict" in err


def test_unchanged_pairs_are_not_checked_again(desk: Desk, checks_made: list[str]) -> None:
    desk.run("gate")
    assert len(checks_made) == 2
    first = desk.read("reports_out/drafts/plan.zh.aligncheck.json")
    (desk.root / "reports_out/drafts/plan.zh.aligncheck.json").unlink()
    code, out, err = desk.run("gate")
    assert (code, len(checks_made)) == (0, 2)
    assert "2 unchanged" in err
    assert desk.read("reports_out/drafts/plan.zh.aligncheck.json") == first
    desk.draft("plan", WRONG)
    assert desk.run("gate")[0] == 1
    assert checks_made[2:] == ["drafts/plan.zh.txt"]
    # Another setting, another glossary, no cache: checked again.
    desk.run("gate", "--config", "aligncheck.toml", "--fail-on", "critical")
    assert len(checks_made) == 5
    desk.run("gate", "--no-cache")
    assert len(checks_made) == 7
    # A file in another folder with the same name is the same text.
    (desk.root / "drafts").rename(desk.root / "final")
    desk.write("aligncheck.toml", TOML.replace("drafts/", "final/"))
    code, out, _ = desk.run("gate")
    assert (code, len(checks_made)) == (1, 7)
    assert "final/plan.en.txt:2: major" in out
    assert (
        json.loads(desk.read("reports_out/final/plan.zh.aligncheck.json"))["documents"]["target"]["path"]
        == "final/plan.en.txt"
    )


def test_a_waiver_alone_needs_no_new_check(desk: Desk, checks_made: list[str]) -> None:
    desk.draft("plan", WRONG)
    _, out, _ = desk.run("gate")
    identity = out.split("[")[1][:16]
    desk.run("waive", identity, "--reason", "r", "--by", "b")
    assert desk.run("gate")[0] == 0
    assert len(checks_made) == 2
    report = json.loads(desk.read("reports_out/drafts/plan.zh.aligncheck.json"))
    assert report["findings"][0]["waived"]["by"] == "b"


def test_broken_entries_count_as_none(desk: Desk, checks_made: list[str]) -> None:
    desk.run("gate")
    for path in (desk.root / ".aligncheck-cache").glob("??/*"):
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 0xFF
        path.write_bytes(raw if path.stat().st_size % 2 else raw[:20])
    assert desk.run("gate")[0] == 0
    assert len(checks_made) == 4
    assert desk.run("gate")[0] == 0
    assert len(checks_made) == 4


def test_a_foreign_cache_folder_is_left_alone(desk: Desk) -> None:
    desk.write("photos/holiday.jpg", "x")
    code, _, err = desk.run("gate", "--cache", "photos")
    assert code == 0
    assert "no cache: photos holds other things and is no cache of ours" in err
    assert os.listdir(desk.root / "photos") == ["holiday.jpg"]
    desk.write("file", "x")
    code, _, err = desk.run("gate", "--cache", "file")
    assert code == 0
    assert "file is a file, not a folder" in err


def test_the_cache_stands_concurrent_writers(tmp_path: Path, desk: Desk) -> None:
    report = quick_check(str(desk.root / "drafts/plan.zh.txt"), str(desk.root / "drafts/plan.en.txt"))
    cache = Cache(tmp_path / "c")
    seen: list[bool] = []

    def work() -> None:
        for _ in range(20):
            Cache(tmp_path / "c").put("ab" * 32, report)
            seen.append(Cache(tmp_path / "c").report("ab" * 32) == report)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(seen)
    assert len(seen) == 80
    assert cache.head("ab" * 32) == head_of(report)
    assert not list((tmp_path / "c").rglob("*.tmp"))


def test_old_entries_are_pruned(tmp_path: Path, desk: Desk) -> None:
    report = quick_check(str(desk.root / "drafts/plan.zh.txt"), str(desk.root / "drafts/plan.en.txt"))
    cache = Cache(tmp_path / "c")
    cache.put("ab" * 32, report)
    assert cache.prune() == 0
    assert cache.prune(now=4e9) == 1
    assert cache.report("ab" * 32) is None


def test_the_codec_is_the_identity(desk: Desk) -> None:
    desk.draft("plan", WRONG)
    report = quick_check(str(desk.root / "drafts/plan.zh.txt"), str(desk.root / "drafts/plan.en.txt"))
    assert from_data(Report, json.loads(json.dumps(to_data(report)))) == report
    with pytest.raises((ValueError, TypeError)):
        from_data(Report, [1, 2])


def test_keys_tell_inputs_and_settings_apart() -> None:
    made = {
        keys.result_key(settings, parts)
        for settings in (Settings(), Settings(strict_terms=True), Settings(checks={"figures": False}))
        for parts in (["a", "b"], ["b", "a"], ["ab"], ["a", "b", ""])
    }
    assert len(made) == 12


def test_changed_since(desk: Desk, checks_made: list[str]) -> None:
    desk.git("init", "-q")
    base = desk.commit("first")
    code, _, err = desk.run("gate", "--changed-since", base)
    assert (code, checks_made) == (0, [])
    assert "0 pairs" in err
    desk.draft("plan", EN + "More.\n")
    desk.draft("brand new")
    desk.run("gate", "--changed-since", base)
    assert sorted(checks_made) == ["drafts/brand new.zh.txt", "drafts/plan.zh.txt"]
    checks_made.clear()
    desk.commit("second")
    desk.run("gate", "--changed-since", "HEAD~1", "--no-cache")
    assert sorted(checks_made) == ["drafts/brand new.zh.txt", "drafts/plan.zh.txt"]
    checks_made.clear()
    desk.write("waivers.txt", "# other\n")
    _, _, err = desk.run("gate", "--changed-since", "HEAD", "--no-cache")
    assert "waivers.txt has changed: all pairs are checked" in err
    assert len(checks_made) == 3
    code, _, err = desk.run("gate", "--changed-since", "v9")
    assert code == 2
    assert "git knows no revision 'v9'" in err
    assert "fetch-depth" in err


def test_changed_since_without_git(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = desk.run("gate", "--changed-since", "HEAD")
    assert code == 2
    assert "git" in err
    monkeypatch.setenv("PATH", "")
    code, _, err = desk.run("gate", "--changed-since", "HEAD")
    assert code == 2
    assert "not installed" in err


def test_files_restrict_the_run(desk: Desk, checks_made: list[str]) -> None:
    desk.write("README.md", "of no pair")
    desk.run("gate", "drafts/plan.en.txt", "README.md")
    assert checks_made == ["drafts/plan.zh.txt"]


@pytest.mark.parametrize("option", ["--sarif", "--codequality", "--summary", "--json"])
def test_a_draft_that_is_not_looked_at_is_not_written_over(desk: Desk, option: str) -> None:
    before = desk.read("drafts/report.en.txt")
    code, _, err = desk.run("gate", "drafts/plan.en.txt", "--no-reports", option, "drafts/report.en.txt")
    assert (code, err.count("error:")) == (2, 1)
    assert "a file that this command reads" in err
    assert desk.read("drafts/report.en.txt") == before


def test_a_folder_stands_for_the_pairs_in_it(desk: Desk, checks_made: list[str]) -> None:
    desk.write("other/note.txt", "of no pair")
    desk.write("drafts/lonely.zh.txt", ZH)
    assert desk.run("gate", "other", "--no-reports")[0] == 0
    assert checks_made == []
    code, _, err = desk.run("gate", "drafts/", "--no-reports")
    assert sorted(checks_made) == ["drafts/plan.zh.txt", "drafts/report.zh.txt"]
    assert (code, "drafts/lonely.en.txt is missing" in err) == (2, True)


def test_a_name_that_leads_nowhere_is_no_pass(desk: Desk, checks_made: list[str]) -> None:
    for repository in (False, True):
        if repository:
            desk.git("init", "-q")
            desk.commit("all")
        code, _, err = desk.run("gate", "drafts/paln.en.txt", "--no-reports")
        assert (code, err.count("error:")) == (2, 1)
        assert "drafts/paln.en.txt: there is no such file" in err
    assert checks_made == []
    # What git remembers was deleted, and a pair that goes as a whole is no mistake.
    for name in ("plan.zh.txt", "plan.en.txt"):
        (desk.root / "drafts" / name).unlink()
    assert desk.run("gate", "drafts/plan.zh.txt", "drafts/plan.en.txt", "--no-reports")[0] == 0


def test_baseline(desk: Desk) -> None:
    desk.draft("plan", WRONG.replace("4800", "8400"))
    assert desk.run("gate")[0] == 1
    code, _, err = desk.run("baseline", "--today", "2026-01-15")
    assert code == 0
    assert "2 old findings: 2 new, 0 still there, 0 gone" in err
    code, out, _ = desk.run("gate")
    assert code == 0
    assert "baseline since 2026-01-15: 2 old findings, 2 still there, 0 gone" in out
    # One is mended: the gate says so; a new one is refused.
    desk.draft("plan", WRONG.replace("12", "21"))
    code, out, _ = desk.run("gate")
    assert code == 1
    assert "2 old findings, 1 still there, 1 gone" in out
    assert "The Chinese has no 21." in out
    assert "530" not in out
    desk.run("baseline", "--shrink", "--today", "2026-02-01")
    data = json.loads(desk.read("baseline.json"))
    assert [r["since"] for r in data["findings"].values()] == ["2026-01-15"]
    desk.run("baseline", "--today", "2026-02-01")
    data = json.loads(desk.read("baseline.json"))
    assert sorted(r["since"] for r in data["findings"].values()) == ["2026-01-15", "2026-02-01"]
    code, out, _ = desk.run("baseline", "--show")
    assert "2026-02-01" in out
    report = json.loads(desk.read("reports_out/drafts/plan.zh.aligncheck.json"))
    assert {f["waived"]["kind"] for f in report["findings"] if f["waived"]} == {"baseline"}


def test_baseline_of_one_pair_and_of_broken_files(desk: Desk) -> None:
    desk.draft("plan", WRONG)
    desk.run("baseline", "drafts/plan.zh.txt", "drafts/plan.en.txt", "--file", "b.json")
    assert len(json.loads(desk.read("b.json"))["findings"]) == 1
    before = desk.read("b.json")
    desk.write("drafts/plan.en.txt", "")
    assert desk.run("baseline", "--file", "b.json")[0] == 2
    assert desk.read("b.json") == before


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("<<<<<<< HEAD\n", "merge conflict"),
        ("[]", "is no baseline"),
        ('{"schema": "aligncheck-baseline/1", "findings": {"x": {}}}', "makes no sense"),
        ("{", "not valid JSON"),
    ],
)
def test_baselines_that_do_not_work(desk: Desk, text: str, say: str) -> None:
    desk.write("baseline.json", text)
    code, _, err = desk.run("gate")
    assert code == 2
    assert say in err
    assert desk.read("baseline.json") == text


def test_a_crashing_check_is_our_bug_and_the_report_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    def check(
        source: str, target: str | None = None, settings: Settings | None = None, **_: object
    ) -> Report:
        report = quick_check(source, target, settings)
        return replace(
            report, problems=(Problem("check 'figures' crashed: KeyError('x')", "figures", "Traceback…"),)
        )

    monkeypatch.setattr(engine, "check", check)
    code, out, _ = desk.run("gate")
    assert code == 3
    assert "internal error: check 'figures' crashed" in out
    assert (desk.root / "reports_out/drafts/plan.zh.aligncheck.json").exists()
    # A result with a hole in it is not remembered.
    assert "unchanged" not in desk.run("gate")[2]


def test_summary_and_json(desk: Desk) -> None:
    desk.draft("plan", WRONG)
    desk.write("summary.md", "before\n")
    code, _, _ = desk.run("gate", "--summary", "summary.md", "--json", "gate.json")
    text = desk.read("summary.md")
    assert text.startswith("before\n### aligncheck: refused\n")
    assert "| drafts/plan.zh.txt | **fail** |" in text
    data = json.loads(desk.read("gate.json"))
    assert data["exit_code"] == code == 1
    assert [p["verdict"] for p in data["pairs"]] == ["fail", "pass"]
    code, out, _ = desk.run("gate", "--json", "-")
    assert json.loads(out)["schema"] == "aligncheck-gate/1"


def test_reports_of_files_with_one_stem_do_not_clash(desk: Desk) -> None:
    desk.write("both/a.zh.txt", ZH)
    desk.write("both/a.zh.md", EN.replace("\n", "\n\n"))
    desk.write(
        "aligncheck.toml",
        TOML.replace(
            "[[pairs]]", '[[pairs]]\nsource = "both/{n}.zh.txt"\ntarget = "both/{n}.zh.md"\n[[pairs]]', 1
        ),
    )
    assert desk.run("gate")[0] == 0
    assert (desk.root / "reports_out/both/a.zh.aligncheck.json").exists()


@pytest.mark.slow
def test_several_processes_say_the_same_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(desk.root)
    desk.draft("plan", WRONG)
    one = desk.run("gate", "--no-cache", "--json", "-", "--no-reports")
    two = desk.run("gate", "--no-cache", "--json", "-", "--no-reports", "--jobs", "2")
    assert one[:2] == two[:2]
