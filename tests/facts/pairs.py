"""One pair of sentences through the checks of figures, dates, units, names and sequences."""

from __future__ import annotations

from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.model import Bead, Bitext, Block, Document, Hit, Language, Place
from aligncheck.registry import load
from aligncheck.segment import segment_document

CHECKS = ("quantities", "dates", "units", "names", "list-marks", "counts", "sequences")


def pair_of(zh: str, en: str) -> Bitext:
    """A bitext of one bead."""

    def side(text: str, language: Language) -> Document:
        return segment_document(Document(language, language, (Block(0, "paragraph", text, Place(line=1)),)))

    a, b = side(zh, "zh"), side(en, "en")
    bead = Bead(tuple(s.id for s in a.segments), tuple(s.id for s in b.segments))
    return Bitext(a, b, (bead,), paired=True)


def findings_of_pair(zh: str, en: str, confidence: float = 0.5) -> list[tuple[str, Hit]]:
    """(category, hit) of every finding that is sure enough to be shown."""
    bitext = pair_of(zh, en)
    context = Context(Settings())
    found: list[tuple[str, Hit]] = []
    for name in CHECKS:
        check = load("aligncheck.checks").get(name)
        if check is None:
            continue
        hits: list[Hit] = []
        if check.run is not None:
            hits.extend(check.run(bitext, context))
        if check.run_document is not None:
            for document in (bitext.source, bitext.target):
                if document.language in check.languages:
                    hits.extend(check.run_document(document, context))
        found.extend(
            ((hit.category or check.category).value, hit) for hit in hits if hit.confidence >= confidence
        )
    return found
