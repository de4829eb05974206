"""What differs between the facts of two texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aligncheck.facts.fits import FAMILY
from aligncheck.facts.model import Fact
from aligncheck.facts.passage import Placed

Reason = Literal[
    "value",
    "missing",
    "extra",
    "relation",
    "by-to",
    "direction",
    "points",
    "unit",
    "conversion",
    "exchanged",
    "sign",
    "tense",
    "part",
    "plan-years",
    "no-such-day",
    "rate",
    "extreme",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; ``category`` is number, date, unit or numbering."""

    category: str
    reason: Reason
    zh: Placed | None
    en: Placed | None
    grave: bool
    confidence: float
    evidence: tuple[tuple[str, str], ...] = ()
    other: tuple[Placed, Placed] | None = (
        None  # of an exchange: the second Chinese figure, and the English one in its place
    )
    owners: tuple[str, str] = ("", "")


def category_of(zh: Fact | None, en: Fact | None) -> str:
    """What a difference of two facts is one of: number, date, numbering."""
    lead = zh or en
    assert lead is not None
    kinds = {f.kind for f in (zh, en) if f is not None}
    if kinds == {"item"}:
        return "numbering"
    if FAMILY[lead.kind] in ("date", "period", "relative", "weekday", "lunar", "time"):
        return "date"
    return "number"
