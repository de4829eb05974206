"""Official terms: every Chinese term of the glossary must be rendered as the glossary says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context, once
from aligncheck.checks.terms.binding import GENERAL, Binding
from aligncheck.checks.terms.evidence import (
    IN_BRACKETS,
    BeadTerms,
    Occurrence,
    Rendering,
    TermEvidence,
    shortens,
    term_evidence,
)
from aligncheck.checks.terms.exchanges import Exchanges
from aligncheck.checks.terms.guests import Guests
from aligncheck.checks.terms.missing import Missing, Scene
from aligncheck.checks.terms.renderings import ACCEPTED, Places, Renderings, Task, tasks_of
from aligncheck.checks.terms.saying import evidence_of, proposal
from aligncheck.model import Bitext, Hit, Message, Severity, SpanRef
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.terms.concepts import Status, Term, TermType

#: What stands between a full form and its acronym.
_OPENING = re.compile(r"\s*[(（]\s*[\"“]?")


def run(bitext: Bitext, context: Context) -> Iterable[Hit]:
    """Judge every term of every bead."""
    return judged(bitext, context)


@once
def judged(bitext: Bitext, context: Context) -> tuple[Hit, ...]:
    """The check's hits, found once for all checks that ask."""
    evidence = term_evidence(bitext, context)
    if evidence is None:
        return ()
    lexicon = Lexicon([s.text for s in evidence.zh.segments], [s.text for s in evidence.en.segments])
    judge = _Judge(evidence, lexicon, context)
    beads = (bead for bead in evidence.beads if bead.occurrences and bead.sentences)
    return tuple(hit for bead in beads for hit in judge.bead(bead))


class _Judge:
    """Weighs the renderings of a document pair, bead by bead."""

    def __init__(self, evidence: TermEvidence, lexicon: Lexicon, context: Context) -> None:
        self.evidence, self.lexicon, self.strict = evidence, lexicon, context.settings.strict_terms
        self.date = evidence.date
        self.binding = Binding(evidence)
        self.renderings = Renderings(evidence)
        self.missing = Missing(evidence, lexicon, self.binding, self.renderings, context.reads)
        self.guests = Guests(self.missing)
        self.exchanges = Exchanges(self.missing, self.guests)

    def bead(self, bead: BeadTerms) -> Iterator[Hit]:
        """The findings of one bead."""
        tasks = [self._bound(bead, t) for t in tasks_of(bead)]
        places = {id(t): self.renderings.places(bead, t) for t in tasks}
        right = [r for p in places.values() for r, _ in p.right]
        reported: list[SpanRef] = []
        scene = Scene(bead, tasks, right, reported, self.missing.rest(bead, None))
        for task in tasks:
            if not task.bound:
                continue
            here = places[id(task)]
            wrong = self._wrong_ones(bead, task, here, right)
            for rendering, term in wrong:
                if not any(rendering.ref.overlaps(o) for o in reported):
                    reported.append(rendering.ref)
                    yield self._wrong(bead, task, rendering, term)
            yield from self._capitals(task, here)
            if self.strict:
                yield from self._admitted(task, here)
            yield from self._brackets(task, here)
            hit = None
            if not wrong:
                hit = self.exchanges.told(scene, task, here) or self.guests.told(scene, task, here)
            if hit is None and not here.right and not wrong:
                hit = self.missing.nothing(scene, task)
            elif hit is None and self._own(here.right, right) + len(wrong) < len(task.occurrences):
                hit = self.missing.too_few(scene, task, here)
            if hit is not None:
                yield hit

    @staticmethod
    def _own(found: Sequence[tuple[Rendering, Term]], others: Sequence[Rendering]) -> int:
        """How many renderings are the term's own: none inside a longer term's, an acronym with its full form one."""
        own = 0
        for number, (rendering, _) in enumerate(found):
            before, at = found[number - 1][0] if number else None, rendering.found.start
            text = rendering.sentence.segment.text
            given = (
                before is not None
                and before.sentence is rendering.sentence
                and _OPENING.fullmatch(text[before.found.end : at]) is not None
            )
            within = any(o.ref.covers(rendering.ref) and len(o.ref) > len(rendering.ref) for o in others)
            own += not given and not within
        return own

    def _bound(self, bead: BeadTerms, task: Task) -> Task:
        """The task with the concepts first that bind here."""
        binding = [c for c in task.concepts if self.binding.binds(c, bead)]
        # A city's own name for a thing comes before the nation's in that city's documents.
        binding.sort(key=lambda c: not c.scope.startswith("place"))
        rest = [c for c in task.concepts if c not in binding]
        return replace(task, concepts=(*binding, *rest), bound=bool(binding))

    # -- a wrong form -----------------------------------------------------------------------------

    def _wrong_ones(
        self, bead: BeadTerms, task: Task, here: Places, right: list[Rendering]
    ) -> list[tuple[Rendering, Term]]:
        """The wrong forms that render this term, not something else that the Chinese says too."""
        bound = {id(t) for c in task.concepts if self.binding.binds(c, bead) for t in c.terms}
        wrong = [
            (r, t)
            for r, t in here.wrong
            if id(t) in bound and not any(o.ref.covers(r.ref) for o in right) and not self._inside(r)
        ]
        if not wrong:
            return wrong
        kept = []
        spare = max(0, len(here.right) - len(task.occurrences))
        missing = max(0, len(task.occurrences) - len(here.right))
        refs = [r for o in task.occurrences for r in o.marks]
        for rendering, term in wrong:
            if missing > 0 and spare == 0:
                missing -= 1
                kept.append((rendering, term))
            elif not self.missing.links(bead).elsewhere(rendering.ref, refs):
                kept.append((rendering, term))
        return kept

    def _inside(self, rendering: Rendering) -> bool:
        """Whether a wrong form is but a part of a right one of another term, or of a hyphenated word."""
        found, tokens = rendering.found, rendering.sentence.tokens
        if tokens[found.first].before in ("-", "‐", "‑"):  # pro-active
            return True
        longer = [
            m
            for m in self.evidence.english_terms.get(rendering.sentence.segment.id, ())
            if m.first <= found.first and found.last <= m.last and m.last - m.first > found.last - found.first
        ]
        return any(t.standing(self.date) in ACCEPTED for m in longer for _, t in m.readings)

    def _wrong(self, bead: BeadTerms, task: Task, rendering: Rendering, term: Term) -> Hit:
        best = proposal(task.concepts, self.date)
        superseded = term.standing(self.date) is Status.SUPERSEDED
        period = f" (valid to {term.valid_to})" if superseded and term.valid_to else ""
        zh_period = f"（有效期至{term.valid_to}年）" if superseded and term.valid_to else ""
        word = "superseded" if superseded else "deprecated"
        message = Message(
            f"“{task.name}” is rendered with the {word} form “{rendering.text}”{period}"
            + (f"; the official term is “{best}”." if best else "."),
            f"“{task.name}”译成了{'已被取代' if superseded else '不再使用'}的“{rendering.text}”{zh_period}"
            + (f"，规范译法是“{best}”。" if best else "。"),
        )
        occurrence = self._nearest(bead, task, rendering)
        source, target = tuple(occurrence.marks), (rendering.ref,)
        # Of a general word even a wrong form may be right in its place: advice, no alarm.
        minor = superseded or (task.subjects == {GENERAL} and self.evidence.termbase.official)
        return Hit(
            message,
            source,
            target,
            confidence=0.93 - (0.3 if self.binding.foreign else 0),
            severity=Severity.MINOR if minor else Severity.MAJOR,
            suggestion=best,
            evidence=evidence_of(task.concepts, term.standing(self.date).value, rendering.text),
            firm=True,
        )

    def _nearest(self, bead: BeadTerms, task: Task, rendering: Rendering) -> Occurrence:
        links = [k.source for k in bead.links if k.target.overlaps(rendering.ref)]
        for occurrence in task.occurrences:
            if any(link.overlaps(occurrence.ref) for link in links):
                return occurrence
        return task.occurrences[0]

    # -- acronyms, capitals, admitted forms ----------------------------------------------------------

    def _brackets(self, task: Task, here: Places) -> Iterator[Hit]:
        """An acronym in brackets after the full form that is not the term's acronym."""
        listed = [
            t for c in task.concepts for t in c.english
            if t.type is TermType.ACRONYM and t.standing(self.date) in ACCEPTED
        ]  # fmt: skip
        known = {t.text for t in listed}
        for rendering, _ in here.right if listed else ():
            given = IN_BRACKETS.match(rendering.sentence.segment.text, rendering.found.end)
            if given is None or not rendering.found.exact or rendering.text in known:
                continue
            printed = given.group(1)
            # With a guest word, or with initials that fit, it shortens what is printed: AGI, GRP.
            if printed.removesuffix("s") in known or printed in known or shortens(printed, rendering.text):
                continue
            near = max(listed, key=lambda t: difflib.SequenceMatcher(None, printed, t.text).ratio())
            if difflib.SequenceMatcher(None, printed, near.text).ratio() < 0.6:
                continue
            message = Message(
                f"The acronym of “{task.name}” is “{near.text}”, not “{printed}”.",
                f"“{task.name}”的缩写是“{near.text}”，不是“{printed}”。",
            )
            ref = rendering.sentence.ref(given.start(1), given.end(1))
            source, target = tuple(task.occurrences[0].marks), (ref,)
            yield Hit(
                message, source, target, confidence=0.85, severity=Severity.MAJOR, suggestion=near.text,
                evidence=evidence_of(task.concepts, "acronym", printed),
            )  # fmt: skip

    def _capitals(self, task: Task, here: Places) -> Iterator[Hit]:
        texts = {t.text for c in task.concepts for t in c.english}
        for rendering, term in here.right:
            if rendering.found.case_ok or rendering.text in texts:
                continue
            message = Message(
                f"“{rendering.text}” is not capitalized like the term “{term.text}”.",
                f"“{rendering.text}”的大小写与术语“{term.text}”不符。",
            )
            source, target = tuple(task.occurrences[0].marks), (rendering.ref,)
            yield Hit(
                message, source, target, confidence=0.9, severity=Severity.MINOR, suggestion=term.text,
                evidence=evidence_of(task.concepts, "capitals", rendering.text),
            )  # fmt: skip

    def _admitted(self, task: Task, here: Places) -> Iterator[Hit]:
        best = proposal(task.concepts, self.date)
        for rendering, term in here.right:
            if term.standing(self.date) is not Status.ADMITTED or term.abbreviated or best == term.text:
                continue
            message = Message(
                f"“{task.name}” is rendered with the admitted form “{rendering.text}”; “{best}” is preferred.",
                f"“{task.name}”译成了许用译法“{rendering.text}”，首选译法是“{best}”。",
            )
            source, target = tuple(task.occurrences[0].marks), (rendering.ref,)
            yield Hit(
                message, source, target, confidence=0.9, severity=Severity.NEUTRAL, suggestion=best,
                evidence=evidence_of(task.concepts, "admitted", rendering.text),
            )  # fmt: skip


CHECKS = (carded(__name__, "terminology", run=run),)
