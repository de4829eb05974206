"""What an encoder is: sentences in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns sentences of either language into vectors of one space.

    ``signature`` names model and version; it goes into every report and cache key.
    """

    signature: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (n, d), L2-normalised; the zero vector for a text without words."""
        ...


@dataclass(frozen=True, slots=True)
class EncoderPlugin:
    """An encoder by name; ``make`` takes what follows the colon in ``--encoder name:argument``."""

    name: str
    summary: str
    make: Callable[[str], Encoder]
