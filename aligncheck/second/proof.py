"""No claim of a model is believed without proof: what the texts, the values and the glossary say against it ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from aligncheck.checks.terms.evidence import BeadTerms, TermEvidence
from aligncheck.facts import Fact, extract
from aligncheck.facts.match import fit
from aligncheck.model import Category, Language, Severity, SpanRef
from aligncheck.second.answers import CATEGORIES, Claim, Reply
from aligncheck.second.windows import Passage
from aligncheck.terms.concepts import Concept, Status
from aligncheck.terms.english import find_form, tokenize


class Doubtful(Enum):
    """Why a claim is not believed; the value is what reports call it."""

    PASSAGE = "no such passage"
    CATEGORY = "no such category"
    SEVERITY = "no such severity"
    WORDS = "words that are not in the text"
    PLACE = "no words at all"
    WIDE = "a whole passage instead of the words"
    SAME = "right rendering equal to the wrong one"
    RENDERED = "right rendering that is there already"
    FIGURES = "against the values in the texts"
    TERMS = "against the glossary"
    REPEATED = "told twice"
    SHAPE = "not readable"
    WITHDRAWN = "taken back at the second look"
    ANSWER = "an answer without proof"
    CONTROL = "answers beside a wrong one to a control question"


@dataclass(frozen=True, slots=True)
class Proved:
    """A claim whose words stand in the texts, with their places, Chinese first; ``place`` as offsets in the passage."""

    claim: Claim
    passage: Passage
    category: Category
    severity: Severity
    zh: tuple[SpanRef, ...]
    en: tuple[SpanRef, ...]
    zh_place: tuple[int, int]
    en_place: tuple[int, int]


#: What must be quoted, on which side.
_NEEDS_ZH = frozenset(CATEGORIES) - {Category.ADDITION, Category.UNTRANSLATED}
_NEEDS_EN = frozenset(CATEGORIES) - {Category.OMISSION}
#: Where another rendering is due in place of the one that is quoted.
_NEEDS_RIGHT = frozenset(CATEGORIES) - {Category.ADDITION, Category.OMISSION, Category.UNTRANSLATED}
_VALUES = frozenset({Category.NUMBER, Category.DATE, Category.UNIT})
_ACCEPTED = (Status.PREFERRED, Status.ADMITTED)


def prove(
    claim: Claim, passages: Sequence[Passage], terms: TermEvidence | None, year: int | None
) -> Proved | Doubtful:
    """A claim about one of some passages (numbered from 1) with its places, or why it is not believed.

    ``year``: what "this year" means in the documents, where that is known.
    """
    if not 1 <= claim.passage <= len(passages):
        return Doubtful.PASSAGE
    passage = passages[claim.passage - 1]
    category = _category(claim.category)
    if category is None:
        return Doubtful.CATEGORY
    if claim.severity.lower() not in ("minor", "major", "critical"):
        return Doubtful.SEVERITY
    severity = Severity.MINOR if claim.severity.lower() == "minor" else Severity.MAJOR
    found = _places(claim, passage, category)
    if isinstance(found, Doubtful):
        return found
    zh, en = found
    against = _against_itself(claim, passage, category, en) or _against_values(
        claim, passage, category, zh, en, year
    )
    if against is None and passage.terms is not None and terms is not None:
        against = _against_terms(claim, passage, category, passage.zh.refs(*zh), passage.en.refs(*en), terms)
    if against is not None:
        return against
    return Proved(claim, passage, category, severity, passage.zh.refs(*zh), passage.en.refs(*en), zh, en)


def _category(name: str) -> Category | None:
    """A category by our name or as the last part of an MQM path: ``Accuracy/Omission``."""
    last = name.lower().split("/")[-1].strip()
    return next((c for c in CATEGORIES if c.value == last), None)


def _places(
    claim: Claim, passage: Passage, category: Category
) -> tuple[tuple[int, int], tuple[int, int]] | Doubtful:
    """Where the words of both sides stand, as offsets in the passage; (0, 0) for words that are not needed."""
    if (category in _NEEDS_ZH and not claim.zh) or (category in _NEEDS_EN and not claim.en):
        return Doubtful.PLACE
    zh = _find(claim.zh, passage.zh.text)
    if zh is None:
        return Doubtful.WORDS
    near = passage.linked(passage.zh.refs(*zh)[0], english=False) if zh[1] > zh[0] else []
    en = _find(claim.en, passage.en.text, near)
    if en is None:
        return Doubtful.WORDS
    for place, text, whole, side in (
        (zh, passage.zh.text, 30, passage.en.text),
        (en, passage.en.text, 90, passage.zh.text),
    ):
        # Where nothing stands on the other side, the whole passage is what is missing.
        if side and place[1] - place[0] > max(whole, 0.8 * len(text)):
            return Doubtful.WIDE
    return zh, en


def _find(words: str, text: str, near: Sequence[str] = ()) -> tuple[int, int] | None:
    """Where words stand in a text to the letter; of several places the one about words that are linked to them."""
    if not words:
        return (0, 0)
    starts = [m.start() for m in re.finditer(re.escape(words), text)]
    if words[0].isascii() and words[0].isalnum():  # "form" is not quoted where the text says "reform"
        starts = [n for n in starts if not (n and text[n - 1].isalnum() and text[n - 1].isascii())]
    if words[-1].isascii() and words[-1].isalnum():
        ends = [n + len(words) for n in starts]
        starts = [
            e - len(words) for e in ends if not (e < len(text) and text[e].isalnum() and text[e].isascii())
        ]
    if not starts:
        return None
    anchors = [text.find(n) for n in near if n in text]
    best = min(starts, key=lambda s: min((abs(s - a) for a in anchors), default=s))
    return best, best + len(words)


_MARKS = re.compile(r"[^\w]+")


def _bare(text: str) -> str:
    return _MARKS.sub(" ", text.casefold()).strip()


def _against_itself(
    claim: Claim, passage: Passage, category: Category, en: tuple[int, int]
) -> Doubtful | None:
    """A better rendering that is none, or that stands there already."""
    right, wrong = _bare(claim.right), _bare(claim.en)
    if category in _NEEDS_RIGHT and right in ("", wrong):
        return Doubtful.SAME
    if category is Category.UNTRANSLATED and not re.search("[\u3400-\u9fff]", claim.en):
        return Doubtful.WORDS
    if category is Category.OMISSION and right and f" {right} " in f" {_bare(passage.en.text)} ":
        return Doubtful.RENDERED
    if category in _NEEDS_RIGHT and any(
        m.start() < en[1] and en[0] < m.end()
        for m in re.finditer(re.escape(claim.right), passage.en.text, re.IGNORECASE)
    ):
        return Doubtful.RENDERED
    return None


def _against_values(
    claim: Claim,
    passage: Passage,
    category: Category,
    zh: tuple[int, int],
    en: tuple[int, int],
    year: int | None,
) -> Doubtful | None:
    """A finding on a value where the values agree, or whose own value is wrong."""
    if category not in _VALUES and not _only_figures_differ(claim):
        return None
    chinese = _facts(passage.zh.text, "zh", zh)
    english = _facts(passage.en.text, "en", en)
    if chinese and english and _agree(chinese, english, year):
        return Doubtful.FIGURES
    proposed = [f for f in extract(claim.right, "en") if f.weight != "soft"]
    if chinese and proposed and not _agree(chinese, proposed, year):
        return Doubtful.FIGURES
    return None


def _only_figures_differ(claim: Claim) -> bool:
    masked = [re.sub(r"\d[\d,. ]*", "#", t) for t in (claim.right, claim.en)]
    return bool(claim.right) and masked[0] == masked[1] and claim.right != claim.en


def _facts(text: str, language: Language, place: tuple[int, int]) -> list[Fact]:
    """The values at a place, read with the text around them."""
    return [
        f
        for f in extract(text, language)
        if f.span.start < place[1] and place[0] < f.span.end and f.weight != "soft" and f.kind != "place"
    ]


def _agree(chinese: Sequence[Fact], english: Sequence[Fact], year: int | None) -> bool:
    """Whether every value of either side has one on the other that says the same."""

    def same(zh: Fact, en: Fact) -> bool:
        found = fit(zh, en, year)
        return found is not None and not found.remark and found.cost < 0.5

    return all(any(same(z, e) for e in english) for z in chinese) and all(
        any(same(z, e) for z in chinese) for e in english
    )


def _against_terms(
    claim: Claim,
    passage: Passage,
    category: Category,
    zh: Sequence[SpanRef],
    en: Sequence[SpanRef],
    evidence: TermEvidence,
) -> Doubtful | None:
    """A term that is rendered as the glossary has it, or a proposal that the glossary does not have."""
    bead = passage.terms
    if bead is None or category not in (Category.TERMINOLOGY, Category.MISTRANSLATION, Category.NAME):
        return None
    for occurrence in bead.occurrences:
        if not any(occurrence.ref.overlaps(ref) for ref in zh):
            continue
        concepts = [c for c in occurrence.match.concepts if c.english]
        # A finding about more than the term may be about the rest of its words.
        about = category is Category.TERMINOLOGY or all(occurrence.ref.covers(ref) for ref in zh)
        if about and _rendered(bead, concepts, en, evidence):
            return Doubtful.TERMS
        if category is Category.TERMINOLOGY and concepts and not _accepts(concepts, claim.right, evidence):
            return Doubtful.TERMS
    return None


def _rendered(
    bead: BeadTerms, concepts: Sequence[Concept], en: Sequence[SpanRef], evidence: TermEvidence
) -> bool:
    """Whether an accepted rendering of the concepts stands where the words in question do."""
    return any(
        rendering.ref.overlaps(ref)
        for concept in concepts
        for term in concept.english
        if term.standing(evidence.date) in _ACCEPTED
        for rendering in bead.find(evidence.termbase.form(term))
        for ref in en
    )


def _accepts(concepts: Sequence[Concept], words: str, evidence: TermEvidence) -> bool:
    """Whether words hold a rendering that the glossary accepts."""
    tokens = tokenize(words)
    return any(
        next(iter(find_form(tokens, evidence.termbase.form(term))), None) is not None
        for concept in concepts
        for term in concept.english
        if term.standing(evidence.date) in _ACCEPTED
    )


def proved_reply(reply: Reply, passage: Passage) -> bool:
    """Whether the words that a reply offers as proof stand in the passage, and say anything.

    "Yes" needs words of one side; "no" needs those of the English, or of the Chinese where a doubt is about words
    without a ground: whoever denies a doubt must show what answers it.
    """
    if reply.answer == "unsure":
        return True
    quotes = [(reply.zh, passage.zh.text), (reply.en, passage.en.text)]
    given = [(words, text) for words, text in quotes if words]
    if not given or any(_find(words, text) is None for words, text in given):
        return False
    if reply.answer == "no" and passage.en.text and passage.zh.text:
        return bool(reply.en and reply.zh)
    return True
