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


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Weights of clause links; see :mod:`aligncheck.align.links` for what each stands for."""

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
1-1 -0.6192
1-2 -0.2917
2-1 0.008959
1-3 -0.4137
3-1 -0.5098
1-4+ 0.4952
4+-1 -0.0008098
2-2 -0.2334
n-m -0.3547
extra sentences -2.528
extra over 3 -0.5934
cosine 2.252
cosine x mass 2.217
hubness x mass -1.691
cosine gained by edges 1.153
cosine of neighbours -1.355
words source 0.2346
words target 0.9013
least words source 0.9486
least words target 0.8234
words source each 0.1592
words target each 1.44
words source weighed 1.269
words target weighed 2.47
clauses source 0.3299
clauses target 0.003931
least clauses source 1.033
least clauses target 0.4623
clauses source each 1.635
clauses target each 3.099
clauses source weighed 0.9246
clauses target weighed 1.922
length -1.129
length squared -2.196
length of 1-1 -0.9333
log length -1.108
long target -0.06693
question 0.198
exclamation -0.7412
ends asking -0.2742
ends exclaiming 0.07059
ends speech -0.3051
begins speech 0.0497
in speech before 0.1366
in speech after -0.5833
quotes -2.327
unended source -0.5478
unended target 1.277
small start target 0.2566
crosses source block -0.1829
crosses target block -1.158
block starts agree 0.9995
block starts disagree -0.7973
"""

_NULLS = """
null source -2.41
null target -3.211
null size source 1.238
null size target 0.5832
null words source -0.2889
null words target -0.1584
null cosine source -0.4317
null cosine target -0.4897
null block source -0.02918
null block target 0.1654
"""


def _table(text: str) -> dict[str, float]:
    rows = (line.rsplit(" ", 1) for line in text.strip().splitlines())
    return {name: float(value) for name, value in rows}


DEFAULT = weights_of(_table(_BEADS), _table(_NULLS))
