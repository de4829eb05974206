"""The rough path of a translation through its source, and the band around it in which beads are looked for."""

from __future__ import annotations

import bisect
import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import unit
from aligncheck.pairing.joint import Array, Pair

_REACH = 10  # sentences on each side of the rough path
_RARE = 5  # sentences of its side that a rare word occurs in, at most
FULL = 3_000_000  # cells of a table that is small enough to look at whole


@dataclass(frozen=True, slots=True)
class Band:
    """For each border 0..n between source sentences, the target borders low..high that are looked at."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Path:
    """Cells (row, column) that belong near the best alignment, rising in both, and how near: ``reach``."""

    cells: NDArray[np.int64]
    reach: int = _REACH


def rough_path(pair: Pair) -> Path:
    """Pairs of sentences that surely belong near each other.

    A table that is small enough is looked at whole.  A larger one is cut at anchors: sentences
    that share rare words with each other and with no other.  Where there are none (other texts,
    other languages), groups of sentences are compared instead of sentences.
    """
    n, m = len(pair.source), len(pair.target)
    if n * m <= FULL:
        return Path(_chain(_gain(pair, 0, n, 0, m)))
    marks = np.concatenate([[[-1, -1]], _spread_out(_anchors(pair)), [[n, m]]])
    path, reach = [], _REACH
    for (r0, c0), (r1, c1) in itertools.pairwise(marks.tolist()):
        start, first = max(r0, 0), max(c0, 0)
        cells = (r1 - start) * (c1 - first)
        if cells == 0:
            continue
        if cells <= FULL:
            inner = _chain(_gain(pair, start, r1, first, c1))
        else:
            size = math.ceil(math.sqrt(cells / FULL))
            inner = _chain(_coarse_gain(pair, start, r1, first, c1, size)) * size
            reach = max(reach, 2 * size)
        path.append(inner + np.array([start, first]))
    return Path(np.concatenate(path), reach)


def _anchors(pair: Pair) -> NDArray[np.int64]:
    """Pairs of sentences that are each other's best by rare words and vectors, in a rising chain."""
    rows, columns, weight = pair.rare_pairs(_RARE)
    if not len(rows):
        return np.zeros((0, 2), dtype=np.int64)
    cosine = np.empty(len(rows), dtype=np.float32)
    for at in range(0, len(rows), 4096):
        part = slice(at, at + 4096)
        cosine[part] = np.einsum("ij,ij->i", pair.sv.vectors[rows[part]], pair.tv.vectors[columns[part]])
    value = weight + 2 * cosine
    keep = (cosine > 0.2) & (value > 1.2)
    rows, columns, value = rows[keep], columns[keep], value[keep]
    best_row = np.full(len(pair.source), -np.inf, dtype=np.float32)
    best_column = np.full(len(pair.target), -np.inf, dtype=np.float32)
    np.maximum.at(best_row, rows, value)
    np.maximum.at(best_column, columns, value)
    mutual = (value >= best_row[rows]) & (value >= best_column[columns])
    return _rising(np.stack([rows[mutual], columns[mutual]], axis=1))


def _rising(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """The longest chain of points that rises in both coordinates (patience sorting)."""
    order = np.lexsort((-points[:, 1], points[:, 0]))
    points = points[order]
    tails: list[int] = []
    tail_at: list[int] = []
    before = [-1] * len(points)
    for k, column in enumerate(points[:, 1].tolist()):
        at = bisect.bisect_left(tails, column)
        before[k] = tail_at[at - 1] if at else -1
        if at == len(tails):
            tails.append(column)
            tail_at.append(k)
        else:
            tails[at], tail_at[at] = column, k
    chosen = []
    k = tail_at[-1] if tail_at else -1
    while k >= 0:
        chosen.append(k)
        k = before[k]
    return points[chosen[::-1]]


def _spread_out(points: NDArray[np.int64], apart: int = 60) -> NDArray[np.int64]:
    """Some of the points, ``apart`` sentences from one another, each borne out by its neighbours."""
    kept = []
    last = np.array([-apart, -apart])
    for k in range(2, len(points) - 2):
        around = points[k - 2 : k + 3]
        steps = np.diff(around, axis=0)
        if steps.max() <= apart and (points[k] - last).max() >= apart:
            kept.append(points[k])
            last = points[k]
    return np.array(kept, dtype=np.int64).reshape(-1, 2)


def _coarse_gain(pair: Pair, start: int, end: int, first: int, last: int, size: int) -> Array:
    """Gains between groups of ``size`` sentences, by the means of their vectors."""
    rows = np.add.reduceat(pair.sv.vectors[start:end], np.arange(0, end - start, size), axis=0)
    columns = np.add.reduceat(pair.tv.vectors[first:last], np.arange(0, last - first, size), axis=0)
    gain = unit(rows) @ unit(columns).T
    gain -= (_near(gain, 1)[:, None] + _near(gain, 0)[None]) / 2
    out: Array = np.maximum(gain, 0)
    return out


def _gain(pair: Pair, start: int, end: int, first: int, last: int) -> Array:
    cosine = pair.sv.vectors[start:end] @ pair.tv.vectors[first:last].T
    cover, total = pair.words(start, end, first, last).by_run(end - start, 1)
    back, back_total = pair.words(first, last, start, end, flip=True).by_run(last - first, 1)
    words = cover[0] / np.maximum(total[:, None], 1.0) + back[0].T / np.maximum(back_total[None], 1.0)
    gain = cosine + 0.5 * words
    # The margin: what a sentence shares with its nearest neighbours anyway counts for nothing.
    gain -= (_near(gain, 1)[:, None] + _near(gain, 0)[None]) / 2
    out: Array = np.maximum(gain, 0)
    return out


def _near(table: Array, axis: int) -> Array:
    size = table.shape[axis]
    at = max(0, size - max(2, size // 50))
    part = np.partition(table, at, axis=axis)
    value: Array = (part[:, at] if axis == 1 else part[at]) * np.float32(0.8)
    return value


def _chain(gain: Array) -> NDArray[np.int64]:
    """The chain of cells, rising in both directions, with the highest total gain."""
    n, m = gain.shape
    best = np.zeros((n + 1, m + 1), dtype=np.float32)
    # A faint pull to the diagonal settles ties between equal sentences.
    slope = np.linspace(0, 1, m, dtype=np.float32)
    for i in range(n):
        pull = np.float32(1e-3) * (1 - np.abs(slope - np.float32(i / max(n - 1, 1))))
        row = np.maximum(best[i, 1:], best[i, :-1] + gain[i] + np.where(gain[i] > 0, pull, 0))
        best[i + 1, 1:] = np.maximum.accumulate(row)
    cells = []
    i, j = n, m
    while i and j:
        if best[i, j] == best[i, j - 1]:
            j -= 1
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            cells.append((i, j))
    return np.array(cells[::-1], dtype=np.int64).reshape(-1, 2)


def band_of(path: NDArray[np.int64], n: int, m: int, reach: int = _REACH) -> Band:
    """A band that holds the path, the corners, and ``reach`` sentences on every side of them.

    Between two points far apart on both sides nothing is known: there the band follows the straight line.
    """
    points = _bridged(np.concatenate([[[0, 0]], path, [[n, m]]]), reach)
    rows, columns = points[:, 0], points[:, 1]
    low = np.full(n + 1, m, dtype=np.int64)
    high = np.zeros(n + 1, dtype=np.int64)
    for r0, r1, c0, c1 in zip(rows, rows[1:], columns, columns[1:], strict=False):
        a, b = max(0, int(r0) - reach), min(n, int(r1) + reach)
        np.minimum(low[a : b + 1], int(c0) - reach, out=low[a : b + 1])
        np.maximum(high[a : b + 1], int(c1) + reach, out=high[a : b + 1])
    low = np.maximum(np.minimum.accumulate(low[::-1])[::-1], 0)
    high = np.minimum(np.maximum.accumulate(high), m)
    low[0], high[n] = 0, m
    return Band(low, high)


def _bridged(points: NDArray[np.int64], reach: int) -> NDArray[np.int64]:
    """The points, with more on the straight line across gaps that are wide on both sides."""
    out = [points[:1]]
    for left, right in itertools.pairwise(points):
        gap = right - left
        if gap.min() > 4 * reach:
            count = int(gap.max()) // (2 * reach) + 1
            out.append(np.linspace(left, right, count + 1)[1:-1].round().astype(np.int64))
        out.append(right[None])
    return np.concatenate(out)
