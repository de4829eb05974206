"""The table of contents of a document: lines that are said again further on, as the headings they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from aligncheck.model import Bead, Document
from aligncheck.words.notes import without_notes

#: So many lines in a row, each a heading of what follows and in its order, are a table of contents.
LEAST = 3
#: Code points of the longest line of one.
LONGEST = 160
#: A line of a list that only one side has may stand by chance at the other's text: under this score it is apart.
CHANCE = 0.5

_TITLES = frozenset({"contents", "tableofcontents", "目录", "目次"})
_PAGE = re.compile(r"[\s.·…．\-–—]*[\d０-９]{1,4}\s*\Z")


@dataclass(frozen=True, slots=True)
class Contents:
    """The blocks of the tables of contents of a pair."""

    chinese: frozenset[int] = frozenset()
    english: frozenset[int] = frozenset()


def parted(beads: Iterable[Bead], chinese: Document, english: Document) -> Iterator[Bead]:
    """The beads, but a table of contents is no translation of the text that stands in its place.

    What one side lists and the other does not is taken apart, unless the two are clearly alike: a list whose
    lines are not those of the headings is not known for one.
    """
    listed = contents_of(chinese, english)
    if not listed.chinese and not listed.english:
        yield from beads
        return
    for bead in beads:
        sides = (bead.source, bead.target)
        ours = [chinese.segments[i].block in listed.chinese for i in bead.source]
        theirs = [english.segments[j].block in listed.english for j in bead.target]
        lists = (all(ours) and not any(theirs)) or (all(theirs) and not any(ours))
        if all(sides) and lists and bead.score is not None and bead.score < CHANCE:
            yield replace(bead, target=(), score=round(1 - bead.score, 4))
            yield replace(bead, source=(), score=round(1 - bead.score, 4))
        else:
            yield bead


def contents_of(chinese: Document, english: Document) -> Contents:
    """The tables of contents of both sides."""
    return Contents(contents_lines(chinese), contents_lines(english))


def contents_lines(document: Document) -> frozenset[int]:
    """The blocks of a document's table of contents with its title; none where it has none."""
    keys = [_key(b.text) if len(b.text) <= LONGEST else "" for b in document.blocks]
    last = {key: n for n, key in enumerate(keys) if key}
    found: list[int] = []
    start = 0
    while start < len(keys):
        run = _run(keys, last, start)
        if len(run) < LEAST:
            start += 1
        else:
            found += run
            start = run[-1] + 1
    titles = [n - 1 for n in found if n and keys[n - 1] in _TITLES]
    return frozenset(document.blocks[n].id for n in (*titles, *found))


def _run(keys: list[str], last: dict[str, int], start: int) -> list[int]:
    """The lines from one on that come again, behind the run and in its order."""
    run: list[int] = []
    behind = -1
    for n in range(start, len(keys)):
        again = last.get(keys[n], n)
        if again <= max(n, behind):
            break
        run.append(n)
        behind = again
    return run


def _key(text: str) -> str:
    return re.sub(r"\W+", "", _PAGE.sub("", without_notes(text).lower()))
