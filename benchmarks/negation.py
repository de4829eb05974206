#!/usr/bin/env python3
"""Put negations into human translations, take them out of others, and count what the checks find.

    python benchmarks/negation.py [--cache FILE] [--misses]

One change a pair at most: "not" behind an auxiliary verb, or a "not", "no", "never" taken out.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from pathlib import Path

from defects import use_cache
from fit_polarity import sources

AUXILIARY = re.compile(
    r"\b(?:will|shall|can|should|must|was|were|is|are|has|have|had)\b(?! (?:not|no|never)\b)(?!n)"
)
NEGATION = re.compile(
    r"\b(?:not|never) (?!only|just|least|necessarily)|(?<=\bcan)not\b|\b[Nn]o (?=[a-z]+)(?!longer|doubt|matter)"
)
CHECKS = ("negation", "reversed-meaning", "another-statement")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if args.cache:
        use_cache(args.cache)
    from aligncheck import engine
    from aligncheck.config import Settings

    rng = random.Random(3)
    base = [r for r in sources() if len(r[1]) < 400]
    rows = []
    for doc, zh, en in base:
        spots = list(NEGATION.finditer(en))
        if spots:
            spot = rng.choice(spots)
            rows.append(("lost", doc, zh, en[: spot.start()] + en[spot.end() :]))
    rng.shuffle(base)
    for doc, zh, en in base[:250]:
        spots = list(AUXILIARY.finditer(en))
        if spots:
            spot = rng.choice(spots)
            rows.append(("added", doc, zh, en[: spot.end()] + " not" + en[spot.end() :]))
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        path.write_text("\n".join(f"{z}\t{e}" for _, _, z, e in rows) + "\n", encoding="utf-8")
        report = engine.check_loaded(engine.load_input(path, None, settings), settings)
    found = {}
    for f in report.findings:
        if f.check in CHECKS and f.severity.value != "neutral":
            found.setdefault(f.target[0].line, []).append(f)
    for kind in ("lost", "added"):
        lines = [n for n, r in enumerate(rows, 1) if r[0] == kind]
        print(f"{kind}: {sum(n in found for n in lines)} of {len(lines)}")
        for n in lines if args.misses else ():
            if n not in found:
                print("  missed", rows[n - 1][2][:90], "||", rows[n - 1][3][:200])


if __name__ == "__main__":
    main()
