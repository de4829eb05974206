"""A wrong sentence in the right place: the English says something else than the Chinese it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.events import events
from aligncheck.checks.numbered import same_number
from aligncheck.checks.quoting import en, zh
from aligncheck.model import Bitext, Hit, Message, Severity


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English that stands in the place of Chinese it does not render."""
    for pair in events(bitext, context).replaced:
        if same_number(pair.omission.text, pair.addition.text):
            continue
        a, b = zh(pair.omission.text), en(pair.addition.text)
        yield Hit(
                Message(f"{a} is translated as something else: {b}.",
                        f"{a}处的译文是{b}，两者意思不符。"),
                tuple(pair.omission.spans),
                tuple(pair.addition.spans),
                round(pair.score, 3),
                Severity.MAJOR,
                evidence=(("not rendered", f"{pair.omission.score:.2f}"), ("not backed", f"{pair.addition.score:.2f}")),
            )  # fmt: skip


CHECKS = (carded(__name__, "wrong-sentence", run=run),)
