"""Pairs the segments of two documents and, inside each pair, Chinese clauses with English spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligncheck.align.features import Pair
from aligncheck.align.lexicon import Lexicon
from aligncheck.align.links import clauses_of, link_bead
from aligncheck.align.search import search
from aligncheck.align.sides import sentences_of, vectored
from aligncheck.align.weights import DEFAULT
from aligncheck.encode.additive import with_sums
from aligncheck.encode.base import Encoder
from aligncheck.model import Bead, Bitext, Link
from aligncheck.terms import Termbase

__all__ = ["Progress", "align", "lexicon_of"]

Progress = Callable[[int, int], None]


def align(
    bitext: Bitext,
    encoder: Encoder,
    *,
    termbase: Termbase | None = None,
    max_bead: int = 10,
    progress: Progress | None = None,
) -> Bitext:
    """The bitext with beads and clause links.

    Both documents must be segmented.  For a bitext that is already ``paired`` the beads are the
    file's pairs and only the links are computed.  ``progress(done, of)`` is called now and then.
    """
    flipped = bitext.source.language == "en" and bitext.target.language == "zh"
    chinese, english = (bitext.target, bitext.source) if flipped else (bitext.source, bitext.target)
    n, m = len(chinese.segments), len(english.segments)
    given = [_swap(b, flipped) for b in _given(bitext)] if bitext.paired else None
    if not n or not m:
        alone = [Bead((i,), ()) for i in range(n)] + [Bead((), (j,)) for j in range(m)]
        return replace(bitext, beads=tuple(_swap(b, flipped) for b in given or alone))
    summing = with_sums(encoder)
    source, target = sentences_of(chinese), sentences_of(english)
    pair = Pair(
        source,
        target,
        vectored(source, summing),
        vectored(target, summing),
        summing,
        Lexicon(source.texts, target.texts),
    )
    pair.refresh_words()
    if given is not None:
        pair.lexicon.learn((b.source, b.target) for b in given)
        beads = given
    else:
        first = search(pair, DEFAULT, max_bead, progress)
        pair.lexicon.learn((range(*f.source), range(*f.target)) for f in first)
        pair.refresh_words()
        beads = [
            Bead(tuple(range(*f.source)), tuple(range(*f.target)), f.probability)
            for f in search(pair, DEFAULT, max_bead, progress)
        ]
    clauses = clauses_of(chinese, pair.sv.sums.starts)
    linked = [
        replace(b, links=link_bead(pair, [c for i in b.source for c in clauses[i]], english, b.target))
        for b in beads
    ]
    return replace(bitext, beads=tuple(_swap(b, flipped) for b in linked))


def lexicon_of(bitext: Bitext, termbase: Termbase | None = None) -> Lexicon:
    """The lexicon of an aligned bitext, with what its beads teach."""
    flipped = bitext.source.language == "en" and bitext.target.language == "zh"
    chinese, english = (bitext.target, bitext.source) if flipped else (bitext.source, bitext.target)
    lexicon = Lexicon([s.text for s in chinese.segments], [s.text for s in english.segments])
    beads = [_swap(b, flipped) for b in bitext.beads]
    lexicon.learn((b.source, b.target) for b in beads)
    return lexicon


def _swap(bead: Bead, flipped: bool) -> Bead:
    if not flipped:
        return bead
    links = tuple(Link(k.target, k.source, k.score) for k in bead.links)
    return replace(bead, source=bead.target, target=bead.source, links=links)


def _given(bitext: Bitext) -> Sequence[Bead]:
    return [
        Bead(
            tuple(s.id for b in pair.source for s in bitext.source.blocks[b].segments),
            tuple(s.id for b in pair.target for s in bitext.target.blocks[b].segments),
        )
        for pair in bitext.pairs
    ]
