"""A report or an alignment from a program or a notebook: as bytes, as a file, as a table in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aligncheck.errors import ConfigError, OutputError
from aligncheck.model import Bitext, Finding, Message, Report, Severity
from aligncheck.registry import did_you_mean, get, load
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import html, shorten
from aligncheck.reports.places import gravest_first, quoted
from aligncheck.reports.texts import CATEGORIES, SEVERITIES
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.write import write_new

#: Rows that a cell shows at most, and characters of a text in it.
_ROWS = 50
_WIDTH = 120
_TABLE = "text-align:left;vertical-align:top"


def rendered(report: Report, format: str) -> bytes:
    """The report in a format, as ``check -f FORMAT`` would write it.

    Raises:
        ConfigError: no format has that name.
    """
    reporter: Reporter = get("aligncheck.reporters", format, "format")
    return b"".join(reporter.render(report))


def save_report(report: Report, path: Path, format: str = "") -> Path:
    """Write a report in the format that is named, or that the file's ending tells.

    Raises:
        ConfigError: no format has that name.
        OutputError: no format has that ending, or the file cannot be written; what stands there and is
            not ours is never written over.
    """
    chunks = [rendered(report, format or _format_of(path))]
    write_new(path, chunks, [d.path for d in (report.source, report.target) if d is not None])
    return path


def _format_of(path: Path) -> str:
    reporters: Iterable[Reporter] = load("aligncheck.reporters").values()
    fitting = [r for r in reporters if path.name.lower().endswith(r.extension)]
    if not fitting:
        raise OutputError(
            f"no report format has the ending {path.suffix!r}",
            path=str(path),
            hint="endings: " + " ".join(sorted(r.extension for r in load("aligncheck.reporters").values())),
        )
    return max(fitting, key=lambda r: len(r.extension)).name


def save_alignment(bitext: Bitext, path: Path, format: str = "") -> Path:
    """Write an alignment in the format that is named, or that the file's ending tells; of a format of several
    files the first.

    Raises:
        ConfigError: no alignment format has that name.
        OutputError: no format has that ending, or the file cannot be written.
    """
    from aligncheck.reports.alignment_formats import FORMATS

    if format and format not in FORMATS:
        raise ConfigError(f"unknown format {format!r}", hint=did_you_mean(format, FORMATS))
    endings = []
    for name in [format] if format else FORMATS:
        ending, chunks = next(iter(FORMATS[name].files(bitext, False)))
        endings.append(ending)
        if format or path.name.lower().endswith(ending):
            write_new(path, chunks, [bitext.source.path, bitext.target.path])
            return path
    raise OutputError(
        f"no alignment format has the ending {path.suffix!r}",
        path=str(path),
        hint="endings: " + " ".join(sorted(endings)),
    )


def report_cell(report: Report) -> str:
    """The verdict and the gravest findings as an HTML table, for the cell of a notebook."""
    verdict = verdict_of(report)
    live = [f for f in gravest_first(report.findings) if f.waived is None and f.severity > Severity.NEUTRAL]
    head = f"<p><b>{html(verdict.head.en)}</b>: {html(verdict.why.en)}</p>"
    rows = [
        (
            _both(SEVERITIES[f.severity]),
            _both(CATEGORIES[f.category]),
            html(quoted(f.source)),
            html(quoted(f.target)),
            _said(f),
        )
        for f in live[:_ROWS]
    ]
    more = len(live) - len(rows)
    foot = f"<p>and {more} more: save the report to see them all</p>" if more else ""
    return head + _table(("severity", "category", "source", "target", "what"), rows) + foot


def bitext_cell(bitext: Bitext) -> str:
    """The first pairs as an HTML table, for the cell of a notebook."""
    rows: list[tuple[str, str, str]] = []
    for source, target, score in bitext.pairs():
        if len(rows) == _ROWS:
            break
        shown = "" if score is None else f"{score:.2f}"
        rows.append((html(shorten(source, _WIDTH)), html(shorten(target, _WIDTH)), shown))
    more = len(bitext.beads) - len(rows)
    foot = f"<p>and {more} more</p>" if more else ""
    return _table((bitext.source.language, bitext.target.language, "score"), rows) + foot


def _said(finding: Finding) -> str:
    suggestion = f"<br>→ {html(finding.suggestion)}" if finding.suggestion else ""
    return html(finding.message.en) + suggestion


def _both(message: Message) -> str:
    return f'<span title="{html(message.zh)}">{html(message.en)}</span>'


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(_markup(head, rows))


def _markup(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "<table><thead><tr>"
    yield from (f'<th style="{_TABLE}">{html(name)}</th>' for name in head)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f'<td style="{_TABLE}">{cell}</td>' for cell in row) + "</tr>"
    yield "</tbody></table>"
