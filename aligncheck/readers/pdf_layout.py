"""How the text of a PDF page is laid out: the cells of ruled tables, columns side by side, lines that run through."""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

_MOST_OBJECTS = 20_000  # of a page that are looked at for rules
_MOST_RULES = 5_000
_NEAR = 3.0  # points within which rules meet
_SHORTEST = 8.0  # points of a rule
GUTTER = 1.2  # sizes of print that part two columns at least
_FEWEST = 4  # lines of the longer column
_NARROWEST = 0.25  # of the width of the text that a column takes


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its columns and rows begin, and the rules that are really drawn."""

    xs: tuple[float, ...]  # left to right
    ys: tuple[float, ...]  # top to bottom, so falling
    down: frozenset[tuple[int, int]]  # (row, column): a rule at the left of the cell
    across: frozenset[tuple[int, int]]  # a rule at the top of the cell

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point, those of the first cell where cells are merged; None outside."""
        if not (self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]):
            return None
        column = bisect_right(self.xs, x) - 1
        row = sum(y < top for top in self.ys) - 1
        while column > 0 and (row, column) not in self.down:
            column -= 1
        while row > 0 and (row, column) not in self.across:
            row -= 1
        return row, column


def grids(page: Any) -> list[Grid]:
    """The ruled tables of a page with two columns and two rows at least."""
    level, upright = _rules(page)
    if len(level) < 3 or len(upright) < 3:
        return []
    found = []
    for hs, vs in _connected(level, upright):
        ys = sorted(_merged([y for y, _, _ in hs]), reverse=True)
        xs = _merged([x for x, _, _ in vs])
        if len(xs) < 3 or len(ys) < 3:
            continue
        rows = list(itertools.pairwise(ys))
        columns = list(itertools.pairwise(xs))
        down = {
            (r, c)
            for c, (x, _) in enumerate(columns)
            for r, (top, bottom) in enumerate(rows)
            if any(abs(v - x) < _NEAR and a <= (top + bottom) / 2 <= b for v, a, b in vs)
        }
        across = {
            (r, c)
            for r, (y, _) in enumerate(rows)
            for c, (left, right) in enumerate(columns)
            if any(abs(h - y) < _NEAR and a <= (left + right) / 2 <= b for h, a, b in hs)
        }
        found.append(Grid(tuple(xs), tuple(ys), frozenset(down), frozenset(across)))
    return found


_Rule = tuple[float, float, float]  # where it lies, where it begins and ends


def _rules(page: Any) -> tuple[list[_Rule], list[_Rule]]:
    """The level and the upright rules that are drawn, as strokes, boxes or thin fills."""
    import pypdfium2.raw as raw

    level: list[_Rule] = []
    upright: list[_Rule] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(drawn, matrix)
        start = last = (0.0, 0.0)
        for n in range(min(raw.FPDFPath_CountSegments(drawn), 200)):
            segment = raw.FPDFPath_GetPathSegment(drawn, n)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == raw.FPDF_SEGMENT_LINETO:
                _add(last, here, level, upright)
            if raw.FPDFPathSegment_GetClose(segment):
                _add(here, start, level, upright)
            last = here
        if len(level) + len(upright) > _MOST_RULES:
            return [], []  # a drawing
    return level, upright


def _add(a: tuple[float, float], b: tuple[float, float], level: list[_Rule], upright: list[_Rule]) -> None:
    (ax, ay), (bx, by) = a, b
    if abs(ay - by) < 1 and abs(ax - bx) >= _SHORTEST:
        level.append(((ay + by) / 2, min(ax, bx) - _NEAR, max(ax, bx) + _NEAR))
    elif abs(ax - bx) < 1 and abs(ay - by) >= _SHORTEST:
        upright.append(((ax + bx) / 2, min(ay, by) - _NEAR, max(ay, by) + _NEAR))


def _connected(level: list[_Rule], upright: list[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Rules that cross or touch each other, a group a table."""
    home = list(range(len(level) + len(upright)))

    def top(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for i, (y, left, right) in enumerate(level):
        for j, (x, low, high) in enumerate(upright, len(level)):
            if left <= x <= right and low <= y <= high:
                home[top(i)] = top(j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = defaultdict(lambda: ([], []))
    for n, rule in enumerate([*level, *upright]):
        groups[top(n)][n >= len(level)].append(rule)
    yield from groups.values()


def _merged(values: Sequence[float]) -> list[float]:
    """Values in order, those that lie near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


class Box(Protocol):
    """What lies on a page: a line or a piece of one; y grows upward."""

    left: float
    right: float
    bottom: float
    top: float
    size: float


B = TypeVar("B", bound=Box)


def bands(boxes: Sequence[B]) -> list[list[list[B]]]:
    """A page's boxes from top to bottom as bands of columns; a band with one column keeps its boxes' order.

    Two columns have a gutter between them that no box crosses, with several lines on either side that
    stand beside each other.
    """
    gutter = _gutter(boxes)
    if gutter is None:
        return [[list(boxes)]]
    low, high = gutter
    crossing = [b for b in boxes if b.left < low and b.right > high]
    found: list[list[list[B]]] = []
    rest = [b for b in boxes if not (b.left < low and b.right > high)]
    edges = sorted({b.top for b in crossing}, reverse=True)
    # Lines across both columns cut the page into bands.
    borders = [float("inf"), *edges, float("-inf")]
    for upper, lower in itertools.pairwise(borders):
        across = [b for b in crossing if b.top == upper]
        if across:
            found.append([across])
        inside = [b for b in rest if lower < (b.top + b.bottom) / 2 <= upper]
        sides = [[b for b in inside if b.right <= high], [b for b in inside if b.right > high]]
        if all(sides):
            found.append(sides)
        elif inside:
            found.append([inside])
    return _joined(found)


def _joined(found: list[list[list[B]]]) -> list[list[list[B]]]:
    """Neighbouring bands of one column made one."""
    out: list[list[list[B]]] = []
    for band in found:
        if out and len(out[-1]) == len(band) == 1:
            out[-1][0].extend(band[0])
        else:
            out.append(band)
    return out


def _gutter(boxes: Sequence[B]) -> tuple[float, float] | None:
    """The strip between two columns: few lines cross it, many stand on either side at the same height."""
    if len(boxes) < 2 * _FEWEST:
        return None
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    best: tuple[int, float, float] | None = None
    starts = sorted(
        {round(b.left) for b in boxes if left + 0.2 * (right - left) < b.left < right - 0.15 * (right - left)}
    )
    for start in starts:
        beside = [b for b in boxes if b.left >= start - 1]
        before = [b for b in boxes if b.right <= start]
        crossing = len(boxes) - len(beside) - len(before)
        few, many = sorted((len(beside), len(before)))
        if few < 2 or many < _FEWEST or crossing > 0.4 * len(boxes):
            continue
        # Figures at the right of a list, or numbers at its left, are no column of text.
        narrow = min(max(b.right for b in beside) - start, start - min(b.left for b in before))
        if narrow < _NARROWEST * (right - left):
            continue
        facing = sum(any(a.bottom < b.top and b.bottom < a.top for a in before) for b in beside)
        if facing < max(2, 0.6 * few):
            continue
        edge = max(b.right for b in before)
        size = sorted(b.size for b in boxes)[len(boxes) // 2]
        if start - edge < 0.8 * GUTTER * size:
            continue
        score = len(beside) + len(before)
        if best is None or score > best[0]:
            best = (score, edge, float(start))
    return (best[1] + 0.5, best[2] - 1.5) if best is not None else None
