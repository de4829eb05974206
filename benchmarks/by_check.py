"""Precision and recall of each check, for its page: docs/measured.json, which docs/generate_checks.py puts into words.

    python benchmarks/by_check.py DATA OUT [--jobs N]

DATA holds ``docs`` (drafts with planted defects beside right translations), ``errors`` (pairs with one error, the same
right, and right ones that look wrong) and perhaps ``wild`` (published translations): the layout of the folder of data
that the other benchmarks use.  Reports that OUT has already are taken as they are: delete it after a change.

A finding (minor or graver) is right when it lies on a planted defect: in a draft by an accepted category and the line, in
a pair by its words.  All else is wrong: in published and in right translations everything.  A defect counts for
the recall of every check of its category, though each check looks for one kind of them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aligncheck import __version__
from aligncheck.registry import load

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "measured.json"
#: What does not run here: a second reader, a memory, English texts alone.
NOT_RUN = frozenset(
    ("second-reader", "settled-wording", "earlier-target", "terminology-english", "inconsistency-english")
)
#: The first word of an error's kind -> the category of the checks that should see it; the rest is mistranslation.
KINDS = {"omitted": "omission", "added": "addition", "name": "name", "figures": "number", "swapped": "number"}
Finding = dict[str, Any]


def run(command: list[str], out: Path) -> list[Finding]:
    """The findings (minor or graver) of a check whose report lies, or comes to lie, in a folder."""
    report = next(iter(out.glob("*.json")), None)
    if report is None:
        made = subprocess.run([*command, "-f", "json", "-o", str(out)], capture_output=True, text=True)
        report = next(iter(out.glob("*.json")), None)
        if report is None:
            sys.exit(f"{out}: {made.stderr.strip()[-300:]}")
    found = json.loads(report.read_text(encoding="utf-8"))["findings"]
    return [f for f in found if f["severity"] != "neutral"]


def lines(finding: Finding, side: str) -> set[int]:
    """The lines that a finding marks on a side."""
    return {span["line"] for span in finding[side] if span["line"]}


class Score:
    """What is counted, by check."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.published: Counter[str] = Counter()
        self.marked: Counter[str] = Counter()
        self.of: Counter[str] = Counter()  # by category
        self.characters = 0

    def draft(self, findings: list[Finding], truth: dict[str, Any]) -> None:
        """A draft with planted defects."""
        hits: set[int] = set()
        for defect in truth["planted"]:
            self.of.update(defect["accept"])
            mine = [
                n
                for n, f in enumerate(findings)
                if f["category"] in defect["accept"]
                and (
                    lines(f, "source") & set(defect["zh_lines"])
                    or lines(f, "target") & set(defect["en_lines"])
                )
            ]
            hits.update(mine)
            self.marked.update({findings[n]["check"] for n in mine})
        self.right.update(findings[n]["check"] for n in hits)
        self.wrong.update(f["check"] for n, f in enumerate(findings) if n not in hits)

    def errors(self, findings: list[Finding], rows: list[dict[str, Any]]) -> None:
        """Pairs with one error each."""
        for number, row in enumerate(rows, 1):
            category = KINDS.get(row["kind"].split("_")[0].split()[0], "mistranslation")
            if "name" in row["kind"]:
                category = "name"
            self.of[category] += 1
            (a, b), (c, d) = row["bad_span"], row["zh_span"]
            places = {"target": (max(0, a - 2), b + 2), "source": (c, d)}
            hit = set()
            for finding in findings:
                if number not in lines(finding, "source") | lines(finding, "target"):
                    continue
                if any(
                    span["line"] == number
                    and span["start"] < places[side][1]
                    and places[side][0] < max(span["end"], span["start"] + 1)
                    for side in places
                    for span in finding[side]
                ):
                    self.right[finding["check"]] += 1
                    hit.add(finding["check"])
                else:
                    self.wrong[finding["check"]] += 1
            self.marked.update(hit)


def rows_of(folder: Path, traps: bool) -> list[dict[str, Any]]:
    """The records of wrong pairs, or of right ones that look wrong."""
    paths = [p for p in sorted(folder.glob("*.jsonl")) if p.stem.endswith("traps") == traps]
    return [json.loads(line) for p in paths for line in p.read_text(encoding="utf-8").splitlines() if line]


def table(path: Path, pairs: Iterable[tuple[str, str]]) -> str:
    """A file of pairs, one a line."""
    path.write_text(
        "".join(f"{' '.join(z.split())}\t{' '.join(e.split())}\n" for z, e in pairs), encoding="utf-8"
    )
    return str(path)


def tasks(data: Path, out: Path) -> Iterator[tuple[str, list[str], Any]]:
    """(kind, arguments, what goes with it) of every run."""
    for folder in sorted((data / "docs").iterdir()):
        source, truth = (
            str(folder / "zh.txt"),
            json.loads((folder / "truth.json").read_text(encoding="utf-8")),
        )
        yield f"draft-{folder.name}", [source, str(folder / "en_draft.txt")], truth
        yield f"right-{folder.name}", [source, str(folder / "en_clean.txt")], None
    wrong, traps = rows_of(data / "errors", False), rows_of(data / "errors", True)
    yield "errors", [table(out / "wrong.tsv", ((r["zh"], r["bad"]) for r in wrong))], wrong
    yield "right-pairs", [table(out / "right.tsv", ((r["zh"], r["en"]) for r in wrong))], None
    yield "right-traps", [table(out / "traps.tsv", ((r["zh"], r["en"]) for r in traps))], None
    manifest = data / "wild" / "manifest.json"
    for doc in json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else ():
        yield f"wild-{doc['id']}", [str(data / "wild" / f) for f in doc["files"]], doc["zh_chars"]


def main() -> None:
    """Check everything, count, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    every = list(tasks(given.data, given.out))
    command = [sys.executable, "-m", "aligncheck", "check", "--isolated", "--fail-on", "never"]
    with ThreadPoolExecutor(given.jobs) as pool:
        found = list(pool.map(lambda t: run([*command, *t[1]], given.out / t[0]), every))
    score = Score()
    for (name, _, more), findings in zip(every, found, strict=True):
        if name.startswith("draft-"):
            score.draft(findings, more)
        elif name == "errors":
            score.errors(findings, more)
        elif name.startswith("wild-"):
            score.published.update(f["check"] for f in findings)
            score.characters += more
        else:
            score.wrong.update(f["check"] for f in findings)
    checks = {
        name: {
            "right": score.right[name],
            "wrong": score.wrong[name],
            "marked": score.marked[name],
            "of": score.of[check.category.value],
            "published": score.published[name],
        }
        for name, check in sorted(load("aligncheck.checks").items())
        if name not in NOT_RUN
        and (score.of[check.category.value] or score.wrong[name] or score.published[name])
    }
    result = {
        "date": datetime.date.today().isoformat(),
        "version": __version__,
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip(),
        "drafts": sum(t[0].startswith("draft-") for t in every),
        "pairs": len(rows_of(given.data / "errors", False)),
        "traps": len(rows_of(given.data / "errors", True)),
        "published_characters": score.characters,
        "checks": checks,
    }
    TARGET.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
