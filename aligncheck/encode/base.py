"""What an encoder is: sentences in, unit vectors out; the better ones can also add vectors up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Turns sentences of either language into vectors of one space.

    ``signature`` names model and version; it goes into every report and cache key.
    """

    signature: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (n, d), L2-normalised; the zero vector for a text without words."""
        ...


@dataclass(frozen=True, slots=True)
class Sums:
    """What encoding sentences piece by piece leaves behind, so that any run of them has a vector.

    A state is a vector that adds up: the state of consecutive sentences is the sum of theirs.
    Sentence ``i`` owns the pieces ``starts[i] : starts[i + 1]``.

    ``bodies``: (pieces, k) states of the pieces; ``sizes``: (pieces,) their lengths in tokens;
    ``first`` and ``last``: (sentences, k) what beginning a run with, or ending it after, that
    sentence adds, or None where the encoder has no such thing; ``wholes``: (sentences, k) states
    of the sentences where these are more than the sum of their pieces, else None.
    """

    starts: NDArray[np.int64]
    bodies: Vectors
    sizes: Vectors
    first: Vectors | None = None
    last: Vectors | None = None
    wholes: Vectors | None = None

    def sentences(self) -> tuple[Vectors, Vectors]:
        """States (sentences, k) and sizes (sentences,) of whole sentences, without their ends."""
        sizes = np.add.reduceat(self.sizes, self.starts[:-1]) if len(self.sizes) else self.sizes
        if self.wholes is not None:
            return self.wholes, sizes
        return np.add.reduceat(self.bodies, self.starts[:-1], axis=0), sizes


@runtime_checkable
class SumEncoder(Encoder, Protocol):
    """An encoder whose vector of a run of sentences can be had from sums made once."""

    def sums(self, sentences: Sequence[Sequence[str]]) -> Sums:
        """The sums of sentences given as their pieces in order (at least one piece each)."""
        ...

    def finish(self, states: Vectors, sizes: Vectors) -> Vectors:
        """Unit vectors, shape (n, dimensions), of summed states, shape (n, k), ends included, and summed sizes,
        shape (n,)."""
        ...


@dataclass(frozen=True, slots=True)
class EncoderPlugin:
    """An encoder by name; ``make`` takes what follows the colon in ``--encoder name:argument``."""

    name: str
    summary: str
    make: Callable[[str], Encoder]


def unit(rows: Vectors) -> Vectors:
    """Rows, shape (n, dimensions), scaled to length 1; zero (or broken) rows become zero."""
    rows = np.nan_to_num(np.asarray(rows, dtype=np.float32), posinf=0.0, neginf=0.0)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(norms > 1e-9, rows / np.maximum(norms, 1e-9), 0).astype(np.float32)
