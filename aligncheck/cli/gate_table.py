"""What the gate shows of its pairs: a table, and why some are refused."""

from __future__ import annotations

from collections.abc import Sequence

from aligncheck.archive.gate import PairResult, lines_of
from aligncheck.cli.table import render_table
from aligncheck.config.patterns import PairFiles
from aligncheck.language import heard, msg, say, tr
from aligncheck.model import Finding
from aligncheck.reports.texts import CATEGORIES, SEVERITIES

#: How many findings of a refused pair are listed on the terminal.
SHOWN = 10


def levels(result: PairResult) -> list[str]:
    """Counts of critical, major and minor findings, and the penalty per 1,000."""
    if result.summary is None:
        return ["", "", "", ""]
    counts = result.summary.by_severity
    return [
        *(str(counts.get(s, 0) or "") for s in ("critical", "major", "minor")),
        f"{result.summary.penalty_per_1000:.1f}",
    ]


VERDICTS = {"pass": msg("pass"), "fail": msg("FAIL"), "error": msg("ERROR"), "unjudged": msg("not judged")}


HEAD = (
    msg("pair"),
    msg("verdict"),
    msg("critical"),
    msg("major"),
    msg("minor"),
    msg("per 1,000"),
    msg("waived"),
    msg("baseline"),
)


def table(results: Sequence[PairResult]) -> str:
    """One row a pair."""
    rows = [
        [
            r.pair.name,
            tr(VERDICTS[r.verdict]),
            *levels(r),
            str(r.waived("waiver") or ""),
            str(r.waived("baseline") or ""),
        ]
        for r in results
    ]
    return render_table(HEAD, rows, right=range(2, 8))


def details(results: Sequence[PairResult]) -> list[str]:
    """Why pairs are refused: the reasons, then the gravest findings with their places."""
    lines: list[str] = []
    for r in results:
        if r.verdict in ("pass", "unjudged"):
            continue
        lines.append("")
        if r.failure is not None:
            head = tr("internal error") if r.failure.kind == "bug" else tr("error")
            lines.append(f"{r.pair.name}: {head}: {heard(r.failure.what)}")
            continue
        lines += [f"{r.pair.name}: {tr('internal error')}: {heard(p.what)}" for p in r.problems]
        if r.reasons:
            lines.append(f"{r.pair.name}: {tr('refused')}: {tr('; ').join(map(heard, r.reasons))}")
        live = sorted(r.live, key=lambda f: -f.severity.rank)
        lines += [f"  {finding_line(r.pair, f)}" for f in live[:SHOWN]]
        if len(live) > SHOWN:
            lines.append("  " + tr("… and {n} more", n=len(live) - SHOWN))
    return lines


def finding_line(pair: PairFiles, finding: Finding) -> str:
    """``drafts/a.en.txt:12: major number 9f2c…: message``."""
    number, in_target = lines_of(finding)
    file = (pair.target if in_target else "") or pair.source
    line = f":{number}" if number else ""
    name = f"{say(SEVERITIES[finding.severity])} {say(CATEGORIES[finding.category])}"
    return f"{file}{line}: {name} [{finding.id}] {say(finding.message)}"
