"""Plain text: one paragraph a line."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Block, BlockKind, Document, Language, Place
from aligncheck.readers.base import Reader, ReadOptions

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
LATIN = re.compile(r"[A-Za-z]")


def decode(path: Path, options: ReadOptions) -> str:
    """The file's text: by its byte order mark, as UTF-8, as GB18030, or as the user says.

    Raises:
        InputError: the file cannot be read, is empty, or no encoding explains its bytes.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=str(path)) from error
    if options.encoding:
        names = [options.encoding]
    elif raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names = ["utf-16"]
    else:
        names = ["utf-8-sig", "gb18030"]
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise InputError("no encoding explains its bytes", path=str(path), hint="name it with --encoding")


def language_of(text: str) -> Language:
    """Chinese when Han characters outweigh Latin words."""
    return "zh" if 2 * len(HAN.findall(text)) > len(LATIN.findall(text)) / 2.5 else "en"


def kind_of(line: str) -> BlockKind:
    """A first guess from the line alone."""
    if re.match(r"\s*\[\d+\]", line):
        return "note"
    if re.match(r"[一二三四五六七八九十]+、|[IVX]+\. ", line) and len(line) < 120:
        return "heading"
    return "paragraph"


def block_of(number: int, line: int, text: str) -> Block:
    """A block for one line of text."""
    return Block(number, kind_of(text), text, Place(line=line), anchors=(Anchor(0, line),))


def read(path: Path, options: ReadOptions) -> Document:
    """Read a text file as one document."""
    text = decode(path, options)
    rows = [(n, row) for n, row in enumerate(text.splitlines(), 1) if row.strip()]
    if not rows:
        raise InputError("holds no text", path=str(path))
    blocks = tuple(block_of(i, n, row) for i, (n, row) in enumerate(rows))
    return Document(str(path), options.language or language_of(text), blocks, path.stem)


READER = Reader("text", "plain text, one paragraph a line", (".txt",), lambda p, h: 0.3, read)
