"""Plain text: a paragraph a line, or paragraphs wrapped at a fixed width with blank lines between."""

from __future__ import annotations

import json
import re
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Document, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.comments import take_comments, with_comments
from aligncheck.readers.files import check_size, check_units, lines, read_text
from aligncheck.readers.language import document_language
from aligncheck.readers.signatures import refuse_foreign
from aligncheck.readers.structure import Raw, structure
from aligncheck.readers.wrapped import Row, unwrapped

_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff]")


def rows_of(text: str) -> list[Row]:
    """The lines of a text that show something, cut at page breaks."""
    found: list[Row] = []
    for number, line in lines(text):
        at = 1
        for index, piece in enumerate(line.split("\f")):
            if _VISIBLE.search(piece):
                found.append(Row(number, piece, at, page=index > 0 or "\f" in line[: at - 1]))
            at += len(piece) + 1
    return found


def raws_of(text: str, path: str, options: ReadOptions, bilingual: bool = False) -> list[Raw]:
    """The paragraphs of a text: its lines, or several joined where it was wrapped at a width.

    Raises:
        InputError: there are more than the limit allows.
    """
    rows = rows_of(text)
    check_units(len(rows), path, options)
    joined = unwrapped(rows, bilingual)
    if joined is not None:
        return joined
    return [Raw(r.text, Place(line=r.number), (Anchor(0, r.number, r.column),)) for r in rows]


_XML = re.compile(r"\s*<\?xml\b")


_CATALOGUE = re.compile(r"^msgid(?:_plural)?[ \t]+\".*\n(?:\".*\n)*msgstr(?:\[\d\])?[ \t]+\"", re.MULTILINE)


def _refuse_code(text: str, path: Path) -> None:
    """Refuse what is for programs, where its signs and names would be compared as text.

    Raises:
        InputError: it is a catalogue of messages or data.
    """
    if _CATALOGUE.search(text):
        raise InputError(
            "is a catalogue of messages (gettext PO)",
            path=str(path),
            hint="export it as XLIFF or TMX: po2xliff and po2tmx of the Translate Toolkit do that",
        )
    if text.lstrip("\ufeff \t\r\n")[:1] in tuple("{["):
        try:
            found = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return
        if isinstance(found, dict) or any(isinstance(entry, (dict, list)) for entry in found):
            raise InputError(
                "is JSON, no text", path=str(path), hint="export its texts as XLIFF, TMX, CSV or TSV"
            )


def read(path: Path, options: ReadOptions) -> Document:
    """Read a text file as one document."""
    check_size(path, options)
    refuse_foreign(path)
    text, comments = take_comments(read_text(path, options))
    if _XML.match(text) or path.suffix.lower() in (".xml", ".tmx", ".xlf", ".xliff", ".sdlxliff"):
        raise InputError(
            "is XML of a vocabulary that no reader knows",
            path=str(path),
            hint="TMX, XLIFF and XHTML are read; name the format with --from if it is one of them",
        )
    _refuse_code(text, path)
    raws = raws_of(text, str(path), options)
    if not raws:
        raise InputError("holds no text", path=str(path))
    language = options.language or document_language(text)
    return with_comments(Document(str(path), language, structure(raws, language), path.stem), comments)


def sniff(path: Path, head: bytes) -> float:
    """Anything without NUL bytes may be text; the other readers know theirs better."""
    return 0.1 if b"\0" in head else 0.3


READER = Reader("text", "plain text, one paragraph a line", (".txt", ".text"), sniff, read)
