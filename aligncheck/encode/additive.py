"""Sums for encoders that know only whole texts: a run's vector is the mean of its sentences' vectors.

A sentence weighs by the square root of its length, as in length-weighted centroids (Arora et al.
2017 use a like frequency weight); that is coarse beside encoding each run, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligncheck.encode.base import Encoder, SumEncoder, Sums, Vectors, unit


class Additive:
    """Gives any encoder the sums that the aligner works with."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.signature = encoder.signature

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The encoder's own vectors, shape (texts, dimensions)."""
        return self._encoder.encode(texts)

    def sums(self, sentences: Sequence[Sequence[str]]) -> Sums:
        """Vectors of all pieces, shape (pieces, dimensions), and of all sentences, weighted by length in characters."""
        starts = np.zeros(len(sentences) + 1, dtype=np.int64)
        np.cumsum([len(s) for s in sentences], out=starts[1:])
        pieces = [p for s in sentences for p in s]
        # A sentence in one piece is encoded once; the order of the texts is kept, so batches are stable.
        joined = ["".join(s) for s in sentences]
        texts = list(dict.fromkeys([*joined, *pieces]))
        row = {text: i for i, text in enumerate(texts)}
        vectors = unit(self._encoder.encode(texts))
        sizes = np.array([max(len(p), 1) for p in pieces], dtype=np.float32)
        weights = np.sqrt(np.array([max(len(t), 1) for t in joined], dtype=np.float32))
        return Sums(
            starts,
            vectors[[row[p] for p in pieces]] * np.sqrt(sizes)[:, None],
            sizes,
            wholes=vectors[[row[t] for t in joined]] * weights[:, None],
        )

    def finish(self, states: Vectors, sizes: Vectors) -> Vectors:
        """The states' directions: unit rows of the shape of ``states``, (n, dimensions)."""
        return unit(states)


def with_sums(encoder: Encoder) -> SumEncoder:
    """The encoder itself where it can add up, else wrapped so that it can."""
    return encoder if isinstance(encoder, SumEncoder) else Additive(encoder)
