"""Headings that bear a number: 五、 and V., （十三） and (13)."""

from __future__ import annotations

import re

from aligncheck.facts import extract
from aligncheck.model import Language

#: So many Chinese signs are a heading; more are text, which can be judged.
_SHORT = 26
_OPENING = re.compile(r"\s*(?:第?[一二三四五六七八九十]|[（(〔\[]|\d)")


def same_number(chinese: str, english: str) -> bool:
    """Whether a short Chinese text and an English one open with the same number of a list.

    Headings are rendered freely, down to a word or two ("V. The Players" for 五、培育市场主体); that their numbers
    agree says more of whether they belong together than their few words do.
    """
    if len(chinese.strip()) > _SHORT or not _OPENING.match(chinese):
        return False
    mine, theirs = _number(chinese, "zh"), _number(english[:60], "en")
    return mine is not None and mine == theirs


def _number(text: str, language: Language) -> int | None:
    """The number that opens a text as the mark of a list; None where none does."""
    text = text.lstrip()
    for fact in extract(text, language):
        if fact.span.start > 0 or fact.kind != "item" or fact.label == "是":  # 三是 opens a sentence
            return None
        return int(fact.low)
    return None
