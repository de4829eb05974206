"""Decisions from a workbook: the XLSX report, as an editor has filled it in and any program has saved it."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from aligncheck.errors import ConfigError, foreign, foreign_items
from aligncheck.limits import WAIVER_COLUMNS as _MAX_COLUMNS
from aligncheck.limits import WAIVER_UNPACKED as _MAX_UNPACKED
from aligncheck.waivers.entry import ID, Entry, Spot, entry_of

_SAVE = "save it again as .xlsx, or export it anew: aligncheck check … -f xlsx"
#: What the columns may be called; of ``Decision / 处理`` either part will do.
_COLUMNS = {
    **dict.fromkeys(("id", "finding", "finding id", "编号"), "id"),
    **dict.fromkeys(("decision", "处理"), "decision"),
    **dict.fromkeys(("new wording", "改为"), "replacement"),
    **dict.fromkeys(("reason", "理由"), "reason"),
    **dict.fromkeys(("by", "who", "姓名"), "by"),
    **dict.fromkeys(("until", "有效期至"), "until"),
    **dict.fromkeys(("note to the translator", "comment", "给译者的备注", "备注"), "comment"),
    **dict.fromkeys(("suggestion", "建议"), "suggestion"),
    **dict.fromkeys(("words in the draft", "译文原词"), "words"),
    **dict.fromkeys(("place in the draft", "译文定位"), "spot"),
}
#: What a person may write as a decision; of ``accept / 确认`` either part will do.
_DECISIONS = {
    **dict.fromkeys(("waive", "waived", "豁免", "已豁免"), "waive"),
    **dict.fromkeys(("accept", "accepted", "确认", "已确认", "采纳"), "accept"),
    **dict.fromkeys(("use", "use it", "use the suggestion", "采用", "采用建议"), "use"),
    **dict.fromkeys(("reject", "rejected", "not an error", "误报"), "reject"),
    **dict.fromkeys(("note", "备注"), "note"),
}
_SPOT = re.compile(r"(\d{1,9}):(\d{1,9})-(\d{1,9})\Z")
_ERRORS = {"#VALUE!", "#NAME?", "#REF!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!"}
_TITLES = {
    "decision": "Decision",
    "replacement": "New wording",
    "reason": "Reason",
    "comment": "Note to the translator",
}
#: Rows in which the headings are looked for.
_HEAD_ROWS = 20


class Problem(NamedTuple):
    """What is wrong in a row, and the way out."""

    what: str
    hint: str


def decisions_in(raw: bytes, path: str) -> list[Entry]:
    """The decisions of a workbook, in the order of its rows; rows without any are left out.

    Raises:
        ConfigError: it cannot be read, has no such sheet, or rows make no sense; all of these are named.
    """
    found: dict[str, tuple[Entry, str, int]] = {}
    wrong: list[tuple[str, int, Problem]] = []
    for sheet, number, said in _decided_rows(raw, path):
        entry = _entry(said, path)
        if entry is None:
            continue
        if isinstance(entry, Problem):
            wrong.append((sheet, number, entry))
            continue
        first, where, row = found.setdefault(entry.waiver.id, (entry, sheet, number))
        if first != entry:
            wrong.append((sheet, number, _twice(entry.waiver.id, where, row)))
    if wrong:
        sheet, number, (what, hint) = wrong[0]
        said_so = f"sheet {sheet!r}, row {number}: {what}"
        if len(wrong) > 1:
            rows = ", ".join(str(n) for _, n, _ in wrong[1:6]) + (", …" if len(wrong) > 6 else "")
            said_so += f"; also wrong: row {rows}"
        raise ConfigError(said_so, path=path, hint=hint)
    return [entry for entry, _, _ in found.values()]


def _twice(identity: str, sheet: str, row: int) -> Problem:
    return Problem(
        f"finding {identity} is decided otherwise in sheet {sheet!r}, row {row}", "keep one of the rows"
    )


def _decided_rows(raw: bytes, path: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    """(sheet, row, what it says by the names of its columns), of all sheets that have the columns."""
    import openpyxl  # here: a text file needs no workbook library

    with foreign("is no readable workbook", path, _SAVE, ConfigError):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if sum(item.file_size for item in package.infolist()) > _MAX_UNPACKED:
                raise ConfigError("unpacks to far too much for a waiver file", path=path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    known = False
    try:
        for sheet in book.worksheets:
            columns: dict[str, int] = {}
            rows = foreign_items(
                _rows(sheet), f"its sheet {sheet.title!r} cannot be read", path, _SAVE, ConfigError
            )
            for number, row in enumerate(rows, 1):
                cells = ["" if c is None else c for c in row]
                if columns:
                    yield sheet.title, number, _said(cells, columns)
                    continue
                named = _columns(cells)
                if "id" in named and "decision" in named:
                    columns, known = named, True
                elif number >= _HEAD_ROWS:
                    break
    finally:
        book.close()
    if not known:
        raise ConfigError(
            "has no sheet with the columns id and decision",
            path=path,
            hint="export it with: aligncheck check … -f xlsx",
        )


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What the file claims about its size is not asked: it may claim millions of empty columns.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS)


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    """The number of each column that is known by its heading, the first of two alike."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for part in _parts(cell):
            if part in _COLUMNS:
                found.setdefault(_COLUMNS[part], at)
                break
    return found


def _parts(cell: Any) -> list[str]:
    """The parts of ``Decision / 处理``, as they are looked up."""
    return [re.sub(r"[\s_]+", " ", part.strip().lower()) for part in str(cell).split("/")]


def _said(cells: Sequence[Any], columns: dict[str, int]) -> dict[str, str]:
    said = {}
    for name, index in columns.items():
        value = cells[index] if index < len(cells) else ""
        if isinstance(value, datetime.datetime):
            value = value.date()
        # Words that are looked for in the draft, or put there, keep the blanks around them.
        said[name] = str(value) if name in ("words", "suggestion", "replacement") else str(value).strip()
    return said


def _entry(said: dict[str, str], path: str) -> Entry | Problem | None:
    """The decision of a row; None where it holds none."""
    filled = {k: said.get(k, "").strip() for k in ("decision", "replacement", "reason", "comment")}
    if filled["comment"] == "baseline" and not filled["decision"]:
        return None  # as the program itself once marked what is in the baseline
    if not any(filled.values()):
        return None
    broken = next((k for k, text in filled.items() if text in _ERRORS), "")
    if broken:
        return Problem(
            f"the cell {_TITLES[broken]} holds the error {filled[broken]} of a formula",
            "write the words themselves, with ' before a leading =",
        )
    identity = said.get("id", "").lower()
    if not ID.match(identity):
        return Problem("has no finding id", "copy the id from the report, or empty the row")
    decision = next((_DECISIONS[p] for p in _parts(filled["decision"]) if p in _DECISIONS), "")
    if not decision:
        if filled["decision"]:
            return Problem(
                f"unknown decision {filled['decision']!r}",
                "write accept, use the suggestion, waive or not an error, or nothing",
            )
        decision = "accept" if filled["replacement"] else "note" if filled["comment"] else ""
    wrong = _senseless(decision, filled, said.get("suggestion", ""))
    if wrong is not None:
        return wrong
    wording = said.get("replacement", "") if filled["replacement"] else ""
    if decision == "use":
        decision, wording = "accept", wording or said.get("suggestion", "")
    if decision == "reject" and not filled["reason"]:
        said = {**said, "reason": "not an error"}
    try:
        entry = entry_of(identity, {**said, "decision": decision, "replacement": wording}, path)
    except ConfigError as error:
        return Problem(error.what, error.hint)
    return replace(entry, spot=_spot(said))


def _senseless(decision: str, filled: dict[str, str], suggestion: str) -> Problem | None:
    if not decision:
        return Problem("has a reason but no decision", "choose what the reason is for in the column Decision")
    if decision == "waive" and not filled["reason"]:
        return Problem("is waived without a reason", "say why in the column Reason")
    if decision in ("waive", "reject") and filled["replacement"]:
        return Problem("has a new wording, but is not accepted", "accept it, or empty the column New wording")
    if decision == "use" and not suggestion.strip() and not filled["replacement"]:
        return Problem("has no suggestion to use", "write the words in the column New wording")
    return None


def _spot(said: dict[str, str]) -> Spot | None:
    at = _SPOT.match(said.get("spot", ""))
    return Spot(int(at[1]), int(at[2]), int(at[3]), said["words"]) if at and said.get("words") else None
