"""Passages that were moved: what is missing here and added there, when the two render each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligncheck.pairing.joint import Pair
from aligncheck.pairing.search import Found, search_part
from aligncheck.pairing.weights import Weights

#: Sentences without counterpart that are looked at on a side; more mean that the texts are no pair.
_MOST = 1500
#: A stretch longer than this is no moved passage but another text.
_LONGEST = 60
#: Least evidence of a moved bead: cosine, and cosine plus the mean share of words covered both ways.
_LEAST_COSINE = 0.35
_LEAST_SUM = 0.8


def find_moved(
    pair: Pair, beads: Sequence[Found], weights: Weights, largest: int
) -> tuple[list[Found], list[Found]]:
    """The beads that stay as they are, and those of passages that stand in another place."""
    sources = _stretches([f.source for f in beads if f.target[0] == f.target[1]])
    targets = _stretches([f.target for f in beads if f.source[0] == f.source[1]])
    if not sources or not targets:
        return list(beads), []
    if max(sum(b - a for a, b in side) for side in (sources, targets)) > _MOST:
        return list(beads), []
    moved: list[Found] = []
    free_sources, free_targets = set(sources), set(targets)
    for _, rows, columns in sorted(_likely(pair, sources, targets), reverse=True):
        if rows not in free_sources or columns not in free_targets:
            continue
        found = [
            f
            for f in search_part(pair, weights, largest, rows, columns)
            if f.source[0] < f.source[1] and f.target[0] < f.target[1] and _convincing(pair, f)
        ]
        if found:
            moved += found
            free_sources.discard(rows)
            free_targets.discard(columns)
    rows_taken = {i for f in moved for i in range(*f.source)}
    columns_taken = {j for f in moved for j in range(*f.target)}
    staying = [
        f
        for f in beads
        if not (f.target[0] == f.target[1] and f.source[0] in rows_taken)
        and not (f.source[0] == f.source[1] and f.target[0] in columns_taken)
    ]
    return staying, moved


def _stretches(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of sentences that stand next to one another."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [(a, b) for a, b in out if b - a <= _LONGEST]


def _likely(
    pair: Pair, sources: Sequence[tuple[int, int]], targets: Sequence[tuple[int, int]]
) -> list[tuple[float, tuple[int, int], tuple[int, int]]]:
    """Stretches that hold a pair of sentences near enough to look closer, with how near."""
    if not sources or not targets:
        return []
    columns = np.concatenate([np.arange(*t) for t in targets])
    borders = np.cumsum([0, *[b - a for a, b in targets[:-1]]])
    found = []
    for rows in sources:
        best = (pair.sv.vectors[slice(*rows)] @ pair.tv.vectors[columns].T).max(axis=0)
        best = np.maximum.reduceat(best, borders)
        found += [(float(c), rows, t) for c, t in zip(best, targets, strict=True) if c >= _LEAST_COSINE]
    return found


def _convincing(pair: Pair, found: Found) -> bool:
    (i, end), (j, last) = found.source, found.target
    left = pair.sv.vectors[i:end].sum(axis=0)
    right = pair.tv.vectors[j:last].sum(axis=0)
    cosine = float(left @ right) / max(float(np.linalg.norm(left) * np.linalg.norm(right)), 1e-6)
    ahead, total = pair.words(i, end, j, last).by_run(end - i, last - j)
    back, back_total = pair.words(j, last, i, end, flip=True).by_run(last - j, end - i)
    words = (
        float(ahead[-1][:, 0].sum()) / max(float(total.sum()), 1.0)
        + float(back[-1][:, 0].sum()) / max(float(back_total.sum()), 1.0)
    ) / 2
    return cosine >= _LEAST_COSINE and cosine + words >= _LEAST_SUM
