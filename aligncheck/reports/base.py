"""What a reporter is: a record with a function that turns a Report into bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aligncheck.model import Report


@dataclass(frozen=True, slots=True)
class Reporter:
    """An output format.

    ``render`` yields the file's bytes piece by piece (so that a large report need not be held);
    it knows nothing of paths and never prints.
    """

    name: str
    summary: str
    extension: str  # of the file, with the dot: ".xml"
    render: Callable[[Report], Iterable[bytes]]
