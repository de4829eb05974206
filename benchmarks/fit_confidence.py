#!/usr/bin/env python3
"""Fit the confidence of findings on documents with planted defects, and show how reliable it is.

    python benchmarks/fit_confidence.py [--seeds 21-60] [--cache FILE] [--write] [--kinds a,b]

Each finding becomes a row of features with the label "it meets a planted or a marked defect".
One logistic model a kind; the table shows predictions for paragraphs (by their place in the
report) that the model was not fitted on.  ``--write`` puts the models, fitted on all, into the
package.  Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from pathlib import Path

import numpy as np
from defects import SHARED, bitext_of, load, planted, use_cache

DATA = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/confidence.json"


def collect(seeds, rate, gold, bench):
    """Rows (kind, features, right, group) over planted documents."""
    from aligncheck import engine
    from aligncheck.checks import calibration
    from aligncheck.config import Settings
    from aligncheck.reports.json_report import report_data

    seen = []

    def recording(kind, features):
        seen.append((kind, dict(features)))
        return 0.5 + len(seen) * 1e-7

    calibration.confidence = recording
    planter, scorer = load(bench / "plant_defects.py"), load(bench / "score_findings.py")
    rows = []
    for seed in seeds:
        records = json.loads(gold.read_text(encoding="utf-8"))
        zh, en, truth = planted(planter, records, seed, rate, False)
        seen.clear()
        report = engine.check_loaded(bitext_of(zh, en), Settings())
        findings = report_data(report)["findings"]
        items = [(p, p["accept"]) for p in truth["planted"]]
        items += [(g, scorer.NEAR.get(g["category"], {g["category"]})) for g in truth["genuine"]]
        of_line = {}
        for n, row in enumerate(zh):
            of_line[n + 1] = next((i for i, r in enumerate(records) if "".join(r["zh_sents"]) == row), n)
        for f, exact in zip(findings, report.findings, strict=True):
            index = round((exact.confidence - 0.5) * 1e7) - 1
            if not 0 <= index < len(seen):
                continue
            kind, features = seen[index]
            right = any(f["category"] in accept and scorer.touches(f, item) for item, accept in items)
            # What is right by luck (another defect of the paragraph) must at least mark its text.
            strict = any(
                f["category"] in accept and scorer.touches(f, item) and scorer.marks(f, item) is not False
                for item, accept in items
            )
            if kind.startswith("polarity"):
                strict = any(
                    item.get("kind") == "polarity"
                    and scorer.touches(f, item)
                    and item["en_text"] in [s["text"] for s in f["target"]]
                    for item, _ in items
                )
            line = next((s["line"] for s in f["source"]), None)
            group = of_line.get(line, (f["target"] or [{"line": 0}])[0]["line"])
            rows.append((kind, features, right, strict, group, seed))
        print(f"seed {seed}: {len(findings)} findings", file=sys.stderr)
    return rows


#: What each kind's model may look at; few, so that it holds for other texts.
FEATURES = {
    "order": ("score", "exchanged"),
    "untranslated": ("bracketed", "boilerplate", "quoted", "part", "english"),
}


#: Kinds whose findings must mark the very text of a defect to count as right.
STRICT = ("polarity minus", "polarity plus")


def fit(rows, kind, strength=0.2):
    """The model of one kind, and predictions by five folds of paragraphs."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    mine = [r for r in rows if r[0] == kind]
    names = sorted({n for r in mine for n in r[1]})
    names = [n for n in names if n in FEATURES.get(kind, names)]
    x = np.array([[r[1].get(n, 0.0) for n in names] for r in mine])
    y = np.array([float(r[3] if kind in STRICT else r[2]) for r in mine])
    groups = np.array([r[4] for r in mine])
    if len(mine) < 30 or y.min() == y.max() or not names:
        share = (y.sum() + 1) / (len(y) + 2) if len(y) else 0.5
        return None, np.full(len(y), share), y

    def model():
        return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2000))

    held = np.zeros(len(y))
    for train, test in GroupKFold(5, shuffle=True, random_state=0).split(x, y, groups):
        if y[train].min() == y[train].max():
            held[test] = y[train].mean()
            continue
        held[test] = model().fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    final = model().fit(x, y)
    scale, logistic = final[0], final[1]
    weights = logistic.coef_[0] / scale.scale_
    bias = logistic.intercept_[0] - (weights * scale.mean_).sum()
    return (
        {
            "bias": round(float(bias), 4),
            **{n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
        },
        held,
        y,
    )


def table(pairs):
    """Confidence bands against the share that is right."""
    for low in np.arange(0, 1, 0.1):
        group = [(p, y) for p, y in pairs if low <= p < low + 0.1 + 1e-9 * (low > 0.85)]
        if group:
            print(f"  {low:.1f} to {low + 0.1:.1f}: {sum(y for _, y in group):.0f} of {len(group)} right, "
                  f"{np.mean([y for _, y in group]):.2f}, said {np.mean([p for p, _ in group]):.2f}")  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="21-60")
    parser.add_argument("--rate", type=float, default=0.6)
    parser.add_argument("--gold", type=Path, default=SHARED / "data/gov2024-dev/gold.json")
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--cache")
    parser.add_argument(
        "--rows", help="keep the collected rows in this file, or read them from files, comma-separated"
    )
    parser.add_argument("--kinds", default="")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.rows and all(Path(p).exists() for p in args.rows.split(",")):
        rows = [
            (*r[:4], (p, r[4]), r[5])
            for p in args.rows.split(",")
            for r in pickle.loads(Path(p).read_bytes())
        ]
        groups = {g: n for n, g in enumerate(dict.fromkeys(r[4] for r in rows))}
        rows = [(*r[:4], groups[r[4]], r[5]) for r in rows]
    else:
        if args.cache:
            use_cache(args.cache)
        low, _, high = args.seeds.partition("-")
        rows = collect(range(int(low), int(high or low) + 1), args.rate, args.gold, args.bench)
        if args.rows:
            Path(args.rows).write_bytes(pickle.dumps(rows))
    old = json.loads(DATA.read_text(encoding="utf-8"))
    everything = []
    for kind in [k for k in args.kinds.split(",") if k] or sorted({r[0] for r in rows}):
        model, held, y = fit(rows, kind)
        everything += list(zip(held, y, strict=True))
        print(f"{kind}: {len(y)} findings, {int(y.sum())} right; {model}")
        table(list(zip(held, y, strict=True)))
        if model is not None:  # too few of a kind to fit, or all right: its numbers stay as they are
            old[kind] = model
    print("all kinds, held out")
    table(everything)
    if args.write:
        DATA.write_text(json.dumps(old, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"wrote {DATA}")


if __name__ == "__main__":
    main()
