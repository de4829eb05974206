"""Small words of legal or factual weight that the English leaves out: draft, largely, in advance, acting.

The words lie in ``data/qualifiers.txt``.  Where a clause is rendered and the English has the word's head
but none of the signs that could render the word, the word is lost: “six regulations were submitted”
for 提请审议地方性法规草案6项.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Word
from aligncheck.checks.lazy import Lazy
from aligncheck.checks.passage_terms import term_pairs
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import zh as quote
from aligncheck.checks.wording import tables
from aligncheck.checks.wording.anchors import Finder, anchors
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef

#: Evidence from which on a head counts as rendered by an English word.
_RENDERED = 0.5
#: Link from which on any word of the clause may stand for the head where the nearest is rendered freely.
_SURELY = 0.6
#: Evidence from which on the word itself may be rendered after all, by a sign that the table lacks.
_ANOTHER_SIGN = 0.72
#: A clause less surely rendered than this belongs to the check for omissions.
_ABSENT = 0.3
#: A neighbour linked to a clause so much less than the best one has no share in it.
_SHARED = 0.45
#: Code points shown on either side of the head, in whole words.
_AROUND = 24
#: Sentences linked to a clause nearly as well as the best one render it too.
_NEARLY = 0.15


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A word, its head in the English (None: the word beside it), and the signs that render it."""

    sample: str
    chinese: Lazy
    head: Lazy | None
    signs: Lazy
    anchors: tuple[str, ...]  # of which the Chinese must hold one
    confidence: float
    severity: Severity


@cache
def qualifiers() -> tuple[Qualifier, ...]:
    """The table, parsed.

    Raises:
        ValueError: a row of the table is not in its form.
    """
    found = []
    for section in tables.sections(tables.lines("qualifiers.txt"), columns=4):
        for row in section.rows:
            sample, chinese, head, signs = row.columns
            found.append(
                Qualifier(
                    sample,
                    Lazy(chinese),
                    None if head == "=" else Lazy(rf"\b(?:{head})\b", re.IGNORECASE),
                    Lazy(rf"(?<!\w)(?:{signs})(?!\w)", re.IGNORECASE),
                    anchors(chinese),
                    row.confidence,
                    section.severity,
                )
            )
    return tuple(found)


@cache
def _finder() -> Finder[Qualifier]:
    return Finder([(row.anchors, row) for row in qualifiers()])


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report qualifiers of the Chinese that the English sentence lacks."""
    terms = term_pairs(context)
    for passage in judged(bitext, context).passages:
        for clause, spot, hit in lost(passage):
            if not terms.covers(clause.text, *spot):
                yield hit


def lost(passage: Passage) -> Iterator[tuple[Unit, tuple[int, int], Hit]]:
    """The words that a passage loses: clause, where in its text, and the hit."""
    if not passage.chinese or not passage.english:
        return
    for n, clause in enumerate(passage.chinese):
        if clause.absent >= _ABSENT:
            continue
        taken: list[tuple[int, int]] = []
        for row in _finder().rows(clause.text):
            for match in row.chinese.finditer(clause.text):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                found = _lost(passage, n, row, match)
                if found is None:
                    continue
                taken.append(match.span())
                yield clause, _span(match), found
                break  # the same word again in this clause: one cause


def _lost(passage: Passage, n: int, row: Qualifier, match: re.Match[str]) -> Hit | None:
    clause = passage.chinese[n]
    order = np.argsort(-passage.links[n])
    best = int(order[0])
    linked = [int(s) for s in order if passage.links[n, s] > passage.links[n, best] - _NEARLY]
    if passage.english[best].absent >= 0.5:
        return None
    if any(row.signs.search(passage.english[s].text) for s in linked) or _unclaimed(passage, n, row, best):
        return None
    head = _head(passage, n, row, match, best)
    if head is None:
        return None
    first, last = _span(match)
    if row.head is None:
        columns = [c for s in linked for c in passage.columns[s]]
        own = [
            i
            for i, w in zip(passage.rows[n], clause.words, strict=True)
            if first <= w.start and w.end <= last and w.weight > 0
        ]
        if own and _another_sign(passage, own, passage.rows[n], columns):
            return None
    unit = passage.english[best]
    doubt = 0.3 * max(clause.absent - 0.1, 0.0) + 0.02 * max(0, len(linked) - 1)
    text = clause.text[first:last]
    start = clause.ref.start + first
    shown = _phrase(unit.text, *head)
    return Hit(
        Message(
            f"{quote(text)} (“{row.sample}”) is missing from “{shown}”.",
            f"译文“{shown}”漏译{quote(text)}（{row.sample}）。",
        ),
        (SpanRef(clause.ref.block, start, start + len(text)),),
        (SpanRef(unit.ref.block, unit.ref.start + head[0], unit.ref.start + head[1]),),
        round(max(0.3, row.confidence - doubt), 3),
        severity=row.severity,
        category=Category.OMISSION,
        evidence=(("Chinese", text), ("would be", row.sample)),
    )


def _phrase(text: str, start: int, end: int) -> str:
    """Some words around a span, for a message."""
    first = text.rfind(" ", 0, max(0, start - _AROUND)) + 1 if start > _AROUND else 0
    last = text.find(" ", min(len(text), end + _AROUND))
    last = len(text) if last < 0 else last
    return ("… " if first else "") + text[first:last].strip(" .,;:") + (" …" if last < len(text) else "")


def _another_sign(passage: Passage, own: list[int], clause: range, columns: list[int]) -> bool:
    """Whether an English word renders the word itself, better than it renders the rest of the clause."""
    rest = [k for k in clause if k not in own]
    mine = passage.words[np.ix_(own, columns)].max(axis=0)
    others = passage.words[np.ix_(rest, columns)].max(axis=0) if rest else np.zeros(len(columns))
    return bool(((mine >= _ANOTHER_SIGN) & (mine > others)).any())


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the word itself stands: the group that is named so, else all that matched."""
    return match.span("word") if "word" in match.re.groupindex else match.span()


def _unclaimed(passage: Passage, n: int, row: Qualifier, best: int) -> bool:
    """Whether a neighbouring sentence that may share the clause has a sign that no other clause lays claim to."""
    for beside in (best - 1, best + 1):
        if not 0 <= beside < len(passage.english):
            continue
        if passage.links[n, beside] < passage.links[n, best] - _SHARED:
            continue
        signs = len(row.signs.findall(passage.english[beside].text))
        if not signs:
            continue
        claims = sum(
            len(row.chinese.findall(other.text)) for other in passage.chinese if other.best == beside
        )
        if signs > claims:
            return True
    return False


def _head(
    passage: Passage, n: int, row: Qualifier, match: re.Match[str], best: int
) -> tuple[int, int] | None:
    """Where the English sentence has the head of the word; None where it has not."""
    unit = passage.english[best]
    if row.head is not None:
        spot = row.head.search(unit.text)
        return spot.span() if spot else None
    first, last = _span(match)
    words, columns = passage.chinese[n].words, passage.columns[best]
    content = [k for k, w in enumerate(words) if w.weight >= 0.3 and not (first < w.end and w.start < last)]
    for k in sorted(content, key=lambda k: (_gap(words[k], first, last), words[k].start < first)):
        scores = passage.words[passage.rows[n][k], columns.start : columns.stop]
        if len(scores) and float(scores.max()) >= _RENDERED:
            word = unit.words[int(scores.argmax())]
            return word.start, word.end
        if passage.links[n, best] < _SURELY:
            break
    return None


def _gap(word: Word, first: int, last: int) -> int:
    """Code points between a word and a span beside it; before it they count for more."""
    return word.start - last if word.start >= last else 2 * (first - word.end)


CHECKS = (carded(__name__, "lost-qualifier", run=run),)
