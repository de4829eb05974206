"""What a report's outcome is called, in both languages: not judged is not passed, nor is not compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aligncheck.model import Message, Report, Severity
from aligncheck.reports.places import weighs
from aligncheck.reports.texts import SEVERITIES

Kind = Literal["pass", "fail", "unjudged", "alone"]

_HEADS: dict[Kind, Message] = {
    "pass": Message("passed", "通过"),
    "fail": Message("not passed", "未通过"),
    "unjudged": Message("not judged", "未作判定"),
    "alone": Message("not compared", "未作比对"),
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
        yield Message("nothing was found", "没有发现问题")
    elif kind == "unjudged" or limit is None:
        yield counts_of(report)
    else:
        name = SEVERITIES[limit]
        grave = sum(weighs(f, limit) for f in live)
        if grave:
            yield Message(f"{grave} at or above {name.en}", f"“{name.zh}”及以上级别的问题{grave}个")
        else:
            yield Message(f"nothing at or above {name.en}", f"没有“{name.zh}”及以上级别的问题")
    if report.target is None:
        yield Message(
            "one document alone was read, so nothing was compared with a translation",
            "只读取了一份文件，未与译文比对",
        )


def counts_of(report: Report) -> Message:
    """``35 major, 16 minor``, waived and unsure ones left out."""
    live = [f for f in report.findings if f.waived is None]
    counted = [
        (s, sum(f.severity is s for f in live)) for s in reversed(Severity) if s is not Severity.NEUTRAL
    ]
    parts = [(SEVERITIES[s], n) for s, n in counted if n]
    if not parts:
        return Message("nothing sure was found", "没有把握较大的问题")
    return Message(
        ", ".join(f"{n} {name.en}" for name, n in parts), "，".join(f"{name.zh}{n}个" for name, n in parts)
    )
