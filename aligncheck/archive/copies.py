"""Documents of an archive that are nearly the same text: drafts beside finals, reprints, the report of another year.

Two documents are near copies when most of the shorter one's sentences stand in the other word for word
(containment, Broder 1997).  Sentences that many documents share are formulas and tell nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligncheck.archive.store import Store

#: Share of the shorter document's sentences that both have.
ALIKE = 0.6
#: Sentences of fewer characters are headings, dates and formulas; a document needs so many others.
_SHORTEST, _ENOUGH = 8, 3
#: A sentence in more documents than this joins none of them.
_COMMON = 40


def find_near_copies(store: Store) -> None:
    """Find the near copies among all units of the store and keep them there."""
    holders: dict[bytes, list[int]] = defaultdict(list)
    units: list[str] = []
    sizes: list[int] = []
    own: set[bytes] = set()

    def close() -> None:
        if units:
            sizes.append(len(own))
            for sentence in own:
                holders[sentence].append(len(units) - 1)

    sql = "SELECT unit, source_text FROM bead WHERE length(source_text) >= ? ORDER BY unit, position"
    for row in store.rows(sql, _SHORTEST):
        if not units or units[-1] != row[0]:
            close()
            units.append(row[0])
            own = set()
        own.add(hashlib.blake2b("".join(row[1].split()).encode(), digest_size=8).digest())
    close()
    shared: Counter[tuple[int, int]] = Counter()
    for those in holders.values():
        if 1 < len(those) <= _COMMON:
            shared.update((a, b) for n, a in enumerate(those) for b in those[n + 1 :])
    found = []
    for (a, b), count in sorted(shared.items()):
        shorter = min(sizes[a], sizes[b])
        if shorter >= _ENOUGH and count >= ALIKE * shorter:
            found.append((units[a], units[b], round(count / shorter, 3)))
    store.put_near_copies(found)
