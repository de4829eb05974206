"""Tasks done by a cluster: Dask's scheduler hands them out, workers may come and go.

The documents travel with the tasks, so that workers need no disk in common with us; glossaries and plug-ins
must be there as here.  A task whose worker dies goes to another one; one that has taken several with it is
told as failed, like a task whose process died here.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from aligncheck import __version__
from aligncheck.errors import InputError
from aligncheck.pool import ONE_THREAD, Failure, guarded

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Seconds until a scheduler must have answered, and in which a lost one may come back.
CONNECT = 10
#: Seconds until one of its workers must be there.
PATIENCE = 60
#: Seconds between two looks at what is done.
_PAUSE = 0.02
#: Tasks under way for each thread of a worker: one at work, one on its way.
_AHEAD = 2
#: A worker's threads share its models and take turns.
_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sent:
    """A task on its way: the function, the task, and the files that it reads, by their path below its root."""

    function: Callable[[Any], Any]
    task: Any
    files: Mapping[str, bytes]


def perform(sent: Sent) -> Any:
    """Do a task that was sent; what a worker runs."""
    with _TURN:
        if not sent.files:
            return guarded(sent.function, sent.task)
        with tempfile.TemporaryDirectory(prefix="aligncheck-") as folder:
            for name, data in sent.files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            result = guarded(sent.function, replace(sent.task, root=folder))
            if isinstance(result, Failure):
                return replace(result, what=result.what.replace(f"{folder}{os.sep}", ""))
            return result


def version() -> str:
    """The version of this program; asked of every worker."""
    return __version__


class Cluster:
    """A connection to a scheduler, to be closed."""

    def __init__(self, where: str) -> None:
        """Connect to the scheduler at ``tcp://host:port``, or start one here: ``local:N`` with N workers.

        Raises:
            InputError: Dask is missing, nobody answers, or a worker has another version.
        """
        try:
            import distributed
        except ImportError:
            raise InputError(
                "the scheduler needs a package that is not installed",
                hint="install the extra: pip install 'aligncheck[cluster]'",
            ) from None
        self._where = where
        self._own: Any = None
        kind, _, number = where.partition(":")
        try:
            if kind == "local":
                self._own = distributed.LocalCluster(
                    n_workers=_number(number, where),
                    threads_per_worker=1,
                    dashboard_address=None,
                    host="127.0.0.1",
                    env=ONE_THREAD,
                    silence_logs=50,
                )
            self._client: Any = distributed.Client(self._own or where, timeout=CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            self._close_own()
            raise InputError(
                f"no scheduler answers: {' '.join(str(error).split())[:200]}",
                path=where,
                hint="start one with 'dask scheduler', or use --scheduler local:2",
            ) from None
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def _greet(self) -> None:
        """See that there is a worker, and that all of them are like us."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InputError(
                f"its scheduler has had no worker for {PATIENCE} seconds",
                path=self._where,
                hint="start some with 'dask worker'; they may join at any time",
            ) from None
        try:
            told: dict[str, Any] = self._client.run(version, on_error="return")
        except Exception as error:
            told = {"a worker": error}
        for worker, answer in told.items():
            if answer != __version__:
                what = answer if isinstance(answer, str) else f"none ({answer!r})"
                raise InputError(
                    f"worker {worker} has aligncheck {what}, here it is {__version__}",
                    path=self._where,
                    hint="install the same version for every worker",
                )

    def run_tasks(
        self, function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int = 0
    ) -> Iterator[tuple[int, Result | Failure]]:
        """What :func:`aligncheck.pool.run_tasks` does, by the cluster's workers, as many as there are.

        Raises:
            InputError: the scheduler is lost; what was done before has been yielded.
        """
        if not tasks:
            return
        waiting = iter(range(len(tasks)))
        numbers: dict[Any, int] = {}
        try:
            while True:
                while len(numbers) < self._room():
                    number = next(waiting, None)
                    if number is None:
                        break
                    future = self._client.submit(perform, _sent(function, tasks[number]), pure=False)
                    numbers[future] = number
                if not numbers:
                    return
                done = [future for future in numbers if future.done()]
                for future in done:
                    yield numbers.pop(future), self._outcome(future)
                if not done:
                    self._refuse_lost()
                    time.sleep(_PAUSE)
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel(list(numbers))

    def workers(self) -> int:
        """How many workers there are now."""
        return len(self._workers())

    def _workers(self) -> Mapping[str, Any]:
        """What the scheduler last said of its workers; nothing while it does not answer."""
        told: Mapping[str, Any] = self._client.scheduler_info(n_workers=-1).get("workers", {})
        return told

    def _room(self) -> int:
        """How many tasks may be under way: workers that join get theirs, those that left need none."""
        self._refuse_lost()
        return max(_AHEAD * sum(int(w["nthreads"]) for w in self._workers().values()), 2)

    def _outcome(self, future: Any) -> Any:
        from distributed import KilledWorker, TimeoutError
        from distributed.client import FutureCancelledError

        while True:
            try:
                # A result whose worker has gone since is made again by another one.
                return future.result(timeout=CONNECT)
            except TimeoutError:
                self._refuse_lost()
            except (FutureCancelledError, OSError):
                raise self._lost() from None
            except KilledWorker:
                return Failure(
                    "died", "every worker that checked it ended; perhaps there was not enough memory"
                )
            except Exception as error:
                return Failure("bug", repr(error))

    def _refuse_lost(self) -> None:
        """Raise where the scheduler has not come back; meanwhile the client tries to reach it again."""
        if self._client.status not in ("running", "connecting"):
            raise self._lost()

    def _lost(self) -> InputError:
        return InputError(
            "the scheduler is lost",
            path=self._where,
            hint="run the audit again: it goes on where it was",
        )

    def close(self) -> None:
        """Let the scheduler go; one that was started here ends."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)
        self._close_own()

    def _close_own(self) -> None:
        if self._own is not None:
            with contextlib.suppress(Exception):
                self._own.close(timeout=5)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _number(text: str, where: str) -> int:
    if text.isdigit() and 0 < int(text) <= 256:
        return int(text)
    raise InputError("names no number of workers", path=where, hint="for example --scheduler local:2")


def _sent(function: Callable[[Any], Any], task: Any) -> Sent:
    root: str = getattr(task, "root", "")
    files: dict[str, bytes] = {}
    for name in (getattr(task, n, "") for n in ("path", "source", "target")) if root else ():
        # What cannot be read here is told by the task itself, which will miss it.
        with contextlib.suppress(OSError):
            if name:
                files[name] = Path(root, name).read_bytes()
    return Sent(function, task, files)
