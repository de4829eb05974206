"""What decides a result: the content of the files, the glossary, the settings, and the program itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import aligncheck
from aligncheck.config import Settings
from aligncheck.errors import InputError


@cache
def program_key() -> str:
    """A digest of this program: its version, its code and data, and every plug-in's version.

    The code counts by size and time of change of each file: that is quick, and a wrong "changed"
    costs one more check while a wrong "unchanged" would hide a finding.
    """
    digest = hashlib.sha256(aligncheck.__version__.encode())
    top = Path(aligncheck.__file__).parent
    for root in (top, top.parent / "glossary"):
        digest.update(_tree(root).encode())
    for group in ("aligncheck.checks", "aligncheck.readers", "aligncheck.encoders"):
        for point in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
            version = point.dist.version if point.dist is not None else ""
            digest.update(f"{group}\x1f{point.name}\x1f{point.value}\x1f{version}\n".encode())
    return digest.hexdigest()[:16]


def _tree(top: Path) -> str:
    rows = []
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(files):
            stat = os.stat(os.path.join(folder, name))
            rows.append(f"{os.path.relpath(folder, top)}/{name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(rows)


def file_key(path: Path) -> str:
    """The SHA-256 of a file's bytes.

    Raises:
        InputError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(1 << 20):
                digest.update(chunk)
    except FileNotFoundError:
        raise InputError("there is no such file", path=str(path)) from None
    except IsADirectoryError:
        raise InputError("is a folder", path=str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=str(path)) from None
    return digest.hexdigest()


def result_key(settings: Settings, parts: Iterable[str]) -> str:
    """The key of a result: settings (with what their glossaries say), program, and the inputs' parts."""
    raw = "\x1e".join([program_key(), settings.fingerprint(), *parts])
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
