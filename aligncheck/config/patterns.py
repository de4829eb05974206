"""Which files belong together: patterns such as ``drafts/{name}.zh.txt`` with ``drafts/{name}.en.txt``.

``{name}`` stands for a part of a file or folder name (no slash), ``{**name}`` for any part of a path;
``*`` and ``**`` match without being shared.  What a name stands for must be the same on both sides.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from aligncheck.errors import ConfigError

_PIECE = re.compile(r"\{(\*\*)?([A-Za-z_]\w*)\}|(\*\*/?)|(\*)|(\?)|(\{|\})|([^{}*?]+)")

#: Folders that never hold documents to check.
HIDDEN = re.compile(r"\.|__pycache__$|node_modules$")


@dataclass(frozen=True, slots=True)
class PairPattern:
    """Two patterns (or, for bilingual files and single documents, one: ``target`` empty)."""

    source: str
    target: str = ""
    where: str = ""  # "aligncheck.toml:7", for messages


@dataclass(frozen=True, slots=True)
class PairFiles:
    """Two files that belong together, relative to the root, with slashes; no ``target``: one file alone."""

    source: str
    target: str = ""

    @property
    def name(self) -> str:
        """The pair as people call it: its source."""
        return self.source


class Orphan(NamedTuple):
    """A file whose partner is missing, and the partner's name (a pattern where that is not known)."""

    have: str
    missing: str

    def __str__(self) -> str:
        return f"{self.have}: its partner {self.missing} is missing"

    def concerns(self, paths: Iterable[str]) -> bool:
        """Whether one of some paths is either half: the file that is there, or the one that is gone."""
        try:
            gone = compile_pattern(self.missing)
        except ConfigError:  # a name with braces of its own
            gone = re.compile(re.escape(self.missing))
        return any(p in (self.have, self.missing) or gone.match(p) for p in paths)


@dataclass(frozen=True, slots=True)
class Found:
    """What patterns found: pairs in order, and files whose partner is missing."""

    pairs: tuple[PairFiles, ...]
    orphans: tuple[Orphan, ...]


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression over a path with slashes.

    Raises:
        ConfigError: a brace is not closed or a name is no name.
    """
    out, seen = [], set()
    for piece in _PIECE.finditer(pattern):
        deep, name, stars, star, mark, brace, text = piece.groups()
        if name:
            out.append(f"(?P={name})" if name in seen else f"(?P<{name}>{'.+?' if deep else '[^/]+?'})")
            seen.add(name)
        elif stars:
            out.append("(?:[^/]+/)*" if stars.endswith("/") else ".*")
        elif star:
            out.append("[^/]*")
        elif mark:
            out.append("[^/]")
        elif brace:
            raise ConfigError(
                f"the pattern {pattern!r} has a brace that names nothing", hint="write {name}, with letters"
            )
        else:
            out.append(re.escape(text))
    return re.compile("".join(out) + r"\Z")


def names_of(pattern: str) -> set[str]:
    """The names between braces."""
    return set(compile_pattern(pattern).groupindex)


def check_pattern(pattern: PairPattern) -> None:
    """Refuse a pair of patterns that cannot tell which files belong together.

    Raises:
        ConfigError: the sides share no name, or are the same.
    """
    path, _, line = pattern.where.rpartition(":")
    if not pattern.target:
        compile_pattern(pattern.source)
        return
    left, right = names_of(pattern.source), names_of(pattern.target)
    problem = ""
    if pattern.source == pattern.target:
        problem = f"source and target are the same pattern: {pattern.source!r}"
    elif left != right:
        odd = ", ".join("{" + n + "}" for n in sorted(left ^ right))
        problem = f"only one side has {odd}: {pattern.source!r} and {pattern.target!r}"
    elif not left and any(c in pattern.source + pattern.target for c in "*?"):
        problem = f"nothing ties {pattern.source!r} to {pattern.target!r}"
    if problem:
        raise ConfigError(
            problem,
            path=path,
            line=int(line or 0),
            hint="use the same {name} on both sides, for the part that the two files share",
        )


def files_under(root: Path, skip: Iterable[Path] = ()) -> list[str]:
    """All files below a folder, relative, with slashes, sorted; hidden folders and ``skip`` left out.

    Linked folders are followed once; a link that leads back is not.
    """
    skipped = {os.path.realpath(p) for p in skip}
    found: list[str] = []
    seen: set[str] = set()
    stack = [(str(root), "")]
    while stack:
        folder, prefix = stack.pop()
        real = os.path.realpath(folder)
        if real in seen or real in skipped:
            continue
        seen.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir():
                    if not HIDDEN.match(entry.name):
                        stack.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.is_file():
                    found.append(prefix + entry.name)
            except OSError:  # a link to itself, or a folder that vanished
                continue
    return sorted(found)


def expand(patterns: Iterable[PairPattern], root: Path, skip: Iterable[Path] = ()) -> Found:
    """The pairs that patterns find below a folder.

    Raises:
        ConfigError: a file belongs to two different pairs.
    """
    files = files_under(root, skip)
    owner: dict[str, tuple[PairFiles, PairPattern]] = {}
    pairs: dict[PairFiles, None] = {}
    orphans: dict[str, str] = {}
    for pattern in patterns:
        for pair, missing in _matches(pattern, files):
            if missing:
                have = pair.source or pair.target
                orphans.setdefault(have, missing)
                continue
            for file in filter(None, (pair.source, pair.target)):
                other, theirs = owner.setdefault(file, (pair, pattern))
                if other != pair:
                    raise ConfigError(
                        f"two patterns claim {file}: {_pair(theirs)} (with {_partner(other, file)}) and "
                        f"{_pair(pattern)} (with {_partner(pair, file)})",
                        path=pattern.where.rpartition(":")[0],
                        line=int(pattern.where.rpartition(":")[2] or 0),
                        hint="make the patterns narrower, so that each file belongs to one pair",
                    )
            pairs[pair] = None
    lonely = tuple(Orphan(f, m) for f, m in sorted(orphans.items()) if f not in owner)
    return Found(tuple(sorted(pairs, key=lambda p: (p.source, p.target))), lonely)


def _pair(pattern: PairPattern) -> str:
    return f"{pattern.source!r} -> {pattern.target!r}" if pattern.target else repr(pattern.source)


def _partner(pair: PairFiles, file: str) -> str:
    return (pair.target if file == pair.source else pair.source) or "nothing"


def _matches(pattern: PairPattern, files: list[str]) -> list[tuple[PairFiles, str]]:
    left = _by_names(pattern.source, files)
    if not pattern.target:
        return [(PairFiles(f), "") for group in left.values() for f in group]
    right = _by_names(pattern.target, files)
    found: list[tuple[PairFiles, str]] = []
    for names in sorted({*left, *right}):
        ours, theirs = left.get(names, []), right.get(names, [])
        # A file that both patterns match ("{name}.txt" and "{name}.en.txt") is the narrower one's.
        ours = [f for f in ours if not _belongs_right(f, pattern)]
        for several, own in ((ours, pattern.source), (theirs, pattern.target)):
            if ours and theirs and len(several) > 1:
                raise ConfigError(
                    f"{own!r} fits both {several[0]} and {several[1]}, for one partner",
                    path=pattern.where.rpartition(":")[0],
                    line=int(pattern.where.rpartition(":")[2] or 0),
                    hint="name the part in which they differ, such as {folder}",
                )
        if ours and theirs:
            found.append((PairFiles(ours[0], theirs[0]), ""))
        elif ours:
            found += [(PairFiles(f), _filled(pattern.target, names)) for f in ours]
        elif theirs:
            found += [(PairFiles("", f), _filled(pattern.source, names)) for f in theirs]
    return found


def _belongs_right(file: str, pattern: PairPattern) -> bool:
    """Whether the target's pattern fits a file more closely than the source's."""
    other = compile_pattern(pattern.target).match(file)
    mine = compile_pattern(pattern.source).match(file)
    if other is None or mine is None:
        return other is not None
    return sum(map(len, other.groups(""))) < sum(map(len, mine.groups("")))


def _by_names(pattern: str, files: list[str]) -> dict[tuple[tuple[str, str], ...], list[str]]:
    expression = compile_pattern(pattern)
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for file in files:
        match = expression.match(file)
        if match:
            groups.setdefault(tuple(sorted(match.groupdict().items())), []).append(file)
    return groups


def _filled(pattern: str, names: tuple[tuple[str, str], ...]) -> str:
    for name, value in names:
        pattern = re.sub(r"\{(?:\*\*)?" + name + r"\}", lambda _, v=value: v, pattern)  # type: ignore[misc]
    return pattern
