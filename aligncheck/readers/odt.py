"""ODT: paragraphs, headings, lists with their numbers, tables, notes, text boxes, tracked changes.

OpenDocument 1.3 text, read from ``content.xml`` and ``styles.xml`` of the package (or from a flat file, FODT) by
the one strict XML parser.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_size
from aligncheck.readers.numbering import in_digits
from aligncheck.readers.packages import BROKEN, broken_package, check_zip, package_kind
from aligncheck.readers.structure import Raw
from aligncheck.readers.xml import Element, local, parse

_NS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, DRAW, STYLE, FO = (
    f"{{{_NS}:{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style", "xsl-fo-compatible")
)
#: Parts of a paragraph that are not its text: comments, hidden words, what a field is made of.
_SILENT = frozenset(
    "annotation annotation-end tracked-changes hidden-text note ruby-text script title desc change "
    "change-start change-end bookmark bookmark-start bookmark-end image object variable-decls sequence-decls "
    "user-field-decls forms table-of-content-source index-title-template".split()
)
#: Containers of paragraphs that have no text of their own.
_WRAPPERS = frozenset("section index-body table-of-content illustration-index index-title text-box".split())
_NOTHING = ("", "", 1, 1)  # of a list level: format, what stands around the number, start, levels shown
_MOST_REPEATED = 10_000
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$")

_Level = tuple[str, str, int, int]


@dataclass(slots=True)
class _Text:
    """A paragraph's text under construction."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str  # as the user sees it
    parent: str
    list: str
    raised: bool
    hidden: bool


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read an OpenDocument text."""
    if is_flat(path):
        check_size(path, options)
        root = parse(path, str(path), options)
        return assemble(_Reading([root], path, options).raws(), path, options)
    check_zip(path, options, "content.xml", "an OpenDocument text")
    roots = []
    try:
        with zipfile.ZipFile(path) as package:
            for name in ("content.xml", "styles.xml"):
                if name in package.namelist():
                    roots.append(parse(io.BytesIO(package.read(name)), f"{path}!{name}", options))
    except BROKEN as error:
        raise broken_package(path, error) from error
    return assemble(_Reading(roots, path, options).raws(), path, options)


def is_flat(path: Path) -> bool:
    """Whether a file is one flat XML document and no package."""
    with path.open("rb") as handle:
        return not handle.read(2).startswith(b"PK")


class _Reading:
    def __init__(self, roots: list[Element], path: Path, options: ReadOptions) -> None:
        self.path = path
        self.original = options.tracked_changes == "original"
        body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise InputError(
                "is an OpenDocument file without text: a drawing or a presentation",
                path=str(path),
                hint="save it as PDF, or as text",
            )
        self.body: Element = body
        self.styles = {k: s for root in roots for k, s in _styles(root)}
        self.lists = {k: levels for root in roots for k, levels in _list_styles(root)}
        self.outline = next((s for root in roots for s in root.iter(f"{TEXT}outline-style")), None)
        self.deleted = {
            region.get(f"{TEXT}id") or "": region.find(f"{TEXT}deletion")
            for region in body.iter(f"{TEXT}changed-region")
        }
        self.inserted = {
            region.get(f"{TEXT}id")
            for region in body.iter(f"{TEXT}changed-region")
            if region.find(f"{TEXT}insertion") is not None
        }
        self.open: set[str] = set()  # insertions that are undone and not closed yet
        self.counts: dict[str, dict[int, int]] = {}
        self.notes: list[tuple[str, str, Element]] = []
        self.paragraphs = 0
        self.tables = 0

    def raws(self) -> list[Raw]:
        """All blocks: the body, text boxes where they are anchored, the notes at the end."""
        found = list(self._blocks(self.body, None, ""))
        return found + list(self._notes())

    # Blocks ---------------------------------------------------------------------

    def _blocks(
        self, container: Element, cell: tuple[int, int, int] | None, where: str, label: str = ""
    ) -> Iterator[Raw]:
        for child in container:
            name = local(child)
            if name in ("p", "h"):
                yield from self._block(child, cell, where, label)
                label = ""
            elif name == "list":
                yield from self._list(child, cell, where)
            elif name == "table":
                yield from self._table(child)
            elif name in _WRAPPERS:
                if self._style_of(child).hidden or child.get(f"{TEXT}display") == "none":
                    continue
                yield from self._blocks(child, cell, where)
            elif name in ("change", "change-start", "change-end"):
                self._change(child, None)
            elif name in ("frame", "custom-shape"):
                yield from self._box(child)

    def _block(
        self, element: Element, cell: tuple[int, int, int] | None, where: str, label: str
    ) -> Iterator[Raw]:
        if cell is None and not where:
            self.paragraphs += 1
        text = _Text()
        self._inline(element, text)
        kind, level = self._kind(element)
        if kind == "heading" and not label:
            label = self._outline_number(level, element)
        if text.text.strip() and not self._style_of(element).hidden:
            lead = len(text.text) - len(text.text.lstrip())
            stripped = text.text.strip()
            marks = tuple(
                Mark(m.kind, max(0, m.start - lead), min(len(stripped), max(0, m.end - lead)), m.ref)
                for m in text.marks
            )
            place = Place(cell=where) if where else Place(paragraph=self.paragraphs)
            kind = kind or ("item" if label else None)
            yield Raw(stripped, place, (), kind, level, label, marks, cell)
        for box in text.boxes:
            yield from self._box(box)

    def _box(self, frame: Element) -> Iterator[Raw]:
        where = f"text box at paragraph {self.paragraphs}"
        inner = [b for b in frame.iter(f"{DRAW}text-box") if next(b.iterancestors(frame.tag), None) is frame]
        for box in inner or ([frame] if local(frame) == "custom-shape" else []):
            yield from self._blocks(box, None, where)

    def _list(self, element: Element, cell: tuple[int, int, int] | None, where: str) -> Iterator[Raw]:
        above = list(element.iterancestors(f"{TEXT}list"))
        depth = len(above) + 1
        style = next((s for e in (element, *above) if (s := e.get(f"{TEXT}style-name"))), "")
        if depth == 1 and not self._goes_on(element):
            self.counts.pop(style, None)
        for item in element:
            name = local(item)
            if name not in ("list-item", "list-header"):
                continue
            # An item that only holds a deeper list has no number of its own.
            own = next((c for c in item if local(c) in ("p", "h", "list")), None)
            label = ""
            if name == "list-item" and own is not None and local(own) != "list" and _has_text(own):
                label = self._number(style, depth, item.get(f"{TEXT}start-value"))
            yield from self._blocks(item, cell, where, label)

    def _goes_on(self, element: Element) -> bool:
        return element.get(f"{TEXT}continue-numbering") == "true" or bool(element.get(f"{TEXT}continue-list"))

    def _number(self, style: str, depth: int, start: str | None) -> str:
        kind, around, first, shown = self.lists.get(style, {}).get(depth, _NOTHING)
        counts = self.counts.setdefault(style, {})
        if start and re.fullmatch(r"\d{1,6}", start):
            counts[depth] = int(start)
        else:
            counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [k for k in counts if k > depth]:
            del counts[deeper]
        if not kind:
            return around or ("•" if style not in self.lists else "")
        levels = self.lists[style]
        parts = [
            in_digits(counts.get(k, 1), levels.get(k, _NOTHING)[0] or "1")
            for k in range(max(1, depth - shown + 1), depth + 1)
        ]
        prefix, _, suffix = around.partition("\0")
        return prefix + ".".join(parts) + suffix

    def _outline_number(self, level: int, element: Element) -> str:
        """The number of a heading by the document's own numbering of chapters."""
        if self.outline is None or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        if "\0outline" not in self.lists:
            self.lists["\0outline"] = _levels(self.outline)
        if not self.lists["\0outline"].get(level, _NOTHING)[0]:
            return ""
        return self._number("\0outline", level, None)

    def _table(self, table: Element) -> Iterator[Raw]:
        number = self.tables
        self.tables += 1
        row_index = 0
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is not table:
                continue
            column = 0
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                if local(cell) == "table-cell":
                    where = f"table {number + 1}, row {row_index + 1}, column {column + 1}"
                    yield from self._blocks(cell, (number, row_index, column), where)
                column += count(cell.get(f"{TABLE}number-columns-repeated"))
            row_index += count(row.get(f"{TABLE}number-rows-repeated"))

    # Text -----------------------------------------------------------------------

    def _inline(self, element: Element, text: _Text) -> None:
        start = len(text.text)
        self._say(element.text, text)
        for child in element:
            name = local(child)
            if name == "s":
                self._say(" " * min(count(child.get(f"{TEXT}c")), 1_000), text, blank=True)
            elif name == "tab":
                self._say("\t", text, blank=True)
            elif name == "line-break":
                self._say("\n", text, blank=True)
            elif name in ("change", "change-start", "change-end"):
                self._change(child, text)
            elif name == "note":
                self._note(child, text)
            elif name in ("frame", "custom-shape"):
                text.boxes.append(child)
            elif name == "p" or (name and name not in _SILENT and not self._style_of(child).hidden):
                self._inline(child, text)
            self._say(child.tail, text)
        if local(element) == "span" and self._style_of(element).raised:
            self._raised(text, start)

    def _say(self, piece: str | None, text: _Text, blank: bool = False) -> None:
        if not piece or self.open:
            return
        if not blank:
            piece = re.sub(r"[ \t\r\n]+", " ", piece)
            if piece.startswith(" ") and (not text.text or text.text[-1] in " \n\t"):
                piece = piece[1:]
        text.text += piece

    def _change(self, mark: Element, text: _Text | None) -> None:
        """What was deleted comes back, and what was inserted goes, where the original is wanted."""
        if not self.original:
            return
        key = mark.get(f"{TEXT}change-id") or ""
        name = local(mark)
        deletion = self.deleted.get(key)
        if name == "change" and deletion is not None and text is not None:
            for paragraph in deletion:
                if local(paragraph) in ("p", "h"):
                    self._inline(paragraph, text)
        elif name == "change-start" and key in self.inserted:
            self.open.add(key)
        elif name == "change-end":
            self.open.discard(key)

    def _note(self, note: Element, text: _Text) -> None:
        if self.open:
            return
        citation, body = note.find(f"{TEXT}note-citation"), note.find(f"{TEXT}note-body")
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        text.marks.append(Mark("note", len(text.text), len(text.text), label))
        if body is not None:
            self.notes.append((note.get(f"{TEXT}note-class") or "footnote", label, body))

    def _raised(self, text: _Text, start: int) -> None:
        """A raised figure typed by hand is a note mark, unless it belongs to a unit (m²)."""
        match = re.fullmatch(r"\s*[\[［]?(\d{1,3})[\]］]?\s*", text.text[start:])
        if match and not _UNIT_BEFORE.search(text.text[:start]):
            text.marks.append(Mark("note", start, len(text.text), match.group(1)))

    def _notes(self) -> Iterator[Raw]:
        for kind, label, body in self.notes:
            for paragraph in body.iter(f"{TEXT}p"):
                text = _Text()
                self._inline(paragraph, text)
                if text.text.strip():
                    yield Raw(text.text.strip(), Place(cell=f"{kind} {label}"), (), "note", 0, label)

    # Styles ---------------------------------------------------------------------

    def _style_of(self, element: Element) -> _Style:
        return self.styles.get(element.get(f"{TEXT}style-name") or "", _PLAIN)

    def _kind(self, element: Element) -> tuple[BlockKind | None, int]:
        names: list[str] = []
        key = element.get(f"{TEXT}style-name") or ""
        while key in self.styles and len(names) < 20:
            names.append(self.styles[key].name.lower())
            key = self.styles[key].parent
        if any(n in ("title", "subtitle", "标题", "副标题") for n in names):
            return "title", 0
        if any(n.startswith("contents ") for n in names):
            return "boilerplate", 0
        if local(element) == "h":
            return "heading", count(element.get(f"{TEXT}outline-level"))
        return None, 0


_PLAIN = _Style("", "", "", False, False)


def _styles(root: Element) -> Iterator[tuple[str, _Style]]:
    for style in root.iter(f"{STYLE}style"):
        key = style.get(f"{STYLE}name") or ""
        text = style.find(f"{STYLE}text-properties")
        section = style.find(f"{STYLE}section-properties")
        position = text.get(f"{STYLE}text-position") or "" if text is not None else ""
        hidden = (text is not None and text.get(f"{TEXT}display") == "none") or (
            section is not None and section.get(f"{TEXT}display") == "none"
        )
        yield (
            key,
            _Style(
                style.get(f"{STYLE}display-name") or key,
                style.get(f"{STYLE}parent-style-name") or "",
                style.get(f"{STYLE}list-style-name") or "",
                position.startswith("super") or bool(re.match(r"\d{2}%", position)),
                hidden,
            ),
        )


def _list_styles(root: Element) -> Iterator[tuple[str, dict[int, _Level]]]:
    for style in root.iter(f"{TEXT}list-style"):
        yield style.get(f"{STYLE}name") or "", _levels(style)


def _levels(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in style:
        depth = count(level.get(f"{TEXT}level"))
        if local(level) == "list-level-style-bullet":
            sign = level.get(f"{TEXT}bullet-char") or "•"
            levels[depth] = ("", "•" if "\ue000" <= sign <= "\uf8ff" else sign, 1, 1)
        elif local(level) in ("list-level-style-number", "outline-level-style"):
            around = (level.get(f"{STYLE}num-prefix") or "") + "\0" + (level.get(f"{STYLE}num-suffix") or "")
            form = level.get(f"{STYLE}num-format") or ""
            levels[depth] = (
                form,
                around if form else "",
                count(level.get(f"{TEXT}start-value")),
                count(level.get(f"{TEXT}display-levels")),
            )
    return levels


def _has_text(element: Element) -> bool:
    return bool("".join(element.itertext()).strip())


def count(value: str | None, most: int = _MOST_REPEATED) -> int:
    """A positive attribute that says how many; 1 where it is missing or no number."""
    return max(1, min(int(value), most)) if value and re.fullmatch(r"\d{1,9}", value) else 1


def sniff(path: Path, head: bytes) -> float:
    """A zip package that says it is an OpenDocument text, or a flat file with that root."""
    if package_kind(path, head) == "odt":
        return 0.95
    return 0.95 if b":opendocument:" in head[:8192] and b"<office:document" in head[:8192] else 0.0


READER = Reader("odt", "OpenDocument texts", (".odt", ".ott", ".fodt"), sniff, read)
