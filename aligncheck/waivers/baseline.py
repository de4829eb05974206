"""The baseline: findings of old documents that are put up with for now, each with the day it was recorded.

A JSON file meant for version control: sorted, one finding a line, so that a merge is a merge of lines.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligncheck.errors import ConfigError, shown
from aligncheck.model import Finding, Waiver
from aligncheck.waivers.entries import refuse_conflicts
from aligncheck.waivers.entry import ID, Entry

SCHEMA = "aligncheck-baseline/1"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An old finding: since when it is known, and what a reader wants to see of it."""

    since: str
    file: str
    check: str = ""
    category: str = ""
    severity: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Old findings by id."""

    path: str = ""
    findings: Mapping[str, Recorded] = field(default_factory=dict)

    def entries(self) -> tuple[Entry, ...]:
        """The baseline as waivers."""
        return tuple(
            Entry(Waiver(i, f"known since {r.since}", "baseline", "", "baseline"), self.path)
            for i, r in self.findings.items()
        )

    @property
    def since(self) -> str:
        """The day of the oldest finding."""
        return min((r.since for r in self.findings.values()), default="")


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did."""

    added: int
    kept: int
    gone: int


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        ConfigError: it cannot be read or is something else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            "there is no such baseline", path=str(path), hint="record it with 'aligncheck baseline'"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"is not UTF-8 (byte {error.start})", path=str(path), hint="record it with 'aligncheck baseline'"
        ) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    refuse_conflicts(text, path)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not valid JSON: {error.msg}", path=str(path), line=error.lineno) from None
    except RecursionError:
        raise ConfigError("is nested too deeply", path=str(path)) from None
    if (
        not isinstance(data, dict)
        or data.get("schema") != SCHEMA
        or not isinstance(data.get("findings"), dict)
    ):
        raise ConfigError("is no baseline", path=str(path), hint=f"its schema must be {SCHEMA!r}")
    return Baseline(str(path), {i: _recorded(i, r, path) for i, r in data["findings"].items()})


def _recorded(identity: str, row: Any, path: Path) -> Recorded:
    known = Recorded.__slots__
    if (
        not ID.match(identity)
        or not isinstance(row, dict)
        or not all(isinstance(v, str) for v in row.values())
        or not {"since", "file"} <= set(row) <= set(known)
    ):
        raise ConfigError(f"the entry {identity!r} makes no sense", path=str(path), hint="record it again")
    try:
        datetime.date.fromisoformat(row["since"])
    except ValueError:
        raise ConfigError(f"{identity}: since is no date: {row['since']!r}", path=str(path)) from None
    return Recorded(**row)


def updated(
    old: Baseline,
    present: Iterable[tuple[str, Finding]],
    looked_at: Iterable[str],
    today: datetime.date,
    add: bool = True,
) -> tuple[Baseline, Change]:
    """The baseline after a look at some files.

    ``present``: (file, finding) pairs found now.  Old findings that are still there keep their date;
    new ones get today's (or stay out, without ``add``); those gone from a file looked at are dropped.
    """
    files = set(map(shown, looked_at))
    now: dict[str, tuple[str, Finding]] = {}
    for file, finding in present:
        now.setdefault(finding.id, (shown(file), finding))
    findings: dict[str, Recorded] = {}
    gone = kept = added = 0
    for identity, record in old.findings.items():
        if identity in now:
            file, finding = now[identity]
            findings[identity] = _record(record.since, file, finding)
            kept += 1
        elif record.file in files:
            gone += 1
        else:
            findings[identity] = record
    for identity, (file, finding) in now.items():
        if identity not in findings and add:
            findings[identity] = _record(today.isoformat(), file, finding)
            added += 1
    return Baseline(old.path, findings), Change(added, kept, gone)


def _record(since: str, file: str, finding: Finding) -> Recorded:
    return Recorded(
        since, file, finding.check, finding.category.value, finding.severity.value, text_of(finding)
    )


def text_of(finding: Finding, width: int = 40) -> str:
    """The marked texts of a finding, short, for people."""
    sides = (" … ".join(s.text for s in side) for side in (finding.source, finding.target))
    return " | ".join(" ".join(t.split())[:width] for t in sides)


def baseline_text(baseline: Baseline) -> str:
    """The file's text: sorted by file and id, one finding a line."""
    rows = sorted(baseline.findings.items(), key=lambda item: (item[1].file, item[0]))
    lines = [
        f"  {json.dumps(i)}: "
        + json.dumps({n: getattr(r, n) for n in Recorded.__slots__ if getattr(r, n)}, ensure_ascii=False)
        for i, r in rows
    ]
    body = ",\n".join(lines)
    return f'{{\n "schema": {json.dumps(SCHEMA)},\n "findings": {{\n{body}\n }}\n}}\n'
