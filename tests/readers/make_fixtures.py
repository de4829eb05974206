"""Makes the files in ``fixtures/`` with LibreOffice and the Translate Toolkit; run by hand, not by the tests.

apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk
pip install translate-toolkit
python -m tests.readers.make_fixtures
"""

# ruff: noqa: E501
from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.readers.corpus import PARTS, Part

HERE = Path(__file__).parent / "fixtures"
NAMESPACES = (
    " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for p, u in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"))
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STYLES = """<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt" style:font-name="Noto Sans"
 style:font-name-asian="Noto Sans CJK SC" style:font-size-asian="12pt"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"/></style:style>
<style:style style:name="Title" style:display-name="Title" style:family="paragraph" style:class="chapter">
 <style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.6cm"/>
 <style:text-properties fo:font-size="20pt" style:font-size-asian="20pt"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"/>
 <style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"/></style:style>
<style:style style:name="Header" style:family="paragraph"/><style:style style:name="Footer" style:family="paragraph"/>
</office:styles>
<office:automatic-styles>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/></text:list-style>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="15cm" fo:page-height="12cm"
 fo:margin-top="1.2cm" fo:margin-bottom="1.2cm" fo:margin-left="2cm" fo:margin-right="2cm"/>
 <style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
 <style:header><text:p text:style-name="Header">Linjiang 2026 临江</text:p></style:header>
 <style:footer><text:p text:style-name="Footer">— <text:page-number/> —</text:p></style:footer>
</style:master-page></office:master-styles>"""


def paragraph(part: Part, language: str, number: int) -> str:
    text = escape(part.zh if language == "zh" else part.en)
    if part.note:
        body = escape(part.note[0 if language == "zh" else 1])
        text += (
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}'
            f"</text:note-citation><text:note-body><text:p>{body}</text:p></text:note-body></text:note>"
        )
    if part.kind == "title":
        return f'<text:p text:style-name="Title">{text}</text:p>'
    if part.kind == "heading":
        return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{text}</text:h>'
    return f'<text:p text:style-name="Standard">{text}</text:p>'


def flat(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{STYLES}<office:body><office:text>'
        f"{body}</office:text></office:body></office:document>"
    )


def document(languages: tuple[str, ...]) -> str:
    body, number, items = "", 0, False
    for part in PARTS:
        if part.kind == "item" and len(languages) == 1:
            body += "" if items else '<text:list text:style-name="L1">'
            items = True
            body += f"<text:list-item>{paragraph(part, languages[0], 0)}</text:list-item>"
            continue
        if items:
            body, items = body + "</text:list>", False
        number += bool(part.note) and len(languages) == 1
        for language in languages:
            bare = part if len(languages) == 1 else Part(part.kind, part.zh, part.en)
            body += paragraph(bare, language, number)
    return flat(body)


def table() -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(t)}</text:p></table:table-cell>" for t in (p.zh, p.en))
        + "</table:table-row>"
        for p in PARTS
    )
    return flat(
        f'<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>'
    )


def convert(folder: Path, name: str, text: str, formats: tuple[str, ...]) -> None:
    source = folder / f"{name}.fodt"
    source.write_text(text, encoding="utf-8")
    for format in formats:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", format,
             "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        extension = format.partition(":")[0]
        shutil.copy(folder / f"{name}.{extension}", HERE / f"{name}.{extension}")


def toolkit() -> None:
    """A TMX and an XLIFF as the Translate Toolkit writes them."""
    from translate.storage import tmx, xliff

    memory, file = tmx.tmxfile(), xliff.xlifffile()
    file.setsourcelanguage("zh-CN")
    file.settargetlanguage("en")
    for number, part in enumerate(PARTS, 1):
        memory.addtranslation(part.zh, "zh-CN", part.en, "en")
        unit = file.addsourceunit(part.zh)
        unit.target = part.en
        unit.setid(f"u{number}")
    (HERE / "toolkit.tmx").write_bytes(bytes(memory))
    (HERE / "toolkit.xlf").write_bytes(bytes(file))


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language in ("zh", "en"):
            convert(folder, f"plan.{language}", document((language,)), ("docx", "odt", "rtf", "html", "pdf"))
        convert(folder, "plan.both", document(("zh", "en")), ("docx", "html", "pdf"))
        convert(folder, "plan.table", table(), ("docx", "odt", "rtf", "html"))
    toolkit()


if __name__ == "__main__":
    main()
