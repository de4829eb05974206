"""What each line of a document is told to be; note marks and their notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aligncheck.model import Bitext, Block, Document
from aligncheck.readers import ReadOptions, read

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases_structure.yaml").read_text(encoding="utf-8")
)


def described(block: Block, expected: str) -> str:
    """The block's kind with as much of level and label as the case names."""
    words = expected.split()
    if len(words) == 1:
        return block.kind
    return f"{block.kind} {block.level} {block.label}" if len(words) == 3 else f"{block.kind} {block.label}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_kinds(tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(text for _, text in case["lines"]), encoding="utf-8")
    document = read(path, ReadOptions(language=case["language"], monolingual=True))
    assert isinstance(document, Document)
    assert [b.text for b in document] == [text for _, text in case["lines"]], "the text stays as it is"
    expected = [kind for kind, _ in case["lines"]]
    assert [described(b, e) for b, e in zip(document, expected, strict=True)] == expected
    labels = [b.label for b in document if b.kind == "note" and b.label]
    if labels:
        marked = [m.ref for b in document if b.kind != "note" for m in b.marks if m.kind == "note"]
        assert marked == labels


def kinds_of(document: Document) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for block in document:
        found.setdefault(block.kind, []).append(block.place.line or 0)
    return found


@pytest.mark.shared
def test_archived_reports(shared: Path) -> None:
    """What is not text, the headings, and notes with their marks, in each of the five reports."""
    reports = {}
    for year in ("2017.en", "2023.en", "2025.en", "2026.en"):
        document = read(shared / f"data/reports/beijing-{year}.txt")
        assert isinstance(document, Document)
        assert document.language == "en"
        reports[year] = document
    kinds = {year: kinds_of(d) for year, d in reports.items()}
    assert kinds["2017.en"]["boilerplate"] == list(range(1, 9))
    assert kinds["2017.en"]["heading"] == [10, 20, 28]
    assert kinds["2023.en"]["boilerplate"] == [218]
    assert len(kinds["2023.en"]["item"]) == 21
    assert kinds["2025.en"]["note"] == [29, 30, 31, 32, 33, 53]
    assert "boilerplate" not in kinds["2025.en"]
    assert kinds["2025.en"]["heading"] == [1, 6, 11, 16, 22, 34, 39]
    assert kinds["2026.en"]["title"] == [1]
    assert kinds["2026.en"]["boilerplate"] == [3, 4, 80]
    for year in ("2023.en", "2025.en"):
        notes = [b.label for b in reports[year] if b.kind == "note" and b.label]
        marks = [m.ref for b in reports[year] if b.kind != "note" for m in b.marks if m.kind == "note"]
        assert marks == notes
    both = read(shared / "data/reports/beijing-2024.zh-en.txt")
    assert isinstance(both, Bitext)
    assert [kinds_of(d)["title"] for d in (both.source, both.target)] == [[1, 2, 3, 4], [5, 6, 7, 8]]
    assert len(kinds_of(both.source)["heading"]) == 13
    for document in (*reports.values(), both.source, both.target):
        rows = (Path(document.path)).read_text(encoding="utf-8-sig").split("\n")
        assert all(rows[(b.place.line or 0) - 1] == b.text for b in document), "untouched"
