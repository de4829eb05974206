"""Names of places and persons, compared by the gazetteer, by pinyin, and by the glossary's own forms."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.names.bodies import wrong_bodies
from aligncheck.checks.names.foreign import foreign_slips
from aligncheck.data import rows
from aligncheck.facts.pinyin import occurrences, plain_letters, readings, romanised, split
from aligncheck.facts.places import (
    SHORT,
    Named,
    Place,
    chinese_places,
    english_names,
    english_places,
    gazetteer,
    squeeze,
)
from aligncheck.model import Bitext, Hit, Message, Segment, Severity, SpanRef

_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段谈阮季柳卫鲍臧戚舒屈项祝梅麦游景连艾古易聂晁冷辛饶沙鞠关查荆粟佟翟甘柴邢屠邬解应房裘缪苗花成伍温池桂雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤殷习栗费岑乔焦柯车骆管穆岳庄倪樊蔺洪葛左盛祁耿牛"
)
_SURNAMES |= set("单查区仇解冼华乐盖朴缪谌郗褚阚卜宓员尉燕宁纪")


@cache
def _own_readings() -> dict[str, tuple[str, ...]]:
    """Surnames that are read otherwise than the sign usually is, and those of two signs."""
    return {sign: tuple(said.split("|")) for sign, said in rows("aligncheck.facts", "surnames.tsv")}


def _surname(name: str) -> str:
    """The surname of a Chinese name: two signs where these are a surname, else the first."""
    return name[:2] if len(name) > 2 and name[:2] in _own_readings() else name[0]


_TITLES = (
    "总书记|副市长|市长|副书记|书记|副主席|主席|副总理|总理|副部长|部长|副局长|局长|副主任|主任|副院长|院长|副省长|省长|副区长|区长|副县长|县长|"
    "代表|委员长|委员|教授|记者|副校长|校长|会长|秘书长|总经理|董事长|发言人|主编|研究员|院士|常委|组长|所长|司长|厅长|队长|总裁|先生|女士|同志|主持人|作者|编辑"
)
_PERSON_AFTER_TITLE = re.compile(
    rf"(?:{_TITLES})\s*([\u4e00-\u9fff]\s*[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff])?)"
)
_PERSON_BEFORE_TITLE = re.compile(rf"([\u4e00-\u9fff]{{2,4}})(?={_TITLES})")
_CAPITAL = re.compile(r"[A-ZÜ][a-zü]+(?:['’][a-z]+)?")
_APOSTROPHE = re.compile(r"\b([A-Z][a-z]+)['’]([a-z]{2,})\b")
#: English words and names that happen to be pinyin.
_HINTS = {"蒙": ("内蒙古", "蒙古国"), "朝": ("朝鲜",), "藏": ("西藏",), "江": ("长江", "珠江"), "河": ("黄河",), "运河": ("大运河",),
          "城": ("长城",), "北大": ("北京",), "湾区": ("大湾区", "广东", "香港", "澳门"), "首都": ("北京",), "国": ("中国",)}  # fmt: skip
_ENGLISH_WORDS = set(
    "the she he me we you are china chinese can man men long song sun sang dang gang hang lang rang wang pan ban fan dan nan tan ran van den ten "
    "pen hen ken wen women woman in an on no so to do go lo mo bo women gene dong hong kong tong de le ma ba pa da la fa sha cha ju gu hu lu nu "
    "mu may nine fine dine like line mine bike hike bin din fin pin sin tin win tune june dune lane cane mane sane bane die lie pie tie bang ping "
    "ding king ring sing wing zing sui tai bai dai hai lai mai nai pai age ago ai ao e an en er one chi she shi long she lose beige mange range "
    "change hence lance dance fence since niche huge ban gun run fun sun shun bun tuna china panda manage lounge linge an".split()
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a bead: texts with their block and offset."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "\n".join(s.text for s in self.segments)

    def ref(self, start: int, end: int) -> SpanRef:
        """The span of a stretch of :attr:`text`."""
        at = 0
        for segment in self.segments:
            if start < at + len(segment.text) + 1:
                return SpanRef(
                    segment.block,
                    segment.start + start - at,
                    segment.start + min(end - at, len(segment.text)),
                )
            at += len(segment.text) + 1
        raise ValueError("outside of the bead")


def run(bitext: Bitext, context: Context) -> Iterable[Hit]:
    """Every bead: places first, then apostrophes, then persons."""
    chinese, english = bitext.source.segments, bitext.target.segments
    beads = [
        (_Side(tuple(chinese[i] for i in b.source)), _Side(tuple(english[j] for j in b.target)))
        for b in bitext.beads
    ]
    for n, (zh, en) in enumerate(beads):
        if not zh.segments or not en.segments:
            continue
        near = (
            [] if bitext.paired else [beads[m] for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(beads)]
        )
        yield from _bead(zh, en, near, context)


def _bead(zh: _Side, en: _Side, near: list[tuple[_Side, _Side]], context: Context) -> Iterable[Hit]:
    zh_text, en_text = zh.text, en.text.replace("’", "'").replace("‘", "'")
    if not re.search("[A-Z]", en_text):
        return
    yield from _places(zh, en, zh_text, en_text, near, context)
    yield from _apostrophes(zh, en, zh_text, en_text)
    yield from _lacking_marks(zh, en, zh_text, en_text)
    yield from _local_places(zh, en, zh_text, en_text)
    yield from _persons(zh, en, zh_text, en_text)
    yield from _foreigners(zh, en, zh_text, en_text)
    yield from _bodies(zh, en, zh_text, en_text)


# places ---------------------------------------------------------------------------------------------


def _places(
    zh: _Side, en: _Side, zh_text: str, en_text: str, near: list[tuple[_Side, _Side]], context: Context
) -> Iterable[Hit]:
    named = chinese_places(zh_text)
    seen = english_places(en_text)
    if not named:
        return
    rendered = _glossary(zh_text, en_text, context)
    allowed = {n.place.chinese for n in named} | {SHORT[c] for c in zh_text if c in SHORT}
    allowed |= {name for sign, names in _HINTS.items() if sign in zh_text for name in names}
    allowed_forms = {f for name in allowed if (p := gazetteer().get(name)) for f in p.forms}
    strange = [
        row
        for row in seen
        if row[0] not in allowed_forms
        and not set(row[1]) & allowed
        and not _reads(row[0], zh_text, named)
        and row[0].lower() not in rendered.lower()
    ]
    lacking = [n for n in named if not _is_rendered(n, en_text, rendered)]
    used: set[int] = set()
    reported: set[str] = set()
    for miss in lacking:
        if miss.place.chinese in reported:
            continue
        options = [k for k in range(len(strange)) if k not in used]
        if options:
            where = miss.start / max(1, len(zh_text))
            best = min(options, key=lambda k: abs(strange[k][2] / max(1, len(en_text)) - where))
            form, others, start, end = strange[best]
            used.add(best)
            used.update(k for k in options if strange[k][0] == form)
            reported.add(miss.place.chinese)
            sure = 0.93
            if miss.place.chinese == "北京":
                sure = 0.7
            if near and any(_names(o, others) for o in near):
                sure = 0.6 if miss.place.chinese != "北京" else 0.4
            yield Hit(
                Message(
                    f"{miss.place.chinese} is {miss.place.form}; the English has {form}"
                    + (f" ({others[0]})." if others else "."),
                    f"“{miss.place.chinese}”应为 {miss.place.form}，英文却是 {form}"
                    + (f"（{others[0]}）。" if others else "。"),
                ),
                source=(zh.ref(miss.start, miss.end),),
                target=(en.ref(start, end),),
                confidence=sure,
                suggestion=miss.place.form,
            )
            continue
        spelt = _misspelt(miss.place, en_text)
        if spelt is not None:
            reported.add(miss.place.chinese)
            word, start, end, sure, why_en, why_zh = spelt
            yield Hit(
                Message(
                    f"{miss.place.chinese} is {miss.place.form}; “{word}” {why_en}.",
                    f"“{miss.place.chinese}”应为 {miss.place.form}，“{word}”{why_zh}。",
                ),
                source=(zh.ref(miss.start, miss.end),),
                target=(en.ref(start, end),),
                confidence=sure,
                severity=Severity.MINOR,
                suggestion=miss.place.form,
            )
    if not lacking:
        return


def _reads(form: str, zh_text: str, named: list[Named]) -> bool:
    """Whether characters of the Chinese read like the name, other than those of a place with another name."""
    other = [(n.start, n.end) for n in named if not n.place.plain or squeeze(n.place.form) != squeeze(form)]
    return any(
        not any(a < end and start < b for a, b in other) for start, end in occurrences(squeeze(form), zh_text)
    )


def _names(side: tuple[_Side, _Side], places: tuple[str, ...]) -> bool:
    return any(p in side[0].text for p in places)


def _glossary(zh_text: str, en_text: str, context: Context) -> str:
    """The glossary's English terms of this passage that the English really uses, as one string."""
    termbase = context.termbase
    if termbase is None or not hasattr(termbase, "find_chinese"):
        return ""
    folded = en_text.lower()
    used = []
    for match in termbase.find_chinese(zh_text):
        for concept in match.concepts:
            for term in concept.terms:
                if term.tongue == "en" and term.text.replace("’", "'").lower() in folded:
                    used.append(f"{match.text}\t{term.text}")
    return "\n".join(used)


def _is_rendered(miss: Named, en_text: str, rendered: str) -> bool:
    """Whether every mention can be accounted for; a second mention may be left to a pronoun."""
    place = miss.place
    forms = place.forms
    for form in forms:
        if form in ("US", "U.S.", "UK", "U.K."):
            if re.search(rf"(?<![A-Za-z]){re.escape(form)}(?![A-Za-z])", en_text):
                return True
        elif re.search(rf"(?i)(?<![a-z]){re.escape(form)}(?:ers?|ese|ians?|ns?|s)?(?![a-z])", en_text):
            return True
    return any(line.split("\t")[0].find(place.chinese) >= 0 for line in rendered.splitlines())


def _misspelt(place: Place, en_text: str) -> tuple[str, int, int, float, str, str] | None:
    """A word of the English that must be a slip for the place: (word, start, end, sure, why, why in Chinese)."""
    wanted = [f for f in place.forms if " " not in f or len(place.forms) == 1]
    plain = place.pinyin
    known = english_names()[0]
    for word in _CAPITAL.finditer(en_text):
        text = word.group()
        if text in known:
            continue
        bare = squeeze(text)
        if not place.plain and bare == squeeze(plain) and text.lower() not in _ENGLISH_WORDS:
            return text, word.start(), word.end(), 0.8, "is bare pinyin", "只是汉语拼音"
        for form in wanted:
            if "'" in form and bare == squeeze(form):
                return (
                    text,
                    word.start(),
                    word.end(),
                    0.75,
                    "lacks the apostrophe or has it in the wrong place",
                    "隔音符号有误",
                )
            if (
                len(form) >= 5
                and bare != squeeze(form)
                and _distance(bare, squeeze(form)) <= (1 if len(bare) < 7 else 2)
            ):
                if bare in _ENGLISH_WORDS or bare[0] != squeeze(form)[0]:
                    continue
                if not _pinyin_like(bare) and place.plain and _distance(bare, squeeze(form)) > 1:
                    continue
                return text, word.start(), word.end(), 0.65, "is misspelt", "拼写有误"
    if not place.plain and " " in place.form:
        found = re.search(rf"(?i)(?<![a-z]){re.escape(plain)}(?![a-z])", en_text)
        if found:
            return found.group(), found.start(), found.end(), 0.8, "is bare pinyin", "只是汉语拼音"
    return None


def _pinyin_like(word: str) -> bool:
    return split(word) is not None


def _distance(one: str, other: str) -> int:
    """Damerau-Levenshtein distance (adjacent letters changing places count once)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]


# places that no gazetteer holds ------------------------------------------------------------------------

_KINDS = {
    "区": "District", "县": "County", "镇": "Town|Township", "乡": "Township", "村": "Village", "街道": "Sub-?district|Subdistrict|Street",
    "市": "City|Municipality", "省": "Province", "路": "Road", "街": "Street", "大街": "Street|Avenue", "桥": "Bridge", "河": "River", "湖": "Lake",
    "山": "Mountain|Hill", "水库": "Reservoir", "站": "Station", "公园": "Park", "寺": "Temple", "胡同": "Hutong|Alley", "大学": "University",
    "医院": "Hospital", "机场": "Airport", "港": "Port", "岛": "Island",
}  # fmt: skip
_LOCAL_EN = re.compile(
    r"\b([A-Z][a-z]+(?:'[a-z]+)?)\s+("
    + "|".join(sorted({k for v in _KINDS.values() for k in v.split("|")}, key=len, reverse=True))
    + r")\b"
)


def _local_places(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    """Yunxi County as Yunqi County: a name of the same kind, spelt nearly like the Chinese one."""
    known = english_names()[1]
    for found in _LOCAL_EN.finditer(en_text):
        word, kind = found.groups()
        bare = _bare(word)
        counts = (n,) if (n := _syllable_count(word)) else (2, 3)
        if (
            bare in known
            or (counts == (1,) and len(bare) < 4)
            or bare in _ENGLISH_WORDS
            or occurrences(bare, zh_text)
        ):
            continue
        for suffix, kinds in _KINDS.items():
            if not re.fullmatch(kinds, kind):
                continue
            for hit, count in ((h, c) for h in re.finditer(suffix, zh_text) for c in counts):
                name = zh_text[max(0, hit.start() - count) : hit.start()]
                if len(name) != count or not re.fullmatch("[\u4e00-\u9fff]+", name) or name in gazetteer():
                    continue
                far = 1 if len(bare) < 5 or len(counts) > 1 else 2
                if not any(_distance(bare, usual) <= far for usual in _soundings(name)):
                    continue
                right = romanised(name)
                if _bare(right) in _bare(en_text) or _distance(bare, _bare(right)) > far:
                    continue
                yield Hit(
                    Message(
                        f"{name}{suffix} is {right} {kind}; “{found.group()}” is misspelt.",
                        f"“{name}{suffix}”应为 {right} {kind}，“{found.group()}”拼写有误。",
                    ),
                    source=(zh.ref(hit.start() - count, hit.end()),),
                    target=(en.ref(found.start(), found.end()),),
                    confidence=0.66,
                    severity=Severity.MINOR,
                    suggestion=f"{right} {kind}",
                )
                break
            else:
                continue
            break


# apostrophes ----------------------------------------------------------------------------------------


def _apostrophes(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    for found in _APOSTROPHE.finditer(en_text):
        head, tail = found.group(1).lower(), found.group(2).lower()
        if (
            tail[0] in "aeo"
            or tail in ("s", "re", "ll", "ve", "t", "d", "m")
            or not split(head)
            or not split(tail)
        ):
            continue
        places = occurrences(head + tail, zh_text)
        if not places:
            continue
        start, end = places[0]
        right = found.group(1) + found.group(2)
        name = zh_text[start:end]
        yield Hit(
            Message(
                f"Pinyin takes no apostrophe before a consonant: {name} is {right}, not {found.group()}.",
                f"汉语拼音在辅音前不用隔音符号：“{name}”应为 {right}，而非 {found.group()}。",
            ),
            source=(zh.ref(start, end),),
            target=(en.ref(found.start(), found.end()),),
            confidence=0.85,
            severity=Severity.MINOR,
            suggestion=right,
        )


#: Names whose form without the mark is settled by long use.
_SETTLED = frozenset({"tiananmen", "xianggang"})


_PLACE_WORD = re.compile(
    r"\s+(?:Village|Town|Township|County|District|Sub-?district|City|Road|Street|Lane|Bridge|River|Lake|Hill|Mountains?|Reservoir|"
    r"Station|Park|Temple|Hutong|Airport|Port|Island|Hospital|School|Community|Square|Gate|Avenue)\b"
)


def _lacking_marks(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    """Dongan Village for 东安村: a syllable that begins with a, o, e takes the mark (GB/T 16159, 4.1)."""
    for found in _CAPITAL.finditer(en_text):
        bare = found.group().lower()
        if len(bare) < 5 or not bare.isalpha() or bare in _SETTLED or bare in _ENGLISH_WORDS:
            continue
        if not _PLACE_WORD.match(en_text, found.end()):
            continue  # clubs and firms write their names as they please
        if split(bare) is None:
            continue
        places = occurrences(bare, zh_text)
        names = {zh_text[start:end] for start, end in places}
        if len(names) != 1:
            continue
        name = names.pop()
        if not any(reading[:1] in "aoe" for sign in name[1:] for reading in readings(sign)):
            continue
        right = romanised(name)
        if "'" not in right or squeeze(right) != bare or name in gazetteer():
            continue  # the gazetteer's names are told with their places
        start, end = places[0]
        yield Hit(
            Message(
                f"{name} is {right}: the mark parts its syllables; “{found.group()}” reads otherwise.",
                f"“{name}”应为 {right}，“{found.group()}”缺少隔音符号。",
            ),
            source=(zh.ref(start, end),),
            target=(en.ref(found.start(), found.end()),),
            confidence=0.72,
            severity=Severity.MINOR,
            suggestion=right,
        )


def _foreigners(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    pinyin = frozenset(
        w.group().lower() for w in _CAPITAL.finditer(en_text) if occurrences(_bare(w.group()), zh_text)
    )
    for slip in foreign_slips(zh_text, en_text, pinyin):
        name, other = zh_text[slice(*slip.zh)], en_text[slice(*slip.en)]
        yield Hit(
            Message(
                f"“{other}” does not sound like {name}: another person may be meant.",
                f"“{other}”与“{name}”读音不符，可能译成了另一个人。",
            ),
            source=(zh.ref(*slip.zh),),
            target=(en.ref(*slip.en),),
            confidence=0.62,
        )


def _bodies(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    for found in wrong_bodies(zh_text, en_text):
        name, other = zh_text[slice(*found.zh)], en_text[slice(*found.en)]
        yield Hit(
            Message(
                f"“{other}” is another body than {name}.",
                f"“{other}”与“{name}”不是同一机构。",
            ),
            source=(zh.ref(*found.zh),),
            target=(en.ref(*found.en),),
            confidence=0.72,
        )


# persons ----------------------------------------------------------------------------------------------


def _persons(zh: _Side, en: _Side, zh_text: str, en_text: str) -> Iterable[Hit]:
    places = [i for i, c in enumerate(zh_text) if c not in " \u3000"]
    if len(places) != len(zh_text):  # 殷 勇
        yield from _persons_in(zh, en, "".join(zh_text[i] for i in places), en_text, places)
        return
    yield from _persons_in(zh, en, zh_text, en_text, places)


def _persons_in(zh: _Side, en: _Side, zh_text: str, en_text: str, places: list[int]) -> Iterable[Hit]:
    words = list(_CAPITAL.finditer(en_text))
    pairs = []
    for one, other in itertools.pairwise(words):
        gap = en_text[one.end() : other.start()]
        if gap in (" ", "-") and _syllable_count(one.group()) and _syllable_count(other.group()):
            pairs.append((one, other))
    people = _people(zh_text)
    for one, other in pairs:
        a, b = _bare(one.group()), _bare(other.group())
        if occurrences(a + b, zh_text) and not _misread(people, a, b):
            continue
        if a in _ENGLISH_WORDS and b in _ENGLISH_WORDS:
            continue
        turned = [
            p for p in occurrences(b + a, zh_text) if zh_text[p[0]] in _SURNAMES and p[1] - p[0] in (2, 3)
        ]
        if turned and (_syllable_count(other.group()) or 9) == 1:
            start, end = turned[0]
            right = (
                f"{other.group()} {one.group()}".title()
                if "'" not in one.group()
                else f"{other.group()} {one.group()}"
            )
            in_title = any(p.start == start for p in people)
            yield _person(zh, en, zh_text[start:end], (places[start], places[end - 1] + 1), one.start(), other.end(), en_text, right,
                          0.85 if in_title else 0.7, "puts the family name last", "姓名顺序颠倒")  # fmt: skip
            continue
        for person in people:
            name = person.name
            if occurrences(_bare(en_text), name) and not _misread([person], a, b):
                continue
            best = _closest(name, a, b)
            if best is not None and not any(
                occurrences(_bare(w1.group()) + _bare(w2.group()), name)
                for w1, w2 in pairs
                if w1 is not one and w2 is not one
            ):
                yield _person(zh, en, name, (places[person.start], places[person.start + len(person.name) - 1] + 1), one.start(), other.end(), en_text, best,
                              0.68, "is another name", "与原名不符")  # fmt: skip
                break
    for one, other in pairs:
        a, b = _bare(one.group()), _bare(other.group())
        if (a in _ENGLISH_WORDS and b in _ENGLISH_WORDS) or occurrences(a + b, zh_text) or people:
            continue
        count = _syllable_count(other.group()) or 0
        if count > 2 or len(b) < 3:
            continue
        for at, sign in enumerate(zh_text):
            given = zh_text[at + 1 : at + 1 + count]
            if (
                sign not in _SURNAMES
                or a not in readings(sign)
                or len(given) != count
                or not re.fullmatch("[\u4e00-\u9fff]+", given)
                or occurrences(b, zh_text)
            ):
                continue
            due = _bare(romanised(given))
            if due[0] == b[0] and 0 < _distance(b, due) <= (1 if count == 1 else 2):
                yield _person(zh, en, sign + given, (places[at], places[at + count] + 1), one.start(), other.end(), en_text,
                              _written(sign + given), 0.62, "is misspelt", "拼写有误")  # fmt: skip
                break
    for word in words:
        bare = _bare(word.group())
        if bare in _ENGLISH_WORDS or (_syllable_count(word.group()) or 0) < 2:
            continue
        for person in people:
            hits = occurrences(bare, person.name)
            if hits and hits[0] == (0, len(person.name)):
                yield _person(zh, en, person.name, (places[person.start], places[person.start + len(person.name) - 1] + 1), word.start(), word.end(), en_text,
                              _written(person.name), 0.65, "runs family and given name together", "姓和名应分写")  # fmt: skip
    for one, other, third in zip(words, words[1:], words[2:], strict=False):
        if en_text[one.end() : other.start()] != " " or en_text[other.end() : third.start()] != " ":
            continue
        if [_syllable_count(w.group()) for w in (one, other, third)] != [1, 1, 1]:
            continue
        for person in people:
            joined = "".join(_bare(w.group()) for w in (one, other, third))
            if len(person.name) == 3 and occurrences(joined, person.name) == [(0, 3)]:
                yield _person(zh, en, person.name, (places[person.start], places[person.start + len(person.name) - 1] + 1), one.start(), third.end(), en_text,
                              _written(person.name), 0.62, "splits the given name", "名字应连写")  # fmt: skip


def _misread(people: list[_Person], a: str, b: str) -> bool:
    """Whether a pair is a person of the text whose surname has another reading as a name: Dan for 单."""
    for person in people:
        surname = _surname(person.name)
        own, given = _own_readings().get(surname), person.name[len(surname) :]
        if own and a not in own and a in _soundings(surname) and (0, len(given)) in occurrences(b, given):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    raw: str
    start: int


@cache
def _compound_names() -> re.Pattern[str]:
    """Names with a surname of two signs, beside a title: 总经理欧阳文山, 尉迟恭将军."""
    surnames = "|".join(s for s in _own_readings() if len(s) == 2)
    sign = "[\u4e00-\u9fff]"
    return re.compile(rf"((?:{surnames}){sign}{{1,2}})(?={_TITLES}|将军|[，。、\s]|$)")


def _people(text: str) -> list[_Person]:
    """Persons that a title before or after gives away."""
    found: dict[int, _Person] = {}
    for hit in _compound_names().finditer(text):
        found[hit.start(1)] = _Person(hit.group(1), hit.group(1), hit.start(1))
    for hit in _PERSON_AFTER_TITLE.finditer(text):
        raw = hit.group(1)
        name = re.sub(r"\s", "", raw)
        if name[0] in _SURNAMES and hit.start(1) not in found:
            after = text[hit.end() : hit.end() + 1]
            if len(name) == 3 and (
                name[2] in "在说表指强出主和与及率对参、，介告会同要亲到带为就作是任" or False
            ):
                raw, name = raw[: raw.rindex(name[2])].rstrip(), name[:2]
            _ = after
            found[hit.start(1)] = _Person(name, raw, hit.start(1))
    for hit in _PERSON_BEFORE_TITLE.finditer(text):
        name = hit.group(1)
        start = hit.start(1)
        if len(name) == 4 and name[:2] not in _own_readings():
            name, start = name[1:], start + 1
        if name[0] not in _SURNAMES and len(name) == 3 and name[1] in _SURNAMES:
            name, start = name[1:], start + 1
        if name[0] in _SURNAMES and not any(p.start <= start < p.start + len(p.raw) for p in found.values()):
            found[start] = _Person(name, name, start)
    return list(found.values())


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", plain_letters(word))


@cache
def _soundings(name: str) -> tuple[str, ...]:
    """All ways to read a short name aloud."""
    choices = itertools.product(*(sorted(readings(sign)) for sign in name))
    return tuple("".join(c) for c in itertools.islice(choices, 200))


def _syllable_count(word: str) -> int | None:
    parts = split(_bare(word))
    return len(parts) if parts else None


def _written(name: str) -> str:
    """Family name and given name; a given name is no phrase, so each sign has its usual reading."""
    surname = _surname(name)
    own = _own_readings().get(surname)
    first = own[0].capitalize() if own else romanised(surname)
    return f"{first} {''.join(romanised(sign).lower() for sign in name[len(surname) :]).capitalize()}"


def _closest(name: str, a: str, b: str) -> str | None:
    """The right form of a person when the English pair is plainly meant for the same person."""
    surname = _surname(name)
    own = _own_readings().get(surname)
    said = frozenset(own) if own else readings(surname)
    usual = readings(surname) if len(surname) == 1 else frozenset(_soundings(surname))
    given = name[len(surname) :]
    right_given = (0, len(given)) in occurrences(b, given)
    right = _written(name)
    due = _bare(right.split(" ", 1)[1])
    if a in said:
        if not right_given and (_distance(b, due) <= 2 or len(split(b) or ()) == len(given)):
            return right
        return None
    if right_given and (a in usual or _distance(a, _bare(right.split(" ", 1)[0])) <= 1 or len(due) > 3):
        return right
    return None


def _person(
    zh: _Side,
    en: _Side,
    name: str,
    place: tuple[int, int],
    start: int,
    end: int,
    en_text: str,
    right: str,
    sure: float,
    why_en: str,
    why_zh: str,
) -> Hit:
    return Hit(
        Message(
            f"{name} is {right}; “{en_text[start:end]}” {why_en}.",
            f"“{name}”应为 {right}，“{en_text[start:end]}”{why_zh}。",
        ),
        source=(zh.ref(*place),),
        target=(en.ref(start, end),),
        confidence=sure,
        suggestion=right,
    )


CHECKS = (carded(__name__, "names", run=run),)
