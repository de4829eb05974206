"""The checks of one document: their own examples, cases as data, and quiet on the archived reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Anchor, Bitext, Document, Hit, Language, Place
from aligncheck.readers import read
from aligncheck.readers.structure import Raw, structure
from aligncheck.readers.text import rows_of
from aligncheck.registry import load
from aligncheck.segment import segment_document

NAMES = (
    "doubled-signs hidden-characters implausible-figures look-alikes mixed-han mixed-quotes narrow-signs "
    "notes repeated-sentence repeated-word spaces spelling-variants unpaired-signs wide-signs"
).split()
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)


def checks() -> dict[str, Check]:
    return {name: load("aligncheck.checks")[name] for name in NAMES}


def hits(check: Check, document: Document) -> list[Hit]:
    assert check.run_document is not None
    return list(check.run_document(document, Context(Settings())))


def document_of(text: str, language: Language) -> Document:
    raws = [
        Raw(row.text, Place(line=row.number), (Anchor(0, row.number, row.column),)) for row in rows_of(text)
    ]
    return segment_document(Document("x.txt", language, structure(raws, language), "x"))


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str) -> None:
    check = checks()[name]
    assert {bool(e.hits) for e in check.examples} == {True, False}
    for example in check.examples:
        language: Language = "zh" if example.source else "en"
        found = hits(check, document_of(example.source or example.target, language))
        assert len(found) == example.hits, example
        assert check.title.zh
        assert check.false_alarms


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['check']}: {c['name']}")
def test_case(case: dict[str, Any]) -> None:
    document = document_of(case["text"], case["language"])
    found = hits(checks()[case["check"]], document)
    assert [document.slice(h.source[0]) for h in found] == case["marked"]
    if "shown" in case:
        assert {h.confidence >= Settings().min_confidence for h in found} == {case["shown"]}
    for hit in found:
        assert hit.message.en
        assert hit.message.zh
        assert 0 < hit.confidence <= 1


def test_every_check_has_cases() -> None:
    for name in NAMES:
        assert {bool(c["marked"]) for c in CASES if c["check"] == name} == {True, False}, name


@settings(deadline=None)
@given(
    st.text(alphabet="中國国文。，！“”\"'（()）[1]²①的的 aаB.,;:-—\u200b\ue000Ａ１\n", max_size=80),
    st.sampled_from(["zh", "en"]),
)
def test_no_text_breaks_a_check(text: str, language: Language) -> None:
    if not text.strip():
        return
    document = document_of(text, language)
    for check in checks().values():
        if language in check.languages:
            for hit in hits(check, document):
                for ref in (*hit.source, *hit.target):
                    assert 0 <= ref.start < ref.end <= len(document.blocks[ref.block].text)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "most"), [("2017.en", 0), ("2023.en", 2), ("2024.zh-en", 4), ("2025.en", 1), ("2026.en", 2)]
)
def test_archived_reports_are_nearly_clean(shared: Path, name: str, most: int) -> None:
    """The findings above were read one by one; each is right, and more would be false."""
    what = read(shared / f"data/reports/beijing-{name}.txt")
    documents = [what.source, what.target] if isinstance(what, Bitext) else [what]
    found = []
    for document in map(segment_document, documents):
        for check in checks().values():
            if document.language in check.languages:
                found += [(check.name, h.message.en) for h in hits(check, document)]
    assert len(found) <= most, found
