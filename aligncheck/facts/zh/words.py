"""Words that state a fact without a numeral: 去年, 上半年, 翻番, 减半, 周三, 正月."""

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.model import Relation
from aligncheck.facts.numerals import parse_han
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.hedges import hedged, left_relation
from aligncheck.facts.zh.patterns import LEFT_END

_LUNAR = re.compile(
    "(?:(农历|阴历|夏历)\\s?)?(?:(正|腊|冬|[一二三四五六七八九十]{1,2})月)?(初[一二三四五六七八九十]|廿[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?|三十)?"
)

_RELATIVE_YEARS = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1, "前年": -2, "后年": 2}

#: 较上年, 比去年: the year is what another is measured by.
_COMPARED_WITH = frozenset("较比")

_RELATIVE_DAYS = {
    **dict.fromkeys(("昨天", "昨日", "昨晚", "昨夜"), -1), **dict.fromkeys(("今天", "今日", "今晚", "今夜"), 0),
    **dict.fromkeys(("明天", "明日"), 1), "前天": -2, "后天": 2,
}  # fmt: skip

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}

_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def worded(scan: Scan, found: re.Match[str]) -> None:
    """Read a word that stands for a time or a period: 去年, 上半年, 当日."""
    start, end, word = found.start(), found.end(), found.group()
    if word in _RELATIVE_YEARS:
        away = scan.text[start - 1 : start] in ("由", "从") and scan.text.startswith("的", end)
        base = "base" if away or scan.text[start - 1 : start] in _COMPARED_WITH else ""
        scan.add("relative", start, end, label=f"year:{_RELATIVE_YEARS[word]}", weight="weak", note=base)
    elif word in _RELATIVE_DAYS:
        scan.add("relative", start, end, label=f"day:{_RELATIVE_DAYS[word]}", weight="weak")
    elif word[1:3] in ("半场", "半段", "半程"):
        scan.add("period", start, end, label=f"half:{1 if word[0] in '上前' else 2}", weight="weak")
    elif word.endswith(("财年", "学年", "年度")):
        scan.add("relative", start, end, label=f"year:{_SIDE[word[0]]}", weight="weak")
    elif word.endswith(("季度", "届")) and word[0] in _SIDE:
        unit = "term" if word.endswith("届") else "quarter"
        scan.add("relative", start, end, label=f"{unit}:{_SIDE[word[0]]}", weight="weak")
    elif word[:2] in _STRETCHES:
        unit = "month" if word.endswith("月") else "week"
        scan.add("relative", start, end, label=f"{unit}:{_STRETCHES[word[:2]]}", weight="weak", note="span")
    elif word[0] in "上下本这" and word[-1] not in "年纪":
        _around_now(scan, start, end, word)
    elif word in ("上半年", "下半年"):
        scan.add("period", start, end, label=f"half:{1 if word[0] == '上' else 2}")
    elif word[1:] in ("初", "底", "末"):
        scan.add("relative", start, end, label="year:0" if word[0] == "年" else "month:0", weight="soft")
    elif word == "首季":
        scan.add("period", start, end, label="quarter:1")
    elif word in ("翻番", "翻了番"):
        scan.add("multiple", start, end, low=2, change="to", direction="up", weight="weak")
    elif word in ("减半", "折半"):
        scan.add(
            "share",
            start,
            end,
            low=Fraction(1, 2),
            step=Fraction(1, 20),
            change="by",
            direction="down",
            weight="weak",
        )
    elif word in ("过半", "半数", "对半"):
        relation = Relation.OVER if word == "过半" else Relation.EXACT
        tail = end
        if scan.text.startswith("以上", end):
            relation, tail = Relation.MIN_LOOSE, end + 2
        left = LEFT_END.search(scan.text, max(0, start - 6), start)
        if left:
            relation = left_relation(left)
        scan.add(
            "share",
            start,
            end,
            low=Fraction(1, 2),
            step=Fraction(1, 20),
            relation=relation,
            weight="weak",
            tail=tail,
            note="hedged"
            if relation is Relation.EXACT and hedged(scan.text, _clause(scan.text, start), start)
            else "",
        )
    elif word[0] in "周星礼":
        if word[0] == "周" and scan.text[end : end + 1] in ("岁", "年", "期"):
            return
        day = _WEEKDAYS[word[-1]]
        if scan.text[start - 1 : start] == "每" and word[-1] not in "日天" and _SO_MANY.match(scan.text, end):
            scan.add("quantity", end - 1, end, low=day, weight="soft" if day == 1 else "weak")
            return
        scan.add("weekday", start, end, low=day, weight="strong")
    elif word in ("正月", "腊月", "冬月"):
        lunar(scan, start)
    elif word in ("亚军", "季军"):
        scan.add("ordinal", start, end, low=2 if word == "亚军" else 3, weight="weak")
    elif word == "除夕":
        scan.add("lunar", start, end, parts=(None, 12, 30), weight="soft")
    elif word == "本世纪":
        if scan.text[end : end + 1] in ("末", "初") and scan.text[end : end + 1]:
            part = "end" if scan.text[end] == "末" else "start"
            scan.add("period", start, end + 1, label=f"{part}-century", weight="weak")
            return
        middle = "中叶" if scan.text.startswith("中叶", end) else ""
        scan.add("period", start, end + len(middle), label="mid-century" if middle else "century:this",
                 weight="weak" if middle else "soft")  # fmt: skip
    elif word[0] == "首":
        scan.add("ordinal", start, start + 1, low=1, weight="weak")


#: 每周三次, 每周三对: so many a week.
_SO_MANY = re.compile("[次对班场节趟回顿组批台列架]|个(?!人|别)")
_STOPS = re.compile("[，。；：！？、\n]")
_CLAUSE = 24


def _clause(text: str, end: int) -> int:
    """Where the clause begins that reaches to ``end``."""
    return max(
        (m.end() for m in _STOPS.finditer(text, max(0, end - _CLAUSE), end)), default=max(0, end - _CLAUSE)
    )


#: 过去一周: the week up to now.
_STRETCHES = {"过去": -1, "最近": -1, "未来": 1, "接下": 1, "今后": 1}
_SIDE: dict[str, int] = {"上": -1, "本": 0, "这": 0, "下": 1}


def _around_now(scan: Scan, start: int, end: int, word: str) -> None:
    """上周, 下个月, 下周一."""
    side = _SIDE[word[0]]
    if word[-1] in _WEEKDAYS:
        tense = ("past", "this", "coming")[side + 1]
        scan.add("weekday", start, end, low=_WEEKDAYS[word[-1]], tense=tense)
        return
    unit = "month" if word.endswith("月") else "weekend" if word.endswith("周末") else "week"
    scan.add("relative", start, end, label=f"{unit}:{side}", weight="weak")


def lunar(scan: Scan, at: int) -> bool:
    """Read a day of the lunar calendar: 正月初五, 腊月廿三; whether there was one."""
    found = _LUNAR.match(scan.text, at)
    if not found or not (found.group(2) and (found.group(1) or found.group(3))):
        if found and found.group(2) in ("正", "腊", "冬"):
            scan.add("lunar", at, found.end(), parts=(None, _LUNAR_MONTHS[found.group(2)], None))
            return True
        return False
    month = _LUNAR_MONTHS.get(found.group(2)) or parse_han(found.group(2))
    day = lunar_day(found.group(3)) if found.group(3) else None
    scan.add("lunar", at, found.end(), parts=(None, month, day))
    return True


def lunar_day(text: str) -> int | None:
    """The day of a lunar month: 初五, 廿三; None where it is none."""
    return parse_han(text.removeprefix("初"))
