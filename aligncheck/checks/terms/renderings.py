"""Where a bead has a term's renderings: right ones in any build, wrong ones word for word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, TermEvidence
from aligncheck.checks.terms.stead import NUMBER
from aligncheck.model import SpanRef
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import Form, Found, Token, other_places
from aligncheck.terms.exchange import find_exchanged
from aligncheck.terms.loose import FORM_WORDS

ACCEPTED = (Status.PREFERRED, Status.ADMITTED)
WRONG = (Status.DEPRECATED, Status.SUPERSEDED)
#: Legal forms of firms, which a text may leave out as well.
_LEGAL = frozenset("co ltd limited inc incorporated llc llp plc gmbh ag pte pty".split())
#: Class words of places that a text may leave out: in Tongzhou.
_CLASSES = frozenset(
    "district county city town township village province prefecture municipality region subdistrict"
    " station airport".split()
)
_PLACE_ZH = re.compile("[\u4e00-\u9fff]{2}(?:区|县|市|州|省|镇|乡|村|街道|站|机场)\\Z")
_CLASS_ADJECTIVES = frozenset("autonomous administrative special uygur zhuang hui tibet".split())


@dataclass(frozen=True, slots=True)
class Task:
    """A Chinese term in a bead: its places and the concepts that it may stand for, those that bind first.

    ``bound``: whether any of them is to be demanded here.
    """

    occurrences: tuple[Occurrence, ...]
    concepts: tuple[Concept, ...]
    bound: bool = True

    @property
    def name(self) -> str:
        """The Chinese as printed."""
        return self.occurrences[0].match.text

    @property
    def subjects(self) -> frozenset[str]:
        """The subject fields of its concepts."""
        return frozenset(c.subject for c in self.concepts)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A place with a form of the term but for one word: ``said`` stands there for ``wanted``."""

    rendering: Rendering
    form: Form
    said: Token
    wanted: Token

    @property
    def word(self) -> SpanRef:
        """The span of the other word."""
        return self.rendering.sentence.ref(self.said.start, self.said.end)

    @property
    def names(self) -> bool:
        """Whether both are names, or numbers."""
        a, b = self.said, self.wanted
        return (a.capitalised and b.capitalised) or bool(NUMBER.match(a.low) and NUMBER.match(b.low))


@dataclass(frozen=True, slots=True)
class Places:
    """The renderings of a task in its bead: accepted ones and wrong ones, none overlapping."""

    right: tuple[tuple[Rendering, Term], ...]
    wrong: tuple[tuple[Rendering, Term], ...]


def tasks_of(bead: BeadTerms) -> list[Task]:
    """The terms of a bead's Chinese that have English, each with all its places."""
    groups: dict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
    for occurrence in bead.occurrences:
        groups[tuple(c.id for c in occurrence.match.concepts)].append(occurrence)
    made = []
    for occurrences in groups.values():
        concepts = tuple(c for c in occurrences[0].match.concepts if c.english)
        if concepts:
            made.append(Task(tuple(occurrences), concepts))
    return made


class Renderings:
    """Finds the renderings of terms in the beads of a document pair."""

    def __init__(self, evidence: TermEvidence) -> None:
        self.evidence = evidence
        self._classless: dict[Term, Form | None] = {}
        self._exchanged: dict[tuple[int, tuple[str, ...]], tuple[Exchanged, ...]] = {}

    def places(self, bead: BeadTerms, task: Task) -> Places:
        """All renderings of a task in a bead.

        A wrong form that stands there word for word is one, even where a right form would be found around a
        guest word (*Chinese-style modernization*); inside a right form it is none.
        """
        wrong = _apart(self._found(bead, task, WRONG))
        wrong = [(r, t) for r, t in wrong if r.found.exact]
        right = _apart(self._found(bead, task, ACCEPTED))
        right = [
            (r, t) for r, t in right if r.found.exact or not any(r.ref.overlaps(w.ref) for w, _ in wrong)
        ]
        wrong = [(r, t) for r, t in wrong if not any(x.ref.overlaps(r.ref) for x, _ in right)]
        if len(right) + len(wrong) < len(task.occurrences):
            taken = [r.ref for r, _ in (*right, *wrong)]
            for rendering, term in _apart(self._loosely(bead, task)):
                if not any(rendering.ref.overlaps(t) for t in taken):
                    right.append((rendering, term))
        return Places(tuple(sorted(right, key=_where)), tuple(wrong))

    def exchanged(self, bead: BeadTerms, task: Task) -> tuple[Exchanged, ...]:
        """Where a bead has an accepted form of a task with one word exchanged, the longest first."""
        key = bead.number, tuple(c.id for c in task.concepts)
        if key not in self._exchanged:
            self._exchanged[key] = tuple(self._exchanges(bead, task))
        return self._exchanged[key]

    def _exchanges(self, bead: BeadTerms, task: Task) -> list[Exchanged]:
        found: list[Exchanged] = []
        for form in self.accepted(task.concepts):
            for sentence in bead.sentences:
                tokens = sentence.tokens
                for e in find_exchanged(tokens, form):
                    place = Found(e.first, e.last, tokens[e.first].start, tokens[e.last].end, False, True)
                    found.append(
                        Exchanged(Rendering(sentence, place), form, tokens[e.at], form.words[e.word])
                    )
        return sorted(found, key=lambda x: -len(x.rendering.ref))

    def accepted(self, concepts: Sequence[Concept]) -> list[Form]:
        """The full forms that may be used."""
        date = self.evidence.date
        return [
            self.evidence.termbase.form(t)
            for c in concepts
            for t in c.english
            if t.standing(date) in ACCEPTED and not t.abbreviated
        ]

    def _found(
        self, bead: BeadTerms, task: Task, standings: Sequence[Status]
    ) -> list[tuple[Rendering, Term]]:
        date = self.evidence.date
        found: list[tuple[Rendering, Term]] = []
        for concept in task.concepts:
            for term in concept.english:
                if term.standing(date) in standings:
                    form = self.evidence.termbase.form(term)
                    found += [(r, term) for r in bead.find(form)]
                    for elsewhere in self._of_other_places(task, form):
                        found += [(r, term) for r in bead.find(elsewhere)]
            if Status.PREFERRED in standings:
                for alias in self.evidence.aliases.get(concept.id, ()):
                    found += [(r, alias) for r in bead.find(self.evidence.termbase.form(alias))]
        return found

    def _loosely(self, bead: BeadTerms, task: Task) -> list[tuple[Rendering, Term]]:
        found: list[tuple[Rendering, Term]] = []
        for concept in task.concepts:
            for term in concept.english:
                if term.standing(self.evidence.date) not in ACCEPTED or term.abbreviated:
                    continue
                form = self.evidence.termbase.form(term)
                found += [(r, term) for r in bead.find_loose(form) if not self._varied(r, form)]
                name = self._without_class(concept, term)
                if name is not None:
                    found += [(r, term) for r in bead.find(name) if not _goes_on(r)]
        return found

    def deeds(self, bead: BeadTerms, task: Task) -> list[Rendering]:
        """Where a bead has the words of a user's own term as a verb, which is a near variant of it."""
        return [
            r for form in self.accepted(task.concepts) for r in bead.find_loose(form) if self._varied(r, form)
        ]

    def _varied(self, rendering: Rendering, form: Form) -> bool:
        """Who has a glossary of his own wants its wording: there a verb for a noun is no rendering."""
        own = not self.evidence.termbase.official and not form.verb
        return own and rendering.found.turned and _deed(rendering, form)

    def _without_class(self, concept: Concept, term: Term) -> Form | None:
        """A place without its class word, a firm without its legal form: Tongzhou for Tongzhou District."""
        if term not in self._classless:
            form = self.evidence.termbase.form(term)
            words = form.words
            while len(words) > 1 and words[-1].low in _LEGAL:
                words = words[:-1]
            if len(words) < len(form.words) and words[-1].low == "company":
                words = words[:-1]  # Company Limited
            place = concept.subject == "place" or any(_PLACE_ZH.search(z.text) for z in concept.chinese)
            while place and len(words) > 1 and words[-1].low in _CLASSES | _CLASS_ADJECTIVES:
                words = words[:-1]
            named = 0 < len(words) < len(form.words) and all(
                w.capitalised for w in words if w.low not in FORM_WORDS
            )
            self._classless[term] = (
                replace(form, words=words, breaks=form.breaks[: len(words)]) if named else None
            )
        return self._classless[term]

    def _of_other_places(self, task: Task, form: Form) -> tuple[Form, ...]:
        """Terms of Beijing's reports whose Chinese does not name it fit any city."""
        if not self.evidence.termbase.official or "京" in task.name:
            return ()
        return other_places(form, "beijing")


def _deed(rendering: Rendering, form: Form) -> bool:
    """Whether words of a rendering are the term's as verbs, be it by their place; jointly and severally liable are none."""
    plain = {w.key for w in form.words}
    said = rendering.sentence.tokens[rendering.found.first : rendering.found.last + 1]
    other = [t for t in said if t.key not in plain and t.low not in FORM_WORDS]
    return not other or not all(t.low.endswith(("ly", "ble")) for t in other)


def _goes_on(rendering: Rendering) -> bool:
    """Whether a name goes on behind what was found: Tongzhou County is no Tongzhou District."""
    tokens, last = rendering.sentence.tokens, rendering.found.last
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return following is not None and following.capitalised and following.adjoins


def _where(found: tuple[Rendering, Term]) -> tuple[int, int]:
    return found[0].ref.block, found[0].ref.start


def _apart(found: list[tuple[Rendering, Term]]) -> list[tuple[Rendering, Term]]:
    """Renderings that do not overlap: the longest first, an exact one before one with guests."""
    found = sorted(found, key=lambda f: (-len(f[0].ref), not f[0].found.exact, f[0].ref))
    kept: list[tuple[Rendering, Term]] = []
    for rendering, term in found:
        if not any(rendering.ref.overlaps(k.ref) for k, _ in kept):
            kept.append((rendering, term))
    return sorted(kept, key=lambda f: f[0].ref)
