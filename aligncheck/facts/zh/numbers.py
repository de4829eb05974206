"""Numbers in digits and in Chinese numerals (GB/T 15835), with their magnitudes."""

# ruff: noqa: SIM102 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from aligncheck.facts.model import Number, whole
from aligncheck.facts.numerals import (
    HAN_MAGNITUDES,
    VULGAR,
    VULGAR_FRACTIONS,
    decimal,
    parse_han,
    worth_of_last,
)
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.patterns import ARABIC, H

_MAGNITUDE = re.compile(
    r"\s?([多余几来]?)\s?((?:[十百千万亿]|兆(?!瓦|赫|帕|比特|字节|焦|欧|伏|位|[A-Za-z]))+)(?!分[点之])"
)

_PREFIXED_UNIT = re.compile(r"千(?:瓦|米|克|卡|伏|赫|帕|兆|焦)|百帕|兆(?:瓦|赫|帕|比特|字节|焦|欧|伏|位)")

_SMALL_RANGE = re.compile("([一二两三四五六七八九])([二三四五六七八九])(?=[十百千万亿个天年月人次名家项]|$)")

_TRAILING_MAGNITUDE = re.compile(
    r"\s?([多余几来]?)\s?((?:[十百千万亿]|兆(?!瓦|赫|帕|比特|字节|焦|欧|伏|位|[A-Za-z]))+)(?!分[点之])"
)

_COMPOUND_REST = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([十百千万亿]*)(?![\d年月日:：])")

_TEEN_RANGE = re.compile(f"({H}*十)([一二三四五六七八])([二三四五六七八九])")

_HAN_NUMBER = re.compile(f"({H}+)(?:点([〇零一二三四五六七八九]+))?")

_HAN_REST = re.compile("([多余几来])?([十百千万亿]+)(?!分[点之])")

#: 4又1/2, 4又二分之一
_AND_A_FRACTION = re.compile(
    rf"又\s?(?:(?P<above>\d{{1,2}})/(?P<below>\d{{1,3}})|(?P<bottom>{H}+|\d+)分之(?P<top>{H}+|\d+))"
)

_UPWARDS = re.compile("上[百千万亿]+")

#: 建成百万千瓦级基地: the sign before the number belongs to the verb.
_BUILT = frozenset(("建成", "完成", "达成", "形成", "集成", "合成", "组成", "超过", "通过", "经过", "以上"))

_SCALE_SIGN = re.compile("([万亿]+)")


#: Behind these a number in digits is at its end.
_NOTHING_MORE = frozenset("%‰个年月日号，。、；：,;:（）()人家项名所条件次座")


def number(scan: Scan, at: int) -> Read | None:
    """The number that begins at a place, in digits or Chinese figures; None where there is none."""
    return arabic(scan, at) if scan.text[at].isdigit() else han(scan, at)


def arabic(scan: Scan, at: int) -> Read | None:
    """A number in digits with the scale behind it: 3.2万, 1亿5000万; None where there is none."""
    text = scan.text
    found = ARABIC.match(text, at)
    if not found:
        return None
    value: Number = decimal(found.group())
    digits = found.group().partition(".")[2].strip()
    step = worth_of_last(len(digits))
    end, more = found.end(), ""
    bare = True
    following = text[end : end + 1]
    if not following or following in _NOTHING_MORE:
        return Read(value, None, step, end, "", True, True)
    if vulgar := VULGAR.match(text, end):
        value, step, end = whole(value + VULGAR_FRACTIONS[vulgar.group()]), Fraction(1, 100), vulgar.end()
    elif mixed := _and_a_fraction(text, end):
        value, step, end = whole(value + mixed[0]), Fraction(1, 100), mixed[1]
    magnitude = _MAGNITUDE.match(text, end)
    if magnitude and not _PREFIXED_UNIT.match(text, magnitude.start(2) + len(magnitude.group(2)) - 1):
        factor = factor_of(magnitude.group(2))
        if factor:
            value, step, bare = whole(value * factor), whole(step * factor), False
            more, end = magnitude.group(1), magnitude.end()
            value, step, end = compound(scan, value, step, end, factor)
    elif magnitude and len(magnitude.group(2)) > 1:
        factor = factor_of(magnitude.group(2)[:-1])
        if factor:
            value, step, bare = whole(value * factor), whole(step * factor), False
            more, end = magnitude.group(1), magnitude.end() - 1
    return Read(value, None, step, end, more, True, bare)


def compound(scan: Scan, value: Number, step: Number, end: int, factor: int) -> tuple[Number, Number, int]:
    """The rest of 3万5千, 1亿2000万."""
    while found := _COMPOUND_REST.match(scan.text, end):
        unit = factor_of(found.group(2)) if found.group(2) else 1
        if not unit or _PREFIXED_UNIT.match(scan.text, found.end() - 1):
            break
        rest = decimal(found.group(1)) * unit
        if rest >= factor or (unit == 1 and len(found.group(1)) < 2):
            break
        value, step, factor, end = whole(value + rest), unit, unit, found.end()
    return value, step, end


def han(scan: Scan, at: int) -> Read | None:
    """A number in Chinese figures: 三千二百, 十几, 两万多; None where there is none, or the word is no number."""
    text = scan.text
    if text[at] == "半":
        return None
    begin = at
    lead = text[at - 1] if at else ""
    found = _HAN_NUMBER.match(text, at)
    if not found:
        return None
    run, end = found.group(1), found.end()
    point = found.group(2)
    if not point and len(run) > 1 and run[-1] in "千百兆" and _PREFIXED_UNIT.match(text, end - 1):
        run, end = run[:-1], end - 1
    if point and text[end : end + 1] in ("个", "半") and len(point) == 1 and run in "一二三四五六七八九":
        pass
    if lead in ("几", "数") and run[0] in HAN_MAGNITUDES:
        unit = factor_of(run)
        if unit:
            return Read(
                unit * 2,
                unit * 10 - 1,
                unit,
                end,
                "",
                False,
                False,
                True,
                begin - 1,
            )
        return None
    if lead in ("上", "成", "过") and run[0] in HAN_MAGNITUDES and text[at - 2 : at] not in _BUILT:
        if text.startswith(("上万", "上千", "上百", "成千", "成百", "上亿"), at - 1):
            longer = _UPWARDS.match(text, end)
            unit = factor_of(run) or 1
            if longer:
                end = longer.end()
            return Read(unit, unit * 100, unit, end, "", False, False, True, begin - 1)
    small = _SMALL_RANGE.match(run)
    if small and not point:
        low, high = parse_han(small.group(1)) or 0, parse_han(small.group(2)) or 0
        rest = run[2:]
        unit = factor_of(rest) if rest else 1
        if low < high <= low + 2 and unit and high - low in (1, 2) and (rest or len(run) == 2):
            scale = unit
            scale_sign = _SCALE_SIGN.match(text, end)
            if scale_sign:
                end = scale_sign.end()
            return Read(low * scale, high * scale, scale, end, "", False, False, True, begin)
    teens = _TEEN_RANGE.fullmatch(run)
    if teens and (parse_han(teens.group(3)) or 0) == (parse_han(teens.group(2)) or 0) + 1:
        base = parse_han(teens.group(1)) or 0
        return Read(base + (parse_han(teens.group(2)) or 0), base + (parse_han(teens.group(3)) or 0), 1, end, "",
                     False, False, True, begin)  # fmt: skip
    value: Number | None = parse_han(run)
    if value is None:
        return None
    if len(run) == 2 and text.startswith("折", end) and all(c in "一二三四五六七八九" for c in run):
        return Read(whole(Fraction(value or 0, 10)), None, Fraction(1, 10), end, "", False, False)  # 八五折
    if len(run) > 1 and all(c in "一二两三四五六七八九" for c in run):
        return None  # digits in a row without 〇: no number said this way
    step: Number = 1
    if point:
        value = han_decimal(f"{run}点{point}")
        assert value is not None
        step = Fraction(1, 10 ** len(point))
    more = ""
    if rest := _HAN_REST.match(text, end):
        unit = factor_of(rest.group(2))
        if unit and (rest.group(1) or point):
            value, step, end = whole(value * unit), whole(step * unit), rest.end()
            more = rest.group(1) or ""
    if not point and (mixed := _and_a_fraction(text, end)):
        return Read(whole(value + mixed[0]), None, Fraction(1, 100), mixed[1], "", False, False, start=begin)
    if not point and run.rstrip("".join(HAN_MAGNITUDES)) != run:
        step = HAN_MAGNITUDES[run[-1]]
    if text[end : end + 1] == "几" and step == 10:
        return Read(value + 1, value + 9, 1, end + 1, "", False, False, True, begin)
    return Read(value, None, step, end, more, False, len(run) == 1 and not point, False, begin)


def _and_a_fraction(text: str, at: int) -> tuple[Fraction, int] | None:
    """The fraction that follows a whole number, and where it ends: 又1/2, 又二分之一."""
    found = _AND_A_FRACTION.match(text, at) if text.startswith("又", at) else None
    if found is None:
        return None
    above, below = (small(g) for g in (found["above"] or found["top"], found["below"] or found["bottom"]))
    return (Fraction(above, below), found.end()) if above and below and above < below else None


class Read(NamedTuple):
    """A number as read: value, an upper end, the worth of its last digit, what said 'more'."""

    value: Number
    high: Number | None
    step: Number
    end: int
    more: str
    arabic: bool
    bare: bool
    vague: bool = False
    start: int | None = None


def factor_of(text: str) -> int | None:
    """The worth of magnitude signs alone: 百万 is 10**6."""
    value = 1
    for c in text:
        unit = HAN_MAGNITUDES.get(c)
        if unit is None:
            return None
        value *= unit
    return value


def trailing_magnitude(text: str, start: int, end: int) -> int:
    """The factor of the scale that a stretch ends with (万, 亿); 1 where it ends with none."""
    found = _TRAILING_MAGNITUDE.search(text[start:end])
    return (factor_of(found.group(2)) or 1) if found else 1


def small(text: str | None) -> int | None:
    """The value of digits or Chinese figures; None where there are none."""
    if not text:
        return None
    return int(text) if text.isdigit() and text.isascii() else parse_han(text)


def han_decimal(text: str) -> Number | None:
    """The value of Chinese figures with 点: 三点五; None where they are no number."""
    head, _, tail = text.partition("点")
    value = parse_han(head)
    if value is None or not tail:
        return value
    digits = "".join(str(parse_han(c)) for c in tail)
    return whole(value + Fraction(int(digits), 10 ** len(digits)))
