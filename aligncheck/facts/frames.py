"""What a number numbers: chapters, articles, sessions. Such numbers are no counts, and have only their like."""

# ruff: noqa: E501 - tables read better unbroken
from __future__ import annotations

import re

from aligncheck.facts.model import Fact

#: What follows 第N, and the English words for it, the nearest first.
_CHINESE: dict[str, tuple[str, ...]] = {
    "章": ("chapter",), "节": ("section",), "条": ("article", "section", "clause"), "款": ("paragraph", "item", "clause", "section"),
    "项": ("item", "paragraph", "clause", "subparagraph"), "目": ("item",), "编": ("part", "book"), "部分": ("part", "section"),
    "篇": ("part", "chapter"), "卷": ("volume", "book"), "册": ("volume", "book"), "号": ("number",), "页": ("page",),
    "届": ("session",), "次会议": ("session",), "次全体会议": ("session",), "次常务会议": ("session",), "次全会": ("session",),
}  # fmt: skip
_AFTER = re.compile(r"\s?(" + "|".join(sorted(_CHINESE, key=len, reverse=True)) + ")")
_SHORT = {
    "chap": "chapter", "sec": "section", "§": "section", "art": "article", "para": "paragraph", "no": "number", "vol": "volume",
    "p": "page", "meeting": "session", "congress": "session", "plenum": "session", "plenary": "session", "national": "session",
    "central": "session", "standing": "session", "party": "session",
}  # fmt: skip
_NAMES = "chapter|section|article|paragraph|subparagraph|item|clause|part|book|volume|number|page|session"
_BEFORE = re.compile(
    rf"(?:\b({_NAMES})s?|\b(chap|sec|art|para|no|vol|p)s?\.|(§))\s?(?:\(?(?:\d{{1,3}}|[ivx]{{1,5}})\)?\s?(?:to|and|or|,|-|–)\s?){{0,3}}[(“\"]?$",
    re.I,
)
_BEHIND = re.compile(
    rf"\s+(?:(?:plenary|annual|full|executive|extraordinary)\s+)?((?:{_NAMES})(?!\s+(?:fairs?|shops?|clubs?|exhibitions?|festivals?|awards?|prizes?|collections?)\b)|meeting|congress|plenum|plenary|national\s+(?:people|congress)|central\s+committee|standing\s+committee|party\s+congress)\b",
    re.I,
)
_INSIDE = re.compile(rf"({_NAMES})\b", re.I)
_NUMBERS = frozenset(("ordinal", "code", "item", "quantity"))


def frame(fact: Fact, text: str, language: str) -> str:
    """What a fact numbers, by an English name; empty where it numbers nothing, or nothing that is told."""
    if fact.kind not in _NUMBERS or (language == "zh" and fact.kind == "quantity"):
        return ""
    if language == "zh":
        found = _AFTER.match(text, fact.span.end)
        return found.group(1) if found and (fact.kind == "ordinal" or found.group(1) in "号届") else ""
    found = _INSIDE.match(fact.text)
    if found is None and fact.kind != "item":
        found = _BEFORE.search(text, max(0, fact.span.start - 24), fact.span.start)
    if found is None and fact.kind == "ordinal":
        found = _BEHIND.match(text, fact.span.end)
    if found is None:
        return ""
    word = next(g for g in found.groups() if g).lower().split()[0]
    return _SHORT.get(word, word)


def apart(zh: Fact, en: Fact) -> bool:
    """Whether the two number different things, so that their values have nothing to do with each other."""
    return bool(zh.frame and en.frame) and en.frame not in _CHINESE[zh.frame]


def no_like(zh: Fact, en: Fact) -> bool:
    """Whether one of two facts numbers a part of a document and the other is an amount, a share or a date."""
    framed, other = (zh, en) if zh.frame else (en, zh)
    return bool(framed.frame) and (other.kind not in _NUMBERS or bool(other.unit))
