"""Glossaries in XLSX: the first sheet that has a header we know."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from aligncheck.errors import GlossaryError, foreign
from aligncheck.limits import GLOSSARY_CELLS as MAX_CELLS
from aligncheck.limits import GLOSSARY_UNPACKED as MAX_UNPACKED
from aligncheck.terms.concepts import Concept
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.rows import from_rows, to_rows

_SAVE = "save it again as .xlsx"


def read_xlsx(data: bytes, path: str) -> Loaded:
    """Concepts and problems of a workbook; formulas count by their stored value, merged cells spread.

    Raises:
        GlossaryError: it is no workbook, or no sheet of it is a glossary.
    """
    _guard(data, path)
    values, formulas = _open(data, path, True), _open(data, path, False)
    failure: GlossaryError | None = None
    for sheet in values.worksheets:
        problems: list[Problem] = []
        try:
            rows = list(_rows(sheet, formulas[sheet.title], path, problems))
            loaded = from_rows(rows, path)
        except GlossaryError as error:
            failure = failure or error
            continue
        return Loaded(
            loaded.path, loaded.concepts, loaded.lines, loaded.term_lines, (*problems, *loaded.problems)
        )
    raise failure or GlossaryError("has no sheet", path=path)


def _guard(data: bytes, path: str) -> None:
    with (
        foreign("is a damaged workbook", path, _SAVE, GlossaryError),
        zipfile.ZipFile(io.BytesIO(data)) as archive,
    ):
        size = sum(i.file_size for i in archive.infolist())
    if size > MAX_UNPACKED:
        raise GlossaryError(f"unpacks to {size >> 20} MB", path=path, hint="split it by subject field")


def _open(data: bytes, path: str, stored: bool) -> Any:
    import openpyxl

    with foreign("is no workbook that can be read", path, _SAVE, GlossaryError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=stored)


def _rows(sheet: Any, formulas: Any, path: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    spans = [
        sheet.max_row * sheet.max_column,
        *(a.size["rows"] * a.size["columns"] for a in sheet.merged_cells.ranges),
    ]
    if sum(spans) > MAX_CELLS:
        raise GlossaryError(
            f"its sheet {sheet.title!r} spans {sum(spans):,} cells, most of them empty",
            path=path,
            hint=f"copy the terms to a new sheet; the limit is {MAX_CELLS:,}",
        )
    spread: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        top = sheet.cell(area.min_row, area.min_col).value
        for across in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                spread[across, column] = top
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = []
        for column, cell in enumerate(cells, 1):
            value = spread.get((number, column), cell.value)
            formula = formulas.cell(number, column)
            if value is None and formula.data_type == "f":
                problems.append(
                    Problem(
                        path,
                        number,
                        "error",
                        "formula",
                        f"cell {cell.coordinate} holds a formula without a value",
                        "paste its value in its place",
                    )
                )
            row.append(_text(value))
        yield number, row


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def write_xlsx(concepts: Sequence[Concept], sheet: str = "terms") -> bytes:
    """A workbook with a row a term; every cell is text."""
    return write_rows(list(to_rows(concepts)), sheet)


def write_rows(
    rows: Sequence[Sequence[str]],
    sheet: str = "terms",
    widths: Sequence[int] = (),
    choices: Sequence[str] = (),
) -> bytes:
    """A workbook of one sheet from rows of text, the first of them the header.

    ``choices``: what the first column offers to choose from; such a sheet is for reading, its long cells wrap.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for number, width in enumerate(widths or [14, 10, 40, *[16] * (len(rows[0]) - 3)], 1):
        page.column_dimensions[get_column_letter(number)].width = width
    if choices and len(rows) > 1:
        page.auto_filter.ref = f"A1:{get_column_letter(len(rows[0]))}{len(rows)}"
        offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        offered.add(f"A2:A{len(rows)}")
        page.data_validations.append(offered)
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(page, value=text)
            if isinstance(text, str):
                cell.data_type = "s"  # "=1+1" is a text here
            if number == 0:
                cell.font = Font(bold=True)
            elif choices:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            cells.append(cell)
        page.append(cells)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as package:
        package.comment = b"aligncheck"  # says who wrote it, until an office program saves it again
    return out.getvalue()
