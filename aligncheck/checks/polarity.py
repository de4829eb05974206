"""Reversed meaning: an English word of one pole where the Chinese says the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligncheck.checks import calibration
from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.contrasts import Axis, Pole, axes
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import Word, WordEvidence, stem
from aligncheck.checks.passages import judged, word_evidence
from aligncheck.checks.wording import zh as quote
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


@dataclass(slots=True)
class Clash:
    """An English word and the Chinese word that says the opposite."""

    axis: Axis
    pole: int  # of the English word
    english: SpanRef
    english_text: str
    chinese: SpanRef
    chinese_text: str
    features: dict[str, float]


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English words whose Chinese counterpart means the opposite."""
    judgement = judged(bitext, context)
    evidence = word_evidence(context)
    for passage in judgement.passages:
        for clash in clashes(passage, evidence):
            sure = calibration.confidence("polarity", clash.features)
            if sure < calibration.FLOOR:
                continue
            sample = clash.axis.poles[1 - clash.pole].sample
            yield judgement.hit(
                Hit(
                    Message(
                        f"“{clash.english_text}” says the opposite of {quote(clash.chinese_text)}.",
                        f"“{clash.english_text}”与{quote(clash.chinese_text)}意思相反。",
                    ),
                    (clash.chinese,),
                    (clash.english,),
                    sure,
                    suggestion=sample,
                    evidence=(("axis", clash.axis.name), ("Chinese", clash.chinese_text)),
                )
            )


def clashes(passage: Passage, evidence: WordEvidence) -> list[Clash]:
    """All clashes of a passage, at most one an English word."""
    if not passage.chinese or not passage.english:
        return []
    scene = _Scene(passage, evidence)
    table = _by_stem()
    found = []
    at = 0
    for n, sentence in enumerate(passage.english):
        first, at = at, at + len(sentence.words)
        if sentence.absent >= 0.5 or not any(w.form in table for w in sentence.words):
            continue
        linked = _linked(passage, n, scene.partner, scene.zunit, first, at)
        for k, word in enumerate(sentence.words):
            made = [
                c
                for axis, pole in table.get(word.form, ())
                if (c := scene.clash(sentence, k, first, axis, pole, linked))
            ]
            if made:
                found.append(max(made, key=lambda c: calibration.confidence("polarity", c.features)))
    return found


def _by_stem() -> dict[str, list[tuple[Axis, int]]]:
    if not _STEMS:
        for axis in axes():
            for n, pole in enumerate(axis.poles):
                for form in pole.english - axis.poles[1 - n].english:
                    _STEMS.setdefault(form, []).append((axis, n))
    return _STEMS


_STEMS: dict[str, list[tuple[Axis, int]]] = {}


def _linked(
    passage: Passage, sentence: int, partner: dict[int, int], zunit: list[int], first: int, stop: int
) -> list[int]:
    """Indices of the clauses that a sentence renders, by links and by shared words."""
    votes = np.zeros(len(passage.chinese))
    for j in range(first, stop):
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
#: A Chinese word that renders the English word this well justifies it.
_JUSTIFIED = 0.62
#: A Chinese word that renders a word of the opposite pole this well contradicts it.
_OPPOSITE = 0.72
_NOT = ("不", "未", "没", "非", "无", "不够", "没有", "不太", "不再", "尚未")


class _Scene:
    """A passage with what the search for clashes asks again and again."""

    def __init__(self, passage: Passage, evidence: WordEvidence) -> None:
        self.passage, self.evidence = passage, evidence
        self.zwords = [w for u in passage.chinese for w in u.words]
        self.zunit = [n for n, u in enumerate(passage.chinese) for _ in u.words]
        self.offsets = np.cumsum([0, *(len(u.words) for u in passage.chinese)]).tolist()
        self.partner = {j: i for i, j, score in passage.matched if score >= 0.45}
        self.strong = {i: (j, score) for i, j, score in passage.matched}

    def clash(
        self, sentence: Unit, k: int, first: int, axis: Axis, pole: int, linked: list[int]
    ) -> Clash | None:
        """The clash of one English word on one axis, if there is one."""
        passage, word, j = self.passage, sentence.words[k], first + k
        same, other = axis.poles[pole], axis.poles[1 - pole]
        texts = [passage.chinese[n].text for n in linked]
        if any(clear in text for clear in same.words if len(clear) > 1 for text in texts):
            return None
        if _negated_english(sentence, k) or (pole == 1 and _lifted(sentence, k)):
            return None
        segments = {passage.chinese[n].segment for n in linked}
        if axis.name in _DESCRIPTIONS and any(
            h in u.text for u in passage.chinese if u.segment in segments for h in same.hints
        ):
            return None  # 城乡 lies behind "rural", 减少 behind "minimum"
        if _SHORT_OF.match(sentence.text, word.end):
            return None
        column = passage.words[:, j]
        places = [i for n in linked for i in range(self.offsets[n], self.offsets[n + 1])]
        spots = self._listed(other, linked)
        if any(column[i] >= _JUSTIFIED for i in places if i not in spots):
            return None
        listed = bool(spots)
        if not spots and pole == 1 and word.form in _CORE:
            # A hindering word in a text of achievements is suspicious even where no list knows the Chinese.
            spots = self._alike(other, places)
        spots = {
            i: s
            for i, s in spots.items()
            if column[i] < _JUSTIFIED and passage.chinese[self.zunit[i]].absent < 0.4
        }
        if not spots:
            return None
        rendered = sum(1 for w in sentence.words if w.form in other.english)
        around = [
            self.partner[first + m]
            for m in range(max(0, k - _NEAR), min(len(sentence.words), k + _NEAR + 1))
            if m != k and first + m in self.partner
        ]

        def rank(i: int) -> tuple[bool, float]:
            taken = self.strong.get(i)
            gap = min((abs(i - a) + (0 if self.zunit[a] == self.zunit[i] else 3) for a in around), default=20)
            return (taken is not None and taken[0] != j and taken[1] >= 0.75, float(gap))

        at = min(spots, key=rank)
        taken, gap = rank(at)
        start, end = spots[at]
        unit = passage.chinese[self.zunit[at]]
        text = unit.text[start:end]
        hinted = sum(any(h in t for t in texts) for h in same.hints)
        return Clash(
            axis,
            pole,
            SpanRef(sentence.ref.block, sentence.ref.start + word.start, sentence.ref.start + word.end),
            word.surface,
            SpanRef(unit.ref.block, unit.ref.start + start, unit.ref.start + end),
            text,
            {
                "distance": min(gap, 12) / 12,
                "taken": float(taken),
                "spare": float(max(-2, min(2, len(spots) - rendered))),
                "justified": float(max((column[i] for i in places if i not in spots), default=0.0)),
                "cosine": float(column[at]),
                "clauses": float(min(len(linked), 6)),
                "listed": float(listed),
                "hint near": float(any(h in unit.text for h in same.hints)),
                "hints": min(hinted, 4) / 4,
                "verb": float(word.form in _CORE),
                "wide": float(axis.name == "direction"),
                "negative": float(pole == 1),
            },
        )

    def _listed(self, pole: Pole, linked: list[int]) -> dict[int, tuple[int, int]]:
        """Word index -> place within its clause of the pole's clear words; negated ones are left out."""
        found = {}
        for n in linked:
            unit = self.passage.chinese[n]
            rest = unit.text
            for clear in pole.words:
                start = rest.find(clear) if len(clear) > 1 else -1
                if start < 0:
                    continue
                rest = rest.replace(clear, "□" * len(clear))
                if unit.text[:start].endswith(_NOT):
                    continue
                for m, w in enumerate(unit.words):
                    if w.start <= start < w.end:
                        found[self.offsets[n] + m] = (start, start + len(clear))
        return found

    def _alike(self, pole: Pole, places: list[int]) -> dict[int, tuple[int, int]]:
        """The same by word evidence: Chinese words that render the pole's English words."""
        words = [self.zwords[i] for i in places]
        opposite = [Word(0, 0, stem(f), f, 1.0) for f in pole.forms]
        best = self.evidence.matrix(words, opposite).max(1)
        return {
            i: (w.start, w.end)
            for i, w, score in zip(places, words, best.tolist(), strict=True)
            if score >= _OPPOSITE
            and len(w.form) > 1
            and not self.passage.chinese[self.zunit[i]].text[: w.start].endswith(_NOT)
        }


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
        "lift ease relax remove scrap loosen avoid avert prevent resolve reverse combat overcome address tackle "
        "against fight counter eliminate curb reduce mitigate guard end stop break solve rectify"
    ).split()
)


def _lifted(sentence: Unit, k: int) -> bool:
    """Whether a word close by turns a hindering word round."""
    mine = sentence.words[k].form
    return any(w.form in _LIFT and w.form != mine for w in sentence.words[max(0, k - 5) : k + 5])


#: Axes of actions and trends, where a reversal is a reversal of the whole statement.
_ACTIONS = frozenset("amount strength quality scale speed promotion support completion strictness".split())
#: Axes of attributes and of creation, whose words stand for much besides; a hint suffices to excuse them.
_DESCRIPTIONS = frozenset(
    "urban extreme establishment size level quantity novelty age ownership domestic centrality durability "
    "order fast easy".split()
)
_CORE = frozenset(
    form for axis in axes() if axis.name in _ACTIONS for pole in axis.poles for form in pole.english
)
#: "Falls short of" says nothing of a fall.
_SHORT_OF = re.compile(r"\s+short\b")


CHECKS = (
    Check(
        name="reversed-meaning",
        category=Category.MISTRANSLATION,
        severity=Severity.MAJOR,
        title=Message("Reversed meaning", "意思相反"),
        why=Message(
            "One wrong word turns a sentence into its opposite, and it reads as well as the right one.",
            "一词之差，意思相反，而句子读来照样通顺。",
        ),
        run=run,
        examples=(
            Example("进一步扩大有效投资。", "We will further curtail effective investment.", 1),
            Example("进一步扩大有效投资。", "We will further expand effective investment.", 0),
        ),
        false_alarms=Message(
            "A rendering from the other side: “narrow the gap” for 促进均衡.",
            "从反面译出的句子，如以“缩小差距”译“促进均衡”。",
        ),
    ),
)
