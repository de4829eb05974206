"""Drift: how the renderings of each term changed over the years, across all documents of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligncheck.archive.audit import Audit
    from aligncheck.archive.store import Store


def find_drift(audit: Audit, store: Store) -> None:
    """Find the drift over all documents of the store and keep it there."""
    concepts: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in store.rows(
        "SELECT r.term, r.due, r.text, r.status, r.way, r.count, r.line, u.year, u.source, u.target "
        "FROM rendering r JOIN unit u ON u.id = r.unit ORDER BY u.year, u.id, r.position"
    ):
        ways = concepts[(row["term"], row["due"])]
        way = ways.setdefault(
            row["text"].lower(), {"text": row["text"], "status": row["status"], "by": set(), "uses": {}}
        )
        way["by"].add(row["way"])
        document = row["target"] or row["source"]
        key = (row["year"], document, row["line"] or 0)
        way["uses"][key] = max(way["uses"].get(key, 0), row["count"])
    ranked = sorted(
        ((c, w) for c, w in concepts.items() if len(w) > 1), key=lambda item: (-_weight(item[1]), item[0])
    )
    rows, uses = [], []
    for number, ((term, due), ways) in enumerate(ranked):
        ordered = sorted(ways.values(), key=lambda w: (min(w["uses"]), w["text"]))
        for position, way in enumerate(ordered):
            years = sorted({y for y, _, _ in way["uses"] if y})
            rows.append(
                (
                    number,
                    position,
                    term,
                    due,
                    way["text"],
                    way["status"],
                    "+".join(sorted(way["by"])),
                    years[0] if years else "",
                    years[-1] if years else "",
                    sum(way["uses"].values()),
                    len({d for _, d, _ in way["uses"]}),
                    round(_weight(ways), 3),
                )
            )
            uses += [(number, position, y, d, line, n) for (y, d, line), n in sorted(way["uses"].items())]
    store.put_drift(rows, uses)


def _weight(ways: Mapping[str, dict[str, Any]]) -> float:
    """How much a drift matters: often used, and not dominated by one rendering."""
    counts: list[int] = sorted((sum(w["uses"].values()) for w in ways.values()), reverse=True)
    return sum(counts[1:]) + 0.01 * counts[0]
