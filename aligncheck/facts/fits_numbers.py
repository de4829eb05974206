"""Whether a Chinese and an English number say the same: amounts, shares, times, ordinals, codes, ratios."""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from aligncheck.facts.fits import Fit
from aligncheck.facts.model import Fact, Number, Relation
from aligncheck.facts.units import MONEY, convert, convertible, unit_class


def same(zh: Number, en: Number, step: Number, loose: bool) -> bool:
    """Whether the English number is the Chinese one, or that one rounded to the digits written."""
    if zh == en:
        return True
    if not loose or not step or not zh:
        return False
    difference = abs(Fraction(zh) - Fraction(en))
    return difference * 2 <= Fraction(step) and difference * 50 <= abs(Fraction(zh))


def near_enough(expected: Fraction, en: Number, step: Number) -> bool:
    """Whether a converted value is right to the digits that were written (a unit of the last one, 2.5 % at most)."""
    written = Fraction(step)
    if isinstance(en, int) and en and step == 1:
        while en % (written.numerator * 10) == 0:
            written *= 10
    slack = max(Fraction(step) / 2, min(written, abs(expected) / 40))
    return abs(expected - Fraction(en)) <= slack


def _loose(en: Fact) -> bool:
    """Rounding is fair where the English says so or writes the number in words of magnitude."""
    return en.relation is not Relation.EXACT or (
        en.step >= 1000 and Fraction(en.low) / Fraction(en.step) >= 100
    )


def _ends(zh: Fact, en: Fact) -> bool:
    """The numbers of two facts of the same kind, ranges included."""
    if zh.relation is Relation.VAGUE or en.relation is Relation.VAGUE:
        return _vague(zh, en)
    if zh.high is None and en.high is None:
        return same(zh.low, en.low, en.step, _loose(en)) or _close_rounding(zh, en)
    if zh.high is not None and en.high is not None:
        return same(zh.low, en.low, en.step, True) and same(zh.high, en.high, en.step, True)
    return False


def _close_rounding(zh: Fact, en: Fact) -> bool:
    """28,134 as "more than 28,000", 2,980 as "nearly 3,000": rounded towards what the words say."""
    if zh.high is not None or not zh.low or zh.kind not in ("quantity", "share"):
        return False
    ratio = Fraction(en.low) / Fraction(zh.low)
    if en.relation is Relation.OVER and zh.relation in (Relation.EXACT, Relation.OVER):
        return Fraction(95, 100) <= ratio < 1 and _rounder(zh, en)
    if en.relation is Relation.NEAR and zh.relation in (Relation.EXACT, Relation.NEAR):
        return 1 < ratio <= Fraction(105, 100) and _rounder(zh, en)
    if en.relation is Relation.ABOUT and zh.relation in (Relation.EXACT, Relation.ABOUT):
        return Fraction(97, 100) <= ratio <= Fraction(103, 100) and _rounder(zh, en)
    return False


def _digits(value: Number) -> int:
    """Significant digits of a number."""
    if isinstance(value, Fraction):
        return len(str(value.numerator * 10**6 // value.denominator).rstrip("0"))
    return len(str(abs(value)).rstrip("0"))


def _rounder(zh: Fact, en: Fact) -> bool:
    return _digits(en.low) < _digits(zh.low)


def _vague(zh: Fact, en: Fact) -> bool:
    zh_high = zh.high if zh.high is not None else zh.low
    en_high = en.high if en.high is not None else en.low
    if zh.relation is Relation.VAGUE and en.relation is Relation.VAGUE:
        return zh.low <= en_high and en.low <= zh_high
    if zh.relation is Relation.VAGUE:
        if en.high is not None:
            return zh.low <= en_high and en.low <= zh_high
        if en.relation in (Relation.OVER, Relation.MIN):
            return zh.low <= en.low * 2 and en.low <= zh_high
        if en.low == zh.low - 1 and en.low % 10 == 0:
            return True  # 十几天 as "ten days"
        if en.relation in (Relation.ABOUT, Relation.NEAR, Relation.MAX):
            return zh.low <= en.low <= zh_high + 1
        return zh.low <= en.low <= zh_high and zh.low * 2 > en.low - 1 and zh_high < zh.low * 10
    if zh.high is not None:
        return zh.low <= en_high and en.low <= zh_high
    return en.low <= zh.low <= en_high or (
        zh.relation is Relation.OVER and en.low <= zh.low * 2 and zh.low <= en_high
    )


_OPEN_DOLLARS = {"usd", "hkd", "twd", "aud", "cad", "sgd", "mop"}
_SAME_UNIT = {
    frozenset(p)
    for p in (
        ("lb", "gbp"), ("degree", "c"), ("degree", "kwh"), ("year", "age"), ("t", "tce"), ("month", "age"), ("day", "age"),
        ("cent", "age"), ("degree", "f"), ("li", "km"), ("jin", "kg"), ("liang", "g"), ("li", "m"), ("chi", "foot"), ("cun", "inch"),  # 尺 and 寸 are said of pianos and screens in feet and inches too
    )
}  # fmt: skip


def units_agree(zh: Fact, en: Fact) -> str:
    """ "same", "open" (one side has none), "convertible", or "other"."""
    a, b = zh.unit, en.unit
    if a == b:
        return "same"
    if not a or not b:
        return "open"
    if a == "yuan" and (b in ("dollar", "cny") or b in _OPEN_DOLLARS):
        return "same"  # 元 in a text in Traditional characters
    if b == "dollar" and a in _OPEN_DOLLARS:
        return "same"
    if (a, b) == ("jpy", "cny") and not en.text.lower().endswith(("yuan", "rmb", "renminbi", "kuai")):
        return "same"  # ¥ is the sign of both
    if frozenset((a, b)) in _SAME_UNIT:
        return "same" if a not in ("li", "jin", "liang") else "convertible"
    if convertible(a, b):
        return "convertible"
    return "other"


def _fit_quantity(zh: Fact, en: Fact) -> Fit | None:
    if en.kind == "quantity":
        agree = units_agree(zh, en)
        if agree == "convertible":
            if zh.low == 1 and zh.weight == "soft" and en.text.isalpha():
                return None  # less each quarter: no figure is named
            expected = convert(zh.low, zh.unit, en.unit)
            top = convert(zh.high, zh.unit, en.unit) if zh.high is not None else None
            right = near_enough(expected, en.low, en.step)
            if top is not None:
                right = right and en.high is not None and near_enough(top, en.high, en.step)
            if right:
                return Fit(0.5)
            if zh.unit in ("day", "month", "week", "year") and _roughly(expected, top, en):
                return Fit(0.6)
            return Fit(2.5, "unit") if _ends(zh, en) else None
        if next_whole(zh, en):
            return Fit(0.4)
        if not _ends(zh, en):
            return None
        if agree == "other" and ("soft" in (zh.weight, en.weight) or zh.low == 1):
            return Fit(1.5)
        if agree == "other":
            dims = {unit_class(zh.unit), unit_class(en.unit)}
            if dims <= MONEY:
                return Fit(2.5, "unit")
            if "angle" in dims or dims & {"age", "computing"}:
                return Fit(1.2)
            return Fit(2.5, "unit")
        cost = 0.2 if agree == "open" else 0.0
        if agree == "open" and unit_class(zh.unit or en.unit) == "time":
            cost = 1.2  # two weeks are hardly two of anything else
        if (
            zh.high is None
            and zh.change
            and en.change
            and zh.change != en.change
            and zh.low > 1
            and not en.said
        ):
            return Fit(cost + 0.9, "by-to")
        return Fit(cost)
    if en.kind == "code" and zh.high is None and zh.text[:1].isdigit() and len(en.label) <= 4:
        digits = "".join(c for c in en.label if c.isdigit())
        if en.label.startswith(digits) and digits and int(digits) == zh.low:
            return Fit(1.5)
    if (
        en.kind == "code"
        and zh.high is None
        and en.label[:1] in "MGSKZ"
        and en.label[1:].isdigit()
        and int(en.label[1:]) == zh.low
    ):
        return Fit(1.5)
    if en.kind == "ordinal" and next_whole(zh, en):
        return Fit(0.6)
    if en.kind in ("ordinal", "item", "code", "date") and zh.high is None:
        number = _number_of(en)
        if number is not None and number == zh.low:
            return Fit(1.5 if en.kind == "ordinal" else 2.0)
    if en.kind == "ordinal" and zh.high is not None and (zh.low, zh.high) == (en.low, en.high):
        return Fit(0.6)
    if en.kind == "ratio" and en.high == 1 and zh.low == en.low and not zh.unit:
        return Fit(0.5)
    if en.kind == "share" and zh.unit == "" and zh.low == en.low * 100 and zh.high is None:
        return Fit(1.8)
    if en.kind == "share" and zh.low == en.low and zh.unit == "":
        return Fit(2.0)
    if en.kind == "multiple" and not zh.unit and zh.low == en.low:
        return Fit(2.0)
    if en.kind == "period" and zh.unit == "month" and en.label in ("half:1", "half:2") and zh.low == 6:
        return Fit(1.0)
    return None


def _roughly(low: Fraction, high: Fraction | None, en: Fact) -> bool:
    """Whether a span of time in other units is right to one in twenty: a month has 30 days or 31."""
    ends = [(low, en.low), (high, en.high)]
    return (high is None) == (en.high is None) and all(
        abs(Fraction(found) - due) * 20 <= due for due, found in ends if due is not None and found is not None
    )


def _number_of(fact: Fact) -> Number | None:
    if fact.kind == "code":
        return int(fact.label) if fact.label.isdigit() else None
    if fact.kind == "date":
        return fact.parts[0] if fact.parts[1] is None and fact.parts[2] is None else None
    return fact.low


def _fit_share(zh: Fact, en: Fact) -> Fit | None:
    if zh.note == "discount" and en.kind == "share":
        taken = en.note == "off" or (en.change == "by" and en.direction == "down")
        return Fit(0.0) if en.low == (1 - zh.low if taken else zh.low) else None
    if (en.note == "percent" and zh.low * 100 == en.low) or (en.note == "tenths" and zh.low * 10 == en.low):
        return Fit(0.3)
    if en.kind == "share":
        if not _share_same(zh, en):
            if complement(zh, en):
                return Fit(1.2)
            if zh.change == "by" and zh.direction == "down" and en.change == "to" and en.low == 1 - zh.low:
                return Fit(0.3)
            rest = zh.change == "to" or (not zh.change and en.note == "off")
            if rest and en.change == "by" and en.direction == "down" and en.low == 1 - zh.low:
                return Fit(0.3)
            return None
        return _with_change(zh, en, 0.0)
    if en.kind == "points":
        return Fit(2.0, "points") if zh.low * 100 == en.low else None
    if en.kind == "multiple":
        factor = zh.low + 1 if zh.change == "by" and zh.direction != "down" else zh.low
        return Fit(0.5) if en.low == factor or (en.change == "" and en.low == zh.low) else None
    if en.kind == "ratio" and en.high:
        return Fit(1.0) if Fraction(en.low) / Fraction(en.high) == zh.low else None
    return None


_MIRRORED = {
    Relation.UNDER: (Relation.OVER, Relation.MIN), Relation.OVER: (Relation.UNDER, Relation.NEAR),
    Relation.NEAR: (Relation.OVER,), Relation.MAX: (Relation.MIN,), Relation.MIN: (Relation.MAX,),
}  # fmt: skip


def complement(zh: Fact, en: Fact) -> bool:
    """Whether a share is told by its rest: used less than 40%, idle more than 60%."""
    if zh.kind != en.kind or zh.kind != "share" or zh.low + en.low != 1 or zh.low == en.low:
        return False
    return en.relation in _MIRRORED.get(zh.relation, ())


#: The bounds of whole numbers that say the same of the one below and the one above: under 14, 13 or less.
_NEXT = {
    (Relation.UNDER, Relation.MAX): -1, (Relation.MAX, Relation.UNDER): 1, (Relation.MAX_LOOSE, Relation.UNDER): 1,
    (Relation.OVER, Relation.MIN): 1, (Relation.MIN, Relation.OVER): -1, (Relation.MIN_LOOSE, Relation.OVER): -1,
}  # fmt: skip
_FEW = 150


def next_whole(zh: Fact, en: Fact) -> bool:
    """Whether a bound of what is counted one by one is told by the next number: 未满十四周岁, thirteen or under."""
    if zh.high is not None or en.high is not None or zh.kind not in ("quantity", "ordinal"):
        return False
    counted = all(f.unit in ("", "age") and f.step == 1 and 0 < f.low <= _FEW for f in (zh, en))
    return counted and _NEXT.get((zh.relation, en.relation)) == en.low - zh.low


def _share_same(zh: Fact, en: Fact) -> bool:
    if zh.high is not None or en.high is not None:
        return zh.high == en.high and zh.low == en.low
    if zh.low == en.low or _close_rounding(zh, en):
        return True
    # a third as 33%, two thirds as 66.7%
    worded = _endless(zh.low) or _endless(en.low)
    loose = worded or en.relation is not Relation.EXACT
    return loose and abs(Fraction(zh.low) - Fraction(en.low)) * 2 <= max(
        Fraction(en.step), Fraction(zh.step) if worded and zh.step < 1 else 0
    )


def _endless(value: Number) -> bool:
    """Whether a number has no last digit: a third, but no eighth."""
    rest = Fraction(value).denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest != 1


def _fit_points(zh: Fact, en: Fact) -> Fit | None:
    if en.kind == "points":
        return _with_change(zh, en, 0.0) if _ends(zh, en) else None
    if en.kind == "share" and zh.high is None and en.high is None and zh.low == en.low * 100:
        return Fit(2.0, "points")
    if en.kind == "quantity" and not en.unit and zh.low == en.low:
        return Fit(1.0)
    return None


def _fit_multiple(zh: Fact, en: Fact) -> Fit | None:
    factors = {zh.low + 1} if zh.change == "by" else {zh.low}
    if zh.change == "" and en.kind == "multiple" and en.change != "by":
        factors = {zh.low}
    if en.kind == "multiple" and Relation.VAGUE in (zh.relation, en.relation):
        return Fit(0.3) if _vague(zh, en) else None
    if en.kind == "multiple":
        if zh.high is not None or en.high is not None:
            return Fit(0.3) if (zh.low, zh.high) == (en.low, en.high) else None
        if zh.change == "by":
            if en.change == "to":
                return Fit(0.0) if en.low == zh.low + 1 else None
            return Fit(0.1) if en.low in (zh.low, zh.low + 1) else None
        if en.change == "by":
            if en.low == zh.low - 1:
                return Fit(0.1)
            return (
                Fit(0.8, "by-to")
                if en.low == zh.low and zh.change == "to"
                else (Fit(0.2) if en.low == zh.low else None)
            )
        return Fit(0.0) if en.low == zh.low else None
    if en.kind == "share":
        if zh.high is not None:
            return None
        factor = next(iter(factors))
        if en.change == "to":
            if en.low == factor:
                return Fit(0.2)
            return Fit(1.0, "by-to") if en.low == factor - 1 and zh.change == "by" else None
        if en.low == factor - 1:
            return Fit(0.2)
        if zh.change != "by" and en.low == factor:
            return Fit(0.4) if en.change == "" else Fit(1.0, "by-to")
        if zh.change == "by" and en.low == factor and en.change == "":
            return Fit(0.6)
        return None
    if en.kind == "quantity" and not en.unit and en.low == zh.low and en.weight != "soft":
        return Fit(1.5)
    if (
        en.kind in ("quantity", "multiple")
        and Relation.VAGUE in (zh.relation, en.relation)
        and _vague(zh, en)
    ):
        return Fit(0.8)
    if en.kind == "ratio" and en.low == zh.low and en.high == 1:
        return Fit(1.0)
    return None


def _with_change(zh: Fact, en: Fact, cost: float) -> Fit:
    if zh.change and en.change and zh.change != en.change:
        if zh.direction == "down" and zh.kind == "share" and zh.low * 2 == 1:
            return Fit(cost)
        return Fit(cost + 0.9, "by-to")
    return Fit(cost)


def _fit_ordinal(zh: Fact, en: Fact) -> Fit | None:
    if en.kind in ("ordinal", "item"):
        if (zh.low, zh.high) == (en.low, en.high) or (zh.high is None and zh.low == en.low):
            return Fit(0.0 if en.kind == zh.kind else 0.3)
        return None
    number = _number_of(en) if en.kind in ("quantity", "code", "date") else None
    if number is not None and number == zh.low:
        return Fit(1.2)
    if en.kind == "period" and en.label.rpartition(":")[2] == str(zh.low):
        return Fit(1.0)
    return None


def _fit_code(zh: Fact, en: Fact) -> Fit | None:
    if en.kind == "code":
        return Fit(0.0) if bare(zh.label) == bare(en.label) or _tail(zh.label) == _tail(en.label) else None
    if zh.label.replace(".", "").isdigit() and en.kind in ("quantity", "ordinal", "date", "item", "share"):
        number = _number_of(en)
        return (
            Fit(1.0)
            if number is not None and number == (Fraction(zh.label) if zh.label.count(".") < 2 else None)
            else None
        )
    return None


def bare(label: str) -> str:
    """A label in small letters, without its signs."""
    return "".join(c for c in label.lower() if c.isalnum() or c == ".")


def _tail(label: str) -> str:
    """The digits of a label, where it begins with letters: 地铁16 against M16."""
    digits = "".join(c for c in label if c.isdigit() or c == ".")
    letters = "".join(c for c in label.lower() if c.isalpha())
    return digits if not letters or letters in ("m", "g", "s", "no", "line") else bare(label)


def _fit_ratio(zh: Fact, en: Fact) -> Fit | None:
    if en.kind == "ratio":
        return (
            Fit(0.0)
            if (zh.low, zh.high) == (en.low, en.high)
            else Fit(0.6)
            if (zh.high, zh.low) == (en.low, en.high)
            else None
        )
    if en.kind == "quantity" and zh.low == en.low:
        return Fit(1.5)
    if en.kind == "quantity" and zh.high == en.low:
        return Fit(1.7)
    return None


#: What compares a Chinese fact of a kind with any English one.
MAKERS: dict[str, Callable[[Fact, Fact], Fit | None]] = {
    "quantity": _fit_quantity, "share": _fit_share, "points": _fit_points, "multiple": _fit_multiple, "ordinal": _fit_ordinal,
    "item": _fit_ordinal, "code": _fit_code, "ratio": _fit_ratio,
}  # fmt: skip
