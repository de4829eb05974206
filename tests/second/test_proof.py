"""A model that lies: what it says is dropped and counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aligncheck.model import Bitext, Category, Severity

from .conftest import WRONG, glossary, paired, read
from .server import answer, finding, serving

#: A claim -> why it is not believed.
LIES: dict[str, tuple[dict[str, Any], str]] = {
    "no such passage": ({**WRONG, "passage": 9}, "no such passage"),
    "another passage's words": ({**WRONG, "passage": 1}, "words that are not in the text"),
    "a category of its own": ({**WRONG, "category": "fluency"}, "no such category"),
    "a severity of its own": ({**WRONG, "severity": "fatal"}, "no such severity"),
    "English that is not there": (
        {**WRONG, "en": "The lessor must not sublet"},
        "words that are not in the text",
    ),
    "English in another case": (
        {**WRONG, "en": "the lessor may not sublet"},
        "words that are not in the text",
    ),
    "Chinese that is not there": ({**WRONG, "zh": "租户不得转租"}, "words that are not in the text"),
    "a part of a word": (
        finding(1, "mistranslation", "租赁", "leas", "rent"),
        "words that are not in the text",
    ),
    "no words": ({**WRONG, "en": ""}, "no words at all"),
    "the whole passage": (
        finding(
            5,
            "mistranslation",
            "双方因履行本合同发生争议的，应先行协商；协商不成的，提交北京仲裁委员会仲裁。",
            "Disputes arising from the performance of this contract shall first be settled through consultation, "
            "failing which they shall be submitted to the Beijing Arbitration Commission for arbitration.",
            "Something else.",
        ),
        "a whole passage instead of the words",
    ),
    "nothing better": (
        {**WRONG, "right": "the lessor may not sublet."},
        "right rendering equal to the wrong one",
    ),
    "nothing at all for better": ({**WRONG, "right": ""}, "right rendering equal to the wrong one"),
    "what stands there already": (
        finding(3, "mistranslation", "承租人", "lessee", "The lessee"),
        "right rendering that is there already",
    ),
    "an omission that is rendered": (
        finding(4, "omission", "日常维修", "", "day-to-day maintenance"),
        "right rendering that is there already",
    ),
    "figures that agree": (
        finding(3, "number", "八千元", "RMB 8,000", "RMB 80,000"),
        "against the values in the texts",
    ),
    "a date that agrees": (
        finding(1, "date", "2024年3月1日", "March 1, 2024", "March 3, 2024"),
        "against the values in the texts",
    ),
    "a figure that agrees, told as a wrong sense": (
        finding(3, "mistranslation", "八千元", "rent of RMB 8,000", "rent of RMB 800"),
        "against the values in the texts",
    ),
    "a term that is right": (
        finding(
            5, "terminology", "北京仲裁委员会", "Beijing Arbitration Commission", "Beijing Arbitral Board"
        ),
        "against the glossary",
    ),
    "a term that is right, told as a wrong sense": (
        finding(5, "mistranslation", "仲裁委员会", "Arbitration Commission", "Arbitration Committee"),
        "against the glossary",
    ),
    "untranslated English": (finding(3, "untranslated", "", "lessee", ""), "words that are not in the text"),
}


@pytest.mark.parametrize("kind", LIES)
def test_lies(kind: str, contract: Bitext) -> None:
    claim, why = LIES[kind]
    with serving(lambda body: answer([claim])) as server:
        found, reader = read(contract, server.url, termbase=glossary())
    assert found == []
    assert reader.record is not None
    assert reader.record.dropped == ((why, 1),)
    assert reader.record.read == 5


def test_what_is_true_beside_lies_stays(contract: Bitext) -> None:
    claims = [claim for claim, _ in LIES.values()]
    with serving(lambda body: answer([*claims, WRONG, WRONG])) as server:
        found, reader = read(contract, server.url, termbase=glossary())
    assert len(found) == 1
    assert reader.record is not None
    assert sum(n for _, n in reader.record.dropped) == len(LIES) + 1
    assert ("told twice", 1) in reader.record.dropped


def test_a_wrong_figure_is_believed_and_a_wrong_correction_is_not(
    make_bitext: Callable[[str, str], Bitext],
) -> None:
    pair = paired(
        make_bitext,
        [
            (
                "全年接待游客320万人次，增长18%。",
                "The area received 3.2 million visits, up by 80 percent.",
            )
        ],
    )
    claims = [
        finding(1, "number", "增长18%", "up by 80 percent", "up by 18 percent"),
        finding(1, "number", "18%", "80 percent", "81 percent"),
    ]
    with serving(lambda body: answer(claims)) as server:
        found, reader = read(pair, server.url)
    assert [h.suggestion for _, h in found] == ["up by 18 percent"]
    assert reader.record is not None
    assert reader.record.dropped == (("against the values in the texts", 1),)


def test_a_term_off_the_glossary_is_believed_only_with_the_glossarys_rendering(
    make_bitext: Callable[[str, str], Bitext],
) -> None:
    pair = paired(
        make_bitext,
        [
            (
                "争议提交北京仲裁委员会仲裁。",
                "Disputes shall go to the Capital Arbitral Board for arbitration.",
            )
        ],
    )
    wrong, right = (
        finding(1, "terminology", "北京仲裁委员会", "Capital Arbitral Board", better)
        for better in ("Beijing Board of Arbitration", "Beijing Arbitration Commission")
    )
    with serving(lambda body: answer([wrong, right])) as server:
        found, reader = read(pair, server.url, termbase=glossary())
    assert [(h.category, h.suggestion) for _, h in found] == [
        (Category.TERMINOLOGY, "Beijing Arbitration Commission")
    ]
    assert reader.record is not None
    assert reader.record.dropped == (("against the glossary", 1),)


#: Answers with a part that nobody can read beside one that is right.
SHAPES: list[Any] = [
    None,
    "a text",
    17,
    [],
    {},
    {**WRONG, "passage": "2"},
    {**WRONG, "passage": True},
    {**WRONG, "passage": -1},
    {**WRONG, "zh": ["承租人"]},
    {**WRONG, "en": None},
    {**WRONG, "why": "long " * 1000},
]


@pytest.mark.parametrize("shape", SHAPES, ids=range(len(SHAPES)))
def test_parts_that_cannot_be_read(shape: Any, contract: Bitext) -> None:
    with serving(lambda body: answer([shape, WRONG])) as server:
        found, reader = read(contract, server.url)
    assert len(found) == 1
    assert reader.record is not None
    assert reader.record.dropped == (("not readable", 1),)


def test_words_that_stand_twice_are_taken_where_their_counterpart_is(contract: Bitext) -> None:
    claim = finding(4, "mistranslation", "出租人负责", "the lessor", "the landlord")
    with serving(lambda body: answer([claim])) as server:
        found, _ = read(contract, server.url)
    text = contract.target.blocks[3].text
    assert found[0][1].target[0].start == text.index("the lessor")


def test_a_model_that_nobody_has_measured_is_minor_and_marked(contract: Bitext) -> None:
    with serving(lambda body: answer([{**WRONG, "severity": "critical"}])) as server:
        found, reader = read(contract, server.url)
    hit = found[0][1]
    assert hit.severity is Severity.MINOR
    assert hit.confidence == 0.5
    assert "not calibrated" in hit.message.en
    assert "未经校准" in hit.message.zh
    assert ("reliability", "not measured") in hit.evidence
    assert reader.record is not None
    assert not reader.record.calibrated


def test_what_a_model_writes_is_cleaned(contract: Bitext) -> None:
    claim = {
        **WRONG,
        "why": "see\n\x1b[31m\u202eHERE\x00" + "x" * 390,
        "right": "The lessee\nmay not\tsublet",
    }
    with serving(lambda body: answer([claim])) as server:
        found, _ = read(contract, server.url)
    hit = found[0][1]
    assert hit.suggestion == "The lessee may not sublet"
    reason = dict(hit.evidence)["its reason"]
    assert reason.isprintable()
    assert len(reason) <= 300


def test_a_quotation_over_two_sentences_marks_both(make_bitext: Callable[[str, str], Bitext]) -> None:
    pair = paired(
        make_bitext,
        [
            (
                "设备由买方验收。验收合格后，卖方开具发票，并在十日内寄出。",
                "The equipment shall be accepted by the seller. The seller then issues the invoice. It is mailed "
                "within ten days, together with the certificate of origin.",
            )
        ],
    )
    claim = finding(
        1, "mistranslation", "买方验收", "by the seller. The seller then", "by the buyer. The seller then"
    )
    with serving(lambda body: answer([claim])) as server:
        found, _ = read(pair, server.url)
    assert [pair.target.slice(r) for r in found[0][1].target] == ["by the seller.", "The seller then"]
