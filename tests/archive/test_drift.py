"""Drift over the years, from what the documents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.archive.drift import find_drift
from aligncheck.archive.store import Outcome, Store, Unit

ROWS = {
    2019: [("english", "c1", "绿地", "green space", "green land", "deprecated", 2, 7)],
    2020: [
        ("pair", "", "绿地", "green space", "green space", "preferred", 3, None),
        ("english", "c1", "绿地", "green space", "Green Space", "preferred", 3, 9),
        (
            "english",
            "c2",
            "市政协",
            "CPPCC Municipal Committee",
            "CPPCC Municipal Committee",
            "preferred",
            1,
            2,
        ),
        ("acronym", "c2", "市政协", "CPPCC Municipal Committee", "CPPCC", "admitted", 5, 4),
    ],
    2021: [("pair", "", "绿地", "green space", "green land", "deprecated", 1, None)],
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "audit.sqlite")
    units = [
        Unit(f"{y}.txt", "single", f"{y}.txt", "", "alone", None, str(y), "", "", "", "k")
        for y in sorted(ROWS)
    ]
    made.plan([], [], units, [], {})
    for year, rows in ROWS.items():
        made.put([(f"{year}.txt", Outcome(10, 0.0, "pass", None, (), (), tuple(rows)))])
    return made


def test_first_and_last_use_of_each_rendering(store: Store) -> None:
    find_drift(store)
    rows = [tuple(r) for r in store.rows("SELECT term, rendering, first, last, count, documents FROM drift")]
    assert rows == [
        ("绿地", "green land", "2019", "2021", 3, 2),
        ("绿地", "green space", "2020", "2020", 3, 1),
    ]
    uses = [tuple(r) for r in store.rows("SELECT year, document, line FROM v_drift ORDER BY year")]
    assert uses == [("2019", "2019.txt", 7), ("2020", "2020.txt", 9), ("2021", "2021.txt", 0)]


def test_found_again_it_is_the_same(store: Store) -> None:
    find_drift(store)
    once = [tuple(r) for r in store.rows("SELECT * FROM v_drift")]
    find_drift(store)
    assert [tuple(r) for r in store.rows("SELECT * FROM v_drift")] == once
