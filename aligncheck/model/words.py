"""The words of a bead and the links between them: which word renders which, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from aligncheck.model.text import SpanRef


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one segment, at half-open code points of its block's untouched text.

    ``form`` is what equal words share: a Chinese word in simplified characters, the stem of an English
    word in lower case.  ``weight`` is 0 for words of form (articles, particles, marks), else what the
    word's content counts (the rarer the more).
    """

    block: int
    start: int
    end: int
    form: str
    weight: float

    @property
    def ref(self) -> SpanRef:
        """Where the word stands."""
        return SpanRef(self.block, self.start, self.end)


@dataclass(frozen=True, slots=True)
class WordLink:
    """Words number ``source`` and ``target`` of a bead render each other, with probability ``p``."""

    source: int
    target: int
    p: float


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """The words of a bead, in reading order, and how they are linked.

    ``source`` and ``target`` are the words of the two sides; ``links`` join them by number, in order, those
    under the display threshold left out.  ``unlinked_source[i]`` and ``unlinked_target[j]``, one number a
    word, are the probabilities that nothing on the other side renders (or backs) the word; 0 for words of
    form.
    """

    source: tuple[Word, ...]
    target: tuple[Word, ...]
    links: tuple[WordLink, ...] = ()
    unlinked_source: tuple[float, ...] = ()
    unlinked_target: tuple[float, ...] = ()

    def moved(self, source: int, target: int) -> Words:
        """The same words where so many blocks stand before those of either side."""
        return replace(
            self,
            source=tuple(replace(w, block=w.block + source) for w in self.source),
            target=tuple(replace(w, block=w.block + target) for w in self.target),
        )

    def turned(self) -> Words:
        """The same words with the sides exchanged."""
        links = (WordLink(k.target, k.source, k.p) for k in self.links)
        return Words(
            self.target,
            self.source,
            tuple(sorted(links, key=lambda k: (k.source, k.target))),
            self.unlinked_target,
            self.unlinked_source,
        )

    def __repr__(self) -> str:
        return f"<Words {len(self.source)} | {len(self.target)}: {len(self.links)} links>"

    def of_source(self, number: int) -> Iterator[tuple[int, float]]:
        """The numbers of the target words that render source word ``number``, with their probabilities."""
        return ((link.target, link.p) for link in self.links if link.source == number)

    def of_target(self, number: int) -> Iterator[tuple[int, float]]:
        """The numbers of the source words that target word ``number`` renders, with their probabilities."""
        return ((link.source, link.p) for link in self.links if link.target == number)
