"""Dates, years, spans of years, periods, parts of the day (GB/T 7408)."""

# ruff: noqa: SIM102 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.numerals import HAN_CHARS, parse_han
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.numbers import small
from aligncheck.facts.zh.patterns import LEFT_END, SMALL, TRADITIONAL, H
from aligncheck.facts.zh.reigns import first_year
from aligncheck.facts.zh.words import lunar

_FIVE_YEAR = re.compile(
    '(?:[“"「](十[一二三四五六七八九]?五|[一二三四五六七八九]五)[”"」]|'
    "(十[一二三四五六]五|[一二三四五六七八九]五)(?=规划|时期|计划|普法|期间|末|以来|开局|收官|发展))"
)

_EVENT = re.compile(r"(\d{1,2})\s?[·•．・‧]\s?(\d{1,2})(?![\d年月])")

_YEAR = r"(?:(?<!\d)[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})"

_DATE = re.compile(
    rf"({_YEAR})\s?年(?!来|期间?的?贷|制|级)度?(?:\s?(\d{{1,2}}|{SMALL}{{1,2}})\s?月(?!份?牌)(?:\s?(\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})\s?[日号])?)?"
)

_ISO = re.compile(r"([12]\d{3})([-./])(\d{1,2})\2(\d{1,2})(?![\d.])")

_YEARS = re.compile(
    rf"({_YEAR})\s?年?\s?(?:[-—–~―]{{1,2}}|至|到)\s?([12]\d{{3}}|[一二][〇零○一二三四五六七八九]{{3}})\s?年?(?!\d)"
)

_YEARS_SHORT = re.compile(r"([12]\d{3})\s?(?:[-—–~/])\s?(\d{2})\s?(?:年|赛季|学年|财年)")

_MONTHS = re.compile(r"(\d{1,2})\s?月?\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?月份?(?!\s?\d)")

_MONTH_DAY = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?(?:(\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?[日号])(?:\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?[日号])?"
)

_MONTH = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份|底|初|末|中旬|上旬|下旬)?(?!球|亮|光|票|饼|色|卡|子|坛|季|嫂)"
)

_DAYS = re.compile(
    r"(\d{1,2})\s?[日号]?\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?[日号](?!线|楼|院|内|以内|之内)"
)

_DAY = re.compile(
    r"(\d{1,2})\s?[日号](?!线|楼|院|内|以内|之内|以上|以下|文|令|公路|台|个|机|卫|选手|染色|球|门|位|馆|厅|井|店|桥|库|岛|地|住|站|坑|病|矿|仓|码|汽油|展)"
)

_TEN = "(?:(?:1[89]|20)\\d0|[12一二][89八九〇零○0][0-9一二三四五六七八九〇零○][〇零○0]|[1-9]0|[一二三四五六七八九]十)"
_DECADE = re.compile(rf"(?:(\d{{2}}|{H}{{1,3}})\s?世纪\s?)?(?:([1-9]0)|([一二三四五六七八九]十))\s?年代")

#: 一九一〇至一九三〇年代, 20世纪50至70年代, 八九十年代
_DECADES = re.compile(
    rf"(?:(\d{{2}}|{H}{{1,3}})\s?世纪\s?)?({_TEN})(?:年代)?\s?(?:[-—–~、]|至|到|和)\s?({_TEN})年代|([一二三四五六七八])([二三四五六七八九])十年代"
)
_DECADE_YEAR = re.compile(r"((?:1[89]|20)\d0)年代")

_CENTURY = re.compile(rf"(\d{{1,2}}|{H}{{1,3}})世纪(中叶|初|末|上半叶|下半叶)?")

_QUARTER = re.compile(r"(?:第)?([一二三四1-4])季度|([一二三四1-4])季度")

#: 去年第四季, as in Hong Kong and Taiwan; elsewhere that is a season of a series.
_QUARTER_SHORT = re.compile("(?<=第)([一二三四1-4])季(?![度节])")

_DATEISH = re.compile("[年月日号世季·•・‧后时点五]|\\d[-./:：至到—–~]\\s?\\d")

_LUNAR_FULL = re.compile(
    "(?:农历|阴历|夏历)(?:正|腊|冬|[一二三四五六七八九十]{1,2})月|[一二三四五六七八九十]{1,2}月初[一二三四五六七八九十]"
)

_BORN_IN = re.compile(r"(?:([12]\d)?(\d0))后")

_TO_MONTH = re.compile(r"\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?月(?!\s?\d)")

_TO_DAY = re.compile(r"\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?[日号]")

_AFTER_DASH = re.compile(r"\d+[A-Za-z]*(?![\d年月日%])")

_LASTING_BEFORE = re.compile("(?:提前|推迟|延后|延长|最长|期限|为期|工期|时限|共|历时)(?:为|约)?$")

_TWO_MONTHS = re.compile(r"([一二三四五六七八九])([二三四五六七八九])月份?")

_HALF_OF_DAY = tuple("午上晚晨早夜")
_HOUR_RANGE = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,3}(?=[时点]))\s?([时点])?\s?[-—–~至到]{1,2}\s?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[时点]"
)

_MONTH_DAY_SHORT = re.compile(r"(\d{1,2})月(\d{1,2})(?=[和、及与至—–~-])")


#: 公元前551年, 乾隆五十八年
_BEFORE_ERA = re.compile(rf"(\d{{1,4}}|{H}{{1,4}})\s?年")
_OF_REIGN = re.compile(
    rf"\s?(\d{{1,2}}|{SMALL}{{1,2}})\s?月(?:\s?(\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})\s?[日号])?"
)
#: The first year of an era that counts the months of the sun (Meiji began earlier, by the moon).
_SOLAR = 1912
#: The Republic of China era still counts in Taiwan; no reign lasted so long.
_LONGEST_REIGN = 140
#: 公元9年, （前134年）, 08年: years of few digits, which would be spans of time alone.
_OF_THE_ERA = re.compile(r"(?:公元|西元)(?P<after>后)?$|[（(,，]\s?(?:公元|西元)?(?P<before>前)$")
_TWO_DIGIT_YEAR = re.compile(r"0\d年(?![级代龄个来内])")
#: 增速为-2.3%: what bears a decimal or a measure is no number of a model (神舟-10).
_AMOUNT_BELOW_ZERO = re.compile(r"\d+(?:\.\d+)?\s?(?:[%‰℃°度万亿元]|个百分点|百分点)|\d+\.\d")


def dated(scan: Scan, at: int) -> bool:
    """Read a date, a time or a span that begins with a number; whether there was one."""
    text = scan.text
    if not _DATEISH.search(text, at, at + 14):
        return False
    if at > 1 and text[at] in "0123456789" and text[at - 1] == "-" and "\u4e00" <= text[at - 2] <= "\u9fff":
        if not _AMOUNT_BELOW_ZERO.match(text, at) and (found := _AFTER_DASH.match(text, at)):
            scan.add("code", at, found.end(), label=found.group(), weight="weak")
            return True
    if found := _BEFORE_ERA.match(text, at):
        if text[max(0, at - 3) : at] in ("公元前", "西元前"):
            scan.add("date", at, found.end(), parts=(-(small(found.group(1)) or 0), None, None))
            return True
        if era := _OF_THE_ERA.search(text, max(0, at - 4), at):
            year = small(found.group(1)) or 0
            if not era.group("before") or year > 30:
                scan.add("date", at, found.end(), parts=(-year if era.group("before") else year, None, None))
                return True
        if (first := first_year(text, at)) and (count := small(found.group(1))) and count < _LONGEST_REIGN:
            month, day, end = None, None, found.end()
            if first >= _SOLAR and (rest := _OF_REIGN.match(text, end)):
                month, day, end = small(rest.group(1)), small(rest.group(2)), rest.end()
            scan.add("date", at, end, parts=(first + count - 1, month, day), low=count, note="reign")
            return True
    if (found := _TWO_DIGIT_YEAR.match(text, at)) and not text[at - 1 : at].isdigit():
        scan.add("date", at, found.end(), parts=(2000 + int(text[at : at + 2]), None, None), weight="weak")
        return True
    if found := _FIVE_YEAR.match(text, at - 1 if at and text[at - 1] in '“"「' else at):
        plan = parse_plan(found.group(1) or found.group(2))
        if plan:
            scan.add("period", found.start(), found.end(), label=f"plan:{plan}")
            return True
    if found := _BORN_IN.match(text, at):
        decade = found.group(1) or ""
        label = f"decade:{decade}{found.group(2)}" if decade else f"decade:x{found.group(2)}"
        scan.add("period", at, found.end(), label=label, weight="weak")
        return True
    if found := _DECADE_YEAR.match(text, at):
        scan.add("period", at, found.end(), label=f"decade:{found.group(1)}")
        return True
    if (found := _DECADES.match(text, at)) and _decades(scan, found):
        return True
    if found := _YEARS.match(text, at):
        scan.add("years", at, found.end(), low=year_of(found.group(1)), high=year_of(found.group(2)))
        return True
    if found := _YEARS_SHORT.match(text, at):
        low = year_of(found.group(1))
        scan.add("years", at, found.end(), low=low, high=low - low % 100 + int(found.group(2)))
        return True
    if found := _ISO.match(text, at):
        year, month, day = int(found.group(1)), int(found.group(3)), int(found.group(4))
        if 1 <= month <= 12 and 1 <= day <= 31:
            scan.add("date", at, found.end(), parts=(year, month, day))
            return True
    if found := _DATE.match(text, at):
        in_year, in_month, on = year_of(found.group(1)), small(found.group(2)), small(found.group(3))
        if in_month is None and in_year:
            lead = text[max(0, at - 1) : at]
            if lead in ("第",):
                return False
        tail = found.end()
        month_end = _TO_MONTH.match(text, tail)
        scan.add("date", at, tail, parts=(in_year, in_month, on))
        if in_month and month_end and not on:
            scan.add("date", month_end.start(1), month_end.end(), parts=(None, int(month_end.group(1)), None))
        day_end = _TO_DAY.match(text, tail)
        if on and day_end:
            scan.add("date", day_end.start(1), day_end.end(), parts=(None, None, int(day_end.group(1))))
        return True
    if found := _LUNAR_FULL.match(text, max(0, at - 2)):
        return found.end() > at and lunar(scan, found.start())
    if found := _EVENT.match(text, at):
        first, second = int(found.group(1)), int(found.group(2))
        if 12 < first <= 31 and 1 <= second <= 12:
            scan.add("date", at, found.end(), parts=(2000 + first, second, None), weight="weak", note="event")
            return True
        if 1 <= first <= 12 and 1 <= second <= 31:
            scan.add("date", at, found.end(), parts=(None, first, second), weight="strong", note="event")
            return True
    if found := _DECADE.match(text, at):
        tens = int(found.group(2)) if found.group(2) else (parse_han(found.group(3)) or 0)
        if found.group(1):
            century = int(found.group(1)) if found.group(1).isdigit() else (parse_han(found.group(1)) or 0)
            scan.add("period", at, found.end(), label=f"decade:{(century - 1) * 100 + tens}")
        else:
            scan.add("period", at, found.end(), label=f"decade:x{tens}")
        return True
    if found := _CENTURY.match(text, at):
        before = text[at - 1 : at]
        which = int(found.group(1)) if found.group(1).isdigit() else parse_han(found.group(1))
        if which and before not in ("半", "近") and (which > 9 or found.group(1).isdigit()):
            label = "mid-century" if found.group(2) == "中叶" and which == 21 else f"century:{which}"
            scan.add("period", at, found.end(), label=label)
            return True
    if (found := _QUARTER_SHORT.match(text, at)) and (
        text[at - 2 : at - 1] in "年" or TRADITIONAL.search(scan.raw)
    ):
        scan.add("period", at, found.end(), label=f"quarter:{small(found.group(1))}", weight="weak")
        return True
    if found := _QUARTER.match(text, at):
        if text[at - 1 : at] == "前":
            scan.add("period", at, found.end(), label=f"quarters:{small(found.group(1))}", weight="weak")
        else:
            scan.add("period", at, found.end(), label=f"quarter:{small(found.group(1))}")
        return True
    return month_or_day(scan, at)


def _decades(scan: Scan, found: re.Match[str]) -> bool:
    """Two decades in one phrase, each as a fact of its own."""
    century, one, other, ones, others = found.groups()
    if ones:
        first, last, ends = (
            (parse_han(ones) or 0) * 10,
            (parse_han(others) or 0) * 10,
            (found.end(4), found.end()),
        )
        if last != first + 10:
            return False
    else:
        first, last, ends = small(one) or 0, small(other) or 0, (found.end(2), found.end())
    if first >= last:
        return False
    base = ((small(century) or 1) - 1) * 100 if century else 0
    begins = found.start(), found.start(5 if ones else 3)
    for value, start, end in zip((first, last), begins, ends, strict=True):
        label = f"decade:{base + value}" if base or value > 99 else f"decade:x{value}"
        scan.add("period", start, end, label=label)
    return True


def month_or_day(scan: Scan, at: int) -> bool:
    """Read a month, a day, an hour or a range of them without a year; whether there was one."""
    text = scan.text
    if text[at - 1 : at] == "第":
        return False
    if found := _TWO_MONTHS.match(text, at):
        first, second = parse_han(found.group(1)) or 0, parse_han(found.group(2)) or 0
        if second == first + 1:
            scan.add("date", at, found.start(2), parts=(None, first, None), weight="weak")
            scan.add("date", found.start(2), found.end(), parts=(None, second, None), weight="weak")
            return True
    # 下午两点至五点 is read hour by hour, each with its half of the day.
    if (found := _HOUR_RANGE.match(text, at)) and not (found.group(2) and text[at - 1 : at] in _HALF_OF_DAY):
        opens, closes = small(found.group(1)), small(found.group(3))
        if opens is not None and closes is not None and max(opens, closes) <= 24:
            told, end = ("weak", found.end(2)) if found.group(2) else ("soft", found.end(1))
            scan.add("time", at, end, low=opens * 60, weight=told)
            scan.add("time", found.start(3), found.end(), low=closes * 60, weight="weak")
            return True
    if (found := _MONTHS.match(text, at)) and month_ok(found.group(1)) and month_ok(found.group(2)):
        scan.add("date", at, found.end(1), parts=(None, int(found.group(1)), None), note="range")
        scan.add("date", found.start(2), found.end(), parts=(None, int(found.group(2)), None), note="range")
        return True
    if found := _MONTH_DAY.match(text, at):
        month, day, last = small(found.group(1)), small(found.group(2)), small(found.group(3))
        if (
            month and day and 1 <= month <= 99 and 1 <= day <= 99
        ):  # 7月32日, 13月5日 are told as what they are
            scan.add("date", at, found.end(2) + 1, parts=(None, month, day))
            if last and 1 <= last <= 31:
                scan.add("date", found.start(3), found.end(), parts=(None, None, last))
            return True
    if found := _MONTH_DAY_SHORT.match(text, at):
        if 1 <= int(found.group(1)) <= 12 and 1 <= int(found.group(2)) <= 31:
            scan.add("date", at, found.end(), parts=(None, int(found.group(1)), int(found.group(2))))
            return True
    if text[at - 1 : at] not in ("个",) and (found := _MONTH.match(text, at)):
        month = small(found.group(1))
        han = not found.group(1).isdigit()
        if month and 1 <= month <= 12 and not (han and at and text[at - 1] in HAN_CHARS):
            lead = text[max(0, at - 2) : at]
            scan.add("date", at, found.end(), parts=(None, month, None),
                     weight="weak" if han or lead.endswith("每") else "strong")  # fmt: skip
            return True
    if (found := _DAYS.match(text, at)) and int(found.group(1)) <= 31 and 1 <= int(found.group(2)) <= 31:
        scan.add("date", at, found.end(1), parts=(None, None, int(found.group(1))))
        scan.add("date", found.start(2), found.end(), parts=(None, None, int(found.group(2))))
        return True
    if LEFT_END.search(text, max(0, at - 9), at) or _LASTING_BEFORE.search(text[max(0, at - 4) : at]):
        return False
    if (found := _DAY.match(text, at)) and 1 <= int(found.group(1)) <= 31:
        scan.add("date", at, found.end(), parts=(None, None, int(found.group(1))), weight="weak")
        return True
    return False


def year_of(text: str) -> int:
    """The year in digits or in Chinese figures; 0 where it is none."""
    return int(text) if text.isascii() else (parse_han(text) or 0)


def month_ok(text: str) -> bool:
    """Whether digits can be the number of a month."""
    return 1 <= int(text) <= 12


def parse_plan(text: str) -> int | None:
    """Which five-year plan a short name means: 十四五 is the 14th, 八五 the 8th."""
    return parse_han(text[:-1]) if text.endswith("五") else None
