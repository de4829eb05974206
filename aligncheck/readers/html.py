"""Web pages: the main text without navigation, footers and sharing links.

Which part is the main text, and what is left out of it, is told in :mod:`aligncheck.readers.html_main`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.comments import bitext_with_comments, take_comments, with_comments
from aligncheck.readers.files import HAN, decode, line_of, read_bytes
from aligncheck.readers.html_main import Page
from aligncheck.readers.places import Cursor
from aligncheck.readers.structure import Raw, plain_number
from aligncheck.readers.xml import Element

_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
#: What pages declare and what they mean by it (WHATWG Encoding): the superset that browsers take.
_MEANT = {
    **dict.fromkeys("gb2312 gbk gb_2312-80 x-gbk hz-gb-2312".split(), "gb18030"),
    **dict.fromkeys("iso-8859-1 iso8859-1 latin1 latin-1 l1 ascii us-ascii".split(), "cp1252"),
    **dict.fromkeys("utf8 unicode-1-1-utf-8".split(), "utf-8"),
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_WRITTEN_AT_BLANKS = re.compile(
    r"""<meta name="generator" content="(?:LibreOffice|OpenOffice)""", re.IGNORECASE
)
#: A prefix that stands for XHTML's own names.
_PREFIX = re.compile(r"""\bxmlns:([\w.-]+)\s*=\s*["']http://www\.w3\.org/1999/xhtml["']""")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_NOTE_SIGN = re.compile(r"\s*[\[［〔(]?\s*(?:注)?(\d{1,3}|[①-⑳]|[¹²³⁰⁴-⁹]+)\s*[\]］〕)]?\s*$")
_NOTE_ID = re.compile(
    r"^_?(?:sd)?(?:fn|ftn|footnote|note|cite_note|endnote|edn)[-_:]?(\d{1,3})(?:sym)?$", re.IGNORECASE
)
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$")
_EMPTY_LINE = re.compile(r"\n[ \t\u3000]*\n")
_LINKS = 0.6  # of a block's text that makes it a list of links
_MOST_ATTRIBUTES = 5_000  # of one element: the parser compares each with all before it


@dataclass(slots=True)
class _Piece:
    """A block under construction."""

    element: Element
    text: str = ""
    pieces: list[tuple[str, int, int]] = field(default_factory=list)  # raw text, line, offset
    marks: list[Mark] = field(default_factory=list)
    links: int = 0
    kind: BlockKind | None = None
    level: int = 0
    label: str = ""
    cell: tuple[int, int, int] | None = None


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read a web page."""
    source = _decode(read_bytes(path, options), str(path), options)
    root, raws = _raws(source, str(path), options)
    made = assemble(raws, path, options, root.get("lang") or "")
    comments = take_comments(source)[1]
    if isinstance(made, Bitext):
        return bitext_with_comments(made, comments)
    return with_comments(made, comments)


def raws_of(page: bytes, path: str, options: ReadOptions) -> list[Raw]:
    """The blocks of a page that lies in another file."""
    return _raws(_decode(page, path, options), path, options)[1]


def _raws(source: str, path: str, options: ReadOptions) -> tuple[Element, list[Raw]]:
    root = _parse(source, path, options)
    page = Page(root, options.tracked_changes == "original")
    breaks_at_blanks = bool(_WRITTEN_AT_BLANKS.search(source[:4096]))
    cursor = Cursor(source.replace("\r\n", "\n").replace("\r", "\n"))
    pieces = list(_Walk(page.main(), page.dropped).pieces())
    if all(_is_links(p) for p in pieces):  # a page whose every text leads somewhere
        for piece in pieces:
            piece.links = 0
    return root, [raw for piece in pieces if (raw := _raw(piece, cursor, breaks_at_blanks)) is not None]


def _is_links(piece: _Piece) -> bool:
    """Whether a block is a list of links rather than text."""
    return bool(piece.links) and len(piece.text) < 400 and piece.links >= _LINKS * len(piece.text.strip())


def meant(charset: str) -> str:
    """The encoding that a declared one stands for."""
    return _MEANT.get(charset.lower(), charset)


def _decode(raw: bytes, path: str, options: ReadOptions) -> str:
    declared = _CHARSET.search(raw[:4096])
    name = declared.group(1).decode("ascii", "ignore").lower() if declared else ""
    if options.encoding or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or not name:
        return decode(raw, path, options.encoding)
    name = meant(name)
    try:
        return decode(raw, path, name)
    except InputError:
        return decode(raw, path)  # the declaration is wrong: go by the bytes


def _parse(source: str, path: str, options: ReadOptions) -> Element:
    if "\0" in source:
        raise InputError("holds a NUL character: this is not a page", path=path)
    _refuse_attributes(source, path)
    # An XML declaration or a charset may contradict what has been decoded already.
    source = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", source)
    for prefix in {m.group(1) for m in _PREFIX.finditer(source, 0, 65_536)}:
        source = re.sub(rf"(</?){re.escape(prefix)}:(?=[A-Za-z])", r"\1", source)
    # Deep nesting is let through here (2,048 levels) and measured below: pages nest deeper than documents.
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if "empty" in str(error):
            raise InputError("holds no text", path=path) from error
        raise InputError(f"cannot be read as HTML: {error}", path=path) from error
    too_deep = next((e.line for e in parser.error_log if "xcessive depth" in e.message), None)
    if too_deep is None:
        too_deep = _too_deep(root, 4 * options.max_depth)
    if too_deep is not None:
        raise InputError(
            f"elements nest deeper than {4 * options.max_depth:,}",
            path=path,
            line=too_deep,
            hint="this is no page to read; raise the limit with --max-depth if it is",
        )
    return root


def _too_deep(root: Element, limit: int) -> int | None:
    """The line of the first element that nests deeper than the limit."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return element.sourceline or 0
    return None


_TAG = re.compile(r"<[a-zA-Z][^<>]*")


def _refuse_attributes(source: str, path: str) -> None:
    for tag in _TAG.finditer(source):
        if len(tag.group()) > 2 * _MOST_ATTRIBUTES and len(tag.group().split()) > _MOST_ATTRIBUTES:
            raise InputError(
                f"an element has more than {_MOST_ATTRIBUTES:,} attributes",
                path=path,
                line=line_of(source, tag.start()),
                hint="this is no page to read",
            )


_Kind = tuple[BlockKind | None, int, str]  # kind, level, label


@dataclass(slots=True)
class _Open:
    """An element that the walk is in, and what held before it."""

    element: Element
    in_link: bool
    skipped: bool
    saved: tuple[_Kind, tuple[int, int, int] | None]
    start: int = 0


class _Walk:
    """Cuts a tree into blocks in reading order."""

    def __init__(self, root: Element, dropped: set[Element]) -> None:
        self._root = root
        self._dropped = dropped
        self._done: list[_Piece] = []
        self._now: _Piece | None = None
        self._kind: _Kind = (None, 0, "")
        self._cell: tuple[int, int, int] | None = None
        self._tables = 0
        self._pre = 0  # elements that keep their lines, in which the walk is
        self._rows: dict[Element, int] = {}
        self._items: dict[Element, int] = {}
        self._one_title = len(list(root.iter("h1"))) == 1

    def pieces(self) -> Iterator[_Piece]:
        """The blocks."""
        self._walk()
        self._close()
        yield from self._done

    def _close(self) -> None:
        if self._now is not None and self._now.text.strip():
            self._done.append(self._now)
        self._now = None

    def _add(self, text: str | None, element: Element, line: int, in_link: bool) -> None:
        if not text:
            return
        if self._pre:
            *before, text = _EMPTY_LINE.split(text)
            for part in before:
                self._put(part, element, line, in_link)
                self._close()
                line += part.count("\n") + 2
        self._put(text, element, line, in_link)

    def _put(self, text: str, element: Element, line: int, in_link: bool) -> None:
        if self._now is None:
            if not text.strip(" \t\r\n\f"):
                return
            kind, level, label = self._kind
            self._now = _Piece(element, kind=kind, level=level, label=label, cell=self._cell)
        now = self._now
        piece = _BLANK.sub(" ", text)
        if piece.startswith(" ") and (now.text.endswith(" ") or not now.text):
            piece = piece[1:]
        now.pieces.append((text.strip(" \t\r\n\f"), line, len(now.text)))
        now.text += piece
        now.links += len(piece.strip()) if in_link else 0

    def _walk(self) -> None:
        """Go through the tree; pages nest too deep for calls within calls."""
        steps = etree.iterwalk(self._root, events=("start", "end"))
        opened: list[_Open] = []
        for event, element in steps:
            if event == "start":
                skipped = element in self._dropped or (
                    self._kind[0] == "note" and self._is_back_link(element)
                )
                if skipped:
                    steps.skip_subtree()
                opened.append(self._open(element, opened[-1].in_link if opened else False, skipped))
                continue
            begun = opened.pop()
            self._leave(element, begun)
            if opened:
                above = opened[-1]
                line = element.sourceline or above.element.sourceline or 0
                self._add(element.tail, above.element, line, above.in_link)

    def _open(self, element: Element, in_link: bool, skipped: bool) -> _Open:
        name = element.tag
        begun = _Open(element, in_link or name == "a", skipped, (self._kind, self._cell))
        if skipped:
            return begun
        if name == "br":
            self._close()
        elif name in _BLOCKS:
            self._close()
            self._enter(element)
            self._pre += name == "pre"
        begun.start = len(self._now.text) if self._now is not None else 0
        self._add(element.text, element, element.sourceline or 0, begun.in_link)
        return begun

    def _leave(self, element: Element, begun: _Open) -> None:
        name = element.tag
        if begun.skipped:
            return
        if name == "sup" and self._now is not None:
            self._raised(begun.start)
        if name in _BLOCKS:
            if name == "pre" and self._now is not None:
                self._now.kind = self._now.kind or "paragraph"
            self._pre -= name == "pre"
            self._close()
            self._kind, self._cell = begun.saved

    def _is_back_link(self, element: Element) -> bool:
        """The number that stands before a note's text, linked to the note's mark, or the arrow behind it."""
        href = element.get("href") or ""
        sign = element.text_content().strip() if element.tag in ("a", "sup") else ""
        return bool(sign) and (
            (href.startswith("#") and len(sign) <= 4)
            or (element.tag == "sup" and plain_number(sign) == self._kind[2])
        )

    def _enter(self, element: Element) -> None:
        name = element.tag
        heading = re.fullmatch(r"h([1-6])", name)
        note = _NOTE_ID.match(element.get("id") or "")
        if heading:
            level = int(heading.group(1))
            title = level == 1 and self._one_title
            self._kind = ("title", 0, "") if title else ("heading", level, "")
        elif note and name in ("li", "p", "div", "dd"):
            self._kind = ("note", 0, note.group(1))
        elif self._kind[0] == "note":
            pass  # the paragraphs of a note
        elif name == "li":
            self._kind = ("item", 0, self._item_label(element))
        elif name in ("td", "th"):
            row = next(element.iterancestors("tr"), None)
            if row is not None:
                table = self._cell[0] if self._cell else self._tables - 1
                self._cell = (table, self._row_number(row), self._column(element))
            self._kind = (None, 0, "")
        elif name == "table":
            self._tables += 1
            self._cell = (self._tables - 1, 0, 0)

    def _row_number(self, row: Element) -> int:
        """Rows count through the parts of a table, those of tables within it too."""
        if row not in self._rows:
            table = next(row.iterancestors("table"), None)
            found = [row] if table is None else list(table.iter("tr"))
            self._rows.update({r: n for n, r in enumerate(found)})
        return self._rows[row]

    @staticmethod
    def _column(cell: Element) -> int:
        return sum(_span(c) for c in cell.itersiblings("td", "th", preceding=True))

    def _item_label(self, element: Element) -> str:
        parent = element.getparent()
        if parent is None or parent.tag != "ol":
            return "•"
        if element not in self._items:
            items = [c for c in parent if c.tag == "li"]
            first = parent.get("start") or ""
            number = int(first) if _COUNT.fullmatch(first) else 1
            self._items.update({c: n for n, c in enumerate(items, number)})
        value = element.get("value") or ""
        return f"{value if _COUNT.fullmatch(value) else self._items[element]}."

    def _raised(self, start: int) -> None:
        """A raised figure is a note mark, unless it belongs to a unit (m²)."""
        now = self._now
        assert now is not None
        match = _NOTE_SIGN.match(now.text[start:])
        if match and start and not _UNIT_BEFORE.search(now.text[:start]):
            now.marks.append(Mark("note", start, len(now.text.rstrip()), plain_number(match.group(1))))


_COUNT = re.compile(r"\d{1,6}", re.ASCII)


def _span(cell: Element) -> int:
    """How many columns a cell takes."""
    value = cell.get("colspan") or ""
    return max(1, min(int(value), 1_000)) if _COUNT.fullmatch(value) else 1


def _raw(piece: _Piece, cursor: Cursor, breaks_at_blanks: bool) -> Raw | None:
    text = piece.text
    # Line breaks in the source of Chinese text are no blanks, but for programs that break lines at blanks alone.
    shift: list[int] = []
    cleaned = ""
    for index, char in enumerate(text):
        shift.append(len(cleaned))
        between = (
            not breaks_at_blanks
            and char == " "
            and 0 < index < len(text) - 1
            and bool(HAN.match(text[index - 1]) or text[index - 1] in "，。；：、")
            and bool(HAN.match(text[index + 1]))
            and _was_line_break(piece, index)
        )
        if not between:
            cleaned += char
    shift.append(len(cleaned))
    lead = len(cleaned) - len(cleaned.lstrip())
    stripped = cleaned.strip()
    if not stripped:
        return None
    anchors: list[Anchor] = []
    for raw, line, offset in piece.pieces:
        if raw:
            found = cursor.find(raw, line, max(0, shift[min(offset, len(shift) - 1)] - lead))
            if not anchors or found.offset > anchors[-1].offset:
                anchors.append(found)
    if anchors and anchors[0].offset > 0:
        anchors[0] = Anchor(0, anchors[0].line, max(1, anchors[0].column - anchors[0].offset))
    marks = tuple(
        Mark(m.kind, max(0, shift[m.start] - lead), min(len(stripped), shift[m.end] - lead), m.ref)
        for m in piece.marks
    )
    line = anchors[0].line if anchors else piece.element.sourceline or 0
    kind = piece.kind
    if _is_links(piece):
        kind = "boilerplate" if kind != "note" else kind
    place = Place(line=line or None)
    if piece.cell is not None:
        table, row, column = piece.cell
        place = Place(line=line or None, cell=f"table {table + 1}, row {row + 1}, column {column + 1}")
    return Raw(stripped, place, tuple(anchors), kind, piece.level, piece.label, marks, piece.cell)


def _was_line_break(piece: _Piece, index: int) -> bool:
    """Whether the blank at an offset was a line break in the source."""
    for raw, _, offset in reversed(piece.pieces):
        if offset <= index:
            return "\n" in raw or index == offset
    return False


def sniff(path: Path, head: bytes) -> float:
    """Told by the doctype or the elements that pages begin with."""
    text = head[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return 0.9
    if re.search(rb"<(?:[\w.-]+:)?html[\s>]", text) or (
        not text.startswith(b"<?xml") and re.search(rb"<body[\s>]", text)
    ):
        return 0.85
    named = path.suffix.lower() in (".html", ".htm", ".xhtml", ".shtml")
    return 0.7 if named and re.search(rb"<(?:p|div|h[1-6]|table|meta|span|br)\b", text) else 0.0


READER = Reader(
    "html", "web pages, also of both languages in turn", (".html", ".htm", ".xhtml", ".shtml"), sniff, read
)
