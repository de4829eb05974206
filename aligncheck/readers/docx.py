"""DOCX: paragraphs, headings, lists with their numbers, tables, notes, text boxes, tracked changes.

The parts are read straight from the package (ECMA-376, WordprocessingML): what matters here -- notes,
tracked changes, text boxes, computed list numbers -- lies outside what document libraries model, and
every part goes through the one strict XML parser.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligncheck.errors import InputError
from aligncheck.model import Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble, with_remark
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.numbering import Numbering, number_in
from aligncheck.readers.packages import BROKEN, check_zip, opened, package_kind, related
from aligncheck.readers.structure import Raw
from aligncheck.readers.symbols import symbol
from aligncheck.readers.xml import Element, local, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
#: Containers that hold paragraphs or runs and have no text of their own.
_WRAPPERS = frozenset(
    "sdt sdtContent customXml smartTag hyperlink fldSimple ins moveTo del moveFrom dir bdo body Choice "
    "AlternateContent".split()
)
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    outline: int | None  # 0-based heading level
    numbering: tuple[str, int] | None


@dataclass(slots=True)
class _Text:
    """A paragraph's text under construction."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read a word-processor file."""
    main = _main_part(path)
    check_zip(path, options, main, "a DOCX document")
    with opened(path) as package:
        reading = _Reading(path, package, options, main)
        raws = reading.raws()
    found = assemble(raws, path, options)
    if not reading.unread:
        return found
    remark = f"{reading.unread} document{'s' if reading.unread > 1 else ''} put into this one not read"
    return with_remark(found, remark)


def _main_part(path: Path) -> str:
    """The part that holds the text, by the relations of the package."""
    try:
        with opened(path) as package:
            found = related(package, "").get("officeDocument", "")
            return found if found in package.namelist() else "word/document.xml"
    except BROKEN:
        return "word/document.xml"  # the check that follows says what is wrong


class _Reading:
    def __init__(self, path: Path, package: zipfile.ZipFile, options: ReadOptions, main: str) -> None:
        self.path, self.options, self.package, self.main = path, options, package, main
        self.related = related(package, main)
        self.original = options.tracked_changes == "original"
        self.styles = self._styles()
        self.numbering = Numbering(self._part(self.related.get("numbering", "word/numbering.xml")), W)
        self.notes: list[tuple[str, str, str]] = []  # kind, id, label in the order of their marks
        self.paragraphs = 0
        self.tables = 0
        self.unread = 0  # other documents that Word shows in this one

    def _part(self, name: str) -> Element | None:
        if name not in self.package.namelist():
            return None
        try:
            raw = self.package.read(name)
        except BROKEN as error:
            raise InputError(f"its part {name} cannot be unpacked: {error}", path=str(self.path)) from error
        # Files saved as "strict" differ in the namespace only.
        raw = raw.replace(_STRICT.encode(), W[1:-1].encode())
        return parse(io.BytesIO(raw), f"{self.path}!{name}", self.options)

    def raws(self) -> list[Raw]:
        """All blocks: the body, text boxes where they are anchored, the notes at the end."""
        root = self._part(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise InputError("has no body", path=str(self.path))
        found = list(self._blocks(body, None))
        return found + list(self._notes())

    # Blocks ---------------------------------------------------------------------

    def _blocks(
        self, container: Element, cell: tuple[int, int, int] | None, place: str = ""
    ) -> Iterator[Raw]:
        carried: _Text | None = None
        last: Element | None = None
        for child in container:
            name = local(child)
            if name == "p":
                if cell is None and not place:
                    self.paragraphs += 1
                text = carried or _Text()
                self._runs(child, text)
                # A paragraph whose end was deleted runs on into the next; so does a drop cap.
                if self._end_is_gone(child) or child.find(f"{W}pPr/{W}framePr[@{W}dropCap]") is not None:
                    carried, last = text, child
                    continue
                carried = None
                yield from self._block(child, text, cell, place)
            elif name == "tbl":
                yield from self._table(child)
            elif (name in ("del", "moveFrom") and not self.original) or (
                name in ("ins", "moveTo") and self.original
            ):
                continue
            elif name in _WRAPPERS:
                yield from self._blocks(child, cell, place)
            elif name in ("altChunk", "subDoc"):
                self.unread += 1
        if carried is not None and last is not None:
            yield from self._block(last, carried, cell, place)

    def _end_is_gone(self, paragraph: Element) -> bool:
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}{'ins' if self.original else 'del'}")
        return mark is not None

    def _block(
        self, paragraph: Element, text: _Text, cell: tuple[int, int, int] | None, where: str
    ) -> Iterator[Raw]:
        properties = paragraph.find(f"{W}pPr")
        style = self._style_of(properties)
        if text.text.strip():
            kind, level = self._kind(properties, style)
            label = self._label(properties, style)
            if label and kind is None:
                kind = "item"
            place = Place(paragraph=self.paragraphs) if not where else Place(cell=where)
            lead = len(text.text) - len(text.text.lstrip())
            stripped = text.text.strip()
            marks = tuple(
                Mark(m.kind, max(0, m.start - lead), min(len(stripped), max(0, m.end - lead)), m.ref)
                for m in text.marks
            )
            yield Raw(stripped, place, (), kind, level, label, marks, cell)
        elif self._numbers(properties, style) is not None:
            pass  # an empty list paragraph shows its number, but says nothing
        for box in text.boxes:
            yield from self._blocks(box, None, f"text box at paragraph {self.paragraphs}")

    def _table(self, table: Element) -> Iterator[Raw]:
        number = self.tables
        self.tables += 1
        for row_index, row in enumerate(table.iter(f"{W}tr")):
            if self._table_of(row) is not table or self._row_is_gone(row):
                continue
            column = 0
            for cell in row.iter(f"{W}tc"):
                if self._row_of(cell) is not row:
                    continue
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is None or merged.get(f"{W}val") == "restart":
                    where = f"table {number + 1}, row {row_index + 1}, column {column + 1}"
                    yield from self._blocks(cell, (number, row_index, column), where)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                column += number_in(span.get(f"{W}val"), 1) if span is not None else 1

    def _row_is_gone(self, row: Element) -> bool:
        return row.find(f"{W}trPr/{W}{'ins' if self.original else 'del'}") is not None

    def _table_of(self, row: Element) -> Element:
        return next(row.iterancestors(f"{W}tbl"))

    def _row_of(self, cell: Element) -> Element:
        return next(cell.iterancestors(f"{W}tr"))

    # Runs -----------------------------------------------------------------------

    def _runs(self, container: Element, text: _Text) -> None:
        for child in container:
            name = local(child)
            if name == "r":
                self._run(child, text)
            elif (name in ("del", "moveFrom") and not self.original) or (
                name in ("ins", "moveTo") and self.original
            ):
                continue
            elif name == "AlternateContent":
                chosen = next((c for c in child if local(c) == "Choice"), None)
                if chosen is not None:
                    self._runs(chosen, text)
            elif name in _WRAPPERS:
                self._runs(child, text)
            elif name in ("oMath", "oMathPara"):
                self._equation(child, text)

    def _equation(self, equation: Element, text: _Text) -> None:
        """An equation as the characters that stand in it, a fraction with its stroke."""
        for part in equation.iter("{*}t", "{*}den"):
            if local(part) == "den":
                text.text += "/"
            elif local(part.getparent()) == "r":
                text.text += part.text or ""

    def _run(self, run: Element, text: _Text) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and _on(properties.find(f"{W}vanish")):
            return
        start = len(text.text)
        for child in run:
            self._run_content(child, text)
        raised = properties.find(f"{W}vertAlign") if properties is not None else None
        if raised is not None and raised.get(f"{W}val") == "superscript":
            self._raised(text, start)

    def _run_content(self, child: Element, text: _Text) -> None:
        name = local(child)
        if name == "t" or (name == "delText" and self.original):
            text.text += child.text or ""
        elif name == "tab":
            text.text += "\t"
        elif name in ("br", "cr"):
            text.text += "" if child.get(f"{W}type") in ("page", "column") else "\n"
        elif name == "noBreakHyphen":
            text.text += "-"
        elif name == "sym":
            code = child.get(f"{W}char") or ""
            sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else ""
            text.text += symbol(sign, child.get(f"{W}font") or "")
        elif name in ("footnoteReference", "endnoteReference"):
            if not _on(child.get(f"{W}customMarkFollows")):
                kind = name.removesuffix("Reference")
                label = str(sum(k == kind for k, _, _ in self.notes) + 1)
                self.notes.append((kind, child.get(f"{W}id") or "", label))
                text.marks.append(Mark("note", len(text.text), len(text.text), label))
        elif name == "ruby":
            base = child.find(f"{W}rubyBase")
            if base is not None:
                self._runs(base, text)
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            boxes = list(child.iter(f"{W}txbxContent"))
            # The same box stands twice: as a drawing and, for old programs, as a picture.
            fallback = [b for b in boxes if any(local(a) == "Fallback" for a in b.iterancestors())]
            text.boxes += [b for b in boxes if b not in fallback] or fallback[:1]

    def _raised(self, text: _Text, start: int) -> None:
        """A raised figure typed by hand is a note mark, unless it belongs to a unit (m²)."""
        match = re.fullmatch(r"\s*[\[［]?(\d{1,3})[\]］]?\s*", text.text[start:])
        if match and not _UNIT_BEFORE.search(text.text[:start]):
            text.marks.append(Mark("note", start, len(text.text), match.group(1)))

    # Notes ----------------------------------------------------------------------

    def _notes(self) -> Iterator[Raw]:
        texts: dict[tuple[str, str], list[_Text]] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(self.related.get(f"{kind}s", f"word/{kind}s.xml"))
            for note in root if root is not None else ():
                if note.get(f"{W}type") in (None, "normal"):
                    found = []
                    for paragraph in note.iter(f"{W}p"):
                        text = _Text()
                        self._runs(paragraph, text)
                        found.append(text)
                    texts[kind, note.get(f"{W}id") or ""] = found
        for kind, identifier, label in self.notes:
            for text in texts.get((kind, identifier), []):
                stripped = text.text.strip()
                if stripped:
                    yield Raw(stripped, Place(cell=f"{kind} {label}"), (), "note", 0, label)

    # Styles ---------------------------------------------------------------------

    def _styles(self) -> dict[str, _Style]:
        root = self._part(self.related.get("styles", "word/styles.xml"))
        if root is None:
            return {}
        elements = {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style")}
        return {key: self._style(key, elements) for key in elements if key}

    def _style(self, key: str, elements: dict[str, Element]) -> _Style:
        outline: int | None = None
        list_ = level = name = ""
        seen: set[str] = set()
        at: str | None = key
        while at in elements and at not in seen:
            seen.add(at)
            element = elements[at]
            found = element.find(f"{W}name")
            own = found.get(f"{W}val") or "" if found is not None else ""
            name = name or own
            properties = element.find(f"{W}pPr")
            if properties is not None:
                outlined = properties.find(f"{W}outlineLvl")
                if outline is None and outlined is not None:
                    outline = number_in(outlined.get(f"{W}val"), 9)
                # A style may have the level of its list only, and the list from the style that it is based on.
                list_, level = list_ or _property(properties, "numId"), level or _property(properties, "ilvl")
            heading = _HEADING_NAME.match(own)
            if outline is None and heading:
                outline = int(heading.group(1)) - 1
            based = element.find(f"{W}basedOn")
            at = based.get(f"{W}val") if based is not None else None
        numbering = (list_, number_in(level, 0)) if list_ else None
        return _Style(name.lower(), outline if outline is None or outline < 9 else None, numbering)

    def _style_of(self, properties: Element | None) -> _Style | None:
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self.styles.get(style.get(f"{W}val") or "") if style is not None else None

    def _kind(self, properties: Element | None, style: _Style | None) -> tuple[BlockKind | None, int]:
        level = properties.find(f"{W}outlineLvl") if properties is not None else None
        outline = number_in(level.get(f"{W}val"), 9) if level is not None else None
        if outline is None and style is not None:
            outline = style.outline
        if style is not None and style.name in ("title", "subtitle", "标题", "副标题"):
            return "title", 0
        if style is not None and style.name.startswith(("toc ", "目录")):
            return "boilerplate", 0
        if outline is not None and outline < 9:
            return "heading", outline + 1
        return None, 0

    def _numbers(self, properties: Element | None, style: _Style | None) -> tuple[str, int] | None:
        inherited = style.numbering if style is not None else None
        if properties is None:
            return inherited
        list_, level = _property(properties, "numId"), _property(properties, "ilvl")
        if list_:
            return list_, number_in(level, 0)
        if inherited is not None and level:
            return inherited[0], number_in(level, 0)
        return inherited

    def _label(self, properties: Element | None, style: _Style | None) -> str:
        found = self._numbers(properties, style)
        return self.numbering.next(*found) if found is not None else ""


def _property(properties: Element, name: str) -> str:
    """What the numbering of a paragraph or style says: ``numId`` the list, ``ilvl`` the level in it."""
    found = properties.find(f"{W}numPr/{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _on(value: Any) -> bool:
    """An on/off property: there, and not switched off."""
    if value is None:
        return False
    setting = value if isinstance(value, str) else value.get(f"{W}val")
    return setting not in ("0", "false", "off")


def sniff(path: Path, head: bytes) -> float:
    """A zip package with a document in it."""
    return 0.95 if package_kind(path, head) == "docx" else 0.0


READER = Reader(
    "docx", "Word documents, also with a table of both languages", (".docx", ".docm"), sniff, read
)
