"""Fit the weights of the alignment evidence to gold beads: a semi-Markov conditional random field.

    python benchmarks/fit_alignment.py [--write] [--folds]

Maximises the penalised likelihood of the gold bead sequences (convex; L-BFGS) over lattices that keep
every bead with a probability above 1e-5 under weights made half as sharp.  --folds leaves out one file after
another and reports the score on it; --write prints the tables of aligncheck/pairing/weights.py.
"""

from __future__ import annotations

import argparse
import math
import pickle
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent))
from alignment_data import (
    Sample,
    damaged,
    document,
    f1,
    news,
    novels,
    report,
    reshaped,
    same_beads,
    swapped,
)

from aligncheck.encode.additive import with_sums
from aligncheck.encode.base import Sums
from aligncheck.pairing.features import NAMES, NULL_NAMES, bead_types, block_features
from aligncheck.pairing.joint import Pair
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.path import band_of, rough_path
from aligncheck.pairing.search import posterior, score
from aligncheck.pairing.sides import sentences_of, vectored
from aligncheck.pairing.weights import DEFAULT, Weights

K = len(NAMES) + len(NULL_NAMES)


@dataclass
class Lattice:
    """Edges (from node, to node, source size, target size, features) in topological order, and the gold ones."""

    sample: Sample
    edges: list[tuple[int, int, int, int, int, int]]  # from, to, i, a, j, b
    features: np.ndarray
    gold: np.ndarray
    nodes: int
    gold_features: np.ndarray


def samples() -> list[Sample]:
    """What is fitted to."""
    base = list(novels())
    gov, blocks = report(), report(blocks=True)
    blocks = replace(blocks, name="gov-blocks", group="gov")
    out = [*base, gov, blocks]
    for n, one in enumerate([*base, gov, blocks]):
        out.append(replace(damaged(one, n), weight=0.5))
    for seed in (1, 2, 3):
        out.append(replace(swapped(blocks, seed), weight=0.7))
        out.append(replace(reshaped(blocks, seed), weight=0.7))
    for start in (0, 900):
        for split in (False, True):
            out.append(replace(news(start=start, count=250, split=split), weight=0.3))
        out.append(replace(damaged(news(start=start, count=250), start + 1), weight=0.3))
    return out


def pair_of(sample: Sample, encoder) -> Pair:
    source = sentences_of(document(sample.source, "zh"))
    target = sentences_of(document(sample.target, "en"))
    if sample.source_opens:
        source = replace(source, opens=_flags(sample.source_opens, len(source)), informative=True)
        target = replace(target, opens=_flags(sample.target_opens, len(target)), informative=True)
    lexicon = Lexicon(source.texts, target.texts)
    pair = Pair(source, target, vectored(source, encoder), vectored(target, encoder), encoder, lexicon)
    pair.refresh_words()
    return pair


def _flags(places, count):
    flags = np.zeros(count, dtype=bool)
    flags[list(places)] = True
    return flags


def second_pass(pair: Pair) -> None:
    pair.lexicon.learn(([i], [j]) for i, j in rough_path(pair).cells.tolist())
    pair.refresh_words()


def lattice_of(sample: Sample, encoder) -> Lattice:
    pair = pair_of(sample, encoder)
    second_pass(pair)
    n, m = len(pair.source), len(pair.target)
    path = rough_path(pair)
    band = band_of(path.cells, n, m, path.reach)
    flat = Weights(DEFAULT.beads * 0.5, DEFAULT.nulls * 0.5)
    scores = score(pair, band, flat, 10)
    chances = posterior(scores, band)
    types = bead_types(10)
    edges, rows = [], []
    gold = set()
    for a, b in sample.gold:
        gold.add((a, b))
    zero, znull = np.zeros(len(NAMES)), np.zeros(len(NULL_NAMES))
    seen = set()
    for (start, first, table), chance in zip(scores.blocks, chances.blocks, strict=True):
        block = block_features(pair, types, start, start + table.shape[1], first, first + table.shape[2])
        wanted = chance > 1e-5
        for k, (a, b) in enumerate(types):
            for r in range(table.shape[1]):
                for c in range(table.shape[2]):
                    i, j = start + r, first + c
                    if i + a > n or j + b > m:
                        continue
                    key = (tuple(range(i, i + a)), tuple(range(j, j + b)))
                    if wanted[k, r, c] or key in gold:
                        edges.append((i, j, a, b))
                        rows.append(np.concatenate([block.beads[:, k, r, c], znull]))
                        seen.add(key)
        for r in range(table.shape[1]):
            i = start + r
            for j in range(int(band.low[i]), int(band.high[i]) + 1):
                edges.append((i, j, 1, 0))
                rows.append(np.concatenate([zero, block.null_source[:, r]]))
                if j < m and first <= j < first + table.shape[2]:
                    edges.append((i, j, 0, 1))
                    rows.append(np.concatenate([zero, block.null_target[:, j - first]]))
    low, high = int(band.low[n]), int(band.high[n])
    last = scores.blocks[-1]
    block = block_features(pair, types, last[0], n, last[1], last[1] + last[2].shape[2])
    for j in range(low, high):
        edges.append((n, j, 0, 1))
        at = min(j - last[1], block.null_target.shape[1] - 1)
        rows.append(np.concatenate([zero, block.null_target[:, at]]))
    return _prune(sample, n, m, edges, np.array(rows))


def _prune(sample, n, m, edges, rows):
    """Keep the edges that lie on some path, number the nodes, mark the gold path."""
    path = gold_path(sample, n, m)
    have = {(i, j, a, b): e for e, (i, j, a, b) in enumerate(edges)}
    missing = [p for p in path if p not in have]
    if missing:
        print(f"  {sample.name}: {len(missing)} gold beads outside the search space", missing[:3])
        extra = np.zeros((len(missing), rows.shape[1]))
        for p in missing:
            have[p] = len(edges)
            edges.append(p)
        rows = np.concatenate([rows, extra])
    order = sorted(range(len(edges)), key=lambda e: (edges[e][0] + edges[e][1], edges[e]))
    good, keep = _alive(edges, order, n, m)
    keep = _likely(keep, edges, rows, wanted := set(path), good)
    good, keep = _alive(edges, keep, n, m)
    names = {node: k for k, node in enumerate(sorted(good, key=lambda p: (p[0] + p[1], p)))}
    kept = [
        (names[edges[e][:2]], names[(edges[e][0] + edges[e][2], edges[e][1] + edges[e][3])], *edges[e])
        for e in keep
    ]
    features = rows[keep].astype(np.float32)
    gold = np.array([edges[e] in wanted for e in keep])
    return Lattice(sample, kept, features, gold, len(names), features[gold].sum(0))


def _alive(edges, order, n, m):
    """The nodes and edges (in the order given, from left to right) that lie on some whole path."""
    forward, back = {(0, 0)}, {(n, m)}
    for e in order:
        i, j, a, b = edges[e]
        if (i, j) in forward:
            forward.add((i + a, j + b))
    for e in sorted(order, key=lambda e: -(edges[e][0] + edges[e][2] + edges[e][1] + edges[e][3])):
        i, j, a, b = edges[e]
        if (i + a, j + b) in back:
            back.add((i, j))
    good = forward & back
    ends = lambda e: (edges[e][0] + edges[e][2], edges[e][1] + edges[e][3])  # noqa: E731
    return good, [e for e in order if edges[e][:2] in good and ends(e) in good]


def _likely(keep, edges, rows, wanted, good):
    """The edges with a probability above 1e-6 under the flattened weights, and the gold ones."""
    names = {node: k for k, node in enumerate(sorted(good, key=lambda p: (p[0] + p[1], p)))}
    kept = [
        (names[edges[e][:2]], names[(edges[e][0] + edges[e][2], edges[e][1] + edges[e][3])], *edges[e])
        for e in keep
    ]
    features = rows[keep].astype(np.float32)
    gold = np.array([edges[e] in wanted for e in keep])
    lattice = Lattice(None, kept, features, gold, len(names), features[gold].sum(0))
    *_, chance = likelihood(lattice, 0.5 * np.concatenate([DEFAULT.beads, DEFAULT.nulls]).astype(np.float64))
    return [e for e, c, g in zip(keep, chance, gold, strict=True) if c > 1e-6 or g]


class Remembering:
    """An encoder that keeps the sums of sentences it has seen: the variants of a text share most of them."""

    def __init__(self, encoder, path: Path | None) -> None:
        self._encoder, self._path = encoder, path
        self.signature = encoder.signature
        self._seen = pickle.loads(path.read_bytes()) if path and path.exists() else {}

    def encode(self, texts):
        return self._encoder.encode(texts)

    def finish(self, states, sizes):
        return self._encoder.finish(states, sizes)

    def sums(self, sentences):
        fresh = [s for s in dict.fromkeys(map(tuple, sentences)) if s not in self._seen]
        if fresh:
            made = self._encoder.sums(fresh)
            for n, s in enumerate(fresh):
                part = slice(made.starts[n], made.starts[n + 1])
                self._seen[s] = (made.bodies[part], made.sizes[part], made.first[n], made.last[n])
            if self._path:
                self._path.write_bytes(pickle.dumps(self._seen))
        rows = [self._seen[tuple(s)] for s in sentences]
        starts = np.concatenate([[0], np.cumsum([len(r[1]) for r in rows])]).astype(np.int64)
        return Sums(
            starts,
            np.concatenate([r[0] for r in rows]),
            np.concatenate([r[1] for r in rows]),
            np.array([r[2] for r in rows]),
            np.array([r[3] for r in rows]),
        )


def gold_path(sample: Sample, n: int, m: int):
    """The gold beads as steps (i, j, a, b); sentences of no bead are steps alone, source first."""
    steps, i, j = [], 0, 0
    for a, b in [g for g in sample.gold if g[0] and g[1]]:
        while i < a[0]:
            steps.append((i, j, 1, 0))
            i += 1
        while j < b[0]:
            steps.append((i, j, 0, 1))
            j += 1
        steps.append((i, j, len(a), len(b)))
        i, j = i + len(a), j + len(b)
    while i < n:
        steps.append((i, j, 1, 0))
        i += 1
    while j < m:
        steps.append((i, j, 0, 1))
        j += 1
    return steps


def likelihood(lattice: Lattice, weights: np.ndarray):
    """Log-likelihood of the gold path and its gradient."""
    values = lattice.features @ weights
    s = values.tolist()
    alpha = [-math.inf] * lattice.nodes
    beta = [-math.inf] * lattice.nodes
    alpha[0] = beta[-1] = 0.0
    exp, log = math.exp, math.log
    edges = lattice.edges
    for e, (u, v, *_) in enumerate(edges):
        x, y = alpha[u] + s[e], alpha[v]
        if x == -math.inf:
            continue
        alpha[v] = x + log(1 + exp(y - x)) if x > y else y + log(1 + exp(x - y))
    for e in range(len(edges) - 1, -1, -1):
        u, v = edges[e][:2]
        x, y = beta[v] + s[e], beta[u]
        if x == -math.inf:
            continue
        beta[u] = x + log(1 + exp(y - x)) if x > y else y + log(1 + exp(x - y))
    total = alpha[-1]
    au = np.array(alpha)[[e[0] for e in edges]]
    bv = np.array(beta)[[e[1] for e in edges]]
    chance = np.exp(au + values + bv - total)
    return (
        float(values[lattice.gold].sum() - total),
        lattice.gold_features - chance @ lattice.features,
        chance,
    )


def best_path(lattice: Lattice, gain: np.ndarray):
    """The path with the highest total gain, as beads."""
    top = [-math.inf] * lattice.nodes
    back = [-1] * lattice.nodes
    top[0] = 0.0
    for e, (u, v, *_) in enumerate(lattice.edges):
        x = top[u] + gain[e]
        if x > top[v]:
            top[v], back[v] = x, e
    beads, node = [], lattice.nodes - 1
    while node:
        u, _, i, j, a, b = lattice.edges[back[node]]
        beads.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        node = u
    return beads[::-1]


def fit(lattices, penalty: float, start: np.ndarray, rounds: int = 200) -> np.ndarray:
    def loss(weights):
        value, gradient = 0.5 * penalty * weights @ weights, penalty * weights
        for lattice in lattices:
            one, slope, _ = likelihood(lattice, weights)
            value -= lattice.sample.weight * one
            gradient = gradient - lattice.sample.weight * slope
        return value, gradient.astype(np.float64)

    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return result.x


def evaluate(lattices, weights):
    rows = {}
    for lattice in lattices:
        *_, chance = likelihood(lattice, weights)
        viterbi = best_path(lattice, (lattice.features @ weights).tolist())
        sided = np.array([bool(e[4] and e[5]) for e in lattice.edges])
        mbr = best_path(lattice, np.where(sided, chance, 1e-6 * chance).tolist())
        gold = lattice.sample.gold
        rows[lattice.sample.name] = (same_beads(gold, viterbi), same_beads(gold, mbr))
    return rows


def show(rows, title):
    mac = np.array([r for name, r in rows.items() if name.startswith("mac-") and "damaged" not in name])
    print(
        title,
        f"mac pooled {f1(mac[:, 0].sum(0)):.4f} mbr {f1(mac[:, 1].sum(0)):.4f} |" if len(mac) else "",
        " ".join(f"{n} {f1(a):.3f}/{f1(b):.3f}" for n, (a, b) in rows.items()),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="keep the lattices in this file between runs")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=100)
    args = parser.parse_args()
    started = time.time()
    if args.cache and args.cache.exists():
        lattices = pickle.loads(args.cache.read_bytes())
    else:
        from aligncheck.encode.embedded import make

        encoder = Remembering(with_sums(make("")), args.cache and args.cache.with_suffix(".vectors"))
        lattices = [lattice_of(s, encoder) for s in samples()]
        if args.cache:
            args.cache.write_bytes(pickle.dumps(lattices))
    print(
        f"{len(lattices)} lattices, {sum(len(x.edges) for x in lattices)} edges, {time.time() - started:.0f} s"
    )
    start = np.concatenate([DEFAULT.beads, DEFAULT.nulls]).astype(np.float64)
    show(evaluate(lattices, start), "before")
    weights = fit(lattices, args.penalty, start, args.rounds)
    show(evaluate(lattices, weights), "fit on all")
    print(f"{time.time() - started:.0f} s", flush=True)
    if args.write:
        for names, part in ((NAMES, weights[: len(NAMES)]), (NULL_NAMES, weights[len(NAMES) :])):
            print()
            for name, value in zip(names, part, strict=True):
                print(f"{name} {value:.4g}", flush=True)
    if args.folds:
        held = {}
        for group in sorted({x.sample.group for x in lattices if x.sample.group.startswith(("mac", "gov"))}):
            rest = [x for x in lattices if x.sample.group != group]
            one = fit(rest, args.penalty, np.zeros(K), args.rounds)
            held |= evaluate([x for x in lattices if x.sample.group == group], one)
        show(held, "left out")


if __name__ == "__main__":
    main()
