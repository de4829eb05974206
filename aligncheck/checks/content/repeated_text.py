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
    told = {copy.ref for copy in judgement.copies}
    for again, first in said_again(bitext, context):
        if again in told:
            continue
        yield Hit(
            Message(
                f"{en(bitext.target.slice(again))} says again what {en(bitext.target.slice(first))} says; the Chinese "
                "says it once.",
                f"{en(bitext.target.slice(again))}与{en(bitext.target.slice(first))}意思重复，而中文只说了一次。",
            ),
            (),
            (again,),
            _SAID_AGAIN,
        )
    for ref, text in phrases(judgement.english):
        yield Hit(
            Message(f"{en(text)} is repeated.", f"{en(text)}重复。"),
            (),
            (ref,),
            calibration.confidence("duplication", {}),
            Severity.MINOR,
        )


#: A sentence without which no Chinese word is missed more than so much carries nothing (``Read.carried``).
_CARRIES_NOTHING = 0.05
#: Of the words of a sentence that says again what another one says, this share stands in that one.
_SHARED = 0.4
#: How sure a sentence said again in other words is; measured in ``benchmarks/README.md``.
_SAID_AGAIN = 0.8
_FIGURE = re.compile(r"\d[\d.,]*")


def said_again(bitext: Bitext, context: Context) -> Iterator[tuple[SpanRef, SpanRef]]:
    """English sentences that say in other words what another sentence of their bead says, with that one.

    Nothing is missed without such a sentence, its words are largely those of the other, and so are its figures.
    """
    for read in context.reads:
        spare = [j for j, carried in read.carried.items() if carried <= _CARRIES_NOTHING]
        if not spare:
            continue
        sentences = {j: bitext.target.segments[j] for j in bitext.beads[read.number].target}
        forms = {
            j: {
                w.form
                for w in read.english
                if w.weight > 0 and w.block == s.block and s.start <= w.start < s.end
            }
            for j, s in sentences.items()
        }
        told: set[int] = set()
        # Where each of two could go, it is the second that was put in.
        for j in sorted(spare, reverse=True):
            figures = set(_FIGURE.findall(sentences[j].text))
            for k, other in sentences.items():
                shared = len(forms[j] & forms[k]) / max(1, len(forms[j]))
                if k == j or k in told or shared < _SHARED or not figures <= set(_FIGURE.findall(other.text)):
                    continue
                told.add(j)
                yield sentences[j].ref, other.ref
                break


def phrases(document: Document) -> Iterator[tuple[SpanRef, str]]:
    """The second of two equal phrases that stand side by side."""
    for block in document.blocks:
        for spot in _PHRASE.finditer(block.text):
            yield SpanRef(block.id, spot.start(2), spot.end(2)), spot.group(2)


CHECKS = (carded(__name__, "repeated-text", run=run),)
