"""What a report's outcome is called, in both languages: not judged is not passed, nor is not compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aligncheck.language import both
from aligncheck.model import Message, Report, Severity
from aligncheck.reports.places import weighs
from aligncheck.reports.texts import SEVERITIES

Kind = Literal["pass", "fail", "unjudged", "alone"]

_HEADS: dict[Kind, Message] = {
    "pass": both("passed"),
    "fail": both("not passed"),
    "unjudged": both("not judged"),
    "alone": both("not compared"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: its kind, its name, and why in a few words."""

    kind: Kind
    head: Message
    why: Message


def verdict_of(report: Report) -> Verdict:
    """How the report came out: ``alone`` is a document without its translation in which nothing was found."""
    kind: Kind = report.summary.verdict
    if kind == "pass" and report.target is None:
        kind = "alone"
    reasons = list(_reasons(report, kind))
    return Verdict(
        kind, _HEADS[kind], Message("; ".join(r.en for r in reasons), "；".join(r.zh for r in reasons))
    )


def _reasons(report: Report, kind: Kind) -> Iterator[Message]:
    live = [f for f in report.findings if f.waived is None]
    limit = report.fail_on
    if not report.findings:
        yield both("nothing was found")
    elif kind == "unjudged" or limit is None:
        yield counts_of(report)
    else:
        name = SEVERITIES[limit]
        grave = sum(weighs(f, limit) for f in live)
        if grave:
            yield both("{n} at or above {level}", n=grave, level=name)
        else:
            yield both("nothing at or above {level}", level=name)
    if report.target is None:
        yield both("one document alone was read, so nothing was compared with a translation")


def counts_of(report: Report) -> Message:
    """``35 major, 16 minor``, waived and unsure ones left out."""
    live = [f for f in report.findings if f.waived is None]
    counted = [
        (s, sum(f.severity is s for f in live)) for s in reversed(Severity) if s is not Severity.NEUTRAL
    ]
    parts = [(SEVERITIES[s], n) for s, n in counted if n]
    if not parts:
        return both("nothing sure was found")
    return Message(
        ", ".join(f"{n} {name.en}" for name, n in parts), "，".join(f"{name.zh}{n}个" for name, n in parts)
    )
