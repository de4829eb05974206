"""What reads a Chinese and an English text together: which words go together, and which look wrong.

Behind the protocol :class:`PairEncoder` stand the embedded model (:mod:`aligncheck.encode.contextual`) and any
local model of the transformers library (:mod:`aligncheck.encode.local_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two texts as words in order; ``spaced[j]`` tells whether white space stands before English word ``j``."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]
    spaced: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read off a pair of n Chinese and k English words.

    ``links`` (n, k): probability that two words render each other.  The others are probabilities a word,
    None where the model has learnt links only: ``missing`` (n,): no English renders the Chinese word; ``wrong_zh``
    (n,) and ``wrong_en`` (k,): it is rendered, or renders, with another meaning; ``added`` (k,): no Chinese
    backs the English word.
    """

    links: Table
    missing: Table | None = None
    wrong_zh: Table | None = None
    wrong_en: Table | None = None
    added: Table | None = None


@runtime_checkable
class PairEncoder(Protocol):
    """Reads pairs of texts; a pair's reading does not depend on the pairs beside it.

    ``signature`` names model and version; it goes into every report and cache key.
    """

    signature: str

    def read(self, pairs: Sequence[WordPair]) -> list[Reading]:
        """A reading for each pair, in order."""
        ...


@dataclass(frozen=True, slots=True)
class WordEncoderPlugin:
    """A word encoder by name; ``make`` takes what follows the colon in ``--word-encoder name:argument``."""

    name: str
    summary: str
    make: Callable[[str], PairEncoder]
