"""Which columns of a table hold the source and the translation, told by their headings and languages.

Tables are matrices of texts; where they come from (a sheet, a Word table, a page) does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligncheck.model import Language
from aligncheck.readers.files import HAN, LATIN
from aligncheck.readers.language import has_words, language_of

_SOURCE = re.compile(r"(?:source|src|original|原文|源文|源语言?|原始)")
_TARGET = re.compile(
    r"(?:target|trg|tgt|translat\w*|译文|译稿|翻译|目标(?:语言?)?|final|终稿|定稿|draft|初稿)"
)
_CHINESE = re.compile(r"(?:chinese|zho|chi|zh|cn|中文|简体中文|繁[体體]中文|简体|繁[体體]|汉语|漢語|华文|中)")
_ENGLISH = re.compile(r"(?:english|eng|en|英文|英语|英語|英)")
_REGION = re.compile(r"[-_ ]?(?:cn|tw|hk|sg|mo|us|gb|uk|ca|au|hans|hant)\b")
_TEXT_WORD = re.compile(
    r"(?:text|content|version|language|segment|column|simplified|traditional|内容|文本|文字|版)"
)
#: How far a translation has come, best last.
_STAGES: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"machine|\bmt\b|机器|机翻|自动|google|deepl|pre-?translat"), -1),
    (re.compile(r"draft|first|初稿|初译|旧|old|previous"), 1),
    (re.compile(r"review|revis|edited|审校|审定|校对|修订|人工|human|post-?edit|new|新"), 3),
    (re.compile(r"final|approved|终稿|定稿|最终"), 4),
)
_PLAIN = 2
_LONGEST_HEADING = 40  # code points
_TITLE_ROWS = 6  # above the headings


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a column says: ``role`` is source, target or nothing."""

    role: str
    language: Language | None
    stage: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The choice: where the pairs begin, the two columns, and what is written over them and the others.

    ``taken`` are the headings of the Chinese and the English column, ``left`` those of other columns
    that could have been taken; empty where there are none.
    """

    first_row: int
    chinese: int
    english: int
    source: Language
    taken: tuple[str, str] = ("", "")
    left: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[int, int]:
        """The source's column and the translation's."""
        return (self.chinese, self.english) if self.source == "zh" else (self.english, self.chinese)


def heading_of(text: str) -> Heading | None:
    """What a heading says of its column; None where it says nothing of languages or sides."""
    name = " ".join(text.lower().split())
    if not name or len(name) > _LONGEST_HEADING:
        return None
    stage = next((rank for sign, rank in _STAGES if sign.search(name)), _PLAIN)
    words = [w for w in re.split(r"[\s()（）\[\]【】/:：,，\-_—|]+", _REGION.sub(" ", name)) if w]
    compact = "".join(words)
    role = ""
    language: Language | None = None
    rest = _TEXT_WORD.sub("", compact)
    for pattern, found in ((_SOURCE, "source"), (_TARGET, "target")):
        if pattern.search(rest):
            role = role or found
            rest = pattern.sub("", rest)
    for tongue, pattern in (("zh", _CHINESE), ("en", _ENGLISH)):
        whole = re.fullmatch(rf"(?:{pattern.pattern})+", rest) or any(pattern.fullmatch(w) for w in words)
        if whole and language is None:
            language = "zh" if tongue == "zh" else "en"
            rest = pattern.sub("", rest, count=1)
    if not role and language is None:
        return None
    for sign, _ in _STAGES:
        rest = sign.sub("", rest)
    # A cell of text that merely has such a word in it is no heading.
    return Heading(role, language, stage) if len(rest) <= 4 else None


def choose(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table's pairs; None where there are not two columns of two languages.

    Headings decide where they are clear, the text of the columns otherwise; an index, a status or a
    note beside the text has little of it.  A finished translation goes before a machine's.
    """
    head, headings = _head(rows)
    body = rows[head + 1 :] if head >= 0 else rows
    width = max((len(r) for r in rows), default=0)
    weights = {language: _weights(body, width, language) for language in ("zh", "en")}
    spoken: dict[int, Language] = {}
    for column in range(width):
        zh, en = weights["zh"][column], weights["en"][column]
        if zh or en:
            spoken[column] = "zh" if zh >= en else "en"
    sides: dict[Language, int] = {}
    tongues: tuple[Language, Language] = ("zh", "en")
    for language in tongues:
        candidates = [c for c, found in spoken.items() if found == language]
        named = [c for c in candidates if c in headings]
        pool = named or candidates
        if not pool:
            return None
        sides[language] = max(
            pool, key=lambda c: (headings[c].stage if c in headings else 0, weights[language][c], -c)
        )
    chinese, english = sides["zh"], sides["en"]
    roles = (headings.get(chinese, _NONE).role, headings.get(english, _NONE).role)
    turned = roles[1] == "source" or roles[0] == "target"
    source: Language = "zh" if chinese < english else "en"
    if "source" in roles or "target" in roles:
        source = "en" if turned else "zh"
    names = [" ".join(n.split()) for n in rows[head]] if head >= 0 else []
    left = tuple(names[c] for c in sorted(headings) if c not in (chinese, english))
    taken = [names[c] if c < len(names) else "" for c in (chinese, english)]
    return Columns(head + 1, chinese, english, source, (taken[0], taken[1]), left)


_NONE = Heading("", None, 0)


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, Heading]]:
    """The row of headings, -1 where there is none, and what they say; titles may stand above it."""
    for number, row in enumerate(rows[:_TITLE_ROWS]):
        found = {c: h for c, text in enumerate(row) if (h := heading_of(text)) is not None}
        sides = {(h.role, h.language) for h in found.values()}
        if len(found) >= 2 and len(sides) >= 2:
            return number, found
    return -1, {}


def _weights(rows: Sequence[Sequence[str]], width: int, language: Language) -> list[int]:
    """How much text in a language each column has."""
    letters = HAN if language == "zh" else LATIN
    found = [0] * width
    for row in rows[:2000]:
        for column, text in enumerate(row):
            if has_words(text) and language_of(text[:400]) == language:
                found[column] += len(letters.findall(text[:400]))
    return found
