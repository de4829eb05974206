"""The example plug-in is found through its own entry point, as an installed package would be."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .judging import EXAMPLES, ROOT

PLUGIN = EXAMPLES / "plugin"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the plug-in counts as installed: its metadata, as pip would write them."""
    setup = configparser.ConfigParser()
    setup.read(PLUGIN / "setup.cfg", encoding="utf-8")
    points = setup["options.entry_points"]
    site = tmp_path_factory.mktemp("site")
    info = site / "aligncheck_house_style-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {setup['metadata']['name']}\nVersion: {setup['metadata']['version']}\n"
    )
    (info / "entry_points.txt").write_text(
        "".join(f"[{group}]\n{lines.strip()}\n" for group, lines in points.items())
    )
    path = os.pathsep.join([str(site), str(PLUGIN), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aligncheck", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_it_finds_what_it_says(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.zh.txt").write_text(
        "一、重点工作\n我们将使用新技术改进服务。\n今年的任务已经全部完成。\n", encoding="utf-8"
    )
    (tmp_path / "a.en.txt").write_text(
        "I. Key Work\nWe will utilize new technologies to improve services.\n"
        "All the tasks of this year have been completed!\n",
        encoding="utf-8",
    )
    done = run(
        environment, "check", str(tmp_path / "a.zh.txt"), str(tmp_path / "a.en.txt"), "-f", "json", "-o", "-"
    )
    assert done.returncode == 0, done.stderr
    mine = {
        f["check"]: (f["category"], [s["text"] for s in f["target"]], f["suggestion"])
        for f in json.loads(done.stdout)["findings"]
        if f["check"] in ("plain-words", "quiet-ending")
    }
    assert mine == {
        "plain-words": ("grammar", ["utilize"], "use"),
        "quiet-ending": ("punctuation", ["!"], "."),
    }


def test_explain_knows_it(environment: dict[str, str]) -> None:
    done = run(environment, "explain", "plain-words")
    assert done.returncode == 0, done.stderr
    assert "plainer" in done.stdout
    assert "utilize" in done.stdout


def test_its_own_tests_pass(environment: dict[str, str]) -> None:
    """With ``aligncheck.testing``, as a stranger would run them."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            str(PLUGIN / "tests"),
        ],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "9 passed" in done.stdout


def test_a_broken_plugin_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    info = tmp_path / "broken-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[aligncheck.checks]\nbroken = no_such_module:CHECKS\n")
    broken = {**environment, "PYTHONPATH": f"{tmp_path}{os.pathsep}{environment['PYTHONPATH']}"}
    done = run(broken, "explain", "plain-words")
    assert done.returncode == 2
    assert "no_such_module" in done.stderr
    assert "Traceback" not in done.stderr
