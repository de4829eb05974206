"""A lexicon learnt from aligned passages: IBM Model 1 (Brown et al. 1993), both ways, on sparse arrays.

A pair of documents is small, so plain Model 1 overfits its rare words (Moore 2004); what is kept is
the geometric mean of both directions' probabilities, discounted for few joint occurrences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from aligncheck.pairing.lexicon import Side

Ints = NDArray[np.integer[Any]]

_ROUNDS = 5
_LEAST = 0.15
_LARGEST_BEAD = 150  # words; longer passages teach little and cost their square
_MOST_PAIRS = 4_000_000  # co-occurrences held at once: bounds the memory on very long documents


def learn(
    chinese: Side, english: Side, beads: Iterable[tuple[Sequence[int], Sequence[int]]]
) -> dict[str, dict[str, float]]:
    """Chinese key -> English key -> strength 0..1, for pairs that occur together in at least two beads."""
    left, right, bead = [], [], []
    total = 0
    for number, (sources, targets) in enumerate(beads):
        zh = sorted({chinese.numbers[w.key] for i in sources for w in chinese.sentences[i]})
        en = sorted({english.numbers[w.key] for j in targets for w in english.sentences[j]})
        if not zh or not en or len(zh) > _LARGEST_BEAD or len(en) > _LARGEST_BEAD:
            continue
        total += len(zh) * len(en)
        if total > _MOST_PAIRS:
            break
        left.append(np.repeat(np.array(zh, dtype=np.int32), len(en)))
        right.append(np.tile(np.array(en, dtype=np.int32), len(zh)))
        bead.append(np.full(len(zh) * len(en), number, dtype=np.int32))
    if not left:
        return {}
    f, e, b = np.concatenate(left), np.concatenate(right), np.concatenate(bead)
    pair = f.astype(np.int64) * len(english.keys) + e
    pairs, index, joint = np.unique(pair, return_inverse=True, return_counts=True)
    pf, pe = pairs // len(english.keys), pairs % len(english.keys)
    forward = _train(index, b, e, pf, pairs.size)  # p(english | chinese)
    backward = _train(index, b, f, pe, pairs.size)  # p(chinese | english)
    discount = (joint - 0.8) / (joint + 0.7)
    strength = np.sqrt(forward * backward) * discount
    keep = (strength >= _LEAST) & (joint >= 2)
    learnt: dict[str, dict[str, float]] = {}
    for i, j, s in zip(pf[keep].tolist(), pe[keep].tolist(), strength[keep].tolist(), strict=True):
        learnt.setdefault(chinese.keys[i], {})[english.keys[j]] = min(1.0, s)
    return learnt


def _train(index: Ints, bead: Ints, made: Ints, pair_given: Ints, size: int) -> NDArray[np.float64]:
    """t(made | given) for every pair after a few rounds of expectation maximisation.

    All arrays are over co-occurrences but ``pair_given``: the conditioning word of each pair.
    """
    # Each word to be explained, in each bead, shares one unit among the words that may explain it.
    slot = np.unique(bead.astype(np.int64) * (int(made.max()) + 1) + made, return_inverse=True)[1]
    probability = np.full(size, 1.0)
    for _ in range(_ROUNDS):
        share = probability[index]
        mass = np.bincount(slot, weights=share)
        share = share / np.maximum(mass[slot], 1e-12)
        counts = np.bincount(index, weights=share, minlength=size)
        totals = np.bincount(pair_given, weights=counts)
        probability = counts / np.maximum(totals[pair_given], 1e-12)
    return probability
