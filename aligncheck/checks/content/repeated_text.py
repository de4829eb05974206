"""Text repeated by mistake: a sentence that stands twice on one side and once on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import en, zh
from aligncheck.model import Bitext, Document, Hit, Message, Severity, SpanRef

#: Three words or more that follow upon themselves: "the reform of the reform of the".
_PHRASE = re.compile(
    r"\b((?:[A-Za-z][\w’'-]*[ ,]+){2,9}[A-Za-z][\w’'-]*)[ ,;]+(?:and )?(\1)\b", re.IGNORECASE
)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report repeated sentences, and phrases that follow upon themselves."""
    judgement = judged(bitext, context)
    for copy in judgement.copies:
        document = judgement.english if copy.language == "en" else judgement.chinese
        quoted = (en if copy.language == "en" else zh)(document.slice(copy.ref))
        hit = Hit(
            Message(
                f"{quoted} stands twice, but only once in the other language.",
                f"{quoted}重复出现，而对应文本中只有一处。",
            ),
            () if copy.language == "en" else (copy.ref,),
            (copy.ref,) if copy.language == "en" else (),
            calibration.confidence("duplication", {}),
        )
        yield hit
    for ref, text in phrases(judgement.english):
        yield Hit(
            Message(f"{en(text)} is repeated.", f"{en(text)}重复。"),
            (),
            (ref,),
            calibration.confidence("duplication", {}),
            Severity.MINOR,
        )


def phrases(document: Document) -> Iterator[tuple[SpanRef, str]]:
    """The second of two equal phrases that stand side by side."""
    for block in document.blocks:
        for spot in _PHRASE.finditer(block.text):
            yield SpanRef(block.id, spot.start(2), spot.end(2)), spot.group(2)


CHECKS = (carded(__name__, "repeated-text", run=run),)
