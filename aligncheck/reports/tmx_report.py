"""TMX 1.4b: the alignment as a translation memory, with score, quality and findings as props."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from aligncheck.model import Bead, Document, Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import xml_text
from aligncheck.reports.view import rows_of

LANGUAGES = {"zh": "zh-CN", "en": "en"}
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(report: Report) -> Iterable[bytes]:
    """The memory, unit by unit; a bead with one empty side is a unit with one variant."""
    yield from written(header(LANGUAGES[report.source.language], report.tool.version), _units(report))


def written(head: Any, units: Iterable[Any]) -> Iterator[bytes]:
    """The file of a memory: its header, and its units one by one."""
    yield _HEAD
    yield etree.tostring(head, encoding="utf-8") + b"\n<body>\n"
    for unit in units:
        yield etree.tostring(unit, encoding="utf-8") + b"\n"
    yield b"</body>\n</tmx>\n"


def header(source: str, version: str) -> Any:
    """The header of a memory whose source language is given as TMX names it."""
    return etree.Element(
        "header",
        {
            "creationtool": "aligncheck",
            "creationtoolversion": xml_text(version),
            "segtype": "sentence",
            "o-tmf": "aligncheck",
            "adminlang": "en",
            "srclang": source,
            "datatype": "plaintext",
        },
    )


def _units(report: Report) -> Iterator[Any]:
    findings: dict[int, list[str]] = {
        r.bead: [report.findings[n].id for n in r.findings] for r in rows_of(report) if r.bead is not None
    }
    sources = report.source.segments
    targets = report.target.segments if report.target is not None else ()
    for number, bead in enumerate(report.alignments):
        unit = etree.Element("tu", tuid=str(number + 1))
        for name, value in _props(bead, findings.get(number, [])):
            etree.SubElement(unit, "prop", type=f"x-{name}").text = xml_text(value)
        for document, segments, ids in (
            (report.source, sources, bead.source),
            (report.target, targets, bead.target),
        ):
            if document is not None and ids:
                _variant(unit, document, [segments[i].text for i in ids if i < len(segments)])
        if unit.find("tuv") is not None:
            yield unit


def _props(bead: Bead, findings: list[str]) -> Iterator[tuple[str, str]]:
    yield "alignment", bead.kind
    for name, value in (("score", bead.score), ("quality", bead.quality)):
        if value is not None:
            yield name, f"{value:.4f}"
    if bead.moved:
        yield "moved", "yes"
    for identity in findings:
        yield "finding", identity


def _variant(unit: Any, document: Document, texts: list[str]) -> None:
    add_variant(unit, document.language, ("" if document.language == "zh" else " ").join(texts))


def add_variant(unit: Any, language: str, text: str) -> None:
    """Give a unit its text in a language (``zh`` or ``en``)."""
    variant = etree.SubElement(unit, "tuv")
    variant.set(_LANG, LANGUAGES[language])
    etree.SubElement(variant, "seg").text = xml_text(text)


REPORTER = Reporter("tmx", "TMX 1.4b: the alignment as a translation memory", ".tmx", render)
