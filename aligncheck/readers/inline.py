"""Running text with inline codes: the text, and where the codes stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aligncheck.model import Mark
from aligncheck.readers.xml import SPACE, Element

_FOLD = re.compile(r"[ \t]*[\r\n\t][ \t\r\n]*")


@dataclass(slots=True)
class Inline:
    """Text under construction; a code takes no room in the text but leaves a mark of no width."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, piece: str | None) -> None:
        """Append text."""
        if piece:
            self.text += piece

    def code(self, ref: str, shown: str = "") -> None:
        """Append an inline code, by what it shows of itself (mostly nothing)."""
        start = len(self.text)
        self.text += shown
        self.marks.append(Mark("code", start, len(self.text), ref))

    def without(self, codes: re.Pattern[str]) -> Inline:
        """The same with what a pattern takes for codes made codes, which take no room."""
        found, at = Inline(), 0
        marks = iter((*self.marks, None))
        mark = next(marks)
        for match in (*codes.finditer(self.text), None):
            end = match.start() if match else len(self.text)
            while mark is not None and mark.start <= end:
                shift = len(found.text) - at
                found.marks.append(Mark(mark.kind, mark.start + shift, min(mark.end, end) + shift, mark.ref))
                mark = next(marks)
            found.add(self.text[at:end])
            if match:
                found.code(match.group())
                at = match.end()
        return found

    def folded(self) -> Inline:
        """The same with line breaks and the indentation around them folded to one blank, ends stripped.

        What an XML writer broke over lines is one line of text; blanks within a line stay as they are.
        """
        if not _FOLD.search(self.text) and self.text == self.text.strip():
            return self
        found = Inline()
        shift: list[int] = []  # old offset -> new offset
        at = 0
        for match in _FOLD.finditer(self.text):
            found.text += self.text[at : match.start()]
            shift += range(len(found.text) - (match.start() - at), len(found.text))
            shift += [len(found.text)] * (match.end() - match.start())
            found.text += " "
            at = match.end()
        found.text += self.text[at:]
        shift += range(len(found.text) - (len(self.text) - at), len(found.text) + 1)
        lead = len(found.text) - len(found.text.lstrip())
        stripped = found.text.strip()
        for mark in self.marks:
            start = min(max(shift[mark.start] - lead, 0), len(stripped))
            end = min(max(shift[mark.end] - lead, start), len(stripped))
            found.marks.append(Mark(mark.kind, start, end, mark.ref))
        found.text = stripped
        return found


def keeps_space(element: Element) -> bool:
    """Whether ``xml:space="preserve"`` holds for an element."""
    while element is not None:
        value = element.get(SPACE)
        if value is not None:
            return bool(value == "preserve")
        element = element.getparent()
    return False
