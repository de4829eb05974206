"""JSON lines: one finding a line, each complete by itself, for streams and shells."""

from __future__ import annotations

import json
from collections.abc import Iterable

from aligncheck.model import Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.serial import finding_data, head_data, summary_data


def render(report: Report) -> Iterable[bytes]:
    """A line for the report, then one for each finding; ``type`` tells them apart."""
    target = report.target
    paths = {"source": report.source.path, "target": target.path if target is not None else None}
    head = {"type": "report", **head_data(report), "paths": paths, "summary": summary_data(report.summary)}
    for row in (head, *({"type": "finding", **finding_data(f), "paths": paths} for f in report.findings)):
        yield json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


REPORTER = Reporter("jsonl", "one finding a line, for shells and streams", ".jsonl", render)
