"""The folder that an audit writes into: what its store lists is ours, nothing else is touched.

A folder may hold what people value: the archive itself, pages of a web site, another program's data.  So
an audit begins only in a folder that is empty or holds a store of its own, writes over a file only when
the store lists it, and deletes nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from aligncheck.archive.store import NAME, Store
from aligncheck.archive.unit import FOLDER
from aligncheck.archive.walk import ELSEWHERE
from aligncheck.errors import OutputError
from aligncheck.reports.write import OURS

#: The folders of pages below the output folder.
FOLDERS = (FOLDER, "years", "categories")
_STORES = (NAME, f"{NAME}-wal", f"{NAME}-shm", f"{NAME}-journal")
_LOCK = ".lock"


def refuse_foreign(output: Path, archive: Path) -> None:
    """Refuse a folder that no audit has made, before anything is written.

    Hidden entries (``.gitkeep``, ``.DS_Store``) count as nothing: no audit touches them.

    Raises:
        OutputError: the folder is the archive, holds other things, or leads elsewhere by links.
    """
    if os.path.realpath(output) == os.path.realpath(archive):
        raise OutputError(
            "is the archive itself: an audit writes nothing among its sources",
            path=str(output),
            hint="name a new folder with -o",
        )
    for name in (*FOLDERS, *_STORES, _LOCK):
        path = output / name
        if path.is_symlink():
            raise OutputError(
                "is a link: an audit follows none out of its folder",
                path=str(path),
                hint="remove the link, or name a new folder with -o",
            )
        if name in FOLDERS and path.exists() and not path.is_dir():
            raise OutputError("is no folder", path=str(path), hint="name a new folder with -o")
    store = output / NAME
    if not (output / ELSEWHERE).exists() and (not store.exists() or not store.stat().st_size):
        first = next(_strangers(output), None)
        if first is not None:
            raise OutputError(
                f"holds {first!r}, which no audit has put there, and no {NAME}",
                path=str(output),
                hint="name a new or empty folder with -o; nothing was changed",
            )


def _strangers(output: Path) -> Iterator[str]:
    try:
        names = sorted(os.listdir(output))
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(
            f"cannot be looked into: {error.strerror}", path=str(output), hint="name another folder with -o"
        ) from None
    yield from (n for n in names if not n.startswith(".") and n not in _STORES)


@contextlib.contextmanager
def locked(output: Path) -> Iterator[None]:
    """Only one audit at a time writes into a folder; a killed one leaves no lock behind.

    Raises:
        OutputError: another one is at work, or the folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        # A lock that is a link is not followed, and what is there is not emptied.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(output / _LOCK, flags, 0o666)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", path=str(output), hint="name another folder with -o"
        ) from None
    try:
        _lock(handle, output)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, output: Path) -> None:
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            "another audit is at work here", path=str(output), hint="wait for it, or name another folder"
        ) from None
    except OSError as error:
        raise OutputError(
            f"cannot be locked: {error.strerror}",
            path=str(output),
            hint="its file system knows no locks; name a folder on a local disk with -o",
        ) from None


class Output:
    """The folder together with the list of our files in it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store

    def claim(self, names: Iterable[str]) -> None:
        """Enter names into the list before their files are written.

        Raises:
            OutputError: a file of one of the names is there already, and is not ours.
        """
        ours = set(self.store.files())
        names = dict.fromkeys(names)
        for name in names:
            path = self.folder / name
            if path.is_symlink() or (name not in ours and os.path.lexists(path)):
                raise OutputError(
                    "is in the way: no audit has put it there",
                    path=str(path),
                    hint="move it away, or name another folder with -o; nothing was changed",
                )
        self.store.list_files(n for n in names if n not in ours)

    def sweep(self, wanted: Iterable[str]) -> None:
        """Delete those of our files that are not wanted any more, and what a killed run left half-written."""
        keep = set(wanted)
        listed = self.store.files()
        self._sweep_halves(listed)
        gone = [name for name in listed if name not in keep]
        for name in gone:
            path = self.folder / name
            if path.parent.is_symlink():
                continue
            with contextlib.suppress(OSError):
                if not stat.S_ISDIR(os.lstat(path).st_mode):
                    os.unlink(path)
        self.store.forget_files(gone)

    def _sweep_halves(self, listed: Iterable[str]) -> None:
        for folder in {(self.folder / name).parent for name in listed} | {self.folder}:
            if folder.is_dir() and (folder == self.folder or not folder.is_symlink()):
                for entry in os.listdir(folder):
                    if _HALF.match(entry):
                        with contextlib.suppress(OSError):
                            os.unlink(folder / entry)


#: What :func:`aligncheck.reports.write.write_atomically` calls a file until it is complete.
_HALF = re.compile(rf"{re.escape(OURS)}-[0-9a-z_]{{8}}\.tmp\Z")
