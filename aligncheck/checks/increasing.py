"""What stays in its order: the heaviest part of a sequence that never goes back."""

from __future__ import annotations

from collections.abc import Sequence

#: So many places before one are looked at: what was moved further is another matter than order.
_REACH = 400


def longest_increasing(values: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Indices of the heaviest non-decreasing subsequence of some values, by their weights."""
    best = [0] * len(values)
    back = [-1] * len(values)
    for i in range(len(values)):
        best[i] = weights[i]
        for j in range(max(0, i - _REACH), i):
            if values[j] <= values[i] and best[j] + weights[i] > best[i]:
                best[i], back[i] = best[j] + weights[i], j
    at = max(range(len(values)), key=lambda i: best[i]) if values else -1
    keep = set()
    while at >= 0:
        keep.add(at)
        at = back[at]
    return keep
