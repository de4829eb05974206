"""Names of places, persons and bodies, compared by the gazetteer, by pinyin, and by the glossary's own forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.names.bodies import wrong_bodies
from aligncheck.checks.names.exchanged import exchanged_persons
from aligncheck.checks.names.foreign import foreign_slips
from aligncheck.checks.names.persons import persons, persons_said
from aligncheck.checks.names.places import apostrophes, lacking_marks, local_places, places
from aligncheck.checks.names.texts import CAPITAL, Texts, bare, texts_of
from aligncheck.checks.names.tibetan import tibetan_slips
from aligncheck.facts.pinyin import occurrences
from aligncheck.model import Bitext, Hit, Message


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Every bead: places first, then marks, then persons and bodies."""
    for t in texts_of(bitext):
        if re.search("[A-Z]", t.en):
            yield from places(t, context)
            yield from apostrophes(t)
            yield from lacking_marks(t)
            yield from local_places(t)
            yield from persons(t, context.from_english)
            yield from _foreigners(t)
            yield from _tibetans(t)
            yield from _exchanged(t)
            yield from _bodies(t)


def _foreigners(t: Texts) -> Iterator[Hit]:
    pinyin = frozenset(
        w.group().lower() for w in CAPITAL.finditer(t.en) if occurrences(bare(w.group()), t.zh)
    )
    for slip in foreign_slips(t.zh, t.en, pinyin):
        name, other = t.zh[slice(*slip.zh)], t.en[slice(*slip.en)]
        message = Message(
            f"“{other}” does not sound like {name}: another person may be meant.",
            f"“{other}”与“{name}”读音不符，可能译成了另一个人。",
        )
        yield t.hit(slip.zh, slip.en, message, 0.62)


def _exchanged(t: Texts) -> Iterator[Hit]:
    for one, other in exchanged_persons(t.zh, t.en, persons_said(t)):
        names = [t.zh[p.zh.start : p.zh.end] for p in (one, other)]
        message = Message(
            f"{names[0]} and {names[1]} have changed places: each stands with the other’s words.",
            f"“{names[0]}”与“{names[1]}”在译文中互换了位置。",
        )
        yield t.hit((one.zh.start, one.zh.end), (other.en.start, other.en.end), message, 0.66)


def _tibetans(t: Texts) -> Iterator[Hit]:
    for slip in tibetan_slips(t.zh, t.en):
        name, other = t.zh[slice(*slip.zh)], t.en[slice(*slip.en)]
        message = Message(
            f"{name} is {slip.right}; “{other}” would be someone else.",
            f"“{name}”应为{slip.right}，“{other}”与原名不符。",
        )
        yield t.hit(slip.zh, slip.en, message, 0.66, slip.right)


def _bodies(t: Texts) -> Iterator[Hit]:
    for found in wrong_bodies(t.zh, t.en):
        name, other = t.zh[slice(*found.zh)], t.en[slice(*found.en)]
        message = Message(f"“{other}” is a different body from {name}.", f"“{other}”与“{name}”不是同一机构。")
        yield t.hit(found.zh, found.en, message, 0.72)


CHECKS = (carded(__name__, "names", run=run),)
