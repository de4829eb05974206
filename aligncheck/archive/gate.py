"""The gate: check the configured pairs, set waivers and baseline against the findings, and judge."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from aligncheck.archive.cache import Cache, Head, blob_key, head_of
from aligncheck.archive.keys import file_key, result_key
from aligncheck.config import Settings
from aligncheck.config.patterns import PairFiles
from aligncheck.config.project import Configuration, check_names, severity_of
from aligncheck.errors import AligncheckError, shown
from aligncheck.model import (
    Finding,
    Message,
    Problem,
    Report,
    Severity,
    Summary,
    summarise,
    summary_of,
)
from aligncheck.pool import Failure, guarded, run_tasks
from aligncheck.waivers.apply import Ruling, mark, rulings
from aligncheck.waivers.entry import Entry

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A pair to check or to render, as a worker process gets it.

    ``formats``: (format, path to write) pairs.  ``key`` empty: nothing is kept.
    """

    source: str
    target: str
    settings: Settings
    key: str
    cache: str
    formats: tuple[tuple[str, str], ...]
    waivers: Mapping[str, Ruling]


@dataclass(frozen=True, slots=True)
class PairResult:
    """What became of a pair.

    ``failure``: it could not be checked.  ``reasons``: why the gate refuses it.  ``baseline``: how
    many findings of this pair the baseline covers.  ``unused``: comments in the texts that waive nothing.
    ``reader``: what a second reader's work wants to be known.
    """

    pair: PairFiles
    findings: tuple[Finding, ...] = ()
    summary: Summary | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    reader: tuple[Message, ...] = ()
    failure: Failure | None = None
    cached: bool = False
    reasons: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    judged: bool = True

    @property
    def live(self) -> tuple[Finding, ...]:
        """Findings that are neither waived nor neutral."""
        return tuple(f for f in self.findings if f.waived is None and f.severity is not Severity.NEUTRAL)

    def waived(self, kind: Literal["waiver", "baseline"]) -> int:
        """How many findings waivers, or the baseline, cover."""
        return sum(f.waived is not None and f.waived.kind == kind for f in self.findings)

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``error``, or ``unjudged`` where no severity, penalty or limit refuses."""
        if self.failure is not None or self.problems:
            return "error"
        if self.reasons:
            return "fail"
        return "pass" if self.judged else "unjudged"


@dataclass(frozen=True, slots=True)
class Request:
    """What the gate is to do besides the configuration."""

    pairs: tuple[PairFiles, ...]
    entries: tuple[Entry, ...] = ()
    today: datetime.date = field(default_factory=datetime.date.today)
    formats: tuple[str, ...] = ()
    output: Path | None = None  # None: nothing is written
    jobs: int = 1


def check_pairs(
    configuration: Configuration, request: Request, cache: Cache, progress: Progress | None = None
) -> list[PairResult]:
    """Check the pairs that the cache does not know and judge all; results in the order of the pairs."""
    waivers = rulings(request.entries, request.today)
    names = output_names(request.pairs)
    if request.output is not None:
        _extensions(request.formats)  # an unknown format is one mistake, not one a pair
    results: dict[int, PairResult] = {}
    tasks: list[tuple[int, Task]] = []
    for number, pair in enumerate(request.pairs):
        try:
            task = _task(configuration, request, pair, names[pair], cache, waivers)
        except AligncheckError as error:
            results[number] = PairResult(pair, failure=Failure("input", str(error)))
            continue
        head = cache.head(task.key) if task.key else None
        if head is not None:
            missing = tuple(f for f in task.formats if not _from_blob(task, f, head, cache))
            if not missing:
                results[number] = _judged(configuration, pair, head, waivers, task, cached=True)
                continue
        tasks.append((number, task))
    if tasks:
        _refuse_unknown_checks(configuration)
    done = len(results)
    if progress:
        progress(done, len(request.pairs), "")
    for at, outcome in _run([t for _, t in tasks], request.jobs):
        number, task = tasks[at]
        pair = request.pairs[number]
        if isinstance(outcome, Failure):
            results[number] = PairResult(pair, failure=outcome)
        else:
            results[number] = _judged(configuration, pair, outcome, waivers, task)
        done += 1
        if progress:
            progress(done, len(request.pairs), pair.name)
    return [results[n] for n in range(len(request.pairs))]


def _refuse_unknown_checks(configuration: Configuration) -> None:
    """One message for a check that does not exist; where nothing is to be checked, no check is loaded."""
    if configuration.checks or any(o.checks for o in configuration.overrides):
        from aligncheck.registry import load

        check_names(configuration, load("aligncheck.checks"))


def _run(tasks: list[Task], jobs: int) -> Iterable[tuple[int, Head | Failure]]:
    if jobs > 1 and len(tasks) > 1:
        yield from run_tasks(do_task, tasks, jobs)
    else:
        for number, task in enumerate(tasks):
            yield number, guarded(do_task, task)


def _task(
    configuration: Configuration,
    request: Request,
    pair: PairFiles,
    name: str,
    cache: Cache,
    waivers: Mapping[str, Ruling],
) -> Task:
    settings = configuration.settings(pair.source, pair.target)
    paths = [configuration.near(configuration.root / p) for p in (pair.source, pair.target) if p]
    parts = [part for p in paths for part in (p.name, file_key(p))] if cache.folder is not None else []
    formats: tuple[tuple[str, str], ...] = ()
    if request.output is not None and request.formats:
        extensions = _extensions(request.formats)
        formats = tuple((f, str(_place(request.output, name, extensions[f]))) for f in request.formats)
    return Task(
        source=str(paths[0]),
        target=str(paths[1]) if pair.target else "",
        settings=settings,
        key=result_key(settings, parts) if cache.folder is not None else "",
        cache=str(cache.folder or ""),
        formats=formats,
        waivers=waivers,
    )


def _place(output: Path, name: str, extension: str) -> Path:
    from aligncheck.reports.write import report_path

    path = output / name
    return report_path(path.parent, path.name, extension)


def _extensions(formats: Sequence[str]) -> dict[str, str]:
    from aligncheck.registry import get  # loads the reporters: only where reports are written

    return {f: get("aligncheck.reporters", f, "format").extension for f in formats}


def output_names(pairs: Sequence[PairFiles]) -> dict[PairFiles, str]:
    """A name for the reports of each pair: the path of its source, with the ending only where names clash."""
    stems: dict[str, int] = {}
    for pair in pairs:
        stem = str(PurePosixPath(pair.source).with_suffix(""))
        stems[stem] = stems.get(stem, 0) + 1
    return {
        p: stem if stems[stem := str(PurePosixPath(p.source).with_suffix(""))] == 1 else p.source
        for p in pairs
    }


def do_task(task: Task) -> Head:
    """Check one pair (or take its report from the cache), write its reports; what a worker runs."""
    from aligncheck import engine
    from aligncheck.reports.saving import rendered
    from aligncheck.reports.write import write_again

    cache = Cache(Path(task.cache) if task.cache else None)
    key = task.key
    report = cache.report(key) if key else None
    if report is None:
        glossaries = task.settings.fingerprint()
        report = engine.check(task.source, task.target or None, task.settings)
        key = _key_of(report, task) if key and task.settings.fingerprint() == glossaries else ""
        if report.second is not None and not report.second.complete:
            key = ""  # another run goes on with what was not read
        if key and not report.problems:
            cache.put(key, report)
    else:
        report = _placed(report, task)
    head = head_of(report)
    if task.formats:
        report = judged_report(report, task)
        for name, path in task.formats:
            data = rendered(report, name)
            write_again(Path(path), [data], _read_by(task))
            if key and not report.problems:
                cache.put_blob(_blob(replace(task, key=key), name, head), data)
    return head


def _key_of(report: Report, task: Task) -> str:
    """The key of what was checked: the draft may have been saved anew meanwhile."""
    documents = [report.source, report.target][: 2 if task.target else 1]
    paths = [task.source, task.target]
    parts = []
    for document, path in zip(documents, paths, strict=False):
        if document is None or not document.sha256:
            return ""
        parts += [Path(path).name, document.sha256]
    return result_key(task.settings, parts)


def _read_by(task: Task) -> list[str]:
    return [name for name in (task.source, task.target) if name]


def judged_report(report: Report, task: Task) -> Report:
    """The report with its waived findings marked."""
    findings = mark(report.findings, task.waivers)
    summary = summarise(findings, report.source, report.target, task.settings.fail_on)
    return replace(report, findings=findings, summary=summary)


def _placed(report: Report, task: Task) -> Report:
    """A cached report under the paths of today: the same files may lie in another folder now."""
    source = replace(report.source, path=shown(task.source))
    target = (
        replace(report.target, path=shown(task.target or task.source)) if report.target is not None else None
    )
    return replace(report, source=source, target=target)


def _blob(task: Task, name: str, head: Head) -> str:
    marks = [f"{f.id}={task.waivers[f.id]}" for f in head.findings if f.id in task.waivers]
    return blob_key(task.key, name, task.source, task.target, *marks)


def _from_blob(task: Task, wanted: tuple[str, str], head: Head, cache: Cache) -> bool:
    """Write a report whose bytes the cache knows; whether it did."""
    from aligncheck.reports.write import write_again

    name, path = wanted
    data = cache.blob(_blob(task, name, head))
    if data is None:
        return False
    write_again(Path(path), [data], _read_by(task))
    return True


def _judged(
    configuration: Configuration,
    pair: PairFiles,
    head: Head,
    waivers: Mapping[str, Ruling],
    task: Task,
    cached: bool = False,
) -> PairResult:
    findings = mark(head.findings, waivers)
    fail_on = severity_of(configuration.get("fail-on", pair.source, pair.target))
    summary = summary_of(findings, head.size, fail_on)
    return PairResult(
        pair,
        findings,
        summary,
        head.problems,
        head.notes,
        head.unused,
        head.reader,
        cached=cached,
        reasons=tuple(_reasons(configuration, pair, findings, summary, fail_on)),
        written=tuple(p for _, p in task.formats),
        judged=_judges(configuration, pair, fail_on),
    )


def _judges(configuration: Configuration, pair: PairFiles, fail_on: Severity | None) -> bool:
    """Whether anything could refuse the pair."""
    limits = configuration.limits_for(pair.source, pair.target)
    return (
        fail_on is not None
        or bool(limits)
        or configuration.get("max-penalty", pair.source, pair.target) is not None
    )


def _reasons(
    configuration: Configuration,
    pair: PairFiles,
    findings: Sequence[Finding],
    summary: Summary,
    fail_on: Severity | None,
) -> Iterable[str]:
    if fail_on is not None:
        grave = [f for f in findings if f.waived is None and f.severity >= fail_on]
        if grave:
            yield f"{len(grave)} finding{'s' if len(grave) > 1 else ''} at or above {fail_on.value}"
    most = configuration.get("max-penalty", pair.source, pair.target)
    if most is not None and summary.penalty_per_1000 > most:
        yield f"penalty {summary.penalty_per_1000:g} per 1,000 is over {most:g}"
    for category, limit in sorted(configuration.limits_for(pair.source, pair.target).items()):
        count = sum(
            f.waived is None and f.category.value == category and f.severity is not Severity.NEUTRAL
            for f in findings
        )
        if count > limit:
            yield f"{count} of {category}, limit {limit:g}"


def lines_of(finding: Finding) -> tuple[int | None, bool]:
    """The line that a finding is shown at, and whether it is one of the target."""
    spans = finding.target or finding.source
    return (spans[0].line if spans else None), bool(finding.target)


def exit_code(results: Iterable[PairResult], mistakes: bool = False) -> int:
    """3 for a bug of ours, else 2 for what could not be checked, else 1 for a refusal, else 0."""
    code = 2 if mistakes else 0
    for result in results:
        if result.problems or (result.failure is not None and result.failure.kind != "input"):
            return 3
        if result.failure is not None:
            code = 2
        elif result.reasons and code == 0:
            code = 1
    return code


def gate_data(results: Sequence[PairResult], **extra: Any) -> dict[str, Any]:
    """The gate's outcome for programs."""
    return {
        "schema": "aligncheck-gate/1",
        **extra,
        "pairs": [
            {
                "source": shown(r.pair.source),
                "target": shown(r.pair.target) or None,
                "verdict": r.verdict,
                "reasons": list(r.reasons) or ([r.failure.what] if r.failure else []),
                "by_severity": r.summary.by_severity if r.summary else {},
                "by_category": r.summary.by_category if r.summary else {},
                "penalty_per_1000": r.summary.penalty_per_1000 if r.summary else None,
                "waived": r.waived("waiver"),
                "baseline": r.waived("baseline"),
                "cached": r.cached,
                "reports": list(map(shown, r.written)),
            }
            for r in results
        ],
    }
