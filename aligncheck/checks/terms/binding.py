"""Which concepts bind in a document: by its place, by its kind, and by whose glossary it is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from aligncheck.checks.terms.evidence import BeadTerms, TermEvidence
from aligncheck.terms.concepts import Concept
from aligncheck.terms.scope import scope_of

#: Subject field of words whose rendering depends on what is said: only wrong forms are reported.
GENERAL = "general"
#: Provinces and large cities by the names that documents use.
_PLACES = (
    "天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南"
    " 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 广州 深圳 南京 杭州 成都 武汉 西安 郑州 长沙 青岛 济南 沈阳 大连 厦门 福州 宁波"
    " 苏州 无锡 合肥 昆明 贵阳 南宁 哈尔滨 长春 石家庄 太原 呼和浩特 银川 兰州 西宁 乌鲁木齐 拉萨 海口 三亚 珠海 东莞 佛山 温州 扬州"
    " 洛阳 开封 徐州 南通 常州 绍兴 嘉兴 泉州 烟台 唐山 保定 张家口 廊坊 雄安"
).split()
_PLACE = re.compile("北京|" + "|".join(_PLACES))
_LAW_TITLE = re.compile(r"(?:法|条例|规定|办法|细则|决定|规则)(?:（.*?）)?\s*\Z")
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零\d]+条(?:[\s　]|之|\Z)")
#: So many terms of its own in 1,000 characters has official prose at the least; news has fewer than one.
_OFFICIAL = 4
_ENOUGH = 1000  # code points from which on their number says something


class Binding:
    """What a pair of documents says about where it comes from."""

    def __init__(self, evidence: TermEvidence) -> None:
        self.evidence = evidence

    @cached_property
    def foreign(self) -> bool:
        """Whether the official glossary meets a text that is not its own: news, a novel, a manual.

        What binds a report does not bind a newspaper.  A glossary that the user names binds whatever it
        is used on.
        """
        if not self.evidence.termbase.official:
            return False
        size = sum(len(b.text) for b in self.evidence.zh.blocks)
        own = sum(
            any(c.subject != GENERAL for c in o.match.concepts)
            for group in self.evidence.occurrences.values()
            for o in group
        )
        return size >= _ENOUGH and own * 1000 < _OFFICIAL * size

    @cached_property
    def law(self) -> bool:
        """Whether the Chinese is a law or regulation: by its title, or by its articles."""
        blocks = self.evidence.zh.blocks
        articles = sum(_ARTICLE.match(b.text) is not None for b in blocks)
        return articles >= 3 or any(_LAW_TITLE.search(b.text) for b in blocks[:3] if len(b.text) < 60)

    @cached_property
    def places(self) -> Counter[str]:
        """How often the Chinese names each province or large city."""
        return Counter(p for b in self.evidence.zh.blocks for p in _PLACE.findall(b.text))

    def binds(self, concept: Concept, bead: BeadTerms) -> bool:
        """Whether a concept is to be demanded in a bead; its renderings are welcome in any case."""
        scope = scope_of(concept.scope)
        if scope.laws and not self.law:
            return False
        return not scope.places or any(self._of(place, bead) for place in scope.places)

    def _of(self, place: str, bead: BeadTerms) -> bool:
        if self.evidence.bitext.paired:  # rows of a table need not belong to one text
            segments = self.evidence.zh.segments
            named = Counter(p for i in bead.bead.source for p in _PLACE.findall(segments[i].text))
            if named and place not in named:
                return False
        others = max((n for p, n in self.places.items() if p != place), default=0)
        return self.places[place] > 0 and self.places[place] >= others
