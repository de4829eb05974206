"""Archives that lie elsewhere: a packed file, an object store, whatever fsspec has a file system for.

What may be a document is copied beside the results, and copied again only when it has changed; the audit
then sees a folder like any other.  Names lead nowhere out of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from aligncheck import limits
from aligncheck.archive.walk import may_be_document
from aligncheck.errors import InputError, shown
from aligncheck.reports.write import write_atomically

#: Where the copies lie, below the output folder; hidden, so that no audit takes it for its own pages.
FOLDER = ".archive"
_LIST = ".copies.json"
_URL = re.compile(r"[A-Za-z][\w+.-]*(::|://)")


@dataclass(frozen=True, slots=True)
class Copies:
    """The folder of copies, and (path, reason) of what was not copied."""

    folder: Path
    left_out: tuple[tuple[str, str], ...]


def url_of(archive: str) -> str:
    """The URL of an archive that is no folder: as it is given, or of a local ZIP file; else empty."""
    if os.path.isfile(archive) and archive.lower().endswith(".zip"):
        return f"zip://::{Path(archive).resolve().as_uri()}"
    return archive if _URL.match(archive) and not os.path.exists(archive) else ""


def copied(url: str, output: Path) -> Copies:
    """Copy what has changed of an archive to below the output folder.

    Raises:
        InputError: the URL is none, needs a package that is missing, or leads nowhere.
    """
    try:
        import fsspec
    except ImportError:
        raise InputError(
            "is a URL, for which a package is missing",
            path=_bare(url),
            hint="install the extra: pip install 'aligncheck[remote]'",
        ) from None
    folder = output / FOLDER
    try:
        system, top = fsspec.core.url_to_fs(url)
        found: dict[str, dict[str, Any]] = system.find(top, detail=True)
        return _copied(system, top, found, folder)
    except InputError:
        raise
    except ImportError as error:
        raise InputError(
            f"needs a package that is not installed: {error}",
            path=_bare(url),
            hint="for S3: pip install s3fs",
        ) from None
    except Exception as error:  # file systems of many makers raise whatever their libraries do
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(f"cannot be read: {reason}", path=_bare(url), hint="check the URL") from None


def _copied(system: Any, top: str, found: dict[str, dict[str, Any]], folder: Path) -> Copies:
    folder.mkdir(parents=True, exist_ok=True)
    known = _known(folder)
    kept: dict[str, str] = {}
    left_out: list[tuple[str, str]] = []
    for path, info in sorted(found.items()):
        name = PurePosixPath(path).name if path == top else path.removeprefix(top.rstrip("/")).lstrip("/")
        if not may_be_document(PurePosixPath(name).name):
            continue
        if name.startswith(("/", "../")) or ".." in PurePosixPath(name).parts:
            left_out.append((shown(name), "its name leads out of the archive"))
            continue
        if (info.get("size") or 0) > limits.FILE_BYTES:
            left_out.append((shown(name), f"larger than {limits.FILE_BYTES >> 20} MiB"))
            continue
        stamp = _stamp(info)
        if known.get(name) != stamp or not (folder / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with system.open(path, "rb") as handle:
                write_atomically(folder / name, _pieces(handle))
        kept[name] = stamp
    _forget(folder, known.keys() - kept.keys())
    write_atomically(folder / _LIST, [json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()])
    return Copies(folder, tuple(left_out))


def _pieces(handle: Any) -> Iterator[bytes]:
    while piece := handle.read(1 << 20):
        yield piece


def _stamp(info: dict[str, Any]) -> str:
    """What changes when a file does: its tag, checksum or time with its size, whichever the system tells."""
    told = [info.get(k) for k in ("ETag", "CRC", "md5Hash", "mtime", "LastModified", "date_time", "size")]
    return " ".join(str(t) for t in told if t is not None)


def _known(folder: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads((folder / _LIST).read_bytes()))
    return {}


def _forget(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def _bare(url: str) -> str:
    """The URL without a password."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:***@", url)
