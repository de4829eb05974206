"""Named things whose English name changes within a document, found without a glossary.

A Chinese name is two characters before a word for a kind of thing (江南大桥), an English one a run of
capitalised words that ends in the kind (Jiangnan Bridge, South River Bridge); one of two renderings must be
the name by its sound.  A bead that has one such Chinese name and
English names of the same kind tells how the name is rendered; a name with two renderings is mixed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligncheck.model import Bitext, Hit, Message, Severity, SpanRef
from aligncheck.terms.termbase import Termbase

#: Kinds of things, and the English words that name them.
_KINDS = {
    "大桥": "Bridge", "隧道": "Tunnel", "机场": "Airport", "水厂": "Plant", "电厂": "Plant", "公园": "Park",
    "大学": "University", "学院": "College|Institute|Academy", "医院": "Hospital", "论坛": "Forum",
    "博物馆": "Museum", "图书馆": "Library", "剧院": "Theater|Theatre", "新区": "Area|District", "水库": "Reservoir",
    "高速": "Expressway", "铁路": "Railway|Railroad", "大街": "Street|Avenue", "大道": "Avenue|Boulevard",
    "广场": "Square|Plaza", "电站": "Station", "条例": "Regulations?", "银行": "Bank", "集团": "Group",
    "体育场": "Stadium", "体育馆": "Gymnasium|Arena", "港区": "Port", "湿地": "Wetlands?", "古镇": "Town",
}  # fmt: skip
_LEAD = frozenset("The This That Our Its New A An And In At Of For We To On By With From As".split())


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    zh: SpanRef
    en: SpanRef


def mixed_names(bitext: Bitext, termbase: Termbase | None) -> Iterator[Hit]:
    """One finding for each name with two renderings; names of the glossary are left to it."""
    zh, en = bitext.source, bitext.target
    found: dict[str, list[_Name]] = defaultdict(list)
    for bead in bitext.beads:
        chinese = "".join(zh.segments[i].text for i in bead.source)
        for kind, heads in _KINDS.items():
            if kind not in chinese:
                continue
            names = [
                (m.group(), SpanRef(zh.segments[i].block, zh.segments[i].start + m.start(),
                                    zh.segments[i].start + m.end()))
                for i in bead.source
                for m in re.finditer(rf"[\u4e00-\u9fff]{{2}}{kind}", zh.segments[i].text)
            ]  # fmt: skip
            if len({n for n, _ in names}) != 1:
                continue
            english = [
                (text, SpanRef(en.segments[j].block, en.segments[j].start + a, en.segments[j].start + b))
                for j in bead.target
                for text, a, b in _capitalised(en.segments[j].text, heads)
            ]
            if len({t for t, _ in english}) <= 2:
                for n, (text, ref) in enumerate(english):
                    found[names[0][0]].append(_Name(text, names[min(n, len(names) - 1)][1], ref))
    for name, uses in found.items():
        if termbase is None or not termbase.lookup(name):
            hit = _hit(name, uses)
            if hit is not None:
                yield hit


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def _capitalised(text: str, heads: str) -> Iterator[tuple[str, int, int]]:
    for found in re.finditer(rf"(?:[A-Z][\w'’\-]+ ){{1,4}}(?:{heads})\b", text):
        words = found.group().split(" ")
        skipped = 0
        while len(words) > 1 and words[0] in _LEAD:
            skipped += len(words.pop(0)) + 1
        if len(words) > 1:
            yield " ".join(words), found.start() + skipped, found.end()


def _hit(name: str, uses: Sequence[_Name]) -> Hit | None:
    groups: Mapping[str, list[_Name]] = defaultdict(list)
    for use in uses:
        groups[use.text.replace("’", "'").lower()].append(use)
    ranked = sorted(groups.values(), key=lambda g: -len(g))
    if len(ranked) != 2:
        return None  # three and more names of a kind are different things
    main, other = ranked
    a, b = main[0].text.lower().split(), other[0].text.lower().split()
    if set(a) <= set(b) or set(b) <= set(a):
        return None  # a short form beside the full one
    spelt = _pinyin(name[:2])
    if (spelt in a) is (spelt in b):
        return None  # neither is the name by its sound, or both are: two things of one kind
    message = Message(
        f"“{name}” is called “{main[0].text}” ({len(main)}×) and “{other[0].text}” ({len(other)}×).",
        f"“{name}”有两个译名：“{main[0].text}”（{len(main)}处）和“{other[0].text}”（{len(other)}处）。",
    )
    source = tuple(dict.fromkeys(u.zh for u in (*other[:3], main[0])))
    target = tuple(dict.fromkeys(u.en for u in (*other[:3], main[0])))
    return Hit(
        message, source, target, confidence=0.7, severity=Severity.MINOR,
        suggestion=main[0].text if len(main) > len(other) else "",
        evidence=(("rendering", f"{main[0].text} ×{len(main)}"), ("rendering", f"{other[0].text} ×{len(other)}")),
    )  # fmt: skip
