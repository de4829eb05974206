"""Which words render each other, as evidence of whose figure is whose: the word links, else the dictionary."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from aligncheck.facts.exchange import JOINT
from aligncheck.facts.owners import WordPair
from aligncheck.facts.passage import Passage, Placed
from aligncheck.judge.reading import Read
from aligncheck.model import Bitext, Segment, Span, Word
from aligncheck.pairing.lexicon import Lexicon

#: Links under this probability say nothing.
_FAINT = 0.15
#: Where the clauses of a sentence stand in another order the model may link what stands in the same place; so a link
#: is believed less than the dictionary, and only of words that the dictionary has not.
_TRUST = 0.6


class Linker:
    """See :data:`aligncheck.facts.owners.Linker`.

    The dictionary comes first.  Of what it does not know, a bead that the word model has read gives its links; beads
    that are looked at together, and those of a run without the model, have the dictionary alone.
    """

    def __init__(self, bitext: Bitext, passages: Sequence[Passage], reads: Sequence[Read]) -> None:
        self._bitext, self._passages = bitext, passages
        self._lexicon: Lexicon | None = None
        known = reads if len(reads) == len(bitext.beads) == len(passages) else ()
        self._reads = {(p.zh_text, p.en_text): (p, r) for p, r in zip(passages, known, strict=False)}

    def __call__(self, chinese: str, english: str) -> list[WordPair]:
        """The pairs of words of two texts, with places in them."""
        known = self._looked_up(chinese, english)
        if found := self._reads.get((chinese, english)):
            return known + self._linked(*found, known)
        return known

    def _looked_up(self, chinese: str, english: str) -> list[WordPair]:
        if self._lexicon is None:
            self._lexicon = Lexicon(
                [p.zh_text for p in self._passages if len(p.zh) > 1],
                [p.en_text for p in self._passages if len(p.en) > 1],
            )
        lexicon = self._lexicon
        if (
            JOINT in chinese
        ):  # passages looked at together: most have one figure each, and their words are not looked up yet
            lexicon = Lexicon([chinese], [english])
        return [
            WordPair(Span(a.start, a.end), Span(b.start, b.end), strength)
            for a, b, strength in lexicon.candidates(chinese, english)
        ]

    def _linked(self, passage: Passage, read: Read, known: Sequence[WordPair]) -> list[WordPair]:
        bead = self._bitext.beads[read.number]
        zh = _spans(read.chinese, [self._bitext.source.segments[i] for i in bead.source], passage.zh)
        en = _spans(read.english, [self._bitext.target.segments[j] for j in bead.target], passage.en)
        zh = _without(zh, [pair.zh for pair in known])
        en = _without(en, [pair.en for pair in known])
        strengths: dict[tuple[str, str], float] = {}
        for i, j in itertools.product(zh, en):
            forms = read.chinese[i].form, read.english[j].form
            strengths[forms] = max(strengths.get(forms, 0.0), float(read.links[i, j]))
        # What renders a word once can do so wherever both stand: a word that stands with both figures tells nothing.
        return [
            WordPair(zh[i], en[j], _TRUST * strength)
            for i, j in itertools.product(zh, en)
            if (strength := strengths[read.chinese[i].form, read.english[j].form]) >= _FAINT
        ]


def _without(places: dict[int, Span], taken: Sequence[Span]) -> dict[int, Span]:
    return {
        number: span
        for number, span in places.items()
        if not any(t.start < span.end and span.start < t.end for t in taken)
    }


def _spans(words: Sequence[Word], segments: Sequence[Segment], figures: Sequence[Placed]) -> dict[int, Span]:
    """Where the content words stand in the joined text of some segments, by number; those of figures left out."""
    taken = [Span(f.start, f.end) for f in figures]
    places: dict[int, Span] = {}
    begins = itertools.accumulate((s.end - s.start + 1 for s in segments), initial=0)
    rows = list(zip(segments, begins, strict=False))
    for number, word in enumerate(words):
        if word.weight <= 0:
            continue
        for segment, begin in rows:
            if segment.block == word.block and segment.start <= word.start < segment.end:
                start = begin + word.start - segment.start
                places[number] = Span(start, start + word.end - word.start)
                break
    return _without(places, taken)
