"""Glossaries in CSV and TSV."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from aligncheck.errors import GlossaryError
from aligncheck.terms.concepts import Concept
from aligncheck.terms.problems import Loaded
from aligncheck.terms.rows import from_rows, to_rows

#: Lists of pairs that are no table: Chinese, a sign or a blank, English, or the other way round.
_ZH, _EN = r"[\u3400-\u9fff“][^=：\t,;]*?", r"[A-Za-z][^=：\t,;\u3400-\u9fff]*"
_SIGN = r"(?:\s*[=：:]\s*|\s+[-–—]+\s+|\s+)"
_SIDES = (
    re.compile(rf"\s*({_ZH}){_SIGN}({_EN})"),
    re.compile(rf"\s*({_EN}?){_SIGN}([\u3400-\u9fff][^\t,;]*)"),
)
_LISTED = 300  # code points of a row of such a list: a longer one is prose, and would take long to try
_HEAD = 100_000  # code points in which the first row is sought
_ROWS = re.compile("\r\n|[\r\n]")
_ENDS = {sign: re.compile(f"[{re.escape(sign)}\r\n]") for sign in ",;\t|"}


def read_table(data: bytes, path: str, extension: str = "") -> Loaded:
    """Concepts and problems of a table in CSV or TSV.

    Raises:
        GlossaryError: the bytes are no text, or the table is none.
    """
    text = _listed(_decode(data, path))
    separator = _separator(text, extension)
    # Pairs parted by a tab are a common list of terms; a comma may as well stand in a sentence, so there
    # every row must be a pair.
    return from_rows(split_rows(text, separator), path, header_needed=separator != "\t")


def _listed(text: str) -> str:
    """A text with tabs between the sides of a plain list (城市更新 = urban renewal), any other text as it is."""
    rows = [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
    for sides in _SIDES:
        if rows and all(len(row) <= _LISTED and sides.fullmatch(row) for row in rows):
            return "\n".join(
                row if row.startswith("#") else sides.sub(r"\1\t\2", row) for row in text.splitlines()
            )
    return text


def _decode(data: bytes, path: str) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, name, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Spreadsheets under a Chinese Windows save CSV in its own code page.
        return _strict(data, "gb18030", path)


def _strict(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GlossaryError(
            "is neither UTF-8 nor UTF-16 nor GB18030", path=path, line=line, hint="save it again as UTF-8"
        ) from error


def _separator(text: str, extension: str) -> str:
    rows = [row for row in text[:_HEAD].splitlines() if row.strip()]
    head = next((row for row in rows if not row.startswith("#")), rows[0] if rows else "")
    if extension == ".tsv" or "\t" in head:
        return "\t"
    if head.count("|") > 2 and "," not in head:  # an export of IATE
        return "|"
    return ";" if head.count(";") > head.count(",") else ","


def split_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of a table, with quoting as found.

    A cell that begins with a quotation mark is quoted (RFC 4180) when the closing mark stands right
    before a separator or the end of a row; any other quotation mark is text, as in hand-made lists.
    """
    if '"' not in text:
        for line, row in enumerate(_ROWS.split(text), 1):
            yield line, row.split(separator)
        return
    at, line, size = 0, 1, len(text)
    while at < size:
        cells: list[str] = []
        first = line
        while True:
            cell, at, lines = _cell(text, at, separator)
            cells.append(cell)
            line += lines
            if at < size and text[at] == separator:
                at += 1
                continue
            break
        if at < size:
            at += 2 if text.startswith("\r\n", at) else 1
            line += 1
        yield first, cells


def _cell(text: str, at: int, separator: str) -> tuple[str, int, int]:
    """The cell at an offset, the offset after it, and the line ends inside it."""
    size = len(text)
    if at < size and text[at] == '"':
        i = at + 1
        parts: list[str] = []
        while True:
            close = text.find('"', i)
            if close < 0:
                break
            parts.append(text[i:close])
            if text.startswith('""', close):
                parts.append('"')
                i = close + 2
                continue
            if close + 1 == size or text[close + 1] in (separator, "\n", "\r"):
                cell = "".join(parts)
                return cell, close + 1, text.count("\n", at, close)
            break
    stop = _ENDS[separator].search(text, at)
    end = stop.start() if stop else size
    return text[at:end], end, 0


def write_table(concepts: Sequence[Concept], separator: str = ",") -> bytes:
    """A table with a row a term, in UTF-8 with a byte order mark, so that spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows(to_rows(concepts))
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")
