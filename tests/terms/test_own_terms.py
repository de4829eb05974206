"""Terms of a document's own: told where one mention is another thing, silent where it is the same in other words."""

from __future__ import annotations

import pytest

from aligncheck.checks.context import Context
from aligncheck.checks.terms.compounds import names_a_thing
from aligncheck.checks.terms.own_terms import mixed_terms
from aligncheck.config import Settings
from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import read_beads, with_words
from aligncheck.model import Anchor, Bead, Bitext, Block, Document, Hit, Language, Place
from aligncheck.segment import segment_document

LIFTS = (
    ("电梯检测机构应当出具报告。", "The lift inspection body shall issue a report."),
    ("电梯检测机构应当保存记录。", "The lift inspection body shall keep records."),
    ("电梯检测机构不得转让业务。", "The lift inspection body shall not transfer its business."),
)
CHANGED = "电梯检测机构发生变更的，应当备案。"


def document(texts: list[str], language: Language) -> Document:
    """A document of one paragraph a text."""
    blocks = tuple(
        Block(n, "paragraph", text, Place(line=n + 1), anchors=(Anchor(0, n + 1),))
        for n, text in enumerate(texts)
    )
    return segment_document(Document(f"{language}.txt", language, blocks, language))


def told(pairs: list[tuple[str, str]], official: bool = False) -> tuple[Bitext, list[Hit]]:
    """The findings of a document with these sentences."""
    source, target = document([z for z, _ in pairs], "zh"), document([e for _, e in pairs], "en")
    beads = tuple(Bead((n,), (n,)) for n in range(len(pairs)))
    bitext = Bitext(source, target, beads)
    bitext = with_words(bitext, read_beads(bitext, embedded()))
    return bitext, list(mixed_terms(bitext, Context(Settings()).termbase, (), official))


def test_a_mention_that_is_another_thing_is_told_and_marked() -> None:
    bitext, hits = told(
        [
            *LIFTS,
            (
                "电梯检测机构发生变更的，应当备案。",
                "A change of the lift maintenance company shall be filed.",
            ),
        ]
    )
    (hit,) = hits
    assert bitext.source.slice(hit.source[0]) == "电梯检测机构"
    assert "maintenance company" in bitext.target.slice(hit.target[0])
    assert hit.suggestion == "lift inspection body"


@pytest.mark.parametrize(
    "english",
    [
        "A change of the lift inspection bodies shall be filed.",
        "A change of the inspection body shall be filed.",
        "A change of a body for lift inspection shall be filed.",
        "A change of the qualified lift inspection body shall be filed.",
        "Where the body that inspects lifts changes, this shall be filed.",
    ],
)
def test_the_same_in_other_words_is_not(english: str) -> None:
    assert told([*LIFTS, (CHANGED, english)])[1] == []


def test_two_mentions_are_enough_in_official_prose_alone() -> None:
    pairs = [
        ("全市新建内陆港口两座。", "Two inland ports were built in the city."),
        ("加快内陆港口建设。", "We will speed up work on inland harbors."),
    ]
    assert len(told(pairs, official=True)[1]) == 1
    assert told(pairs)[1] == []


def test_two_mentions_that_share_no_word_are_left_alone() -> None:
    pairs = [
        ("全市新建内陆港口两座。", "Two inland ports were built in the city."),
        ("加快内陆港口建设。", "We will speed up work on river wharves."),
    ]
    assert told(pairs, official=True)[1] == []


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("检测机构", True),
        ("创新能力", True),
        ("部分企业", True),
        ("首都功能", True),
        ("三家企业", False),
        ("这些机构", False),
    ],
)
def test_compounds_that_name_things_have_no_numbers_and_no_pronouns(text: str, thing: bool) -> None:
    assert names_a_thing(text) is thing
