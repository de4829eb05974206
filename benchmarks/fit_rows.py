#!/usr/bin/env python3
"""Fit the confidence of omissions in files of pairs, on human translations and on the same with a clause taken out.

    python benchmarks/fit_rows.py [--human FILE]

A finding on an untouched pair counts as wrong, one on a damaged pair as right.  Features: the log
odds of the clause by itself and the coverage of its pair.  Wrong ones weigh double: most pairs of
a real file are whole.  Prints the numbers that ``aligncheck/checks/content/omission.py`` holds.  Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from pathlib import Path

import numpy as np
from defects import SHARED


def rows_of(pairs):
    """(log odds, coverage) of every omission found in the pairs, and the number of pairs."""
    from aligncheck import engine
    from aligncheck.checks.content import omission
    from aligncheck.config import Settings

    seen = []

    def recording(sure, coverage):
        seen.append((np.log(max(sure, 1e-3) / max(1 - sure, 1e-3)), coverage))
        return sure

    omission._beside = recording
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        path.write_text("".join(f"{zh}\t{en}\n" for zh, en in pairs), encoding="utf-8")
        engine.check_loaded(engine.load_input(path, None, Settings()), Settings())
    return np.array(seen)


def damaged(human, rng):
    """Pairs without one clause of four words or more."""
    found = []
    for zh, en in human:
        parts = re.split(r"(?<=[,;]) ", en)
        lost = rng.randrange(1, len(parts)) if len(parts) > 1 else 0
        if lost and len(parts[lost].split()) >= 4:
            found.append((zh, " ".join(parts[:lost] + parts[lost + 1 :])))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--human", type=Path, default=SHARED / "data/wmt21-zhen-human.tsv")
    args = parser.parse_args()
    from sklearn.linear_model import LogisticRegression

    human = [line.rstrip("\n").split("\t")[:2] for line in args.human.open(encoding="utf-8")]
    rng = random.Random(3)
    cut = damaged(rng.sample(human, min(len(human), 900)), rng)
    whole, broken = rows_of(human), rows_of(cut)
    x, y = np.vstack([whole, broken]), np.repeat([0, 1], [len(whole), len(broken)])
    model = LogisticRegression(C=10).fit(x, y, sample_weight=np.where(y == 0, 2.0, 1.0))
    print("a, b, c:", round(float(model.intercept_[0]), 2), *np.round(model.coef_[0], 2))
    for name, part, pairs in (("whole", whole, human), ("damaged", broken, cut)):
        before = part[:, 0] >= np.log(0.5 / 0.82 / (1 - 0.5 / 0.82))
        after = model.predict_proba(part)[:, 1] >= 0.5
        print(f"{name}: findings shown a pair, by the clause alone {before.sum() / len(pairs):.4f}, "
              f"with the pair's coverage {after.sum() / len(pairs):.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
