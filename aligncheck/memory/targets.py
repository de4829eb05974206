"""Targets that earlier reports of the same title set for the years that today's looks back on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligncheck.facts.targets import EarlierTarget, Statement, statements
from aligncheck.memory.masks import masked
from aligncheck.memory.store import Entry, Memory

#: Earlier documents of one title that are looked at, the newest.
_MOST = 12
#: Fewest characters of a title that tells whose report it is without a second line.
_TELLING = 8


def earlier_targets(memory: Memory, passages: Sequence[str], before: str = "") -> tuple[EarlierTarget, ...]:
    """The targets that earlier reports of the same title set for the years that a document looks back on.

    ``passages`` is today's Chinese in order, its title first; ``before``: the date of today's document.  A measure for
    which a document gives two values is left out.

    Raises:
        InputError: the memory cannot be read.
    """
    first = [p for p in passages[:4] if p.strip()][:2]
    if not first:
        return ()
    achieved = _once(s for s in statements(passages, before) if not s.planned)
    if not achieved:
        return ()
    found: list[EarlierTarget] = []
    for entries in _same_title(memory, first, before):
        source = entries[0].document
        targets = _once(s for s in statements([e.zh for e in entries], source.date) if s.planned)
        for key, target in targets.items():
            today = achieved.get(key)
            if today is None:
                continue
            entry = entries[target.number]
            found.append(
                EarlierTarget(
                    today.number,
                    today.fact,
                    target.fact,
                    target.year,
                    target.falls or today.falls,
                    entry.zh,
                    entry.en,
                    source.name,
                    source.date,
                    target.measure[0],
                )
            )
    newest = {(t.passage, t.fact.span): t for t in sorted(found, key=lambda t: t.date)}
    return tuple(sorted(newest.values(), key=lambda t: (t.passage, t.fact.span.start)))


def _once(found: Iterator[Statement]) -> dict[tuple[tuple[str, ...], int], Statement]:
    """Statements by measure and year; those that a document makes twice, with two values, are none."""
    kept: dict[tuple[tuple[str, ...], int], Statement] = {}
    torn = set()
    for statement in found:
        key = (statement.key, statement.year)
        if key in kept and kept[key].fact.value != statement.fact.value:
            torn.add(key)
        kept.setdefault(key, statement)
    return {key: s for key, s in kept.items() if key not in torn}


def _same_title(memory: Memory, first: Sequence[str], before: str) -> Iterator[list[Entry]]:
    keys = [masked(p, "zh").key for p in first]
    named = memory.worded(keys[:1]).get(keys[0], ())
    documents = {e.document: None for e in named if e.document.status == "official"}
    short = sum(c.isalnum() for c in first[0]) < _TELLING
    for document in sorted(documents, key=lambda d: d.date, reverse=True)[:_MOST]:
        if before and document.date and document.date[: len(before)] >= before[: len(document.date)]:
            continue
        entries = memory.passages_of(document)
        if not entries or entries[0].zh_key != keys[0]:
            continue
        # 政府工作报告 is every city's; the line below says whose.
        if short and (len(entries) < 2 or len(keys) < 2 or entries[1].zh_key != keys[1]):
            continue
        yield entries
