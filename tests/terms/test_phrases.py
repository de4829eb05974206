"""Phrases with open places, verbs without a part of speech, acronyms that are small words."""

from __future__ import annotations

import pytest

from aligncheck.terms.concepts import Concept, Status, Term, TermType
from aligncheck.terms.english import find_form, make_form, tokenize
from aligncheck.terms.exchange import find_exchanged, of_one_family
from aligncheck.terms.inflection import begins_with_verb, deed_keys
from aligncheck.terms.termbase import build


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("hold ... accountable", "Departments will be held accountable.", True),
        ("hold … accountable", "We will hold all local officials accountable.", True),
        ("hold sb accountable", "We hold them accountable.", True),
        ("put ... into practice", "They put what they had learned into practice.", True),
        ("hold ... accountable", "We hold a meeting. Accountable officials attend.", False),
    ],
)
def test_an_open_place_takes_an_object(term: str, text: str, there: bool) -> None:
    found = find_form(tokenize(text), make_form(term, verb=True))
    assert bool(found) is there
    assert all(f.exact for f in found)


@pytest.mark.parametrize(
    ("term", "verb"),
    [
        ("deepen reform", True),
        ("expand domestic demand", True),
        ("open up the service sector", True),
        ("work permits", False),
        ("support services", False),
        ("cut flowers", False),
    ],
)
def test_a_verb_phrase_is_one_by_its_looks(term: str, verb: bool) -> None:
    assert begins_with_verb(term) is verb


def test_a_small_word_is_no_acronym() -> None:
    body = Term("WHO", "en", Status.ADMITTED, TermType.ACRONYM, case_sensitive=True)
    base = build([Concept("who", (Term("世卫组织", "zh"), body))])
    assert not base.find_english("those who came")
    assert base.find_english("the WHO came")
    form = base.form(body)
    assert not find_form(tokenize("those who came"), form)
    assert find_form(tokenize("WHO experts"), form)


def test_words_cut_short_and_adjectives_of_nouns_are_of_one_family() -> None:
    assert of_one_family(*tokenize("labs laboratories"))
    assert of_one_family(*tokenize("liable liability"))
    assert not of_one_family(*tokenize("car carbon"))
    assert deed_keys("sustainability") & deed_keys("sustainable")


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("tax revenue", "taxes accounting for a third", False),
        ("resilient city", "to make the city greener", False),
        ("enterprises above the designated size", "enterprises below the designated size", True),
    ],
)
def test_what_is_no_part_of_a_term_is_not_exchanged(term: str, text: str, there: bool) -> None:
    assert bool(find_exchanged(tokenize(text), make_form(term))) is there
