"""Places of the protocol: lines from 0, columns in UTF-16 units, to and from offsets of a block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from aligncheck.model import Document

_LINE_END = re.compile(r"\r\n|\r|\n")
#: A place in a file: line and column, both from 0, the column in UTF-16 code units.
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A code point of a document: number of the block, offset in its text."""

    block: int
    offset: int


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(c > "\uffff" for c in text)


def code_points(text: str, column: int) -> int:
    """How many code points stand before a UTF-16 column; one inside a pair counts as before it."""
    at = 0
    for number, c in enumerate(text):
        width = 2 if c > "\uffff" else 1
        if at + width > column:
            return number
        at += width
    return len(text)


class Map:
    """A document's text as its file has it, and where its blocks stand in it."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self._rows = _LINE_END.split(text)
        # By line (from 0): columns (code points, from 0) at which a stretch of a block begins.
        self._starts: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        for block in document.blocks:
            anchors = block.anchors
            if not anchors and block.place.line:
                self._starts[block.place.line - 1].append((0, block.id, 0, len(block.text)))
            for n, anchor in enumerate(anchors):
                end = anchors[n + 1].offset if n + 1 < len(anchors) else len(block.text)
                if anchor.line:
                    self._starts[anchor.line - 1].append(
                        (anchor.column - 1, block.id, anchor.offset, max(end, anchor.offset))
                    )
        for starts in self._starts.values():
            starts.sort()

    def point(self, block: int, offset: int) -> Point:
        """Where an offset of a block stands; the file's beginning where the format has no lines."""
        line, column = self.document.blocks[block].locate(offset)
        if not line:
            return 0, 0
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        return line - 1, units(row[: max(0, column - 1)])

    def end_point(self, block: int, offset: int) -> Point:
        """Where a span ends: behind its last character, on that one's line."""
        if offset <= 0:
            return self.point(block, offset)
        line, column = self.document.blocks[block].locate(offset - 1)
        if not line:
            return 0, 0
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        return line - 1, units(row[:column])

    def spot(self, line: int, column: int) -> Spot | None:
        """The code point at a place of the protocol; None where no block stands."""
        starts = self._starts.get(line)
        if not starts or line >= len(self._rows):
            return None
        at = code_points(self._rows[line], column)
        number = bisect_right(starts, (at, 1 << 60)) - 1
        if number < 0:
            return None
        begin, block, offset, end = starts[number]
        return Spot(block, min(offset + at - begin, end))

    def row(self, line: int) -> str:
        """The text of a line; empty behind the last."""
        return self._rows[line] if 0 <= line < len(self._rows) else ""
