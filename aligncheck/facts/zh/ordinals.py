"""Ordinals, list marks, phases, grades, sessions."""

from __future__ import annotations

import re

from aligncheck.facts.model import Relation
from aligncheck.facts.numerals import HAN_CHARS, parse_han
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.hedges import denied
from aligncheck.facts.zh.numbers import small
from aligncheck.facts.zh.patterns import SMALL, H

_ITEM = re.compile(rf"({SMALL}{{1,3}})(?:是|要|则是|来)(?![一])")

_ITEM_BRACKET = re.compile(rf"[（(]({SMALL}{{1,3}}|\d{{1,2}})[)）]")

#: 第（二）至（四）项
_ITEM_RANGE = re.compile(
    rf"[（(]({SMALL}{{1,3}}|\d{{1,2}})[)）][项款目]?[-—–~至到]+第?[（(]({SMALL}{{1,3}}|\d{{1,2}})[)）](?=[项款目])"
)

_ITEM_HEAD = re.compile(rf"({SMALL}{{1,3}})、|(\d{{1,2}})[.、．](?!\d)")

_ITEM_ORDINAL = re.compile(rf"第({SMALL}{{1,3}})[，,、：:]")

_CLAUSE_START = re.compile(r"(?:^|[。；;：:，,！？!?、\n“”\"—（(])\s*$")

_PARTY_CONGRESS = re.compile(
    "(十[一二三四五六七八九]|二十|二十一)大(?!型|力|量|小|规|家|事|学|幅|批|多|项|类|户|件|类|产|行|重|城|街)"
)

_STRONG_ORDINAL = re.compile("届|季度|次会议|个五年")

_ANY_NUMERAL = re.compile(rf"\d+|{H}+")
_TWO_DIGITS = re.compile("[一二三四五六七八九]{2}")

_LEVEL_NOT_GRADE = re.compile(
    "联动|书记|网格|预算|河长|管理|审核|审批|医疗网|公共|政府|联网|贯通|法院|党委|人大|财政"
)

#: 第三至第六, 第三章至第六章
_TO_ORDINAL = re.compile(rf"(?:[章节条款项期届]?[-—–~至到]+第?)(\d+|{H}+)")

_SESSION_NUMBER = re.compile(rf"(\d{{1,3}}|{H}{{1,4}})届")

_SESSION_BODY = re.compile(f"{SMALL}中全会|全国|中央|市|省|[^，。]{{0,8}}{SMALL}次会议|人大|政协|党")

_PLENARY = re.compile(rf"({SMALL}{{1,3}})(?=中全会|次会议|次全会|次全体会议|届[一二三四五六七]中)")

_COURSE = re.compile("(?:培训|讲座|研修|节目|活动|主题|学员|学习|集中)")

_VERSION = re.compile(r"(\d+(?:\.\d+){0,2})(?=版|\s?version)")

_PHASE = re.compile(rf"(\d{{1,2}}|{SMALL}{{1,2}})期(?!间|限|待|货|望|刊|权|盼|许|颐|末|以)")

_GRADE = re.compile(rf"(\d{{1,2}}|{SMALL}{{1,2}})(级|类|等奖|等功|线城市|星级|环)")

#: 拿破仑三世, 路易十四
_REGNAL = re.compile(rf"({SMALL}{{1,2}})世(?![界纪代家人间袭])")
_KING_BEFORE = re.compile("(?:路易|查理|亨利|乔治|威廉|爱德华|詹姆斯|腓力|弗里德里希|古斯塔夫)$")
_OF_A_NAME = re.compile(rf"({SMALL}{{1,2}})(?![{HAN_CHARS}个名位年月日岁次家人天章届])")
#: 一审判决: the first instance
_INSTANCE = re.compile("([一二])审(?=[判法裁认宣中阶期案原被，。、程改维开庭])")

_GRADE_BOUND = re.compile("(及以上|及其以上|以上|及以下|以下|以内)")


def ordinal(scan: Scan, at: int) -> bool:
    """Read an ordinal, a list mark, a grade, a session or a plan that begins at a number; whether there was one."""
    text = scan.text
    before = text[at - 1 : at]
    clause = bool(_CLAUSE_START.search(text, max(0, at - 3), at))
    if clause and (found := _ITEM.match(text, at)):
        value = parse_han(found.group(1))
        after = text[found.end() : found.end() + 1]
        if value and value <= 30 and (found.group().endswith("是") or after) and found.group().endswith("是"):
            scan.add("item", at, found.end(), low=value, label="是")
            return True
    if before in "（(" and before and (found := _ITEM_RANGE.match(text, at - 1)):
        scan.add("ordinal", at - 1, found.end(), low=small(found.group(1)) or 0, high=small(found.group(2)))
        return True
    if before in "（(" and before and (found := _ITEM_BRACKET.match(text, at - 1)):
        value = small(found.group(1))
        if value and value <= 40:
            opening = not text[: at - 1].strip() or text[: at - 1].rstrip()[-1:] in "。；;：:，,\n！!"
            scan.add(
                "item", at - 1, found.end(), low=value, label="()", weight="strong" if opening else "weak"
            )
            return True
    if (found := _ITEM_HEAD.match(text, at)) and (
        not text[:at].strip() or text[:at].rstrip(" ")[-1:] == "\n"
    ):
        value = small(found.group(1) or found.group(2))
        if value and value <= 60:
            scan.add("item", at, found.end(), low=value, label="、")
            return True
    if before == "第":
        if _CLAUSE_START.search(text, max(0, at - 4), at - 1) and (
            found := _ITEM_ORDINAL.match(text, at - 1)
        ):
            scan.add("item", at - 1, found.end() - 1, low=small(found.group(1)) or 0, label="第")
            return True
        number = _ANY_NUMERAL.match(text, at)
        assert number is not None
        value = small(number.group())
        if value is None:
            return False
        strong = value > 3 or _STRONG_ORDINAL.match(text, number.end())
        high = None
        end = number.end()
        span = _TO_ORDINAL.match(text, end)
        if span and (last := small(span.group(1))):
            high, end = last, span.end()
        scan.add("ordinal", at - 1, end, low=value, high=high, weight="strong" if strong else "weak")
        return True
    if found := _REGNAL.match(text, at) or _INSTANCE.match(text, at):
        scan.add("ordinal", at, found.end(), low=small(found.group(1)) or 0, weight="weak")
        return True
    if _KING_BEFORE.search(text, max(0, at - 5), at) and (found := _OF_A_NAME.match(text, at)):
        scan.add("ordinal", at, found.end(), low=small(found.group(1)) or 0, weight="weak", note="regnal")
        return True
    if found := _SESSION_NUMBER.match(text, at):
        tail = text[found.end() : found.end() + 12]
        value = small(found.group(1))
        if value and (_SESSION_BODY.match(tail)
                      and (not before or before not in "连近前历举办了共每")) and value > 5:  # fmt: skip
            scan.add("ordinal", at, found.end(), low=value)
            return True
    if found := _PLENARY.match(text, at):
        before_text = text[max(0, at - 14) : at]
        if "届" in before_text or "大" in before_text[-2:] or scan.text.startswith("中全会", found.end()):
            scan.add("ordinal", at, found.end(), low=parse_han(found.group(1)) or 0)
            return True
    if found := _PARTY_CONGRESS.match(text, at):
        scan.add("ordinal", at, found.end(), low=parse_han(found.group(1)) or 0)
        return True
    if (found := _PHASE.match(text, at)) and before not in (
        "同", "分", "共", "每", "这", "近", "办", "成", "出", "了", "前", "个", "为", "多", "一", "约", "满"
    ):  # fmt: skip
        value = small(found.group(1))
        if value and value <= 20 and not _COURSE.match(text[found.end() :][:2]):
            scan.add("ordinal", at, found.end(), low=value, weight="weak", note="phase")
            return True
    if found := _VERSION.match(text, at):
        scan.add("code", at, found.end() + 1, label=found.group(1), note="version")
        return True
    if (found := _GRADE.match(text, at)) and before not in (
        "各", "省", "两", "多", "第", "分", "共", "全", "这", "等", "上", "有", "下", "为", "设", "着"
    ):  # fmt: skip
        value = small(found.group(1))
        if _TWO_DIGITS.fullmatch(found.group(1)):
            return False
        kind = found.group(2)
        stop = found.end()
        # Inside a ring road (五环以内) is a place, not a bound.
        right = _GRADE_BOUND.match(text, stop) if kind != "环" else None
        # 劣五类: worse than Grade V
        relation, last = Relation.UNDER if before == "劣" else Relation.EXACT, stop
        if right:
            # 六级以下 is said "below force 6" as amounts are; 二级以上 is not "above Grade II".
            below = Relation.MAX if "及" in right.group() else Relation.MAX_LOOSE
            relation, last = (Relation.MIN if "上" in right.group() else below), right.end()
        following = text[last : last + 1]
        if (
            kind == "类"
            and relation is Relation.EXACT
            and (found.group(1).isdigit() or not following or following not in "地区水标功管医药")
        ):
            return False
        if kind == "级" and _LEVEL_NOT_GRADE.match(
            text[last : last + 3],
        ):
            return False
        note = "denied" if relation is Relation.MIN and denied(text, at) else "grade"
        scan.add("ordinal", at, stop, low=value or 0, relation=relation, weight="weak", note=note, tail=last,
                 said=right.group() if right else "劣" if before == "劣" else "")  # fmt: skip
        return True
    return False
