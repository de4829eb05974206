"""``aligncheck check``: the main job."""

from __future__ import annotations

import datetime
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from aligncheck.cli import debugging
from aligncheck.cli.progress import Bar, Stage
from aligncheck.cli.project import (
    config_options,
    configuration_of,
    fail_on_option,
    inputs_of,
    plugin_names,
    refuse_several,
    split_formats,
    tell_differences,
    today_of,
    waiver_options,
    waivers_in_force,
)
from aligncheck.cli.reader_options import reader_options, with_reader
from aligncheck.cli.reading import reading_options
from aligncheck.cli.speech import note
from aligncheck.config.keys import KEYS
from aligncheck.language import msg, say, tr
from aligncheck.model import Report
from aligncheck.pool import cores
from aligncheck.readers import ReadOptions
from aligncheck.registry import get, load, names
from aligncheck.reports.base import Reporter
from aligncheck.reports.write import places, refuse_inputs, write_new

DEFAULT_FORMATS = ("xml", "html")
#: Lines of a screen that the counts, the verdict and the files take; findings listed in any case.
LINES_BELOW = 9
LEAST = 10


def _dated(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else str(KEYS["date"].read(value))
    except ValueError as error:
        raise click.BadParameter(f"{value!r} must be {error}", ctx, param) from error


@click.command("check")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, help="A glossary (TBX, CSV, XLSX); may be repeated."
)
@click.option(
    "-o", "--output", help=f"Folder for the reports, or - for stdout.  [default: {KEYS['output'].default}]"
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    shell_complete=plugin_names("aligncheck.reporters"),
    help=f"Report format; may be repeated: {', '.join(names('aligncheck.reporters'))}.  [default: xml, html]",
)
@fail_on_option
@waiver_options
@config_options
@reading_options
@reader_options
@click.option(
    "--timestamp", is_flag=True, help="Put the time into the reports (else SOURCE_DATE_EPOCH, else none)."
)
@click.option("--segmented", is_flag=True, help="The files have one sentence a line.")
@click.option("--strict-terms", is_flag=True, help="Note admitted terms where a preferred one exists.")
@click.option(
    "--date", callback=_dated, help="Date or year of the document: judge it by the terms of its time."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Findings below it are neutral.  [default: 0.5]",
)
@click.option("--memory", help="A translation memory: show how passages were put before.")
@click.option(
    "--encoder",
    shell_complete=plugin_names("aligncheck.encoders"),
    help=f"The sentence encoder: {', '.join(names('aligncheck.encoders'))}, or name:argument.",
)
@click.option(
    "--word-encoder",
    shell_complete=plugin_names("aligncheck.word_encoders"),
    help="What links words: embedded, or transformers:FOLDER.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    help="Processes for a file of more than 5,000 given pairs.  [default: the cores]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors; the exit code tells the verdict.")
def COMMAND(  # noqa: N802 - the name every command module exports
    source: Path,
    target: Path | None,
    glossaries: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    fail_on: str | None,
    waivers: tuple[str, ...],
    today: datetime.date | None,
    config_file: Path | None,
    isolated: bool,
    timestamp: bool,
    segmented: bool,
    strict_terms: bool,
    date: str | None,
    min_confidence: float | None,
    memory: str | None,
    encoder: str | None,
    word_encoder: str | None,
    jobs: int | None,
    quiet: bool,
    read_options: ReadOptions,
    from_format: str,
    reader: dict[str, Any],
) -> int:
    """Check a translation against its source; exit 1 when something grave is found."""
    from aligncheck import engine
    from aligncheck.config.project import check_names
    from aligncheck.reports.second import second_reader_lines
    from aligncheck.reports.stamp import stamped
    from aligncheck.waivers import apply, differences
    from aligncheck.waivers.inline import complaints

    started = time.perf_counter()
    configuration = configuration_of(
        config_file,
        isolated,
        source.parent,
        glossaries=glossaries,
        output=output,
        formats=split_formats(formats),
        fail_on=fail_on,
        waivers=waivers,
        segmented=segmented or None,
        strict_terms=strict_terms or None,
        date=date,
        min_confidence=min_confidence,
        memory=memory,
        encoder=encoder,
        word_encoder=word_encoder,
    )
    configuration = with_reader(configuration, reader)
    check_names(configuration, load("aligncheck.checks"))
    formats_of = configuration.get("formats") if "formats" in configuration.values else DEFAULT_FORMATS
    reporters = [get("aligncheck.reporters", name, "format") for name in formats_of]
    paths = [configuration.relative(path) for path in (source, target) if path is not None]
    settings = configuration.settings(*paths)
    entries = waivers_in_force(configuration)
    output = output or str(configuration.place("output", configuration.get("output")))
    refuse_several(output, reporters)
    where: list[Path] = []
    inputs = inputs_of(configuration, source, target)
    log = configuration.reader_value("log").value
    refuse_inputs([Path(log)] if log else [], inputs)
    if output != "-":
        where = _places(reporters, output, source, target)
        refuse_inputs(where, inputs)
    stage = Stage(quiet)
    bar = Bar(0, msg("{done}/{total} windows of the second reader"))

    def reading(done: int, total: int) -> None:
        stage.close()
        if not quiet:
            bar.show(done, total)

    stage(tr("checking"), *(p.name for p in (source, target) if p is not None))
    try:
        report = engine.check(
            source,
            target,
            settings,
            read_options=read_options,
            format=from_format,
            progress=stage.share,
            jobs=jobs or cores(),
            reading=reading,
            linked="json-words" in formats_of,
        )
    finally:
        stage.close()
        bar.close()
    day = today_of(today)
    report = apply(report, entries, day, settings.fail_on).report
    report = stamped(report, timestamp)
    written = []
    for reporter in reporters:
        if output == "-":
            sys.stdout.buffer.writelines(reporter.render(report))
        else:
            path = where.pop(0)
            write_new(path, reporter.render(report), inputs)
            written.append(path)
    if not quiet:
        _say(report, written, time.perf_counter() - started, output == "-" and "terminal" in formats_of)
    if report.second is not None:
        lines = second_reader_lines(report.second)
        # That texts have left the machine is told even to those who want to hear nothing.
        for message in lines[1:2] * bool(report.second.sent) if quiet else lines:
            note(f"note: {say(message)}")
    if not quiet:
        tell_differences(differences(entries, day, (f.id for f in report.findings)))
    for line in () if quiet else complaints(report):
        note(f"warning: {line}")
    for problem in report.problems:
        note(problem.detail if debugging() else f"internal error: {problem.what}")
    if report.problems:
        return 3
    return 1 if report.summary.verdict == "fail" else 0


def _places(reporters: Sequence[Reporter], output: str, source: Path, target: Path | None) -> list[Path]:
    """Where the reports will go."""
    of = [target if r.of_target and target is not None else source for r in reporters]
    return places(output, ((o.stem, r.extension) for o, r in zip(of, reporters, strict=True)))


def _say(report: Report, written: list[Path], seconds: float, shown: bool) -> None:
    """What was found, gravest first and with places that a terminal can click; then counts and files."""
    from aligncheck.reports.terminal_text import coloured, listed, summary

    width, height = shutil.get_terminal_size((100, 40))
    if not shown:
        colour = coloured(sys.stderr)
        room = max(height - LINES_BELOW - len({f.category for f in report.findings}), LEAST)
        click.echo(listed(report, width, colour, room), nl=False, err=True, color=True)
        click.echo(summary(report, width, colour), nl=False, err=True, color=True)
    for path in written:
        note(f"wrote {path}")
    note(f"in {seconds:.1f} s")
