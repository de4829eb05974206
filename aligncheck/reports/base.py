"""What a reporter is: a record with a function that turns a Report into bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from aligncheck.model import Report

#: Where the documentation stands; on the page of the checks, a check's name is the anchor.
DOCUMENTATION = "https://aligncheck.readthedocs.io/"
PAGES = DOCUMENTATION + "checks.html#"


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
    of_target: bool = False  # a copy of the translation, and named after it

    def stem(self, stem: str, report: Report) -> str:
        """What the file is named after: ``stem``, or the translation where it is a copy of that."""
        if self.of_target and report.target is not None:
            return PurePath(report.target.path).stem or stem
        return stem
