"""What the terminal shows: the gravest findings first, places to click, no more than was asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aligncheck.cli import COMMANDS, main
from aligncheck.model import Severity
from aligncheck.registry import load
from aligncheck.reports.terminal_text import listed
from tests.reports import sample

PLACE = re.compile(r"^(\S+?):(\d+):(\d+): (critical|major|minor) ")


def test_findings_stand_gravest_first_with_places_to_click() -> None:
    report = sample.sample_report()
    lines = listed(report, 200, False, 99).splitlines()
    found = [PLACE.match(line) for line in lines if line]
    assert all(found)
    ranks = [Severity(m[4]).rank for m in found if m]
    assert ranks == sorted(ranks, reverse=True)
    live = [f for f in report.findings if f.waived is None and f.severity.rank]
    assert len(ranks) == len(live)
    short = listed(report, 120, False, 2).splitlines()
    assert short[2] == f"… and {len(live) - 2} more"
    assert all(len(line) <= 120 for line in short)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text("全市改造老旧小区60个。\n", encoding="utf-8")
    Path("en.txt").write_text("The city renovated 80 old residential compounds.\n", encoding="utf-8")
    return ["check", "zh.txt", "en.txt", "--isolated"]


def test_check_says_what_it_found_and_quiet_says_nothing(
    pair: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*pair, "-f", "json"]) == 1
    assert "en.txt:1:20: major number" in capsys.readouterr().err
    assert main([*pair, "-f", "json", "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")


def test_the_table_is_printed_once(pair: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*pair, "-f", "terminal", "-o", "-"]) == 1
    out, err = capsysbinary.readouterr()
    assert (out + err).count(b"not passed") == 1


def test_the_bare_command_welcomes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("  aligncheck ") == 3
    assert len(out.splitlines()) <= 10


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["aligncheck", "ch"], {"check"}),
        (["aligncheck", ""], set(COMMANDS)),
        (["aligncheck", "check", "-f", ""], set(load("aligncheck.reporters"))),
        (["aligncheck", "check", "-f", "html,x"], {"html,xlsx", "html,xliff", "html,xml"}),
        (["aligncheck", "check", "--fail"], {"--fail-on"}),
    ],
)
def test_shells_complete(
    words: list[str],
    offered: set[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("_ALIGNCHECK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    main([])
    found = {line.split(",", 1)[1] for line in capsys.readouterr().out.splitlines()}
    assert offered <= found
    assert found == offered or not words[-1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_ALIGNCHECK_COMPLETE", f"{shell}_source")
    if shell == "bash":  # click looks at bash's version
        run = subprocess.run(
            [sys.executable, "-c", "import sys; from aligncheck.cli import main; sys.exit(main([]))"],
            capture_output=True,
            text=True,
        )
        out = run.stdout
    else:
        main([])
        out = capsys.readouterr().out
    assert "_ALIGNCHECK_COMPLETE" in out
    page = (Path(__file__).parents[2] / "docs" / "quickstart.md").read_text(encoding="utf-8")
    assert f"_ALIGNCHECK_COMPLETE={shell}_source" in page


def test_a_waiver_that_is_over_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["waive", "0123456789abcdef", "--reason", "r", "--by", "b", "--until", "2001-01-01"]
    assert main(arguments) == 2
    assert "is past" in capsys.readouterr().err
    assert not Path("waivers.txt").exists()


def test_a_long_path_leaves_room_for_what_is_wrong() -> None:
    report = sample.sample_report()
    lines = listed(report, 40, False, 1).splitlines()
    assert lines[0].startswith("examples/yunling.en.txt:")
    assert lines[1].startswith("  ")
    assert len(lines[1].strip()) > 15
