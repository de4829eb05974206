"""Parts of periods and the side of now they lie on: 6月上旬, 年底, early June; 过去五年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligncheck.facts.frames import frame
from aligncheck.facts.model import Fact, Part

_PERIODIC = frozenset(("date", "period", "relative"))
_TIMED = _PERIODIC | {"quantity"}
_SPANS = frozenset(("year", "month", "week", "day", "decade", "quarter", "century"))

_ZH_PART = re.compile(
    "(?:年|月)?(?:(?P<early>上旬|[前早]期(?!工|准|研|筹|投|调)|[年月季]初|初期?(?!步|级|始|次|一|二|三|中))|(?P<mid>中旬|[年月季]中(?![央国心])|中期(?!评|考|检|借|票)|中叶)|"
    "(?P<late>下旬|[后晚]期(?!工|维|管|评|制)|[年月季]底|[年月季]末|末期?(?!日)|底)|(?P<first>上半[叶月]|上中旬|前中期|早中期)|(?P<second>下半[叶月]|中下旬|中[后晚]期))"
)
_ZH_PART_INSIDE = re.compile(
    "(?:(?P<early>上旬|初)|(?P<mid>中旬|中叶)|(?P<late>下旬|底|(?<!周)末)|(?P<first>上半叶)|(?P<second>下半叶))$"
)
_EN_PART = re.compile(
    r"\b(?:(?P<early>early|(?:at\s+|in\s+|by\s+|since\s+|from\s+)?the\s+(?:very\s+)?(?:beginning|start|first\s+(?:ten|10)\s+days)\s+of|at\s+the\s+turn\s+of)|"
    r"(?P<mid>mid|middle\s+of|middle\s+ten\s+days\s+of)|(?P<late>late|end\s+of|close\s+of|year-end|last\s+(?:ten|10)\s+days\s+of|latter\s+part\s+of)|"
    r"(?P<first>first\s+half\s+of|early[\s-]+(?:to|and)[\s-]+mid)|(?P<second>(?:second|latter)\s+half\s+of|mid(?:dle)?[\s-]+(?:to|and)[\s-]+late))[\s-]+(?:in\s+)?(?:the\s+)?$",
    re.I,
)
_ZH_PAST = re.compile("(?:过去|刚刚过去|最近|近|以往|此前)(?:的)?$|(?<![目之提以])前$")
_ZH_COMING = re.compile("(?:今后|未来|接下来|往后|此后|下)(?:的)?$")
_ZH_SINCE = re.compile("(?:多)?(?:以?来)(?![自源电访函信宾客])")
_EN_PAST = re.compile(
    r"\b(?:past|last|previous|preceding|recent)\s+(?:(?:about|nearly|almost|some|over)\s+)?$", re.I
)
_EN_COMING = re.compile(
    r"\b(?:next|coming|following|upcoming|future)\s+(?:(?:about|nearly|almost|some)\s+)?$", re.I
)
_EN_AHEAD = re.compile(r"\s+(?:ahead(?!\s+of)|to\s+come|from\s+now)\b", re.I)


def complete(facts: Sequence[Fact], text: str, language: str) -> tuple[Fact, ...]:
    """The facts with the part of their period and its tense, where the words around say them."""
    reader = _chinese if language == "zh" else _english
    whole = (reader(f, text) if f.kind in _TIMED else f for f in facts)
    return tuple(replace(f, frame=name) if (name := frame(f, text, language)) else f for f in whole)


def _part(found: re.Match[str] | None) -> Part:
    if not found:
        return ""
    for name, value in _PARTS:
        if found.group(name):
            return value
    return ""


_PARTS: tuple[tuple[str, Part], ...] = (
    ("early", "early"), ("mid", "mid"), ("late", "late"), ("first", "first-half"), ("second", "second-half"),
)  # fmt: skip


def _chinese(fact: Fact, text: str) -> Fact:
    if fact.label.startswith("weekend"):
        return fact  # 本周末末班车
    if fact.kind in _PERIODIC:
        part = _part(_ZH_PART_INSIDE.search(fact.text)) or _part(
            _ZH_PART.match(
                text,
                fact.span.end
                + (text[fact.span.end : fact.span.end + 1] in '”"' and fact.label.startswith("plan")),
            )
        )
        return replace(fact, part=part) if part else fact
    if fact.kind == "quantity" and fact.unit in _SPANS:
        start = fact.words.start if fact.words else fact.span.start
        before = text[max(0, start - 5) : start] + (
            text[start : fact.span.start] if fact.note == "span" else ""
        )
        if _ZH_COMING.search(before):
            return replace(fact, tense="coming")
        if _ZH_PAST.search(before) or _ZH_SINCE.match(text, fact.span.end):
            return replace(fact, tense="past")
    return fact


def _english(fact: Fact, text: str) -> Fact:
    start = fact.words.start if fact.words else fact.span.start
    if fact.kind in _PERIODIC:
        part = _part(_EN_PART.search(text, max(0, start - 36), start))
        return replace(fact, part=part) if part else fact
    if fact.kind == "quantity" and fact.unit in _SPANS:
        if _EN_COMING.search(text, max(0, start - 30), start) or _EN_AHEAD.match(text, fact.span.end):
            return replace(fact, tense="coming")
        if _EN_PAST.search(text, max(0, start - 30), start):
            return replace(fact, tense="past")
    return fact
