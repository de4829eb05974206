"""One document written in every format, by programs and code that are none of ours."""

# ruff: noqa: E501
from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

#: kind ("title", "heading", "item", "paragraph") and text of each block
Blocks = Sequence[tuple[str, str]]

_ODF = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "text", "style", "table")
)


def odt_content(body: str, automatic: str = "") -> str:
    """The content part of an OpenDocument text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF} office:version="1.3">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def zip_of(path: Path, mimetype: str, parts: dict[str, str]) -> Path:
    """A package whose first part says what it is."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", mimetype)
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def make_odt(path: Path, body: str, automatic: str = "") -> Path:
    """An OpenDocument text with that body."""
    return zip_of(
        path, "application/vnd.oasis.opendocument.text", {"content.xml": odt_content(body, automatic)}
    )


def make_ods(path: Path, rows: str, title: str = "Sheet1", more: str = "", automatic: str = "") -> Path:
    """An OpenDocument workbook; in its ``rows`` short names stand for those of OpenDocument: row, c, gap, p."""
    for short, name in (
        ("row", "table:table-row"),
        ("c", "table:table-cell"),
        ("gap", "table:covered-table-cell"),
        ("p", "text:p"),
    ):
        rows = re.sub(rf"<(/?){short}(?=[ />])", rf"<\1{name}", rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF} office:version="1.3">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{title}">{rows}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of(path, "application/vnd.oasis.opendocument.spreadsheet", {"content.xml": content})


def odt(folder: Path, name: str, blocks: Blocks) -> Path:
    styles = '<style:style style:name="Title" style:family="paragraph"/>'
    lists = '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    body = ""
    for kind, text in blocks:
        text = escape(text)
        if kind == "title":
            body += f'<text:p text:style-name="Title">{text}</text:p>'
        elif kind == "heading":
            body += f'<text:h text:outline-level="1">{text}</text:h>'
        elif kind == "item":
            body += f'<text:list text:style-name="L1"><text:list-item><text:p>{text}</text:p></text:list-item></text:list>'
        else:
            body += f"<text:p>{text}</text:p>"
    return make_odt(folder / f"{name}.odt", body, styles + lists)


def word(folder: Path, name: str, blocks: Blocks) -> Path:
    document = docx.Document()
    styles = {"title": "Title", "heading": "Heading 1", "item": "List Bullet", "paragraph": None}
    for kind, text in blocks:
        document.add_paragraph(text, styles[kind])
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def rtf(folder: Path, name: str, blocks: Blocks) -> Path:
    out = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s15 Title;}}"
        + "\n"
    )
    lead = {"title": r"\s15 ", "heading": r"\s1 ", "item": r"{\listtext\'95\tab}", "paragraph": ""}
    for kind, text in blocks:
        coded = "".join(
            c if c < "\x80" and c not in "\\{}" else rf"\u{ord(c) - 65536 * (ord(c) > 32767)}?" for c in text
        )
        out += rf"\pard {lead[kind]}{coded}\par" + "\n"
    path = folder / f"{name}.rtf"
    path.write_text(out + "}", encoding="ascii")
    return path


def page_of(blocks: Blocks, xml: bool = False) -> str:
    tags = {"title": "h1", "heading": "h2", "item": "li", "paragraph": "p"}
    body = "\n".join(f"<{tags[k]}>{escape(t)}</{tags[k]}>" for k, t in blocks)
    if xml:
        return f'<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body>{body}</body></html>'
    )


def html(folder: Path, name: str, blocks: Blocks) -> Path:
    path = folder / f"{name}.html"
    path.write_text(page_of(blocks), encoding="utf-8")
    return path


def make_epub(path: Path, chapters: Sequence[str]) -> Path:
    """A book of pages."""
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    book = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata/><manifest>'
        f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    parts = {
        "META-INF/container.xml": container,
        "OEBPS/book.opf": book,
        "OEBPS/nav.xhtml": page_of([("item", "Contents")]),
    }
    parts |= {f"OEBPS/text/c {n}.xhtml": text for n, text in enumerate(chapters)}
    return zip_of(path, "application/epub+zip", parts)


def epub(folder: Path, name: str, blocks: Blocks) -> Path:
    middle = len(blocks) // 2
    return make_epub(
        folder / f"{name}.epub", [page_of(b, xml=True) for b in (blocks[:middle], blocks[middle:])]
    )


def text(folder: Path, name: str, blocks: Blocks) -> Path:
    path = folder / f"{name}.txt"
    path.write_text("\n".join(t for _, t in blocks), encoding="utf-8")
    return path


def wrapped(folder: Path, name: str, blocks: Blocks) -> Path:
    """As ``fold`` and mail programs leave it: lines of one width, no blank lines, the first one indented."""
    rows = []
    for kind, whole in blocks:
        chinese = 3 * sum("\u4e00" <= sign <= "\u9fff" for sign in whole) > len(whole)
        lead = {"paragraph": "　　" if chinese else "    "}.get(kind, "")
        row = lead
        pieces = list(whole) if chinese else [w + " " for w in whole.split(" ")]
        for piece in pieces:
            # No line begins with a mark.
            if width(row) + width(piece.rstrip()) > 76 and piece[0] not in "，。；：、）”》%":
                rows.append(row.rstrip(" "))
                row = ""
            row += piece
        rows.append(row.rstrip(" "))
    path = folder / f"{name}.txt"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def width(text: str) -> int:
    return sum(2 if c > "\u2e80" else 1 for c in text)


def printed(pitch: float) -> Callable[[Path, str, Blocks], Path]:
    """A PDF with lines set at so many times the size of the type."""

    def make(folder: Path, name: str, blocks: Blocks) -> Path:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        chinese = any(c > "\u2e80" for _, t in blocks for c in t)
        base = {
            "fontName": "STSong-Light" if chinese else "Times-Roman",
            "fontSize": 12,
            "leading": 12 * 1.2 * pitch,
            "wordWrap": "CJK" if chinese else None,
        }
        styles = {
            "paragraph": ParagraphStyle("p", **base, firstLineIndent=24 if chinese else 0, spaceAfter=8),
            "item": ParagraphStyle("i", **base, leftIndent=18, spaceAfter=8),
            "heading": ParagraphStyle(
                "h", **(base | {"fontSize": 15, "leading": 22}), spaceBefore=10, spaceAfter=8
            ),
            "title": ParagraphStyle(
                "t", **(base | {"fontSize": 20, "leading": 28}), alignment=TA_CENTER, spaceAfter=18
            ),
        }
        flow = [Paragraph(escape(t), styles[k], bulletText="•" if k == "item" else None) for k, t in blocks]
        path = folder / f"{name}.pdf"
        SimpleDocTemplate(str(path), pagesize=A4, leftMargin=3 * cm, rightMargin=3 * cm, invariant=1).build(
            flow
        )
        return path

    return make


FORMATS: dict[str, Callable[[Path, str, Blocks], Path]] = {
    "text": text,
    "docx": word,
    "odt": odt,
    "rtf": rtf,
    "epub": epub,
    "html": html,
    "text wrapped": wrapped,
    "pdf": printed(1),
    "pdf, 1.5 lines": printed(1.5),
    "pdf, 2 lines": printed(2),
}
