"""Clause links: which span of the English renders each Chinese clause of a bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.align.features import Array, Pair
from aligncheck.model import Document, Link, SpanRef
from aligncheck.segment import split_clauses


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


def link_bead(
    pair: Pair,
    clauses: Sequence[Clause],
    target: Document,
    columns: Sequence[int],
    least: float = 0.35,
) -> tuple[Link, ...]:
    """Link the clauses of a bead's Chinese sentences to its English sentences ``columns``."""
    if not clauses or not len(columns):
        return ()
    table = clause_table(pair, clauses, columns[0], columns[-1] + 1)
    links = []
    segments = target.segments
    for row, clause in zip(table, clauses, strict=True):
        best = int(row.argmax())
        if row[best] >= least:
            score = float(np.clip((row[best] - 0.2) / 1.2, 0, 1))
            links.append(Link(clause.ref, segments[columns[best]].ref, score))
    return tuple(links)


def clause_table(pair: Pair, clauses: Sequence[Clause], first: int, last: int) -> Array:
    """How well each English sentence first..last renders each clause, shape (clauses, sentences)."""
    vectors = pair.sv.piece_vectors[[c.piece for c in clauses]]
    a, b = np.searchsorted(pair.tv.piece_sentence, [first, last])
    fragments = vectors @ pair.tv.piece_vectors[a:b].T
    owner = pair.tv.piece_sentence[a:b] - first
    best = np.maximum.reduceat(fragments, np.searchsorted(owner, np.arange(last - first)), axis=1)
    whole = vectors @ pair.tv.vectors[first:last].T
    words = np.array([pair.piece_words(c.piece, first, last) for c in clauses], dtype=np.float32)
    place = np.arange(len(clauses)) / max(len(clauses) - 1, 1)
    there = np.arange(last - first) / max(last - first - 1, 1)
    near = 1 - np.abs(place[:, None] - there[None])
    table: Array = (0.5 * best + 0.3 * whole + 0.6 * words + 0.5 * near).astype(np.float32)
    return table
