"""A report in one of the formats, as bytes."""

from __future__ import annotations

from aligncheck.model import Report
from aligncheck.registry import get


def rendered(report: Report, name: str) -> bytes:
    """The bytes of a report.

    Raises:
        ConfigError: there is no such format.
    """
    return b"".join(get("aligncheck.reporters", name, "format").render(report))
