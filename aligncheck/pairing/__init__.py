"""Pairs the segments of two documents and, inside each pair, Chinese clauses with English spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligncheck.encode.additive import with_sums
from aligncheck.encode.base import Encoder
from aligncheck.encode.threads import one_thread
from aligncheck.model import Bead, Bitext, Document, Link
from aligncheck.pairing.contents import parted
from aligncheck.pairing.joint import Pair
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.links import clauses_of, link_bead
from aligncheck.pairing.moved import find_moved
from aligncheck.pairing.path import rough_path
from aligncheck.pairing.search import Found, search, search_part
from aligncheck.pairing.sides import sentences_of, vectored
from aligncheck.pairing.weights import DEFAULT, LINKS
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
    pair = bitext.chinese_first
    n, m = len(pair.source.segments), len(pair.target.segments)
    given = _given(pair) if pair.paired else None
    if n and m:
        with one_thread():
            beads = _align(pair, given, encoder, termbase, max_bead, progress)
    elif given is not None:
        beads = given
    else:
        beads = [Bead((i,), ()) for i in range(n)] + [Bead((), (j,)) for j in range(m)]
    done = replace(pair, beads=tuple(beads))
    return done if pair is bitext else done.turned()


def _align(
    bitext: Bitext,
    given: Sequence[Bead] | None,
    encoder: Encoder,
    termbase: Termbase | None,
    max_bead: int,
    progress: Progress | None,
) -> list[Bead]:
    summing = with_sums(encoder)
    chinese, english = bitext.source, bitext.target
    full = [p for p in bitext.given if p.source and p.target]
    source = sentences_of(chinese, {p.source[0] for p in full})
    target = sentences_of(english, {p.target[0] for p in full})
    pair = Pair(
        source,
        target,
        vectored(source, summing),
        vectored(target, summing),
        summing,
        Lexicon(source.texts, target.texts, terms_of(termbase, chinese)),
    )
    if given is not None:
        pair.lexicon.learn((b.source, b.target) for b in given)
        pair.refresh_words()
        beads = list(given)
    else:
        pair.refresh_words()
        beads = list(parted(_search(pair, max_bead, progress), chinese, english))
    clauses = clauses_of(chinese, pair.sv.sums.starts)
    pieces = [[c.ref for c in row] for row in clauses_of(english, pair.tv.sums.starts)]
    segments = english.segments
    pair.join_pieces()  # once, before the work is shared out

    def linked(bead: Bead) -> Bead:
        links: tuple[Link, ...] = ()
        for rows, columns in _parts(pair, bead, max_bead, given is not None):
            inside = [c for i in rows for c in clauses[i]]
            links += link_bead(pair, inside, segments, columns, pieces, LINKS)
        return replace(bead, links=links)

    return [linked(bead) for bead in beads]


#: A given pair with more sentences than this on a side is linked as a whole.
_LARGEST_PAIR = 200


def _parts(
    pair: Pair, bead: Bead, max_bead: int, given: bool
) -> Sequence[tuple[Sequence[int], Sequence[int]]]:
    """The stretches inside which clauses are linked: of a pair that the file gives, its own beads.

    Where a sentence would then have no counterpart, or the sentences do not follow each other, the pair
    stays whole: its clauses may still find theirs.
    """
    whole = [(bead.source, bead.target)]
    sides = (bead.source, bead.target)
    if not given or min(map(len, sides)) < 2 or max(map(len, sides)) > _LARGEST_PAIR:
        return whole
    if any(side[-1] - side[0] + 1 != len(side) for side in sides):
        return whole
    rows, columns = ((side[0], side[-1] + 1) for side in sides)
    found = search_part(pair, DEFAULT, max_bead, rows, columns)
    if any(f.source[0] == f.source[1] or f.target[0] == f.target[1] for f in found):
        return whole
    return [(range(*f.source), range(*f.target)) for f in found]


def _search(pair: Pair, max_bead: int, progress: Progress | None) -> list[Bead]:
    """Find the rough path, learn the words that it pairs, and search along it; then learn from the beads."""
    path = rough_path(pair)
    pair.lexicon.learn(([i], [j]) for i, j in path.cells.tolist())
    pair.refresh_words()
    found = search(pair, DEFAULT, max_bead, progress, path)
    pair.lexicon.learn((range(*f.source), range(*f.target)) for f in found)
    pair.refresh_words()
    staying, moved = find_moved(pair, found, DEFAULT, max_bead)
    beads = [_bead(f, False) for f in staying]
    for f in sorted(moved, key=lambda f: f.source):
        at = next((k for k, b in enumerate(beads) if b.source and b.source[0] > f.source[0]), len(beads))
        beads.insert(at, _bead(f, True))
    return beads


def _bead(found: Found, moved: bool) -> Bead:
    return Bead(tuple(range(*found.source)), tuple(range(*found.target)), round(found.probability, 4), moved)


def terms_of(termbase: Termbase | None, chinese: Document) -> list[tuple[str, list[str]]]:
    """The glossary's terms that occur in the Chinese text, each with its accepted English renderings."""
    if termbase is None:
        return []
    found: dict[str, list[str]] = {}
    for block in chinese.blocks:
        for match in termbase.find_chinese(block.text):
            if match.text not in found:
                found[match.text] = [
                    term.text for concept in match.concepts for term in concept.terms if term.tongue == "en"
                ]
    return [(term, renderings) for term, renderings in sorted(found.items()) if renderings]


def lexicon_of(bitext: Bitext, termbase: Termbase | None = None) -> Lexicon:
    """The lexicon of an aligned bitext, with what its beads teach."""
    pair = bitext.chinese_first
    zh, en = ([s.text for s in side.segments] for side in (pair.source, pair.target))
    lexicon = Lexicon(zh, en, terms_of(termbase, pair.source))
    lexicon.learn((b.source, b.target) for b in pair.beads)
    return lexicon


def _given(bitext: Bitext) -> list[Bead]:
    return [
        Bead(
            tuple(s.id for b in pair.source for s in bitext.source.blocks[b].segments),
            tuple(s.id for b in pair.target for s in bitext.target.blocks[b].segments),
        )
        for pair in bitext.given
    ]
