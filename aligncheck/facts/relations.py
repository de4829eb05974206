"""Words that say how exact a number is: which English ones may stand for which Chinese ones.

以上, 以下 and 以内 include the number (Civil Code, article 1259; GB/T 15834 usage); 超过, 不满, 以外 do not.
With amounts "over" for 以上 is accepted usage; with a grade, an age or a penalty, whose border belongs to it,
it is not.
"""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from aligncheck.facts.fits_numbers import complement, next_whole
from aligncheck.facts.model import Fact, Relation
from aligncheck.facts.units import UNITS, unit_class

R = Relation
#: Words for "not just this number" that a translator may leave out without changing the order of things.
APPROXIMATE = frozenset((R.ABOUT, R.OVER, R.NEAR))
#: double, half a year, a 200-meter tower: no one takes these for exact figures.
_ROUND_WORDS = re.compile(r"^(?:doubl|twice|tripl|half[\s-]an?\b|\d[\d,]*-[a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Slip:
    """A relation rendered as another one: how grave and how sure it is that an editor would object."""

    grave: bool
    confidence: float
    why_en: str
    why_zh: str


_MEANING_EN = {
    R.EXACT: "an exact figure", R.OVER: "more than that figure", R.MIN: "that figure or more", R.MIN_LOOSE: "that figure or more",
    R.UNDER: "less than that figure", R.MAX: "at most that figure", R.MAX_LOOSE: "at most that figure", R.NEAR: "just under that figure",
    R.ABOUT: "an approximate figure", R.VAGUE: "a vague figure",
}  # fmt: skip
_MEANING_ZH = {
    R.EXACT: "确数", R.OVER: "多于该数", R.MIN: "不少于该数", R.MIN_LOOSE: "不少于该数", R.UNDER: "少于该数", R.MAX: "不多于该数",
    R.MAX_LOOSE: "不多于该数", R.NEAR: "略低于该数", R.ABOUT: "约数", R.VAGUE: "虚数",
}  # fmt: skip

#: (Chinese, English) -> (grave, confidence); what is not listed is fine.
_SLIPS: dict[tuple[Relation, Relation], tuple[bool, float]] = {
    (R.EXACT, R.OVER): (False, 0.7), (R.EXACT, R.MIN): (False, 0.6), (R.EXACT, R.UNDER): (True, 0.75), (R.EXACT, R.MAX): (False, 0.52),
    (R.EXACT, R.NEAR): (False, 0.65), (R.EXACT, R.ABOUT): (False, 0.55),
    (R.OVER, R.EXACT): (False, 0.55), (R.OVER, R.MIN): (False, 0.55), (R.OVER, R.UNDER): (True, 0.92), (R.OVER, R.MAX): (True, 0.92),
    (R.OVER, R.NEAR): (True, 0.92), (R.OVER, R.ABOUT): (False, 0.55),
    (R.MIN, R.EXACT): (False, 0.65), (R.MIN, R.OVER): (False, 0.6), (R.MIN, R.UNDER): (True, 0.95), (R.MIN, R.MAX): (True, 0.95),
    (R.MIN, R.NEAR): (True, 0.9), (R.MIN, R.ABOUT): (False, 0.7),
    (R.MIN_LOOSE, R.EXACT): (False, 0.6), (R.MIN_LOOSE, R.UNDER): (True, 0.95), (R.MIN_LOOSE, R.MAX): (True, 0.95),
    (R.MIN_LOOSE, R.NEAR): (True, 0.85), (R.MIN_LOOSE, R.ABOUT): (False, 0.65),
    (R.UNDER, R.EXACT): (False, 0.55), (R.UNDER, R.OVER): (True, 0.95), (R.UNDER, R.MIN): (True, 0.95), (R.UNDER, R.ABOUT): (False, 0.6),
    (R.MAX, R.EXACT): (False, 0.6), (R.MAX, R.OVER): (True, 0.95), (R.MAX, R.MIN): (True, 0.95), (R.MAX, R.UNDER): (False, 0.52),
    (R.MAX, R.ABOUT): (False, 0.65), (R.MAX, R.NEAR): (False, 0.6),
    (R.MAX_LOOSE, R.EXACT): (False, 0.6), (R.MAX_LOOSE, R.OVER): (True, 0.95), (R.MAX_LOOSE, R.MIN): (True, 0.95),
    (R.MAX_LOOSE, R.ABOUT): (False, 0.65), (R.MAX_LOOSE, R.NEAR): (False, 0.55),
    (R.NEAR, R.EXACT): (False, 0.55), (R.NEAR, R.OVER): (True, 0.92), (R.NEAR, R.MIN): (True, 0.85), (R.NEAR, R.MAX): (False, 0.52),
    (R.ABOUT, R.EXACT): (False, 0.55), (R.ABOUT, R.OVER): (False, 0.65), (R.ABOUT, R.UNDER): (False, 0.65), (R.ABOUT, R.NEAR): (False, 0.52),
    (R.ABOUT, R.MIN): (False, 0.65), (R.ABOUT, R.MAX): (False, 0.6),
}  # fmt: skip


def slip(zh: Fact, en: Fact) -> Slip | None:
    """What is wrong with the English word for how exact the number is; None when nothing is."""
    if R.VAGUE in (zh.relation, en.relation) or (zh.high is None) != (en.high is None):
        return None
    if zh.high is not None or zh.kind in ("date", "ratio") or zh.weight == "soft":
        return None
    if zh.kind == "code" and zh.note != "grade":
        return None
    if (
        zh.text.endswith(("千亿", "百亿", "万亿", "百万", "千万", "十亿", "十万"))
        and zh.step >= 10**6
        and zh.text[:1] in "十百千万"
        and zh.relation is R.EXACT
    ):
        return None  # 千亿级: an order of magnitude
    if zh.low != en.low and en.relation in (R.OVER, R.NEAR, R.ABOUT) and zh.relation is R.EXACT:
        return None  # rounded, and it says so
    if complement(zh, en) or next_whole(zh, en) or _said_otherwise(zh, en):
        return None
    a, b = zh.relation, en.relation
    if (
        b is R.EXACT
        and a in APPROXIMATE
        and en.kind in ("quantity", "multiple")
        and _ROUND_WORDS.search(en.text)
    ):
        return None
    entry = _SLIPS.get((a, b))
    if a is R.MIN_LOOSE and b is R.OVER and zh.note in ("age", "law"):
        # News says "over 75" for 75岁以上; a law must not.
        entry = (True, 0.8) if zh.note == "law" else (False, 0.45)
    if zh.kind in ("ordinal", "code"):
        if a is R.EXACT and en.kind not in ("ordinal", "code"):
            return None
        if a is R.EXACT and b is R.EXACT:
            return None
        if (a, b) == (R.MIN, R.OVER):
            entry = (True, 0.85)
        elif (a, b) == (R.MAX, R.UNDER):
            entry = (True, 0.8)
        elif a is R.EXACT:
            entry = (False, 0.45)
    if entry is None:
        return None
    grave, confidence = entry
    record = UNITS.get(en.unit) or UNITS.get(zh.unit)
    timed = record is not None and record.dimension in ("time", "length")
    if timed and en.said in ("over", "within", "past the", "up to", "around", "about") and a is R.EXACT:
        return None  # "over three years": in the course of them
    if zh.note == "span" and b in (R.EXACT, R.OVER, R.ABOUT, R.MIN) and not _after_all(zh, en):
        return None
    if b is R.EXACT and zh.said.endswith("满"):
        return None
    if b is R.EXACT and zh.said in _LIGHT and not grave and _round(zh):
        confidence = min(confidence, 0.45)  # 40余年 as 40 years: a round figure says itself that it is none
    if b is R.EXACT and en.note in ("in", "denied") and timed and a in (R.MAX, R.MAX_LOOSE):
        return None  # to be done in ten days
    if b is R.EXACT and en.note == "reaching" and a in (R.MIN, R.MIN_LOOSE):
        return None  # when it reaches 37 °C
    if a is R.OVER and zh.said in ("余", "多") and b is R.ABOUT and _round(zh):
        return None  # 三十余 as about thirty
    if a is R.OVER and zh.said in ("余", "多") and (b is R.MIN or en.said == "some"):
        return None  # 两千余 as two thousand and more, 1100余 as some 1,100
    if zh.said == "最高" and b is R.EXACT:
        return None  # may be as high as
    if a is R.EXACT and (_NOUN_OF_LIMIT.match(en.said) or en.said.startswith(_KEPT)):
        return None  # the maximum 36°C
    if zh.note == "short" and b in (R.UNDER, R.NEAR, R.EXACT):
        return None  # 不及设计一半: less than half
    if zh.note == "hedged" and a is R.EXACT:
        return None
    if a is R.EXACT and en.said in ("up to", "some"):
        confidence = 0.45
    if zh.said in ("过", "破") and not grave:
        confidence = min(confidence, 0.4)
    if zh.low == 1 and zh.kind == "quantity" and not grave:
        confidence = min(confidence, 0.4)
    return Slip(grave, confidence, _MEANING_EN[b], _MEANING_ZH[a])


_OVER_WORDS = re.compile(r"(?:more|greater|higher|larger|longer|older|later)\s+than|over|above|beyond|exceed")


def _said_otherwise(zh: Fact, en: Fact) -> bool:
    """Whether the bound of one side is told by the construction of the other: 超过三十日不, not within thirty days."""
    a, b, note = zh.relation, en.relation, en.note
    if zh.note == "denied" and b is R.OVER:
        return True  # 未监测到四级以上: no tremor above magnitude 4
    if zh.note == "denied" and b is R.MAX:
        return _OVER_WORDS.match(en.said) is not None  # 不得有两个以上: may not have more than two
    if a is R.OVER:
        timed = unit_class(en.unit or zh.unit) == "time"
        if note == "denied" and b in (R.MAX, R.EXACT):
            return True
        if zh.said == "以外" and b is R.MIN:
            return True  # at least a hundred meters off
        return b is R.EXACT and note == "after" and timed
    if b is R.EXACT:
        return note == "first" and a in (R.MAX, R.MAX_LOOSE)  # the first two million
    if a is R.EXACT and b is R.MAX and _OVER_WORDS.match(en.said):
        return True  # not everyone over 50: what is denied need not be the bound
    if a is R.EXACT and b is R.MAX:
        return zh.note == "circle" or (zh.note == "only" and en.said.startswith(("no ", "not ", "never ")))
    return a is R.EXACT and b is R.UNDER and zh.note == "condition" and en.said == "under"


#: Words of approximation that state no bound.
_LIGHT = frozenset(("余", "多", "来", "约", "大约", "近", "左右", "上下", "前后"))


def _round(fact: Fact) -> bool:
    """Whether a figure has one digit that counts (40, 2, 90%, 0.2), or two before a word of magnitude (21万, 1300万)."""
    value = Fraction(fact.low) * (100 if fact.kind == "share" else 1)
    while value.denominator != 1 and value.denominator % 2 * (value.denominator % 5) == 0:
        value *= 10
    return value.denominator == 1 and len(str(abs(value.numerator)).rstrip("0")) <= (
        2 if fact.kind == "quantity" and fact.step >= 10_000 else 1
    )


def _after_all(zh: Fact, en: Fact) -> bool:
    """Whether what is to be done within a time is said to take more than it ("over" may mean in its course)."""
    return zh.said in ("内", "以内", "之内") and en.said in (
        "more than",
        "longer than",
        "at least",
        "later than",
    )


_NOUN_OF_LIMIT = re.compile(r"(?:a )?(?:maximum|minimum|limit|ceiling|cap|max)(?!ped)")


#: What is kept to a figure is held at it: 控制在3%.
_KEPT = ("held", "kept", "keep", "hold", "confin")


def meaning(relation: Relation) -> tuple[str, str]:
    """What a relation says of the true number, in English and Chinese."""
    return _MEANING_EN[relation], _MEANING_ZH[relation]
