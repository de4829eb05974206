"""Known places: their Chinese names and the English forms that are right for them."""

# ruff: noqa: E501 - tables, patterns and messages read better unbroken
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from aligncheck.data import rows
from aligncheck.facts.pinyin import plain_letters
from aligncheck.facts.trie import alternation


@dataclass(frozen=True, slots=True)
class Place:
    """A place: Chinese name, English forms (the first is the one to suggest), whether pinyin is right."""

    chinese: str
    forms: tuple[str, ...]
    pinyin: str  # with capital and apostrophes
    plain: bool  # the English form is plain pinyin

    @property
    def form(self) -> str:
        """The English form to suggest."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in a text."""

    place: Place
    start: int
    end: int


@cache
def gazetteer() -> dict[str, Place]:
    """All known places by Chinese name."""
    table = {}
    for name, forms, pinyin in rows("aligncheck.facts", "places.tsv"):
        given = tuple(forms.split("|")) if forms else (pinyin,)
        table[name] = Place(name, given, pinyin, squeeze(given[0]) == squeeze(pinyin))
    return table


@cache
def english_names() -> tuple[frozenset[str], frozenset[str]]:
    """All English forms, as written and squeezed."""
    forms = frozenset(f for p in gazetteer().values() for f in p.forms)
    return forms, frozenset(squeeze(f) for f in forms)


@lru_cache(maxsize=1 << 14)
def squeeze(text: str) -> str:
    """A name without marks, spaces, apostrophes and case."""
    return re.sub(r"[^a-z]", "", plain_letters(text))


#: One sign stands for a place in names like 京沪高铁; it allows the English name, never demands it.
SHORT = {
    "京": "北京", "津": "天津", "冀": "河北", "沪": "上海", "渝": "重庆", "晋": "山西", "辽": "辽宁", "吉": "吉林", "黑": "黑龙江",
    "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南",
    "粤": "广东", "琼": "海南", "川": "四川", "蜀": "四川", "黔": "贵州", "滇": "云南", "云": "云南", "陕": "陕西", "甘": "甘肃",
    "青": "青海", "台": "台湾", "蒙": "内蒙古", "桂": "广西", "藏": "西藏", "宁": "宁夏", "新": "新疆", "港": "香港", "澳": "澳门",
    "美": "美国", "英": "英国", "法": "法国", "德": "德国", "俄": "俄罗斯", "日": "日本", "韩": "韩国", "印": "印度", "深": "深圳",
    "广": "广州", "汉": "武汉", "杭": "杭州", "宁波": "宁波", "华": "北京", "雄": "雄安", "张": "张家口", "海": "海淀", "石": "石家庄",
}  # fmt: skip

#: Chinese words in which a place name is none.
_NOT_PLACES = re.compile(
    "江淮|两淮|大兴土木|大清河|海口腔|金华火|上海拔|新疆域|中国标|南京信|河南北|开封菜|北京时间|印度洋|日本海|大同小异|天下大同|世界大同|人心大同|大庆典|台湾海峡|德国际|[呼沪京津]南通道|南通道|北京大学|清华"
)
#: Short names of districts that also are other words: places only before these.
_WITH_SUFFIX = re.compile("(?:东城|西城|朝阳|大兴)(?=区|、|和|等|，|及|$)")


@cache
def _chinese_pattern() -> re.Pattern[str]:
    return re.compile(alternation(gazetteer()))


def chinese_places(text: str) -> list[Named]:
    """The known places that a Chinese text names."""
    table = gazetteer()
    barred = [(m.start(), m.end()) for m in _NOT_PLACES.finditer(text)]
    found = []
    for hit in _chinese_pattern().finditer(text):
        if not any(a <= hit.start() < b for a, b in barred):
            found.append(Named(table[hit.group()], hit.start(), hit.end()))
    if "区" in text:
        for hit in _WITH_SUFFIX.finditer(text):
            place = table.get(hit.group() + "区")
            if place and not any(n.start <= hit.start() < n.end for n in found):
                found.append(Named(place, hit.start(), hit.end()))
    return sorted(found, key=lambda n: n.start)


@cache
def _english_table() -> dict[str, tuple[str, ...]]:
    """English form -> Chinese names that it can stand for."""
    table: dict[str, list[str]] = {}
    for place in gazetteer().values():
        for form in place.forms:
            table.setdefault(form.replace("’", "'"), []).append(place.chinese)
    return {form: tuple(names) for form, names in table.items()}


#: Forms that are no proof of the place: common words, or names of much else.
WEAK_FORMS = {
    "Capital",
    "Olympic",
    "US",
    "Huai",
    "Qing River",
    "Capital Airport",
    "Washington",
    "English",
    "Jinhua",
    "Dali",
    "Ili",
    "Chad",
    "Georgia",
    "Ali",
    "Salvador",
}


@cache
def _english_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z])"
        + alternation(f for f in _english_table() if f not in WEAK_FORMS)
        + r"(?![A-Za-z]|['’][a-rt-z])"
    )


def english_places(text: str) -> list[tuple[str, tuple[str, ...], int, int]]:
    """(form, Chinese names, start, end) of the known places that an English text names."""
    folded = text.replace("’", "'").replace("‘", "'")
    table = _english_table()
    return [(m.group(), table[m.group()], m.start(), m.end()) for m in _english_pattern().finditer(folded)]
