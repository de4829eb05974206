"""Spans of time in two or three units that are one value: 2小时08分, three years and six months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligncheck.facts.model import Fact, Number, Relation
from aligncheck.model import Language, Span

#: The next smaller unit, and how many of it make one.
_SMALLER = {"year": ("month", 12), "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60)}
_PARTS = frozenset(unit for unit, _ in _SMALLER.values())
_BETWEEN = {"zh": re.compile("[零又]?"), "en": re.compile(r",?\s+(?:and\s+)?")}
#: Three years and six months respectively are two spans.
_EACH = re.compile(r"[^.;]{0,60}\brespectively\b")
#: An article is no figure elsewhere: an hour and ten minutes.
_ONE_REACH = 24
_ONE = re.compile(r"\ban?\s+(year|day|hour|minute),?\s+and\s+$")


def compounds(facts: Sequence[Fact], text: str, language: Language) -> tuple[Fact, ...]:
    """The facts, with neighbouring spans of time made one in the smallest of their units."""
    found: list[Fact] = []
    for fact in facts:
        last = found[-1] if found else None
        if last is not None and _goes_on(last, fact, text, language):
            found[-1] = _joined(last, fact, text)
            continue
        one = None
        if language == "en" and fact.unit in _PARTS and _plain(fact):
            one = _ONE.search(text, max(0, fact.span.start - _ONE_REACH), fact.span.start)
        if one is not None and _SMALLER[one.group(1)][0] == fact.unit:
            first = replace(fact, span=Span(one.start(), one.end()), low=1, unit=one.group(1))
            fact = _joined(first, fact, text)
        found.append(fact)
    return tuple(found)


def _plain(fact: Fact) -> bool:
    return fact.kind == "quantity" and fact.high is None and fact.low > 0


def _goes_on(first: Fact, second: Fact, text: str, language: Language) -> bool:
    """Whether the second fact counts what is over after the first: 3年 and 6个月."""
    if not (_plain(first) and _plain(second)) or first.unit not in _SMALLER:
        return False
    unit, size = _SMALLER[first.unit]
    between = _BETWEEN[language].fullmatch(text, first.span.end, second.span.start)
    if second.unit != unit or second.low >= size or first.low != int(first.low) or between is None:
        return False
    return _EACH.match(text, second.span.end) is None


def _joined(first: Fact, second: Fact, text: str) -> Fact:
    low: Number = first.low * _SMALLER[first.unit][1] + second.low
    span = Span(first.span.start, second.span.end)
    words = [fact.words or fact.span for fact in (first, second)]
    bound = first if second.relation is Relation.EXACT else second
    return replace(
        second,
        span=span,
        text=text[span.start : span.end],
        low=low,
        relation=bound.relation,
        said=bound.said,
        change=first.change or second.change,
        direction=first.direction or second.direction,
        weight=first.weight if second.weight == "soft" else second.weight,
        note="compound",
        words=Span(min(w.start for w in words), max(w.end for w in words)),
    )
