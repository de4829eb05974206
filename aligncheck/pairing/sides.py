"""One side of a pair as the aligner sees it: sentences with their words, pieces, vectors and marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import SumEncoder, Sums, Vectors, unit
from aligncheck.model import Document
from aligncheck.segment import split_clauses

#: How much of a document's mean vector is taken off its vectors.
CENTRED = 1.0

_LONGEST_PIECES = 400  # clauses of one sentence that are looked at singly; the rest go together

_ENDS = re.compile(r"[。！？!?.…；;：:][”’」』）)\"'\]】]*\s*(?:\[\d+\])?$")
_ZH_SIZE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a document, or of a stretch of it.

    ``pieces``: the text of each sentence cut at its clauses; ``size``: (n,) lengths, Chinese in
    characters, English in letters and digits; ``marks``: (n, 9), see the names of the columns;
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


def sentences_of(document: Document, starts: Collection[int] = ()) -> Sentences:
    """The segments of a document, in order.

    ``starts``: the blocks that begin a passage where the file itself sets passages against each
    other; then these borders count instead of those of all blocks.
    """
    texts, pieces, opens, kinds = [], [], [], []
    for block in document.blocks:
        for n, segment in enumerate(block.segments):
            texts.append(segment.text)
            pieces.append(cut(segment.text, document.language))
            opens.append(n == 0 and (not starts or block.id in starts))
            kinds.append(block.kind)
    many = sum(len(b.segments) > 1 for b in document.blocks)
    return Sentences(
        tuple(texts),
        tuple(pieces),
        np.array([size_of(t, document.language) for t in texts], dtype=np.float32),
        _marks(texts),
        np.array([bool(_ENDS.search(t)) for t in texts], dtype=bool),
        np.array([not _first_letter(t).islower() for t in texts], dtype=bool),
        np.array(opens, dtype=bool),
        tuple(kinds),
        many > 0 or bool(starts),
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


#: Columns of :attr:`Sentences.marks`.
QUESTION, EXCLAMATION, QUOTES, BEFORE, AFTER, ASKS, EXCLAIMS, ENDS_SPEECH, BEGINS_SPEECH = range(9)

_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’"}
_LAST = re.compile(r"([？！!?])?[”’」』）)\"'\]\s]*$")


def _marks(texts: Sequence[str]) -> NDArray[np.float32]:
    """What the punctuation of each sentence says, shape (n, 9); speech is followed from one to the next."""
    rows = np.zeros((len(texts), 9), dtype=np.float32)
    state: dict[str, bool] = {}
    for row, text in zip(rows, texts, strict=True):
        row[QUESTION] = "？" in text or "?" in text
        row[EXCLAMATION] = "！" in text or "!" in text
        row[BEFORE] = any(state.values())
        row[QUOTES] = min(_follow_speech(text, state), 3)
        row[AFTER] = any(state.values())
        last = _LAST.search(text)
        row[ASKS] = last is not None and last[1] in ("？", "?")
        row[EXCLAIMS] = last is not None and last[1] in ("！", "!")
        row[ENDS_SPEECH] = row[AFTER] == 0 and text.rstrip()[-1:] in "”’」』\"'" and bool(text.strip())
        row[BEGINS_SPEECH] = text.lstrip()[:1] in "“‘「『\"'" and bool(text.strip())
    return rows


def _follow_speech(text: str, state: dict[str, bool]) -> int:
    """Follow quotation marks through a sentence; the number of quotations that it opens.

    ``state``: which kind of mark stands open.  A straight or curly single mark after a letter is an
    apostrophe unless a quotation of its kind is open and no letter follows.
    """
    opened = 0
    for k, sign in enumerate(text):
        if sign in "“「『‘":
            state[_PAIRS[sign]] = True
            opened += 1
        elif sign in "”」』":
            state[sign] = False
        elif sign in "\"'’":
            after_letter = k > 0 and text[k - 1].isalnum()
            before_letter = k + 1 < len(text) and text[k + 1].isalnum()
            fresh = k == 0 or text[k - 1].isspace() or text[k - 1] in "([—–“‘\"'"
            if sign != "’" and fresh and (before_letter or sign == '"') and not state.get(sign):
                state[sign] = True
                opened += 1
            elif not (after_letter and before_letter) and not (after_letter and not state.get(sign)):
                state[sign] = False
    return opened


@dataclass(frozen=True, slots=True)
class Vectored:
    """Sentences with the sums of their vectors."""

    sums: Sums
    bodies: Vectors
    sizes: Vectors
    centre: Vectors
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
    # What all sentences of a document share (its language, its subject) tells none of them apart.
    mean = vectors[~wordless].mean(axis=0) if not wordless.all() else np.zeros(vectors.shape[1], np.float32)
    centre = mean * np.float32(CENTRED * len(vectors) / (len(vectors) + 20))
    vectors = unit(vectors - centre)
    vectors[wordless] = 0
    pieces = unit(encoder.finish(piece_states, sums.sizes) - centre)
    pieces[weight == 0] = 0
    return Vectored(sums, bodies, sizes, centre, vectors, pieces, owner, weight)


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
        out.append(_padded(unit(encoder.finish(whole, sizes[:rows]) - side.centre), end - start))
    return out


def _padded(rows: Vectors, count: int) -> Vectors:
    if len(rows) == count:
        return rows
    full = np.zeros((count, rows.shape[1]), dtype=np.float32)
    full[: len(rows)] = rows
    return full
