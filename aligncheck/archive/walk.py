"""The files of an archive, and what stands in the way of others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aligncheck.config.patterns import HIDDEN
from aligncheck.errors import InputError, shown

#: What an audit calls its store: a folder that holds one is no part of an archive.
STORE = "audit.sqlite"
#: What stands in its place in the folder of an audit whose store is a database.
ELSEWHERE = ".aligncheck-audit"
#: File name endings that hold no text of ours: not worth a message each.
_IGNORED = frozenset(
    ".jpg .jpeg .png .gif .svg .ico .webp .tif .tiff .bmp .mp3 .mp4 .wav .avi .mov .zip .gz .tar .7z .rar "
    ".exe .dll .so .bin .css .js .mjs .map .woff .woff2 .ttf .otf .py .pyc .db .sqlite .log .lock .tmp "
    ".bak .swp .toml .cfg .ini .yml .yaml".split()
)
#: Reports lie among the documents at times: they are about documents and are none.
_OURS = re.compile(r".\.aligncheck\.|\.decisions\.json$")


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths relative to the archive (with slashes, sorted) and (path, reason) of what was left out."""

    files: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def list_files(root: Path, skip: Iterable[Path] = ()) -> Listing:
    """Every file below a folder that may be a document.

    Hidden files, lock files of office programs and files of other kinds are passed over silently;
    folders that cannot be read, links that lead nowhere and links that lead back are named.

    Raises:
        InputError: the folder is missing or cannot be read.
    """
    if not root.exists():
        raise InputError("there is no such folder", path=str(root))
    if not root.is_dir():
        raise InputError("is not a folder", path=str(root), hint="'aligncheck check' is for single documents")
    skipped = {os.path.realpath(p) for p in skip}
    files: list[str] = []
    left_out: list[tuple[str, str]] = []
    above: dict[str, str] = {}
    _scan(str(root), "", (os.path.realpath(root),), above, skipped, files, left_out)
    if not files and left_out and left_out[0][0] == ".":
        raise InputError(left_out[0][1], path=str(root))
    listed: dict[str, str] = {}
    for path in sorted(files):
        first = listed.setdefault(shown(path), path)
        if first is not path:
            left_out.append((shown(path) + " (2)", f"its name is shown like that of {shown(first)}"))
    return Listing(tuple(listed.values()), tuple(sorted(left_out)))


def _scan(
    folder: str,
    prefix: str,
    trail: tuple[str, ...],
    seen: dict[str, str],
    skipped: set[str],
    files: list[str],
    left_out: list[tuple[str, str]],
) -> None:
    stack = [(folder, prefix, trail)]
    linked: list[tuple[str, str, tuple[str, ...]]] = []  # after all real folders, which come first
    while stack or linked:
        folder, prefix, trail = (stack or linked).pop()
        if trail[-1] in seen:
            first = seen[trail[-1]].rstrip("/") or "."
            left_out.append((prefix.rstrip("/"), f"a link to {first}, which is read already"))
            continue
        seen[trail[-1]] = prefix
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name, reverse=True)
        except OSError as error:
            left_out.append((prefix.rstrip("/") or ".", f"the folder cannot be read: {error.strerror}"))
            continue
        if prefix and any(e.name in (STORE, ELSEWHERE) for e in entries):
            left_out.append((prefix.rstrip("/"), "holds the results of an audit"))
            continue
        for entry in entries:
            if HIDDEN.match(entry.name) or entry.name.startswith("~$"):
                continue
            path = prefix + entry.name
            try:
                real = os.path.realpath(entry.path)
                if entry.is_dir():
                    if real in skipped:
                        continue
                    if real in trail:
                        left_out.append((path, "a link that leads back to a folder it lies in"))
                    else:
                        place = linked if entry.is_symlink() else stack
                        place.append((entry.path, path + "/", (*trail, real)))
                elif entry.is_file():
                    if may_be_document(entry.name):
                        files.append(path)
                elif entry.is_symlink():
                    left_out.append((path, "a link that leads nowhere"))
            except OSError as error:
                left_out.append((path, f"cannot be looked at: {error.strerror}"))


def may_be_document(name: str) -> bool:
    """Whether a file of this name may be a document: no hidden file, no picture, no report of ours."""
    if HIDDEN.match(name) or name.startswith("~$") or _OURS.search(name):
        return False
    return os.path.splitext(name)[1].lower() not in _IGNORED
