"""A file held still while it is read: one reading of it gives the text, the digest and the verdict.

A reader may open a file several times, and somebody may save a new draft in between.  So a file is read
once into a private copy; readers see the copy, and its SHA-256 is that of the bytes they were given.
Pipes (``<(zcat draft.gz)``) can be read only once anyway.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aligncheck.errors import AligncheckError, InputError, shown

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where the bytes can be read, and their SHA-256 in hexadecimal digits (empty: too large to be read)."""

    path: Path
    sha256: str


@contextmanager
def snapshot(path: Path, max_bytes: int) -> Iterator[Snapshot]:
    """A copy of a file, for as long as it is read; errors about the copy speak of the file.

    A file beyond ``max_bytes`` is not copied: whoever reads it refuses it by its size.

    Raises:
        InputError: it cannot be read, or, where no copy can be kept, it changed while it was read.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None
    if stat.S_ISREG(status.st_mode) and status.st_size > max_bytes:
        yield Snapshot(path, "")
        return
    held = _held(path, max_bytes)
    if held is None:
        yield from _watched(path)
        return
    folder, copy, digest = held
    with folder:
        try:
            yield Snapshot(copy, digest)
        except AligncheckError as error:
            error.speak_of(str(path), instead_of=str(copy))
            raise


def _held(path: Path, max_bytes: int) -> tuple[tempfile.TemporaryDirectory[str], Path, str] | None:
    """The folder of the copy, the copy, its digest; None where there is no room for one."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None
    with source:
        try:
            folder = tempfile.TemporaryDirectory(prefix="aligncheck-", ignore_cleanup_errors=True)
            copy = Path(folder.name) / _plain(path)
            target = copy.open("xb")
        except OSError:  # no folder for temporary files, or no room in it
            return None
        digest = hashlib.sha256()
        left = max_bytes + 1
        with target:
            while left > 0:
                try:
                    chunk = source.read(min(_CHUNK, left))
                except OSError as error:
                    raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None
                if not chunk:
                    break
                digest.update(chunk)
                left -= len(chunk)
                try:
                    target.write(chunk)
                    target.flush()
                except OSError:
                    folder.cleanup()
                    return None
        return folder, copy, digest.hexdigest()


def _plain(path: Path) -> str:
    """The file's name as parsers take it, who want UTF-8."""
    name = shown(path.name)
    return name if len(name.encode()) < 250 else f"document{path.suffix}"


def _watched(path: Path) -> Iterator[Snapshot]:
    """The file itself, if it is the same before and after."""
    before = _state(path)
    yield Snapshot(path, before[0])
    if _state(path) != before:
        raise InputError("changed while it was read", path=str(path), hint="run it again")


def _state(path: Path) -> tuple[str, int, int, int, int]:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                digest.update(chunk)
            status = os.fstat(handle.fileno())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None
    return digest.hexdigest(), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
