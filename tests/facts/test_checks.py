"""The checks as records: their examples come out as they say, messages name both values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import aligncheck
from aligncheck import running
from aligncheck.checks.base import Check
from aligncheck.checks.context import Context
from aligncheck.cli import main
from aligncheck.config import Settings
from aligncheck.model import Bitext, Hit
from aligncheck.registry import load

from .pairs import CHECKS, findings_of_pair, pair_of

RECORDS = [load("aligncheck.checks")[name] for name in CHECKS]


def run(check: Check, bitext: Bitext) -> list[Hit]:
    """The sure hits of a check on a pair or, for document checks, on whichever side has text."""
    context = Context(Settings())
    if check.run is not None:
        return [h for h in check.run(bitext, context) if h.confidence >= 0.5]
    assert check.run_document is not None
    side = bitext.source if bitext.source.blocks[0].text else bitext.target
    return [h for h in check.run_document(side, context) if h.confidence >= 0.5]


@pytest.mark.parametrize("check", RECORDS, ids=lambda c: c.name)
def test_examples_come_out_as_they_say(check: Check) -> None:
    assert {e.hits > 0 for e in check.examples} == {True, False}
    for example in check.examples:
        assert len(run(check, pair_of(example.source, example.target))) == example.hits, example


@pytest.mark.parametrize("check", RECORDS, ids=lambda c: c.name)
def test_records_explain_themselves_in_both_languages(check: Check) -> None:
    for message in (check.title, check.why, check.false_alarms):
        assert message is not None
        assert message.en
        assert any("\u4e00" <= c <= "\u9fff" for c in message.zh)


def test_a_wrong_magnitude_is_told_with_both_values_and_the_factor() -> None:
    ((category, hit),) = findings_of_pair("疏散转移54.2万人。", "A total of 5,420,000 people were evacuated.")
    assert category == "number"
    assert hit.message.en == "54.2万 is 542,000; the English has 5,420,000: ten times too large."
    assert "10倍" in hit.message.zh
    assert hit.suggestion == "542,000"


def test_a_wrong_conversion_is_told_with_the_rule() -> None:
    ((category, hit),) = findings_of_pair(
        "建成农田12万亩。", "We built 120,000 mu (80,000 hectares) of farmland."
    )
    assert category == "unit"
    assert "15 mu" in hit.message.en
    assert hit.suggestion == "8,000 hectares"


def test_one_cause_gives_one_finding() -> None:
    assert (
        len(findings_of_pair("收入增长8.2%,达到6000亿元。", "Revenue rose by 8.2% to 60 billion yuan.")) == 1
    )


def test_spans_lie_on_the_figures() -> None:
    bitext = pair_of("新增床位1200张。", "We added 1,300 beds.")
    ((_, hit),) = findings_of_pair("新增床位1200张。", "We added 1,300 beds.")
    assert bitext.source.slice(hit.source[0]) == "1200"
    assert bitext.target.slice(hit.target[0]) == "1,300"


def test_the_source_may_be_the_english_side() -> None:
    turned = pair_of("新增床位1200张。", "We added 1,300 beds.").turned()
    settings = Settings(checks={name: name == "quantities" for name in load("aligncheck.checks")})
    ((_, hit),) = running.checked(turned, Context(settings))[0]
    assert turned.source.slice(hit.source[0]) == "1,300"


def test_a_number_in_the_next_sentence_is_not_missing() -> None:
    from aligncheck.model import Bead

    pair = pair_of("新增床位1250张。覆盖全市。", "Beds were added. They number 1,250 in the whole city.")
    assert len(pair.source.segments) == len(pair.target.segments) == 2
    apart = Bitext(pair.source, pair.target, (Bead((0,), (0,)), Bead((1,), (1,))))
    assert run(load("aligncheck.checks")["quantities"], apart) == []


@pytest.mark.parametrize(
    ("zh", "en", "count"),
    [
        ("一是增效。二是提质。二是降本。", "", 1),
        ("一是增效。二是提质。四是降本。", "", 1),
        ("一是增效。二要提质。三是降本。", "", 0),
        ("（一）概况。\n（二）措施：一是培训；二是检查。\n（三）结果。", "", 0),
        ("", "First, we act. Second, we check. Fourth, we report.", 1),
        ("", "Fifth, we act. Fifth, we check.", 1),
        ("", "Fifth, we act. Fifth, we act. Sixth, we check.", 0),
        ("一是增效。二是提质。二是提质。三是降本。", "", 0),
        ("", "Third, we act. Forth, we check.", 1),
        ("", "First, we act. Second, we check. Third, we report.", 0),
        ("", "Fifth, we act. Sixth, we check.", 0),
    ],
)
def test_sequences(zh: str, en: str, count: int) -> None:
    assert len(run(load("aligncheck.checks")["sequences"], pair_of(zh, en))) == count


def test_facts_command_lists_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "zh.txt"
    file.write_text("全市新增床位1200张,增长5.2%,支援内蒙古。\n", encoding="utf-8")
    assert main(["facts", str(file), "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(f["kind"], f["value"]) for f in data["facts"]] == [
        ("quantity", "1,200"),
        ("share", "5.2%"),
        ("place", "Inner Mongolia"),
    ]
    assert main(["facts", str(file)]) == 0
    assert "1,200" in capsys.readouterr().out


def test_facts_command_refuses_an_unknown_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "zh.txt"
    file.write_text("新增床位1200张。\n", encoding="utf-8")
    assert main(["facts", str(file), "--kind", "quantty"]) == 2
    assert "did you mean 'quantity'" in capsys.readouterr().err


def test_word_links_tell_owners_that_no_dictionary_has() -> None:
    zh = "瓯柑亩产2400斤，杨梅亩产1800斤。"
    right = "Bayberries yield 1,800 jin per mu and Ougan mandarins 2,400 jin."
    wrong = "Ougan mandarins yield 1,800 jin per mu and bayberries 2,400 jin."
    assert not findings_of_pair(zh, right, linked=True)
    assert [c for c, _ in findings_of_pair(zh, wrong, linked=True)] == ["number"]


def test_in_a_text_in_traditional_characters_yuan_is_any_dollar() -> None:
    zh, en = (
        "收費由二十三元加至二十六元。\n票價為十五元。",
        "The fee was raised from $23 to $26.\nThe fare is $15.",
    )
    report = aligncheck.check_texts(zh, en)
    assert not [f for f in report.findings if f.check in ("units", "quantities")]


def test_half_in_the_english_stands_for_a_half_only() -> None:
    """The 0.5 in 20.5% is no half: the figure is missing though the English has the word."""
    zh = "居民用电增长20.5%，其中城区占一半。"
    said = [
        h.message.en
        for _, h in findings_of_pair(zh, "Household use of electricity rose, half of it in the city.")
    ]
    assert any("20.5" in text for text in said), said
    assert not findings_of_pair(
        zh, "Household use of electricity rose by 20.5 percent, half of it in the city."
    )
    assert not findings_of_pair(
        "每周平均延长0.5小时。", "Opening hours were extended by half an hour a week on average."
    )
