"""A Report as plain data: the JSON contract, and the way back."""

from __future__ import annotations

from typing import Any

from aligncheck.model import Bead, Document, Finding, Link, MarkedSpan, Report, SpanRef

SCHEMA = "aligncheck-report/1"


def report_data(report: Report) -> dict[str, Any]:
    """The report in the shape of the published JSON Schema."""
    return {
        "schema": SCHEMA,
        "tool": {
            "name": report.tool.name,
            "version": report.tool.version,
            "signature": report.tool.signature,
        },
        "documents": {
            "source": document_data(report.source),
            "target": document_data(report.target) if report.target is not None else None,
        },
        "alignments": [bead_data(b) for b in report.alignments],
        "findings": [finding_data(f) for f in report.findings],
        "summary": {
            "by_category": report.summary.by_category,
            "by_severity": report.summary.by_severity,
            "penalty_per_1000": report.summary.penalty_per_1000,
            "verdict": report.summary.verdict,
        },
    }


def document_data(document: Document) -> dict[str, Any]:
    """A document with its blocks and segments."""
    return {
        "path": document.path,
        "language": document.language,
        "blocks": [
            {
                "id": b.id,
                "kind": b.kind,
                "line": b.place.line,
                "text": b.text,
                "segments": [{"id": s.id, "start": s.start, "end": s.end} for s in b.segments],
            }
            for b in document.blocks
        ],
    }


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


def link_data(link: Link) -> dict[str, Any]:
    """A clause link."""
    return {"source": ref_data(link.source), "target": ref_data(link.target), "score": _round(link.score)}


def ref_data(ref: SpanRef) -> dict[str, int]:
    """A bare span."""
    return {"block": ref.block, "start": ref.start, "end": ref.end}


def span_data(span: MarkedSpan) -> dict[str, Any]:
    """A marked span of a finding."""
    data: dict[str, Any] = {
        "block": span.block,
        "line": span.line,
        "start": span.start,
        "end": span.end,
        "text": span.text,
    }
    if span.unit:
        data["unit"] = span.unit
    return data


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding."""
    waived = finding.waived
    return {
        "id": finding.id,
        "check": finding.check,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "confidence": _round(finding.confidence),
        "message": {"en": finding.message.en, "zh": finding.message.zh},
        "suggestion": finding.suggestion,
        "source": [span_data(s) for s in finding.source],
        "target": [span_data(s) for s in finding.target],
        "evidence": [{"label": label, "value": value} for label, value in finding.evidence],
        "waived": None
        if waived is None
        else {"reason": waived.reason, "by": waived.by, "until": waived.until, "kind": waived.kind},
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
