"""Figures that cannot both be right: neighbours of one kind, magnitudes apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.figures.compared import facts_of
from aligncheck.checks.surface.texts import HAN, at, texts
from aligncheck.facts import Fact
from aligncheck.model import Block, Document, Hit, Message, Severity

_DIMENSIONS = frozenset({"area", "length", "mass", "volume", "money", "energy", "power"})
_APART = 1000  # how many times one value is the other before the pair is worth a look
_HEAD = re.compile(
    r"\s*of\s+((?:[a-z-]+\s){0,3}?[a-z-]{4,})(?=\s+(?:were|was|will|has|have|had|is|are|and|in|by|to|for)\b|[,.;])"
)
_CHINESE_HEAD = re.compile(rf"([{HAN}]{{4}})$")


def run(document: Document, context: Context) -> Iterator[Hit]:
    """Report measures beside each other, or of the same thing, that lie magnitudes apart."""
    heads: dict[tuple[str, str], tuple[Block, Fact]] = {}
    known_facts = facts_of(document, context)
    for block in texts(document, kinds="paragraph item"):
        facts = [f for f in known_facts[block.id] if _measures(f)]
        for first, second in itertools.pairwise(facts):
            if _same_sentence(block, first, second) and first.low == second.low and _apart(first, second):
                yield _hit(block, first, block, second, "beside")
        for fact in facts:
            head = _head(block, fact, document.language)
            if not head or fact.measure is None:
                continue
            key = (head, fact.measure.dimension)
            known = heads.setdefault(key, (block, fact))
            if known[1] is not fact and _apart(known[1], fact):
                yield _hit(known[0], known[1], block, fact, head)


def _measures(fact: Fact) -> bool:
    measure = fact.measure
    return (
        fact.kind == "quantity"
        and measure is not None
        and measure.dimension in _DIMENSIONS
        and fact.low > 0
        and fact.change != "by"
    )


def _value(fact: Fact) -> Fraction:
    assert fact.measure is not None
    return Fraction(fact.low) * fact.measure.factor


def _apart(first: Fact, second: Fact) -> bool:
    assert first.measure is not None
    assert second.measure is not None
    if first.measure.dimension != second.measure.dimension:
        return False
    small, large = sorted((_value(first), _value(second)))
    return large >= _APART * small


def _same_sentence(block: Block, first: Fact, second: Fact) -> bool:
    return any(s.start <= first.span.start and second.span.end <= s.end for s in block.segments)


def _head(block: Block, fact: Fact, language: str) -> str:
    """What is measured: the noun behind an English measure, the four characters before a Chinese one."""
    if language == "en":
        match = _HEAD.match(block.text, fact.span.end)
        return match.group(1) if match else ""
    start = (fact.words or fact.span).start
    match = _CHINESE_HEAD.search(block.text[:start])
    return match.group(1) if match else ""


def _hit(block: Block, fact: Fact, other_block: Block, other: Fact, head: str) -> Hit:
    smaller = (block, fact) if _value(fact) <= _value(other) else (other_block, other)
    larger = (other_block, other) if smaller[1] is fact else (block, fact)
    times = f"{int(_value(larger[1]) / _value(smaller[1])):,}"
    about = "" if head == "beside" else f" ({head})"
    return Hit(
        Message(
            f"{smaller[1].text} against {larger[1].text}{about}: {times} times apart; is a unit or magnitude wrong?",
            f"{smaller[1].text}与{larger[1].text}相差{times}倍，单位或数量级是否有误？",
        ),
        source=(
            at(smaller[0], smaller[1].span.start, smaller[1].span.end),
            at(larger[0], larger[1].span.start, larger[1].span.end),
        ),
        confidence=0.4,
        severity=Severity.NEUTRAL,
        evidence=(("times apart", times),),
    )


CHECKS = (carded(__name__, "implausible-figures", run_document=run),)
