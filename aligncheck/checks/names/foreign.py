"""Foreign names in Chinese characters, compared by sound with the Latin name.

A transliteration keeps the consonants: 克林顿 is k-l-n-t-n, as Clinton.  Both are turned into classes of
consonants; what has too few of them in common, in the same order, is another name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from aligncheck.data import rows
from aligncheck.facts.pinyin import usual_reading

#: Characters that transliterations are written with (after the tables of the Xinhua News Agency).
_SIGNS = (
    "阿埃艾爱安奥巴白班邦包保鲍贝本比彼宾波伯博布查达戴丹道德邓迪蒂丁杜敦多尔恩法范菲费芬佛弗夫福盖甘冈戈格古哈海汉豪赫亨华怀霍基吉加贾杰金京卡凯坎康考科克肯库夸"
    "拉莱赖兰朗劳勒雷里利莉莲廉林琳卢鲁伦罗洛马迈麦曼梅门蒙米密明摩莫默姆木穆纳娜南内尼宁努诺欧帕潘庞佩彭皮蒲普奇契强乔琼萨撒塞森沙莎山尚舍申圣施史斯丝松苏索塔泰坦"
    "龙突佛汤陶特滕提廷图托瓦万旺威韦维文翁沃乌西希锡夏肖谢辛休许逊雅亚延扬耶叶伊因英尤约泽扎詹珍芝朱兹佐顿翰恺切什娅薇珊露茜丽妮玛罕哲柯莫岛贝裴绮玫"
)
#: Signs that a Chinese name hardly has.
_TELLING = frozenset("斯尔克特姆德夫顿森逊弗勒兹布普默奥萨耶")
_NAME = f"[{_SIGNS}]"
_TITLES = (
    "总统|首相|总理|主席|先生|女士|夫人|教授|博士|部长|大使|议员|王子|国王|会长|爵士|州长|市长|将军|法官|经理|总裁|首席执行官|董事长|发言人|教练|队长|前锋|后卫|中场|门将|选手|球员|"
    "医生|医师|律师|检察官|作家|诗人|画家|作曲家|钢琴家|导演|演员|歌手|科学家|物理学家|化学家|数学家|哲学家|经济学家|历史学家|探险家|皇帝|上将|元帅|工程师|设计师|建筑师|记者|研究员|秘书长"
)
_BEFORE_TITLE = re.compile(rf"((?:{_NAME}{{1,7}}·)*{_NAME}{{2,7}})(?={_TITLES})")
_AFTER_TITLE = re.compile(rf"(?:{_TITLES})((?:{_NAME}{{1,7}}·)*{_NAME}{{2,7}})")
_DOTTED = re.compile(rf"(?:[{_SIGNS}得]{{1,7}}·)+{_NAME}{{2,7}}")
_CAPITAL = re.compile(r"\b[A-Z][a-zà-ÿ]+(?:[A-Z][a-z]+)?\b")
_EN_TITLE = re.compile(
    r"\b(?:(?:President(?:-elect)?|Prime\s+Minister|Premier|Chairman|Chairwoman|Chancellor|Mr|Mrs|Ms|Dr|Professor|Prof|Minister|Ambassador|"
    r"Senator|Prince|Princess|King|Queen|Sir|Lady|Governor|Mayor|General|Admiral|Marshal|Emperor|Judge|Secretary|Captain|Coach|Academician)\.?|"
    r"(?i:manager|director|executive|officer|chairman|spokes(?:person|man|woman)|coach|captain|forward|striker|defender|midfielder|goalkeeper|player|"
    r"athlete|swimmer|surgeon|doctor|physician|lawyer|prosecutor|judge|writer|author|novelist|poet|painter|composer|pianist|actor|actress|singer|"
    r"scientist|physicist|chemist|mathematician|philosopher|economist|historian|explorer|engineer|architect|designer|reporter|researcher))"
    r"\s+(?:[A-Z][a-zà-ÿ]+\s+)?([A-Z][a-zà-ÿ]+)\b"
)
#: Another name behind a given name.
_NAME_AFTER = re.compile(r" [A-Z][a-z]")
#: How much a name must sound like its transliteration.
LEAST = 0.72


class ForeignSlip(NamedTuple):
    """A transliterated name and the Latin one that sounds otherwise; places in the two texts."""

    zh: tuple[int, int]
    en: tuple[int, int]


def foreign_slips(zh_text: str, en_text: str, is_pinyin: frozenset[str]) -> list[ForeignSlip]:
    """Foreign persons, one on either side, whose family names do not sound alike.  ``is_pinyin``: words that are."""
    names = _foreign_names(zh_text)
    latin = [m for m in _EN_TITLE.finditer(en_text) if m.group(1).lower() not in is_pinyin]
    places = [m.span(1) for m in latin]
    if not places and any("·" in zh_text[a:b] for a, b in names):
        places = [m.span() for m in list(_CAPITAL.finditer(en_text))[-1:]]
    if len(names) != 1 or len(places) != 1:
        return []
    start, end = names[0]
    given, _, family = zh_text[start:end].rpartition("·")
    words = [
        w.group()
        for w in _CAPITAL.finditer(en_text)
        if not (given and _NAME_AFTER.match(en_text, w.end()) and likeness(given, w.group()) >= LEAST)
    ]
    if max((likeness(family, word) for word in words), default=1.0) >= LEAST:
        return []
    return [ForeignSlip((start, end), places[0])]


@cache
def surnames() -> frozenset[str]:
    """The surnames of one sign that tell a Chinese person."""
    return frozenset(dict(rows("aligncheck.checks", "persons.tsv"))["surnames"])


def _foreign_names(text: str) -> list[tuple[int, int]]:
    found: dict[int, int] = {}
    for pattern, group in ((_DOTTED, 0), (_BEFORE_TITLE, 1), (_AFTER_TITLE, 1)):
        for hit in pattern.finditer(text):
            name = hit.group(group)
            start, end = hit.span(group)
            if _goes_on(text, start, end, bounded=group == 1 and pattern is _BEFORE_TITLE):
                continue
            if (
                "·" not in name
                and not any(c in _TELLING for c in name)
                and name[0] in surnames()
                and len(name) < 4
            ):
                continue
            if not any(a <= start < b for a, b in found.items()):
                found[start] = end
    return sorted(found.items())


_BEFORE_NAME = frozenset("和与对向由的被给称是同及、，。：；“（ ")
_BEHIND_NAME = frozenset(
    "和与在说表的等将对会是为发当出访来介认强指率同及向获受执任被打进赢夺攻破首先带，。、：；”（） "
)


def _goes_on(text: str, start: int, end: int, bounded: bool) -> bool:
    """Whether what looks like a name is but a piece of a longer word: 尼斯 of 突尼斯."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    lead = re.search(f"(?:{_TITLES})$", text[max(0, start - 6) : start])
    if "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_NAME and not lead:
        return True
    titled = bounded or re.match(_TITLES, text[end : end + 3])
    return "\u4e00" <= behind <= "\u9fff" and behind not in _BEHIND_NAME and not titled


_INITIALS = (
    ("zh", "S"), ("ch", "S"), ("sh", "S"), ("b", "P"), ("p", "P"), ("m", "M"), ("f", "W"), ("d", "T"), ("t", "T"), ("n", "N"),
    ("l", "L"), ("g", "K"), ("k", "K"), ("h", "H"), ("j", "8"), ("q", "8"), ("x", "S"), ("r", "L"), ("z", "S"), ("c", "S"),
    ("s", "S"), ("y", "J"), ("w", "W"),
)  # fmt: skip
_LATIN = (
    ("tch", "S"), ("sch", "S"), ("kh", "H"), ("th", "8"), ("ph", "W"), ("sh", "S"), ("ch", "8"), ("ck", "K"), ("x", "KS"), ("qu", "K"),
    ("b", "P"), ("p", "P"), ("m", "M"), ("f", "W"), ("v", "W"), ("w", "W"), ("d", "T"), ("t", "T"), ("n", "N"), ("l", "L"),
    ("k", "K"), ("h", "H"), ("j", "J"), ("s", "S"), ("z", "S"), ("y", "J"), ("q", "K"),
)  # fmt: skip
_SOFT = "eiy"
#: Signs that stand for another sound than their reading: 尔 for l and r, 希 for hi.
_OWN_SOUND = {"尔": "L", "希": "H"}


@cache
def _of_chinese(name: str) -> tuple[str, ...]:
    """Classes in order; a small n ends a syllable."""
    out: list[str] = []
    for sign in name:
        if sign in _OWN_SOUND:
            out.append(_OWN_SOUND[sign])
            continue
        reading = usual_reading(sign)
        initial = next((c for i, c in _INITIALS if reading.startswith(i)), "")
        if initial and not (initial == "J" and out):
            out.append(initial)
        if reading.endswith(("n", "ng")) and reading != "n":
            out.append("n")
    return tuple(out)


@cache
def _of_latin(name: str) -> tuple[str, ...]:
    """Classes in order; in small letters those that transliterations may leave out."""
    word, at = re.sub(r"([a-z])\1", r"\1", name.lower()), 0
    out: list[str] = []
    while at < len(word):
        found = next(((i, c) for i, c in _LATIN if word.startswith(i, at)), None)
        sign = word[at]
        after = word[at + 1 : at + 2]
        vowel = after != "" and after in "aeiouy"
        if (sign == "w" and not vowel) or (sign == "g" and word[at - 1 : at] == "n" and not vowel):
            out.append("w" if sign == "w" else "k")  # Brown, Hawking: hardly heard
            at += 1
        elif word.startswith("gh", at) or (sign == "w" and after == "r"):
            at += 2 if sign == "g" else 1
        elif found and len(found[0]) > 1:
            out += found[1]
            at += len(found[0])
        elif sign in "cg":
            soft = after != "" and after in _SOFT
            out.append("S" if soft and sign == "c" else "8" if soft else "K")
            at += 1
        elif sign == "r":
            out.append("L" if after and after in "aeiouy" else "l")
            at += 1
        elif found:
            classes = list(found[1])
            if classes == ["H"]:
                classes = ["h"]  # mute in French and Spanish
            if classes == ["J"] and at and sign == "y":
                classes = []
            out += classes
            at += len(found[0])
        else:
            at += 1
    return tuple(out)


#: Consonants that are often written for each other.
_ALIKE = frozenset(
    frozenset(p) for p in ("8T", "8S", "8K", "JS", "J8", "HK", "HW", "WP", "TS", "KJ")
)  # fmt: skip
_ALIKE_COST = 0.4
#: What a consonant that the other name has not costs: one of the transliteration, one of the Latin name (0 for those
#: that are hardly heard), the nasal that ends a Chinese syllable (洪堡 for Humboldt, 福克纳 for Faulkner).
_CHINESE_COST, _LATIN_COST, _NASAL_COST = 0.8, 0.65, 0.7


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Names whose usual transliteration does not sound like them: Chinese name, Latin names in small letters."""
    return {name: tuple(latin.split("|")) for name, latin in rows("aligncheck.checks", "foreign_names.tsv")}


def _instead(chinese: str, latin: str) -> float:
    """What it costs to take a consonant of a transliteration for one of a Latin name."""
    sound = latin.upper()
    if chinese.upper() == sound:
        return 0.0
    if chinese == "n":  # ends a syllable: 汤姆森, 坎贝尔
        return 0.2 if sound == "M" else 1.3
    return _ALIKE_COST if frozenset((chinese, sound)) in _ALIKE else 1.3


def likeness(chinese: str, latin: str) -> float:
    """How much a transliteration sounds like a Latin name, 0..1: what of its consonants, in order, agrees."""
    left, right = _of_chinese(chinese), _of_latin(latin)
    if latin.lower() in _usual().get(chinese, ()):
        return 1.0
    if left[:1] == ("J",) and latin[:1].lower() in "aeiou":
        left = left[1:]
    size = max(len(left), sum(c.isupper() or c == "8" for c in right))
    if max(len(left), len(right)) < 3:
        return 1.0  # too short to tell
    if not left or not right:
        return 1.0 if not left else 0.0
    row = [0.0]
    for b in right:
        row.append(row[-1] + _left_out(b))
    for a in left:
        before, row = row, [row[0] + (_NASAL_COST if a == "n" else _CHINESE_COST)]
        for j, b in enumerate(right):
            row.append(
                min(
                    before[j] + _instead(a, b),
                    before[j + 1] + (_NASAL_COST if a == "n" else _CHINESE_COST),
                    row[j] + _left_out(b),
                )
            )
    cost = row[-1] + (
        0.2 * size if _instead(left[0], right[0]) > _ALIKE_COST and "J" not in (left[0], right[0]) else 0
    )
    return max(0.0, 1.0 - cost / size)


def _left_out(latin: str) -> float:
    return 0.05 if latin.islower() else _LATIN_COST
