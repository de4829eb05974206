"""Terms with one word exchanged: *imports of services* for 货物进口.

A reader takes such a wording for the term at first sight, and so would the rules that allow long renderings to vary.
"""

from __future__ import annotations

from aligncheck.checks.terms.binding import GENERAL
from aligncheck.checks.terms.guests import Guests
from aligncheck.checks.terms.missing import Missing, Scene
from aligncheck.checks.terms.renderings import Exchanged, Places, Task
from aligncheck.checks.terms.saying import evidence_of, proposal
from aligncheck.model import Hit, Message, Severity
from aligncheck.terms.exchange import of_one_family

_TIED = (
    0.35  # strength from which an exchanged word is tied to the term, where more than its place must speak
)
_SAID = 0.4  # strength from which a dictionary gives a word for the term's Chinese
#: Of a word that no glossary tells apart from the term's, in running text, the word model must doubt it as well (of 70 right
#: documents one had such a word).
_TIED_LOOSELY, _DOUBTED = 0.2, 0.25
_LINKED = 0.3  # strength from which an exchanged word of running text stands for a word of the term


class Exchanges:
    """Finds the terms of a document pair that an exchanged word has made into others."""

    def __init__(self, missing: Missing, guests: Guests) -> None:
        self.missing, self.guests = missing, guests
        self.evidence, self.lexicon = missing.evidence, missing.lexicon
        self.renderings = missing.renderings

    def told(self, scene: Scene, task: Task, here: Places) -> Hit | None:
        """The finding for a term that stands there with another word, unless it is also rendered right."""
        for exchanged in self.renderings.exchanged(scene.bead, task):
            if GENERAL in task.subjects and not self._stands_for(scene, task, exchanged):
                continue
            if any(r.found.exact and r.ref.covers(exchanged.word) for r, _ in here.right):
                continue
            within = [r for r, _ in here.right if exchanged.rendering.ref.covers(r.ref)]
            if len(here.right) - len(within) >= len(task.occurrences):
                continue
            # Beside the term itself only another name, or what a link ties to the term, makes another thing of it:
            # a fishing ban on the Yellow River.
            beside = any(not r.found.partial and not r.ref.covers(exchanged.word) for r in within)
            if beside and not exchanged.names and not self._stands_for(scene, task, exchanged):
                continue
            if self._another(scene, task, exchanged):
                scene.reported.append(exchanged.rendering.ref)
                other = self.guests.longer(scene, task, exchanged.rendering)
                if other is not None:
                    return self.missing.confused(task, exchanged.rendering, other)
                return self._hit(task, exchanged)
        return None

    def _stands_for(self, scene: Scene, task: Task, exchanged: Exchanged) -> bool:
        """Whether the links give the exchanged word for the term's Chinese, in a pair of one sentence."""
        refs = [r for o in task.occurrences for r in o.marks]
        alone = self.missing.paired and len(scene.bead.sentences) == 1
        return alone and self.missing.links(scene.bead).strength(exchanged.word, refs) >= _TIED

    def _another(self, scene: Scene, task: Task, exchanged: Exchanged) -> bool:
        """Whether the exchanged word makes another thing of the term, rather than says the same in another word."""
        word = exchanged.word
        if any(r.ref.overlaps(word) and not exchanged.rendering.ref.covers(r.ref) for r in scene.right):
            return False
        if any(r.overlaps(word) for r in scene.reported):
            return False
        refs = [r for o in task.occurrences for r in o.marks]
        links = self.missing.links(scene.bead)
        if links.elsewhere(word, refs) or self._same(task, exchanged):
            return False
        if self.missing.paired and len(scene.bead.sentences) == 1:
            return True
        strength = links.strength(word, refs)
        if self._telling(exchanged):
            return strength >= _LINKED
        return strength >= _TIED_LOOSELY and self.missing.doubt(scene.bead, word) >= _DOUBTED

    def _telling(self, exchanged: Exchanged) -> bool:
        """Whether the two words are of the kinds that tell things apart."""
        return exchanged.names or self.evidence.termbase.rivals(exchanged.said.key, exchanged.wanted.key)

    def _same(self, task: Task, exchanged: Exchanged) -> bool:
        """Whether the other word says the same: the term's Chinese has it, or another form of the term."""
        said = exchanged.said
        others = (f for f in self.renderings.accepted(task.concepts) if f is not exchanged.form)
        own = {w.key for w in exchanged.form.words}
        if said.key in {w.key for f in others for w in f.words} - own:
            return True
        # What its Chinese has may be rendered by another word of the form: self-governance of the government.
        if any(of_one_family(said, w) for w in exchanged.form.words):
            return False
        match = self.lexicon.match(task.name, said.text)
        return bool(match.english) and all(w.strength >= _SAID for w in match.english)

    def _hit(self, task: Task, exchanged: Exchanged) -> Hit:
        best = proposal(task.concepts, self.missing.date)
        said, wanted = exchanged.said.text, exchanged.wanted.text
        wording = exchanged.rendering.text
        message = Message(
            f"“{task.name}” is rendered by “{wording}”: “{said}” stands for “{wanted}”; its term is “{best}”.",
            f"“{task.name}”译成了“{wording}”，其中“{said}”应为“{wanted}”；规范译法是“{best}”。",
        )
        paired = self.missing.paired
        grave = (paired or not self.missing.official) and self._telling(exchanged)
        return Hit(
            message,
            task.occurrences[0].marks,
            (exchanged.rendering.ref,),
            confidence=0.45 if self.missing.binding.foreign else 0.72 if paired else 0.6,
            severity=Severity.MAJOR if grave else Severity.MINOR,
            suggestion=best,
            evidence=evidence_of(task.concepts, "other-word", wording),
            firm=paired,
        )
