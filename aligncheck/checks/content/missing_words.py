"""Chinese words that no English renders: a qualifier, an item, a condition, a whole clause."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import zh
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the Chinese words that the judge takes for unrendered."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue  # a bead without a counterpart is an omission or an addition as a whole
        for found in suspects.missing(read):
            quoted = zh(bitext.source.slice(found.ref))
            yield Hit(
                Message(f"{quoted} is not translated.", f"{quoted}没有译出。"),
                (found.ref,),
                _place(found),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.OMISSION,
                evidence=(("not rendered", f"{found.doubt:.2f}"),),
                question=Message(
                    f"Is {quoted} translated? It does not seem to be.", f"{quoted}似未译出，请核对。"
                ),
            )


def _place(found: suspects.Suspect) -> tuple[SpanRef, ...]:
    """Where the English would have it: behind what renders the words before, else before what renders the next."""
    read = found.read
    for numbers, at_end in (
        (range(found.words[0] - 1, -1, -1), True),
        (range(found.words[-1] + 1, len(read.chinese)), False),
    ):
        for n in numbers:
            if read.chinese[n].weight > 0 and read.links[n].max() >= 0.5:
                word = read.english[int(read.links[n].argmax())]
                at = word.end if at_end else word.start
                return (SpanRef(word.block, at, at),)
    return ()


CHECKS = (carded(__name__, "missing-words", run=run),)
