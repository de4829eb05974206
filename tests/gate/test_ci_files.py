"""The files for pre-commit, GitHub and GitLab: valid, and in step with the command's options."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from aligncheck.archive.merge import merge_sarif
from aligncheck.cli.gate import COMMAND

from .conftest import EN, Desk

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = {o for p in COMMAND.params for o in p.opts}


@pytest.mark.parametrize("name", ["action.yml", ".pre-commit-hooks.yaml", "ci/gitlab.yml"])
def test_options_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    code = "\n".join(row for row in text.splitlines() if not row.strip().startswith("#"))
    used = {
        option
        for row in code.splitlines()
        if "options" in row or "aligncheck gate" in row or "set --" in row
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", row)
    }
    assert used
    assert used <= OPTIONS


def test_hooks_are_what_pre_commit_wants() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["language"] == "python"
        with COMMAND.make_context("gate", shlex.split(hook["entry"])[2:]) as context:
            assert isinstance(context, click.Context)


def test_the_action_takes_no_input_into_a_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        if "run" in step:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]


def test_one_sarif_and_one_code_quality_file_for_all_pairs(desk: Desk) -> None:
    desk.draft("plan", EN.replace("350", "530"))
    desk.draft("report", EN.replace("4800", "8400"))
    code, _, err = desk.run("gate", "--sarif", "all.sarif", "--codequality", "cq.json")
    assert code == 1, err
    (run,) = json.loads(desk.read("all.sarif"))["runs"]
    assert len(run["results"]) == 2
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]} == {
        "drafts/plan.en.txt",
        "drafts/report.en.txt",
    }
    assert len(json.loads(desk.read("cq.json"))) == 2
    assert merge_sarif([])["runs"] == []
