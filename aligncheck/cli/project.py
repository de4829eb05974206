"""What the commands of an editorial office share: the configuration, its pairs, waivers, baseline."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from aligncheck.archive.cache import Cache
from aligncheck.cli.speech import note
from aligncheck.config.files import NAMES
from aligncheck.config.keys import SEVERITIES
from aligncheck.config.patterns import Orphan, PairFiles, expand
from aligncheck.config.project import Configuration, load_configuration
from aligncheck.errors import ConfigError
from aligncheck.language import tr
from aligncheck.registry import names
from aligncheck.waivers.apply import Difference
from aligncheck.waivers.entries import read_waivers
from aligncheck.waivers.entry import Entry

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg, unused-ignore]  # generic in newer versions only
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The date, or click's own error."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2026-12-31", param, ctx)


def config_options(command: F) -> F:
    """``--config FILE`` and ``--isolated``."""
    command = click.option(
        "--isolated", is_flag=True, help="Use no configuration file, only defaults and options."
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help=f"The configuration file; without it, {', '.join(NAMES)} are looked for upward.",
    )(command)


def waiver_options(command: F) -> F:
    """``--waivers FILE`` and ``--today DATE``."""
    command = click.option(
        "--today", type=Day(), help="Judge waivers as of this day (YYYY-MM-DD) instead of today."
    )(command)
    return click.option(
        "--waivers",
        multiple=True,
        help="A waiver file (text, or JSON or XLSX from a report); may be repeated.",
    )(command)


def quiet_option(command: F) -> F:
    """``-q``, for a command whose exit code says no more than whether it could do its work."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")(command)


def refuse_several(output: str, formats: Sequence[object]) -> None:
    """One file fits on the standard output, not several behind each other.

    Raises:
        click.UsageError: there are more.
    """
    if output == "-" and len(formats) > 1:
        raise click.UsageError("only one format fits on stdout; name one with -f, or a folder with -o")


def fail_on_option(command: F) -> F:
    """``--fail-on SEVERITY``."""
    return click.option(
        "--fail-on",
        type=click.Choice([*SEVERITIES, "never"]),
        help="The lowest severity that fails.  [default: major]",
    )(command)


def plugin_names(
    group: str,
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What a shell offers for an option that takes names of plug-ins, also after a comma."""

    def offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [before + comma + name for name in names(group) if name.startswith(last)]

    return offer


def configuration_of(
    config_file: Path | None, isolated: bool, start: Path | None = None, **given: Any
) -> Configuration:
    """The configuration in force with the command line's values on top (None and empty: not given)."""
    if config_file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude one another")
    base = load_configuration(start or Path(), config_file, isolated)
    return base.given({k: v for k, v in given.items() if v is not None and v != ()})


def configured_pairs(configuration: Configuration) -> tuple[tuple[PairFiles, ...], tuple[Orphan, ...]]:
    """The pairs that the patterns find, and the files without their partner.

    Raises:
        ConfigError: no pairs are configured, or the patterns find none.
    """
    if configuration.path is None:
        raise ConfigError(
            "no configuration file is here or above",
            path=str(configuration.root.resolve()),
            hint="'aligncheck init' writes one to start from",
        )
    if not configuration.pairs:
        raise ConfigError(
            "says nothing about which files to check",
            path=str(configuration.path),
            hint="add [[pairs]] with source and target patterns, see 'aligncheck init'",
        )
    output = configuration.place("output", configuration.get("output"))
    # Reports may lie among the documents: then their names tell them, and no folder is left out.
    skip = [] if _holds(output, configuration.root) else [output]
    if configuration.get("cache"):
        skip.append(configuration.place("cache", configuration.get("cache")))
    found = expand(configuration.pairs, configuration.root, skip)
    if not found.pairs and not found.orphans:
        patterns = ", ".join(repr(p.source) for p in configuration.pairs)
        raise ConfigError(
            f"no file fits the patterns: {patterns}",
            path=str(configuration.path),
            hint="patterns start from the folder of the configuration file",
        )
    return found.pairs, found.orphans


def _holds(folder: Path, other: Path) -> bool:
    return Path(os.path.realpath(other)).is_relative_to(os.path.realpath(folder))


def inputs_of(configuration: Configuration, *files: Path | None) -> list[Path]:
    """Every file that a command reads: nothing may be written over one of them."""
    found = [path for path in files if path is not None]
    found += [configuration.place("glossaries", g) for g in configuration.get("glossaries")]
    found += waiver_files(configuration)
    if configuration.get("baseline"):
        found.append(configuration.place("baseline", configuration.get("baseline")))
    if configuration.path is not None:
        found.append(configuration.path)
    return found


def cache_of(configuration: Configuration, wanted: bool = True) -> Cache:
    """The cache that is configured; one that keeps nothing where none is, or none is wanted."""
    folder = configuration.get("cache") if wanted else ""
    return Cache(configuration.place("cache", folder) if folder else None)


def waiver_files(configuration: Configuration) -> list[Path]:
    """The waiver files in force."""
    return [configuration.place("waivers", w) for w in configuration.get("waivers")]


def waivers_in_force(configuration: Configuration) -> tuple[Entry, ...]:
    """All entries of the waiver files and of the baseline.

    Raises:
        ConfigError: a file is missing or wrong.
    """
    from aligncheck.waivers.baseline import read_baseline

    entries = read_waivers(waiver_files(configuration))
    baseline = configuration.get("baseline")
    if baseline:
        path = configuration.place("baseline", baseline)
        if path.exists():  # a baseline that is not recorded yet is an empty one
            entries += read_baseline(path).entries()
    return entries


def tell_differences(differ: Sequence[Difference]) -> None:
    """Say in one line which findings revisers decided otherwise, and what stands."""
    if not differ:
        return
    told = [
        tr(
            "{id} ({stands}, not {other})",
            id=d.stands.waiver.id,
            stands=_opinion(d.stands),
            other=_opinion(d.other),
        )
        for d in differ[:3]
    ]
    more = tr("; and {n} more", n=len(differ) - 3) if len(differ) > 3 else ""
    line = tr("revisers differ, and the stricter decision stands: {findings}", findings=", ".join(told))
    note("warning: " + line + more)


def _opinion(entry: Entry) -> str:
    """``accept by Li Wei in a.json``; a wording in quotation marks."""
    from aligncheck.reports.texts import DECISIONS  # for once: most runs tell of no differences

    what = f"“{entry.wording}”" if entry.wording else tr(DECISIONS[entry.decision])
    where = Path(entry.path).name
    if entry.waiver.by:
        return tr("{what} by {name} in {file}", what=what, name=entry.waiver.by, file=where)
    return tr("{what} in {file}", what=what, file=where)


def today_of(given: datetime.date | None) -> datetime.date:
    """The day to judge by: the option, SOURCE_DATE_EPOCH, or the clock."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    return datetime.date.today()


def split_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """``-f html -f sarif`` and ``-f html,sarif`` alike."""
    return tuple(dict.fromkeys(f.strip() for group in formats for f in group.split(",") if f.strip()))
