"""One document as LibreOffice saves and prints it, read alike from every format; skipped without LibreOffice."""

# ruff: noqa: E501
from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.comments import Comment

from aligncheck.engine import check
from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, read
from aligncheck.waivers.entries import read_file
from tests.readers import builders
from tests.readers.make_fixtures import NAMESPACES
from tests.readers.test_same_findings import outline
from tests.reports import sample
from tests.reports.test_contract import written

EXAMPLES = Path(__file__).parents[2] / "examples"
SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]
#: name -> line height in percent, and the format that LibreOffice saves
SAVED = {
    "docx": (100, "docx"),
    "odt": (100, "odt"),
    "rtf": (100, "rtf"),
    "html": (100, "html"),
    "pdf": (100, "pdf"),
    "pdf, 1.5 lines": (150, "pdf"),
    "pdf, 2 lines": (200, "pdf"),
}
FORMATS = ("text", *SAVED, "text wrapped")
_HEADING = re.compile(r"[一二三四五六七八九]、|[IVX]+\. ")


def lines(name: str) -> list[str]:
    """The paragraphs of an example; the draft has slips."""
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8").replace("\u200b", "")
    return [line.strip() for line in text.splitlines() if line.strip()]


TEXTS = {"zh": lines("report.zh"), "en": lines("draft.en")}
#: The texts of the whole are compared; to check it ten times over would take minutes.
BEGINNING = 14


def source(language: str, pitch: int, texts: list[str]) -> str:
    """An OpenDocument file with justified text: indented in Chinese, with space between paragraphs in English."""
    chinese = language == "zh"
    indent, below = ("0.85cm", "0cm") if chinese else ("0cm", "0.25cm")
    height = f'fo:line-height="{pitch}%"'

    def style(name: str, size: int, more: str, outline: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph"{outline}>'
            f"<style:paragraph-properties {more}/>"
            f'<style:text-properties fo:font-size="{size}pt" style:font-size-asian="{size}pt"/></style:style>'
        )

    styles = (
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt"'
        ' style:font-name="Noto Serif" style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="12pt"/>'
        "</style:default-style>"
        + style(
            "Standard",
            12,
            # LibreOffice leaves out a mark that hangs over the margin behind a figure, so none may.
            f'{height} fo:text-align="justify" fo:text-indent="{indent}" fo:margin-bottom="{below}"'
            ' style:punctuation-wrap="simple"',
        )
        + style("Title", 20, 'fo:text-align="center" fo:margin-bottom="0.6cm"', ' style:class="chapter"')
        + style(
            "Heading_20_1",
            16,
            f'{height} fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"',
            ' style:default-outline-level="1"',
        )
        + '<style:style style:name="Footer" style:family="paragraph"/></office:styles><office:automatic-styles>'
        '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"'
        ' fo:margin-top="2.5cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>'
        "<style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="pm"><style:footer>'
        '<text:p text:style-name="Footer">— <text:page-number/> —</text:p></style:footer></style:master-page></office:master-styles>'
    )
    body = ""
    for number, text in enumerate(texts):
        if number == 0:
            body += f'<text:p text:style-name="Title">{escape(text)}</text:p>'
        elif _HEADING.match(text) and len(text) < 80:
            body += f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{escape(text)}</text:h>'
        else:
            body += f'<text:p text:style-name="Standard">{escape(text)}</text:p>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{styles}<office:body><office:text>{body}'
        "</office:text></office:body></office:document>"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files in every format, the beginning alone in a folder of its own."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "beginning").mkdir()
    for place, most in ((folder, None), (folder / "beginning", BEGINNING)):
        for language, texts in TEXTS.items():
            for pitch in {pitch for pitch, _ in SAVED.values()}:
                flat = place / f"{language}{pitch}.fodt"
                flat.write_text(source(language, pitch, texts[:most]), encoding="utf-8")
            blocks = [("paragraph", text) for text in texts[:most]]
            builders.text(place, f"{language}.text", blocks)
            builders.wrapped(place, f"{language}.wrapped", blocks)
        for extension in sorted({extension for _, extension in SAVED.values()}):
            pitches = [pitch for pitch, kind in SAVED.values() if kind == extension]
            made = [place / f"{language}{pitch}.fodt" for language in TEXTS for pitch in pitches]
            convert(made, extension, place)
    return folder


def convert(files: list[Path], extension: str, folder: Path) -> None:
    """Have LibreOffice save files in another format."""
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    subprocess.run(
        [*command, extension, "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=300,
    )


def file(folder: Path, language: str, format: str) -> Path:
    """A language's file in a format."""
    if format in SAVED:
        pitch, extension = SAVED[format]
        return folder / f"{language}{pitch}.{extension}"
    return folder / f"{language}.{format.rpartition(' ')[2]}.txt"


def texts_of(path: Path) -> Iterator[str]:
    return (b.text.strip() for b in read(path, ReadOptions(monolingual=True)) if b.kind != "boilerplate")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("format", FORMATS)
def test_same_text(folder: Path, format: str, language: str) -> None:
    assert list(texts_of(file(folder, language, format))) == TEXTS[language]


def test_same_findings(folder: Path) -> None:
    beginning = folder / "beginning"
    found = {
        format: sorted(outline(check(file(beginning, "zh", format), file(beginning, "en", format))))
        for format in FORMATS
    }
    assert len(found["text"]) > 3
    assert all(findings == found["text"] for findings in found.values()), found


def test_pairs_in_a_workbook(tmp_path: Path) -> None:
    """A table of both languages, opened and saved by LibreOffice as a workbook of either kind, is the same pairs."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "译 文"
    sheet.append(["编号", "原文", "译文"])
    for number, pair in enumerate(zip(TEXTS["zh"], TEXTS["en"], strict=False), 1):
        sheet.append([number, *pair])
    sheet["B4"].comment = Comment("请核对", "Editor")
    book.create_sheet("Notes").append(["old", "x"])
    book.worksheets[1].sheet_state = "hidden"
    made = tmp_path / "pairs.xlsx"
    book.save(made)
    for folder, extension in (("one", "ods"), ("two", "fods"), ("three", "xlsx")):
        (tmp_path / folder).mkdir()
        convert([made], extension, tmp_path / folder)
    ours = content(read(made))
    for folder, extension in (("one", "ods"), ("two", "fods"), ("three", "xlsx")):
        assert content(read(tmp_path / folder / f"pairs.{extension}")) == ours
    assert len(ours[0]) == len(TEXTS["en"])


def content(bitext: Document | Bitext) -> tuple[list[tuple[str, str | None]], ...]:
    """What a reader found: text and cell of each block, and what it remarked."""
    assert isinstance(bitext, Bitext)
    sides = ([(b.text, b.place.cell) for b in side] for side in (bitext.source, bitext.target))
    return (*sides, [(remark, None) for remark in bitext.source.problems])


def test_decisions_in_a_report(tmp_path: Path) -> None:
    """A report as a workbook, opened and saved by LibreOffice with decisions in it, is a file of waivers."""
    report = sample.sample_report()
    path = tmp_path / "report.xlsx"
    path.write_bytes(written("xlsx", report))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value).split(" / ")[0]: cell.column for cell in sheet[1]}
    told = {"Decision": "waive", "Reason": "由办公室商定", "By": "陈", "Until": "2031-12-31"}
    for name, text in told.items():
        sheet.cell(2, columns[name]).value = text
    book.save(path)
    (tmp_path / "saved").mkdir()
    convert([path], "xlsx", tmp_path / "saved")
    ours, saved = (read_file(file) for file in (path, tmp_path / "saved" / "report.xlsx"))
    assert [e.waiver for e in saved] == [e.waiver for e in ours]
    assert ("由办公室商定", "2031-12-31") in [(e.waiver.reason, e.waiver.until) for e in saved]
