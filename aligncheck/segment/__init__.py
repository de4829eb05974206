"""Sentences and clauses of both languages, as spans of untouched text."""

from __future__ import annotations

import re
from dataclasses import replace

from aligncheck.model import Document, Language, Segment, Span

_ZH_END = re.compile(r"[。！？!?；;]+[”’」』）)\]】》]*|$")
_EN_END = re.compile(r"[.!?]+[”’\"')\]]*(?:\[\d+\])?(?=\s+[A-Z“\"‘(\[]|\s*$)|$")
_ZH_CLAUSE = re.compile(r"[，,；;。！？!?：:]+[”’」』）)\]】》]*|$")


def split_sentences(text: str, language: Language) -> list[Span]:
    """The sentences of a text in order, without the white space around them."""
    return _split(text, _ZH_END if language == "zh" else _EN_END)


def split_clauses(text: str, language: Language = "zh") -> list[Span]:
    """The clauses of a sentence, each with its closing mark."""
    return _split(text, _ZH_CLAUSE if language == "zh" else re.compile(r"[,;:](?=\s)|$"))


def _split(text: str, ends: re.Pattern[str]) -> list[Span]:
    spans, start = [], 0
    for end in ends.finditer(text):
        piece = text[start : end.end()]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append(Span(start + lead, start + len(piece.rstrip())))
        start = end.end()
    return spans


def segment_document(document: Document, segmented: bool = False) -> Document:
    """The same document with segments in every block; ``segmented``: a block is one sentence."""
    blocks, number = [], 0
    for block in document.blocks:
        text = block.text
        spans = [Span(0, len(text))] if segmented else split_sentences(text, document.language)
        segments = []
        for span in spans:
            segments.append(Segment(number, block.id, span.start, span.end, text[span.start : span.end]))
            number += 1
        blocks.append(replace(block, segments=tuple(segments)))
    return replace(document, blocks=tuple(blocks))
