"""Traditional Chinese is judged like its Simplified twin and shown as it is written."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligncheck.cli.facts import facts_rows
from aligncheck.config import Settings
from aligncheck.engine import align, check
from aligncheck.model import Block, Document, Report, Severity
from aligncheck.readers import read
from aligncheck.words.script import in_simplified, is_traditional, simplified

TRADITIONAL = [
    "二〇二五年政府工作報告",
    "一、過去一年的工作",
    "全市失業率為百分之三點四，較去年下降。",
    "約有二萬五千名市民參與諮詢，其中四分之三表示支持有關方案。",
    "我們興建了十二座公園，翻新了六十個舊社區，並引進三百家企業。",
    "財政預算總額達新臺幣2兆8,500億元，比上年度增加百分之六。",
    "全年共發放補助金三億五千萬元，受惠家庭逾四萬戶。",
    "著名學者認為，乾隆年間的檔案對瞭解本地歷史十分重要。",
    "新建的圖書館將於六月下旬開放，後續工程亦會陸續展開。",
    "政府不會放寬對違規業者的監管，並將取消不必要的審批手續。",
    "市長說：「我們必須加快改革。」他隨後離開會場。",
]
ENGLISH = [
    "Report on the Work of the Government 2025",
    "I. Our Work over the Past Year",
    "The city's unemployment rate was 3.4 percent, down from the previous year.",
    "About 25,000 residents took part in the consultation, three-quarters of whom supported the proposals.",
    "We built 12 parks, renovated 60 old residential communities, and brought in 300 companies.",
    "The total budget reached NT$2.85 trillion, an increase of 6 percent over the previous year.",
    "Over the year, 350 million yuan in subsidies was paid out, benefiting more than 40,000 households.",
    "Eminent scholars consider the archives of the Qianlong period very important for understanding local history.",
    "The new library will open in late June, and follow-up works will be carried out in succession.",
    "The government will not relax its regulation of businesses that violate the rules, and will abolish "
    "unnecessary approval procedures.",
    "“We must accelerate reform,” said the mayor. He then left the venue.",
]
WRONG = [
    ("3.4 percent", "4.3 percent", "百分之三點四"),
    ("25,000", "250,000", "約有二萬五千"),
    ("2.85 trillion", "2.85 billion", "2兆8,500億元"),
    ("350 million", "35 million", "三億五千萬元"),
    ("late June", "early June", "六月下旬"),
]


def checked(folder: Path, chinese: list[str], english: list[str]) -> Report:
    (folder / "zh.txt").write_text("\n".join(chinese), encoding="utf-8")
    (folder / "en.txt").write_text("\n".join(english), encoding="utf-8")
    return check(folder / "zh.txt", folder / "en.txt", Settings())


def outline(report: Report) -> list[tuple[str, str, int, int, int]]:
    return [
        (f.check, f.severity.value, s.block, s.start, s.end)
        for f in report.findings
        for s in (f.source or f.target)
        if f.check != "mixed-han"
    ]


def test_a_right_translation_of_traditional_text_has_no_finding(tmp_path: Path) -> None:
    report = checked(tmp_path, TRADITIONAL, ENGLISH)
    assert [f.message.en for f in report.findings if f.severity > Severity.NEUTRAL] == []
    assert [b.text for b in report.source.blocks] == TRADITIONAL
    assert [b.kind for b in report.source.blocks[:2]] == ["title", "heading"]


def test_slips_are_found_as_in_the_simplified_twin_and_quoted_as_written(tmp_path: Path) -> None:
    text = "\n".join(ENGLISH)
    for right, wrong, _ in WRONG:
        text = text.replace(right, wrong)
    report = checked(tmp_path, TRADITIONAL, text.split("\n"))
    found = {s.text: f for f in report.findings if f.severity >= Severity.MAJOR for s in f.source}
    assert set(found) >= {quoted for _, _, quoted in WRONG}
    # 2兆 and 四分之三 are read in both scripts; the twin differs in nothing.
    converter = opencc.OpenCC("t2s")
    twin = checked(tmp_path, [converter.convert(t) for t in TRADITIONAL], text.split("\n"))
    assert outline(report) == outline(twin)
    for _, _, quoted in WRONG[:4]:
        assert quoted.removeprefix("約有") in found[quoted].message.en


def test_one_document_with_both_scripts_is_told_with_the_characters_as_they_stand(tmp_path: Path) -> None:
    mixed = [*TRADITIONAL[:4], "我們興建了十二座公園，翻新了六十个舊社區，並引進三百家企業。"]
    report = checked(tmp_path, mixed, ENGLISH[:5])
    (finding,) = [f for f in report.findings if f.check == "mixed-han"]
    assert [s.text for s in finding.source] == ["个"]
    assert finding.suggestion == "個"
    assert not [f for f in checked(tmp_path, TRADITIONAL, ENGLISH).findings if f.check == "mixed-han"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("乾隆年間，他瞭解乾燥過程。", "乾隆年间，他了解干燥过程。"),
        ("反覆研究後回覆皇后。", "反复研究后回复皇后。"),
        ("著名學者徵求意見。", "著名学者征求意见。"),
    ],
)
def test_phrases_decide_where_a_character_has_two_folds(text: str, expected: str) -> None:
    assert in_simplified(text) == expected


@given(st.text(st.sampled_from("政府推動經濟發展乾隆瞭著後裡𠮷，。abc \n"), max_size=80))
def test_a_fold_keeps_every_place(text: str) -> None:
    assert len(in_simplified(text)) == len(text)
    document = simplified(Document("a", "zh", (Block(0, "paragraph", text),)))
    assert len(document.blocks[0].text) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府推動經濟發展。", True),
        ("政府推动经济发展。", False),
        ("他在山上走。", False),  # characters of both
        ("政府推动经济发展，乾隆年間。", False),  # a few in a text of the other
    ],
)
def test_the_majority_of_telling_characters_decides(text: str, expected: bool) -> None:
    assert is_traditional(Document("a", "zh", (Block(0, "paragraph", text),))) is expected


def test_english_is_no_traditional_chinese() -> None:
    assert not is_traditional(Document("a", "en", (Block(0, "paragraph", "The 國 sign."),)))


def test_an_alignment_and_the_facts_have_the_text_as_written(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("\n".join(TRADITIONAL), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    found = align(tmp_path / "zh.txt", tmp_path / "en.txt")
    assert [b.text for b in found.source.blocks] == TRADITIONAL
    assert [b.kind for b in found.beads] == ["1-1"] * 12
    document = read(tmp_path / "zh.txt")
    assert isinstance(document, Document)
    texts = {row["text"]: row["value"] for row in facts_rows(document)}
    assert texts["三億五千萬元"] == "350,000,000 cny"
    assert texts["2兆8,500億元"] == "2,850,000,000,000 twd"


def test_traditional_numbers_of_parts_and_notes(tmp_path: Path) -> None:
    lines = [
        "第一編　總則",
        "第一條　為規範管理，制定本條例。",
        "第二條　本條例自公布之日起施行。",
        "附註：",
        "[註1] 名詞解釋見附件。",
    ]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    document = read(path)
    assert isinstance(document, Document)
    assert [b.label for b in document.blocks][:3] == ["第一編", "第一條", "第二條"]
    assert document.blocks[-1].kind == "note"
