"""Finds checks, readers, reporters and encoders through entry points, ours by the same door as others'."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

from aligncheck.errors import ConfigError, PluginError

GROUPS = (
    "aligncheck.checks",
    "aligncheck.readers",
    "aligncheck.reporters",
    "aligncheck.encoders",
    "aligncheck.word_encoders",
)


@cache
def load(group: str) -> Mapping[str, Any]:
    """All plug-ins of a group by name, sorted.

    An entry point names one plug-in or a tuple of them; each has a ``name``.

    Raises:
        PluginError: an entry point does not load, or two plug-ins share a name.
    """
    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=group), key=lambda e: (e.name, e.value)):
        try:
            loaded = point.load()
        except Exception as error:
            raise PluginError(f"cannot load {group} {point.name!r} from {point.value}: {error!r}") from error
        for plugin in loaded if isinstance(loaded, tuple) else (loaded,):
            if found.setdefault(plugin.name, plugin) is not plugin:
                raise PluginError(f"{point.value}: {group} has two plug-ins named {plugin.name!r}")
    return MappingProxyType(dict(sorted(found.items())))


def get(group: str, name: str, what: str) -> Any:
    """One plug-in by name.

    Raises:
        ConfigError: nothing has that name; the message offers the nearest ones.
    """
    plugin = _alone(group, name)
    if plugin is not None:
        return plugin
    plugins = load(group)
    if name not in plugins:
        raise ConfigError(f"unknown {what} {name!r}", hint=did_you_mean(name, plugins))
    return plugins[name]


def names(group: str) -> list[str]:
    """The names of a group's entry points, sorted; nothing is loaded."""
    return sorted(p.name for p in _points(group))


@cache
def _alone(group: str, name: str) -> Any:
    """The plug-in of the one entry point that has its name, without loading the others.

    A command that writes one format need not wait for the libraries of all.  None where the name
    is not that of exactly one entry point; :func:`load` then finds out what there is.
    """
    points = [p for p in _points(group) if p.name == name]
    if len(points) != 1:
        return None
    try:
        loaded = points[0].load()
    except Exception:
        return None  # load() says what is wrong
    return next((p for p in (loaded if isinstance(loaded, tuple) else (loaded,)) if p.name == name), None)


@cache
def strangers() -> tuple[tuple[str, str], ...]:
    """Name and version of every installed distribution but ours that brings plug-ins, sorted."""
    points = [p for group in GROUPS for p in _points(group)]
    found = {(p.dist.name, p.dist.version) for p in points if p.dist is not None}
    return tuple(sorted(row for row in found if row[0] != "aligncheck"))


@cache
def _points(group: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``did you mean 'x'?`` or, where nothing is near, the list of what there is."""
    names = list(known)
    near = [
        n
        for n in difflib.get_close_matches(name, names, n=3, cutoff=0.6)
        # The beginning of a word is seldom mistyped: who writes "sever" does not mean "never".
        if n[:1].lower() == name[:1].lower() or difflib.SequenceMatcher(None, n, name).ratio() > 0.8
    ]
    if near:
        return "did you mean " + " or ".join(repr(n) for n in near) + "?"
    return "known: " + ", ".join(names)
