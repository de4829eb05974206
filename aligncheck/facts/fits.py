"""How well a Chinese and an English fact agree."""

from __future__ import annotations

from dataclasses import dataclass

#: Kinds that can stand for each other in a wrong rendering: only within a family are two values set
#: against each other.
FAMILY = {
    "quantity": "number", "share": "number", "points": "number", "multiple": "number", "ordinal": "ordinal",
    "item": "item", "code": "number", "ratio": "ratio", "date": "date", "years": "date", "period": "period",
    "relative": "relative", "weekday": "weekday", "lunar": "lunar", "time": "time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two facts agree: ``cost`` 0 is perfect; ``remark`` names what still differs."""

    cost: float
    #: "points", "by-to", "direction", "sign", "unit", "tense", "part"
    remark: str = ""


def agrees(found: Fit | None) -> bool:
    """Whether two facts say the same, or may by leave of context."""
    return found is not None and not found.remark
