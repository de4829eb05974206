"""How many known drifts within a report are found, and every finding on terms, for a reader's tally.

    python benchmarks/term_findings.py TABLE.tsv REPORT.json YEAR

TABLE: zh, rendering_A, where_A, rendering_B, where_B; REPORT: ``aligncheck check … -f json``.  A drift is
found when a finding on terms marks one of its two renderings and names the term.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from aligncheck.terms.english import squeezed, tokenize
from aligncheck.terms.normal import chinese_key


def main() -> None:
    table, report, year = (
        Path(sys.argv[1]),
        json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")),
        sys.argv[3],
    )
    findings = [
        f
        for f in report["findings"]
        if f["category"] in ("terminology", "inconsistency") and f["severity"] != "neutral"
    ]
    found = total = 0
    seen = set()
    for row in table.read_text(encoding="utf-8").splitlines()[1:]:
        zh, a, where_a, b, where_b = row.split("\t")
        if year not in where_a or year not in where_b:
            continue
        key = (chinese_key(zh), frozenset((squeezed(tokenize(a)), squeezed(tokenize(b)))))
        if key in seen:
            continue
        seen.add(key)
        total += 1
        hit = any(
            (chinese_key(zh) in chinese_key(s["text"]) or chinese_key(s["text"]) in chinese_key(zh))
            and any(_near(t["text"], r) for t in f["target"] for r in (a, b))
            for f in findings
            for s in f["source"]
        )
        found += hit
        if not hit:
            print("missed", re.sub(r"\t", " | ", row))
    print(f"drifts within {year}: {found}/{total}")
    for n, f in enumerate(findings, 1):
        print(n, f["severity"], f["confidence"], f["message"]["en"])


def _near(text: str, rendering: str) -> bool:
    a, b = squeezed(tokenize(text)), squeezed(tokenize(rendering))
    return bool(a) and (a in b or b in a)


if __name__ == "__main__":
    main()
