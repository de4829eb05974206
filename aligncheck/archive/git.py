"""What git says about changed files."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from aligncheck.errors import ConfigError


def changed_since(revision: str, folder: Path) -> set[str]:
    """Real paths of the files that differ from where this branch left a revision, committed or not.

    Raises:
        ConfigError: there is no git, no repository, or no such revision.
    """
    top = _top(folder)
    base = _base(revision, folder)
    names = _git(folder, "-C", top, "diff", "--name-only", "--no-renames", "-z", base, "--").split("\0")
    names += _git(folder, "-C", top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return {os.path.realpath(os.path.join(top, n)) for n in names if n}


def _base(revision: str, folder: Path) -> str:
    """Where this branch left a revision."""
    if revision.startswith("-"):
        raise ConfigError(f"{revision!r} is no git revision")
    _git(
        folder,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{revision}^{{commit}}",
        what=f"git knows no revision {revision!r}",
        hint="fetch it first (in CI, a shallow clone does not hold it: set fetch-depth to 0)",
    )
    try:
        return _git(folder, "merge-base", revision, "HEAD").strip() or revision
    except ConfigError:  # histories without a common ancestor, or no commit yet
        return revision


@dataclass(frozen=True, slots=True)
class Staged:
    """Real paths of what the next commit touches, and which of them it takes away."""

    touched: frozenset[str]
    gone: frozenset[str]


def staged(folder: Path) -> Staged:
    """What is staged for the next commit; a renamed file counts under both names.

    Raises:
        ConfigError: there is no git or no repository.
    """
    top = _top(folder)
    rows = _git(folder, "-C", top, "diff", "--cached", "--name-status", "--no-renames", "-z").split("\0")
    touched, gone = set(), set()
    for status, name in zip(rows[::2], rows[1::2], strict=False):
        path = os.path.realpath(os.path.join(top, name))
        touched.add(path)
        if status == "D":
            gone.add(path)
    return Staged(frozenset(touched), frozenset(gone))


def knows(path: str, folder: Path) -> bool:
    """Whether the last commit has a file of this real path, be it there still or deleted since."""
    try:
        top = os.path.realpath(_top(folder))
        name = os.path.relpath(path, top).replace(os.sep, "/")
        _git(folder, "cat-file", "-e", f"HEAD:{name}")
    except ConfigError:  # no git, no repository, no commit, or no such file
        return False
    return True


_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed_lines(revision: str, folder: Path) -> dict[str, frozenset[int]]:
    """Real path -> 1-based lines that a review of the changes since a revision can speak of.

    These are the lines that the unified diff with three lines of context shows.

    Raises:
        ConfigError: there is no git, no repository, or no such revision.
    """
    top = _top(folder)
    base = _base(revision, folder)
    said = _git(
        folder, "-C", top, "-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff",
        "--no-renames", "--no-prefix", "-U3", base, "HEAD", "--",
    )  # fmt: skip
    found: dict[str, set[int]] = {}
    lines: set[int] = set()
    left = 0
    for row in said.split("\n"):
        if left <= 0 and row.startswith("+++ "):
            # A name with special characters stands in quotes; such files are left out.
            lines = found.setdefault(os.path.realpath(os.path.join(top, row[4:].rstrip("\t"))), set())
        elif hunk := _HUNK.match(row) if left <= 0 else None:
            start, count = int(hunk[1]), int(hunk[2] or 1)
            lines.update(range(start, start + count))
            left = count
        elif row[:1] in ("+", " "):
            left -= 1
    return {path: frozenset(rows) for path, rows in found.items() if rows}


def _top(folder: Path) -> str:
    return _git(folder, "rev-parse", "--show-toplevel", hint="run it inside a git repository").strip()


def _git(folder: Path, *arguments: str, what: str = "", hint: str = "") -> str:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        run = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, env=environment, check=False
        )
    except FileNotFoundError:
        raise ConfigError("--changed-since needs git, which is not installed") from None
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        first = said.splitlines()[0] if said else f"git {arguments[0]} ended with {run.returncode}"
        raise ConfigError(what or f"git: {first}", hint=hint)
    return run.stdout.decode("utf-8", "surrogateescape")
