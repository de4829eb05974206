"""How long a glossary of many concepts takes to load and to find in a document, beside the official one alone.

    python benchmarks/term_speed.py DOCUMENT [-n CONCEPTS]

DOCUMENT: a Chinese text.  The concepts are made up: four characters drawn at random (with a fixed seed) and two
English words; a hundredth of the Chinese terms are four characters that stand in the document.  Processor time, best of three;
the two glossaries take turns.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from aligncheck.terms import load_termbase
from aligncheck.terms.termbase import Termbase

CHARACTERS = "东南西北中城市工农商学水木金火土山河湖海江路桥站车船港航天电力网云数据算法模型生物医药材料能源环境经济贸易财政"
SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo".split()


def rows(number: int, text: str) -> str:
    """A table of made-up terms."""
    rng = random.Random(1)
    places = [p for p in range(len(text) - 4) if all("\u4e00" <= c <= "\u9fff" for c in text[p : p + 4])]
    lines = ["zh,en"]
    for n in range(number):
        at = rng.choice(places)
        zh = text[at : at + 4] if n % 100 == 0 else "".join(rng.choices(CHARACTERS, k=4))
        en = " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(2))
        lines.append(f"{zh},{en}")
    return "\n".join(lines) + "\n"


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def find(termbase: Termbase, lines: list[str]) -> int:
    """How many terms a text has."""
    return sum(len(termbase.find_chinese(line)) for line in lines)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("document", type=Path)
    options.add_argument("-n", type=int, default=100_000)
    chosen = options.parse_args()
    text = chosen.document.read_text(encoding="utf-8")
    lines = text.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.csv"
        path.write_text(rows(chosen.n, text), encoding="utf-8")
        print(f"first reading: {timed(lambda: load_termbase([path])):.1f} s")
        print(f"again, compiled: {min(timed(lambda: load_termbase([path])) for _ in range(3)):.2f} s")
        many, few = load_termbase([path]), load_termbase([])
        print(f"first search (makes the automaton): {timed(lambda: find(many, lines)):.2f} s")
        best = {"many": 9e9, "official": 9e9}
        for _ in range(3):
            for name, termbase in (("many", many), ("official", few)):
                best[name] = min(best[name], timed(lambda t=termbase: find(t, lines)))
        print(f"search: {best['many']:.3f} s, with the official glossary {best['official']:.3f} s")


if __name__ == "__main__":
    main()
