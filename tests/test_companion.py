"""The second process: it changes the time that a check takes, nothing else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligncheck import companion, engine, running
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.errors import ConfigError
from aligncheck.model import Bitext
from aligncheck.reports.serial import report_data

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def doubled(receive: Callable[[], Any], send: object) -> Any:
    """A job: twice what it is sent, and who did it."""
    return 2 * receive(), os.getpid()


@linux
def test_it_works_in_another_process_and_is_gone_afterwards() -> None:
    with companion.Companion(doubled) as other:
        other.send(21)
        value, pid = other.receive()
    assert value == 42
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@linux
@pytest.mark.parametrize("end", [lambda r, s: 1 / 0, lambda r, s: os._exit(7), lambda r, s: lambda: 0])
def test_a_job_that_fails_gives_none(end: companion.Job) -> None:
    with companion.Companion(end) as other:
        other.send("never read")
        assert other.receive() is None


@linux
def test_a_caller_that_fails_takes_it_along() -> None:
    other = companion.Companion(lambda receive, send: receive())
    with pytest.raises(KeyError), other:
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(other.pid, 0)


@linux
def test_what_it_sends_on_the_way_comes_first() -> None:
    def job(receive: Callable[[], Any], send: Callable[[Any], None]) -> str:
        send("begun")
        return f"{receive()} done"

    with companion.Companion(job) as other:
        assert other.receive() == "begun"
        other.send("all")
        assert other.receive() == "all done"
        assert other.receive() is None


def slow_square(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number * number, os.getpid()


def test_nothing_is_shared_out_unless_it_is_allowed() -> None:
    done = companion.shared_out(slow_square, range(4))
    assert done == [(n * n, os.getpid()) for n in range(4)]


@linux
@pytest.mark.parametrize("bundle", [1, 3])
def test_work_is_shared_out_and_comes_back_in_order(bundle: int) -> None:
    with companion.allowed(True):
        done = companion.shared_out(slow_square, range(20), bundle)
    assert [value for value, _ in done] == [n * n for n in range(20)]
    assert len({pid for _, pid in done}) == 2
    (other,) = {pid for _, pid in done} - {os.getpid()}
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


@linux
@pytest.mark.parametrize("fault", [lambda: os._exit(3), lambda: 1 / 0])
def test_what_a_dead_companion_had_taken_is_done_here(fault: Callable[[], Any]) -> None:
    ours = os.getpid()

    def work(number: int) -> int:
        time.sleep(0.02)
        if os.getpid() != ours:
            fault()
        return number * number

    with companion.allowed(True):
        assert companion.shared_out(work, range(12)) == [n * n for n in range(12)]


@linux
def test_an_error_in_shared_work_reaches_the_caller() -> None:
    def work(number: int) -> int:
        time.sleep(0.02)
        if number == 9:
            raise KeyError(number)
        return number

    with companion.allowed(True), pytest.raises(KeyError, match="9"):
        companion.shared_out(work, range(12))


@linux
def test_a_companion_starts_none_of_its_own() -> None:
    def job(receive: object, send: object) -> bool:
        return companion.start(doubled) is None

    with companion.allowed(True), companion.Companion(job) as other:
        assert other.receive() is True


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
    assert len(started) > 1


@linux
def test_a_dead_companion_is_no_loss(
    pair: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = pair(False)
    monkeypatch.setattr(running, "apart", lambda bitext, context, receive, send: os._exit(9))
    assert pair(True) == alone


@linux
def test_an_error_in_it_reaches_the_user(
    pair: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(bitext: object, context: object) -> None:
        raise ConfigError("an option has the wrong type")

    monkeypatch.setattr(running, "_share", wrong)
    with pytest.raises(ConfigError, match="wrong type"):
        pair(True)


class Lonely(Context):
    """A context that nobody may ask for the pair."""

    @property  # type: ignore[override]
    def bitext(self) -> None:
        raise AssertionError("looks at the other side; such a check must say so with beside=True")

    @bitext.setter
    def bitext(self, value: object) -> None: ...


def test_checks_that_run_before_the_beads_are_known_do_not_ask_for_them() -> None:
    what = engine.load_input(EXAMPLES / "report.zh.txt", EXAMPLES / "draft.en.txt", Settings())
    assert isinstance(what, Bitext)
    context = Lonely(Settings(), engine.termbase_of(Settings()))
    for side in (what.source, what.target):
        found = running._of_document(side, context, beside=False)
        assert found
    assert not context.problems


def test_preparing_changes_no_finding() -> None:
    """A check that is prepared on the documents finds afterwards what it finds unprepared."""
    settings = Settings()
    what = engine.load_input(EXAMPLES / "report.zh.txt", EXAMPLES / "draft.en.txt", settings)
    assert isinstance(what, Bitext)
    aligned = engine.align(EXAMPLES / "report.zh.txt", EXAMPLES / "draft.en.txt", settings)
    prepared = [c for c in running.enabled_checks(settings, "bitext") if c.prepare is not None]
    assert prepared
    for check in prepared:
        assert check.apart
        assert check.run is not None
        assert check.prepare is not None
        ahead, plain = (Context(settings, engine.termbase_of(settings)) for _ in range(2))
        check.prepare(what, ahead)
        assert list(check.run(replace(what, beads=aligned.beads), ahead)) == list(check.run(aligned, plain))
