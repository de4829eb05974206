#!/usr/bin/env python3
"""Fit quality and coverage of a pair on the judgements of professional raters (WMT 2023, MQM).

    python benchmarks/fit_quality.py [--data FILE] [--human FILE] [--cache FILE] [--write]

Four linear models on the features of ``aligncheck/checks/pair_features.py``: ``quality`` and
``coverage``, each for a pair by itself and for one that stands among other translations of the
same Chinese.  The loss is a mixture:

* logistic, for the share of raters that mark a major accuracy error (quality) or omission (coverage);
* logistic on differences (RankNet; Burges et al. 2005), for the order of two translations of one segment;
* the same for human translations against themselves with a part cut off or a stranger's sentence
  put in, so that the numbers fall with what is lost or invented.

Every weight whose feature has a meaning keeps the sign of that meaning.  Features are dropped, the
weakest first, until SIZE are left; that is done anew in each fold.  All is shown by six-fold
cross-validation over documents, three times.  The squashing to 0..1 keeps the order: quality is
fitted to exp(-mqm/10), coverage to human translations of which a known share was cut off.
Needs scipy.
"""

from __future__ import annotations

import argparse
import collections
import json
import pickle
from pathlib import Path

import numpy as np
from defects import SHARED, load, use_cache
from scipy.optimize import minimize

DATA = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/quality.json"
#: More of it is worse, unless the feature stands in one of the next two.
BETTER = frozenset(
    """zh covered|zh covered once|zh told|zh told fairly|zh tail|zh last|zh least clause|en covered|en covered once
    |en told|cosine|cosine least|cosine en|words ratio|told ratio|ratio|among shared|among shared told|among order
    |among length""".replace("\n    ", "").split("|")
)
EITHER = frozenset({"zh length", "zh clauses", "zh headline", "zh unknown", "en length"})
SIZE = 24
#: kind -> (strength of the ridge, weight of the order within a segment, weight of the made pairs)
MIXTURE = {
    "quality": (0.1, 4.0, 0.1),
    "coverage": (0.05, 0.2, 0.1),
    "quality among": (0.1, 2.0, 0.1),
    "coverage among": (0.05, 0.2, 0.1),
}


def passages_of(pairs):
    """A judged passage a pair, with the official glossary for a witness."""
    from aligncheck import engine
    from aligncheck.checks.coverage import UnitVectors, clause_units, sentence_units, weigh
    from aligncheck.checks.evidence import WordEvidence
    from aligncheck.checks.passage_terms import TermPairs
    from aligncheck.checks.passages import _judge
    from aligncheck.config import Settings
    from aligncheck.encode.remember import Remembering
    from aligncheck.model import Segment
    from aligncheck.segment import split_sentences

    encoder = engine.encoder_of("embedded")
    evidence, vectors = WordEvidence(encoder), UnitVectors(Remembering(encoder))
    terms = TermPairs(engine.termbase_of(Settings()))
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
        passage = weigh(z, e, evidence, vectors, terms)
        _judge(passage)
        yield passage


def rows_of(pairs, groups=()):
    """Features of every pair, as dicts; ``groups``: indices of the translations of one text."""
    from aligncheck.checks.pair_features import among, features

    passages = list(passages_of(pairs))
    rows = [features(p, zh, en) for p, (zh, en) in zip(passages, pairs, strict=True)]
    for group in groups:
        for n, row in zip(group, among([passages[n] for n in group]), strict=True):
            rows[n] |= row
    return rows


def made(human, rng):
    """Worse versions of human translations: (pair, kind of damage, share that is left)."""
    found = []
    for n, (zh, en) in enumerate(human):
        words = en.split()
        if len(words) < 6:
            continue
        share = float(rng.uniform(0.1, 0.9))
        parts = [i for i, w in enumerate(words[:-2]) if w[-1] in ",;" and i >= 2]
        if parts:  # without one of its clauses
            at = int(rng.integers(len(parts)))
            first = parts[at] + 1
            last = parts[at + 1] + 1 if at + 1 < len(parts) else len(words)
            found.append((n, (zh, " ".join(words[:first] + words[last:])), "clause"))
        found.append((n, (zh, " ".join(words[: round(share * len(words))])), "end"))
        other = human[(n + 217) % len(human)][1]
        found.append((n, (zh, f"{en} {other}"), "padded"))
        found.append((n, (zh, other), "stranger"))
    return found


class Fit:
    """The data of one fit: scaled features, what the raters say, and the made pairs' differences."""

    def __init__(self, data, rows, human_rows, worse_rows, worse):
        self.names = list(rows[0])
        self.data = data
        x = np.array([[r[n] for n in self.names] for r in rows])
        self.mean, self.spread = x.mean(0), x.std(0) + 1e-9
        self.z = (x - self.mean) / self.spread
        self.documents = np.array([r["doc"] for r in data])
        self.mqm = np.array([float(r["mqm"]) for r in data])
        omission = np.array([int(r["major_omission_votes"]) for r in data])
        accuracy = np.array([int(r["major_accuracy_votes"]) for r in data])
        self.label = {"quality": accuracy >= 2, "coverage": omission >= 2}
        self.share = {"quality": np.minimum(accuracy, 5) / 5, "coverage": np.minimum(omission, 3) / 3}
        order = {"quality": np.minimum(self.mqm, 25), "coverage": np.minimum(omission, 4)}
        members = collections.defaultdict(list)
        for i, row in enumerate(data):
            members[row["doc"], row["seg"]].append(i)
        self.pairs = np.array([(i, j) for g in members.values() for a, i in enumerate(g) for j in g[:a]])
        self.order = {k: v[self.pairs[:, 0]] - v[self.pairs[:, 1]] for k, v in order.items()}
        single = [n for n in self.names if not n.startswith("among ")]
        human_x = np.array([[r[n] for n in single] for r in human_rows])
        worse_x = np.array([[r[n] for n in single] for r in worse_rows])
        self.damage = np.array([kind for _, _, kind in worse])
        self.lost = np.zeros((len(worse), len(self.names)))
        columns = [self.names.index(n) for n in single]
        self.lost[:, columns] = (worse_x - human_x[[n for n, _, _ in worse]]) / self.spread[columns]
        self.home = np.array([n for n, _, _ in worse])

    def weights(self, model, columns, rows, made_rows):
        """Weights of some columns, by rows of the data and of the made pairs."""
        strength, share, invented = MIXTURE[model]
        kind = model.split()[0]
        z, y = self.z[np.ix_(rows, columns)], self.share[kind][rows]
        inside = np.zeros(len(self.z), bool)
        inside[rows] = True
        chosen = inside[self.pairs[:, 0]] & (self.order[kind] != 0)
        gap = self.order[kind][chosen]
        d = (self.z[self.pairs[chosen, 0]] - self.z[self.pairs[chosen, 1]])[:, columns] * np.sign(gap)[
            :, None
        ]
        heavy = np.minimum(np.abs(gap), 5)
        heavy = heavy / heavy.mean()
        lost = self.lost[np.ix_(made_rows, columns)]
        n = len(columns)

        def loss(theta):
            w, bias = theta[:n], theta[n]
            s = np.clip(z @ w + bias, -30, 30)
            p = 1 / (1 + np.exp(-s))
            value = (np.logaddexp(0, s) - y * s).mean()
            gradient = np.append(z.T @ (p - y), (p - y).sum()) / len(y)
            for part, rate, by in ((d, share, heavy), (lost, invented, np.ones(len(lost)))):
                m = np.clip(part @ w, -30, 30)
                value += rate * (by * np.logaddexp(0, -m)).mean()
                gradient[:n] -= rate * part.T @ (by / (1 + np.exp(m))) / len(m)
            gradient[:n] += strength * w
            return value + strength * (w @ w) / 2, gradient

        sign = [0 if self.names[c] in EITHER else -1 if self.names[c] in BETTER else 1 for c in columns]
        bounds = [(None if s <= 0 else 0, None if s >= 0 else 0) for s in sign] + [(None, None)]
        return minimize(loss, np.zeros(n + 1), jac=True, method="L-BFGS-B", bounds=bounds).x[:n]

    def model(self, kind, columns, rows, made_rows):
        """Columns and weights that are left when the weakest features have gone."""
        columns = list(columns)
        while True:
            w = self.weights(kind, columns, rows, made_rows)
            if len(columns) <= SIZE:
                out = np.zeros(len(self.names))
                out[columns] = w
                return out
            weakest = np.argsort(np.abs(w))[: max(1, min(len(columns) - SIZE, len(columns) // 6))]
            columns = [c for k, c in enumerate(columns) if k not in set(weakest.tolist())]

    def held_out(self, kind, columns, seed, folds=6):
        """Raw numbers for documents, and for human translations, that the model was not fitted on."""
        order = np.random.default_rng(seed).permutation(sorted(set(self.documents)))
        fold = {d: n % folds for n, d in enumerate(order)}
        mine = np.array([fold[d] for d in self.documents])
        raw, lost = np.zeros(len(self.z)), np.zeros(len(self.lost))
        for n in range(folds):
            w = self.model(kind, columns, np.flatnonzero(mine != n), np.flatnonzero(self.home % folds != n))
            raw[mine == n] = self.z[mine == n] @ w
            lost[self.home % folds == n] = self.lost[self.home % folds == n] @ w
        return raw, lost


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


def prepared(args):
    """The fit's data, and the pairs for the squashing: (pairs' features, share left)."""
    scorer = load(args.bench / "score_quality.py")
    data = scorer.rows(args.data)
    members = collections.defaultdict(list)
    for i, row in enumerate(data):
        members[row["doc"], row["seg"]].append(i)
    rows = rows_of([(r["source"], r["target"]) for r in data], members.values())
    human = [line.rstrip("\n").split("\t")[:2] for line in args.human.open(encoding="utf-8")][:500]
    rng = np.random.default_rng(1)
    worse = made(human, rng)
    cut, share = [], []
    for zh, en in human:
        words = en.split()
        for part in (1.0, float(rng.uniform(0.1, 0.9)), 0.0):
            cut.append((zh, " ".join(words[: round(part * len(words))])))
            share.append(part)
    fit = Fit(data, rows, rows_of(human), rows_of([p for _, p, _ in worse]), worse)
    strange = rows_of([p for _, p, kind in worse if kind == "stranger"])
    return scorer, fit, rows_of(cut), np.array(share), strange


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED / "data/wmt23-zhen-mqm-dev.tsv")
    parser.add_argument("--human", type=Path, default=SHARED / "data/wmt21-zhen-human.tsv")
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--cache")
    parser.add_argument("--rows", type=Path, help="keep the features in this file, or read them from it")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.cache:
        use_cache(args.cache)
    if args.rows and args.rows.exists():
        fit, cut_rows, share, strange = pickle.loads(args.rows.read_bytes())
        scorer = load(args.bench / "score_quality.py")
    else:
        scorer, fit, cut_rows, share, strange = prepared(args)
        if args.rows:
            args.rows.write_bytes(pickle.dumps((fit, cut_rows, share, strange)))
    models = {}
    for beside in ("", " among"):
        columns = [i for i, n in enumerate(fit.names) if beside or not n.startswith("among ")]
        figures = []
        for seed in range(args.repeats):
            quality, lost_q = fit.held_out("quality" + beside, columns, seed)
            coverage, lost_c = fit.held_out("coverage" + beside, columns, seed)
            a, b = fit.pairs[:, 0], fit.pairs[:, 1]
            apart = fit.mqm[a] != fit.mqm[b]
            right = np.sign(quality[a] - quality[b]) == np.sign(fit.mqm[a] - fit.mqm[b])
            figures.append(
                [
                    scorer.auc(fit.label["coverage"].tolist(), coverage.tolist()),
                    scorer.auc(fit.label["quality"].tolist(), quality.tolist()),
                    right[apart].mean(),
                    *(
                        (lost[fit.damage == kind] > 0).mean()
                        for lost in (lost_q, lost_c)
                        for kind in ("clause", "end", "padded", "stranger")
                    ),
                ]
            )
        mean = np.mean(figures, 0)
        print(
            f"held out by document{beside}: omission_auc {mean[0]:.4f} accuracy_auc {mean[1]:.4f} pairwise {mean[2]:.4f}"
        )
        print("  falls for a clause dropped, the end cut, a sentence put in, another text:"
              f" quality {', '.join(f'{m:.3f}' for m in mean[3:7])}; coverage {', '.join(f'{m:.3f}' for m in mean[7:])}")  # fmt: skip
        for kind in ("quality", "coverage"):
            everything = np.arange(len(fit.z))
            plain = fit.model(kind + beside, columns, everything, np.arange(len(fit.lost))) / fit.spread

            def raw_of(rows, plain=plain):
                return np.array([[r.get(n, 0.0) for n in fit.names] for r in rows]) @ plain

            mine = (fit.z * fit.spread + fit.mean) @ plain
            if kind == "quality":
                # Unrelated texts belong on the scale as well, worth 0.
                apart = raw_of(strange) if not beside else np.zeros(0)
                raw, wanted = (
                    np.concatenate([mine, apart]),
                    np.concatenate([np.exp(-fit.mqm / 10), np.zeros(len(apart))]),
                )
                slope, middle = squash(raw, wanted)
                if not beside:
                    fitted = 1 / (1 + np.exp(slope * (apart - middle)))
                    print("quality of unrelated pairs, mean", round(float(fitted.mean()), 3))
            elif not beside:
                raw = raw_of(cut_rows + strange)
                slope, middle = squash(raw, np.concatenate([share, np.zeros(len(strange))]))
                fitted = 1 / (1 + np.exp(slope * (raw - middle)))
                print("coverage by unrelated texts, mean", round(float(fitted[len(share) :].mean()), 3))
                fitted = fitted[: len(share)]
                for low, high in ((0, 0), (0.1, 0.5), (0.5, 0.9), (1, 1)):
                    inside = [f for f, s in zip(fitted, share, strict=True) if low <= s <= high]
                    print(f"coverage of translations cut to {low}-{high}: mean {np.mean(inside):.2f}")
            else:  # the scale of pairs by themselves
                before = models["coverage"]
                alone = np.array([before.get(n, 0.0) for n in fit.names])
                told = (fit.z * fit.spread + fit.mean) @ alone
                told = 1 / (1 + np.exp(before["slope"] * (told - before["middle"])))
                slope, middle = squash(mine, told)
            models[kind + beside] = {
                "slope": slope,
                "middle": middle,
                **{n: round(float(w), 6) for n, w in zip(fit.names, plain, strict=True) if w},
            }
            print(
                kind + beside,
                {
                    n: round(float(w * s), 3)
                    for n, w, s in zip(fit.names, plain, fit.spread, strict=True)
                    if w
                },
            )
    if args.write:
        DATA.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {DATA}")


if __name__ == "__main__":
    main()
