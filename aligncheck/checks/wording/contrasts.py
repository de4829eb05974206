"""Words that mean the opposite, in both languages: the curated ground of the check for reversed meaning.

The table lies in ``data/contrasts.txt``.  Each axis is three lines: its name, then its two poles.  A pole is written ``English words | Chinese words | Chinese hints``:

* English words in their base form (all inflections count);
* Chinese words that say the pole clearly;
* Chinese hints, single characters mostly, that may justify the pole's English words too: where one
  stands in the linked clauses, nothing is reported.

A report needs an English word of one pole, a clear Chinese word of the other, and nothing on the
Chinese side that justifies the English word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from aligncheck.checks.evidence import stem
from aligncheck.checks.wording import tables


@dataclass(frozen=True, slots=True)
class Pole:
    """One side of an axis: English stems, clear Chinese words, Chinese hints."""

    english: frozenset[str]
    words: tuple[str, ...]
    hints: tuple[str, ...]
    forms: tuple[str, ...]  # the English words as written in the table

    @property
    def sample(self) -> str:
        """The English word to suggest."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Axis:
    """Two poles that exclude each other."""

    name: str
    poles: tuple[Pole, Pole]


@cache
def axes() -> tuple[Axis, ...]:
    """The table, parsed.

    Raises:
        ValueError: an axis is not in its form.
    """
    lines = tables.lines("contrasts.txt")
    found = []
    for name, *poles in (lines[at : at + 3] for at in range(0, len(lines), 3)):
        if len(poles) != 2:
            raise name.fault("two poles wanted")
        found.append(Axis(name.text.strip(), (_pole(poles[0]), _pole(poles[1]))))
    # Whatever furthers is also at odds with whatever hinders: 扩大 rendered by "curb".
    named = {a.name: a for a in found}
    found.append(
        Axis(
            "direction",
            (_union([named[n].poles[0] for n in _FURTHER]), _union([named[n].poles[1] for n in _FURTHER])),
        )
    )
    return tuple(found)


_FURTHER = ("amount", "strength", "quality", "scale", "speed", "promotion", "support")


def _union(poles: list[Pole]) -> Pole:
    """One pole of many; words that may mean either are left out by the other pole's check."""
    words = sorted({w for p in poles for w in p.words}, key=lambda w: (-len(w), w))
    hints = tuple(dict.fromkeys(h for p in poles for h in p.hints))
    forms = tuple(dict.fromkeys(f for p in poles for f in p.forms))
    return Pole(frozenset(e for p in poles for e in p.english), tuple(words), hints, forms)


def _inflected(word: str) -> tuple[str, ...]:
    """Regular inflections of a verb, for what the stemmer makes of them."""
    if not word.endswith(("er", "ow")):
        return ()
    return (word + "s", word + "ed", word + "ing")


def _pole(line: tables.Line) -> Pole:
    english, words, hints = (part.split() for part in line.columns(3))
    return Pole(
        # A rough stem may differ between a word and its inflections: hinder, hindered.
        frozenset(stem(form) for w in english for form in (w, *(_inflected(w) if len(w) > 4 else ()))),
        tuple(sorted(words, key=len, reverse=True)),
        tuple(dict.fromkeys([*hints, *words])),
        tuple(english),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """An English word that stands at a pole, with all its axes taken together.

    ``same`` and ``other`` hold the Chinese words and hints of its own poles and the words of the opposite
    ones; ``wide`` those of whatever furthers where it hinders, and the reverse; ``forms`` the English
    words of the opposite poles as written in the table, ``rivals`` their stems.
    """

    form: str
    axis: str
    negative: bool
    core: bool
    same: tuple[str, ...]
    hints: tuple[str, ...]
    other: tuple[str, ...]
    wide: tuple[str, ...]
    forms: tuple[str, ...]
    rivals: frozenset[str]
    fellows: frozenset[str]


@cache
def loaded() -> dict[str, Loaded]:
    """By stem: every English word of the table; those that stand at both ends of things are left out."""
    seen: dict[str, list[tuple[Axis, int]]] = {}
    for axis in axes():
        for pole in (0, 1):
            for form in axis.poles[pole].english - axis.poles[1 - pole].english:
                seen.setdefault(form, []).append((axis, pole))
    found = {}
    for form, places in seen.items():
        pole = places[0][1]
        own = [axis for axis, _ in places if axis.name != "direction"]
        if len({pole for _, pole in places}) > 1 or not own:
            continue
        mine = [axis.poles[pole] for axis in own]
        theirs = [axis.poles[1 - pole] for axis in own]
        same = _longest_first(w for p in mine for w in p.words)
        found[form] = Loaded(
            form,
            own[0].name,
            pole == 1,
            len(own) < len(places),
            same,
            tuple(dict.fromkeys(h for p in mine for h in p.hints)),
            tuple(w for w in _longest_first(w for p in theirs for w in p.words) if w not in same),
            tuple(
                w
                for axis, _ in places
                if axis not in own
                for w in axis.poles[1 - pole].words
                if w not in same
            ),
            tuple(dict.fromkeys(f for p in theirs for f in p.forms)),
            frozenset(e for axis, _ in places for e in axis.poles[1 - pole].english),
            frozenset(e for axis, _ in places for e in axis.poles[pole].english),
        )
    return found


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=lambda w: (-len(w), w)))


#: Words whose characters would be taken for hints: 落实 says nothing of a fall, 机关 closes nothing.
_NO_HINT = re.compile(
    "落实|落户|落地|落成|角落|村落|部落|院落|落脚|退休|退役|消费|消防|消息|轻轨|轻工|年轻|节点|环节|春节|节日|节假日|季节|细节"
    "|情节|关节|机关|关于|海关|关注|关键|相关|有关|关系|关心|关怀|关爱|攻关|难关|把关|过关|关头|除了|判断|诊断|不断|果断"
    "|国防|控股|管控|调控|高级|提出|提案|提供|提交|长江|长城|[市部首校院县区局处会家省镇乡村厅]长|强调|强制|加入|参加|加拿大"
    "|增加值|大学|大会|大厅|大使|大道|大街|大桥|大厦|大队|大连|大众|重庆|高等|高中|高铁|高校|高新|优先|善后|慈善|公开|召开|展开"
    "|离开|成都|成果|成员|成绩|成效|不仅|不但|不同|不少|不管|不论|不可或缺|来之不易|不懈|无人机|无线|无锡|未来|非常|非遗|非洲"
    "|低保|低碳|低空|低收入|低温|降临|降雨|降水|打造|打响|打开|打通|打卡|打破|打赢|拆迁|分别|部分|分析|分享|充分|分工|成分|十分"
    "|水平|平台|平方|平安|和平|平均|生平|保险|保证|破解|突破|克服|压力|压实|压舱石|困难群众|免费|难以忘|病房|疾控|受益|老百姓|老年|老人"
    "|下一步|下半年|下午|以下|上下|地下|下列|之下|余下|剩余|业余|多余|名下|旗下|天下|乡下|台下|脚下|当下|如下|下级|下属|下午"
)


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """A Chinese text with the words masked whose characters only look like hints."""
    return _NO_HINT.sub("□", text)
