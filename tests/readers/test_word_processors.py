"""OpenDocument, RTF and EPUB: what is text in them, what is not, and what is refused."""

# ruff: noqa: E501
from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, read
from tests.readers.builders import make_epub, make_odt, odt_content, page_of, zip_of
from tests.readers.test_contract import W, make_docx

ORIGINAL = ReadOptions(monolingual=True, tracked_changes="original")
ALONE = ReadOptions(monolingual=True)


def document(path: Path, options: ReadOptions = ALONE) -> Document:
    found = read(path, options)
    assert isinstance(found, Document)
    return found


def shown(path: Path, options: ReadOptions = ALONE) -> list[tuple[str, str, str]]:
    return [(b.kind, b.label, b.text) for b in document(path, options)]


# OpenDocument ---------------------------------------------------------------------

CHANGES = (
    "<text:tracked-changes>"
    '<text:changed-region text:id="c1"><text:insertion/></text:changed-region>'
    '<text:changed-region text:id="c2"><text:deletion><text:p>ten</text:p></text:deletion></text:changed-region>'
    "</text:tracked-changes>"
    '<text:p>We built <text:change text:change-id="c2"/><text:change-start text:change-id="c1"/>twelve'
    '<text:change-end text:change-id="c1"/> parks.</text:p>'
)


def test_odt_tracked_changes(tmp_path: Path) -> None:
    path = make_odt(tmp_path / "a.odt", CHANGES)
    assert [t for _, _, t in shown(path)] == ["We built twelve parks."]
    assert [t for _, _, t in shown(path, ORIGINAL)] == ["We built ten parks."]


def test_odt_text_and_what_is_none(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="S" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    body = (
        '<text:p>Green<text:s text:c="2"/>space\n   covers 12 km<text:span text:style-name="S">2</text:span>'
        '<text:span text:style-name="H">secret</text:span>.<text:span text:style-name="S">3</text:span></text:p>'
        "<text:p>One<text:line-break/>two<text:tab/>three"
        "<office:annotation><text:p>A remark.</text:p></office:annotation></text:p>"
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby></text:p>"
        '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        "<text:section><text:p>Shown.</text:p></text:section>"
    )
    found = document(make_odt(tmp_path / "a.odt", body, styles))
    assert [b.text for b in found] == ["Green  space covers 12 km2.3", "One\ntwo\tthree", "漢", "Shown."]
    assert [(m.kind, m.ref) for m in found.blocks[0].marks] == [("note", "3")]


def test_odt_lists_have_the_numbers_that_are_printed(tmp_path: Path) -> None:
    def level(n: int, form: str, suffix: str, shown: int = 1) -> str:
        return (
            f'<text:list-level-style-number text:level="{n}" style:num-format="{form}" style:num-suffix="{suffix}" '
            f'text:display-levels="{shown}"/>'
        )

    styles = f'<text:list-style style:name="L">{level(1, "一, 二, 三, ...", "、")}{level(2, "1", ".")}</text:list-style>'
    styles += f'<text:list-style style:name="M">{level(1, "1", "")}{level(2, "1", "", 2)}</text:list-style>'

    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"

    body = (
        f'<text:list text:style-name="L">{item("甲", "<text:list>" + item("乙") + item("丙") + "</text:list>")}{item("丁")}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("戊")}</text:list>'
        f'<text:list text:style-name="L">{item("己")}</text:list>'
        f'<text:list text:style-name="M">{item("x", "<text:list>" + item("y") + "</text:list>")}</text:list>'
    )
    found = shown(make_odt(tmp_path / "a.odt", body, styles))
    assert [(label, text) for _, label, text in found] == [
        ("一、", "甲"), ("1.", "乙"), ("2.", "丙"), ("二、", "丁"), ("三、", "戊"), ("一、", "己"), ("1", "x"), ("1.1", "y"),
    ]  # fmt: skip
    assert {kind for kind, _, _ in found} == {"item"}


def test_odt_tables_of_both_languages_are_pairs(tmp_path: Path) -> None:
    rows = [
        ("原文", "译文"),
        ("全市新建公园12处。", "Twelve parks were built."),
        ("改造老旧小区60个。", "Sixty were renovated."),
    ]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in rows
    )
    found = read(make_odt(tmp_path / "a.odt", f"<table:table>{cells}</table:table>"))
    assert isinstance(found, Bitext)
    assert [b.text for b in found.source.blocks] == [r[0] for r in rows[1:]]
    assert found.target.blocks[1].place.label() == "cell table 1, row 3, column 2"


def test_odt_flat_and_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    flat = odt_content("<text:p>城市更新。</text:p>").replace("document-content", "document")
    (tmp_path / "a.xml").write_text(flat, encoding="utf-8")
    assert shown(tmp_path / "a.xml")[0][2] == "城市更新。"
    path = make_odt(tmp_path / "a.bin", "<text:p>城市更新。</text:p>")
    assert shown(path)[0][2] == "城市更新。"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"meta.xml": "<a/>"}, "it has no content.xml"),
        ({"content.xml": "<office:document-content"}, "is not well-formed XML"),
        ({"content.xml": odt_content("").replace("office:text", "office:spreadsheet")}, "without text"),
        ({"content.xml": odt_content("<text:p> </text:p>")}, "holds no text"),
        ({"content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}, "declares its own entities"),
    ],
)
def test_odt_refused(tmp_path: Path, parts: dict[str, str], message: str) -> None:
    path = zip_of(tmp_path / "a.odt", "application/vnd.oasis.opendocument.text", parts)
    with pytest.raises(InputError, match=message):
        read(path)


# RTF ------------------------------------------------------------------------------


def rtf(folder: Path, body: str, head: str = r"{\rtf1\ansi\ansicpg1252\uc1 ") -> Path:
    path = folder / "a.rtf"
    path.write_bytes((head + body + "}").encode("latin-1"))
    return path


def coded(text: str, encoding: str) -> str:
    return "".join(f"\\'{b:02x}" for b in text.encode(encoding))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"We built {\deleted ten}{\revised twelve} parks.\par", ["We built twelve parks."]),
        (r"Shown{\v  hidden} and {\*\unknown not} seen.\par", ["Shown and  seen."]),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}} here\par", ["A link here"]),
        (r"{\header Head\par}{\footer Foot\par}{\info{\title T}}Body.\par", ["Body."]),
        (r"{\upr{?}{\*\ud{\u22478?}}}\par", ["城"]),
        (r"So \u-10179?\u-8704?\par", ["So \U0001f600"]),
        (r"{\uc2 \u22478??\u24066??}\u26356?\par", ["城市更"]),
        (r"a\~b\_c\-d\emdash e\line f\{\\\}\par", ["a\u00a0b-cd—e\nf{\\}"]),
        (r"One\par\par\pard Two\par Three", ["One", "Two", "Three"]),
        (r"{\pict\bin4 }{}}}x\par", ["x"]),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Box\par}}}\par", ["Box"]),
    ],
)
def test_rtf_text(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert [t for _, _, t in shown(rtf(tmp_path, body))] == expected


def test_rtf_tracked_changes_undone(tmp_path: Path) -> None:
    path = rtf(tmp_path, r"We built {\deleted ten}{\revised twelve} parks.\par")
    assert [t for _, _, t in shown(path, ORIGINAL)] == ["We built ten parks."]


def test_rtf_code_pages_by_font_and_by_document(tmp_path: Path) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"
    body = fonts + rf"\f1 {coded('城市更新，', 'gbk')}\f2 {coded('發展', 'big5')}\f0  caf\'e9\par"
    assert shown(rtf(tmp_path, body))[0][2] == "城市更新，發展 café"
    path = rtf(tmp_path, coded("政府工作报告。", "gbk") + r"\par", r"{\rtf1\ansi\ansicpg936 ")
    assert shown(path)[0][2] == "政府工作报告。"


def test_rtf_notes_headings_lists_and_tables(tmp_path: Path) -> None:
    body = (
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 heading 2;}}"
        r"\pard\s2 A Plan\par\pard\s1 Aims\par\pard\s3 Details\par\pard Green{\super\chftn}{\footnote\pard{\super\chftn} The note.\par}"
        r" space, 5 km{\super 2}.\par\pard{\listtext\pard 1.\tab}First\par"
        r"\trowd\pard\intbl A\par B\cell C\cell\row\trowd\pard\intbl D\cell E\cell\row\pard End\par"
    )
    found = document(rtf(tmp_path, body))
    assert [(b.kind, b.label, b.text) for b in found][:6] == [
        ("title", "", "A Plan"), ("heading", "", "Aims"), ("heading", "", "Details"),
        ("paragraph", "", "Green space, 5 km2."),
        ("item", "1.", "First"), ("paragraph", "", "A"),
    ]  # fmt: skip
    assert [b.level for b in found][1:3] == [1, 2]
    assert [(m.kind, m.start, m.ref) for m in found.blocks[3].marks] == [("note", 5, "1")]
    assert [b.place.label() for b in found if "cell" in b.place.label()][:5] == [
        "cell table 1, row 1, column 1", "cell table 1, row 1, column 1", "cell table 1, row 1, column 2",
        "cell table 1, row 2, column 1", "cell table 1, row 2, column 2",
    ]  # fmt: skip
    assert (found.blocks[-1].kind, found.blocks[-1].label, found.blocks[-1].text) == (
        "note",
        "1",
        "The note.",
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{\\rtf1 cut off", "a group is never closed"),
        ("{\\rtf1 }", "holds no text"),
        ("{" * 3000, "is no RTF|nest|no text"),
    ],
)
def test_rtf_refused(tmp_path: Path, body: str, message: str) -> None:
    (tmp_path / "a.rtf").write_text(body)
    with pytest.raises(InputError, match=message):
        read(tmp_path / "a.rtf", format="rtf")


def test_rtf_groups_nest_no_deeper_than_the_limit(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nest too deep"):
        read(rtf(tmp_path, "{" * 3_000 + "x" + "}" * 3_000))


# EPUB -----------------------------------------------------------------------------


def test_epub_chapters_in_the_order_of_the_spine(tmp_path: Path) -> None:
    chapters = [
        page_of([("title", f"Chapter {n}"), ("paragraph", f"The text of chapter {n}.")], xml=True)
        for n in (1, 2)
    ]
    found = document(make_epub(tmp_path / "a.epub", chapters))
    assert [b.text for b in found] == [
        "Chapter 1",
        "The text of chapter 1.",
        "Chapter 2",
        "The text of chapter 2.",
    ]
    assert found.blocks[3].place.label() == "cell c 1.xhtml:2"


def test_epub_that_lacks_a_chapter_or_is_locked(tmp_path: Path) -> None:
    path = make_epub(tmp_path / "a.epub", [page_of([("paragraph", "Text.")], xml=True)])
    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n).decode() for n in package.namelist() if n != "mimetype"}
    kept = {n: t for n, t in parts.items() if "c 0" not in n}
    with pytest.raises(InputError, match="lists a chapter that it does not hold"):
        read(zip_of(tmp_path / "b.epub", "application/epub+zip", kept))
    locked = parts | {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/text/c%200.xhtml"/></e>'}
    with pytest.raises(InputError, match="protected against copying"):
        read(zip_of(tmp_path / "c.epub", "application/epub+zip", locked))
    del parts["OEBPS/book.opf"]
    with pytest.raises(InputError, match=r"does not hold 'OEBPS/book\.opf'"):
        read(zip_of(tmp_path / "d.epub", "application/epub+zip", parts))


# Word -----------------------------------------------------------------------------


def test_docx_level_of_a_list_from_its_style(tmp_path: Path) -> None:
    def level(n: int, text: str) -> str:
        return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "%1")}{level(1, "%1.%2")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {W}><w:style w:styleId="A"><w:name w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )

    def paragraph(style: str, text: str, more: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    own = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    body = (
        paragraph("A", "Scope")
        + paragraph("B", "Terms")
        + paragraph("A", "Rules", own)
        + paragraph("A", "End")
    )
    found = document(make_docx(tmp_path, body, numbering=numbering, styles=styles))
    assert [(b.label, b.text) for b in found] == [
        ("1", "Scope"),
        ("1.1", "Terms"),
        ("1.2", "Rules"),
        ("2", "End"),
    ]


def test_docx_drop_cap_and_symbol_fonts(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>he city grew.</w:t></w:r></w:p>"
        '<w:p><w:r><w:t>p </w:t><w:sym w:font="Symbol" w:char="F0DA"/><w:t> q, x </w:t>'
        '<w:sym w:font="Symbol" w:char="F0B3"/><w:t> 3 </w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert [t for _, _, t in shown(make_docx(tmp_path, body))] == ["The city grew.", "p ∨ q, x ≥ 3 ✓"]


def test_docx_parts_that_come_and_go(tmp_path: Path) -> None:
    """A row deleted, a paragraph at the end whose mark was deleted, a document put into this one."""
    gone = "<w:pPr><w:rPr><w:del w:id='9'/></w:rPr></w:pPr>"
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kept row.</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:trPr><w:del w:id='1'/>"
        "</w:trPr><w:tc><w:p><w:r><w:t>Gone row.</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:altChunk/>"
        f"<w:p>{gone}<w:r><w:t>Last words.</w:t></w:r></w:p>"
    )
    path = make_docx(tmp_path, body)
    assert [t for _, _, t in shown(path)] == ["Kept row.", "Last words."]
    assert document(path).problems == ("1 document put into this one not read",)
    with_all = read(path, ReadOptions(tracked_changes="original"))
    assert isinstance(with_all, Document)
    assert [b.text for b in with_all] == ["Kept row.", "Gone row.", "Last words."]


def test_docx_whose_parts_are_named_with_backslashes(tmp_path: Path) -> None:
    path = make_docx(tmp_path, "<w:p><w:r><w:t>Named by a careless program.</w:t></w:r></w:p>")
    renamed = tmp_path / "renamed.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    assert [t for _, _, t in shown(renamed)] == ["Named by a careless program."]


def test_docx_with_its_main_part_anywhere(tmp_path: Path) -> None:
    path = make_docx(tmp_path, "<w:p><w:r><w:t>Strange path.</w:t></w:r></w:p>")
    moved = tmp_path / "moved.docx"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/doc/main.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="'
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="doc/main.xml"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(moved, "w") as new:
        new.writestr("[Content_Types].xml", types)
        new.writestr("_rels/.rels", relations)
        new.writestr("doc/main.xml", old.read("word/document.xml"))
    assert [t for _, _, t in shown(moved)] == ["Strange path."]
