"""English phrases inside a translated sentence that no word of the Chinese passage accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Matrix, Word
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import en
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef

#: A word that some Chinese word of the passage fits as well as this is backed.
_BACKED = 0.4
_QUOTED = re.compile('[“「『"][^”」』"]{2,6}[”」』"]')
#: Content words in a row that nothing backs: fewer are the freedom of a translator.
_LEAST = 5.5
#: English content words for each Chinese one, as a rule, and how much of a run must come on top of these.
_USUAL, _ON_TOP = 1.1, 0.6
#: From so many on it is a sentence's worth.
_LONG = 7.5


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report long runs of English words that nothing backs, in sentences that are otherwise translated."""
    judgement = judged(bitext, context)
    for passage in judgement.passages:
        if not passage.chinese or not passage.english:
            continue
        for unit, first, last, weight in _phrases(passage):
            start, end = unit.words[first].start, unit.words[last].end
            place = passage.chinese[max(0, unit.best)].ref
            yield judgement.hit(
                Hit(
                    _message(unit.text[start:end], judgement.swapped),
                    (SpanRef(place.block, place.end, place.end),),
                    (SpanRef(unit.ref.block, unit.ref.start + start, unit.ref.start + end),),
                    0.7 if weight >= _LONG else 0.55,
                    Severity.MAJOR if weight >= _LONG else Severity.MINOR,
                    Category.ADDITION,
                    evidence=(("content words", f"{weight:.1f}"),),
                )
            )


def _phrases(passage: Passage) -> Iterator[tuple[Unit, int, int, float]]:
    """Sentence, numbers of the first and the last word, and content of each such run."""
    best: Matrix = passage.words.max(0, initial=0.0)
    for number, (unit, columns) in enumerate(zip(passage.english, passage.columns, strict=True)):
        if unit.absent >= 0.4:  # the whole sentence is in doubt: others speak of it
            continue
        # A clause that lacks a rendering may be what these words say, very freely; an abbreviation in
        # quotation marks is often written out (“放管服”).
        rendered = [u for u in passage.chinese if u.best == number]
        if any(u.absent > 0.3 or _QUOTED.search(u.text) for u in rendered):
            continue
        found = _longest(unit.words, best[columns.start : columns.stop])
        # A free rendering is no longer than others; an addition comes on top.
        if found and unit.weight - _USUAL * sum(u.weight for u in rendered) >= _ON_TOP * found[2]:
            yield unit, *found


def _longest(words: Sequence[Word], scores: Matrix) -> tuple[int, int, float] | None:
    """The heaviest run of unbacked words; names and figures weigh nothing, for these have their own checks."""
    heaviest: tuple[int, int, float] | None = None
    start, weight, last = 0, 0.0, 0
    for number, (word, score) in enumerate(zip(words, np.asarray(scores), strict=True)):
        if word.weight <= 0:
            continue
        if score >= _BACKED:
            weight = 0.0
            continue
        if not weight:
            start = number
        name = word.surface[:1].isupper() and number > 0
        weight += 0.0 if name or word.value is not None else word.weight
        last = number
        if weight >= _LEAST and (heaviest is None or weight > heaviest[2]):
            heaviest = start, last, weight
    return heaviest


def _message(text: str, swapped: bool) -> Message:
    quoted = en(text)
    if swapped:
        return Message(f"No Chinese word renders {quoted}.", f"中文里没有译出{quoted}的字句。")
    return Message(f"No word of the Chinese accounts for {quoted}.", f"原文中没有哪个词语可以对应{quoted}。")


CHECKS = (
    Check(
        name="added-phrase",
        category=Category.ADDITION,
        severity=Severity.MINOR,
        title=Message("Added phrase", "增译词语"),
        why=Message(
            "Several content words in a row have no word of the source behind them: something was put in, or left "
            "over from another version, inside a sentence that is otherwise translated.",
            "句中接连数个实词在原文里找不到任何对应，可能是译者添加，也可能是旧稿残留。",
        ),
        run=run,
        silences=(Category.NUMBER, Category.DATE, Category.UNIT, Category.NAME),
        examples=(
            Example(
                "全市新建幼儿园12所。",
                "The city built 12 new kindergartens, while volunteer musicians toured remote villages every weekend.",
                1,
            ),
            Example("全市新建幼儿园12所。", "The city built 12 new kindergartens.", 0),
        ),
        false_alarms=Message(
            "A saying or an image that English says in quite other words.",
            "成语、典故或比喻换了一种说法译出。",
        ),
    ),
)
