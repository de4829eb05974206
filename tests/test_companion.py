"""The second process: it changes the time that a check takes, nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligncheck import companion, engine
from aligncheck.errors import ConfigError
from aligncheck.reports.serial import report_data

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def doubled(receive: Callable[[], Any]) -> Any:
    """A job: twice what it is sent, and who did it."""
    return 2 * receive(), os.getpid()


@linux
def test_it_works_in_another_process_and_is_gone_afterwards() -> None:
    with companion.Companion(doubled) as other:
        other.send(21)
        value, pid = other.result()
    assert value == 42
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@linux
@pytest.mark.parametrize(
    "end", [lambda receive: 1 / 0, lambda receive: os._exit(7), lambda receive: lambda: 0]
)
def test_a_job_that_fails_gives_none(end: companion.Job) -> None:
    with companion.Companion(end) as other:
        other.send("never read")
        assert other.result() is None


@linux
def test_a_caller_that_fails_takes_it_along() -> None:
    other = companion.Companion(lambda receive: receive())
    with pytest.raises(KeyError), other:
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(other.pid, 0)


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    monkeypatch.setattr(engine, "_WORTH_A_COMPANION", 0)
    monkeypatch.setenv("ALIGNCHECK_THREADS", "2")

    def data(beside: bool) -> dict[str, Any]:
        report = engine.check(EXAMPLES / "report.zh.txt", EXAMPLES / "draft.en.txt", companion=beside)
        return report_data(report)

    return data


@linux
def test_the_report_is_the_same(pair: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    real = companion.Companion

    def counted(job: companion.Job) -> companion.Companion:
        started.append(job)
        return real(job)

    monkeypatch.setattr(companion, "Companion", counted)
    assert pair(True) == pair(False)
    assert len(started) == 1


@linux
def test_a_dead_companion_is_no_loss(
    pair: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = pair(False)
    monkeypatch.setattr(engine, "_apart", lambda bitext, context, receive: os._exit(9))
    assert pair(True) == alone


@linux
def test_an_error_in_it_reaches_the_user(
    pair: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(bitext: object, context: object) -> None:
        raise ConfigError("an option has the wrong type")

    monkeypatch.setattr(engine, "_share", wrong)
    with pytest.raises(ConfigError, match="wrong type"):
        pair(True)
