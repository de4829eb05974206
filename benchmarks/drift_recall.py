"""How many of the known drifts between years an audit shows.

    python benchmarks/drift_recall.py TERM-DRIFT.tsv OUT/audit.sqlite [-v]

A row of the table counts as a drift between years when its two renderings stand in different
years.  It is shown when the store lists both renderings under one concept, each in one of the
years that the table names.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import sys
from pathlib import Path


def plain(text: str) -> str:
    """A rendering without what does not distinguish renderings: case, quotes, dashes, articles, plural."""
    words = re.findall(r"[a-z0-9&+]+", re.sub(r"[’']s?\b", "", text.lower()))
    return " ".join(
        w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words if w not in ("the", "a", "an")
    )


def years(where: str) -> set[str]:
    """The years of ``2024 L38,L346`` or ``2023:111;2024:218``."""
    return set(re.findall(r"(?<![\dL:])(20\d\d)(?=[ :])", where))


def main(table: str, store: str, verbose: bool) -> None:
    """Print the share, and with -v every row that is missed."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    shown: dict[int, list[tuple[str, set[str]]]] = {}
    for concept, position, rendering in db.execute("SELECT concept, position, rendering FROM drift"):
        used = {
            y
            for (y,) in db.execute(
                "SELECT DISTINCT year FROM drift_use WHERE concept = ? AND position = ?", (concept, position)
            )
        }
        shown.setdefault(concept, []).append((plain(rendering), used))
    between = found = 0
    with Path(table).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            a, b = years(row["where_A"]), years(row["where_B"])
            if not (a - b or b - a):
                continue
            between += 1
            sides = ((plain(row["rendering_A"]), a), (plain(row["rendering_B"]), b))
            hit = any(
                all(
                    any(text == shown_text and when & used for shown_text, used in ways)
                    for text, when in sides
                )
                for ways in shown.values()
            )
            found += hit
            if verbose and not hit:
                print("missed:", row["zh"], "|", *[v for k, v in row.items() if k != "zh"], sep="\t")
    print(f"{found} of {between} drifts between years shown: {found / max(between, 1):.1%}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "-v" in sys.argv)
