"""How fast a large memory answers, and how much of a held-out text it knows.

python benchmarks/precedent.py            # 200,000 passages of random vectors; the example's reports
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import numpy as np

from aligncheck import engine
from aligncheck.archive.remember import dated, from_pair
from aligncheck.config import Settings
from aligncheck.encode.base import unit
from aligncheck.memory import Writer
from aligncheck.memory.vectors import append, map_rows

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "precedent"


def speed(rows: int = 200_000, size: int = 512) -> dict[str, float]:
    """Milliseconds for one query, and for one of 64 asked at once; share of true nearest found."""
    random = np.random.default_rng(3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m"
        for at in range(0, rows, 20_000):
            append(path, 0, at, unit(random.standard_normal((20_000, size)).astype(np.float32)))
        mapped = map_rows(path, 0, rows, size)
        near = mapped.fine[:: rows // 64][:64].astype(np.float32)
        asked = unit(near + 0.7 * unit(random.standard_normal(near.shape).astype(np.float32)))
        mapped.nearest(asked[:1], 12)
        single = []
        for query in asked[:20]:
            start = time.perf_counter()
            mapped.nearest(query[None], 12)
            single.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = mapped.nearest(asked, 1)
        together = time.perf_counter() - start
        right = np.mean([int(r[0]) == n * (rows // 64) for n, (r, _) in enumerate(found)])
    return {
        "one query, median ms": round(1000 * float(np.median(single)), 1),
        "one of 64, ms": round(1000 * together / 64, 1),
        "true nearest found": float(right),
    }


def held_out() -> dict[str, float]:
    """The example's report of 2025 against the two before it."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        memory = Path(folder) / "m"
        with Writer(memory, engine.encoder_of("embedded")) as writer:
            for year in ("2023", "2024"):
                pair = EXAMPLE / f"{year}.zh.txt", EXAMPLE / f"{year}.en.txt"
                found = from_pair(*pair, settings, dated(pair[0]), 0.5)
                writer.add(found.source, found.passages)
        settings = Settings(memory=str(memory))
        rows = {}
        for name in ("2025.en.txt", "draft-2025.en.txt"):
            report = engine.check(EXAMPLE / "2025.zh.txt", EXAMPLE / name, settings)
            known = {p.alignment for p in report.precedents if p.kind != "similar"}
            # Three passages of 2025 were written new; all others stand in an earlier report.
            new = ("秋季台风", "供水企业实行", "水费")
            shared = [
                n
                for n, b in enumerate(report.alignments)
                if b.source and not any(w in report.source.segments[i].text for i in b.source for w in new)
            ]
            settled = sum(f.check == "settled-wording" for f in report.findings)
            size = sum(len(b.text) for b in report.source.blocks)
            rows[f"{name}: shared passages known"] = round(len(known & set(shared)) / len(shared), 3)
            rows[f"{name}: settled-wording"] = settled
            rows[f"{name}: characters"] = size
    return rows


if __name__ == "__main__":
    print(json.dumps({**speed(), **held_out()}, ensure_ascii=False, indent=1))
