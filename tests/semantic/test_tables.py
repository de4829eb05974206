"""The tables of words: every pattern in them is one, though none is compiled before it is asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from aligncheck.checks import lookalikes, modes, qualifiers, unbacked
from aligncheck.checks.lazy import Lazy

TABLES: dict[str, tuple[Any, ...]] = {
    "lookalikes": lookalikes.lookalikes(),
    "modes": tuple(mode for group in modes.groups() for mode in group.modes),
    "qualifiers": qualifiers.qualifiers(),
    "unbacked": unbacked.weighty(),
}


def patterns(row: Any) -> Iterator[Lazy]:
    """The patterns of a row."""
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if isinstance(value, Lazy):
            yield value


@pytest.mark.parametrize("table", TABLES)
def test_all_patterns_compile(table: str) -> None:
    found = [p for row in TABLES[table] for p in patterns(row)]
    assert len(found) >= 2 * len(TABLES[table]) > 20
    for pattern in found:
        assert pattern.compiled.pattern == pattern.pattern


def test_a_pattern_answers_as_a_compiled_one() -> None:
    pattern = Lazy("提前|预先")
    assert pattern.search("项目提前完成，预先布置") is not None
    assert [m.start() for m in pattern.finditer("项目提前完成，预先布置")] == [2, 7]
    assert pattern.search("项目提前完成", 3) is None
    assert pattern.findall("提前、预先") == ["提前", "预先"]
    assert pattern.sub("□", "提前完成") == "□完成"
