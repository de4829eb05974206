"""Reading glossaries of every format, with a compiled copy kept for the next time."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import marshal
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from aligncheck import __version__
from aligncheck.errors import GlossaryError
from aligncheck.folders import cache_folder
from aligncheck.limits import GLOSSARY_BYTES as MAX_BYTES
from aligncheck.terms.concepts import Concept
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.tbx import is_tbx, read_tbx
from aligncheck.terms.termbase import Termbase, build, concept_row, from_rows, index, packed, signature_of

#: Raised whenever the compiled form or the keys of the matchers change.
_CACHE_FORMAT = 6
_CACHE_WORTH = 64 * 1024  # bytes; a smaller glossary is read as fast as its compiled form


def layers() -> dict[str, Path]:
    """The layers of the glossary that ships with the tool, by name.

    They lie in the package, or beside it in a source tree.

    Raises:
        GlossaryError: the installation is incomplete.
    """
    for folder in (
        Path(str(files("aligncheck"))) / "glossary_data",
        Path(__file__).resolve().parents[2] / "glossary",
    ):
        found = sorted(folder.glob("*.tbx")) if folder.is_dir() else []
        if found:
            # What holds for the whole country comes first, what one city adds after it.
            return {p.stem: p for p in sorted(found, key=lambda p: (p.stem != "national", p.stem))}
    raise GlossaryError(
        "the official glossary is not installed", hint="install aligncheck again, or name a glossary with -g"
    )


def official_paths() -> list[Path]:
    """The files of the glossary that is in force where none is named.

    Raises:
        GlossaryError: the installation is incomplete.
    """
    return list(layers().values())


def resolved(path: Path) -> tuple[Path, bool]:
    """The file that a glossary's name means, and whether it is a layer of our own (``national``).

    A file that exists under the name is meant before a layer.
    """
    name = str(path)
    if re.fullmatch(r"[a-z][a-z-]*", name) and not path.exists():
        known = layers()
        if name in known:
            return known[name], True
        raise GlossaryError(
            "there is no such glossary",
            path=name,
            hint=f"name a file, or a layer of the official glossary: {', '.join(known)}",
        )
    return path, False


def load_termbase(paths: Sequence[Path] = (), *, cache: bool = True) -> Termbase:
    """Read and join glossaries; no paths: the official one that ships with the package.

    A path may be the name of a layer of the official one.

    Raises:
        GlossaryError: a file cannot be read, or has errors; the first is told, with their number.
    """
    named = [resolved(Path(p)) for p in paths]
    official = all(own for _, own in named)
    chosen = [path for path, _ in named] if paths else official_paths()
    blobs = [(path, _bytes(path)) for path in chosen]
    key = _key(blobs)
    worth = cache and sum(len(data) for _, data in blobs) >= _CACHE_WORTH
    if worth:
        kept = _from_cache(key, official)
        if kept is not None:
            return kept
    with no_garbage():
        return _compiled(blobs, chosen[0], official, key if worth else "")


def _compiled(blobs: Sequence[tuple[Path, bytes]], first: Path, official: bool, key: str) -> Termbase:
    """The terms of glossaries read anew; kept under a key, if there is one."""
    concepts: list[Concept] = []
    for path, data in blobs:
        loaded = read_bytes(data, path)
        refuse(loaded.problems)
        concepts.extend(loaded.concepts)
    if not concepts:
        raise GlossaryError(
            "holds no concept", path=str(first), hint="a glossary needs Chinese and English terms"
        )
    if not key:
        return build(concepts, official)
    rows = [concept_row(c) for c in concepts]
    indexes = index(concepts)
    parts = packed(rows)
    signature = signature_of(parts)
    # Each concept apart, so that only those that a text needs are ever unpacked.
    _to_cache(key, [signature, parts, indexes])
    return from_rows(rows, indexes, signature, official, concepts)


def read_glossary(path: Path) -> Loaded:
    """Concepts and problems of one file.

    Raises:
        GlossaryError: the file cannot be read at all.
    """
    return read_bytes(_bytes(path), path)


def read_bytes(data: bytes, path: Path) -> Loaded:
    """Concepts and problems of a glossary's bytes; content decides over the extension."""
    from aligncheck.terms import tables, xlsx

    if not data.strip():
        raise GlossaryError("is empty", path=str(path), hint="a glossary needs Chinese and English terms")
    if data[:4] == b"PK\x03\x04":
        return xlsx.read_xlsx(data, str(path))
    if is_tbx(data) or path.suffix.lower() in (".tbx", ".xml", ".tbxm", ".mtf"):
        return read_tbx(data, str(path))
    return tables.read_table(data, str(path), path.suffix.lower())


def refuse(problems: Sequence[Problem]) -> None:
    """Raise the first error among the problems, if there is one.

    Raises:
        GlossaryError: with the place, the reason and the number of further errors.
    """
    errors = [p for p in problems if p.level == "error"]
    if errors:
        first = errors[0]
        more = f" (and {len(errors) - 1} more errors; 'aligncheck glossary validate' lists them)"
        raise GlossaryError(
            first.message + (more if len(errors) > 1 else ""),
            path=first.path,
            line=first.line,
            hint=first.advice,
        )


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise GlossaryError("there is no such glossary", path=str(path), hint="check the path after -g")
    if path.is_dir():
        raise GlossaryError("is a folder", path=str(path), hint="name the glossary file in it")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise GlossaryError(
                f"is larger than {MAX_BYTES >> 20} MB", path=str(path), hint="split it by subject field"
            )
        return path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"cannot be read: {error.strerror}", path=str(path)) from error


def _key(blobs: Sequence[tuple[Path, bytes]]) -> str:
    """What a compiled form is valid for: the bytes, our version, Python's, and the format."""
    digest = hashlib.sha256(
        f"{_CACHE_FORMAT} {__version__} {sys.version_info[:3]} {marshal.version}".encode()
    )
    for path, data in blobs:
        digest.update(path.suffix.lower().encode() + len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


def _folder() -> Path:
    return cache_folder() / "glossaries"


def _from_cache(key: str, official: bool) -> Termbase | None:
    """The compiled form of this key; None when there is none, or it is damaged or not ours."""
    path = _folder() / f"{key}.bin"
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        raw = path.read_bytes()
    except OSError:
        return None
    body = raw[32:]
    if hashlib.sha256(body).digest() != raw[:32]:
        return None
    try:
        with no_garbage():
            signature, rows, indexes = marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        return None
    return from_rows(rows, indexes, signature, official)


@contextlib.contextmanager
def no_garbage() -> Iterator[None]:
    """Hundreds of thousands of small objects that all stay: collecting garbage meanwhile doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _to_cache(key: str, value: Any) -> None:
    """Keep the compiled form; a folder that cannot be written is no reason to fail."""
    body = marshal.dumps(value)
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            os.replace(name, folder / f"{key}.bin")
        except OSError:
            os.unlink(name)
    except OSError:
        return
