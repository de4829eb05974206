"""``aligncheck report``: a saved report in other formats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aligncheck.cli.project import plugin_names, quiet_option, refuse_several, split_formats
from aligncheck.cli.speech import note
from aligncheck.model import Report
from aligncheck.registry import get

DEFAULT_FORMATS = ("html",)


@click.command("report")
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    shell_complete=plugin_names("aligncheck.reporters"),
    help="Format to write; may be repeated.  [default: html]",
)
@click.option(
    "-o", "--output", help="Folder to write to, or - for stdout.  [default: the folder of the report]"
)
@quiet_option
def COMMAND(  # noqa: N802 - the name every command module exports
    report: Path, formats: tuple[str, ...], output: str | None, quiet: bool
) -> int:
    """Render REPORT, an XML report of an earlier check, in other formats."""
    from aligncheck.reports.write import places, write_new
    from aligncheck.reports.xml_read import read_xml

    names = split_formats(formats) or DEFAULT_FORMATS
    reporters = [get("aligncheck.reporters", name, "format") for name in names]
    refuse_several(output or "", reporters)
    found = read_xml(report)
    if output == "-":
        for reporter in reporters:
            sys.stdout.buffer.writelines(reporter.render(found))
        return 0
    stem, folder = report.name.removesuffix(".xml"), str(report.parent)
    paths = places(output or folder, ((r.stem(stem, found), r.extension) for r in reporters))
    for path, reporter in zip(paths, reporters, strict=True):
        write_new(path, reporter.render(found), _inputs(report, found))
        if not quiet:
            note(f"wrote {path}")
    return 0


def _inputs(record: Path, report: Report) -> list[Path]:
    """The record and the documents it is about: nothing is written over them."""
    documents = [d for d in (report.source, report.target) if d is not None]
    return [record, *(Path(d.path) for d in documents)]
