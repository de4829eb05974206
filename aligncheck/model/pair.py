"""A bitext seen Chinese first, whichever document was named first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aligncheck.model.bitext import Bitext
from aligncheck.model.categories import Category
from aligncheck.model.finding import Hit
from aligncheck.model.text import Document

#: What a finding is called from the other side.
_TURNED = {
    Category.OMISSION: Category.ADDITION,
    Category.ADDITION: Category.OMISSION,
    Category.MERGE: Category.SPLIT,
    Category.SPLIT: Category.MERGE,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Both documents of a bitext by language; ``swapped`` where the source document is the English one."""

    chinese: Document
    english: Document
    swapped: bool

    def hit(self, hit: Hit) -> Hit:
        """A hit made as if the Chinese were the source, turned where the source document is English.

        What the English then leaves out, the Chinese has added; what it runs together, the Chinese splits.  A hit
        of a category that turns so must name it, even where it is its check's own.
        """
        if not self.swapped:
            return hit
        category = _TURNED.get(hit.category, hit.category) if hit.category else None
        return replace(hit, source=hit.target, target=hit.source, category=category)


def pair_of(bitext: Bitext) -> Pair:
    """The Chinese-first view of a bitext."""
    swapped = bitext.source.language == "en"
    if swapped:
        return Pair(bitext.target, bitext.source, True)
    return Pair(bitext.source, bitext.target, False)
