"""The vectors of a memory: two files, one small to look through, one exact to choose by.

The coarse file holds each vector in :data:`COARSE` dimensions (a fixed random rotation, cut off; Johnson
and Lindenstrauss 1984), float32, so that all of it can be multiplied in blocks; the fine one holds it
whole in float16.  Both are mapped into memory and only ever grow; what stands behind the committed
number of rows belongs to a writer, or to one that died.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import Vectors
from aligncheck.encode.threads import one_thread
from aligncheck.errors import InputError

COARSE = 96
#: Rows that are multiplied at once: their scores for one query stay in the cache.
_BLOCK = 16_384
#: Candidates of the coarse look that are compared exactly.
_SHORTLIST = 256

Numbers = NDArray[np.int64]


def rotation(size: int) -> Vectors:
    """Orthonormal columns that cut a vector down, shape (size, COARSE); always the same."""
    random = np.random.default_rng(20_240_607).standard_normal((size, COARSE))
    columns: Vectors = np.linalg.qr(random)[0].astype(np.float32)
    return columns


def file_names(path: Path, generation: int) -> tuple[Path, Path]:
    """The coarse and the fine file of a memory's generation."""
    return (
        path.with_name(f"{path.name}.{generation}.coarse"),
        path.with_name(f"{path.name}.{generation}.fine"),
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """The committed vectors of a memory: ``coarse`` (n, COARSE) float32, ``fine`` (n, d) float16."""

    coarse: NDArray[np.float32]
    fine: NDArray[np.float16]
    turn: Vectors

    def __len__(self) -> int:
        return len(self.coarse)

    def nearest(self, queries: Vectors, count: int) -> list[tuple[Numbers, NDArray[np.float32]]]:
        """For each query the numbers of the nearest rows and their cosines, best first.

        ``queries``: unit vectors, shape (queries, dimensions); each result: two arrays of shape (found,), with at
        most ``count`` found.
        """
        if not len(self) or not len(queries):
            nothing = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
            return [nothing for _ in range(len(queries))]
        found = []
        for at in range(0, len(queries), 64):
            some = queries[at : at + 64]
            with one_thread():
                shortlists = self._shortlists(some @ self.turn)
            for query, rows in zip(some, shortlists, strict=True):
                exact = self.fine[rows].astype(np.float32) @ query
                best = np.argsort(-exact, kind="stable")[:count]
                found.append((rows[best], exact[best]))
        return found

    def _shortlists(self, queries: Vectors) -> list[Numbers]:
        keep = min(_SHORTLIST, len(self))
        scores: list[list[NDArray[np.float32]]] = [[] for _ in queries]
        numbers: list[list[Numbers]] = [[] for _ in queries]
        floor = np.full(len(queries), -np.inf, dtype=np.float32)
        for start in range(0, len(self), _BLOCK):
            block = queries @ self.coarse[start : start + _BLOCK].T
            for n, row in enumerate(block):
                # Below the least of a full shortlist nothing can come in any more.
                chosen = np.flatnonzero(row > floor[n])
                if len(chosen) > keep:
                    chosen = chosen[np.argpartition(row[chosen], -keep)[-keep:]]
                if len(chosen):
                    scores[n].append(row[chosen])
                    numbers[n].append(chosen + start)
                    self._tighten(scores[n], numbers[n], keep)
                    if len(scores[n][0]) >= keep:
                        floor[n] = scores[n][0].min()
        return [np.sort(rows[0]) if rows else np.zeros(0, dtype=np.int64) for rows in numbers]

    @staticmethod
    def _tighten(scores: list[NDArray[np.float32]], numbers: list[Numbers], keep: int) -> None:
        together, rows = np.concatenate(scores), np.concatenate(numbers)
        if len(together) > keep:
            best = np.argpartition(together, -keep)[-keep:]
            together, rows = together[best], rows[best]
        scores[:], numbers[:] = [together], [rows]


def map_rows(path: Path, generation: int, count: int, size: int) -> Rows:
    """The first ``count`` vectors of dimension ``size``, mapped for reading.

    Raises:
        InputError: a file is missing, or shorter than the memory says.
    """
    coarse, fine = file_names(path, generation)
    turn = rotation(size)
    if not count:
        return Rows(np.zeros((0, COARSE), np.float32), np.zeros((0, size), np.float16), turn)
    for name, width in ((coarse, COARSE * 4), (fine, size * 2)):
        try:
            have = name.stat().st_size
        except OSError as error:
            raise InputError(
                f"the vectors of this memory cannot be read: {error.strerror or error}",
                path=str(name),
                hint=f"it belongs beside {path.name}; bring it back, or make the memory anew",
            ) from None
        if have < count * width:
            raise InputError(
                f"is only half there: {have:,} of {count * width:,} bytes",
                path=str(name),
                hint="bring the whole file back, or make the memory anew",
            )
    return Rows(
        np.memmap(coarse, np.float32, "r", shape=(count, COARSE)),
        np.memmap(fine, np.float16, "r", shape=(count, size)),
        turn,
    )


def append(path: Path, generation: int, count: int, vectors: Vectors) -> None:
    """Write vectors (n, d) behind the first ``count``; whatever stood there is a dead writer's.

    Raises:
        OSError: the disk is full, or a file cannot be written.
    """
    turn = rotation(vectors.shape[1])
    for name, rows in zip(
        file_names(path, generation),
        (vectors @ turn, vectors.astype(np.float16)),
        strict=True,
    ):
        kind = np.float32 if name.suffix == ".coarse" else np.float16
        data = np.ascontiguousarray(rows, dtype=kind)
        with open(name, "ab") as out:
            out.truncate(count * data.shape[1] * data.itemsize)
            out.seek(0, os.SEEK_END)
            out.write(data.tobytes())
            out.flush()
            os.fsync(out.fileno())


def kept_copy(path: Path, generation: int, rows: Rows, keep: Sequence[int]) -> None:
    """Write the chosen rows as the files of another generation.

    Raises:
        OSError: the disk is full, or a file cannot be written.
    """
    both: tuple[NDArray[Any], NDArray[Any]] = (rows.coarse, rows.fine)
    for name, values in zip(file_names(path, generation), both, strict=True):
        with open(name, "wb") as out:
            for at in range(0, len(keep), _BLOCK):
                out.write(values[list(keep[at : at + _BLOCK])].tobytes())
            out.flush()
            os.fsync(out.fileno())
