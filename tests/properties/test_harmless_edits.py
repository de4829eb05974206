"""An edit that changes nothing a reader cares for changes no finding; a planted error adds its own and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from aligncheck import Report, check_texts
from aligncheck.model import Severity

ZH = """\
一、过去一年工作回顾
全市新建公园25个，改造老旧小区120个，惠及居民8.6万户。
我们坚持改革开放，持续优化营商环境，新设企业3.2万家。
教育事业加快发展。新增中小学学位1.8万个，课后服务实现全覆盖。
医疗服务更加便捷。家庭病床增加到800张，社区卫生服务中心全部提供夜间门诊。
二、今年主要任务
加快建设地铁6号线，力争9月底前全线贯通。
深入开展污染防治，恢复湿地300公顷。"""
#: With two slips: a figure, and a doubled word.
EN = """\
I. Review of Work in the Past Year
The city built 52 parks and renovated 120 old residential compounds, which benefited 86,000 households.
We remained committed to reform and opening up, kept improving the business environment, and registered 32,000 new companies.
Education developed faster. We added 18,000 places at primary and secondary schools, and after-school services now cover all of them.
Medical services became more convenient. The number of home hospital beds rose to 800, and all community health centers offer evening clinics.
II. Main Tasks for This Year
We will speed up the construction of Metro Line 6 and strive to complete the whole line by the the end of September.
We will take further steps against pollution and restore 300 hectares of wetlands."""

Told = Counter[tuple[str, str, str]]


def told(report: Report) -> Told:
    """Check, and what is marked on the Chinese and on the English side, of every finding that counts."""
    english_first = report.source.language == "en"
    found: Told = Counter()
    for finding in report:
        if finding.severity > Severity.NEUTRAL:
            sides = ["|".join(span.text for span in side) for side in (finding.source, finding.target)]
            zh, en = reversed(sides) if english_first else sides
            found[finding.check, zh, en] += 1
    return found


@pytest.fixture(scope="module")
def base() -> Told:
    return told(check_texts(ZH, EN))


def test_the_two_slips_are_found_and_nothing_else(base: Told) -> None:
    assert {check for check, _, _ in base} == {"quantities", "repeated-word"}
    assert sum(base.values()) == 2


def joined(text: str, between: str) -> str:
    """The two paragraphs on schools and clinics as one."""
    rows = text.split("\n")
    return "\n".join([*rows[:3], rows[3] + between + rows[4], *rows[5:]])


EDITS: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "line ends": lambda zh, en: (zh.replace("\n", "\r\n"), en.replace("\n", "\r\n")),
    "blank lines": lambda zh, en: (zh.replace("\n", "\n\n"), en.replace("\n", "\n\n")),
    "indents": lambda zh, en: ("　　" + zh.replace("\n", "\n　　"), "    " + en.replace("\n", "\n    ")),
    "trailing blanks": lambda zh, en: (zh.replace("\n", "  \n"), en.replace("\n", " \t\n")),
    "paragraphs joined on both sides": lambda zh, en: (joined(zh, ""), joined(en, " ")),
    "headings in capitals": lambda zh, en: (
        zh,
        "\n".join(row.upper() if row.startswith("I") else row for row in en.split("\n")),
    ),
    "headings like sentences": lambda zh, en: (
        zh,
        en.replace("Review of Work in the Past Year", "Review of work in the past year").replace(
            "Main Tasks for This Year", "Main tasks for this year"
        ),
    ),
    "English first": lambda zh, en: (en, zh),
    "typographic apostrophes and dashes": lambda zh, en: (zh, en.replace("after-school", "after‑school")),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_harmless_edit_changes_no_finding(edit: str, base: Told) -> None:
    assert told(check_texts(*EDITS[edit](ZH, EN))) == base


PLANTED = {
    "a figure": ("restore 300 hectares", "restore 3,000 hectares", "quantities"),
    "a date": ("the end of September", "the end of November", "dates"),
    "a unit": ("300 hectares", "300 square kilometers", "units"),
    "a bracket": ("II. Main Tasks for This Year", "II. Main Tasks (for This Year", "unpaired-signs"),
    "a sentence left out": (
        "Education developed faster. We added 18,000 places at primary and secondary schools, and after-school "
        "services now cover all of them.",
        "Education developed faster.",
        "omission",
    ),
    "Chinese left in": ("evening clinics", "夜间门诊", "untranslated"),
}


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_adds_its_finding_and_no_other(error: str, base: Told) -> None:
    right, wrong, check = PLANTED[error]
    assert right in EN
    found = told(check_texts(ZH, EN.replace(right, wrong)))
    kept = Counter(
        {
            key: n
            for key, n in base.items()
            if "the the" not in key[2] or "the the" in EN.replace(right, wrong)
        }
    )
    assert not kept - found
    assert {name for name, _, _ in found - kept} == {check}
