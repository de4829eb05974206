"""The package's own tables: text files that lie in ``data/`` beside the code that reads them.

A table (``.tsv``, ``.txt``) has a row a line, its columns parted by tabs; blank lines, and lines that begin
with ``#``, say nothing: the first of these names the source.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def text(package: str, name: str) -> str:
    """A file of a package's ``data/``."""
    return (files(package) / "data" / name).read_text(encoding="utf-8")


def rows(package: str, name: str) -> list[list[str]]:
    """The rows of a table, each as its columns."""
    return [
        line.split("\t") for line in text(package, name).splitlines() if line and not line.startswith("#")
    ]


@cache
def weights(package: str, name: str) -> dict[str, Any]:
    """Fitted weights by name, from a JSON file, read once."""
    loaded: dict[str, Any] = json.loads(text(package, name))
    return loaded


def grammar(package: str, name: str) -> dict[str, Any]:
    """A grammar from a TOML file."""
    loaded: dict[str, Any] = tomllib.loads(text(package, name))
    return loaded
