"""Lines that were wrapped at a width, made paragraphs again, with or without blank lines between them.

A writer that wraps puts as many words on a line as fit.  So a line was wrapped when the first word of
the next one would not have fitted behind it; a paragraph begins behind a shorter line, at an indent,
at a number, or at a blank line.  A page break (form feed) is a place, not a sign.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from aligncheck.model import Anchor, Place
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import Raw, number_of

_STOPPED = re.compile(r"[.。!！?？;；:：]['\"”’)）\]］〕]*(?:[\[［〔]\d{1,3}[\]］〕])?\s*$")
_NARROWEST, _WIDEST = 40, 160  # columns of a page; a Han character takes two
_FULL = {"zh": 0.9, "en": 0.86}  # of the page's width that a wrapped line reaches with the next word
_LEAST_WRAPPED = 0.2  # of the lines with another behind them that must be wrapped
_RAGGED = 0.5  # of the width that a line needs to run on into one in lower case
_FIRST_TOKEN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff]+")
_NOTE = re.compile(r"\s*[\[［〔【]\d{1,3}[\]］〕】]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it stands: its number, text without the page break before it, and where that begins."""

    number: int
    text: str
    column: int = 1
    page: bool = False  # behind a page break

    @property
    def body(self) -> str:
        """The line without the blanks around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """Columns before the first sign."""
        lead = self.text[: len(self.text) - len(self.text.lstrip())]
        return sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in lead)


def columns(text: str) -> int:
    """How wide a text is printed in a fixed pitch: a Han character and its signs take two columns."""
    return len(text) + sum(is_wide(c) for c in text)


def is_wide(char: str) -> bool:
    """Whether a character takes two columns."""
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char >= "\U00020000"


def unwrapped(rows: list[Row], bilingual: bool = False) -> list[Raw] | None:
    """The paragraphs of wrapped lines; None where the lines were not wrapped at a width.

    ``bilingual``: a line in the other language begins a paragraph.
    """
    page = _Page.of(rows, bilingual)
    if page is None:
        return None
    raws: list[Raw] = []
    group: list[Row] = []
    for row in rows:
        if group and not page.goes_on(group, row):
            raws.append(joined(group))
            group = []
        group.append(row)
    if group:
        raws.append(joined(group))
    return raws


@dataclass(frozen=True, slots=True)
class _Page:
    """What wrapped lines have in common."""

    widths: dict[bool, int]  # of lines in Chinese (True) and in letters; one for both in one language
    margin: int  # columns before most lines
    indented: bool  # paragraphs begin with an indent
    bilingual: bool

    @classmethod
    def of(cls, rows: list[Row], bilingual: bool) -> _Page | None:
        if len(rows) < 3:
            return None
        widths = {
            wide: _width([r for r in rows if not bilingual or _chinese(r) == wide]) for wide in (True, False)
        }
        # Blank lines between the paragraphs are a sign of their own: the page may then be narrow.
        parted = sum(b.number > a.number + 1 for a, b in itertools.pairwise(rows)) >= 2
        narrowest = _NARROWEST // 2 if parted else _NARROWEST
        if not any(narrowest <= width <= _WIDEST for width in widths.values()):
            return None
        indents = Counter(r.indent for r in rows)
        margin = min(i for i, count in indents.items() if count >= 0.2 * len(rows) or len(indents) > 5)
        page = cls(widths, margin, False, bilingual)
        inner = [(a, b) for a, b in itertools.pairwise(rows) if b.number == a.number + 1]
        wrapped = [(a, b) for a, b in inner if page._full(a, b) and page._plain(b)]
        unstopped = sum(not _STOPPED.search(a.body) for a, _ in wrapped)
        if len(wrapped) < 3 or len(wrapped) < _LEAST_WRAPPED * len(inner) or unstopped < 0.6 * len(wrapped):
            return None
        begins = [b for a, b in inner if not page._full(a, b)]
        indented = bool(begins) and sum(b.indent >= margin + 2 for b in begins) >= 0.6 * len(begins)
        return cls(widths, margin, indented, bilingual)

    def _full(self, row: Row, follow: Row) -> bool:
        """Whether the first word of the next line would not have fitted behind this one."""
        token = _FIRST_TOKEN.match(follow.body)
        glue = "" if is_wide(row.body[-1]) else " "
        needed = columns(row.text.rstrip() + glue + (token.group()[:24] if token else ""))
        width = self._width(row)
        return needed > _FULL["zh" if is_wide(row.body[-1]) else "en"] * width and width <= _WIDEST

    def _width(self, row: Row) -> int:
        return self.widths[_chinese(row)]

    def _plain(self, row: Row) -> bool:
        return row.indent < self.margin + 2 and number_of(row.body) is None

    def goes_on(self, group: list[Row], row: Row) -> bool:
        """Whether a line continues the paragraph of the lines before it."""
        last = group[-1]
        stopped = bool(_STOPPED.search(last.body))
        full = self._full(last, row)
        if row.number > last.number + 1 and not row.page:
            return False  # a blank line
        if row.page and (stopped or row.indent >= self.margin + 2):
            return False
        if self.bilingual and _other_language(last.body, row.body):
            return False
        number = number_of(row.body)
        if number is not None or _NOTE.match(row.body):
            # "3.5 percent" at the beginning of a line is no number of a paragraph.
            return (
                full
                and not stopped
                and number is not None
                and number.scheme == "figure"
                and (row.body[number.end : number.end + 1].islower())
            )
        if row.indent >= self.margin + 2 and (self.indented or row.indent > last.indent):
            return len(group) == 1 and number_of(last.body) is not None and full  # a hanging indent
        if full and last.body[-1] == ";" and row.body[:1].isupper():
            return False  # an item of a list
        if full:
            return not (stopped and self.indented and row.indent >= self.margin + 2)
        ragged = columns(last.text.rstrip()) >= _RAGGED * self._width(last)
        return ragged and not stopped and row.body[:1].islower()


def _chinese(row: Row) -> bool:
    return language_of(row.text) == "zh"


def _width(rows: list[Row]) -> int:
    """The width that lines were wrapped at; a single longer one (an address, a table's row) counts little."""
    widths = sorted(columns(r.text.rstrip()) for r in rows)
    return widths[-1 - len(widths) // 20] if widths else 0


def _other_language(last: str, row: str) -> bool:
    return has_words(last) and has_words(row) and language_of(last) != language_of(row)


def _unbroken(text: str, piece: str) -> bool:
    """Whether two lines meet within a hyphenated word, or within a figure of a Chinese text."""
    if re.search(r"\w-$", text):
        return True
    return piece[0].isdigit() and bool(re.search(r"\d[.,]?$", text)) and language_of(text) == "zh"


def joined(rows: list[Row]) -> Raw:
    """One paragraph of several lines."""
    text, anchors = "", []
    for row in rows:
        piece = row.body
        if text and not (is_wide(text[-1]) or is_wide(piece[0]) or _unbroken(text, piece)):
            text += " "
        anchors.append(Anchor(len(text), row.number, row.column + row.text.index(piece)))
        text += piece
    return Raw(text, Place(line=rows[0].number), tuple(anchors))
