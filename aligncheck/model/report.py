"""The one thing that every reporter is fed with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from aligncheck.model.bitext import Bead
from aligncheck.model.categories import Severity
from aligncheck.model.finding import Finding
from aligncheck.model.precedent import Precedent
from aligncheck.model.text import Document


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the report: name, version and the signature of its settings."""

    name: str
    version: str
    signature: str


RenderingStatus = Literal["preferred", "admitted", "deprecated", "superseded", "other"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which a term was rendered, how the glossary stands to it, and how often it came."""

    text: str
    status: RenderingStatus
    count: int = 1


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term that the source uses and what the target made of it.

    ``due`` is the rendering that the glossary prefers (empty for a term that no glossary holds);
    ``count`` is how often the source uses the term.
    """

    term: str
    due: str = ""
    count: int = 1
    renderings: tuple[Rendering, ...] = ()

    @property
    def drifted(self) -> bool:
        """Whether it was rendered in a way that the glossary does not approve of."""
        return any(r.status not in ("preferred", "admitted") for r in self.renderings)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of ours that went wrong while the report was made: a check that crashed.

    ``detail`` is the traceback, for us; it is not part of any report.
    """

    what: str
    check: str = ""
    detail: str = ""


#: ``unjudged`` where no severity fails (``--fail-on never``): that is no pass.
VerdictName = Literal["pass", "fail", "unjudged"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and verdict; waived and neutral findings weigh nothing."""

    by_category: dict[str, int]
    by_severity: dict[str, int]
    penalty_per_1000: float
    verdict: VerdictName


@dataclass(frozen=True, slots=True)
class Report:
    """Documents, their alignment and the findings, in document order.

    ``target`` is None when one document alone was checked.  ``timestamp`` (ISO 8601) is empty
    unless asked for, so that equal runs give equal bytes.  ``terms`` are the terms met, for the
    summary page; empty where no check looked for them.  ``precedents`` are earlier translations of passages
    like these, by alignment; empty without a translation memory.
    """

    tool: Tool
    source: Document
    target: Document | None
    alignments: tuple[Bead, ...]
    findings: tuple[Finding, ...]
    summary: Summary
    fail_on: Severity | None = Severity.MAJOR  # None: nothing is judged
    timestamp: str = ""
    terms: tuple[TermUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    precedents: tuple[Precedent, ...] = ()


def summarise(
    findings: tuple[Finding, ...], source: Document, target: Document | None, fail_on: Severity | None
) -> Summary:
    """Count findings and judge them.

    The penalty is the sum of the MQM penalties of the findings that are not waived, per 1,000
    Chinese characters of the source (per 1,000 words where no Chinese document is there).
    """
    return summary_of(findings, document_size(source, target), fail_on)


def summary_of(findings: tuple[Finding, ...], size: int, fail_on: Severity | None) -> Summary:
    """What :func:`summarise` gives, for documents of which only the size is known."""
    live = [f for f in findings if f.waived is None]
    penalty = sum(f.severity.penalty for f in live)
    verdict: VerdictName = "unjudged"
    if fail_on is not None:
        verdict = "fail" if any(f.severity >= fail_on for f in live) else "pass"
    by_severity = Counter(f.severity.value for f in live)
    return Summary(
        by_category=dict(sorted(Counter(f.category.value for f in live).items())),
        by_severity={s.value: by_severity[s.value] for s in reversed(Severity) if by_severity[s.value]},
        penalty_per_1000=round(1000 * penalty / size, 3) if size else 0.0,
        verdict=verdict,
    )


def document_size(source: Document, target: Document | None) -> int:
    """Chinese characters of the pair, or words where nothing is Chinese: what the penalty is divided by."""
    chinese = next((d for d in (source, target) if d is not None and d.language == "zh"), None)
    if chinese is not None:
        return sum(len(b.text) for b in chinese.blocks)
    return sum(len(b.text.split()) for b in source.blocks)
