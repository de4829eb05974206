"""What a reader is: a record with a sniffing and a reading function, found by entry point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aligncheck import limits
from aligncheck.model import Bitext, Document, Language

#: How much of a file a reader may look at to tell its format, in bytes.
SNIFF_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user may say about a file; ``None`` and the empty string mean: find out.

    ``max_bytes`` bounds a file (and what a packed file unpacks to), ``max_units`` the units,
    paragraphs or rows in it, ``max_paragraph`` the characters of one paragraph, ``max_depth`` how
    deep elements may nest.
    """

    encoding: str = ""
    monolingual: bool = False  # the file is one side of a pair: passages of the other language are no turns
    language: Language | None = None
    source_language: str = ""  # which language of a multilingual file is the source: "zh-CN"
    target_language: str = ""
    tracked_changes: str = "accept"  # or "original" (DOCX)
    max_bytes: int = limits.FILE_BYTES
    max_units: int = limits.UNITS
    max_paragraph: int = limits.PARAGRAPH
    max_depth: int = limits.DEPTH


@dataclass(frozen=True, slots=True)
class Reader:
    """A format.

    ``sniff(path, head)`` returns how sure it is (0..1) that a file beginning with these bytes is
    of this format; the surest reader wins, among equals the one whose ``extensions`` fit.
    ``read`` gives a Document (one language) or a Bitext (two); blocks come without segments.
    It raises InputError for whatever is wrong with the file, naming line, unit or part.
    """

    name: str
    summary: str
    extensions: tuple[str, ...]
    sniff: Callable[[Path, bytes], float]
    read: Callable[[Path, ReadOptions], Document | Bitext]
