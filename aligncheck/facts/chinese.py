"""Facts of Chinese text.

One scan finds where a numeral or a dated word begins; a handler reads the number, then looks at what
stands before it (增长, 超过, 第) and after it (unit, 余, 以上).  Cardinals after GB/T 15835; 以上 and 以下
include the number itself (Civil Code, article 1259).
"""

# ruff: noqa: E501, SIM102 - patterns and tables read better unbroken
from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from aligncheck.facts.model import Fact, Number, Relation, Weight, whole
from aligncheck.facts.numerals import HAN_CHARS, HAN_MAGNITUDES, decimal, parse_han
from aligncheck.facts.trie import alternation
from aligncheck.facts.units import CHINESE
from aligncheck.model import Span

_FOLD = {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".", ord("％"): "%", ord("∶"): ":", ord("﹪"): "%", ord("〜"): "~", ord("～"): "~",
    ord("－"): "-", ord("／"): "/", ord("\u3000"): " ", ord("\xa0"): " ",
}  # fmt: skip

H = f"[{HAN_CHARS}]"
_SMALL = "[一二三四五六七八九十]"
_START = re.compile(f"[0-9半{HAN_CHARS}]")
_WORDS = re.compile(
    "去年|上年|今年|本年|明年|来年|前年|后年|昨天|昨日|今天|今日|明天|明日"
    "|上半年|下半年|首季|年中|翻番|翻了番|减半|折半|过半|半数|对半|周[一二三四五六日]|星期[一二三四五六日天]"
    "|礼拜[一二三四五六日天]|正月|腊月|冬月|除夕|本世纪|首(?:个|次|届|批|家|座|条|例|期|款|架|台|创|部|班|列|艘|站|段|项|期)"
)
_ARABIC = re.compile(r"\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\s?\d+)?")
_MAGNITUDE = re.compile(r"\s?([多余几来]?)\s?([十百千万亿萬億]+)(?!分[点之])")
_PREFIXED_UNIT = re.compile(r"千(?:瓦|米|克|卡|伏|赫|帕|兆|焦)|百帕")
_HAN = re.compile(f"([几数上好])?({H}+)(?:点([〇零一二三四五六七八九]+))?([多余几来]?)([十百千万亿]*)")
_SEPARATOR = re.compile(r"\s*(?:[-—–~－―]{1,2}|至|到)\s*")
_AFTER = re.compile(r"\s?(余|多|来|几|好几)?\s?")
_UNIT = re.compile(r"\s?" + alternation(CHINESE) + r"(?:人民币)?")
_CLASSIFIER = re.compile(
    "个百分点|人次|架次|场次|班次|件次|户次|车次|篇次|平方|立方|"
    "[个家项名位座条件处所套支部册篇场次届期批对双辆艘架列台颗棵块片张份封幅枚根间栋幢层户口村镇乡县市省区校院站线路环桥湖岛国州科类"
    "种样代级门道起宗例单只头匹株朵盏群组队班团营步遍趟回轮顿圈人大方款股宿盘样句字页笔则档万亿箱瓶袋盒包杯碗桌席床套楼盆丛]"
)
_RIGHT = re.compile(
    r"(?:\s*[（(][^（）()]{0,30}[)）])?(及以上|及其以上|及以下|以上|以下|以内|之内|以里|开外|左右|上下|前后|之上|之下|之多|有余|出头|上限|封顶|起步|为限)"
)
_LEFT = re.compile(
    "(?P<not_over>不(?:得|能|可|应|宜|会|准|许|要|再|允许)?(?:超过|突破|多于|高于|大于|超出)|不超|至多|最多|不得大于|最高不超过|上限为|控制在|压减到|未超过|没有超过)|"
    "(?P<min>不(?:得|能|可|应|宜|会|再)?(?:少于|低于|小于|短于|早于)|不下|至少|最少|起码|不短于|不得短于|最低|下限为|年满|须满|需满|已满)|"
    "(?P<near>将近|接近|逼近|近|临近|趋近)|"
    "(?P<over>超过了|超过|已超|超|突破了|突破|逾|高于|大于|多于|高出|跨过|迈过|破|过|越过|晚于|远超|站上|超出|跨上|跃上)|"
    "(?P<under>跌破|击穿|不到|不足|未满|低于|少于|小于|不满|未达到|未达|没到|早于)|"
    "(?P<about>大约|约为|约占|约|大概|大致|估计|差不多|平均约)"
)
_LEFT_END = re.compile(
    f'(?:{_LEFT.pattern})(?:了|达到|达|有|为|是|人民币|大约|约|合|每[年月天日秒人户亩]|要有|需|须|出)*[“"「]?\\s?$'
)
_UP = (
    "同比增长|增长|增加|上升|上涨|提高|提升|扩大|增幅|增速|涨幅|升幅|增|涨|升|攀升|拓展|扩展|延长|扩容|拉高|拉动|上调|抬升|跃升|攀升|增多|扩至|回升|"
    "新增|净增|多增|加快|上浮|翻"
)
_DOWN = "下降|减少|降低|下跌|缩减|压减|削减|减|降|跌|回落|缩短|压缩|下调|降幅|跌幅|收窄|下滑|减幅|裁减|缩小|精简|萎缩|下浮|减轻|缩水|下挫|调减|核减"
_CHANGE = re.compile(
    f"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度|速度|幅)?了?(?:约为|约)?(?P<to>到了?|至|为|达到|达)?"
    "(?:每[人月年日户亩天][均]?|人均|平均)*(?:(?:原来|以前|过去|上年|去年|此前|以往)的?)?"
    "(?:大约|约|近|将近|接近|超过|超|不到|不足|逾|至少|不低于|不少于|最多|不超过|了)?$"
)
_RATES = re.compile("(?:率|幅度|速度|增幅|降幅|增速|涨幅|跌幅|升幅|减幅)(?:为|达到|达|约)?$")
_TO_LEVEL = re.compile("(?:达到|达|升至|增至|降至|减至|占比?达?)(?:约|近|超过|超)?$")
_GOVERNED = re.compile("有期徒刑|徒刑|拘役|拘留|罚款|管制|禁赛|处以?|刑期|注册资本|最低")
_AGE = re.compile("(?:周岁|岁)")
_CODE_AFTER = re.compile(
    "(?:市民|政务|政府|便民|公共|法律|消防|急救|报警|社会|全国|统一|妇女|青少年|心理|纪检|司法|投诉|举报|监督|接诉即办|企业|服务|维权|援助|"
    "咨询|医疗|监察)*(?:热线|平台|客服|专线)|号线|号楼|号院|号公路|次列车|次航班|航班|国道|省道|线地铁|号台风|号卫星|号机组|路公交|路电车"
)
_CODE_BEFORE = re.compile(
    '(?:国道|省道|县道|高速|热线|电话|拨打|航班|车次|房间|门牌|尾号|编号|代码|邮编)[：:“"\\s]?$'
)
_FIVE_YEAR = re.compile(
    '(?:[“"「](十[一二三四五六七八九]?五|[一二三四五六七八九]五)[”"」]|'
    "(十[一二三四五六]五|[一二三四五六七八九]五)(?=规划|时期|计划|普法|期间|末|以来|开局|收官|发展))"
)
_EVENT = re.compile(r"(\d{1,2})\s?[·•．・‧]\s?(\d{1,2})(?![\d年月])")
_YEAR = r"(?:(?<!\d)[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"({_YEAR})\s?年(?!来|期间?的?贷|制|级)度?(?:\s?(\d{{1,2}}|{_SMALL}{{1,2}})\s?月(?!份?牌)(?:\s?(\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})\s?[日号])?)?"
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
_LUNAR = re.compile(
    "(?:(农历|阴历|夏历)\\s?)?(?:(正|腊|冬|[一二三四五六七八九十]{1,2})月)?(初[一二三四五六七八九十]|廿[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?|三十)?"
)
_DECADE = re.compile(rf"(?:(\d{{2}}|{H}{{1,3}})\s?世纪\s?)?(?:([1-9]0)|([一二三四五六七八九]十))年代")
_DECADE_YEAR = re.compile(r"((?:1[89]|20)\d0)年代")
_CENTURY = re.compile(rf"(\d{{1,2}}|{H}{{1,3}})世纪(中叶|初|末|上半叶|下半叶)?")
_QUARTER = re.compile(r"(?:第)?([一二三四1-4])季度|([一二三四1-4])季度")
_TIME = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?:[:：](\d{2})(?![\d:])|\s?(?:时|点钟?)(?!间|候|代|赞|击|位|滴|亮|多钟|空|刻|段|常|不时|速|尚|评)(?:(半)|整|(\d{1,2}|[一二三四五六七八九十]{1,3})分?)?)"
)
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?(?:比|[:：])\s?(\d+(?:\.\d+)?)(?![\d:：%])")
_ITEM = re.compile(rf"({_SMALL}{{1,3}})(?:是|要|则是|来)(?![一])")
_ITEM_BRACKET = re.compile(rf"[（(]({_SMALL}{{1,3}}|\d{{1,2}})[)）]")
_ITEM_HEAD = re.compile(rf"({_SMALL}{{1,3}})、|(\d{{1,2}})[.、．](?!\d)")
_ITEM_ORDINAL = re.compile(rf"第({_SMALL}{{1,3}})[，,、：:]")
_CLAUSE_START = re.compile(r"(?:^|[。；;：:，,！？!?、\n“”\"—（(])\s*$")
_SESSION = re.compile("中全会|次(?:会议|全体会议|全会|党代会|代表大会|主席团)")
_GRADE_AFTER = re.compile("级|类|等奖|等(?:功|舱|座|品)|线城市|星级|段|甲|本|批次")
_SHARE_WORD = re.compile(
    f"(?:百分之|千分之|万分之)\\s?({H}+(?:点[〇零一二三四五六七八九]+)?|\\d+(?:\\.\\d+)?)"
)
_SHARE_OF = {"百分之": 100, "千分之": 1000, "万分之": 10000}
_TENTH_NOT = re.compile(
    "成(?:为|立|员|果|功|本|长|绩|效|就|都|交|熟|品|因|型|份|名|事|章|像|套|片|批|形|分|军|才|人|年|家|语|对|双|心|群|组|队|样)"
)
_PARTY_CONGRESS = re.compile(
    "(十[一二三四五六七八九]|二十|二十一)大(?!型|力|量|小|规|家|事|学|幅|批|多|项|类|户|件|类|产|行|重|城|街)"
)
_MEASURE_NOT_TIME = {"year", "day", "month", "week"}
_SMALL_RANGE = re.compile("([一二两三四五六七八九])([二三四五六七八九])(?=[十百千万亿个天年月人次名家项]|$)")


@cache
def _idioms() -> dict[str, list[tuple[int, str, int]]]:
    """Set phrases with the place of a numeral in them, longest first, by the two signs that begin there.

    A numeral that ends a phrase is filed under the sign before it and itself, after a mark.
    """
    table: dict[str, list[tuple[int, str, int]]] = {}
    raw = files("aligncheck.facts").joinpath("data/set_phrases.txt").read_text("utf-8")
    words = {w for row in raw.splitlines() if not row.startswith("#") for w in row.split()}
    for word in words:
        for offset, sign in enumerate(word):
            if sign in HAN_CHARS or sign == "半":
                last = offset + 1 == len(word)
                key = "<" + word[offset - 1 : offset + 1] if last else word[offset : offset + 2]
                table.setdefault(key, []).append((-len(word), word, offset))
    for rows in table.values():
        rows.sort()
    return table


def extract(text: str) -> tuple[Fact, ...]:
    """The facts of a Chinese text in order of their place; see :class:`Fact`."""
    folded = text.translate(_FOLD) if not text.isascii() else text
    return _Parser(folded, text).run()


#: Patterns that are used in one place stand there; made once.
_rx = cache(re.compile)
_DATEISH = re.compile("[年月日号世季·•・‧后时点五]|\\d[-./:：至到—–~]\\s?\\d")
_BREAKS = frozenset("，。；,;:：！？\n")


class _Parser:
    def __init__(self, text: str, raw: str) -> None:
        self.text, self.raw = text, raw
        self.facts: list[Fact] = []
        self.end = 0  # what lies before it has been read

    def run(self) -> tuple[Fact, ...]:
        text = self.text
        starts = [(m.start(), 0) for m in _START.finditer(text)]
        words = [(m.start(), m) for m in _WORDS.finditer(text)]
        starts.extend(words)  # type: ignore[arg-type]
        if words:
            starts.sort(key=lambda s: (s[0], not s[1]))
        for at, word in starts:
            if at < self.end:
                continue
            if word:
                self._word(word)  # type: ignore[arg-type]
            else:
                self._numeral(at)
        return tuple(self.facts)

    def add(self, kind: Any, start: int, end: int, **fields: Any) -> None:
        fields.setdefault("words", Span(fields.pop("lead", start), max(end, fields.pop("tail", end))))
        self.facts.append(Fact(kind, Span(start, end), self.raw[start:end], **fields))
        self.end = max(self.end, end, fields["words"].end if fields["words"] else end)

    # words without a numeral --------------------------------------------------------------------

    def _word(self, found: re.Match[str]) -> None:
        start, end, word = found.start(), found.end(), found.group()
        if word in _RELATIVE_YEARS:
            self.add("relative", start, end, label=f"year:{_RELATIVE_YEARS[word]}", weight="weak")
        elif word in _RELATIVE_DAYS:
            self.add("relative", start, end, label=f"day:{_RELATIVE_DAYS[word]}", weight="weak")
        elif word in ("上半年", "下半年"):
            self.add("period", start, end, label=f"half:{1 if word[0] == '上' else 2}")
        elif word == "首季":
            self.add("period", start, end, label="quarter:1")
        elif word in ("翻番", "翻了番"):
            self.add("multiple", start, end, low=2, change="to", direction="up", weight="weak")
        elif word in ("减半", "折半"):
            self.add(
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
            if self.text.startswith("以上", end):
                relation, tail = Relation.MIN_LOOSE, end + 2
            left = _LEFT_END.search(self.text, max(0, start - 6), start)
            if left:
                relation = _left_relation(left)
            self.add(
                "share",
                start,
                end,
                low=Fraction(1, 2),
                step=Fraction(1, 20),
                relation=relation,
                weight="weak",
                tail=tail,
            )
        elif word[0] in "周星礼":
            if word[0] == "周" and self.text[end : end + 1] in ("岁", "年", "期"):
                return
            self.add("weekday", start, end, low=_WEEKDAYS[word[-1]], weight="strong")
        elif word in ("正月", "腊月", "冬月"):
            self._lunar(start)
        elif word == "除夕":
            self.add("lunar", start, end, parts=(None, 12, 30), weight="soft")
        elif word == "本世纪":
            if self.text[end : end + 1] in ("末", "初") and self.text[end : end + 1]:
                part = "end" if self.text[end] == "末" else "start"
                self.add("period", start, end + 1, label=f"{part}-century", weight="weak")
                return
            middle = "中叶" if self.text.startswith("中叶", end) else ""
            self.add("period", start, end + len(middle), label="mid-century" if middle else "century:this",
                     weight="weak" if middle else "soft")  # fmt: skip
        elif word[0] == "首":
            self.add("ordinal", start, start + 1, low=1, weight="weak")

    def _lunar(self, at: int) -> bool:
        found = _LUNAR.match(self.text, at)
        if not found or not (found.group(2) and (found.group(1) or found.group(3))):
            if found and found.group(2) in ("正", "腊", "冬"):
                self.add("lunar", at, found.end(), parts=(None, _LUNAR_MONTHS[found.group(2)], None))
                return True
            return False
        month = _LUNAR_MONTHS.get(found.group(2)) or parse_han(found.group(2))
        day = _lunar_day(found.group(3)) if found.group(3) else None
        self.add("lunar", at, found.end(), parts=(None, month, day))
        return True

    # numerals -----------------------------------------------------------------------------------

    def _numeral(self, at: int) -> None:
        text = self.text
        sign = text[at]
        if sign.isdigit():
            if note := _rx(r"\d{1,3}[\]〕］】]").match(text, at):
                if text[at - 1 : at] in "[〔［【" and at:
                    self.end = note.end()
                    return
            if house := _rx(r"\d{1,4}号").match(text, at):
                if text[at - 1 : at] in ("路", "街", "巷", "弄", "胡", "同", "道", "里", "大"):
                    self.add("code", at, house.end(), label=text[at : house.end() - 1], note="number")
                    return
            if self._code_around(at):
                return
        elif self._set_phrase(at):
            return
        if sign != "半" and (self._dated(at) or self._ordinal(at)):
            return
        if self._special(at):
            return
        self._quantity(at)

    def _set_phrase(self, at: int) -> bool:
        text = self.text
        table = _idioms()
        rows = table.get(text[at : at + 2], [])
        ending = table.get("<" + text[max(0, at - 1) : at + 1])
        if ending:
            rows = sorted(rows + ending)
        for _, word, offset in rows:
            begin = at - offset
            if begin >= 0 and text.startswith(word, begin):
                after = text[begin + len(word) : begin + len(word) + 1]
                if after and (
                    (word[-1] in HAN_CHARS and after in HAN_CHARS) or (word[-1] == "分" and after == "之")
                ):
                    continue  # 有一百, 十分之一
                if (
                    begin
                    and word[0] in HAN_CHARS
                    and text[begin - 1] in HAN_CHARS
                    and text[begin - 1] not in "一零"
                ):
                    continue  # 五十里
                before = text[begin - 1 : begin]
                if begin >= self.end - 1 and not (
                    before and before in "0123456789" and word[0] in HAN_MAGNITUDES
                ):
                    for run in re.finditer(f"{H}+", word):
                        value = parse_han(run.group())
                        if value is not None and begin + run.start() >= self.end:
                            self.add(
                                "quantity", begin + run.start(), begin + run.end(), low=value, weight="soft"
                            )
                    self.end = max(self.end, begin + len(word))
                    return True
        return False

    def _code_around(self, at: int) -> bool:
        """Names with letters and digits: PM2.5, 5G, COVID-19, G7."""
        text = self.text
        begin = at
        while begin > 0 and text[begin - 1].isascii() and (text[begin - 1].isalpha() or (
            text[begin - 1] in "-." and begin > 1 and text[begin - 2].isascii() and text[begin - 2].isalpha()
        )):  # fmt: skip
            begin -= 1
        found = _rx(r"[A-Za-z.]*-?\d+(?:\.\d+)?(?:[A-Za-z]+\d*|-\d+)?").match(text, begin)
        if not found or not any(c.isalpha() for c in found.group()):
            return False
        label = found.group().strip(".-")
        if begin < at and _rx(r"\d+(?:周年|周岁|年|个|名|家|项|人|万|亿|%)").match(text, at):
            return False
        if begin == at:
            number = _ARABIC.match(text, at)
            assert number is not None
            tail = text[number.end() : found.end()]
            if tail in CHINESE or (tail.lower() in CHINESE and not (len(tail) == 1 and tail.isupper())):
                return False
        grade = _rx("级(?:(及?以上)|(及?以下))?").match(text, found.end())
        if grade:
            relation = Relation.MIN if grade.group(1) else Relation.MAX if grade.group(2) else Relation.EXACT
            self.add("code", found.start(), found.end(), label=label, relation=relation, note="grade",
                     said=grade.group(1) or grade.group(2) or "", tail=grade.end())  # fmt: skip
            return True
        if label.lower().startswith(("co2", "h2o", "pm2.5", "pm10", "covid-19")):
            self.add("code", found.start(), found.end(), label=label, weight="weak")
        else:
            self.add("code", found.start(), found.end(), label=label)
        return True

    def _dated(self, at: int) -> bool:
        text = self.text
        if not _DATEISH.search(text, at, at + 14):
            return False
        if (
            at > 1
            and text[at] in "0123456789"
            and text[at - 1] == "-"
            and "\u4e00" <= text[at - 2] <= "\u9fff"
        ):
            if found := _rx(r"\d+[A-Za-z]*(?![\d年月日%])").match(text, at):
                self.add("code", at, found.end(), label=found.group(), weight="weak")
                return True
        if found := _FIVE_YEAR.match(text, at - 1 if at and text[at - 1] in '“"「' else at):
            plan = parse_plan(found.group(1) or found.group(2))
            if plan:
                self.add("period", found.start(), found.end(), label=f"plan:{plan}")
                return True
        if found := _rx(r"(?:([12]\d)?(\d0))后").match(text, at):
            decade = found.group(1) or ""
            label = f"decade:{decade}{found.group(2)}" if decade else f"decade:x{found.group(2)}"
            self.add("period", at, found.end(), label=label, weight="weak")
            return True
        if found := _DECADE_YEAR.match(text, at):
            self.add("period", at, found.end(), label=f"decade:{found.group(1)}")
            return True
        if found := _YEARS.match(text, at):
            self.add("years", at, found.end(), low=_year(found.group(1)), high=_year(found.group(2)))
            return True
        if found := _YEARS_SHORT.match(text, at):
            low = _year(found.group(1))
            self.add("years", at, found.end(), low=low, high=low - low % 100 + int(found.group(2)))
            return True
        if found := _ISO.match(text, at):
            year, month, day = int(found.group(1)), int(found.group(3)), int(found.group(4))
            if 1 <= month <= 12 and 1 <= day <= 31:
                self.add("date", at, found.end(), parts=(year, month, day))
                return True
        if found := _DATE.match(text, at):
            in_year, in_month, on = _year(found.group(1)), _small(found.group(2)), _small(found.group(3))
            if in_month is None and in_year:
                lead = text[max(0, at - 1) : at]
                if lead in ("第",):
                    return False
            tail = found.end()
            month_end = _rx(r"\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?月(?!\s?\d)").match(text, tail)
            self.add("date", at, tail, parts=(in_year, in_month, on))
            if in_month and month_end and not on:
                self.add(
                    "date", month_end.start(1), month_end.end(), parts=(None, int(month_end.group(1)), None)
                )
            day_end = _rx(r"\s?(?:[-—–~]{1,2}|至|到)\s?(\d{1,2})\s?[日号]").match(text, tail)
            if on and day_end:
                self.add("date", day_end.start(1), day_end.end(), parts=(None, None, int(day_end.group(1))))
            return True
        if found := _LUNAR_FULL.match(text, max(0, at - 2)):
            return found.end() > at and self._lunar(found.start())
        if found := _EVENT.match(text, at):
            first, second = int(found.group(1)), int(found.group(2))
            if 12 < first <= 31 and 1 <= second <= 12:
                self.add(
                    "date", at, found.end(), parts=(2000 + first, second, None), weight="weak", note="event"
                )
                return True
            if 1 <= first <= 12 and 1 <= second <= 31:
                self.add("date", at, found.end(), parts=(None, first, second), weight="strong", note="event")
                return True
        if found := _DECADE.match(text, at):
            tens = int(found.group(2)) if found.group(2) else (parse_han(found.group(3)) or 0)
            if found.group(1):
                century = (
                    int(found.group(1)) if found.group(1).isdigit() else (parse_han(found.group(1)) or 0)
                )
                self.add("period", at, found.end(), label=f"decade:{(century - 1) * 100 + tens}")
            else:
                self.add("period", at, found.end(), label=f"decade:x{tens}")
            return True
        if found := _CENTURY.match(text, at):
            before = text[at - 1 : at]
            which = int(found.group(1)) if found.group(1).isdigit() else parse_han(found.group(1))
            if which and before not in ("半", "近") and (which > 9 or found.group(1).isdigit()):
                label = "mid-century" if found.group(2) == "中叶" else f"century:{which}"
                self.add("period", at, found.end(), label=label)
                return True
        if found := _QUARTER.match(text, at):
            if text[at - 1 : at] == "前":
                self.add("period", at, found.end(), label=f"quarters:{_small(found.group(1))}", weight="weak")
            else:
                self.add("period", at, found.end(), label=f"quarter:{_small(found.group(1))}")
            return True
        return self._month_or_day(at)

    def _month_or_day(self, at: int) -> bool:
        text = self.text
        if text[at - 1 : at] == "第":
            return False
        if found := _rx(r"([一二三四五六七八九])([二三四五六七八九])月份?").match(text, at):
            first, second = parse_han(found.group(1)) or 0, parse_han(found.group(2)) or 0
            if second == first + 1:
                self.add("date", at, found.start(2), parts=(None, first, None), weight="weak")
                self.add("date", found.start(2), found.end(), parts=(None, second, None), weight="weak")
                return True
        if found := _rx(r"(\d{1,2})\s?[时点]?\s?[-—–~至到]{1,2}\s?(\d{1,2})\s?[时点]").match(text, at):
            if int(found.group(1)) <= 24 and int(found.group(2)) <= 24:
                self.add("time", at, found.end(1), low=int(found.group(1)) * 60, weight="soft")
                self.add("time", found.start(2), found.end(), low=int(found.group(2)) * 60, weight="weak")
                return True
        if (found := _MONTHS.match(text, at)) and _month_ok(found.group(1)) and _month_ok(found.group(2)):
            self.add("date", at, found.end(1), parts=(None, int(found.group(1)), None), note="range")
            self.add(
                "date", found.start(2), found.end(), parts=(None, int(found.group(2)), None), note="range"
            )
            return True
        if found := _MONTH_DAY.match(text, at):
            month, day, last = _small(found.group(1)), _small(found.group(2)), _small(found.group(3))
            if month and day and 1 <= month <= 12 and 1 <= day <= 31:
                self.add("date", at, found.end(2) + 1, parts=(None, month, day))
                if last and 1 <= last <= 31:
                    self.add("date", found.start(3), found.end(), parts=(None, None, last))
                return True
        if found := _rx(r"(\d{1,2})月(\d{1,2})(?=[和、及与至—–~-])").match(text, at):
            if 1 <= int(found.group(1)) <= 12 and 1 <= int(found.group(2)) <= 31:
                self.add("date", at, found.end(), parts=(None, int(found.group(1)), int(found.group(2))))
                return True
        if text[at - 1 : at] not in ("个",) and (found := _MONTH.match(text, at)):
            month = _small(found.group(1))
            han = not found.group(1).isdigit()
            if month and 1 <= month <= 12 and not (han and text[at - 1 : at] in HAN_CHARS):
                lead = text[max(0, at - 2) : at]
                self.add("date", at, found.end(), parts=(None, month, None),
                         weight="weak" if han or lead.endswith("每") else "strong")  # fmt: skip
                return True
        if (found := _DAYS.match(text, at)) and int(found.group(1)) <= 31 and 1 <= int(found.group(2)) <= 31:
            self.add("date", at, found.end(1), parts=(None, None, int(found.group(1))))
            self.add("date", found.start(2), found.end(), parts=(None, None, int(found.group(2))))
            return True
        if _LEFT_END.search(text, max(0, at - 9), at) or re.search(
            "(?:最长|期限|为期|工期|时限|共|历时)(?:为|约)?$", text[max(0, at - 4) : at]
        ):
            return False
        if (found := _DAY.match(text, at)) and 1 <= int(found.group(1)) <= 31:
            self.add("date", at, found.end(), parts=(None, None, int(found.group(1))), weight="weak")
            return True
        return False

    def _ordinal(self, at: int) -> bool:
        text = self.text
        before = text[at - 1 : at]
        clause = bool(_CLAUSE_START.search(text, max(0, at - 3), at))
        if clause and (found := _ITEM.match(text, at)):
            value = parse_han(found.group(1))
            after = text[found.end() : found.end() + 1]
            if (
                value
                and value <= 30
                and (found.group().endswith("是") or after)
                and found.group().endswith("是")
            ):
                self.add("item", at, found.end(), low=value, label="是")
                return True
        if before in "（(" and before and (found := _ITEM_BRACKET.match(text, at - 1)):
            value = _small(found.group(1))
            if value and value <= 40:
                opening = not text[: at - 1].strip() or text[: at - 1].rstrip()[-1:] in "。；;：:，,\n！!"
                self.add(
                    "item", at - 1, found.end(), low=value, label="()", weight="strong" if opening else "weak"
                )
                return True
        if (found := _ITEM_HEAD.match(text, at)) and (
            not text[:at].strip() or text[:at].rstrip(" ")[-1:] == "\n"
        ):
            value = _small(found.group(1) or found.group(2))
            if value and value <= 60:
                self.add("item", at, found.end(), low=value, label="、")
                return True
        if before == "第":
            if _CLAUSE_START.search(text, max(0, at - 4), at - 1) and (
                found := _ITEM_ORDINAL.match(text, at - 1)
            ):
                self.add("item", at - 1, found.end() - 1, low=_small(found.group(1)) or 0, label="第")
                return True
            number = _rx(rf"\d+|{H}+").match(text, at)
            assert number is not None
            value = _small(number.group())
            if value is None:
                return False
            strong = value > 3 or _STRONG_ORDINAL.match(text, number.end())
            high = None
            end = number.end()
            span = _rx(rf"(?:[-—–~至到]+第?)(\d+|{H}+)").match(text, end)
            if span and (last := _small(span.group(1))):
                high, end = last, span.end()
            self.add("ordinal", at - 1, end, low=value, high=high, weight="strong" if strong else "weak")
            return True
        if found := _rx(rf"(\d{{1,3}}|{H}{{1,4}})届").match(text, at):
            tail = text[found.end() : found.end() + 12]
            value = _small(found.group(1))
            if value and (re.match(f"{_SMALL}中全会|全国|中央|市|省|[^，。]{{0,8}}{_SMALL}次会议|人大|政协|党", tail)
                          and (not before or before not in "连近前历举办了共每")) and value > 5:  # fmt: skip
                self.add("ordinal", at, found.end(), low=value)
                return True
        if found := _rx(rf"({_SMALL}{{1,3}})(?=中全会|次会议|次全会|次全体会议|届[一二三四五六七]中)").match(
            text, at
        ):
            before_text = text[max(0, at - 14) : at]
            if "届" in before_text or "大" in before_text[-2:] or self.text.startswith("中全会", found.end()):
                self.add("ordinal", at, found.end(), low=parse_han(found.group(1)) or 0)
                return True
        if found := _PARTY_CONGRESS.match(text, at):
            self.add("ordinal", at, found.end(), low=parse_han(found.group(1)) or 0)
            return True
        if (found := _rx(rf"(\d{{1,2}}|{_SMALL}{{1,2}})期(?!间|限|待|货|望|刊|权|盼|许|颐|末|以)").match(text, at)) and before not in (
            "同", "分", "共", "每", "这", "近", "办", "成", "出", "了", "前", "个", "为", "多", "一", "约", "满"
        ):  # fmt: skip
            value = _small(found.group(1))
            if (
                value
                and value <= 20
                and not re.match("(?:培训|讲座|研修|节目|活动|主题|学员|学习|集中)", text[found.end() :][:2])
            ):
                self.add("ordinal", at, found.end(), low=value, weight="weak", note="phase")
                return True
        if found := _rx(r"(\d+(?:\.\d+){0,2})(?=版|\s?version)").match(text, at):
            self.add("code", at, found.end() + 1, label=found.group(1), note="version")
            return True
        if (found := _rx(rf"(\d{{1,2}}|{_SMALL}{{1,2}})(级|类|等奖|等功|线城市|星级|环)").match(text, at)) and before not in (
            "各", "省", "两", "多", "第", "分", "共", "全", "这", "等", "上", "有", "下", "为", "设", "着"
        ):  # fmt: skip
            value = _small(found.group(1))
            if re.fullmatch("[一二三四五六七八九]{2}", found.group(1)):
                return False
            kind = found.group(2)
            stop = found.end()
            # Inside a ring road (五环以内) is a place, not a bound.
            right = _rx("(及以上|及其以上|以上|及以下|以下|以内)").match(text, stop) if kind != "环" else None
            relation, last = Relation.EXACT, stop
            if right:
                relation, last = (Relation.MIN if "上" in right.group() else Relation.MAX), right.end()
            following = text[last : last + 1]
            if (
                kind == "类"
                and relation is Relation.EXACT
                and (found.group(1).isdigit() or not following or following not in "地区水标功管")
            ):
                return False
            if kind == "级" and re.match(
                "联动|书记|网格|预算|河长|管理|审核|审批|医疗网|公共|政府|联网|贯通|法院|党委|人大|财政",
                text[last : last + 3],
            ):
                return False
            self.add("ordinal", at, stop, low=value or 0, relation=relation, weight="weak", note="grade", tail=last,
                     said=right.group() if right else "")  # fmt: skip
            return True
        return False

    def _special(self, at: int) -> bool:
        """Shares, ratios, times."""
        text = self.text
        if found := _rx(f"({_SMALL}{{1,2}})比({_SMALL}{{1,2}})(?!较|例|重|赛|分|率|如)").match(text, at):
            self.add(
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
            value = decimal(raw) if raw[0].isdigit() else _han_decimal(raw)
            if value is not None:
                base = _SHARE_OF[text[at : at + 3]]
                end, high = found.end(), None
                span = _rx(rf"(?:[-—–~至到]+)(?:百分之)?({H}+|\d+(?:\.\d+)?)").match(text, end)
                if span:
                    last = (
                        decimal(span.group(1)) if span.group(1)[0].isdigit() else _han_decimal(span.group(1))
                    )
                    if last is not None:
                        high, end = whole(Fraction(last) / base), span.end()
                self._close(
                    "share", at, end, low=whole(Fraction(value) / base), high=high, step=Fraction(1, base)
                )
                return True
        elif text[at] in "百千万" and (found := _SHARE_WORD.match(text, at)):
            raw = found.group(1)
            value = decimal(raw) if raw[0].isdigit() else _han_decimal(raw)
            if value is not None:
                base = _SHARE_OF[text[at : at + 3]]
                self._close(
                    "share", at, found.end(), low=whole(Fraction(value) / base), step=Fraction(1, base)
                )
                return True
        if text.startswith("一半", at):
            self._close("share", at, at + 2, low=Fraction(1, 2), step=Fraction(1, 20), weight="weak")
            return True
        if found := _rx(rf"(\d+|{H}+)\s?分之\s?(\d+|{H}+)").match(text, at):
            below, above = _small(found.group(1)), _small(found.group(2))
            if below and above is not None and below not in (0,):
                value = Fraction(above, below)
                weight: Weight = (
                    "soft" if found.group() in ("万分之一",) else "weak" if above < below else "soft"
                )
                self._close(
                    "share", at, found.end(), low=whole(value), step=Fraction(1, below * 100), weight=weight
                )
                return True
        if text[at].isdigit():
            if many := _rx(r"\d+(?:\.\d+)?(?:\s?[:：]\s?\d+(?:\.\d+)?){2,}").match(text, at):
                label = re.sub(r"\s", "", many.group().replace("：", ":"))
                if not re.fullmatch(r"\d{1,2}:\d{2}:\d{2}", label):
                    self.add("code", at, many.end(), label=label, note="ratio")
                    return True
            ratio = re.search("比例?|占比|配比", text[max(0, at - 6) : at]) is not None
            if not ratio and (found := _rx(r"(\d{1,2})[:：](\d{2})(?![\d:：%])").match(text, at)):
                hours, minutes = int(found.group(1)), int(found.group(2))
                if (
                    hours <= 24
                    and minutes < 60
                    and not re.match(
                        "战胜|击败|获胜|取胜|大胜|完胜|的比", text[found.end() : found.end() + 3]
                    )
                ):
                    self.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak")
                    return True
            if (found := _RATIO.match(text, at)) and not re.match(
                "[%％年月亿万]", text[found.end() : found.end() + 1]
            ):
                self.add(
                    "ratio",
                    at,
                    found.end(),
                    low=decimal(found.group(1)),
                    high=decimal(found.group(2)),
                    weight="weak",
                )
                return True
        if (found := _TIME.match(text, at)) and ":" not in found.group() and "：" not in found.group():
            hours = _small(found.group(1)) or 0
            minutes = 30 if found.group(3) else (_small(found.group(4)) or 0)
            colon = text[found.end(1)] == "点"
            tail = found.end()
            if re.match("多|左右|许", text[tail : tail + 2]):
                self.add("time", at, tail, low=hours * 60, weight="soft")
                return True
            exact = found.group(3) or found.group(4) or found.group().endswith(("钟", "整"))
            digit = text[at].isdigit()
            if 0 < hours <= 24 and minutes < 60 and (exact or digit):
                if (
                    colon
                    and not exact
                    and not re.match("[，。,、至到前后左开起出]|$", text[found.end() :][:1])
                ):
                    return False
                if (
                    found.group(4)
                    and not found.group().endswith("分")
                    and colon
                    and not found.group(4).isdigit()
                ):
                    return False  # 三点五
                evening = re.search("下午|晚上?|傍晚|夜间?$", text[max(0, at - 3) : at])
                if evening and hours < 12:
                    hours += 12
                self.add("time", at, found.end(), low=hours * 60 + minutes, weight="weak")
                return True
        return False

    # quantities ---------------------------------------------------------------------------------

    def _number(self, at: int) -> _Read | None:
        return self._arabic(at) if self.text[at].isdigit() else self._han(at)

    def _arabic(self, at: int) -> _Read | None:
        text = self.text
        found = _ARABIC.match(text, at)
        if not found:
            return None
        value: Number = decimal(found.group())
        digits = found.group().partition(".")[2].strip()
        step: Number = whole(Fraction(1, 10 ** len(digits)))
        end, more = found.end(), ""
        bare = True
        if not digits and text[end : end + 1] in "多余" and text[end : end + 1]:
            pass
        magnitude = _MAGNITUDE.match(text, end)
        if magnitude and not _PREFIXED_UNIT.match(text, magnitude.start(2) + len(magnitude.group(2)) - 1):
            factor = _factor(magnitude.group(2))
            if factor:
                value, step, bare = whole(value * factor), whole(step * factor), False
                more, end = magnitude.group(1), magnitude.end()
                value, step, end = self._compound(value, step, end, factor)
        elif magnitude and len(magnitude.group(2)) > 1:
            factor = _factor(magnitude.group(2)[:-1])
            if factor:
                value, step, bare = whole(value * factor), whole(step * factor), False
                more, end = magnitude.group(1), magnitude.end() - 1
        return _Read(value, None, step, end, more, True, bare)

    def _compound(self, value: Number, step: Number, end: int, factor: int) -> tuple[Number, Number, int]:
        """The rest of 3万5千, 1亿2000万."""
        while found := _rx(r"(\d+(?:\.\d+)?)([十百千万亿]*)(?![\d年月日:：])").match(self.text, end):
            unit = _factor(found.group(2)) if found.group(2) else 1
            if not unit or _PREFIXED_UNIT.match(self.text, found.end() - 1):
                break
            rest = decimal(found.group(1)) * unit
            if rest >= factor or (unit == 1 and len(found.group(1)) < 2):
                break
            value, step, factor, end = whole(value + rest), unit, unit, found.end()
        return value, step, end

    def _han(self, at: int) -> _Read | None:
        text = self.text
        if text[at] == "半":
            return None
        begin = at
        lead = text[at - 1] if at else ""
        found = _rx(f"({H}+)(?:点([〇零一二三四五六七八九]+))?").match(text, at)
        if not found:
            return None
        run, end = found.group(1), found.end()
        point = found.group(2)
        if not point and len(run) > 1 and run[-1] in "千百" and _PREFIXED_UNIT.match(text, end - 1):
            run, end = run[:-1], end - 1
        if point and text[end : end + 1] in ("个", "半") and len(point) == 1 and run in "一二三四五六七八九":
            pass
        if lead in ("几", "数") and run[0] in HAN_MAGNITUDES:
            unit = _factor(run)
            if unit:
                return _Read(
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
        if lead in ("上", "成", "过") and run[0] in HAN_MAGNITUDES:
            if text.startswith(("上万", "上千", "上百", "成千", "成百", "上亿"), at - 1):
                longer = _rx("上[百千万亿]+").match(text, end)
                unit = _factor(run) or 1
                if longer:
                    end = longer.end()
                return _Read(unit, unit * 100, unit, end, "", False, False, True, begin - 1)
        small = _SMALL_RANGE.match(run)
        if small and not point:
            low, high = parse_han(small.group(1)) or 0, parse_han(small.group(2)) or 0
            rest = run[2:]
            unit = _factor(rest) if rest else 1
            if low < high <= low + 2 and unit and high - low in (1, 2) and (rest or len(run) == 2):
                scale = unit
                scale_sign = _rx("([万亿]+)").match(text, end)
                if scale_sign:
                    end = scale_sign.end()
                return _Read(low * scale, high * scale, scale, end, "", False, False, True, begin)
        teens = re.fullmatch(f"({H}*十)([一二三四五六七八])([二三四五六七八九])", run)
        if teens and (parse_han(teens.group(3)) or 0) == (parse_han(teens.group(2)) or 0) + 1:
            base = parse_han(teens.group(1)) or 0
            return _Read(base + (parse_han(teens.group(2)) or 0), base + (parse_han(teens.group(3)) or 0), 1, end, "",
                         False, False, True, begin)  # fmt: skip
        value: Number | None = parse_han(run)
        if value is None:
            return None
        if len(run) > 1 and all(c in "一二两三四五六七八九" for c in run):
            return None  # digits in a row without 〇: no number said this way
        step: Number = 1
        if point:
            value = _han_decimal(f"{run}点{point}")
            assert value is not None
            step = Fraction(1, 10 ** len(point))
        more = ""
        if rest := _rx("([多余几来])?([十百千万亿]+)(?!分[点之])").match(text, end):
            unit = _factor(rest.group(2))
            if unit and (rest.group(1) or point):
                value, step, end = whole(value * unit), whole(step * unit), rest.end()
                more = rest.group(1) or ""
        if not point and run.rstrip("".join(HAN_MAGNITUDES)) != run:
            step = HAN_MAGNITUDES[run[-1]]
        if text[end : end + 1] == "几" and step == 10:
            return _Read(value + 1, value + 9, 1, end + 1, "", False, False, True, begin)
        return _Read(value, None, step, end, more, False, len(run) == 1 and not point, False, begin)

    def _quantity(self, at: int) -> None:
        text = self.text
        if text[at] == "半":
            self._half(at)
            return
        read = self._number(at)
        if read is None:
            self.end = max(self.end, at + 1)
            while self.end < len(text) and text[self.end] in HAN_CHARS and text[at] in HAN_CHARS:
                self.end += 1
            return
        start = read.start if read.start is not None else at
        if start and text[start - 1] in "-−负" and text[start - 2 : start - 1] not in ("0123456789"):
            pass
        high: Number | None = read.high
        first_percent = text.startswith(("%", "‰"), read.end)
        first_unit = ""
        probe = read.end + (1 if first_percent else 0)
        last = read
        if (
            not first_percent
            and (unit_found := _UNIT.match(text, probe))
            and _SEPARATOR.match(text, unit_found.end())
        ):
            first_unit = CHINESE.get(unit_found.group().strip(), "")
            second = _SEPARATOR.match(text, unit_found.end())
            if second and first_unit and second.end() < len(text) and text[second.end()] in _NUMERAL:
                follow = self._number(second.end())
                again = _UNIT.match(text, follow.end) if follow else None
                if (
                    follow
                    and again
                    and CHINESE.get(again.group().strip(), "") == first_unit
                    and follow.value > read.value
                ):
                    high, last = follow.value, follow
        if last is read and read.high is None and (second := _SEPARATOR.match(text, probe)):
            if second.end() < len(text) and text[second.end()] in _NUMERAL:
                follow = self._number(second.end())
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
                        unit = _trailing_magnitude(text, second.end(), follow.end)
                        value = whole(value * unit) if value < unit else value
                    if (
                        follow is not None
                        and value < follow.value
                        and (second.group().strip() not in ("到", "至") or True)
                    ):
                        read = replace_read(read, value=value)
                        high, last = follow.value, follow
        self._finish(start, read, last, high)

    def _finish(self, start: int, read: _Read, last: _Read, high: Number | None) -> None:
        text = self.text
        end = last.end
        said = last.more or read.more
        relation = (
            Relation.OVER if said in ("余", "多") else Relation.ABOUT if said == "来" else Relation.EXACT
        )
        if read.vague:
            relation = Relation.VAGUE
        step = last.step
        value = read.value
        if text.startswith("‰", end):
            self._close("share", start, end + 1, relation, said, low=whole(Fraction(value) / 1000),
                        high=whole(Fraction(high) / 1000) if high is not None else None, step=Fraction(step) / 1000)  # fmt: skip
            return
        if percent := _rx(r"\s?%").match(text, end):
            self._close("share", start, percent.end(), relation, said, low=whole(Fraction(value) / 100),
                        high=whole(Fraction(high) / 100) if high is not None else None, step=Fraction(step) / 100)  # fmt: skip
            return
        if points := _rx(r"(?:多|余)?个?(?:多)?百分点").match(text, end):
            if "多" in points.group() or "余" in points.group():
                relation = Relation.OVER
            self._close("points", start, points.end(), relation, said, low=value, high=high, step=step)
            return
        if basis := _rx("个?基点").match(text, end):
            self._close(
                "quantity", start, basis.end(), relation, said, low=value, high=high, step=step, unit=""
            )
            return
        if text.startswith("成", end) and value <= 10 and not _TENTH_NOT.match(text, end):
            tenth = _rx("成(?:(半)|([一二三四五六七八九]))?(多)?").match(text, end)
            assert tenth is not None
            share = Fraction(value) / 10
            top = Fraction(high) / 10 if high is not None else None
            if tenth.group(1):
                share += Fraction(1, 20)
            elif tenth.group(2):
                share += Fraction(parse_han(tenth.group(2)) or 0, 100)
            if tenth.group(3):
                relation = Relation.OVER
            self._close(
                "share", start, tenth.end(), relation, said, low=whole(share), high=top, step=Fraction(1, 100)
            )
            return
        if times := _rx("(多|余)?倍(?:(多)|(半))?").match(text, end):
            if times.group(1) or times.group(2):
                relation = Relation.OVER
            if times.group(3):
                value = whole(value + Fraction(1, 2))
            self._close("multiple", start, times.end(), relation, said, low=value, high=high, step=step)
            return
        if text.startswith("番", end) and (turn := re.search("翻了?$", text[max(0, start - 2) : start])):
            begin = start - len(turn.group())
            tail = end + 1
            times_up = 2 ** int(value) if value == int(value) and value < 20 else 0
            above = _rx("(以上|多)").match(text, tail)
            relation = Relation.MIN_LOOSE if above else Relation.EXACT
            self.add("multiple", begin, tail, low=times_up, change="to", direction="up", weight="weak", relation=relation,
                     said=above.group() if above else "", tail=above.end() if above else tail)  # fmt: skip
            return
        self._measured(start, end, value, high, relation, said, step, read)

    def _measured(self, start: int, end: int, value: Number, high: Number | None, relation: Relation,
                  said: str, step: Number, read: _Read) -> None:  # fmt: skip
        text = self.text
        before = text[max(0, start - 6) : start]
        if read.arabic and read.bare and high is None and (
            _CODE_AFTER.match(text, end) or _CODE_BEFORE.search(before)
        ):  # fmt: skip
            self.add("code", start, end, label=text[start:end], note="number")
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
        classifier = _CLASSIFIER.match(text, end)
        if found and not _NOT_UNIT.match(text, end):
            unit = CHINESE[found.group().strip().removesuffix("人民币") or "人民币"]
            end = found.end()
            tail = text[end : end + 1]
            if unit == "year" and tail in ("级", "代", "龄", "制", "份"):
                unit = "" if tail == "代" else unit
            if unit == "km" and re.search("(?:每小时|时速)[^，。；]{0,4}$", text[max(0, start - 8) : start]):
                unit = "kmh"
            if unit == "tce" or (unit == "t" and text.startswith(("标准煤", "标煤"), end)):
                unit = "tce"
            if text.startswith("半", end) and unit in ("year", "day", "month", "hour") and high is None:
                value, end, step = whole(value + Fraction(1, 2)), end + 1, Fraction(1, 2)
            if unit and (more := _rx("(多|余)").match(text, end)) and relation is Relation.EXACT and unit in (
                "year", "month", "day", "week", "hour", "km", "mu", "cny", "t", "m", "usd", "minute", "second"):  # fmt: skip
                if text[more.end() : more.end() + 1] not in ("样", "元", "数"):
                    relation, said, end = Relation.OVER, more.group(1), more.end()
            if unit in ("cny",) and (jiao := _rx(r"(\d)角").match(text, end)):
                value, end = whole(value + Fraction(int(jiao.group(1)), 10)), jiao.end()
        elif found and _NOT_UNIT.match(text, end):
            weight = "soft" if not read.arabic else weight
        elif classifier:
            end_word = classifier.end()
            if _rx("(?:个)半").match(text, end):
                half_unit = _UNIT.match(text, end + 2)
                value, step = whole(value + Fraction(1, 2)), Fraction(1, 2)
                end += 2
                rest = _UNIT.match(text, end) or _rx("月|小时|星期").match(text, end)
                if rest:
                    unit = {"月": "month"}.get(rest.group().strip(), CHINESE.get(rest.group().strip(), ""))
                    end = rest.end()
                _ = half_unit
            elif text.startswith("个多", end) and (rest := _rx("月|小时|星期").match(text, end + 2)):
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
            elif (
                big and weight == "weak" and value >= 20 and not read.vague and text[start] not in "百千万亿"
            ):
                weight = "strong"
            if text[start - 1 : start] in ("第",) or _ABBREVIATION.match(text, max(0, start)):
                weight = "soft"
            if _rx(f'[“"「『]{H}?').search(text[max(0, start - 1) : start]) and not unit:
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
        if read.arabic and text.startswith("个", end) and (inner := _ARABIC.match(text, end + 1)):
            product = _Read(decimal(inner.group()), None, 1, inner.end(), "", True, True)
            self.add("quantity", start, product.end, low=whole(value * product.value), note="product",
                     label=f"{value}*{product.value}")  # fmt: skip
            self.facts.append(
                Fact("quantity", Span(start, end), self.raw[start:end], low=value, weight="soft")
            )
            inside = Span(inner.start(), inner.end())
            self.facts.append(
                Fact(
                    "quantity", inside, self.raw[inside.start : inside.end], low=product.value, weight="soft"
                )
            )
            return
        self._close(
            "quantity", start, end, relation, said, low=value, high=high, unit=unit, step=step, weight=weight
        )

    def _half(self, at: int) -> None:
        text = self.text
        found = _rx("半(?:个)?(小时|月|年|天|世纪|公里|斤|亩|钟头|米)(?!报|刊|票|岛)").match(text, at)
        if found and text[at - 1 : at] not in ("上", "下", "前", "后", "大"):
            unit = {"小时": "hour", "月": "month", "年": "year", "天": "day", "世纪": "century", "公里": "km", "斤": "jin",
                    "亩": "mu", "钟头": "hour", "米": "m"}[found.group(1)]  # fmt: skip
            more = _rx("多|余").match(text, found.end())
            relation = Relation.OVER if more else Relation.EXACT
            self._close("quantity", at, found.end(), relation, more.group() if more else "", low=Fraction(1, 2), unit=unit,
                        weight="weak")  # fmt: skip
            return
        self.end = max(self.end, at + 1)

    def _close(self, kind: Any, start: int, end: int, relation: Relation = Relation.EXACT, said: str = "",
               **fields: Any) -> None:  # fmt: skip
        """Add a fact after reading what stands around it: how exact, growing by or to, governed by what."""
        text = self.text
        lead, tail = start, end
        clause = start
        while clause > 0 and start - clause < 60 and text[clause - 1] not in _BREAKS:
            clause -= 1
        prior = self.facts[-1] if self.facts else None
        if relation in (Relation.EXACT, Relation.OVER) and (
            left := _LEFT_END.search(text, max(clause, start - 9), start)
        ):
            group = left.lastgroup or ""
            if not (group == "over" and left.group().startswith("过") and not left.group().startswith("过了")
                    and text[left.start() - 1 : left.start()] in "通经不超越渡度路胜再"):  # fmt: skip
                relation, lead, said = _left_relation(left), left.start(), left.group().strip('“"「 ')
                if left.group().startswith("控制在"):
                    relation = Relation.EXACT
        if relation is Relation.EXACT and (left := _LEFT_FAR.search(text, max(clause, start - 12), start)):
            relation, lead, said = (
                (Relation.MAX if left.group("max") else Relation.MIN),
                left.start(),
                left.group("max") or left.group("min"),
            )
        right = _RIGHT.match(text, end) or _RIGHT_FAR.match(text, end)
        if (
            right is None
            and fields.get("unit") in _SPANS
            and text.startswith("内", end)
            and relation is Relation.EXACT
        ):
            relation, said, tail = Relation.MAX_LOOSE, "内", end + 1
            fields["note"] = "span"
        if right:
            word = next(g for g in right.groups() if g)
            unit_age = fields.get("unit") == "age"
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
        change = direction = ""
        if kind in ("quantity", "share", "points", "multiple"):
            window = text[max(clause, start - 16) : start]
            found = _CHANGE.search(window)
            if found:
                direction = "up" if found.group("up") else "down"
                mark = found.group("to")
                rate = bool(_RATES.search(window))
                if (mark and not rate and mark not in ("达", "达到", "为")) or (
                    mark == "为" and not rate and kind != "share"
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
            elif prior is not None and prior.change and prior.kind == kind and re.fullmatch(
                r"[、和与及,，]?\s*(?:和|与|及)?", text[prior.words.end if prior.words else prior.span.end : start]
            ):  # fmt: skip
                change, direction = prior.change, prior.direction
        if (
            relation is Relation.NEAR
            and said == "近"
            and fields.get("unit") in ("year", "month", "day", "week", "decade", "century")
        ):
            fields["note"] = "span"  # 近十年: the past ten years
        if (
            relation is Relation.EXACT
            and (hedge := _HEDGED.search(text, clause, start))
            and kind != "ordinal"
        ):
            fields.setdefault("note", "hedged")
            _ = hedge
        self.add(kind, start, end, relation=relation, said=said, change=change, direction=direction,
                 lead=lead, tail=tail, **fields)  # fmt: skip


class _Read:
    """A number as read: value, an upper end, the worth of its last digit, what said 'more'."""

    __slots__ = ("arabic", "bare", "end", "high", "more", "start", "step", "vague", "value")

    def __init__(self, value: Number, high: Number | None, step: Number, end: int, more: str, arabic: bool,
                 bare: bool, vague: bool = False, start: int | None = None) -> None:  # fmt: skip
        self.value, self.high, self.step, self.end, self.more = value, high, step, end, more
        self.arabic, self.bare, self.vague, self.start = arabic, bare, vague, start


def replace_read(read: _Read, value: Number) -> _Read:
    """The same reading with another value."""
    return _Read(
        value, read.high, read.step, read.end, read.more, read.arabic, read.bare, read.vague, read.start
    )


_LEFT_FAR = re.compile(
    "(?:(?P<max>至多|最多|不超过|不得超过)|(?P<min>至少|最少|不少于|不低于|不得少于|不得低于))[\u4e00-\u9fff]{0,4}$"
)
_SPANS = {"workday", "day", "week", "month", "year", "hour", "minute", "m", "km", "second"}
_NOUN = f"(?![的和及与、{HAN_CHARS}])[\u4e00-\u9fff]"
_RIGHT_FAR = re.compile(
    f"{_NOUN}(?:{_NOUN}){{0,3}}?(?<!规模)(?<!限额)(及以上|及以下|以上|以下|以内|之内|左右)"
)
_HEDGED = re.compile(
    "不超过|不得超过|不超|至少|不少于|不低于|不得少于|不得低于|超过|超|突破|逾|接近|近|约|大约|不足|不到|低于|少于|最多|至多|最低|高于|多于|以上|以内|以下|余|年满|须满|满"
)
_NUMERAL = frozenset("0123456789" + HAN_CHARS)
_RELATIVE_YEARS = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1, "前年": -2, "后年": 2}
_RELATIVE_DAYS = {"昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_LUNAR_FULL = re.compile(
    "(?:农历|阴历|夏历)(?:正|腊|冬|[一二三四五六七八九十]{1,2})月|[一二三四五六七八九十]{1,2}月初[一二三四五六七八九十]"
)
_STRONG_ORDINAL = re.compile("届|季度|次会议|个五年")
_ABBREVIATION = re.compile(
    f"[一二两三四五六七八九十百千万双](?!{H})[\u4e00-\u9fff](?<![个年月天日次人家项名届期])[一二两三四五六七八九十百千万双](?!{H})[\u4e00-\u9fff]"
)
_NOT_UNIT = re.compile(
    "年(?:级|代|龄|轻|货|会|产值)|日(?:报|本|常|程|益|记|均)|天(?:然|气|津|安门|坛|下|使|赋|文|地|空|桥)|米(?:面|粮|饭|兰|其|线)|"
    "周(?:边|围|刊|末|密|转|期|知|全|到|口|恩来)|升(?:级|学|值|温|旗|降|格|迁)|里(?:程|面|程碑)|两(?:会|区|翼|岸|山|院|端|侧|边|国|地|市|省|县)|"
    "秒(?:杀)|元(?:旦|素|首|宵|宇宙|件|老|帅|化|年|月)|斤斤|克(?:服|隆|拉|己)|分(?:钟前)|度(?:过|假|汛|量|日)|角(?:度|色|落|逐)|世纪(?:坛|金源|大道)|"
    "桶(?:装)|码(?:头)|担(?:当|心|负|任|保)|丈(?:夫|量)|瓦(?:斯|解|片|窑)|伏(?:天|击|牛)"
)
_RIGHT_RELATIONS = {
    "及以上": Relation.MIN, "及其以上": Relation.MIN, "以上": Relation.MIN_LOOSE, "之上": Relation.MIN_LOOSE,
    "及以下": Relation.MAX, "以下": Relation.MAX_LOOSE, "以内": Relation.MAX_LOOSE, "之内": Relation.MAX_LOOSE,
    "以里": Relation.MAX_LOOSE, "之下": Relation.MAX_LOOSE, "上限": Relation.MAX, "封顶": Relation.MAX, "为限": Relation.MAX,
    "开外": Relation.OVER, "有余": Relation.OVER, "出头": Relation.OVER, "起步": Relation.MIN, "左右": Relation.ABOUT,
    "上下": Relation.ABOUT, "前后": Relation.ABOUT,
}  # fmt: skip
_LEFT_RELATIONS = {"not_over": Relation.MAX, "min": Relation.MIN, "near": Relation.NEAR, "over": Relation.OVER,
                   "under": Relation.UNDER, "about": Relation.ABOUT}  # fmt: skip


def _left_relation(found: re.Match[str]) -> Relation:
    for name, relation in _LEFT_RELATIONS.items():
        if found.group(name):
            return relation
    return Relation.EXACT


def _factor(text: str) -> int | None:
    """The worth of magnitude signs alone: 百万 is 10**6."""
    value = 1
    for c in text:
        unit = HAN_MAGNITUDES.get(c)
        if unit is None:
            return None
        value *= unit
    return value


def _trailing_magnitude(text: str, start: int, end: int) -> int:
    found = re.search("[十百千万亿]+$", text[start:end])
    return (_factor(found.group()) or 1) if found else 1


def _small(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() and text.isascii() else parse_han(text)


def _year(text: str) -> int:
    return int(text) if text.isascii() else (parse_han(text) or 0)


def _month_ok(text: str) -> bool:
    return 1 <= int(text) <= 12


def _lunar_day(text: str) -> int | None:
    return parse_han(text.removeprefix("初"))


def _han_decimal(text: str) -> Number | None:
    head, _, tail = text.partition("点")
    value = parse_han(head)
    if value is None or not tail:
        return value
    digits = "".join(str(parse_han(c)) for c in tail)
    return whole(value + Fraction(int(digits), 10 ** len(digits)))


def parse_plan(text: str) -> int | None:
    """Which five-year plan a short name means: 十四五 is the 14th, 八五 the 8th."""
    return parse_han(text[:-1]) if text.endswith("五") else None
