"""Shares, fractions, ratios, scores, times of day."""

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.model import Relation, Weight, whole
from aligncheck.facts.numerals import decimal, parse_han
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.hedges import close, left_relation
from aligncheck.facts.zh.numbers import han_decimal, small
from aligncheck.facts.zh.patterns import LEFT_END, SMALL, H

_TIME = re.compile(
    r"(\d{1,2}|零(?=[点时])|[一二两三四五六七八九十]{1,3})(?:[:：](\d{2})(?![\d:])|\s?(?:时|点钟?)(?!间|候|代|赞|击|位|滴|亮|多钟|空|刻|段|常|不时|速|尚|评)(?:(半)|整|([一三]刻)|(\d{1,2}|[一二三四五六七八九十]{1,3})分?)?)"
)

_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?(?:比|[:：])\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d:：%])")

_SHARE_WORD = re.compile(
    f"(?:百分之|千分之|万分之)\\s?({H}+(?:点[〇零一二三四五六七八九]+)?|\\d+(?:\\.\\d+)?)"
)

_SHARE_OF = {"百分之": 100, "千分之": 1000, "万分之": 10000}

_LOOSE_TIME = re.compile("多|左右|许")

_BLANK = re.compile(r"\s")

_RATIO_BEFORE = re.compile("比例?|占比|配比")

_HALF_OF_DAY = re.compile(
    "(?:(?P<evening>下午|晚[上间]?|傍晚|[深半]?夜[间里]?|午后)|(?P<noon>[中正]午|午间)|上午|早[上晨间]?|凌晨|清晨|今晨)$"
)

#: 四分三 (as written in Hong Kong), 1/3
_THIRDS = re.compile(r"([三四五六七八九十])分([一二三四五六七八九])(?![分秒钟之天鐘点])")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/])")
_HAN_RATIO = re.compile(f"({SMALL}{{1,2}})比({SMALL}{{1,2}})(?!较|例|重|赛|分|率|如)")

_FRACTION = re.compile(rf"(\d+|{H}+)\s?分之\s?(\d+|{H}+)")

_SCALE_OF_MAP = re.compile("比例尺[^，。；\\d]{0,4}$")

_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")

_NOT_RATIO_AFTER = re.compile("[%％年月亿万]")

#: 每十人中就有三人, 每一百个新生儿中有两个: a share of ten or a hundred.
_SO_MANY_IN = re.compile(
    rf"(?P<below>\d{{1,3}}|{H}{{1,3}})\s?(?:[个名位户家只件例人]|新生儿)[^，。；、\d]{{0,8}}?(?:中|里|当中|之中|内)?就?(?P<about>大约|约|大概)?(?:有|是)(?P<about_too>大约|约|大概)?(?P<above>\d{{1,2}}|{H}{{1,2}})(?=[个名位户家只件例人])"
)
#: 十户中有八户
_OF_TEN = re.compile("(?:[三四五十百]|一百|3|4|5|10|100)[个名位户家只件例人](?:[当之]?中|里)就?有")
#: 每四人中就有一人以上
_OR_MORE = re.compile("[个名位户家只件例人](以上|多)")
_MOST_IN = 100

_TO_SHARE = re.compile(rf"(?:[-—–~至到]+)(?:百分之)?({H}+|\d+(?:\.\d+)?)")

_MANY_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s?[:：]\s?\d+(?:\.\d+)?){2,}")

_SCORE_AFTER = re.compile("战胜|击败|获胜|取胜|大胜|完胜|的比")

_TIME_STOP = re.compile("[，。,、至到前后左开起出]|$")

_CLOCK_OR_RATIO = re.compile(r"(\d{1,2})[:：](\d{2})(?![\d:：%])")


def special(scan: Scan, at: int) -> bool:
    """Shares, ratios, times."""
    if (scan.text[at - 1 : at] == "每" or _OF_TEN.match(scan.text, at)) and _so_many_in(scan, at):
        return True
    text = scan.text
    if found := _HAN_RATIO.match(text, at):
        scan.add(
            "ratio",
            at,
            found.end(),
            low=parse_han(found.group(1)) or 0,
            high=parse_han(found.group(2)),
            weight="weak",
        )
        return True
    if at and text[at] in "百千万" and (found := _SHARE_WORD.match(text, at)):
        raw = found.group(1)
        value = decimal(raw) if raw[0].isdigit() else han_decimal(raw)
        if value is not None:
            base = _SHARE_OF[text[at : at + 3]]
            end, high = found.end(), None
            span = _TO_SHARE.match(text, end)
            if span:
                last = decimal(span.group(1)) if span.group(1)[0].isdigit() else han_decimal(span.group(1))
                if last is not None:
                    high, end = whole(Fraction(last) / base), span.end()
            close(
                scan, "share", at, end, low=whole(Fraction(value) / base), high=high, step=Fraction(1, base)
            )
            return True
    elif text[at] in "百千万" and (found := _SHARE_WORD.match(text, at)):
        raw = found.group(1)
        value = decimal(raw) if raw[0].isdigit() else han_decimal(raw)
        if value is not None:
            base = _SHARE_OF[text[at : at + 3]]
            close(scan, "share", at, found.end(), low=whole(Fraction(value) / base), step=Fraction(1, base))
            return True
    if text.startswith("一半", at):
        close(scan, "share", at, at + 2, low=Fraction(1, 2), step=Fraction(1, 20), weight="weak")
        return True
    if found := _FRACTION.match(text, at):
        below, above = small(found.group(1)), small(found.group(2))
        if above == 1 and below and _SCALE_OF_MAP.search(text, max(0, at - 8), at):
            scan.add("ratio", at, found.end(), low=1, high=below, weight="weak")
            return True
        if below and above is not None and below not in (0,):
            value = Fraction(above, below)
            weight: Weight = "soft" if found.group() in ("万分之一",) else "weak" if above < below else "soft"
            close(
                scan, "share", at, found.end(), low=whole(value), step=Fraction(1, below * 100), weight=weight
            )
            return True
    if found := _THIRDS.match(text, at):
        below, above = small(found.group(1)) or 1, small(found.group(2)) or 0
        if 0 < above < below:
            close(
                scan,
                "share",
                at,
                found.end(),
                low=Fraction(above, below),
                step=Fraction(1, below * 100),
                weight="weak",
            )
            return True
    if text[at].isdigit():
        if many := _MANY_RATIO.match(text, at):
            label = _BLANK.sub("", many.group().replace("：", ":"))
            if not _CLOCK.fullmatch(label):
                scan.add("code", at, many.end(), label=label, note="ratio")
                return True
        if (
            (slashed := _SLASHED.match(text, at))
            and 0 < int(slashed.group(1)) < int(slashed.group(2))
            and text[at - 1 : at] != "/"
        ):
            above, below = int(slashed.group(1)), int(slashed.group(2))
            close(
                scan,
                "share",
                at,
                slashed.end(),
                low=Fraction(above, below),
                step=Fraction(1, below * 20),
                weight="weak",
            )
            return True
        ratio = _RATIO_BEFORE.search(text[max(0, at - 6) : at]) is not None
        if not ratio and (found := _CLOCK_OR_RATIO.match(text, at)):
            hours, minutes = int(found.group(1)), int(found.group(2))
            if hours <= 24 and minutes < 60 and not _SCORE_AFTER.match(text[found.end() : found.end() + 3]):
                told = "half-day" if hours > 12 else ""
                half = _HALF_OF_DAY.search(text, max(0, at - 4), at)
                if half and (half.group("evening") and hours < 12):
                    hours += 12
                told = "half-day" if half or hours > 12 else told
                scan.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak", note=told)
                return True
        if (found := _RATIO.match(text, at)) and not _NOT_RATIO_AFTER.match(
            text[found.end() : found.end() + 1]
        ):
            scan.add(
                "ratio",
                at,
                found.end(),
                low=decimal(found.group(1)),
                high=decimal(found.group(2)),
                weight="weak",
            )
            return True
    return _time(scan, at)


def _so_many_in(scan: Scan, at: int) -> bool:
    found = _SO_MANY_IN.match(scan.text, at)
    below, above = (small(found.group("below")), small(found.group("above"))) if found else (None, None)
    if not found or not below or not above or not above < below <= _MOST_IN:
        return False
    begin = at - (scan.text[at - 1 : at] == "每")
    left = LEFT_END.search(scan.text, max(0, begin - 6), begin)
    about = found.group("about") or found.group("about_too")
    relation, lead = Relation.ABOUT if about else Relation.EXACT, begin
    if left and not about:
        relation, lead = left_relation(left), left.start()
    tail = found.end()
    if relation is Relation.EXACT and (more := _OR_MORE.match(scan.text, tail)):
        relation, tail = Relation.MIN_LOOSE if more.group(1) == "以上" else Relation.OVER, more.end()
    scan.add("share", at, found.end(), low=whole(Fraction(above, below)), step=Fraction(1, below * 20),
             weight="weak", relation=relation, lead=lead, tail=tail, note="so-many-in",
             label=f"{above}/{below}")  # fmt: skip
    return True


def _time(scan: Scan, at: int) -> bool:
    """Half past three in the afternoon, 晚上8点半, 10时许."""
    text = scan.text
    found = _TIME.match(text, at)
    if not found or ":" in found.group() or "：" in found.group():
        return False
    hours = small(found.group(1)) or 0
    quarters = found.group(4)
    minutes = 30 if found.group(3) else (small(found.group(5)) or 0)
    if quarters:
        minutes = 15 if quarters[0] == "一" else 45
    half = _HALF_OF_DAY.search(text, max(0, at - 4), at)
    if half and ((half.group("evening") and hours < 12) or (half.group("noon") and hours < 5)):
        hours += 12
    told = "half-day" if half or hours > 12 else ""
    if _LOOSE_TIME.match(text, found.end()):
        scan.add("time", at, found.end(), low=hours * 60, weight="weak" if half else "soft", note=told)
        return True
    exact = found.group(3) or quarters or found.group(5) or found.group().endswith(("钟", "整"))
    if (
        not (0 < hours <= 24 or text[at] in "零0")
        or minutes > 59
        or not (exact or half or text[at].isdigit())
    ):
        return False
    if text[found.end(1)] == "点":
        if not exact and not half and not _TIME_STOP.match(text, found.end()):
            return False
        if found.group(5) and not found.group().endswith("分") and not found.group(5).isdigit():
            return False  # 三点五
    scan.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak", note=told)
    return True
