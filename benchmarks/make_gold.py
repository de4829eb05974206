#!/usr/bin/env python3
"""Make a report to plant defects in from one that nobody has annotated.

    python benchmarks/make_gold.py REPORT.zh-en.txt OUT.json [--without GOLD.json]

Passages, sentences and the clauses that each English sentence renders are the aligner's own; the
file has the shape of the measuring data's ``gold.json``, without marked issues.  ``--without``
leaves out the passages of an annotated report: what remains is text that no model was fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from aligncheck import align
from aligncheck.checks.passages import groups_of
from aligncheck.model import Bitext
from aligncheck.segment import split_clauses

_PLAIN = str.maketrans({",": "，", ";": "；", ":": "：", " ": None})


def records(bitext: Bitext, known: set[str]) -> list[dict[str, object]]:
    """A record a passage whose Chinese is not known already."""
    chinese, english = bitext.source.segments, bitext.target.segments
    linked = defaultdict(set)
    for bead in bitext.beads:
        for link in bead.links:
            linked[link.source.block, link.source.start].add((link.target.block, link.target.start))
    beads = [(b.source, b.target) for b in bitext.beads]
    found: list[dict[str, object]] = []
    for zids, eids in groups_of(beads, chinese, english, paired=False):
        blocks = {chinese[i].block for i in zids}
        if not zids or not eids or any(plain(bitext.source.blocks[b].text) in known for b in blocks):
            continue
        clauses: list[str] = []
        owner: list[int] = []
        rendered = defaultdict(set)
        for n, i in enumerate(zids):
            segment = chinese[i]
            for span in split_clauses(segment.text, "zh"):
                for block, start in linked[segment.block, segment.start + span.start]:
                    for m, j in enumerate(eids):
                        if english[j].block == block and english[j].start <= start < english[j].end:
                            rendered[str(m)].add(len(clauses))
                clauses.append(segment.text[span.start : span.end])
                owner.append(n)
        found.append(
            {
                "para": len(found) + 1,
                "zh_sents": [chinese[i].text for i in zids],
                "en_sents": [english[j].text.strip() for j in eids],
                "clauses": clauses,
                "clause_sent": owner,
                "clause_map": {m: sorted(rows) for m, rows in rendered.items()},
                "uncovered": [],
                "added": [],
                "issues": [],
                "beads": [],
            }
        )
    return found


def plain(text: str) -> str:
    """A text without blanks, its punctuation wide."""
    return text.translate(_PLAIN)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=Path)
    args = parser.parse_args()
    known = set()
    if args.without:
        gold = json.loads(args.without.read_text(encoding="utf-8"))
        known = {plain("".join(record["zh_sents"])) for record in gold}
    made = records(align(args.report), known)
    args.out.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    size = sum(len("".join(record["zh_sents"])) for record in made)
    print(f"{len(made)} passages, {size} Chinese characters")


if __name__ == "__main__":
    main()
