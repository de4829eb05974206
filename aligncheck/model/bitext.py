"""A source and a target document and what joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligncheck.errors import InputError
from aligncheck.model.text import Document, SpanRef, counted
from aligncheck.model.words import Words

if TYPE_CHECKING:
    from nltk.translate import AlignedSent


@dataclass(frozen=True, slots=True)
class Link:
    """A Chinese clause and an English span that renders it (many to many), with a score 0..1.

    ``source`` lies in the bitext's source document and ``target`` in its target document.
    """

    source: SpanRef
    target: SpanRef
    score: float


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive source segments joined to consecutive target segments; either side may be empty.

    ``score`` is the aligner's (None where the file itself paired the texts).  ``quality`` is
    the estimated faithfulness of the pair, ``source_coverage`` the share of the source's content
    that the target renders, ``target_coverage`` the share of the target's content that the source
    backs; all 0..1, 1 best, None before they are estimated.  ``moved`` marks a pair that stands
    out of the documents' common order.  ``words`` holds the words of both sides and their links, None
    before they are computed.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float | None = None
    moved: bool = False
    quality: float | None = None
    source_coverage: float | None = None
    target_coverage: float | None = None
    links: tuple[Link, ...] = ()
    words: Words | None = None

    @property
    def kind(self) -> str:
        """How many segments a side has: ``1-2``."""
        return f"{len(self.source)}-{len(self.target)}"

    def turned(self) -> Bead:
        """The same bead with the sides exchanged."""
        return replace(
            self,
            source=self.target,
            target=self.source,
            source_coverage=self.target_coverage,
            target_coverage=self.source_coverage,
            links=tuple(Link(k.target, k.source, k.score) for k in self.links),
            words=self.words.turned() if self.words is not None else None,
        )


@dataclass(frozen=True, slots=True)
class BlockPair:
    """Blocks of the source that the file itself sets against blocks of the target."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Bitext:
    """Two documents and their alignment.

    ``given`` is what the file says about which blocks belong together (interleaved text, TSV,
    TMX); ``paired`` says that this is to be taken as given, one bead a pair, in file order.
    The source is the document that was named first; either side may be the Chinese one.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...] = ()
    given: tuple[BlockPair, ...] = ()
    paired: bool = False

    def turned(self) -> Bitext:
        """The same pair with the sides exchanged."""
        return Bitext(
            self.target,
            self.source,
            tuple(bead.turned() for bead in self.beads),
            tuple(BlockPair(p.target, p.source, p.unit) for p in self.given),
            self.paired,
        )

    def seen_from(self, document: Document) -> Bitext:
        """The pair with one of its two documents as the source."""
        return self if document is self.source else self.turned()

    @property
    def chinese_first(self) -> Bitext:
        """The pair as aligner, judge and checks see it: its source is the Chinese document."""
        return self.turned() if self.source.language == "en" else self

    def __repr__(self) -> str:
        sides = " | ".join(
            f"{Path(d.path).name}, {counted(len(d.segments), 'sentence')}" for d in (self.source, self.target)
        )
        return f"<Bitext {sides}: {counted(len(self.beads), 'bead')}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the first pairs."""
        from aligncheck.reports.saving import bitext_cell

        return bitext_cell(self)

    def texts(self, bead: Bead) -> tuple[str, str]:
        """Source and target text of a bead; sentences are joined as their language does it."""
        return self.source.joined(bead.source), self.target.joined(bead.target)

    def pairs(self) -> Iterator[tuple[str, str, float | None]]:
        """Source text, target text and score of every bead; a side that has nothing is the empty string.

        The score is a probability, None where the file itself paired the texts.
        """
        return ((*self.texts(bead), bead.score) for bead in self.beads)

    def words(self, least: float = 0.5) -> Iterator[AlignedSent]:
        """The words of every bead as NLTK holds them, with the links whose probability is at least ``least``.

        ``AlignedSent.words`` are those of the source, ``mots`` those of the target.

        Raises:
            InputError: the words were not linked.
        """
        from nltk.translate import AlignedSent, Alignment

        for bead in self.beads:
            if bead.words is None:
                raise InputError(
                    "the words of this alignment are not linked", hint="align(…, words=True) links them"
                )
            yield AlignedSent(
                [self.source.slice(w.ref) for w in bead.words.source],
                [self.target.slice(w.ref) for w in bead.words.target],
                Alignment((k.source, k.target) for k in bead.words.links if k.p >= least),
            )

    def save(self, path: str | Path, format: str = "") -> Path:
        """Write the alignment, in the format that the file's ending tells or ``format`` names.

        Raises:
            ConfigError: no alignment format has that name.
            OutputError: no format has that ending, or a file that is not ours stands there.
        """
        from aligncheck.reports.saving import save_alignment

        return save_alignment(self, Path(path), format)
