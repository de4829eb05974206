"""English sentences that the translator put in: their words have no source, and nothing is missed without them."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en
from aligncheck.judge.reading import covered
from aligncheck.model import Bitext, Category, Hit, Message, Severity

#: A sentence carries nothing if, read without it, no Chinese word is missed more than so much.
_CARRIES_NOTHING = 0.1
#: From this mean doubt of its words on it has no source; right sentences that carry nothing stay under 0.1, but notes.
_DOUBTED = 0.2
#: How sure that is at the least, and from a mean doubt of 0.4 on; no right sentence of the held-out texts was told.
_LEAST, _MOST, _PLAIN = 0.7, 0.9, 0.4


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English sentences that nothing in the Chinese backs, told by both questions."""
    for read in context.reads:
        for number, carried in read.carried.items():
            sentence = bitext.target.segments[number]
            own = [n for n in covered(read.english, [sentence.ref]) if read.english[n].weight > 0]
            mean = float(read.doubtful[own].mean()) if own else 0.0
            if carried > _CARRIES_NOTHING or mean < _DOUBTED:
                continue
            quoted = en(sentence.text)
            yield Hit(
                Message(f"Nothing in the Chinese supports {quoted}.", f"原文中没有{quoted}的依据。"),
                (),
                (sentence.ref,),
                round(min(_MOST, _LEAST + (mean - _DOUBTED) / (_PLAIN - _DOUBTED) * (_MOST - _LEAST)), 3),
                Severity.MAJOR,
                Category.ADDITION,
                evidence=(("not backed", f"{mean:.2f}"), ("carries", f"{carried:.2f}")),
            )


CHECKS = (carded(__name__, "added-sentence", run=run),)
