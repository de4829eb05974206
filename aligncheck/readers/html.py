"""Web pages: the main text without navigation, footers and sharing links.

What is text is told from the elements and from how much of a block is links (Kohlschütter et al.,
"Boilerplate Detection using Shallow Text Features", WSDM 2010: link density and text length carry
nearly all of the evidence).
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
from aligncheck.readers.files import HAN, decode, read_bytes
from aligncheck.readers.places import Cursor
from aligncheck.readers.structure import Raw, plain_number
from aligncheck.readers.xml import Element

_DROPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video form button select "
    "option input textarea nav footer aside dialog menu head title meta link".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_NOT_TEXT = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|share"
    r"|sharing|social|footer|foot|sidebar|toolbar|pagination|pager|copyright|related|search|login|cookie|banner|advert|ads?|skip|comments?|tags?|qrcode|print"
    r"|bdsharebuttonbox|location|position|mbx)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:main|content|article|article-body|trs_editor|text|zoom|pages_content|detail|view)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_NOTE_SIGN = re.compile(r"\s*[\[［〔(]?\s*(?:注)?(\d{1,3}|[①-⑳]|[¹²³⁰⁴-⁹]+)\s*[\]］〕)]?\s*$")
_NOTE_ID = re.compile(
    r"^_?(?:sd)?(?:fn|ftn|footnote|note|cite_note|endnote|edn)[-_:]?(\d{1,3})(?:sym)?$", re.IGNORECASE
)
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$")
_LINKS = 0.6  # of a block's text that makes it a list of links
_LONG = 0.5  # of the page's text that its main part must hold to be taken as such


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
    root = _parse(source, str(path), options)
    _drop(root)
    main = _main_part(root)
    cursor = Cursor(source.replace("\r\n", "\n").replace("\r", "\n"))
    raws = []
    for piece in _Walk(main).pieces():
        raw = _raw(piece, cursor)
        if raw is not None:
            raws.append(raw)
    return assemble(raws, path, options, root.get("lang") or "")


def _decode(raw: bytes, path: str, options: ReadOptions) -> str:
    declared = _CHARSET.search(raw[:4096])
    name = declared.group(1).decode("ascii", "ignore").lower() if declared else ""
    if options.encoding or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or not name:
        return decode(raw, path, options.encoding)
    # A page that says GB2312 means GBK, whose superset is GB18030 (WHATWG Encoding).
    name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "hz-gb-2312") else name
    try:
        return decode(raw, path, name)
    except InputError:
        return decode(raw, path)  # the declaration is wrong: go by the bytes


def _parse(source: str, path: str, options: ReadOptions) -> Element:
    if "\0" in source:
        raise InputError("holds a NUL character: this is not a page", path=path)
    _refuse_depth(source, path, options)
    # An XML declaration or a charset may contradict what has been decoded already.
    source = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", source)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"cannot be read as HTML: {error}", path=path) from error
    for entry in parser.error_log:
        if "xcessive depth" in entry.message or "huge" in entry.message.lower():
            raise InputError(
                "elements nest too deep", path=path, line=entry.line, hint="this is no page to read"
            )
    return root


_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)\b[^<>]*?(/?)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dd dt option".split()
)


def _refuse_depth(source: str, path: str, options: ReadOptions) -> None:
    """Count how deep elements nest; the parser would cut off what lies deeper without a word."""
    depth = 0
    for tag in _TAG.finditer(source):
        if tag.group(2).lower() in _VOID or tag.group(3):
            continue
        depth = max(0, depth - 1) if tag.group(1) else depth + 1
        if depth > options.max_depth:
            raise InputError(
                f"elements nest deeper than {options.max_depth}",
                path=path,
                line=source.count("\n", 0, tag.start()) + 1,
                hint="this is no page to read",
            )


def _drop(root: Element) -> None:
    """Take out what is never text, and small parts whose names say that they are not."""
    total = max(1, len(root.text_content()))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        hidden = element.get("hidden") is not None or re.search(
            r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style") or ""
        )
        small = len(element.text_content()) < 0.3 * total if names.strip() else True
        named = element.tag not in ("html", "body", "main", "article") and _NOT_TEXT.search(names) and small
        # What word processors save as HTML names its running heads in a title.
        running = element.tag == "div" and (element.get("title") or "").lower() in ("header", "footer")
        unwanted = element.tag in _DROPPED or hidden or named or running
        if unwanted and element.getparent() is not None and element.tag != "head":
            element.drop_tree()


def _main_part(root: Element) -> Element:
    """The element that holds the text proper: named so, and long enough."""
    body = root.find("body")
    body = body if body is not None else root
    total = max(1, _prose(body))
    candidates = [*body.iter("main"), *body.iter("article")]
    candidates += [e for e in body.iter("div", "section", "td") if e.get("role") == "main" or _named_main(e)]
    best = body
    for element in candidates:
        if _prose(element) >= _LONG * total and len(list(element.iter())) < len(list(best.iter())):
            best = element
    return _with_title(best, body)


def _with_title(best: Element, body: Element) -> Element:
    """The next part up that also holds the page's title, if it holds little else."""
    if best is body or next(best.iter("h1"), None) is not None:
        return best
    for above in best.iterancestors():
        if next(above.iter("h1"), None) is not None:
            return above if _prose(above) <= 1.3 * _prose(best) + 200 else best
        if above is body:
            break
    return best


def _named_main(element: Element) -> bool:
    return bool(_MAIN.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _prose(element: Element) -> int:
    """Characters that are not links."""
    links = sum(len(a.text_content()) for a in element.iter("a"))
    return len(element.text_content()) - links


class _Walk:
    """Cuts a tree into blocks in reading order."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._done: list[_Piece] = []
        self._now: _Piece | None = None
        self._kind: tuple[BlockKind | None, int, str] = (None, 0, "")
        self._cell: tuple[int, int, int] | None = None
        self._tables = 0
        self._one_title = len(list(root.iter("h1"))) == 1

    def pieces(self) -> Iterator[_Piece]:
        """The blocks."""
        self._walk(self._root)
        self._close()
        yield from self._done

    def _close(self) -> None:
        if self._now is not None and self._now.text.strip():
            self._done.append(self._now)
        self._now = None

    def _add(self, text: str | None, element: Element, line: int, in_link: bool) -> None:
        if not text:
            return
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

    def _walk(self, element: Element, in_link: bool = False) -> None:
        name = element.tag
        if self._kind[0] == "note" and self._is_back_link(element):
            return
        block = name in _BLOCKS
        saved = (self._kind, self._cell)
        if block:
            self._close()
            self._enter(element)
        start = len(self._now.text) if self._now is not None else 0
        in_link = in_link or name == "a"
        preserved = name == "pre"
        self._add(element.text, element, element.sourceline or 0, in_link)
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "br":
                    self._close()
                else:
                    self._walk(child, in_link)
            self._add(child.tail, element, child.sourceline or element.sourceline or 0, in_link)
        if name == "sup" and self._now is not None:
            self._raised(start)
        if block:
            if preserved and self._now is not None:
                self._now.kind = self._now.kind or "paragraph"
            self._close()
            self._kind, self._cell = saved

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
            self._kind = ("item", 0, _item_label(element))
        elif name in ("td", "th"):
            row = next(element.iterancestors("tr"), None)
            if row is not None:
                table = self._cell[0] if self._cell else self._tables - 1
                self._cell = (table, _index(row, "tr"), _index(element))
            self._kind = (None, 0, "")
        elif name == "table":
            self._tables += 1
            self._cell = (self._tables - 1, 0, 0)

    def _raised(self, start: int) -> None:
        """A raised figure is a note mark, unless it belongs to a unit (m²)."""
        now = self._now
        assert now is not None
        match = _NOTE_SIGN.match(now.text[start:])
        if match and start and not _UNIT_BEFORE.search(now.text[:start]):
            now.marks.append(Mark("note", start, len(now.text.rstrip()), plain_number(match.group(1))))


def _item_label(element: Element) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    first = parent.get("start")
    value = element.get("value")
    items = [c for c in parent if c.tag == "li"]
    number = int(first) if first and first.isdigit() else 1
    return f"{value if value and value.isdigit() else number + items.index(element)}."


def _index(element: Element, name: str = "") -> int:
    """How many siblings (of a name) stand before an element; rows count through the parts of a table."""
    if name == "tr":
        table = next(element.iterancestors("table"), None)
        return list(table.iter("tr")).index(element) if table is not None else 0
    return sum(1 for _ in element.itersiblings("td", "th", preceding=True))


def _raw(piece: _Piece, cursor: Cursor) -> Raw | None:
    text = piece.text
    # Line breaks in the source of Chinese text are no blanks.
    shift: list[int] = []
    cleaned = ""
    for index, char in enumerate(text):
        shift.append(len(cleaned))
        between = (
            char == " "
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
    if len(text) < 400 and piece.links >= _LINKS * len(stripped) and piece.links:
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
    if re.search(rb"<html[\s>]", text) or (not text.startswith(b"<?xml") and re.search(rb"<body[\s>]", text)):
        return 0.85
    named = path.suffix.lower() in (".html", ".htm", ".xhtml", ".shtml")
    return 0.7 if named and re.search(rb"<(?:p|div|h[1-6]|table|meta|span|br)\b", text) else 0.0


READER = Reader(
    "html", "web pages, also of both languages in turn", (".html", ".htm", ".xhtml", ".shtml"), sniff, read
)
