"""Decisions put to use: several revisers' made one, findings marked, the summary counted anew, and the
waivers named that are expired, unused, or contradicted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aligncheck.model import Decision, Finding, Report, Severity, Waiver, summarise
from aligncheck.waivers.entry import Entry

#: Of two decisions about one finding the stricter stands: what is right is mended before it may stay, and
#: may stay before it is called no error.  A note decides nothing.
STRICTEST_FIRST = ("accept", "waive", "reject", "note")


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


@dataclass(frozen=True, slots=True)
class Ruling:
    """What all files together say about a finding: why it is waived, if it is, and what people decided."""

    waiver: Waiver | None = None
    decided: Decision | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two decisions about one finding of which only one can stand."""

    stands: Entry
    other: Entry


def in_force(entry: Entry, today: datetime.date) -> bool:
    """Whether a waiver counts on a day; its last day counts."""
    return not entry.accepted and (not entry.waiver.until or entry.waiver.until >= today.isoformat())


def rulings(entries: Iterable[Entry], today: datetime.date) -> dict[str, Ruling]:
    """What is decided about each finding; what a person says wins over a baseline."""
    found = {}
    for identity, some in _by_finding(entries, today).items():
        people = [e for e in some if e.waiver.kind != "baseline"]
        first = people[0] if people else None
        waiver = first.waiver if first is not None and not first.accepted else None
        if waiver is None:
            waiver = next((e.waiver for e in some if e.waiver.kind == "baseline"), None)
        found[identity] = Ruling(waiver, _decided(people))
    return found


def _by_finding(entries: Iterable[Entry], today: datetime.date) -> dict[str, list[Entry]]:
    """The decisions that count on a day by finding, the strictest first, else in the order of the files."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.accepted or in_force(entry, today):
            found.setdefault(entry.waiver.id, []).append(entry)
    for some in found.values():
        # An accepted wording is more than an accepted finding.
        some.sort(key=lambda e: (STRICTEST_FIRST.index(e.decision), not e.wording))
    return found


def _decided(people: Sequence[Entry]) -> Decision | None:
    comments = dict.fromkeys(c for e in people if (c := e.notes.get("comment", "")))
    if not people or (people[0].decision == "waive" and not comments):
        return None  # the waiver says it all
    first = people[0]
    return Decision(first.decision, first.waiver.by, "; ".join(comments), first.wording)


def differences(
    entries: Iterable[Entry], today: datetime.date, present: Iterable[str] | None = None
) -> list[Difference]:
    """Where people decided otherwise about one finding (of those ``present``), each with what stands.

    Two accept a finding and one of them names no wording: that is no difference.
    """
    there = None if present is None else set(present)
    found = []
    for identity, some in _by_finding(entries, today).items():
        people = [e for e in some if e.waiver.kind != "baseline" and e.decision != "note"]
        for other in people[1:]:
            first = people[0]
            if (there is None or identity in there) and (
                first.decision != other.decision or (other.wording and first.wording != other.wording)
            ):
                found.append(Difference(first, other))
    return found


def mark(findings: Sequence[Finding], decided: Mapping[str, Ruling]) -> tuple[Finding, ...]:
    """The findings with ``waived`` and ``decided`` set where a ruling is about them."""
    return tuple(_marked(f, decided[f.id]) if f.id in decided else f for f in findings)


def _marked(finding: Finding, ruling: Ruling) -> Finding:
    return replace(finding, waived=ruling.waiver or finding.waived, decided=ruling.decided)


def apply(
    report: Report, entries: Iterable[Entry], today: datetime.date, fail_on: Severity | None
) -> Applied:
    """The report with its waived findings marked and its summary counted anew; ``fail_on`` None: never."""
    findings = mark(report.findings, rulings(entries, today))
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
