"""A small encoder, so that the memory's own work is tested without loading the real one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from aligncheck.encode.base import Vectors, unit


class Letters:
    """Texts that share characters are near: each character has a fixed random vector."""

    signature = "letters/1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 128), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for c in text:
                if c.isalnum():
                    seed = int.from_bytes(hashlib.blake2b(c.encode(), digest_size=4).digest(), "big")
                    row += np.random.default_rng(seed).standard_normal(128)
        return unit(rows)


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters()
