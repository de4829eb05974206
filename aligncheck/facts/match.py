"""Whether a Chinese and an English fact say the same, and what differs where they nearly do."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from aligncheck.facts.fits import FAMILY, Fit
from aligncheck.facts.fits_dates import fit_date
from aligncheck.facts.fits_numbers import MAKERS
from aligncheck.facts.frames import apart
from aligncheck.facts.model import Fact, whole
from aligncheck.facts.units import unit_class


def fit(zh: Fact, en: Fact, year: int | None = None) -> Fit | None:
    """How a Chinese and an English fact agree; None where their values differ.

    ``year`` is the year that 今年 means, where known.
    """
    if zh.frame and apart(zh, en):
        return None
    if zh.kind in _NUMERIC and (zh.low < 0 or en.low < 0) and en.kind != "date":
        found = _fit(_unsigned(zh), _unsigned(en), year)
    else:
        found = _fit(zh, en, year)
    if found is None:
        return _alike_in_print(zh, en)
    if found.remark:
        return found
    if zh.kind in _NUMERIC and _opposite(zh, en):
        return Fit(found.cost + 0.9, "sign" if zh.low < 0 or en.low < 0 else "direction")
    if zh.tense and en.tense and zh.tense != en.tense:
        return Fit(found.cost + 0.3, "tense")
    if _other_part(zh, en):
        return Fit(found.cost + 0.3, "part")
    return found


_NUMERIC = frozenset(("quantity", "share", "points"))
_PRINTED = re.compile(r"\d+(?:\.\d+)?[A-Za-z]+")


def _alike_in_print(zh: Fact, en: Fact) -> Fit | None:
    """5M on both sides, whatever M may be."""
    one, other = (re.sub(r"\s", "", f.text) for f in (zh, en))
    return Fit(0.4) if one == other and _PRINTED.fullmatch(one) else None


def _unsigned(fact: Fact) -> Fact:
    if fact.low >= 0:
        return fact
    ends = sorted(abs(Fraction(v)) for v in (fact.low, fact.high) if v is not None)
    return replace(fact, low=whole(ends[0]), high=whole(ends[1]) if len(ends) > 1 else None)


def _side(fact: Fact) -> int:
    """On which side of zero a figure lies, as far as it says: -1, 1, or 0 where it is left open."""
    if fact.low < 0:
        return -1
    if fact.direction and fact.change != "to":
        return -1 if fact.direction == "down" else 1
    return 0


def _opposite(zh: Fact, en: Fact) -> bool:
    """Whether one side has a rise, a gain or what is above zero, and the other has the contrary."""
    if en.direction and not en.change and zh.change:
        return False  # a result beside a change
    one, other = _side(zh), _side(en)
    if (zh.low < 0) != (en.low < 0):
        return (one or 1) != (other or 1)
    if zh.change == en.change == "to" and zh.direction and en.direction:
        return zh.direction != en.direction
    return one * other < 0 and zh.change == en.change


#: Parts of a period that cannot both be right.
_PART_PLACE = {"early": 0, "first-half": 0, "mid": 1, "late": 2, "second-half": 2}


def _other_part(zh: Fact, en: Fact) -> bool:
    if not zh.part or not en.part:
        return False
    return _PART_PLACE[zh.part] != _PART_PLACE[en.part]


def _fit(zh: Fact, en: Fact, year: int | None) -> Fit | None:
    """As :func:`fit`, for values without their signs."""
    if FAMILY[zh.kind] in ("date", "period", "relative", "weekday", "lunar", "time"):
        return fit_date(zh, en, year)
    if en.kind in ("years", "weekday", "lunar", "time"):
        if en.kind == "time" and zh.kind == "ratio":
            return Fit(1.0) if zh.low * 60 + (zh.high or 0) == en.low else None
        if en.kind == "time" and zh.kind == "quantity" and zh.unit == "second":
            return Fit(0.6) if zh.low == en.low else None  # 2分08秒, 2:08
        return None
    if zh.text.endswith("兆") and unit_class(en.unit) in ("rate", "memory"):  # 62兆 of bandwidth: 62 Mbps
        return Fit(0.5) if zh.low == en.low * 10**12 else None
    maker = MAKERS.get(zh.kind)
    return maker(zh, en) if maker else None
