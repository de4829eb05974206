"""How much of a table of known drifts the drift report finds, from English documents alone.

    python benchmarks/term_drift.py TABLE.tsv DIR

TABLE: zh, rendering_A, where_A, rendering_B, where_B, where "where" begins with a year.  DIR: reports
with the year in their names.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from aligncheck.model import Bitext, Document
from aligncheck.readers import read
from aligncheck.terms import load_termbase
from aligncheck.terms.drift import drift
from aligncheck.terms.english import squeezed, tokenize
from aligncheck.terms.normal import chinese_key


def main() -> None:
    table, folder = Path(sys.argv[1]), Path(sys.argv[2])
    documents: list[tuple[str, Document | Bitext]] = []
    for path in sorted(folder.glob("*.txt")):
        year = re.search(r"\d{4}", path.name)
        if year:
            documents.append((year.group(), read(path)))
    seen: dict[str, set[tuple[str, str]]] = {}
    for history in drift(documents, load_termbase([]), all_concepts=True):
        for term in history.concept.chinese:
            bucket = seen.setdefault(chinese_key(term.text), set())
            for rendering in history.renderings:
                bucket |= {(year, squeezed(tokenize(rendering.term.text))) for year in rendering.years}
    found = {True: [0, 0], False: [0, 0]}
    for row in table.read_text(encoding="utf-8").splitlines()[1:]:
        zh, a, where_a, b, where_b = row.split("\t")
        have = seen.get(chinese_key(zh), set())
        years = [set(re.findall(r"\b20\d\d\b", w)) for w in (where_a, where_b)]
        hit = all(
            any((year, squeezed(tokenize(text))) in have for year in chosen)
            for text, chosen in ((a, years[0]), (b, years[1]))
        )
        within = bool(years[0] & years[1])
        found[within][0] += hit
        found[within][1] += 1
        if not hit:
            print("missed", row, sep="\t")
    print(
        f"between years {found[False][0]}/{found[False][1]}, within a year {found[True][0]}/{found[True][1]}"
    )


if __name__ == "__main__":
    main()
