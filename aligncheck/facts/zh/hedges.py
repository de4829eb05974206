"""What stands around a figure: how exact it is (超过, 以上), and whether something grew by or to it."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re
from typing import Any

from aligncheck.facts.model import Relation
from aligncheck.facts.numerals import HAN_CHARS
from aligncheck.facts.scan import Scan
from aligncheck.facts.zh.patterns import LEFT_END

_RIGHT = re.compile(
    r"\s?(?:[（(][^（）()]{0,30}[)）])?\s?(及以上|及其以上|及以下|以上|以下|以内|之内|以里|开外|左右|上下|前后|之上|之下|之多|有余|出头|上限|封顶|起步|为限|或更[高多大长新早]|或以上|或更[低少小短]|或以下|还多|[都还]?不到(?=[，。；的就]|$))"
)

_UP = (
    "回升|上调|同比增长|增长|增加|上升|上涨|提高|提升|扩大|增幅|增速|涨幅|升幅|增|涨|升|攀升|拓展|扩展|延长|扩容|拉高|拉动|上调|抬升|跃升|攀升|增多|扩至|回升|"
    "新增|净增|多增|加快|上浮|翻|扩充|扩建|增容|升温|增温|涨价|加价|增产|增重|增持|升值|加息|加薪|反弹|多出|高出|加(?=[至到])|贵"
)

_DOWN = "下降|减少|压减|降低|下跌|缩减|压减|削减|减|降|跌|回落|缩短|压缩|下调|降幅|跌幅|收窄|下滑|减幅|裁减|砍[掉去]|跌去|缩小|精简|萎缩|下浮|减轻|缩水|下挫|调减|核减|降温|降价|减产|减重|减持|贬值|降息|减薪|少(?=了)|便宜"

_CHANGE = re.compile(
    f"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度|速度|幅)?了?(?:约为|约)?(?P<to>到了?|至|为|达到|达)?"
    "(?:每[人月年日户亩天][均]?|人均|平均)*(?:(?:原来|以前|过去|上年|去年|此前|以往)的?)?"
    "(?:大约|约|近|将近|接近|超过|超|不到|不足|逾|至少|不低于|不少于|最多|不超过|了)?$"
)

_RATES = re.compile("(?:率|幅度|速度|增幅|降幅|增速|涨幅|跌幅|升幅|减幅)(?:为|达到|达|约)?$")

_FROM = re.compile("[由从自]")

_GOVERNED = re.compile("有期徒刑|徒刑|拘役|拘留|罚款|管制|禁赛|处以?|刑期|注册资本|最低")

#: What depends on an age to the day: there "over 60" leaves out those of sixty.
_ENTITLED = re.compile(
    "免费|免收|优惠|优待|半价|享受|发放|领取|补贴|津贴|申请|报名|登记|参保|退休|可以?|应当?|必须|须|不得|禁止|责任|处罚|可免|享有|凭"
)

_TO_BREAK = re.compile(".*[，。；,;:：！？\n]", re.S)
#: A hedge before a figure has one of these signs, a change one of those: most figures have neither.
_HEDGE_SIGNS = frozenset(
    "过破多高大出至最下起少低小短早近逼几趋超突逾跨迈越晚远站破跌击不足未没没约概致估差均≈~≤≥<>限满上控"
)
_CHANGE_SIGNS = frozenset(
    "升充建容调长弹加涨高大幅速增涨升拓扩延拉抬跃攀多新净快浮翻降少跌缩减落短压窄滑裁简萎轻水挫核贬砍去宜贵"
)

#: What follows a figure and bounds it has one of these signs.
_RIGHT_SIGNS = frozenset("上下内里外右后多余头限顶步更不")
_BRACKETS = frozenset("（(")

_LEFT_FAR = re.compile(
    "(?:(?P<most>不(?:得|能|应|可)?(?:超过|高于|多于|超出))|(?P<least>不(?:得|能|应|可)?(?:低于|少于))|"
    "(?<![不未得能应可])(?:(?P<over>超过|高于|多于|超出)|(?P<under>低于|不到|不足|少于)))[\u4e00-\u9fff]{1,6}的$|"
    "(?:(?P<max>至多|最多|不超过|不得超过)|(?P<min>至少|最少|少说也?|不少于|不低于|不得少于|不得低于))[\u4e00-\u9fff]{0,4}$|"
    "(?P<top>最高)(?=[可罚处赔奖补判达])[\u4e00-\u9fff]{1,4}$"
)

_FAR_RELATIONS = {
    "min": Relation.MIN,
    "max": Relation.MAX,
    "top": Relation.MAX,
    "over": Relation.OVER,
    "under": Relation.UNDER,
    "most": Relation.MAX,
    "least": Relation.MIN,
}

_LENGTHS = {"m", "km", "li", "nmi", "cm"}
_SPANS = {"workday", "day", "week", "month", "year", "hour", "minute", "m", "km", "second"}

_NOUN = f"(?![的和及与、{HAN_CHARS}])[\u4e00-\u9fff]"

_RIGHT_FAR = re.compile(
    f"{_NOUN}(?:{_NOUN}){{0,3}}?(?<!规模)(?<!限额)(及以上|及以下|以上|以下|以内|之内|左右|为限)"
    r"|\s?(?:[A-Za-z°℃]{1,8}|[\u4e00-\u9fff])\s?(或更[高多大长新早低少小短]|或?以[上下])"
)

_HEDGED = re.compile(
    "不超过|不得超过|不超|至少|不少于|不低于|不得少于|不得低于|超过|超|突破|逾|接近|近|约|大约|不足|不到|低于|少于|最多|至多|最低|高于|多于|以上|以内|以下|余|年满|须满|满|最[长短高低大小早晚多少迟快慢远近]|上限|下限|限"
)

#: 不及往年一半, 未达到公司股份总数的百分之五十: short of it.
_SHORT = re.compile("(?:不及|未达到?|没达到)(?!时)[^，。；：]{1,24}$")
#: Only so many: "no more than" says it too.
_ONLY = re.compile("(?:只有?|仅有?|不过|才)[^，。；0-9]{0,4}$")
#: 比三年的药钱还贵: what is compared with a figure is more than it.
_THAN = re.compile("比(?![例较重如赛分值])[\u4e00-\u9fff]{0,3}$")
_DEARER = re.compile("[^，。；：]{0,8}[还更要][^，。；：]")
#: 未出现五级以上, 不得承担两个以上: what is denied of a bound and more.
_DENIED = re.compile("(?:未|没有|无|不得|不能|不可|不许|禁止|严禁|杜绝|避免|防止)[^，。；：]*$")
#: 三十分钟生活圈: what lies within so many minutes.
_CIRCLE = re.compile("[^，。；“”]{0,6}圈")
#: 在20 °C和40%湿度下: under these conditions.
_UNDER_CONDITION = re.compile("[^，。；]{0,20}下")

_ESTIMATED = re.compile("(?:估计|估算|测算|预计)[^。；！？]*$")

_RIGHT_RELATIONS = {
    "及以上": Relation.MIN, "及其以上": Relation.MIN, "以上": Relation.MIN_LOOSE, "之上": Relation.MIN_LOOSE,
    "及以下": Relation.MAX, "以下": Relation.MAX_LOOSE, "以内": Relation.MAX_LOOSE, "之内": Relation.MAX_LOOSE,
    "以里": Relation.MAX_LOOSE, "之下": Relation.MAX_LOOSE, "上限": Relation.MAX, "封顶": Relation.MAX, "为限": Relation.MAX,
    "开外": Relation.OVER, "有余": Relation.OVER, "出头": Relation.OVER, "起步": Relation.MIN, "左右": Relation.ABOUT,
    **dict.fromkeys(("或更高", "或更多", "或更大", "或更长", "或更新", "或更早", "或以上"), Relation.MIN),
    **dict.fromkeys(("或更低", "或更少", "或更小", "或更短", "或以下"), Relation.MAX),
    "上下": Relation.ABOUT, "前后": Relation.ABOUT, "还多": Relation.OVER,
    **dict.fromkeys(("不到", "都不到", "还不到"), Relation.UNDER),
}  # fmt: skip

_LEFT_RELATIONS = {"not_over": Relation.MAX, "min": Relation.MIN, "near": Relation.NEAR, "over": Relation.OVER,
                   "under": Relation.UNDER, "about": Relation.ABOUT}  # fmt: skip

_MINUS = re.compile("(?:(?:零下|(?<![正欠抱辜胜担减降增肩自背])负(?:增长)?)|(?<![0-9A-Za-z%％‰])[-−])\\s?$")
#: 水深负十七米: how deep, which English says without a sign.
_DEPTH = re.compile("(?:水深|深度|埋深|航深)[^，。；]{0,4}$")
_MINUS_ENDS = frozenset("-−负长下 ")
_COMPARES = re.compile(r"[<>=≥≤]\s?$")
_SIGNED = frozenset(("quantity", "share", "points"))
_BOUNDS = frozenset((Relation.UNDER, Relation.OVER, Relation.MIN, Relation.MAX))
_PERIODS = frozenset(("day", "workday", "week", "month", "year", "hour"))
#: 比上季度低0.7个百分点, 较去年同期高两成
_LOWER_OR_HIGHER = re.compile(
    "[比较][^，。；：]{1,12}(?:(?P<up>高|多|大|长|重)|(?P<down>低|少|小|短|轻))了?(?:约|近)?$"
)
#: 上调存款利率10个基点: what is changed stands between
_CHANGE_FAR = re.compile(
    "(?:(?P<up>上调|调高|提高|上浮|高出|高于)|(?P<down>下调|调低|降低|下浮|削减|低于))[\u4e00-\u9fff]{1,10}(?<![至到为达])$"
)
#: 三分之一强: a little more than a third
_ODD = re.compile("[强弱](?=[的，。；、）]|$)")
_LESS_OR_MORE = re.compile("([少多])[用收投产花付交缴赚卖招录于]$")
_LESS_ENDS = frozenset("用收投产花付交缴赚卖招录于")
#: What the year's result was; it is no change, but has two sides.
_RESULT = re.compile(
    "(?:(?P<up>净利润?|利润|盈利|盈余|顺差|净流入|海拔|高出海平面)|(?P<down>净?亏损|净亏|透支|逆差|赤字|净流出|低于海平面|海平面以下))(?:总?额|高度)?(?:约?为|达到?|了|约)?$"
)

_RESULT_SIGNS = frozenset("利盈顺逆亏赤流拔海透")

_LIST_JOINT = re.compile(r"[、和与及,，]?\s*(?:和|与|及)?")


def close(scan: Scan, kind: Any, start: int, end: int, relation: Relation = Relation.EXACT, said: str = "",
           **fields: Any) -> None:  # fmt: skip
    """Add a fact after reading what stands around it: how exact, growing by or to, governed by what."""
    text = scan.text
    lead, tail = start, end
    clause = max(0, start - 60)
    if stop := _TO_BREAK.match(text, clause, start):
        clause = stop.end()
    prior = scan.facts[-1] if scan.facts else None
    near = text[max(clause, start - 12) : start]
    hedged = not _HEDGE_SIGNS.isdisjoint(near)
    if (
        hedged
        and relation in (Relation.EXACT, Relation.OVER)
        and (left := LEFT_END.search(text, max(clause, start - 9), start))
    ):
        group = left.lastgroup or ""
        if not (group == "over" and left.group().startswith("过") and not left.group().startswith("过了")
                and text[left.start() - 1 : left.start()] in "通经不超越渡度路胜再"):  # fmt: skip
            relation, lead, said = left_relation(left), left.start(), left.group().strip('“"「 ')
            if left.group().startswith("控制在"):
                relation = Relation.EXACT
    if (
        hedged
        and relation in (Relation.EXACT, Relation.ABOUT)
        and (left := _LEFT_FAR.search(text, max(clause, start - 12), start))
    ):
        word = left.lastgroup or ""
        if word in ("min", "max", "top") or kind == "share":
            relation, lead, said = _FAR_RELATIONS[word], left.start(), left.group(word)
    if relation is Relation.MIN and text[lead:start].endswith("每"):
        relation, said, lead = (
            Relation.EXACT,
            "",
            start,
        )  # 至少每十五日: it is the times that are at least one
    if (
        kind in _SIGNED
        and text[lead - 1 : lead] in _MINUS_ENDS
        and (sign := _MINUS.search(text, max(clause, lead - 4), lead))
        and (
            fields.get("unit")
            or kind != "quantity"
            or fields["step"] != 1
            or sign.group() not in "-−"
            or _COMPARES.search(text, max(0, sign.start() - 2), sign.start())
        )
    ):
        lead = sign.start()
        if relation is Relation.EXACT and (left := LEFT_END.search(text, max(clause, lead - 9), lead)):
            relation, lead, said = left_relation(left), left.start(), left.group().strip()
        low, top = fields["low"], fields.get("high")
        if not _DEPTH.search(text, clause, lead):
            fields["low"], fields["high"] = (-low, None) if top is None else _below_zero(low, top)
    right = None
    if text[end : end + 1] in _BRACKETS or not _RIGHT_SIGNS.isdisjoint(text[end : end + 14]):
        right = _RIGHT.match(text, end) or _RIGHT_FAR.match(text, end)
    if (
        right is None
        and fields.get("unit") in _SPANS
        and text.startswith("内", end)
        and relation is Relation.EXACT
    ):
        relation, said, tail = Relation.MAX_LOOSE, "内", end + 1
        fields["note"] = "span"
    if relation is Relation.EXACT and fields.get("unit") in _LENGTHS and text.startswith("以外", end):
        relation, said, tail = Relation.OVER, "以外", end + 2
    if right:
        word = next(g for g in right.groups() if g)
        unit_age = fields.get("unit") == "age" and _ENTITLED.search(text, clause, end + 20) is not None
        law = _GOVERNED.search(text, clause, start) is not None
        chosen = _RIGHT_RELATIONS.get(word)
        if chosen is not None:
            if chosen is Relation.MIN_LOOSE and (unit_age or law):
                fields["note"] = "age" if unit_age else "law"
            if chosen is Relation.MAX_LOOSE and (unit_age or law):
                fields["note"] = "age" if unit_age else "law"
            if relation is Relation.EXACT or chosen in (Relation.MIN_LOOSE, Relation.MAX_LOOSE):
                relation, tail = chosen, right.end()
                said = word
    if fields.get("unit") in _PERIODS and (
        text.startswith(("前", "之前", "以前"), end) or text[lead - 2 : lead] == "提前"
    ):
        fields.setdefault("note", "span")
    if kind == "share" and relation is Relation.EXACT and (odd := _ODD.match(text, end)):
        relation, said, tail = Relation.OVER if odd.group() == "强" else Relation.NEAR, odd.group(), odd.end()
    change = direction = ""
    if kind in ("quantity", "share", "points", "multiple"):
        window = text[max(clause, start - 16) : start]
        found = None if _CHANGE_SIGNS.isdisjoint(window) else _CHANGE.search(window)
        if found:
            direction = "up" if found.group("up") else "down"
            mark = found.group("to")
            rate = bool(_RATES.search(window))
            if (mark and not rate and mark not in ("达", "达到", "为")) or (
                mark == "为" and not rate and (kind != "share" or _FROM.search(text, clause, start))
            ):
                change = "to"
            elif mark in ("达", "达到") and not rate:
                change = "by" if kind in ("share", "points", "multiple") else ""
            else:
                change = "by"
            if found.group("up") == "新增" or found.group("up") == "净增":
                direction = ""
                change = ""
            if fields.get("unit") in ("year", "month", "day") and not mark:
                change = direction = ""
        elif prior is not None and prior.change and prior.kind == kind and _LIST_JOINT.fullmatch(text[prior.words.end if prior.words else prior.span.end : start]
        ):  # fmt: skip
            change, direction = prior.change, prior.direction
        if not direction and window[-1:] in _LESS_ENDS and (way := _LESS_OR_MORE.search(window)):
            change, direction = "by", "up" if way.group(1) == "多" else "down"
        if not direction and kind != "multiple" and (than := _LOWER_OR_HIGHER.search(window)):
            change, direction = "by", than.lastgroup or ""
        if not direction and kind == "points" and (far := _CHANGE_FAR.search(window)):
            change, direction = "by", far.lastgroup or ""
        if (
            not direction
            and fields.get("unit")
            and not _RESULT_SIGNS.isdisjoint(window)
            and (result := _RESULT.search(text, max(clause, start - 12), lead))
        ):
            direction = "up" if result.group("up") else "down"
    if (
        relation is Relation.NEAR
        and said == "近"
        and fields.get("unit") in ("year", "month", "day", "week", "decade", "century")
    ):
        fields["note"] = "span"  # 近十年: the past ten years
    if (
        relation is Relation.EXACT
        and kind != "ordinal"
        and (_HEDGED.search(text, clause, start) or _estimated(text[max(0, start - 60) : start]))
    ):
        fields.setdefault("note", "hedged")
    _note_what_governs(text, clause, (start, tail), relation, fields)
    if (
        fields.get("weight") == "soft"
        and relation in _BOUNDS
        and (fields.get("unit") in _SPANS or (kind == "quantity" and fields["low"] >= 100))
    ):
        fields["weight"] = "weak"  # 不满一年: of a bound even one is meant as a figure
    scan.add(kind, start, end, relation=relation, said=said, change=change, direction=direction,
             lead=lead, tail=tail, **fields)  # fmt: skip


def _note_what_governs(
    text: str, clause: int, where: tuple[int, int], relation: Relation, fields: dict[str, Any]
) -> None:
    """Note what the words around a figure let a translation say of it: only, denied, a circle of so many minutes."""
    (start, tail), unit = where, fields.get("unit", "")
    if relation in (Relation.MIN, Relation.MIN_LOOSE) and _DENIED.search(text, clause, start):
        fields.setdefault("note", "denied")
    elif relation is not Relation.EXACT:
        return
    elif _SHORT.search(text, clause, start):
        fields["note"] = "short"
    elif _THAN.search(text, max(clause, start - 5), start) and _DEARER.match(text, tail):
        fields.setdefault("note", "hedged")
    elif _ONLY.search(text, max(clause, start - 7), start):
        fields.setdefault("note", "only")
    elif unit in ("minute", "hour") and _CIRCLE.match(text, tail):
        fields.setdefault("note", "circle")
    elif unit in ("c", "f") and _UNDER_CONDITION.match(text, tail) and "在" in text[clause:start]:
        fields.setdefault("note", "condition")


def denied(text: str, start: int) -> bool:
    """Whether what a bound is said of is denied in its clause: 未再出现五级以上."""
    return _DENIED.search(text, max(0, start - 24), start) is not None


def hedged(text: str, clause: int, start: int) -> bool:
    """Whether a bound stands somewhere before a figure in its clause: 超过应到人数的半数."""
    return _HEDGED.search(text, clause, start) is not None


def _estimated(before: str) -> bool:
    return ("估" in before or "测算" in before or "预计" in before) and _ESTIMATED.search(before) is not None


def _below_zero(low: Any, top: Any) -> tuple[Any, Any]:
    """The ends of 零下5至10度 (both below zero) and of 零下10度至5度 (one of them)."""
    return (-low, top) if low > top else (-top, -low)


def left_relation(found: re.Match[str]) -> Relation:
    """The relation that a hedge before a figure gives it: 超过, 近, 约; exact where no group matched."""
    for name, relation in _LEFT_RELATIONS.items():
        if found.group(name):
            return relation
    return Relation.EXACT
