"""Pairs in columns: TSV, CSV and XLSX; a row is a pair, the first of the two columns is the source.

The two columns are found by their headings (``zh``, ``source``, 中文 …) or by their languages, so a
column of numbers or ids may stand beside them.  Empty cells are allowed: what is missing is to be
found by the checks.
"""

from __future__ import annotations

import csv
import io
import itertools
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aligncheck.errors import InputError, foreign, foreign_items
from aligncheck.model import Anchor, Bitext, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_units, lines, read_text
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.ods import READER as ODS
from aligncheck.readers.rows import Cell, Row, bitext_of_rows, bitext_of_sheets


def read_tsv(path: Path, options: ReadOptions) -> Bitext:
    """Read tab-separated pairs; quotation marks are text unless the file is plainly CSV-quoted."""
    rows = [(n, line.split("\t")) for n, line in lines(read_text(path, options)) if line.strip()]
    quoted = _is_quoted(field for _, row in rows for field in row)
    if quoted:
        return _read_csv(path, options, "\t")
    table = []
    for number, fields in rows:
        cells, column = [], 1
        for field in fields:
            cells.append(Cell(field, Place(line=number), Anchor(0, number, column)))
            column += len(field) + 1
        table.append(cells)
    return bitext_of_rows(table, str(path), path.stem, options)


def _is_quoted(fields: Iterable[str]) -> bool:
    """CSV quoting: no field is at odds with it, and some field has doubled quotes or all are quoted."""
    doubled = False
    every = True
    opened = False
    for field in fields:
        if not field.strip():
            continue
        body = field.strip()
        if body.startswith('"') and len(body) > 1 and body.endswith('"'):
            inner = body[1:-1]
            if '"' in inner.replace('""', ""):
                return False
            doubled = doubled or '""' in inner
            opened = True
        else:
            every = False
            if body.startswith('"'):
                return False
    return opened and (doubled or every)


def read_csv(path: Path, options: ReadOptions) -> Bitext:
    """Read comma- or semicolon-separated pairs."""
    return _read_csv(path, options, "")


def _read_csv(path: Path, options: ReadOptions, delimiter: str) -> Bitext:
    text = read_text(path, options)
    delimiter = delimiter or _delimiter(text)
    limit = csv.field_size_limit(options.max_paragraph)
    try:
        table = list(_csv_rows(text, delimiter))
    except csv.Error as error:
        raise InputError(f"is not CSV: {error}", path=str(path)) from error
    finally:
        csv.field_size_limit(limit)
    return bitext_of_rows(table, str(path), path.stem, options)


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    at = 1
    for fields in reader:
        # The row number is the line on which the row begins; quoted fields may span lines.
        yield [Cell(f, Place(line=at), Anchor(0, at)) for f in fields]
        at = reader.line_num + 1


def _delimiter(text: str) -> str:
    sample = "\n".join(row for _, row in itertools.islice(lines(text[:65536]), 50))
    return max(",;\t|", key=lambda d: sample.count(d) if d != "," else 0.5 * sample.count(d))


def read_xlsx(path: Path, options: ReadOptions) -> Bitext:
    """Read the pairs of a workbook: the sheets that have a Chinese and an English column."""
    from aligncheck.readers.packages import check_zip

    check_zip(path, options, "xl/workbook.xml", "an XLSX workbook")
    import openpyxl

    hint = "save it again as .xlsx"
    with path.open("rb") as handle, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with foreign("is a broken workbook", str(path), hint):
            book = openpyxl.load_workbook(handle, read_only=True, data_only=True, keep_links=False)
        sheets = [
            (sheet.title, [cells for cells in _sheet_rows(sheet, options, str(path), hint) if cells])
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        book.close()
    return bitext_of_sheets(sheets, hidden, path, options)


def _sheet_rows(sheet: Any, options: ReadOptions, path: str, hint: str) -> Iterator[list[Cell]]:
    title = sheet.title
    broken = f"is a broken workbook: its sheet {title!r} cannot be read"
    for count, row in enumerate(foreign_items(sheet.iter_rows(), broken, path, hint)):
        check_units(count, path, options, "rows")
        cells = []
        for cell in row:
            value = cell.value
            where = f"{title}!{cell.coordinate}" if hasattr(cell, "coordinate") else ""
            place = Place(line=getattr(cell, "row", None), cell=where or None)
            cells.append(Cell("" if value is None else str(value), place, Anchor(0, place.line or 0)))
        yield cells


def sniff_tsv(path: Path, head: bytes) -> float:
    """Lines with a tab between a Chinese and an English field."""
    from aligncheck.readers.interleaved import loose

    rows = [r.split("\t") for r in loose(head).splitlines()[:200] if r.strip()]
    if len(rows) > 1:
        rows = rows[:-1] if len(head) > 60_000 else rows
    if not rows or sum(len(r) > 1 for r in rows) < 0.8 * len(rows):
        return 0.0
    spoken = [{language_of(f) for f in r if has_words(f)} for r in rows]
    both = sum(len(s) == 2 for s in spoken)
    return 0.8 if both >= 0.5 * len(rows) else (0.4 if path.suffix.lower() == ".tsv" else 0.0)


def sniff_csv(path: Path, head: bytes) -> float:
    """Only by name and two languages in most rows: commas stand in any text."""
    from aligncheck.readers.interleaved import loose

    if path.suffix.lower() != ".csv":
        return 0.0
    return 0.7 if b"\0" not in head and loose(head).strip() else 0.0


def sniff_xlsx(path: Path, head: bytes) -> float:
    """A zip package with a workbook in it."""
    from aligncheck.readers.packages import package_kind

    return 0.95 if package_kind(path, head) == "xlsx" else 0.0


READERS = (
    Reader("tsv", "pairs in tab-separated columns", (".tsv", ".tab", ".txt"), sniff_tsv, read_tsv),
    Reader("csv", "pairs in comma-separated columns", (".csv",), sniff_csv, read_csv),
    Reader("xlsx", "pairs in the columns of a workbook", (".xlsx", ".xlsm"), sniff_xlsx, read_xlsx),
    ODS,
)
