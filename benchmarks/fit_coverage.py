#!/usr/bin/env python3
"""Fit the models that tell clauses and sentences without counterpart from translated ones.

    python benchmarks/fit_coverage.py [--gold FILE] [--human FILE] [--lines 1300] [--cache FILE] [--write]

Paragraphs of an annotated report, and of news with human translations (lines of one document put
together to paragraphs), get an English sentence taken out, put in, or replaced.  Which Chinese
clauses that leaves without counterpart is known from the annotation, so the features of
``aligncheck/checks/coverage.py`` can be fitted by logistic regression; both sources weigh alike.
Shown is the ROC AUC by five folds over paragraphs, and from one source to the other.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from defects import SHARED, use_cache

OUT = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/coverage.json"


def paragraphs(gold, human, lines, rng):
    """(source, number, clauses, sentences, sentence -> clauses it renders)."""
    from aligncheck.segment import split_clauses

    for r in json.loads(gold.read_text(encoding="utf-8")):
        if r["clauses"] and r["en_sents"]:
            yield (
                "report",
                r["para"],
                r["clauses"],
                r["en_sents"],
                {int(k): v for k, v in r["clause_map"].items()},
            )
    rows = [line.rstrip("\n").split("\t")[:2] for line in human.open(encoding="utf-8")][:lines]
    at = 0
    while at < len(rows):
        size = rng.choice([2, 3, 4, 5])
        clauses, sentences, rendered = [], [], {}
        for zh, en in rows[at : at + size]:
            found = [zh[s.start : s.end] for s in split_clauses(zh, "zh")]
            if found and en:
                rendered[len(sentences)] = list(range(len(clauses), len(clauses) + len(found)))
                clauses += found
                sentences.append(en)
        at += size
        if clauses:
            yield "news", at, clauses, sentences, rendered


def variants(sentences, rendered, clauses, foreign, rng):
    """(English sentences, labels of the clauses, labels of the sentences); -1: cannot be said."""
    everywhere = range(len(sentences))
    plans = [("clean", 0), ("add", rng.randint(0, len(sentences)))]
    if len(sentences) > 1:
        plans += [("drop", j) for j in rng.sample(everywhere, min(len(sentences), 6))]
    plans += [("swap", j) for j in rng.sample(everywhere, min(len(sentences), 2))]
    for kind, j in plans:
        english, lost, unbacked = list(sentences), [0] * len(clauses), [0] * len(sentences)
        if kind in ("drop", "swap"):
            elsewhere = {c for k, cs in rendered.items() if k != j for c in cs}
            for c in rendered.get(j, []):
                lost[c] = -1 if c in elsewhere else 1
            if kind == "drop":
                del english[j], unbacked[j]
            else:
                english[j], unbacked[j] = rng.choice(foreign), 1
        elif kind == "add":
            english.insert(j, rng.choice(foreign))
            unbacked.insert(j, 1)
        if english:
            yield english, lost, unbacked


def learn_vectors(vectors, clauses, sentences):
    """The vectors of a paragraph's units, each seen in its sentence, as a check would have them."""
    from aligncheck.checks.coverage import Unit
    from aligncheck.model import Segment, SpanRef

    groups, at = [[]], 0
    for text in clauses:
        groups[-1].append(text)
        if text.rstrip("”’」』）").endswith(("。", "！", "？", "；")):
            groups.append([])
    for language, rows in (("zh", [g for g in groups if g]), ("en", [[s] for s in sentences])):
        segments, units, at = [], [], 0
        for n, row in enumerate(rows):
            segments.append(Segment(n, 0, at, at + sum(map(len, row)), "".join(row)))
            units.append([])
            for text in row:
                units[-1].append(Unit(SpanRef(0, at, at + len(text)), text, n, []))
                at += len(text)
        vectors.learn(segments, units, language)


def auc(labels, scores):
    """ROC AUC by ranks."""
    from scipy.stats import rankdata

    ranks, positive = rankdata(scores), int(np.sum(labels))
    return (ranks[np.asarray(labels) == 1].sum() - positive * (positive + 1) / 2) / (
        positive * (len(labels) - positive)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=SHARED / "data/gov2024-dev/gold.json")
    parser.add_argument("--human", type=Path, default=SHARED / "data/wmt21-zhen-human.tsv")
    parser.add_argument("--lines", type=int, default=1300)
    parser.add_argument("--cache")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.cache:
        use_cache(args.cache)
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    from aligncheck import engine
    from aligncheck.checks import coverage
    from aligncheck.checks.evidence import WordEvidence, chinese_words, english_words
    from aligncheck.checks.passage_terms import TermPairs
    from aligncheck.config import Settings
    from aligncheck.encode.remember import Remembering
    from aligncheck.model import SpanRef

    rng = random.Random(5)
    encoder = engine.encoder_of("embedded")
    evidence, vectors = WordEvidence(encoder), coverage.UnitVectors(Remembering(encoder))
    terms = TermPairs(engine.termbase_of(Settings()))
    everything = list(paragraphs(args.gold, args.human, args.lines, rng))
    foreign = [s for p in everything for s in p[3] if len(s) > 50]
    samples = {"clause": [], "sentence": []}
    here = SpanRef(0, 0, 0)
    for n, (source, _, clauses, sentences, rendered) in enumerate(everything):
        learn_vectors(vectors, clauses, sentences)
        for english, lost, unbacked in variants(sentences, rendered, clauses, foreign, rng):
            zh = [coverage.Unit(here, t, 0, chinese_words(t)) for t in clauses]
            en = [coverage.Unit(here, t, 0, english_words(t)) for t in english]
            coverage.weigh(zh, en, evidence, vectors, terms)
            for side, units, labels in (("clause", zh, lost), ("sentence", en, unbacked)):
                samples[side] += [
                    (u.features, y, n, source)
                    for u, y in zip(units, labels, strict=True)
                    if y >= 0 and len(u.features)
                ]
    models = {}
    for side in ("clause", "sentence"):
        x = np.array([s[0] for s in samples[side]])
        y = np.array([s[1] for s in samples[side]])
        groups = np.array([s[2] for s in samples[side]])
        source = np.array([s[3] for s in samples[side]])
        mean, spread = x.mean(0), x.std(0)
        mean[0], spread[spread == 0] = 0.0, 1.0
        z = (x - mean) / spread
        share = {s: (source == s).mean() for s in ("report", "news")}
        weight = np.array([0.5 / share[s] for s in source])

        def fitted(rows, z=z, y=y, weight=weight):
            model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False)
            return model.fit(z[rows], y[rows], sample_weight=weight[rows]).coef_[0]

        held = np.zeros(len(y))
        for train, test in GroupKFold(5, shuffle=True, random_state=1).split(z, y, groups):
            held[test] = z[test] @ fitted(train)
        for s, other in (("report", "news"), ("news", "report")):
            rows, rest = np.flatnonzero(source == s), np.flatnonzero(source == other)
            print(f"{side} {s}: AUC {auc(y[rows], held[rows]):.4f}; fitted on {other} alone "
                  f"{auc(y[rows], z[rows] @ fitted(rest)):.4f} ({len(rows)} units, {y[rows].mean():.2f} absent)")  # fmt: skip
        w = fitted(np.arange(len(y)))
        plain = w / spread
        plain[0] -= (w * mean / spread).sum()
        models[side] = {n: round(float(v), 4) for n, v in zip(coverage.FEATURES, plain, strict=True)}
    if args.write:
        OUT.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {OUT}")


if __name__ == "__main__":
    main()
