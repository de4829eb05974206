"""JSON, as the published schema demands."""

from __future__ import annotations

import json
from collections.abc import Iterable

from aligncheck.model import Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.serial import report_data


def render(report: Report) -> Iterable[bytes]:
    """The whole report as one JSON object, UTF-8."""
    yield json.dumps(report_data(report), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    yield b"\n"


REPORTER = Reporter("json", "everything, for programs", ".json", render)
