"""One document as LibreOffice saves and prints it, read alike from every format; skipped without LibreOffice."""

# ruff: noqa: E501
from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from aligncheck.engine import check
from aligncheck.readers import ReadOptions, read
from tests.readers import builders
from tests.readers.make_fixtures import NAMESPACES
from tests.readers.test_same_findings import outline

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
#: Those that are checked too; the texts of all are compared, and wrapped text is checked with the formats that we write.
CHECKED = ("docx", "html", "pdf, 1.5 lines")
_HEADING = re.compile(r"[一二三四五六七八九]、|[IVX]+\. ")


def lines(name: str) -> list[str]:
    """The beginning of an example; the draft has slips."""
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8").replace("\u200b", "")
    return [line.strip() for line in text.splitlines() if line.strip()][:14]


TEXTS = {"zh": lines("report.zh"), "en": lines("draft.en")}


def source(language: str, pitch: int) -> str:
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
            f'{height} fo:text-align="justify" fo:text-indent="{indent}" fo:margin-bottom="{below}"',
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
    for number, text in enumerate(TEXTS[language]):
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
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The files by format and language."""
    folder = tmp_path_factory.mktemp("libreoffice")
    found: dict[tuple[str, str], Path] = {}
    for pitch in sorted({pitch for pitch, _ in SAVED.values()}):
        for language in TEXTS:
            (folder / f"{language}{pitch}.fodt").write_text(source(language, pitch), encoding="utf-8")
    for extension in sorted({extension for _, extension in SAVED.values()}):
        pitches = [pitch for pitch, kind in SAVED.values() if kind == extension]
        made = [folder / f"{language}{pitch}.fodt" for language in TEXTS for pitch in pitches]
        command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        subprocess.run(
            [*command, "--convert-to", extension, "--outdir", str(folder), *map(str, made)],
            check=True,
            capture_output=True,
            timeout=300,
        )
    for name, (pitch, extension) in SAVED.items():
        found |= {(name, language): folder / f"{language}{pitch}.{extension}" for language in TEXTS}
    for language, texts in TEXTS.items():
        blocks = [("paragraph", text) for text in texts]
        found["text", language] = builders.text(folder, language, blocks)
        found["text wrapped", language] = builders.wrapped(folder, f"{language}.wrapped", blocks)
    return found


def texts_of(path: Path) -> Iterator[str]:
    return (b.text.strip() for b in read(path, ReadOptions(monolingual=True)) if b.kind != "boilerplate")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("format", [*SAVED, "text wrapped"])
def test_same_text(files: dict[tuple[str, str], Path], format: str, language: str) -> None:
    assert list(texts_of(files[format, language])) == TEXTS[language]


def test_same_findings(files: dict[tuple[str, str], Path]) -> None:
    found = {
        format: sorted(outline(check(files[format, "zh"], files[format, "en"])))
        for format in ("text", *CHECKED)
    }
    assert len(found["text"]) > 3
    assert all(findings == found["text"] for findings in found.values()), found
