"""ODS: the pairs in the columns of an OpenDocument workbook, a row a pair.

OpenDocument 1.3 spreadsheets, read from ``content.xml`` of the package (or from a flat file, FODS) by the one strict
XML parser.  A cell's text is what it shows; comments are left out, and sheets that are hidden.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Bitext, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_size, check_units
from aligncheck.readers.odt import OFFICE, STYLE, TABLE, TEXT, count, is_flat
from aligncheck.readers.packages import BROKEN, broken_package, check_zip, package_kind
from aligncheck.readers.rows import Cell, bitext_of_sheets
from aligncheck.readers.xml import Element, local, parse

_MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SILENT = frozenset(("annotation", "annotation-end", "ruby-text"))
_WIDEST = 1_000  # columns; programs fill a sheet up to its last one
_MOST_ROWS = 1 << 20  # of a sheet


def read(path: Path, options: ReadOptions) -> Bitext:
    """Read the pairs of an OpenDocument workbook."""
    if is_flat(path):
        check_size(path, options)
        root = parse(path, str(path), options)
    else:
        check_zip(path, options, "content.xml", "an OpenDocument workbook")
        try:
            with zipfile.ZipFile(path) as package:
                root = parse(io.BytesIO(package.read("content.xml")), f"{path}!content.xml", options)
        except BROKEN as error:
            raise broken_package(path, error) from error
    book = root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if book is None:
        raise InputError("is an OpenDocument file without sheets", path=str(path))
    unseen = set(_hidden_styles(root))
    sheets, hidden = [], []
    for table in book.findall(f"{TABLE}table"):
        title = table.get(f"{TABLE}name") or ""
        if table.get(f"{TABLE}style-name") in unseen:
            hidden.append(title)
        else:
            sheets.append((title, list(_rows(table, title, path, options))))
    return bitext_of_sheets(sheets, hidden, path, options)


def _hidden_styles(root: Element) -> Iterator[str]:
    for style in root.iter(f"{STYLE}style"):
        shown = style.find(f"{STYLE}table-properties")
        if shown is not None and shown.get(f"{TABLE}display") == "false":
            yield style.get(f"{STYLE}name") or ""


def _rows(table: Element, title: str, path: Path, options: ReadOptions) -> Iterator[list[Cell]]:
    """The rows that hold text; a row that is said to come several times does."""
    number, found = 1, 0
    for row in table.iter(f"{TABLE}table-row"):
        times = count(row.get(f"{TABLE}number-rows-repeated"), _MOST_ROWS)
        texts = _texts(row)
        if any(text.strip() for text in texts):
            found += times
            check_units(found, str(path), options, "rows")
            for at in range(number, number + times):
                yield [
                    Cell(text, Place(line=at, cell=f"{title}!{_letters(column)}{at}"), Anchor(0, at))
                    for column, text in enumerate(texts)
                ]
        number += times


def _texts(row: Element) -> list[str]:
    """The texts of a row's cells, up to the last one that has any."""
    texts: list[str] = []
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            text = "\n".join(_text(p) for p in cell if local(p) == "p")
            times = count(cell.get(f"{TABLE}number-columns-repeated"), _WIDEST)
            texts += [text] * min(times, _WIDEST - len(texts))
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(element: Element) -> str:
    """What a paragraph shows."""
    text = element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            text += " " * count(child.get(f"{TEXT}c"), _WIDEST)
        elif name == "tab":
            text += "\t"
        elif name == "line-break":
            text += "\n"
        elif name and name not in _SILENT:
            text += _text(child)
        text += child.tail or ""
    return text


def _letters(column: int) -> str:
    """A column's name (counted from 0): A to Z, then AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sniff(path: Path, head: bytes) -> float:
    """A zip package that says it is an OpenDocument workbook, or a flat file that says so."""
    flat = b"<office:document" in head[:8192] and _MEDIA_TYPE in head[:8192]
    return 0.96 if flat or package_kind(path, head) == "ods" else 0.0


READER = Reader(
    "ods", "pairs in the columns of an OpenDocument workbook", (".ods", ".ots", ".fods"), sniff, read
)
