"""A Report as plain data: the JSON contract, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligncheck.model import (
    Bead,
    Block,
    Document,
    Finding,
    Link,
    MarkedSpan,
    Precedent,
    Problem,
    Report,
    SpanRef,
    Summary,
    TermUse,
    Word,
    Words,
)

SCHEMA = "aligncheck-report/1"


def head_data(report: Report) -> dict[str, Any]:
    """What made the report, and how it was judged."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": fields(report.tool, "name version signature"),
        "fail_on": "never" if report.fail_on is None else report.fail_on.value,
    }
    if report.timestamp:
        data["timestamp"] = report.timestamp
    return data


def summary_data(summary: Summary) -> dict[str, Any]:
    """Counts and verdict."""
    return fields(summary, "by_category by_severity penalty_per_1000 verdict")


def problem_data(problem: Problem) -> dict[str, Any]:
    """A check that broke down."""
    return fields(problem, "what check")


def term_data(use: TermUse) -> dict[str, Any]:
    """A term with its renderings."""
    renderings = [fields(r, "text status count") for r in use.renderings]
    return {**fields(use, "term due count"), "renderings": renderings}


def precedent_data(precedent: Precedent) -> dict[str, Any]:
    """An earlier translation."""
    return {
        **fields(precedent, "alignment kind source target adapted"),
        "likeness": _round(precedent.likeness),
        "followed": precedent.followed,
        "uses": [fields(u, "document date status") for u in precedent.uses],
    }


def document_head(document: Document) -> dict[str, Any]:
    """A document without its blocks."""
    return {**fields(document, "path language name"), "problems": list(document.problems)}


def block_data(block: Block) -> dict[str, Any]:
    """A block with its segments; what it lacks (label, page, unit, marks) is left out."""
    place = block.place
    data: dict[str, Any] = {"id": block.id, "kind": block.kind, "line": place.line, "text": block.text}
    for name in ("page", "paragraph", "cell", "unit"):
        if getattr(place, name) is not None:
            data[name] = getattr(place, name)
    if block.level:
        data["level"] = block.level
    if block.label:
        data["label"] = block.label
    if block.marks:
        data["marks"] = [fields(m, "kind start end ref") for m in block.marks]
    if block.anchors:
        data["anchors"] = [[a.offset, a.line, a.column] for a in block.anchors]
    data["segments"] = [fields(s, "id start end") for s in block.segments]
    return data


def bead_data(bead: Bead) -> dict[str, Any]:
    """An alignment with its clause links."""
    return {
        "source": list(bead.source),
        "target": list(bead.target),
        "kind": bead.kind,
        "score": _round(bead.score),
        "moved": bead.moved,
        "quality": _round(bead.quality),
        "coverage": {"source": _round(bead.source_coverage), "target": _round(bead.target_coverage)},
        "links": [link_data(link) for link in bead.links],
    }


def words_data(words: Words) -> dict[str, Any]:
    """The words of a bead: places in their blocks, links by number with probabilities, and how probably none fits."""

    def side(some: Sequence[Word], unlinked: Sequence[float]) -> list[dict[str, Any]]:
        return [
            {**ref_data(word.ref), "unlinked": _round(alone)}
            for word, alone in zip(some, unlinked, strict=True)
        ]

    return {
        "source": side(words.source, words.unlinked_source),
        "target": side(words.target, words.unlinked_target),
        "links": [[link.source, link.target, link.p] for link in words.links],
    }


def link_data(link: Link) -> dict[str, Any]:
    """A clause link."""
    return {"source": ref_data(link.source), "target": ref_data(link.target), "score": _round(link.score)}


def ref_data(ref: SpanRef) -> dict[str, Any]:
    """A bare span."""
    return fields(ref, "block start end")


def span_data(span: MarkedSpan) -> dict[str, Any]:
    """A marked span of a finding."""
    return fields(span, "block line start end text" + (" unit" if span.unit else ""))


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding."""
    waived = finding.waived
    data = {
        "id": finding.id,
        "check": finding.check,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "confidence": _round(finding.confidence),
        "message": fields(finding.message, "en zh"),
        "suggestion": finding.suggestion,
        "source": [span_data(s) for s in finding.source],
        "target": [span_data(s) for s in finding.target],
        "evidence": [{"label": label, "value": value} for label, value in finding.evidence],
        "waived": fields(waived, "reason by until kind") if waived is not None else None,
    }
    if finding.decided is not None:
        data["decided"] = fields(finding.decided, "kind by comment wording")
    return data


def fields(record: Any, names: str) -> dict[str, Any]:
    """Some fields of a record, under their own names."""
    return {name: getattr(record, name) for name in names.split()}


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
