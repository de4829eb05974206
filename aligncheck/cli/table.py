"""A plain table whose columns line up under Chinese text too."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from aligncheck.errors import shown as escaped
from aligncheck.language import heard


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
    """Rows below a head, columns that are empty in every row left out; ``right``: aligned to the right.

    The head is given in English and shown in the language in force.
    """
    shown = [i for i in range(len(head)) if i == 0 or any(row[i] for row in rows)]
    clean = [[printable(row[i]) for i in shown] for row in rows]
    names = [heard(head[i]) for i in shown]
    widths = [max(map(cells, column)) for column in zip(names, *clean, strict=True)]

    def line(row: Sequence[str]) -> str:
        parts = []
        for at, text in enumerate(row):
            blank = " " * (widths[at] - cells(text))
            parts.append(blank + text if shown[at] in right else text + blank)
        return "  ".join(parts).rstrip()

    return "\n".join([line(names), "  ".join("-" * w for w in widths), *map(line, clean)])


def wrapped(text: str, indent: str, width: int = 96) -> Iterator[str]:
    """Lines of at most so many cells; Chinese has no blanks to break at, so it breaks anywhere."""
    text = printable(" ".join(text.split()))
    if cells(text) == len(text):
        yield from textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" " * len(indent)) or [
            indent
        ]
        return
    line, used, lead = "", 0, indent
    for word in _units(text):
        size = cells(word)
        if line and len(lead) + used + size > width and word not in "，。；：！？、”’）》":
            yield lead + line.rstrip()
            line, used, lead = "", 0, " " * len(indent)
            word = word.lstrip()
        line += word
        used += size
    yield lead + line


def _units(text: str) -> Iterator[str]:
    """Words with the blank before them; wide characters singly."""
    word = ""
    for character in text:
        if cells(character) == 2 or character == " ":
            if word:
                yield word
            word = character if character == " " else ""
            if character != " ":
                yield character
        else:
            word += character
    if word:
        yield word
