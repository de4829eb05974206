"""Slips found in the documents of our own that the model was not taught on, and alarms on their right translations.

    python score_documents.py [NAME ...] [--jobs N] [--json OUT]

NAME: documents (``documents/NAME.zh.txt``); without any, those that ``folds.py`` keeps apart.  Each document is checked as it is,
and as drafts that share its slips, at most one to a line.  A slip counts as found where a finding of meaning,
figures, terms or names touches its words on either side; a finding of a draft counts as right where it touches a slip's
words, and is left out where the right translation has it too.  Prints totals and a table by kind.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from data import documents, drafts_of
from folds import fold_of

import aligncheck
from aligncheck.model import Category, Finding, Severity

#: Findings of the surface are told by other figures.
APART = {Category.PUNCTUATION, Category.CHARACTERS, Category.GRAMMAR}
Span = tuple[str, int, int, int]


def spans(finding: Finding) -> list[Span]:
    """Where a finding stands: side, line (from 1), start, end in the line."""
    return [
        (side, place.line or 0, place.start, place.end)
        for side, places in (("zh", finding.source), ("en", finding.target))
        for place in places
    ]


def findings(zh: list[str], en: list[str], folder: Path) -> list[Finding]:
    """What is found in a pair of texts, without the neutral ones and the surface."""
    files = []
    for side, lines in (("zh", zh), ("en", en)):
        path = folder / f"text.{side}.txt"
        path.write_text("\n".join(lines), "utf-8")
        files.append(str(path))
    report = aligncheck.check(*files)
    return [f for f in report.findings if f.severity is not Severity.NEUTRAL and f.category not in APART]


def touch(some: list[Span], others: list[Span]) -> bool:
    return any(
        a[:2] == b[:2] and a[2] < max(b[3], b[2] + 1) and b[2] < max(a[3], a[2] + 1)
        for a in some
        for b in others
    )


def scored(name: str) -> dict[str, Any]:
    """The counts of one document."""
    zh, en, slips = next((z, e, s) for n, z, e, s in documents() if n == name)
    result: dict[str, Any] = {
        "name": name,
        "characters": sum(map(len, zh)),
        "alarms": [],
        "kinds": {},
        "findings": [],
    }
    kinds: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        clean = findings(zh, en, Path(folder))
        result["alarms"] = [[f.check, f.confidence, f.severity.value, f.message.en] for f in clean]
        known = {(f.check, f.message.en) for f in clean}
        for lines, slips_here in drafts_of(en, slips):
            marked: list[tuple[dict[str, Any], list[Span]]] = []
            for slip in slips_here:
                here: list[Span] = []
                for side, text, words in (("zh", zh, slip["zh"]), ("en", lines, slip["bad"])):
                    at = text[slip["line"] - 1].find(words) if words else -1
                    if at >= 0:
                        here.append((side, slip["line"], at, at + len(words)))
                marked.append((slip, here))
            found = findings(zh, lines, Path(folder))
            for finding in found:
                right = any(touch(spans(finding), here) for _, here in marked)
                if right or (finding.check, finding.message.en) not in known:
                    result["findings"].append([finding.check, finding.confidence, right])
            for slip, here in marked:
                counts = kinds.setdefault(slip["kind"], [0, 0])
                counts[1] += 1
                counts[0] += any(touch(spans(f), here) for f in found)
    result["kinds"] = kinds
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the documents that the model was not taught on.")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    names = given.names or [n for n, *_ in documents() if fold_of("written", n) == 1]
    with ProcessPoolExecutor(given.jobs) as pool:
        rows = list(pool.map(scored, names))
    if given.json:
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    totals: Counter[str] = Counter()
    kinds: dict[str, list[int]] = {}
    stated: dict[float, list[int]] = {}
    for row in rows:
        totals.update(characters=row["characters"], alarms=len(row["alarms"]))
        for kind, (found, all_) in row["kinds"].items():
            one = kinds.setdefault(kind, [0, 0])
            one[0] += found
            one[1] += all_
        for _, confidence, right in row["findings"]:
            one = stated.setdefault(math.floor((confidence or 0) * 10) / 10, [0, 0])
            one[0] += right
            one[1] += 1
        print(row["name"], len(row["alarms"]), "alarms on the right translation", flush=True)
    found, slips = (sum(c[n] for c in kinds.values()) for n in (0, 1))
    right, said = (sum(c[n] for c in stated.values()) for n in (0, 1))
    print(
        f"{len(rows)} documents: {found} of {slips} slips found, {right} of {said} findings right (without those of the right translation),"
    )
    print(
        f"{1000 * totals['alarms'] / totals['characters']:.2f} alarms per 1,000 characters of the right translations"
    )
    print(", ".join(f"{k} {a} of {b}" for k, (a, b) in sorted(kinds.items())))
    print("stated, right:", ", ".join(f"{k:.1f}: {a} of {b}" for k, (a, b) in sorted(stated.items())))


if __name__ == "__main__":
    main()
