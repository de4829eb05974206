"""Drift: how the renderings of each term changed over the years, across all documents of an archive.

Workers have noted, document by document, how terms are rendered: by alignment where there is a
pair, and by every form that the glossary lists in the English itself, so that years without
Chinese are seen too.  Here the notes of all documents are put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligncheck.archive.store import Store

#: Where a rendering stands: (year, document, line), the line 0 where it is not known.
Place = tuple[str, str, int]


@dataclass(slots=True)
class Way:
    """One way in which a term is rendered."""

    text: str
    status: str
    found_by: set[str] = field(default_factory=set)
    uses: dict[Place, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How often it is used."""
        return sum(self.uses.values())

    def settle(self) -> None:
        """What alignment and the English itself both saw in a document is counted once, with its line."""
        lined = {(year, document) for year, document, line in self.uses if line}
        self.uses = {p: n for p, n in self.uses.items() if p[2] or (p[0], p[1]) not in lined}


def find_drift(store: Store) -> None:
    """Find the drift over all documents of the store and keep it there."""
    concepts: dict[tuple[str, str], dict[str, Way]] = defaultdict(dict)
    acronyms: set[tuple[str, str]] = set()
    for row in store.rows(
        "SELECT r.term, r.due, r.text, r.status, r.way, r.count, r.line, u.year, u.source, u.target "
        "FROM rendering r JOIN unit u ON u.id = r.unit ORDER BY u.year, u.id, r.position"
    ):
        text = row["text"].lower()
        if row["way"] == "acronym":
            acronyms.add((row["term"], text))
            continue
        way = concepts[(row["term"], row["due"])].setdefault(text, Way(row["text"], row["status"]))
        way.found_by.add(row["way"])
        place = (row["year"], row["target"] or row["source"], row["line"] or 0)
        way.uses[place] = max(way.uses.get(place, 0), row["count"])
    found = []
    for (term, due), ways in concepts.items():
        # An acronym beside its full form is no drift.
        kept = {text: way for text, way in ways.items() if (term, text) not in acronyms}
        if len(kept) > 1:
            for way in kept.values():
                way.settle()
            found.append(((term, due), kept))
    rows, uses = [], []
    for number, ((term, due), ways) in enumerate(sorted(found, key=lambda c: (-weight(c[1]), c[0]))):
        ordered = sorted(ways.values(), key=lambda w: (min(w.uses), w.text))
        for position, way in enumerate(ordered):
            years = sorted({year for year, _, _ in way.uses if year})
            rows.append(
                (
                    number,
                    position,
                    term,
                    due,
                    way.text,
                    way.status,
                    "+".join(sorted(way.found_by)),
                    years[0] if years else "",
                    years[-1] if years else "",
                    way.count,
                    len({document for _, document, _ in way.uses}),
                    round(weight(ways), 3),
                )
            )
            uses += [(number, position, *place, count) for place, count in sorted(way.uses.items())]
    store.put_drift(rows, uses)


def weight(ways: Mapping[str, Way]) -> float:
    """How much a drift matters: how often it is rendered otherwise than in the most frequent way."""
    counts = sorted((way.count for way in ways.values()), reverse=True)
    return sum(counts[1:]) + 0.01 * counts[0]
