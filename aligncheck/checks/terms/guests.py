"""Words more in a term, or beside it, that make another of it: *income of rural residents* for 居民收入.

The rules that allow guests in a term (*the income of all residents*) would take such a wording for the term.
"""

from __future__ import annotations

from dataclasses import replace

from aligncheck.checks.terms.binding import GENERAL
from aligncheck.checks.terms.evidence import Rendering, Sentence
from aligncheck.checks.terms.missing import NAMED, Missing, Scene
from aligncheck.checks.terms.renderings import ACCEPTED, Places, Task
from aligncheck.checks.terms.saying import evidence_of, proposal
from aligncheck.checks.terms.stead import keys_of
from aligncheck.model import Hit, Message, Severity
from aligncheck.terms.concepts import Concept
from aligncheck.terms.english import HYPHENS, Found
from aligncheck.terms.loose import FORM_WORDS
from aligncheck.terms.termbase import EnglishMatch

#: Words of rank before a title, and the signs of them in Chinese.
_RANKS = {
    "vice": "副",
    "deputy": "副",
    "associate": "副",
    "acting": "代",
    "former": "前原",
    "assistant": "助副",
    "honorary": "名誉",
}
_CLIPPED = 3  # letters up to which a word may be cut short: sci-tech
_SURELY = 0.8  # strength from which a word beside the term's own stands for one of them
_EXPLAINED = 0.35  # strength from which a Chinese word explains a word of a longer name
_SAID = 0.4  # strength from which a dictionary gives a word for the term's Chinese


class Guests:
    """Finds the terms of a document pair that a guest, or a longer name around them, has made into others."""

    def __init__(self, missing: Missing) -> None:
        self.missing = missing
        self.evidence, self.lexicon = missing.evidence, missing.lexicon
        self.renderings = missing.renderings

    def told(self, scene: Scene, task: Task, here: Places) -> Hit | None:
        """The finding for a term that stands there, with a word that makes another thing of it."""
        for rendering, _ in here.right if GENERAL not in task.subjects else ():
            rank = self._ranked(scene, rendering)
            if rank is not None:
                scene.reported.append(rendering.ref)
                return self._strange(task, rank[1], rank[0])
            other = self.longer(scene, task, rendering)
            if other is not None:
                scene.reported.append(rendering.ref)
                return self.missing.confused(task, rendering, other)
            word = None if rendering.found.exact else self._stranger(scene, task, rendering)
            if word is not None:
                scene.reported.append(rendering.ref)
                return self._strange(task, rendering, word)
        return None

    def longer(self, scene: Scene, task: Task, rendering: Rendering) -> Concept | None:
        """The concept whose term stands where guests are in a rendering, which the Chinese does not name.

        Of a rendering without guests only a longer name makes another thing, by words that no Chinese here explains:
        the Standing Committee of the National People's Congress for that of a city's.
        """
        ref, exact = rendering.ref, rendering.found.exact
        bead = scene.bead
        here = {c.id.partition("{")[0] for o in bead.occurrences for c in o.match.concepts}
        refs = [r for o in task.occurrences for r in o.marks]
        for sentence in bead.sentences:
            for match in self.evidence.english_terms.get(sentence.segment.id, ()):
                place = sentence.ref(match.start, match.end)
                if not place.covers(ref) or any(c.id in here for c, _ in match.readings):
                    continue
                if self.missing.links(bead).elsewhere(place, refs):
                    continue
                if exact and not self._unsaid(scene, sentence, match, rendering.found):
                    continue
                for concept, term in match.readings:
                    if (
                        term.standing(self.missing.date) in ACCEPTED
                        and concept.chinese
                        and concept.subject != GENERAL
                        and (not exact or concept.subject in NAMED)
                        and not self._named_here(scene, task, concept, exact)
                    ):
                        return concept
        return None

    @staticmethod
    def _ranked(scene: Scene, rendering: Rendering) -> tuple[str, Rendering] | None:
        """A word of rank before a rendering that the Chinese has no sign of: the vice chairman for 主席."""
        sentence, found = rendering.sentence, rendering.found
        before = sentence.tokens[found.first - 1] if found.first else None
        signs = _RANKS.get(before.low) if before is not None else None
        if before is None or signs is None or any(s in scene.chinese for s in signs):
            return None
        if not sentence.tokens[found.first].adjoins:
            return None
        place = replace(found, first=found.first - 1, start=before.start)
        return before.text, Rendering(sentence, place)

    def _stranger(self, scene: Scene, task: Task, rendering: Rendering) -> str | None:
        """A word in a rendering that the links surely give for the term, but no dictionary and no form of it."""
        if not self.missing.paired or len(scene.bead.sentences) > 1:
            return None
        own = {k for f in self.renderings.accepted(task.concepts) for w in f.words for k in keys_of(w.low)}
        refs = [r for o in task.occurrences for r in o.marks]
        links = self.missing.links(scene.bead)
        sentence, found = rendering.sentence, rendering.found
        for token in sentence.tokens[found.first : found.last + 1]:
            if (
                token.before in HYPHENS
                or len(token.low) <= _CLIPPED
                or token.low in FORM_WORDS
                or keys_of(token.low) & own
            ):
                continue
            ref = sentence.ref(token.start, token.end)
            if links.strength(ref, refs) < _SURELY or links.elsewhere(ref, refs):
                continue
            match = self.lexicon.match(task.name, token.text)
            if match.english and all(w.strength < _SAID for w in match.english):
                return token.text
        return None

    @staticmethod
    def _named_here(scene: Scene, task: Task, concept: Concept, exact: bool) -> bool:
        """Whether the Chinese names a concept: the term itself does, or the passage beside the term."""
        if not exact:
            return any(z.text in task.name for z in concept.chinese)
        mine = len(task.occurrences)
        return any(scene.chinese.count(z.text) > mine * task.name.count(z.text) for z in concept.chinese)

    def _unsaid(self, scene: Scene, sentence: Sentence, longer: EnglishMatch, found: Found) -> bool:
        """Whether a longer name has a word more with a capital, and no Chinese of the passage explains any such."""
        more = [
            t.text
            for i, t in enumerate(sentence.tokens[longer.first : longer.last + 1], longer.first)
            if not found.first <= i <= found.last and t.capitalised and t.low not in FORM_WORDS
        ]
        match = self.lexicon.match(scene.chinese, " ".join(more))
        return (
            self.missing.paired
            and bool(match.english)
            and any(w.strength < _EXPLAINED for w in match.english)
        )

    def _strange(self, task: Task, rendering: Rendering, word: str) -> Hit:
        best = proposal(task.concepts, self.missing.date)
        message = Message(
            f"“{task.name}” is rendered by “{rendering.text}”, where “{word}” is no word for it;"
            f" its term is “{best}”.",
            f"“{task.name}”译成了“{rendering.text}”，其中“{word}”与原文不符；规范译法是“{best}”。",
        )
        return Hit(
            message,
            task.occurrences[0].marks,
            (rendering.ref,),
            confidence=0.45 if self.missing.binding.foreign else 0.65,
            severity=Severity.MINOR,
            suggestion=best,
            evidence=evidence_of(task.concepts, "other-word", rendering.text),
        )
