"""The tables of words: how they are read, and that every pattern is one, though compiled when asked."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from aligncheck.checks.lazy import Lazy
from aligncheck.checks.wording import another_statement as modes
from aligncheck.checks.wording import look_alike_term as lookalikes
from aligncheck.checks.wording import lost_qualifier as qualifiers
from aligncheck.checks.wording import tables
from aligncheck.checks.wording import unbacked_word as unbacked
from aligncheck.model import Category, Severity

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


def read(text: str, categories: bool = False) -> list[tables.Section]:
    """The sections of a table of three columns."""
    return tables.sections(tables.lines("words.txt", text), columns=3, categories=categories)


def test_a_table_is_read() -> None:
    found = read(
        "# What it is for.\n\n"
        "[body] 0.78 major\n"
        "deputy | 副(?:市长|县长) | vice|deputy\n"
        "0.62: acting |  代理市长  | acting\n"
        "\n# And the rest:\n"
        "[scope-of-it] 1 minor\n"
        "[Aa]ll | 全部 |\u0020\n"
    )
    assert found == [
        tables.Section(
            "body",
            0.78,
            Severity.MAJOR,
            None,
            [
                tables.Row(("deputy", "副(?:市长|县长)", "vice|deputy"), 0.78),
                tables.Row(("acting", "代理市长", "acting"), 0.62),
            ],
        ),
        tables.Section("scope-of-it", 1.0, Severity.MINOR, None, [tables.Row(("[Aa]ll", "全部", ""), 1.0)]),
    ]


def test_a_heading_may_name_a_category() -> None:
    (section,) = read("[law] 0.66 minor terminology\na | b | c\n", categories=True)
    assert section.category is Category.TERMINOLOGY


@pytest.mark.parametrize(
    ("text", "categories", "says"),
    [
        ("# note\n[body] 0.7 minor\na | b\n", False, "words.txt:3: 3 columns wanted, 2 found: a | b"),
        (
            "[body] 0.7 minor\n\na | b | c | d\n",
            False,
            "words.txt:3: 3 columns wanted, 4 found: a | b | c | d",
        ),
        ("[body] 0.7 minor\na|b|c\n", False, "words.txt:2: 3 columns wanted, 1 found: a|b|c"),
        ("[body] minor\na | b | c\n", False, "words.txt:1: a row before the first heading: [body] minor"),
        ("\na | b | c\n", False, "words.txt:2: a row before the first heading: a | b | c"),
        (
            "[body] 0.7 minute\n",
            False,
            "words.txt:1: 'minute' is not a valid Severity: [body] 0.7 minute",
        ),
        ("[law] 0.7 minor\n", True, "words.txt:1: a category wanted: [law] 0.7 minor"),
        (
            "[law] 0.7 minor terminology\n",
            False,
            "words.txt:1: no category wanted: [law] 0.7 minor terminology",
        ),
        ("[law] 0.7 minor terms\n", True, "words.txt:1: 'terms' is not a valid Category"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, categories: bool, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(says)}"):
        read(text, categories)
