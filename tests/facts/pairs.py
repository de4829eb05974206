"""One pair of texts through the checks of figures, dates, units, names and sequences."""

from __future__ import annotations

from aligncheck.checks.context import Context
from aligncheck.config import Settings
from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import read_beads
from aligncheck.model import Bead, Bitext, Block, Document, Hit, Language, Place
from aligncheck.registry import load
from aligncheck.segment import segment_document

CHECKS = ("quantities", "dates", "units", "names", "list-marks", "counts", "sequences")


def pair_of(zh: str, en: str, apart: bool = False) -> Bitext:
    """A bitext of one bead; with ``apart`` one a line (both texts have as many lines)."""
    lines = list(zip(zh.split("\n"), en.split("\n"), strict=True)) if apart else [(zh, en)]

    def side(index: int, language: Language) -> Document:
        blocks = tuple(Block(n, "paragraph", row[index], Place(line=n + 1)) for n, row in enumerate(lines))
        return segment_document(Document(language, language, blocks))

    a, b = side(0, "zh"), side(1, "en")
    beads = tuple(
        Bead(tuple(s.id for s in a.blocks[n].segments), tuple(s.id for s in b.blocks[n].segments))
        for n in range(len(lines))
    )
    return Bitext(a, b, beads, paired=len(lines) == 1)


def findings_of_pair(
    zh: str, en: str, confidence: float = 0.5, apart: bool = False, linked: bool = False
) -> list[tuple[str, Hit]]:
    """(category, hit) of every finding that is sure enough to be shown; ``linked``: by the word model's links."""
    bitext = pair_of(zh, en, apart)
    context = Context(Settings())
    if linked:
        context.reads = read_beads(bitext, embedded())
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
