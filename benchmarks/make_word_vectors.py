#!/usr/bin/env python3
"""Make the table of word vectors that ships with the package: common words, few dimensions, bytes.

    python benchmarks/make_word_vectors.py [--chinese 24000] [--english 16000] [--dimensions 112] [--write]

The vectors of single words come from the embedded encoder (Apache-2.0), projected on the main axes of
all of them and rounded to bytes, so that a report's words need not be encoded again for each run.
The list of common words is that of the package ``wordfreq``, which is needed for this script alone.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parent.parent / "aligncheck/checks/data/words.npz"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chinese", type=int, default=24000)
    parser.add_argument("--english", type=int, default=16000)
    parser.add_argument("--dimensions", type=int, default=112)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    from wordfreq import iter_wordlist

    from aligncheck.checks.evidence import _lines
    from aligncheck.encode.embedded import make

    known = _lines()
    zh, en = [], []
    for word in iter_wordlist("zh"):
        if re.fullmatch("[㐀-䶿一-鿿]{1,4}", word) and word in known:
            zh.append(word)
        if len(zh) == args.chinese:
            break
    for word in iter_wordlist("en"):
        if re.fullmatch("[a-z]{3,16}", word):
            en.append(word)
        if len(en) == args.english:
            break
    encoder = make("")
    vectors = encoder.encode(zh + en).astype(np.float32)
    _, _, axes = np.linalg.svd(vectors[:: max(1, len(vectors) // 20000)], full_matrices=False)
    axes = axes[: args.dimensions].T  # (512, k)
    small = vectors @ axes
    scale = np.abs(small).max() / 127
    rounded = np.round(small / scale).astype(np.int8)
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, len(zh), 4000), len(zh) + rng.integers(0, len(en), 4000)
    full = (vectors[a] * vectors[b]).sum(1)
    short = (rounded[a].astype(np.float32) * rounded[b]).sum(1) * scale**2
    print("random pairs: mean difference", (short - full).mean(), "spread", (short - full).std())
    sample = rng.integers(0, len(zh), 1500)
    cos = vectors[sample] @ vectors[len(zh) :].T
    best = cos.argmax(1)
    kept = (rounded[sample].astype(np.float32) * rounded[len(zh) + best]).sum(1) * scale**2
    print("nearest pairs: mean difference", (kept - cos.max(1)).mean(), "spread", (kept - cos.max(1)).std())
    if args.write:
        np.savez_compressed(
            OUT, words=np.array("\n".join(zh + en)), vectors=rounded, axes=axes.astype(np.float16), scale=np.float32(scale),
            signature=np.array(encoder.signature),
        )  # fmt: skip
        print(f"wrote {OUT}, {OUT.stat().st_size / 1e6:.1f} MB, {len(zh)} + {len(en)} words")


if __name__ == "__main__":
    main()
