"""What last year's report set as the year's target, beside what today's says was achieved.

The translation memory (``--memory``) holds the earlier report.  Where the target was met or missed is a note; where the
text says otherwise, or the two figures lie magnitudes apart, one of them is likely to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.facts import Fact, Relation
from aligncheck.facts.render import english
from aligncheck.facts.targets import EarlierTarget
from aligncheck.model import Bitext, Hit, Message, Severity, SpanRef

#: From this ratio on a slip in a figure is likelier than such a success, or such a failure.
_APART = 5
#: By how much of it a target of 左右 may be missed and yet be met.
_ABOUT = Fraction(5, 100)
_MET = re.compile(
    "(?:超额)?(?:完成|实现|达到|达成)[^，。；]{0,12}(?:目标|任务|计划)|(?:好|高)于(?:预期|目标)"
)
_MISSED = re.compile("(?:未能?|没有)(?:完成|实现|达到|达成)|低于(?:预期|目标)")


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """A note for each figure that an earlier report set a target for."""
    for target in context.targets:
        yield _hit(bitext, target)


def _value(fact: Fact) -> Fraction:
    factor = fact.measure.factor if fact.measure is not None else 1
    return abs(Fraction(fact.low)) * factor


def _is_met(target: EarlierTarget) -> bool:
    due, done = _value(target.target), _value(target.fact)
    if target.target.relation in (Relation.ABOUT, Relation.NEAR):
        due *= 1 + _ABOUT if target.falls else 1 - _ABOUT
    return done <= due if target.falls else done >= due


def _hit(bitext: Bitext, target: EarlierTarget) -> Hit:
    met = _is_met(target)
    segment = bitext.source.segments[target.passage]
    text = segment.text
    due, done = _value(target.target), _value(target.fact)
    apart = bool(min(due, done)) and max(due, done) >= _APART * min(due, done)
    against = bool(_MISSED.search(text)) if met else bool(_MET.search(text)) and not _MISSED.search(text)
    name = target.document
    what_en = f" of “{target.name}”" if target.name else ""
    what_zh = f"“{target.name}”" if target.name else ""
    set_en = (
        f"{name} set {english(target.target)} as the target{what_en} for {target.year}; "
        f"this report has {english(target.fact)}"
    )
    set_zh = f"{name}提出{target.year}年{what_zh}目标为{target.target.text}，本文为{target.fact.text}"
    if apart:
        message = Message(f"{set_en}: one of the two may be wrong.", f"{set_zh}，两者相差悬殊，请核对。")
    elif against:
        message = Message(
            f"{set_en}; that does not agree with what the passage says of the target.",
            f"{set_zh}，与本句关于目标完成情况的说法不一致。",
        )
    elif met:
        message = Message(f"{set_en}: it was met.", f"{set_zh}，已完成。")
    else:
        message = Message(f"{set_en}: it was missed.", f"{set_zh}，未完成。")
    start = segment.start + target.fact.span.start
    return Hit(
        message,
        (SpanRef(segment.block, start, start + len(target.fact.text)),),
        _english_side(bitext, target.passage),
        confidence=0.6,
        severity=Severity.MINOR if apart or against else Severity.NEUTRAL,
        evidence=(
            ("earlier", target.zh),
            ("wording", target.en),
            ("documents", f"{name} ({target.date})" if target.date else name),
        ),
    )


def _english_side(bitext: Bitext, number: int) -> tuple[SpanRef, ...]:
    bead = next((b for b in bitext.beads if number in b.source), None)
    return tuple(bitext.target.segments[i].ref for i in bead.target) if bead is not None else ()


CHECKS = (carded(__name__, "earlier-target", run=run),)
