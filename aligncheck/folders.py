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
    named = os.environ.get("ALIGNCHECK_DATA")
    if named:
        return Path(named)
    own = home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else own and own / "AppData" / "Local"
        return base / "aligncheck" / "data" if base else Path(os.devnull) / "aligncheck"
    if sys.platform == "darwin":
        return (own / "Library" / "Application Support" if own else Path(os.devnull)) / "aligncheck"
    shared = os.environ.get("XDG_DATA_HOME")
    base = Path(shared) if shared else own and own / ".local" / "share"
    return (base or Path(os.devnull)) / "aligncheck"


def cache_folder() -> Path:
    """Where tables are kept: ``$ALIGNCHECK_CACHE``, else the platform's folder for caches of a user.

    Where there is neither, a folder below the null device: nothing can be read or written there, and
    those who keep tables take every failure for an empty cache.
    """
    named = os.environ.get("ALIGNCHECK_CACHE")
    if named:
        return Path(named)
    own = home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else own and own / "AppData" / "Local"
        return base / "aligncheck" / "cache" if base else Path(os.devnull) / "aligncheck"
    if sys.platform == "darwin":
        return (own / "Library" / "Caches" if own else Path(os.devnull)) / "aligncheck"
    shared = os.environ.get("XDG_CACHE_HOME")
    base = Path(shared) if shared else own and own / ".cache"
    return (base or Path(os.devnull)) / "aligncheck"
