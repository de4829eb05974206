"""Clause links: which span of the English renders each Chinese clause of a bead.

Translators of official prose cut one Chinese sentence into several English ones, but keep the order of
its clauses.  So the clauses of a bead are a chain: each is rendered by one of the bead's English
sentences or by none, and from one clause to the next the rendering mostly stays where it is or moves on by
one.  The chain is a linear conditional random field (Lafferty et al. 2001) over evidence of words, vectors
and place; the score of a link is its probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.model import Document, Link, Segment, SpanRef
from aligncheck.pairing.joint import Array, Pair
from aligncheck.pairing.weights import LinkWeights
from aligncheck.segment import split_clauses

#: A second sentence is linked to a clause too where it is as probable as this.
_SECOND = 0.3
#: An English clause is told apart from its sentence where its cosine leads by this much.
_CLEAR = 0.12


@dataclass(frozen=True, slots=True)
class Clause:
    """A Chinese clause: its piece number in the vectors, its sentence, and its place."""

    piece: int
    sentence: int
    ref: SpanRef


def clauses_of(document: Document, starts: NDArray[np.int64]) -> list[list[Clause]]:
    """The clauses of every segment of a document, numbered like the pieces of its vectors."""
    out = []
    for n, segment in enumerate(document.segments):
        spans = split_clauses(segment.text, document.language)
        pieces = int(starts[n + 1] - starts[n])
        out.append(
            [
                Clause(
                    int(starts[n]) + min(k, pieces - 1),
                    n,
                    SpanRef(segment.block, segment.start + s.start, segment.start + s.end),
                )
                for k, s in enumerate(spans)
            ]
        )
    return out


def link_features(pair: Pair, clauses: Sequence[Clause], first: int, last: int) -> tuple[Array, Array]:
    """Evidence of each clause for each English sentence (features, clauses, sentences), and for none."""
    pieces = [c.piece for c in clauses]
    start, end = pieces[0], pieces[-1] + 1
    rows = np.array(pieces) - start
    vectors = pair.sv.piece_vectors[start:end]
    a, b = np.searchsorted(pair.tv.piece_sentence, [first, last])
    owner = pair.tv.piece_sentence[a:b] - first
    fragments = vectors @ pair.tv.piece_vectors[a:b].T
    best = np.maximum.reduceat(fragments, np.searchsorted(owner, np.arange(last - first)), axis=1)[rows]
    whole = (vectors @ pair.tv.vectors[first:last].T)[rows]
    share, weight, back = (x[rows] for x in pair.piece_words(start, end, first, last))
    sizes = np.maximum(pair.sv.piece_weight[start:end][rows], 1)
    there = pair.target.size[first:last]
    place = (np.cumsum(sizes) - sizes / 2) / sizes.sum()
    target_place = (np.cumsum(there) - there / 2) / there.sum()
    far = np.abs(place[:, None] - target_place[None])
    features = np.array(
        [
            best,
            whole,
            share,
            back,
            np.minimum(weight, 4),
            best - _others(best),
            whole - _others(whole),
            share - _others(share),
            far,
            far * far,
        ],
        dtype=np.float32,
    )
    ones = np.ones(len(clauses), dtype=np.float32)
    none = np.array(
        [ones, best.max(1), whole.max(1), share.max(1), np.log(sizes), np.minimum(weight.max(1), 4)],
        dtype=np.float32,
    )
    return features, none


def _others(table: Array) -> Array:
    """For each cell the best of its row's other cells; 0 where there are none."""
    if table.shape[1] < 2:
        return np.zeros_like(table)
    order = np.argsort(-table, axis=1, kind="stable")
    first = np.take_along_axis(table, order[:, :1], 1)
    second = np.take_along_axis(table, order[:, 1:2], 1)
    leader = np.arange(table.shape[1])[None] == order[:, :1]
    out: Array = np.where(leader, second, first)
    return out


def step_of(distance: int) -> int:
    """A move by ``distance`` sentences as a step of the chain: stay, next, skip, skip more, back, far back."""
    if distance >= 0:
        return min(distance, 3)
    return 4 if distance == -1 else 5


def _steps_of(width: int) -> NDArray[np.int64]:
    """The step from each of so many sentences (rows) to each (columns)."""
    return np.array([[step_of(q - p) for q in range(width)] for p in range(width)], dtype=np.int64)


_WIDE = 24
_STEP_OF = _steps_of(_WIDE)


def chain(
    features: Array, none: Array, weights: LinkWeights
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """The probabilities that a sentence renders a clause, shape (clauses, sentences), and that none does, shape
    (clauses,), each 0..1; the third result is the natural logarithm of the sum over all chains.

    The state is the last sentence that rendered a clause, so that a clause without rendering does
    not break the chain.
    """
    emit = np.tensordot(weights.sentence, features, axes=1).astype(np.float64)
    nothing = (weights.none @ none).astype(np.float64)
    count, width = emit.shape
    moves = np.array(weights.steps)[_STEP_OF[:width, :width] if width <= _WIDE else _steps_of(width)]
    begin = weights.ends[0] * np.arange(width)
    end = weights.ends[1] * np.arange(width)[::-1]
    # alpha[k, s]: clauses 0..k done, s the last sentence used; column 0 stands before the first sentence.
    alpha = np.full((count + 1, width + 1), -np.inf)
    alpha[0, 0] = 0
    table = np.full((width + 1, width), -np.inf)
    table[0], table[1:] = begin, moves
    for k in range(count):
        alpha[k + 1, 1:] = np.logaddexp.reduce(alpha[k][:, None] + table, axis=0) + emit[k]
        alpha[k + 1] = np.logaddexp(alpha[k + 1], alpha[k] + nothing[k])
    beta = np.full((count + 1, width + 1), -np.inf)
    beta[count, 1:] = end
    beta[count, 0] = 2 * weights.ends[1] * width
    for k in range(count - 1, -1, -1):
        ahead = beta[k + 1, 1:] + emit[k]
        beta[k] = np.logaddexp(np.logaddexp.reduce(table + ahead[None], axis=1), beta[k + 1] + nothing[k])
    total = beta[0, 0]
    arrived = np.logaddexp.reduce(alpha[:-1, :, None] + table[None], axis=1)
    linked = np.exp(arrived + emit + beta[1:, 1:] - total)
    return linked, np.clip(1 - linked.sum(1), 0, 1), float(total)


def link_bead(
    pair: Pair,
    clauses: Sequence[Clause],
    target: Sequence[Segment],
    columns: Sequence[int],
    pieces: Sequence[Sequence[SpanRef]],
    weights: LinkWeights,
) -> tuple[Link, ...]:
    """Link the clauses of a bead's Chinese sentences to its English sentences ``columns``.

    ``target``: all English segments; ``pieces``: the clauses of each.  A link points to the clause of the
    English sentence that renders the Chinese one, where one stands out, else to the whole sentence.
    """
    if not clauses or not len(columns):
        return ()
    first = columns[0]
    linked, none, _ = chain(*link_features(pair, clauses, first, columns[-1] + 1), weights)
    links = []
    for clause, row, nothing in zip(clauses, linked, none, strict=True):
        best = int(row.argmax())
        if nothing >= 0.5 and row[best] < nothing:
            continue
        for column in [best, *(int(c) for c in np.flatnonzero(row >= _SECOND) if c != best)]:
            number = first + column
            place = _narrow(pair, clause, number, target[number], pieces[number])
            links.append(Link(clause.ref, place, round(float(min(row[column], 1)), 4)))
    return tuple(links)


def _narrow(pair: Pair, clause: Clause, column: int, segment: Segment, pieces: Sequence[SpanRef]) -> SpanRef:
    """The English clause that renders a Chinese one, where it is clear; else the sentence."""
    start, end = pair.tv.sums.starts[column], pair.tv.sums.starts[column + 1]
    if end - start < 2 or len(pieces) != end - start:
        return segment.ref
    cosines = pair.tv.piece_vectors[start:end] @ pair.sv.piece_vectors[clause.piece]
    order = np.argsort(-cosines, kind="stable")
    if cosines[order[0]] - cosines[order[1]] < _CLEAR:
        return segment.ref
    return pieces[int(order[0])]
