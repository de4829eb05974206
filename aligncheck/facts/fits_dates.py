"""Whether a Chinese and an English date, period or time say the same."""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

from fractions import Fraction

from aligncheck.facts.fits import Fit
from aligncheck.facts.fits_numbers import bare
from aligncheck.facts.model import Fact

#: The years of each five-year plan.
PLAN_YEARS = {n: (1953 + 5 * (n - 1), 1957 + 5 * (n - 1)) for n in range(1, 3)} | {
    n: (1966 + 5 * (n - 3), 1970 + 5 * (n - 3)) for n in range(3, 30)
}


def fit_date(zh: Fact, en: Fact, year: int | None) -> Fit | None:
    """How a date or time agrees with what stands for it; ``year`` is what 今年 means, where known."""
    if zh.kind == "date":
        if en.kind == "date":
            shared = [
                (a, b) for a, b in zip(zh.parts, en.parts, strict=True) if a is not None and b is not None
            ]
            if en.note == "either" and zh.parts == (en.parts[0], en.parts[2], en.parts[1]):
                return Fit(0.1)
            if shared and all(a == b for a, b in shared):
                both = sum(p is not None for p in zh.parts), sum(p is not None for p in en.parts)
                return Fit(0.1 * abs(both[0] - both[1]) + (0.0 if len(shared) == max(both) else 0.1))
            return None
        if en.kind == "years" and zh.parts[0] in (en.low, en.high):
            return Fit(1.0)
        if en.kind == "lunar":
            return Fit(0.4) if zh.parts[1:] == en.parts[1:] else None
        if en.kind == "quantity" and not en.unit and zh.parts[:2] == (None, None) and en.low == zh.parts[2]:
            return Fit(1.0)
        if en.kind == "quantity" and en.unit == "month" and zh.note == "range" and en.low == zh.parts[1]:
            return Fit(0.6)
        if (
            en.kind == "quantity"
            and en.unit == "day"
            and zh.parts[:2] == (None, None)
            and en.low == zh.parts[2]
        ):
            return Fit(0.6)
        if (
            en.kind in ("quantity", "code")
            and zh.parts[1] is None
            and zh.parts[2] is None
            and en.low == zh.parts[0]
        ):
            return Fit(0.5)
        if zh.note == "reign" and en.kind in ("ordinal", "quantity") and en.low == zh.low:
            return Fit(0.3)
        if en.kind == "ordinal" and zh.parts[0] is None and zh.parts[1] is None and en.low == zh.parts[2]:
            return Fit(0.3)
        if en.kind == "ordinal" and en.low == zh.parts[2]:
            return Fit(1.0)
        if en.kind == "relative" and zh.parts[0] is not None and en.label.startswith("year"):
            offset = int(en.label.partition(":")[2])
            return Fit(1.5) if year is None or zh.parts[0] == year + offset else None
        if en.kind == "period" and en.label.startswith("plan:") and zh.parts[1] is None:
            years = PLAN_YEARS.get(int(en.label[5:]), (0, 0))
            return (
                Fit(0.6)
                if zh.parts[0] == years[1] or (en.part == "early" and zh.parts[0] == years[0])
                else None
            )
        if en.label.startswith("millennium:") and zh.parts[0] is not None:
            count = int(en.label[11:])
            first, last = (
                (1000 * count, 1000 * count + 999) if count < 0 else (1000 * count - 999, 1000 * count)
            )
            return Fit(0.6) if first <= zh.parts[0] <= last else None
        if en.kind == "code" and zh.note == "event":
            return Fit(1.0) if bare(en.label).endswith(f"{zh.parts[1]}.{zh.parts[2]}") else None
        if en.kind == "ratio" and zh.note == "event":
            return Fit(1.0)
        if en.kind == "period" and en.label.startswith("decade:") and zh.parts[0] is not None:
            return Fit(1.5) if en.label.endswith(str(zh.parts[0])) else None
        return None
    if zh.kind == "years":
        if en.kind == "years":
            return Fit(0.0) if (zh.low, zh.high) == (en.low, en.high) else None
        if en.kind == "date" and en.parts[0] in (zh.low, zh.high):
            return Fit(0.5)
        if en.kind in ("quantity",) and en.low == zh.low and en.high == zh.high:
            return Fit(0.3)
        return None
    if zh.kind == "period":
        return _fit_period(zh, en)
    if zh.kind == "relative":
        if en.kind == "relative":
            loose = zh.note == "span" and en.label.endswith(":0")  # 过去一周 as this week
            return Fit(0.0) if zh.label == en.label else Fit(0.5) if loose else None
        if en.kind == "date" and zh.label.startswith("year") and en.parts[0] is not None:
            offset = int(zh.label.partition(":")[2])
            return Fit(0.5) if year is None or en.parts[0] == year + offset else None
        return None
    if zh.kind == en.kind == "weekday":
        return Fit(0.0) if zh.low == en.low else None
    if zh.kind == "lunar":
        if en.kind == "lunar":
            pairs = [
                (a, b) for a, b in zip(zh.parts, en.parts, strict=True) if a is not None and b is not None
            ]
            return Fit(0.0) if pairs and all(a == b for a, b in pairs) else None
        if en.kind == "date" and en.parts[1:] == zh.parts[1:]:
            return None  # 五月初五 is no May 5
        if en.kind in ("ordinal", "date", "quantity"):
            if en.kind == "quantity" and (en.weight == "soft" or en.low != zh.parts[2]):
                return None  # one after another
            return Fit(1.0) if (en.low if en.kind != "date" else en.parts[2]) in zh.parts[1:] else None
        return None
    if zh.kind == "time":
        if en.kind == "time":
            if zh.low == en.low or {zh.low, en.low} == {0, 1440}:
                return Fit(0.0)
            told = zh.note == en.note == "half-day"
            return Fit(0.2) if (zh.low - en.low) % 720 == 0 and not told else None
        if en.kind == "quantity" and en.low in (zh.low / Fraction(60), zh.low / Fraction(60) - 12):
            return Fit(1.0)  # 8 tonight
        if en.kind == "ratio" and en.low * 60 + (en.high or 0) == zh.low:
            return Fit(0.5)
    return None


def _fit_period(zh: Fact, en: Fact) -> Fit | None:
    head, _, tail = zh.label.partition(":")
    if zh.label == "quarter:4" and en.label == "quarter:-1":
        return Fit(0.6)
    if en.kind == "period":
        if zh.label == en.label:
            return Fit(0.0)
        if head == "decade" and en.label.startswith("decade:"):
            a, b = tail.lstrip("x"), en.label.partition(":")[2].lstrip("x")
            return Fit(0.1) if a.endswith(b) or b.endswith(a) else None
        if "start-century" in (zh.label, en.label) and {zh.label, en.label} & {"century:21", "century:this"}:
            return Fit(0.3)
        if {zh.label, en.label} in (
            {"century:21", "century:this"},
            {"mid-century", "century:this"},
            {"mid-century", "century:21"},
        ):
            return Fit(0.3)
        return None
    if head == "plan":
        if en.kind == "years" and (en.low, en.high) == PLAN_YEARS.get(int(tail)):
            return Fit(0.3)
        if en.kind == "ordinal" and en.low == int(tail):
            return Fit(0.5)
        if en.kind == "date" and en.parts[1] is None:
            years = PLAN_YEARS.get(int(tail), (0, 0))
            return Fit(0.6) if en.parts[0] == years[0 if zh.part == "early" else 1] else None
        return None
    if zh.label == "mid-century" and en.kind == "date" and en.parts[0] == 2050:
        return Fit(0.5)
    months = {"half:1": (1, 6), "half:2": (7, 12), "quarter:1": (1, 3), "quarter:2": (4, 6), "quarter:3": (7, 9), "quarter:4": (10, 12),
              "quarters:3": (1, 9), "quarters:2": (1, 6)}.get(zh.label)  # fmt: skip
    if months:
        if en.kind == "quantity" and en.unit == "month" and en.low == months[1] - months[0] + 1:
            return Fit(0.4)
        if en.kind == "date" and en.parts[1] in months:
            return Fit(0.8)
        if en.kind == "ordinal" and head == "quarter" and en.low == int(tail):
            return Fit(0.6)
        if (
            zh.label.startswith("quarters")
            and en.kind in ("quantity", "share")
            and en.low in (int(tail), Fraction(int(tail), 4))
        ):
            return Fit(0.5)
    if head in ("half", "quarter") and en.kind == "ordinal" and en.low == int(tail):
        return Fit(1.0)
    if head == "decade" and en.kind == "date" and str(en.parts[0]) == tail:
        return Fit(1.0)
    return None
