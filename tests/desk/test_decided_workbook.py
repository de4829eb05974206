"""The XLSX report as a reviser fills it in: read by the next run and by ``apply``, and shown again."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from aligncheck.cli import main
from aligncheck.model import Decision, Finding, Report
from aligncheck.reports.html_report import render as page
from aligncheck.reports.view import in_reading_order
from aligncheck.reports.xlsx_report import render
from aligncheck.reports.xml_read import read_xml
from aligncheck.waivers import apply, read_waivers
from tests.reports import sample

REPORT = in_reading_order(sample.sample_report())
TODAY = datetime.date(2026, 6, 1)
#: Findings in force with words in the draft.
THERE = [f for f in REPORT.findings if f.waived is None and f.target and f.target[0].text]
HINTED = [f for f in THERE if f.suggestion]


def filled(path: Path, fill: dict[str, dict[str, Any]], report: Report = REPORT) -> Path:
    """The report's workbook with what a reviser wrote: by the id of the finding, then by the column."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(render(report))), rich_text=True)
    sheet = book.worksheets[0]
    columns = {str(c.value).split(" / ")[0]: c.column for c in sheet[1]}
    rows = {str(sheet.cell(n, columns["ID"]).value): n for n in range(2, sheet.max_row + 1)}
    for identity, values in fill.items():
        for name, value in values.items():
            sheet.cell(rows[identity], columns[name]).value = value
    book.save(path)
    return path


def saved_by_office(path: Path) -> Path:
    """The workbook opened and saved by LibreOffice."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here")
    command = [office, "--headless", f"-env:UserInstallation=file://{path.parent}/profile"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(path.parent / "saved"), str(path)],
        capture_output=True,
    )
    found = path.parent / "saved" / path.name
    if not found.exists():
        pytest.skip("LibreOffice is here without its tables")
    return found


def everything() -> dict[str, dict[str, Any]]:
    """One of each decision."""
    first, second, third, fourth, fifth = (
        f.id for f in [HINTED[0], *(f for f in THERE if f != HINTED[0])][:5]
    )
    return {
        first: {"Decision": "use the suggestion / 采用建议", "By": "Li"},
        second: {"Decision": "accept", "New wording": "better words", "Note to the translator": "p. 12"},
        third: {"Decision": "豁免", "Reason": "agreed", "By": "王", "Until": datetime.datetime(2031, 12, 31)},
        fourth: {"Decision": "Not an error"},
        fifth: {"Note to the translator": "see the yearbook"},
    }


WAYS: dict[str, Callable[[Path], Path]] = {
    "as it was filled in": lambda path: path,
    "office": saved_by_office,
}


@pytest.mark.parametrize("way", WAYS)
def test_decisions_are_read_and_shown_again(way: str, tmp_path: Path) -> None:
    fill = everything()
    path = WAYS[way](filled(tmp_path / "decided.xlsx", fill))
    after = apply(REPORT, read_waivers([path]), TODAY, REPORT.fail_on).report
    found = {f.id: f for f in after.findings}
    first, second, third, fourth, fifth = (found[i] for i in fill)
    assert first.decided == Decision("accept", "Li", "", HINTED[0].suggestion)
    assert second.decided == Decision("accept", "", "p. 12", "better words")
    assert (third.waived.reason, third.waived.by, third.waived.until) == ("agreed", "王", "2031-12-31")  # type: ignore[union-attr]
    assert (fourth.waived.reason, fourth.decided) == ("not an error", Decision("reject"))  # type: ignore[union-attr]
    assert fifth.decided == Decision("note", "", "see the yearbook")
    assert [f.id for f in after.findings if f.waived is not None and f.id in fill] == [
        f.id for f in REPORT.findings if f.id in (third.id, fourth.id)
    ]
    # The next workbook says the same, so that it can be worked on from there.
    again = tmp_path / "again.xlsx"
    again.write_bytes(b"".join(render(after)))
    assert marks(apply(REPORT, read_waivers([again]), TODAY, REPORT.fail_on).report.findings) == marks(
        after.findings
    )
    # So does the record, and the page.
    from aligncheck.reports.xml_report import render as record

    kept = tmp_path / "report.xml"
    kept.write_bytes(b"".join(record(after)))
    assert marks(read_xml(kept).findings) == marks(after.findings)
    html = b"".join(page(after)).decode()
    data = json.loads(html.partition('id="data">')[2].partition("</script>")[0])
    assert [d["decision"] for d in data["decided"]] == [
        f.decided.kind for f in in_reading_order(after).findings if f.decided and f.waived is None
    ]
    assert "p. 12" in html.partition('<script type="application/json"')[0]


def marks(findings: tuple[Finding, ...]) -> list[tuple[str, Any, Any]]:
    return sorted((f.id, f.waived, f.decided) for f in findings if f.waived or f.decided)


def test_a_workbook_is_worked_on_from_run_to_run_and_corrects_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text("全市改造老旧小区60个。\n城镇新增就业3.2万人。\n", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("The city renovated 80 old residential compounds.")
    document.add_paragraph("A total of 23,000 new urban jobs were created.")
    document.save("draft.docx")
    pair = ["check", "zh.txt", "draft.docx", "--isolated", "-f", "xlsx,json,docx", "-o", "out"]
    assert main(pair) == 1
    book = openpyxl.load_workbook("out/zh.aligncheck.xlsx", rich_text=True)
    sheet = book.worksheets[0]
    columns = {str(c.value).split(" / ")[0]: c.column for c in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        words = sheet.cell(row, columns["Words in the draft"]).value
        if words in ("80", "23,000"):
            sheet.cell(row, columns["Decision"]).value = "accept"
            sheet.cell(row, columns["New wording"]).value = {"80": "60", "23,000": "32,000"}[words]
            sheet.cell(row, columns["Note to the translator"]).value = "the yearbook has it"
            sheet.cell(row, columns["By"]).value = "Li"
    book.save("decided.xlsx")
    assert main(["apply", "decided.xlsx", "draft.docx", "-o", "fixed.docx"]) == 0
    body = docx.Document("fixed.docx").element.body
    assert ["".join(t.text for t in e.iter(qn("w:t"))) for e in body.iter(qn("w:ins"))] == ["60", "32,000"]
    assert main([*pair, "--waivers", "decided.xlsx"]) == 1
    findings = json.loads(Path("out/zh.aligncheck.json").read_text(encoding="utf-8"))["findings"]
    assert {f["decided"]["wording"] for f in findings if "decided" in f} == {"60", "32,000"}
    texts = [c.text for c in docx.Document("out/draft.aligncheck.docx").comments]
    assert any("✓ 60" in t and "Li: the yearbook has it" in t for t in texts)
    # Nothing is written over the workbook with the decisions, though the report has its name.
    shutil.copy("decided.xlsx", "out/zh.aligncheck.xlsx")
    before = Path("out/zh.aligncheck.xlsx").read_bytes()
    assert main([*pair, "--waivers", "out/zh.aligncheck.xlsx"]) in (1, 2)
    assert Path("out/zh.aligncheck.xlsx").read_bytes() == before
    capsys.readouterr()


#: What stands in a row, and what is said of it.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no such decision": ({"Decision": "perhaps"}, "unknown decision 'perhaps'"),
    "no reason": ({"Decision": "waive"}, "is waived without a reason"),
    "no decision": ({"Reason": "agreed"}, "has a reason but no decision"),
    "no day": ({"Decision": "waive", "Reason": "r", "Until": "soon"}, "until is no date: 'soon'"),
    "no such day": ({"Decision": "waive", "Reason": "r", "Until": "2026-02-30"}, "until is no date"),
    "waived, yet with a wording": (
        {"Decision": "waive", "Reason": "r", "New wording": "x"},
        "has a new wording, but is not accepted",
    ),
    "nothing to use": ({"Decision": "use", "Suggestion": None}, "has no suggestion to use"),
    "no id": ({"Decision": "accept", "ID": "#NAME?"}, "has no finding id"),
    "a formula": (
        {"Decision": "accept", "New wording": "#NAME?"},
        "the cell New wording holds the error #NAME? of a formula",
    ),
    "a number": ({"Decision": 3}, "unknown decision '3'"),
}


#: Commands that read the decisions of w.xlsx.
WORDS = {
    "check": ["check", "zh.txt", "en.txt", "--waivers", "w.xlsx"],
    "apply": ["apply", "w.xlsx", "en.txt"],
}


def write_pair() -> None:
    """A source and a draft, to be checked or corrected with the workbook, in the folder where one stands."""
    Path("zh.txt").write_text("全市改造老旧小区60个。\n", encoding="utf-8")
    Path("en.txt").write_text("The city renovated 60 old residential compounds.\n", encoding="utf-8")


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("command", WORDS)
def test_what_makes_no_sense_is_named_by_sheet_and_row(
    case: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    fill, say = WRONG[case]
    filled(Path("w.xlsx"), {HINTED[0].id: fill})
    row = [f.id for f in REPORT.findings].index(HINTED[0].id) + 2
    write_pair()
    assert main(WORDS[command]) == 2
    err = capsys.readouterr().err
    assert f"w.xlsx: sheet 'Findings 问题', row {row}: {say}" in err
    assert "hint:" in err
    assert "Traceback" not in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en.txt", "w.xlsx", "zh.txt"]


def test_all_rows_that_make_no_sense_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(tmp_path / "w.xlsx", {f.id: {"Decision": "no"} for f in THERE[:3]})
    (tmp_path / "en.txt").write_text("x\n", encoding="utf-8")
    assert main(["apply", str(path), str(tmp_path / "en.txt")]) == 2
    rows = [[f.id for f in REPORT.findings].index(f.id) + 2 for f in THERE[:3]]
    err = capsys.readouterr().err
    assert f"row {rows[0]}: unknown decision 'no'; also wrong: row {rows[1]}, {rows[2]}" in err


def test_one_finding_in_two_rows_may_not_be_decided_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "w.xlsx", {THERE[0].id: {"Decision": "accept"}}))
    copy = book.copy_worksheet(book.worksheets[0])
    book.save(tmp_path / "w.xlsx")
    assert len(read_waivers([tmp_path / "w.xlsx"])) == 1 + sum(f.waived is not None for f in REPORT.findings)
    columns = {str(c.value).split(" / ")[0]: c.column for c in copy[1]}
    row = next(r for r in range(2, copy.max_row + 1) if copy.cell(r, columns["ID"]).value == THERE[0].id)
    copy.cell(row, columns["Decision"]).value = "reject"
    book.save(tmp_path / "w.xlsx")
    (tmp_path / "en.txt").write_text("x\n", encoding="utf-8")
    assert main(["apply", str(tmp_path / "w.xlsx"), str(tmp_path / "en.txt")]) == 2
    assert f"is decided otherwise in sheet 'Findings 问题', row {row}" in capsys.readouterr().err


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def without(name: str) -> Callable[[bytes], bytes]:
    def changed(raw: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
            for item in old.infolist():
                if item.filename != name:
                    new.writestr(item, old.read(item.filename))
        return out.getvalue()

    return changed


def torn(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item.filename)
            new.writestr(item, data[: len(data) // 2] if "sheet1" in item.filename else data)
    return out.getvalue()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": cut,
    "no sheet": without("xl/worksheets/sheet1.xml"),
    "no workbook": without("xl/workbook.xml"),
    "no types": without("[Content_Types].xml"),
    "a sheet that breaks off": torn,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("command", WORDS)
def test_a_damaged_workbook_is_one_message(
    damage: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = filled(Path("w.xlsx"), {THERE[0].id: {"Decision": "accept"}})
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    write_pair()
    assert main(WORDS[command]) == 2
    err = capsys.readouterr().err
    assert "w.xlsx: " in err
    assert "hint:" in err
    assert len(err.splitlines()) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en.txt", "w.xlsx", "zh.txt"]


def test_a_document_in_place_of_decisions_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docx.Document().save(str(tmp_path / "draft.docx"))
    (tmp_path / "en.txt").write_text("x\n", encoding="utf-8")
    assert main(["apply", str(tmp_path / "draft.docx"), str(tmp_path / "en.txt")]) == 2
    assert "hint:" in capsys.readouterr().err
