"""Check the files of pairs with slips beside this script, and count the slips by kind.

Usage: ``python benchmarks/judge/validate.py [FILE.jsonl | NAME.slips.json ...]``. Each line is a pair: ``id``, ``genre``, ``zh``, ``en``
(a right translation) and ``slips``; a slip replaces ``en``, a stretch that stands once in the English, by ``bad``, and
concerns ``zh``, a stretch that stands once in the Chinese (empty where words are added). A document's slips name
the ``line`` they stand in, of ``NAME.zh.txt`` and ``NAME.en.txt``. Exit code 1 if anything is faulty.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS = frozenset(
    "reversed relation scope connective stage modality sense lost-qualifier added-qualifier lost-item added-item "
    "negation direction look-alike body condition omitted-clause figure".split()
)
# What a careless cut leaves behind: doubled blanks, a blank before a stop, two stops, a sentence in lower case.
UNTIDY = re.compile(r"  |\s[,.;:]|,,|[,;]\.|\.\.|^\W*[a-z]|(?<![ap]\.m)[.!?] [a-z]|^\s|\s$")
SEVERITIES = frozenset({"minor", "major"})
Record = dict[str, Any]


def faults_of_slip(pair: Record, slip: Record) -> Iterator[str]:
    """Yield what is wrong with one slip of ``pair``."""
    source, target, zh, en, bad = pair["zh"], pair["en"], slip["zh"], slip["en"], slip["bad"]
    if slip["kind"] not in KINDS:
        yield f"unknown kind {slip['kind']}"
    if slip["severity"] not in SEVERITIES:
        yield f"unknown severity {slip['severity']}"
    if not zh and (not slip["kind"].startswith("added") or not bad.startswith(en)):
        yield f"no source words, yet nothing added after {en!r}"
    if zh and source.count(zh) != 1:
        yield f"{zh!r} stands {source.count(zh)} times in the source"
    if not en or target.count(en) != 1:
        yield f"{en!r} stands {target.count(en) if en else 0} times in the translation"
    if bad == en:
        yield f"{en!r} is replaced by itself"
    wrong = target.replace(en, bad, 1) if en else target
    if UNTIDY.search(wrong):
        yield f"untidy: {wrong!r}"


def faults_of_pair(pair: Record) -> Iterator[str]:
    """Yield what is wrong with one pair and its slips."""
    if UNTIDY.search(pair["en"]):
        yield "the right translation is untidy"
    if not pair["slips"] and not pair.get("note"):
        yield "neither slips nor a note"
    seen = Counter((slip["en"], slip["bad"]) for slip in pair["slips"])
    yield from (f"slip written twice: {en!r}" for (en, _), times in seen.items() if times > 1)
    for slip in pair["slips"]:
        yield from faults_of_slip(pair, slip)


def pairs_of_document(path: Path) -> Iterator[str]:
    """Yield a document's lines as pairs in JSON, each with its slips; ``path`` is its ``NAME.slips.json``."""
    name = path.name.removesuffix(".slips.json")
    zh, en = (
        path.with_name(f"{name}.{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("zh", "en")
    )
    slips = json.loads(path.read_text(encoding="utf-8"))
    for number, (source, target) in enumerate(zip(zh, en, strict=True), 1):
        here = [slip for slip in slips if slip["line"] == number]
        yield json.dumps(
            {"id": f"{name} {number}", "zh": source, "en": target, "slips": here, "note": "a line"}
        )


def main(paths: list[Path]) -> int:
    """Print the faults and the counts of ``paths``; return the exit code."""
    kinds: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    faults = 0
    for path in paths:
        document = path.name.endswith(".slips.json")
        lines = pairs_of_document(path) if document else path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            try:
                pair = json.loads(line)
                found = list(faults_of_pair(pair))
                ids[pair["id"]] += 1
                kinds.update(slip["kind"] for slip in pair["slips"])
            except (ValueError, KeyError, TypeError) as error:
                found = [f"not a pair: {error!r}"]
            if found:
                faults += len(found)
                print(*(f"{path.name}:{number}: {fault}" for fault in found), sep="\n")
    for name in [name for name, times in ids.items() if times > 1]:
        faults += 1
        print(f"id {name} is given twice")
    print(f"{len(ids)} pairs, {sum(kinds.values())} slips, {faults} faults")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    sys.exit(main(named or sorted(Path(__file__).parent.glob("pairs-*.jsonl"))))
