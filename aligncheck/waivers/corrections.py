"""The corrections in files of decisions: accepted findings with the wording that is to stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aligncheck.errors import ConfigError
from aligncheck.waivers.apply import Difference, differences, rulings
from aligncheck.waivers.entries import read_waivers
from aligncheck.waivers.entry import Entry, Spot


@dataclass(frozen=True, slots=True)
class Correction:
    """``old`` at code points ``start`` to ``end`` of a block of the draft becomes ``new``."""

    id: str
    block: int
    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections in the draft's order, how many have no place in it, and where revisers differ.

    ``wordless``: how many findings are accepted without a wording that could be put in.
    """

    found: tuple[Correction, ...]
    lost: int
    wordless: int
    differ: tuple[Difference, ...]


def read_corrections(paths: Iterable[Path], today: datetime.date) -> Corrections:
    """The corrections of one or several revisers, from JSON or workbooks; the stricter decision stands.

    Raises:
        ConfigError: a file cannot be read or holds no decisions.
    """
    entries: list[Entry] = []
    for path in paths:
        _refuse_other(path)
        entries += read_waivers([path])
    ruled = rulings(entries, today)
    accepted = {
        identity: ruling.decided.wording
        for identity, ruling in ruled.items()
        if ruling.decided is not None and ruling.decided.kind == "accept"
    }
    wanted = {identity: wording for identity, wording in accepted.items() if wording}
    spots: dict[str, Spot] = {}
    for entry in entries:
        if entry.spot is not None:
            spots.setdefault(entry.waiver.id, entry.spot)
    found = [
        Correction(i, s.block, s.start, s.end, s.text, new)
        for i, new in wanted.items()
        if (s := spots.get(i)) is not None
    ]
    return Corrections(
        tuple(sorted(found, key=lambda c: (c.block, c.start))),
        len(wanted) - len(found),
        len(accepted) - len(wanted),
        tuple(differences(entries, today)),
    )


def _refuse_other(path: Path) -> None:
    """Waivers in a text file hold no wordings, and a draft named first no decisions: neither is meant."""
    try:
        with path.open("rb") as file:
            head = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    if not head.startswith((b"PK\x03\x04", b"{")):
        raise ConfigError(
            "holds no decisions",
            path=str(path),
            hint="export them from the report's page, or name the XLSX report with your decisions",
        )
