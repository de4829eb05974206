"""Tasks done by several processes, so that none can take the others down.

Each worker gets one task at a time over its own pipe.  A worker that dies (out of memory, a crash
in native code) costs its task alone: the task is reported as failed and a fresh worker goes on.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar

from aligncheck.errors import AligncheckError

Task = TypeVar("Task")
Result = TypeVar("Result")

#: A worker is replaced after so many tasks, so that nothing it holds can pile up over a long run.
TASKS_A_WORKER = 100

#: What keeps a process that is one of several to one thread.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ALIGNCHECK_THREADS"), "1"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: ``input`` (the user's to mend), ``bug`` (ours), ``died`` (the process)."""

    kind: Literal["input", "bug", "died"]
    what: str
    detail: str = ""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    task: int | None = None
    done: int = 0


def cores() -> int:
    """How many cores this process may use; ALIGNCHECK_THREADS sets it where several processes share them."""
    given = os.environ.get("ALIGNCHECK_THREADS", "")
    if given.isdigit() and int(given):
        return int(given)
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this platform
        return os.cpu_count() or 1


@contextlib.contextmanager
def interrupts_wait() -> Iterator[None]:
    """Hold SIGINT back meanwhile; it comes through afterwards.

    Forking runs code of Python's own in both processes, where an exception would be printed and lost;
    and a process that is started takes the mask over, so that Ctrl-C, which reaches the whole group,
    cannot hit it before it has said what it does with it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def guarded(function: Callable[[Task], Result], task: Task) -> Result | Failure:
    """The function's result, or what went wrong."""
    try:
        return function(task)
    except AligncheckError as error:
        return Failure("input", str(error))
    except KeyboardInterrupt:
        raise
    except Exception as error:
        return Failure("bug", repr(error), traceback.format_exc())


def run_tasks(
    function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int
) -> Iterator[tuple[int, Result | Failure]]:
    """Do all tasks in worker processes; (number of the task, its result) as they come in.

    ``function`` must be importable by name, tasks and results must pickle.  Each process computes
    with one thread: the processes are what runs in parallel.
    """
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    workers: list[_Worker[Task]] = []
    waiting = iter(range(len(tasks)))
    try:
        with _environment(ONE_THREAD):
            for _ in range(min(jobs, len(tasks))):
                workers.append(_start(context, function))
            for worker in workers:
                _feed(worker, tasks, next(waiting))
            while any(w.task is not None for w in workers):
                by_pipe = {w.pipe: w for w in workers if w.task is not None}
                for pipe in wait(list(by_pipe)):
                    worker = by_pipe[pipe]  # type: ignore[index]
                    number = worker.task
                    assert number is not None
                    try:
                        result = worker.pipe.recv()
                    except (EOFError, OSError):
                        result = _death(worker)
                    worker.task = None
                    worker.done += 1
                    upcoming = next(waiting, None)
                    if upcoming is not None:
                        if worker.done >= TASKS_A_WORKER or not worker.process.is_alive():
                            _stop(worker)
                            fresh = _start(context, function)
                            workers[workers.index(worker)] = fresh
                            worker = fresh
                        _feed(worker, tasks, upcoming)
                    yield number, result
    finally:
        for worker in workers:
            _stop(worker)


def _feed(worker: _Worker[Task], tasks: Sequence[Task], number: int) -> None:
    worker.task = number
    # A worker that died while idle is noticed when its answer is awaited.
    with contextlib.suppress(OSError):
        worker.pipe.send(tasks[number])


def _death(worker: _Worker[Any]) -> Failure:
    worker.process.join(5)
    code = worker.process.exitcode
    how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
    hint = "; perhaps there was not enough memory" if code == -9 else ""
    return Failure("died", f"the process that checked it ended {how}{hint}")


def _start(context: Any, function: Callable[[Any], Any]) -> _Worker[Any]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function, os.getpid()), daemon=True)
    if hasattr(signal, "pthread_sigmask"):
        # Starting a process starts this helper first, which would let SIGINT through again.
        resource_tracker.ensure_running()
    with interrupts_wait():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker[Any]) -> None:
    with contextlib.suppress(OSError):
        worker.pipe.close()
    if worker.task is not None:
        worker.process.terminate()
    worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(pipe: Connection, function: Callable[[Any], Any], parent: int) -> None:
    # Ctrl-C goes to the whole process group: the parent decides, and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        result = guarded(function, task)
        try:
            pipe.send(result)
        except (BrokenPipeError, OSError):
            return
        except Exception as error:  # a result that does not pickle
            pipe.send(Failure("bug", repr(error), traceback.format_exc()))


def _die_with(parent: int) -> None:
    """On Linux, end when the parent is killed: no orphan may write into a folder of the next run."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
