"""Tasks done by a cluster: a real scheduler, workers that end in the middle or join late."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.pool import Failure

from .conftest import Archive
from .postgres import free_port

pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")

from aligncheck.archive import cluster  # noqa: E402

HERE = Path(__file__).resolve().parent.parent.parent
#: Seconds that the processes of a cluster take to start on a busy machine.
START = 120


@dataclass(frozen=True)
class Length:
    """A task: how long a text is; "die" ends the process, "fail" fails, "slow" takes a while."""

    root: str
    path: str


def length(task: Length) -> tuple[int, int]:
    """What the workers run: the process, and the length of the text."""
    text = Path(task.root, task.path).read_text(encoding="utf-8")
    if text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "fail":
        raise ValueError("planned")
    time.sleep(0.2)
    return os.getpid(), len(text)


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.running: list[subprocess.Popen[bytes]] = []
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--port", port, "--no-dashboard")
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), 1):
                return
            time.sleep(0.05)

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", *options],
            cwd=HERE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, (HERE, HERE / "tests"))),
                "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """Start another worker."""
        return self._start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")

    def stop(self) -> None:
        """End all of them."""
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def machines() -> Iterator[Machines]:
    made = Machines()
    try:
        yield made
    finally:
        made.stop()


def texts(folder: Path, *contents: str) -> list[Length]:
    """A file and a task for each text."""
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(contents):
        (folder / f"{number}.txt").write_text(content, encoding="utf-8")
    return [Length(str(folder), f"{number}.txt") for number in range(len(contents))]


def test_workers_may_end_and_join(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", START)
    first = machines.worker()
    tasks = texts(tmp_path / "in", *("x" * n for n in range(1, 13)), "fail")
    with cluster.Cluster(machines.address) as connected:
        outcomes = connected.run_tasks(length, tasks)
        got = dict([next(outcomes)])
        late = machines.worker()
        deadline = time.monotonic() + START
        while connected.workers() < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        first.kill()
        got.update(outcomes)
    processes = set()
    for number in range(12):
        assert not isinstance(got[number], Failure), got[number]
        process, size = got[number]
        processes.add(process)
        assert size == number + 1
    assert processes == {first.pid, late.pid}
    assert isinstance(got[12], Failure)
    assert (got[12].kind, got[12].what) == ("bug", "ValueError('planned')")


def test_a_task_that_takes_every_worker_with_it_is_told(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", START)
    for _ in range(3):
        machines.worker()
    with cluster.Cluster(machines.address) as connected:
        deadline = time.monotonic() + START
        while connected.workers() < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        got = dict(connected.run_tasks(length, texts(tmp_path / "in", "die", "abc")))
    assert isinstance(got[0], Failure)
    assert got[0].kind == "died"
    assert got[1][1] == 3


def test_a_lost_scheduler_is_told(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", START)
    machines.worker()
    with cluster.Cluster(machines.address) as connected:
        # It has answered; now it need not be waited for as long.
        monkeypatch.setattr(cluster, "CONNECT", 1)
        monkeypatch.setattr(connected._client, "_timeout", 1)
        outcomes = connected.run_tasks(length, texts(tmp_path / "in", *"abcdefgh"))
        next(outcomes)
        machines.scheduler.kill()
        with pytest.raises(InputError, match="the scheduler is lost"):
            list(outcomes)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    for where, say in (
        (f"tcp://127.0.0.1:{free_port()}", "no scheduler answers"),
        ("nonsense://x", "no scheduler answers"),
        ("local:none", "names no number of workers"),
    ):
        with pytest.raises(InputError, match=say):
            cluster.Cluster(where)


def test_workers_of_another_version(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", START)
    machines.worker()
    monkeypatch.setattr(cluster, "__version__", "99.0")
    with pytest.raises(InputError, match=r"has aligncheck .*, here it is 99\.0"):
        cluster.Cluster(machines.address)


@pytest.mark.slow
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_same_content_as_one_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", START)
    made = Archive(tmp_path, capsys, url)
    made.pair("2021/report", 2021)
    made.pair("2022/report", 2022, wrong=True)
    with contextlib.suppress(OSError):
        made.write("broken.txt", b"\x00\x01\x02" * 9)
    assert made.run("-j", "1")[0] == 1
    alone = made.content()
    made.out = tmp_path / "cluster"
    code, _, err = made.run("--scheduler", "local:2")
    assert code == 1, err
    assert made.content() == alone
