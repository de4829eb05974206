"""What the checks on terms share: the terms of every bead, found once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from aligncheck.checks.context import Context, once
from aligncheck.model import Bead, Bitext, Document, Link, Segment, SpanRef
from aligncheck.terms.concepts import Status, Term, TermType
from aligncheck.terms.dates import date_of
from aligncheck.terms.english import Form, Found, Token, find_form, tokenize
from aligncheck.terms.inflection import PREPOSITIONS
from aligncheck.terms.loose import find_loose
from aligncheck.terms.termbase import ChineseMatch, EnglishMatch, Termbase

IN_BRACKETS = re.compile(
    r"[\"”'’]?\s*[(（]\s*(?:hereinafter |the )?[\"“'‘]?([A-Z][A-Za-z0-9&.\-]{1,11})[\"”'’]?\s*[)）]"
)


def _runs_on(first: str, second: str) -> bool:
    """Whether a line break between two segments falls inside a sentence."""
    return first.rstrip()[-1:] not in '.!?;:。！？；：”"' and second[:1].islower()


_ACCEPTED = (Status.PREFERRED, Status.ADMITTED)


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English segment with its words; token offsets count in the segment's text."""

    segment: Segment
    tokens: tuple[Token, ...]
    index: int  # of the sentence in its bead

    def ref(self, start: int, end: int) -> SpanRef:
        """The span of the document for offsets in the segment."""
        return SpanRef(self.segment.block, self.segment.start + start, self.segment.start + end)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A Chinese term in a bead, with its place in the document and the segment it stands in."""

    match: ChineseMatch
    ref: SpanRef
    segment: int
    head: SpanRef | None = None

    @property
    def marks(self) -> tuple[SpanRef, ...]:
        """What to mark: the term, and its head where that stands apart."""
        return (self.ref,) if self.head is None else (self.ref, self.head)


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English form found in a sentence of a bead."""

    sentence: Sentence
    found: Found

    @property
    def ref(self) -> SpanRef:
        """Its span in the document."""
        return self.sentence.ref(self.found.start, self.found.end)

    @property
    def text(self) -> str:
        """As printed."""
        return self.sentence.segment.text[self.found.start : self.found.end]


@dataclass(eq=False)
class BeadTerms:
    """One bead as the term checks see it."""

    bead: Bead
    number: int
    occurrences: tuple[Occurrence, ...]
    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]  # turned so that the source is the Chinese side
    _found: dict[int, tuple[Form, list[Rendering]]] = field(default_factory=dict)
    _loose: dict[int, tuple[Form, list[Rendering]]] = field(default_factory=dict)

    def linked(self, occurrence: Occurrence) -> tuple[SpanRef, ...]:
        """The English spans that render the clause in which a Chinese term stands."""
        return tuple(link.target for link in self.links if link.source.overlaps(occurrence.ref))

    def find_loose(self, form: Form) -> list[Rendering]:
        """All places of an English form in another build: turned round, as a verb, in a long rendering."""
        known = self._loose.get(id(form))
        if known is None:
            known = form, [Rendering(s, f) for s in self.sentences for f in find_loose(s.tokens, form)]
            self._loose[id(form)] = known
        return known[1]

    def find(self, form: Form) -> list[Rendering]:
        """All places of an English form in the bead; several checks ask for the same forms."""
        known = self._found.get(id(form))
        if known is None:  # the form is kept too: another one could get its id
            known = form, [Rendering(s, f) for s in self.sentences for f in find_form(s.tokens, form)]
            self._found[id(form)] = known
        return known[1]


def shortens(acronym: str, full: str) -> bool:
    """Whether an acronym's letters stand for all of a form: its first word and its head, in order.

    CPPCC shortens the conference, not its members: there the head word would go missing.
    """
    words = [w.lower() for w in re.findall(r"[A-Za-z][A-Za-z'’]*", full) if w.lower() not in _SMALL]
    letters = [c.lower() for c in acronym if c.isalpha()]
    if len(words) < 2 or not letters:
        return False
    rest = iter(" ".join(words) + "s")
    ordered = all(any(c == wanted for c in rest) for wanted in letters)
    return words[0][0] == letters[0] and words[-1][0] in letters[1:] and (ordered or len(letters) > 4)


_SMALL = PREPOSITIONS | {"the", "a", "an", "and", "s"}


class TermEvidence:
    """Both documents and the beads between them, Chinese first."""

    def __init__(self, bitext: Bitext, termbase: Termbase, date: str) -> None:
        self.termbase = termbase
        self.zh: Document = bitext.source
        self.en: Document = bitext.target
        self.bitext = bitext
        self.date = date or date_of(self.zh) or date_of(self.en)

    @cached_property
    def english_segments(self) -> tuple[tuple[Token, ...], ...]:
        """The words of every English segment, by segment id."""
        return tuple(tuple(tokenize(s.text)) for s in self.en.segments)

    @cached_property
    def occurrences(self) -> dict[int, list[Occurrence]]:
        """The Chinese terms by the segment in which they begin."""
        found: dict[int, list[Occurrence]] = {}
        for block in self.zh.blocks:
            for match in self.termbase.find_chinese(block.text):
                ref = SpanRef(block.id, match.start, match.end)
                head = SpanRef(block.id, *match.head) if match.head else None
                for segment in block.segments:
                    if segment.start <= match.start < segment.end:
                        found.setdefault(segment.id, []).append(Occurrence(match, ref, segment.id, head))
        return found

    @cached_property
    def beads(self) -> tuple[BeadTerms, ...]:
        """All beads in order."""
        made = []
        for number, bead in enumerate(self.bitext.beads):
            occurrences = tuple(o for i in bead.source for o in self.occurrences.get(i, ()))
            made.append(BeadTerms(bead, number, occurrences, self._sentences(bead.target), bead.links))
        return tuple(made)

    def _sentences(self, target: Sequence[int]) -> tuple[Sentence, ...]:
        """The bead's English, with lines put together that a hard line break parts inside a sentence."""
        segments = self.en.segments
        made: list[Sentence] = []
        for j in target:
            segment = segments[j]
            last = made[-1].segment if made else None
            if last is not None and last.block == segment.block and _runs_on(last.text, segment.text):
                text = self.en.blocks[segment.block].text[last.start : segment.end]
                joined = replace(last, end=segment.end, text=text)
                made[-1] = Sentence(joined, tuple(tokenize(text)), len(made) - 1)
            else:
                made.append(Sentence(segment, self.english_segments[j], len(made)))
        return tuple(made)

    @cached_property
    def english_terms(self) -> dict[int, list[EnglishMatch]]:
        """The terms of the whole termbase in every English segment, by segment id."""
        return {i: self.termbase.find_english(tokens) for i, tokens in enumerate(self.english_segments)}

    @cached_property
    def aliases(self) -> dict[str, list[Term]]:
        """Acronyms that the English text itself gives in brackets after a full form, by concept id."""
        found: dict[str, list[Term]] = {}
        for number, matches in self.english_terms.items():
            text = self.en.segments[number].text
            for match in matches:
                given = IN_BRACKETS.match(text, match.end)
                if given is None:
                    continue
                printed = text[match.start : match.end]
                if not shortens(given.group(1), printed):
                    continue
                for concept, term in match.readings:
                    acronym = Term(given.group(1), "en", type=TermType.ACRONYM, case_sensitive=True)
                    known = found.setdefault(concept.id, [])
                    if term.standing(self.date) in _ACCEPTED and acronym not in known:
                        known.append(acronym)
        return found


@once
def term_evidence(bitext: Bitext, context: Context) -> TermEvidence | None:
    """The evidence of a run, made once; None where no glossary is in force."""
    termbase = context.termbase
    if termbase is None or not len(termbase):
        return None
    return TermEvidence(bitext, termbase, context.settings.date)


def covered(found: Found, others: Sequence[Found]) -> bool:
    """Whether a found form lies inside one of others (and is not that one itself)."""
    return any(o.first <= found.first and found.last <= o.last for o in others)
