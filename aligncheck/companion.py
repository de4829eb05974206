"""A second process that takes a share of the work on one pair of documents.

Half of the checks read words and figures in plain Python while the other half wait for vectors; on two
cores they can run side by side.  The companion is a fork of this process, so it has the documents,
the glossary and all tables without reading them again; what it finds comes back through a pipe.
Where it cannot be started, or dies, the caller does its work itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

Job = Callable[[Callable[[], Any]], Any]


class Companion:
    """A running second process; use it in a ``with`` statement, so that it never outlives its caller."""

    def __init__(self, job: Job) -> None:
        """Fork and run ``job(receive)`` there; ``receive()`` waits for what :meth:`send` sends.

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
        """Hand over what the job waits for; a dead companion is noticed by :meth:`result`."""
        with suppress(OSError):
            pickle.dump(value, self._out, pickle.HIGHEST_PROTOCOL)
            self._out.flush()

    def result(self) -> Any:
        """What the job returned; None where the companion died or its job failed."""
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
        gc.disable()  # the process is short, and a collection would copy the pages it shares
        with os.fdopen(source, "rb") as given, os.fdopen(sink, "wb") as out:
            result = job(lambda: pickle.load(given))
            pickle.dump(result, out, pickle.HIGHEST_PROTOCOL)
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


def start(job: Job) -> Companion | None:
    """A companion where it is safe and can be had, else None: only Linux, and no threads of Python."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return None
    try:
        return Companion(job)
    except OSError:
        return None
