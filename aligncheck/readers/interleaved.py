"""Bilingual text: Chinese and English in one file, whatever their turns.

Paragraph by paragraph, sentence by sentence, blocks of several lines, either language first, or one
half after the other; tab-separated pairs are read by :mod:`aligncheck.readers.pairs`.
"""

from __future__ import annotations

from pathlib import Path

from aligncheck.model import Bitext
from aligncheck.readers.assemble import bitext_of, languages_of, looks_bilingual
from aligncheck.readers.base import SNIFF_BYTES, Reader, ReadOptions
from aligncheck.readers.bilingual import apart, both_apart
from aligncheck.readers.comments import bitext_with_comments, take_comments
from aligncheck.readers.files import read_text
from aligncheck.readers.text import raws_of


def sniff(path: Path, head: bytes) -> float:
    """Sure when lines of both languages take turns, or when one half is Chinese and one English."""
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0.0
    text = loose(head) + "\n" + loose(_tail(path, len(head)))
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return 0.0
    return 0.6 if looks_bilingual(both_apart(text.splitlines())) else 0.0


def loose(raw: bytes) -> str:
    """The text of a piece of a file as far as it can be told; only for looking."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "ignore")
    text = raw.decode("utf-8", "ignore")
    # Chinese bytes of another encoding all but vanish from a lenient UTF-8 reading.
    lost = len(raw) - len(text.encode())
    return raw.decode("gb18030", "ignore") if lost > max(8, len(raw) // 50) else text


def _tail(path: Path, seen: int) -> bytes:
    """The end of a file of which the beginning has been seen."""
    try:
        size = path.stat().st_size
        if size <= seen:
            return b""
        with path.open("rb") as handle:
            handle.seek(max(seen, size - SNIFF_BYTES))
            return handle.read(SNIFF_BYTES)
    except OSError:
        return b""


def read(path: Path, options: ReadOptions) -> Bitext:
    """Read both documents and which paragraphs stand together."""
    text, comments = take_comments(read_text(path, options))
    raws = apart(raws_of(text, str(path), options, bilingual=True))
    languages = languages_of([r.text for r in raws])
    bitext = bitext_of(raws, languages, str(path), path.stem, options.language or "zh")
    return bitext_with_comments(bitext, comments)


READER = Reader(
    "interleaved", "Chinese and English in one text, in turn or in halves", (".txt",), sniff, read
)
