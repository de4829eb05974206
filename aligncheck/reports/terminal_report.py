"""For the terminal: the reporter; :mod:`terminal_text` does the work."""

from __future__ import annotations

from collections.abc import Iterable

from aligncheck.model import Report
from aligncheck.reports.base import Reporter


def render(report: Report) -> Iterable[bytes]:
    """The file in pieces."""
    # All reporters are loaded to choose among them; rich takes long to load and is not often wanted.
    from aligncheck.reports import terminal_text

    return terminal_text.render(report)


REPORTER = Reporter("terminal", "findings with carets under their places", ".txt", render)
