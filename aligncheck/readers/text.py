"""Plain text: a paragraph a line, or paragraphs wrapped at a fixed width with blank lines between."""

from __future__ import annotations

import re
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Document, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.comments import take_comments, with_comments
from aligncheck.readers.files import HAN, check_size, check_units, lines, read_text
from aligncheck.readers.language import document_language
from aligncheck.readers.structure import Raw, number_of, structure

_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff]")
_STOPPED = re.compile(r"[.。!！?？;；:：]['\"”’)）\]]*\s*$")
_WIDEST_WRAP = 130  # columns; a Han character takes two


def rows_of(text: str) -> list[Raw]:
    """The lines of a text that show something, as raw blocks with their line numbers."""
    return [
        Raw(row, Place(line=number), (Anchor(0, number),))
        for number, row in lines(text)
        if _VISIBLE.search(row)
    ]


def unwrap(text: str) -> list[Raw]:
    """Like :func:`rows_of`, with lines joined again where the text was wrapped at a width."""
    groups: list[list[tuple[int, str]]] = [[]]
    for number, row in lines(text):
        if _VISIBLE.search(row):
            groups[-1].append((number, row))
        elif groups[-1]:
            groups.append([])
    groups = [g for g in groups if g]
    if not _is_wrapped(groups):
        return rows_of(text)
    raws: list[Raw] = []
    for group in groups:
        current: list[tuple[int, str]] = []
        for number, row in group:
            if current and number_of(row) is not None:
                raws.append(_joined(current))
                current = []
            current.append((number, row))
        raws.append(_joined(current))
    return raws


def _is_wrapped(groups: list[list[tuple[int, str]]]) -> bool:
    """Blank lines part paragraphs whose lines are all but the last about as wide as the page."""
    inner = [row for group in groups for _, row in group[:-1]]
    several = [g for g in groups if len(g) > 1]
    if len(inner) < 3 or len(several) < 2:
        return False
    widths = [_columns(row) for row in inner]
    widest = max(_columns(row) for group in groups for _, row in group)
    if widest > _WIDEST_WRAP:
        return False
    full = sum(w >= 0.75 * widest for w in widths)
    unstopped = sum(not _STOPPED.search(row) for row in inner)
    return full >= 0.8 * len(inner) and unstopped >= 0.6 * len(inner)


def _columns(row: str) -> int:
    return len(row.strip()) + len(HAN.findall(row))


def _joined(rows: list[tuple[int, str]]) -> Raw:
    text, anchors = "", []
    for number, row in rows:
        piece = row.strip()
        if text and not (_is_wide(text[-1]) or _is_wide(piece[0])) and not re.search(r"\w-$", text):
            text += " "
        anchors.append(Anchor(len(text), number, row.index(piece) + 1))
        text += piece
    return Raw(text, Place(line=rows[0][0]), tuple(anchors))


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char > "\U00020000"


#: How files begin that are no text though no reader claims them: bytes, what it is, what to do.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an Office 97 file", "save it as DOCX or XLSX"),
    (b"{\\rtf", "an RTF file", "save it as DOCX"),
    (b"PK", "a zip package of a kind that is not read", "save it as DOCX, or unpack it"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x89PNG", "a PNG image", "recognise its text first"),
    (b"\xff\xd8\xff", "a JPEG image", "recognise its text first"),
    (b"GIF8", "a GIF image", "recognise its text first"),
)
_XML = re.compile(r"\s*<\?xml\b")


def _refuse_other_formats(path: Path) -> None:
    with path.open("rb") as handle:
        head = handle.read(8)
    for signature, what, hint in _SIGNATURES:
        if head.startswith(signature):
            raise InputError(f"is {what}", path=str(path), hint=hint)


def read(path: Path, options: ReadOptions) -> Document:
    """Read a text file as one document."""
    check_size(path, options)
    _refuse_other_formats(path)
    text, comments = take_comments(read_text(path, options))
    if _XML.match(text) or path.suffix.lower() in (".xml", ".tmx", ".xlf", ".xliff", ".sdlxliff"):
        raise InputError(
            "is XML of a vocabulary that no reader knows",
            path=str(path),
            hint="TMX, XLIFF and XHTML are read; name the format with --from if it is one of them",
        )
    raws = unwrap(text)
    if not raws:
        raise InputError("holds no text", path=str(path))
    check_units(len(raws), str(path), options)
    language = options.language or document_language(text)
    return with_comments(Document(str(path), language, structure(raws, language), path.stem), comments)


def sniff(path: Path, head: bytes) -> float:
    """Anything without NUL bytes may be text; the other readers know theirs better."""
    return 0.1 if b"\0" in head else 0.3


READER = Reader("text", "plain text, one paragraph a line", (".txt", ".text"), sniff, read)
