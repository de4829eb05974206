"""Texts with their figures taken out: what is the same from year to year but for the numbers."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aligncheck.facts import Fact, extract
from aligncheck.facts.numerals import to_ordinal_words
from aligncheck.facts.render import english
from aligncheck.model import Language

#: Kinds of facts that change from year to year while the wording stays.
_CHANGING = frozenset(
    {"quantity", "share", "points", "multiple", "ordinal", "ratio", "date", "years", "period", "time"}
)
_LIST_NUMBER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．](?!\d))\s*"
)
_ENGLISH_LIST_NUMBER = re.compile(r"\s*(?:[(（]?(?:\d{1,3}|[IVX]{1,5}|[ivx]{1,5}|[a-z])[)）.](?!\d))\s+")
_SLOT = "\ue000"
_WORD = re.compile(rf"{_SLOT}|[^\W_]+(?:['’][^\W_]+)*")
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Masked:
    """A text's wording without its figures.

    ``words`` are what counts of the wording, in order, with one sign for each figure; ``facts`` are the
    figures taken out, with their spans in the untouched text.
    """

    text: str
    words: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def key(self) -> bytes:
        """16 bytes that texts share whose wording is the same."""
        return hashlib.blake2b("\x1f".join(self.words).encode("utf-8", "replace"), digest_size=16).digest()


@lru_cache(maxsize=4096)
def masked(text: str, language: Language) -> Masked:
    """A text without its figures, list number, punctuation, case and (English) articles."""
    number = (_LIST_NUMBER if language == "zh" else _ENGLISH_LIST_NUMBER).match(text)
    begin = number.end() if number and number.end() < len(text) else 0
    facts = [
        f
        for f in extract(text, language)
        if f.kind in _CHANGING and f.weight != "soft" and f.span.start >= begin
    ]
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or fact.span.start >= kept[-1].span.end:
            kept.append(fact)
    pieces, at = [], begin
    for fact in kept:
        pieces += [text[at : fact.span.start], f" {_SLOT} "]
        at = fact.span.end
    bare = unicodedata.normalize("NFKC", "".join([*pieces, text[at:]])).casefold()
    if language == "zh":
        words = tuple(c for c in bare if c.isalnum() or c == _SLOT)
    else:
        words = tuple(w for w in _WORD.findall(bare) if w not in _ARTICLES)
    return Masked(text, words, tuple(kept))


def adapted(chinese: Masked, rendering: Masked, today: Masked, draft: Masked) -> str:
    """An earlier English wording with today's figures in it; empty where a figure has no clear place.

    ``chinese`` and ``rendering`` are the earlier pair, ``today`` is today's Chinese, of the same wording as
    the earlier one; how ``draft`` (today's English) writes a value is taken over where it does.
    """
    if len(chinese.facts) != len(today.facts):
        return ""
    written = {fact.value: fact.text for fact in draft.facts}
    pieces, at = [], 0
    for fact in rendering.facts:
        places = [n for n, f in enumerate(chinese.facts) if f.value == fact.value and f.kind == fact.kind]
        if not places or len({today.facts[n].value for n in places}) != 1:
            return ""
        now = today.facts[places[0]]
        if now.kind != fact.kind:
            return ""
        text = (
            fact.text
            if now.value == fact.value
            else written.get(now.value) or _in_the_style_of(now, fact.text)
        )
        pieces += [rendering.text[at : fact.span.start], text]
        at = fact.span.end
    return "".join([*pieces, rendering.text[at:]])


def _in_the_style_of(fact: Fact, model: str) -> str:
    """A Chinese value in English, written as an earlier text wrote its own."""
    text = english(fact)
    if "percent" in model or "per cent" in model:
        word = "per cent" if "per cent" in model else "percent"
        text = re.sub(r"(?<=\d)%", f" {word}", text)
    if fact.kind == "ordinal" and not any(c.isdigit() for c in model):
        text = to_ordinal_words(int(fact.low))
        text = text.capitalize() if model[:1].isupper() else text
    return text
