"""JUnit XML in the strict flavour, which every reader of the format takes.

A test case for every finding, and one for each category in which nothing was found, so that the
file is never empty.  A finding at or above ``--fail-on`` is a failure; a waived one is skipped; the
rest pass and are listed in the output.  A check that broke down is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from aligncheck.model import Category, Finding, Report
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import one_line, shorten, xml_text
from aligncheck.reports.places import place_name, quoted, unique_ids, weighs

#: The format demands a time of day; without a clock it is the epoch.
EPOCH = "1970-01-01T00:00:00"


def render(report: Report) -> Iterable[bytes]:
    """The file, with one suite."""
    root = etree.Element("testsuites")
    suite = etree.SubElement(root, "testsuite", _head(report))
    _child(etree.SubElement(suite, "properties"), "property", name="tool", value=report.tool.version)
    _child(suite[0], "property", name="signature", value=report.tool.signature)
    _child(suite[0], "property", name="verdict", value=report.summary.verdict)
    listed = []
    for finding, identity in unique_ids(report.findings):
        _case(suite, report, finding, identity)
        if finding.waived is None and not weighs(finding, report.fail_on):
            listed.append(f"{finding.severity.value}: {_text(report, finding)}")
    for problem in report.problems:
        case = _child(
            suite, "testcase", name=f"check {problem.check}", classname="aligncheck.checks", time="0"
        )
        _child(case, "error", message=problem.what, type="breakdown")
    for category in Category:
        if not any(f.category is category for f in report.findings):
            _child(
                suite,
                "testcase",
                name=f"no {category.value}",
                classname=f"aligncheck.{category.value}",
                time="0",
            )
    etree.SubElement(suite, "system-out").text = xml_text("\n\n".join(listed))
    etree.SubElement(suite, "system-err").text = ""
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _head(report: Report) -> dict[str, str]:
    failures = sum(weighs(f, report.fail_on) for f in report.findings)
    empty = sum(not any(f.category is c for f in report.findings) for c in Category)
    stamp = re.match(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", report.timestamp)
    paths = [report.source.path] + ([report.target.path] if report.target is not None else [])
    return {
        "id": "0",
        "package": "aligncheck",
        "name": token(" → ".join(paths)) or "aligncheck",
        "timestamp": stamp[0] if stamp else EPOCH,
        "hostname": "localhost",
        "tests": str(len(report.findings) + len(report.problems) + empty),
        "failures": str(failures),
        "errors": str(len(report.problems)),
        "skipped": str(sum(f.waived is not None for f in report.findings)),
        "time": "0",
    }


def _case(suite: Any, report: Report, finding: Finding, identity: str) -> None:
    name = f"{place_name(finding, report)} {finding.check} {identity}"
    case = _child(
        suite, "testcase", name=token(name), classname=f"aligncheck.{finding.category.value}", time="0"
    )
    if finding.waived is not None:
        _child(case, "skipped", message=token(f"{finding.waived.kind}: {finding.waived.reason}"))
    elif weighs(finding, report.fail_on):
        failure = _child(
            case,
            "failure",
            message=token(finding.message.en),
            type=f"{finding.severity.value} {finding.category.value}",
        )
        failure.text = xml_text(_text(report, finding))


def _text(report: Report, finding: Finding) -> str:
    lines = [f"{place_name(finding, report)}: {finding.message.en}", finding.message.zh]
    for name, spans in (("source", finding.source), ("target", finding.target)):
        if quoted(spans):
            lines.append(f"{name}: {quoted(spans)}")
    if finding.suggestion:
        lines.append(f"suggestion: {finding.suggestion}")
    return "\n".join(lines)


def token(text: str) -> str:
    """Text for an attribute of type token: legal, on one line, not overlong."""
    return shorten(xml_text(one_line(text)), 500).strip()


def _child(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, tag, {k: token(v) for k, v in attributes.items()})


REPORTER = Reporter("junit", "JUnit XML, for test views of CI", ".junit.xml", render)
