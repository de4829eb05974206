"""One word of a term exchanged for another, and guests that make another term of it."""

from __future__ import annotations

import pytest

from aligncheck.checks.context import Context
from aligncheck.checks.terms.terminology import run
from aligncheck.config import Settings
from aligncheck.terms import Termbase, load_termbase
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import make_form, tokenize
from aligncheck.terms.exchange import find_exchanged
from aligncheck.terms.termbase import build

from .conftest import paired


@pytest.mark.parametrize(
    ("term", "text", "exchanged"),
    [
        ("trade in goods", "growth of trade in services was quick", ("services", "goods")),
        ("trade in goods", "growth of trade in the services was quick", ("services", "goods")),
        ("trade in goods", "growth of trade in goods was quick", None),
        ("trade in goods", "growth of trade, in services as well", None),
        ("trade in goods", "growth of trade by goods", None),  # a word of form
        ("preschool education", "pre-primary education for all", None),
        ("rural residents", "residents of towns", None),
        ("two zones", "The 2 areas", ("areas", "zones")),
        ("public interest litigation", "public interested litigation", None),  # one family
        ("GDP growth", "GDP", None),
    ],
)
def test_one_word_exchanged(term: str, text: str, exchanged: tuple[str, str] | None) -> None:
    tokens, form = tokenize(text), make_form(term)
    found = [(tokens[e.at].text, form.words[e.word].text) for e in find_exchanged(tokens, form)]
    assert found == ([exchanged] if exchanged else [])


def test_rivals_tell_concepts_apart_and_are_no_words_of_one_concept() -> None:
    def concept(zh: str, *terms: str) -> Concept:
        return Concept(zh, (Term(zh, "zh"), *(Term(t, "en", Status.ADMITTED) for t in terms)))

    termbase = build(
        [
            concept("城镇居民", "income of urban residents", "income of city residents"),
            concept("农村居民", "income of rural residents"),
            concept("残疾人事业", "programs for disabled persons", "undertakings for disabled persons"),
            concept("残疾人事务", "undertakings for disabled persons"),
            concept("出口", "exports"),
            concept("进口", "imports"),
        ]
    )
    assert termbase.rivals("urban", "rural")
    assert termbase.rivals("rural", "city")
    assert not termbase.rivals("urban", "city")
    assert not termbase.rivals("program", "undertaking")
    assert not termbase.rivals("export", "import")  # nothing that they have in common says so


@pytest.fixture(scope="module")
def official() -> Termbase:
    return load_termbase([])


@pytest.mark.parametrize(
    ("zh", "en", "verdict"),
    [
        ("全省地区生产总值增长5%。", "The province's gross national product grew by 5%.", "other-word"),
        ("居民人均可支配收入增长6%。", "Per capita disposable income of rural residents grew by 6%.", "other-term"),
        ("持续巩固长江十年禁渔成果。", "We kept up the 10-year fishing ban on the Yellow River.", "other-word"),
        ("落实中央八项规定精神。", "We act on the central leadership's five-point decision on conduct.", "other-word"),
        ("坚持全面从严治党。", "We must continue full and rigorous self-governance of the government.", "other-word"),
        ("持续巩固长江十年禁渔成果。", "We kept up the ten-year fishing ban on the Yangtze River.", ""),
        ("城乡居民人均可支配收入增长。", "Per capita disposable income of urban and rural residents grew.", ""),
        ("党中央作出部署。", "The Party Central Committee made plans.", ""),
    ],
)  # fmt: skip
def test_exchanged_words_and_guests_are_told(zh: str, en: str, verdict: str, official: Termbase) -> None:
    hits = [h for h in run(paired(zh, en), Context(Settings(), official)) if h.confidence >= 0.5]
    assert [dict(h.evidence)["verdict"] for h in hits] == ([verdict] if verdict else [])
