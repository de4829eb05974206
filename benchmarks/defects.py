#!/usr/bin/env python3
"""Plant defects in an annotated report, check it, score the findings: many seeds in one process.

    python benchmarks/defects.py [--seeds 1-20] [--rate 0.6] [--clean] [--misses] [--alarms] [--by-check]
                                 [--only CATEGORY,...] [--gold FILE] [--bench DIR] [--cache FILE]

Planting and scoring are those of the measuring scripts beside the project.
``--only`` counts but the findings of some categories (and the planted defects that these answer).
``--cache`` keeps sentence vectors in a SQLite file, to make repeated runs quick.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import random
import sqlite3
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


class CachedEncoder:
    """An encoder whose vectors outlive the process."""

    def __init__(self, inner, path):
        self.inner, self.signature = inner, inner.signature
        self.db = sqlite3.connect(path, timeout=120)
        self.db.execute("create table if not exists vectors (text text primary key, vector blob)")
        self.known = {
            t: np.frombuffer(v, dtype=np.float16)
            for t, v in self.db.execute("select text, vector from vectors")
        }

    def encode(self, texts):
        fresh = [t for t in dict.fromkeys(texts) if t not in self.known]
        if fresh:
            for text, row in zip(fresh, self.inner.encode(fresh).astype(np.float16), strict=True):
                self.known[text] = row
                self.db.execute("insert or ignore into vectors values (?, ?)", (text, row.tobytes()))
            self.db.commit()
        if not len(texts):
            return np.zeros((0, 512), dtype=np.float32)
        return np.array([self.known[t] for t in texts], dtype=np.float32)

    def __getattr__(self, name):
        return getattr(self.inner, name)


def use_cache(path):
    """Make the engine's encoder remember its vectors in a file."""
    from aligncheck import engine

    inner = engine.encoder_of("embedded")
    cached = CachedEncoder(inner, path)
    engine.encoder_of = lambda name: cached
    return cached


def load(path: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def planted(planter, records, seed, rate, clean):
    """Lines of both sides and the truth, as the planting script writes them."""
    zh, en, items = planter.plant(records, random.Random(seed), 0.0 if clean else rate)
    zh_line, en_line, zh_rows, en_rows = {}, {}, [], []
    for i, (z, e) in enumerate(zip(zh, en, strict=True)):
        if z["text"]:
            zh_rows.append(z["text"])
            zh_line[i] = len(zh_rows)
        text = " ".join(s for s in e["sents"] if s)
        if text:
            en_rows.append(text)
            en_line[i] = len(en_rows)
    for item in items:
        i = item.pop("index")
        span = [i, i + 1] if item.pop("pair", False) else [i]
        item["zh_lines"] = [zh_line[k] for k in span if k in zh_line]
        item["en_lines"] = [en_line[k] for k in span if k in en_line]
    genuine = [
        {"category": planter.GENUINE.get(x["type"], x["type"]), "severity": x["severity"], "zh_text": x["zh"],
         "en_text": x["en"], "note": x["note"], "zh_lines": [zh_line[i]] if i in zh_line else [],
         "en_lines": [en_line[i]] if i in en_line else []}
        for i, r in enumerate(records) for x in r["issues"]
    ]  # fmt: skip
    return zh_rows, en_rows, {"planted": items, "genuine": genuine, "zh_chars": sum(map(len, zh_rows))}


def bitext_of(zh_rows, en_rows):
    """Both sides as the text reader and the segmenter give them."""
    import tempfile

    from aligncheck import engine
    from aligncheck.config import Settings

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, rows in (("zh.txt", zh_rows), ("en.txt", en_rows)):
            path = Path(folder) / name
            path.write_text("\n".join(rows) + "\n", encoding="utf-8")
            paths.append(path)
        return engine.load_input(paths[0], paths[1], Settings())


def score(scorer, truth, findings, only=()):
    """The figures of the scoring script, with the misses and the alarms."""
    if only:
        findings = [f for f in findings if f["category"] in only]
        truth = {**truth, "planted": [p for p in truth["planted"] if set(p["accept"]) & set(only)]}
    used, misses, placed, badly = set(), [], [], []
    found, of = collections.Counter(), collections.Counter()
    for item in truth["planted"]:
        hits = [
            i for i, f in enumerate(findings) if f["category"] in item["accept"] and scorer.touches(f, item)
        ]
        of[item["kind"]] += 1
        found[item["kind"]] += bool(hits)
        used.update(hits)
        if not hits:
            misses.append(item)
        elif item["zh_text"] or item["en_text"]:
            placed.append(any(scorer.marks(findings[i], item) for i in hits))
            if not placed[-1]:
                badly.append((item, [findings[i] for i in hits]))
    g_found, g_of = collections.Counter(), collections.Counter()
    for item in truth["genuine"]:
        accept = scorer.NEAR.get(item["category"], {item["category"]})
        hits = [i for i, f in enumerate(findings) if f["category"] in accept and scorer.touches(f, item)]
        g_of[item["severity"]] += 1
        g_found[item["severity"]] += bool(hits)
        used.update(hits)
    return {
        "found": found, "of": of, "used": used, "findings": findings, "placed": placed, "misses": misses,
        "genuine": (g_found, g_of), "badly": badly, "chars": truth["zh_chars"],
        "alarms": [f for i, f in enumerate(findings) if i not in used],
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--rate", type=float, default=0.6)
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    parser.add_argument("--badly", action="store_true", help="list the findings that mark another text")
    parser.add_argument("--by-check", action="store_true", help="a table of reliability, a line a check")
    parser.add_argument("--only", default="")
    parser.add_argument("--gold", type=Path, default=SHARED / "data/gov2024-dev/gold.json")
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--cache")
    args = parser.parse_args()
    from aligncheck import engine
    from aligncheck.config import Settings
    from aligncheck.reports.json_report import report_data

    if args.cache:
        use_cache(args.cache)
    planter, scorer = load(args.bench / "plant_defects.py"), load(args.bench / "score_findings.py")
    low, _, high = args.seeds.partition("-")
    seeds = [1] if args.clean else range(int(low), int(high or low) + 1)
    only = tuple(x for x in args.only.split(",") if x)
    rows, calibration = [], []
    started = time.perf_counter()
    for seed in seeds:
        records = json.loads(args.gold.read_text(encoding="utf-8"))
        zh, en, truth = planted(planter, records, seed, args.rate, args.clean)
        report = engine.check_loaded(bitext_of(zh, en), Settings())
        findings = report_data(report)["findings"]
        if only:
            findings = [f for f in findings if f["category"] in only]
        shown = [f for f in findings if scorer.RANK[f["severity"]] >= 1]
        row = score(scorer, truth, shown, only)
        rows.append(row)
        every = score(scorer, truth, findings, only)
        calibration += [(f["confidence"], i in every["used"], f["check"]) for i, f in enumerate(findings)]
        recall = sum(row["found"].values()) / max(1, sum(row["of"].values()))
        precision = len(row["used"]) / max(1, len(shown))
        print(
            f"seed {seed}: recall {recall:.3f} precision {precision:.3f} findings {len(shown)}",
            file=sys.stderr,
        )
        for item in row["misses"] if args.misses else ():
            print("missed", item["kind"], item["zh_lines"], item["en_lines"], item["en_text"] or item["zh_text"],
                  "<-", item["was"][:60], sep=" | ")  # fmt: skip
        for f in row["alarms"] if args.alarms else ():
            print("alarm", f["check"], f["confidence"], "/".join(s["text"][:80] for s in f["source"]),
                  "/".join(s["text"][:120] for s in f["target"]), f["message"]["en"][:100], sep=" | ")  # fmt: skip
        for item, fs in row["badly"] if args.badly else ():
            print("badly", item["kind"], item["zh_text"][:60], item["en_text"][:60], "<-",
                  [(s["text"][:70]) for f in fs for s in f["source"] + f["target"]], sep=" | ")  # fmt: skip
    found, of = (
        sum((r["found"] for r in rows), collections.Counter()),
        sum((r["of"] for r in rows), collections.Counter()),
    )
    placed = [p for r in rows for p in r["placed"]]
    n = len(rows)
    print("recall", round(sum(sum(r["found"].values()) / max(1, sum(r["of"].values())) for r in rows) / n, 4))
    print("precision", round(sum(len(r["used"]) / max(1, len(r["findings"])) for r in rows) / n, 4))
    print("localised", round(sum(placed) / max(1, len(placed)), 4))
    print("alarms per 1000", round(sum(1000 * len(r["alarms"]) / r["chars"] for r in rows) / n, 3))
    print("by kind", {k: f"{found[k]}/{of[k]}" for k in sorted(of)})
    g = rows[0]["genuine"]
    print("genuine (first seed)", {k: f"{g[0][k]}/{g[1][k]}" for k in sorted(g[1])})
    print("alarms by check", collections.Counter(f["check"] for r in rows for f in r["alarms"]).most_common())
    print(
        "findings by check",
        collections.Counter(f["check"] for r in rows for f in r["findings"]).most_common(),
    )
    print("reliability (confidence: right/all)")
    for low in np.arange(0.0, 1.0, 0.1):
        group = [ok for c, ok, _ in calibration if low <= c < low + 0.1 or (low > 0.85 and c == 1.0)]
        if group:
            print(f"  {low:.1f}-{low + 0.1:.1f}: {sum(group)}/{len(group)} = {sum(group) / len(group):.2f}")
    if args.by_check:
        bands = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
        print("reliability by check (right/all, mean confidence stated)")
        for check in sorted({c for _, _, c in calibration}):
            cells = []
            for low, high in bands:
                group = [(c, ok) for c, ok, name in calibration if name == check and low <= c < high]
                said = sum(c for c, _ in group) / max(1, len(group))
                cells.append(f"{sum(ok for _, ok in group)}/{len(group)} ({said:.2f})" if group else "")
            print("|", check, "|", " | ".join(cells), "|")
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
