"""Two persons who have changed places: each is named, but with the words of the other.

龚伟民 is elected chairman and 裴珊 president, and the English has it the other way round.  Told as with exchanged
figures, by the words that stand with each (:mod:`aligncheck.facts.owners`) and by from and to.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from aligncheck.facts.exchange import told_by_ends
from aligncheck.facts.owners import Ownership, WordPair
from aligncheck.model import Span
from aligncheck.pairing.lexicon import Lexicon

#: What must speak for an exchange, how much more than against it; more where the names stand in the same order.
_LEAST, _IN_ORDER, _OF_EACH, _TIMES = 0.6, 1.2, 0.5, 3.0


class Said(NamedTuple):
    """A person: places in the two texts."""

    zh: Span
    en: Span


def exchanged_persons(zh_text: str, en_text: str, said: list[Said]) -> Iterator[tuple[Said, Said]]:
    """The pairs of persons, each named once in either text, that stand with each other's words."""
    if len(said) < 2:
        return
    own, theirs = sorted(p.zh for p in said), sorted(p.en for p in said)
    words = [
        WordPair(Span(a.start, a.end), Span(b.start, b.end), strength)
        for a, b, strength in Lexicon([zh_text], [en_text]).candidates(zh_text, en_text)
        if not any(a.start < s.end and s.start < a.end for s in own)
    ]
    ownership = Ownership(zh_text, en_text, own, theirs, words)
    taken: set[Said] = set()
    for one, other in itertools.combinations(said, 2):
        if one in taken or other in taken:
            continue
        verdict = ownership.weigh(
            (own.index(one.zh), theirs.index(one.en)), (own.index(other.zh), theirs.index(other.en))
        )
        ends = told_by_ends(zh_text, en_text, (one.zh, other.zh), (one.en, other.en))
        speaks, against = verdict.exchanged + max(-ends, 0.0), verdict.against + max(ends, 0.0)
        in_order = (one.zh < other.zh) == (one.en < other.en)
        if in_order and not ends and verdict.weaker < _OF_EACH:
            continue
        if speaks >= (_IN_ORDER if in_order else _LEAST) and speaks >= _TIMES * against:
            taken |= {one, other}
            yield one, other
