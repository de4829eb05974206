"""Figures of one series that documents state differently: what counts as a statement, and what as a contradiction."""

from __future__ import annotations

import pytest

from aligncheck.archive.series import family_of, stated

from .conftest import Archive


def said(text: str, language: str) -> list[tuple[str, str, str]]:
    """Subject, year and text of what a sentence of 2022 states."""
    return [(f.subject, f.of_year, f.text) for f in stated(text, language, "2022")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2020年，地区生产总值达到3612.6亿元，比上年增长2.3%。",
            [("地区生产总值", "2020", "3612.6亿元")],
        ),
        (
            "2019年末，全市常住人口为352万人，城镇登记失业率3.2%。",
            [("常住人口", "2019", "352万人"), ("城镇登记失业率", "2019", "3.2%")],
        ),
        ("去年，我市新建学校12所。", [("新建学校", "2021", "12所")]),
        ("2021年粮食产量1.35万吨，比2019年的1.2万吨有所增加。", [("粮食产量", "2021", "1.35万吨")]),
        ("2018年公园绿地面积增加到350公顷。", [("公园绿地面积", "2018", "350公顷")]),
    ],
)
def test_statements_in_chinese(text: str, figures: list[tuple[str, str, str]]) -> None:
    assert said(text, "zh") == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "In 2020, GDP reached 361.26 billion yuan, up 2.3% over the previous year.",
            [("gdp", "2020", "361.26 billion yuan")],
        ),
        (
            "The permanent population was 3.52 million at the end of 2020.",
            [("permanent population", "2020", "3.52 million")],
        ),
        (
            "Last year, grain output totaled 1.35 million tons.",
            [("grain output", "2021", "1.35 million tons")],
        ),
        ("In 2020, budget revenue rose to 56 billion yuan.", []),  # a budget is a plan
        ("In 2020, tax revenue rose to 56 billion yuan.", [("tax revenue", "2020", "56 billion yuan")]),
    ],
)
def test_statements_in_english(text: str, figures: list[tuple[str, str, str]]) -> None:
    assert said(text, "en") == figures


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("到2025年，公园绿地达到350公顷。", "zh"),  # a plan
        ("2020年预计财政收入为56亿元。", "zh"),
        ("2020年上半年，财政收入为56亿元。", "zh"),  # half a year
        ("2020年6月，财政收入为5亿元。", "zh"),
        ("“十三五”时期新建学校120所。", "zh"),
        ("2020年财政收入超过56亿元。", "zh"),  # a bound
        ("2020年财政收入为50亿至60亿元。", "zh"),
        ("2020年财政收入增长5.6%。", "zh"),  # a growth
        ("其中，2020年新增就业1186人。", "zh"),  # a part of what stands before
        ("比2020年新增学校12所。", "zh"),
        ("全年新建学校12所。", "zh"),  # of which year?
        ("By 2025, the forest coverage rate will reach 45%.", "en"),
        ("Investment in 2021 was 20 percent higher than in 2019.", "en"),
        ("Revenue reached 5.6 billion yuan in 2019 and 6.1 billion yuan in 2020.", "en"),
        ("It reached 45% in 2020.", "en"),
        ("In the first half of 2020, revenue reached 5.6 billion yuan.", "en"),
    ],
)
def test_what_is_no_plain_statement(text: str, language: str) -> None:
    assert said(text, language) == []


def test_families_are_names_but_for_the_figures() -> None:
    assert family_of("2019/report.zh.txt") == family_of("2020/report.zh.txt")
    assert family_of("公报2019年.txt") == family_of("公报2020年.txt")
    assert family_of("2019/report.zh.txt") != family_of("2019/budget.zh.txt")


def test_the_audit_tells_contradictions(archive: Archive) -> None:
    for year, text in (
        (2020, "2020年，常住人口为352.4万人。\n2020年公园绿地350公顷。\n2020年粮食产量1.35万吨。\n"),
        (2021, "2020年，全市常住人口为361.7万人。\n2020年公园绿地350公顷。\n2020年粮食产量1.4万吨。\n"),
        (2022, "2020年常住人口为352万人。\n"),
    ):
        archive.pair(f"{year}/bulletin", year, extra=text)
    archive.pair("2023/plan", 2023, extra="2020年常住人口为990万人。\n")  # another series of documents
    archive.run()
    found = archive.rows(
        "SELECT subject, of_year, text, unit, line FROM v_contradictions ORDER BY series, position"
    )
    assert found == [
        ("常住人口", "2020", "352.4万人", "2020/bulletin.zh.txt", 4),
        ("常住人口", "2020", "361.7万人", "2021/bulletin.zh.txt", 4),
        ("常住人口", "2020", "352万人", "2022/bulletin.zh.txt", 4),
    ]
    page = (archive.out / "figures.html").read_text(encoding="utf-8")
    assert "361.7万人" in page
    assert "990" not in page
    archive.pair("2021/bulletin", 2021, extra="2020年，全市常住人口为352.4万人。\n")
    archive.run()
    assert archive.rows("SELECT * FROM v_contradictions") == []
