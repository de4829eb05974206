"""What findings rest on is said in Chinese on Chinese pages: every label, and every value that is ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from aligncheck.checks.base import Check
from aligncheck.checks.wording import contrasts
from aligncheck.facts.units import MONEY, UNITS
from aligncheck.registry import load
from aligncheck.reports.evidence import LABELS, NAMED_IN_TABLES, value
from aligncheck.testing import findings

PACKAGE = Path(str(files("aligncheck")))
HAN = re.compile("[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
#: Units that Chinese text writes with the same letters, and currencies by their codes.
SYMBOLS = frozenset(
    """km m cm mm um nm km2 m2 cm2 ha m3 km3 cm3 l ml t kg g mg ug lb oz ug/m3 mg/m3 mg/l kwh mwh gwh twh w kw mw gw
    kv v c f hz khz mhz ghz kb mb gb tb bit/s mbit/s gbit/s kmh mph m/s pflops ms us ns pa hpa kpa mpa kj kcal
    db mmhg mmol/l umol/l nmol/l mol/l g/l mg/dl ng/ml u/l""".split()
) | (MONEY - {"dollar", "yuan"})
#: Values that are ids or notes of a glossary, names of models, or wordings for the English text.
NO_WORDS = NAMED_IN_TABLES | {"second reader", "note", "would be"}


def labels(tree: ast.AST) -> Iterator[str]:
    """The labels that a module gives its evidence: the first of each pair, and constants named so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LABEL":
            assert isinstance(node.value, ast.Constant)
            yield str(node.value.value)
        if not isinstance(node, ast.Call):
            continue
        given = [k.value for k in node.keywords if k.arg == "evidence"]
        if ast.unparse(node.func) in ("evidence.append", "rows.append"):
            given += node.args
        for part in (p for v in given for p in ast.walk(v)):
            if isinstance(part, ast.Tuple) and len(part.elts) == 2:
                first = part.elts[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def test_every_label_has_its_chinese() -> None:
    found = {
        label
        for room in ("checks", "second", "facts")
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for label in labels(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert len(found) > 20
    assert found - set(LABELS) == {"chrF"}  # a measure has one name
    assert [k for k, m in LABELS.items() if LATIN.search(m.zh)] == []


def named_in_tables() -> Iterator[tuple[str, str]]:
    yield from (("axis", axis.name) for axis in contrasts.axes())
    for table in ("modes.txt", "small-words.txt"):
        text = (PACKAGE / "checks" / "data" / table).read_text(encoding="utf-8")
        yield from (("contrast", name) for name in re.findall(r"^\[([\w-]+)\]", text, re.MULTILINE))


@pytest.mark.parametrize(("label", "name"), sorted(named_in_tables()))
def test_what_a_table_names_is_said_in_both_languages(label: str, name: str) -> None:
    said = value(label, name)
    assert said.en != name, "the name is for the table; a reader sees what is contrasted"
    assert not LATIN.search(said.zh)


@pytest.mark.parametrize("code", sorted(UNITS))
def test_a_unit_has_its_chinese_or_is_written_so_there_too(code: str) -> None:
    said = value("English value", f"12 {code}")
    assert said.en == f"12 {code}"
    assert code in SYMBOLS or not re.search("[a-z]", said.zh)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("3.5 points", "3.5 个百分点"),
        ("2 times", "2 倍"),
        ("lunar 8/15", "农历 8/15"),
        ("quarter:1", "季度:1"),
        ("mid-century", "世纪中叶"),
        ("18 mg/l", "18 mg/l"),
        ("[2024] No. 12", "[2024] No. 12"),
    ],
)
def test_a_figure_is_written_in_chinese(text: str, chinese: str) -> None:
    assert value("Chinese value", text).zh == chinese


def test_what_the_second_reader_says_to_a_doubt_is_told_in_chinese() -> None:
    assert value("second reader", "qwen-7b disagrees: “agrees: no”").zh == "qwen-7b 不同意: “agrees: no”"
    assert value("second reader", "qwen-7b").zh == "qwen-7b"


@pytest.mark.parametrize(
    "check", [c for c in load("aligncheck.checks").values() if c.scope != "reader"], ids=lambda c: c.name
)
def test_the_evidence_of_examples_is_chinese_but_for_what_the_texts_say(check: Check) -> None:
    for example in check.examples:
        quoted = f"{example.source}\n{example.target}".lower()
        zh, en = sorted((example.source, example.target), key=lambda side: not HAN.search(side))
        for finding in findings(check.name, zh, en):
            for label, text in finding.evidence:
                name = LABELS[label].zh if label in LABELS else label
                said = "" if label in NO_WORDS else value(label, text).zh
                words = LATIN.findall(f"{name} {said}")
                assert {w for w in words if w.lower() not in quoted} <= {*SYMBOLS, "chrF"}, (label, text)
