"""``aligncheck check``: the main job."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from aligncheck.config import Settings
from aligncheck.model import Report, Severity
from aligncheck.registry import get

DEFAULT_FORMATS = ("xml", "html")


@click.command("check")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, help="A glossary (TBX, CSV, XLSX); may be repeated."
)
@click.option("-o", "--output", default="reports_out", help="Folder for the reports, or - for stdout.")
@click.option("-f", "--format", "formats", multiple=True, help="Report format; may be repeated.")
@click.option("--fail-on", type=click.Choice([s.value for s in Severity] + ["never"]), default="major")
@click.option("--segmented", is_flag=True, help="The files have one sentence a line.")
def COMMAND(  # noqa: N802 - the name every command module exports
    source: Path,
    target: Path | None,
    glossaries: tuple[str, ...],
    output: str,
    formats: tuple[str, ...],
    fail_on: str,
    segmented: bool,
) -> int:
    """Check a translation against its source; exit 1 when something grave is found."""
    from aligncheck import engine
    from aligncheck.reports.write import write_atomically

    started = time.perf_counter()
    reporters = [get("aligncheck.reporters", name, "format") for name in formats or DEFAULT_FORMATS]
    settings = Settings(
        glossaries=glossaries,
        fail_on=None if fail_on == "never" else Severity(fail_on),
        segmented=segmented,
    )
    report = engine.check(source, target, settings)
    written = []
    for reporter in reporters:
        if output == "-":
            sys.stdout.buffer.writelines(reporter.render(report))
        else:
            path = Path(output) / f"{source.stem}{reporter.extension}"
            write_atomically(path, reporter.render(report))
            written.append(path)
    _summary(report, written, time.perf_counter() - started)
    return 1 if report.summary.verdict == "fail" else 0


def _summary(report: Report, written: list[Path], seconds: float) -> None:
    summary = report.summary
    click.echo(
        f"{sum(summary.by_category.values())} findings {summary.by_category} {summary.by_severity}", err=True
    )
    for path in written:
        click.echo(f"wrote {path}", err=True)
    click.echo(f"{summary.verdict} in {seconds:.1f} s", err=True)
