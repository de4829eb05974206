"""The mean of two checkpoints: the later one has learnt more, the earlier one doubts less.

    python average.py ONE.pt TWO.pt OUT.pt [SHARE]

SHARE: how much the second counts, 0..1 (a half).  Weights between those of a network and those that it was taught on to
are often better than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch


def averaged(one: Path, two: Path, share: float) -> dict[str, dict[str, torch.Tensor]]:
    """The weights between those of two checkpoints of the same network."""
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in (one, two))
    return {
        part: {name: torch.lerp(first[part][name], value, share) for name, value in weights.items()}
        for part, weights in second.items()
    }


def main() -> None:
    one, two, out = map(Path, sys.argv[1:4])
    torch.save(averaged(one, two, float(sys.argv[4]) if len(sys.argv) > 4 else 0.5), out)


if __name__ == "__main__":
    main()
