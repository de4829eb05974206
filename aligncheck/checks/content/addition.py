"""Target content that nothing in the source backs: invented sentences and commitments."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.events import Addition, events
from aligncheck.checks.quoting import en
from aligncheck.model import Bitext, Category, Hit, Message


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English that no Chinese backs."""
    for addition in events(bitext, context).additions:
        sure = round(addition.score, 3)
        if sure < calibration.FLOOR:
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
