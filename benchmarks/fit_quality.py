#!/usr/bin/env python3
"""Fit quality and coverage of a pair on the judgements of professional raters (WMT 2023, MQM).

    python benchmarks/fit_quality.py [--data FILE] [--human FILE] [--cache FILE] [--write]

Two ridge regressions on the features of ``aligncheck/checks/quality.py``:

* ``quality`` predicts major accuracy errors (votes of three raters), and, within the translations of
  one segment, their order by MQM penalty;
* ``coverage`` predicts votes for a major omission.

Both are shown by six-fold cross-validation over documents.  The squashing to 0..1 keeps the order:
quality is fitted to exp(-mqm/10), coverage to human translations of which a known share was cut off.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

import numpy as np
from defects import SHARED, load, use_cache

DATA = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/quality.json"
COVERAGE = (
    "zh covered", "zh missing once", "zh doubtful", "zh run", "zh least clause", "zh absent", "zh absent most", "zh logit",
    "en covered once", "en missing", "en missing once", "en doubtful", "en absent", "cosine least", "cosine en",
    "length", "words ratio", "figures lost", "figures new", "names new", "han", "quotes", "unknown missing", "en length",
)  # fmt: skip


def passages_of(pairs):
    """A judged passage a pair."""
    from aligncheck import engine
    from aligncheck.checks.coverage import clause_units, make_vectors, sentence_units, weigh
    from aligncheck.checks.evidence import WordEvidence
    from aligncheck.checks.passages import _judge
    from aligncheck.model import Segment
    from aligncheck.segment import split_sentences

    encoder = engine.encoder_of("embedded")
    evidence, vectors = WordEvidence(encoder), make_vectors(encoder)
    units = []
    for zh, en in pairs:
        sides = []
        for text, language in ((zh, "zh"), (en, "en")):
            spans = split_sentences(text, language)
            sides.append([Segment(i, 0, s.start, s.end, text[s.start : s.end]) for i, s in enumerate(spans)])
        units.append(
            ([u for s in sides[0] for u in clause_units(s)], [u for s in sides[1] for u in sentence_units(s)])
        )
    evidence.learn_words(
        (w for z, _ in units for u in z for w in u.words), (w for _, e in units for u in e for w in u.words)
    )
    vectors([u.text for z, e in units for u in z + e])
    for z, e in units:
        passage = weigh(z, e, evidence, vectors)
        _judge(passage)
        yield passage


def feature_rows(pairs):
    """Features of every pair, as dicts."""
    from aligncheck.checks.quality import features

    return [features(p, zh, en) for p, (zh, en) in zip(passages_of(pairs), pairs, strict=True)]


def ridge(x, y, strength):
    """Weights of a ridge regression without intercept."""
    return np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ y)


def squash(raw, wanted):
    """Slope and middle of 1 / (1 + exp(slope * (raw - middle))) by least squares."""
    best = None
    for middle in (
        np.quantile(raw, np.linspace(0.02, 0.98, 60)).tolist()
        + np.linspace(raw.min(), raw.max(), 60).tolist()
    ):
        for slope in np.geomspace(0.05, 60, 60):
            error = ((1 / (1 + np.exp(np.clip(slope * (raw - middle), -30, 30))) - wanted) ** 2).mean()
            if best is None or error < best[0]:
                best = (error, float(slope), float(middle))
    return best[1], best[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED / "data/wmt23-zhen-mqm-dev.tsv")
    parser.add_argument("--human", type=Path, default=SHARED / "data/wmt21-zhen-human.tsv")
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--cache")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.cache:
        use_cache(args.cache)
    scorer = load(args.bench / "score_quality.py")
    data = scorer.rows(args.data)
    found = feature_rows([(r["source"], r["target"]) for r in data])
    names = list(found[0])
    x = np.array([[f[n] for n in names] for f in found])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / spread
    documents = np.array([r["doc"] for r in data])
    mqm = np.array([float(r["mqm"]) for r in data])
    votes = {k: np.array([int(r[f"major_{k}_votes"]) for r in data]) for k in ("omission", "accuracy")}
    members = collections.defaultdict(list)
    for i, row in enumerate(data):
        members[row["doc"], row["seg"]].append(i)

    def centred(values):
        values = values.astype(float).copy()
        for group in members.values():
            values[group] -= values[group].mean(0)
        return values

    zc = centred(z)
    keep = np.array([n in COVERAGE for n in names])
    penalty = 0.3 * centred(np.minimum(mqm, 15))
    omission = centred(np.minimum(votes["omission"], 3))

    def quality_weights(rows, share=2.0):
        y = np.minimum(votes["accuracy"], 5).astype(float)
        y = y - y[rows].mean()
        return ridge(
            np.vstack([z[rows], share * zc[rows]]), np.concatenate([y[rows], share * penalty[rows]]), 1500
        )

    def coverage_weights(rows, share=0.3):
        y = np.minimum(votes["omission"], 3).astype(float)
        y = y - y[rows].mean()
        w = np.zeros(len(names))
        w[keep] = ridge(
            np.vstack([z[rows][:, keep], share * zc[rows][:, keep]]),
            np.concatenate([y[rows], share * omission[rows]]),
            600,
        )
        return w

    order = np.random.default_rng(0).permutation(sorted(set(documents)))
    fold = {d: n % 6 for n, d in enumerate(order)}
    folds = np.array([fold[d] for d in documents])
    held = {"quality": np.zeros(len(data)), "coverage": np.zeros(len(data))}
    for n in range(6):
        train, test = np.flatnonzero(folds != n), np.flatnonzero(folds == n)
        held["quality"][test] = z[test] @ quality_weights(train)
        held["coverage"][test] = z[test] @ coverage_weights(train)
    right = of = 0.0
    for group in members.values():
        for a, i in enumerate(group):
            for j in group[:a]:
                if mqm[i] != mqm[j]:
                    of += 1
                    q = held["quality"]
                    right += 0.5 if q[i] == q[j] else (q[i] < q[j]) == (mqm[i] < mqm[j])
    print(f"held out by document: omission_auc {scorer.auc(list(votes['omission'] >= 2), list(held['coverage'])):.4f} "
          f"accuracy_auc {scorer.auc(list(votes['accuracy'] >= 2), list(held['quality'])):.4f} pairwise {right / of:.4f}")  # fmt: skip
    everything = np.arange(len(data))
    human = [line.rstrip("\n").split("\t")[:2] for line in args.human.open(encoding="utf-8")][:500]
    cut, share = [], []
    rng = np.random.default_rng(1)
    for zh, en in human:
        words = en.split()
        for part in (1.0, float(rng.uniform(0.1, 0.9)), 0.0):
            cut.append((zh, " ".join(words[: round(part * len(words))])))
            share.append(part)
    cut_rows = np.array([[f[n] for n in names] for f in feature_rows(cut)])
    models = {}
    for kind, weights in (
        ("quality", quality_weights(everything)),
        ("coverage", coverage_weights(everything)),
    ):
        plain = weights / spread
        if kind == "quality":
            # Unrelated texts belong on the scale as well: pairs of the next document's lines, worth 0.
            wrong = [(human[i][0], human[(i + 217) % len(human)][1]) for i in range(0, len(human), 3)]
            apart = np.array([[f[n] for n in names] for f in feature_rows(wrong)])
            raw = np.concatenate([x @ plain, apart @ plain])
            slope, middle = squash(raw, np.concatenate([np.exp(-mqm / 10), np.zeros(len(apart))]))
            print(
                "quality of unrelated pairs, mean",
                (1 / (1 + np.exp(slope * (apart @ plain - middle)))).mean(),
            )
        else:
            raw = cut_rows @ plain
            slope, middle = squash(raw, np.array(share))
            fitted = 1 / (1 + np.exp(slope * (raw - middle)))
            for low, high in ((0, 0), (0.1, 0.5), (0.5, 0.9), (1, 1)):
                inside = [f for f, s in zip(fitted, share, strict=True) if low <= s <= high]
                print(f"coverage of translations cut to {low}-{high}: mean {np.mean(inside):.2f}")
        models[kind] = {
            "slope": slope,
            "middle": middle,
            **{n: round(float(w), 6) for n, w in zip(names, plain, strict=True) if w},
        }
    if args.write:
        DATA.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {DATA}")


if __name__ == "__main__":
    main()
