"""The comparison of two drafts for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.language import msg, say, tr
from aligncheck.model import Finding, Report, Severity
from aligncheck.reports.diff import Diff, draft
from aligncheck.reports.escape import one_line, shorten
from aligncheck.reports.places import place_name, quoted
from aligncheck.reports.texts import CATEGORIES, SEVERITIES

_SIGNS = {"fixed": "✓", "new": "+", "stayed": "="}


def text(diff: Diff, width: int = 100) -> str:
    """The comparison as plain text."""
    return "\n".join(_lines(diff, width)) + "\n"


def _lines(diff: Diff, width: int) -> Iterator[str]:
    yield f"{one_line(draft(diff.old).path)} → {one_line(draft(diff.new).path)}"
    for title, sign, report, findings in parts(diff):
        if findings:
            yield ""
            yield f"{tr(title)} ({len(findings)})"
            for finding in findings:
                words = quoted(finding.target or finding.source, 40)
                name = f"{say(SEVERITIES[finding.severity])} {say(CATEGORIES[finding.category])}"
                head = f"{place_name(finding, report)} {name}"
                yield "  " + shorten(f"{_SIGNS[sign]} {one_line(head)}  {words}", width * 2)
                yield f"      {shorten(one_line(say(finding.message)), width * 2)}"
    if diff.passages:
        yield ""
        yield tr(
            "Passages changed ({n}); edit rate of the whole {rate}", n=len(diff.passages), rate=rate(diff.ter)
        )
        for passage in diff.passages:
            what = (
                tr("added")
                if passage.old is None
                else tr("removed")
                if passage.new is None
                else rate(passage.ter)
            )
            words = one_line(passage.new_text or passage.old_text)
            yield f"  {what:>8}  {shorten(words, max(width - 12, 30))}"
    yield ""
    counts = {key: len(findings) for _, key, _, findings in parts(diff)}
    unsure = doubts(diff)
    hidden = tr("; {n} doubts unchanged, not listed", n=unsure) if unsure else ""
    yield (
        tr(
            "{fixed} fixed, {new} new, {stayed} unchanged",
            fixed=counts["fixed"],
            new=counts["new"],
            stayed=counts["stayed"],
        )
        + hidden
    )


def doubts(diff: Diff) -> int:
    """How many findings of both drafts are too unsure to be listed."""
    return sum(b.severity is Severity.NEUTRAL for _, b in diff.stayed)


def rate(ter: float) -> str:
    """An edit rate in per cent; a small one is not nothing."""
    return "<1%" if 0 < ter < 0.005 else f"{ter:.0%}"


def parts(diff: Diff) -> Iterator[tuple[str, str, Report, list[Finding]]]:
    """The three lists with title, key, and the report that their places are of."""
    yield msg("New"), "new", diff.new, list(diff.appeared)
    yield msg("Fixed"), "fixed", diff.old, list(diff.fixed)
    yield msg("Unchanged"), "stayed", diff.new, [b for _, b in diff.stayed if b.severity > Severity.NEUTRAL]
