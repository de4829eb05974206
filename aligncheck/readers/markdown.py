"""Markdown (CommonMark with tables and footnotes): the text without its markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aligncheck.model import Anchor, Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.comments import bitext_with_comments, take_comments, with_comments
from aligncheck.readers.files import HAN, read_text
from aligncheck.readers.places import Cursor
from aligncheck.readers.structure import Raw

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_NOTE = re.compile(r"^\[\^([\w-]+)\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([\w-]+)\]")


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read a Markdown file."""
    from markdown_it import MarkdownIt

    text = read_text(path, options).replace("\r\n", "\n").replace("\r", "\n")
    text, comments = take_comments(text)
    front = _FRONT_MATTER.match(text)
    if front:
        text = re.sub(r"[^\n]", " ", front.group()) + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": min(options.max_depth, 100)}).enable("table")
    # A footnote's text would be taken for the target of a link.
    tokens = parser.parse(_NOTE.sub(lambda m: "\\" + m.group(), text))
    made = assemble(_Walk(Cursor(text)).raws(tokens), path, options)
    if isinstance(made, Bitext):
        return bitext_with_comments(made, comments)
    return with_comments(made, comments)


class _Walk:
    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._lists: list[tuple[str, int]] = []  # kind and next number of each open list
        self._tables = 0
        self._row = self._column = -1

    def raws(self, tokens: list[Any]) -> list[Raw]:
        """The blocks of a parsed file."""
        found: list[Raw] = []
        kind: BlockKind | None = None
        level = 0
        label = ""
        in_cell = False
        alone = sum(t.type == "heading_open" and t.tag == "h1" for t in tokens) == 1
        for token in tokens:
            name = token.type
            if name == "heading_open":
                level = int(token.tag[1])
                # The only heading of the first level is the document's title.
                kind, level = ("title", 0) if level == 1 and alone else ("heading", level)
            elif name in ("bullet_list_open", "ordered_list_open"):
                self._lists.append((name[:7], int(token.attrs.get("start", 1) or 1)))
            elif name in ("bullet_list_close", "ordered_list_close"):
                self._lists.pop()
            elif name == "list_item_open":
                label = self._label(token)
            elif name == "table_open":
                self._tables, self._row = self._tables + 1, -1
            elif name == "tr_open":
                self._row, self._column = self._row + 1, -1
            elif name in ("td_open", "th_open"):
                self._column, in_cell = self._column + 1, True
            elif name in ("td_close", "th_close"):
                in_cell = False
            elif name == "inline":
                item = kind is None and bool(label)
                cell = (self._tables - 1, self._row, self._column) if in_cell else None
                raw = self._inline(token, "item" if item else kind, level, label if item else "", cell)
                if raw is not None:
                    found.append(raw)
                kind, level, label = None, 0, ""
            elif name in ("fence", "code_block"):
                line = (token.map or [0])[0] + 1
                found.append(
                    Raw(token.content.rstrip("\n"), Place(line=line), (Anchor(0, line),), "boilerplate")
                )
        # Code without words is nothing to a reader of prose.
        return [raw for raw in found if raw.text.strip()]

    def _label(self, token: Any) -> str:
        kind, number = self._lists[-1]
        if kind == "bullet_":
            return str(token.markup or "•")
        self._lists[-1] = (kind, number + 1)
        return f"{token.info or number}{token.markup or '.'}"

    def _inline(
        self, token: Any, kind: BlockKind | None, level: int, label: str, cell: tuple[int, int, int] | None
    ) -> Raw | None:
        line = (token.map or [0])[0] + 1
        text = ""
        anchors: list[Anchor] = []
        for child in token.children or ():
            piece = ""
            if child.type in ("text", "code_inline") or child.type == "image":
                piece = child.content
            elif child.type == "softbreak":
                text += "\n"
                continue
            elif child.type == "hardbreak":
                text += "\v"
                continue
            if piece:
                anchors.append(self._cursor.find(piece, line, len(text)))
                text += piece
        text, shift = _joined(text)
        note = re.match(r"\[\^([\w-]+)\]:[ \t]*", text)
        if note:
            kind, label = "note", note.group(1)
        begin = note.end() if note else len(text) - len(text.lstrip())
        body = text[begin:].strip()
        if not body:
            return None
        moved: list[Anchor] = []
        for anchor in anchors:
            offset = shift[min(anchor.offset, len(shift) - 1)] - begin
            if offset >= 0:
                moved.append(Anchor(offset, anchor.line, anchor.column))
            else:
                moved = [Anchor(0, anchor.line, anchor.column - offset)]
        if moved and moved[0].offset > 0:
            moved.insert(0, Anchor(0, moved[0].line, max(1, moved[0].column - moved[0].offset)))
        marks = tuple(Mark("note", m.start(), m.end(), m.group(1)) for m in _NOTE_MARK.finditer(body))
        place = Place(line=moved[0].line if moved else line)
        return Raw(body, place, tuple(moved), kind, level, label, marks, cell)


def _joined(text: str) -> tuple[str, list[int]]:
    """Soft line breaks made blanks (nothing between Chinese characters), hard ones line ends."""
    found = ""
    shift = []
    for index, char in enumerate(text):
        shift.append(len(found))
        if char == "\v":
            found += "\n"
        elif char == "\n":
            before, after = text[index - 1 : index], text[index + 1 : index + 2]
            wide = (HAN.match(before) or before in tuple("，。；：、！？")) and HAN.match(after)
            found += "" if wide else " "
        else:
            found += char
    shift.append(len(found))
    return found, shift


def sniff(path: Path, head: bytes) -> float:
    """By name, and only where there is markup; plain text is valid Markdown too."""
    if path.suffix.lower() not in (".md", ".markdown", ".mkd"):
        return 0.0
    return 0.75 if b"\0" not in head else 0.0


READER = Reader(
    "markdown", "Markdown, also of both languages in turn", (".md", ".markdown", ".mkd"), sniff, read
)
