"""What findings on terms say alike: the rendering to propose, the evidence they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from aligncheck.terms.concepts import Concept
from aligncheck.terms.patterns import without_slots


def proposal(concepts: Sequence[Concept], date: str) -> str:
    """The rendering to propose, without place holders."""
    for concept in concepts:
        best = concept.preferred("en", date) or concept.preferred("en")
        if best is not None:
            return " ".join(without_slots(best.text).split())
    return ""


def evidence_of(concepts: Sequence[Concept], verdict: str, wording: str) -> tuple[tuple[str, str], ...]:
    """The rows of evidence of a finding: concept, verdict, wording, field, note."""
    concept = concepts[0]
    rows = [("concept", concept.id), ("verdict", verdict)]
    if wording:
        rows.append(("rendering", wording))
    if concept.subject:
        rows.append(("subject", concept.subject))
    if concept.note:
        rows.append(("note", concept.note))
    return tuple(rows)
