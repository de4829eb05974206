"""A Word file changed at given words and nowhere else: comments and tracked changes in a copy of it.

Runs are cut at the borders of what is marked; formatting, tables, headers, notes and everything else
in the package stay as they are.  Blocks are found again by their text, in reading order.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from aligncheck.model import Block
from aligncheck.reports.escape import xml_text

#: What stands in a run for a character that is no text of ``w:t``.
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_TEXT = qn("w:t")
#: Larger packages are not copied.
_MOST = 200 * 1024 * 1024


class WordFile:
    """A Word file, opened to be changed in memory.

    Raises:
        ValueError: the file is no Word document, is too large, or is not the one that was read.
    """

    def __init__(self, path: Path, blocks: Sequence[Block]) -> None:
        try:
            if path.stat().st_size > _MOST:
                raise ValueError("too large")
            self.document: Any = docx.Document(str(path))
        except Exception as error:  # whatever the library makes of a foreign file
            raise ValueError(str(error)) from error
        self._found = _matched(list(self.document.element.body.iter(qn("w:p"))), blocks)
        if blocks and not any(b.id in self._found for b in blocks):
            raise ValueError("its paragraphs are not those that were read")
        self._changes = 0

    def runs(self, block: int, start: int, end: int) -> list[Any]:
        """The runs that hold a stretch of a block, cut out where they must be; [] where it is not found."""
        if block not in self._found:
            return []
        paragraph, lead = self._found[block]
        start, end = max(start - lead, 0), max(end - lead, 0)
        for offset in (start, end):
            _cut(paragraph, offset)
        runs = [(r, a, b) for r, a, b in _runs(paragraph)]
        inside = [r for r, a, b in runs if start <= a and b <= end and a < b]
        return inside or [r for r, a, b in runs if a <= start <= b and a < b][-1:]

    def comment(self, runs: Sequence[Any], lines: Sequence[str], author: str) -> None:
        """A comment over neighbouring runs, its first line in bold; without runs, over the first words."""
        if not runs:
            every = (r for p in self.document.element.body.iter(qn("w:p")) for r, a, b in _runs(p) if a < b)
            first = next(every, None)
            runs = [first if first is not None else self.document.add_paragraph().add_run("")._r]
        first_run, last_run = (Run(r, Paragraph(r.getparent(), self.document)) for r in (runs[0], runs[-1]))
        comment = self.document.add_comment(runs=[first_run, last_run], text="", author=author, initials="ac")
        comment._comment_elm.attrib.pop(qn("w:date"), None)
        comment.paragraphs[0].add_run(xml_text(lines[0])).bold = True
        for line in lines[1:]:
            comment.add_paragraph(xml_text(line))

    def replace(self, runs: Sequence[Any], text: str, author: str) -> None:
        """A tracked change: the runs deleted, ``text`` inserted after them in the first one's formatting."""
        made = []
        for name in ("w:del", "w:ins"):
            self._changes += 1
            element = OxmlElement(name)
            element.set(qn("w:id"), str(900_000 + self._changes))
            element.set(qn("w:author"), author)
            made.append(element)
        deleted, inserted = made
        runs[0].addprevious(deleted)
        new = OxmlElement("w:r")
        properties = runs[0].find(qn("w:rPr"))
        if properties is not None:
            new.append(copy.deepcopy(properties))
        written = OxmlElement("w:t")
        written.text = xml_text(text)
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        new.append(written)
        inserted.append(new)
        for run in runs:
            deleted.append(run)
            for part in run.iter(_TEXT):
                part.tag = qn("w:delText")
                part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        deleted.addnext(inserted)

    def bytes(self) -> bytes:
        """The changed package."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _runs(paragraph: Any) -> Iterator[tuple[Any, int, int]]:
    """The runs of a paragraph that are in force, with their start and end in its text."""
    at = 0
    for run in paragraph.iter(qn("w:r")):
        if any(a.tag in (qn("w:del"), qn("w:moveFrom")) for a in run.iterancestors()):
            continue
        if next(run.iterancestors(qn("w:p"))) is not paragraph:  # of a text box anchored here
            continue
        size = len(_text_of(run))
        yield run, at, at + size
        at += size


def words_of(runs: Sequence[Any]) -> str:
    """The text of some runs."""
    return "".join(map(_text_of, runs))


def _text_of(run: Any) -> str:
    return "".join(c.text or "" if c.tag == _TEXT else _SIGNS.get(c.tag, "") for c in run)


def _cut(paragraph: Any, offset: int) -> None:
    """Cut the run that an offset lies in, so that a run begins there."""
    for run, start, end in list(_runs(paragraph)):
        if not start < offset < end:
            continue
        after = copy.deepcopy(run)
        run.addnext(after)
        at = start
        for left, right in zip(list(run), list(after), strict=True):
            if left.tag == qn("w:rPr"):
                continue
            size = len(left.text or "") if left.tag == _TEXT else len(_SIGNS.get(left.tag, ""))
            if at + size <= offset:
                after.remove(right)
            elif at >= offset:
                run.remove(left)
            else:
                text = left.text or ""
                left.text, right.text = text[: offset - at], text[offset - at :]
                for part in (left, right):
                    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            at += size
        return


def _matched(paragraphs: Sequence[Any], blocks: Sequence[Block]) -> dict[int, tuple[Any, int]]:
    """For each block its paragraph, and how many characters of it stand before the paragraph's text."""
    texts = ["".join(_text_of(r) for r, _, _ in _runs(p)) for p in paragraphs]
    places: dict[str, list[int]] = {}
    for count, text in enumerate(texts):
        places.setdefault(text.strip(), []).append(count)
    found: dict[int, tuple[Any, int]] = {}
    last = -1
    for block in blocks:
        wanted = block.text.strip()
        number = _next(places.get(wanted, []), last)
        if number is None:  # a list's number, which the file only computes, stands before the text
            for mark in block.marks:
                if mark.kind == "number" and mark.start == 0:
                    rest = block.text[mark.end :].strip()
                    number = _next(places.get(rest, []), last)
        if number is None:
            continue
        stripped = texts[number].strip()
        lead = block.text.rfind(stripped) - (len(texts[number]) - len(texts[number].lstrip()))
        found[block.id] = (paragraphs[number], lead)
        last = number
    return found


def _next(numbers: Sequence[int], last: int) -> int | None:
    """The first paragraph after the last one, else (notes, text boxes) the first at all."""
    return next((n for n in numbers if n > last), numbers[0] if numbers else None)
