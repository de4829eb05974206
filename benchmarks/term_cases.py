"""How many right pairs are left in peace and how many wrong ones are seen, of the case file of the official terms.

    python benchmarks/term_cases.py [FILE] [-v] [--half seen|unseen] [-g GLOSSARY ...]

FILE: ``tests/terms/cases/official.txt`` by default.  The sentences are numbered; those with even numbers are the
half that was looked at while the rules were written.
"""

from __future__ import annotations

import argparse
import collections
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from term_standard import heard

from aligncheck.terms import load_termbase

DEFAULT = Path(__file__).parents[1] / "tests" / "terms" / "cases" / "official.txt"


def cases(path: Path) -> list[tuple[str, int, str, str, bool]]:
    """(kind, number of the sentence, Chinese, English, whether it is right)."""
    kind, zh, number = "", "", -1
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("##") or not line.strip():
            continue
        if line.startswith("# "):
            kind = line[2:]
        elif line[:2] in ("+ ", "- "):
            found.append((kind, number, zh, line[2:], line[0] == "+"))
        else:
            zh, number = line, number + 1
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    options.add_argument("-v", action="store_true")
    options.add_argument("--half", choices=["seen", "unseen"])
    options.add_argument(
        "-g", nargs="+", type=Path, default=[], help="glossaries instead of the official one"
    )
    chosen = options.parse_args()
    termbase = load_termbase(chosen.g)
    score: dict[tuple[str, bool], list[int]] = collections.defaultdict(lambda: [0, 0])
    grave = 0
    for kind, number, zh, en, right in cases(chosen.file):
        half = "unseen" if number % 2 else "seen"
        if chosen.half not in (None, half):
            continue
        hits = heard(zh, en, termbase)
        good = bool(hits) is not right
        score[half, right][0] += good
        score[half, right][1] += 1
        grave += right and any(h.severity and h.severity.value == "major" for h in hits)
        if chosen.v and not good:
            print("ALARM" if right else "MISS", f"[{kind}]", zh, "|", en)
            for hit in hits:
                print("      ", hit.severity.value if hit.severity else "", hit.confidence, hit.message.en)
    for (half, right), (good, all_) in sorted(score.items()):
        print(
            f"{half:7} {'right ones silent' if right else 'wrong ones seen'}: {good} of {all_} ({good / all_:.1%})"
        )
    print(f"right ones with a major: {grave}")


if __name__ == "__main__":
    main()
