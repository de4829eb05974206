"""Markdown: a summary for the comment on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aligncheck.model import Finding, Report, Severity
from aligncheck.reports.base import Reporter
from aligncheck.reports.compared import compared
from aligncheck.reports.escape import one_line, shorten
from aligncheck.reports.places import gravest_first, place_name, quoted
from aligncheck.reports.texts import CATEGORIES, SEVERITIES
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.view import in_reading_order

#: Comments hold 65,536 characters on GitHub; the findings in full stop before that.
_VERDICTS = {"pass": "✅", "fail": "❌", "unjudged": "⚪", "alone": "⚪"}
BUDGET = 60_000
#: So many findings are shown openly, the rest under a fold.
OPEN = 10

_SIGNS = {
    Severity.CRITICAL: "🔴",
    Severity.MAJOR: "🟠",
    Severity.MINOR: "🔵",
    Severity.NEUTRAL: "⚪",
}
_SPECIAL = re.compile(r"[\\`*_{}\[\]#!|~<>&@$]|:(?=//)|(?<=www)\.")


def render(report: Report) -> Iterable[bytes]:
    """The summary, never longer than a comment may be."""
    yield ("\n".join(_lines(report)) + "\n").encode("utf-8", "replace")


def _lines(report: Report) -> Iterator[str]:
    live = [f for f in gravest_first(in_reading_order(report).findings) if f.waived is None]
    waived = [f for f in report.findings if f.waived is not None]
    shown = [f for f in live if f.severity is not Severity.NEUTRAL]
    verdict = verdict_of(report)
    yield f"### aligncheck: {_VERDICTS[verdict.kind]} {verdict.head.en}"
    yield ""
    yield escape(shorten(one_line(compared(report).en), 1_000))
    yield ""
    counts = [
        f"{_SIGNS[s]} {sum(f.severity is s for f in live)} {SEVERITIES[s].en}" for s in reversed(Severity)
    ]
    yield " · ".join(counts) + f" · {report.summary.penalty_per_1000:.1f} penalty points per 1,000"
    for problem in report.problems:
        yield ""
        yield f"⚠️ {escape(shorten(one_line(problem.what), 300))}"
    if verdict.kind != "pass":
        yield ""
        yield f"**{verdict.why.en[:1].upper()}{verdict.why.en[1:]}.**"
    if not shown:
        yield ""
        yield "Nothing was found." if not live else "Nothing above neutral was found."
    else:
        yield ""
        yield from _table(report, shown[:OPEN])
    rest = shown[OPEN:]
    if rest:
        rows = list(_table(report, rest))
        room = BUDGET
        kept: list[str] = []
        for row in rows:
            room -= len(row.encode("utf-8", "replace"))
            if room < 0:
                break
            kept.append(row)
        left = len(rows) - len(kept)
        yield ""
        yield f"<details><summary>{len(rest)} more</summary>"
        yield ""
        yield from kept
        if left:
            yield ""
            yield f"… and {left} more in the full report."
        yield ""
        yield "</details>"
    if waived:
        yield ""
        yield f"<details><summary>{len(waived)} waived</summary>"
        yield ""
        for finding in waived[:100]:
            assert finding.waived is not None
            reason = escape(shorten(one_line(finding.waived.reason), 200)) or finding.waived.kind
            yield f"* {escape(place_name(finding, report))}: {reason}"
        if len(waived) > 100:
            yield f"* … and {len(waived) - 100} more"
        yield ""
        yield "</details>"


def _table(report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    yield "| | where | what | source → target |"
    yield "| --- | --- | --- | --- |"
    for finding in findings:
        what = escape(shorten(one_line(finding.message.en), 300))
        if finding.suggestion:
            what += f" → **{escape(shorten(one_line(finding.suggestion), 120))}**"
        texts = " → ".join(
            escape(shorten(q, 120)) for q in (quoted(finding.source), quoted(finding.target)) if q
        )
        category = CATEGORIES[finding.category].en
        yield (
            f"| {_SIGNS[finding.severity]} {finding.severity.value} {category} "
            f"| {escape(shorten(place_name(finding, report), 200))} | {what} | {texts} |"
        )


def escape(text: str) -> str:
    """Text that no Markdown reader takes for markup, a link, a mention or HTML."""
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", one_line(text))


REPORTER = Reporter("markdown", "a summary for the comment on a merge request", ".md", render)
