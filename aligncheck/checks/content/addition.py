"""Target content that nothing in the source backs: invented sentences and commitments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.events import Addition, events
from aligncheck.checks.quoting import en
from aligncheck.judge import suspects
from aligncheck.judge.reading import Read, covered
from aligncheck.model import Bitext, Category, Hit, Message


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English that no Chinese backs."""
    for addition in events(bitext, context).additions:
        sure = round(addition.score, 3)
        if sure < calibration.FLOOR:
            continue
        if _told_in_part(addition, context.reads):
            continue
        yield Hit(
            _message(addition, context.from_english),
            (addition.place,) if addition.place is not None else (),
            tuple(addition.spans),
            sure,
            addition.severity,
            Category.ADDITION,
            evidence=(
                ("content words", f"{addition.weight:.1f}"),
                ("not backed", f"{addition.score:.2f}"),
            ),
        )


#: With fewer of its content words rendering something a passage is added as a whole.
_BACKED = 0.3
#: A word renders something that is linked with this probability and doubted with less than that.
_LINKED, _DOUBTED = 0.5, 0.3


def _told_in_part(addition: Addition, reads: Sequence[Read]) -> bool:
    """Whether only some words of an addition are doubted, and ``added-words`` says which."""
    backed, named = [], False
    for read in reads:
        inside = covered(read.english, addition.spans)
        if not inside:
            continue
        links = read.links.max(0, initial=0.0)
        backed += [
            links[j] >= _LINKED and read.doubtful[j] < _DOUBTED for j in inside if read.english[j].weight > 0
        ]
        named = named or any(set(inside) & set(found.words) for found in suspects.added(read))
    return named and sum(backed) > _BACKED * len(backed)


def _message(addition: Addition, from_english: bool) -> Message:
    quoted = en(addition.text)
    if addition.partly:
        if from_english:
            return Message(f"{quoted} is translated only in part.", f"{quoted}没有完全译出。")
        return Message(f"The Chinese supports only a part of {quoted}.", f"{quoted}在原文中只有部分依据。")
    if from_english:
        return Message(f"{quoted} is not translated in the Chinese.", f"中文没有译出{quoted}。")
    count = len(addition.spans)
    if count > 1:
        return Message(
            f"{count} paragraphs in a row have no source, from {quoted}.",
            f"连续{count}段在原文中没有依据，起自{quoted}。",
        )
    return Message(f"Nothing in the Chinese supports {quoted}.", f"原文中没有与{quoted}对应的内容。")


CHECKS = (carded(__name__, "addition", run=run),)
