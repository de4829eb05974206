"""Folders of the user and the platform; none of them has to be there."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path | None:
    """The user's home, or None where the system knows of none (a container's nameless user)."""
    found = os.path.expanduser("~")
    return Path(found) if os.path.isabs(found) else None


def data_folder() -> Path:
    """Where lasting records of a user are kept: ``$ALIGNCHECK_DATA``, else the platform's folder for them.

    Where there is neither, a folder below the null device, as for :func:`cache_folder`.
    """
    return _folder("data", "Application Support", ".local/share")


def cache_folder() -> Path:
    """Where tables are kept: ``$ALIGNCHECK_CACHE``, else the platform's folder for caches of a user.

    Where there is neither, a folder below the null device: nothing can be read or written there, and
    those who keep tables take every failure for an empty cache.
    """
    return _folder("cache", "Caches", ".cache")


def _folder(kind: str, mac: str, unix: str) -> Path:
    """The folder of a kind: named by the environment, else below the platform's own for it.

    ``mac``: its name in the user's Library; ``unix``: where below the home it lies without ``$XDG_..._HOME``.
    """
    named = os.environ.get(f"ALIGNCHECK_{kind.upper()}")
    if named:
        return Path(named)
    own, nowhere = home(), Path(os.devnull)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else own and own / "AppData" / "Local"
        return base / "aligncheck" / kind if base else nowhere / "aligncheck"
    if sys.platform == "darwin":
        return (own / "Library" / mac if own else nowhere) / "aligncheck"
    shared = os.environ.get(f"XDG_{kind.upper()}_HOME")
    base = Path(shared) if shared else own and own / unix
    return (base or nowhere) / "aligncheck"
