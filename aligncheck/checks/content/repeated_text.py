"""Text repeated by mistake: a sentence that stands twice on one side and once on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import en, zh
from aligncheck.encode.contextual import embedded
from aligncheck.judge.reading import Read, covered, missing_without
from aligncheck.model import Bitext, Document, Hit, Message, Severity, SpanRef

#: Three words or more that follow upon themselves: "the reform of the reform of the".  Behind "and", further words
#: make the second something else: "the name of the ship and the name of the ship beside it".
_PHRASE = re.compile(
    r"\b((?:[A-Za-z][\w’'-]*[ ,]+){2,9}[A-Za-z][\w’'-]*)[ ,;]+(?P<and>and )?(?P<again>\1)\b(?(and)(?! *[\w(]))",
    re.IGNORECASE,
)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report repeated sentences, and phrases that follow upon themselves."""
    judgement = judged(bitext, context)
    for copy in judgement.copies:
        document = judgement.english if copy.language == "en" else judgement.chinese
        english = copy.language == "en"
        quoted = (en if english else zh)(document.slice(copy.ref))
        sides = ("English", "Chinese") if english else ("Chinese", "English")
        hit = Hit(
            Message(
                f"The {sides[0]} says {quoted} twice, the {sides[1]} only once.",
                f"{'英文' if english else '中文'}中{quoted}出现了两次，而{'中文' if english else '英文'}只有一处。",
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
                f"{en(bitext.target.slice(again))} repeats what {en(bitext.target.slice(first))} says; the Chinese "
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
#: Of the words of a sentence that repeats what another one says, this share stands in that one.
_SHARED = 0.4
#: What two sentences both say is missed so much more without both than without the first alone; where sentences
#: stand beside them, these are missed at least so much.
_ONLY_THEIRS, _MISSED = 0.5, 0.1
#: How sure a sentence said again in other words is: set by hand, so that it is stated; the right ones that are known
#: are too few to fit.
_SAID_AGAIN = 0.8
_FIGURE = re.compile(r"\d[\d.,]*")


def said_again(bitext: Bitext, context: Context) -> Iterator[tuple[SpanRef, SpanRef]]:
    """English sentences that say in other words what another sentence of their bead says, with that one.

    Nothing is missed without such a sentence, its words are largely those of the other, and so are its figures; and
    the word model does miss what they both say where neither stands.
    """
    for read in context.reads:
        spare = [j for j, carried in read.carried.items() if carried <= _CARRIES_NOTHING]
        if not spare:
            continue
        sentences = {j: bitext.target.segments[j] for j in bitext.beads[read.number].target}
        forms = {
            j: {w.form for w in (read.english[n] for n in covered(read.english, [s.ref])) if w.weight > 0}
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
                if not _tells(bitext, read, j, k):
                    continue
                told.add(j)
                yield sentences[j].ref, other.ref
                break


def _tells(bitext: Bitext, read: Read, again: int, first: int) -> bool:
    """Whether it tells something of a sentence that nothing is missed without it.

    In a long bead the model may miss nothing at all, whatever is left out.
    """
    encoder = embedded()
    content = [n for n, word in enumerate(read.chinese) if word.weight > 0]
    if not content:
        return False
    pair = {again, first}
    without_first = missing_without(bitext, read, {first}, encoder)[content]
    without_both = missing_without(bitext, read, pair, encoder)[content]
    if float((without_both - without_first).max()) < _ONLY_THEIRS:
        return False
    others = set(bitext.beads[read.number].target) - pair
    if not others:
        return True
    return float((missing_without(bitext, read, others, encoder) - read.missing)[content].max()) >= _MISSED


def phrases(document: Document) -> Iterator[tuple[SpanRef, str]]:
    """The second of two equal phrases that stand side by side."""
    for block in document.blocks:
        for spot in _PHRASE.finditer(block.text):
            yield SpanRef(block.id, *spot.span("again")), spot["again"]


CHECKS = (carded(__name__, "repeated-text", run=run),)
