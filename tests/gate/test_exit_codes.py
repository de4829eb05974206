"""Exit codes: 0, 1, 2, 3 and 130, whatever happens and whenever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligncheck.cli import main

from .conftest import EN, ZH, Desk

PROGRAM = [sys.executable, "-m", "aligncheck"]


def hear_interrupts() -> None:
    """What a terminal's child does; a test run started in the background would hand down deafness."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("arguments", "say"),
    [
        (["chek"], "did you mean 'check'?"),
        (["xyzzy"], "known: check, align"),
        (["gate", "--fial-on", "x"], "did you mean '--fail-on'?"),
        (["gate", "--fail-on", "mayor"], "did you mean 'major'"),
        (["check"], "missing argument 'SOURCE'"),
        (["check", "a", "b", "-f", "jsn"], "did you mean 'json'"),
        (["check", "missing.txt"], "missing.txt: there is no such file"),
        (["gate", "--limit", "numbr=1"], "did you mean 'number'"),
        (["gate", "--limit", "number"], "CATEGORY=N"),
        (["gate", "--limit", "number=x"], "must be a number"),
        (["gate", "--jobs", "0"], "--jobs"),
        (["gate", "--config", "none.toml"], "there is no such configuration file"),
        (["gate", "--config", "a.toml", "--isolated"], "exclude one another"),
        (["waive", "ad", "x"], "waive"),
        (["audit", "nowhere"], "there is no such folder"),
    ],
)
def test_wrong_use_is_exit_2_with_advice(desk: Desk, arguments: list[str], say: str) -> None:
    code, out, err = desk.run(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("error: ")
    assert say in err
    assert "Traceback" not in err


def test_help_and_version_are_exit_0() -> None:
    assert main(["--help"]) == 0
    assert main(["--version"]) == 0
    assert main(["gate", "--help"]) == 0


def test_a_bug_of_ours_is_exit_3(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import aligncheck.cli.gate as module

    def broken(*_: object, **__: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(module, "check_pairs", broken)
    code, _, err = desk.run("gate")
    assert code == 3
    assert "internal error: KeyError: 'lost'" in err
    assert "please report it" in err
    assert "Traceback" not in err
    code, _, err = desk.run("--debug", "gate")
    assert code == 3
    assert "Traceback" in err


def test_not_enough_memory_and_a_refused_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import aligncheck.cli.gate as module

    def starved(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "check_pairs", starved)
    code, _, err = desk.run("gate")
    assert code == 2
    assert "not enough memory" in err

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "secret.txt")

    monkeypatch.setattr(module, "check_pairs", refused)
    code, _, err = desk.run("gate")
    assert code == 2
    assert "secret.txt: Permission denied" in err


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.4, 1.0])
def test_an_interrupt_is_exit_130_at_any_moment(tmp_path: Path, seconds: float) -> None:
    (tmp_path / "zh.txt").write_text(ZH * 200, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN * 200, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "check", "zh.txt", "en.txt"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_interrupts,
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    # Before our first line runs, the interpreter itself ends, in its own way; it may be loading that line's module.
    if process.returncode != 130:
        assert seconds < 0.5
        assert "in run" not in err.decode()
        assert "/aligncheck/cli/" not in err.decode()
    else:
        assert err.decode() in ("interrupted\n", "\ninterrupted\n")
    assert not list(tmp_path.glob("reports_out/*"))


def test_an_interrupt_while_the_command_line_is_loaded_is_exit_130(tmp_path: Path) -> None:
    program = """
import signal, sys
from aligncheck.__main__ import run

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "aligncheck.cli":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
sys.exit(run())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=hear_interrupts,
    )
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


@pytest.mark.parametrize(
    "moment",
    [
        # What is raised in a finalizer, Python prints and drops.
        "type('Finalized', (), {'__del__': lambda self: signal.raise_signal(signal.SIGINT)})()",
        # An interrupt in code that is made of text, as dataclasses do, has an end of its own in Python.
        "exec('signal.raise_signal(signal.SIGINT)')",
    ],
)
def test_an_interrupt_that_python_treats_in_its_own_way(tmp_path: Path, moment: str) -> None:
    program = f"""
import signal, sys, time
from aligncheck import cli

def work(arguments):
    {moment}
    time.sleep(30)
    print("went on to the end")
    return 0

cli._run = work
sys.exit(cli.main())
"""
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "program"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=20,
        preexec_fn=hear_interrupts,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "interrupted")


def test_an_interrupt_ends_the_workers_too(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    for name in "abcd":
        (tmp_path / "d" / f"{name}.zh.txt").write_text(ZH * 100, encoding="utf-8")
        (tmp_path / "d" / f"{name}.en.txt").write_text(EN * 100, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "audit", "d", "-o", "out", "-j", "2"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hear_interrupts,
    ) as process:
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert err.decode().endswith("interrupted\n")
        assert "Traceback" not in err.decode()
        for _ in range(50):
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                break
            time.sleep(0.1)
        else:
            pytest.fail("a process of the audit is still there")


def test_a_reader_that_goes_away_does_not_change_the_verdict(desk: Desk) -> None:
    script = f"{sys.executable} -m aligncheck config | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=desk.root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
    assert done.stderr == f"configuration: {desk.root}/aligncheck.toml\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_exit_2(desk: Desk) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*PROGRAM, "config"], cwd=desk.root, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "standard output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_streams(desk: Desk) -> None:
    script = f"{sys.executable} -m aligncheck config >&- 2>&-; echo $?"
    done = subprocess.run(["bash", "-c", script], cwd=desk.root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_chinese_survives_a_poor_locale(desk: Desk) -> None:
    desk.write("aligncheck.toml", '[[pairs]]\nfile = "稿件/{名}.txt"\n'.replace("名", "name"))
    done = run(
        "config",
        cwd=desk.root,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0"},
        encoding="utf-8",
    )
    assert done.returncode == 0
    assert "稿件/{name}.txt" in done.stdout
