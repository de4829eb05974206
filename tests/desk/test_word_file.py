"""The translator's own Word file: comments at the very words, corrections as tracked changes, nothing else touched."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from aligncheck.cli import main
from aligncheck.readers import ReadOptions, read

ZH = ["工作报告", "全市改造老旧小区60个，新建公园12处。", "城镇新增就业3.2万人。"]


def draft(path: Path) -> None:
    """A Word file with a header, a table, bold words, a list and a draft of ZH with two wrong figures."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.add_heading("Work Report", 1)
    paragraph = document.add_paragraph("The city renovated ")
    paragraph.add_run("8").bold = True
    paragraph.add_run("0").bold = True
    paragraph.add_run(" old residential compounds and built 12 new parks.")
    document.add_paragraph("A total of 23,000 new urban jobs were created.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "GDP"
    document.save(path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text("\n".join(ZH) + "\n", encoding="utf-8")
    draft(Path("draft.docx"))
    return tmp_path


def plain(path: Path) -> list[str]:
    """The paragraphs as LibreOffice shows them, tracked changes accepted."""
    office = shutil.which("soffice")
    if not office:
        return [b.text for b in read(path, ReadOptions(monolingual=True))]  # type: ignore[union-attr]
    command = [office, "--headless", f"-env:UserInstallation=file://{path.parent}/profile"]
    subprocess.run([*command, "--convert-to", "txt:Text", str(path)], cwd=path.parent, capture_output=True)
    text = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
    return [row for row in text.splitlines() if row.strip()]


def test_the_report_is_the_file_with_comments_at_the_words(here: Path) -> None:
    before = Path("draft.docx").read_bytes()
    assert main(["check", "zh.txt", "draft.docx", "--isolated", "-f", "docx"]) == 1
    assert Path("draft.docx").read_bytes() == before
    path = here / "reports_out" / "draft.aligncheck.docx"
    found = docx.Document(str(path))
    assert found.sections[0].header.paragraphs[0].text == "Confidential"
    assert found.tables[0].cell(0, 0).text == "GDP"
    assert [p.text for p in found.paragraphs] == [p.text for p in docx.Document("draft.docx").paragraphs]
    marked = {}
    for start in found.element.body.iter(qn("w:commentRangeStart")):
        runs, node = [], start.getnext()
        while node.tag != qn("w:commentRangeEnd"):
            runs.append("".join(t.text for t in node.iter(qn("w:t"))))
            node = node.getnext()
        marked[start.get(qn("w:id"))] = "".join(runs)
    assert {"80", "23,000"} <= set(marked.values())
    bold = [r.text for p in found.paragraphs for r in p.runs if r.bold]
    assert "".join(bold) == "80"
    texts = [c.text for c in found.comments]
    assert any("60" in t for t in texts)
    with zipfile.ZipFile("draft.docx") as old, zipfile.ZipFile(path) as new:
        for name in ("word/styles.xml", "word/header1.xml"):
            assert old.read(name) == new.read(name)


def opened(path: Path) -> Any:
    """A Word file as LibreOffice reads it, as flat XML."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here")
    command = [office, "--headless", f"-env:UserInstallation=file://{path.parent}/profile"]
    out = path.parent / "opened"
    subprocess.run([*command, "--convert-to", "fodt", "--outdir", str(out), str(path)], capture_output=True)
    return etree.parse(out / path.with_suffix(".fodt").name).getroot()


def said(root: Any) -> list[tuple[str, str]]:
    """Everything that is printed: each paragraph's text with what it is in, the comments left out."""
    for note in root.xpath("//*[local-name()='annotation']"):
        previous = note.getprevious()
        if note.tail:
            if previous is None:
                note.getparent().text = (note.getparent().text or "") + note.tail
            else:
                previous.tail = (previous.tail or "") + note.tail
        note.getparent().remove(note)
    rows = root.xpath("//*[local-name()='p' or local-name()='h']")
    return [(etree.QName(r.getparent()).localname, "".join(r.itertext())) for r in rows]


@pytest.mark.slow
def test_libreoffice_sees_the_same_document_and_the_comments_at_their_words(here: Path) -> None:
    assert main(["check", "zh.txt", "draft.docx", "--isolated", "-f", "docx"]) == 1
    mine, report = opened(here / "draft.docx"), opened(here / "reports_out" / "draft.aligncheck.docx")
    notes = report.xpath("//*[local-name()='annotation']")
    assert len(notes) >= 2
    text = etree.tostring(report, encoding="unicode")
    spans = re.findall(
        r'<office:annotation [^>]*office:name="([^"]+)".*?</office:annotation>(.*?)<office:annotation-end [^>]*office:name="\1"',
        text,
        re.DOTALL,
    )
    marked = {re.sub(r"<[^>]+>", "", words) for _, words in spans}
    assert {"80", "23,000"} <= marked
    assert said(report) == said(mine)
    bold = "//*[local-name()='style'][.//@*[local-name()='font-weight']='bold']"
    assert len(report.xpath(bold)) == len(mine.xpath(bold)) > 0


def decisions(folder: Path, *rows: tuple[int, str, str], document: Path) -> Path:
    """A file as the desk exports it: (block, words, instead)."""
    what = read(document, ReadOptions(monolingual=True))
    blocks = what.blocks  # type: ignore[union-attr]
    data = []
    for number, (block, old, new) in enumerate(rows):
        start = blocks[block].text.find(old)
        place = {
            "block": block,
            "line": 1,
            "start": max(start, 0),
            "end": max(start, 0) + len(old),
            "text": old,
        }
        data.append({"id": f"{number:016x}", "decision": "accept", "replacement": new, "target": [place]})
    data.append({"id": "f" * 16, "decision": "waive", "reason": "r"})
    path = folder / "draft.decisions.json"
    path.write_text(json.dumps({"schema": "aligncheck-waivers/1", "waivers": data}), encoding="utf-8")
    return path


def test_corrections_are_tracked_changes(here: Path) -> None:
    before = Path("draft.docx").read_bytes()
    chosen = decisions(
        here, (1, "80", "60"), (2, "23,000", "32,000"), (2, "no such words", "x"), document=Path("draft.docx")
    )
    assert main(["apply", str(chosen), "draft.docx", "-o", "fixed.docx"]) == 0
    assert Path("draft.docx").read_bytes() == before
    body = docx.Document("fixed.docx").element.body
    deleted = ["".join(t.text for t in e.iter(qn("w:delText"))) for e in body.iter(qn("w:del"))]
    assert deleted == ["80", "23,000"]
    inserted = [
        (e.findtext(f".//{qn('w:t')}"), e.find(f".//{qn('w:b')}") is not None) for e in body.iter(qn("w:ins"))
    ]
    assert inserted == [("60", True), ("32,000", False)]
    after = [b.text for b in read(Path("fixed.docx"), ReadOptions(monolingual=True))]  # type: ignore[union-attr]
    assert after[1] == "The city renovated 60 old residential compounds and built 12 new parks."
    original = ReadOptions(monolingual=True, tracked_changes="original")
    assert "renovated 80 old" in [b.text for b in read(Path("fixed.docx"), original)][1]  # type: ignore[union-attr]


@pytest.mark.slow
def test_an_office_program_opens_what_we_wrote(here: Path) -> None:
    chosen = decisions(here, (1, "80", "60"), document=Path("draft.docx"))
    assert main(["apply", str(chosen), "draft.docx", "-o", "fixed.docx"]) == 0
    assert any("60 old residential compounds" in row for row in plain(here / "fixed.docx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_keeps_its_encoding_and_line_ends(encoding: str, end: str, here: Path) -> None:
    rows = [
        "# Work Report",
        "",
        "The city renovated 80 old compounds; 80 were planned.",
        "",
        "Jobs: 23,000.",
        "",
    ]
    path = Path("draft.md")
    path.write_bytes(end.join(rows).encode(encoding))
    block = next(b.id for b in read(path, ReadOptions(monolingual=True)) if "80" in b.text)  # type: ignore[union-attr]
    chosen = decisions(here, (block, "80", "60"), document=path)
    assert main(["apply", str(chosen), "draft.md"]) == 0
    rows[2] = "The city renovated 60 old compounds; 80 were planned."
    assert Path("draft.corrected.md").read_bytes() == end.join(rows).encode(encoding)


def test_what_does_not_fit_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = decisions(here, (1, "nowhere", "x"), document=Path("draft.docx"))
    assert main(["apply", str(chosen), "draft.docx"]) == 2
    assert "none of the corrections fits" in capsys.readouterr().err
    assert main(["apply", "zh.txt", "draft.docx"]) == 2
    assert main(["apply", str(chosen), "draft.docx", "-o", "draft.docx"]) == 2
    assert not Path("draft.corrected.docx").exists()


def test_what_is_accepted_without_a_wording_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = decisions(here, (1, "80", "60"), (2, "23,000", ""), document=Path("draft.docx"))
    assert main(["apply", str(chosen), "draft.docx", "-o", "fixed.docx"]) == 0
    said = capsys.readouterr().err
    assert "left out: 1 accepted without a wording" in said
    assert "1 corrections" in said
