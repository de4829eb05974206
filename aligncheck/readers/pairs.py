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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligncheck.errors import InputError, foreign, foreign_items
from aligncheck.model import Anchor, Bitext, Block, BlockPair, Document, Language, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.columns import choose
from aligncheck.readers.files import check_units, lines, read_text
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import note_marks
from aligncheck.readers.tables import remarks_on


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands."""

    text: str
    place: Place
    anchor: Anchor


Row = Sequence[Cell]
_LOOKED_AT = 2_000  # rows that tell the columns


def bitext_of_rows(
    rows: Sequence[Row], path: str, name: str, options: ReadOptions, where: str = ""
) -> Bitext:
    """The bitext that rows of cells hold; ``where`` leads what is remarked on them.

    Raises:
        InputError: there are no two columns of two languages.
    """
    rows = [row for row in rows if any(cell.text.strip() for cell in row)]
    if not rows:
        raise InputError("holds no text", path=path)
    check_units(len(rows), path, options, "rows")
    chosen = choose([[cell.text for cell in row] for row in rows[:_LOOKED_AT]])
    if chosen is None:
        raise _no_columns(rows, path)
    rows = rows[chosen.first_row :]
    languages: tuple[Language, Language] = ("zh", "en") if chosen.source == "zh" else ("en", "zh")
    sides: list[list[Block]] = [[], []]
    pairs = []
    for row in rows:
        ids: list[tuple[int, ...]] = []
        for side, column in zip(sides, chosen.sides, strict=True):
            cell = row[column] if column < len(row) else None
            if cell is None or not cell.text.strip():
                ids.append(())
                continue
            marks = tuple(note_marks(cell.text, set()))
            side.append(
                Block(len(side), "paragraph", cell.text, cell.place, marks=marks, anchors=(cell.anchor,))
            )
            ids.append((len(side) - 1,))
        if ids[0] or ids[1]:
            place = row[0].place
            pairs.append(BlockPair(ids[0], ids[1], place.label()))
    source, target = (
        Document(path, language, tuple(blocks), name)
        for language, blocks in zip(languages, sides, strict=True)
    )
    source = replace(source, problems=tuple(remarks_on(chosen, where)))
    return Bitext(source, target, given=tuple(pairs), paired=True)


def _no_columns(rows: Sequence[Row], path: str) -> InputError:
    width = max(len(row) for row in rows)
    spoken = {_column_language(rows, c) for c in range(width)} - {None}
    if width < 2:
        what = "has but one column"
    elif not spoken:
        what = "has no column of text"
    elif len(spoken) == 1:
        what = f"has only {'Chinese' if spoken == {'zh'} else 'English'} columns"
    else:
        what = "has a Chinese and an English column only in its headings"
    return InputError(
        f"{what}: pairs need a Chinese and an English column",
        path=path,
        hint="put source and target side by side: source<TAB>target",
    )


def _column_language(rows: Sequence[Row], column: int) -> Language | None:
    votes = {"zh": 0, "en": 0}
    for row in rows[:2000]:
        if column < len(row) and has_words(row[column].text):
            votes[language_of(row[column].text)] += 1
    if not votes["zh"] + votes["en"]:
        return None
    return "zh" if votes["zh"] >= votes["en"] else "en"


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
    filled = [(title, [r for r in rows if any(c.text.strip() for c in r)]) for title, rows in sheets]
    usable = [(title, rows) for title, rows in filled if choose(_texts(rows)) is not None]
    if not usable:
        raise InputError(
            "no sheet has a Chinese and an English column" + (f" ({len(hidden)} hidden)" if hidden else ""),
            path=str(path),
            hint="put source and target side by side",
        )
    several = len(usable) > 1
    parts = [
        bitext_of_rows(rows, str(path), path.stem, options, f"{title}: " if several else "")
        for title, rows in usable
    ]
    whole = parts[0] if len(parts) == 1 else _concatenated(parts)
    taken = {title for title, _ in usable}
    unpaired = [title for title, rows in filled if rows and title not in taken]
    remarks = _sheet_remarks([title for title, _ in usable], unpaired, hidden)
    return replace(whole, source=replace(whole.source, problems=(*remarks, *whole.source.problems)))


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows[:_LOOKED_AT]]


def _sheet_remarks(taken: list[str], unpaired: list[str], hidden: list[str]) -> list[str]:
    found = []
    if len(taken) > 1:
        found.append(f"the sheets {_quoted(taken)} were taken")
    elif unpaired or hidden:
        found.append(f"the sheet {_quoted(taken)} was taken")
    if unpaired:
        found.append(f"sheets without a Chinese and an English column left out: {_quoted(unpaired)}")
    if hidden:
        found.append(f"hidden sheets left out: {_quoted(hidden)}")
    return found


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


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


def _concatenated(parts: Sequence[Bitext]) -> Bitext:
    source: list[Block] = []
    target: list[Block] = []
    pairs: list[BlockPair] = []
    for part in parts:
        # A later sheet may have its columns the other way round.
        a, b = part.source, part.target
        flip = a.language != parts[0].source.language
        if flip:
            a, b = b, a
        for pair in part.given:
            left, right = (pair.target, pair.source) if flip else (pair.source, pair.target)
            pairs.append(
                BlockPair(
                    tuple(i + len(source) for i in left), tuple(i + len(target) for i in right), pair.unit
                )
            )
        source += [replace(block, id=block.id + len(source)) for block in a.blocks]
        target += [replace(block, id=block.id + len(target)) for block in b.blocks]
    first = parts[0]
    return Bitext(
        replace(
            first.source,
            blocks=tuple(source),
            problems=tuple(m for part in parts for m in part.source.problems),
        ),
        replace(first.target, blocks=tuple(target)),
        given=tuple(pairs),
        paired=True,
    )


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
)
