"""What every reporter must stand: hostile text, empty sides, one document, nothing found, twice the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from aligncheck.model import Report
from aligncheck.registry import load
from aligncheck.reports.base import Reporter
from aligncheck.reports.json_report import render as render_json
from tests.reports import sample

GOLDEN = Path(__file__).parent / "golden"
REPORTERS = sorted(load("aligncheck.reporters"))
#: Packages are read back in their own tests; the page is opened in a browser.
TEXTUAL = sorted(set(REPORTERS) - {"docx", "xlsx", "html"})
SAMPLES: dict[str, Callable[[], Report]] = {
    "sample": sample.sample_report,
    "single": sample.single_report,
    "empty": sample.empty_report,
    "hostile": sample.hostile_report,
    "one_sided": sample.one_sided_report,
}


def written(name: str, report: Report) -> bytes:
    reporter: Reporter = load("aligncheck.reporters")[name]
    return b"".join(reporter.render(report))


def test_all_formats_are_there() -> None:
    assert {
        *("xml", "html", "json", "jsonl", "sarif", "junit", "gitlab", "github"),
        *("xliff", "tmx", "xlsx", "markdown", "docx", "terminal"),
    } <= set(REPORTERS)
    extensions = [load("aligncheck.reporters")[n].extension for n in REPORTERS]
    assert len(set(extensions)) == len(extensions)
    assert all(e.startswith(".") for e in extensions)


@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize("name", REPORTERS)
def test_renders_anything_twice_the_same(name: str, make: Callable[[], Report]) -> None:
    report = make()
    data = written(name, report)
    assert data
    assert data == written(name, make())
    if name not in ("docx", "xlsx"):
        text = data.decode("utf-8")  # always UTF-8, always whole
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


@pytest.mark.parametrize("name", ["xml", "junit", "tmx", "xliff"])
@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
def test_xml_formats_are_well_formed(name: str, make: Callable[[], Report]) -> None:
    etree.fromstring(written(name, make()), etree.XMLParser(load_dtd=False, no_network=True))


@pytest.mark.parametrize("name", ["docx", "xlsx"])
@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
def test_packages_are_whole_and_timeless(name: str, make: Callable[[], Report]) -> None:
    with zipfile.ZipFile(io.BytesIO(written(name, make()))) as package:
        assert package.testzip() is None
        assert {i.date_time[0] for i in package.infolist()} == {1980}
        for item in package.namelist():
            if item.endswith((".xml", ".rels")):
                etree.fromstring(package.read(item))


@pytest.mark.parametrize(
    "name", ["json", "jsonl", "xml", "html", "sarif", "junit", "gitlab", "github", "docx", "xlsx"]
)
def test_every_finding_is_in_it(name: str) -> None:
    report = sample.sample_report()
    data = written(name, report)
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"".join(package.read(n) for n in package.namelist())
    for finding in report.findings:
        if name != "docx" or (
            finding.waived is None and finding.severity.rank
        ):  # comments tell what is in force
            assert finding.id.encode() in data


@pytest.mark.parametrize("name", TEXTUAL)
def test_golden(name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    path = GOLDEN / f"sample{load('aligncheck.reporters')[name].extension}"
    data = written(name, sample.sample_report())
    if request.config.getoption("--update-golden"):
        path.write_bytes(data)
    assert path.is_file(), "no golden file: run pytest with --update-golden and look at what it wrote"
    assert data.decode() == path.read_text(encoding="utf-8")


def test_no_clock_unless_asked_for() -> None:
    assert b"timestamp" not in written("xml", sample.sample_report())
    assert b"timestamp" not in b"".join(render_json(sample.sample_report()))
