"""Terms that no right rendering renders: what stands in their place, and how grave that is.

Another concept's term is a wrong concept: major.  A wording of which the term's own Chinese explains every
word is a near variant: a note for the official glossary, minor for a glossary that the user names.  What lies
between is minor, and so is everything of which the passage itself is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from aligncheck.checks.evidence import content
from aligncheck.checks.terms.binding import GENERAL, Binding
from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, Sentence, TermEvidence
from aligncheck.checks.terms.renderings import ACCEPTED, Places, Renderings, Task
from aligncheck.checks.terms.saying import evidence_of, proposal
from aligncheck.checks.terms.words import (
    best_window,
    explained,
    half_window,
    linked_wording,
    nearness,
    stands_in,
    unexplained,
    whole_name,
    widened,
)
from aligncheck.model import Hit, Message, Severity, SpanRef
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import Form, Found, tokenize
from aligncheck.terms.loose import FORM_WORDS

NAMED = frozenset({"place", "institution", "event", "law", "title", "person", "organization", "organisation"})
#: Fields whose terms English renders freely: only what is near and still another wording is told.
_FREE = frozenset({"slogan", "programme", "other", "project", "plan", "social", "ecology", "regional"})
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_SURE = 0.7
_MOST = 0.75
_PHRASE = 5  # content words from which on a term is a phrase


@dataclass(frozen=True, slots=True)
class Scene:
    """A bead with its tasks, all right renderings in it, and what has been reported."""

    bead: BeadTerms
    tasks: Sequence[Task]
    right: Sequence[Rendering]
    reported: list[SpanRef]


class Missing:
    """Judges the terms of beads that have no right rendering, or fewer than the Chinese asks for."""

    def __init__(
        self, evidence: TermEvidence, lexicon: Lexicon, binding: Binding, renderings: Renderings
    ) -> None:
        self.evidence, self.lexicon = evidence, lexicon
        self.binding, self.renderings = binding, renderings
        self.date = evidence.date
        self.official = evidence.termbase.official
        self.paired = evidence.bitext.paired

    # -- nothing that is right ------------------------------------------------------------------------

    def nothing(self, scene: Scene, task: Task) -> Hit | None:
        """The finding for a term without a right or a wrong rendering, if there is one to make."""
        bead = scene.bead
        if GENERAL in task.subjects or self._elsewhere(bead, task):
            return None
        occurrence = task.occurrences[0]
        if any(_HAN.search(s.segment.text) for s in self._likely(bead, occurrence)):
            return None  # left in Chinese: that is for another check
        if stands_in(bead, occurrence, task.concepts, self.lexicon):
            return None
        rest = self.rest(bead, task)
        other = self._other_term(scene, task, rest)
        if other is not None:
            return other
        sureness = self._sureness(bead, task)
        place, firm = self._place(scene, task, rest)
        if place is not None and any(place.overlaps(r) for r in scene.reported):
            return None
        severity = self._severity(bead, task, place, sureness)
        if severity is None:
            return None
        best = proposal(task.concepts, self.date)
        # A note on a variant names no wording but the variant; a wording that nothing supports is none.
        wording = self.evidence.en.slice(place) if place is not None and firm else ""
        return Hit(
            _message(task.name, best, wording, severity),
            tuple(occurrence.marks),
            (place,) if wording and place is not None else tuple(self._around(bead, occurrence)),
            confidence=round(sureness, 2),
            severity=severity,
            suggestion=best,
            evidence=evidence_of(task.concepts, "missing", wording),
            # A pair that the file itself made is a pair: what stands there stands for the term.
            firm=bool(wording) and self.paired and len(bead.sentences) == 1,
        )

    def _severity(
        self, bead: BeadTerms, task: Task, place: SpanRef | None, sureness: float
    ) -> Severity | None:
        """How grave another wording is; None where nothing should be said."""
        forms = self._accepted_forms(task.concepts)
        wording = self.evidence.en.slice(place) if place is not None else ""
        near = nearness(wording, forms, task.name, self.lexicon)
        preferred = any(t.standing(self.date) is Status.PREFERRED for c in task.concepts for t in c.english)
        # A part of a name is another name: Bank of China, People's Bank of China.
        variant = near.variant and (near.share > 0.99 or not task.subjects & NAMED)
        if variant or (near.share >= 0.5 and near.explained >= _MOST and self._varies(task)):
            return Severity.NEUTRAL if self.official else Severity.MINOR
        if self.official and not self.paired:
            if near.words < 2 or not self._worth_it(bead, task, near.share):
                return None
            return Severity.MINOR
        if near.close or not wording or not preferred or sureness < _SURE:
            return Severity.MINOR
        return Severity.MAJOR

    def _varies(self, task: Task) -> bool:
        """Whether a term is a whole phrase, which translators word anew: a verb phrase, five words and more."""
        if task.subjects & NAMED or not self.official:
            return False
        best = next((t for c in task.concepts if (t := c.preferred("en", self.date)) is not None), None)
        if best is None:
            return True
        form = self.evidence.termbase.form(best)
        return form.verb or sum(w.low not in FORM_WORDS for w in form.words) >= _PHRASE

    def _worth_it(self, bead: BeadTerms, task: Task, share: float) -> bool:
        """Whether a free rendering in a document's running text is worth an editor's time.

        Official prose is rendered freely; what speaks for a slip is a wording that is half the term, or a name
        of a clause that is rendered otherwise.
        """
        if task.subjects & _FREE and not task.subjects & NAMED:
            return 0.5 <= share < 1 and self._presence(bead, task.occurrences[0]) >= 0.4
        return share >= 0.34 and self._presence(bead, task.occurrences[0]) >= 0.5

    # -- another concept's rendering --------------------------------------------------------------------

    def _other_term(self, scene: Scene, task: Task, rest: str) -> Hit | None:
        """Another concept's rendering where this one's should stand."""
        bead = scene.bead
        presence = self._presence(bead, task.occurrences[0])
        if presence < 0.25 and not self.paired:
            return None
        for sentence in self._likely(bead, task.occurrences[0]):
            for match in self.evidence.english_terms.get(sentence.segment.id, ()):
                ref = sentence.ref(match.start, match.end)
                if any(ref.overlaps(r.ref) for r in scene.right) or any(
                    ref.overlaps(r) for r in scene.reported
                ):
                    continue
                found = Found(match.first, match.last, match.start, match.end, True, True)
                rendering = Rendering(sentence, found)
                reading = self._taken_for(scene, task, rendering, match.readings, rest, presence)
                if reading is None:
                    continue
                scene.reported.append(ref)
                return self._confused(task, rendering, reading)
        return None

    def _taken_for(
        self,
        scene: Scene,
        task: Task,
        rendering: Rendering,
        readings: Sequence[tuple[Concept, Term]],
        rest: str,
        presence: float,
    ) -> Concept | None:
        """The concept that a term of the English was taken for the task's, or None."""
        here = {c.id.partition("{")[0] for o in scene.bead.occurrences for c in o.match.concepts}
        if any(c.id in here for c, _ in readings):
            return None
        fit = [
            (c, t)
            for c, t in readings
            if c.chinese
            and c.subject != GENERAL
            and t.standing(self.date) in ACCEPTED
            # Beside others of its kind an acronym is hardly ever a slip: the CPC, the CPPCC.
            and (self.paired or not t.abbreviated)
        ]
        if not fit or any(self._part_of(c, task) for c, _ in fit):
            return None
        forms = self._accepted_forms(task.concepts)
        if not whole_name(rendering, forms) or explained(rendering, rest, self.lexicon):
            return None
        concept, term = fit[0]
        if not self._rivals(concept, term, task):
            if not self.paired or presence < 0.5 or len(scene.bead.sentences) > 1:
                return None
        elif not self.paired and (presence < 0.5 or not concept.chinese):
            return None
        return concept

    def _part_of(self, concept: Concept, task: Task) -> bool:
        """Whether a concept is a part or a wider name of the task's: the Party in its congress."""
        name = task.name.strip("“”")
        for term in concept.chinese:
            text = term.text.strip("“”")
            common = SequenceMatcher(None, text, name, False).find_longest_match().size
            if common == min(len(text), len(name)) or (common >= 4 and common * 3 >= 2 * len(text)):
                return True
        return False

    def _confused(self, task: Task, rendering: Rendering, concept: Concept) -> Hit:
        best = proposal(task.concepts, self.date)
        message = Message(
            f"“{task.name}” is rendered by “{rendering.text}”, the term for “{concept.head}”;"
            f" its own is “{best}”.",
            f"“{task.name}”译成了“{rendering.text}”，那是“{concept.head}”的译法；规范译法是“{best}”。",
        )
        source, target = tuple(task.occurrences[0].marks), (rendering.ref,)
        grave = self.paired or not self.official or bool(task.subjects & NAMED)
        confidence = 0.8 if grave else 0.6
        return Hit(
            message, source, target, confidence=0.45 if self.binding.foreign else confidence,
            severity=Severity.MAJOR if grave else Severity.MINOR,
            suggestion=best, evidence=evidence_of(task.concepts, "other-term", rendering.text), firm=True,
        )  # fmt: skip

    def _rivals(self, concept: Concept, term: Term, task: Task) -> bool:
        """Whether a term found can have been meant for the task's Chinese term: names of one kind, one head.

        Otherwise the passage around must surely be the same.
        """
        words = self.evidence.termbase.form(term).words
        if not words or (len(words) == 1 and not term.text[:1].isupper()):
            return False
        mine = {f.words[-1].key for f in self._accepted_forms(task.concepts) if f.words}
        kind = concept.subject in NAMED and concept.subject in task.subjects
        kin = any(z.text[-2:] == task.name[-2:] or z.text[:2] == task.name[:2] for z in concept.chinese)
        return words[-1].key in mine or kind or kin

    # -- fewer than the source has ------------------------------------------------------------------------

    def too_few(self, scene: Scene, task: Task, places: Places) -> Hit | None:
        """A further mention that neither the term nor a pronoun, acronym or short form renders.

        English says a thing once where Chinese repeats it, so only another wording in the term's
        place counts: another concept's rendering, or words most of which are the term's.
        """
        if GENERAL in task.subjects:
            return None
        later = replace(task, occurrences=task.occurrences[-1:])
        rest = self.rest(scene.bead, task)
        other = self._other_term(scene, later, rest)
        if other is not None:
            return replace(other, confidence=min(other.confidence, 0.65))
        taken = [r.ref for r, _ in (*places.right, *places.wrong)] + [r.ref for r in scene.right]
        for sentence in scene.bead.sentences:
            for form in self._accepted_forms(task.concepts):
                near = half_window(sentence, form, taken)
                if near is None or not self._unsaid(near, form, rest):
                    continue
                wording = self.evidence.en.slice(near)
                best = proposal(task.concepts, self.date)
                message = Message(
                    f"One mention of “{task.name}” is rendered by “{wording}”, not by its term “{best}”.",
                    f"“{task.name}”有一处译成了“{wording}”，没有用规范译法“{best}”。",
                )
                source, target = tuple(later.occurrences[0].marks), (near,)
                return Hit(
                    message, source, target, confidence=0.55, severity=Severity.MINOR, suggestion=best,
                    evidence=evidence_of(task.concepts, "one-of-several", wording),
                )  # fmt: skip
        return None

    def _unsaid(self, place: SpanRef, form: Form, rest: str) -> bool:
        """Whether the rest of the Chinese has no word for what a stretch has besides the form's words."""
        own = {w.key for w in form.words}
        others = [t.text for t in tokenize(self.evidence.en.slice(place)) if t.key not in own]
        match = self.lexicon.match(rest, " ".join(others))
        return bool(match.english) and all(w.strength < 0.3 for w in match.english)

    # -- the passage around -------------------------------------------------------------------------------

    def rest(self, bead: BeadTerms, task: Task) -> str:
        """The bead's Chinese without the task's term."""
        segments = self.evidence.zh.segments
        parts = []
        for number in bead.bead.source:
            segment = segments[number]
            text = segment.text
            for occurrence in task.occurrences:
                if occurrence.segment == number:
                    a, b = occurrence.ref.start - segment.start, occurrence.ref.end - segment.start
                    text = text[:a] + "，" * (b - a) + text[b:]
            parts.append(text)
        return "\n".join(parts)

    def _place(self, scene: Scene, task: Task, rest: str) -> tuple[SpanRef | None, bool]:
        """The English words that stand where the term should, and whether they are sure enough to be named."""
        occurrence = task.occurrences[0]
        linked = linked_wording(scene.bead, occurrence, self.evidence)
        if linked is not None:
            clear = not any(linked.overlaps(r.ref) for r in scene.right)
            return (linked, True) if clear else (None, False)
        sentences = self._likely(scene.bead, occurrence)
        found = unexplained(sentences, rest, task, scene.right, self.lexicon, self.evidence)
        if found is None:
            return None, False
        found = widened(found, sentences, rest, self.lexicon, [r.ref for r in scene.right])
        if self.paired and len(scene.bead.sentences) == 1:
            return found, True
        forms = self._accepted_forms(task.concepts)
        return found, nearness(self.evidence.en.slice(found), forms, task.name, self.lexicon).close

    def _likely(self, bead: BeadTerms, occurrence: Occurrence) -> list[Sentence]:
        """The sentences of the bead that render the clause of the term; all when no link says."""
        linked = bead.linked(occurrence)
        chosen = [s for s in bead.sentences if any(s.segment.ref.overlaps(r) for r in linked)]
        return chosen or list(bead.sentences)

    def _around(self, bead: BeadTerms, occurrence: Occurrence) -> list[SpanRef]:
        linked = bead.linked(occurrence)
        return [min(linked, key=len)] if linked else [bead.sentences[0].segment.ref]

    def _elsewhere(self, bead: BeadTerms, task: Task) -> bool:
        """Whether a neighbouring bead has the rendering, more often than its own Chinese asks for."""
        if self.paired:
            return False
        beads = self.evidence.beads
        for number in (bead.number - 1, bead.number + 1):
            if 0 <= number < len(beads):
                near = beads[number]
                there = len(self.renderings.places(near, task).right)
                own = sum(any(c in task.concepts for c in o.match.concepts) for o in near.occurrences)
                if there > own:
                    return True
        return False

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

    def _evident(self, bead: BeadTerms, task: Task, forms: Sequence[Form]) -> bool:
        """Whether the English has some of a form's words that nothing else in the Chinese explains."""
        share, place = best_window(self._likely(bead, task.occurrences[0]), forms)
        if place is None or share < 0.33:
            return False
        own = {w.key for f in forms for w in f.words}
        shared = [t.text for t in tokenize(self.evidence.en.slice(place)) if t.key in own]
        match = self.lexicon.match(self.rest(bead, task), " ".join(shared))
        return any(w.strength < 0.3 for w in match.english)

    def _sureness(self, bead: BeadTerms, task: Task) -> float:
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
        alone = len(bead.sentences) == 1 and len({o.segment for o in bead.occurrences}) == 1
        evident = self._evident(bead, task, forms)
        if not evident and not (alone and self.paired):
            presence = self._presence(bead, occurrence)
            if presence < 0.4:
                away = 0.35 if presence < 0.25 else 0.2
                sure -= away / 2 if alone and (score or 0) >= 0.5 else away
        if self.official and any(len(f.words) > 6 for f in forms) and share < 0.75 and not evident:
            sure -= 0.1  # long, descriptive renderings vary
        if not any(t.standing(self.date) is Status.PREFERRED for c in task.concepts for t in c.english):
            sure -= 0.15
        if self.official and not task.subjects & NAMED and not self.paired:
            sure -= 0.05
        if occurrence.head is not None:
            sure -= 0.1
        if self.binding.foreign:
            sure -= 0.35
        return max(0.05, min(0.95, sure))

    def _accepted_forms(self, concepts: Sequence[Concept]) -> list[Form]:
        return [
            self.evidence.termbase.form(t)
            for c in concepts
            for t in c.english
            if t.standing(self.date) in ACCEPTED and not t.abbreviated
        ]


def _message(name: str, best: str, wording: str, severity: Severity) -> Message:
    if severity is Severity.NEUTRAL:
        told = f": “{wording}”" if wording else ""
        return Message(
            f"“{name}” is rendered by a variant of its official term “{best}”{told}.",
            f"“{name}”的译法与规范译法“{best}”略有不同" + (f"：“{wording}”。" if wording else "。"),
        )
    if wording:
        return Message(
            f"“{name}” is not rendered by its official term “{best}”; the text has “{wording}”.",
            f"“{name}”没有用规范译法“{best}”，译文作“{wording}”。",
        )
    return Message(
        f"“{name}” is not rendered by its official term “{best}”.",
        f"译文中没有“{name}”的规范译法“{best}”。",
    )
