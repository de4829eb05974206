"""Damaged input of every kind: errors that say something, and nothing else.

``benchmarks/fuzz/run.py`` does the same for as long as one likes; what it finds becomes a case here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.fuzz.mutate import mutated  # noqa: E402
from benchmarks.fuzz.run import fault_of  # noqa: E402
from benchmarks.fuzz.targets import targets  # noqa: E402

CASES = Path(__file__).parent / "cases"
TARGETS = {t.name: t for t in targets()}
#: Inputs a target; those that take longest get fewer.
COUNT = {"glossary tbx": 6, "pdf": 6, "report": 8, "facts": 10}


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_damaged_input_is_refused_in_words(name: str) -> None:
    target = TARGETS[name]
    faults = set()
    for number in range(COUNT.get(name, 15)):
        random = Random(f"suite {name} {number}")
        file, raw = random.choice(target.seeds)
        faults.add(fault_of(target, file, mutated(raw, target.kind, random)))
    assert faults == {""} or not faults


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_whole_input_is_read(name: str) -> None:
    target = TARGETS[name]
    assert {fault_of(target, file, raw) for file, raw in target.seeds} == {""}


@pytest.mark.parametrize("case", sorted(p.relative_to(CASES).as_posix() for p in CASES.glob("*/*")), ids=str)
def test_what_was_found_stays_mended(case: str) -> None:
    path = CASES / case
    assert fault_of(TARGETS[path.parent.name.replace("-", " ")], path.name, path.read_bytes()) == ""
