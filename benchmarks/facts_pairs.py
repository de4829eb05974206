"""Run the checks of figures, dates, units and names over paired sentences, without aligner or encoder.

    python benchmarks/facts_pairs.py PAIRS.tsv [--all] [--quiet]

PAIRS.tsv: Chinese, tab, English.  Prints every finding (with --all the unsure ones too) and the share of
pairs that have one.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext, Block, Document, Hit, Place
from aligncheck.registry import load
from aligncheck.segment import segment_document
from aligncheck.terms import load_termbase

FAMILY = ("quantities", "dates", "units", "names", "list-marks", "counts")


def bitext_of(rows: list[tuple[str, str]]) -> Bitext:
    """One block pair a row."""

    def side(index: int, language: str) -> Document:
        blocks = tuple(Block(n, "paragraph", r[index], Place(line=n + 1)) for n, r in enumerate(rows))
        return segment_document(Document(language, language, blocks))  # type: ignore[arg-type]

    zh, en = side(0, "zh"), side(1, "en")
    beads = tuple(
        Bead(tuple(s.id for s in zh.blocks[n].segments), tuple(s.id for s in en.blocks[n].segments))
        for n in range(len(rows))
    )
    return Bitext(zh, en, beads, paired=True)


def findings(
    rows: list[tuple[str, str]], names: tuple[str, ...] = FAMILY
) -> dict[int, list[tuple[str, Hit]]]:
    """The hits by row."""
    checks = load("aligncheck.checks")
    bitext = bitext_of(rows)
    context = Context(Settings(), load_termbase([]))
    found: dict[int, list[tuple[str, Hit]]] = {}
    for name in names:
        check = checks.get(name)
        if check is None:
            continue
        if check.run is not None:
            for hit in check.run(bitext, context):
                row = (hit.source or hit.target)[0].block
                found.setdefault(row, []).append((name, hit))
    return found


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    rows = []
    for line in args.tsv.read_text("utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) >= 2:
            rows.append((parts[0], parts[1]))
    start = time.perf_counter()
    found = findings(rows)
    seconds = time.perf_counter() - start
    hit_rows = 0
    for row, hits in sorted(found.items()):
        sure = [h for _, h in hits if h.confidence >= 0.5]
        hit_rows += bool(sure)
        shown = hits if args.all else [(n, h) for n, h in hits if h.confidence >= 0.5]
        if shown and not args.quiet:
            print(f"--- {row + 1}\n{rows[row][0]}\n{rows[row][1]}")
            for name, hit in shown:
                level = (hit.severity or "").value if hit.severity else ""
                print(f"   {name} {level} {hit.confidence:.2f} {hit.message.en} -> {hit.suggestion}")
    share = 100 * hit_rows / max(1, len(rows))
    print(f"{hit_rows} of {len(rows)} pairs have a finding ({share:.2f} %); {seconds:.1f} s")


if __name__ == "__main__":
    main()
