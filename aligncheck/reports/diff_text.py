"""The comparison of two drafts for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.language import msg
from aligncheck.model import Finding, Report, Severity
from aligncheck.reports.diff import Diff, draft
from aligncheck.reports.escape import one_line, shorten
from aligncheck.reports.places import place_name, quoted

_SIGNS = {"fixed": "✓", "new": "+", "stayed": "="}


def text(diff: Diff, width: int = 100) -> str:
    """The comparison as plain text."""
    return "\n".join(_lines(diff, width)) + "\n"


def _lines(diff: Diff, width: int) -> Iterator[str]:
    yield f"{one_line(draft(diff.old).path)} → {one_line(draft(diff.new).path)}"
    for title, sign, report, findings in parts(diff):
        if findings:
            yield ""
            yield f"{title} ({len(findings)})"
            for finding in findings:
                words = quoted(finding.target or finding.source, 40)
                head = f"{place_name(finding, report)} {finding.severity.value} {finding.category.value}"
                yield "  " + shorten(f"{_SIGNS[sign]} {one_line(head)}  {words}", width * 2)
                yield f"      {shorten(one_line(finding.message.en), width * 2)}"
    if diff.passages:
        yield ""
        yield f"Passages changed ({len(diff.passages)}); edit rate of the whole {diff.ter:.0%}"
        for passage in diff.passages:
            what = (
                "added" if passage.old is None else "removed" if passage.new is None else f"{passage.ter:.0%}"
            )
            words = one_line(passage.new_text or passage.old_text)
            yield f"  {what:>8}  {shorten(words, max(width - 12, 30))}"
    yield ""
    unsure = sum(b.severity is Severity.NEUTRAL for _, b in diff.stayed)
    hidden = f" ({unsure} of them unsure, not listed)" if unsure else ""
    yield f"{len(diff.fixed)} fixed, {len(diff.appeared)} new, {len(diff.stayed)} stayed{hidden}"


def parts(diff: Diff) -> Iterator[tuple[str, str, Report, list[Finding]]]:
    """The three lists with title, key, and the report that their places are of."""
    yield msg("Fixed"), "fixed", diff.old, list(diff.fixed)
    yield msg("New"), "new", diff.new, list(diff.appeared)
    yield msg("Stayed"), "stayed", diff.new, [b for _, b in diff.stayed if b.severity > Severity.NEUTRAL]
