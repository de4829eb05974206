"""``aligncheck baseline``: put up with old findings, fail on new ones, and see the old ones shrink."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from aligncheck.archive.gate import Request, check_pairs, exit_code
from aligncheck.cli.project import (
    Day,
    cache_of,
    config_options,
    configuration_of,
    configured_pairs,
    today_of,
    waiver_files,
)
from aligncheck.cli.speech import note
from aligncheck.cli.table import render_table
from aligncheck.config.patterns import PairFiles
from aligncheck.config.project import Configuration
from aligncheck.language import msg
from aligncheck.waivers.apply import rulings
from aligncheck.waivers.baseline import Baseline, baseline_text, read_baseline, updated
from aligncheck.waivers.entries import read_waivers


@click.command("baseline")
@click.argument("source", required=False, type=click.Path(path_type=Path))
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--file", type=click.Path(path_type=Path), help="The baseline file; default: the configured one."
)
@click.option("--shrink", is_flag=True, help="Only forget what has been mended; add nothing.")
@click.option("--show", is_flag=True, help="Change nothing, show what is recorded by file and day.")
@click.option("--today", type=Day(), help="The day to record instead of today.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Processes at the same time.")
@config_options
def COMMAND(  # noqa: N802
    source: Path | None,
    target: Path | None,
    file: Path | None,
    shrink: bool,
    show: bool,
    today: datetime.date | None,
    jobs: int | None,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Record today's findings of the configured pairs, or of SOURCE [TARGET].

    'aligncheck gate' then fails on new findings only.  Findings recorded before keep their day;
    those that have been mended are forgotten.
    """
    configuration = configuration_of(config_file, isolated, source.parent if source else None, jobs=jobs)
    path = file or configuration.place("baseline", configuration.get("baseline") or "baseline.json")
    old = read_baseline(path) if path.exists() else Baseline(str(path))
    if show:
        return _show(old)
    if source is not None:
        pairs: tuple[PairFiles, ...] = (
            PairFiles(configuration.relative(source), configuration.relative(target) if target else ""),
        )
    else:
        pairs, _ = configured_pairs(configuration)
    cache = cache_of(configuration, wanted=configuration.path is not None)
    results = check_pairs(configuration, Request(pairs=pairs, jobs=configuration.get("jobs")), cache)
    code = exit_code(results)
    for result in results:
        if result.failure is not None:
            note(f"error: {result.failure.what}")
        for problem in result.problems:
            note(f"internal error: {problem.what}")
    if code >= 2:
        note(f"{path} stays as it was")
        return code
    waived = _waived(configuration, today_of(today))
    present = [
        (r.pair.source, f) for r in results for f in r.findings if f.severity.rank and f.id not in waived
    ]
    new, change = updated(old, present, (p.source for p in pairs), today_of(today), add=not shrink)
    _write(path, new)
    if len(new.findings) == 1:
        note(f"{path}: 1 old finding: {change.added} new, {change.kept} still there, {change.gone} gone")
    else:
        note(
            f"{path}: {len(new.findings)} old findings: {change.added} new, {change.kept} still there, "
            f"{change.gone} gone"
        )
    if not configuration.get("baseline"):
        note(f"next: say baseline = \"{path}\" in the configuration, or pass --baseline to 'gate'")
    return 0


def _waived(configuration: Configuration, today: datetime.date) -> set[str]:
    """What people have waived needs no baseline."""
    entries = read_waivers(waiver_files(configuration))
    return {i for i, ruling in rulings(entries, today).items() if ruling.waiver is not None}


def _show(baseline: Baseline) -> int:
    counts: dict[tuple[str, str], int] = {}
    for record in baseline.findings.values():
        key = (record.file, record.since)
        counts[key] = counts.get(key, 0) + 1
    rows = [[file, since, str(count)] for (file, since), count in sorted(counts.items())]
    click.echo(render_table((msg("file"), msg("since"), msg("findings")), rows, right=[2]))
    return 0


def _write(path: Path, baseline: Baseline) -> None:
    from aligncheck.reports.write import write_atomically

    write_atomically(path, [baseline_text(baseline).encode()])
