"""The facts of both sides of one bead, with their places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aligncheck.facts.fits import Fit
from aligncheck.facts.heads import HeadPair
from aligncheck.facts.model import Fact


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact with its block, its place in the passage and the clause links it belongs to.

    ``place`` is the share 0..1 of the passage before it; ``start`` and ``end`` are offsets into the
    passage's text.
    """

    fact: Fact
    block: int
    place: float
    links: frozenset[int] = frozenset()
    start: int = 0
    end: int = 0

    def moved(self, by: int) -> Placed:
        """The same fact in a text that has so many characters more before it."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(slots=True)
class Passage:
    """The facts of one bead on both sides, with its texts, and what has found its counterpart."""

    zh: list[Placed]
    en: list[Placed]
    zh_text: str = ""
    en_text: str = ""
    heads: HeadPair | None = None  # the units that a table names for the bare figures of this passage
    headed: bool = False  # whether they are sure to hold here
    pairs: list[tuple[int, int, Fit]] = field(default_factory=list)
    zh_done: set[int] = field(default_factory=set)
    en_done: set[int] = field(default_factory=set)
