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

from aligncheck.checks.terms.binding import GENERAL, Binding
from aligncheck.checks.terms.evidence import BeadTerms, Occurrence, Rendering, Sentence, TermEvidence
from aligncheck.checks.terms.renderings import ACCEPTED, Places, Renderings, Task
from aligncheck.checks.terms.saying import evidence_of, proposal
from aligncheck.checks.terms.stead import Stead, Unit, WordLinks
from aligncheck.checks.terms.words import half_window, stands_in, text_explained, whole_name
from aligncheck.judge.reading import Read, covered
from aligncheck.model import Hit, Message, Severity, SpanRef
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import Form, Found, tokenize
from aligncheck.terms.loose import FORM_WORDS

NAMED = frozenset({"place", "institution", "event", "title", "person", "organization", "organisation"})
#: Fields of catchwords, of which each word is fixed.
_CATCHWORDS = frozenset({"slogan", "programme", "project", "plan"})
_ACRONYM = re.compile(r"[A-Z]{2,6}s?")
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_SURE = 0.7
_LINKED = 0.5  # probability from which a word is said to stand for a term
_SURELY = 0.8
_NAMED_LINK = 0.2  # the same for a word with a capital in a name
_RENDERED = 0.6  # share of a term's own words that must be rendered, for it to be rendered in other words
_MOST = 0.75
_PHRASE = 5  # content words from which on a term is a phrase


@dataclass(frozen=True, slots=True)
class Scene:
    """A bead with its tasks, all right renderings in it, what has been reported, and its Chinese text."""

    bead: BeadTerms
    tasks: Sequence[Task]
    right: Sequence[Rendering]
    reported: list[SpanRef]
    chinese: str


class Missing:
    """Judges the terms of beads that have no right rendering, or fewer than the Chinese asks for."""

    def __init__(
        self,
        evidence: TermEvidence,
        lexicon: Lexicon,
        binding: Binding,
        renderings: Renderings,
        reads: Sequence[Read],
    ) -> None:
        self.evidence, self.lexicon = evidence, lexicon
        self._reads = {read.number: read for read in reads}
        self.binding, self.renderings = binding, renderings
        self.date = evidence.date
        self.official = evidence.termbase.official
        self.paired = evidence.bitext.paired
        self._links: tuple[BeadTerms, WordLinks] | None = None

    # -- nothing that is right ------------------------------------------------------------------------

    def links(self, bead: BeadTerms) -> WordLinks:
        """The word links of a bead, turned once."""
        if self._links is None or self._links[0] is not bead:
            self._links = bead, WordLinks(bead.bead.words, self.evidence.zh, self.evidence.en)
        return self._links[1]

    def doubt(self, bead: BeadTerms, place: SpanRef) -> float:
        """How much the word model doubts the English words at a place; 0 where it has not read them."""
        read = self._reads.get(bead.number)
        words = covered(read.english, [place]) if read is not None else []
        return float(read.doubtful[words].max()) if read is not None and words else 0.0

    def nothing(self, scene: Scene, task: Task) -> Hit | None:
        """The finding for a term without a right or a wrong rendering, if there is one to make."""
        bead = scene.bead
        if GENERAL in task.subjects or self._elsewhere(bead, task):
            return None
        occurrence = task.occurrences[0]
        if any(_HAN.search(s.segment.text) for s in self._likely(bead, occurrence)):
            return None  # left in Chinese: that is for another check
        if stands_in(bead, occurrence, task.concepts):
            return None
        deeds = self.renderings.deeds(bead, task)
        if deeds:
            return self._varied(task, deeds[0])
        alone = self.paired and len(bead.sentences) == 1
        stead = self.links(bead).stead(
            occurrence.marks, self.renderings.accepted(task.concepts), [r.ref for r in scene.right], alone
        )
        # Where all words of the term stand, with nothing else, they stand for it in another build.
        whole = stead is not None and not stead.lacking and stead.shape == 1 and not stead.foreign
        other = None if whole else self._other_term(scene, task, stead)
        if other is not None:
            return other
        if stead is not None and any(stead.ref.overlaps(r) for r in scene.reported):
            return None
        sureness = self._sureness(bead, task, stead)
        if self.official and not self.paired:
            severity = Severity.MINOR if stead is not None and self._replaced(task, stead) else None
        else:
            severity = self._severity(task, stead, sureness)
        if severity is None:
            return None
        best = proposal(task.concepts, self.date)
        wording = self.evidence.en.slice(stead.ref) if stead is not None else ""
        source = occurrence.marks
        target = (stead.ref,) if stead is not None else tuple(self._around(bead, occurrence))
        return Hit(
            _message(task.name, best, wording, severity),
            source,
            target,
            confidence=round(sureness, 2),
            severity=severity,
            suggestion=best,
            evidence=evidence_of(task.concepts, "missing", wording),
            # A pair that the file itself made is a pair: what stands there stands for the term.
            firm=bool(wording) and alone,
        )

    def _varied(self, task: Task, deed: Rendering) -> Hit:
        """The finding for all of a user's own term as a verb: told quietly."""
        best = proposal(task.concepts, self.date)
        return Hit(
            _message(task.name, best, deed.text, Severity.NEUTRAL),
            task.occurrences[0].marks,
            (deed.ref,),
            confidence=_SURE,
            severity=Severity.NEUTRAL,
            suggestion=best,
            evidence=evidence_of(task.concepts, "missing", deed.text),
        )

    def _severity(self, task: Task, stead: Stead | None, sureness: float) -> Severity:
        """How grave another wording is in a pair that a file itself makes, or for a user's own glossary."""
        if stead is None:
            return Severity.MINOR
        variant = Severity.NEUTRAL if self.official else Severity.MINOR
        # A word that no link ties to the term stands for none of its words where each of them is rendered.
        strange = [u for u in stead.foreign if (u.p > 0 or stead.rendered < 1) and not self._known(u, task)]
        odd = [u for u in stead.foreign if u.number] if stead.lacking else []
        glued = any(self._glued(u, stead) for u in stead.foreign)
        if not stead.lacking and stead.shape == 1 and not glued:
            return variant  # all words of the term are there, in another build
        named = self.named(task)
        if not odd and not strange:
            # Its own words, or those that a dictionary gives for it.  A part of a name is another name: Bank of China,
            # People's Bank of China.
            fixed = (
                stead.shape < 1 if named else bool(stead.foreign and self._fixed(task) and stead.shape < 0.5)
            )
            calque = self.official and len(stead.foreign) == len(
                stead.units
            )  # no word of the term: foam town
            if stead.shape > 0 and len(stead.units) > 1 and not fixed and not calque:
                return variant
        elif (
            not odd
            and stead.shape >= _MOST
            and 4 * len(strange) <= len(stead.units)
            # A word more in a whole phrase; one that surely stands for a word of the term has changed it.
            and all(u.p < _SURELY for u in strange)
            and self._varies(task)
        ):
            return variant
        preferred = any(t.standing(self.date) is Status.PREFERRED for c in task.concepts for t in c.english)
        if odd or stead.shape >= 0.5 or not strange or not preferred or sureness < _SURE:
            return Severity.MINOR
        return Severity.MAJOR

    def _known(self, unit: Unit, task: Task) -> bool:
        """Whether a dictionary has an English word for the Chinese that it is linked to."""
        return text_explained(unit.text, unit.zh or task.name, self.lexicon)

    def _glued(self, unit: Unit, stead: Stead) -> bool:
        """Whether a hyphen joins a foreign word to one of the term's: most-favored-nation treatment."""
        text = self.evidence.en.blocks[unit.ref.block].text
        own = [u.ref for u in stead.units if not unit.ref.overlaps(u.ref)]
        return any(
            (r.start == unit.ref.end + 1 or r.end + 1 == unit.ref.start)
            and text[min(r.end, unit.ref.end)] in "-‐‑"
            for r in own
            if r.block == unit.ref.block
        )

    def named(self, task: Task) -> bool:
        """Whether a term is a name, by its field or by its capitals."""
        return bool(task.subjects & NAMED) or any(
            self.evidence.termbase.form(t).proper
            for c in task.concepts
            for t in c.english
            if t.standing(self.date) is Status.PREFERRED and not t.abbreviated
        )

    def _fixed(self, task: Task) -> bool:
        """Whether each word of a term is fixed: names and catchwords."""
        return bool(task.subjects & _CATCHWORDS) or self.named(task)

    def _replaced(self, task: Task, stead: Stead) -> bool:
        """Whether running text has other words in the place of a term, rather than says the same freely.

        Of a name or catchword each word is fixed: the Belt and Street Initiative.  Any other term may be said in
        other words; two foreign ones, half of all, are a calque: common open budget income.  An acronym that is none of
        the term's is another thing: GNP.
        """
        foreign = [u for u in stead.foreign if u.p >= _LINKED]
        acronyms = any(t.abbreviated for c in task.concepts for t in c.english)
        if acronyms and len(stead.units) == 1 and len(foreign) < 2 and stead.foreign:
            return bool(_ACRONYM.fullmatch(stead.foreign[0].text))
        if not stead.lacking or stead.rendered < _RENDERED:
            return False
        if self._fixed(task):
            names = [u for u in stead.foreign if u.text[:1].isupper() and u.p >= _NAMED_LINK]
            return bool(foreign or names) and len(stead.units) > 1
        return len(foreign) > 1 and 2 * len(foreign) >= len(stead.units)

    def _varies(self, task: Task) -> bool:
        """Whether a term is a whole phrase, which translators word anew: a verb phrase, five words and more."""
        if self.named(task) or not self.official:
            return False
        best = next((t for c in task.concepts if (t := c.preferred("en", self.date)) is not None), None)
        if best is None:
            return True
        form = self.evidence.termbase.form(best)
        return form.verb or sum(w.low not in FORM_WORDS for w in form.words) >= _PHRASE

    # -- another concept's rendering --------------------------------------------------------------------

    def _other_term(self, scene: Scene, task: Task, stead: Stead | None) -> Hit | None:
        """Another concept's rendering where this one's should stand."""
        for sentence in self._likely(scene.bead, task.occurrences[0]):
            for match in self.evidence.english_terms.get(sentence.segment.id, ()):
                ref = sentence.ref(match.start, match.end)
                if any(ref.overlaps(r.ref) for r in scene.right) or any(
                    ref.overlaps(r) for r in scene.reported
                ):
                    continue
                found = Found(match.first, match.last, match.start, match.end, True, True)
                rendering = Rendering(sentence, found)
                reading = self._taken_for(scene, task, rendering, match.readings, stead)
                if reading is None:
                    continue
                scene.reported.append(ref)
                return self.confused(task, rendering, reading)
        return None

    def _taken_for(
        self,
        scene: Scene,
        task: Task,
        rendering: Rendering,
        readings: Sequence[tuple[Concept, Term]],
        stead: Stead | None,
    ) -> Concept | None:
        """The concept that a term of the English was taken for the task's, or None."""
        here = {c.id.partition("{")[0] for o in scene.bead.occurrences for c in o.match.concepts}
        if any(c.id in here for c, _ in readings):
            return None
        chinese = scene.chinese
        fit = [
            (c, t)
            for c, t in readings
            if c.chinese
            and c.subject != GENERAL
            and not any(z.text in chinese for z in c.chinese)
            and t.standing(self.date) in ACCEPTED
            # Beside others of its kind an acronym is hardly ever a slip: the CPC, the CPPCC.
            and (self.paired or not t.abbreviated)
        ]
        if not fit or any(self._part_of(c, task) for c, _ in fit):
            return None
        refs = [r for o in task.occurrences for r in o.marks]
        if not whole_name(rendering, self.renderings.accepted(task.concepts)):
            return None
        if self.links(scene.bead).elsewhere(rendering.ref, refs):
            return None
        linked = stead is not None and stead.ref.overlaps(rendering.ref)
        concept, term = fit[0]
        if not self._rivals(concept, term, task):
            return concept if self.paired and len(scene.bead.sentences) == 1 else None
        if not self.paired and not self.links(scene.bead).renders(rendering.ref, refs):
            return None
        return concept if self.paired or linked else None

    def _part_of(self, concept: Concept, task: Task) -> bool:
        """Whether a concept is a part or a wider name of the task's: the Party in its congress."""
        name = task.name.strip("“”")
        for term in concept.chinese:
            text = term.text.strip("“”")
            common = SequenceMatcher(None, text, name, False).find_longest_match().size
            if common == min(len(text), len(name)) or (common >= 4 and common * 3 >= 2 * len(text)):
                return True
        return False

    def confused(self, task: Task, rendering: Rendering, concept: Concept) -> Hit:
        best = proposal(task.concepts, self.date)
        message = Message(
            f"“{task.name}” is rendered as “{rendering.text}”, the term for “{concept.head}”;"
            f" the official term here is “{best}”.",
            f"“{task.name}”译成了“{rendering.text}”，那是“{concept.head}”的译法；规范译法是“{best}”。",
        )
        source, target = task.occurrences[0].marks, (rendering.ref,)
        grave = self.paired or not self.official or self.named(task)
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
        mine = {f.words[-1].key for f in self.renderings.accepted(task.concepts) if f.words}
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
        taken = [r.ref for r in scene.right]
        stead = self.links(scene.bead).stead(
            later.occurrences[0].marks, self.renderings.accepted(task.concepts), taken, False
        )
        other = self._other_term(scene, later, stead)
        if other is not None:
            return replace(other, confidence=min(other.confidence, 0.65))
        taken = [r.ref for r, _ in (*places.right, *places.wrong)] + [r.ref for r in scene.right]
        for sentence in scene.bead.sentences:
            for form in self.renderings.accepted(task.concepts):
                near = half_window(sentence, form, taken)
                if near is None or not self._unsaid(near, form, rest):
                    continue
                if self.links(scene.bead).elsewhere(near, later.occurrences[0].marks):
                    continue
                wording = self.evidence.en.slice(near)
                best = proposal(task.concepts, self.date)
                message = Message(
                    f"One mention of “{task.name}” is rendered as “{wording}”, not with the term “{best}”.",
                    f"“{task.name}”有一处译成了“{wording}”，没有用规范译法“{best}”。",
                )
                source, target = later.occurrences[0].marks, (near,)
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

    def rest(self, bead: BeadTerms, task: Task | None) -> str:
        """The bead's Chinese without the task's term, if there is one."""
        segments = self.evidence.zh.segments
        parts = []
        for number in bead.bead.source:
            segment = segments[number]
            text = segment.text
            for occurrence in task.occurrences if task is not None else ():
                if occurrence.segment == number:
                    a, b = occurrence.ref.start - segment.start, occurrence.ref.end - segment.start
                    text = text[:a] + "，" * (b - a) + text[b:]
            parts.append(text)
        return "\n".join(parts)

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

    def _sureness(self, bead: BeadTerms, task: Task, stead: Stead | None) -> float:
        """How sure it is that the passage is there and renders the term in another way, 0..1."""
        sure = 0.72
        occurrence = task.occurrences[0]
        score = bead.bead.score
        if score is not None and score < 0.5:
            sure -= 0.15
        if stead is None:
            # Nothing stands for it: a free rendering, or an omission, which is for another check.
            sure -= 0.1 if self.paired and len(bead.sentences) == 1 else 0.25
        elif self.links(bead).around(occurrence.marks) < 0.4 and not self.paired:
            sure -= 0.2
        if not any(t.standing(self.date) is Status.PREFERRED for c in task.concepts for t in c.english):
            sure -= 0.15
        if occurrence.head is not None:
            sure -= 0.1
        if self.binding.foreign:
            sure -= 0.35
        return max(0.05, min(0.95, sure))


def _message(name: str, best: str, wording: str, severity: Severity) -> Message:
    if severity is Severity.NEUTRAL:
        told = f": “{wording}”" if wording else ""
        return Message(
            f"“{name}” is rendered with a variant of the official term “{best}”{told}.",
            f"“{name}”的译法与规范译法“{best}”略有不同" + (f"：“{wording}”。" if wording else "。"),
        )
    if wording:
        return Message(
            f"“{name}” is rendered as “{wording}”; the official term is “{best}”.",
            f"“{name}”没有用规范译法“{best}”，译文作“{wording}”。",
        )
    return Message(
        f"“{name}” is not rendered with its official term, “{best}”.",
        f"译文中没有“{name}”的规范译法“{best}”。",
    )
