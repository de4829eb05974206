"""Which clauses an English sentence renders."""

from __future__ import annotations

from aligncheck.checks.coverage import Passage


def rendered_by(passage: Passage, sentence: int) -> list[int]:
    """The clauses that an English sentence renders, the surest first."""
    if not passage.chinese:
        return []
    links = passage.links[:, sentence]
    order = sorted(range(len(passage.chinese)), key=lambda n: -links[n])
    return [
        n
        for n in order
        if passage.chinese[n].absent < 0.6
        and (passage.chinese[n].best == sentence or n == order[0] or links[n] > links[order[0]] - 0.1)
    ]
