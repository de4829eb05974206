"""Reversed meaning: an English word of one pole where the Chinese says the other.

Each *loaded* English word of a passage (one that stands at a pole of an axis of ``data/contrasts.txt``)
is asked for its ground: a Chinese word that it renders, a sign of its own pole, a sign of the opposite
pole that nothing else renders.  A logistic model, one for words that further and one for words that
hinder (``benchmarks/fit_polarity.py``), turns the answers into the probability that the word is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Word, WordEvidence, stem
from aligncheck.checks.passages import judged, word_evidence
from aligncheck.checks.quoting import zh as quote
from aligncheck.checks.wording.contrasts import Loaded, bare, loaded
from aligncheck.model import Bitext, Hit, Message, SpanRef


@dataclass(slots=True)
class Clash:
    """A loaded English word, and the Chinese that it is at odds with (a clause, if no word stands out)."""

    entry: Loaded
    english: SpanRef
    english_text: str
    chinese: SpanRef
    chinese_text: str
    opposed: bool  # the Chinese marked is a word of the opposite pole
    features: dict[str, float]

    @property
    def confidence(self) -> float:
        """How probably the word is wrong."""
        return calibration.confidence(
            "polarity minus" if self.entry.negative else "polarity plus", self.features
        )


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English words whose Chinese counterpart means the opposite."""
    judgement = judged(bitext, context)
    for clash in clashes(judgement.passages, word_evidence(context)):
        sure = clash.confidence
        if sure < calibration.FLOOR:
            continue
        zh = quote(clash.chinese_text)
        message = (
            Message(
                f"“{clash.english_text}” says the opposite of {zh}.",
                f"“{clash.english_text}”与{zh}意思相反。",
            )
            if clash.opposed
            else Message(
                f"{zh} does not say “{clash.english_text}”; the English seems to mean the opposite.",
                f"{zh}中没有“{clash.english_text}”的意思，译文似与原文相反。",
            )
        )
        yield Hit(
            message,
            (clash.chinese,),
            (clash.english,),
            sure,
            suggestion=clash.entry.forms[0] if clash.opposed else "",
            evidence=(("axis", clash.entry.axis), ("Chinese", clash.chinese_text)),
        )


def clashes(passages: Sequence[Passage], evidence: WordEvidence) -> Iterator[Clash]:
    """All loaded words of a document's passages that lack clear ground, at most one clash a word."""
    rivals = _Rivals(passages, evidence)
    for passage in passages:
        if passage.chinese and passage.english:
            yield from _clashes(_Scene(passage, rivals))


def _clashes(scene: _Scene) -> Iterator[Clash]:
    passage, table = scene.passage, loaded()
    for n, sentence in enumerate(passage.english):
        if sentence.absent >= 0.5 or not any(w.form in table for w in sentence.words):
            continue
        linked = _linked(passage, n, scene.partner, scene.zunit)
        for k, word in enumerate(sentence.words):
            entry = table.get(word.form)
            made = scene.clash(n, k, entry, linked) if entry else None
            if made:
                yield made


def _linked(passage: Passage, sentence: int, partner: dict[int, int], zunit: list[int]) -> list[int]:
    """Indices of the clauses that a sentence renders, by links and by shared words."""
    votes = np.zeros(len(passage.chinese))
    for j in passage.columns[sentence]:
        if j in partner:
            votes[zunit[partner[j]]] += 1
    links = passage.links[:, sentence]
    best = int(links.argmax())
    return [
        n
        for n in range(len(passage.chinese))
        if n == best
        or passage.chinese[n].best == sentence
        or votes[n] >= 2
        or (votes[n] and links[n] > links[best] - 0.25)
    ]


#: How many words around an English word are asked which Chinese words they render.
_NEAR = 5
#: A Chinese word that renders a word of the opposite pole this well contradicts it.
_OPPOSITE = 0.6
_NOT = ("不", "未", "没", "非", "无", "不够", "没有", "不太", "不再", "尚未")


#: Chinese words that are compared with all words of the opposite poles at a time.
_AT_ONCE = 1_000


class _Rivals:
    """How well the Chinese words of a document render the words opposed to the loaded words that it meets."""

    def __init__(self, passages: Sequence[Passage], evidence: WordEvidence) -> None:
        met = {w.form for p in passages for u in p.english for w in u.words}
        poles = list(dict.fromkeys(entry.forms for form, entry in loaded().items() if form in met))
        forms = list(dict.fromkeys(form for pole in poles for form in pole))
        place = {form: n for n, form in enumerate(forms)}
        english = [Word(0, 0, stem(form), form, 1.0) for form in forms]
        chinese = list({w.form: w for p in passages for u in p.chinese for w in u.words}.values())
        best = np.zeros((len(poles), len(chinese)), dtype=np.float32)
        for at in range(0, len(chinese), _AT_ONCE):
            scores = evidence.matrix(chinese[at : at + _AT_ONCE], english)
            for n, pole in enumerate(poles):
                columns = [place[form] for form in pole]
                best[n, at : at + _AT_ONCE] = scores[:, columns].max(axis=1, initial=0.0)
        self._best = dict(zip(poles, best, strict=True))
        self._place = {w.form: n for n, w in enumerate(chinese)}

    def scores(self, entry: Loaded, words: Sequence[Word]) -> list[float]:
        """For each of some Chinese words the best score with a word opposed to the entry."""
        scores: list[float] = self._best[entry.forms][[self._place[w.form] for w in words]].tolist()
        return scores


class _Scene:
    """A passage with what the search for clashes asks again and again."""

    def __init__(self, passage: Passage, rivals: _Rivals) -> None:
        self.passage, self.rivals = passage, rivals
        self.zwords = [w for u in passage.chinese for w in u.words]
        self.zunit = [n for n, u in enumerate(passage.chinese) for _ in u.words]
        self.partner = {j: i for i, j, score in passage.matched if score >= 0.45}
        self.strong = {i: (j, score) for i, j, score in passage.matched}
        self.ewords = [w for u in passage.english for w in u.words]
        self.bare = [bare(u.text) for u in passage.chinese]
        self._against: dict[tuple[str, ...], list[float]] = {}

    def clash(self, number: int, k: int, entry: Loaded, linked: list[int]) -> Clash | None:
        """Word ``k`` of a sentence, which is loaded, with its grounds; nothing where its ground is plain."""
        passage, sentence, columns = self.passage, self.passage.english[number], self.passage.columns[number]
        word, j = sentence.words[k], columns[k]
        if _idiom(sentence, k) or _negated_english(sentence, k):
            return None
        column = passage.words[:, j]
        places = [i for n in linked for i in passage.rows[n]]
        against = self.against(entry)
        spots, wide = self._listed(entry.other, linked), self._listed(entry.wide, linked)
        backed = [i for i in places if i not in spots and column[i] >= max(0.3, against[i] - 0.05)]
        ground = max((float(column[i]) for i in backed), default=0.0)
        beside = [
            i
            for n in range(len(passage.chinese))
            if n not in linked and (n - 1 in linked or n + 1 in linked)
            for i in passage.rows[n]
            if column[i] >= max(0.3, against[i] - 0.05)
        ]
        spare = max((float(column[i]) for i in beside if self._spare(i, j)), default=0.0)
        if max(ground, spare) >= 0.9:
            return None
        around = [
            self.partner[m]
            for m in columns[max(0, k - _NEAR) : k + _NEAR + 1]
            if m != j and m in self.partner
        ]
        near = {self.zunit[a] for a in around if self.zunit[a] in linked} or {linked[0]}

        def untaken(i: int) -> bool:
            taken = self.strong.get(i)
            return (
                taken is None
                or taken[0] == j
                or taken[1] < 0.5
                or self.ewords[taken[0]].form not in entry.rivals
            )

        def gap(i: int) -> float:
            return min(
                (abs(i - a) + (0 if self.zunit[a] == self.zunit[i] else 3) for a in around), default=12
            )

        alike = {
            i: (self.zwords[i].start, self.zwords[i].end)
            for i in places
            if against[i] >= _OPPOSITE and against[i] > column[i] + 0.05 and not self._negated(i)
        }
        free = [i for i in {**wide, **alike, **spots} if untaken(i)]
        rendered = sum(1 for w in sentence.words if w.form in entry.rivals)
        fellows = sum(1 for w in sentence.words if w.form in entry.fellows)
        texts = [self.bare[n] for n in linked]
        around_texts = [
            self.bare[n]
            for n in range(len(passage.chinese))
            if n not in linked and any(0 < abs(n - m) <= 2 for m in linked)
        ]
        close = [self.bare[n] for n in near]
        signs = sum(t.count(h) for t in texts for h in entry.same if len(h) > 1)
        bits = {
            "ground": ground,
            "ground near": max((float(column[i]) for i in backed if self.zunit[i] in near), default=0.0),
            "ground beside": spare,
            "hint": float(any(h in t for t in texts for h in entry.hints)),
            "hint near": float(any(h in t for t in close for h in entry.hints)),
            "same": float(any(h in t for t in texts for h in entry.same if len(h) > 1)),
            "same near": float(any(h in t for t in close for h in entry.same if len(h) > 1)),
            "same around": float(any(h in t for t in around_texts for h in entry.same if len(h) > 1)),
            "hint around": float(any(h in t for t in around_texts for h in entry.hints)),
            "noun": float(word.surface.lower().endswith(("tion", "sion", "ment", "ance", "ence"))),
            "same spare": float(max(-2, min(2, signs - fellows))),
            "other": float(bool(spots)),
            "other near": float(any(self.zunit[i] in near for i in spots)),
            "other free": float(any(untaken(i) and self.zunit[i] in near for i in spots)),
            "wide": float(bool(wide)),
            "wide free": float(any(untaken(i) and self.zunit[i] in near for i in wide)),
            "against": max((against[i] for i in places if against[i] > column[i] + 0.05), default=0.0),
            "against near": max(
                (against[i] for i in places if against[i] > column[i] + 0.05 and self.zunit[i] in near),
                default=0.0,
            ),
            "against free": max(
                (
                    against[i]
                    for i in places
                    if against[i] > column[i] + 0.05 and self.zunit[i] in near and untaken(i)
                ),
                default=0.0,
            ),
            "spare": float(max(-2, min(2, len({*spots, *alike}) - rendered))),
            "clauses": float(min(len(linked), 6)) / 6,
            "core": float(entry.core),
            "plain": float(entry.axis in _ACTIONS),
            "vague": float(word.form in _VAGUE),
            "name": float(word.surface[0].isupper() and word.start > 0),
            "only": float(len(linked) == 1),
            "unwanted": float(word.form in _UNWANTED and _wanted(sentence, k)),
            "slot": float(word.form in _VERBS and _noun_slot(sentence, k)),
            "lifted": float(_lifted(sentence, k)),
            "absent": sentence.absent,
            "link": float(passage.cosine[linked, :][:, number].max()),
            "hindrance": float(entry.negative and any(_HINDRANCE.search(t) for t in texts)),
            "hindrance near": float(entry.negative and any(_HINDRANCE.search(t) for t in close)),
            "gap": min((gap(i) for i in free), default=12.0) / 12,
            "free": float(bool(free)),
        }
        shown = [i for i in free if i in spots or i in wide or len(self.zwords[i].form) > 1]
        if shown:
            at = min(shown, key=lambda i: (i not in spots, i not in alike, gap(i)))
            unit = passage.chinese[self.zunit[at]]
            start, end = {**wide, **alike, **spots}[at]
        else:
            unit = passage.chinese[min(near, key=lambda n: -passage.links[n, number])]
            start, end = 0, len(unit.text.rstrip("，。；、,;."))
        return Clash(
            entry,
            SpanRef(sentence.ref.block, sentence.ref.start + word.start, sentence.ref.start + word.end),
            word.surface,
            SpanRef(unit.ref.block, unit.ref.start + start, unit.ref.start + end),
            unit.text[start:end],
            bool(shown),
            bits,
        )

    def _spare(self, i: int, j: int) -> bool:
        """Whether a Chinese word renders no other English word than this one."""
        taken = self.strong.get(i)
        return (
            taken is None
            or taken[0] == j
            or taken[1] < 0.75
            or self.ewords[taken[0]].form == self.ewords[j].form
        )

    def against(self, entry: Loaded) -> list[float]:
        """How well each Chinese word renders a word of the opposite poles."""
        if entry.forms not in self._against:
            self._against[entry.forms] = self.rivals.scores(entry, self.zwords)
        return self._against[entry.forms]

    def _negated(self, i: int) -> bool:
        return self.passage.chinese[self.zunit[i]].text[: self.zwords[i].start].endswith(_NOT)

    def _listed(self, words: tuple[str, ...], linked: list[int]) -> dict[int, tuple[int, int]]:
        """Word index -> place within its clause of clear words; negated ones are left out."""
        found = {}
        for n in linked:
            unit = self.passage.chinese[n]
            rest = unit.text
            for clear in words:
                start = rest.find(clear) if len(clear) > 1 else -1
                if start < 0:
                    continue
                rest = rest.replace(clear, "□" * len(clear))
                if unit.text[:start].endswith(_NOT):
                    continue
                for i, w in zip(self.passage.rows[n], unit.words, strict=True):
                    if w.start <= start < w.end:
                        found[i] = (start, start + len(clear))
        return found


#: Characters of hindrance: where none stands, a hindering English word has little to stand on.
_HINDRANCE = re.compile(
    "[减降缩压低退轻少跌落削短消节疏弱慢省免薄拆除淘停止断弃废终关撤闭反抵拒阻遏防治控限禁打困难危险灾污差不未无没非莫勿害损坏毁破伤"
    "恶劣败失亏缺欠乏贫穷病毒火死亡罪违犯纠整查惩罚严罢战争斗冲突矛盾问题挑战紧延迟缓误推拖阴暗旧老陈假骗诈冒乱浊脏堵塞滞徒凶"
    "愁忧怕惧悲痛惨苦累烦恨怨怒斥批责]"
)

_NO = frozenset({"not", "no", "never", "without", "cannot", "nor", "neither", "non"})


def _negated_english(sentence: Unit, k: int) -> bool:
    """Whether a negation stands close before the word."""
    return any(
        w.surface.lower() in _NO or w.surface.endswith("n’t") for w in sentence.words[max(0, k - 3) : k]
    )


#: Words that undo the hindrance they stand beside: restrictions are lifted, risks are prevented.
_LIFT = frozenset(
    stem(w)
    for w in (
        "lift ease slacken relax remove scrap loosen avoid avert prevent resolve reverse combat overcome address tackle "
        "against fight counter eliminate curb reduce mitigate guard end stop break solve rectify"
    ).split()
)


def _lifted(sentence: Unit, k: int) -> bool:
    """Whether a word close by turns a hindering word round."""
    mine = sentence.words[k].form
    return any(w.form in _LIFT and w.form != mine for w in sentence.words[max(0, k - 5) : k + 9])


#: What follows a word whose pole then means nothing: "falls short of", "fell into six areas", "close to".
_IDLE = re.compile(
    r"(?:fall\w*|fell)\s+(?:short|into|within|under|on|upon|to\s+(?:us|the|them))\b|close\s+(?:to|ties|look|attention)\b"
    r"|(?:drop|dropped|drops)\s+(?:in|by)\s+(?:at|to)\b|cuts?\s+(?:across|through)\b|(?:open|opened)\s+(?:with|by)\b|ended?\s+up\b"
    r"|slow\s+but\b|(?:left|leaves?|leave)\s+(?:for|with|to|no|behind)\b|stop\s+at\s+nothing|under\s+way|low[- ]carbon"
    r"|(?:old|less)\s+(?:than|and)\b|lower\s+(?:house|reaches)\b|minor\s+in\b|severe\s+cold",
    re.IGNORECASE,
)


def _compound(sentence: Unit, k: int) -> bool:
    """Whether a sign binds the word to another: worst-case, paper-cutting, an identifier such as end_tab."""
    word = sentence.words[k]
    beside = sentence.text[max(0, word.start - 1) : word.start] + sentence.text[word.end : word.end + 1]
    return "-" in beside or "_" in beside


#: Axes whose words say how things go or what is done, not what kind of thing they are.
_ACTIONS = frozenset(
    "amount strength quality scale speed promotion support permission approval strictness completion openness "
    "establishment beginning safeguard accretion inclusion unity success certainty confidence activity attitude "
    "sufficiency problems comparison accordance strain concern care reward publicity link recover give freedom "
    "cooperation transparency order-of-things need wholeness".split()
)
#: Words with so many other senses that their lack of ground tells little.
_VAGUE = frozenset(
    stem(w)
    for w in (
        "left leave fall drop cut close lose lost light bar stop follow lag low few last least behind after before later "
        "free defeat bad terminate classify isolate offline departure exit minor small poor short dismiss lack pass return drive spread remove "
        "passive contract trigger old end block split divided less night evening draw quit slight slightly fight tight hide shallow"
    ).split()
)


#: What no plan wants to do.
_UNWANTED = frozenset(
    stem(w)
    for w in (
        "worsen weaken deteriorate degrade undermine harm damage endanger jeopardize neglect aggravate impair ruin "
        "violate breach infringe sabotage obstruct hinder hamper impede erode dampen mislead loosen misuse stall stagnate "
        "delay postpone shrink dwindle destroy spoil ignore disregard worse lax downgrade discourage stifle thwart"
    ).split()
)
_WANT = frozenset(
    "need needs needed must should will shall to we further continue continued continuously constantly".split()
)
_VERBS = frozenset(
    stem(w)
    for w in (
        "oppose weaken worsen prevent reduce shrink lower hinder obstruct suspend abolish destroy demolish reject refuse "
        "prohibit forbid deny withhold undermine loosen impair deteriorate lessen curtail inhibit deter suppress stifle "
        "thwart avert terminate discontinue abandon resist endanger infringe exclude expel dismiss separate disconnect"
    ).split()
)
_BEFORE_NOUN = frozenset(
    "a an the our their its his her of for with from in by more strong full great some any such this that".split()
)
_AFTER_NOUN = frozenset("to from for of in and on among by with at between through".split())


def _wanted(sentence: Unit, k: int) -> bool:
    """Whether the sentence calls for what the word says."""
    return any(w.surface.lower() in _WANT for w in sentence.words[max(0, k - 3) : k])


def _noun_slot(sentence: Unit, k: int) -> bool:
    """Whether a base form stands where only a noun can: a word was put in without a look at the sentence."""
    word = sentence.words[k]
    if k == 0 or word.surface.lower().endswith(("ing", "ed", "s", "ion", "ment", "al")):
        return False
    before = sentence.words[k - 1].surface.lower()
    behind = sentence.words[k + 1].surface.lower() if k + 1 < len(sentence.words) else ""
    return (before in _BEFORE_NOUN or before.endswith(("ing", "ed"))) and (
        behind in _AFTER_NOUN or not behind
    )


#: Forms whose stem stands in the table, but which mostly say something else.
_OTHER_SENSE = frozenset(
    {"bad", "worst", "best", "stops", "fallen", "openings", "closely", "banner", "driver", "consumer"}
)


#: Nouns of hindrance: what lifts them furthers.
_FETTERS = frozenset(
    "restriction restrictions limit limits limitation limitations ban bans block blocks constraint constraints "
    "prohibition prohibitions delay delays loss losses damage harm corruption".split()
)


#: Words that bound a figure, or say which way it went: what stands beside one is the figures' checks' matter.
_BOUNDS = frozenset(
    "more less fewer over under above below within least most minimum maximum early late half lower upper higher".split()
)
_FIGURE_BEFORE = re.compile(r"\d[\d.,]*\s?(?:%|percent|per cent)?\s?(?:or|and)?\s?$")
_FIGURE_BEHIND = re.compile(r"\s?(?:than|of|or equal to)?\s?(?:the|a|an)?\s?[$€£¥]?\d")


def _beside_figure(sentence: Unit, word: Word) -> bool:
    """Whether a figure stands right before or behind a word."""
    before, behind = (
        sentence.text[max(0, word.start - 24) : word.start],
        sentence.text[word.end : word.end + 24],
    )
    return bool(_FIGURE_BEFORE.search(before) or _FIGURE_BEHIND.match(behind))


def _idiom(sentence: Unit, k: int) -> bool:
    """Whether the word stands in an idiom or a name that has nothing to do with its pole."""
    word = sentence.words[k]
    if word.surface.lower() in _FETTERS and _lifted(sentence, k):
        return True
    if word.surface.lower() in _OTHER_SENSE or word.surface.lower().endswith(("ers", "ors")):
        return True  # who does it, not that it is done
    if _IDLE.match(sentence.text, word.start) or _compound(sentence, k):
        return True
    if word.surface.lower() in _BOUNDS and _beside_figure(sentence, word):
        return True
    return word.surface[0].isupper() and word.start > 0 and not _titled(sentence)


def _titled(sentence: Unit) -> bool:
    """Whether the sentence is a heading in capitals, whose words are no names."""
    words = [w.surface for w in sentence.words if len(w.surface) > 3 and w.value is None]
    return sum(w[0].isupper() for w in words) > 0.7 * len(words)


CHECKS = (carded(__name__, "reversed-meaning", run=run),)
