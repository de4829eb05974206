"""JSON, as the published schema demands: one object, one line a block, alignment and finding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from aligncheck.model import Bead, Document, Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.second import second_reader_data
from aligncheck.reports.serial import (
    bead_data,
    block_data,
    document_head,
    finding_data,
    head_data,
    precedent_data,
    problem_data,
    summary_data,
    term_data,
    words_data,
)


def render(report: Report) -> Iterable[bytes]:
    """The whole report as one JSON object, UTF-8, written piece by piece."""
    # The standard library's indented output is written in Python and slow; one line a record is
    # fast, and good to read and to compare.
    for text in _lines(report):
        yield text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes its JSON escape


def render_words(report: Report) -> Iterable[bytes]:
    """The same object with the words of every alignment and the links between them."""
    for text in _lines(report, words=True):
        yield text.encode("utf-8", "backslashreplace")


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data, as whoever reads the JSON gets it."""
    data: dict[str, Any] = json.loads(b"".join(render(report)))
    return data


def _lines(report: Report, words: bool = False) -> Iterator[str]:
    yield "{\n"
    for key, value in head_data(report).items():
        yield f"{_dump(key)}: {_dump(value)},\n"
    yield '"documents": {\n'
    yield from _document("source", report.source)
    yield ",\n"
    yield from _document("target", report.target)
    yield "\n},\n"
    yield from _list("alignments", map(_linked if words else bead_data, report.alignments))
    yield from _list("findings", map(finding_data, report.findings))
    yield from _list("terms", map(term_data, report.terms))
    if report.precedents:
        yield from _list("precedents", map(precedent_data, report.precedents))
    if report.second is not None:
        yield f'"second_reader": {_dump(second_reader_data(report.second))},\n'
    yield from _list("problems", map(problem_data, report.problems))
    yield f'"summary": {_dump(summary_data(report.summary))}\n}}\n'


def _linked(bead: Bead) -> dict[str, Any]:
    data = bead_data(bead)
    if bead.words is not None:
        data["words"] = words_data(bead.words)
    return data


def _document(side: str, document: Document | None) -> Iterator[str]:
    if document is None:
        yield f'"{side}": null'
        return
    yield f'"{side}": {{\n'
    for key, value in document_head(document).items():
        yield f"{_dump(key)}: {_dump(value)},\n"
    yield '"blocks": ['
    yield from _rows(map(block_data, document.blocks))
    yield "]}"


def _list(name: str, rows: Iterable[Any]) -> Iterator[str]:
    yield f'"{name}": ['
    yield from _rows(rows)
    yield "],\n"


def _rows(rows: Iterable[Any]) -> Iterator[str]:
    comma = "\n"
    for row in rows:
        yield comma + _dump(row)
        comma = ",\n"
    yield "\n" if comma != "\n" else ""


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


REPORTER = Reporter("json", "everything, for programs", ".json", render)
REPORTER_WITH_WORDS = Reporter(
    "json-words", "the same, with the words of every passage and their links", ".words.json", render_words
)
