"""GitLab code quality: a JSON list, one entry a finding."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aligncheck.model import Finding, Report, Severity
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import one_line
from aligncheck.reports.places import regions, unique_ids, uri

_SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NEUTRAL: "info",
}


def render(report: Report) -> Iterable[bytes]:
    """The list; the format knows no waiving, so a waived finding is for information and says so."""
    rows = [_entry(report, f, i) for f, i in unique_ids(report.findings)]
    yield json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _entry(report: Report, finding: Finding, identity: str) -> dict[str, Any]:
    main, _ = regions(report, finding)
    path = main[0].path if main else (report.target or report.source).path
    begin = max(main[0].line, 1) if main else 1
    text = one_line(finding.message.en)
    if finding.suggestion:
        text += f" Suggestion: {one_line(finding.suggestion)}"
    waived = finding.waived
    if waived is not None:
        text = f"[{'waived' if waived.kind == 'waiver' else 'baseline'}: {one_line(waived.reason)}] {text}"
    return {
        "description": text,
        "check_name": one_line(finding.check),
        "fingerprint": identity,
        "severity": "info" if waived is not None else _SEVERITIES[finding.severity],
        "categories": [finding.category.value],
        "location": {
            "path": uri_path(path),
            "lines": {"begin": begin, "end": max(main[0].end_line, begin) if main else begin},
        },
    }


def uri_path(path: str) -> str:
    """A relative path as the repository has it, not percent-coded."""
    from urllib.parse import unquote

    return one_line(unquote(uri(path), errors="replace"))


REPORTER = Reporter("gitlab", "GitLab code quality", ".gitlab.json", render)
