"""Waiver files: the reviewed text file, and the JSON and XLSX that reports export.

The text file is meant to be read in a review::

    # Why it may stay as it is.
    [9f2c0123456789ab]
    reason = the Bureau of Statistics revised the figure in March
    by = Li Wei
    until = 2026-12-31
    check = quantities (number)
    text = 54.2万 | 5,420,000
    file = drafts/report.zh.txt

``reason`` and ``by`` must be there; ``until`` is the last day (none: for good).  ``check``,
``text``, ``file`` and ``comment`` are for the reader alone.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligncheck.errors import ConfigError, shown
from aligncheck.limits import WAIVER_BYTES as _MAX_BYTES
from aligncheck.registry import did_you_mean
from aligncheck.waivers.entry import ID, Entry, Spot, entry_of, entry_of_row
from aligncheck.waivers.workbook import decisions_in

SCHEMA = "aligncheck-waivers/1"
#: Keys of the text file, in the order in which they are written.
KEYS = ("reason", "by", "until", "kind", "check", "text", "file", "comment")
NEEDED = ("reason", "by")
_HEADER = re.compile(r"\[\s*([^\]]*?)\s*\]\s*\Z")


def read_waivers(paths: Iterable[Path]) -> tuple[Entry, ...]:
    """All waivers of several files, in order.

    Raises:
        ConfigError: a file cannot be read or is wrong; one id stands twice in one file.
    """
    return tuple(entry for path in paths for entry in read_file(path))


def read_file(path: Path) -> list[Entry]:
    """The waivers of one file, of whichever kind."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError("is too large for a waiver file", path=str(path))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError("there is no such waiver file", path=str(path)) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from None
    if raw[:4] == b"PK\x03\x04":
        return decisions_in(raw, str(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"is not UTF-8 (byte {error.start})",
            path=str(path),
            hint="save it as UTF-8; a waiver file is text, JSON or XLSX",
        ) from None
    refuse_conflicts(text, path)
    if text.lstrip().startswith("{"):
        return _unique(_from_json(text, path))
    return _unique(_from_text(text, path))


def refuse_conflicts(text: str, path: Path) -> None:
    """Refuse a file that git left with both sides in it.

    Raises:
        ConfigError: with the line of the first mark.
    """
    for number, row in enumerate(text.splitlines(), 1):
        if re.match(r"(<{7}|={7}|>{7}|\|{7})( .*)?$", row):
            raise ConfigError(
                "has the marks of a merge conflict",
                path=str(path),
                line=number,
                hint="keep the entries of both sides, delete the marks",
            )


def _unique(entries: list[Entry]) -> list[Entry]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.waiver.id, entry)
        if first is not entry:
            raise ConfigError(
                f"finding {entry.waiver.id} is waived twice",
                path=entry.path,
                line=entry.line,
                hint=f"the first is at {first.where}; keep one of them" if first.line else "keep one of them",
            )
    return entries


def _from_text(text: str, path: Path) -> list[Entry]:
    entries: list[Entry] = []
    identity, start = "", 0
    found: dict[str, str] = {}
    lines: dict[str, int] = {}

    def close() -> None:
        if identity:
            for key in NEEDED:
                if not found.get(key):
                    raise ConfigError(
                        f"waiver {identity} does not say {'why' if key == 'reason' else 'who'}",
                        path=str(path),
                        line=start,
                        hint=f"add '{key} = …' to it",
                    )
            entries.append(entry_of(identity, found, str(path), start, lines.get("until", start)))

    for number, row in enumerate(text.splitlines(), 1):
        bare = row.strip()
        if not bare or bare.startswith(("#", ";")):
            continue
        header = _HEADER.match(bare)
        if header:
            close()
            identity, start, found, lines = header[1].lower(), number, {}, {}
            if not ID.match(identity):
                raise ConfigError(
                    f"[{header[1]}] is no finding id",
                    path=str(path),
                    line=number,
                    hint="ids are 16 digits 0-9a-f, as reports show them",
                )
            continue
        name, equals, value = bare.partition("=")
        name = name.strip().lower()
        if not equals or not identity:
            what = "a line without '='" if not equals else f"{name!r} stands before the first [finding id]"
            raise ConfigError(
                what, path=str(path), line=number, hint="see 'aligncheck waive --help' for an example"
            )
        if name not in KEYS:
            raise ConfigError(
                f"unknown key {name!r} of a waiver",
                path=str(path),
                line=number,
                hint=did_you_mean(name, KEYS),
            )
        if name in found:
            raise ConfigError(f"{name!r} is there twice", path=str(path), line=number)
        found[name], lines[name] = value.strip(), number
    close()
    return entries


def _from_json(text: str, path: Path) -> list[Entry]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not valid JSON: {error.msg}", path=str(path), line=error.lineno) from None
    except RecursionError:
        raise ConfigError("is nested too deeply", path=str(path)) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else None
        raise ConfigError(
            f"is no waiver file: its schema is {found!r}",
            path=str(path),
            hint=f"expected {SCHEMA!r}, as the report's page exports it",
        )
    rows = data.get("waivers")
    if not isinstance(rows, list):
        raise ConfigError("has no list 'waivers'", path=str(path))
    return [_from_row(row, f"waiver {n}", str(path)) for n, row in enumerate(rows, 1)]


def _from_row(row: Any, name: str, path: str) -> Entry:
    entry = entry_of_row(row, name, path)
    places = row.get("target")
    place = places[0] if isinstance(places, list) and places and isinstance(places[0], dict) else {}
    at = [n for k in ("block", "start", "end") if isinstance(n := place.get(k), int) and n >= 0]
    text = place.get("text")
    if len(at) != 3 or not isinstance(text, str) or not text:
        return entry
    block, start, end = at
    return replace(entry, spot=Spot(block, start, end, text))


def with_entries(path: Path, entries: Iterable[Entry]) -> bytes:
    """A waiver file's new content: what it has, if it is there, and more entries behind that."""
    before = path.read_text(encoding="utf-8-sig").rstrip() + "\n\n" if path.exists() else ""
    return shown(write_text(entries, before.lstrip("\n"))).encode()


def person(folder: Path | None = None, hint: str = "git config user.name") -> str:
    """Who works here: git's user.name in a folder (None: the current one), or the login name.

    Raises:
        ConfigError: nobody is known by name; ``hint`` tells the way out.
    """
    where = [] if folder is None else ["-C", str(folder)]
    with contextlib.suppress(OSError):
        run = subprocess.run(
            ["git", *where, "config", "user.name"],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if run.returncode == 0 and run.stdout.strip():
            return run.stdout.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise ConfigError("nobody is known by name here", hint=hint) from None


def write_text(entries: Iterable[Entry], head: str = "") -> str:
    """Entries as the text file has them."""
    blocks = []
    for entry in entries:
        waiver = entry.waiver
        said = {
            "reason": waiver.reason,
            "by": waiver.by,
            "until": waiver.until,
            "kind": waiver.kind if waiver.kind != "waiver" else "",
            **entry.notes,
        }
        rows = [f"{key} = {_one_line(said[key])}" for key in KEYS if said.get(key)]
        blocks.append("\n".join([f"[{waiver.id}]", *rows]) + "\n")
    return head + "\n".join(blocks)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
