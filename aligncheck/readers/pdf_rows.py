"""Tables of a PDF page that no rules show: Chinese and English side by side, row by row.

What tells such a table from two columns of running text is the white strips that run through both languages
where a row ends.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Protocol, TypeVar

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_MOST_PIECES = 2_000  # of one page; a page of text has a hundred
_LEAST_ROWS = 3
_NEAR = 6  # points by which the columns of a table differ from page to page, with the signs they begin with
_LEAST_BOTH = 0.8  # of the rows that hold both languages
_MOST_ACROSS = 0.2  # of the pieces that run over both columns, or are in the other language
_LEAST_KEPT = 0.7  # of the wide gaps within either language that a row's end accounts for
_WIDE = 14  # sizes of print; running text is no narrower
_WIDER = 0.3  # sizes of print by which the space between rows is wider than that between lines


class Piece(Protocol):
    """A line, or what stands of it in one column; y grows upward."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


P = TypeVar("P", bound=Piece)
#: Rows of a table from top to bottom, their pieces by column: numbers before the text if there are any, the languages.
Table = list[dict[int, list[P]]]


def unruled(pieces: Sequence[P], known: set[tuple[int, int]]) -> list[Table[P]]:
    """The tables of two languages among the pieces of a page.

    ``known``: where the columns of tables began on the pages before; those of this one are added.
    """
    found = []
    for left, right, others in _sides(pieces):
        columns = _start(left), _start(right)
        again = any(abs(a - columns[0]) + abs(b - columns[1]) < _NEAR for a, b in known)
        rows = _rows(left, right, 1 if again else _LEAST_ROWS)
        if rows is None:
            continue
        known.add(columns)
        table: Table[P] = []
        for top, bottom in rows:
            row = {
                column: [p for p in side if bottom < (p.top + p.bottom) / 2 <= top]
                for column, side in enumerate((others, left, right) if others else (left, right))
            }
            table.append({column: inside for column, inside in row.items() if inside})
        found.append(table)
    return found


def _sides(pieces: Sequence[P]) -> Iterator[tuple[list[P], list[P], list[P]]]:
    """Stretches of a page with one language at the left and the other at the right, and the numbers before them."""
    if len(pieces) > _MOST_PIECES:
        return
    sides = {code: [p for p in pieces if _language(p.text) == code] for code in ("zh", "en")}
    if not all(sides.values()):
        return
    first, second = sorted(sides, key=lambda code: median(p.left for p in sides[code]))
    edge = _start(sides[second]) - 2
    across = [p for p in pieces if p.left < edge < p.right]
    if len(across) > _MOST_ACROSS * len(pieces):
        return
    through = {id(p) for p in across}
    # Lines over both columns, titles and text before and after, part the page.
    walls = sorted((p.top for p in across), reverse=True)
    for upper, lower in itertools.pairwise([float("inf"), *walls, float("-inf")]):
        within = [p for p in pieces if lower < (p.top + p.bottom) / 2 < upper and id(p) not in through]
        left = [p for p in within if p.right <= edge]
        right = [p for p in within if p.left >= edge]
        if not (_speaks(left, first) and _speaks(right, second)):
            continue
        start = _start([p for p in left if _language(p.text)])
        # What ends before the text is a number, or the head of the numbers.
        yield [p for p in left if p.right >= start], right, [p for p in left if p.right < start]


def _speaks(side: Sequence[P], language: str) -> bool:
    """Whether nearly all of a side is in a language; the head of its column may be in the other."""
    spoken = Counter(_language(p.text) for p in side)
    return spoken[language] > 0 and sum(spoken.values()) - spoken[""] - spoken[language] <= max(
        1, _MOST_ACROSS * len(side)
    )


def _start(side: Sequence[P]) -> int:
    """Where most lines of a column begin."""
    return Counter(round(p.left) for p in side).most_common(1)[0][0]


def _language(text: str) -> str:
    """The language of a piece: numbers and signs have none."""
    return "zh" if _HAN.search(text) else "en" if _LATIN.search(text) else ""


def _rows(left: Sequence[P], right: Sequence[P], fewest: int) -> list[tuple[float, float]] | None:
    """The top and bottom of each row; None where the two sides are no table."""
    both = sorted((*left, *right), key=lambda p: -p.top)
    size = median(p.size for p in both)
    # The space between wrapped lines is the least that recurs on either side.
    least = 0.0 if _line_by_line(left, right) else min(map(_usual, (left, right))) + _WIDER * size
    cuts: list[float] = []
    low = both[0].bottom
    for piece in both[1:]:
        if low - piece.top > least:
            cuts.append((low + piece.top) / 2)
        low = min(low, piece.bottom)
    rows = list(itertools.pairwise([both[0].top + 1, *cuts, low - 1]))
    # The head of a column may stand alone.
    full = sum(all(any(b < p.bottom < t for p in side) for side in (left, right)) for t, b in rows)
    if len(rows) < fewest or full < min(_LEAST_BOTH * len(rows), max(1, len(rows) - 1)):
        return None
    wide = [(high, low) for side in (left, right) for high, low in _gaps(side) if high - low > least]
    kept = sum(any(low <= cut <= high for cut in cuts) for high, low in wide)
    return rows if kept >= _LEAST_KEPT * len(wide) else None


def _gaps(side: Sequence[P]) -> list[tuple[float, float]]:
    """Where each line of a side ends and the next one begins."""
    ordered = sorted(side, key=lambda p: -p.top)
    return [(a.bottom, b.top) for a, b in itertools.pairwise(ordered) if a.bottom > b.bottom]


def _usual(side: Sequence[P]) -> float:
    gaps = sorted(high - low for high, low in _gaps(side))
    return gaps[len(gaps) // 4] if gaps else 0.0


def _line_by_line(left: Sequence[P], right: Sequence[P]) -> bool:
    """Whether every line is a row: each has one beside it, and few fill their column as running text does."""
    for side, other in ((left, right), (right, left)):
        edge, wide = max(p.right for p in side), _WIDE * median(p.size for p in side)
        filled = (
            sum(p.right > edge - 2 * p.size for p in side) if edge - min(p.left for p in side) > wide else 0
        )
        beside = sum(any(abs(p.top + p.bottom - q.top - q.bottom) < p.size for q in other) for p in side)
        if beside < 0.9 * len(side) or filled > 0.4 * len(side):
            return False
    return True
