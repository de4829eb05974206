"""The weights of the evidence, as fitted by ``benchmarks/fit_alignment.py``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


LINKS = LinkWeights(
    np.array([2.269, 0.8, 1.538, -1.995, 1.333, 1.624, 0.881, 0.183, -0.403, -0.175], dtype=np.float32),
    np.array([-1.338, -2.388, -0.063, -0.989, 2.099, -0.26], dtype=np.float32),
    np.array([1.131, 1.613, -0.194, -1.512, -1.283, -1.46], dtype=np.float32),
    np.array([-5.926, -1.418], dtype=np.float32),
)


def weights_of(beads: dict[str, float], nulls: dict[str, float]) -> Weights:
    """Weights by name; what is not named weighs nothing."""
    return Weights(
        np.array([beads.get(n, 0.0) for n in NAMES], dtype=np.float32),
        np.array([nulls.get(n, 0.0) for n in NULL_NAMES], dtype=np.float32),
    )


_BEADS = """
1-1 -0.5059
1-2 -0.1968
2-1 0.1204
1-3 -0.2985
3-1 -0.4724
1-4+ 0.3734
4+-1 0.0003044
2-2 -0.2078
n-m -0.4557
extra sentences -2.485
extra over 3 -0.2727
cosine 2.321
cosine x mass 2.352
hubness x mass -2.04
cosine gained by edges 1.065
cosine of neighbours -1.677
words source 0.1211
words target 0.7757
least words source 0.8421
least words target 0.7677
words source each -0.04822
words target each 1.257
words source weighed 1.49
words target weighed 2.472
clauses source 0.4795
clauses target -0.07108
least clauses source 1.115
least clauses target 0.2259
clauses source each 1.467
clauses target each 3.168
clauses source weighed 1.396
clauses target weighed 2.398
length -1.126
length squared -2.028
length of 1-1 -0.8978
log length -0.9978
long target 0.254
question 0.1956
exclamation -0.6758
ends asking -0.3003
ends exclaiming 0.08823
ends speech -0.3224
begins speech 0.07461
in speech before 0.1035
in speech after -0.5307
quotes -2.397
unended source -0.9029
unended target 1.103
small start target 0.2668
crosses source block -0.9382
crosses target block -1.814
block starts agree 1.323
block starts disagree -1.317
"""

_NULLS = """
null source -2.642
null target -3.581
null size source 1.446
null size target 0.8554
null words source -0.4097
null words target 0.5861
null cosine source -0.01513
null cosine target 0.4127
null block source 0.9901
null block target 0.4339
null source in blocks 1.677
null target in blocks 1.055
"""


def _table(text: str) -> dict[str, float]:
    rows = (line.rsplit(" ", 1) for line in text.strip().splitlines())
    return {name: float(value) for name, value in rows}


DEFAULT = weights_of(_table(_BEADS), _table(_NULLS))
