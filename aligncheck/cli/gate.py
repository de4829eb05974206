"""``aligncheck gate``: the configured pairs, checked and judged."""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from aligncheck.archive.cache import Cache
from aligncheck.archive.gate import PairResult, Request, check_pairs, exit_code, gate_data
from aligncheck.cli import debugging
from aligncheck.cli.gate_pairs import chosen
from aligncheck.cli.gate_table import details, table
from aligncheck.cli.progress import Bar
from aligncheck.cli.project import (
    cache_of,
    config_options,
    configuration_of,
    configured_pairs,
    fail_on_option,
    inputs_of,
    split_formats,
    tell_differences,
    today_of,
    waiver_options,
    waivers_in_force,
)
from aligncheck.cli.reader_options import reader_options, refuse_log, with_reader
from aligncheck.cli.speech import note
from aligncheck.config.patterns import PairFiles
from aligncheck.config.project import Configuration
from aligncheck.language import counted, msg, say, tr
from aligncheck.waivers.apply import Use, differences, judge
from aligncheck.waivers.entry import Entry


@click.command("gate")
@click.argument("files", nargs=-1, type=click.Path())
@config_options
@click.option("--changed-since", metavar="REV", help="Only pairs touched since this git revision.")
@click.option("--staged", is_flag=True, help="Only pairs touched by what is staged for the next commit.")
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, help="A glossary instead of the configured ones."
)
@click.option("-o", "--output", help="Folder for the reports.  [default: reports_out]")
@click.option("-f", "--format", "formats", multiple=True, help="Report format; may be repeated.")
@click.option("--no-reports", is_flag=True, help="Write no reports, only judge.")
@fail_on_option
@click.option("--max-penalty", type=click.FloatRange(min=0), help="Highest MQM penalty per 1,000 characters.")
@click.option(
    "--limit", "limits", multiple=True, metavar="CATEGORY=N", help="At most N findings of a category a pair."
)
@waiver_options
@reader_options
@click.option("--baseline", help="The baseline file.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Processes at the same time.  [default: 1]")
@click.option("--no-cache", is_flag=True, help="Check everything again and keep nothing.")
@click.option("--cache", help="The cache folder.  [default: .aligncheck-cache]")
@click.option("--summary", type=click.Path(path_type=Path), help="Append a Markdown summary to this file.")
@click.option("--sarif", type=click.Path(path_type=Path), help="Write one SARIF file for all pairs.")
@click.option(
    "--codequality", type=click.Path(path_type=Path), help="Write one GitLab code quality file for all pairs."
)
@click.option("--json", "json_path", type=click.Path(), help="Write the outcome as JSON to this file, or -.")
@click.option(
    "--review",
    type=click.Path(path_type=Path),
    help="Write a review for GitHub's API: comments on the changed lines (needs --changed-since).",
)
@click.option("--watch", is_flag=True, help="Stay, and check again whenever a file of a pair changes.")
def COMMAND(**given: Any) -> int:  # noqa: N802 - the name every command module exports
    """Check the configured pairs and judge them.

    FILES restrict the run to the pairs they belong to (what pre-commit passes); a folder stands for what is in it.

    Exit codes: 0 all pass; 1 a pair is refused; 2 something could not be checked or is set up
    wrongly; 3 a bug of ours; 130 interrupted.
    """
    options = Options(**given)
    if options.review is not None and options.changed_since is None:
        raise click.UsageError("--review needs --changed-since: comments stand on lines that have changed")
    if options.watch:
        from aligncheck.cli.watch import watch

        return watch(options)
    return run(options)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says, under the names of its options."""

    files: tuple[str, ...]
    config_file: Path | None
    isolated: bool
    changed_since: str | None
    staged: bool
    glossaries: tuple[str, ...]
    output: str | None
    formats: tuple[str, ...]
    no_reports: bool
    fail_on: str | None
    max_penalty: float | None
    limits: tuple[str, ...]
    waivers: tuple[str, ...]
    today: datetime.date | None
    baseline: str | None
    jobs: int | None
    no_cache: bool
    cache: str | None
    summary: Path | None
    sarif: Path | None
    codequality: Path | None
    json_path: str | None
    review: Path | None
    watch: bool
    reader: dict[str, Any]

    @property
    def outputs(self) -> list[Path]:
        """The files that the options name to write to."""
        json_path = Path(self.json_path) if self.json_path not in (None, "-") else None
        named = (self.summary, self.sarif, self.codequality, self.review, json_path)
        return [path for path in named if path is not None]

    @property
    def partial(self) -> bool:
        """Whether only some of the pairs are looked at."""
        return bool(self.files) or self.changed_since is not None or self.staged

    def configuration(self) -> Configuration:
        """The configuration in force with these options on top."""
        configuration = configuration_of(
            self.config_file,
            self.isolated,
            glossaries=self.glossaries,
            output=self.output,
            formats=split_formats(self.formats),
            fail_on=self.fail_on,
            max_penalty=self.max_penalty,
            waivers=self.waivers,
            baseline=self.baseline,
            jobs=self.jobs,
            cache=self.cache,
        )
        return with_limits(with_reader(configuration, self.reader), self.limits)


def run(options: Options) -> int:
    """One run over the pairs that the options ask for; its exit code."""
    from aligncheck.reports.write import refuse_inputs

    started = time.perf_counter()
    configuration = options.configuration()
    pairs, lonely = chosen(options, configuration)
    entries = waivers_in_force(configuration)
    day = today_of(options.today)
    store = _cache(configuration, options.no_cache)
    joined = {"sarif": options.sarif, "gitlab": options.codequality}
    named = () if options.no_reports else configuration.get("formats")
    named = tuple(dict.fromkeys((*named, *(kind for kind, path in joined.items() if path is not None))))
    # Also the pairs that are not looked at this time: they are somebody's drafts.
    inputs = _inputs(configuration, configured_pairs(configuration)[0])
    log = configuration.reader_value("log").value
    refuse_inputs([*options.outputs, *([Path(log)] if log else [])], inputs)
    refuse_log(configuration)
    bar = Bar(len(pairs), msg("{done}/{total} pairs"))
    results = check_pairs(
        configuration,
        Request(
            pairs=pairs,
            entries=entries,
            today=day,
            formats=named,
            output=configuration.place("output", configuration.get("output")),
            jobs=configuration.get("jobs"),
        ),
        store,
        bar.show,
    )
    bar.close()
    if any(not r.cached for r in results):
        store.prune()
    mistakes = _warn([str(orphan) for orphan in lonely], configuration.get("orphans"))
    use = judge(entries, (f.id for r in results for f in r.findings), day)
    mistakes |= _say_use(use, configuration, options.partial)
    tell_differences(differences(entries, day, (f.id for r in results for f in r.findings)))
    mistakes |= _warn([row for r in results for row in r.unused], configuration.get("unused-waivers"))
    for message in dict.fromkeys(m for r in results for m in r.reader):
        note(f"note: {say(message)}")
    code = exit_code(results, mistakes)
    json_to_stdout = options.json_path == "-"
    if results:
        click.echo(table(results), err=json_to_stdout)
    for line in details(results):
        click.echo(line, err=json_to_stdout)
    _say_baseline(use, options.partial)
    if debugging():
        for detail in (p.detail for r in results for p in r.problems):
            note(detail)
    for kind, path in joined.items():
        if path is not None:
            _join(kind, path, results, inputs)
    _write_outcome(options, configuration, results, code, inputs)
    _say_end(results, code, time.perf_counter() - started)
    return code


def _write_outcome(
    options: Options,
    configuration: Configuration,
    results: Sequence[PairResult],
    code: int,
    inputs: Sequence[Path],
) -> None:
    """The files for other programs that the options name."""
    from aligncheck.reports.write import write_again

    if options.summary is not None or options.review is not None:
        from aligncheck.cli.gate_summary import append, markdown, review, web_links

        if options.summary is not None:
            append(options.summary, markdown(results, code, web_links(configuration.root)))
        if options.review is not None:
            assert options.changed_since is not None
            from aligncheck.archive.git import changed_lines

            lines = changed_lines(options.changed_since, configuration.root)
            text = json.dumps(review(results, code, configuration.root, lines), ensure_ascii=False, indent=1)
            write_again(options.review, [text.encode(), b"\n"], inputs)
    if options.json_path is not None:
        text = json.dumps(gate_data(results, exit_code=code), ensure_ascii=False, indent=1) + "\n"
        if options.json_path == "-":
            sys.stdout.write(text)
        else:
            write_again(Path(options.json_path), [text.encode()], inputs)


def _inputs(configuration: Configuration, pairs: Sequence[PairFiles]) -> list[Path]:
    files = [configuration.near(configuration.root / n) for p in pairs for n in (p.source, p.target) if n]
    return inputs_of(configuration, *files)


def _join(kind: str, path: Path, results: Sequence[PairResult], inputs: Sequence[Path]) -> None:
    from aligncheck.archive.merge import merged
    from aligncheck.registry import get
    from aligncheck.reports.write import write_again

    ending = get("aligncheck.reporters", kind, "format").extension
    files = [Path(p) for r in results for p in r.written if p.endswith(ending) and Path(p).exists()]
    write_again(path, [merged(kind, files)], inputs)


def with_limits(configuration: Configuration, limits: Sequence[str]) -> Configuration:
    """The configuration with ``--limit CATEGORY=N`` on top."""
    from dataclasses import replace

    from aligncheck.config.keys import CATEGORIES, KEYS
    from aligncheck.config.project import COMMAND_LINE, Value
    from aligncheck.registry import did_you_mean

    extra = dict(configuration.limits)
    for limit in limits:
        name, equals, number = limit.partition("=")
        if not equals or name not in CATEGORIES:
            raise click.BadParameter(
                f"{limit!r}: unknown category {name!r}; {did_you_mean(name, CATEGORIES)}"
                if equals
                else f"{limit!r}: write it as CATEGORY=N",
                param_hint="--limit",
            )
        try:
            extra[name] = Value(KEYS["max-penalty"].read(number), COMMAND_LINE)
        except ValueError as error:
            raise click.BadParameter(f"{limit!r}: must be {error}", param_hint="--limit") from None
    return replace(configuration, limits=extra)


def _cache(configuration: Configuration, no_cache: bool) -> Cache:
    cache = cache_of(configuration, wanted=not no_cache)
    if cache.broken:
        note(f"warning: no cache: {cache.broken}; name another with --cache, or --no-cache")
    return cache


def _warn(lines: Sequence[str], how: str) -> bool:
    """Say what is wrong with the set-up; whether it is an error."""
    if how == "ignore" or not lines:
        return False
    for line in lines:
        note(f"{'error' if how == 'error' else 'warning'}: {line}")
    return how == "error"


def _say_use(use: Use, configuration: Configuration, partial: bool) -> bool:
    expired = [
        f"{e.where}: waiver {e.waiver.id} of {e.waiver.by} expired on {e.waiver.until}; its finding is back"
        for e in use.expired
    ]
    # A run over some of the pairs cannot know which waivers the others need.
    unused = [
        f"{e.where}: waiver {e.waiver.id} of {e.waiver.by} matches no finding any more"
        for e in use.unused
        if e.waiver.kind == "waiver" and not partial
    ]
    if unused:
        unused[-1] += "\n  hint: 'aligncheck waive prune' removes such waivers"
    wrong = _warn(expired, configuration.get("expired-waivers"))
    return _warn(unused, configuration.get("unused-waivers")) or wrong


def _say_baseline(use: Use, partial: bool) -> None:
    there = [e for e in use.used if e.waiver.kind == "baseline"]
    gone = [e for e in use.unused if e.waiver.kind == "baseline"]
    recorded = len(there) + len(gone)
    if not recorded or partial:
        return
    since = min(e.waiver.reason.removeprefix("known since ") for e in (*there, *gone))
    text = "baseline since {since}: {recorded} old findings, {there} still there, {gone} gone"
    line = tr(msg(text), since=since, recorded=recorded, there=len(there), gone=len(gone))
    if gone:
        line += tr("; 'aligncheck baseline --shrink' forgets those")
    click.echo(line)


def _say_end(results: Sequence[PairResult], code: int, seconds: float) -> None:
    counts = {v: sum(r.verdict == v for r in results) for v in ("pass", "fail", "error", "unjudged")}
    known = sum(r.cached for r in results)
    text = counted("{n} pair", "{n} pairs", len(results)) + tr(": ")
    text += tr("{passed} passed, {refused} refused", passed=counts["pass"], refused=counts["fail"])
    if counts["unjudged"]:
        text += tr(", {n} not judged", n=counts["unjudged"])
    if counts["error"]:
        text += tr(", {n} could not be checked", n=counts["error"])
    if known:
        text += tr("; {n} unchanged", n=known)
    click.echo(text + tr("; {seconds:.1f} s, exit {code}", seconds=seconds, code=code), err=True)


__all__ = ["COMMAND", "Entry", "details", "table"]
