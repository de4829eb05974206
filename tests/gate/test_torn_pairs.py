"""Pairs of which one half is deleted or renamed: the gate and the hook see it, with real commits."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

from .conftest import EN, ZH, Desk

HOOKS = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.git("init", "-q", "-b", "main")
    desk.write(".gitignore", "reports_out/\n.aligncheck-cache/\n")
    desk.commit("the drafts")
    return desk


def hook(desk: Desk, *files: str) -> tuple[int, str, str]:
    """What pre-commit runs for a commit that changes some files (deleted ones are never named)."""
    described = next(h for h in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if h["id"] == "aligncheck")
    assert described["always_run"]  # else a commit that only deletes would not be looked at
    return desk.run(*shlex.split(described["entry"])[1:], *files)


@pytest.mark.parametrize(("gone", "left"), [("en", "zh"), ("zh", "en")])
def test_a_deleted_half_is_seen(office: Desk, gone: str, left: str) -> None:
    office.git("rm", "-q", f"drafts/plan.{gone}.txt")
    wanted = f"error: drafts/plan.{left}.txt: its partner drafts/plan.{gone}.txt is missing"
    code, _, err = hook(office)
    assert (code, wanted in err) == (2, True), err
    office.commit("gone")
    code, out, err = office.run("gate", "--changed-since", "HEAD~1")
    assert (code, wanted in err) == (2, True), err
    assert "report" not in out


def test_a_renamed_half_is_seen_under_both_names(office: Desk) -> None:
    office.git("mv", "drafts/plan.en.txt", "drafts/scheme.en.txt")
    code, _, err = hook(office, "drafts/scheme.en.txt")
    assert code == 2
    assert "drafts/plan.zh.txt: its partner drafts/plan.en.txt is missing" in err
    assert "drafts/scheme.en.txt: its partner drafts/scheme.zh.txt is missing" in err
    office.commit("renamed by half")
    assert office.run("gate", "--changed-since", "HEAD~1")[0] == 2
    office.git("mv", "drafts/plan.zh.txt", "drafts/scheme.zh.txt")
    assert hook(office, "drafts/scheme.zh.txt")[0] == 0
    office.commit("renamed as a whole")
    assert office.run("gate", "--changed-since", "HEAD~2")[0] == 0


def test_renamed_to_a_name_that_no_pattern_fits(office: Desk) -> None:
    office.git("mv", "drafts/plan.en.txt", "drafts/plan-english.txt")
    office.commit("out of sight")
    code, _, err = office.run("gate", "--changed-since", "HEAD~1")
    assert code == 2
    assert "drafts/plan.zh.txt: its partner drafts/plan.en.txt is missing" in err


def test_a_pair_deleted_as_a_whole_is_no_mistake(office: Desk) -> None:
    office.git("rm", "-q", "drafts/plan.en.txt", "drafts/plan.zh.txt")
    assert hook(office)[0] == 0
    office.commit("both gone")
    assert office.run("gate", "--changed-since", "HEAD~1")[0] == 0


def test_a_half_taken_out_of_git_but_not_out_of_the_folder(office: Desk, checks_made: list[str]) -> None:
    office.git("rm", "-q", "--cached", "drafts/plan.en.txt")
    code, _, err = hook(office)
    assert code == 2
    assert "drafts/plan.zh.txt: its partner drafts/plan.en.txt is missing" in err
    assert checks_made == []


def test_the_hook_looks_at_what_is_staged_and_named_only(office: Desk, checks_made: list[str]) -> None:
    assert hook(office)[0] == 0
    assert checks_made == []
    office.draft("plan", EN + "More.\n", ZH + "更多。\n")
    hook(office)
    assert checks_made == []
    office.git("add", "drafts/plan.en.txt")
    hook(office)
    assert checks_made == ["drafts/plan.zh.txt"]
    checks_made.clear()
    hook(office, "drafts/report.en.txt")
    assert checks_made == ["drafts/report.zh.txt"]


def test_other_peoples_orphans_are_not_this_commits(office: Desk) -> None:
    office.git("rm", "-q", "drafts/report.en.txt")
    office.commit("somebody else's slip")
    office.draft("plan", EN + "More.\n", ZH + "更多。\n")
    office.git("add", "-A")
    assert hook(office, "drafts/plan.en.txt")[0] == 0
    code, _, err = office.run("gate", "drafts/report.en.txt")
    assert code == 2, "the half that is gone was asked for by name"
    assert "its partner drafts/report.en.txt is missing" in err


def test_a_missing_half_may_be_tolerated(office: Desk) -> None:
    office.write("aligncheck.toml", 'orphans = "warn"\n' + office.read("aligncheck.toml"))
    office.commit("tolerant")
    office.git("rm", "-q", "drafts/plan.en.txt")
    code, _, err = hook(office)
    assert code == 0
    assert "warning: drafts/plan.zh.txt: its partner" in err


def test_names_with_signs_of_patterns_and_partners_in_other_folders(desk: Desk) -> None:
    desk.write(
        "aligncheck.toml",
        '[[pairs]]\nsource = "zh/{**name}.txt"\ntarget = "en/*/{**name}.txt"\n',
    )
    desk.write("zh/a{b}[c].txt", ZH)
    desk.write("en/x/a{b}[c].txt", EN)
    desk.git("init", "-q")
    desk.commit("odd names")
    desk.git("rm", "-q", "en/x/a{b}[c].txt")
    desk.commit("torn")
    code, _, err = desk.run("gate", "--changed-since", "HEAD~1")
    assert code == 2
    assert "zh/a{b}[c].txt: its partner" in err
