"""Waivers put to use: findings marked, the summary counted anew, expired and unused ones named."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aligncheck.model import Finding, Report, Severity, Waiver, summarise
from aligncheck.waivers.entries import Entry


@dataclass(frozen=True, slots=True)
class Use:
    """What became of the waivers of a run: in force and used, expired, or without any finding."""

    used: tuple[Entry, ...]
    expired: tuple[Entry, ...]
    unused: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """A report with its waived findings marked, and the ids of the waivers that matched one."""

    report: Report
    matched: frozenset[str]


def in_force(entry: Entry, today: datetime.date) -> bool:
    """Whether a waiver counts on a day; its last day counts."""
    return not entry.accepted and (not entry.waiver.until or entry.waiver.until >= today.isoformat())


def by_id(entries: Iterable[Entry], today: datetime.date) -> dict[str, Waiver]:
    """The waivers in force; one that a person gave wins over a baseline's."""
    found: dict[str, Waiver] = {}
    for entry in entries:
        if in_force(entry, today):
            old = found.get(entry.waiver.id)
            if old is None or (old.kind == "baseline" and entry.waiver.kind == "waiver"):
                found[entry.waiver.id] = entry.waiver
    return found


def mark(findings: Sequence[Finding], waivers: Mapping[str, Waiver]) -> tuple[Finding, ...]:
    """The findings with ``waived`` set where a waiver names them."""
    return tuple(replace(f, waived=waivers.get(f.id, f.waived)) for f in findings)


def apply(
    report: Report, entries: Iterable[Entry], today: datetime.date, fail_on: Severity | None
) -> Applied:
    """The report with its waived findings marked and its summary counted anew; ``fail_on`` None: never."""
    findings = mark(report.findings, by_id(entries, today))
    summary = summarise(findings, report.source, report.target, fail_on)
    matched = frozenset(f.id for f in findings)
    return Applied(replace(report, findings=findings, summary=summary), matched)


def judge(entries: Iterable[Entry], present: Iterable[str], today: datetime.date) -> Use:
    """Sort waivers by whether they are in force and whether a finding of theirs is still present."""
    there = set(present)
    used, expired, unused = [], [], []
    for entry in entries:
        if entry.accepted:
            continue
        if entry.waiver.id not in there:
            unused.append(entry)
        elif in_force(entry, today):
            used.append(entry)
        else:
            expired.append(entry)
    return Use(tuple(used), tuple(expired), tuple(unused))
