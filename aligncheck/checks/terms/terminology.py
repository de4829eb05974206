"""Official terms: every Chinese term of the glossary must be rendered as the glossary says."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligncheck.align.lexicon import Lexicon
from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.evidence import content
from aligncheck.checks.terms.evidence import (
    IN_BRACKETS,
    BeadTerms,
    Occurrence,
    Rendering,
    Sentence,
    TermEvidence,
    term_evidence,
)
from aligncheck.checks.terms.words import (
    best_window,
    explained,
    half_window,
    stands_in,
    unexplained,
)
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef
from aligncheck.terms.concepts import Concept, Status, Term, TermType
from aligncheck.terms.english import Form, Found, other_places, tokenize

#: Subject field of words whose rendering depends on what is said: only wrong forms are reported.
GENERAL = "general"
_NAMED = frozenset(
    {"place", "institution", "event", "law", "title", "person", "organization", "organisation"}
)
_SURE = 0.75


_HAN = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class _Task:
    """A Chinese term in a bead: its places and the concepts that it may stand for."""

    occurrences: tuple[Occurrence, ...]
    concepts: tuple[Concept, ...]

    @property
    def name(self) -> str:
        return self.occurrences[0].match.text


def run(bitext: Bitext, context: Context) -> Iterable[Hit]:
    """Judge every term of every bead."""
    return judged(bitext, context)


def _judged(bitext: Bitext, context: Context) -> Iterator[Hit]:
    evidence = term_evidence(bitext, context)
    if evidence is None:
        return
    judge = _Judge(evidence, _lexicon(evidence, context), context.settings.strict_terms)
    for bead in evidence.beads:
        if bead.occurrences and bead.sentences:
            yield from judge.bead(bead)
            yield from judge.brackets(bead)


def _lexicon(evidence: TermEvidence, context: Context) -> Lexicon:
    return context.shared(
        "term-lexicon",
        lambda: Lexicon([s.text for s in evidence.zh.segments], [s.text for s in evidence.en.segments]),
    )


def prepare(bitext: Bitext, context: Context) -> None:
    """Find the terms of both sides, and the words."""
    evidence = term_evidence(bitext, context)
    if evidence is not None:
        evidence.read()
        _lexicon(evidence, context)


def judged(bitext: Bitext, context: Context) -> tuple[Hit, ...]:
    """The check's hits, found once for all checks that ask."""
    return context.shared("terminology-hits", lambda: tuple(_judged(bitext, context)))


class _Judge:
    """Weighs the renderings of a document pair, bead by bead."""

    def __init__(self, evidence: TermEvidence, lexicon: Lexicon, strict: bool) -> None:
        self.evidence = evidence
        self.lexicon = lexicon
        self.strict = strict
        self.date = evidence.date
        self.foreign = self._foreign()

    def _foreign(self) -> bool:
        """Whether the official glossary meets a text that is not its own: news, a novel, a manual.

        Official prose has ten and more of its terms in 1,000 characters, news fewer than one; what binds
        a report does not bind a newspaper.  A glossary that the user names binds whatever it is used on.
        """
        if not self.evidence.termbase.official:
            return False
        size = sum(len(b.text) for b in self.evidence.zh.blocks)
        own = sum(
            any(c.subject != GENERAL for c in o.match.concepts)
            for group in self.evidence.occurrences.values()
            for o in group
        )
        return size >= 1000 and own * 1000 < 4 * size

    # -- one bead ---------------------------------------------------------------------------------

    def bead(self, bead: BeadTerms) -> Iterator[Hit]:
        tasks = self._tasks(bead)
        accepted = {id(t): self._places(bead, t, (Status.PREFERRED, Status.ADMITTED)) for t in tasks}
        right = [r for places in accepted.values() for r, _ in places]
        reported: list[SpanRef] = []
        for task in tasks:
            places = accepted[id(task)]
            wrong = [
                (r, term)
                for r, term in self._places(bead, task, (Status.DEPRECATED, Status.SUPERSEDED))
                if not _inside(r, right)
            ]
            wrong = self._rendering_this(bead, task, wrong, len(places))
            for rendering, term in wrong:
                if any(rendering.ref.overlaps(o) for o in reported):
                    continue
                reported.append(rendering.ref)
                yield self._wrong(task, rendering, term)
            yield from self._capitals(task, places)
            if self.strict:
                yield from self._admitted(task, places)
            if not wrong and not places:
                hit = self._nothing(bead, task, tasks, right, reported)
                if hit is not None:
                    yield hit
            elif len(places) + len(wrong) < len(task.occurrences):
                hit = self._too_few(bead, task, tasks, places, wrong)
                if hit is not None:
                    yield hit

    def _tasks(self, bead: BeadTerms) -> list[_Task]:
        groups: dict[tuple[str, ...], list[Occurrence]] = defaultdict(list)
        for occurrence in bead.occurrences:
            groups[tuple(c.id for c in occurrence.match.concepts)].append(occurrence)
        return [
            _Task(tuple(o), tuple(c for c in o[0].match.concepts if c.english))
            for o in groups.values()
            if any(c.english for c in o[0].match.concepts)
        ]

    def _places(
        self, bead: BeadTerms, task: _Task, standings: Sequence[Status]
    ) -> list[tuple[Rendering, Term]]:
        """Where the bead has the task's forms of some standings; longest first, none overlapping."""
        found: list[tuple[Rendering, Term]] = []
        for concept in task.concepts:
            for term in concept.english:
                if term.standing(self.date) in standings:
                    form = self.evidence.termbase.form(term)
                    found += [(r, term) for r in bead.find(form)]
                    for elsewhere in self._of_other_places(task, term, form):
                        found += [(r, term) for r in bead.find(elsewhere)]
            if Status.PREFERRED in standings:
                for alias in self.evidence.aliases.get(concept.id, ()):
                    found += [(r, alias) for r in bead.find(self.evidence.termbase.form(alias))]
        found.sort(key=lambda f: (-len(f[0].ref), not f[0].found.exact, f[0].ref))
        kept: list[tuple[Rendering, Term]] = []
        for rendering, term in found:
            if not any(rendering.ref.overlaps(k.ref) for k, _ in kept):
                kept.append((rendering, term))
        return sorted(kept, key=lambda f: f[0].ref)

    def _of_other_places(self, task: _Task, term: Term, form: Form) -> tuple[Form, ...]:
        """The official terms are Beijing's: a term whose Chinese does not name it fits any city."""
        if not self.evidence.termbase.official or "京" in task.name:
            return ()
        return other_places(form, "beijing")

    # -- a wrong form -----------------------------------------------------------------------------

    def _rendering_this(
        self, bead: BeadTerms, task: _Task, wrong: list[tuple[Rendering, Term]], right: int
    ) -> list[tuple[Rendering, Term]]:
        """The wrong forms that render this term, not something else that the Chinese says too."""
        if not wrong:
            return wrong
        kept = []
        spare = max(0, right - len(task.occurrences))
        missing = max(0, len(task.occurrences) - right)
        for rendering, term in wrong:
            if missing > 0 and spare == 0:
                missing -= 1
                kept.append((rendering, term))
            elif not explained(rendering, self._rest(bead, task), self.lexicon):
                kept.append((rendering, term))
        return kept

    def _rest(self, bead: BeadTerms, task: _Task) -> str:
        """The bead's Chinese without the task's term."""
        segments = self.evidence.zh.segments
        source = bead.bead.target if self.evidence.swapped else bead.bead.source
        parts = []
        for number in source:
            segment = segments[number]
            text = segment.text
            for occurrence in task.occurrences:
                if occurrence.segment == number:
                    a, b = occurrence.ref.start - segment.start, occurrence.ref.end - segment.start
                    text = text[:a] + "，" * (b - a) + text[b:]
            parts.append(text)
        return "\n".join(parts)

    def _wrong(self, task: _Task, rendering: Rendering, term: Term) -> Hit:
        best = _proposal(task.concepts, self.date)
        superseded = term.standing(self.date) is Status.SUPERSEDED
        period = f" (valid to {term.valid_to})" if superseded and term.valid_to else ""
        zh_period = f"（有效期至{term.valid_to}年）" if superseded and term.valid_to else ""
        word = "superseded" if superseded else "deprecated"
        message = Message(
            f"“{task.name}” is rendered by the {word} form “{rendering.text}”{period}"
            + (f"; the official term is “{best}”." if best else "."),
            f"“{task.name}”译成了{'已被取代' if superseded else '不再使用'}的“{rendering.text}”{zh_period}"
            + (f"，规范译法是“{best}”。" if best else "。"),
        )
        occurrence = self._nearest(task, rendering)
        source, target = self.evidence.sides(occurrence.marks, [rendering.ref])
        return Hit(
            message,
            source,
            target,
            confidence=(0.93 if rendering.found.exact else 0.8) - (0.3 if self.foreign else 0),
            severity=Severity.MINOR if superseded else Severity.MAJOR,
            suggestion=best,
            evidence=_evidence(task.concepts, term.standing(self.date).value, rendering.text),
            firm=True,
        )

    def _nearest(self, task: _Task, rendering: Rendering) -> Occurrence:
        for occurrence in task.occurrences:
            for link in self._links_of(rendering):
                if link.overlaps(occurrence.ref):
                    return occurrence
        return task.occurrences[0]

    def _links_of(self, rendering: Rendering) -> list[SpanRef]:
        bead = next((b for b in self.evidence.beads if rendering.sentence in b.sentences), None)
        return [k.source for k in bead.links if k.target.overlaps(rendering.ref)] if bead else []

    def brackets(self, bead: BeadTerms) -> Iterator[Hit]:
        """An acronym in brackets after the full form that is not the term's acronym."""
        for task in self._tasks(bead):
            listed = [
                t for c in task.concepts for t in c.english
                if t.type is TermType.ACRONYM and t.standing(self.date) in (Status.PREFERRED, Status.ADMITTED)
            ]  # fmt: skip
            if not listed:
                continue
            known = {t.text for t in listed}
            for rendering, _ in self._places(bead, task, (Status.PREFERRED, Status.ADMITTED)):
                given = IN_BRACKETS.match(rendering.sentence.segment.text, rendering.found.end)
                if given is None or given.group(1) in known or rendering.text in known:
                    continue
                printed = given.group(1)
                near = difflib.SequenceMatcher(None, printed, listed[0].text).ratio()
                if near < 0.6:
                    continue
                message = Message(
                    f"The acronym of “{task.name}” is “{listed[0].text}”, not “{printed}”.",
                    f"“{task.name}”的缩写是“{listed[0].text}”，不是“{printed}”。",
                )
                ref = rendering.sentence.ref(given.start(1), given.end(1))
                source, target = self.evidence.sides(task.occurrences[0].marks, [ref])
                yield Hit(
                    message, source, target, confidence=0.85, severity=Severity.MAJOR, suggestion=listed[0].text,
                    evidence=_evidence(task.concepts, "acronym", printed),
                )  # fmt: skip

    # -- capitals, admitted forms -------------------------------------------------------------------

    def _capitals(self, task: _Task, places: list[tuple[Rendering, Term]]) -> Iterator[Hit]:
        for rendering, term in places:
            if rendering.found.case_ok:
                continue
            message = Message(
                f"The capitals of “{rendering.text}” are not those of the term “{term.text}”.",
                f"“{rendering.text}”的大小写与术语“{term.text}”不符。",
            )
            source, target = self.evidence.sides(task.occurrences[0].marks, [rendering.ref])
            yield Hit(
                message, source, target, confidence=0.9, severity=Severity.MINOR, suggestion=term.text,
                evidence=_evidence(task.concepts, "capitals", rendering.text),
            )  # fmt: skip

    def _admitted(self, task: _Task, places: list[tuple[Rendering, Term]]) -> Iterator[Hit]:
        best = _proposal(task.concepts, self.date)
        for rendering, term in places:
            if term.standing(self.date) is not Status.ADMITTED or term.abbreviated or best == term.text:
                continue
            message = Message(
                f"“{task.name}” is rendered by the admitted form “{rendering.text}”; preferred is “{best}”.",
                f"“{task.name}”译成了许用译法“{rendering.text}”，首选译法是“{best}”。",
            )
            source, target = self.evidence.sides(task.occurrences[0].marks, [rendering.ref])
            yield Hit(
                message, source, target, confidence=0.9, severity=Severity.NEUTRAL, suggestion=best,
                evidence=_evidence(task.concepts, "admitted", rendering.text),
            )  # fmt: skip

    # -- nothing that we accept -----------------------------------------------------------------------

    def _nothing(
        self,
        bead: BeadTerms,
        task: _Task,
        tasks: list[_Task],
        right: list[Rendering],
        reported: list[SpanRef],
    ) -> Hit | None:
        if any(c.subject == GENERAL for c in task.concepts) or self._elsewhere(bead, task):
            return None
        occurrence = task.occurrences[0]
        if any(_HAN.search(s.segment.text) for s in self._likely(bead, occurrence)):
            return None  # left in Chinese: that is for another check
        if stands_in(bead, occurrence, task.concepts, self.lexicon):
            return None
        other = self._other_term(bead, task, right, reported, self._rest(bead, task))
        if other is not None:
            return other
        sureness = self._sureness(bead, task, tasks)
        place = self._place(bead, task, right)
        if place is not None and any(place.overlaps(r) for r in reported):
            return None
        best = _proposal(task.concepts, self.date)
        wording = self.evidence.en.slice(place) if place is not None else ""
        if wording:
            message = Message(
                f"“{task.name}” is not rendered by its official term “{best}”; the text has “{wording}”.",
                f"“{task.name}”没有用规范译法“{best}”，译文作“{wording}”。",
            )
        else:
            message = Message(
                f"“{task.name}” is not rendered by its official term “{best}”.",
                f"译文中没有“{task.name}”的规范译法“{best}”。",
            )
        source, target = self.evidence.sides(
            occurrence.marks, [place] if place is not None else self._around(bead, occurrence)
        )
        grave = sureness >= _SURE and self._weight(task.concepts) > 1
        return Hit(
            message,
            source,
            target,
            confidence=round(sureness, 2),
            severity=Severity.MAJOR if grave else Severity.MINOR,
            suggestion=best,
            evidence=_evidence(task.concepts, "missing", wording),
            # A pair that the file itself made is a pair: what stands there stands for the term.
            firm=place is not None and self.evidence.bitext.paired and len(bead.sentences) == 1,
        )

    def _evident(self, bead: BeadTerms, task: _Task, forms: Sequence[Form]) -> bool:
        """Whether the English has some of a form's words that nothing else in the Chinese explains."""
        share, place = best_window(self._likely(bead, task.occurrences[0]), forms)
        if place is None or share < 0.33:
            return False
        own = {w.key for f in forms for w in f.words}
        shared = [t.text for t in tokenize(self.evidence.en.slice(place)) if t.key in own]
        match = self.lexicon.match(self._rest(bead, task), " ".join(shared))
        return any(w.strength < 0.3 for w in match.english)

    def _presence(self, bead: BeadTerms, occurrence: Occurrence) -> float:
        """The share 0..1 of the words around the term, in its clause, that the English renders.

        1 where too few words of content stand around it to tell: whether 加大……建设力度 is rendered says nothing.
        """
        segment = self.evidence.zh.segments[occurrence.segment]
        at = occurrence.ref.start - segment.start
        end = occurrence.ref.end - segment.start
        english = "\n".join(s.segment.text for s in self._likely(bead, occurrence))
        for marks in ("，。；：！？,;", "。；！？;"):
            left = max((segment.text.rfind(m, 0, at) for m in marks), default=-1) + 1
            rights = [i for m in marks if (i := segment.text.find(m, end)) >= 0]
            clause = segment.text[left:at] + "，" + segment.text[end : min(rights, default=len(segment.text))]
            match = self.lexicon.match(clause, english)
            words = [
                w
                for w in match.chinese
                if w.weight > 0.05 and content(clause[w.span.start : w.span.end]) >= 0.5
            ]
            if len(words) >= 3:
                return sum(w.weight * w.strength for w in words) / sum(w.weight for w in words)
        return 1.0

    def _weight(self, concepts: Sequence[Concept]) -> int:
        """2 for a name or an official term, 1 for a concept without a preferred rendering."""
        preferred = any(t.standing(self.date) is Status.PREFERRED for c in concepts for t in c.english)
        return 2 if preferred else 1

    def _elsewhere(self, bead: BeadTerms, task: _Task) -> bool:
        """Whether a neighbouring bead has the rendering, more often than its own Chinese asks for."""
        if self.evidence.bitext.paired:
            return False
        beads = self.evidence.beads
        for number in (bead.number - 1, bead.number + 1):
            if 0 <= number < len(beads):
                near = beads[number]
                there = len(self._places(near, task, (Status.PREFERRED, Status.ADMITTED)))
                own = sum(any(c in task.concepts for c in o.match.concepts) for o in near.occurrences)
                if there > own:
                    return True
        return False

    def _other_term(
        self,
        bead: BeadTerms,
        task: _Task,
        right: list[Rendering],
        reported: list[SpanRef],
        rest: str,
    ) -> Hit | None:
        """Another concept's rendering where this one's should stand."""
        here = {c.id for o in bead.occurrences for c in o.match.concepts}
        presence = self._presence(bead, task.occurrences[0])
        if presence < 0.25 and not self.evidence.bitext.paired:
            return None
        for sentence in self._likely(bead, task.occurrences[0]):
            for match in self.evidence.english_terms.get(sentence.segment.id, ()):
                ref = sentence.ref(match.start, match.end)
                if any(ref.overlaps(r.ref) for r in right) or any(ref.overlaps(r) for r in reported):
                    continue
                readings = [
                    (c, t)
                    for c, t in match.readings
                    if c.chinese
                    and c.subject != GENERAL
                    and t.standing(self.date) in (Status.PREFERRED, Status.ADMITTED)
                ]
                if not readings or any(c.id in here for c, _ in match.readings):
                    continue
                rendering = Rendering(sentence, _found(match.first, match.last, match.start, match.end))
                if explained(rendering, rest, self.lexicon):
                    continue
                concept, term = readings[0]
                if not self._rivals(concept, term, task) and (presence < 0.5 or len(bead.sentences) > 1):
                    continue
                reported.append(ref)
                best = _proposal(task.concepts, self.date)
                message = Message(
                    f"“{task.name}” is rendered by “{rendering.text}”, the term for “{concept.head}”;"
                    f" its own is “{best}”.",
                    f"“{task.name}”译成了“{rendering.text}”，那是“{concept.head}”的译法；规范译法是“{best}”。",
                )
                source, target = self.evidence.sides(task.occurrences[0].marks, [ref])
                return Hit(
                    message, source, target, confidence=0.45 if self.foreign else 0.8, severity=Severity.MAJOR,
                    suggestion=best, evidence=_evidence(task.concepts, "other-term", rendering.text),
                    firm=True,
                )  # fmt: skip
        return None

    def _rivals(self, concept: Concept, term: Term, task: _Task) -> bool:
        """Whether a term found can have been meant for the task's Chinese term.

        Two terms are taken for each other when they are of one kind or share a head; otherwise
        the passage around must surely be the same.
        """
        words = self.evidence.termbase.form(term).words
        if len(words) == 1 and not term.text[:1].isupper():
            return False
        mine = {f.words[-1].key for f in self._accepted_forms(task.concepts) if f.words}
        alike = words[-1].key in mine or any(
            c.subject and c.subject == concept.subject for c in task.concepts
        )
        kin = any(z.text[-2:] == task.name[-2:] or z.text[:2] == task.name[:2] for z in concept.chinese)
        return alike or kin

    def _likely(self, bead: BeadTerms, occurrence: Occurrence) -> list[Sentence]:
        """The sentences of the bead that render the clause of the term; all when no link says."""
        linked = bead.linked(occurrence)
        chosen = [s for s in bead.sentences if any(s.segment.ref.overlaps(r) for r in linked)]
        return chosen or list(bead.sentences)

    def _sureness(self, bead: BeadTerms, task: _Task, tasks: list[_Task]) -> float:
        """How sure it is that the passage is there and renders the term in another way, 0..1."""
        sure = 0.72
        occurrence = task.occurrences[0]
        linked = bead.linked(occurrence)
        if bead.links and not linked:
            sure -= 0.25  # the clause itself seems to be missing: that is for the omission check
        if len(bead.sentences) > 2:
            sure -= 0.03 * min(4, len(bead.sentences) - 2)
        score = bead.bead.score
        if score is not None and score < 0.5:
            sure -= 0.15
        forms = self._accepted_forms(task.concepts)
        share, _ = best_window(self._likely(bead, occurrence), forms)
        if share >= 0.5:
            sure += 0.06
        alone = len(bead.sentences) == 1 and len({o.segment for o in bead.occurrences}) == 1
        evident = self._evident(bead, task, forms)
        if not evident and not (alone and self.evidence.bitext.paired):
            presence = self._presence(bead, occurrence)
            if presence < 0.4:
                away = 0.35 if presence < 0.25 else 0.2
                sure -= away / 2 if alone and (score or 0) >= 0.5 else away
        official = self.evidence.termbase.official
        if official and any(len(f.words) > 6 for f in forms) and share < 0.75 and not evident:
            sure -= 0.1  # long, descriptive renderings vary
        if self._weight(task.concepts) == 1:
            sure -= 0.15
        if official and all(c.subject not in _NAMED for c in task.concepts):
            sure -= 0.05
        if occurrence.head is not None:
            sure -= 0.1
        if self.foreign:
            sure -= 0.35
        return max(0.05, min(0.95, sure))

    def _place(self, bead: BeadTerms, task: _Task, right: list[Rendering]) -> SpanRef | None:
        """The English words that stand where the term should: those that nothing else explains."""
        occurrence = task.occurrences[0]
        sentences = self._likely(bead, occurrence)
        return unexplained(sentences, self._rest(bead, task), task, right, self.lexicon, self.evidence)

    def _around(self, bead: BeadTerms, occurrence: Occurrence) -> list[SpanRef]:
        linked = bead.linked(occurrence)
        return [min(linked, key=len)] if linked else [bead.sentences[0].segment.ref]

    # -- fewer than the source has ----------------------------------------------------------------------

    def _too_few(
        self,
        bead: BeadTerms,
        task: _Task,
        tasks: list[_Task],
        places: list[tuple[Rendering, Term]],
        wrong: list[tuple[Rendering, Term]],
    ) -> Hit | None:
        """A further mention that neither the term nor a pronoun, acronym or short form renders.

        English says a thing once where Chinese repeats it, so only another wording in the term's
        place counts: another concept's rendering, or words half of which are the term's.
        """
        if any(c.subject == GENERAL for c in task.concepts):
            return None
        taken = [r for r, _ in (*places, *wrong)]
        later = replace(task, occurrences=task.occurrences[-1:])
        other = self._other_term(bead, later, taken, [r.ref for r, _ in wrong], self._rest(bead, task))
        if other is not None:
            return replace(other, confidence=0.65)
        forms = self._accepted_forms(task.concepts)
        for sentence in bead.sentences:
            for form in forms:
                near = half_window(sentence, form, [t.ref for t in taken])
                if near is None or not self._unsaid(near, form, self._rest(bead, task)):
                    continue
                wording = self.evidence.en.slice(near)
                best = _proposal(task.concepts, self.date)
                message = Message(
                    f"One mention of “{task.name}” is rendered by “{wording}”, not by its term “{best}”.",
                    f"“{task.name}”有一处译成了“{wording}”，没有用规范译法“{best}”。",
                )
                source, target = self.evidence.sides(later.occurrences[0].marks, [near])
                return Hit(
                    message, source, target, confidence=0.55, severity=Severity.MINOR, suggestion=best,
                    evidence=_evidence(task.concepts, "one-of-several", wording),
                )  # fmt: skip
        return None

    def _unsaid(self, place: SpanRef, form: Form, rest: str) -> bool:
        """Whether the rest of the Chinese has no word for what a stretch has besides the form's words."""
        own = {w.key for w in form.words}
        others = [t.text for t in tokenize(self.evidence.en.slice(place)) if t.key not in own]
        match = self.lexicon.match(rest, " ".join(others))
        return bool(match.english) and all(w.strength < 0.3 for w in match.english)

    def _accepted_forms(self, concepts: Sequence[Concept]) -> list[Form]:
        return [
            self.evidence.termbase.form(t)
            for c in concepts
            for t in c.english
            if t.standing(self.date) in (Status.PREFERRED, Status.ADMITTED) and not t.abbreviated
        ]


def _found(first: int, last: int, start: int, end: int) -> Found:
    return Found(first, last, start, end, True, True)


def _inside(rendering: Rendering, others: Sequence[Rendering]) -> bool:
    """Whether a form lies inside an accepted one."""
    return any(o.ref.covers(rendering.ref) for o in others)


def _proposal(concepts: Sequence[Concept], date: str) -> str:
    """The rendering to propose."""
    for concept in concepts:
        best = concept.preferred("en", date) or concept.preferred("en")
        if best is not None:
            return best.text
    return ""


def _evidence(concepts: Sequence[Concept], verdict: str, wording: str) -> tuple[tuple[str, str], ...]:
    concept = concepts[0]
    rows = [("concept", concept.id), ("verdict", verdict)]
    if wording:
        rows.append(("rendering", wording))
    if concept.subject:
        rows.append(("subject", concept.subject))
    if concept.note:
        rows.append(("note", concept.note))
    return tuple(rows)


CHECKS = (
    Check(
        name="terminology",
        category=Category.TERMINOLOGY,
        severity=Severity.MAJOR,
        title=Message("Official term rendered otherwise", "术语未用规范译法"),
        why=Message(
            "An official term has one official rendering; another one makes readers think of another thing.",
            "规范术语有规范译法，换一种说法，读者会以为是另一件事。",
        ),
        run=run,
        apart=True,
        prepare=prepare,
        examples=(
            Example(
                "提升城市副中心承载力。", "We will enhance the capacity of the city's second downtown.", 1
            ),
            Example("深化供给侧结构性改革。", "We will deepen supply-side structural reform.", 0),
        ),
        false_alarms=Message(
            "A free rendering in which nothing stands for the term, or a term that the text means literally.",
            "意译时术语化在句中，或者原文并非用作术语。",
        ),
    ),
)
