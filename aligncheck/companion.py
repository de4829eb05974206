"""A second process that takes a share of the work on one pair of documents.

On two cores two processes can work side by side, in Python too.  A companion is a fork of this process,
so it has the documents, the glossary and all tables without reading them again; what it finds comes
back through a pipe.  Where it cannot be started, or dies, the caller does its work itself.

There are two ways to use one: :class:`Companion` runs one job that waits for something on its way,
:func:`shared_out` does many pieces of work, one after another by whoever is free.  Both are for the
command line alone: a program that calls the library may have threads that must not be forked.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
#: What a companion does: with a function that waits for what it is sent, and one that sends on the way.
Job = Callable[[Callable[[], Any], Callable[[Any], None]], Any]

_allowed: ContextVar[bool] = ContextVar("_allowed", default=False)


class Companion:
    """A running second process; use it in a ``with`` statement, so that it never outlives its caller."""

    def __init__(self, job: Job) -> None:
        """Fork and run ``job(receive, send)`` there.

        ``receive()`` waits for what :meth:`send` sends; what the job sends, and in the end what it
        returns, :meth:`receive` gives, one after another.

        Raises:
            OSError: the system gives no process or pipe.
        """
        to_child, from_parent = os.pipe()
        to_parent, from_child = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings(), interrupts_wait():
            # Python warns of forks beside threads: those of the linear algebra know how to be forked.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
            if not self.pid:
                os.close(from_parent)
                os.close(to_parent)
                _serve(job, to_child, from_child)
        os.close(to_child)
        os.close(from_child)
        self._out = os.fdopen(from_parent, "wb")
        self._in = os.fdopen(to_parent, "rb")

    def send(self, value: Any) -> None:
        """Hand over what the job waits for; a dead companion is noticed by :meth:`receive`."""
        with suppress(OSError):
            pickle.dump(value, self._out, pickle.HIGHEST_PROTOCOL)
            self._out.flush()

    def receive(self) -> Any:
        """What the job sends or returns next; None where the companion died or its job failed."""
        try:
            return pickle.load(self._in)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    def __enter__(self) -> Companion:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self._out, self._in):
            with suppress(OSError):
                pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _serve(job: Job, source: int, sink: int) -> None:
    """The life of the companion: the job, its result, the end; nothing of it reaches the terminal."""
    try:
        # Ctrl-C goes to both processes; this one has nothing to say about it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _allowed.set(False)
        gc.disable()  # the process is short, and a collection would copy the pages it shares
        with os.fdopen(source, "rb") as given, os.fdopen(sink, "wb") as out:

            def send(value: Any) -> None:
                pickle.dump(value, out, pickle.HIGHEST_PROTOCOL)
                out.flush()

            send(job(lambda: pickle.load(given), send))
    finally:
        os._exit(0)


@contextmanager
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


@contextmanager
def allowed(yes: bool) -> Iterator[None]:
    """Whether companions may be started meanwhile; not allowed is how everything begins."""
    before = _allowed.set(yes)
    try:
        yield
    finally:
        _allowed.reset(before)


def start(job: Job) -> Companion | None:
    """A companion where it is allowed, safe and can be had, else None.

    Safe is only Linux, and a process without threads of Python.
    """
    if not _allowed.get() or sys.platform != "linux" or threading.active_count() > 1:
        return None
    try:
        return Companion(job)
    except OSError:
        return None


#: Numbers of tasks that the pipe of a queue holds without a reader.
_MOST_TASKS = 8_000
_NUMBER = struct.Struct("@i")


def shared_out(work: Callable[[T], R], items: Sequence[T], bundle: int = 1) -> list[R]:
    """``work`` of every item, in order; a companion takes items, ``bundle`` at once, whenever it is free.

    Results must pickle.  What ``work`` changes, it may change in another process: all that counts is
    what it returns.  Where the companion dies, what it had not handed over is done here.
    """
    if bundle > 1:
        bundles = [items[at : at + bundle] for at in range(0, len(items), bundle)]
        done_at_once = shared_out(lambda some: [work(item) for item in some], bundles)
        return [result for some in done_at_once for result in some]
    if not 1 < len(items) <= _MOST_TASKS or not _allowed.get():
        return [work(item) for item in items]
    waiting, fill = os.pipe()
    with os.fdopen(waiting, "rb", buffering=0):
        with os.fdopen(fill, "wb", buffering=0) as numbers:
            numbers.write(b"".join(_NUMBER.pack(n) for n in range(len(items))))

        def rest(receive: object, send: object) -> list[tuple[int, R]]:
            return [(n, work(items[n])) for n in _taken(waiting)]

        helper = start(rest)
        if helper is None:
            return [work(item) for item in items]
        with helper:
            done = {n: work(items[n]) for n in _taken(waiting)}
            done.update(helper.receive() or ())
    return [done[n] if n in done else work(item) for n, item in enumerate(items)]


def _taken(waiting: int) -> Iterator[int]:
    """Numbers of tasks from a pipe, until nobody can write and all are taken."""
    while number := os.read(waiting, _NUMBER.size):
        yield _NUMBER.unpack(number)[0]
