"""A plain table whose columns line up under Chinese text too."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from aligncheck.errors import shown as escaped


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def printable(text: str) -> str:
    """The text without anything that could steer a terminal; names that are no UTF-8 as everywhere."""
    return "".join(
        c if c.isprintable() else "\ufffd" if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 else f"\\u{ord(c):04x}"
        for c in escaped(text)
    )


def render_table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows below a head, columns that are empty in every row left out; ``right``: aligned to the right."""
    shown = [i for i in range(len(head)) if i == 0 or any(row[i] for row in rows)]
    clean = [[printable(row[i]) for i in shown] for row in rows]
    names = [head[i] for i in shown]
    widths = [max(map(cells, column)) for column in zip(names, *clean, strict=True)]

    def line(row: Sequence[str]) -> str:
        parts = []
        for at, text in enumerate(row):
            blank = " " * (widths[at] - cells(text))
            parts.append(blank + text if shown[at] in right else text + blank)
        return "  ".join(parts).rstrip()

    return "\n".join([line(names), "  ".join("-" * w for w in widths), *map(line, clean)])
