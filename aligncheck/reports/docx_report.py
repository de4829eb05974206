"""DOCX, the review copy: the reporter; :mod:`docx_copy` does the work."""

from __future__ import annotations

from collections.abc import Iterable

from aligncheck.model import Report
from aligncheck.reports.base import Reporter


def render(report: Report) -> Iterable[bytes]:
    """The file in pieces."""
    # All reporters are loaded to choose among them; python-docx takes long to load and is not often wanted.
    from aligncheck.reports import docx_copy

    return docx_copy.render(report)


REPORTER = Reporter(
    "docx", "the translation with Word comments at the findings' places", ".docx", render, of_target=True
)
