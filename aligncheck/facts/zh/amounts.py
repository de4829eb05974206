"""Amounts: a number, a second one that makes a range, and what it counts or measures."""

# ruff: noqa: E501, SIM102 - patterns and tables read better unbroken

from __future__ import annotations

import re
from fractions import Fraction

from aligncheck.facts.model import Fact, Number, Relation, whole
from aligncheck.facts.numerals import HAN_CHARS, HAN_MAGNITUDES, decimal, parse_han, part
from aligncheck.facts.scan import Scan
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import CHINESE, MONEY, unit_class
from aligncheck.facts.zh.hedges import close
from aligncheck.facts.zh.numbers import Read, number, small, trailing_magnitude
from aligncheck.facts.zh.patterns import ARABIC, NUMERAL, TRADITIONAL, H
from aligncheck.model import Span

_SEPARATOR = re.compile(r"\s*(?:[-—–~－―]{1,2}|至|到)\s*")

_AFTER = re.compile(r"\s?(余|多|来|几|好几)?\s?")

_UNIT = re.compile(r"\s?" + alternation(CHINESE) + r"(?:人民币)?")

_CLASSIFIER = re.compile(
    "个百分点|人次|架次|场次|班次|件次|户次|车次|篇次|平方|立方|"
    "[个家项名位座条件处所套支部册篇场次届期批对双辆艘架列台颗棵块片张份封幅枚根间栋幢层户口村镇乡县市省区校院站线路环桥湖岛国州科类"
    "种样代级门道起宗例单只头匹株朵盏群组队班团营步遍趟回轮顿圈人大方款股宿盘样句字页笔则档万亿箱瓶袋盒包杯碗桌席床套楼盆丛]"
)

_CODE_AFTER = re.compile(
    "(?:市民|政务|政府|便民|公共|法律|消防|急救|报警|社会|全国|统一|妇女|青少年|心理|纪检|司法|投诉|举报|监督|接诉即办|企业|服务|维权|援助|"
    "咨询|医疗|监察)*(?:热线|平台|客服|专线)|号线|号楼|号院|号公路|次列车|次航班|航班|国道|省道|线地铁|号台风|号卫星|号机组|路公交|路电车"
)

_CODE_BEFORE = re.compile(
    '(?:国道|省道|县道|高速|热线|电话|拨打|航班|车次|房间|门牌|尾号|编号|代码|邮编)[：:“"\\s]?$'
)

#: The first signs of the one, the last of the other.
_CODE_SIGNS = frozenset("市政便公法消急报社全统妇青心纪司投举监接企服维援咨医热平客专号次航国省线路")
_CODE_ENDS = frozenset('道速线话打班次间牌号码编邮：:“" \n')

_TENTH_NOT = re.compile(
    "成(?:为|立|员(?!工)|果|功|本(?![地科土省市县])|长|绩|效|就(?![业医读诊餐近学])|都|交|熟|品|因|型|份|名|事|章|像|套|片|批|形|分|军|才|人(?![口员数群认表愿选以支])|年(?![轻产])|家(?![庭长])|语|对|双|心|群|组|队|样)"
)

_ABBREVIATION = re.compile(
    f"[一二两三四五六七八九十百千万双](?!{H})(?![到至])[\u4e00-\u9fff](?<![个年月天日次人家项名届期])[一二两三四五六七八九十百千万双](?!{H})[\u4e00-\u9fff]"
)

_NOT_UNIT = re.compile(
    "年(?:级|代|龄|轻|货|会|产值)|日(?:报|本|常|程|益|记|均)|天(?:然|气|津|安门|坛|下|使|赋|文|地|空|桥)|米(?:面|粮|饭|兰|其|线)|"
    "周(?:边|围|刊|末|密|转|期|知|全|到|口|恩来)|升(?:级|学|值|温|旗|降|格|迁|至|到|为|了|破|高|幅|入)|里(?:程|面|程碑)|两(?:会|区|翼|岸|山|院|端|侧|边|国|地|市|省|县)|"
    "秒(?:杀)|元(?:旦|素|首|宵|宇宙|件|老|帅|化|年|月)|斤斤|克(?:服|隆|拉|己)|分(?:钟前)|度(?:过|假|汛|量|日)|角(?:度|色|落|逐)|世纪(?:坛|金源|大道)|"
    "桶(?:装)|码(?:头)|担(?:当|心|负|任|保)|丈(?:夫|量)|瓦(?:斯|解|片|窑)|伏(?:天|击|牛)"
)

_TURNED = re.compile("翻了?$")

#: （亿元）, 单位：万人: the scale of a table, no figure.
_HEAD = re.compile(
    r"[（(〔\[：:/][十百千万亿]+[^（）()\[\]〔〕\d\s，。；、：:]{0,6}(?:\s?[)）〕\]/]|[\t\n]|$)"
)

_PERCENT = re.compile(r"\s?%")

#: Of 0.6个和0.2个百分点 both are points.
_POINTS = re.compile(r"(?:多|余)?个?(?:多)?百分点")
_POINTS_TOO = re.compile(r"个?(?=(?:\s?[、和与及]\s?\d+(?:\.\d+)?个?){1,4}百分点)")

#: 八折 is 80 percent of the price.
_DISCOUNT = re.compile("折(?!腾|磨|扣|叠|断|合|算|返|旧|射|线|损|服|中|页|子)")
_BASIS_POINTS = re.compile("个?基本?点")

_TENTHS = re.compile("成(?:(半)|([一二三四五六七八九]))?(多)?")

_TIMES = re.compile("(多|余)?倍(?:(多)|(半))?")

_TURN_MORE = re.compile("(以上|多)")

#: 每小时六十公里, 时速由六十公里降至四十公里
_PER_HOUR = re.compile(
    "(?:每小时|时速)(?:[^，。；]{0,4}|[^，。；]{1,9}(?:公里|千米)[^，。；的]{0,4}[到至为])$"
)
#: 每秒32米, 风速达每秒32米
_PER_SECOND = re.compile("(?:每秒|秒速)[^，。；]{0,3}$")
#: 每立方米34微克
_PER_ROOM = re.compile("每(立方米|升)[^，。；]{0,3}$")
_PER_VOLUME = {"ug": {"立方米": "ug/m3"}, "mg": {"立方米": "mg/m3", "升": "mg/l"}}
_SECONDS_AFTER = re.compile(r"\d{1,2}(?:\.\d+)?秒")
_AN_HOUR = re.compile("的?时速")
#: 两小时十一分: a part of an hour, no money.
#: 每千瓦时20分: fen of money, where 场均23.4分 are points.
_MONEY_NEAR = re.compile("[价费钱币元角块毛厘税]|成本|补贴|工资|利润")
_MINUTES_BEFORE = re.compile("(?:小时|钟头)零?$")

_QUOTED = re.compile(f'[“"「『]{H}?')

_MORE_SIGN = re.compile("(多|余)")

#: 11秒83
_HUNDREDTHS = re.compile(r"\d{1,2}(?![\d.年月日])")
#: 二十二元八角五分, 十二块五
_JIAO = re.compile(r"([\d一二三四五六七八九])角(?:([\d一二三四五六七八九])分)?")
_CHANGE_OF_KUAI = re.compile(r"([\d一二三四五六七八九])(?![\d.十百千万亿个年月天日折成元块角分件])")
#: 一米八三
_TALL = re.compile(r"([\d〇零一二三四五六七八九]{1,2})(?![\d.十百千万亿个年月天日米厘分号层级元])")

_AND_A_HALF = re.compile("(?:个)半")

_PERIOD_UNIT = re.compile("月|小时|星期")

_HALF = re.compile("半(?:个)?(小时|月|年|天|世纪|公里|斤|亩|钟头|米)(?!报|刊|票|岛)")


def quantity(scan: Scan, at: int) -> None:
    """Read a number and whatever stands with it: a range, a share, a measure, an amount of money."""
    text = scan.text
    if text[at] == "半":
        half(scan, at)
        return
    read = number(scan, at)
    if read is None:
        scan.end = max(scan.end, at + 1)
        while scan.end < len(text) and text[scan.end] in HAN_CHARS and text[at] in HAN_CHARS:
            scan.end += 1
        return
    start = read.start if read.start is not None else at
    if text[at] in HAN_MAGNITUDES and (head := _HEAD.match(text, max(0, at - 1))):
        scan.end = head.end()
        return
    high: Number | None = read.high
    first_percent = text.startswith(("%", "‰"), read.end)
    first_unit = ""
    probe = read.end + (1 if first_percent else 0)
    last = read
    joined = _may_join(text, probe)
    if (
        joined
        and not first_percent
        and (unit_found := _UNIT.match(text, probe))
        and _SEPARATOR.match(text, unit_found.end())
    ):
        first_unit = CHINESE.get(unit_found.group().strip(), "")
        second = _SEPARATOR.match(text, unit_found.end())
        if second and first_unit and second.end() < len(text) and text[second.end()] in NUMERAL:
            follow = number(scan, second.end())
            again = _UNIT.match(text, follow.end) if follow else None
            if (
                follow
                and again
                and CHINESE.get(again.group().strip(), "") == first_unit
                and follow.value > read.value
            ):
                high, last = follow.value, follow
    if joined and last is read and read.high is None and (second := _SEPARATOR.match(text, probe)):
        if second.end() < len(text) and text[second.end()] in NUMERAL:
            follow = number(scan, second.end())
            if follow is not None and follow.high is None:
                value = read.value
                text.startswith(("%", "‰"), follow.end) or text.startswith("个百分点", follow.end)
                if first_percent and not text.startswith(("%", "‰"), follow.end):
                    follow = None
                elif (
                    not first_percent
                    and read.bare
                    and not follow.bare
                    and value < follow.value
                    and value < follow.value / follow.step * 10
                ):
                    # 10-15万: the magnitude belongs to both
                    unit = trailing_magnitude(text, second.end(), follow.end)
                    while unit > 1 and value * unit >= follow.value:
                        unit = _smaller_magnitude(unit)  # 三到十万: it is 万 that belongs to both
                    value = whole(value * unit) if value < unit else value
                if (
                    follow is not None
                    and value < follow.value
                    and (second.group().strip() not in ("到", "至") or True)
                ):
                    read = read._replace(value=value)
                    high, last = follow.value, follow
    finish(scan, start, read, last, high)


def _smaller_magnitude(unit: int) -> int:
    """What is left of a magnitude of two signs without the first (十万: 万); 1 where nothing is."""
    return next((m for m in (10**8, 10**4) if m < unit and unit % m == 0), 1)


#: A second number of a range comes soon behind one of these.
_JOINTS = frozenset("-—–~－―至到")


def _may_join(text: str, end: int) -> bool:
    return not _JOINTS.isdisjoint(text[end : end + 8])


def finish(scan: Scan, start: int, read: Read, last: Read, high: Number | None) -> None:
    """Close a number (a range where ``high`` is given) by the sign, the unit or the noun behind it."""
    text = scan.text
    end = last.end
    said = last.more or read.more
    relation = Relation.OVER if said in ("余", "多") else Relation.ABOUT if said == "来" else Relation.EXACT
    if read.vague:
        relation = Relation.VAGUE
    step = last.step
    value = read.value
    if text[end : end + 1] in _SHARE_SIGNS or "百分点" in text:
        if _shared(scan, start, end, value, high, relation, said, step, read):
            return
    measured(scan, start, end, value, high, relation, said, step, read)


#: What follows the number of a share, of points, of a multiple.
_SHARE_SIGNS = frozenset("‰%个百基折成倍番多余 ")


def _shared(scan: Scan, start: int, end: int, value: Number, high: Number | None, relation: Relation,
            said: str, step: Number, read: Read) -> bool:  # fmt: skip
    """Percentages, points, tenths, discounts, multiples; whether the number was one of them."""
    text = scan.text
    if text.startswith("‰", end):
        close(scan, "share", start, end + 1, relation, said, low=part(value, 1000),
                    high=part(high, 1000) if high is not None else None, step=part(step, 1000))  # fmt: skip
        return True
    if percent := _PERCENT.match(text, end):
        close(scan, "share", start, percent.end(), relation, said, low=part(value, 100),
                    high=part(high, 100) if high is not None else None, step=part(step, 100))  # fmt: skip
        return True
    if points := _POINTS.match(text, end):
        if "多" in points.group() or "余" in points.group():
            relation = Relation.OVER
        close(scan, "points", start, points.end(), relation, said, low=value, high=high, step=step)
        return True
    if read.arabic and (listed := _POINTS_TOO.match(text, end)):
        close(scan, "points", start, listed.end(), relation, said, low=value, high=high, step=step)
        return True
    if basis := _BASIS_POINTS.match(text, end):
        top = None if high is None else part(high, 100)
        close(scan, "points", start, basis.end(), relation, said, low=part(value, 100), high=top,
              step=part(step, 100))  # fmt: skip
        return True
    if (price := _DISCOUNT.match(text, end)) and value < 10:
        scan.add(
            "share",
            start,
            price.end(),
            low=whole(Fraction(value) / 10),
            step=Fraction(1, 100),
            note="discount",
            weight="weak",
        )
        return True
    if text.startswith("成", end) and value <= 10 and not _TENTH_NOT.match(text, end):
        tenth = _TENTHS.match(text, end)
        assert tenth is not None
        share = Fraction(value) / 10
        top = Fraction(high) / 10 if high is not None else None
        if tenth.group(1):
            share += Fraction(1, 20)
        elif tenth.group(2):
            share += Fraction(parse_han(tenth.group(2)) or 0, 100)
        if tenth.group(3):
            relation = Relation.OVER
        close(
            scan,
            "share",
            start,
            tenth.end(),
            relation,
            said,
            low=whole(share),
            high=top,
            step=Fraction(1, 100),
        )
        return True
    if times := _TIMES.match(text, end):
        if times.group(1) or times.group(2):
            relation = Relation.OVER
        if times.group(3):
            value = whole(value + Fraction(1, 2))
        close(scan, "multiple", start, times.end(), relation, said, low=value, high=high, step=step)
        return True
    if text.startswith("番", end) and (turn := _TURNED.search(text[max(0, start - 2) : start])):
        begin = start - len(turn.group())
        tail = end + 1
        times_up = 2 ** int(value) if value == int(value) and value < 20 else 0
        above = _TURN_MORE.match(text, tail)
        relation = Relation.MIN_LOOSE if above else Relation.EXACT
        scan.add("multiple", begin, tail, low=times_up, change="to", direction="up", weight="weak", relation=relation,
                 said=above.group() if above else "", tail=above.end() if above else tail)  # fmt: skip
        return True
    return False


def measured(scan: Scan, start: int, end: int, value: Number, high: Number | None, relation: Relation,
              said: str, step: Number, read: Read) -> None:  # fmt: skip
    """Add an amount with the unit or the counter behind it, or the code that it is after all."""
    text = scan.text
    before = text[max(0, start - 6) : start]
    if read.arabic and read.bare and high is None and (
        (text[end : end + 1] in _CODE_SIGNS and _CODE_AFTER.match(text, end))
        or (before[-1:] in _CODE_ENDS and _CODE_BEFORE.search(before))
    ):  # fmt: skip
        scan.add("code", start, end, label=text[start:end], note="number")
        return
    unit, weight = "", "strong" if read.arabic else "weak"
    after = _AFTER.match(text, end)
    if after and after.group(1) and relation in (Relation.EXACT,):
        taken = after.group(1)
        following = text[after.end() : after.end() + 1]
        if (taken in ("余", "多") and following not in ("样", "元化", "数", "边")) or (
            taken == "来" and following in "个人年天次亩家"
        ):
            relation = Relation.OVER if taken in ("余", "多") else Relation.ABOUT
            said, end = taken, after.end(1)
    found = _UNIT.match(text, end)
    classifier = None if found else _CLASSIFIER.match(text, end)
    if found and not _NOT_UNIT.match(text, end):
        unit = CHINESE[found.group().strip().removesuffix("人民币") or "人民币"]
        end = found.end()
        if unit == "cny":
            unit = _currency(scan, start)
        tail = text[end : end + 1]
        if unit == "year" and tail in ("级", "代", "龄", "制", "份"):
            unit = "" if tail == "代" else unit
        if unit == "km" and (_PER_HOUR.search(text, max(0, start - 24), start) or _AN_HOUR.match(text, end)):
            unit = "kmh"
        if unit in _PER_VOLUME and (room := _PER_ROOM.search(text, max(0, start - 10), start)):
            unit = _PER_VOLUME[unit].get(room.group(1), unit)
        if unit == "m" and _PER_SECOND.search(text, max(0, start - 6), start):
            unit = "m/s"
        if unit == "cent" and (
            _MINUTES_BEFORE.search(text, max(0, start - 3), start) or _SECONDS_AFTER.match(text, end)
        ):
            unit = "minute"
        elif unit == "cent" and value >= 10 and not _MONEY_NEAR.search(text[max(0, start - 16) : end + 2]):
            unit, end = "", found.start()
        if unit == "tce" or (unit == "t" and text.startswith(("标准煤", "标煤"), end)):
            unit = "tce"
        if text.startswith("半", end) and unit in ("year", "day", "month", "hour") and high is None:
            value, end, step = whole(value + Fraction(1, 2)), end + 1, Fraction(1, 2)
        if unit and (more := _MORE_SIGN.match(text, end)) and relation is Relation.EXACT and unit in (
            "year", "month", "day", "week", "hour", "km", "mu", "cny", "t", "m", "usd", "minute", "second"):  # fmt: skip
            if text[more.end() : more.end() + 1] not in ("样", "元", "数"):
                relation, said, end = Relation.OVER, more.group(1), more.end()
        value, end = _smaller_unit(text, value, end, unit, read)
    elif found and _NOT_UNIT.match(text, end):
        weight = "soft" if not read.arabic else weight
    elif classifier:
        end_word = classifier.end()
        if _AND_A_HALF.match(text, end):
            half_unit = _UNIT.match(text, end + 2)
            value, step = whole(value + Fraction(1, 2)), Fraction(1, 2)
            end += 2
            rest = _UNIT.match(text, end) or _PERIOD_UNIT.match(text, end)
            if rest:
                unit = {"月": "month"}.get(rest.group().strip(), CHINESE.get(rest.group().strip(), ""))
                end = rest.end()
            _ = half_unit
        elif text.startswith("个多", end) and (rest := _PERIOD_UNIT.match(text, end + 2)):
            relation, said = Relation.OVER, "多"
            unit = {"月": "month", "小时": "hour", "星期": "week"}[rest.group()]
            end = rest.end()
        elif text.startswith("多", end_word) and relation is Relation.EXACT and read.arabic is not None:
            if text[end_word : end_word + 1] == "多" and classifier.group() in ("个", "次", "家", "名"):
                pass
    elif not read.arabic:
        weight = "soft"
    if not read.arabic:
        big = value >= 11 and not (read.vague and not unit)
        if value == 1 and relation is Relation.EXACT:
            weight = "soft"
        elif big and weight == "weak" and value >= 20 and not read.vague and text[start] not in "百千万亿":
            weight = "strong"
        if text[start - 1 : start] in ("第",) or _ABBREVIATION.match(text, max(0, start)):
            weight = "soft"
        if _QUOTED.search(text[max(0, start - 1) : start]) and not unit:
            weight = "soft"
        if start and text[start - 1] in "统唯专万每同单" and value == 1:
            weight = "soft"
    elif value in (0,) and not unit:
        weight = "weak"
    if read.vague or (
        not _ABBREVIATION.match(text, start)
        and weight == "soft"
        and value >= 10
        and (relation is Relation.OVER or value >= 10**4)
    ):
        weight = "weak"
    if relation is Relation.VAGUE and high is None:
        relation = Relation.ABOUT
    # 3个100 says 300 in all
    if read.arabic and text.startswith("个", end) and (inner := ARABIC.match(text, end + 1)):
        product = Read(decimal(inner.group()), None, 1, inner.end(), "", True, True)
        scan.add("quantity", start, product.end, low=whole(value * product.value), note="product",
                 label=f"{value}*{product.value}")  # fmt: skip
        scan.facts.append(Fact("quantity", Span(start, end), scan.raw[start:end], low=value, weight="soft"))
        inside = Span(inner.start(), inner.end())
        scan.facts.append(
            Fact("quantity", inside, scan.raw[inside.start : inside.end], low=product.value, weight="soft")
        )
        return
    close(
        scan,
        "quantity",
        start,
        end,
        relation,
        said,
        low=value,
        high=high,
        unit=unit,
        step=step,
        weight=weight,
    )


def _smaller_unit(text: str, value: Number, end: int, unit: str, read: Read) -> tuple[Number, int]:
    """What follows in a smaller unit without a blank: 22元8角, 十二块五, 一米八三."""
    if unit_class(unit) in MONEY:
        if jiao := _JIAO.match(text, end):
            tenths, cents = small(jiao.group(1)) or 0, small(jiao.group(2)) or 0
            return whole(value + Fraction(10 * tenths + cents, 100)), jiao.end()
        if text[end - 1] == "块" and (rest := _CHANGE_OF_KUAI.match(text, end)):
            return whole(value + Fraction(small(rest.group(1)) or 0, 10)), rest.end()
    if unit == "second" and read.arabic and (rest := _HUNDREDTHS.match(text, end)):
        return whole(value + Fraction(int(rest.group()), 10 ** len(rest.group()))), rest.end()
    if unit == "m" and value in (1, 2) and read.bare and (rest := _TALL.match(text, end)):
        digits = "".join(str(small(c) or 0) for c in rest.group(1))
        return whole(value + Fraction(int(digits), 10 ** len(digits))), rest.end()
    return value, end


_MONEY_BEFORE = re.compile(
    "(?:(?P<hkd>港币|港元)|(?P<twd>新?台币|新臺币)|(?P<mop>澳门币|澳币)|(?P<usd>美金))\\s?$"
)


def _currency(scan: Scan, start: int) -> str:
    """What 元 means: as the words before say; in a text in Traditional characters it may be any dollar."""
    named = _MONEY_BEFORE.search(scan.text, max(0, start - 4), start)
    if named and named.lastgroup:
        return named.lastgroup
    return "yuan" if scan.text != scan.raw and TRADITIONAL.search(scan.raw) else "cny"


def half(scan: Scan, at: int) -> None:
    """Read 半 with the unit behind it: 半年, 半小时; 半 alone is passed over."""
    text = scan.text
    found = _HALF.match(text, at)
    if found and text[at - 1 : at] not in ("上", "下", "前", "后", "大"):
        unit = {"小时": "hour", "月": "month", "年": "year", "天": "day", "世纪": "century", "公里": "km", "斤": "jin",
                "亩": "mu", "钟头": "hour", "米": "m"}[found.group(1)]  # fmt: skip
        more = _MORE_SIGN.match(text, found.end())
        relation = Relation.OVER if more else Relation.EXACT
        close(scan, "quantity", at, found.end(), relation, more.group() if more else "", low=Fraction(1, 2), unit=unit,
                    weight="weak")  # fmt: skip
        return
    scan.end = max(scan.end, at + 1)
