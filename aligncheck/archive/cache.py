"""Results kept from run to run: one file a result, compressed JSON, written atomically.

An entry has two parts: the head (findings, size, problems), enough for a verdict, and the body
(documents and alignment), which only rendering needs.  Entries never change: another content,
glossary, setting or program gives another key.  Runs at the same time therefore cannot disturb one
another, and a broken entry counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligncheck.archive.codec import from_data, to_data
from aligncheck.model import Finding, Message, Problem, Report, document_size
from aligncheck.reports.second import second_reader_lines
from aligncheck.waivers.inline import complaints

_MAGIC = b"aligncheck-cache/1\n"
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# Results of aligncheck; may be deleted at any time.\n"
)
#: Entries that nobody asked for during so many days are deleted.
KEEP_DAYS = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What a verdict needs of a report."""

    findings: tuple[Finding, ...]
    size: int
    signature: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()  # what the readers want to be known
    unused: tuple[str, ...] = ()  # comments in the texts that waive nothing
    reader: tuple[Message, ...] = ()  # what a second reader's work wants to be known


def head_of(report: Report) -> Head:
    """The head of a report."""
    notes = (*report.source.problems, *(report.target.problems if report.target else ()))
    return Head(
        report.findings,
        document_size(report.source, report.target),
        report.tool.signature,
        report.problems,
        notes,
        complaints(report),
        told(report),
    )


def told(report: Report) -> tuple[Message, ...]:
    """What people must know of a second reader: what left the machine, what was not read."""
    if report.second is None:
        return ()
    lines = second_reader_lines(report.second)
    # What it did is in the report; that it could not read everything must be said even where nothing says why.
    return tuple(lines if not (report.second.complete or report.second.notices) else lines[1:])


class Cache:
    """A folder of results.  ``broken`` says why it cannot be used, or is empty."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.broken = ""
        if folder is not None:
            self.broken = self._prepare(folder)
            if self.broken:
                self.folder = None

    @staticmethod
    def _prepare(folder: Path) -> str:
        try:
            if folder.exists() and not folder.is_dir():
                return f"{folder} is a file, not a folder"
            # The tag is the first thing that a process puts there: looked for last, it is seen where others are at it.
            if folder.is_dir() and any(folder.iterdir()) and not (folder / _TAG).exists():
                return f"{folder} holds other things and is no cache of ours"
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / _TAG).exists():
                (folder / _TAG).write_text(_TAG_TEXT, encoding="utf-8")
                (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            if not os.access(folder, os.W_OK):
                return f"{folder} may not be written to"
        except OSError as error:
            return f"{folder}: {error.strerror or error}"
        return ""

    def head(self, key: str) -> Head | None:
        """The head of a result, or None when it is not there or broken."""
        parts = self._parts(key)
        try:
            return from_data(Head, json.loads(zlib.decompress(parts[0]))) if parts else None
        except (ValueError, TypeError, KeyError, zlib.error, RecursionError):
            return None

    def report(self, key: str) -> Report | None:
        """The whole report, without the waivers of files, or None."""
        parts = self._parts(key)
        try:
            return from_data(Report, json.loads(zlib.decompress(parts[1]))) if parts else None
        except (ValueError, TypeError, KeyError, zlib.error, RecursionError):
            return None

    def put(self, key: str, report: Report) -> None:
        """Keep a report as the engine made it; a full disk or a lost folder costs only another check."""
        self._write(key, (_packed(to_data(head_of(report))), _packed(to_data(report))))

    def blob(self, key: str) -> bytes | None:
        """Bytes kept under a key of :func:`blob_key`."""
        parts = self._parts(key)
        try:
            return zlib.decompress(parts[0]) if parts else None
        except zlib.error:
            return None

    def put_blob(self, key: str, data: bytes) -> None:
        """Keep bytes."""
        self._write(key, (zlib.compress(data, 6), b""))

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key

    def _parts(self, key: str) -> tuple[bytes, bytes] | None:
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        start = len(_MAGIC) + 32 + 8
        payload = raw[start:]
        intact = (
            raw.startswith(_MAGIC)
            and len(raw) >= start
            and hashlib.sha256(payload).digest() == raw[len(_MAGIC) : len(_MAGIC) + 32]
        )
        if not intact:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        split = int.from_bytes(raw[start - 8 : start], "big")
        return payload[:split], payload[split:]

    def _write(self, key: str, parts: tuple[bytes, bytes]) -> None:
        if self.folder is None:
            return
        path = self._path(key)
        payload = parts[0] + parts[1]
        digest = hashlib.sha256(payload).digest()
        temporary = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
            with os.fdopen(handle, "wb") as out:
                out.write(_MAGIC + digest + len(parts[0]).to_bytes(8, "big") + payload)
            os.replace(temporary, path)
            temporary = ""
        except OSError as error:
            self.broken = self.broken or f"{self.folder}: {error.strerror or error}"
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)

    def prune(self, now: float | None = None) -> int:
        """Delete what nobody asked for in :data:`KEEP_DAYS`; how many entries went."""
        if self.folder is None:
            return 0
        limit = (time.time() if now is None else now) - KEEP_DAYS * 86_400
        gone = 0
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    gone += 1
        return gone


def blob_key(*parts: str) -> str:
    """A key for :meth:`Cache.blob`."""
    return hashlib.sha256("\x1e".join(("blob", *parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _packed(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 4)
