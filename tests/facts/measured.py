"""The measured cases: pairs by kind of fact, some right and some with one wrong fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent / "cases" / "parts"

#: Every third case of a group is left out of sight while rules are written.
UNSEEN = 3


class Case(NamedTuple):
    """One pair of texts; ``category`` is that of the finding due, empty where nothing may be said."""

    group: str
    number: int
    zh: str
    en: str
    category: str

    @property
    def unseen(self) -> bool:
        return self.number % UNSEEN == UNSEEN - 1


def measured_cases() -> Iterator[Case]:
    """All cases, file by file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        table = yaml.safe_load(path.read_text("utf-8"))
        if isinstance(table, list):
            yield from _exchanged(table)
            continue
        for group, kinds in table.items():
            for n, (zh, right, wrong, category) in enumerate(kinds.get("pair", ())):
                yield Case(group, n, zh, right, "")
                yield Case(group, n, zh, wrong, category)
            for n, (zh, right) in enumerate(kinds.get("clean", ())):
                yield Case(group, n, zh, right, "")


def _exchanged(rows: list[dict[str, str]]) -> Iterator[Case]:
    for n, row in enumerate(rows):
        yield Case("exchanged", n, row["zh"], row["en"], "")
        yield Case("exchanged", n, row["zh"], row["turned"], "")
        yield Case("exchanged", n, row["zh"], row["wrong"], "number|date")
