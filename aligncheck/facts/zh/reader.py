"""The reader of Chinese text: which grammar takes what begins at a numeral or a dated word."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.model import Fact
from aligncheck.facts.numerals import HAN_CHARS, parse_han
from aligncheck.facts.scan import Scan, run
from aligncheck.facts.zh.amounts import quantity
from aligncheck.facts.zh.codes import code_around
from aligncheck.facts.zh.dates import dated
from aligncheck.facts.zh.ordinals import ordinal
from aligncheck.facts.zh.patterns import TRADITIONAL_SIGNS
from aligncheck.facts.zh.set_phrases import set_phrase
from aligncheck.facts.zh.shares import special
from aligncheck.facts.zh.words import worded

_NOTE_MARK = re.compile(r"\d{1,3}[\]〕］】]")

#: 零点二个百分点 is a figure, 零点 alone midnight, 零点二十分 a time.
_ZERO_POINT = re.compile("零点[〇零一二三四五六七八九]+(?![十百千时刻半]|点|分(?!之差|的?差距|的?优势|险胜))")

_ZERO_HOUR = re.compile("零点[一二三四五六七八九十半0-9]")

_NOTE_OPENS = frozenset("[〔［【")
_NUMBERED = frozenset("路街巷弄胡同道里大〕]】字")
_HOUSE_NUMBER = re.compile(r"\d{1,4}号")

_FOLD = {ord(old): new for old, new in zip(TRADITIONAL_SIGNS[::2], TRADITIONAL_SIGNS[1::2], strict=True)} | {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".", ord("％"): "%", ord("∶"): ":", ord("﹪"): "%", ord("〜"): "~", ord("～"): "~",
    ord("－"): "-", ord("／"): "/", ord("\u3000"): " ", 0x2009: " ", 0x202F: " ", 0x2007: " ", ord("−"): "-", ord("﹣"): "-", ord("＜"): "<", ord("＞"): ">", ord("≧"): "≥", ord("≦"): "≤", ord("\xa0"): " ",
}  # fmt: skip

#: Few signs of a text are folded, so that looking for them is faster than looking every one up.
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")

_WORDS = (
    "去年|上年|今年|本年|明年|来年|前年|后年|昨天|昨日|昨[晚夜]|今[晚夜]|前天|后天(?![性的形习得努因])|今天|今日|明天|明日"
    "|上半年|下半年|[上下]半场|[前后]半[段程]|[上下本]一?个?(?:财年|财政年度|会计年度|学年)|首季|年中|翻番|翻了番|减半|折半|过半|半数|对半|[上下本这]个?周末|[上下本这]个?(?:周|星期|礼拜)(?![年岁边围刊末转期])[一二三四五六日天]?|[上下本这]个?月(?![球亮饼])|周[一二三四五六日]|星期[一二三四五六日天]"
    "|礼拜[一二三四五六日天]|(?:过去|最近|未来|接下来|今后)的?一(?:周|个星期|个月)|[上下本][个一]?季度|[上下本这]一?届(?!时|会|峰|论)|正月|腊月|冬月|除夕|[亚季]军|本世纪|(?<![0-9〇零一二三四五六七八九十去今明前后本来当每同新早])年[初底末](?![一二三])|(?<![0-9一二三四五六七八九十本上下这当每个])月[初底末]|首(?:个|轮|次|届|批|家|座|条|例|期|款|架|台|创|部|班|列|艘|站|段|项|期)"
)

_START = re.compile(f"(?P<word>{_WORDS})|[0-9半{HAN_CHARS}]")


def extract(text: str, seen: str) -> tuple[Fact, ...]:
    """The facts of a Chinese text in order of their place; see :class:`Fact`.  ``seen``: what :func:`folded` makes of it."""
    return run(Scan(seen, seen, text, ahead=True), _START, _take)


def folded(text: str) -> str:
    """A text of the same length in simplified characters, with narrow digits and signs, as the grammar reads it."""
    return _FOLDED.sub(lambda sign: _FOLD[ord(sign.group())], text)


def _take(scan: Scan, found: re.Match[str]) -> None:
    if found.group("word"):
        worded(scan, found)
    else:
        numeral(scan, found.start())


#: What can follow the first numeral of a date, of an ordinal, of a share, ratio or time.  Most numerals have none of it.
_DATE_SIGNS = frozenset('年月日号世季·•．・‧后时点-/:：至到—–~―、和○五”"」规计普期末以开收发')
_ORDINAL_SIGNS = frozenset("是要则来、．届中次大期版vV级类等线星环世审")
_COUNTERS = frozenset("个名位户家只件例人")
_SHARE_SIGNS = frozenset("比分半/:：时点")
#: Behind these, or what may be a part of the number, everything is tried.
_OPEN_SIGNS = frozenset(". ,，")
_ORDINAL_BEFORE = frozenset("第（(易理利治廉德斯力希夫")
_FIRST = re.compile(f"[0-9]+|[{HAN_CHARS}]+")


def numeral(scan: Scan, at: int) -> None:
    """Let the grammar read what begins with the numeral at ``at``."""
    text = scan.text
    sign = text[at]
    before = text[at - 1] if at else ""
    if sign == "零":
        if text.startswith("零下", at):
            scan.end = at + 1
            return
        if _ZERO_POINT.match(text, at):
            quantity(scan, at)
            return
        if _ZERO_HOUR.match(text, at) and special(scan, at):
            return
    if sign == "半":
        if not set_phrase(scan, at) and not special(scan, at):
            quantity(scan, at)
        return
    first = _FIRST.match(text, at)
    end = first.end() if first else at + 1
    after = text[end : end + 1]
    if sign.isdigit():
        if _printed_number(scan, at, before):
            return
        if (before.isascii() or after.isascii()) and code_around(scan, at):
            return
    elif set_phrase(scan, at) or (after == "号" and _numbered(scan, at, end)):
        return
    anything = after in _OPEN_SIGNS
    if (anything or after in _DATE_SIGNS or before == "-") and dated(scan, at):
        return
    if (anything or after in _ORDINAL_SIGNS or before in _ORDINAL_BEFORE) and ordinal(scan, at):
        return
    if (anything or after in _SHARE_SIGNS or before == "每" or after in _COUNTERS) and special(scan, at):
        return
    quantity(scan, at)


#: 一号楼, 三号线: what bears a number in Chinese figures.
_NUMBERED_THING = re.compile(
    "号(?:线|楼|馆|厅|院|井|机|门|仓|桥|台|矿|炉|泵|闸|坝|库|塔|隧道|船|教室|会议室)"
)


def _numbered(scan: Scan, at: int, end: int) -> bool:
    value = parse_han(scan.text[at:end]) if _NUMBERED_THING.match(scan.text, end) else None
    if not value or scan.text[at - 1 : at] == "第":
        return False
    scan.add("code", at, end + 1, label=str(value), weight="weak", note="number")
    return True


def _printed_number(scan: Scan, at: int, before: str) -> bool:
    """The mark of a note, the number of a house or a document."""
    text = scan.text
    if before in _NOTE_OPENS and (note := _NOTE_MARK.match(text, at)):
        scan.end = note.end()
        return True
    if before in _NUMBERED and (house := _HOUSE_NUMBER.match(text, at)):
        scan.add("code", at, house.end(), label=text[at : house.end() - 1], note="number")
        return True
    return False
