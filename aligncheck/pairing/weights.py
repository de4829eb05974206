"""The weights of the evidence, as fitted by ``benchmarks/fit_alignment.py``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.data import weights
from aligncheck.pairing.features import NAMES, NULL_NAMES


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a feature: of beads with two sides, and of sentences without counterpart."""

    beads: NDArray[np.float32]
    nulls: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Weights of clause links; see :mod:`aligncheck.pairing.links` for what each stands for."""

    sentence: NDArray[np.float32]
    none: NDArray[np.float32]
    steps: NDArray[np.float32]
    ends: NDArray[np.float32]


def weights_of(beads: dict[str, float], nulls: dict[str, float]) -> Weights:
    """Weights by name; what is not named weighs nothing."""
    return Weights(
        np.array([beads.get(n, 0.0) for n in NAMES], dtype=np.float32),
        np.array([nulls.get(n, 0.0) for n in NULL_NAMES], dtype=np.float32),
    )


_FITTED = weights("aligncheck.pairing", "weights.json")
DEFAULT = weights_of(_FITTED["beads"], _FITTED["nulls"])
LINKS = LinkWeights(**{name: np.array(row, dtype=np.float32) for name, row in _FITTED["links"].items()})
