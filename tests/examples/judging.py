"""What the tests of the examples share: which findings count, and whether one fits a planted defect."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Finding, MarkedSpan, Report, Severity

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"

Defect = Mapping[str, Any]


@cache
def report_of(source: Path, target: Path | None = None) -> Report:
    """The report of a pair, made once."""
    return engine.check(source, target, Settings())


def shown(report: Report) -> list[Finding]:
    """The findings that a reader sees: minor and above."""
    return [f for f in report.findings if f.severity >= Severity.MINOR]


def right_kind(finding: Finding, defect: Defect) -> bool:
    """Whether the category is one of those accepted."""
    return finding.category.value in defect["accept"]


def right_place(finding: Finding, defect: Defect) -> bool:
    """Whether the finding touches the defect's line on either side."""
    sources = {s.line for s in finding.source}
    targets = {t.line for t in finding.target}
    return defect["line"] in sources or defect["en_line"] in targets


def right_text(finding: Finding, defect: Defect) -> bool:
    """Whether a marked span and the defect's own text are much the same on one side."""
    return any(
        _same(span.text, text)
        for spans, text in ((finding.source, defect["zh"]), (finding.target, defect["en"]))
        for span in spans
        if text
    )


def _same(got: str, wanted: str) -> bool:
    if not got or len(got) > 3 * len(wanted) + 20:
        return False
    matcher = difflib.SequenceMatcher(None, got, wanted, autojunk=False)
    return 2 * matcher.find_longest_match().size >= min(len(got), len(wanted))


def finders(report: Report, defect: Defect) -> list[Finding]:
    """The findings that name the defect: right category, right place."""
    return [f for f in shown(report) if right_kind(f, defect) and right_place(f, defect)]


def best_finders(report: Report, defect: Defect) -> list[Finding]:
    """Those of :func:`finders` that also mark the very text."""
    return [f for f in finders(report, defect) if right_text(f, defect)]


def brief(findings: Iterable[Finding]) -> str:
    """Findings, one a line, for the message of a failed assertion."""

    def side(spans: tuple[MarkedSpan, ...]) -> str:
        return "; ".join(f"{s.line}: {s.text[:60]!r}" for s in spans)

    return "\n".join(
        f"{f.category.value} {f.severity.value} {f.confidence:.2f} [{f.check}] {f.message.en}\n"
        f"    {side(f.source)} | {side(f.target)}"
        for f in findings
    )
