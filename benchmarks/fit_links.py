"""Fit the weights of the clause links: a linear-chain conditional random field.

    python benchmarks/fit_links.py

Trained on the clause maps of the annotated report inside its paragraphs, and on copies in which English
sentences were taken out, so that clauses without rendering are learnt too.  Reports the F1 of (clause, English
sentence) pairs on all, and with each tenth of the paragraphs left out of the training.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent))
from alignment_data import SHARED, document
from fit_alignment import Remembering

from aligncheck.encode.additive import with_sums
from aligncheck.model import SpanRef
from aligncheck.pairing.joint import Pair
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.links import Clause, chain, link_features, step_of
from aligncheck.pairing.sides import sentences_of, vectored
from aligncheck.pairing.weights import LinkWeights

SIZES = (10, 6, 6, 2)


@dataclass
class Chain:
    """One paragraph: features, and the sentence of each clause (-1: none; of several the first)."""

    paragraph: int
    features: np.ndarray
    none: np.ndarray
    gold: list[int]
    links: set[tuple[int, int]]
    weight: float = 1.0


def chains(encoder) -> list[Chain]:
    records = json.loads((SHARED / "gov2024-dev" / "gold.json").read_text(encoding="utf-8"))
    source = sentences_of(document([s for r in records for s in r["zh_sents"]], "zh"))
    pieces = tuple(
        tuple(c for c, k in zip(r["clauses"], r["clause_sent"], strict=True) if k == n)
        for r in records
        for n in range(len(r["zh_sents"]))
    )
    source = replace(source, pieces=pieces)
    target = sentences_of(document([s for r in records for s in r["en_sents"]], "en"))
    lexicon = Lexicon(source.texts, target.texts)
    i = j = 0
    beads = []
    for r in records:
        beads += [([i + a for a in x], [j + b for b in y]) for x, y in r["beads"]]
        i, j = i + len(r["zh_sents"]), j + len(r["en_sents"])
    lexicon.learn(beads)
    pair = Pair(source, target, vectored(source, encoder), vectored(target, encoder), encoder, lexicon)
    pair.refresh_words()
    out = []
    piece = column = 0
    rng = random.Random(1)
    for r in records:
        clauses = [Clause(piece + k, 0, SpanRef(0, 0, 0)) for k in range(len(r["clauses"]))]
        width = len(r["en_sents"])
        if clauses and width:
            links = {(c, int(s)) for s, cs in r["clause_map"].items() for c in cs}
            out.append(one(pair, r, clauses, column, list(range(width)), links))
            for _ in range(3):
                if width > 1:
                    gone = rng.randrange(width)
                    keep = [s for s in range(width) if s != gone]
                    out.append(one(pair, r, clauses, column, keep, links, 0.3))
        piece += len(r["clauses"])
        column += width
    return out


def one(pair, record, clauses, column, keep, links, weight=1.0):
    # Evidence is taken from all sentences and cut down, but for what depends on the others.
    whole = narrow(pair, clauses, column, keep)
    place = {s: n for n, s in enumerate(keep)}
    kept = {(c, place[s]) for c, s in links if s in place}
    gold = [min((s for c, s in kept if c == k), default=-1) for k in range(len(clauses))]
    return Chain(record["para"], *whole, gold, kept, weight)


def narrow(pair, clauses, column, keep):
    """Features with only some sentences of the paragraph there."""
    if len(keep) == keep[-1] + 1 - keep[0]:
        return link_features(pair, clauses, column + keep[0], column + keep[-1] + 1)
    thin = _Thinned(pair, [column + s for s in keep])
    return link_features(thin, clauses, 0, len(keep))


class _Thinned:
    """A pair that shows only some target sentences."""

    def __init__(self, pair, columns):
        self.sv = pair.sv
        rows = np.concatenate(
            [np.arange(pair.tv.sums.starts[c], pair.tv.sums.starts[c + 1]) for c in columns]
        )
        owner = np.repeat(
            np.arange(len(columns)), [pair.tv.sums.starts[c + 1] - pair.tv.sums.starts[c] for c in columns]
        )
        self.tv = replace(
            pair.tv,
            piece_vectors=pair.tv.piece_vectors[rows],
            piece_sentence=owner,
            vectors=pair.tv.vectors[columns],
        )
        self.target = replace(pair.target, size=pair.target.size[columns])
        self._pair, self._columns = pair, columns

    def piece_words(self, start, end, first, last):
        a, b = self._columns[0], self._columns[-1] + 1
        pick = [c - a for c in self._columns]
        return tuple(x[:, pick] for x in self._pair.piece_words(start, end, a, b))


def unpack(w: np.ndarray) -> LinkWeights:
    cuts = np.cumsum((0, *SIZES))
    return LinkWeights(*(w[a:b] for a, b in itertools.pairwise(cuts)))


def gold_score(item: Chain, w: LinkWeights) -> float:
    emit = np.tensordot(w.sentence, item.features, axes=1)
    nothing = w.none @ item.none
    width = emit.shape[1]
    score, at = 0.0, -1
    for k, s in enumerate(item.gold):
        if s < 0:
            score += nothing[k]
            continue
        score += emit[k, s] + (w.ends[0] * s if at < 0 else w.steps[step_of(s - at)])
        at = s
    return score + (w.ends[1] * (width - 1 - at) if at >= 0 else 2 * w.ends[1] * width)


def partition(item: Chain, w: LinkWeights) -> float:
    return chain(item.features, item.none, w)[2]


def loss(w, items, penalty):
    weights = unpack(w)
    value = 0.5 * penalty * float(w @ w)
    for item in items:
        value -= item.weight * (gold_score(item, weights) - partition(item, weights))
    return value


def fit(items, penalty=0.3, start=None):
    start = (
        np.array([3, 2, 3, 1, 0.3, 2, 1, 2, -3, -3, 0.5, 1, 1, 1, 0, 0, 0, 0, -2, -4, -3, -5, -2, -2], float)
        if start is None
        else start
    )
    return minimize(loss, start, args=(items, penalty), method="L-BFGS-B", options={"maxiter": 40}).x


def found(item: Chain, w: LinkWeights) -> set[tuple[int, int]]:
    linked, none, _ = chain(item.features, item.none, w)
    out = set()
    for k, (row, nothing) in enumerate(zip(linked, none, strict=True)):
        best = int(row.argmax())
        if nothing >= 0.5 and row[best] < nothing:
            continue
        out |= {(k, best)} | {(k, int(c)) for c in np.flatnonzero(row >= 0.3)}
    return out


def score(items, w):
    same = test = gold = 0
    for item in items:
        links = found(item, w)
        same, test, gold = same + len(links & item.links), test + len(links), gold + len(item.links)
    return 2 * same / max(test + gold, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--vectors", type=Path)
    args = parser.parse_args()
    from aligncheck.encode.embedded import make

    items = chains(Remembering(with_sums(make("")), args.vectors))
    plain = [x for x in items if x.weight == 1]
    thin = [x for x in items if x.weight < 1]
    before = unpack(
        np.array([3, 2, 3, 1, 0.3, 2, 1, 2, -3, -3, 0.5, 1, 1, 1, 0, 0, 0, 0, -2, -4, -3, -5, -2, -2], float)
    )
    print(f"before {score(plain, before):.4f}, with sentences missing {score(thin, before):.4f}", flush=True)
    w = fit(items)
    print(
        f"fit on all {score(plain, unpack(w)):.4f}, with sentences missing {score(thin, unpack(w)):.4f}",
        flush=True,
    )
    print(
        [
            [round(float(x), 3) for x in part]
            for part in (unpack(w).sentence, unpack(w).none, unpack(w).steps, unpack(w).ends)
        ]
    )
    if args.folds:
        pairs = []
        for k in range(args.folds):
            inside = [x for x in items if x.paragraph % args.folds != k]
            one_w = unpack(fit(inside, start=w))
            for item in items:
                if item.paragraph % args.folds == k:
                    pairs.append((item, found(item, one_w)))
        for title, part in (
            ("left out", [p for p in pairs if p[0].weight == 1]),
            ("with sentences missing", [p for p in pairs if p[0].weight < 1]),
        ):
            same = sum(len(f & x.links) for x, f in part)
            print(title, f"{2 * same / sum(len(f) + len(x.links) for x, f in part):.4f}")


if __name__ == "__main__":
    main()
