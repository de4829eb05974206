"""Which of the configured pairs a run of the gate looks at."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import Protocol

from aligncheck.cli.project import configured_pairs, waiver_files
from aligncheck.cli.speech import note
from aligncheck.config.patterns import Orphan, PairFiles
from aligncheck.config.project import Configuration
from aligncheck.errors import ConfigError


class Asked(Protocol):
    """What the command line says of it."""

    @property
    def files(self) -> tuple[str, ...]:
        """Files of pairs, or folders."""

    @property
    def staged(self) -> bool:
        """Only what the next commit touches."""

    @property
    def changed_since(self) -> str | None:
        """Only what was touched since a revision."""


def chosen(options: Asked, configuration: Configuration) -> tuple[tuple[PairFiles, ...], tuple[Orphan, ...]]:
    """The pairs to look at, and the halves of pairs among what was asked for that have no partner."""
    pairs, lonely = configured_pairs(configuration)
    touched = {os.path.realpath(f) for f in options.files}
    if options.staged:
        from aligncheck.archive.git import staged

        at_hand = staged(configuration.root)
        touched |= at_hand.touched
        # What git no longer keeps may still lie in the folder, but the commit will be without it.
        half = [
            (pair, [n for n in (pair.source, pair.target) if n and _real(configuration, n) in at_hand.gone])
            for pair in pairs
            if pair.target
        ]
        torn = {
            pair: Orphan(pair.target if gone[0] == pair.source else pair.source, gone[0])
            for pair, gone in half
            if len(gone) == 1
        }
        pairs = tuple(p for p in pairs if p not in torn)
        lonely = (*lonely, *torn.values())
    if options.files or options.staged:
        _refuse_unknown(options.files, configuration, lonely)
        pairs, lonely = _touched(configuration, pairs, lonely, touched)
    if options.changed_since is not None:
        pairs, lonely = _changed(configuration, pairs, lonely, options.changed_since)
    return pairs, lonely


def _touched(
    configuration: Configuration,
    pairs: tuple[PairFiles, ...],
    lonely: tuple[Orphan, ...],
    files: Collection[str],
) -> tuple[tuple[PairFiles, ...], tuple[Orphan, ...]]:
    """The pairs and the lonely halves that some files (real paths) belong to, be they gone or there."""
    root = os.path.realpath(configuration.root)
    names = {os.path.relpath(f, root).replace(os.sep, "/") for f in files}
    folders = tuple(os.path.join(f, "") for f in files if os.path.isdir(f))

    def asked_for(name: str) -> bool:
        real = _real(configuration, name)
        return real in files or real.startswith(folders)

    kept = tuple(p for p in pairs if any(n and asked_for(n) for n in (p.source, p.target)))
    return kept, tuple(o for o in lonely if asked_for(o.have) or o.concerns(names))


def _refuse_unknown(files: Sequence[str], configuration: Configuration, lonely: Sequence[Orphan]) -> None:
    """Refuse a name that leads nowhere: a mistyped one would pass the gate unseen.

    What was deleted is no such name: hooks pass on what a change touches.
    """
    root = os.path.realpath(configuration.root)
    for file in files:
        name = os.path.relpath(os.path.realpath(file), root).replace(os.sep, "/")
        if os.path.lexists(file) or any(o.concerns([name]) for o in lonely):
            continue
        from aligncheck.archive.git import knows

        if not knows(os.path.realpath(file), configuration.root):
            raise ConfigError("there is no such file", path=file, hint="name files of pairs, or folders")


def _changed(
    configuration: Configuration,
    pairs: tuple[PairFiles, ...],
    lonely: tuple[Orphan, ...],
    revision: str,
) -> tuple[tuple[PairFiles, ...], tuple[Orphan, ...]]:
    """The pairs touched since a revision; all of them when what judges them was touched."""
    from aligncheck.archive.git import changed_since

    changed = changed_since(revision, configuration.root)
    judges = [configuration.path, *waiver_files(configuration)]
    judges += [configuration.root / g for g in configuration.get("glossaries")]
    if configuration.get("baseline"):
        judges.append(configuration.place("baseline", configuration.get("baseline")))
    for path in judges:
        if path is not None and os.path.realpath(path) in changed:
            note(f"{configuration.near(path)} has changed: all pairs are checked")
            return pairs, lonely
    return _touched(configuration, pairs, lonely, changed)


def _real(configuration: Configuration, name: str) -> str:
    return os.path.realpath(configuration.root / name)
