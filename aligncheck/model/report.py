"""The one thing that every reporter is fed with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from aligncheck.model.bitext import Bead
from aligncheck.model.categories import Severity
from aligncheck.model.finding import Finding, Message
from aligncheck.model.precedent import Precedent
from aligncheck.model.text import Document, counted


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


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What a second reader (a language model) did for a report, and what it could not do.

    ``passages`` were to be read, ``read`` of them were.  ``findings`` it made; ``moved``: doubts of ours whose
    confidence it changed; ``dropped``: why and how many of its claims were not believed.  ``remote``: the host
    where texts went, empty where they stayed on this machine; ``sent``: the alignments that went there.
    """

    model: str
    prompt: str
    calibrated: bool
    passages: int
    read: int
    findings: int = 0
    moved: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    notices: tuple[Message, ...] = ()
    remote: str = ""
    sent: tuple[int, ...] = ()
    #: Passages with words that speak to a model: they are not put to it.
    withheld: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all was read that was to be read."""
        return self.read + len(self.withheld) >= self.passages

    def shifted(self, by: int) -> SecondReading:
        """The same record where so many alignments stand before those that it speaks of."""
        return replace(
            self, sent=tuple(n + by for n in self.sent), withheld=tuple(n + by for n in self.withheld)
        )

    def joined(self, other: SecondReading) -> SecondReading:
        """One record of two, of other alignments of the same documents."""
        dropped = Counter(dict(self.dropped)) + Counter(dict(other.dropped))
        return replace(
            self,
            passages=self.passages + other.passages,
            read=self.read + other.read,
            findings=self.findings + other.findings,
            moved=self.moved + other.moved,
            dropped=tuple(sorted(dropped.items())),
            notices=tuple(dict.fromkeys((*self.notices, *other.notices))),
            sent=(*self.sent, *other.sent),
            withheld=(*self.withheld, *other.withheld),
        )


#: ``unjudged`` where no severity fails (``--fail-on never``): that is no pass.
VerdictName = Literal["pass", "fail", "unjudged"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and verdict; waived and neutral findings weigh nothing."""

    by_category: dict[str, int]
    by_severity: dict[str, int]
    penalty_per_1000: float
    verdict: VerdictName


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """Documents, their alignment and the findings, in document order.

    ``target`` is None when one document alone was checked.  ``timestamp`` (ISO 8601) is empty
    unless asked for, so that equal runs give equal bytes.  ``terms`` are the terms met, for the
    summary page; empty where no check looked for them.  ``precedents`` are earlier translations of passages
    like these, by alignment; empty without a translation memory.  ``second`` says what a second reader did.
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
    second: SecondReading | None = None

    def __iter__(self) -> Iterator[Finding]:
        """The findings, in document order."""
        return iter(self.findings)

    def __len__(self) -> int:
        """The number of findings, waived ones among them; so a report without any is false."""
        return len(self.findings)

    def __getitem__(self, name: str) -> tuple[Finding, ...]:
        """The findings of a check or of a category; none where nothing has that name.

        What was asked for is not looked up anywhere: ``report["omission"]`` is empty also where no such
        check ran.
        """
        return tuple(f for f in self.findings if name in (f.check, f.category.value))

    def __repr__(self) -> str:
        live = [f for f in self.findings if f.waived is None]
        counts = [f"{n} {s}" for s, n in self.summary.by_severity.items()]
        waived = len(self.findings) - len(live)
        counts += [f"{waived} waived"] if waived else []
        told = counted(len(self.findings), "finding") + (f" ({', '.join(counts)})" if counts else "")
        names = " | ".join(Path(d.path).name for d in (self.source, self.target) if d is not None)
        return f"<Report {names}: {told}, {self.summary.verdict}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the verdict and a table of the gravest findings."""
        from aligncheck.reports.saving import report_cell

        return report_cell(self)

    def to(self, format: str) -> bytes:
        """The report in a format of ``aligncheck check -f``, such as ``"json"`` or ``"html"``.

        Raises:
            ConfigError: no format has that name.
        """
        from aligncheck.reports.saving import rendered

        return rendered(self, format)

    def save(self, path: str | Path, format: str = "") -> Path:
        """Write the report, in the format that the file's ending tells or ``format`` names.

        An older report at that place is kept under a number.

        Raises:
            ConfigError: no format has that name.
            OutputError: no format has that ending, or a file that is not ours stands there.
        """
        from aligncheck.reports.saving import save_report

        return save_report(self, Path(path), format)


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
