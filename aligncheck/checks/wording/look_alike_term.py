"""Terms rendered by their neighbours: social security for 社会保险, regulations for 政府规章, month-on-month for 同比.

The pairs lie in ``data/lookalikes.txt``.  Where a clause has the Chinese term, the sentence that renders it
has the near but wrong English and not the right one, and no other Chinese word explains the wrong
English, the term is taken for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.lazy import Lazy
from aligncheck.checks.passage_terms import term_pairs
from aligncheck.checks.passages import judged
from aligncheck.checks.wording import tables
from aligncheck.checks.wording.anchors import Finder, anchors
from aligncheck.checks.wording.fitting import calls_for, fitting
from aligncheck.checks.wording.linked import rendered_by
from aligncheck.model import Bitext, Category, Hit, Severity, SpanRef

#: A clause less surely rendered than this belongs to the check for omissions.
_ABSENT = 0.4
#: Evidence from which on the wrong English renders another Chinese word.
_ELSEWHERE = 0.72


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A term, the English that is near it but wrong, the right one, and what may lie behind the wrong one."""

    sample: str
    chinese: Lazy
    wrong: Lazy
    right: Lazy
    hints: Lazy
    anchors: tuple[str, ...]  # of which the Chinese must hold one
    confidence: float
    severity: Severity
    category: Category | None


@cache
def lookalikes() -> tuple[LookAlike, ...]:
    """The table, parsed.

    Raises:
        ValueError: a row of the table is not in its form.
    """
    found = []
    for section in tables.sections(tables.lines("lookalikes.txt"), columns=5, categories=True):
        for row in section.rows:
            sample, chinese, wrong, right, hints = row.columns
            found.append(
                LookAlike(
                    sample,
                    Lazy(chinese),
                    Lazy(rf"(?<!\w)(?:{wrong})(?!\w)", re.IGNORECASE),
                    Lazy(rf"(?<!\w)(?:{right})(?!\w)", re.IGNORECASE),
                    Lazy(hints),
                    anchors(chinese),
                    row.confidence,
                    section.severity,
                    section.category,
                )
            )
    return tuple(found)


@cache
def _finder() -> Finder[LookAlike]:
    return Finder([(row.anchors, row) for row in lookalikes()])


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report terms that the English takes for their neighbours."""
    terms = term_pairs(context)
    for passage in judged(bitext, context).passages:
        for clause, spot, hit in confused(passage):
            if not terms.covers(clause.text, *spot):
                yield hit


def confused(passage: Passage) -> Iterator[tuple[Unit, tuple[int, int], Hit]]:
    """The terms of a passage that are taken for another: clause, where in its text, and the hit."""
    if not passage.chinese or not passage.english:
        return
    for n, clause in enumerate(passage.chinese):
        if clause.absent >= _ABSENT:
            continue
        taken: list[tuple[int, int]] = []
        for row in _finder().rows(clause.text):
            match = row.chinese.search(clause.text)
            if match is None or any(a < match.end() and match.start() < b for a, b in taken):
                continue
            hit = _confused(passage, n, row, match)
            if hit is not None:
                taken.append(match.span())
                yield clause, match.span(), hit


def _confused(passage: Passage, n: int, row: LookAlike, match: re.Match[str]) -> Hit | None:
    clause = passage.chinese[n]
    best = int(passage.links[n].argmax())
    unit = passage.english[best]
    spots = list(row.wrong.finditer(unit.text))
    if not spots or unit.absent >= 0.5 or row.right.search(unit.text):
        return None
    clauses = rendered_by(passage, best)
    if n not in clauses:
        return None
    doubt = 0.02 * max(0, len(clauses) - 2) + 0.3 * max(clause.absent - 0.1, 0.0)
    hints = sum(len(row.hints.findall(row.chinese.sub("□", passage.chinese[k].text))) for k in clauses)
    if hints >= len(spots):
        return None
    if hints:
        doubt += 0.06
    else:
        spots = [s for s in spots if not _elsewhere(passage, clauses, n, match, s, best)]
    if not spots:
        return None
    spot = spots[-1] if hints else spots[0]
    chinese = SpanRef(clause.ref.block, clause.ref.start + match.start(), clause.ref.start + match.end())
    return Hit(
        calls_for(match.group(), row.sample, spot.group().strip()),
        (chinese,),
        (SpanRef(unit.ref.block, unit.ref.start + spot.start(), unit.ref.start + spot.end()),),
        round(max(0.3, row.confidence - doubt), 3),
        severity=row.severity,
        category=row.category,
        suggestion=fitting(row.sample, spot.group().strip()),
        evidence=(("Chinese", match.group()), ("English", spot.group().strip())),
    )


def _elsewhere(
    passage: Passage,
    clauses: Sequence[int],
    n: int,
    match: re.Match[str],
    spot: re.Match[str],
    best: int,
) -> bool:
    """Whether each word of the wrong English renders some other word of the clauses, by word evidence."""
    columns = [
        j
        for j, w in zip(passage.columns[best], passage.english[best].words, strict=True)
        if spot.start() <= w.start < spot.end() and w.weight > 0
    ]
    rows = [
        i
        for k in clauses
        for i, w in zip(passage.rows[k], passage.chinese[k].words, strict=True)
        if k != n or w.end <= match.start() or w.start >= match.end()
    ]
    if not columns or not rows:
        return False
    return bool((passage.words[np.ix_(rows, columns)].max(axis=0) >= _ELSEWHERE).all())


CHECKS = (carded(__name__, "look-alike-term", run=run),)
