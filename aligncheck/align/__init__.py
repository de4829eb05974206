"""Pairs the segments of two documents and, inside each pair, Chinese clauses with English spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from aligncheck.encode.base import Encoder
from aligncheck.model import Bead, Bitext
from aligncheck.terms import Termbase

Progress = Callable[[int, int], None]


def align(
    bitext: Bitext,
    encoder: Encoder,
    *,
    termbase: Termbase | None = None,
    max_bead: int = 10,
    progress: Progress | None = None,
) -> Bitext:
    """The bitext with beads and clause links.

    Both documents must be segmented.  For a bitext that is already ``paired`` the beads are the
    file's pairs and only the links are computed.  ``progress(done, of)`` is called now and then.
    """
    if bitext.paired:
        return replace(bitext, beads=_given(bitext))
    source = [s.text for s in bitext.source.segments]
    target = [s.text for s in bitext.target.segments]
    if not source or not target:
        beads = [Bead((i,), ()) for i in range(len(source))] + [Bead((), (j,)) for j in range(len(target))]
        return replace(bitext, beads=tuple(beads))
    a, b = encoder.encode(source), encoder.encode(target)
    steps = (
        [(0, 1), (1, 0)] + [(1, k) for k in range(1, max_bead + 1)] + [(k, 1) for k in range(2, max_bead + 1)]
    )
    n, m = len(source), len(target)
    best = np.full((n + 1, m + 1), -np.inf)
    back = np.zeros((n + 1, m + 1), dtype=np.int16)
    best[0, 0] = 0
    asum, bsum = (np.vstack([np.zeros((1, v.shape[1])), np.cumsum(v, 0)]) for v in (a, b))
    for i in range(n + 1):
        for j in range(m + 1):
            for k, (p, q) in enumerate(steps):
                if p > i or q > j or not np.isfinite(best[i - p, j - q]):
                    continue
                if p and q:
                    x, y = asum[i] - asum[i - p], bsum[j] - bsum[j - q]
                    cosine = float(x @ y) / (float(np.linalg.norm(x) * np.linalg.norm(y)) + 1e-9)
                    score = (cosine - 0.25) * (p + q)
                else:
                    score = -0.1
                if best[i - p, j - q] + score > best[i, j]:
                    best[i, j], back[i, j] = best[i - p, j - q] + score, k
    found: list[Bead] = []
    i, j = n, m
    while i or j:
        p, q = steps[back[i, j]]
        found.append(Bead(tuple(range(i - p, i)), tuple(range(j - q, j)), 0.5))
        i, j = i - p, j - q
    return replace(bitext, beads=tuple(reversed(found)))


def _given(bitext: Bitext) -> tuple[Bead, ...]:
    return tuple(
        Bead(
            tuple(s.id for b in pair.source for s in bitext.source.blocks[b].segments),
            tuple(s.id for b in pair.target for s in bitext.target.blocks[b].segments),
        )
        for pair in bitext.pairs
    )
