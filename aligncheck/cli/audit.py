"""``aligncheck audit``: a whole archive."""

from __future__ import annotations

import contextlib
import datetime
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from aligncheck.archive.audit import Audit, Tally, open_store, present, run
from aligncheck.archive.output import locked, refuse_foreign
from aligncheck.archive.remote import FOLDER, copied, url_of
from aligncheck.archive.store import Store
from aligncheck.cli import debugging
from aligncheck.cli.progress import Bar
from aligncheck.cli.project import (
    config_options,
    configuration_of,
    fail_on_option,
    tell_differences,
    today_of,
    waiver_options,
    waivers_in_force,
)
from aligncheck.cli.reader_options import reader_options, refuse_log, with_reader
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.config.keys import SEVERITIES
from aligncheck.config.project import Configuration
from aligncheck.errors import InputError, OutputError
from aligncheck.language import counted, msg, say, tr
from aligncheck.pool import cores
from aligncheck.waivers.apply import Ruling, differences, rulings

#: How many documents the terminal lists.
SHOWN = 10


@click.command("audit")
@click.argument("archive", metavar="ARCHIVE")
@click.option(
    "-o",
    "--output",
    default="reports_out/audit",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the index, the pages, the store and the workbook.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Processes at the same time.  [default: the cores]"
)
@click.option("--store", "store_url", help="Keep the results in this database: postgresql://user@host/name.")
@click.option(
    "--scheduler", help="Let a Dask cluster do the work: tcp://host:port, or local:N to start one here."
)
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, help="A glossary (TBX, CSV, XLSX); may be repeated."
)
@click.option(
    "--tmx", "memory", is_flag=True, help="Write audit.tmx too: every passage without a grave finding, once."
)
@fail_on_option
@waiver_options
@config_options
@reader_options
@click.option("--title", help="The heading of the index.  [default: the folder's name]")
def COMMAND(  # noqa: N802 - the name every command module exports
    archive: str,
    output: Path,
    jobs: int | None,
    store_url: str | None,
    scheduler: str | None,
    glossaries: tuple[str, ...],
    memory: bool,
    fail_on: str | None,
    waivers: tuple[str, ...],
    today: datetime.date | None,
    config_file: Path | None,
    isolated: bool,
    title: str | None,
    reader: dict[str, Any],
) -> int:
    """Find the documents of ARCHIVE, pair them, check all, and leave a browsable index.

    ARCHIVE is a folder, a ZIP file, or a URL that fsspec knows (s3://bucket/reports).  An audit that was
    stopped, by whatever, goes on when it is run again; only what has changed is checked anew.  Documents
    that cannot be read are recorded with the reason.
    """
    started = time.perf_counter()
    url = url_of(archive)
    folder = output / FOLDER if url else Path(archive)
    if not url and not folder.is_dir():
        raise InputError(
            "is not a folder" if folder.exists() else "there is no such folder", path=str(folder)
        )
    if output.exists() and folder.exists() and output.samefile(folder):
        raise OutputError(
            "is the archive itself, so nothing is written there",
            path=str(output),
            hint="name a new folder with -o",
        )
    configuration = configuration_of(
        config_file,
        isolated,
        Path() if url else folder,
        glossaries=glossaries,
        fail_on=fail_on,
        waivers=waivers,
    )
    configuration = with_reader(configuration, reader)
    refuse_log(configuration)
    names_of_checks(configuration)
    name = Path(archive).stem if url else folder.resolve().name
    audit = Audit(
        root=folder,
        output=output,
        configuration=configuration,
        waivers=_waivers(configuration, today_of(today)),
        jobs=jobs or cores(),
        memory=memory,
    )
    refuse_foreign(output, folder)
    with contextlib.ExitStack() as open_things:
        open_things.enter_context(locked(output))
        store = open_store(output, store_url or "")
        open_things.callback(store.close)
        if url:
            audit = replace(audit, left_out=copied(url, output).left_out)
        if scheduler:
            from aligncheck.archive.cluster import Cluster

            audit = replace(audit, runner=open_things.enter_context(Cluster(scheduler)).run_tasks)
        tally = run(audit, store, _Progress())
        present(audit, store, title or tr("Audit of {name}", name=name))
        _say(store, output, tally, time.perf_counter() - started)
        return _code(store, configuration.get("fail-on"), tally)


def names_of_checks(configuration: Configuration) -> None:
    """Refuse a configuration that names checks that do not exist, before anything is read."""
    if configuration.checks or any(o.checks for o in configuration.overrides):
        from aligncheck.config.project import check_names
        from aligncheck.registry import load

        check_names(configuration, load("aligncheck.checks"))


class _Progress:
    """A bar for each stage."""

    def __init__(self) -> None:
        self.stage = ""
        self.bar = Bar(0, msg("{done}/{total} files"), always=True)

    def __call__(self, stage: str, done: int, total: int, name: str) -> None:
        if stage != self.stage:
            self.bar.close()
            self.stage = stage
            self.bar = Bar(
                total,
                msg("{done}/{total} documents") if stage == "checking" else msg("{done}/{total} files"),
                always=True,
            )
        self.bar.show(done, total, name)
        if done >= total:
            self.bar.close()


def _code(store: Store, fail_on: str, tally: Tally) -> int:
    if tally.bugs:
        return 3
    if fail_on not in SEVERITIES:
        return 0
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    marks = ", ".join("?" * len(grave))
    found = store.value(
        f"SELECT count(*) FROM finding WHERE waived_by IS NULL AND severity IN ({marks})", *grave
    )
    return 1 if found else 0


def _say(store: Store, output: Path, tally: Tally, seconds: float) -> None:
    rows = store.rows(
        "SELECT * FROM v_units WHERE state = 'done' AND penalty > 0 ORDER BY penalty DESC, unit LIMIT ?",
        SHOWN,
    )
    head = [msg("worst documents"), msg("year"), "critical", "major", "minor", "per 1,000"]
    body = [
        [r["source"], r["year"], *(str(r[s] or "") for s in SEVERITIES[:3]), f"{r['penalty']:.1f}"]
        for r in rows
    ]
    if body:
        click.echo(render_table(head, body, right=range(2, 6)))
    states = {r[0]: r[1] for r in store.rows("SELECT state, count(*) FROM document GROUP BY state")}
    pairs = store.value("SELECT count(*) FROM unit WHERE kind = 'pair'")
    parts = [
        counted("{n} file", "{n} files", sum(states.values()))
        + ": "
        + counted("{n} pair", "{n} pairs", pairs),
        *(
            tr(text, n=states[state])
            for state, text in (
                ("bilingual", msg("{n} bilingual")),
                ("single", msg("{n} without a partner")),
                ("duplicate", msg("{n} copies")),
                ("failed", msg("{n} that cannot be read")),
                ("left out", msg("{n} left out")),
            )
            if states.get(state)
        ),
    ]
    click.echo(tr(", ").join(parts), err=True)
    for row in store.rows(
        "SELECT path, reason FROM document WHERE state IN ('failed', 'left out') ORDER BY path"
    ):
        note(f"warning: {row['path']}: {row['reason']}")
    unclear = store.value("SELECT count(*) FROM candidate")
    if unclear:
        note(f"warning: {unclear} possible pairs are not clear; problems.html lists them")
    for row in store.rows("SELECT id, reason FROM unit WHERE state = 'failed' ORDER BY id"):
        note(f"warning: {row['id']}: not checked: {row['reason']}")
    for message in dict.fromkeys(line for _, line in tally.reader):
        note(f"note: {say(message)}")
    for bug in tally.bugs:
        first, _, rest = bug.partition("\n")
        note(f"internal error: {first}")
        if debugging():
            click.echo(rest, err=True)
    note(
        f"{tally.checked} checked, {tally.kept} unchanged, {tally.failed} failed in {seconds:.1f} s; "
        f"index: {output / 'index.html'}"
    )


def _waivers(configuration: Configuration, today: datetime.date) -> dict[str, Ruling]:
    """What revisers decided about findings, and the waivers in force."""
    entries = waivers_in_force(configuration)
    tell_differences(differences(entries, today))
    return rulings(entries, today)
