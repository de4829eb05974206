"""The weights of the evidence, as fitted by ``benchmarks/fit_alignment.py``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.align.features import NAMES, NULL_NAMES


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a feature: of beads with two sides, and of sentences without counterpart."""

    beads: NDArray[np.float32]
    nulls: NDArray[np.float32]


def weights_of(beads: dict[str, float], nulls: dict[str, float]) -> Weights:
    """Weights by name; what is not named weighs nothing."""
    return Weights(
        np.array([beads.get(n, 0.0) for n in NAMES], dtype=np.float32),
        np.array([nulls.get(n, 0.0) for n in NULL_NAMES], dtype=np.float32),
    )


_BEADS = """
1-1 0
1-2 -0.3
2-1 -0.5
1-3 -0.5
3-1 -1
1-4+ -0.6
4+-1 -1.5
2-2 -1.5
n-m -2
extra sentences -0.1
cosine x mass 2
hubness x mass -1
words source x mass 1
words target x mass 1
least words source 1
least words target 1
clauses source x mass 1
clauses target x mass 1
least clauses source 1
least clauses target 1
length -0.3
length squared -0.3
question -0.5
exclamation -0.2
opening -0.2
closing -0.2
small start target -0.5
crosses source block -1.5
crosses target block -1.5
block starts agree 0.3
block starts disagree -1.5
"""

_NULLS = """
null source -0.3
null target -0.3
"""


def _table(text: str) -> dict[str, float]:
    rows = (line.rsplit(" ", 1) for line in text.strip().splitlines())
    return {name: float(value) for name, value in rows}


DEFAULT = weights_of(_table(_BEADS), _table(_NULLS))
