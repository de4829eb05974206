"""Plant errors in right translations: words dropped, put in, exchanged, turned round, on either side.

A :class:`Draft` is a pair as the network is shown it, each word with its labels.  :class:`Corrupter` changes words and
sets the labels of those that lose their partners; where it cannot tell whether a word lost its partner, it gives the word
no weight.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from data import OTHER, SIDES, Record, Spot
from links import LIKELY, Example
from torch import Tensor

from aligncheck.encode.pieces import Pieces
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.words import stem
from aligncheck.words.forms import ENGLISH_FORM, form_of, is_form_word

#: Links that the dictionary knows with more strength count like likely ones.
KNOWN = 0.5
#: A stretch dropped is at most this share of its side: what remains must still be a translation.
MOST_DROPPED = 0.7
#: How many words are dropped at most, by side (Chinese words are longer), or put in.
LONGEST = {"zh": 4, "en": 5}
LONGEST_PUT_IN = 5
#: Half of the stretches end at marks, as omissions of people do; and more than half of the additions begin there.
AT_MARKS, AFTER_MARK = 0.5, 0.6
#: What is put in is mostly taken from elsewhere in the same document: what speaks of other things altogether is seen
#: too easily.
FROM_NEAR = 0.7
#: A pair suffers a change or two, and one more for so many English words.
CHANGES, WORDS_A_CHANGE = (1, 1, 2), 18
#: A word of form put in is hardly an error of its own.
FORM_WEIGHT = 0.3
#: Two words exchanged are wrong, but where they stand now may be grammatical; their partners are rendered after all.
SWAPPED, SWAPPED_PARTNER = 0.9, 0.7
#: A word "not" put in is an addition, and makes the statement wrong as well.
NEGATED = 0.5
#: So many words, the most frequent ones, are exchanged for one of so many nearest by their rows in the table.
VOCABULARY, NEAREST = 9_000, 40
#: Of the words exchanged, this share is harmless on purpose: the new word renders the same partner elsewhere.  Without
#: them the network learns that what sounds odd is wrong; with them it must ask what the word means.
HARMLESS, HARMLESS_WEIGHT = 0.4, 0.6
#: A rendering seen so often may stand for another one of the same word; seen once, it is at least no error.
SETTLED = 2
#: The dictionary's word that another may render a word counts from this strength on.
FAINTLY_KNOWN = 0.15
#: English words of the same stem share so many letters; they are no error of meaning.
SAME_STEM = 4

_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z]")
_MARKS = frozenset(",;:.，；：。、")
_COMMAS = frozenset(",，;；、")
_NEGATIONS = frozenset({"not", "no", "never"})
_AUXILIARIES = frozenset("is are was were will shall may can must should has have".split())

#: Small words and words of business that look alike in place but not in meaning; any for any other of its row.
CLASSES = """
all some most many few several / must may should can will might / shall may / before after / and or / inside outside
within beyond / above below / over under / more less fewer / most least / increase decrease reduction
increased decreased reduced / rise fall decline / rose fell declined / higher lower / first last / every each any
only also even / if unless although because / because although despite / through despite / strictly partly gradually
fully partially / completed launched planned began / started completed / has will / were are / was is
national local provincial municipal / public private / domestic foreign international / internal external
import export / imports exports / buyer seller / lender borrower / supply demand / upstream downstream / rural urban
north south east west / northern southern eastern western / maximum minimum / always sometimes never often
annual monthly quarterly daily / former latter / monthly yearly / encourage require allow prohibit permit
allowed prohibited required / support oppose restrict / promote prevent curb / strengthen weaken relax / expand reduce
include exclude / accept reject / approve reject review / approved reviewed rejected / already soon / recently soon
new old / long short / large small / high low / strong weak / rapid slow steady / chairman secretary director
committee office commission / by for / to from / with without / except including / at least / directly indirectly
at on / until after since / jointly separately / mainly entirely / nearly over / early late / both either neither
central local / men women / teachers students / doctors patients / workers farmers / schools hospitals
companies individuals / consumers producers / parents children / employers employees
"""


def classes() -> dict[str, list[str]]:
    """For each word of :data:`CLASSES` those that it is exchanged for."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in CLASSES.replace("\n", "/").split("/"):
        words = set(row.split())
        for word in words:
            found[word] |= words - {word}
    return {word: sorted(others) for word, others in found.items()}


def content(word: str) -> bool:
    """Whether a word must have a partner; figures are left to the checks of figures."""
    return bool(_LETTER.search(word)) and word.lower() not in ENGLISH_FORM


@dataclass
class Word:
    """A word of a draft: its pieces, its number in the example (None: put there), its labels and their weight."""

    pieces: Sequence[int]
    origin: int | None
    uncovered: float = 0.0
    wrong: float = 0.0
    weight: float = 1.0


@dataclass
class Draft:
    """A pair as the network is shown it."""

    example: Example
    sides: dict[str, list[Word]]

    @property
    def size(self) -> int:
        """How many pieces it has, with the three marks."""
        return sum(len(word.pieces) for side in SIDES for word in self.sides[side]) + 3


def shares(words: Sequence[Sequence[int]], spots: Sequence[Spot]) -> list[float]:
    """What each word has of the spots' values: all of it if half of the word lies inside, else its share."""
    found = []
    for start, end in words:
        best = 0.0
        for spot in spots:
            inside = min(end, spot[1]) - max(start, spot[0])
            if inside > 0:
                value = spot[2] if len(spot) > 2 else 1.0
                best = max(best, value if inside * 2 >= end - start else value * inside / (end - start))
        found.append(best)
    return found


def labelled(example: Example) -> Draft:
    """The example as it is, with the labels of its record."""
    record = example.record
    sides = {}
    for side in SIDES:
        places = example.words[side]
        columns = (
            example.pieces[side],
            shares(places, record.uncovered[side]),
            shares(places, record.wrong[side]),
            shares(places, record.unjudged[side]),
        )
        sides[side] = [
            Word(pieces, number, uncovered, wrong, record.weight * (1 - unjudged))
            for number, (pieces, uncovered, wrong, unjudged) in enumerate(zip(*columns, strict=True))
        ]
    return Draft(example, sides)


class Partners:
    """Which words of an example belong together: ``sure[side][n]`` are numbers of the other side's words."""

    def __init__(self, example: Example) -> None:
        self.sure: dict[str, dict[int, set[int]]] = {side: defaultdict(set) for side in SIDES}
        self._likely: dict[str, dict[int, set[int]]] = {side: defaultdict(set) for side in SIDES}
        for i, j, score in example.likely or ():
            self._add(self._likely, int(i), int(j))
            if score > LIKELY:
                self._add(self.sure, int(i), int(j))
        for i, j, strength in example.evidence:
            if strength > KNOWN:
                self._add(self.sure, int(i), int(j))

    @staticmethod
    def _add(to: dict[str, dict[int, set[int]]], i: int, j: int) -> None:
        to["zh"][i].add(j)
        to["en"][j].add(i)

    def of(self, side: str, number: int) -> set[int]:
        """The partners that are sure enough."""
        return self.sure[side].get(number, set())

    def perhaps(self, side: str, number: int) -> set[int]:
        """Those that may be partners."""
        return self._likely[side].get(number, set())


class Renderings:
    """What renders what: in the pairs that are taught, and by the dictionary."""

    def __init__(self, taught: Sequence[Example]) -> None:
        self._seen: dict[str, dict[str, Counter[str]]] = {side: defaultdict(Counter) for side in SIDES}
        self._lexicon = Lexicon(*([e.record.text[side] for e in taught] for side in SIDES))
        for example in taught:
            if not example.record.clean:
                continue
            pairs = {(int(i), int(j)) for i, j, score in example.likely or () if score > LIKELY}
            pairs |= {(int(i), int(j)) for i, j, strength in example.evidence if strength > KNOWN}
            for i, j in pairs:
                zh, en = (form_of(example.word(side, n), side) for side, n in zip(SIDES, (i, j), strict=True))
                self._seen["zh"][zh][en] += 1
                self._seen["en"][en][zh] += 1

    def settled(self, side: str, word: str, other: str) -> bool:
        """Whether a word of a side is often rendered by a word of the other one."""
        return self._seen[side][form_of(word, side)][form_of(other, OTHER[side])] >= SETTLED

    def possible(self, side: str, word: str, other: str) -> bool:
        """Whether a word may render a word of the other side, for all that is known."""
        if self._seen[side][form_of(word, side)][form_of(other, OTHER[side])]:
            return True
        zh, en = (word, other) if side == "zh" else (other, word)
        return self._lexicon.translations(zh).get(stem(en.lower()), 0.0) > FAINTLY_KNOWN

    def stems(self, chinese: str) -> set[str]:
        """The stems of the English words that may render a Chinese word, for all that is known."""
        known = {key for key, value in self._lexicon.translations(chinese).items() if value > FAINTLY_KNOWN}
        return known | {stem(word) for word in self._seen["zh"][form_of(chinese, "zh")]}

    def alike(self, side: str, one: str, two: str) -> bool:
        """Whether two words of a side often render the same word."""
        a, b = (self._seen[side][form_of(word, side)] for word in (one, two))
        return any(count >= SETTLED and b[word] >= SETTLED for word, count in a.items())


def nearest(
    counts: Counter[str], fits: Callable[[str], bool], cut: Callable[[str], Sequence[int]], table: Tensor
) -> dict[str, list[str]]:
    """For each frequent word that fits, the words whose rows in the table are nearest, in no order."""
    words = [word for word, _ in counts.most_common(VOCABULARY) if fits(word)]
    if len(words) <= NEAREST:
        return {}
    rows = np.array([table[list(cut(word))].mean(0).numpy() for word in words])
    rows -= rows.mean(0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    found = {}
    for start in range(0, len(words), 1_000):
        likeness = rows[start : start + 1_000] @ rows.T
        for number, near in enumerate(np.argpartition(-likeness, NEAREST, 1)[:, :NEAREST], start):
            found[words[number]] = [words[n] for n in near if n != number]
    return found


def _plain_english(word: str) -> bool:
    return word.isalpha() and word.isascii() and len(word) > 2 and word.lower() not in ENGLISH_FORM


def _plain_chinese(word: str) -> bool:
    return len(word) > 1 and all("\u4e00" <= c <= "\u9fff" for c in word)


class Corrupter:
    """Plants errors; ``pool`` are the right pairs that words to put in are taken from."""

    def __init__(
        self,
        taught: Sequence[Example],
        pool: Sequence[Example],
        table: Tensor,
        pieces: Pieces,
        rng: random.Random,
    ) -> None:
        """``taught``: the examples whose words stand for one another; none of those that are measured on."""
        self._pool, self._pieces, self._rng = pool, pieces, rng
        self._by_document: dict[tuple[str, str], list[Example]] = defaultdict(list)
        for example in pool:
            self._by_document[example.record.group, example.record.doc].append(example)
        counts: dict[str, Counter[str]] = {side: Counter() for side in SIDES}
        for example in taught:
            for side in SIDES:
                counts[side].update(example.word(side, n) for n in range(example.count(side)))
        self._near = {
            "en": nearest(counts["en"], _plain_english, lambda w: pieces.cut(w, True), table),
            "zh": nearest(counts["zh"], _plain_chinese, lambda w: pieces.cut(w, False), table),
        }
        self._classes = classes()
        self._renderings = Renderings(taught)
        # How often each change is made: those that people and machines make most, and that are hardest to see, most.
        self._changes: list[tuple[float, Callable[[Draft, Partners], None]]] = [
            (5.0, lambda d, p: self._exchange(d, p, "en")),
            (3.0, lambda d, p: self._exchange(d, p, "zh")),
            (2.5, self._exchange_class),
            (2.0, lambda d, p: self._drop(d, p, "en")),
            (2.4, lambda d, p: self._drop(d, p, "zh")),
            (1.4, lambda d, p: self._put_in(d, "zh")),
            (2.4, lambda d, p: self._put_in(d, "en")),
            (1.2, self._swap),
            (0.7, self._negate),
            (0.6, lambda d, p: None),
        ]

    def corrupted(self, example: Example) -> Draft:
        """The example with one or two errors; without any where none could be made."""
        draft, partners = labelled(example), Partners(example)
        weights = [share for share, _ in self._changes]
        for _ in range(self._rng.choice(CHANGES) + example.count("en") // WORDS_A_CHANGE):
            self._rng.choices(self._changes, weights)[0][1](draft, partners)
        return draft if all(draft.sides.values()) else labelled(example)

    def mismatched(self, example: Example) -> Draft:
        """The Chinese of an example beside the English of another one, mostly of the same document."""
        record, rng = example.record, self._rng
        near = [
            e for e in self._by_document[record.group, record.doc] if e.record.text["zh"] != record.text["zh"]
        ]
        other = rng.choice(near if near and rng.random() < FROM_NEAR else self._pool)
        shown = Example(
            Record(record.group, record.doc, {"zh": record.text["zh"], "en": other.record.text["en"]}),
            {"zh": example.words["zh"], "en": other.words["en"]},
            {"zh": example.pieces["zh"], "en": other.pieces["en"]},
            likely=[],
        )
        draft = labelled(shown)
        known = [self._renderings.stems(shown.word("zh", n)) for n in range(shown.count("zh"))]
        stems = {stem(shown.word("en", n).lower()) for n in range(shown.count("en"))}
        rendered = set().union(*known)
        for word, keys in zip(draft.sides["zh"], known, strict=True):
            word.uncovered = 1.0
            word.weight = float(
                not keys & stems and not is_form_word(shown.word("zh", word.origin or 0), "zh")
            )
        for word in draft.sides["en"]:
            text = shown.word("en", word.origin or 0)
            word.uncovered = 1.0
            word.weight = float(stem(text.lower()) not in rendered and content(text))
        return draft

    def _stretch(self, example: Example, side: str, longest: int) -> tuple[int, int]:
        """A stretch of words (from, to), perhaps from mark to mark."""
        count = example.count(side)
        if self._rng.random() < AT_MARKS:
            marks = [n + 1 for n in range(count) if example.word(side, n) in _MARKS]
            cuts = [0, *marks, count]
            fit = [(a, b) for a, b in itertools.pairwise(cuts) if 1 <= b - a <= 2 * longest]
            if fit:
                return self._rng.choice(fit)
        size = self._rng.randint(1, min(longest, max(1, count - 1)))
        start = self._rng.randrange(max(1, count - size))
        return start, start + size

    # -- changes --------------------------------------------------------------------------------

    def _drop(self, draft: Draft, partners: Partners, side: str) -> None:
        """Drop a stretch of a side: what only it rendered lacks a counterpart."""
        example, other = draft.example, OTHER[side]
        gone = set(range(*self._stretch(example, side, LONGEST[side])))
        sure = partners.sure[other]
        alone = {n for n, some in sure.items() if some and some <= gone and content(example.word(other, n))}
        if not alone or len(gone) > MOST_DROPPED * example.count(side):
            return
        low, high = min(alone), max(alone)
        for word in draft.sides[other]:
            if word.origin is None:
                continue
            if word.origin in alone:
                word.uncovered = 1.0
            elif word.origin not in sure and low - 1 <= word.origin <= high + 1:
                word.weight = 0.0
        draft.sides[side] = [w for w in draft.sides[side] if w.origin is None or w.origin not in gone]

    def _put_in(self, draft: Draft, side: str) -> None:
        """Put in a stretch of another pair, mostly of the same document."""
        rng, example, words = self._rng, draft.example, draft.sides[side]
        record = example.record
        near = [
            e for e in self._by_document[record.group, record.doc] if e.record.text[side] != record.text[side]
        ]
        other = rng.choice(near if near and rng.random() < FROM_NEAR else self._pool)
        start, end = self._stretch(other, side, LONGEST_PUT_IN)
        at = rng.randint(0, len(words))
        if rng.random() < AFTER_MARK:
            commas = [
                n + 1
                for n, word in enumerate(words)
                if word.origin is not None and example.word(side, word.origin) in _COMMAS
            ]
            at = rng.choice(commas) if commas else at
        weights = [1.0 if content(other.word(side, n)) else FORM_WEIGHT for n in range(start, end)]
        if 1.0 in weights:
            pieces = other.pieces[side][start:end]
            words[at:at] = [Word(p, None, 1.0, 0.0, w) for p, w in zip(pieces, weights, strict=True)]

    def _exchange(self, draft: Draft, partners: Partners, side: str) -> None:
        """A word that is linked gives way to one of a similar place in the language."""
        near = self._near[side]
        word = self._one_of(draft, side, lambda n, text: text in near and bool(partners.of(side, n)))
        if word is None or word.origin is None:
            return
        old = draft.example.word(side, word.origin)
        if side == "zh":
            fit = [new for new in near[old] if not set(new) & set(old)]
        else:
            stem = old[:SAME_STEM].lower()
            fit = [
                n for n in near[old] if n[:SAME_STEM].lower() != stem and n[0].isupper() == old[0].isupper()
            ]
        # A word that renders the same partner is no error; it is shown as a right one, or not at all.
        whom = [draft.example.word(OTHER[side], n) for n in sorted(partners.of(side, word.origin))]
        if self._rng.random() < HARMLESS:
            free = [new for new in fit if any(self._renderings.settled(side, new, other) for other in whom)]
            if free:
                word.pieces = self._pieces.cut(self._rng.choice(free), side == "en")
                word.weight *= HARMLESS_WEIGHT
            return
        fit = [
            new
            for new in fit
            if not any(self._renderings.possible(side, new, other) for other in whom)
            and not self._renderings.alike(side, old, new)
        ]
        if fit:
            self._say(draft, partners, side, word, self._rng.choice(fit))

    def _exchange_class(self, draft: Draft, partners: Partners) -> None:
        """A word of :data:`CLASSES` gives way to another of its row."""
        word = self._one_of(draft, "en", lambda n, text: text.lower() in self._classes)
        if word is None or word.origin is None:
            return
        old = draft.example.word("en", word.origin)
        new = self._rng.choice(self._classes[old.lower()])
        self._say(draft, partners, "en", word, new.capitalize() if old[0].isupper() else new)

    def _swap(self, draft: Draft, partners: Partners) -> None:
        """Two English words of the same shape change places."""
        near = self._near["en"]

        def shape(word: Word) -> tuple[bool, str]:
            text = draft.example.word("en", word.origin or 0)
            return text[0].isupper(), text[-2:] if text[-1] in "sdgyn" else ""

        some = self._all_of(draft, "en", lambda n, text: text in near and bool(partners.of("en", n)))
        if len(some) < 2:
            return
        one = self._rng.choice(some)
        text = draft.example.word("en", one.origin or 0).lower()
        fit = [
            word
            for word in some
            if shape(word) == shape(one) and draft.example.word("en", word.origin or 0).lower() != text
        ]
        if not fit:
            return
        two = self._rng.choice(fit)
        gone = partners.of("en", one.origin or 0) | partners.of("en", two.origin or 0)
        for word in draft.sides["zh"]:
            if word.origin in gone:
                word.wrong = max(word.wrong, SWAPPED_PARTNER)
        one.pieces, two.pieces = two.pieces, one.pieces
        for word in (one, two):
            word.origin, word.uncovered, word.wrong, word.weight = None, 0.0, SWAPPED, 1.0

    def _negate(self, draft: Draft, partners: Partners) -> None:
        """A negation goes, or comes after an auxiliary."""
        word = self._one_of(draft, "en", lambda n, text: text.lower() in _NEGATIONS | _AUXILIARIES)
        if word is None or word.origin is None:
            return
        words = draft.sides["en"]
        at = next(n for n, other in enumerate(words) if other is word)
        if draft.example.word("en", word.origin).lower() in _AUXILIARIES:
            words.insert(at + 1, Word(self._pieces.cut("not", True), None, 1.0, NEGATED))
            return
        gone = partners.of("en", word.origin)
        if gone:
            for other in draft.sides["zh"]:
                if other.origin in gone:
                    other.uncovered = 1.0
            del words[at]

    # -- shared by them -------------------------------------------------------------------------

    @staticmethod
    def _all_of(draft: Draft, side: str, fits: Callable[[int, str], bool]) -> list[Word]:
        return [
            word
            for word in draft.sides[side]
            if word.origin is not None and fits(word.origin, draft.example.word(side, word.origin))
        ]

    def _one_of(self, draft: Draft, side: str, fits: Callable[[int, str], bool]) -> Word | None:
        some = self._all_of(draft, side, fits)
        return self._rng.choice(some) if some else None

    def _say(self, draft: Draft, partners: Partners, side: str, word: Word, new: str) -> None:
        """Make another word of a word: it is wrong, and so are its partners; those that may be teach nothing."""
        number = word.origin or 0
        word.pieces, word.origin = self._pieces.cut(new, side == "en"), None
        word.uncovered, word.wrong, word.weight = 0.0, 1.0, 1.0
        for other in draft.sides[OTHER[side]]:
            if other.origin in partners.of(side, number):
                other.wrong = 1.0
            elif other.origin in partners.perhaps(side, number):
                other.weight = 0.0
