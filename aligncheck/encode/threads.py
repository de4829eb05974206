"""One thread for linear algebra, several for independent batches: the same bits on every machine.

A matrix product that is shared out among threads may round differently with their number, and a tie
between two beads may then fall the other way.  So BLAS is held to one thread, and what runs at once
are whole batches, each computed as it would be alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from aligncheck.pool import cores

T = TypeVar("T")
R = TypeVar("R")


@lru_cache(maxsize=1)
def _pools() -> Any:
    from threadpoolctl import ThreadpoolController  # here: it looks at every loaded library

    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS to one thread."""
    with _pools().limit(limits=1, user_api="blas"):
        yield


def at_once(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """``work`` of every item, in order, on as many threads as there are cores."""
    workers = min(cores(), len(items))
    with one_thread():
        if workers < 2:
            return [work(item) for item in items]
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(work, items))
