"""Sentences and clauses of both languages, as spans of untouched text.

The rules are written out (Punkt-like lists of abbreviations and of words that open sentences), so
nothing has to be trained or fetched.  Sentences are what an aligner pairs: a Chinese semicolon ends
one, an English semicolon does not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from aligncheck.model import Block, Document, Language, Segment, Span
from aligncheck.segment import chinese, english

__all__ = ["segment_document", "split_clauses", "split_sentences"]


def split_sentences(text: str, language: Language) -> list[Span]:
    """The sentences of a text in order, without the white space around them.

    Every character that is not white space lies in exactly one span; a stop keeps its closing
    quotes, brackets and note marks.
    """
    return chinese.sentences(text) if language == "zh" else english.sentences(text)


@lru_cache(maxsize=8192)  # the aligner asks twice for each sentence, the checks once more
def split_clauses(text: str, language: Language = "zh") -> tuple[Span, ...]:
    """The clauses of a sentence, each with its closing mark; like sentences, they leave nothing out."""
    return tuple(chinese.clauses(text) if language == "zh" else english.clauses(text))


def segment_document(document: Document, segmented: bool = False) -> Document:
    """The same document with segments in every block; ``segmented``: a block is one sentence."""
    blocks, number = [], 0
    for block in document.blocks:
        text = block.text
        whole = segmented or block.kind == "title"
        spans = _whole(text) if whole else _with_note_marks(block, split_sentences(text, document.language))
        segments = []
        for span in spans:
            segments.append(Segment(number, block.id, span.start, span.end, text[span.start : span.end]))
            number += 1
        blocks.append(replace(block, segments=tuple(segments)))
    return replace(document, blocks=tuple(blocks))


def _with_note_marks(block: Block, spans: list[Span]) -> list[Span]:
    """A note mark right behind a stop belongs to the sentence before it, however it is printed."""
    marks = {m.start: m.end for m in block.marks if m.kind == "note"}
    found: list[Span] = []
    for span in spans:
        start = span.start
        while found and start in marks and start < span.end:
            found[-1] = Span(found[-1].start, marks[start])
            rest = block.text[marks[start] : span.end]
            start = span.end - len(rest.lstrip())
        if start < span.end:
            found.append(Span(start, span.end))
    return found


def _whole(text: str) -> list[Span]:
    stripped = text.strip()
    if not stripped:
        return []
    start = text.index(stripped)
    return [Span(start, start + len(stripped))]
