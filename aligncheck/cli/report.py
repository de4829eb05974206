"""``aligncheck report``: a saved report in other formats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aligncheck.registry import get

DEFAULT_FORMATS = ("html",)


@click.command("report")
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    help="Format to write; may be repeated.  [default: html]",
)
@click.option(
    "-o", "--output", help="Folder to write to, or - for stdout.  [default: the folder of the report]"
)
def COMMAND(report: Path, formats: tuple[str, ...], output: str | None) -> int:  # noqa: N802 - the name every command module exports
    """Render REPORT, an XML report of an earlier check, in other formats."""
    from aligncheck.reports.write import write_atomically
    from aligncheck.reports.xml_read import read_xml

    names = [n.strip() for f in formats for n in f.split(",") if n.strip()] or list(DEFAULT_FORMATS)
    reporters = [get("aligncheck.reporters", name, "format") for name in dict.fromkeys(names)]
    found = read_xml(report)
    for reporter in reporters:
        if output == "-":
            sys.stdout.buffer.writelines(reporter.render(found))
            continue
        folder = report.parent if output is None else Path(output)
        stem = report.name.removesuffix(".xml")
        path = folder / f"{stem}{reporter.extension}"
        write_atomically(path, reporter.render(found))
        click.echo(f"wrote {path}", err=True)
    return 0
