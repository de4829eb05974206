"""PDF: the characters of a page made lines, in the order in which they are read."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from aligncheck.errors import InputError
from aligncheck.model import Mark
from aligncheck.readers.files import HAN
from aligncheck.readers.pdf_layout import GUTTER, Grid, bands, grids
from aligncheck.readers.pdf_rows import unruled

_MOST_TABLES = 1_000  # of one page
_MOST_CHARACTERS = 1_000_000  # of one page; more is a trap, not a page
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f]")
#: Signs of both scripts: wide only beside Chinese.
WIDE = re.compile(_CJK.pattern[:-1] + "“”‘’…—]")


@dataclass(slots=True)
class Line:
    """A printed line; lengths are in points, y grows upward."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    marks: list[Mark] = field(default_factory=list)
    drop: bool = False
    part: int = 0  # of the page: a column between two lines that run through, or a cell
    cell: tuple[int, int, int] | None = None  # table, row and column, counted from 0


@dataclass(frozen=True, slots=True)
class _Char:
    """A character and its box; ``made``: a blank that the library puts where it sees a gap."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    made: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line outside ruled tables, and what becomes of it where columns part it at its wide gaps."""

    line: Line
    pieces: list[Line]


def lines_of(
    page: Any, text: Any, number: int, path: Path, known: set[tuple[int, int]] | None = None
) -> list[Line]:
    """The lines of a page (1-based ``number``) of the library's, with its text, in reading order.

    ``known``: the columns of unruled tables on the pages before.

    Raises:
        InputError: the page holds more characters than any page does.
    """
    return _laid_out(_rows(text, number, path), grids(page), number, known if known is not None else set())


def _laid_out(
    rows: list[list[_Char]], tables: list[Grid], page: int, known: set[tuple[int, int]]
) -> list[Line]:
    """The lines of a page in reading order: column after column, tables cell by cell, ruled or not."""
    rest: list[_Cut] = []
    cells: dict[tuple[int, int, int], list[Line]] = {}
    for row in rows:
        for cell, characters in _by_cell(row, tables):
            line = _line_of(characters, page)
            if line is None:
                continue
            if cell is None:
                rest.append(_Cut(line, _pieces(line, characters, page)))
            else:
                line.cell = cell
                cells.setdefault(cell, []).append(line)
    edges = [table.ys[-1] for table in tables]
    for table in unruled([piece for row in rest for piece in row.pieces], known):
        number = len(edges)
        for place, columns in enumerate(table):
            for column, pieces in columns.items():
                cells[number, place, column] = pieces
        taken = [piece for columns in table for pieces in columns.values() for piece in pieces]
        lowest, highest = min(p.bottom for p in taken), max(p.top for p in taken)
        edges.append(lowest)
        # What stands at the height of the table is in it.
        rest = [row for row in rest if not lowest <= (row.line.top + row.line.bottom) / 2 <= highest]
    ordered = _in_columns(rest)
    part = 1 + max((line.part for line in ordered), default=0)
    for number, edge in enumerate(edges):
        mine = sorted(key for key in cells if key[0] == number)
        inside = [line for key in mine for line in cells[key]]
        for key in mine:
            for line in cells[key]:
                line.part, line.cell = part, (_MOST_TABLES * page + number, *key[1:])
            part += 1
        below = (n for n, line in enumerate(ordered) if line.top <= edge + 1)
        at = next(below, len(ordered))
        ordered[at:at] = inside
    return ordered


def _pieces(line: Line, row: list[_Char], page: int) -> list[Line]:
    """The lines that a row of characters makes, cut at its wide gaps; the whole ``line`` where it has none."""
    cut = list(_at_gaps(row))
    if len(cut) == 1:
        return [line]
    return [piece for characters in cut for piece in [_line_of(characters, page)] if piece is not None]


def _by_cell(row: list[_Char], tables: list[Grid]) -> list[tuple[tuple[int, int, int] | None, list[_Char]]]:
    """A row of characters cut where it goes from one cell of a table into another."""
    if not tables:
        return [(None, row)]
    found: list[tuple[tuple[int, int, int] | None, list[_Char]]] = []
    for char in row:
        cell = found[-1][0] if found and char.sign.isspace() else _cell_of(char, tables)
        if not found or found[-1][0] != cell:
            found.append((cell, []))
        found[-1][1].append(char)
    return found


def _cell_of(char: _Char, tables: list[Grid]) -> tuple[int, int, int] | None:
    x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
    for number, table in enumerate(tables):
        cell = table.cell(x, y)
        if cell is not None:
            return number, *cell
    return None


def _in_columns(rows: list[_Cut]) -> list[Line]:
    """Lines in the order of their columns; those that run over the gutter of two columns are cut there."""
    laid = bands([piece for row in rows for piece in row.pieces])
    if all(len(band) == 1 for band in laid):
        return [row.line for row in rows]
    ordered: list[Line] = []
    for part, column in enumerate(column for band in laid for column in band):
        for piece in column:
            last = ordered[-1] if ordered else None
            beside = (
                last is not None and last.part == part and abs(last.bottom - piece.bottom) < 0.3 * piece.size
            )
            if last is not None and beside and piece.left >= last.right:
                shift = len(last.text) + 1
                last.marks += [Mark(m.kind, m.start + shift, m.end + shift, m.ref) for m in piece.marks]
                last.text, last.right = f"{last.text} {piece.text}", piece.right
                continue
            piece.part = part
            ordered.append(piece)
    return ordered


def _at_gaps(row: list[_Char]) -> Iterator[list[_Char]]:
    """A row cut where it has a gap as wide as a gutter."""
    piece: list[_Char] = []
    last: _Char | None = None
    for char in row:
        if last is not None and not char.sign.isspace() and char.left - last.right > GUTTER * last.size:
            yield piece
            piece = []
        piece.append(char)
        last = last if char.sign.isspace() else char
    if piece:
        yield piece


def _rows(text: Any, page: int, path: Path) -> list[list[_Char]]:
    """The characters of a page as the library puts them into lines."""
    import pypdfium2.raw as raw

    count = text.count_chars()
    if count > _MOST_CHARACTERS:
        raise InputError(f"page {page} holds {count:,} characters", path=str(path))
    # Asked for every character: the handle and the references are made once.
    handle, sign_of, box_of, size_of = (
        text.raw,
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetCharBox,
        raw.FPDFText_GetFontSize,
    )
    left, right, bottom, top = edges = tuple(ctypes.c_double() for _ in range(4))
    corners = [ctypes.byref(edge) for edge in edges]
    rows: list[list[_Char]] = []
    characters: list[_Char] = []
    for index in range(count):
        code = sign_of(handle, index)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if sign in ("\r", "\n"):
            rows.append(characters)
            characters = []
            continue
        # U+FFFE and U+0002 stand for a hyphen that broke a word over lines.
        sign = "\u00ad" if sign in ("\ufffe", "\x02") else sign
        if not sign or (sign < " " and sign != "\t"):
            continue
        box_of(handle, index, *corners)
        size = size_of(handle, index)
        box = (left.value, right.value, bottom.value, top.value)
        if characters and not sign.isspace() and _new_line(characters, box):
            rows.append(characters)
            characters = []
        made = bool(sign == " " and raw.FPDFText_IsGenerated(handle, index) == 1)
        characters.append(_Char(sign, *box, size, made))
    rows.append(characters)
    return rows


def _new_line(characters: list[_Char], box: tuple[float, ...]) -> bool:
    """Whether a character starts left of and below what came before (a line end without its sign)."""
    last = characters[-1]
    left, bottom, top = last.left, last.bottom, last.top
    height = max(top - bottom, 1.0)
    return box[1] < left - 2 * height and (box[3] < bottom or box[2] > top)


def _line_of(characters: list[_Char], page: int) -> Line | None:
    """The line that characters make; None for blanks alone."""
    printed = [c for c in characters if not c.sign.isspace()]
    if not printed:
        return None
    size = median(c.size for c in printed)
    tall = [c for c in printed if c.size >= 0.85 * size] or printed
    text, marks = _text_of(characters, size, median(c.bottom for c in tall))
    return Line(
        text,
        page,
        min(c.left for c in printed),
        max(c.right for c in printed),
        min(c.bottom for c in tall),
        max(c.top for c in tall),
        size,
        marks,
    )


def _text_of(characters: list[_Char], size: float, base: float) -> tuple[str, list[Mark]]:
    """A line's text without blanks between Chinese characters, and the figures that are raised."""
    text = ""
    raised: list[int] = []
    previous: _Char | None = None
    for index, char in enumerate(characters):
        sign = char.sign
        if sign.isspace():
            before, after = (
                text[-1:],
                next((c.sign for c in characters[index + 1 :] if not c.sign.isspace()), ""),
            )
            set_only = not before or not after or before == " " or _only_set(before, after, char.made)
            if set_only and (char.made or not _sets_apart(characters, index)):
                continue
            sign = " "
        elif previous is not None and not previous.sign.isspace():
            apart = char.left - previous.right > 0.3 * size and char.bottom < previous.top
            if apart and not WIDE.match(sign) and not WIDE.match(previous.sign):
                text += " "
        if char.size < 0.8 * size and char.bottom > base + 0.1 * size and sign.isdigit():
            raised.append(len(text))
        text += sign
        previous = char
    marks = []
    for start, end in _runs(raised):
        if start and not re.search(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$", text[:start]):
            marks.append(Mark("note", start, end, text[start:end]))
    return text, marks


def _only_set(before: str, after: str, made: bool) -> bool:
    """Whether a gap is how the line was set, not what was written: inside Chinese, or beside it."""
    chinese = bool(_CJK.match(before)), bool(_CJK.match(after))
    if any(chinese) and WIDE.match(before) and WIDE.match(after):
        return True
    return any(chinese) and made


def _sets_apart(characters: list[_Char], index: int) -> bool:
    """A blank typed between two words of a short line (office and name), not between single characters."""
    if len(characters) > 40 or sum(c.sign.isspace() for c in characters) > 2:
        return False
    left, right = characters[max(0, index - 2) : index], characters[index + 1 : index + 3]
    return len(left) == len(right) == 2 and all(HAN.match(c.sign) for c in (*left, *right))


def _runs(offsets: list[int]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for offset in offsets:
        if offset != end:
            if start >= 0:
                yield start, end
            start = offset
        end = offset + 1
    if start >= 0:
        yield start, end
