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
hubness x mass -0.5
cosine of neighbours -1
cosine gained by edges 3
words source weighed 1
words target each 0.7
words target weighed 0.5
least words source 1
least words target 1
clauses source weighed 1
clauses target each 1
least clauses source 1
least clauses target 1
length -0.3
length squared -0.3
question -0.5
exclamation -0.2
ends asking -0.5
ends exclaiming -0.3
ends speech -0.5
begins speech -0.3
in speech before -0.3
in speech after -0.3
quotes -0.3
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
