"""EPUB: the chapters of the spine in reading order, each read as a web page (EPUB 3.3, OCF and packages)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import html
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.packages import BROKEN, broken_package, check_zip, package_kind
from aligncheck.readers.structure import Raw
from aligncheck.readers.xml import Element, parse

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read the chapters of a book."""
    check_zip(path, options, _CONTAINER, "an EPUB book")
    raws: list[Raw] = []
    tables = 0
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            for name in _chapters(package, path, options):
                if name not in names:
                    raise InputError(f"lists a chapter that it does not hold: {name!r}", path=str(path))
                chapter = html.raws_of(package.read(name), f"{path}!{name}", options)
                raws += (_placed(raw, posixpath.basename(name), tables) for raw in chapter)
                tables = 1 + max((raw.cell[0] for raw in raws if raw.cell), default=tables - 1)
    except BROKEN as error:
        raise broken_package(path, error) from error
    return assemble(raws, path, options)


def _placed(raw: Raw, name: str, tables: int) -> Raw:
    """A block with the name of its chapter: lines alone would not tell which."""
    where = f"{name}, {raw.place.cell}" if raw.place.cell else f"{name}:{raw.place.line or 1}"
    cell = (raw.cell[0] + tables, raw.cell[1], raw.cell[2]) if raw.cell else None
    return replace(raw, place=replace(raw.place, line=None, cell=where), anchors=(), cell=cell)


def _chapters(package: zipfile.ZipFile, path: Path, options: ReadOptions) -> Iterator[str]:
    """The names of the pages of the spine in order, without the table of contents."""

    def part(name: str) -> Element:
        try:
            return parse(io.BytesIO(package.read(name)), f"{path}!{name}", options)
        except KeyError:
            raise InputError(f"does not hold {name!r}, which it refers to", path=str(path)) from None

    container: Element = part(_CONTAINER)
    opened = next((f.get("full-path") for f in container.iter("{*}rootfile")), None)
    if not opened:
        raise InputError("names no package document in its container", path=str(path))
    book: Element = part(opened)
    folder = posixpath.dirname(opened)
    items = {item.get("id"): item for item in book.iter("{*}item")}
    locked = set()
    if "META-INF/encryption.xml" in package.namelist():
        encryption: Element = part("META-INF/encryption.xml")
        locked = {unquote(r.get("URI") or "") for r in encryption.iter("{*}CipherReference")}
    for entry in book.iter("{*}itemref"):
        item = items.get(entry.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or entry.get("linear") == "no":
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if name in locked:
            raise InputError("is protected against copying", path=str(path), hint="name an open copy")
        yield name


def sniff(path: Path, head: bytes) -> float:
    """A zip package that says it is a book."""
    return 0.95 if package_kind(path, head) == "epub" else 0.0


READER = Reader("epub", "books (EPUB), chapter by chapter", (".epub",), sniff, read)
