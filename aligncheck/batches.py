"""Files of very many given pairs (a translation memory, a long table), checked some pairs at a time.

What a check makes of a pair costs a hundred times what the pair itself does, so only a batch of it is held.
The batches are cut by number alone: the same file gives the same findings whoever checks them and in
whatever order.  A check that compares passages of the whole document sees its own batch.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aligncheck.errors import InputError
from aligncheck.model import (
    Bead,
    Bitext,
    BlockPair,
    Document,
    Finding,
    MarkedSpan,
    Precedent,
    Problem,
    Rendering,
    Report,
    SecondReading,
    Severity,
    SpanRef,
    TermUse,
    Tool,
    finding_id,
    summarise,
)

#: Files with more given pairs are checked in batches of so many.
LARGE = 5_000
PAIRS = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive pairs as a bitext of their own: blocks and segments count from 0."""

    number: int
    bitext: Bitext


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept of a batch's report; blocks are as the batch counts them."""

    tool: Tool
    beads: tuple[Bead, ...]
    findings: tuple[Finding, ...]
    terms: tuple[TermUse, ...]
    problems: tuple[Problem, ...]
    precedents: tuple[Precedent, ...]
    second: SecondReading | None


class Batches(Sequence[Batch]):
    """The batches of a bitext, each made when it is asked for."""

    def __init__(self, bitext: Bitext) -> None:
        self.bitext = bitext
        self._starts = list(range(0, len(bitext.given), PAIRS))
        self._cuts = tuple(_cuts(bitext, side, self._starts) for side in ("source", "target"))

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Batch:  # type: ignore[override]  # no slices
        start = self._starts[number]
        (a, b), (c, d) = (cuts[number : number + 2] for cuts in self._cuts)
        whole = self.bitext
        pairs = tuple(
            BlockPair(tuple(i - a for i in p.source), tuple(i - c for i in p.target), p.unit)
            for p in whole.given[start : start + PAIRS]
        )
        source = replace(whole.source.part(a, b), problems=())
        target = replace(whole.target.part(c, d), problems=())
        return Batch(number, Bitext(source, target, given=pairs, paired=True))

    def offsets(self, number: int) -> tuple[int, int, int, int]:
        """What a batch's numbers are less than the file's: blocks and segments of the source, of the target."""
        found: list[int] = []
        for cuts, document in zip(self._cuts, (self.bitext.source, self.bitext.target), strict=True):
            first = next((b.segments[0].id for b in document.blocks[cuts[number] :] if b.segments), 0)
            found += [cuts[number], first]
        return found[0], found[1], found[2], found[3]


def is_large(what: Bitext | Document) -> bool:
    """Whether something is checked in batches: many given pairs, in the documents' order."""
    if not isinstance(what, Bitext) or not what.paired or len(what.given) <= LARGE:
        return False
    for side in ("source", "target"):
        blocks = [i for p in what.given for i in getattr(p, side)]
        if any(a >= b for a, b in itertools.pairwise(blocks)):
            return False
    return True


def _cuts(bitext: Bitext, side: str, starts: Sequence[int]) -> list[int]:
    """The first block of every batch, and the end."""
    cuts = [0]
    for start in starts[1:]:
        behind = (i for p in bitext.given[start : start + PAIRS] for i in getattr(p, side))
        cuts.append(next(behind, cuts[-1]))
    return [*cuts, len(getattr(bitext, side).blocks)]


def part_of(report: Report, linked: bool = False) -> Part:
    """What is kept of a batch's report; the words and links of its beads, most of it all, only if asked for."""
    beads = report.alignments
    return Part(
        report.tool,
        beads if linked else tuple(replace(b, words=None, links=()) for b in beads),
        report.findings,
        report.terms,
        report.problems,
        report.precedents,
        report.second,
    )


def joined(batches: Batches, parts: Sequence[Part], fail_on: Severity | None) -> Report:
    """One report of the whole file."""
    beads: list[Bead] = []
    findings: list[Finding] = []
    precedents: list[Precedent] = []
    second: SecondReading | None = None
    problems: dict[str, Problem] = {}
    seen: Counter[str] = Counter()
    for number, part in enumerate(parts):
        blocks_a, segments_a, blocks_b, segments_b = batches.offsets(number)
        if part.second is not None:
            moved = part.second.shifted(len(beads))
            second = moved if second is None else second.joined(moved)
        precedents += [replace(p, alignment=p.alignment + len(beads)) for p in part.precedents]
        beads += [
            replace(
                b,
                source=tuple(i + segments_a for i in b.source),
                target=tuple(i + segments_b for i in b.target),
                links=tuple(
                    replace(k, source=_down(k.source, blocks_a), target=_down(k.target, blocks_b))
                    for k in b.links
                ),
                words=b.words.moved(blocks_a, blocks_b) if b.words is not None else None,
            )
            for b in part.beads
        ]
        for finding in part.findings:
            seen[finding.id] += 1
            findings.append(_shifted(finding, blocks_a, blocks_b, seen[finding.id]))
        for problem in part.problems:
            problems.setdefault(problem.what, problem)
    found = tuple(findings)
    note = (
        f"{len(batches.bitext.given):,} pairs were checked {PAIRS:,} at a time: what is compared over the whole "
        "document was compared within each of these parts"
    )
    source, target = batches.bitext.source, batches.bitext.target
    return Report(
        tool=parts[0].tool,
        source=replace(source, problems=(*source.problems, note)),
        target=target,
        alignments=tuple(beads),
        findings=found,
        summary=summarise(found, source, target, fail_on),
        fail_on=fail_on,
        terms=_terms(use for part in parts for use in part.terms),
        problems=tuple(problems.values()),
        precedents=tuple(precedents),
        second=second,
    )


def _down(ref: SpanRef, by: int) -> SpanRef:
    return replace(ref, block=ref.block + by)


def _shifted(finding: Finding, source: int, target: int, nth: int) -> Finding:
    """A batch's finding with the file's blocks; its id is one of its own where batches repeat a text."""

    def moved(spans: Iterable[MarkedSpan], by: int) -> tuple[MarkedSpan, ...]:
        return tuple(replace(s, block=s.block + by) for s in spans)

    identity = finding.id if nth == 1 else finding_id(finding.check, finding.category, [finding.id], nth)
    waived = replace(finding.waived, id=identity) if finding.waived else None
    return replace(
        finding,
        id=identity,
        source=moved(finding.source, source),
        target=moved(finding.target, target),
        waived=waived,
    )


def _terms(uses: Iterable[TermUse]) -> tuple[TermUse, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    ways: dict[tuple[str, str], dict[tuple[str, str], Rendering]] = {}
    for use in uses:
        key = (use.term, use.due)
        counts[key] += use.count
        known = ways.setdefault(key, {})
        for way in use.renderings:
            old = known.get((way.text, way.status))
            known[way.text, way.status] = replace(way, count=way.count + old.count) if old else way
    return tuple(
        TermUse(term, due, counts[term, due], tuple(ways[term, due].values())) for term, due in counts
    )


def lost(batch: Batch, what: str) -> InputError:
    """What to say of a batch whose process ended."""
    first = batch.number * PAIRS + 1
    return InputError(
        f"pairs {first:,} to {first + len(batch.bitext.given) - 1:,} could not be checked: {what}",
        path=batch.bitext.source.path,
        hint="try --jobs 1, or split the file",
    )
