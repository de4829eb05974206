"""What became of the findings between two versions of a draft, and how much each passage changed.

A finding stays when its id stays.  As ids are tied to the text around, an edit beside a finding
gives it a new one: so, among those left over, findings of the same check about the same words
in passages that belong together are the same finding too.

The change of a passage is its translation edit rate: edits (insertions, deletions, substitutions,
shifts of runs of words) by the length of the old text (Snover et al. 2006), as sacreBLEU computes it.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aligncheck.model import Document, Finding, Report
from aligncheck.reports.view import in_reading_order

SCHEMA = "aligncheck-diff/1"
#: Passages less alike than this are not two versions of one.
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the old draft and its new version; None where there is none on that side.

    ``ter`` is the edit rate, 0 for no change, 1 for as many edits as the old text has words.
    """

    old: int | None
    new: int | None
    old_text: str
    new_text: str
    ter: float


@dataclass(frozen=True, slots=True)
class Diff:
    """Two reports compared; ``stayed`` pairs each finding with its new self."""

    old: Report
    new: Report
    fixed: tuple[Finding, ...]
    appeared: tuple[Finding, ...]
    stayed: tuple[tuple[Finding, Finding], ...]
    passages: tuple[Passage, ...]  # those that changed, in the order of the new draft

    @property
    def ter(self) -> float:
        """The edit rate over the whole draft, weighted by the passages' old length."""
        side = draft(self.old)
        total = sum(_length(side, b.text) for b in side.blocks)
        edits = sum(p.ter * _length(side, p.old_text) for p in self.passages if p.old is not None)
        added = sum(_length(side, p.new_text) for p in self.passages if p.old is None)
        return (edits + added) / total if total else float(bool(added))


def compare(old: Report, new: Report) -> Diff:
    """Compare the reports of two versions of a draft."""
    old, new = in_reading_order(old), in_reading_order(new)
    pairs, loose_old, loose_new = _by_id(old.findings, new.findings)
    matched = match_blocks(draft(old), draft(new))
    source_matched = dict(match_blocks(old.source, new.source))
    where = dict(matched)
    more, loose_old, loose_new = _by_words(loose_old, loose_new, where, source_matched)
    order = {id(f): n for n, f in enumerate(new.findings)}
    stayed = sorted([*pairs, *more], key=lambda pair: order[id(pair[1])])
    return Diff(
        old,
        new,
        tuple(loose_old),
        tuple(loose_new),
        tuple(stayed),
        tuple(_passages(draft(old), draft(new), matched)),
    )


def draft(report: Report) -> Document:
    """The document that is being worked on: the translation, or the only one."""
    return report.target if report.target is not None else report.source


_Pairs = list[tuple[Finding, Finding]]


def _by_id(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[_Pairs, list[Finding], list[Finding]]:
    waiting: dict[str, list[Finding]] = {}
    for finding in new:
        waiting.setdefault(finding.id, []).append(finding)
    pairs, loose = [], []
    for finding in old:
        if waiting.get(finding.id):
            pairs.append((finding, waiting[finding.id].pop(0)))
        else:
            loose.append(finding)
    taken = {id(b) for _, b in pairs}
    return pairs, loose, [f for f in new if id(f) not in taken]


def _by_words(
    old: Sequence[Finding], new: Sequence[Finding], target: dict[int, int], source: dict[int, int]
) -> tuple[_Pairs, list[Finding], list[Finding]]:
    pairs: _Pairs = []
    left = list(new)
    loose = []
    for finding in old:
        twin = next((f for f in left if _same(finding, f, target, source)), None)
        if twin is None:
            loose.append(finding)
        else:
            left.remove(twin)
            pairs.append((finding, twin))
    return pairs, loose, left


def _same(old: Finding, new: Finding, target: dict[int, int], source: dict[int, int]) -> bool:
    if (old.check, old.category) != (new.check, new.category):
        return False
    if [s.text for s in old.source] != [s.text for s in new.source]:
        return False
    if [s.text for s in old.target] != [s.text for s in new.target]:
        return False
    return all(target.get(a.block) == b.block for a, b in zip(old.target, new.target, strict=True)) and all(
        source.get(a.block) == b.block for a, b in zip(old.source, new.source, strict=True)
    )


def match_blocks(old: Document, new: Document) -> list[tuple[int, int]]:
    """Which block of the new version each block of the old one became, in order, without crossings."""
    a, b = [x.text for x in old.blocks], [x.text for x in new.blocks]
    pairs: list[tuple[int, int]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        elif tag == "replace":
            pairs += _alike(a, b, (i1, i2), (j1, j2))
    return pairs


def _alike(
    a: Sequence[str], b: Sequence[str], i: tuple[int, int], j: tuple[int, int]
) -> list[tuple[int, int]]:
    """The best pairing in order of rewritten blocks (as in edit distance, by likeness)."""
    n, m = i[1] - i[0], j[1] - j[0]
    if n * m > 10_000:  # a wholly new text: nothing to find, and too dear to look
        return list(zip(range(*i), range(*j), strict=False)) if n == m else []
    likeness = [[likeness_of(a[i[0] + x], b[j[0] + y]) for y in range(m)] for x in range(n)]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for x in range(n - 1, -1, -1):
        for y in range(m - 1, -1, -1):
            pair = likeness[x][y] + best[x + 1][y + 1] if likeness[x][y] >= ALIKE else -1.0
            best[x][y] = max(pair, best[x + 1][y], best[x][y + 1])
    pairs, x, y = [], 0, 0
    while x < n and y < m:
        if likeness[x][y] >= ALIKE and best[x][y] == likeness[x][y] + best[x + 1][y + 1]:
            pairs.append((i[0] + x, j[0] + y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return pairs


def likeness_of(a: str, b: str) -> float:
    """How alike two texts are, 0..1, by the words (or Chinese characters) that they share."""
    x, y = Counter(_tokens(a)), Counter(_tokens(b))
    total = sum(x.values()) + sum(y.values())
    return 2 * sum((x & y).values()) / total if total else 1.0


def _tokens(text: str) -> list[str]:
    words = text.lower().split()
    return words if len(words) > 1 or text.isascii() else list(text)


def _passages(old: Document, new: Document, pairs: Sequence[tuple[int, int]]) -> list[Passage]:
    from sacrebleu.metrics.ter import TER

    meter: Any = TER(normalized=True, asian_support=old.language == "zh")
    became = {b: a for a, b in pairs}
    kept = {a for a, _ in pairs}
    gone = [n for n in range(len(old.blocks)) if n not in kept]
    found: list[Passage] = []
    for number, block in enumerate(new.blocks):
        while gone and (number in became) and gone[0] < became[number]:
            found.append(Passage(gone[0], None, old.blocks[gone.pop(0)].text, "", 1.0))
        if number not in became:
            found.append(Passage(None, number, "", block.text, 1.0))
            continue
        before = old.blocks[became[number]].text
        if before != block.text:
            # sacreBLEU calls the text that is judged the hypothesis: the new one, by the old as reference.
            score = meter.sentence_score(block.text, [before]).score / 100
            found.append(Passage(became[number], number, before, block.text, round(float(score), 4)))
    found += [Passage(n, None, old.blocks[n].text, "", 1.0) for n in gone]
    return found


def _length(document: Document, text: str) -> int:
    return len(text) if document.language == "zh" else len(text.split())


def diff_data(diff: Diff) -> dict[str, Any]:
    """The comparison as plain data."""
    from aligncheck.reports.serial import finding_data, summary_data

    return {
        "schema": SCHEMA,
        "old": {"path": draft(diff.old).path, "summary": summary_data(diff.old.summary)},
        "new": {"path": draft(diff.new).path, "summary": summary_data(diff.new.summary)},
        "counts": {"fixed": len(diff.fixed), "new": len(diff.appeared), "stayed": len(diff.stayed)},
        "ter": round(diff.ter, 4),
        "fixed": [finding_data(f) for f in diff.fixed],
        "new_findings": [finding_data(f) for f in diff.appeared],
        "stayed": [{"old": a.id, **finding_data(b)} for a, b in diff.stayed],
        "passages": [
            {"old": p.old, "new": p.new, "ter": p.ter, "old_text": p.old_text, "new_text": p.new_text}
            for p in diff.passages
        ],
    }
