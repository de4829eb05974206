"""Whose figure it is: the words that stand with a figure, and whether two figures have changed places.

Two figures of one kind that both have their counterpart can still be exchanged: the value of A stands with
the words of B, and the other way round.  Each side is cut into zones, one a figure; a word belongs to the
figure in whose zone it stands.  A pair of words that render each other and stand with counterparts speaks
for the order as it is, one that stands across speaks for an exchange.  Figures of other kinds (the year in
``2021年36万人``), from and to, and opposite directions speak likewise.

Where the pairs of words come from is left open (:data:`Linker`).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from aligncheck.data import rows
from aligncheck.facts.trie import alternation
from aligncheck.model import Span


class WordPair(NamedTuple):
    """A Chinese and an English word that may render each other: places in the passage's texts, 0..1."""

    zh: Span
    en: Span
    strength: float


#: From a passage's Chinese and English text to the pairs of words that may render each other.
Linker = Callable[[str, str], Sequence[WordPair]]


@cache
def _told_apart() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """The words of data/owner_words.tsv: a pattern for the Chinese ones, and the English ones of each."""
    told = dict(rows("aligncheck.facts", "owner_words.tsv"))
    english = {
        zh: re.compile(
            r"(?<![A-Za-z])(?:" + "|".join(re.escape(f) for f in forms.split("|")) + r")(?![A-Za-z])",
            0 if len(forms.split("|")[0]) == 1 else re.I,
        )
        for zh, forms in told.items()
    }
    return re.compile(alternation(told)), english


def told_apart(chinese: str, english: str) -> list[WordPair]:
    """Pairs of words, in a passage, that tell owners apart and that no dictionary has (甲 as Party A)."""
    pattern, renderings = _told_apart()
    return [
        WordPair(Span(*found.span()), Span(*other.span()), 0.9)
        for found in pattern.finditer(chinese)
        for other in renderings[found.group()].finditer(english)
    ]


class Zone(NamedTuple):
    """The stretch of text that belongs to a figure."""

    start: int
    figure: Span
    end: int


#: What parts the words of one figure from those of the next, the strongest first.
_ZH_JOINTS = tuple(
    re.compile(p)
    for p in (
        "[；;。！？!?\n]",
        "[）)]",
        "[，,、：:\t]",
        "以及|和|与|及|而|比(?!例|重|率)|较",
        "[到至]|提高|提升|下降|降低|增加|减少|调整",
    )
)
_EN_JOINTS = tuple(
    re.compile(p)
    for p in (
        r"[.;!?](?=\s|$)|\n",
        r"[)](?=\W)",
        r",\s*(?:and|while|but|whereas|with|compared|against|of\s+which|after|as)\b",
        r"[,—\t]|\s–\s",
        r"\b(?:and|while|whereas|but|plus|as\s+well\s+as)\b",
        r"\b(?:against|after|out\s+of|compared|versus|than|following|with|from|to)\b",
        r"\b(?:in|at|on|for|of|by|among)\b",
    )
)
#: A first zone that is so much longer than the others has words that are said of all.
_LONGER, _MORE = 1.2, {"zh": 1, "en": 3}
_FADE = {"zh": 0.06, "en": 0.02}  # what a character of distance takes from a word's claim
_RUN_JOINT = {
    # 分别增长4.4%和下降1.9%
    "zh": re.compile(
        r"[^\S\n]*[^\s、，,和与及。；]{0,2}(?:[、，,和与及]|以及){1,2}[^\S\n]*(?:(?:同比|环比)?[增上回提下降减缩升涨跌][长升涨加高降跌少落低小]?了?)?"
    ),
    "en": re.compile(r"\s*(?:,\s*and|,|and|\s)\s*(?:by\s+|to\s+)?(?:us\$|\$|€|£|¥|rmb\s?)?", re.I),
}
_RESPECTIVELY = {
    "zh": re.compile("分别|依次|各自"),
    "en": re.compile(r"\brespectively\b|\bin\s+that\s+order\b", re.I),
}
_ITEM_JOINT = {"zh": re.compile("[、，,]|以及|和|与|及"), "en": re.compile(r",\s*and\b|,|\band\b", re.I)}
_SENTENCE = {"zh": re.compile("[；;。！？\n]"), "en": re.compile(r"[.;!?](?=\s)|\n")}


def zones(text: str, figures: Sequence[Span], language: str) -> list[Zone]:
    """One zone a figure, in text order; what stands between two joints belongs to nobody."""
    joints = _ZH_JOINTS if language == "zh" else _EN_JOINTS
    cuts = [(0, 0)]
    for one, other in itertools.pairwise(figures):
        cuts.append(_cut(text, one.end, other.start, joints, language))
    cuts.append((len(text), len(text)))
    return [Zone(cuts[k][1], figure, cuts[k + 1][0]) for k, figure in enumerate(figures)]


#: 400 officers and museum staff from 19 countries: the "and" is inside what the first counts.
_OF_ONE_THING = re.compile(r"and\s+(?:[a-z'-]+\s+){1,4}(?:from|across|among)\s+(?:[a-z]+\s+){0,2}", re.I)


def _cut(
    text: str, start: int, end: int, joints: Sequence[re.Pattern[str]], language: str
) -> tuple[int, int]:
    """Where the zone of one figure ends and the next one begins."""
    for joint in joints:
        found = list(joint.finditer(text, start, end))
        if not found:
            continue
        # A Chinese figure follows its owner; in English what lies between two joints may be anybody's.
        last = found[0] if language == "zh" else found[-1]
        if language == "en" and len(found) == 1 and _OF_ONE_THING.fullmatch(text, last.start(), end):
            continue
        return found[0].start(), last.end()
    return start, end


@dataclass(slots=True)
class _Claims:
    """For every word of one side how much it belongs to each figure (0..1)."""

    zones: list[Zone]
    items: dict[int, Span]  # 分别: a figure's item in the list before it
    language: str

    def of(self, word: Span) -> list[float]:
        claims = [0.0] * len(self.zones)
        for k, zone in enumerate(self.zones):
            if k in self.items:
                claims[k] = self._share_of_item(k, word)
            elif zone.start <= word.start and word.end <= zone.end:
                claims[k] = self._share(k, word)
        return claims

    def _share_of_item(self, k: int, word: Span) -> float:
        """The outer items carry words of all: *the prices of* apples, pears; 苹果、梨*的价格*."""
        item = self.items[k]
        if not _inside(word, item):
            return 0.0
        others = [i for n, i in self.items.items() if n != k]
        usual = max(i.end - i.start for i in others) + (2 if self.language == "en" else 0)
        if k == min(self.items) and item.end - word.start > usual:
            return 0.2
        return 0.2 if k == max(self.items) and word.end - item.start > usual else 1.0

    def _share(self, k: int, word: Span) -> float:
        zone = self.zones[k]
        if word.start < zone.figure.end and zone.figure.start < word.end:
            return 0.0
        left = word.end <= zone.figure.start
        distance = zone.figure.start - word.end if left else word.start - zone.figure.end
        claim = 1 / (1 + _FADE[self.language] * distance)
        # "We built 8 schools and 12 parks": what the first has more than the others may be said of all.
        others = [z for z in self.zones if z is not zone]
        if others and left and k == 0:
            usual = max(z.figure.start - z.start for z in others)
            longer = zone.figure.start - zone.start > _LONGER * usual + _MORE[self.language]
            if longer and zone.figure.start - word.start > usual:
                claim *= 0.45
        elif others and not left and k == len(self.zones) - 1:
            usual = max(z.end - z.figure.end for z in others)
            if word.end - zone.figure.end > usual + 2:
                claim *= 0.45
        return claim


Items = dict[int, Span]


def _respective_items(text: str, figures: Sequence[Span], language: str) -> list[Items]:
    """The items of ``A、B分别增长3.1%和6.4%``, by figure: all lists that may be meant, the likeliest last."""
    found: list[Items] = []
    run = [0]
    for k in range(1, len(figures) + 1):
        if k < len(figures) and _RUN_JOINT[language].fullmatch(text, figures[k - 1].end, figures[k].start):
            run.append(k)
            continue
        if len(run) >= 2:
            found += _items_of(text, [figures[n] for n in run], run, language)
        run = [k]
    return found


def _items_of(text: str, figures: Sequence[Span], run: Sequence[int], language: str) -> list[Items]:
    begin = 0
    for stop in _SENTENCE[language].finditer(text, 0, figures[0].start):
        begin = stop.end()
    after = _SENTENCE[language].search(text, figures[-1].end)
    end = after.start() if after else len(text)
    count = len(run)
    plain = language == "en" and count > 2  # wheat, maize and rice was 1.2, 3.1 and 0.95 million tonnes
    if not plain and not _RESPECTIVELY[language].search(text, begin, end):
        return []
    if language == "zh":
        mark = _RESPECTIVELY[language].search(text, begin, figures[0].start)
        before = _pieces(text, begin, mark.start() if mark else figures[0].start, language)[-count:]
        return [dict(zip(run, before, strict=True))] if len(before) == count else []
    before = _pieces(text, begin, figures[0].start, language)
    # "in March, April and May, the number of … grew by": the list ends with what follows its "and"
    last = max(
        (n for n, p in enumerate(before) if _AND.search(text, begin, p.start)), default=len(before) - 1
    )
    windows = [before[last + 1 - count : last + 1], _pieces(text, figures[-1].end, end, language)[:count]]
    return [dict(zip(run, window, strict=True)) for window in windows if len(window) == count]


_AND = re.compile(r"\band\s*\Z", re.I)


def _pieces(text: str, start: int, end: int, language: str) -> list[Span]:
    pieces, at = [], start
    for joint in _ITEM_JOINT[language].finditer(text, start, end):
        pieces.append(Span(at, joint.start()))
        at = joint.end()
    pieces.append(Span(at, end))
    return [p for p in pieces if text[p.start : p.end].strip()]


def _best_lists(zh: list[Items], en: list[Items], words: Sequence[WordPair]) -> tuple[Items, Items]:
    """The list of either side that answer each other: those with the most items that share a word."""
    lists: tuple[Items, Items] = ({}, {})
    for left in zh:
        options = [right for right in en if len(right) == len(left)]
        if options:
            best = max(options, key=lambda right: (_linked(left, right, words), -options.index(right)))
            lists[0].update(left)
            lists[1].update(best)
    if not any(lists):  # each with its figure on one side, a list of all on the other
        sides = (lists[1], en, [w.en for w in words]), (lists[0], zh, [w.zh for w in words])
        for own, some, linked in sides:
            known = next((i for i in some if all(any(_inside(w, p) for w in linked) for p in i.values())), {})
            own.update(known)
            if known:
                break
    return lists


def _linked(left: Items, right: Items, words: Sequence[WordPair]) -> int:
    return sum(
        any(_inside(w.zh, item) and any(_inside(w.en, there) for there in right.values()) for w in words)
        for item in left.values()
    )


def _inside(word: Span, item: Span) -> bool:
    return item.start <= word.start and word.end <= item.end


#: A verb of rise or fall goes with the value, which has been matched with it, and does not tell whose it is.
_MOVES = re.compile("(?:同比)?[增上回提下降减缩升涨跌扩收][长升涨加高降跌少落低小大窄滑]?了?")


class Verdict(NamedTuple):
    """What speaks for an exchange of two figures and what against it.

    ``weaker`` is what the words of the figure that has fewer of them say for the exchange.
    """

    against: float
    exchanged: float
    weaker: float


class Ownership:
    """Who owns the figures of one kind in one passage.

    ``zh_figures`` and ``en_figures`` are the places of the figures in text order; ``words`` the pairs of
    words that may render each other.  Words of one form count together: what stands with both figures
    says nothing.
    """

    def __init__(
        self,
        zh_text: str,
        en_text: str,
        zh_figures: Sequence[Span],
        en_figures: Sequence[Span],
        words: Sequence[WordPair],
    ) -> None:
        self._zh_text = zh_text
        zh_items, en_items = _best_lists(
            _respective_items(zh_text, zh_figures, "zh"), _respective_items(en_text, en_figures, "en"), words
        )
        zh_claims = _Claims(zones(zh_text, zh_figures, "zh"), zh_items, "zh")
        en_claims = _Claims(zones(en_text, en_figures, "en"), en_items, "en")
        # What one English word may render in two zones (population: 城镇人口, 乡村人口) says as little of either.
        forms: dict[str, list[WordPair]] = defaultdict(list)
        for pair in words:
            forms[en_text[pair.en.start : pair.en.end].casefold()].append(pair)
        self._rows: list[tuple[list[float], list[float], float, WordPair]] = []
        for pairs in forms.values():
            strongest: dict[Span, float] = defaultdict(float)
            for pair in pairs:
                strongest[pair.zh] = max(strongest[pair.zh], pair.strength)
            en_mean = _mean([en_claims.of(s) for s in dict.fromkeys(p.en for p in pairs)])
            best = max(pairs, key=lambda p: p.strength)
            zh_mean = _mean([zh_claims.of(s) for s in strongest], [w * w for w in strongest.values()])
            self._rows.append((zh_mean, en_mean, best.strength, best))

    def weigh(self, one: tuple[int, int], other: tuple[int, int]) -> Verdict:
        """The evidence on two pairs of figures, each (Chinese number, English number) in text order."""
        against = 0.0
        exchanged = [0.0, 0.0]
        for zh, en, strength, pair in self._rows:
            moving = _MOVES.fullmatch(self._zh_text, pair.zh.start, pair.zh.end) is not None
            lean = zh[one[0]] - zh[other[0]]
            value = strength * lean * (en[one[1]] - en[other[1]])
            if value > 0:
                against += 0.0 if moving else value
            else:
                exchanged[lean < 0] -= value
        return Verdict(against, sum(exchanged), min(exchanged))

    def words_of(self, figure: int) -> list[WordPair]:
        """The pairs of words whose Chinese word stands with a Chinese figure alone, the surest first."""
        rows = [
            (zh[figure] * strength, pair)
            for zh, _, strength, pair in self._rows
            if zh[figure] > 0.3 and sum(c > 0.3 for c in zh) == 1
        ]
        return [pair for _, pair in sorted(rows, key=lambda r: -r[0])]


def _mean(rows: Sequence[Sequence[float]], weights: Sequence[float] = ()) -> list[float]:
    by = weights or [1.0] * len(rows)
    return [
        sum(c * w for c, w in zip(column, by, strict=True)) / sum(by) for column in zip(*rows, strict=True)
    ]
