"""The measured cases of tests/facts, by kind: how many wrong pairs are seen, how many right ones stay silent.

    python benchmarks/facts_cases.py [GROUP…] [--failures] [--unseen]

Every third case of a group is told in the sums only; with --unseen its failures are listed too.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.facts.measured import Case, measured_cases
from tests.facts.pairs import findings_of_pair


def outcome(case: Case) -> tuple[bool, list[str]]:
    """Whether a case comes out as it should, and what was said."""
    found = findings_of_pair(case.zh, case.en, apart="\n" in case.zh)
    said = [f"{c} {hit.confidence:.2f} {hit.message.en}" for c, hit in found]
    if case.category:
        return any(c in case.category.split("|") for c, _ in found), said
    return not found, said


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    args = parser.parse_args()
    tally: dict[tuple[str, bool, bool], list[int]] = defaultdict(lambda: [0, 0])
    for case in measured_cases():
        if args.groups and case.group not in args.groups:
            continue
        good, said = outcome(case)
        row = tally[case.group, bool(case.category), case.unseen]
        row[0] += good
        row[1] += 1
        if not good and args.failures and (args.unseen or not case.unseen):
            print(
                f"{'MISS' if case.category else 'FALSE'} {case.group} {case.number}: {case.zh!r} // {case.en!r}"
            )
            for line in said:
                print("      ", line)
    groups = dict.fromkeys(g for g, _, _ in tally)
    for group in [*groups, "all"]:
        cells = []
        for wrong in (True, False):
            rows = [v for (g, w, _), v in tally.items() if w is wrong and group in (g, "all")]
            hidden = [v for (g, w, u), v in tally.items() if w is wrong and u and group in (g, "all")]
            good, of = sum(r[0] for r in rows), sum(r[1] for r in rows)
            cells.append(
                f"{good:4}/{of:<4} {100 * good / max(1, of):5.1f} % (unseen {sum(r[0] for r in hidden)}/{sum(r[1] for r in hidden)})"
            )
        print(f"{group:12} wrong seen {cells[0]}   right silent {cells[1]}")


if __name__ == "__main__":
    main()
