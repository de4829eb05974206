"""English words that no Chinese backs: a qualifier, an item or a claim that the translator put in."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the English words that the judge takes for unbacked."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue
        for found in suspects.added(read):
            quoted = en(bitext.target.slice(found.ref))
            yield Hit(
                Message(f"Nothing in the Chinese supports {quoted}.", f"原文中没有{quoted}的依据。"),
                _place(found),
                (found.ref,),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.ADDITION,
                evidence=(("not backed", f"{found.doubt:.2f}"),),
                question=Message(
                    f"Does the Chinese say {quoted}? Nothing there seems to.",
                    f"{quoted}在原文中似无依据，请核对。",
                ),
            )


def _place(found: suspects.Suspect) -> tuple[SpanRef, ...]:
    """Where the Chinese would have it: behind the words that the English before it renders."""
    read = found.read
    for n in range(found.words[0] - 1, -1, -1):
        if read.english[n].weight > 0 and read.links[:, n].max() >= 0.5:
            word = read.chinese[int(read.links[:, n].argmax())]
            return (SpanRef(word.block, word.end, word.end),)
    return ()


CHECKS = (carded(__name__, "added-words", run=run),)
