"""DOCX, the review copy: the translation with a Word comment at the words of each finding.

Where the translation is a Word file, the copy is that file, changed by nothing but the comments; else
its text is set plainly.  Only findings in force are told: neither waived nor unsure ones.

A finding without a place in the translation (an omission) is put at the end of what stands before
the gap.  Where one document alone was checked, that one is the copy.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Pt

from aligncheck.model import Document, Finding, Report, Severity
from aligncheck.reports.docx_edit import WordFile
from aligncheck.reports.escape import one_line, xml_text
from aligncheck.reports.package import saving, timeless
from aligncheck.reports.places import quoted
from aligncheck.reports.texts import CATEGORIES, SEVERITIES
from aligncheck.reports.view import in_reading_order, rows_of

AUTHOR = "aligncheck"


def render(report: Report) -> Iterable[bytes]:
    """The package."""
    main = report.target if report.target is not None and report.target.blocks else report.source
    report = in_reading_order(report)
    shown = tuple(f for f in report.findings if f.waived is None and f.severity > Severity.NEUTRAL)
    report = replace(report, findings=shown)
    try:
        own = WordFile(Path(main.path), main.blocks)
    except ValueError:
        yield from _plain(report, main)
        return
    for finding, spans in zip(report.findings, _places(report, main, _side(report, main)), strict=True):
        own.comment(own.runs(*spans[0]) if spans else [], list(_lines(finding)), AUTHOR)
    yield timeless(own.bytes())


def _side(report: Report, main: Document) -> str:
    return "source" if main is report.source else "target"


def _plain(report: Report, main: Document) -> Iterable[bytes]:
    """The text of any other format, with its comments."""
    copy = docx.Document()
    _fonts(copy)
    copy.core_properties.author = AUTHOR
    copy.core_properties.title = xml_text(one_line(main.name or main.path))[:250]
    copy.core_properties.comments = ""
    writer = _Copy(copy, main)
    places = _places(report, main, _side(report, main))
    writer.write([span for spans in places for span in spans])
    for finding, spans in zip(report.findings, places, strict=True):
        writer.comment(finding, spans)
    out = io.BytesIO()
    with saving():
        copy.save(out)
    yield timeless(out.getvalue())


_Span = tuple[int, int, int]  # block, start, end


def _places(report: Report, main: Document, side: str) -> list[list[_Span]]:
    """For each finding where its comment goes."""
    before = _before(report, side)
    places = []
    for number, finding in enumerate(report.findings):
        spans = finding.source if side == "source" else finding.target
        found = [(s.block, s.start, s.end) for s in spans if 0 <= s.block < len(main.blocks)]
        if not found and main.blocks:
            block, end = before.get(number, (0, 0))
            text = main.blocks[block].text
            end = min(end or len(text), len(text))
            word = max(text.rfind(" ", 0, max(end - 1, 0)) + 1, end - 20, 0)
            found = [(block, min(word, end), end)]
        places.append(found)
    return places


def _before(report: Report, side: str) -> dict[int, tuple[int, int]]:
    """For each finding the last place of the copy up to its row: (block, offset)."""
    last = (0, 0)
    found: dict[int, tuple[int, int]] = {}
    for row in rows_of(report):
        parts = row.source if side == "source" else row.target
        if parts:
            last = (parts[-1].block.id, parts[-1].end)
        for number in row.findings:
            found.setdefault(number, last)
    return found


class _Copy:
    """The paragraphs, cut into runs at the borders of the comments."""

    def __init__(self, copy: Any, main: Document) -> None:
        self.copy = copy
        self.main = main
        self.runs: dict[int, list[tuple[int, int, Any]]] = {}
        self.styles: dict[str, str] = {}

    def write(self, spans: Sequence[_Span]) -> None:
        borders: dict[int, set[int]] = {}
        for at, start, end in spans:
            borders.setdefault(at, set()).update((start, end))
        for position, block in enumerate(self.main.blocks):
            paragraph = self.copy.add_paragraph()
            name = _style(block.kind, block.level)
            if name != "Normal":
                # By its id: the library looks through all styles each time it is given a name.
                if name not in self.styles:
                    self.styles[name] = self.copy.styles[name].style_id
                paragraph._p.style = self.styles[name]
            cuts = sorted(
                {0, len(block.text), *(b for b in borders.get(position, ()) if b <= len(block.text))}
            )
            self.runs[position] = [
                (a, b, paragraph.add_run(xml_text(block.text[a:b]))) for a, b in pairwise(cuts)
            ]
            if not self.runs[position]:
                self.runs[position] = [(0, 0, paragraph.add_run(""))]
        if not self.main.blocks:
            self.runs[0] = [(0, 0, self.copy.add_paragraph().add_run(""))]

    def comment(self, finding: Finding, spans: Sequence[_Span]) -> None:
        runs = [run for span in spans[:1] for run in self._inside(*span)] or [self.runs[0][0][2]]
        comment = self.copy.add_comment(runs=[runs[0], runs[-1]], text="", author=AUTHOR, initials="ac")
        comment._comment_elm.attrib.pop(qn("w:date"), None)
        lines = list(_lines(finding))
        comment.paragraphs[0].add_run(lines[0]).bold = True
        for line in lines[1:]:
            comment.add_paragraph(line)

    def _inside(self, block: int, start: int, end: int) -> list[Any]:
        runs = self.runs[block]
        found = [run for a, b, run in runs if start <= a and b <= end and a < b]
        if not found:
            found = [run for a, b, run in runs if a <= start <= b][-1:]
        return found or [runs[-1][2]]


def _lines(finding: Finding) -> Iterable[str]:
    head = f"{SEVERITIES[finding.severity].en} · {CATEGORIES[finding.category].en} · {finding.confidence:.0%}"
    waived = finding.waived
    if waived is not None:
        why = one_line(waived.reason)
        head += f" · {'waived' if waived.kind == 'waiver' else 'baseline'}" + (f": {why}" if why else "")
    lines = [head, finding.message.en, finding.message.zh]
    if quoted(finding.source, 300):
        lines.append(f"原文: {quoted(finding.source, 300)}")
    if finding.suggestion:
        lines.append(f"→ {finding.suggestion}")
    decided = finding.decided
    if decided is not None and decided.wording:
        lines.append(f"✓ {decided.wording}")
    if decided is not None and decided.comment:
        lines.append((f"{decided.by}: " if decided.by else "") + decided.comment)
    lines.append(f"{finding.check} {finding.id}")
    return (xml_text(one_line(line)) for line in lines)


def _style(kind: str, level: int) -> str:
    if kind == "title":
        return "Title"
    if kind == "heading":
        return f"Heading {min(max(level, 1), 4)}"
    return "Normal"


def _fonts(copy: Any) -> None:
    style = copy.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
