"""XLSX for editors: the reporter; :mod:`xlsx_book` does the work."""

from __future__ import annotations

from collections.abc import Iterable

from aligncheck.model import Report
from aligncheck.reports.base import Reporter


def render(report: Report) -> Iterable[bytes]:
    """The file in pieces."""
    # All reporters are loaded to choose among them; openpyxl takes long to load and is not often wanted.
    from aligncheck.reports import xlsx_book

    return xlsx_book.render(report)


REPORTER = Reporter("xlsx", "a workbook for editors, with a column for decisions", ".xlsx", render)
