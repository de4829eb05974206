#!/usr/bin/env python3
"""Take small words of weight out of a good translation, one a paragraph, and see which losses are found.

    python benchmarks/lost_words.py [--seeds 1-4] [--cache FILE] [--misses]

The words are those of ``checks/data/qualifiers.txt`` that the annotated report renders: the sign is cut from
the one English sentence of the paragraph that has it.  This tries the search, not the breadth of the table.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re

from defects import SHARED, bitext_of, use_cache


def candidates(records):
    """For each paragraph the cuts that can be made: (sample, Chinese word, English text without the sign)."""
    from aligncheck.checks.wording.lost_qualifier import qualifiers

    found = collections.defaultdict(list)
    for n, record in enumerate(records):
        for sentence, clauses in record["clause_map"].items():
            english = record["en_sents"][int(sentence)]
            chinese = "".join(record["clauses"][c] for c in clauses)
            for row in qualifiers():
                if row.confidence < 0.5 or len(row.chinese.findall(chinese)) != 1:
                    continue
                signs = list(row.signs.finditer(english))
                whole = " ".join(record["en_sents"])
                if len(signs) != 1 or len(row.signs.findall(whole)) != 1:
                    continue
                start, end = signs[0].span()
                cut = re.sub(r"\s{2,}", " ", english[:start] + english[end:]).strip()
                if row.head is not None and not row.head.search(cut):
                    continue
                sents = list(record["en_sents"])
                sents[int(sentence)] = cut
                word = row.chinese.search(chinese).group()
                found[n].append((row.sample, word, signs[0].group(), " ".join(sents)))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1-4")
    parser.add_argument("--cache")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    from aligncheck import engine
    from aligncheck.config import Settings

    if args.cache:
        use_cache(args.cache)
    records = json.loads((SHARED / "data/gov2024-dev/gold.json").read_text(encoding="utf-8"))
    records = [r for r in records if r["zh_sents"] and r["en_sents"]]
    cuts = candidates(records)
    low, _, high = args.seeds.partition("-")
    right = of = 0
    for seed in range(int(low), int(high or low) + 1):
        choose = random.Random(seed)
        chosen = {n: choose.choice(rows) for n, rows in sorted(cuts.items())}
        zh = ["".join(r["zh_sents"]) for r in records]
        en = [chosen[n][3] if n in chosen else " ".join(r["en_sents"]) for n, r in enumerate(records)]
        report = engine.check_loaded(bitext_of(zh, en), Settings(no_glossary=True))
        for n, (sample, word, sign, _) in chosen.items():
            hits = [
                f
                for f in report.findings
                if f.severity.value != "neutral"
                and f.source
                and f.source[0].line == n + 1
                and any(s.text in word or word in s.text for s in f.source)
            ]
            of += 1
            right += bool(hits)
            if args.misses and not hits:
                print("missed", sample, word, sign, chosen[n][3][:160], sep=" | ")
    print(f"found {right} of {of} = {right / of:.2f}, from {sum(map(len, cuts.values()))} possible cuts")


if __name__ == "__main__":
    main()
