"""Sentences and clauses: cases as data, and what must hold for any text."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aligncheck.model import Block, Document, Language, Place
from aligncheck.segment import segment_document, split_clauses, split_sentences

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases("sentences"), ids=lambda c: f"{c['language']}: {c['name']}")
def test_sentences(case: dict[str, Any]) -> None:
    joint = case.get("join", "" if case["language"] == "zh" else " ")
    text = joint.join(case["sentences"])
    assert [text[s.start : s.end] for s in split_sentences(text, case["language"])] == case["sentences"]


@pytest.mark.parametrize("case", cases("clauses"), ids=lambda c: c["name"])
def test_clauses(case: dict[str, Any]) -> None:
    text = ("" if case["language"] == "zh" else " ").join(case["clauses"])
    assert [text[s.start : s.end] for s in split_clauses(text, case["language"])] == case["clauses"]


TEXTS = st.text(alphabet="中文。！？；，、：“”《》（）[]\"' .,;:!?…—AabC1②\n", max_size=60)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["zh", "en"]))
def test_spans_tile_the_text(text: str, language: Language) -> None:
    """In order, without overlap, bare of outer white space, and nothing visible is left out."""
    for split in (split_sentences, split_clauses):
        spans = split(text, language)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in spans)
        left = text
        for span in reversed(spans):
            left = left[: span.start] + left[span.end :]
        assert not left.strip()


@settings(deadline=None)
@given(TEXTS)
def test_clauses_lie_inside_sentences(text: str) -> None:
    """Cutting a sentence into clauses gives back the whole sentence."""
    for span in split_sentences(text, "zh"):
        sentence = text[span.start : span.end]
        pieces = split_clauses(sentence, "zh")
        assert pieces[0].start == 0
        assert pieces[-1].end == len(sentence)


def test_segment_document_numbers_through() -> None:
    blocks = (
        Block(0, "paragraph", "一是改。二是革。", Place(line=1)),
        Block(1, "paragraph", "  三是开放。", Place(line=2)),
    )
    cut = segment_document(Document("a.txt", "zh", blocks))
    assert [(s.id, s.block, s.text) for s in cut.segments] == [
        (0, 0, "一是改。"),
        (1, 0, "二是革。"),
        (2, 1, "三是开放。"),
    ]
    whole = segment_document(Document("a.txt", "zh", blocks), segmented=True)
    assert [s.text for s in whole.segments] == ["一是改。二是革。", "三是开放。"]


@pytest.mark.shared
def test_boundaries_of_the_annotated_report(shared: Path) -> None:
    """The annotated sentences and clauses come out again: F1 of boundaries at least 0.99."""
    gold = json.loads((shared / "data/gov2024-dev/gold.json").read_text(encoding="utf-8"))[1:]
    for key, language, joint, split in (
        ("zh_sents", "zh", "", split_sentences),
        ("en_sents", "en", " ", split_sentences),
        ("clauses", "zh", "", split_clauses),
    ):
        hit = wrong = 0
        for record in gold:
            text, ends = "", set()
            for piece in record[key]:
                text += (joint if text else "") + piece
                ends.add(len(text))
            got = {s.end for s in split(text, language)}  # type: ignore[arg-type]
            ends.discard(len(text))
            got.discard(len(text))
            hit += 2 * len(ends & got)
            wrong += len(ends ^ got)
        assert hit / (hit + wrong) >= 0.99, key
