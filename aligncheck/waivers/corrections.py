"""The corrections in a file of decisions: accepted findings with the wording that is to stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligncheck.errors import ConfigError
from aligncheck.waivers.entries import SCHEMA


@dataclass(frozen=True, slots=True)
class Correction:
    """``old`` at code points ``start`` to ``end`` of a block of the draft becomes ``new``."""

    id: str
    block: int
    start: int
    end: int
    old: str
    new: str


def read_corrections(path: Path) -> tuple[list[Correction], int]:
    """The corrections that the desk exported, in the draft's order; and how many have no place in it.

    Raises:
        ConfigError: the file cannot be read or holds no decisions.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    except (ValueError, RecursionError):
        data = None
    rows = data.get("waivers") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
    if not isinstance(rows, list):
        raise ConfigError("holds no decisions", path=str(path), hint="export them from the report's page")
    wanted = [
        r for r in rows if isinstance(r, dict) and isinstance(r.get("replacement"), str) and r["replacement"]
    ]
    found = [c for c in map(_correction, wanted) if c is not None]
    return sorted(found, key=lambda c: (c.block, c.start)), len(wanted) - len(found)


def _correction(row: dict[str, Any]) -> Correction | None:
    places = row.get("target")
    place = places[0] if isinstance(places, list) and places and isinstance(places[0], dict) else {}
    numbers = [n for k in ("block", "start", "end") if isinstance(n := place.get(k), int) and n >= 0]
    old = place.get("text")
    if len(numbers) != 3 or not isinstance(old, str) or not old:
        return None
    block, start, end = numbers
    return Correction(str(row.get("id", "")), block, start, end, old, row["replacement"])
