"""One decision about a finding, as a file holds it, whatever kind of file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aligncheck.errors import ConfigError
from aligncheck.model import Waiver

ID = re.compile(r"[0-9a-f]{8,64}\Z")
#: What a person may decide about a finding: it is right; it may stay; it is none; only a note.
DECISIONS = ("accept", "waive", "reject", "note")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?\Z")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words of the draft stand that a decision is about: code points of a block, and the words."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision with its place.  ``notes``: what is there for the reader alone; ``wording``: what is
    to stand in the draft, at ``spot``."""

    waiver: Waiver
    path: str = ""
    line: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    decision: str = "waive"
    wording: str = ""
    spot: Spot | None = None

    @property
    def accepted(self) -> bool:
        """Whether the editor agreed with the finding, or only noted something, so that nothing is waived."""
        return self.decision in ("accept", "note")

    @property
    def where(self) -> str:
        """``waivers.txt:12``."""
        return f"{self.path}:{self.line}" if self.line else self.path


def entry_of(
    identity: str, said: Mapping[str, str], path: str = "", line: int = 0, until_line: int = 0
) -> Entry:
    """An entry from what a file says.

    Raises:
        ConfigError: the date or the kind is wrong.
    """
    until = _until(said.get("until", ""), path, until_line or line)
    kind = said.get("kind") or "waiver"
    if kind not in ("waiver", "baseline"):
        raise ConfigError(
            f"unknown kind {kind!r} of waiver", path=path, line=line, hint="known: waiver, baseline"
        )
    return Entry(
        Waiver(
            id=identity,
            reason=said.get("reason", ""),
            by=said.get("by", ""),
            until=until,
            kind="waiver" if kind == "waiver" else "baseline",
        ),
        path,
        line,
        {k: said[k] for k in ("check", "text", "file", "comment") if said.get(k)},
        decision=said.get("decision", "waive"),
        wording=said.get("replacement", ""),
    )


def _until(text: str, path: str, line: int) -> str:
    if not text:
        return ""
    found = _DAY.match(text)
    try:
        year, month, day = map(int, found.groups()) if found else (0, 0, 0)
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise ConfigError(
            f"until is no date: {text!r}", path=path, line=line, hint="write it as 2026-12-31"
        ) from None


def entry_of_row(row: Any, name: str, path: str) -> Entry:
    """An entry from a row of an export, which is called ``name`` in messages.

    Raises:
        ConfigError: with what is wrong in it.
    """
    identity = row.get("id") if isinstance(row, dict) else None
    if not isinstance(identity, str) or not ID.match(identity):
        raise ConfigError(f"{name} has no finding id", path=path)
    said: dict[str, str] = {}
    for key in ("reason", "by", "until", "kind", "comment", "decision", "replacement"):
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise ConfigError(f"{name}: {key} must be a text, not {value!r}", path=path)
        said[key] = (value or "").strip() if key != "replacement" else value or ""
    said["decision"] = said["decision"].lower() or "waive"
    if said["decision"] not in DECISIONS:
        raise ConfigError(
            f"{name}: unknown decision {said['decision']!r}",
            path=path,
            hint="known: " + ", ".join(DECISIONS),
        )
    if said["decision"] == "reject" and not said["reason"]:
        said["reason"] = "not an error"
    return entry_of(identity, said, path)
