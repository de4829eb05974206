"""Waivers that stand as comments in the documents themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from aligncheck.model import Bead, Document, Finding, InlineWaiver, Report, Waiver
from aligncheck.registry import did_you_mean, load


def accept(
    findings: Sequence[Finding],
    source: Document,
    target: Document | None,
    beads: Sequence[Bead] = (),
) -> tuple[Finding, ...]:
    """The findings with ``waived`` set where a comment in the text accepts them.

    A comment covers what its check marks in its own block; where a finding marks nothing on that side
    (an omission), what it marks in the blocks that the block is aligned with.
    """
    if not source.waivers and (target is None or not target.waivers):
        return tuple(findings)
    partners = _partners(source, target, beads) if target is not None else {}
    sides = [("source", source), *([("target", target)] if target is not None else [])]
    accepted = list(findings)
    for side, document in sides:
        for given in document.waivers:
            if not given.reason:
                continue
            waiver = _waiver(document, given)
            for n, finding in enumerate(accepted):
                if finding.waived is None and _covers(given, side, finding, partners):
                    accepted[n] = replace(finding, waived=replace(waiver, id=finding.id))
    return tuple(accepted)


def complaints(report: Report) -> tuple[str, ...]:
    """A line for each comment that waives nothing: no such check, no reason, or no finding any more."""
    documents = [d for d in (report.source, report.target) if d is not None]
    used = {f.waived.by for f in report.findings if f.waived is not None}
    said = []
    for document in documents:
        for given in document.waivers:
            where = f"{document.path}:{given.line}"
            if not given.reason:
                said.append(
                    f"{where}: this comment waives {given.check!r} without a reason, so it waives nothing"
                )
            elif given.check not in load("aligncheck.checks"):
                near = did_you_mean(given.check, load("aligncheck.checks"))
                hint = f"; {near}" if near.startswith("did") else ""
                said.append(f"{where}: no check is called {given.check!r}{hint}")
            elif _waiver(document, given).by not in used:
                said.append(f"{where}: this comment waives {given.check}, which finds nothing here any more")
    return tuple(said)


def _waiver(document: Document, given: InlineWaiver) -> Waiver:
    return Waiver("", given.reason, f"{PurePath(document.path).name}:{given.line}")


def _covers(
    given: InlineWaiver, side: str, finding: Finding, partners: dict[tuple[str, int], set[int]]
) -> bool:
    if finding.check != given.check:
        return False
    own, other = finding.source, finding.target
    if side == "target":
        own, other = other, own
    if own:
        return any(span.block == given.block for span in own)
    return any(span.block in partners.get((side, given.block), ()) for span in other)


def _partners(source: Document, target: Document, beads: Iterable[Bead]) -> dict[tuple[str, int], set[int]]:
    """(side, block) -> the blocks of the other side that stand against it.

    What stands against nothing belongs to the passage before it.
    """
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    last: dict[str, set[int]] = {"source": set(), "target": set()}
    for bead in beads:
        blocks = {
            "source": {source.segments[i].block for i in bead.source} or last["source"],
            "target": {target.segments[i].block for i in bead.target} or last["target"],
        }
        for side, other in (("source", "target"), ("target", "source")):
            for block in blocks[side]:
                found[side, block] |= blocks[other]
        last = blocks
    return found
