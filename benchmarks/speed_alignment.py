"""Speed and memory of the alignment, beside other ways to align.

python benchmarks/speed_alignment.py growth     time and memory from 1,000 to 20,000 sentences a side
python benchmarks/speed_alignment.py runs       against encoding all runs of up to 8 sentences and a full table
python benchmarks/speed_alignment.py others     F1 and time of Gale-Church aligners on the novels
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from alignment_data import SHARED, Sample, document, f1, novels, report, same_beads
from fit_alignment import Remembering

from aligncheck.encode.embedded import make
from aligncheck.encode.threads import one_thread
from aligncheck.model import Bitext
from aligncheck.pairing import align
from aligncheck.pairing.features import bead_types
from aligncheck.pairing.joint import Pair
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.path import rough_path
from aligncheck.pairing.search import search
from aligncheck.pairing.sides import sentences_of, vectored
from aligncheck.pairing.weights import DEFAULT


def corpus(count: int) -> tuple[list[str], list[str]]:
    """``count`` news sentences with their translations; from the second round on their order is another."""
    rows = []
    for name, columns in (("wmt21-zhen-human.tsv", slice(0, 2)), ("wmt23-zhen-mqm-dev.tsv", slice(-2, None))):
        for line in (SHARED / name).read_text(encoding="utf-8").splitlines():
            zh, en = line.split("\t")[columns]
            if len(zh) > 5 and len(en) > 10 and zh != "source":
                rows.append((zh, en))
    rng = np.random.default_rng(1)
    out: list[tuple[str, str]] = []
    while len(out) < count:
        out += [rows[k] for k in (rng.permutation(len(rows)) if out else range(len(rows)))]
    out = out[:count]
    return [z for z, _ in out], [e for _, e in out]


def growth() -> None:
    """Time of everything but encoding, and peak memory, by the number of sentences."""
    encoder = Remembering(make(""), None)
    points = []
    for count in (1000, 2000, 5000, 10_000, 20_000):
        zh, en = corpus(count)
        source, target = sentences_of(document(zh, "zh")), sentences_of(document(en, "en"))
        with one_thread():
            a, b = vectored(source, encoder), vectored(target, encoder)
            started = time.process_time()
            pair = Pair(source, target, a, b, encoder, Lexicon(source.texts, target.texts))
            pair.refresh_words()
            lexicon = time.process_time()
            path = rough_path(pair)
            pair.lexicon.learn(([i], [j]) for i, j in path.cells.tolist())
            pair.refresh_words()
            rough = time.process_time()
            found = search(pair, DEFAULT, 10, path=path)
            seconds = time.process_time() - started
        good = sum(f.source == f.target and f.source[1] - f.source[0] == 1 for f in found)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        points.append((count, seconds))
        print(
            f"{count:6d} sentences: {seconds:7.2f} s CPU (words {lexicon - started:.2f}, path {rough - lexicon:.2f}, "
            f"search {seconds - rough + started:.2f}), peak {memory:.0f} MB, {good / count:.3f} of the pairs found",
            flush=True,
        )
    slope = np.polyfit(np.log([n for n, _ in points]), np.log([s for _, s in points]), 1)[0]
    print(f"time grows as n^{slope:.3f}")


def runs(count: int = 400) -> None:
    """The same sentences and encoder: our alignment, encoding included, against all runs and a full table."""
    zh, en = corpus(count)
    encoder = make("")
    encoder.encode(["warm"])
    source, target = document(zh, "zh"), document(en, "en")
    started = time.process_time()
    align(Bitext(source, target), encoder)
    ours = time.process_time() - started
    started = time.process_time()
    all_runs(zh, en, encoder.encode)
    theirs = time.process_time() - started
    print(
        f"{count} sentences: all runs of up to 8 and full table {theirs:.1f} s, ours {ours:.1f} s: {theirs / ours:.1f} times"
    )


def all_runs(
    zh: list[str], en: list[str], encode: Callable[[list[str]], np.ndarray], longest: int = 8
) -> None:
    """Encode every run of up to ``longest`` sentences and search the whole table."""
    sides = []
    for texts, glue in ((zh, ""), (en, " ")):
        made = [
            encode([glue.join(texts[i : i + k]) for i in range(len(texts) - k + 1)])
            for k in range(1, longest + 1)
        ]
        sides.append(made)
    n, m = len(zh), len(en)
    types = [t for t in bead_types(longest) if sum(t) <= longest + 1]
    tables = {(a, b): sides[0][a - 1] @ sides[1][b - 1].T for a, b in types}
    best = np.full((n + 1, m + 1), -np.inf)
    best[0, 0] = 0
    for i in range(n + 1):
        for j in range(m + 1):
            top = best[i, j]
            if i:
                top = max(top, best[i - 1, j] - 0.2)
            if j:
                top = max(top, best[i, j - 1] - 0.2)
            for (a, b), table in tables.items():
                if a <= i and b <= j:
                    top = max(top, best[i - a, j - b] + (table[i - a, j - b] - 0.2) * (a + b))
            best[i, j] = top


def others() -> None:
    """F1 and time on the novels and the report."""
    encoder = make("")
    encoder.encode(["warm"])
    methods = {
        "aligncheck": lambda s: ours(s, encoder),
        "NLTK gale_church": nltk_beads,
        "galechurch": galechurch_beads,
    }
    for name, method in methods.items():
        total, report_counts, seconds = np.zeros(3), np.zeros(3), 0.0
        for sample in [*novels(), report()]:
            started = time.process_time()
            beads = method(sample)
            seconds += time.process_time() - started
            if sample.name == "gov":
                report_counts += same_beads(sample.gold, beads)
            else:
                total += same_beads(sample.gold, beads)
        print(
            f"{name:18} novels {f1(total):.3f}  report {f1(report_counts):.3f}  {seconds:.2f} s CPU",
            flush=True,
        )


def ours(sample: Sample, encoder) -> list:
    bitext = align(Bitext(document(sample.source, "zh"), document(sample.target, "en")), encoder)
    return [(b.source, b.target) for b in bitext.beads]


def nltk_beads(sample: Sample) -> list:
    from nltk.translate.gale_church import LanguageIndependent, align_blocks

    class Parameters(LanguageIndependent):
        AVERAGE_CHARACTERS = sum(map(len, sample.target)) / sum(map(len, sample.source))

    links = align_blocks([len(t) for t in sample.source], [len(t) for t in sample.target], Parameters)
    return joined(links)


def joined(links: list[tuple[int, int]]) -> list:
    """Beads of the groups that sentence links hold together."""
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    return [(tuple(sorted(a)), tuple(sorted(b))) for a, b in beads]


def galechurch_beads(sample: Sample) -> list:
    import ast

    import galechurch

    lines = galechurch.align(list(sample.source), list(sample.target)).to_pharaoh_lines()
    return [tuple(tuple(ast.literal_eval(x)) for x in row.split(":")[:2]) for row in lines]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["growth", "runs", "others"])
    parser.add_argument("--count", type=int, default=400)
    args = parser.parse_args()
    {"growth": growth, "runs": lambda: runs(args.count), "others": others}[args.what]()


if __name__ == "__main__":
    main()
