"""Bilingual text: Chinese paragraphs each followed by their English."""

from __future__ import annotations

import itertools
from pathlib import Path

from aligncheck.model import Bitext, Block, BlockPair, Document
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.text import HAN, LATIN, block_of, decode, language_of


def sniff(path: Path, head: bytes) -> float:
    """Sure when lines of both languages take turns."""
    text = head.decode("utf-8", "ignore")
    kinds = [language_of(row) for row in text.splitlines() if HAN.search(row) or LATIN.search(row)]
    turns = sum(a != b for a, b in itertools.pairwise(kinds))
    return 0.6 if turns >= max(2, len(kinds) // 3) else 0.0


def read(path: Path, options: ReadOptions) -> Bitext:
    """Read both documents and which paragraphs stand together."""
    sides: dict[str, list[Block]] = {"zh": [], "en": []}
    pairs: list[tuple[list[int], list[int]]] = []
    last = "en"
    for number, row in enumerate(decode(path, options).splitlines(), 1):
        if not row.strip():
            continue
        language = language_of(row)
        if not pairs or (language == "zh" and last == "en"):
            pairs.append(([], []))
        blocks = sides[language]
        pairs[-1][0 if language == "zh" else 1].append(len(blocks))
        blocks.append(block_of(len(blocks), number, row))
        last = language
    return Bitext(
        Document(str(path), "zh", tuple(sides["zh"]), path.stem),
        Document(str(path), "en", tuple(sides["en"]), path.stem),
        pairs=tuple(BlockPair(tuple(a), tuple(b)) for a, b in pairs),
    )


READER = Reader("interleaved", "Chinese and English paragraphs in turn", (".txt",), sniff, read)
