"""What a report sets as a year's target, and what it says was achieved: by measure and year.

Chinese work reports look back in one part and ahead in another.  Which of the two a sentence belongs to is read from
the headings and from its own words; where neither says it, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligncheck.facts import Fact, extract

_HAN = "\u3400-\u9fff"
_LONGEST_HEADING = 30
_ORDER = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(rf"\s*(?:[（(]?{_ORDER}[)）、]|第{_ORDER}部分|{_ORDER}是)\s*")
_TOP = re.compile(rf"\s*(?:{_ORDER}、|第{_ORDER}部分)")
_AHEAD = re.compile("安排|计划|规划|任务|目标|打算|部署|展望")
_BACK = re.compile("回顾|总结|成效|成绩|完成情况|执行情况|工作情况|过去")
_MEANT = re.compile("目标|计划|力争|争取|确保|预期|拟")
_DONE = re.compile("比上年|同比|了|超额|过去|完成|实现|达到")
_YEAR = re.compile(r"(20\d\d)年(?!代)")
_THIS = re.compile("今年|全年|本年|年内")
_LAST = re.compile("去年|过去一年|一年来|上年工作|上一年")
#: A figure of part of a year, or of several, is no figure of the year.
_OTHER_SPAN = re.compile(
    r"累计|分别|年均|月均|[上下]半年|季度|[\d一二三四五六七八九十]月|[两二三四五\d]年来|[两二三四五](?:个)?年[内间，]|五年|时期|期间|以来|截至"
)
_BEFORE = re.compile(
    r"^(?:20\d\d年|今年|全年|年内|本年度?|去年|过去一年|一年来|我[省市区县局州]|全[省市区县州]|计划|力争|争取|确保|预计|预期|"
    r"目标是|完成|实现|超额)+"
)
_BEHIND = re.compile(
    r"(?:达到?|为|至|到|突破|超过?|逾|约|近|共|再|要|将|完成|实现|不低于|不少于|不超过|高于|低于|左右|"
    r"(?:控制|保持|稳定|维持)在?|(?:降|降低|下降|减|减少|压减|压缩|缩短|提高|提升|增|增加|增长|升|上升|扩大)[至到])+$"
)
_THAN = re.compile("(?:同比|[比较](?:上年|去年|前年|上一年|同期)(?:同期)?)$")
_FALLS = re.compile("控制在|不超过|以内|以下|低于|(?:降|降低|下降|减|减少|压减|压缩)[至到]")
_DOING = re.compile("完成|实现|成功|顺利|圆满|如期|全面")
#: What begins a clause whose subject stands in the one before: 总产值增长8%，达到26亿元.
_GOES_ON = re.compile("(?:同比|比上年|较上年)?(?:达到?|为|增长|下降|增加|减少|提高|降低|上升)")
_SUBJECT = re.compile(rf"\s*([{_HAN}]{{3,}}?)(?:{_GOES_ON.pattern}|同比|比)")
_COUNTER = re.compile(rf"[人户车架艘辆]次|(?!以上|以内|以下|左右|余|多)[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a year: the number of its passage, its place there (``fact.span``), and whether it is a target.

    ``measure`` tells what is measured: the Chinese words, the unit, whether it is a change.  ``falls``: less is better.
    """

    number: int
    measure: tuple[str, ...]
    year: int
    fact: Fact
    planned: bool
    falls: bool

    @property
    def key(self) -> tuple[str, ...]:
        """The measure, whatever the order of its words and the words for doing it (油茶面积新增, 新增油茶面积)."""
        return "".join(sorted(_DOING.sub("", self.measure[0]))), *self.measure[1:]


@dataclass(frozen=True, slots=True)
class _Part:
    """What the headings above a passage say: whether it looks ahead (None: they do not say), of which year."""

    ahead: bool | None = None
    year: int | None = None


def statements(passages: Sequence[str], date: str = "") -> Iterator[Statement]:
    """The targets and achievements of a document's Chinese passages, in order.

    ``date``: the document's (ISO, or a year), for 今年 and 去年; empty where it is not known.
    """
    this = int(date[:4]) if date[:4].isdigit() else None
    part = _Part()
    for number, text in enumerate(passages):
        heading = _heading(text, this)
        if heading is not None:
            part = heading
            continue
        facts = [
            f for f in extract(text, "zh") if f.kind in ("quantity", "share", "points") and f.high is None
        ]
        if not facts:
            continue
        at = 0
        for sentence in re.split(r"(?<=[。！？；])", text):
            inside = [f for f in facts if at <= f.span.start < at + len(sentence) and f.weight != "soft"]
            yield from _of_sentence(number, text, (at, at + len(sentence)), inside, part, this)
            at += len(sentence)


def _heading(text: str, this: int | None) -> _Part | None:
    bare = text.strip()
    if not bare or len(bare) > _LONGEST_HEADING or bare[-1] in "。；！？：，":
        return None
    back, ahead = _BACK.search(bare), _AHEAD.search(bare)
    year = _year(bare, this)
    if back or (ahead and (year is not None or _TOP.match(bare))):
        return _Part(not back, year)
    # Another part of the report begins, of which the heading says nothing.
    return _Part() if _TOP.match(bare) else None


def _year(text: str, this: int | None) -> int | None:
    years = _YEAR.findall(text)
    if years:
        return int(years[-1])
    if this is not None and _LAST.search(text):
        return this - 1
    return this if this is not None and _THIS.search(text) else None


def _of_sentence(
    number: int, text: str, where: tuple[int, int], facts: Sequence[Fact], part: _Part, this: int | None
) -> Iterator[Statement]:
    sentence = text[slice(*where)]
    if _OTHER_SPAN.search(sentence):
        return
    meant, done = _MEANT.search(sentence), _DONE.search(sentence)
    ahead = part.ahead
    if ahead is None:
        if bool(meant) == bool(done):
            return
        ahead = bool(meant)
    for fact in facts:
        if not ahead and _MEANT.search(_clause(text, where, fact)):
            continue  # a target told in looking back
        before = text[where[0] : fact.span.start]
        year = _year(before, None) or part.year or _year(before, this)
        measure = _measure(text, where, fact)
        if year is not None and measure is not None:
            around = text[max(where[0], fact.span.start - 6) : fact.span.end + 2]
            yield Statement(number, measure, year, fact, ahead, bool(_FALLS.search(around)))


def _clause(text: str, where: tuple[int, int], fact: Fact) -> str:
    """The clause that a figure stands in."""
    before = re.split("[，,；;：:]", text[where[0] : fact.span.start])[-1]
    return before + re.split("[，,；;：:]", text[fact.span.start : where[1]])[0]


def _measure(text: str, where: tuple[int, int], fact: Fact) -> tuple[str, ...] | None:
    """What a figure measures; None where the words do not say it clearly enough to be known again."""
    span = fact.words or fact.span
    before = re.split(r"[，,；;：:、。]", text[where[0] : span.start])[-1]
    if _GOES_ON.fullmatch(before.strip()) or (fact.change and not before.strip()):
        before = _subject(text[where[0] : span.start]) + before.strip()
    before = _BEFORE.sub("", _NUMBER.sub("", before.strip(), count=1))
    if fact.change == "by":
        before = re.sub("(?:增长|下降|降低|减少|增加|提高|提升|上升)+(?:率)?$", "", before)
    name = _THAN.sub("", _BEHIND.sub("", before))
    counter = ""
    behind = re.split(r"[，,；;：:、。]", text[fact.span.end : where[1]])[0]
    if not fact.unit and fact.kind == "quantity":
        found = _COUNTER.match(behind)
        counter = found[0] if found else ""
    if len(re.findall(f"[{_HAN}]", name)) < 3:
        name = behind[len(counter) :]
        if len(re.findall(f"[{_HAN}]", name)) < 4:
            return None
    if re.search(r"\d", name):
        return None
    unit = fact.measure.dimension if fact.measure is not None else fact.unit or counter
    return name, fact.kind, unit, f"by {fact.direction}" if fact.change == "by" else ""


def _subject(before: str) -> str:
    """What the clause before the last one is about; empty where a comma does not join the two, or it is unclear."""
    clauses = re.split("([，,；;：:、。])", before)
    if len(clauses) < 3 or clauses[-2] not in "，,":
        return ""
    found = _SUBJECT.match(clauses[-3])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class EarlierTarget:
    """A figure of today's document and the target that an earlier one set for it.

    ``passage`` is the number of today's Chinese segment; ``fact`` stands in it, ``target`` in ``zh``, the earlier
    passage, whose English is ``en``.  ``falls``: less is better.  ``name``: the Chinese words for what is measured.
    """

    passage: int
    fact: Fact
    target: Fact
    year: int
    falls: bool
    zh: str
    en: str
    document: str
    date: str = ""
    name: str = ""
