"""Columns and tables of PDF pages, as they are printed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from aligncheck.model import Bitext, Document
from aligncheck.readers import read

BENCH = Path(__file__).resolve().parents[2] / "benchmarks" / "pdf_readers.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pdf_readers", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("pitch", [1.0, 1.5])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["one column", "two columns"])
def test_paragraphs_run_on_through_columns(
    bench: ModuleType, tmp_path: Path, layout: str, language: str, pitch: float
) -> None:
    expected = bench.make(tmp_path / "a.pdf", layout, language, pitch, False)
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Document)
    assert [bench.bare(b.text) for b in found] == [bench.bare(t) for t in expected]


@pytest.mark.parametrize("pitch", [1.0, 1.5])
def test_a_ruled_table_of_both_languages_is_pairs_a_row_each(
    bench: ModuleType, tmp_path: Path, pitch: float
) -> None:
    bench.make(tmp_path / "a.pdf", "ruled table", "zh", pitch, False)
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Bitext)
    assert found.paired
    rows = [
        (found.source.blocks[p.source[0]].text, found.target.blocks[p.target[0]].text) for p in found.given
    ]
    assert rows == list(zip(bench.CHINESE, bench.ENGLISH, strict=True))


def test_two_languages_side_by_side_without_rules_stay_apart(bench: ModuleType, tmp_path: Path) -> None:
    bench.make(tmp_path / "a.pdf", "bare table", "zh", 1.0, False)
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Bitext)
    assert [bench.bare(b.text) for b in found.source.blocks] == [bench.bare(t) for t in bench.CHINESE]
    assert [bench.bare(b.text) for b in found.target.blocks] == [bench.bare(t) for t in bench.ENGLISH]
