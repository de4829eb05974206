"""GitHub annotations: workflow commands, one a finding, for the log of an action.

GitHub shows ten of each kind a step, so the gravest come first.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligncheck.model import Finding, Report, Severity
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import one_line
from aligncheck.reports.gitlab_report import uri_path
from aligncheck.reports.places import gravest_first, regions

_COMMANDS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "notice",
}


def render(report: Report) -> Iterable[bytes]:
    """The commands, a line each."""
    if not report.findings:
        yield b"aligncheck: nothing was found\n"  # plain text in the log, no annotation
    for finding in gravest_first(report.findings):
        yield _command(report, finding).encode("utf-8", "replace") + b"\n"


def _command(report: Report, finding: Finding) -> str:
    main, _ = regions(report, finding)
    properties = {"file": uri_path(main[0].path if main else (report.target or report.source).path)}
    if main and main[0].line:
        first = main[0]
        properties |= {"line": str(first.line), "endLine": str(first.end_line)}
        if first.line == first.end_line:  # columns are allowed on one line only
            properties |= {"col": str(first.column), "endColumn": str(max(first.end_column, first.column))}
    waived = finding.waived
    title = f"{finding.severity.value} {finding.category.value}" + (" (waived)" if waived is not None else "")
    properties["title"] = f"aligncheck: {title}"
    text = one_line(finding.message.en)
    if finding.suggestion:
        text += f" Suggestion: {one_line(finding.suggestion)}"
    if waived is not None:
        text += f" Waived: {one_line(waived.reason)}"
    text += f" [{one_line(finding.check)} {finding.id}]"
    command = "notice" if waived is not None else _COMMANDS[finding.severity]
    listed = ",".join(f"{k}={_property(v)}" for k, v in properties.items())
    return f"::{command} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", "annotations for GitHub actions", ".github.txt", render)
