"""The search: a rough path, a band around it, and the best sequence of beads inside the band.

Cost and memory grow with the length of the path, not with the product of the sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.align.features import Pair, bead_types, block_features
from aligncheck.align.weights import Weights

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

_ROWS = 48  # sentences whose beads are scored at once
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


def rough_path(pair: Pair) -> NDArray[np.int64]:
    """Pairs (row, column) of sentences that surely belong near each other, rising in both."""
    n, m = len(pair.source), len(pair.target)
    gain = _gain(pair, 0, n, 0, m)
    return _chain(gain)


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
    for i in range(n):
        row = np.maximum(best[i, 1:], best[i, :-1] + gain[i])
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


def band_of(path: NDArray[np.int64], n: int, m: int, reach: int = 10) -> Band:
    """A band that holds the path, the corners, and ``reach`` sentences on every side of them."""
    rows = np.concatenate([[0], path[:, 0], [n]]).astype(float)
    columns = np.concatenate([[0], path[:, 1], [m]]).astype(float)
    low = np.full(n + 1, m, dtype=np.int64)
    high = np.zeros(n + 1, dtype=np.int64)
    for r0, r1, c0, c1 in zip(rows, rows[1:], columns, columns[1:], strict=False):
        a, b = int(max(0, r0 - reach)), int(min(n, r1 + reach))
        low[a : b + 1] = np.minimum(low[a : b + 1], int(c0) - reach)
        high[a : b + 1] = np.maximum(high[a : b + 1], int(c1) + reach)
    low = np.maximum(np.minimum.accumulate(low[::-1])[::-1], 0)
    high = np.minimum(np.maximum.accumulate(high), m)
    return Band(low, high)


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
    for start in range(0, n, _ROWS):
        end = min(n, start + _ROWS)
        first, last = int(band.low[start]), int(band.high[end - 1])
        last = max(last, min(first + 1, m))
        block = block_features(pair, types, start, end, first, last)
        blocks.append((start, first, np.tensordot(weights.beads, block.beads, axes=1)))
        null_source[start:end] = weights.nulls @ block.null_source
        null_target[first:last] = np.maximum(null_target[first:last], weights.nulls @ block.null_target)
        if progress is not None:
            progress(end, n)
    null_target[np.isneginf(null_target)] = float(weights.nulls[1])
    return Scores(types, tuple(blocks), null_source, null_target)


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
            for k, (a, b), values in _steps(scores, types, where, i, low, widths[i], n, m):
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


def search(pair: Pair, weights: Weights, largest: int, progress: Progress | None = None) -> Sequence[Found]:
    """Align the sentences of a pair; both sides must have some."""
    path = rough_path(pair)
    band = band_of(path, len(pair.source), len(pair.target))
    return decode(score(pair, band, weights, largest, progress), band)
