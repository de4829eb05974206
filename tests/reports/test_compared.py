"""The line that says what was compared with what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from aligncheck.engine import check
from aligncheck.model import Block, Document
from aligncheck.reports import html_report, markdown_report
from aligncheck.reports.compared import compared
from aligncheck.reports.terminal_text import summary, text
from tests.reports import sample

CHINESE = ["全市新建公园12处。", "改造老旧小区60个。", "引进企业300家。"]
ENGLISH = ["Twelve parks were built.", "Sixty old compounds were renovated.", "We brought in 300 companies."]


def test_two_documents_with_their_sizes(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("\n".join(CHINESE), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    report = check(tmp_path / "zh.txt", tmp_path / "en.txt")
    line = compared(report)
    assert line.en == (
        f"compared: {tmp_path}/zh.txt (Chinese, 3 blocks, 3 sentences) with {tmp_path}/en.txt "
        "(English, 3 blocks, 3 sentences): 3 pairs, 0 without a counterpart"
    )
    assert line.zh.endswith("（英文，3段，3句）：成对3处，无对应内容0处")
    for shown in (text(report), summary(report)):
        assert shown.count("\n" + line.en + "\n") == 1 or shown.startswith(line.en + "\n")
    page = b"".join(html_report.render(report)).decode("utf-8")
    assert line.zh in page
    assert "3 pairs, 0 without a counterpart" in b"".join(markdown_report.render(report)).decode("utf-8")


def test_columns_and_sheets_stand_in_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Texts"
    for number, row in enumerate(zip(CHINESE, ENGLISH, strict=True), 1):
        book.active.append((number, *row))
    hidden = book.create_sheet("Old")
    hidden.append(("旧稿。", "An old draft."))
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    line = compared(check(tmp_path / "a.xlsx")).en
    assert "the sheet “Texts” was taken" in line
    assert "hidden sheets left out: “Old”" in line
    assert "the columns 2 and 3 were taken" in line


def test_one_document_alone_is_said_to_be_compared_with_nothing() -> None:
    report = replace(sample.sample_report(), target=None, alignments=())
    assert compared(report).en.endswith(", compared with nothing")
    assert compared(report).zh.endswith("，未作比对")


@pytest.mark.parametrize("same", [True, False])
def test_a_note_on_reading_is_told_once(same: bool) -> None:
    report = sample.sample_report()
    assert report.target is not None
    path = report.source.path if same else "other.txt"
    report = replace(
        report,
        source=replace(report.source, problems=("cut in pieces",)),
        target=replace(report.target, path=path, problems=("cut in pieces",)),
    )
    assert compared(report).en.count("cut in pieces") == (1 if same else 2)


def test_page_furniture_is_counted_apart() -> None:
    source = Document("a.txt", "zh", (Block(0, "paragraph", "正文。"), Block(1, "boilerplate", "首页")))
    line = compared(replace(sample.sample_report(), source=source, target=None, alignments=())).en
    assert "(Chinese, 1 block, 0 sentences, 1 block of page furniture)" in line


@pytest.mark.parametrize(
    ("remark", "chinese"),
    [
        ("2 code blocks not compared", "2个代码块未比对"),
        (
            "1 xml: attribute on inline elements, where XLIFF 2 has none; the first is in line 7",
            "行内元素上有1个 XLIFF 2 不允许的 xml: 属性；首见于第7行",
        ),
        (
            "3 codes in targets with the id of another segment's code, against the rules of XLIFF 2; "
            "the first is in line 12",
            "译文中有3个代码的编号与另一片段的代码相同，不合 XLIFF 2 规则；首见于第12行",
        ),
    ],
)
def test_what_the_readers_remark_is_told_in_both_languages(remark: str, chinese: str) -> None:
    report = sample.sample_report()
    line = compared(replace(report, source=replace(report.source, problems=(remark,))))
    assert line.en.endswith(remark)
    assert line.zh.endswith(chinese)
