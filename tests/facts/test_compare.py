"""What differs between the figures of two texts, by the grammar of figures alone: no word model, no dictionary."""

from __future__ import annotations

import pytest

from aligncheck.facts import extract
from aligncheck.facts.compare import differences, match, match_across
from aligncheck.facts.exchange import across
from aligncheck.facts.model import Fact
from aligncheck.facts.owners import WordPair
from aligncheck.facts.passage import Passage, Placed


def passage_of(zh: str, en: str) -> Passage:
    def placed(facts: tuple[Fact, ...], text: str) -> list[Placed]:
        return [
            Placed(f, 0, f.span.start / max(1, len(text)), start=f.span.start, end=f.span.end) for f in facts
        ]

    return Passage(placed(extract(zh, "zh"), zh), placed(extract(en, "en"), en), zh, en)


def told(zh: str, en: str) -> list[str]:
    passage = passage_of(zh, en)
    match(passage)
    return [d.reason for d in differences(passage)]


@pytest.mark.parametrize(
    ("zh", "wrong", "reason", "right"),
    [
        ("供水能力为500万立方米/日。", "The supply capacity is 5 million cubic meters per year.", "rate",
         "The supply capacity is 5 million cubic meters per day."),
        ("存款增加到500亿元。", "Deposits increased by 50 billion yuan.", "by-to",
         "Deposits increased to 50 billion yuan."),
        ("企业超过500家。", "There are fewer than 500 enterprises.", "relation",
         "There are more than 500 enterprises."),
        ("利率下降3个百分点。", "The rate fell by 3 percent.", "points", "The rate fell by 3 percentage points."),
        ("出口增长5%。", "Exports fell by 5 percent.", "direction", "Exports rose by 5 percent."),
        ("最低气温零下3摄氏度。", "The lowest temperature was 3 degrees Celsius.", "sign",
         "The lowest temperature was minus 3 degrees Celsius."),
        ("全长120公里。", "It is 120 meters long.", "unit", "It is 120 kilometers long."),
        ("整治耕地58000亩。", "It improved 58,000 mu (38,670 hectares) of farmland.", "conversion",
         "It improved 58,000 mu (3,867 hectares) of farmland."),
        ("会议于2月30日召开。", "The meeting was held on February 30.", "no-such-day", ""),
        ("“十三五”规划顺利完成。", "The 13th Five-Year Plan (2011-2015) was completed.", "plan-years",
         "The 13th Five-Year Plan (2016-2020) was completed."),
        ("新建公园25座。", "It built 52 parks.", "value", "It built 25 parks."),
        ("新建公园25座，改造37座。", "It built 25 parks and renovated others.", "missing",
         "It built 25 parks and renovated 37."),
        ("新建公园若干座。", "It built 25 parks.", "extra", "It built several parks."),
        ("居民用电增长20.5%，其中城区占一半。", "Household use of electricity rose, half of it in the city.", "missing",
         "Household use of electricity rose by 20.5 percent, half of it in the city."),
        ("工期为2至4周。", "The work takes 14 to 60 days.", "conversion", "The work takes 14 to 28 days."),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_told_and_the_right_one_is_not(
    zh: str, wrong: str, reason: str, right: str
) -> None:
    assert told(zh, wrong) == [reason]
    assert not right or told(zh, right) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("每天开放24小时。", "It is open around the clock."),
        ("覆盖率达到100%。", "Every village is covered."),
        ("历时50年。", "It took half a century."),
        ("提前6个月完成。", "It was completed half a year early."),
        ("每周延长0.5小时。", "Opening hours are half an hour longer each week."),
        ("实现零投诉，投诉量为0件。", "There were no complaints."),
        ("完成率为四分之三。", "Three out of every four were completed."),
        ("试点为期2至3年。", "The pilot runs for two years, or three."),
        ("一期12座，二期13座。", "There are 25 in all, 12 in phase one and 13 in phase two."),
    ],
)
def test_a_figure_that_is_said_in_words_is_not_missing(zh: str, en: str) -> None:
    assert told(zh, en) == []


@pytest.mark.parametrize(("apart", "found"), [(1, True), (2, True), (3, False)])
@pytest.mark.parametrize("before", [False, True])
def test_a_figure_may_stand_two_passages_away(apart: int, found: bool, before: bool) -> None:
    rows = [["没有数字。", "There is no figure."] for _ in range(apart + 1)]
    rows[0][0] = "新建公园25座。"
    rows[-1][1] = "It built 25 parks."
    if before:
        rows = [list(row) for row in reversed(rows)]
    passages = [passage_of(*row) for row in rows]
    for passage in passages:
        match(passage)
    match_across(passages)
    left = [d for p in passages for d in differences(p)]
    assert bool(left) != found
    assert sum(len(p.zh_done) + len(p.en_done) for p in passages) == (2 if found else 0)


@pytest.mark.parametrize(("apart", "found"), [(1, True), (2, True), (3, False)])
def test_figures_that_have_changed_places_between_rows(apart: int, found: bool) -> None:
    """Of rows that the file pairs, it is enough that each has the other's value."""
    rows = [("没有数字。", "There is no figure.") for _ in range(apart + 1)]
    rows[0], rows[-1] = (
        ("新建公园250座。", "It built 370 parks."),
        ("改造小区370个。", "It renovated 250 compounds."),
    )

    def nothing(_zh: str, _en: str) -> list[WordPair]:
        return []

    for paired in (True, False):
        passages = [passage_of(*row) for row in rows]
        for passage in passages:
            match(passage)
        exchanged = list(across(passages, nothing, paired))
        assert [(n, [p.fact.low for p in e.zh], [p.fact.low for p in e.en]) for n, e in exchanged] == (
            [(0, [250, 370], [250, 370])] if found and paired else []
        )
        assert all(e.confidence == 0.75 for _, e in exchanged)
        assert not exchanged or all(p.zh_done == p.en_done == {0} for p in (passages[0], passages[-1]))
