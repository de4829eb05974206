"""XLIFF 2.1 (OASIS) with the ITS module: the pairs as units, each finding as a marker with its issues.

A unit holds what one row of the page shows.  Where findings overlap, a marker refers to all
issues of its stretch.  Findings without a place are notes of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from aligncheck.model import Document, Finding, Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import ILLEGAL_XML, one_line, xml_text
from aligncheck.reports.tmx_report import LANGUAGES
from aligncheck.reports.view import Part, Row, rows_of
from aligncheck.reports.xml_report import ANNOTATOR, ITS, its_issues

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_MAP: Any = {None: NAMESPACE, "its": ITS}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DECLARATIONS = f' xmlns="{NAMESPACE}" xmlns:its="{ITS}"'.encode()


def render(report: Report) -> Iterable[bytes]:
    """The file, unit by unit."""
    root = etree.Element(_q("xliff"), nsmap=_MAP)
    root.set("version", "2.1")
    root.set("srcLang", LANGUAGES[report.source.language])
    if report.target is not None:
        root.set("trgLang", LANGUAGES[report.target.language])
    root.set(f"{{{ITS}}}version", "2.0")
    root.set(f"{{{ITS}}}annotatorsRef", ANNOTATOR)
    file = etree.Element(_q("file"), id="f1", original=xml_text(one_line(report.source.path)), nsmap=_MAP)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield etree.tostring(root, encoding="utf-8").removesuffix(b"/>") + b">\n"
    yield _bare(file).removesuffix(b"/>") + b">\n"
    rows = rows_of(report)
    writer = _Writer(report)
    homeless = [f for n, f in enumerate(report.findings) if not any(n in r.findings for r in rows)]
    if homeless:
        yield _bare(writer.notes(homeless)) + b"\n"
    for row in rows:
        yield _bare(writer.unit(row)) + b"\n"
    if not rows:
        yield b'<unit id="u1"><segment><source></source></segment></unit>\n'
    yield b"</file>\n</xliff>\n"


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.issues = 0

    def unit(self, row: Row) -> Any:
        """A unit: issues, notes, then the segment, in the order the schema demands."""
        unit = etree.Element(_q("unit"), id=f"u{row.index + 1}", nsmap=_MAP)
        unit.set(f"{_XML}space", "preserve")
        segment = etree.Element(_q("segment"), id="s1", nsmap=_MAP)
        blocks: list[Any] = []
        markers = 0
        sides: list[tuple[str, Document | None, Sequence[Part]]] = [
            ("source", self.report.source, row.source),
            ("target", self.report.target, row.target),
        ]
        for name, document, parts in sides:
            if name == "target" and (document is None or not parts):
                continue
            element = etree.SubElement(segment, _q(name))
            for at, part in enumerate(parts):
                if at:
                    _append(element, "\n")
                for piece in part.pieces:
                    if not piece.findings:
                        _append(element, piece.text)
                        continue
                    markers += 1
                    self.issues += 1
                    marker = etree.SubElement(element, _q("mrk"), id=f"m{markers}", type="its:generic")
                    marker.set(f"{{{ITS}}}locQualityIssuesRef", f"#its=lqi{self.issues}")
                    _append(marker, piece.text)
                    blocks.append(
                        its_issues(
                            [self.report.findings[n] for n in piece.findings], f"lqi{self.issues}", _MAP
                        )
                    )
        for block in blocks:
            unit.append(block)
        if row.findings:
            unit.append(self.notes([self.report.findings[n] for n in row.findings]))
        unit.append(segment)
        return unit

    def notes(self, findings: Iterable[Finding]) -> Any:
        """The findings as notes, for tools that know no ITS."""
        notes = etree.Element(_q("notes"), nsmap=_MAP)
        for number, finding in enumerate(findings, 1):
            note = etree.SubElement(notes, _q("note"), id=f"n{number}", category=finding.category.value)
            note.set("priority", str(1 + 3 * (3 - finding.severity.rank)))
            text = f"{finding.severity.value}: {finding.message.en}"
            if finding.suggestion:
                text += f" Suggestion: {finding.suggestion}"
            if finding.waived is not None:
                text += f" Waived: {finding.waived.reason}"
            note.text = xml_text(text)
        return notes


def _append(element: Any, text: str) -> None:
    """Append text, with ``<cp/>`` for every character that XML cannot hold."""
    at = 0
    for match in ILLEGAL_XML.finditer(text):
        _tail(element, text[at : match.start()])
        etree.SubElement(element, _q("cp"), hex=f"{ord(match[0]):04X}")
        at = match.end()
    _tail(element, text[at:])


def _tail(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _bare(element: Any) -> bytes:
    return bytes(etree.tostring(element, encoding="utf-8")).replace(_DECLARATIONS, b"", 1)


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


REPORTER = Reporter("xliff", "XLIFF 2.1 with ITS issues, for CAT tools", ".xlf", render)
