"""Cells with several renderings, lists without a header, exports of well-known tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.errors import GlossaryError
from aligncheck.terms import PartOfSpeech, Status, load_termbase
from aligncheck.terms.cells import chinese, english, remarked
from aligncheck.terms.headers import read_header
from aligncheck.terms.load import read_glossary
from aligncheck.terms.tables import read_table
from aligncheck.terms.validate import validate


@pytest.mark.parametrize(
    ("cell", "renderings"),
    [
        ("urban renewal", ["urban renewal"]),
        ("urban renewal; urban regeneration", ["urban renewal", "urban regeneration"]),
        ("urban renewal / urban regeneration", ["urban renewal", "urban regeneration"]),
        ("urban renewal/urban regeneration", ["urban renewal", "urban regeneration"]),
        ("urban renewal、urban regeneration", ["urban renewal", "urban regeneration"]),
        ("urban renewal | urban regeneration", ["urban renewal", "urban regeneration"]),
        ("urban renewal (project)", ["urban renewal", "urban renewal project"]),
        ("gross domestic product (GDP)", ["gross domestic product", "GDP"]),
        ("Master Plan (2016-2035)", ["Master Plan (2016-2035)"]),
        ("and/or TCP/IP 24/7 R&D", ["and/or TCP/IP 24/7 R&D"]),
        ("water; (sewage; rain)", ["water", "sewage; rain"]),
        ("due diligence (also: due care)", ["due diligence", "due care"]),
        ("gross domestic product（又称: total output）", ["gross domestic product", "total output"]),
        ("intellectual property tribunal (IP tribunal)", ["intellectual property tribunal", "IP tribunal"]),
        ("circuit court (of the Supreme Court)", ["circuit court", "circuit court of the Supreme Court"]),
        ("GDP (gross domestic product)", ["gross domestic product", "GDP"]),
        ("project(s)", ["project"]),
        ("bill of lading (B/L)", ["bill of lading", "B/L"]),
        ("berth (noun)", ["berth"]),
        ("China (Haiyan) Pilot Free Trade Zone", ["China (Haiyan) Pilot Free Trade Zone"]),
        ("lift (BrE) / elevator (AmE)", ["lift", "elevator"]),
        ("1. berth 2. mooring", ["berth", "mooring"]),
        ("① berth ② mooring", ["berth", "mooring"]),
    ],
)
def test_an_english_cell(cell: str, renderings: list[str]) -> None:
    assert [r.text for r in english(cell)] == renderings


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("城市更新；城市改造", ["城市更新", "城市改造"]),
        ("碳达峰、碳中和", ["碳达峰、碳中和"]),
        ("国内生产总值（GDP）", ["国内生产总值"]),
        ("总体规划（2016年—2035年）", ["总体规划（2016年—2035年）"]),
        ("[党的/中共]{n}大", ["[党的/中共]{n}大"]),
        ("全国人民代表大会（全国人大）", ["全国人民代表大会", "全国人大"]),
        ("海晏新区（简称“新区”）", ["海晏新区", "新区"]),
        ("GDP（国内生产总值）", ["国内生产总值", "GDP"]),
    ],
)
def test_a_chinese_cell(cell: str, terms: list[str]) -> None:
    assert chinese(cell) == terms


EXPORTS = {
    "remarks.txt": "# Glossary in tab-separated format\n城市更新\turban renewal\n# 智慧城市\tsmart city\n",
    "serial.tsv": "1\t城市更新\turban renewal\n2\t数字经济\tdigital economy\n",
    "pinyin.tsv": "城市更新\tchéngshì gēngxīn\turban renewal\n数字经济\tshùzì jīngjì\tdigital economy\n",
    "equals.txt": "城市更新 = urban renewal\n数字经济 = digital economy\n",
    "colon.txt": "城市更新：urban renewal\n数字经济：digital economy\n",
    "blank.txt": "城市更新 urban renewal\n数字经济 digital economy\n",
    "dash.txt": "urban renewal — 城市更新\ndigital economy — 数字经济\n",
    "brackets.csv": "Term [en],Term [zh-Hans],Comment\nurban renewal,城市更新,\n",
    "languages.csv": "Source language,Target language\n城市更新,urban renewal\n",
    "omegat.txt": "城市更新\turban renewal\tas in the plan\n数字经济\tdigital economy\n",
    "bare.csv": "城市更新,urban renewal\n数字经济,digital economy\n",
    "turned.csv": "urban renewal,城市更新\ndigital economy,数字经济\n",
    "status.tsv": "城市更新\turban renewal\tpreferred\n数字经济\tdigital economy\tpreferred\n",
    "iate.csv": "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_RELIABILITY|T_EVALUATION\n"
    "1|LAND|zh|城市更新|Term|3|\n1|LAND|en|urban renewal|Term|3|Preferred\n",
    "weblate.csv": '"location","source","target","id","fuzzy","context","translator_comments"\n'
    '"","城市更新","urban renewal","","","",""\n',
    "weblate-turned.csv": '"location","source","target","id","fuzzy","context","translator_comments"\n'
    '"","urban renewal","城市更新","","","",""\n',
    "multiterm.xml": '<?xml version="1.0"?><mtf><conceptGrp><concept>7</concept><languageGrp>'
    '<language type="Chinese (Simplified)" lang="ZH-CN"/><termGrp><term>城市更新</term></termGrp>'
    '</languageGrp><languageGrp><language type="English" lang="EN"/><termGrp><term>urban renewal</term>'
    '<descripGrp><descrip type="Status">Preferred</descrip></descripGrp></termGrp></languageGrp>'
    "</conceptGrp></mtf>",
    "microsoft.tbx": '<?xml version="1.0"?><martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc>'
    '<sourceDesc><p>terms</p></sourceDesc></fileDesc></martifHeader><text><body><termEntry id="m1">'
    '<langSet xml:lang="en-US"><ntig><termGrp><term id="m1e">urban renewal</term>'
    '<termNote type="partOfSpeech">Noun</termNote></termGrp></ntig></langSet><langSet xml:lang="zh-CN"><ntig>'
    '<termGrp><term id="m1z">城市更新</term></termGrp></ntig></langSet></termEntry></body></text></martif>',
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(EXPORTS[name], encoding="utf-8")
    assert [p for p in read_glossary(path).problems if p.level == "error"] == []
    found = load_termbase([path]).lookup("城市更新")
    assert [t.text for t in found[0].english] == ["urban renewal"]


def test_a_third_column_that_is_no_status_is_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(EXPORTS["omegat.txt"], encoding="utf-8")
    assert read_glossary(path).concepts[0].english[0].note == "as in the plan"


def test_validate_tells_how_a_cell_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("zh,en\n城市更新,urban renewal; urban regeneration\n", encoding="utf-8")
    told = [p for p in read_glossary(path).problems if p.code == "split"]
    assert len(told) == 1
    assert "2 renderings" in told[0].message


def test_a_list_of_which_one_line_is_no_pair_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n城市更新 = urban renewal\n", encoding="utf-8")
    with pytest.raises(GlossaryError):
        load_termbase([path])


def test_a_status_in_brackets_is_one() -> None:
    assert [(r.text, r.status) for r in english("urban renewal; city update (rejected)")] == [
        ("urban renewal", None),
        ("city update", Status.DEPRECATED),
    ]


def test_a_remark_of_one_word_may_name_the_part_of_speech(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("zh,en,note\n推动产业升级,upgrade industries,v.\n", encoding="utf-8")
    assert read_glossary(path).concepts[0].english[0].part_of_speech is PartOfSpeech.VERB


def test_multiterm_tells_types_and_parts_of_speech(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    said = "".join(
        f'<descripGrp><descrip type="{kind}">{text}</descrip></descripGrp>'
        for kind, text in (("Type", "abbreviation"), ("POS", "noun"))
    )
    path.write_text(
        EXPORTS["multiterm.xml"].replace(
            "</termGrp></languageGrp></conceptGrp>", said + "</termGrp></languageGrp></conceptGrp>"
        ),
        encoding="utf-8",
    )
    term = read_glossary(path).concepts[0].english[0]
    assert (term.abbreviated, term.part_of_speech) == (True, PartOfSpeech.NOUN)


@pytest.mark.parametrize(
    ("note", "renderings", "found"),
    [
        ("NPL", ["non-performing loan"], ["NPL"]),
        ("（CET1）", ["common equity tier 1 capital"], ["CET1", "CET1 capital"]),
        ("2FA", ["two-factor authentication"], ["2FA"]),
        ("electric multiple unit", ["EMU"], ["electric multiple unit"]),
        ("also: access right, right of access", ["permission"], ["access right", "right of access"]),
        ("SOP", ["permission"], []),
        ("EU only", ["pollutant discharge permit"], []),
        ("CPC", ["Chinese People's Political Consultative Conference"], []),
    ],
)
def test_a_remark_that_is_a_short_form(note: str, renderings: list[str], found: list[str]) -> None:
    assert [r.text for r in remarked(note, renderings)] == found


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("中文术语 英文译名 使用状态", "zh en status"),
        ("序号 中文名称 规范译法 备选英文译法 不可用译法 英文缩写", " zh en variants deprecated acronym"),
        ("汉语词条 中文别名 标准英文译法 曾用译名", "zh zh_variants en superseded"),
        (
            "Chinese_name Official_English_translation Other_translations Do_not_use",
            "zh en variants deprecated",
        ),
        ("No. term language status", "concept term language status"),
        ("No. Chinese English Owner", " zh en "),
    ],
)
def test_a_header_is_read_by_its_parts(names: str, columns: str) -> None:
    cells = [n.replace("_", " ") for n in names.split()]
    found = read_header(cells)[0]
    assert [found.get(i, "") for i in range(len(cells))] == columns.split(" ")


def test_synonyms_and_short_forms_in_chinese_are_chinese_terms() -> None:
    table = "中文,英文,同义词,简称,备注\n医疗联合体,medical consortium,医疗集团,医联体,\n动车组列车,EMU set,,,动车组\n"
    concepts = read_table(table.encode(), "x", ".csv").concepts
    assert [[t.text for t in c.chinese] for c in concepts] == [
        ["医疗联合体", "医疗集团", "医联体"],
        ["动车组列车", "动车组"],
    ]
    assert [[t.text for t in c.english] for c in concepts] == [["medical consortium"], ["EMU set"]]


def test_a_list_without_a_header_prefers_the_first_of_several_rows(tmp_path: Path) -> None:
    path = tmp_path / "glossary.utf8"
    path.write_text("泊位\tberth\t\n泊位\tmooring berth\tsecond choice\n引航\tpilotage\n", encoding="utf-8")
    problems = validate([path])
    assert [(p.level, p.line) for p in problems] == [("warning", 2)]
    assert "'mooring berth' is admitted" in problems[0].message
    assert [t.status for t in read_glossary(path).concepts[0].english] == [Status.PREFERRED, Status.ADMITTED]


def test_of_a_sheet_of_proposals_only_accepted_rows_are_terms(tmp_path: Path) -> None:
    path = tmp_path / "mined.csv"
    head = "accept (yes/no),zh,en,known,count,score,joint,share,en 2,en 3,example zh,example en\n"
    rows = [
        "yes,泊位,berth,,3,1,3,1,,,,\n",
        "no,部分企业,some enterprises,,3,1,3,1,,,,\n",
        ",锚地,anchorage,,3,1,3,1,,,,\n",
    ]
    path.write_text(head + "".join(rows), encoding="utf-8")
    assert validate([path]) == ()
    assert [c.head for c in read_glossary(path).concepts] == ["泊位"]
    path.write_text(head + rows[1] + rows[2], encoding="utf-8")
    with pytest.raises(GlossaryError, match="proposes 2 terms, none of which is accepted"):
        read_glossary(path)


def test_numbered_rows_of_one_term_are_one_concept() -> None:
    table = "序号,中文,英文,状态\n1,授信额度,credit line,首选\n2,授信额度,line of credit,可用\n"
    (concept,) = read_table(table.encode(), "x", ".csv").concepts
    assert [(t.text, t.status) for t in concept.english] == [
        ("credit line", Status.PREFERRED),
        ("line of credit", Status.ADMITTED),
    ]


OWN = Path(__file__).parent / "cases" / "own"


def test_the_glossary_of_seven_forms_is_read_whole() -> None:
    loaded = [read_glossary(path) for path in sorted(OWN.iterdir())]
    assert sum(len(one.concepts) for one in loaded) == 64
    assert not [p for one in loaded for p in one.problems if p.level == "error"]


@pytest.mark.parametrize("cell", ["berth (deep) " * 60, "berth (a) (b) (c) (d)", "泊位（深水）" * 60])
def test_a_cell_of_many_brackets_is_no_explosion(cell: str) -> None:
    assert len(english(cell)) <= 1
    assert len(chinese(cell)) <= 3


@pytest.mark.parametrize("row", ["中" + " a" * 20_000 + ",", "a " * 20_000 + "中,", "中 " * 20_000 + ","])
def test_a_long_line_of_prose_is_no_pair_and_takes_no_time(row: str, tmp_path: Path) -> None:
    path = tmp_path / "prose.txt"
    path.write_text(row + "\n", encoding="utf-8")
    with pytest.raises(GlossaryError):
        load_termbase([path])
