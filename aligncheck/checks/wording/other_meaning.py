"""English words that say something else than the Chinese words that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en, zh
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the English words that the judge takes for a rendering of another meaning."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue
        for found in suspects.wrong(read):
            shown, place = en(bitext.target.slice(found.ref)), found.partner_ref
            if place is None:
                message = Message(f"{shown} is not what the Chinese says.", f"{shown}与原文意思不符。")
                question = Message(
                    f"Is {shown} what the Chinese says? It does not seem to be.",
                    f"{shown}与原文意思似有出入，请核对。",
                )
            else:
                said = zh(bitext.source.slice(place))
                message = Message(f"{shown} does not mean {said}.", f"{shown}与{said}意思不符。")
                question = Message(
                    f"Does {shown} mean {said}? It does not seem to.",
                    f"{shown}与{said}意思似有出入，请核对。",
                )
            yield Hit(
                message,
                (place,) if place is not None else (),
                (found.ref,),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.MISTRANSLATION,
                evidence=(("another meaning", f"{found.doubt:.2f}"),),
                question=question,
            )


CHECKS = (carded(__name__, "other-meaning", run=run),)
