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
import datetime
import getpass
import io
import json
import re
import subprocess
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligncheck.errors import ConfigError, foreign, foreign_items, shown
from aligncheck.limits import WAIVER_BYTES as _MAX_BYTES
from aligncheck.limits import WAIVER_COLUMNS as _MAX_COLUMNS
from aligncheck.limits import WAIVER_UNPACKED as _MAX_UNPACKED
from aligncheck.model import Waiver
from aligncheck.registry import did_you_mean

SCHEMA = "aligncheck-waivers/1"
#: Keys of the text file, in the order in which they are written.
KEYS = ("reason", "by", "until", "kind", "check", "text", "file", "comment")
NEEDED = ("reason", "by")
ID = re.compile(r"[0-9a-f]{8,64}\Z")
#: What a person may decide about a finding: it is right; it may stay; it is none; only a note.
DECISIONS = ("accept", "waive", "reject", "note")
_HEADER = re.compile(r"\[\s*([^\]]*?)\s*\]\s*\Z")
_SAVE = "save it again as .xlsx, or export it anew: aligncheck check … -f xlsx"


@dataclass(frozen=True, slots=True)
class Entry:
    """One waiver with its place.  ``notes``: what is there for the reader alone; ``accepted``: the
    editor agreed with the finding, so that nothing is waived."""

    waiver: Waiver
    path: str = ""
    line: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    accepted: bool = False

    @property
    def where(self) -> str:
        """``waivers.txt:12``."""
        return f"{self.path}:{self.line}" if self.line else self.path


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
        return list(_from_workbook(raw, path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"is not UTF-8 (byte {error.start})",
            path=str(path),
            hint="a waiver file is text, JSON or XLSX",
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
                hint="keep the waivers of both sides, delete the marks",
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
        accepted=said.get("decision", "waive") in ("accept", "note"),
    )


def _until(text: str, path: str, line: int) -> str:
    if not text:
        return ""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ConfigError(
            f"until is no date: {text!r}", path=path, line=line, hint="write it as 2026-12-31"
        ) from None


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
    return [_from_row(row, f"waiver {n}", path) for n, row in enumerate(rows, 1)]


def _from_row(row: Any, name: str, path: Path, line: int = 0) -> Entry:
    identity = row.get("id") if isinstance(row, dict) else None
    if not isinstance(identity, str) or not ID.match(identity):
        raise ConfigError(f"{name} has no finding id", path=str(path), line=line)
    said: dict[str, str] = {}
    for key in ("reason", "by", "until", "kind", "comment", "decision"):
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise ConfigError(f"{name}: {key} must be a text, not {value!r}", path=str(path), line=line)
        said[key] = (value or "").strip()
    said["decision"] = said["decision"].lower() or "waive"
    if said["decision"] not in DECISIONS:
        raise ConfigError(
            f"{name}: unknown decision {said['decision']!r}",
            path=str(path),
            line=line,
            hint="known: " + ", ".join(DECISIONS),
        )
    if said["decision"] == "reject" and not said["reason"]:
        said["reason"] = "not an error"
    return entry_of(identity, said, str(path), line)


#: What the columns of an exported workbook may be called.
_COLUMNS = {
    "id": "id",
    "finding": "id",
    "finding id": "id",
    "decision": "decision",
    "reason": "reason",
    "by": "by",
    "who": "by",
    "until": "until",
    "comment": "comment",
}
_DECISIONS = {
    **dict.fromkeys(("waive", "waived", "豁免"), "waive"),
    **dict.fromkeys(("accept", "accepted", "确认", "采纳"), "accept"),
    **dict.fromkeys(("reject", "rejected", "not an error", "误报"), "reject"),
    "": "",
}


def _from_workbook(raw: bytes, path: Path) -> Iterator[Entry]:
    import openpyxl  # here: a text file needs no workbook library

    with foreign("is no readable workbook", str(path), _SAVE, ConfigError):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if sum(item.file_size for item in package.infolist()) > _MAX_UNPACKED:
                raise ConfigError("unpacks to far too much for a waiver file", path=str(path))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    seen: set[str] = set()
    known = False
    try:
        for sheet in book.worksheets:
            columns: dict[str, int] = {}
            rows = foreign_items(
                _rows(sheet), f"its sheet {sheet.title!r} cannot be read", str(path), _SAVE, ConfigError
            )
            for number, row in enumerate(rows, 1):
                cells = ["" if c is None else c for c in row]
                if not columns:
                    named = {_COLUMNS.get(_heading(c), ""): i for i, c in reversed(list(enumerate(cells)))}
                    if "id" in named and "decision" in named:
                        columns, known = named, True
                    elif number >= 20:
                        break
                    continue
                entry = _from_cells(cells, columns, path, f"{sheet.title}!{number}")
                if entry is not None and entry.waiver.id not in seen:
                    seen.add(entry.waiver.id)
                    yield entry
    finally:
        book.close()
    if not known:
        raise ConfigError(
            "has no sheet with the columns id and decision",
            path=str(path),
            hint="export it with: aligncheck check … -f xlsx",
        )


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What the file claims about its size is not asked: it may claim millions of empty columns.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS)


def _heading(cell: Any) -> str:
    return re.sub(r"[\s_]+", " ", str(cell).split("/")[0].strip().lower())


def _from_cells(cells: list[Any], columns: dict[str, int], path: Path, place: str) -> Entry | None:
    said = {}
    for name, index in columns.items():
        value = cells[index] if name and index < len(cells) else ""
        said[name] = value.date().isoformat() if isinstance(value, datetime.datetime) else str(value).strip()
    if isinstance(said.get("until"), str):
        said["until"] = said["until"][:10]
    decision = said.get("decision", "").lower()
    if decision not in _DECISIONS:
        raise ConfigError(
            f"{place}: unknown decision {decision!r}",
            path=str(path),
            hint="write accept, waive or reject, or nothing",
        )
    if not _DECISIONS[decision]:
        return None
    said["decision"] = _DECISIONS[decision]
    return _from_row(said, place, path)


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
