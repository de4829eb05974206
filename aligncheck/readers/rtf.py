"""RTF: paragraphs, headings, printed list numbers, tables, notes, hidden and tracked text (Rich Text Format 1.9.1).

A library that only strips the codes would show deleted and hidden words, lose the notes, and run the cells of a
table together; so the codes are followed here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import read_bytes
from aligncheck.readers.structure import Raw

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
#: Destinations that are no text of the document.
_SKIPPED = frozenset(
    "colortbl info header headerl headerr headerf footer footerl footerr footerf pict nonshppict objdata "
    "fldinst listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles "
    "xmlnstbl "
    "annotation atnid atnauthor atnref atndate revtbl filetbl sp bkmkstart bkmkend ftnsep ftnsepc aftnsep "
    "aftnsepc template private userprops docvar pnseclvl background falt panose".split()
)
#: Starred destinations, skipped by programs that do not know them, that hold text.
_KNOWN_STARRED = frozenset("shpinst shptxt ud".split())
_SIGNS = {
    "line": "\n", "lbr": "\n", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_CODEPAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 54936: "gb18030", 10000: "mac_roman"}
_MOST_GROUPS = 100_000
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])(?:m|km|cm|mm))$")
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under construction."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    label: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    target: str = "body"  # body, note, label, skip, fonts, styles
    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    raised: bool = False
    font: int = -1
    unicode_skip: int = 1


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read an RTF file."""
    source = read_bytes(path, options).decode("latin-1")
    if not source.startswith("{\\rtf"):
        raise InputError("is no RTF: it does not begin with {\\rtf", path=str(path))
    reading = _Reading(str(path), options)
    reading.run(source)
    return assemble(reading.raws + reading.notes, path, options)


class _Reading:
    def __init__(self, path: str, options: ReadOptions) -> None:
        self.path, self.options = path, options
        self.original = options.tracked_changes == "original"
        self.raws: list[Raw] = []
        self.notes: list[Raw] = []
        self.state = _State()
        self.stack: list[tuple[_State, _Paragraph | None]] = []
        self.now = _Paragraph()
        self.bytes = bytearray()
        self.skip = 0  # characters that stand in for one of \u
        self.starred = False
        self.doubled = False  # the group that follows stands for the one behind it
        self.codec = "cp1252"
        self.default_font = -1
        self.fonts: dict[int, str] = {}
        self.font_number = self.style_number = 0
        self.style_name = ""
        self.outlines: dict[int, int] = {}  # style -> level, 1 the highest
        self.titles: set[int] = set()
        self.level = 0
        self.style = 0
        self.in_table = False
        self.table = self.row = self.column = 0
        self.table_open = False
        self.note_count = 0
        self.paragraphs = 0

    def run(self, source: str) -> None:
        """Follow the codes to the end of the outermost group."""
        at, words = 0, self._words()
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, hexed, symbol, brace, text = match.groups()
            if hexed is not None:
                self._byte(bytes([int(hexed, 16)]))
            elif text is not None:
                self._byte(text.encode("latin-1"))
            elif word is not None:
                if word == "bin":
                    at += max(0, int(number or 0))
                elif word == "u" and number:
                    self._flush()
                    self._unicode(int(number))
                else:
                    self._flush()
                    self._word(word, int(number) if number else None, words)
            elif symbol is not None:
                self._flush()
                self._symbol(symbol)
            elif brace == "{":
                self._flush()
                self._enter()
            elif brace == "}":
                self._flush()
                if not self.stack:
                    break
                self._leave()
                if not self.stack:
                    break
        self._flush()
        if self.stack:
            raise InputError("is cut off: a group is never closed", path=self.path, hint="save it again")
        self._end()

    # Characters -----------------------------------------------------------------

    def _byte(self, piece: bytes) -> None:
        if self.skip:
            gone = min(self.skip, len(piece))
            self.skip -= gone
            piece = piece[gone:]
        self.starred = False
        if self.state.target != "skip":
            self.bytes += piece

    def _flush(self) -> None:
        if self.bytes:
            codec = self.fonts.get(self.state.font if self.state.font >= 0 else self.default_font, self.codec)
            raw, self.bytes = bytes(self.bytes), bytearray()
            self._say(raw.decode(codec, "replace"))

    def _unicode(self, code: int) -> None:
        code %= 0x10000
        self.skip = self.state.unicode_skip
        text = self.now.text
        if 0xDC00 <= code < 0xE000 and text and 0xD800 <= ord(text[-1]) < 0xDC00:
            high, self.now.text = ord(text[-1]), text[:-1]
            self._say(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
        else:
            self._say(chr(code))

    def _say(self, text: str) -> None:
        state = self.state
        if state.target == "styles":
            self.style_name += text
        elif state.target == "label":
            self.now.label += text
        elif state.target in ("body", "note"):
            gone = state.revised if self.original else state.deleted
            if state.hidden or gone:
                return
            start = len(self.now.text)
            self.now.text += text
            figure = re.fullmatch(r"\s*[\[［]?(\d{1,3})[\]］]?\s*", text) if state.raised else None
            if figure and start and not _UNIT_BEFORE.search(self.now.text[:start]):
                self.now.marks.append(Mark("note", start, start + len(text), figure.group(1)))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.starred = True
        elif symbol in ("\r", "\n"):
            self._paragraph()
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    # Groups and words -----------------------------------------------------------

    def _enter(self) -> None:
        self.starred = False
        self.skip = 0
        if len(self.stack) > 4 * self.options.max_depth or len(self.raws) > _MOST_GROUPS * 10:
            raise InputError("its groups nest too deep", path=self.path, hint="this is no document")
        self.stack.append((self.state, None))
        if self.doubled:
            self.doubled = False
            self._set(target="skip")

    def _leave(self) -> None:
        self.skip = 0
        before, outer = self.stack.pop()
        if self.state.target == "styles" and before.target == "styles" and self.style_name:
            self._style_is(self.style_name.strip().rstrip(";").strip())
        if outer is not None:  # the end of a note
            self._note_ends(outer)
        self.state = before

    def _style_is(self, name: str) -> None:
        heading = _HEADING.match(name)
        if heading:
            self.outlines.setdefault(self.style_number, int(heading.group(1)))
        elif name.lower() in ("title", "subtitle", "标题", "副标题"):
            self.titles.add(self.style_number)
        self.style_name = ""

    def _word(self, word: str, number: int | None, words: dict[str, Callable[[int | None], None]]) -> None:
        starred, self.starred = self.starred, False
        if self.state.target == "skip":
            return
        if word in _SKIPPED or (starred and word not in _KNOWN_STARRED and word not in words):
            self.state = replace(self.state, target="skip")
        elif word in words:
            words[word](number)
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _words(self) -> dict[str, Callable[[int | None], None]]:
        def target(name: str) -> Callable[[int | None], None]:
            return lambda n: self._set(target=name)

        def flag(name: str) -> Callable[[int | None], None]:
            return lambda n: self._set(**{name: n != 0})

        def end(n: int | None) -> None:
            self._paragraph()

        return {
            "fonttbl": target("fonts"),
            "stylesheet": target("styles"),
            "listtext": target("label"),
            "pntext": target("label"),
            "upr": lambda n: setattr(self, "doubled", True),
            "ud": target("body"),
            "shpinst": lambda n: None,
            "shptxt": lambda n: None,
            "v": flag("hidden"),
            "deleted": flag("deleted"),
            "revised": flag("revised"),
            "super": flag("raised"),
            "nosupersub": lambda n: self._set(raised=False),
            "sub": lambda n: self._set(raised=False),
            "plain": lambda n: self._set(hidden=False, deleted=False, revised=False, raised=False),
            "uc": lambda n: self._set(unicode_skip=max(0, min(n if n is not None else 1, 16))),
            "ansicpg": self._codepage,
            "mac": lambda n: setattr(self, "codec", "mac_roman"),
            "deff": lambda n: setattr(self, "default_font", n or 0),
            "f": self._font,
            "fcharset": self._charset,
            "s": self._style,
            "outlinelevel": self._outline,
            "pard": self._reset,
            "intbl": lambda n: setattr(self, "in_table", True),
            "par": end,
            "sect": end,
            "page": lambda n: None,
            "cell": self._cell,
            "nestcell": self._cell,
            "row": self._row,
            "nestrow": self._row,
            "footnote": self._note_begins,
            "chftn": self._note_mark,
        }

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def _codepage(self, number: int | None) -> None:
        name = _CODEPAGES.get(number or 0, f"cp{number}")
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self.codec = name

    def _font(self, number: int | None) -> None:
        self.font_number = number or 0
        if self.state.target != "fonts":
            self._set(font=number or 0)

    def _charset(self, number: int | None) -> None:
        if self.state.target == "fonts" and number in _CHARSETS:
            self.fonts[self.font_number] = _CHARSETS[number]

    def _style(self, number: int | None) -> None:
        if self.state.target == "styles":
            self.style_number, self.style_name = number or 0, ""
        else:
            self.style = number or 0

    def _outline(self, number: int | None) -> None:
        if number is None or not 0 <= number < 9:
            return
        if self.state.target == "styles":
            self.outlines[self.style_number] = number + 1
        else:
            self.level = number + 1

    def _reset(self, number: int | None) -> None:
        if self.state.target in ("body", "note"):
            self.in_table, self.level, self.style = False, 0, 0

    # Blocks ---------------------------------------------------------------------

    def _paragraph(self) -> None:
        if self.state.target == "note":
            self.now.text += "\n"
        elif self.state.target == "body":
            self._end()

    def _end(self) -> None:
        """Close the paragraph at hand."""
        now, self.now = self.now, _Paragraph()
        if not self.in_table:
            self.paragraphs += 1
            if self.table_open:
                self.table, self.table_open, self.row, self.column = self.table + 1, False, 0, 0
        stripped = now.text.strip()
        if not stripped:
            return
        lead = len(now.text) - len(now.text.lstrip())
        marks = tuple(
            Mark(m.kind, max(0, m.start - lead), min(len(stripped), max(0, m.end - lead)), m.ref)
            for m in now.marks
        )
        level = self.level or self.outlines.get(self.style, 0)
        label = now.label.strip()
        label = "•" if (label and not label.isprintable()) or "\uf000" <= label[:1] <= "\uf0ff" else label
        kind: BlockKind | None = "title" if self.style in self.titles else "heading" if level else None
        kind = kind or ("item" if label else None)
        if self.in_table:
            self.table_open = True
            where = f"table {self.table + 1}, row {self.row + 1}, column {self.column + 1}"
            cell = (self.table, self.row, self.column)
            self.raws.append(Raw(stripped, Place(cell=where), (), kind, level, label, marks, cell))
        else:
            self.raws.append(Raw(stripped, Place(paragraph=self.paragraphs), (), kind, level, label, marks))

    def _cell(self, number: int | None) -> None:
        self.in_table = self.table_open = True
        self._end()
        self.column += 1

    def _row(self, number: int | None) -> None:
        self.row, self.column = self.row + 1, 0

    # Notes ----------------------------------------------------------------------

    def _note_mark(self, number: int | None) -> None:
        """The running number of a note: its mark in the text; within the note it is the label."""
        if self.state.target == "body" and not self.state.hidden:
            at = len(self.now.text)
            self.now.marks.append(Mark("note", at, at, str(self.note_count + 1)))

    def _note_begins(self, number: int | None) -> None:
        if self.stack and self.state.target == "body":
            state, _ = self.stack[-1]
            self.stack[-1] = (state, self.now)
            self.now = _Paragraph()
            self.note_count += 1
            self._set(target="note", raised=False)

    def _note_ends(self, outer: _Paragraph) -> None:
        label = str(self.note_count)
        if not any(m.ref == label for m in outer.marks):
            outer.marks.append(Mark("note", len(outer.text), len(outer.text), label))
        for line in self.now.text.split("\n"):
            if line.strip():
                self.notes.append(Raw(line.strip(), Place(cell=f"footnote {label}"), (), "note", 0, label))
        self.now = outer


def sniff(path: Path, head: bytes) -> float:
    """Told by its first group."""
    return 0.95 if head.startswith(b"{\\rtf") else 0.0


READER = Reader("rtf", "Rich Text Format", (".rtf",), sniff, read)
