"""The search: a rough path, a band around it, and the best sequence of beads inside the band.

Cost and memory grow with the length of the path, not with the product of the sides.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import unit
from aligncheck.pairing.features import Pair, bead_types, block_features
from aligncheck.pairing.weights import Weights

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

_ROWS = 48  # sentences whose beads are scored at once, at most
_CELLS = 6_000  # cells of the table that are scored at once, about
_REACH = 10  # sentences on each side of the rough path
_RARE = 5  # sentences of its side that a rare word occurs in, at most
_FULL = 3_000_000  # cells of a table that is small enough to look at whole
_LOW = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Band:
    """For each border 0..n between source sentences, the target borders low..high that are looked at."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """A bead: source and target ranges (half-open), score and probability."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


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
    if n * m <= _FULL:
        return Path(_chain(_gain(pair, 0, n, 0, m)))
    marks = np.concatenate([[[-1, -1]], _spread_out(_anchors(pair)), [[n, m]]])
    path, reach = [], _REACH
    for (r0, c0), (r1, c1) in itertools.pairwise(marks.tolist()):
        start, first = max(r0, 0), max(c0, 0)
        cells = (r1 - start) * (c1 - first)
        if cells == 0:
            continue
        if cells <= _FULL:
            inner = _chain(_gain(pair, start, r1, first, c1))
        else:
            size = math.ceil(math.sqrt(cells / _FULL))
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


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of every bead that begins in the band, block by block.

    ``blocks``: (first row, first column, (types, rows, columns)); ``null_source``: (n,),
    ``null_target``: (m,).
    """

    types: tuple[tuple[int, int], ...]
    blocks: tuple[tuple[int, int, Array], ...]
    null_source: Array
    null_target: Array


def score(pair: Pair, band: Band, weights: Weights, largest: int, progress: Progress | None = None) -> Scores:
    """Score all candidate beads inside the band."""
    types = bead_types(largest)
    n, m = len(pair.source), len(pair.target)
    null_source = np.zeros(n, dtype=np.float32)
    null_target = np.full(m, -np.inf, dtype=np.float32)
    blocks = []

    def scored(portion: tuple[int, int]) -> tuple[int, Array, Array, Array]:
        start, end = portion
        first, last = int(band.low[start]), int(band.high[end - 1])
        first = min(first, m - 1)
        last = max(last, first + 1)
        block = block_features(pair, types, start, end, first, last)
        if progress is not None:
            progress(end, n)
        beads = np.tensordot(weights.beads, block.beads, axes=1)
        return first, beads, weights.nulls @ block.null_source, weights.nulls @ block.null_target

    portions = list(_portions(band, n))
    for start, end in portions:
        first, beads, source, target = scored((start, end))
        blocks.append((start, first, beads))
        null_source[start:end] = source
        last = first + len(target)
        null_target[first:last] = np.maximum(null_target[first:last], target)
    null_target[np.isneginf(null_target)] = float(weights.nulls[1])
    return Scores(types, tuple(blocks), null_source, null_target)


def _portions(band: Band, n: int) -> Iterator[tuple[int, int]]:
    """Rows that are scored at once: few enough that their cells fit into the cache's neighbourhood."""
    start = 0
    while start < n:
        end = start + 1
        while (
            end < n
            and end - start < _ROWS
            and (end + 1 - start) * (int(band.high[end]) - int(band.low[start])) <= _CELLS
        ):
            end += 1
        yield start, end
        start = end


def decode(scores: Scores, band: Band) -> list[Found]:
    """The sequence of beads with the highest total score."""
    n, m = len(scores.null_source), len(scores.null_target)
    types = scores.types
    best = [np.full(int(h - w) + 1, _LOW) for w, h in zip(band.low, band.high, strict=True)]
    back = [np.zeros(len(b), dtype=np.int8) for b in best]
    skips = np.concatenate([[0], np.cumsum(scores.null_target.astype(np.float64))])
    best[0][0] = 0
    codes = {t: k + 2 for k, t in enumerate(types)}
    block = 0
    for i in range(n + 1):
        low = int(band.low[i])
        row = best[i]
        span = skips[low : low + len(row)]
        level = row - span
        top = np.maximum.accumulate(level)
        back[i][top > level] = 1
        row = best[i] = (top + span).astype(np.float64)
        if i == n:
            break
        while block + 1 < len(scores.blocks) and scores.blocks[block + 1][0] <= i:
            block += 1
        at, first, table = scores.blocks[block]
        _push(row + scores.null_source[i], low, i + 1, 0, 0, best, back, band)
        for k, (a, b) in enumerate(types):
            if i + a > n:
                continue
            values = table[k, i - at]
            width = min(len(row), len(values) - (low - first), m - low - b + 1)
            if width > 0:
                reach = row[:width] + values[low - first : low - first + width]
                _push(reach, low + b, i + a, codes[a, b], b, best, back, band)
    found = []
    i, j = n, m
    while i or j:
        code = int(back[i][j - int(band.low[i])])
        a, b = ((1, 0), (0, 1))[code] if code < 2 else types[code - 2]
        found.append(Found((i - a, i), (j - b, j), 0.5))
        i, j = i - a, j - b
    return found[::-1]


def _push(
    reach: NDArray[np.float64],
    column: int,
    row: int,
    code: int,
    wide: int,
    best: list[NDArray[np.float64]],
    back: list[NDArray[np.int8]],
    band: Band,
) -> None:
    """Let beads that end at (row, column ...) compete with those that do already."""
    low, high = int(band.low[row]), int(band.high[row])
    a, b = max(low, column), min(high + 1, column + len(reach))
    if b <= a:
        return
    there, fresh = best[row][a - low : b - low], reach[a - column : b - column]
    better = fresh > there
    there[better] = fresh[better]
    back[row][a - low : b - low][better] = code


@dataclass(frozen=True, slots=True)
class Posterior:
    """Probabilities of beads under the scores, as a semi-Markov conditional random field.

    (Sarawagi and Cohen 2004.)  ``blocks`` are laid out like those of the scores; ``null_source``
    (n,), ``null_target`` (m,): probability that a sentence has no counterpart.
    """

    blocks: tuple[Array, ...]
    null_source: Array
    null_target: Array


def posterior(scores: Scores, band: Band) -> Posterior:
    """Forward and backward over the band."""
    n, m = len(scores.null_source), len(scores.null_target)
    types = scores.types
    widths = [int(h - w) + 1 for w, h in zip(band.low, band.high, strict=True)]
    alpha = [np.full(w, -np.inf) for w in widths]
    beta = [np.full(w, -np.inf) for w in widths]
    skips = np.concatenate([[0], np.cumsum(scores.null_target.astype(np.float64))])
    where = _block_of_row(scores, n)
    alpha[0][0] = 0
    beta[n][-1] = 0
    with np.errstate(invalid="ignore"):
        for i in range(n + 1):
            low = int(band.low[i])
            span = skips[low : low + widths[i]]
            row = alpha[i] = np.logaddexp.accumulate(alpha[i] - span) + span
            if i == n:
                break
            _spread(alpha, band, i + 1, low, row + scores.null_source[i])
            for _, (a, b), values in _steps(scores, types, where, i, low, widths[i], n, m):
                _spread(alpha, band, i + a, low + b, row[: len(values)] + values)
        total = alpha[n][-1]
        blocks = tuple(np.zeros_like(table) for _, _, table in scores.blocks)
        null_source = np.zeros(n, dtype=np.float32)
        null_target = np.zeros(m, dtype=np.float64)
        for i in range(n, -1, -1):
            low = int(band.low[i])
            span = skips[low : low + widths[i]]
            row = beta[i]
            if i < n:
                down = _slice(beta, band, i + 1, low, widths[i]) + scores.null_source[i]
                row = np.logaddexp(row, down)
                for k, (a, b), values in _steps(scores, types, where, i, low, widths[i], n, m):
                    ahead = _slice(beta, band, i + a, low + b, len(values)) + values
                    row[: len(values)] = np.logaddexp(row[: len(values)], ahead)
                    at, first, _ = scores.blocks[where[i]]
                    block = blocks[where[i]]
                    chance = np.exp(alpha[i][: len(values)] + ahead - total)
                    block[k, i - at, low - first : low - first + len(values)] = chance
            else:
                down = np.full(widths[i], -np.inf)
            back = (row + span)[::-1]
            row = beta[i] = np.logaddexp.accumulate(back)[::-1] - span
            null_source[i : i + 1] = np.exp(np.logaddexp.reduce(alpha[i] + down) - total) if i < n else 0
            if len(row) > 1:
                step = alpha[i][:-1] + scores.null_target[low : low + len(row) - 1] + row[1:] - total
                null_target[low : low + len(row) - 1] += np.exp(step)
    return Posterior(blocks, null_source, null_target.astype(np.float32))


def _block_of_row(scores: Scores, n: int) -> NDArray[np.int64]:
    starts = np.array([at for at, _, _ in scores.blocks], dtype=np.int64)
    where: NDArray[np.int64] = np.searchsorted(starts, np.arange(n), side="right") - 1
    return where


def _steps(
    scores: Scores,
    types: tuple[tuple[int, int], ...],
    where: NDArray[np.int64],
    i: int,
    low: int,
    width: int,
    n: int,
    m: int,
) -> Iterator[tuple[int, tuple[int, int], Array]]:
    """The bead types that may begin in a row, each with its scores from column ``low`` on."""
    at, first, table = scores.blocks[where[i]]
    for k, (a, b) in enumerate(types):
        if i + a > n:
            continue
        values = table[k, i - at, low - first : low - first + min(width, m - low - b + 1)]
        if len(values):
            yield k, (a, b), values


def _spread(
    rows: list[NDArray[np.float64]], band: Band, row: int, column: int, values: NDArray[np.float64]
) -> None:
    low, high = int(band.low[row]), int(band.high[row])
    a, b = max(low, column), min(high + 1, column + len(values))
    if b > a:
        there = rows[row][a - low : b - low]
        np.logaddexp(there, values[a - column : b - column], out=there)


def _slice(
    rows: list[NDArray[np.float64]], band: Band, row: int, column: int, width: int
) -> NDArray[np.float64]:
    low, high = int(band.low[row]), int(band.high[row])
    out = np.full(width, -np.inf)
    a, b = max(low, column), min(high + 1, column + width)
    if b > a:
        out[a - column : b - column] = rows[row][a - low : b - low]
    return out


def search(
    pair: Pair,
    weights: Weights,
    largest: int,
    progress: Progress | None = None,
    path: Path | None = None,
    judge: bool = True,
) -> Sequence[Found]:
    """Align the sentences of a pair; both sides must have some.

    ``path``: where to search, if it is known already; ``judge``: find the probability of every bead too.
    """
    path = path or rough_path(pair)
    band = band_of(path.cells, len(pair.source), len(pair.target), path.reach)
    scores = score(pair, band, weights, largest, progress)
    found = decode(scores, band)
    return judged(found, scores, posterior(scores, band)) if judge else found


def judged(found: Sequence[Found], scores: Scores, chances: Posterior) -> list[Found]:
    """The beads with their probabilities."""
    where = _block_of_row(scores, len(scores.null_source))
    types = {t: k for k, t in enumerate(scores.types)}
    out = []
    for bead in found:
        i, j = bead.source[0], bead.target[0]
        size = (bead.source[1] - i, bead.target[1] - j)
        if size in types:
            at, first, _ = scores.blocks[where[i]]
            chance = float(chances.blocks[where[i]][types[size], i - at, j - first])
        else:
            chance = float(chances.null_source[i] if size[0] else chances.null_target[j])
        out.append(replace(bead, probability=min(max(chance, 0.0), 1.0)))
    return out


def search_part(
    pair: Pair, weights: Weights, largest: int, rows: tuple[int, int], columns: tuple[int, int]
) -> list[Found]:
    """Align a stretch of the source with a stretch of the target, whatever stands around them."""
    (start, end), (first, last) = rows, columns
    n, m = end - start, last - first
    types = bead_types(largest)
    block = block_features(pair, types, start, end, first, last)
    scores = Scores(
        types,
        ((0, 0, np.tensordot(weights.beads, block.beads, axes=1)),),
        weights.nulls @ block.null_source,
        weights.nulls @ block.null_target,
    )
    band = Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64))
    found = judged(decode(scores, band), scores, posterior(scores, band))
    return [
        Found(
            (f.source[0] + start, f.source[1] + start),
            (f.target[0] + first, f.target[1] + first),
            f.probability,
        )
        for f in found
    ]
