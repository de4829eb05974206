"""How the renderings of each concept change from year to year, and within one document.

Works on English documents alone (a concept is found by its English forms, so every rendering that
the termbase lists is seen) and on aligned pairs (only where the Chinese has the term).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligncheck.model import Bitext, Document, SpanRef
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import tokenize
from aligncheck.terms.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Use:
    """One rendering of a concept in a document: the listed term, its standing then, and where it is.

    ``line`` is 1-based (0 unknown), ``text`` as printed.
    """

    year: str
    path: str
    line: int
    text: str
    term: Term
    standing: Status
    ref: SpanRef


@dataclass(frozen=True, slots=True)
class Rendering:
    """All uses of one listed term of a concept."""

    term: Term
    uses: tuple[Use, ...]

    @property
    def years(self) -> tuple[str, ...]:
        """The years in which it is used, in order."""
        return tuple(sorted({u.year for u in self.uses}))


@dataclass(frozen=True, slots=True)
class History:
    """A concept's renderings over the documents, by first year, the most used first among equals."""

    concept: Concept
    renderings: tuple[Rendering, ...]

    @property
    def full_forms(self) -> tuple[Rendering, ...]:
        """The renderings that are no acronyms."""
        return tuple(r for r in self.renderings if not r.term.abbreviated)

    @property
    def drifts(self) -> bool:
        """Whether more than one full form is in use."""
        return len(self.full_forms) > 1

    @property
    def within(self) -> tuple[str, ...]:
        """The years in which one document has two or more full forms."""
        seen: dict[tuple[str, str], set[str]] = {}
        for rendering in self.full_forms:
            for use in rendering.uses:
                seen.setdefault((use.year, use.path), set()).add(rendering.term.text)
        return tuple(sorted({year for (year, _), forms in seen.items() if len(forms) > 1}))

    @property
    def between(self) -> tuple[tuple[str, str], ...]:
        """Pairs of neighbouring years whose main renderings differ."""
        main: dict[str, Rendering] = {}
        for year in sorted({u.year for r in self.full_forms for u in r.uses}):
            main[year] = max(self.full_forms, key=lambda r: sum(u.year == year for u in r.uses))
        years = list(main)
        return tuple((a, b) for a, b in itertools.pairwise(years) if main[a].term.text != main[b].term.text)


def drift(
    documents: Sequence[tuple[str, Document | Bitext]], termbase: Termbase, *, all_concepts: bool = False
) -> tuple[History, ...]:
    """The history of every concept that is rendered in more than one way.

    ``documents`` are (year, English document or bitext) in any order; a bitext without beads counts
    by its English side.  ``all_concepts`` also gives those rendered in one way only.  A form that several
    concepts share counts for each of them in an English document alone.
    """
    found: dict[str, dict[Term, list[Use]]] = {}
    concepts: dict[str, Concept] = {}
    for year, document in documents:
        uses = (
            _bitext(year, document, termbase)
            if isinstance(document, Bitext)
            else _english(year, document, termbase)
        )
        for concept, use in uses:
            concepts[concept.id] = concept
            found.setdefault(concept.id, {}).setdefault(use.term, []).append(use)
    histories = []
    for key, forms in found.items():
        renderings = [Rendering(t, tuple(sorted(u, key=_where))) for t, u in forms.items()]
        renderings.sort(key=lambda r: (r.years[0], -len(r.uses), r.term.text))
        history = History(concepts[key], tuple(renderings))
        if all_concepts or history.drifts:
            histories.append(history)
    return tuple(sorted(histories, key=lambda h: (-len(h.full_forms), h.concept.id)))


def _where(use: Use) -> tuple[str, str, int, int]:
    return use.year, use.path, use.ref.block, use.ref.start


def _english(
    year: str, document: Document, termbase: Termbase, only: Iterable[SpanRef] | None = None
) -> list[tuple[Concept, Use]]:
    if document.language != "en":
        return []
    spans = (
        [SpanRef(b.id, 0, len(b.text)) for b in document.blocks if b.kind != "boilerplate"]
        if only is None
        else list(only)
    )
    uses = []
    for span in spans:
        block = document.blocks[span.block]
        text = block.text[span.start : span.end]
        for match in termbase.find_english(tokenize(text)):
            start, end = span.start + match.start, span.start + match.end
            line = block.locate(start)[0] or block.place.line or 0
            for concept, term in match.readings:
                use = Use(
                    year,
                    document.path,
                    line,
                    block.text[start:end],
                    term,
                    term.standing(year),
                    SpanRef(span.block, start, end),
                )
                uses.append((concept, use))
    return uses


def _bitext(year: str, bitext: Bitext, termbase: Termbase) -> list[tuple[Concept, Use]]:
    bitext = bitext.chinese_first
    chinese, english = bitext.source, bitext.target
    if not bitext.beads:
        return _english(year, english, termbase)
    sources, targets = chinese.segments, english.segments
    uses = []
    for bead in bitext.beads:
        here = {c.id for i in bead.source for m in termbase.find_chinese(sources[i].text) for c in m.concepts}
        if here:
            found = _english(year, english, termbase, [targets[j].ref for j in bead.target])
            uses += [(c, u) for c, u in found if c.id in here]
    return uses
