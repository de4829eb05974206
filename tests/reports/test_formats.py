"""Each format by its own rules: schemas, reading back, what its readers trip over."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
from lxml import etree
from rich.cells import cell_len

from aligncheck.model import Anchor, Category, Place, Problem, Report, Severity
from aligncheck.reports import terminal_text
from aligncheck.reports.docx_copy import AUTHOR
from aligncheck.reports.escape import visible, xml_text
from aligncheck.reports.json_report import report_data
from aligncheck.reports.markdown_report import BUDGET, escape
from aligncheck.reports.places import uri
from aligncheck.reports.sarif_report import log, message_text
from aligncheck.reports.view import in_reading_order
from aligncheck.reports.xliff_report import NAMESPACE
from aligncheck.waivers import read_waivers
from tests.reports import sample
from tests.reports.test_contract import SAMPLES, written

SCHEMAS = Path(__file__).parent / "schemas"
ITS = "{http://www.w3.org/2005/11/its}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
every_sample = pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)


def validator(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def report_schema() -> Any:
    return validator(Path(str(files("aligncheck.reports") / "schema" / "report-1.schema.json")))


# JSON


@every_sample
def test_json_is_valid_and_the_contract(make: Callable[[], Report], report_schema: Any) -> None:
    report = make()
    report_schema.validate(json.loads(written("json", report)))


def test_the_json_schema_refuses_what_it_should(report_schema: Any) -> None:
    data = report_data(sample.sample_report())
    for path, value in (
        (("findings", 0, "severity"), "awful"),
        (("summary", "verdict"), None),
        (("schema",), "x/2"),
    ):
        broken = json.loads(json.dumps(data))
        inner = broken
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        assert list(report_schema.iter_errors(broken))


def test_jsonl_has_a_line_for_the_report_and_each_finding() -> None:
    report = sample.sample_report()
    rows = [json.loads(line) for line in written("jsonl", report).splitlines()]
    assert [r["type"] for r in rows] == ["report"] + ["finding"] * len(report.findings)
    assert [r["id"] for r in rows[1:]] == [f.id for f in report.findings]


# SARIF


@every_sample
def test_sarif_is_valid(make: Callable[[], Report]) -> None:
    report = make()
    data = json.loads(written("sarif", report))
    validator(SCHEMAS / "sarif.json").validate(data)
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    prints = set()
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        prints |= set(result["partialFingerprints"].values())
        assert ("suppressions" in result) == any(
            f.waived is not None and f.id in result["partialFingerprints"]["alignCheckFinding/v1"]
            for f in report.findings
        )
    assert len(prints) == len(run["results"]) == len(report.findings)


def test_sarif_rules_are_described_by_their_checks_and_named_as_viewers_want_it() -> None:
    rules = json.loads(written("sarif", sample.sample_report()))["runs"][0]["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["name"] != rule["id"]
        assert re.fullmatch(r"(?:[A-Z][a-z0-9]*)+", rule["name"])
        assert rule["fullDescription"]["text"].endswith((".", "!", "?"))
        assert rule["shortDescription"]["text"] != rule["fullDescription"]["text"]


def test_places_are_told_from_the_root_of_the_repository_or_as_file_uris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "docs").mkdir()
    for file in (tmp_path / "repo/docs/译 文.txt", tmp_path / "out#side.txt"):
        file.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "repo/docs")
    assert uri("译 文.txt") == uri(str(tmp_path / "repo/docs/译 文.txt")) == "docs/%E8%AF%91%20%E6%96%87.txt"
    assert uri("../../out#side.txt") == f"file://{tmp_path}/out%23side.txt"
    assert uri("gone/away.txt") == "gone/away.txt"


def test_sarif_columns_count_code_points_beyond_the_basic_plane() -> None:
    report = sample.sample_report(
        [replace(sample.WANTS[0], zh="12万", en="120")],
        [("paragraph", ["𠮷野家😀有12万人"], ["😀 has 120 people"])],
    )
    result = log(report)["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (7, 10)
    source = result["relatedLocations"][0]["physicalLocation"]["region"]
    assert (source["startColumn"], source["endColumn"]) == (6, 9)


def test_sarif_follows_anchors_over_joined_lines() -> None:
    report = sample.sample_report()
    assert report.target is not None
    block = report.target.blocks[2]
    anchored = replace(block, anchors=(Anchor(0, 5), Anchor(73, 6, 1)))
    blocks = (*report.target.blocks[:2], anchored, *report.target.blocks[3:])
    result = log(replace(report, target=replace(report.target, blocks=blocks)))["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 6
    assert region["startColumn"] == 84 - 73 + 1


def test_sarif_says_the_place_in_words_where_there_are_no_lines() -> None:
    report = sample.sample_report()
    assert report.target is not None
    blocks = tuple(replace(b, place=Place(paragraph=b.id + 1), anchors=()) for b in report.target.blocks)
    location = log(replace(report, target=replace(report.target, blocks=blocks)))["runs"][0]["results"][0][
        "locations"
    ][0]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "paragraph 3"


def test_sarif_stays_within_the_limits_and_keeps_the_gravest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligncheck.reports.sarif_report.MAX_RESULTS", 3)
    run = log(sample.sample_report())["runs"][0]
    assert [r["level"] for r in run["results"]] == ["error"] * 3
    assert {r["properties"]["severity"] for r in run["results"]} == {"critical"}
    assert "left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_messages_are_no_links_nor_placeholders() -> None:
    assert message_text("see [x](javascript:y) {0}") == "see \\[x](javascript:y) {{0}}"
    assert message_text("note [11] stays") == "note [11] stays"


def test_paths_become_relative_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert uri(str(tmp_path / "草稿" / "a b.txt")) == "%E8%8D%89%E7%A8%BF/a%20b.txt"
    assert uri("./x?.txt") == "x%3F.txt"
    assert uri("C:\\drafts\\x.txt") == "C%3A/drafts/x.txt"


# JUnit, GitLab, GitHub


@every_sample
def test_junit_is_strictly_valid_and_its_counts_are_true(make: Callable[[], Report]) -> None:
    report = make()
    root = etree.fromstring(written("junit", report))
    etree.XMLSchema(etree.parse(str(SCHEMAS / "junit.xsd"))).assertValid(root)
    suite = root[0]
    cases = suite.findall("testcase")
    assert int(suite.get("tests")) == len(cases) > 0
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
    assert (int(suite.get("failures")) > 0) == any(
        f.waived is None and f.severity >= report.fail_on for f in report.findings
    )
    assert len({c.get("name") for c in cases}) == len(cases)


def test_junit_takes_the_stamp_without_its_zone() -> None:
    report = replace(sample.sample_report(), timestamp="2026-03-01T08:00:00+08:00")
    assert etree.fromstring(written("junit", report))[0].get("timestamp") == "2026-03-01T08:00:00"


def test_a_check_that_broke_down_is_told_as_such() -> None:
    report = replace(sample.sample_report(), problems=(Problem("check 'x' crashed: {0}", "x", "Traceback"),))
    suite = etree.fromstring(written("junit", report))[0]
    assert suite.get("errors") == "1"
    assert suite.find("testcase/error").get("message") == "check 'x' crashed: {0}"
    etree.XMLSchema(etree.parse(str(SCHEMAS / "junit.xsd"))).assertValid(suite.getparent())
    invocation = log(report)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    for name in ("markdown", "html", "json", "xml"):
        data = written(name, report).decode()
        assert "crashed" in data
        assert "Traceback" not in data


@every_sample
def test_gitlab_entries_are_complete_and_unique(make: Callable[[], Report]) -> None:
    rows = json.loads(written("gitlab", make()))
    for row in rows:
        assert set(row) >= {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert row["description"]
        assert not row["location"]["path"].startswith("/")
        assert row["location"]["lines"]["begin"] >= 1
    assert len({r["fingerprint"] for r in rows}) == len(rows)


@every_sample
def test_github_commands_cannot_be_broken_out_of(make: Callable[[], Report]) -> None:
    report = make()
    lines = written("github", report).decode().splitlines()
    if not report.findings:
        assert lines == ["aligncheck: nothing was found"]
        return
    assert len(lines) == len(report.findings)
    for line in lines:
        command, head, _ = line.split("::", 2)[1].partition(" ")[0], line.split("::")[1], line
        assert command in {"error", "warning", "notice"}
        keys = [p.partition("=")[0] for p in head.partition(" ")[2].split(",")]
        assert keys[0] == "file"
        assert set(keys) <= {"file", "line", "endLine", "col", "endColumn", "title"}


# TMX, XLIFF


@every_sample
def test_tmx_is_valid_and_holds_every_pair(make: Callable[[], Report]) -> None:
    report = make()
    root = etree.fromstring(written("tmx", report), etree.XMLParser(load_dtd=False, no_network=True))
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(root), dtd.error_log
    assert len(root.findall("body/tu")) == len(report.alignments)
    for unit, bead in zip(root.findall("body/tu"), report.alignments, strict=True):
        expected = [
            visible_join(d.language, [d.segments[i].text for i in ids])
            for d, ids in ((report.source, bead.source), (report.target, bead.target))
            if d is not None and ids
        ]
        assert [s.text or "" for s in unit.iter("seg")] == expected
        assert unit.findtext("prop[@type='x-alignment']") == bead.kind


def visible_join(language: str, texts: list[str]) -> str:
    # A parser turns CR LF into LF unless it is written as a reference; ours is.
    return xml_text(("" if language == "zh" else " ").join(texts))


@every_sample
def test_xliff_is_valid_and_every_marker_has_its_issues(make: Callable[[], Report]) -> None:
    report = make()
    root = etree.fromstring(written("xliff", report))
    etree.RelaxNG(etree.parse(str(SCHEMAS / "xliff.rng"))).assertValid(root)
    for unit in root.iter(f"{{{NAMESPACE}}}unit"):
        issues = {e.get(XML_ID) for e in unit.iterfind(f"{ITS}locQualityIssues")}
        refs = [
            m.get(f"{ITS}locQualityIssuesRef").removeprefix("#its=") for m in unit.iter(f"{{{NAMESPACE}}}mrk")
        ]
        assert sorted(refs) == sorted(issues)
        ids = [m.get("id") for m in unit.iter(f"{{{NAMESPACE}}}mrk")]
        assert len(set(ids)) == len(ids)
    marked = {i.get("locQualityIssueComment") for i in root.iter(f"{ITS}locQualityIssue")}
    assert marked == {xml_text(f.message.en) for f in report.findings}


def test_xliff_markers_stand_on_the_marked_text() -> None:
    root = etree.fromstring(written("xliff", sample.sample_report()))
    texts = ["".join(m.itertext()) for m in root.iter(f"{{{NAMESPACE}}}mrk")]
    assert "12.6万" in texts
    assert "162,000" in texts


def test_translate_toolkit_reads_tmx_and_xliff() -> None:
    factory = pytest.importorskip("translate.storage.tmx")
    store = factory.tmxfile.parsestring(written("tmx", sample.sample_report()))
    store_units = [(u.source, u.target) for u in store.units]
    assert ("一、过去一年工作回顾", "I. Review of the Work in the Past Year") in store_units
    xliff2 = pytest.importorskip("translate.storage.xliff2")
    units = xliff2.Xliff2File.parsestring(written("xliff", sample.sample_report())).units
    assert any(u.source == "一、过去一年工作回顾" for u in units)


# XLSX, DOCX


def workbook(report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", report)), rich_text=True)


def test_xlsx_has_a_row_a_finding_with_the_span_in_bold() -> None:
    report = sample.sample_report()
    sheet = workbook(report).worksheets[0]
    head = [c.value for c in sheet[1]]
    assert sheet.max_row == len(report.findings) + 1
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:S{len(report.findings) + 1}"
    target = sheet.cell(2, head.index("Target / 译文") + 1).value
    bold = [str(p) for p in target if not isinstance(p, str)]
    assert bold == ["162,000"]
    assert str(target) == report.target.blocks[2].text if report.target else False
    ids = [f.id for f in in_reading_order(report).findings]
    assert [c.value for c in sheet["Q"][1:]] == ids
    choices = str(sheet.data_validations.dataValidation[0].formula1).strip('"').split(",")
    assert [c.split(" / ")[0] for c in choices] == [
        "accept",
        "use the suggestion",
        "waive",
        "not an error",
        "note",
    ]


def test_xlsx_shows_waivers_as_decisions() -> None:
    report = sample.sample_report()
    sheet = workbook(report).worksheets[0]
    rows = [[c.value for c in row[:5]] for row in sheet.iter_rows(min_row=2)]
    assert ["waive / 豁免", None, "house style", "L. Chen", "2030-01-01"] in rows
    assert sum(r[0] is not None for r in rows) == 1


def test_decisions_in_the_sheet_are_read_back(tmp_path: Path) -> None:
    report = sample.sample_report()
    book = workbook(report)
    sheet = book.worksheets[0]
    said = ("waive", None, "agreed with the office", "L. Chen", "2031-12-31", "by mail")
    for column, text in enumerate(said, 1):
        sheet.cell(2, column).value = text
    sheet.cell(3, 1).value = "accept"
    path = tmp_path / "decided.xlsx"
    book.save(path)
    entries = {e.waiver.id: e for e in read_waivers([path])}
    first, second = report.findings[0].id, report.findings[1].id
    assert entries[first].waiver.reason == "agreed with the office"
    assert entries[first].waiver.until == "2031-12-31"
    assert not entries[first].accepted
    assert second not in entries or entries[second].accepted


def test_xlsx_never_holds_a_formula() -> None:
    for sheet in workbook(sample.hostile_report()).worksheets:
        for row in sheet.iter_rows():
            assert all(c.data_type != "f" for c in row)


def test_docx_is_the_translation_with_a_comment_for_each_finding() -> None:
    report = sample.sample_report()
    assert report.target is not None
    copy = docx.Document(io.BytesIO(written("docx", report)))
    assert [p.text for p in copy.paragraphs] == [b.text for b in report.target.blocks]
    shown = [f for f in in_reading_order(report).findings if f.waived is None and f.severity.rank]
    comments = list(copy.comments)
    assert len(comments) == len(shown)
    assert {c.author for c in comments} == {AUTHOR}
    for comment, finding in zip(comments, shown, strict=True):
        assert finding.message.en in comment.text
        assert finding.message.zh in comment.text
    commented = [commented_text(copy, c.comment_id) for c in comments]
    for text, finding in zip(commented, shown, strict=True):
        if finding.target:
            assert text == finding.target[0].text
        else:
            assert text.strip()


def commented_text(copy: Any, number: int) -> str:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    inside, text = False, ""
    for element in copy.element.body.iter():
        if element.tag == f"{w}commentRangeStart" and element.get(f"{w}id") == str(number):
            inside = True
        elif element.tag == f"{w}commentRangeEnd" and element.get(f"{w}id") == str(number):
            inside = False
        elif inside and element.tag == f"{w}t":
            text += element.text or ""
    return text


# Markdown, terminal


def test_markdown_is_never_longer_than_a_comment() -> None:
    report = sample.large_report(200, 1500)
    text = written("markdown", report).decode()
    assert len(text.encode()) < BUDGET + 5_000
    assert "more in the full report" in text


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://a)",
        "@someone #12",
        "<img src=x>",
        "a|b",
        "`code`",
        "*b* _i_ ~~s~~",
        "www.example.org",
        "$x$",
    ],
)
def test_markdown_escapes_what_readers_would_render(text: str) -> None:
    import html as stdlib

    safe = escape(text)
    assert stdlib.unescape(safe) == text
    for special in "[]@<>|`*_~$":
        assert special not in safe
    assert "://" not in safe
    assert "www." not in safe


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_carets_stand_under_the_marked_cells(width: int) -> None:
    report = sample.sample_report()
    assert report.target is not None
    for finding in report.findings:
        for document, spans in ((report.source, finding.source), (report.target, finding.target)):
            for span in spans:
                shown = terminal_text.excerpt(document, span, width)
                assert shown is not None
                line, carets = shown
                assert cell_len(line) <= width
                lead = len(carets) - len(carets.lstrip())
                marked = cells(line, lead, lead + carets.count("^"))
                assert marked == span.text or (marked.endswith("…") and span.text.startswith(marked[:-1]))


def cells(line: str, start: int, end: int) -> str:
    out, at = "", 0
    for character in line:
        if start <= at < end:
            out += character
        at += cell_len(character)
    return out


def test_the_terminal_obeys_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert b"\x1b[" in written("terminal", sample.sample_report())
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b[" not in written("terminal", sample.sample_report())


def test_the_terminal_hides_neutral_and_waived() -> None:
    text = written("terminal", sample.sample_report()).decode()
    assert "2 neutral or waived not shown" in text
    assert "house style" not in text
    assert Severity.NEUTRAL.value in text


# Text at the edge


def test_hidden_characters_are_shown() -> None:
    assert visible("a\u202eb\x07") == "a⟨U+202E⟩b⟨U+0007⟩"
    assert xml_text("a\x07\ud800") == "a␇\ufffd"


def test_every_category_has_a_name_in_both_languages() -> None:
    from aligncheck.reports.texts import CATEGORIES, SEVERITIES

    assert set(CATEGORIES) == set(Category)
    assert set(SEVERITIES) == set(Severity)
