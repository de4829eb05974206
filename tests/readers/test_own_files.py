"""What we write we read: each pair of a writer and the reader of its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aligncheck.model import Bitext, Document, Report
from aligncheck.readers import read, stream
from aligncheck.registry import load
from tests.reports import sample

REPORTS: dict[str, Callable[[], Report]] = {
    "sample": sample.sample_report,
    "hostile": sample.hostile_report,
    "one side": sample.one_sided_report,
    "single": sample.single_report,
    "empty": sample.empty_report,
}


def written(folder: Path, format: str, report: Report) -> Path:
    reporter = load("aligncheck.reporters")[format]
    path = folder / f"own{reporter.extension}"
    path.write_bytes(b"".join(reporter.render(report)))
    return path


def shown(text: str) -> str:
    """A text without blanks, without what XML cannot hold, and without the signs that show it."""
    signs = {*map(chr, range(0x2400, 0x2427)), "\ufffd"}
    return "".join(c for c in text if c.isprintable() and not c.isspace() and c not in signs)


def texts(document: Document | None) -> str:
    return shown("".join(b.text for b in document)) if document is not None else ""


@pytest.mark.parametrize("name", REPORTS)
def test_xliff(tmp_path: Path, name: str) -> None:
    report = REPORTS[name]()
    found = read(written(tmp_path, "xliff", report))
    source = found.source if isinstance(found, Bitext) else found
    assert texts(source) == texts(report.source)
    if isinstance(found, Bitext):
        assert texts(found.target) == texts(report.target)


@pytest.mark.parametrize("name", ["sample", "hostile", "one side"])
def test_tmx(tmp_path: Path, name: str) -> None:
    report = REPORTS[name]()
    path = written(tmp_path, "tmx", report)
    found = read(path)
    assert isinstance(found, Bitext)
    assert len(found.given) == sum(1 for _ in stream(path)) <= len(report.alignments)
    segments = [s for b in report.alignments for s in b.source]
    assert texts(found.source) == shown("".join(report.source.segments[i].text for i in segments))


def test_docx_of_a_report(tmp_path: Path) -> None:
    report = sample.sample_report()
    found = read(written(tmp_path, "docx", report))
    assert isinstance(found, Document)
    assert texts(found) == texts(report.target)


@pytest.mark.parametrize("format", ["html", "markdown", "xlsx", "terminal", "json", "xml"])
def test_reports_are_read_or_refused(tmp_path: Path, format: str) -> None:
    """A report is no document, but reading one by mistake ends like any other reading."""
    from aligncheck.errors import InputError

    path = written(tmp_path, format, sample.sample_report())
    try:
        found: object = read(path)
    except InputError as error:
        found = str(error)
    assert isinstance(found, (Bitext, Document)) or str(path) in str(found)
