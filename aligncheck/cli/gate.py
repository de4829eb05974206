"""``aligncheck gate``: the configured pairs, checked and judged."""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from aligncheck.archive.cache import Cache
from aligncheck.archive.gate import PairResult, Request, check_pairs, exit_code, gate_data
from aligncheck.cli import debugging
from aligncheck.cli.progress import Bar
from aligncheck.cli.project import (
    config_options,
    configuration_of,
    configured_pairs,
    fail_on_option,
    inputs_of,
    split_formats,
    today_of,
    waiver_files,
    waiver_options,
    waivers_in_force,
)
from aligncheck.cli.table import render_table
from aligncheck.config.patterns import PairFiles
from aligncheck.config.project import Configuration
from aligncheck.model import Severity
from aligncheck.waivers.apply import Use, judge
from aligncheck.waivers.entries import Entry

#: How many findings of a refused pair are listed on the terminal.
SHOWN = 10


@click.command("gate")
@click.argument("files", nargs=-1, type=click.Path())
@config_options
@click.option("--changed-since", metavar="REV", help="Only pairs touched since this git revision.")
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
def COMMAND(  # noqa: N802 - the name every command module exports
    files: tuple[str, ...],
    config_file: Path | None,
    isolated: bool,
    changed_since: str | None,
    glossaries: tuple[str, ...],
    output: str | None,
    formats: tuple[str, ...],
    no_reports: bool,
    fail_on: str | None,
    max_penalty: float | None,
    limits: tuple[str, ...],
    waivers: tuple[str, ...],
    today: datetime.date | None,
    baseline: str | None,
    jobs: int | None,
    no_cache: bool,
    cache: str | None,
    summary: Path | None,
    sarif: Path | None,
    codequality: Path | None,
    json_path: str | None,
) -> int:
    """Check the configured pairs and judge them.

    FILES restrict the run to the pairs they belong to (what pre-commit passes).

    Exit codes: 0 all pass; 1 a pair is refused; 2 something could not be checked or is set up
    wrongly; 3 a bug of ours; 130 interrupted.
    """
    started = time.perf_counter()
    configuration = configuration_of(
        config_file,
        isolated,
        glossaries=glossaries,
        output=output,
        formats=split_formats(formats),
        fail_on=fail_on,
        max_penalty=max_penalty,
        waivers=waivers,
        baseline=baseline,
        jobs=jobs,
        cache=cache,
    )
    configuration = with_limits(configuration, limits)
    pairs, lonely = configured_pairs(configuration)
    partial = bool(files) or changed_since is not None
    if files:
        pairs, lonely = _touched(configuration, pairs, lonely, {os.path.realpath(f) for f in files})
    if changed_since is not None:
        pairs, lonely = _changed(configuration, pairs, lonely, changed_since)
    entries = waivers_in_force(configuration)
    day = today_of(today)
    store = _cache(configuration, no_cache)
    joined = {"sarif": sarif, "gitlab": codequality}
    named = () if no_reports else configuration.get("formats")
    named = tuple(dict.fromkeys((*named, *(kind for kind, path in joined.items() if path is not None))))
    inputs = _inputs(configuration, pairs)
    _refuse(inputs, summary, sarif, codequality, None if json_path in (None, "-") else Path(str(json_path)))
    bar = Bar(len(pairs), "pairs")
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
    mistakes = _warn(lonely, configuration.get("orphans"))
    use = judge(entries, (f.id for r in results for f in r.findings), day)
    mistakes |= _say_use(use, configuration, partial)
    code = exit_code(results, mistakes)
    json_to_stdout = json_path == "-"
    if results:
        click.echo(table(results), err=json_to_stdout)
    for line in details(results):
        click.echo(line, err=json_to_stdout)
    _say_baseline(use, partial)
    if debugging():
        for detail in (p.detail for r in results for p in r.problems):
            click.echo(detail, err=True)
    if summary is not None:
        _append(summary, markdown(results, code))
    for kind, path in joined.items():
        if path is not None:
            _join(kind, path, results, inputs)
    if json_path is not None:
        text = json.dumps(gate_data(results, exit_code=code), ensure_ascii=False, indent=1) + "\n"
        if json_to_stdout:
            sys.stdout.write(text)
        else:
            from aligncheck.reports.write import write_again

            write_again(Path(json_path), [text.encode()], inputs)
    _say_end(results, code, time.perf_counter() - started)
    return code


def _inputs(configuration: Configuration, pairs: Sequence[PairFiles]) -> list[Path]:
    files = [configuration.near(configuration.root / n) for p in pairs for n in (p.source, p.target) if n]
    return inputs_of(configuration, *files)


def _refuse(inputs: Sequence[Path], *outputs: Path | None) -> None:
    """Nothing that the gate is told to write may be something that it reads."""
    from aligncheck.reports.write import refuse_inputs

    refuse_inputs([path for path in outputs if path is not None], inputs)


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
    folder = configuration.get("cache")
    cache = Cache(None if no_cache or not folder else configuration.place("cache", folder))
    if cache.broken:
        click.echo(f"warning: no cache: {cache.broken}; name another with --cache, or --no-cache", err=True)
    return cache


def _touched(
    configuration: Configuration, pairs: tuple[PairFiles, ...], lonely: list[str], files: set[str]
) -> tuple[tuple[PairFiles, ...], list[str]]:
    def real(name: str) -> str:
        return os.path.realpath(configuration.root / name)

    kept = tuple(p for p in pairs if any(n and real(n) in files for n in (p.source, p.target)))
    return kept, [row for row in lonely if real(row.split(": its partner ")[0]) in files]


def _changed(
    configuration: Configuration, pairs: tuple[PairFiles, ...], lonely: list[str], revision: str
) -> tuple[tuple[PairFiles, ...], list[str]]:
    """The pairs touched since a revision; all of them when what judges them was touched."""
    from aligncheck.archive.git import changed_since

    changed = changed_since(revision, configuration.root)
    judges = [configuration.path, *waiver_files(configuration)]
    judges += [configuration.root / g for g in configuration.get("glossaries")]
    if configuration.get("baseline"):
        judges.append(configuration.place("baseline", configuration.get("baseline")))
    for path in judges:
        if path is not None and os.path.realpath(path) in changed:
            click.echo(f"{configuration.near(path)} has changed: all pairs are checked", err=True)
            return pairs, lonely
    return _touched(configuration, pairs, lonely, changed)


def _warn(lines: Sequence[str], how: str) -> bool:
    """Say what is wrong with the set-up; whether it is an error."""
    if how == "ignore" or not lines:
        return False
    for line in lines:
        click.echo(f"{'error' if how == 'error' else 'warning'}: {line}", err=True)
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
    line = f"baseline since {since}: {recorded} old findings, {len(there)} still there, {len(gone)} gone"
    if gone:
        line += "; 'aligncheck baseline --shrink' forgets those"
    click.echo(line)


def _say_end(results: Sequence[PairResult], code: int, seconds: float) -> None:
    counts = {v: sum(r.verdict == v for r in results) for v in ("pass", "fail", "error", "unjudged")}
    known = sum(r.cached for r in results)
    text = (
        f"{len(results)} pair{'s' * (len(results) != 1)}: {counts['pass']} passed, {counts['fail']} refused"
    )
    if counts["unjudged"]:
        text += f", {counts['unjudged']} not judged"
    if counts["error"]:
        text += f", {counts['error']} could not be checked"
    if known:
        text += f"; {known} unchanged"
    click.echo(f"{text}; {seconds:.1f} s, exit {code}", err=True)


def _levels(result: PairResult) -> list[str]:
    if result.summary is None:
        return ["", "", "", ""]
    counts = result.summary.by_severity
    return [
        *(str(counts.get(s, 0) or "") for s in ("critical", "major", "minor")),
        f"{result.summary.penalty_per_1000:.1f}",
    ]


_VERDICTS = {"pass": "pass", "fail": "FAIL", "error": "ERROR", "unjudged": "not judged"}


def table(results: Sequence[PairResult]) -> str:
    """One row a pair."""
    head = ["pair", "verdict", "critical", "major", "minor", "per 1,000", "waived", "baseline"]
    rows = [
        [
            r.pair.name,
            _VERDICTS[r.verdict],
            *_levels(r),
            str(r.waived("waiver") or ""),
            str(r.waived("baseline") or ""),
        ]
        for r in results
    ]
    return render_table(head, rows, right=range(2, 8))


def details(results: Sequence[PairResult]) -> list[str]:
    """Why pairs are refused: the reasons, then the gravest findings with their places."""
    lines: list[str] = []
    for r in results:
        if r.verdict in ("pass", "unjudged"):
            continue
        lines.append("")
        if r.failure is not None:
            head = {"input": "error", "bug": "internal error", "died": "error"}[r.failure.kind]
            lines.append(f"{r.pair.name}: {head}: {r.failure.what}")
            continue
        lines += [f"{r.pair.name}: internal error: {p.what}" for p in r.problems]
        if r.reasons:
            lines.append(f"{r.pair.name}: refused: {'; '.join(r.reasons)}")
        live = sorted(r.live, key=lambda f: -f.severity.rank)
        lines += [f"  {finding_line(r.pair, f)}" for f in live[:SHOWN]]
        if len(live) > SHOWN:
            lines.append(f"  … and {len(live) - SHOWN} more")
    return lines


def finding_line(pair: PairFiles, finding: object) -> str:
    """``drafts/a.en.txt:12: major number 9f2c…: message``."""
    from aligncheck.model import Finding

    assert isinstance(finding, Finding)
    spans = finding.target or finding.source
    file = (pair.target if finding.target else "") or pair.source
    line = f":{spans[0].line}" if spans and spans[0].line else ""
    return (
        f"{file}{line}: {finding.severity.value} {finding.category.value} [{finding.id}] {finding.message.en}"
    )


def markdown(results: Sequence[PairResult], code: int) -> str:
    """A summary for a merge request or a job's page."""
    said = {0: "passed", 1: "refused", 2: "incomplete", 3: "broken by a bug of aligncheck"}[code]
    rows = [
        f"### aligncheck: {said}",
        "",
        "| pair | verdict | critical | major | minor | per 1,000 | waived | baseline |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in results:
        cells = [
            _escape(r.pair.name),
            f"**{r.verdict}**" if r.verdict in ("fail", "error") else _VERDICTS[r.verdict],
            *_levels(r),
            str(r.waived("waiver") or ""),
            str(r.waived("baseline") or ""),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    for r in results:
        live = [f for f in r.live if f.severity >= Severity.MAJOR][:SHOWN]
        if r.verdict in ("fail", "error"):
            why = list(r.reasons) or [r.failure.what if r.failure else r.problems[0].what]
            rows += ["", f"**{_escape(r.pair.name)}**: {_escape('; '.join(why))}", ""]
            rows += [f"* {_escape(finding_line(r.pair, f))}" for f in live]
    return "\n".join(rows) + "\n"


def _escape(text: str) -> str:
    for sign in "\\`*_{}[]<>|#":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _append(path: Path, text: str) -> None:
    from aligncheck.errors import OutputError

    try:
        with path.open("a", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise OutputError(f"cannot write the summary: {error.strerror}", path=str(path)) from None


__all__ = ["COMMAND", "Entry", "details", "markdown", "table"]
