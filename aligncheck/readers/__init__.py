"""Documents and bilingual files of every format.

:func:`read` takes a whole file; :func:`stream` yields the pairs of a translation memory one by one,
for memories that are too large to be held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aligncheck.errors import InputError, shown
from aligncheck.model import Bitext, Document
from aligncheck.readers.base import SNIFF_BYTES, Reader, ReadOptions
from aligncheck.readers.signatures import PACKED, foreign_kind
from aligncheck.readers.snapshot import Snapshot, snapshot
from aligncheck.readers.units import Unit
from aligncheck.registry import get, load

__all__ = ["ReadOptions", "Reader", "Unit", "read", "stream", "streams"]


def read(path: Path, options: ReadOptions | None = None, format: str = "") -> Document | Bitext:
    """Read a file with the named format's reader, or with the one that knows its content best.

    Raises:
        InputError: there is no such file, or it cannot be read.
        ConfigError: no format has that name.
    """
    options = options or ReadOptions()
    if not path.exists():
        raise InputError("there is no such file", path=str(path))
    if path.is_dir():
        raise InputError(
            "is a folder", path=str(path), hint="name a file, or use 'aligncheck audit' for folders"
        )
    with snapshot(path, options.max_bytes) as held:
        reader = _reader_of(held.path, options, format)
        try:
            what = reader.read(held.path, options)
        except InputError as error:
            if not format and held.path.stat().st_size:
                _refuse_lying(held.path, path, reader, error)
            raise
    lie = "" if format else _name_lies(path, reader)
    if isinstance(what, Document):
        return _of_file(what, path, held, lie)
    return replace(
        what, source=_of_file(what.source, path, held, lie), target=_of_file(what.target, path, held)
    )


def _reader_of(path: Path, options: ReadOptions, format: str) -> Reader:
    if format:
        reader: Reader = get("aligncheck.readers", format, "format")
        return reader
    with path.open("rb") as handle:
        head = handle.read(SNIFF_BYTES)
    readers: list[Reader] = list(load("aligncheck.readers").values())
    if options.monolingual:
        # Untranslated passages in one side of a pair must not make it look like two languages in turn.
        readers = [r for r in readers if r.name != "interleaved"]
    return max(readers, key=lambda r: (r.sniff(path, head), path.suffix.lower() in r.extensions))


def _of_file(document: Document, path: Path, held: Snapshot, note: str = "") -> Document:
    """A document read from a copy, as one of the file."""
    problems = tuple(p.replace(str(held.path), str(path)) for p in document.problems) + (
        (note,) if note else ()
    )
    return replace(
        document,
        path=shown(str(path)),
        name=shown(path.stem) if document.name == held.path.stem else document.name,
        problems=problems,
        sha256=held.sha256,
    )


#: Endings that promise a format which cannot be mistaken for text.
_PROMISES = frozenset((*PACKED, *".rtf .html .htm .tmx .xlf .xliff .sdlxliff".split()))
_SURE = 0.9  # of a reader that knows a file by its signature


def _refuse_lying(held: Path, path: Path, reader: Reader, error: InputError) -> None:
    """Say what a file is, or that it is not what its name says, where it could not be read as something else.

    Raises:
        InputError: it is neither.
    """
    with held.open("rb") as handle:
        sure = reader.sniff(held, handle.read(SNIFF_BYTES)) >= _SURE
    if sure:
        return
    promised = PACKED.get(path.suffix.lower(), "")
    what, hint = foreign_kind(held)
    if what:
        raise InputError(what, path=str(path), hint=hint) from error
    if promised and _name_lies(path, reader):
        raise InputError(
            f"is no {promised}, whatever its name says, and no text either",
            path=str(path),
            hint="export it again, or rename it to what it is",
        ) from error


def _name_lies(path: Path, reader: Reader) -> str:
    """A word on a file whose name promises another format than it holds; else nothing."""
    ending = path.suffix.lower()
    if ending not in _PROMISES or ending in reader.extensions:
        return ""
    return f"the name ends in {ending}, but the content is none; it was read as {reader.name}"


def stream(path: Path, options: ReadOptions | None = None) -> Iterator[Unit]:
    """The units of a TMX file in file order, in memory that does not grow with the file.

    Raises:
        InputError: the file is no TMX, or breaks a rule of it.
    """
    from aligncheck.readers import tmx

    options = options or ReadOptions()
    if not path.is_file():
        raise InputError("there is no such file", path=str(path))
    if not streams(path):
        raise InputError("is no TMX, and only TMX can be streamed", path=str(path))
    return tmx.units(path, options)


def streams(path: Path, least: int = 0) -> bool:
    """Whether a file is one that :func:`stream` reads, and has so many bytes."""
    from aligncheck.readers import tmx

    if not path.is_file() or path.stat().st_size < least:
        return False
    with path.open("rb") as handle:
        return bool(tmx.sniff(path, handle.read(SNIFF_BYTES)))
