"""What git says about changed files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from aligncheck.errors import ConfigError


def changed_since(revision: str, folder: Path) -> set[str]:
    """Real paths of the files that differ from where this branch left a revision, committed or not.

    Raises:
        ConfigError: there is no git, no repository, or no such revision.
    """
    top = _git(folder, "rev-parse", "--show-toplevel", hint="run it inside a git repository").strip()
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
        base = _git(folder, "merge-base", revision, "HEAD").strip() or revision
    except ConfigError:  # histories without a common ancestor, or no commit yet
        base = revision
    names = _git(folder, "-C", top, "diff", "--name-only", "--no-renames", "-z", base, "--").split("\0")
    names += _git(folder, "-C", top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return {os.path.realpath(os.path.join(top, n)) for n in names if n}


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
