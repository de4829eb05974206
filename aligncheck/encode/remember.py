"""The encoder of one pair of documents: what the aligner has encoded, the checks need not encode again.

The aligner asks for the sums of all sentences of a side, cut into clauses; the checks then want the
vectors of clauses and sentences.  Both are read off the same sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.additive import with_sums
from aligncheck.encode.base import Encoder, Sums, Vectors
from aligncheck.encode.threads import one_thread

Places = NDArray[np.int64]


class Remembering:
    """An encoder that keeps the sums it has made; thrown away with its pair."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = with_sums(encoder)
        self._sums: dict[tuple[tuple[str, ...], ...], Sums] = {}
        self._known: dict[str, Vectors] = {}
        self.signature = encoder.signature

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The encoder's own vectors, shape (texts, dimensions), each text encoded once.

        What is remembered ends with the pair: the last bits of a vector depend on what is encoded
        along with it, and must not depend on the pairs that the process happened to have before.
        """
        fresh = [t for t in dict.fromkeys(texts) if t not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        if not texts:
            return self._encoder.encode([])
        return np.array([self._known[t] for t in texts], dtype=np.float32)

    def sums(self, sentences: Sequence[Sequence[str]]) -> Sums:
        """The sums of sentences given as their pieces, made at the first demand."""
        key = tuple(tuple(s) for s in sentences)
        if key not in self._sums:
            self._sums[key] = self._encoder.sums(key)
        return self._sums[key]

    def finish(self, states: Vectors, sizes: Vectors) -> Vectors:
        """Unit vectors of summed states, both of shape (n, dimensions)."""
        return self._encoder.finish(states, sizes)

    def stretches(
        self, sentences: Sequence[Sequence[str]], wanted: Sequence[tuple[int, int, int]]
    ) -> Vectors:
        """Unit vectors of stretches of sentences (sentence, first piece, piece behind the last), shape
        (stretches, dimensions).

        A stretch is seen where it stands: its first and last words have their neighbours beside them.
        One without a letter or digit has the zero vector.
        """
        made = self.sums(sentences)
        if not wanted:
            return np.zeros((0, made.bodies.shape[1]), dtype=np.float32)
        owner = np.array([s for s, _, _ in wanted])
        first = made.starts[owner] + np.array([a for _, a, _ in wanted])
        behind = made.starts[owner] + np.array([b for _, _, b in wanted])
        whole = (first == made.starts[owner]) & (behind == made.starts[owner + 1])
        states = _between(made.bodies, first, behind)
        if made.wholes is not None:
            states[whole] = made.wholes[owner[whole]]
        if made.first is not None and made.last is not None:
            states += made.first[owner] + made.last[owner]
        with one_thread():
            rows = self.finish(states, _between(made.sizes[:, None], first, behind)[:, 0])
        wordless = [not any(c.isalnum() for p in sentences[s][a:b] for c in p) for s, a, b in wanted]
        rows[wordless] = 0
        return rows


def _between(
    values: Vectors, first: np.typing.NDArray[np.int64], behind: np.typing.NDArray[np.int64]
) -> Vectors:
    """Sums of rows ``first`` to ``behind`` - 1 (at least one row each)."""
    borders = np.stack([first, behind], axis=1).ravel()
    padded = np.concatenate([values, np.zeros_like(values[:1])])
    sums: Vectors = np.add.reduceat(padded, borders, axis=0)[::2]
    return sums
