"""The word tables of the checks: text files in ``data/`` with sections, columns and comments.

A section opens with ``[name] confidence severity``, in some tables with a category behind these, and a
row has columns parted by `` | ``, before them the confidence of its own where it differs from its
section's (``0.55: …``).  Blank lines, and lines that begin with ``#``, say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from aligncheck import data
from aligncheck.model import Category, Severity

_HEADING = re.compile(r"\[([\w-]+)\] (\d+(?:\.\d+)?) (\w+)(?: (\w+))?")
_OWN = re.compile(r"(\d\.\d+): ")
_APART = " | "


class Line(NamedTuple):
    """A line of a table that says something; ``number``: within the file, from 1."""

    file: str
    number: int
    text: str

    def fault(self, what: str) -> ValueError:
        """The error that names the file, the line and what is wrong with it."""
        return ValueError(f"{self.file}:{self.number}: {what}: {self.text}")

    def columns(self, count: int, first: int = 0) -> tuple[str, ...]:
        """The stripped columns, from code point ``first`` on.

        Raises:
            ValueError: the line has more or fewer than ``count``.
        """
        parts = tuple(part.strip() for part in self.text[first:].split(_APART))
        if len(parts) != count:
            raise self.fault(f"{count} columns wanted, {len(parts)} found")
        return parts


class Row(NamedTuple):
    """A row: its columns, and its confidence, which is its section's unless it has its own."""

    columns: tuple[str, ...]
    confidence: float


class Section(NamedTuple):
    """A heading and the rows below it; ``category`` is None in tables whose headings name none."""

    name: str
    confidence: float
    severity: Severity
    category: Category | None
    rows: list[Row]


def lines(file: str, text: str | None = None) -> list[Line]:
    """The lines that say something of a table in ``data/``, or of a text in its stead."""
    if text is None:
        text = data.text("aligncheck.checks", file)
    return [
        Line(file, number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def sections(table: Sequence[Line], columns: int, categories: bool = False) -> list[Section]:
    """The sections that the lines of a table make; ``categories``: whether each heading names one.

    Raises:
        ValueError: a line is not in its form, or a row stands before the first heading.
    """
    found: list[Section] = []
    for line in table:
        heading = _HEADING.fullmatch(line.text)
        if heading:
            found.append(_section(line, heading, categories))
            continue
        if not found:
            raise line.fault("a row before the first heading")
        own = _OWN.match(line.text)
        confidence = float(own.group(1)) if own else found[-1].confidence
        found[-1].rows.append(Row(line.columns(columns, own.end() if own else 0), confidence))
    return found


def _section(line: Line, heading: re.Match[str], categories: bool) -> Section:
    name, confidence, severity, category = heading.groups()
    if categories != bool(category):
        raise line.fault("a category wanted" if categories else "no category wanted")
    try:
        return Section(
            name, float(confidence), Severity(severity), Category(category) if category else None, []
        )
    except ValueError as error:
        raise line.fault(str(error)) from error
