"""Recall of planted number, magnitude, year and place defects, through reader and aligner.

    python benchmarks/facts_planted.py DIR…

Each DIR holds zh.txt, en.txt and truth.json (as a defect planter leaves them).  Only the checks of figures,
dates, units and names run.  A finding counts when its category is accepted and it points at a marked line.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from aligncheck import engine
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Hit
from aligncheck.registry import load
from aligncheck.terms import load_termbase

KINDS = ("number", "magnitude", "year", "place")
FAMILY = ("quantities", "dates", "units", "names", "list-marks")


def main() -> None:
    """See the module's text."""
    of: Counter[str] = Counter()
    found: Counter[str] = Counter()
    stray = 0
    for name in sys.argv[1:]:
        folder = Path(name)
        bitext = engine.align(folder / "zh.txt", folder / "en.txt", Settings())
        context = Context(Settings(), load_termbase([]))
        hits: list[tuple[str, Hit]] = []
        for check_name in FAMILY:
            check = load("aligncheck.checks")[check_name]
            hits += [
                ((h.category or check.category).value, h)
                for h in check.run(bitext, context)
                if h.confidence >= 0.5
            ]
        rows = []
        for category, hit in hits:
            zh = {bitext.source.blocks[r.block].place.line for r in hit.source}
            en = {bitext.target.blocks[r.block].place.line for r in hit.target}
            rows.append((category, zh, en, hit))
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        used: set[int] = set()
        for item in truth["planted"]:
            lines = set(item["zh_lines"]), set(item["en_lines"])
            touching = [i for i, (_, zh, en, _h) in enumerate(rows) if zh & lines[0] or en & lines[1]]
            used.update(touching)
            if item["kind"] not in KINDS:
                continue
            of[item["kind"]] += 1
            good = any(rows[i][0] in item["accept"] for i in touching)
            found[item["kind"]] += good
            if not good:
                print(f"{name}: missed {item['kind']} {item['was']} -> {item['en_text']} lines {lines}")
        for item in truth["genuine"]:
            lines = set(item["zh_lines"]), set(item["en_lines"])
            used.update(i for i, (_, zh, en, _h) in enumerate(rows) if zh & lines[0] or en & lines[1])
        for i, (category, zh, en, hit) in enumerate(rows):
            if i not in used:
                stray += 1
                print(f"{name}: stray {category} {hit.confidence} {hit.message.en} lines {zh} {en}")
    total = sum(of.values())
    print(
        {k: f"{found[k]}/{of[k]}" for k in KINDS},
        f"recall {sum(found.values()) / max(1, total):.3f}",
        f"{stray} stray",
    )


if __name__ == "__main__":
    main()
