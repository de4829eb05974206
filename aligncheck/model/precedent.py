"""How a passage was translated in earlier documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: "exact": the very same Chinese; "figures": the same but for its figures; "similar": like it.
PrecedentKind = Literal["exact", "figures", "similar"]


@dataclass(frozen=True, slots=True)
class PrecedentUse:
    """A document in which a wording stood: name, date (ISO, or a year; may be empty) and status."""

    document: str
    date: str = ""
    status: str = "official"


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier passage like one of today's, with its English.

    ``alignment`` is the number of today's alignment.  ``source`` is the earlier Chinese, ``target`` its
    English (of the latest use), ``adapted`` the same English with today's figures, empty where that cannot
    be said.  ``likeness`` is 1 for the same wording, else below.  ``followed``: today's English has the
    same wording.
    """

    alignment: int
    kind: PrecedentKind
    source: str
    target: str
    adapted: str
    likeness: float
    uses: tuple[PrecedentUse, ...] = ()
    followed: bool = False
