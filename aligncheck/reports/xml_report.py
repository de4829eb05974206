"""XML, the record: everything a Report holds, so that every other format can be made from it.

The elements are those of ``schema/report-1.xsd``.  All free text stands in elements, never in
attributes; what XML cannot hold is written as ``<cp hex="1F"/>``, as XLIFF 2 and CLDR do, so
that reading gives back every character.  Each finding also carries its ITS 2.0 standoff issue
(W3C Internationalization Tag Set 2.0, 8.17), to which its marked spans refer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from aligncheck.model import (
    Bead,
    Block,
    Document,
    Finding,
    MarkedSpan,
    Precedent,
    Problem,
    Report,
    SecondReading,
    Severity,
    SpanRef,
    TermUse,
)
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import ILLEGAL_XML, xml_text

NAMESPACE = "urn:aligncheck:report:1"
ITS = "http://www.w3.org/2005/11/its"
VERSION = "1"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ANNOTATOR = "localization-quality-issue|urn:aligncheck"

#: ITS counts severity from 0 to 100.
ITS_SEVERITY = {Severity.NEUTRAL: 0, Severity.MINOR: 25, Severity.MAJOR: 75, Severity.CRITICAL: 100}

#: Elements are handed to the file in runs of about so many bytes.
CHUNK = 1 << 16


def render(report: Report) -> Iterable[bytes]:
    """The report as a stream of bytes; memory does not grow with its length."""
    chunk: list[bytes] = []
    size = 0
    for part in _parts(report):
        chunk.append(part)
        size += len(part)
        if size > CHUNK:
            yield b"".join(chunk)
            chunk, size = [], 0
    yield b"".join(chunk)


def _parts(report: Report) -> Iterator[bytes]:
    root = etree.Element(_q("report"), nsmap=_MAP)
    root.set("version", VERSION)
    root.set("failOn", "never" if report.fail_on is None else report.fail_on.value)
    if report.timestamp:
        root.set("timestamp", xml_text(report.timestamp))
    root.set(f"{{{ITS}}}version", "2.0")
    root.set(f"{{{ITS}}}annotatorsRef", ANNOTATOR)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield etree.tostring(root, encoding="utf-8").removesuffix(b"/>") + b">\n"
    yield _serial(_tool(report))
    yield _serial(_summary(report))
    for side, document in (("source", report.source), ("target", report.target)):
        if document is not None:
            yield f'<document side="{side}" language="{document.language}">\n'.encode()
            yield from map(_serial, _document(document))
            yield b"</document>\n"
    for name, rows in (
        (b"alignments", map(_bead, report.alignments)),
        (b"findings", (_finding(f, n) for n, f in enumerate(report.findings, 1))),
        (b"terms", map(_term, report.terms)),
        (b"precedents", map(_precedent, report.precedents)),
        (b"problems", map(_problem, report.problems)),
    ):
        if name == b"precedents" and not report.precedents:
            continue
        if name == b"problems" and report.second is not None:
            yield _serial(_second(report.second))
        yield b"<%b>\n" % name
        yield from map(_serial, rows)
        yield b"</%b>\n" % name
    yield b"</report>\n"


def _tool(report: Report) -> Any:
    element = _element("tool")
    for name in ("name", "version", "signature"):
        _text(element, name, getattr(report.tool, name))
    return element


def _summary(report: Report) -> Any:
    summary = report.summary
    element = _element("summary", verdict=summary.verdict, penaltyPer1000=_number(summary.penalty_per_1000))
    for name, counts in (("category", summary.by_category), ("severity", summary.by_severity)):
        for value, count in counts.items():
            _child(element, name, name=value, count=str(count))
    return element


def _document(document: Document) -> Iterator[Any]:
    for name, text in (("path", document.path), ("name", document.name)):
        element = _element(name)
        _fill(element, text)
        yield element
    for problem in document.problems:
        element = _element("problem")
        _fill(element, problem)
        yield element
    yield from map(_block, document.blocks)


def _block(block: Block) -> Any:
    place = block.place
    element = _element("block", id=str(block.id), kind=block.kind)
    if block.level:
        element.set("level", str(block.level))
    for name in ("line", "page", "paragraph"):
        if getattr(place, name) is not None:
            element.set(name, str(getattr(place, name)))
    for name in ("cell", "unit"):
        if getattr(place, name) is not None:
            _text(element, name, getattr(place, name))
    if block.label:
        _text(element, "label", block.label)
    _text(element, "text", block.text)
    for mark in block.marks:
        child = _child(element, "mark", kind=mark.kind, start=str(mark.start), end=str(mark.end))
        _fill(child, mark.ref)
    for anchor in block.anchors:
        _child(element, "anchor", offset=str(anchor.offset), line=str(anchor.line), column=str(anchor.column))
    for segment in block.segments:
        child = _child(element, "segment", id=str(segment.id), start=str(segment.start), end=str(segment.end))
        if segment.block != block.id:
            child.set("block", str(segment.block))
        if segment.text != block.text[segment.start : segment.end]:
            _text(child, "text", segment.text)
    return element


def _bead(bead: Bead) -> Any:
    element = _element("bead", source=" ".join(map(str, bead.source)), target=" ".join(map(str, bead.target)))
    if bead.moved:
        element.set("moved", "true")
    for name, value in (
        ("score", bead.score),
        ("quality", bead.quality),
        ("sourceCoverage", bead.source_coverage),
        ("targetCoverage", bead.target_coverage),
    ):
        if value is not None:
            element.set(name, _number(value))
    for link in bead.links:
        _child(element, "link", source=_ref(link.source), target=_ref(link.target), score=_number(link.score))
    return element


def _finding(finding: Finding, number: int) -> Any:
    element = _element(
        "finding",
        category=finding.category.value,
        severity=finding.severity.value,
        confidence=_number(finding.confidence),
    )
    _text(element, "id", finding.id)
    _text(element, "check", finding.check)
    for language in ("en", "zh"):
        _text(element, "message", getattr(finding.message, language)).set(XML_LANG, language)
    if finding.suggestion:
        _text(element, "suggestion", finding.suggestion)
    issue = f"lqi{number}"
    for side in ("source", "target"):
        for span in getattr(finding, side):
            element.append(_span(side, span, issue))
    for label, value in finding.evidence:
        child = _child(element, "evidence")
        _text(child, "label", label)
        _text(child, "value", value)
    if finding.waived is not None:
        waiver = finding.waived
        child = _child(element, "waived", kind=waiver.kind)
        for name in ("id", "reason", "by", "until"):
            _text(child, name, getattr(waiver, name))
    if finding.decided is not None:
        child = _child(element, "decided", kind=finding.decided.kind)
        for name in ("by", "comment", "wording"):
            _text(child, name, getattr(finding.decided, name))
    element.append(its_issues([finding], issue, _MAP))
    return element


def its_issues(findings: Iterable[Finding], name: str, names: Any) -> Any:
    """The ITS 2.0 standoff element of findings, named ``name``, in a document with the prefixes ``names``."""
    element = etree.Element(f"{{{ITS}}}locQualityIssues", nsmap=names)
    element.set(XML_ID, name)
    for finding in findings:
        etree.SubElement(
            element,
            f"{{{ITS}}}locQualityIssue",
            {
                "locQualityIssueType": finding.category.its_type,
                "locQualityIssueComment": xml_text(finding.message.en),
                "locQualityIssueSeverity": str(ITS_SEVERITY[finding.severity]),
                "locQualityIssueProfileRef": f"urn:aligncheck:mqm:{finding.severity.value}",
                "locQualityIssueEnabled": "yes" if finding.waived is None else "no",
            },
        )
    return element


def _span(side: str, span: MarkedSpan, issue: str) -> Any:
    element = _element("span", side=side, block=str(span.block), start=str(span.start), end=str(span.end))
    if span.line is not None:
        element.set("line", str(span.line))
    if span.unit:
        _text(element, "unit", span.unit)
    _text(element, "text", span.text).set(f"{{{ITS}}}locQualityIssuesRef", f"#{issue}")
    return element


def _term(use: TermUse) -> Any:
    element = _element("term", count=str(use.count))
    _text(element, "form", use.term)
    if use.due:
        _text(element, "due", use.due)
    for rendering in use.renderings:
        child = _child(element, "rendering", status=rendering.status, count=str(rendering.count))
        _fill(child, rendering.text)
    return element


def _precedent(precedent: Precedent) -> Any:
    element = _element(
        "precedent",
        alignment=str(precedent.alignment),
        kind=precedent.kind,
        likeness=_number(precedent.likeness),
        followed="true" if precedent.followed else "false",
    )
    for name in ("source", "target", "adapted"):
        _text(element, name, getattr(precedent, name))
    for use in precedent.uses:
        child = _child(element, "use")
        # Not "document": those are the report's own.
        for name, text in (("in", use.document), ("date", use.date), ("status", use.status)):
            _text(child, name, text)
    return element


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _second(record: SecondReading) -> Any:
    element = _element("secondReader", calibrated="true" if record.calibrated else "false")
    for name in ("passages", "read", "findings", "moved"):
        element.set(name, str(getattr(record, name)))
    for name in ("sent", "withheld"):
        element.set(name, " ".join(map(str, getattr(record, name))))
    for name in ("model", "prompt", "remote"):
        _text(element, name, getattr(record, name))
    for reason, count in record.dropped:
        _child(element, "dropped", reason=reason, count=str(count))
    for notice in record.notices:
        child = _child(element, "notice")
        _text(child, "en", notice.en)
        _text(child, "zh", notice.zh)
    return element


def _problem(problem: Problem) -> Any:
    element = _element("breakdown")
    for name in ("what", "check"):
        _text(element, name, getattr(problem, name))
    return element


_MAP: Any = {None: NAMESPACE, "its": ITS}
_DECLARATIONS = f' xmlns="{NAMESPACE}" xmlns:its="{ITS}"'.encode()


def _serial(element: Any) -> bytes:
    # The root has declared the namespaces; each element on its own would declare them again, right
    # behind its name.
    return bytes(etree.tostring(element, encoding="utf-8")).replace(_DECLARATIONS, b"", 1) + b"\n"


def _element(name: str, /, **attributes: str) -> Any:
    return etree.Element(_q(name), attributes, nsmap=_MAP)


def _child(parent: Any, name: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _q(name), attributes)


def _text(parent: Any, name: str, text: str) -> Any:
    element = etree.SubElement(parent, _q(name))
    _fill(element, text)
    return element


def _fill(element: Any, text: str) -> None:
    """Set the text, with ``<cp/>`` for every character that XML cannot hold."""
    if not ILLEGAL_XML.search(text):
        element.text = text
        return
    at, last = 0, None
    for match in ILLEGAL_XML.finditer(text):
        before = text[at : match.start()]
        if last is None:
            element.text = before
        else:
            last.tail = before
        last = etree.SubElement(element, _q("cp"), hex=f"{ord(match[0]):04X}")
        at = match.end()
    assert last is not None
    last.tail = text[at:]


def _ref(ref: SpanRef) -> str:
    return f"{ref.block} {ref.start} {ref.end}"


def _number(value: float) -> str:
    return repr(float(value))


REPORTER = Reporter("xml", "the complete record, from which every other format can be made", ".xml", render)
