"""What decides a result: the content of the files, the glossary, the settings, and the program itself."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

import aligncheck
from aligncheck.config import Settings
from aligncheck.errors import InputError
from aligncheck.registry import GROUPS

#: Parts of the program that cannot change a result.
_NO_PART = ("__pycache__",)
#: Plug-ins that write down a result, and decide none.
_WRITERS = ("aligncheck.reporters",)


@cache
def program_key() -> str:
    """A digest of this program: its version, its code and data, what it depends on, and every plug-in.

    Files count by their contents and by nothing else, so that a fresh installation finds the results
    of another one of the same program (a cache that CI keeps from run to run).
    """
    digest = hashlib.sha256(aligncheck.__version__.encode())
    top = Path(aligncheck.__file__).parent
    for root in (top, *(() if (top / "glossary_data").is_dir() else (top.parent / "glossary",))):
        for name, content in _tree(root):
            digest.update(f"{name}\x1f{content}\n".encode("utf-8", "surrogateescape"))
    digest.update("\n".join(_libraries()).encode())
    for group in (g for g in GROUPS if g not in _WRITERS):
        for point in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
            edition = point.dist.version if point.dist is not None else ""
            digest.update(f"{group}\x1f{point.name}\x1f{point.value}\x1f{edition}\n".encode())
    return digest.hexdigest()[:16]


def _tree(top: Path) -> Iterator[tuple[str, str]]:
    """Name below a folder and digest of every file there, in order."""
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in _NO_PART)
        for name in sorted(files):
            path = Path(folder) / name
            yield path.relative_to(top).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _libraries() -> list[str]:
    """Name and version of what we depend on: another segmenter or converter finds other things."""
    try:
        needed = requires("aligncheck") or []
    except PackageNotFoundError:
        return []
    found = []
    for name in sorted({re.split(r"[^\w.-]", r, maxsplit=1)[0] for r in needed if "extra ==" not in r}):
        try:
            found.append(f"{name}={version(name)}")
        except PackageNotFoundError:
            continue
    return found


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
