"""For the terminal: each finding with its texts and carets under the right cells, then a table.

A Chinese character fills two cells; carets are set by cells, not by characters.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aligncheck.language import say, tr
from aligncheck.model import Document, Finding, MarkedSpan, Report, Severity
from aligncheck.reports.compared import compared
from aligncheck.reports.escape import visible
from aligncheck.reports.places import gravest_first, place_name
from aligncheck.reports.texts import CATEGORIES, SEVERITIES
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.view import in_reading_order

_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "yellow",
    Severity.MINOR: "blue",
    Severity.NEUTRAL: "dim",
}


_VERDICTS = {"pass": "bold green", "fail": "bold red"}


def render(report: Report) -> Iterable[bytes]:
    """All findings and the summary, for the terminal at hand; plain where there is none."""
    width = shutil.get_terminal_size((100, 24)).columns
    yield text(report, width, coloured()).encode("utf-8", "backslashreplace")


def coloured(stream: TextIO | None = None) -> bool:
    """Whether to use colours: NO_COLOR and FORCE_COLOR decide, else whether the stream is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def text(report: Report, width: int = 100, color: bool = False, neutral: bool = False) -> str:
    """The report as text; ``neutral`` shows the unsure and waived findings too."""
    console = _console(width, color)
    for finding in in_reading_order(report).findings:
        if neutral or (finding.waived is None and finding.severity > Severity.NEUTRAL):
            for line in finding_lines(report, finding, width):
                if color:
                    console.print(line, soft_wrap=True)
                else:
                    console.file.write(line.plain + "\n")
            console.file.write("\n")
    hidden = sum(f.waived is not None or f.severity is Severity.NEUTRAL for f in report.findings)
    console.print(summary_table(report))
    if hidden and not neutral:
        console.print(Text(tr("{n} neutral or waived not shown", n=hidden), style="dim"))
    _print_verdict(console, report)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def listed(report: Report, width: int, color: bool, most: int) -> str:
    """The gravest findings with their places, one a line where it fits, at most so many; then how many more."""
    live = [f for f in gravest_first(in_reading_order(report).findings) if f.waived is None]
    sure = [f for f in live if f.severity > Severity.NEUTRAL]
    console = _console(width, color)
    for finding in sure[:most]:
        line = Text(visible(place_name(finding, report)))
        line.append(f": {say(SEVERITIES[finding.severity])}", _STYLES[finding.severity])
        line.append(f" {say(CATEGORIES[finding.category])}: ")
        told = Text(visible(say(finding.message)))
        if finding.suggestion:
            told.append(f" → {visible(finding.suggestion)}", "green")
        if line.cell_len > 0.7 * console.width:  # a long path leaves no room for what matters
            console.print(line, overflow="ignore", no_wrap=True, crop=False)
            line = Text("  ")
        console.print(line + told, overflow="ellipsis", no_wrap=True)
    if len(sure) > most:
        console.print(Text(tr("… and {n} more", n=len(sure) - most), style="dim"))
    if sure:
        console.print()
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def summary(report: Report, width: int = 100, color: bool = False) -> str:
    """The table and the verdict alone."""
    console = _console(width, color)
    if report.findings:
        console.print(summary_table(report))
    _print_verdict(console, report)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def _console(width: int, color: bool) -> Console:
    return Console(
        file=io.StringIO(),
        width=max(width, 40),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )


def finding_lines(report: Report, finding: Finding, width: int = 100) -> Iterable[Text]:
    """Where and what, then each side's text with carets, then the suggestion."""
    style = _STYLES[finding.severity]
    head = Text(visible(place_name(finding, report)), style="bold")
    head.append(f"  {say(SEVERITIES[finding.severity])}", style)
    head.append(f" {say(CATEGORIES[finding.category])}")
    head.append(f"  {finding.confidence:.0%}  {visible(finding.check)} {finding.id}", "dim")
    if finding.waived is not None:
        head.append(f"  {tr('waived')}: {visible(finding.waived.reason)}", "italic")
    yield head
    yield Text(f"  {visible(say(finding.message))}")
    for document, spans in ((report.source, finding.source), (report.target, finding.target)):
        if document is None:
            continue
        for span in spans[:3]:
            shown = excerpt(document, span, width - 7)
            if shown is not None:
                line, carets = shown
                yield Text(f"  {document.language} │ ", "dim").append(line, "default")
                yield Text("     │ ", "dim").append(carets, style)
    if finding.suggestion:
        yield Text("  → ", "green").append(visible(finding.suggestion), "green")


def excerpt(document: Document, span: MarkedSpan, width: int) -> tuple[str, str] | None:
    """The text around a span in at most ``width`` cells, and the line of carets below it."""
    if not 0 <= span.block < len(document.blocks):
        return None
    whole = document.blocks[span.block].text
    before, marked, after = (
        _flat(whole[: span.start]),
        _flat(whole[span.start : span.end]),
        _flat(whole[span.end :]),
    )
    marked = _cut(marked, max(width - 2, 1))
    room = max(width - cell_len(marked) - 2, 0)
    left = _tail(before, room // 2 if cell_len(after) >= room - room // 2 else room - cell_len(after))
    right = _cut(after, room - cell_len(left))
    lead = ("…" if left != before else "") + left
    line = lead + marked + right
    return line, " " * cell_len(lead) + "^" * max(cell_len(marked), 1)


def _flat(text: str) -> str:
    return visible(text.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def _cut(text: str, width: int) -> str:
    """The beginning of a text, in at most so many cells."""
    if cell_len(text) <= width:
        return text
    out, used = [], 1
    for character in text:
        used += cell_len(character)
        if used > width:
            break
        out.append(character)
    return "".join(out) + "…"


def _tail(text: str, width: int) -> str:
    """The end of a text, in at most so many cells."""
    used, at = 0, len(text)
    while at > 0:
        used += cell_len(text[at - 1])
        if used > width:
            break
        at -= 1
    return text[at:]


def summary_table(report: Report) -> Table:
    """Counts by category and severity, waived ones left out."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    live = [f for f in report.findings if f.waived is None]
    severities = [s for s in reversed(Severity) if any(f.severity is s for f in live)]
    table.add_column(tr("findings"))
    for severity in severities:
        table.add_column(say(SEVERITIES[severity]), justify="right", style=_STYLES[severity])
    table.add_column(tr("all"), justify="right", style="bold")
    for category in CATEGORIES:
        mine = [f for f in live if f.category is category]
        if mine:
            counts = [sum(f.severity is s for f in mine) for s in severities]
            table.add_row(say(CATEGORIES[category]), *(str(c) if c else "·" for c in counts), str(len(mine)))
    totals = [sum(f.severity is s for f in live) for s in severities]
    table.add_row(tr("all"), *map(str, totals), str(len(live)))
    return table


def _print_verdict(console: Console, report: Report) -> None:
    """What was compared with what, then how it came out; one line each, however long the names are."""
    console.print(Text(visible(say(compared(report)))), soft_wrap=True)
    console.print(verdict_line(report))


def verdict_line(report: Report) -> Text:
    """The verdict in one line."""
    waived = sum(f.waived is not None for f in report.findings)
    verdict = verdict_of(report)
    line = Text(say(verdict.head), style=_VERDICTS.get(verdict.kind, "bold"))
    line.append(f": {say(verdict.why)}", "default")
    if waived:
        line.append(tr(", {n} waived", n=waived), "default")
    line.append(tr("; {n:.1f} penalty points per 1,000", n=report.summary.penalty_per_1000), "dim")
    return line
