"""A year's target in one report, and what the next one says was achieved."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from aligncheck.cli import main
from aligncheck.facts.targets import Statement, statements

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "precedent"


def told(*passages: str, date: str = "2025") -> list[tuple[str, int, str, bool]]:
    return [(s.measure[0], s.year, s.fact.text, s.planned) for s in statements(passages, date)]


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        (
            ("一、2024年工作回顾", "全年城镇新增就业13.1万人，比上年增长4%。"),
            [("城镇新增就业", 2024, "13.1万", False)],
        ),
        (("二、2025年工作安排", "城镇新增就业12万人以上。"), [("城镇新增就业", 2025, "12万", True)]),
        (
            ("二、今年工作安排", "一是新建改造供水管网160公里。"),
            [("新建改造供水管网", 2025, "160公里", True)],
        ),
        (("过去一年工作回顾", "建成区绿地率达到41%。"), [("建成区绿地率", 2024, "41%", False)]),
        (("今年力争城镇新增就业12万人。",), [("城镇新增就业", 2025, "12万", True)]),
        (("二、2025年目标", "完成6座水厂提标改造。"), [("水厂提标改造", 2025, "6", True)]),
        (("二、2025年目标", "到2030年，森林覆盖率达到45%。"), [("森林覆盖率", 2030, "45%", True)]),
        (
            ("二、2025年目标", "物流总费用占比降低0.3个百分点。"),
            [("物流总费用占比", 2025, "0.3个百分点", True)],
        ),
        # A clause whose subject stands in the one before; it is not taken over where another subject comes.
        (
            ("二、2025年目标", "林业总产值增长8%左右，达到26亿元。"),
            [("林业总产值", 2025, "8%", True), ("林业总产值", 2025, "26亿元", True)],
        ),
        (
            ("二、2025年目标", "林业总产值达到26亿元，增长8%。"),
            [("林业总产值", 2025, "26亿元", True), ("林业总产值", 2025, "8%", True)],
        ),
        (("二、2025年目标", "建设城市公园；增长8%。"), []),
        # Neither the headings nor the sentence say which, or of which year.
        (("城镇新增就业12万人。",), []),
        (("二、2025年工作安排", "三、组织保障", "城镇新增就业12万人。"), []),
        # A target that is told in looking back; parts of a year, and several years.
        (("一、2024年工作回顾", "完成城镇新增就业12万人的目标。"), []),
        (
            ("一、2024年工作回顾", "全年城镇新增就业13.1万人，超额完成12万人的目标。"),
            [("城镇新增就业", 2024, "13.1万", False)],
        ),
        (("一、2024年工作回顾", "上半年城镇新增就业6万人。"), []),
        (("一、2024年工作回顾", "五年来城镇新增就业60万人。"), []),
        (("一、2024年工作回顾", "累计建成幸福河湖45条。"), []),
        (("一、2024年工作回顾", "就业12万人。"), []),
    ],
)
def test_what_is_a_target_and_what_was_achieved(
    passages: tuple[str, ...], expected: list[tuple[str, int, str, bool]]
) -> None:
    assert told(*passages) == expected


def one(*passages: str) -> Statement:
    (found,) = statements(passages, "2025")
    return found


@pytest.mark.parametrize(
    ("planned", "achieved", "same"),
    [
        ("完成水务投资22亿元。", "全年完成水务投资22.4亿元，为历年最多。", True),
        ("管网漏损率控制在8.5%以内。", "管网漏损率降至8.3%。", True),
        ("地区生产总值增长5%左右。", "地区生产总值增长5.2%。", True),
        ("地区生产总值增长5%左右。", "地区生产总值达到5200亿元。", False),
        ("油茶面积新增5000亩。", "新增油茶面积5200亩。", True),
        ("储备林投资完成1.6亿元。", "储备林完成投资1.62亿元。", True),
        ("创建森林乡村4个。", "成功创建森林乡村5个。", True),
        ("工业增加值增长6%。", "规模以上工业增加值增长6%。", False),
        ("培训骨干教师300人。", "培训骨干教师900人次。", False),
        ("培训骨干教师300人。", "培训乡村教师900人。", False),
        ("水资源税收入增长6%。", "水资源税收入下降6%。", False),
    ],
)
def test_only_the_same_measure_is_compared(planned: str, achieved: str, same: bool) -> None:
    due, done = one("二、2025年工作安排", planned), one("一、2025年工作回顾", achieved)
    assert (due.key == done.key) is same
    assert (due.planned, done.planned) == (True, False)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "e")
    monkeypatch.chdir(tmp_path / "e")
    assert main(["memory", "add", "-m", "m", "2024.zh.txt", "2024.en.txt", "--isolated"]) == 0
    return tmp_path / "e"


def found(desk: Path) -> list[tuple[str, str, str]]:
    options = ["--memory", "m", "-o", "out", "-f", "json", "--isolated", "-q"]
    main(["check", "2025.zh.txt", "2025.en.txt", *options])
    report = json.loads((desk / "out" / "2025.zh.aligncheck.json").read_text(encoding="utf-8"))
    return [
        (f["source"][0]["text"], f["severity"], f["message"]["en"])
        for f in report["findings"]
        if f["check"] == "earlier-target"
    ]


def change(desk: Path, old: str, new: str) -> None:
    path = desk / "2025.zh.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_example_meets_its_targets(desk: Path) -> None:
    notes = found(desk)
    assert [n[:2] for n in notes] == [
        ("22.4亿元", "neutral"),
        ("163公里", "neutral"),
        ("8.3%", "neutral"),
        ("85.2%", "neutral"),
    ]
    assert notes[0][2] == (
        "2024.zh.txt set 2.2 billion yuan as the target of “水务投资” for 2025; "
        "this report has 2.24 billion yuan: it was met."
    )


def test_missed_contradicted_and_magnitudes_apart(desk: Path) -> None:
    change(desk, "163公里，管网漏损率降至8.3%", "16公里，管网漏损率降至8.9%")
    change(desk, "达到85.2%", "达到84.1%，完成年度目标任务")
    change(desk, "全年完成水务投资22.4亿元，比上年增长10.3%。", "全年完成水务投资20.4亿元。")
    notes = found(desk)
    said = [(text, severity, message.rpartition(": ")[2]) for text, severity, message in notes]
    assert ("16公里", "minor", "one of the two may be wrong.") in said
    assert ("8.9%", "neutral", "it was missed.") in said
    assert ("20.4亿元", "neutral", "it was missed.") in said
    ((severity, message),) = [(s, m) for text, s, m in notes if text == "84.1%"]
    assert severity == "minor"
    assert message.endswith("that does not agree with what the passage says of the target.")


def test_another_office_and_another_year_are_not_compared(desk: Path) -> None:
    change(desk, "滨江市水务局2025年工作报告", "临湖市水务局2025年工作报告")
    assert found(desk) == []
    change(desk, "临湖市水务局2025年工作报告", "滨江市水务局2025年工作报告")
    change(desk, "2025年工作回顾", "2024年工作回顾")
    change(desk, "\n2025年，我局", "\n2024年，我局")
    assert found(desk) == []
