"""Texts as people lay them out: wrapped, in columns, both languages in one line, in halves, in tables."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, read
from aligncheck.readers.bilingual import holds_both, parts_of
from aligncheck.readers.columns import choose, heading_of
from tests.readers.corpus import PARTS

ZH = [p.zh for p in PARTS]
EN = [p.en for p in PARTS]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def wrapped(text: str, width: int, indent: str = "") -> str:
    """A paragraph broken at a width in columns, a Han character taking two."""
    text = indent + text
    if not any(c >= "\u4e00" for c in text):
        return "\n".join(textwrap.wrap(text, width, drop_whitespace=True, replace_whitespace=False))
    size = width // 2
    return "\n".join(text[i : i + size] for i in range(0, len(text), size))


def texts(found: Document | Bitext) -> list[str]:
    assert isinstance(found, Document)
    return [b.text for b in found]


def pairs(found: Document | Bitext) -> list[tuple[str, str]]:
    assert isinstance(found, Bitext)
    a, b = found.source.blocks, found.target.blocks
    return [("".join(a[i].text for i in p.source), "".join(b[i].text for i in p.target)) for p in found.given]


@pytest.mark.parametrize(("language", "width"), [("zh", 44), ("zh", 60), ("en", 60), ("en", 66)])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_wrapped_without_blank_lines(tmp_path: Path, width: int, language: str, indent: str) -> None:
    whole = ZH if language == "zh" else EN
    lead = indent if language == "zh" else indent and "    "
    path = put(tmp_path, "a.txt", "\n".join(wrapped(t, width, lead) for t in whole) + "\n")
    assert texts(read(path, ReadOptions(monolingual=True))) == whole


def test_columns_of_wrapped_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "\n".join(wrapped(t, 60) for t in EN) + "\n")
    document = read(path, ReadOptions(monolingual=True))
    assert isinstance(document, Document)
    rows = path.read_text(encoding="utf-8").split("\n")
    for block in document:
        for anchor in block.anchors:
            line, column = block.locate(anchor.offset)
            assert rows[line - 1][column - 1 :].startswith(block.text[anchor.offset : anchor.offset + 5])


def test_lines_that_were_not_wrapped_stay(tmp_path: Path) -> None:
    rows = [
        "东城区",
        "西城区完成老旧小区改造项目四十二个，涉及居民一万二千户，惠及群众三万余人。",
        "朝阳区完成老旧小区改造项目五十六个，涉及居民二万一千户，惠及群众五万余人。",
        "海淀区完成老旧小区改造项目三十三个，涉及居民一万三千户，惠及群众四万余人。",
        "丰台区完成老旧小区改造项目二十八个，涉及居民九千户，惠及群众二万余人。",
    ]
    assert texts(read(put(tmp_path, "a.txt", "\n".join(rows)))) == rows


def test_page_breaks(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "改造老旧小区60个。\n\f引进企业300家。\n新增学位2万个。\f\n完善制度。")
    document = read(path)
    assert texts(document) == ["改造老旧小区60个。", "引进企业300家。", "新增学位2万个。", "完善制度。"]
    assert isinstance(document, Document)
    assert [b.locate(0) for b in document] == [(1, 1), (2, 2), (3, 1), (4, 1)]


def test_a_sentence_runs_on_over_a_page_break(tmp_path: Path) -> None:
    rows = wrapped(EN[-1] + " " + EN[-1], 60).split("\n")
    text = (
        "\n".join(wrapped(t, 60) for t in EN[:-1]) + "\n" + "\n".join(rows[:2]) + "\n\f" + "\n".join(rows[2:])
    )
    assert (
        texts(read(put(tmp_path, "a.txt", text), ReadOptions(monolingual=True)))[-1] == EN[-1] + " " + EN[-1]
    )


def test_both_languages_wrapped_in_turn(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "\n".join(wrapped(t, 66) for p in zip(ZH, EN, strict=True) for t in p))
    assert pairs(read(path)) == list(zip(ZH, EN, strict=True))


LINES = [
    ("全市新建公园12处。", "Twelve new parks were built in the city."),
    ("改造老旧小区60个。", "A total of 80 run-down compounds were renovated."),
    ("一、城市建设", "I. Urban Development"),
    ("新增学位2万个，完善制度。", "Twenty thousand places were added and the system was improved."),
]


@pytest.mark.parametrize("glue", [" ", "\u3000", " / ", "\t"])
def test_both_languages_in_a_line(tmp_path: Path, glue: str) -> None:
    path = put(tmp_path, "a.txt", "\n".join(f"{z}{glue}{e}" for z, e in LINES))
    assert pairs(read(path)) == LINES


def test_both_languages_in_one_line_of_many_sentences(tmp_path: Path) -> None:
    sentences = [LINES[0], LINES[1], LINES[3]]
    path = put(tmp_path, "a.txt", " ".join(f"{z} {e}" for z, e in sentences))
    assert pairs(read(path)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "推进人工智能（Artificial Intelligence，AI）发展。",
        "支持通过 pull request 提交代码",
        "他说 hello world 然后走了。",
        "北京 CBD 和 Sanlitun Taikoo Li 商圈",
        "The term 政府工作报告 means the report on the work of the government.",
        "全市新建公园12处。",
    ],
)
def test_one_language_with_words_of_the_other(text: str) -> None:
    assert not holds_both(text)
    assert len(parts_of(text)) == 1


def test_paragraphs_with_a_soft_break(tmp_path: Path) -> None:
    from tests.readers.test_contract import make_docx

    body = "".join(f"<w:p><w:r><w:t>{z}</w:t><w:br/><w:t>{e}</w:t></w:r></w:p>" for z, e in LINES)
    assert pairs(read(make_docx(tmp_path, body))) == LINES


def test_halves_with_lines_of_the_other_language(tmp_path: Path) -> None:
    aside = ["Contact Us", "City News", "People's Government of Linjiang"]
    rows = [*ZH[:2], *aside, *ZH[2:], *EN]
    found = read(put(tmp_path, "a.txt", "\n".join(rows)))
    assert isinstance(found, Bitext)
    assert found.given == ()
    assert [b.text for b in found.target if b.kind != "boilerplate"] == EN
    assert [b.text for b in found.target if b.kind == "boilerplate"] == aside


def test_markdown_of_both_languages_without_blank_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "\n\n".join(f"{z}\n{e}" for z, e in LINES))
    assert pairs(read(path)) == LINES


def test_markdown_in_detail(tmp_path: Path) -> None:
    text = (
        "---\ntitle: x\n---\n# 使用说明 {#usage}\n\n:::tip 提示\n运行 `sleep 30` 之后再试[^a]。\n:::\n\n"
        "```sh\nsleep 30\n```\n\n<div align='center'><p>居中的文字&amp;图。</p>\n<!-- 不见 --></div>\n\n"
        "最后一段。\n[^a]: 第一条注。\n[^b]: 第二条注。\n"
    )
    document = read(put(tmp_path, "a.md", text))
    assert isinstance(document, Document)
    assert [(b.kind, b.text, b.place.line) for b in document] == [
        ("title", "使用说明", 4),
        ("heading", "提示", 6),
        ("paragraph", "运行 sleep 30 之后再试[^a]。", 7),
        ("paragraph", "居中的文字&图。", 14),
        ("paragraph", "最后一段。", 17),
        ("note", "第一条注。", 18),
        ("note", "第二条注。", 19),
    ]
    assert [(m.kind, m.ref) for m in document.blocks[2].marks] == [("code", "`"), ("note", "a")]
    assert document.problems == ("1 code block not compared",)


# Tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["序号", "原文", "译文"], ["1", "新建公园。", "We built parks."]], (1, 1, 2, "zh")),
        ([["中文", "英文"], ["新建公园。", "We built parks."]], (1, 0, 1, "zh")),
        ([["Source (zh-CN)", "Target (en-US)"], ["新建公园。", "We built parks."]], (1, 0, 1, "zh")),
        ([["简体中文", "英文译文"], ["新建公园。", "We built parks."]], (1, 0, 1, "zh")),
        ([["英文原文", "中文译文"], ["We built parks.", "新建公园。"]], (1, 1, 0, "en")),
        ([["译文", "原文"], ["We built parks.", "新建公园。"]], (1, 1, 0, "zh")),
        (
            [["工作报告", ""], ["", ""], ["原文", "译文"], ["新建公园。", "We built parks."]],
            (3, 0, 1, "zh"),
        ),
        (
            [["原文", "机器翻译", "终稿译文"], ["建公园30个。", "300 parks were built.", "30 parks."]],
            (1, 0, 2, "zh"),
        ),
        (
            [
                ["Segment", "Source text", "Target text", "Status"],
                ["1", "新建公园。", "Parks.", "Translated"],
            ],
            (1, 1, 2, "zh"),
        ),
        ([["1", "新建公园。", "We built parks.", "ok"]], (0, 1, 2, "zh")),
        ([["新建公园。", "We built parks."]], (0, 0, 1, "zh")),
        ([["1", "2"], ["3", "4"]], None),
        ([["序号", "内容"], ["1", "新建公园。"]], None),
        ([[""]], None),
    ],
)
def test_columns(rows: Sequence[Sequence[str]], expected: tuple[int, int, int, str] | None) -> None:
    found = choose(rows)
    assert (found and (found.first_row, found.chinese, found.english, found.source)) == expected


@pytest.mark.parametrize(
    "text", ["全年新建公园", "Status", "备注", "1", "", "The source of income is local."]
)
def test_no_headings(text: str) -> None:
    assert heading_of(text) is None


def test_a_row_over_both_columns_and_what_was_left_out(tmp_path: Path) -> None:
    from tests.readers.test_contract import make_docx

    def row(*cells: str, span: int = 1) -> str:
        properties = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
        inner = "".join(f"<w:tc>{properties}<w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in cells)
        return f"<w:tr>{inner}</w:tr>"

    body = "<w:tbl>" + row("工作报告", span=3) + row("原文", "机器翻译", "终稿译文")
    body += row("一、城市建设 Urban Development", span=3)
    body += "".join(row(z, "Machine made text of it.", e) for z, e in LINES) + "</w:tbl>"
    found = read(make_docx(tmp_path, body))
    assert pairs(found) == [("一、城市建设", "Urban Development"), *LINES]
    assert isinstance(found, Bitext)
    assert found.source.problems == ("the columns “原文” and “终稿译文” were taken, “机器翻译” left out",)


def test_sheets(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Part 1"
    for row in [("工作报告", ""), ("原文", "译文"), *LINES[:2]]:
        book.active.append(row)
    second, notes, hidden = (book.create_sheet(name) for name in ("Part 2", "Figures", "Old"))
    for row in [("English", "中文"), *((e, z) for z, e in LINES[2:])]:
        second.append(row)
    notes.append((1, 2))
    hidden.append(LINES[0])
    hidden.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert pairs(found) == LINES
    assert isinstance(found, Bitext)
    assert found.source.problems == (
        "the sheets “Part 1”, “Part 2” were taken",
        "sheets without a Chinese and an English column left out: “Figures”",
        "hidden sheets left out: “Old”",
        "Part 1: the columns “原文” and “译文” were taken",
        "Part 2: the columns “中文” and “English” were taken",
    )


def test_captions(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> 00:00:02.000\nWe<00:00:01.500> "
        "promoted the reform of\n\nNOTE a comment\nover two lines\n\n2\n00:00:03.000 --> 00:00:04.000\nstate-owned "
        "enterprises.\n\n00:00:05.000 --> 00:00:06.000\nThe next sentence.\n"
    )
    found = read(put(tmp_path, "a.vtt", text))
    assert texts(found) == ["We promoted the reform of state-owned enterprises.", "The next sentence."]


def test_captions_of_both_languages(tmp_path: Path) -> None:
    rows = [
        ("我们推进改革，", "We promoted reform,"),
        ("扩大了开放。", "and opened up wider."),
        ("新建了公园。", "New parks were built."),
    ]
    text = "\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{z}\n{e}\n" for n, (z, e) in enumerate(rows, 1)
    )
    assert pairs(read(put(tmp_path, "a.srt", text))) == [
        ("我们推进改革，扩大了开放。", "We promoted reform, and opened up wider."),
        rows[2],
    ]


MARKDOWN = """---
title: Plan
---

import Tabs from '@theme/Tabs'
export const year = {
  now: 2026,
}

# Parks {#parks}

<Tabs groupId="a">

See `sleep 30` and [the list](https://parks.example/30 "t") in {{< ref "x" >}} time.[^a]

</Tabs>

:::tip Hint
Sixty trees ~~stand~~ grow here.
:::

> [!NOTE]
> A word to remember.

```sh
sleep 60 # {% raw %}
```

- [ ] Build parks
- [x] Plant trees

Term
: What it means.

$$
x = 40
$$

{/* a comment */}
[^a]: Five of them.
"""


@pytest.mark.parametrize("opening", ["{% raw", "{{< ref", "$$x", "{/* note"])
def test_what_is_never_closed_is_text(tmp_path: Path, opening: str) -> None:
    """The end is sought near by only: a page of openings would else be gone through once for each."""
    path = tmp_path / "a.md"
    closing = {"{%": " %}", "{{": " >}}", "$$": " $$", "{/": " */}"}[opening[:2]]
    path.write_text(f"{opening} {'word ' * 600}\n{closing}\n\nA park.\n", encoding="utf-8")
    document = read(path)
    assert isinstance(document, Document)
    texts = [b.text for b in document]
    assert texts[0].startswith(opening)
    assert texts[-1] == "A park."


@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
def test_markdown_of_many_sites(tmp_path: Path, name: str) -> None:
    """What only programs read is left out, what readers see stays."""
    path = tmp_path / name
    path.write_text(MARKDOWN, encoding="utf-8")
    document = read(path)
    assert isinstance(document, Document)
    assert [b.text for b in document] == [
        "Parks",
        "See sleep 30 and the list in time.[^a]",
        "Hint",
        "Sixty trees grow here.",
        "A word to remember.",
        "Build parks",
        "Plant trees",
        "Term",
        "What it means.",
        "Five of them.",
    ]
    assert [(m.kind, m.ref) for m in document.blocks[1].marks] == [("code", "`"), ("note", "a")]
    assert document.problems == ("1 code block not compared",)
    lines = MARKDOWN.splitlines()
    assert all(b.text.split()[0] in lines[(b.place.line or 0) - 1] for b in document)


VTT = """\ufeffWEBVTT - A film
Kind: captions

STYLE
::cue { color: red }

NOTE one comment 99

1
00:00:01.000 --> 00:00:02.000 align:start
<v Ann>We<00:00:01.500><c> built</c> 30
new parks

NOTE
another

cue-2
00:02.000 --> 00:03.000
in the <i>city</i> &amp; around.

00:03.000 --> 00:04.000
{\\an8}Then we left.
"""


def test_subtitles_with_all_that_webvtt_has(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(VTT, encoding="utf-8")
    document = read(path)
    assert isinstance(document, Document)
    assert [(b.text, b.place.unit) for b in document] == [
        ("We built 30 new parks in the city & around.", "1"),
        ("Then we left.", "3"),
    ]
