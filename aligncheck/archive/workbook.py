"""The whole audit as one workbook, written row by row."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligncheck.archive.store import Store
from aligncheck.reports.escape import ILLEGAL_XML
from aligncheck.reports.package import saving
from aligncheck.reports.write import OURS, ZIP_COMMENT, keep_edited, write_atomically

#: How many characters a cell can hold.
_CELL = 32_000
#: Rows that a sheet can hold, less the head.
_ROWS = 1_048_000
_EPOCH = datetime.datetime(1980, 1, 1)

_SHEETS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    (
        "Documents",
        "SELECT source, target, year, kind, how, state, reason, verdict, critical, major, minor, neutral, "
        'penalty AS "per 1,000", quality, title, page FROM v_units ORDER BY year, unit',
        (40, 40, 8, 10, 10, 10, 30, 10),
    ),
    (
        "Findings",
        'SELECT year, source, target, severity, category, check_name AS "check", confidence, '
        'message_en AS message, message_zh AS "说明", suggestion, source_line AS "source line", '
        'source_text AS "source text", target_line AS "target line", target_text AS "target text", '
        'waived_by AS "waived by", waived_why AS "waived why", decision, decided_by AS "decided by", note, wording, id '
        "FROM v_findings ORDER BY year, unit, position",
        (8, 30, 30, 10, 14, 16, 10, 60, 60, 24, 8, 40, 8, 40),
    ),
    ("Years", "SELECT * FROM v_years ORDER BY year", (10,)),
    ("Categories", "SELECT * FROM v_categories ORDER BY year, category, severity", (10, 18, 12)),
    (
        "Drift",
        "SELECT term, due AS official, rendering, status, first, last, count, documents, "
        'found_by AS "found by" FROM drift ORDER BY concept, position',
        (24, 40, 50, 12, 8, 8),
    ),
    (
        "Terms",
        "SELECT term, rendering, status, year, source AS document, sum(count) AS times FROM v_terms "
        "GROUP BY term, rendering, status, year, source ORDER BY term, year, rendering, source",
        (24, 50, 12, 8, 40),
    ),
    (
        "Files",
        "SELECT path, state, reason, language, year, title, characters FROM document ORDER BY path",
        (50, 12, 50),
    ),
    (
        "Unclear pairs",
        "SELECT source, target, score FROM candidate ORDER BY source, score DESC, target",
        (50, 50),
    ),
)


def write_workbook(store: Store, path: Path) -> None:
    """Write the workbook; equal stores give equal bytes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "aligncheck"
    bold = Font(bold=True)
    for title, sql, widths in _SHEETS:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        rows = store.rows(f"{sql} LIMIT {_ROWS}")
        first = next(rows, None)
        names = first.keys() if first is not None else ["nothing"]
        head = []
        for name in names:
            cell = WriteOnlyCell(sheet, value=name)
            cell.font = bold
            head.append(cell)
        sheet.append(head)
        if first is None:
            continue
        sheet.append([_cell(sheet, v) for v in first])
        count = 1
        for row in rows:
            sheet.append([_cell(sheet, v) for v in row])
            count += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count + 1}"
    handle, temporary = tempfile.mkstemp(prefix=f"{OURS}-", suffix=".tmp", dir=path.parent)
    os.close(handle)
    try:
        with saving():
            book.save(temporary)
        keep_edited(path)
        write_atomically(path, _steady(temporary))
    finally:
        os.unlink(temporary)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=ILLEGAL_XML.sub("\ufffd", value)[:_CELL])
    cell.data_type = "s"  # a text that begins with "=" is no formula
    return cell


def _steady(path: str) -> Iterator[bytes]:
    """The same archive without the clock in it."""
    handle, other = tempfile.mkstemp(prefix=f"{OURS}-", suffix=".tmp", dir=os.path.dirname(path))
    os.close(handle)
    try:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                info = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                with old.open(item) as source, new.open(info, "w") as target:
                    if item.filename == "docProps/core.xml":
                        target.write(
                            re.sub(
                                rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", source.read()
                            )
                        )
                    else:
                        while chunk := source.read(1 << 20):
                            target.write(chunk)
            new.comment = ZIP_COMMENT
        with open(other, "rb") as done:
            while chunk := done.read(1 << 20):
                yield chunk
    finally:
        os.unlink(other)
