"""Hits made findings: severity, causes that silence consequences, checks that give way, ids, order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aligncheck.checks.base import Check
from aligncheck.checks.settle import findings_of
from aligncheck.config import Settings
from aligncheck.model import (
    Anchor,
    Block,
    Category,
    Document,
    Finding,
    Hit,
    Message,
    Place,
    Severity,
    SpanRef,
    finding_id,
)
from tests.conftest import make_document

ZH = make_document("全市新建公园25个。改造小区120个。\n社会保险覆盖面扩大。\n第四段。\n第五段。", "zh")
EN = make_document(
    "The city built 52 parks. It renovated 120 compounds.\nSocial insurance grew.\nFour.\nFive.", "en"
)
SAID = Message("said", "说")


def check(name: str = "one", category: Category = Category.NUMBER, **fields: Any) -> Check:
    return Check(name, category, fields.pop("severity", Severity.MAJOR), SAID, SAID, **fields)


def hit(zh: tuple[int, int, int] | None = None, en: tuple[int, int, int] | None = None, **fields: Any) -> Hit:
    return Hit(
        fields.pop("message", SAID),
        source=(SpanRef(*zh),) if zh else (),
        target=(SpanRef(*en),) if en else (),
        **fields,
    )


def settled(*found: tuple[Check, Hit], target: Document | None = EN, **settings: Any) -> list[Finding]:
    return list(findings_of(found, ZH, target, Settings(**settings)))


OMISSION = check("omission", Category.OMISSION, silences=(Category.NUMBER, Category.TERMINOLOGY))


# Severity


def test_the_hits_own_severity_goes_before_the_checks() -> None:
    one, two = settled((check(), hit((0, 6, 8))), (check(), hit((0, 13, 16), severity=Severity.MINOR)))
    assert (one.severity, two.severity) == (Severity.MAJOR, Severity.MINOR)


def test_the_users_severity_goes_before_both() -> None:
    (one,) = settled(
        (check(), hit((0, 6, 8), severity=Severity.MINOR)), severities={"one": Severity.CRITICAL}
    )
    assert one.severity is Severity.CRITICAL


@pytest.mark.parametrize(("confidence", "due"), [(0.5, Severity.MAJOR), (0.499, Severity.NEUTRAL)])
def test_below_the_threshold_a_finding_is_neutral(confidence: float, due: Severity) -> None:
    (one,) = settled((check(), hit((0, 6, 8), confidence=confidence)), severities={})
    assert one.severity is due


def test_the_threshold_is_the_users_and_holds_against_the_users_severity() -> None:
    found = (check(), hit((0, 6, 8), confidence=0.6))
    (one,) = settled(found, min_confidence=0.7, severities={"one": Severity.CRITICAL})
    assert one.severity is Severity.NEUTRAL


# What a finding says


def test_marked_text_and_line_are_those_of_the_span() -> None:
    (one,) = settled((check(), hit((1, 0, 4), (1, 0, 6), suggestion="s", evidence=(("a", "b"),))))
    assert [(m.text, m.line, m.block, m.start, m.end) for m in (*one.source, *one.target)] == [
        ("社会保险", 2, 1, 0, 4),
        ("Social", 2, 1, 0, 6),
    ]
    assert (one.check, one.category, one.confidence, one.suggestion) == ("one", Category.NUMBER, 1.0, "s")
    assert one.evidence == (("a", "b"),)


def test_the_hits_own_category_counts() -> None:
    (one,) = settled((check(), hit((0, 6, 8), category=Category.DATE)))
    assert one.category is Category.DATE


def test_line_and_unit_are_those_of_the_place_inside_a_wrapped_paragraph() -> None:
    wrapped = Block(
        0, "paragraph", "全市新建公园25个。", Place(line=3, unit="c-7"), anchors=(Anchor(0, 3), Anchor(4, 4))
    )
    source = Document("a.txt", "zh", (wrapped,))
    (one,) = findings_of([(check(), hit((0, 6, 8)))], source, None, Settings())
    assert (one.source[0].line, one.source[0].unit) == (4, "c-7")


def test_one_document_alone_has_no_target() -> None:
    (one,) = settled((check(), hit((0, 6, 8))), target=None)
    assert one.target == ()


def test_findings_stand_in_the_order_of_the_source_then_of_the_target() -> None:
    spans = [
        ((1, 0, 4), None),
        (None, (0, 15, 17)),
        ((0, 6, 8), (0, 30, 33)),
        ((0, 6, 8), (0, 15, 17)),
        ((0, 2, 4), None),
    ]
    found = settled(*((check(), hit(zh, en)) for zh, en in spans))
    assert [(f.source[0].text if f.source else "", f.target[0].start if f.target else -1) for f in found] == [
        ("新建", -1),
        ("25", 15),
        ("25", 30),
        ("社会保险", -1),
        ("", 15),
    ]


# Ids


def test_ids_follow_check_category_text_and_the_sentence_around_not_the_place() -> None:
    (one,) = settled((check(), hit((0, 6, 8))))
    (same,) = findings_of([(check(), hit((1, 6, 8)))], moved_down(ZH), EN, Settings())
    assert one.id == same.id
    others = settled(
        (check("two"), hit((0, 6, 8))),
        (check(), hit((0, 6, 8), category=Category.DATE)),
        (check(), hit((0, 2, 4))),
        (check(), hit((0, 6, 8), (0, 15, 17))),
    )
    assert len({one.id, *(f.id for f in others)}) == 5


def moved_down(document: Document) -> Document:
    rows = ["标题", *(block.text for block in document.blocks)]
    return make_document("\n".join(rows), "zh")


@pytest.mark.parametrize(
    ("text", "same"),
    [("全市新建公园25个。改造小区130个。", True), ("全市改建公园25个。改造小区120个。", False)],
)
def test_an_id_follows_its_own_sentence_alone(text: str, same: bool) -> None:
    (one,) = settled((check(), hit((0, 6, 8))))
    (other,) = findings_of([(check(), hit((0, 6, 8)))], make_document(text, "zh"), EN, Settings())
    assert (one.id == other.id) is same


def test_an_id_is_that_of_the_first_of_its_kind() -> None:
    """A waiver of an earlier version names it: what goes into the hash must not change."""
    (one,) = settled((check(), hit((0, 6, 8))))
    assert one.id == finding_id("one", Category.NUMBER, ("25", "全市新建公园25个。"), 1)


def test_equal_findings_are_numbered() -> None:
    repeats = [hit((0, 6, 8)), hit((0, 6, 8)), hit((0, 6, 8))]
    assert len({f.id for f in settled(*((check(), one) for one in repeats))}) == 3


def test_a_finding_about_the_whole_is_tied_to_how_the_documents_begin() -> None:
    (one,) = settled((check(), hit()))
    tail = make_document("\n".join([*(b.text for b in ZH.blocks[:3]), "另一段。"]), "zh")
    head = make_document("\n".join(["另一段。", *(b.text for b in ZH.blocks[1:])]), "zh")
    assert findings_of([(check(), hit())], tail, EN, Settings())[0].id == one.id
    assert findings_of([(check(), hit())], head, EN, Settings())[0].id != one.id
    assert settled((check(), hit()), target=None)[0].id != one.id


def test_white_space_inside_does_not_change_an_id() -> None:
    wide = make_document(EN.blocks[0].text.replace("52 parks", "52  parks"), "en")
    one = findings_of([(check(), hit(None, (0, 15, 23)))], ZH, EN, Settings())[0]
    other = findings_of([(check(), hit(None, (0, 15, 24)))], ZH, wide, Settings())[0]
    assert one.id == other.id


# Causes


def test_what_lies_inside_a_graver_cause_is_silenced() -> None:
    inside, outside = hit((0, 6, 8)), hit((0, 13, 16))
    found = settled((OMISSION, hit((0, 0, 10))), (check(), inside), (check(), outside))
    assert [(f.check, f.source[0].start) for f in found] == [("omission", 0), ("one", 13)]


@pytest.mark.parametrize("span", [(0, 6, 11), (1, 0, 4)])
def test_what_reaches_out_of_the_cause_or_stands_elsewhere_stays(span: tuple[int, int, int]) -> None:
    assert len(settled((OMISSION, hit((0, 0, 10))), (check(), hit(span)))) == 2


def test_an_unsure_cause_silences_nothing() -> None:
    doubt, sure = (OMISSION, hit((0, 0, 10), confidence=0.3)), (OMISSION, hit((0, 0, 10)))
    value = (check(), hit((0, 6, 8)))
    assert len(settled(doubt, value)) == 2
    assert len(settled(doubt, sure, value)) == 2  # a doubt before a sure cause does not hide it


def test_only_the_categories_that_the_cause_names_are_silenced() -> None:
    assert len(settled((OMISSION, hit((0, 0, 10))), (check("two", Category.GRAMMAR), hit((0, 6, 8))))) == 2


def test_a_check_that_silences_a_category_is_not_silenced_in_it() -> None:
    twin = replace(OMISSION, name="twin", category=Category.TERMINOLOGY)
    assert len(settled((OMISSION, hit((0, 0, 10))), (twin, hit((0, 6, 8))))) == 2


def test_a_firm_hit_is_never_silenced() -> None:
    assert len(settled((OMISSION, hit((0, 0, 10))), (check(), hit((0, 6, 8), firm=True)))) == 2


def test_a_value_against_a_value_needs_a_cause_on_both_sides() -> None:
    value = (check(), hit((0, 6, 8), (0, 15, 17)))
    assert len(settled((OMISSION, hit((0, 0, 10))), value)) == 2
    assert len(settled((OMISSION, hit((0, 0, 10), (0, 0, 24))), value)) == 1
    assert len(settled((OMISSION, hit((0, 0, 10), (0, 18, 24))), value)) == 2
    twin = replace(OMISSION, name="twin", category=Category.NUMBER)
    assert len(settled((OMISSION, hit((0, 0, 10), (0, 0, 24))), (twin, value[1]))) == 2


def test_a_term_against_a_term_is_silenced_by_one_side() -> None:
    term = (check("term", Category.TERMINOLOGY), hit((0, 4, 6), (0, 18, 23)))
    assert len(settled((OMISSION, hit((0, 0, 10))), term)) == 1
    assert len(settled((OMISSION, hit(None, (0, 0, 24))), term)) == 1


def test_all_that_is_marked_must_lie_inside() -> None:
    both = Hit(SAID, source=(SpanRef(0, 6, 8), SpanRef(1, 0, 2)))
    assert len(settled((OMISSION, hit((0, 0, 10))), (check(), both))) == 2
    causes = [(OMISSION, hit((0, 0, 10))), (OMISSION, hit((1, 0, 10)))]
    assert len(settled(*causes, (check(), both))) == 2  # the two causes alone


# Giving way


@pytest.mark.parametrize(("span", "left"), [((0, 7, 9), 1), ((0, 8, 10), 2), ((0, 4, 6), 2), ((1, 6, 8), 2)])
def test_a_check_gives_way_where_another_speaks_of_some_of_the_same_words(
    span: tuple[int, int, int], left: int
) -> None:
    shy = check("shy", gives_way=("one",))
    assert len(settled((check(), hit((0, 6, 8))), (shy, hit(span)))) == left


def test_it_gives_way_on_either_side_but_not_across() -> None:
    shy = check("shy", gives_way=("one",))
    assert len(settled((check(), hit(None, (0, 15, 17))), (shy, hit((0, 0, 2), (0, 15, 23))))) == 1
    assert len(settled((check(), hit(None, (0, 6, 8))), (shy, hit((0, 6, 8))))) == 2


def test_it_does_not_give_way_to_a_doubt_to_an_empty_mark_or_to_others() -> None:
    shy = check("shy", gives_way=("one",))
    assert len(settled((check(), hit((0, 6, 8), confidence=0.2)), (shy, hit((0, 6, 8))))) == 2
    assert len(settled((check(), hit((0, 7, 7))), (shy, hit((0, 6, 8))))) == 2
    assert len(settled((check("other"), hit((0, 6, 8))), (shy, hit((0, 6, 8))))) == 2
