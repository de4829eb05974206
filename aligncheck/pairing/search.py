"""The search: a rough path, a band around it, and the best sequence of beads inside the band.

Cost and memory grow with the length of the path, not with the product of the sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligncheck.pairing.features import bead_types, block_features
from aligncheck.pairing.joint import Array, Pair
from aligncheck.pairing.path import Band, Path, band_of, rough_path
from aligncheck.pairing.weights import Weights

Progress = Callable[[int, int], None]

_ROWS = 48  # sentences whose beads are scored at once, at most
_CELLS = 6_000  # cells of the table that are scored at once, about
_LOW = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Found:
    """A bead: source and target ranges (half-open), score and probability."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


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
        _push(row + scores.null_source[i], low, i + 1, 0, best, back, band)
        for k, (a, b) in enumerate(types):
            if i + a > n:
                continue
            values = table[k, i - at]
            width = min(len(row), len(values) - (low - first), m - low - b + 1)
            if width > 0:
                reach = row[:width] + values[low - first : low - first + width]
                _push(reach, low + b, i + a, codes[a, b], best, back, band)
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
