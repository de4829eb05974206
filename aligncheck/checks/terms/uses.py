"""Which terms of the glossary the source uses and how the target renders each: for the summary page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aligncheck.checks.context import Context
from aligncheck.checks.terms.evidence import BeadTerms, TermEvidence, term_evidence
from aligncheck.checks.terms.terminology import judged
from aligncheck.model import Bitext, Rendering, RenderingStatus, SpanRef, TermUse
from aligncheck.terms.concepts import Concept, Status

_STATUS: dict[Status, RenderingStatus] = {
    Status.PREFERRED: "preferred",
    Status.ADMITTED: "admitted",
    Status.DEPRECATED: "deprecated",
    Status.SUPERSEDED: "superseded",
}
_ORDER = tuple(_STATUS.values())


@dataclass(slots=True)
class _Use:
    term: str
    due: str
    count: int = 0
    renderings: Counter[tuple[str, RenderingStatus]] = field(default_factory=Counter)


def term_uses(bitext: Bitext, context: Context) -> tuple[TermUse, ...]:
    """The terms that the Chinese side uses, in the order of their first use, with their renderings.

    A rendering that no glossary holds is taken from the finding that reports it.
    """
    evidence = term_evidence(bitext, context)
    if evidence is None:
        return ()
    uses: dict[str, _Use] = {}
    for bead in evidence.beads:
        for concept, name, count in _concepts(bead):
            best = concept.preferred("en", evidence.date) or concept.preferred("en")
            use = uses.setdefault(concept.id, _Use(name, best.text if best is not None else ""))
            use.count += count
            use.renderings.update(_renderings(bead, concept, evidence))
    for hit in judged(bitext, context):
        said = dict(hit.evidence)
        if said.get("verdict") == "missing" and said.get("rendering") and said["concept"] in uses:
            uses[said["concept"]].renderings[said["rendering"], "other"] += 1
    return tuple(
        TermUse(
            use.term,
            use.due,
            use.count,
            tuple(
                Rendering(text, status, count)
                for (text, status), count in sorted(use.renderings.items(), key=lambda r: (-r[1], r[0]))
            ),
        )
        for use in uses.values()
    )


def _concepts(bead: BeadTerms) -> Iterator[tuple[Concept, str, int]]:
    """Each concept that the bead's Chinese names, with the Chinese words and how often."""
    found: dict[str, tuple[Concept, str, int]] = {}
    for occurrence in bead.occurrences:
        concept = next((c for c in occurrence.match.concepts if c.english), None)
        if concept is not None:
            _, name, count = found.get(concept.id, (concept, occurrence.match.text, 0))
            found[concept.id] = (concept, name, count + 1)
    yield from found.values()


def _renderings(
    bead: BeadTerms, concept: Concept, evidence: TermEvidence
) -> Iterator[tuple[str, RenderingStatus]]:
    """The concept's forms in the bead's English; the longest first, none inside another."""
    found = []
    for term in concept.english:
        status = _STATUS[term.standing(evidence.date)]
        for rendering in bead.find(evidence.termbase.form(term)):
            found.append((rendering.ref, _ORDER.index(status), term.text))
    taken: list[SpanRef] = []
    for ref, rank, text in sorted(found, key=lambda f: (-len(f[0]), f[1], f[0])):
        if not _overlaps(ref, taken):
            taken.append(ref)
            yield text, _ORDER[rank]


def _overlaps(ref: SpanRef, others: Sequence[SpanRef]) -> bool:
    return any(ref.overlaps(o) for o in others)
