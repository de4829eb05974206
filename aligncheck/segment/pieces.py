"""Paragraphs beyond any prose, cut so that no check has to hold one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aligncheck.limits import CHECKED_PARAGRAPH
from aligncheck.model import Anchor, Block, Document

_END = re.compile(r"[。！？!?；;\n][”’」』）)\]]*|\.[”’)\]]*(?=\s)")
_BLANK = re.compile(r"\s")


def in_pieces(document: Document, most: int = CHECKED_PARAGRAPH) -> Document:
    """The document with every paragraph of more than ``most`` characters in pieces, and a note of each.

    It is cut behind the last sentence that fits, else at a blank, else anywhere; places stay what they are.
    """
    if all(len(b.text) <= most for b in document.blocks):
        return document
    blocks: list[Block] = []
    notes = list(document.problems)
    for block in document.blocks:
        pieces = list(_pieces(block, most)) if len(block.text) > most else [block]
        if len(pieces) > 1:
            place = block.place.label()
            notes.append(
                f"{place + ': ' if place else ''}a paragraph of {len(block.text):,} characters "
                f"is checked in {len(pieces)} pieces"
            )
        for piece in pieces:
            blocks.append(replace(piece, id=len(blocks)))
    return replace(document, blocks=tuple(blocks), problems=tuple(notes))


def _pieces(block: Block, most: int) -> Iterator[Block]:
    start, text = 0, block.text
    while len(text) - start > most:
        end = _border(block, start, start + most)
        yield _piece(block, start, end)
        start = end
    yield _piece(block, start, len(text))


def _border(block: Block, start: int, end: int) -> int:
    middle = (start + end) // 2
    for pattern in (_END, _BLANK):
        last = 0
        for match in pattern.finditer(block.text, middle, end):
            last = match.end()
        if last > middle and not _in_mark(block, last):
            return last
    while end > middle and _in_mark(block, end):
        end -= 1
    return end


def _in_mark(block: Block, offset: int) -> bool:
    return any(m.start < offset < m.end for m in block.marks)


def _piece(block: Block, start: int, end: int) -> Block:
    marks = tuple(
        replace(m, start=m.start - start, end=m.end - start)
        for m in block.marks
        if start <= m.start < end >= m.end or m.start == m.end == len(block.text) == end
    )
    anchors = tuple(replace(a, offset=a.offset - start) for a in block.anchors if start < a.offset < end)
    line, column = block.locate(start)
    first = (Anchor(0, line, column),) if line else ()
    label = block.label if start == 0 else ""
    return replace(
        block, text=block.text[start:end], marks=marks, anchors=(*first, *anchors), label=label, segments=()
    )
