"""Every reader gives back the same text, and the place of every block is where its text stands."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from aligncheck.model import Bitext, Block, Document
from aligncheck.readers import ReadOptions, read
from aligncheck.segment import segment_document
from tests.readers import builders
from tests.readers.corpus import PARTS

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = [p.kind for p in PARTS]
TEXTS = {"zh": [p.zh for p in PARTS], "en": [p.en for p in PARTS]}
NOTES = {lang: [p.note[i] for p in PARTS if p.note] for i, lang in enumerate(("zh", "en"))}


def lines(language: str) -> list[str]:
    return TEXTS[language]


def wrapped_lines(text: str, width: int) -> str:
    words, rows, row = text.split(" "), [], ""
    for word in words:
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return "\n".join([*rows, row])


def make_text(folder: Path, language: str) -> Path:
    return write(folder / f"{language}.txt", "\n".join(lines(language)))


def make_windows(folder: Path, language: str) -> Path:
    path = folder / f"{language}.txt"
    path.write_bytes("\r\n\r\n".join(lines(language)).encode("utf-8-sig"))
    return path


def make_utf16(folder: Path, language: str) -> Path:
    path = folder / f"{language}.txt"
    path.write_bytes("\n".join(lines(language)).encode("utf-16"))
    return path


def make_gb18030(folder: Path, language: str) -> Path:
    path = folder / f"{language}.txt"
    path.write_bytes("\n".join(lines(language)).encode("gb18030"))
    return path


def make_wrapped(folder: Path, language: str) -> Path:
    if language == "zh":
        rows = ["\n".join(t[i : i + 30] for i in range(0, len(t), 30)) for t in lines("zh")]
    else:
        rows = [wrapped_lines(t, 72) for t in lines("en")]
    return write(folder / f"{language}.txt", "\n\n".join(rows))


def make_markdown(folder: Path, language: str) -> Path:
    marks = {"title": "# ", "heading": "## ", "item": "- ", "paragraph": ""}
    texts = [marks[p.kind] + t.replace("120", "**120**") for p, t in zip(PARTS, lines(language), strict=True)]
    return write(folder / f"{language}.md", "\n\n".join(texts))


def make_html(folder: Path, language: str) -> Path:
    tags = {"title": "h1", "heading": "h2", "item": "li", "paragraph": "p"}
    body = "\n".join(f"<{tags[k]}>{t}</{tags[k]}>" for k, t in zip(KINDS, lines(language), strict=True))
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>x</title>'
        f'<script>var a = "不是正文";</script></head><body><nav><a href="/">Home</a></nav>'
        f'<div class="share"><a>Share</a></div><div id="content">\n{body}\n</div>'
        "<footer>© 2026</footer></body></html>"
    )
    return write(folder / f"{language}.html", page)


def make_srt(folder: Path, language: str) -> Path:
    rows = [f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{t}\n" for n, t in enumerate(lines(language), 1)]
    return write(folder / f"{language}.srt", "\n".join(rows))


def fixture(pattern: str) -> Callable[[Path, str], Path]:
    return lambda folder, language: FIXTURES / pattern.format(language)


DOCUMENTS: dict[str, Callable[[Path, str], Path]] = {
    "text": make_text,
    "text from Windows": make_windows,
    "text in UTF-16": make_utf16,
    "text in GB18030": make_gb18030,
    "text wrapped": make_wrapped,
    "markdown": make_markdown,
    "html": make_html,
    "subtitles": make_srt,
    "docx by LibreOffice": fixture("plan.{}.docx"),
    "odt by LibreOffice": fixture("plan.{}.odt"),
    "rtf by LibreOffice": fixture("plan.{}.rtf"),
    "html by LibreOffice": fixture("plan.{}.html"),
    "pdf by LibreOffice": fixture("plan.{}.pdf"),
}


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def bare(block: Block) -> str:
    """A block's text without note marks and the number of a list item."""
    text = block.text
    for mark in reversed(block.marks):
        if mark.kind == "note" or (mark.kind == "number" and block.kind == "item"):
            text = text[: mark.start] + text[mark.end :]
    return text.strip()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", DOCUMENTS)
def test_document(tmp_path: Path, format: str, language: str) -> None:
    document = read(DOCUMENTS[format](tmp_path, language), ReadOptions(monolingual=True))
    assert isinstance(document, Document)
    assert document.language == language
    body = [b for b in document if b.kind not in ("note", "boilerplate")]
    assert [bare(b) for b in body] == TEXTS[language]
    notes = [b for b in document if b.kind == "note"]
    if notes:
        assert [(b.label, b.text) for b in notes] == list(zip(["1", "2"], NOTES[language], strict=True))
        assert [m.ref for b in body for m in b.marks if m.kind == "note"] == ["1", "2"]
    if format != "subtitles":
        plain = {"text", "text from Windows", "text in UTF-16", "text in GB18030", "text wrapped"}
        expected = ["paragraph" if k == "item" and format in plain else k for k in KINDS]
        assert [b.kind for b in body] == expected
    assert [b.id for b in document] == list(range(len(document.blocks)))


@pytest.mark.parametrize(
    "format", ["docx by LibreOffice", "pdf by LibreOffice", "html", "text wrapped", "markdown"]
)
def test_same_segments_as_text(tmp_path: Path, format: str) -> None:
    def segments(path: Path) -> list[str]:
        document = read(path, ReadOptions(monolingual=True))
        assert isinstance(document, Document)
        cut = segment_document(document)
        numbers = r"^\d\.\s?"
        return [
            re.sub(numbers, "", re.sub(r"(?<=[.。])\d$", "", s.text))
            for b in cut
            if b.kind != "note"
            for s in b.segments
        ]

    for language in ("zh", "en"):
        assert segments(DOCUMENTS[format](tmp_path, language)) == segments(make_text(tmp_path, language))


# Both languages in one file ---------------------------------------------------


def make_interleaved(folder: Path) -> Path:
    return write(folder / "a.txt", "\n".join(f"{p.zh}\n{p.en}" for p in PARTS))


def make_english_first(folder: Path) -> Path:
    return write(folder / "a.txt", "\n\n".join(f"{p.en}\n{p.zh}" for p in PARTS))


def make_tsv(folder: Path) -> Path:
    return write(folder / "a.tsv", "".join(f"{p.zh}\t{p.en}\n" for p in PARTS))


def make_tsv_with_headings(folder: Path) -> Path:
    return write(
        folder / "a.tsv",
        "id\tsource\ttarget\n" + "".join(f"{i}\t{p.zh}\t{p.en}\n" for i, p in enumerate(PARTS)),
    )


def make_csv(folder: Path) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([["中文", "English"], *([p.zh, p.en] for p in PARTS)])
    return write(folder / "a.csv", out.getvalue())


def make_xlsx(folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for part in PARTS:
        book.active.append([part.zh, part.en])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def make_ods(folder: Path) -> Path:
    cells = (f"<c><p>{escape(p.zh)}</p></c><c><p>{escape(p.en)}</p></c>" for p in PARTS)
    return builders.make_ods(folder / "a.ods", "".join(f"<row>{row}</row>" for row in cells))


def make_two_line_captions(folder: Path) -> Path:
    rows = [f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{p.zh}\n{p.en}\n" for n, p in enumerate(PARTS, 1)]
    return write(folder / "a.srt", "\n".join(rows))


def make_markdown_table(folder: Path) -> Path:
    return write(
        folder / "a.md", "| 中文 | English |\n|---|---|\n" + "".join(f"| {p.zh} | {p.en} |\n" for p in PARTS)
    )


BITEXTS: dict[str, tuple[Callable[[Path], Path], bool]] = {
    "interleaved": (make_interleaved, False),
    "English first": (make_english_first, False),
    "tsv": (make_tsv, True),
    "tsv with headings": (make_tsv_with_headings, True),
    "csv": (make_csv, True),
    "xlsx": (make_xlsx, True),
    "ods": (make_ods, True),
    "captions": (make_two_line_captions, True),
    "docx in turn": (lambda _: FIXTURES / "plan.both.docx", False),
    "html in turn": (lambda _: FIXTURES / "plan.both.html", False),
    "pdf in turn": (lambda _: FIXTURES / "plan.both.pdf", False),
    "docx table": (lambda _: FIXTURES / "plan.table.docx", True),
    "odt table": (lambda _: FIXTURES / "plan.table.odt", True),
    "rtf table": (lambda _: FIXTURES / "plan.table.rtf", True),
    "html table": (lambda _: FIXTURES / "plan.table.html", True),
    "tmx by the toolkit": (lambda _: FIXTURES / "toolkit.tmx", True),
    "xliff by the toolkit": (lambda _: FIXTURES / "toolkit.xlf", True),
}


@pytest.mark.parametrize("format", BITEXTS)
def test_bitext(tmp_path: Path, format: str) -> None:
    make, paired = BITEXTS[format]
    bitext = read(make(tmp_path))
    assert isinstance(bitext, Bitext)
    assert bitext.paired is paired
    chinese, english = (
        (bitext.source, bitext.target) if bitext.source.language == "zh" else (bitext.target, bitext.source)
    )
    assert [b.text for b in chinese] == TEXTS["zh"]
    assert [b.text for b in english] == TEXTS["en"]
    assert [(p.source, p.target) for p in bitext.given] == [((i,), (i,)) for i in range(len(PARTS))]


def test_markdown_table(tmp_path: Path) -> None:
    bitext = read(make_markdown_table(tmp_path))
    assert isinstance(bitext, Bitext)
    assert bitext.paired
    assert [b.text for b in bitext.source] == TEXTS["zh"]


def test_halves_know_no_pairs(tmp_path: Path) -> None:
    bitext = read(write(tmp_path / "a.txt", "\n".join([*TEXTS["zh"], *TEXTS["en"]])))
    assert isinstance(bitext, Bitext)
    assert bitext.given == ()
    assert [b.text for b in bitext.target] == TEXTS["en"]


def test_blocks_of_several_lines(tmp_path: Path) -> None:
    zh, en = TEXTS["zh"], TEXTS["en"]
    rows = [*zh[:3], *en[:3], *zh[3:5], *en[3:5], *zh[5:], *en[5:]]
    bitext = read(write(tmp_path / "a.txt", "\n".join(rows)))
    assert isinstance(bitext, Bitext)
    assert [(len(p.source), len(p.target)) for p in bitext.given] == [(3, 3), (2, 2), (6, 6)]


def test_sentence_by_sentence(tmp_path: Path) -> None:
    rows = [
        "各位代表：",
        "Fellow Deputies,",
        "一是改革。",
        "First, reform.",
        "二是开放。",
        "Second, opening up.",
    ]
    bitext = read(write(tmp_path / "a.txt", "\n".join(rows)))
    assert isinstance(bitext, Bitext)
    assert len(bitext.given) == 3


def test_one_side_of_a_pair_is_never_taken_for_both(tmp_path: Path) -> None:
    rows = [t for pair in zip(TEXTS["en"][:6], TEXTS["zh"][:6], strict=True) for t in pair]
    path = write(tmp_path / "a.txt", "\n".join(rows))
    assert isinstance(read(path, ReadOptions(monolingual=True)), Document)


# Places -------------------------------------------------------------------------


def source_lines(path: Path) -> list[str]:
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return re.split(r"\r\n|\n", text)


LINED = [f for f in DOCUMENTS if f.split()[0] not in ("docx", "odt", "rtf", "pdf")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", LINED)
def test_lines_and_columns(tmp_path: Path, format: str, language: str) -> None:
    """At the line and column of a block's first characters, and of each of its anchors, the text stands."""
    path = DOCUMENTS[format](tmp_path, language)
    document = read(path, ReadOptions(monolingual=True))
    assert isinstance(document, Document)
    rows = source_lines(path)
    for block in document:
        borders = [*(a.offset for a in block.anchors[1:]), len(block.text)]
        for anchor, border in zip(block.anchors, borders, strict=True):
            line, column = block.locate(anchor.offset)
            piece = block.text[anchor.offset : min(border, anchor.offset + 3)].strip()
            assert rows[line - 1][column - 1 :].startswith(piece), (format, block.text, anchor)
        assert block.place.line == block.locate(0)[0]


def test_paragraph_numbers_of_docx() -> None:
    import docx

    path = FIXTURES / "plan.zh.docx"
    paragraphs = docx.Document(str(path)).paragraphs
    document = read(path)
    assert isinstance(document, Document)
    for block in document:
        if block.place.paragraph is not None:
            assert paragraphs[block.place.paragraph - 1].text.strip() == block.text


def test_cells_of_docx() -> None:
    import docx

    path = FIXTURES / "plan.table.docx"
    table = docx.Document(str(path)).tables[0]
    bitext = read(path)
    assert isinstance(bitext, Bitext)
    for side in (bitext.source, bitext.target):
        for block in side:
            match = re.fullmatch(r"table 1, row (\d+), column (\d+)", block.place.cell or "")
            assert match is not None
            assert table.cell(int(match.group(1)) - 1, int(match.group(2)) - 1).text == block.text


def test_cells_of_xlsx(tmp_path: Path) -> None:
    import openpyxl

    path = make_xlsx(tmp_path)
    sheet = openpyxl.load_workbook(path).active
    bitext = read(path)
    assert isinstance(bitext, Bitext)
    for block in (*bitext.source, *bitext.target):
        name, _, cell = (block.place.cell or "").partition("!")
        assert name == sheet.title
        assert sheet[cell].value == block.text


def test_pages_of_pdf() -> None:
    import pypdfium2

    path = FIXTURES / "plan.en.pdf"
    pdf = pypdfium2.PdfDocument(path)
    pages = []
    for page in pdf:
        textpage = page.get_textpage()
        pages.append(re.sub(r"\s+", "", textpage.get_text_range()))
        textpage.close()
        page.close()
    pdf.close()
    document = read(path)
    assert isinstance(document, Document)
    for block in document:
        assert re.sub(r"\s+", "", block.text[:20]) in pages[(block.place.page or 0) - 1]


@pytest.mark.parametrize(
    ("name", "tag", "key"), [("toolkit.tmx", "tu", "tuid"), ("toolkit.xlf", "trans-unit", "id")]
)
def test_units(name: str, tag: str, key: str) -> None:
    root = etree.parse(str(FIXTURES / name)).getroot()
    units = list(root.iter(f"{{*}}{tag}"))
    bitext = read(FIXTURES / name)
    assert isinstance(bitext, Bitext)
    for index, pair in enumerate(bitext.given):
        assert pair.unit == (units[index].get(key) or f"#{index + 1}")
        block = bitext.source.blocks[pair.source[0]]
        assert block.place.unit == pair.unit
        assert block.text in "".join(units[index].itertext())
        assert block.place.line is not None


def test_rows_of_tsv(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "\n".join(["一。\tOne.", "", "二。\t", "三。\tThree."]))
    bitext = read(path)
    assert isinstance(bitext, Bitext)
    assert [b.place.line for b in bitext.source] == [1, 3, 4]
    assert [b.place.line for b in bitext.target] == [1, 4]
    assert [(p.source, p.target) for p in bitext.given] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_quotes_in_tsv(tmp_path: Path) -> None:
    plain = read(write(tmp_path / "a.tsv", '他说“好”。\t"Good," he said.\n“好。”\t"Good."\n'))
    assert isinstance(plain, Bitext)
    assert [b.text for b in plain.target] == ['"Good," he said.', '"Good."']
    quoted = read(write(tmp_path / "b.tsv", '他说“好”。\t"""Good,"" he said."\n好。\tGood.\n'))
    assert isinstance(quoted, Bitext)
    assert [b.text for b in quoted.target] == ['"Good," he said.', "Good."]


# Word processing in detail ---------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_docx(folder: Path, body: str, **parts: str) -> Path:
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)
    return path


def texts(path: Path, **options: str) -> list[str]:
    document = read(path, ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(document, Document)
    return [b.text for b in document]


def test_tracked_changes(tmp_path: Path) -> None:
    path = make_docx(
        tmp_path,
        "<w:p><w:r><w:t>加强</w:t></w:r><w:del><w:r><w:delText>城市</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>社区</w:t></w:r></w:ins><w:r><w:t>管理。</w:t></w:r>"
        "<w:r><w:commentReference/></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p><w:p><w:r><w:t>后半。</w:t></w:r></w:p>",
    )
    assert texts(path) == ["加强社区管理。", "前半，后半。"]
    assert texts(path, tracked_changes="original") == ["加强城市管理。", "前半，", "后半。"]


def test_text_boxes_fields_and_symbols(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>文本框。</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    path = make_docx(
        tmp_path,
        f"<w:p><w:r><w:t>正文</w:t><w:tab/><w:t>一。</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>"
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>链接。</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>面积5m</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:t>。</w:t></w:r></w:p>",
    )
    assert texts(path) == ["正文\t一。链接。", "文本框。", "面积5m2。"]


def test_numbers_of_lists(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(text: str, level: int) -> str:
        return (
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    path = make_docx(
        tmp_path,
        item("甲。", 0) + item("子。", 1) + item("丑。", 1) + item("乙。", 0) + item("寅。", 1),
        numbering=numbering,
    )
    document = read(path)
    assert isinstance(document, Document)
    assert [(b.kind, b.label) for b in document] == [("item", x) for x in ("一、", "1.", "2.", "二、", "1.")]


def test_parts_of_word_on_the_web_and_equations(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    equation = (
        f"<m:oMath {math}><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>49.8</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    heading = '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>公园</w:t></w:r></w:p>'
    with zipfile.ZipFile(path, "w") as package:
        for name, relations in (
            ("_rels/.rels", f'<Relationship Type="{kind}/officeDocument" Target="/word/document2.xml"/>'),
            ("word/_rels/document2.xml.rels", f'<Relationship Type="{kind}/styles" Target="styles2.xml"/>'),
        ):
            package.writestr(name, f"<Relationships>{relations}</Relationships>")
        body = f"{heading}<w:p><w:r><w:t>比例为</w:t></w:r>{equation}<w:r><w:t>。</w:t></w:r></w:p>"
        package.writestr("word/document2.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        style = '<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        package.writestr("word/styles2.xml", f"<w:styles {W}>{style}</w:styles>")
    document = read(path)
    assert isinstance(document, Document)
    assert [(b.kind, b.text) for b in document] == [("heading", "公园"), ("paragraph", "比例为x=49.8/2。")]


@pytest.mark.parametrize(
    ("before", "after", "within", "joined"),
    [
        ("high-", "quality growth", "high-quality parks", "high-quality growth"),
        ("develop-", "ment goes on", "the development of it", "development goes on"),
        ("re-", "newal goes on", "urban renewal", "renewal goes on"),
    ],
)
def test_hyphens_at_the_end_of_a_printed_line(before: str, after: str, within: str, joined: str) -> None:
    from collections import Counter

    from aligncheck.readers.pdf import _before

    words = Counter(re.findall(r"[a-z]+", within) + re.findall(r"[a-z]+-[a-z]+", within))
    assert _before(before, after, words) + after == joined


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "gbk"])
def test_a_named_encoding_is_for_the_side_that_needs_it(tmp_path: Path, encoding: str) -> None:
    text = {"zh": "各位代表：現在請審議。", "en": "The “new” parks are open."}
    for language, name in (("zh", encoding), ("en", "utf-8")):
        path = tmp_path / f"{language}.txt"
        path.write_bytes(text[language].encode(name))
        assert texts(path, encoding=encoding) == [text[language]]
