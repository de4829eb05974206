"""One side of a pair as the aligner sees it: sentences with their words, pieces, vectors and marks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import SumEncoder, Sums, Vectors
from aligncheck.model import Document
from aligncheck.segment import split_clauses

_LONGEST_PIECES = 400  # clauses of one sentence that are looked at singly; the rest go together

_OPENING, _CLOSING = "“「『‘《", "”」』’》"
_ENDS = re.compile(r"[。！？!?.…；;：:][”’」』）)\"'\]】]*\s*(?:\[\d+\])?$")
_ZH_SIZE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a document, or of a stretch of it.

    ``pieces``: the text of each sentence cut at its clauses; ``size``: (n,) lengths, Chinese in
    characters, English in letters and digits; ``marks``: (n, 5) 1.0 where a sentence asks, exclaims,
    opens more quotations than it closes, closes more than it opens, and how many it opens;
    ``ends``: (n,) whether the sentence ends as sentences do; ``begins``: (n,) whether it begins as
    sentences do (not with a small letter); ``opens``: (n,) whether a block begins here, ``informative``:
    whether blocks say anything (one sentence a block everywhere says nothing).
    """

    texts: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    size: NDArray[np.float32]
    marks: NDArray[np.float32]
    ends: NDArray[np.bool_]
    begins: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    kinds: tuple[str, ...]
    informative: bool

    def __len__(self) -> int:
        return len(self.texts)


def sentences_of(document: Document) -> Sentences:
    """The segments of a document, in order."""
    texts, pieces, opens, kinds = [], [], [], []
    for block in document.blocks:
        for n, segment in enumerate(block.segments):
            texts.append(segment.text)
            pieces.append(cut(segment.text, document.language))
            opens.append(n == 0)
            kinds.append(block.kind)
    many = sum(len(b.segments) > 1 for b in document.blocks)
    return Sentences(
        tuple(texts),
        tuple(pieces),
        np.array([size_of(t, document.language) for t in texts], dtype=np.float32),
        np.array([_marks(t) for t in texts], dtype=np.float32).reshape(-1, 5),
        np.array([bool(_ENDS.search(t)) for t in texts], dtype=bool),
        np.array([not _first_letter(t).islower() for t in texts], dtype=bool),
        np.array(opens, dtype=bool),
        tuple(kinds),
        many > 0,
    )


def cut(text: str, language: str) -> tuple[str, ...]:
    """A sentence's clauses with what stands between them; joined they give the sentence."""
    spans = split_clauses(text, "zh" if language == "zh" else "en")
    starts = [s.start for s in spans[1:_LONGEST_PIECES]]
    borders = [0, *starts, len(text)]
    return tuple(text[a:b] for a, b in itertools.pairwise(borders))


def size_of(text: str, language: str) -> float:
    """The length of a text: Chinese in characters (a Latin word is one), English in letters and digits."""
    if language == "zh":
        return float(max(1, len(_ZH_SIZE.findall(text))))
    return float(max(1, sum(c.isalnum() for c in text)))


def _first_letter(text: str) -> str:
    return next((c for c in text if c.isalnum()), "X")


def _marks(text: str) -> list[float]:
    straight = text.count('"')
    opening = sum(text.count(c) for c in _OPENING) - text.count("‘") + (straight + 1) // 2
    closing = sum(text.count(c) for c in _CLOSING) - text.count("’") + straight // 2
    return [
        float("？" in text or "?" in text),
        float("！" in text or "!" in text),
        float(opening > closing),
        float(closing > opening),
        float(min(opening, 3)),
    ]


@dataclass(frozen=True, slots=True)
class Vectored:
    """Sentences with the sums of their vectors."""

    sums: Sums
    bodies: Vectors
    sizes: Vectors
    vectors: Vectors
    piece_vectors: Vectors
    piece_sentence: NDArray[np.int64]
    piece_weight: NDArray[np.float32]


def vectored(sentences: Sentences, encoder: SumEncoder) -> Vectored:
    """Encode all sentences once, piece by piece."""
    sums = encoder.sums(sentences.pieces)
    bodies, sizes = sums.sentences()
    owner = np.repeat(np.arange(len(sentences)), np.diff(sums.starts))
    weight = np.array([float(sum(c.isalnum() for c in p)) for s in sentences.pieces for p in s], np.float32)
    piece_states = sums.bodies
    if sums.first is not None and sums.last is not None:
        piece_states = piece_states + sums.first[owner] + sums.last[owner]
    whole = bodies + sums.first + sums.last if sums.first is not None and sums.last is not None else bodies
    wordless = np.array([not any(c.isalnum() for c in t) for t in sentences.texts], dtype=bool)
    vectors = encoder.finish(whole, sizes)
    vectors[wordless] = 0
    pieces = encoder.finish(piece_states, sums.sizes)
    pieces[weight == 0] = 0
    return Vectored(sums, bodies, sizes, vectors, pieces, owner, weight)


def run_vectors(side: Vectored, encoder: SumEncoder, start: int, end: int, longest: int) -> list[Vectors]:
    """Vectors of all runs that begin at sentences ``start`` to ``end`` - 1, of 1 to ``longest`` sentences.

    Item ``k - 1`` of the result holds the runs of ``k``, shape (end - start, d); runs that would
    go past the last sentence are zero.
    """
    n = len(side.bodies)
    out = []
    state = np.zeros((end - start, side.bodies.shape[1]), dtype=np.float32)
    sizes = np.zeros(end - start, dtype=np.float32)
    for k in range(1, longest + 1):
        stop = min(end, n - k + 1)
        rows = max(0, stop - start)
        state[:rows] += side.bodies[start + k - 1 : start + k - 1 + rows]
        sizes[:rows] += side.sizes[start + k - 1 : start + k - 1 + rows]
        if k == 1:
            out.append(_padded(side.vectors[start : start + rows], end - start))
            continue
        whole = state[:rows]
        if side.sums.first is not None and side.sums.last is not None:
            whole = whole + side.sums.first[start : start + rows]
            whole = whole + side.sums.last[start + k - 1 : start + k - 1 + rows]
        out.append(_padded(encoder.finish(whole, sizes[:rows]), end - start))
    return out


def _padded(rows: Vectors, count: int) -> Vectors:
    if len(rows) == count:
        return rows
    full = np.zeros((count, rows.shape[1]), dtype=np.float32)
    full[: len(rows)] = rows
    return full
