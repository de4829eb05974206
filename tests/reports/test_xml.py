"""The XML record: valid by its schema, complete, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from aligncheck.errors import InputError
from aligncheck.model import Report
from aligncheck.reports.xml_read import read_xml
from aligncheck.reports.xml_report import render
from tests.reports import sample

ITS = "{http://www.w3.org/2005/11/its}"
SAMPLES = [
    sample.sample_report,
    sample.single_report,
    sample.empty_report,
    sample.hostile_report,
    sample.one_sided_report,
]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("aligncheck.reports") / "schema" / "report-1.xsd")))


def written(report: Report) -> bytes:
    return b"".join(render(report))


@pytest.mark.parametrize("make", SAMPLES)
def test_round_trip_is_the_identity(
    make: Callable[[], Report], schema: etree.XMLSchema, tmp_path: Path
) -> None:
    report = make()
    path = tmp_path / "r.xml"
    path.write_bytes(written(report))
    schema.assertValid(etree.parse(str(path)))
    assert read_xml(path) == report
    assert written(read_xml(path)) == path.read_bytes()


def test_every_finding_has_its_issue_and_its_spans_refer_to_it() -> None:
    report = sample.sample_report()
    root = etree.fromstring(written(report))
    issues = {
        e.get("{http://www.w3.org/XML/1998/namespace}id"): e[0] for e in root.iter(f"{ITS}locQualityIssues")
    }
    assert [i.get("locQualityIssueType") for i in issues.values()] == [
        f.category.its_type for f in report.findings
    ]
    assert [i.get("locQualityIssueEnabled") for i in issues.values()].count("no") == 1
    for element in root.iter("{*}finding"):
        own = "#" + element.find(f"{ITS}locQualityIssues").get("{http://www.w3.org/XML/1998/namespace}id")
        refs = {t.get(f"{ITS}locQualityIssuesRef") for t in element.iterfind("{*}span/{*}text")}
        assert refs == {own}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not well-formed"),
        (b"<report/>", "root element"),
        (b'<report xmlns="urn:aligncheck:report:1" version="2"/>', "version"),
        (b'<report xmlns="urn:aligncheck:report:1" version="1"/>', "incomplete"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "document type"),
        (b"\x00\x01", "not well-formed"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what):
        read_xml(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'severity="critical"', b'severity="awful"'),
        (b'confidence="0.98"', b'confidence="sure"'),
        (b'verdict="fail"', b'verdict="maybe"'),
        (b'language="en"', b'language="xx"'),
        (b'start="0"', b'start="-"'),
    ],
)
def test_a_broken_report_is_refused_with_its_line(old: bytes, new: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    data = written(sample.sample_report())
    assert old in data
    path.write_bytes(data.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_xml(path)
    assert caught.value.line > 0


def test_a_truncated_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.xml"
    data = written(sample.sample_report())
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="not well-formed"):
        read_xml(path)
