"""Markdown (CommonMark with tables and footnotes): the text without its markup."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from aligncheck.model import Anchor, Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.comments import bitext_with_comments, take_comments, with_comments
from aligncheck.readers.files import HAN, lines, read_text
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.places import Cursor
from aligncheck.readers.structure import Raw

_ENDINGS = (".md", ".markdown", ".mkd", ".mdx")
_FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\n.*?\n(?:---|\.\.\.)|\+\+\+[ \t]*\n.*?\n\+\+\+)[ \t]*(?:\n|$)", re.DOTALL
)
_NOTE = re.compile(r"^[ ]{0,3}\[\^([\w-]+)\]:[ \t]*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([\w-]+)\]")
_CONTAINER = re.compile(r"^([ \t]*:{3,}[ \t]*[\w-]*(?:[ \t]*\{[^}\n]*\})?)([ \t]*)(.*)$", re.MULTILINE)
#: What kramdown is told about a paragraph, and what an abbreviation stands for.
_SAID_OF = re.compile(r"^[ ]{0,3}(?:\{:[^{}\n]*\}|\*\[[^\]\n]+\]:[^\n]*)[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{[ \t]*[#.:][^{}\n]*\}[ \t]*$")
#: A formula or a call has so many characters at most: one never closed is not sought to the last line.
_LONGEST_CALL = 2_000
#: What only a program reads: formulas, templates' calls, MDX's imports, exports and comments.
_FOR_PROGRAMS = re.compile(
    (
        r"\{%[ ]*(?P<code>highlight|raw|comment|math)\b[^%\n]*%\}INSIDE\{%[ ]*end(?P=code)[ ]*%\}"
        r"|^[ ]{0,3}\$\$INSIDE\$\$[ \t]*$|\{\{[<%]INSIDE[%>]\}\}[ \t]?|\{%INSIDE%\}|\{/\*INSIDE\*/\}"
    ).replace("INSIDE", f".{{0,{_LONGEST_CALL}}}?")
    + r"|^(?:import\s[^\n]*?['\"]|export\s+(?:const|let|default|function|async)\b).*?(?=\n[ \t]*\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_FENCED = re.compile(r"^([ \t]*)(`{3,}|~{3,}).*?(?:^[ \t]*\2|\Z)", re.DOTALL | re.MULTILINE)
#: Before the text of a list item or a quotation: a box to be ticked, the kind of a note.
_LEAD = re.compile(r"\[(?:[ xX]|![A-Za-z]+)\][+-]?\s+")
_DEFINITION = re.compile(r"^:[ \t]+")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|template)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE
)
_HTML_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|br|hr"
    r"|details|summary|blockquote|center|section|article)\b"
    r"[^>]*>",
    re.IGNORECASE,
)
_HTML_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_LEAST_TURNS = 0.3  # of the lines that must follow one of the other language for lines to stand by themselves


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read a Markdown file."""
    from markdown_it import MarkdownIt

    text = read_text(path, options).replace("\r\n", "\n").replace("\r", "\n")
    text, comments = take_comments(text)
    front = _FRONT_MATTER.match(text)
    if front:
        text = re.sub(r"[^\n]", " ", front.group()) + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": min(options.max_depth, 100)}).enable(
        ["table", "strikethrough"]
    )
    # A footnote's text would be taken for the target of a link.
    prepared = _NOTE.sub(
        lambda m: "\\" + m.group().lstrip(" "), _CONTAINER.sub(_without_fence, _without_programs(text))
    )
    walk = _Walk(Cursor(text), turns=not options.monolingual and _takes_turns(text))
    found = assemble(walk.raws(parser.parse(prepared)), path, options)
    remarks: tuple[str, ...] = ()
    if walk.code_blocks:
        remarks = (f"{walk.code_blocks} code block{'s' if walk.code_blocks > 1 else ''} not compared",)
    if isinstance(found, Bitext):
        source = replace(found.source, problems=(*found.source.problems, *remarks))
        return bitext_with_comments(replace(found, source=source), comments)
    return with_comments(replace(found, problems=(*found.problems, *remarks)), comments)


def _without_programs(text: str) -> str:
    """The text without what only a program reads, outside of code blocks; lines keep their numbers."""
    found, at = "", 0
    for fenced in (*_FENCED.finditer(text), None):
        before = text[at : fenced.start() if fenced else len(text)]
        before = _FOR_PROGRAMS.sub(lambda m: "\n" * m.group().count("\n"), before)
        found += _SAID_OF.sub("", before)
        if fenced:
            found += fenced.group()
            at = fenced.end()
    return found


def _without_fence(match: re.Match[str]) -> str:
    """The fence of a container (``:::tip Title``) as a blank line, its title as a small heading."""
    fence, gap, title = match.groups()
    if not title.strip() or len(fence) + len(gap) < 7:
        return " " * len(match.group()) if not title.strip() else f"{' ' * (len(fence) + len(gap))}{title}"
    return f"{'######':<{len(fence) + len(gap)}}{title}"


def _takes_turns(text: str) -> bool:
    """Whether lines of the two languages follow each other without a blank line between them."""
    rows = [(number, row[:400]) for number, row in lines(text) if has_words(row)]
    turned = sum(
        b[0] == a[0] + 1 and language_of(a[1]) != language_of(b[1]) for a, b in itertools.pairwise(rows)
    )
    return turned >= 2 and turned >= _LEAST_TURNS * len(rows)


class _Walk:
    def __init__(self, cursor: Cursor, turns: bool = False) -> None:
        self._cursor = cursor
        self._turns = turns
        self._lists: list[tuple[str, int]] = []  # kind and next number of each open list
        self._tables = 0
        self._row = self._column = -1
        self.code_blocks = 0

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
                found += self._inline(token, "item" if item else kind, level, label if item else "", cell)
                kind, level, label = None, 0, ""
            elif name in ("fence", "code_block"):
                self.code_blocks += bool(has_words(token.content))
            elif name == "html_block":
                found += self._html(token)
        return found

    def _label(self, token: Any) -> str:
        kind, number = self._lists[-1]
        if kind == "bullet_":
            return str(token.markup or "•")
        self._lists[-1] = (kind, number + 1)
        return f"{token.info or number}{token.markup or '.'}"

    def _html(self, token: Any) -> list[Raw]:
        """The text of a block of HTML, a block for each of its paragraphs."""
        line = (token.map or [0])[0] + 1
        content = _HTML_TAG.sub("", _HTML_BLOCK.sub("\n\n", _HIDDEN.sub("", token.content)))
        found = []
        for piece in re.split(r"\n\s*\n", content):
            body = " ".join(unescape(piece).split())
            if has_words(body):
                anchor = self._cursor.find(piece.strip(), line, 0)
                found.append(Raw(body, Place(line=anchor.line), (Anchor(0, anchor.line, anchor.column),)))
        return found

    def _inline(
        self, token: Any, kind: BlockKind | None, level: int, label: str, cell: tuple[int, int, int] | None
    ) -> list[Raw]:
        line = (token.map or [0])[0] + 1
        found = []
        for children in self._pieces(token.children or ()):
            raw = self._piece(children, line, kind, level, label, cell)
            if raw is not None:
                found.append(raw)
        return found

    def _pieces(self, children: Sequence[Any]) -> list[list[Any]]:
        """A paragraph's parts: a note begins one, and where lines take turns, the other language does."""
        rows: list[list[Any]] = [[]]
        for child in children:
            rows[-1].append(child)
            if child.type == "softbreak":
                rows.append([])
        found = [rows[0]]
        for row in rows[1:]:
            text = _text_of(row)
            turned = self._turns and has_words(text) and self._turn(_text_of(found[-1]), text)
            if _NOTE.match(text) or _DEFINITION.match(text) or turned:
                found.append(row)
            else:
                found[-1] += row
        return found

    @staticmethod
    def _turn(before: str, text: str) -> bool:
        """Whether a line is of the other language than the lines before it."""
        return has_words(before) and language_of(text) != language_of(before)

    def _piece(
        self,
        children: Sequence[Any],
        line: int,
        kind: BlockKind | None,
        level: int,
        label: str,
        cell: tuple[int, int, int] | None,
    ) -> Raw | None:
        text = ""
        anchors: list[Anchor] = []
        codes: list[tuple[int, int]] = []
        for child in _kept(children):
            if child.type in ("softbreak", "hardbreak"):
                text += "\n" if child.type == "softbreak" else "\v"
                continue
            piece = child.content if child.type in ("text", "code_inline", "image") else ""
            if text.endswith(" ") and child.type == "text":
                piece = piece.lstrip(" ")  # what stood between two blanks is struck through
            if piece:
                anchors.append(self._cursor.find(piece, line, len(text)))
                if child.type == "code_inline":
                    codes.append((len(text), len(text) + len(piece)))
                text += piece
        text, shift = _joined(text)
        note = _NOTE.match(text)
        if note:
            kind, label = "note", note.group(1)
        lead = note or _LEAD.match(text) or _DEFINITION.match(text)
        begin = lead.end() if lead else len(text) - len(text.lstrip())
        body = text[begin:].strip()
        if kind == "heading" or kind == "title":
            body = _ATTRIBUTES.sub("", body)
        if not body:
            return None
        moved: list[Anchor] = []
        for anchor in anchors:
            offset = shift[min(anchor.offset, len(shift) - 1)] - begin
            if offset == 0:
                moved = [Anchor(0, anchor.line, anchor.column)]
            elif offset > 0:
                moved.append(Anchor(offset, anchor.line, anchor.column))
            else:
                moved = [Anchor(0, anchor.line, anchor.column - offset)]
        if moved and moved[0].offset > 0:
            moved.insert(0, Anchor(0, moved[0].line, max(1, moved[0].column - moved[0].offset)))
        marks = [Mark("note", m.start(), m.end(), m.group(1)) for m in _NOTE_MARK.finditer(body)]
        for start, end in codes:
            start, end = max(0, shift[start] - begin), min(len(body), shift[end] - begin)
            if start < end:
                marks.append(Mark("code", start, end, "`"))
        marks.sort(key=lambda m: m.start)
        place = Place(line=moved[0].line if moved else line)
        return Raw(body, place, tuple(moved), kind, level, label, tuple(marks), cell)


def _kept(children: Sequence[Any]) -> Iterator[Any]:
    """A paragraph's parts without what is struck through: it is deleted, as in a page."""
    struck = 0
    for child in children:
        struck += {"s_open": 1, "s_close": -1}.get(child.type, 0)
        if not struck or child.type in ("softbreak", "hardbreak"):
            yield child


def _text_of(children: Sequence[Any]) -> str:
    return "".join(c.content for c in children if c.type in ("text", "code_inline", "image"))


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
    if path.suffix.lower() not in _ENDINGS:
        return 0.0
    return 0.75 if b"\0" not in head else 0.0


READER = Reader("markdown", "Markdown, also of both languages in turn", _ENDINGS, sniff, read)
