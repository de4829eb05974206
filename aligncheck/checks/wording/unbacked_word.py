"""English words of weight that no Chinese backs: small and medium-sized, fully automated, state-owned.

The words lie in ``data/unbacked.txt`` with the Chinese that may lie behind them.  A whole sentence without
a source is the matter of the check for additions; here the sentence is backed and a word in it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage
from aligncheck.checks.lazy import Lazy
from aligncheck.checks.passage_terms import term_pairs
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import zh as quote
from aligncheck.checks.wording import tables
from aligncheck.checks.wording.anchors import Finder, anchors
from aligncheck.checks.wording.linked import rendered_by
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef

#: A sentence less surely backed than this belongs to the check for additions.
_ABSENT = 0.3
#: Evidence from which on a Chinese word may lie behind the English one.
_BACKED = 0.45
#: Evidence from which on the neighbouring word counts as a rendering.
_RENDERED = 0.5
#: Clauses before and behind those that a sentence renders which may lend it a word.
_BESIDE = 1


@dataclass(frozen=True, slots=True)
class Weighty:
    """An English word of weight and the Chinese that may lie behind it."""

    english: Lazy
    hints: Lazy
    anchors: tuple[str, ...]  # of which the English, lowered, must hold one
    confidence: float
    severity: Severity


@cache
def weighty() -> tuple[Weighty, ...]:
    """The table, parsed.

    Raises:
        ValueError: a row of the table is not in its form.
    """
    found = []
    for section in tables.sections(tables.lines("unbacked.txt"), columns=2):
        for row in section.rows:
            english, hints = row.columns
            found.append(
                Weighty(
                    Lazy(rf"(?<![\w-])(?:{english})(?!\w)", re.IGNORECASE),
                    Lazy(hints),
                    anchors(english),
                    row.confidence,
                    section.severity,
                )
            )
    return tuple(found)


@cache
def _finder() -> Finder[Weighty]:
    return Finder([(row.anchors, row) for row in weighty()])


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English words of weight that the Chinese does not back."""
    judgement = judged(bitext, context)
    terms = term_pairs(context)
    for passage in judgement.passages:
        for text, start, end, hit in unbacked(passage):
            if terms.backs(passage.chinese, text, start, end):
                continue
            yield hit


def unbacked(passage: Passage) -> Iterator[tuple[str, int, int, Hit]]:
    """The unbacked words of a passage: sentence, where in it, and the hit; at most one a sentence."""
    if not passage.chinese or not passage.english:
        return
    for sentence, unit in enumerate(passage.english):
        if unit.foreign >= _ABSENT:
            continue
        rows_of_table = _finder().rows(unit.text)
        spots = [(row, m) for row in rows_of_table if (m := row.english.search(unit.text))]
        if not spots:
            continue
        clauses = rendered_by(passage, sentence)
        if not clauses:
            continue
        near = range(max(0, min(clauses) - _BESIDE), min(len(passage.chinese), max(clauses) + _BESIDE + 1))
        text = "，".join(passage.chinese[k].text for k in near)
        rows = [i for k in near for i in passage.rows[k]]
        words = list(zip(passage.columns[sentence], unit.words, strict=True))
        for row, spot in spots:
            if row.hints.search(text):
                continue
            columns = [j for j, w in words if spot.start() <= w.start < spot.end() and w.weight >= 0.4]
            if not columns or float(passage.words[np.ix_(rows, columns)].max()) >= _BACKED:
                continue
            beside = [j for j, w in words if w.start >= spot.end() and w.weight > 0][:2]
            beside += [j for j, w in words if w.end <= spot.start() and w.weight > 0][-1:]
            own = [i for k in clauses for i in passage.rows[k]]
            scores = passage.words[np.ix_(own, beside)].max(axis=1, initial=0)
            if float(scores.max(initial=0)) < _RENDERED:
                continue
            at = own[int(scores.argmax())]
            clause = next(passage.chinese[k] for k in clauses if at in passage.rows[k])
            yield (
                unit.text,
                spot.start(),
                spot.end(),
                Hit(
                    Message(
                        f"Nothing in {quote(clause.text.rstrip('，。；,;'))} supports “{spot.group()}”.",
                        f"{quote(clause.text.rstrip('，。；,;'))}中没有与“{spot.group()}”对应的内容。",
                    ),
                    (SpanRef(clause.ref.block, clause.ref.start, clause.ref.end),),
                    (SpanRef(unit.ref.block, unit.ref.start + spot.start(), unit.ref.start + spot.end()),),
                    round(max(0.3, row.confidence - 0.3 * unit.foreign), 3),
                    severity=row.severity,
                    category=Category.ADDITION,
                    evidence=(("English", spot.group()),),
                ),
            )
            break


CHECKS = (carded(__name__, "unbacked-word", run=run),)
