"""The files for pre-commit, GitHub and GitLab: valid, and in step with the command's options."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
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


def test_the_image_keeps_what_runs_and_leaves_what_builds(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("image_root", ROOT / "ci" / "image_root.py")
    assert spec is not None
    assert spec.loader is not None
    layout = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(layout)
    site = tmp_path / "site"
    files = {
        "aligncheck/__init__.py": "from other import deep, alone\n",
        "aligncheck/py.typed": "",
        "aligncheck/testing.py": "",
        "other/__init__.py": "import pathlib\nTABLE = pathlib.Path(__file__).with_name('table.h5').read_text()\n",
        "other/deep.py": "def two(): return 2\n",
        "other/alone.py": "",
        "other/deep.pyi": "def two() -> int: ...\n",
        "other/table.h5": "kept",
        "other/include/other.h": "",
        "other/tests/test_it.py": "",
        "other/template.py": "{{ not python }",
        "single.py": "N = 1\n",
        "sqlalchemy/testing/suite.py": "",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    layout.slim(site)
    left = {
        p.relative_to(site).as_posix()
        for p in site.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert left == {
        "aligncheck/__init__.py",
        "aligncheck/py.typed",
        "aligncheck/testing.py",
        "other/__init__.pyc",
        "other/deep.pyc",
        "other/alone.pyc",
        "other/table.h5",
        "other/template.py",
        "single.pyc",
    }
    code = "import aligncheck, other, single; print(other.TABLE, other.deep.two(), single.N)"
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=site, capture_output=True, text=True)
    assert run.stdout == "kept 2 1\n", run.stderr


def test_the_image_is_made_of_files_that_docker_is_given() -> None:
    given = {row[1:] for row in (ROOT / ".dockerignore").read_text().splitlines() if row.startswith("!")}
    used = set(re.findall(r"/source/(\S+)", (ROOT / "Dockerfile").read_text()))
    assert used
    assert used <= given
    assert all((ROOT / name).exists() for name in given)
