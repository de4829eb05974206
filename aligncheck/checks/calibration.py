"""From features of a finding to the probability that an editor agrees with it.

One logistic model a kind of finding, fitted on documents with planted defects
(``benchmarks/fit_confidence.py``); the numbers lie in ``data/confidence.json``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from aligncheck.data import weights

#: What is surely no finding is not even shown to those who ask for the unsure ones.
FLOOR = 0.2


def confidence(kind: str, features: Mapping[str, float]) -> float:
    """The calibrated confidence 0..1 of a finding of a kind with these features.

    Features that the model does not know are ignored; missing ones count as 0.
    """
    model = weights("aligncheck.checks", "confidence.json")[kind]
    logit = model["bias"] + sum(
        weight * features.get(name, 0.0) for name, weight in model.items() if name != "bias"
    )
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 3)
