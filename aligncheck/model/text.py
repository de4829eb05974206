"""Documents as the tool sees them: blocks of untouched text, cut into segments.

All offsets are half-open, count code points, and refer to the text of one block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

Language = Literal["zh", "en"]
BlockKind = Literal["heading", "paragraph", "item", "note", "title", "boilerplate"]


def counted(number: int, noun: str) -> str:
    """``1 sentence``, ``2 sentences``: for what shows itself in one line."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class SpanRef:
    """A span of one block of a document."""

    block: int
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: SpanRef) -> bool:
        """Whether the other span lies inside this one, in the same block."""
        return self.block == other.block and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: SpanRef) -> bool:
        """Whether the two share at least one code point of the same block."""
        return self.block == other.block and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the characters of a block from ``offset`` on stand in the file.

    ``line`` and ``column`` are 1-based; both are 0 where the format has no lines.
    """

    offset: int
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the file that it came from; what a format lacks is None."""

    line: int | None = None  # 1-based line (text), row (TSV)
    page: int | None = None  # 1-based page (PDF)
    paragraph: int | None = None  # 1-based paragraph (DOCX)
    cell: str | None = None  # "Sheet1!B7" (XLSX), "table 1, row 2, column 3" (DOCX)
    unit: str | None = None  # id of the translation unit (TMX, XLIFF)

    def label(self) -> str:
        """A short human-readable name of the place: ``line 12``, ``unit c-77``."""
        for name in ("unit", "cell", "line", "page", "paragraph"):
            value = getattr(self, name)
            if value is not None:
                return f"{name} {value}"
        return ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a block's text that is not prose: a note mark, an inline code, a list number.

    ``ref`` is the note's label ("11"), the code's own id, or the number as printed.
    """

    kind: Literal["note", "code", "number"]
    start: int
    end: int
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence (or sentence-like unit) of a block; ids count through the whole document."""

    id: int
    block: int
    start: int
    end: int
    text: str

    @property
    def ref(self) -> SpanRef:
        """The segment's span."""
        return SpanRef(self.block, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, note or the like, with its text exactly as found."""

    id: int
    kind: BlockKind
    text: str
    place: Place = Place()
    level: int = 0  # headings: 1 is the highest; 0 unknown
    label: str = ""  # notes and items: the number or sign as printed ("11", "(一)")
    marks: tuple[Mark, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    segments: tuple[Segment, ...] = ()

    def locate(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a code point of this block; (0, 0) where unknown."""
        best = None
        for anchor in self.anchors:
            if anchor.offset <= offset:
                best = anchor
        if best is None:
            line = self.place.line or 0
            return (line, offset + 1) if line else (0, 0)
        return best.line, best.column + offset - best.offset


@dataclass(frozen=True, slots=True)
class InlineWaiver:
    """A comment in the text of a document that accepts what a check finds in one block.

    ``line`` is the comment's own (1-based); ``block`` is -1 where the comment speaks of none.
    """

    check: str
    reason: str
    line: int
    block: int


@dataclass(frozen=True, repr=False)
class Document:
    """One document in one language.

    A reader of a format with language codes may give another primary subtag ("fr") than the two that
    can be checked; the engine refuses it with a message that names it.
    """

    path: str
    language: Language
    blocks: tuple[Block, ...]
    name: str = ""
    problems: tuple[str, ...] = field(default=())  # what the reader wants to be known, in English
    sha256: str = field(default="", compare=False)  # of the bytes that were read; empty: not from a file
    waivers: tuple[InlineWaiver, ...] = ()

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in document order; the position of a segment is its id."""
        return tuple(s for b in self.blocks for s in b.segments)

    def __repr__(self) -> str:
        size = f"{counted(len(self.blocks), 'block')}, {counted(len(self.segments), 'sentence')}"
        return f"<Document {self.path} ({self.language}): {size}>"

    def joined(self, ids: Iterable[int]) -> str:
        """The text of some segments, with what stands between sentences of this language."""
        return ("" if self.language == "zh" else " ").join(self.segments[i].text.strip() for i in ids)

    def part(self, first: int, end: int) -> Document:
        """Some blocks as a document of their own: blocks and segments are counted from 0, comments come along."""
        blocks, number = [], 0
        for at, block in enumerate(self.blocks[first:end]):
            segments = tuple(replace(s, id=number + n, block=at) for n, s in enumerate(block.segments))
            number += len(segments)
            blocks.append(replace(block, id=at, segments=segments))
        waivers = tuple(replace(w, block=w.block - first) for w in self.waivers if first <= w.block < end)
        return replace(self, blocks=tuple(blocks), waivers=waivers)

    def slice(self, ref: SpanRef) -> str:
        """The text of a span."""
        return self.blocks[ref.block].text[ref.start : ref.end]

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)
