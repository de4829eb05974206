"""Which words of a Chinese text are rendered in an English one, and which are not.

A :class:`Lexicon` belongs to one pair of documents.  It knows the translations that CC-CEDICT gives
for the words that occur there, names by their pinyin, figures by value, Latin words as they are,
the glossary's own terms, and, once it has been shown aligned passages, the word pairs that these documents
themselves use (:meth:`Lexicon.learn`).

Words weigh by inverse frequency in the documents (Spärck Jones 1972): 0 for a word that is everywhere,
1 for one that occurs once.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.model import Span
from aligncheck.pairing import model1
from aligncheck.pairing.dictionary import Dictionary, dictionary
from aligncheck.pairing.numbers import NUMBER_WORDS
from aligncheck.pairing.words import Word, chinese_words, english_words, stem


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """A word of one text and what speaks for its being rendered in the other.

    ``weight``: 0..1, how much the word says (inverse frequency).  ``strength``: 0..1, how
    sure it is that the other text renders it; 0 where nothing there fits.  ``partner``: the place of
    the best fitting word in the other text, None where ``strength`` is 0.
    """

    word: Word
    weight: float
    strength: float
    partner: Span | None

    @property
    def span(self) -> Span:
        """Where the word stands, in code points of its text."""
        return Span(self.word.start, self.word.end)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a Chinese and an English text, each with its evidence, in text order."""

    chinese: tuple[WordEvidence, ...]
    english: tuple[WordEvidence, ...]

    @property
    def chinese_coverage(self) -> float:
        """The share 0..1 of the Chinese text's word weight that the English text renders; 1 if wordless."""
        return _coverage(self.chinese)

    @property
    def english_coverage(self) -> float:
        """The share 0..1 of the English text's word weight that the Chinese text backs; 1 if wordless."""
        return _coverage(self.english)

    def uncovered_chinese(self, below: float = 0.25) -> tuple[Span, ...]:
        """The places of Chinese words whose strength is under ``below``, neighbours joined."""
        return _uncovered(self.chinese, below)

    def uncovered_english(self, below: float = 0.25) -> tuple[Span, ...]:
        """The places of English words whose strength is under ``below``, neighbours joined."""
        return _uncovered(self.english, below)


def _coverage(words: Sequence[WordEvidence]) -> float:
    total = sum(w.weight for w in words)
    return sum(w.weight * w.strength for w in words) / total if total else 1.0


def _uncovered(words: Sequence[WordEvidence], below: float) -> tuple[Span, ...]:
    spans: list[Span] = []
    fresh = True
    for word in words:
        if word.strength >= below:
            fresh = True
        elif fresh:
            spans.append(word.span)
            fresh = False
        else:
            spans[-1] = Span(spans[-1].start, word.span.end)
    return tuple(spans)


class Lexicon:
    """The word-level evidence of one pair of documents.

    Made from the texts of both sides (sentences, in any order), which give the frequencies; words
    of other texts may be asked for too and count as rare ones.
    """

    def __init__(
        self,
        chinese: Sequence[str],
        english: Sequence[str],
        terms: Iterable[tuple[str, Sequence[str]]] = (),
        table: Dictionary | None = None,
    ) -> None:
        """``terms``: Chinese terms, each with its accepted English renderings."""
        self._table = table or dictionary()
        self.chinese = Side([chinese_words(t) for t in chinese])
        self.english = Side([english_words(t) for t in english])
        self._names = frozenset(n for t in english for n in _names(t))
        self._cache: dict[str, dict[str, float]] = {}
        self._learnt: dict[str, dict[str, float]] = {}
        self._pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]] | None = None
        self._terms: dict[str, dict[str, float]] = {}
        self._stems = self._english_stems()
        for term, renderings in terms:
            self._add_term(term, renderings)

    # -- one pair of words, one pair of texts ---------------------------------------------------

    def translations(self, chinese: str) -> Mapping[str, float]:
        """English keys (stems, ``#value``) that may render a Chinese word key, with strengths 0..1."""
        fixed, learnt = self._fixed(chinese), self._learnt.get(chinese)
        return _stronger(fixed, learnt) if learnt else fixed

    def _fixed(self, chinese: str) -> Mapping[str, float]:
        """The translations of a word that need no aligned passages."""
        known = self._cache.get(chinese)
        if known is None:
            self._prepare([chinese])
            known = self._cache[chinese]
        terms = self._terms.get(chinese)
        return _stronger(known, terms) if terms else known

    def match(self, chinese: str, english: str) -> Evidence:
        """Which words of a Chinese text an English text renders, both ways.

        Spans count code points of the two texts given.
        """
        return self.match_words(chinese_words(chinese), english_words(english))

    def match_words(self, chinese: Sequence[Word], english: Sequence[Word]) -> Evidence:
        """As :meth:`match`, for words that are cut already."""
        self._prepare([w.key for w in chinese])
        places: dict[str, list[int]] = {}
        for n, word in enumerate(english):
            places.setdefault(word.key, []).append(n)
        forward = [(0.0, -1)] * len(chinese)
        backward = [(0.0, -1)] * len(english)
        scale = len(english) / max(len(chinese), 1)
        for m, word in enumerate(chinese):
            for key, strength in self.translations(word.key).items():
                for n in places.get(key, ()):
                    # Among equal words the one at the like place of its text is the partner.
                    if (strength, -abs(n - m * scale)) > (forward[m][0], -abs(forward[m][1] - m * scale)):
                        forward[m] = (strength, n)
                    if (strength, -abs(n - m * scale)) > (backward[n][0], -abs(n - backward[n][1] * scale)):
                        backward[n] = (strength, m)
        return Evidence(
            tuple(
                WordEvidence(w, self.chinese.weight(w.key), s, _span(english, n))
                for w, (s, n) in zip(chinese, forward, strict=True)
            ),
            tuple(
                WordEvidence(w, self.english.weight(w.key), s, _span(chinese, n))
                for w, (s, n) in zip(english, backward, strict=True)
            ),
        )

    def candidates(self, chinese: str, english: str) -> Iterable[tuple[Word, Word, float]]:
        """All pairs of words, figures apart, that may render each other, with strengths 0..1."""
        left = [w for w in chinese_words(chinese) if w.kind != "figure"]
        right = [w for w in english_words(english) if w.kind != "figure"]
        self._prepare([w.key for w in left])
        for word in left:
            known = self.translations(word.key)
            for other in right:
                if other.key in known:
                    yield word, other, known[other.key]

    # -- what the documents teach ---------------------------------------------------------------

    def learn(self, beads: Iterable[tuple[Sequence[int], Sequence[int]]]) -> None:
        """Learn word pairs from beads over the sentences that this lexicon was made from.

        IBM Model 1 both ways (Brown et al. 1993); a pair counts as far as both directions and its
        number of joint occurrences support it (in the manner of Moore 2002).
        """
        self._learnt = model1.learn(self.chinese, self.english, beads)

    # -- inside ---------------------------------------------------------------------------------

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """All evidence between word types of the two documents: Chinese types, English types and strengths (0..1).

        The three arrays have the shape (pairs,).
        """
        if self._pairs is None:
            self._prepare(self.chinese.keys)
            self._pairs = self._numbered({k: self._fixed(k) for k in self.chinese.keys})
        if not self._learnt:
            return self._pairs
        # A pair that is known from the dictionary too stands twice; the stronger evidence counts.
        learnt = self._numbered(self._learnt)
        return (
            np.concatenate([self._pairs[0], learnt[0]]),
            np.concatenate([self._pairs[1], learnt[1]]),
            np.concatenate([self._pairs[2], learnt[2]]),
        )

    def _numbered(
        self, table: Mapping[str, Mapping[str, float]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        rows, columns = self.chinese.numbers, self.english.numbers
        found = [
            (rows[key], columns[word], strength)
            for key, words in table.items()
            if key in rows
            for word, strength in words.items()
            if word in columns
        ]
        left, right, strengths = zip(*found, strict=True) if found else ((), (), ())
        return (
            np.array(left, dtype=np.int64),
            np.array(right, dtype=np.int64),
            np.array(strengths, dtype=np.float32),
        )

    def _english_stems(self) -> dict[int, str]:
        """Stem number in the dictionary -> key, for the words of the English document."""
        ids = self._table.stem_ids(self.english.keys).tolist()
        return {i: k for i, k in zip(ids, self.english.keys, strict=True) if i >= 0}

    def _add_term(self, term: str, renderings: Sequence[str]) -> None:
        words: dict[str, float] = {}
        for rendering in renderings:
            keys = {w.key for w in english_words(rendering)}
            for key in keys:
                words[key] = max(words.get(key, 0.0), 1 / math.sqrt(len(keys)))
        for word in chinese_words(term):
            known = self._terms.setdefault(word.key, {})
            for key, strength in words.items():
                known[key] = max(known.get(key, 0.0), strength)

    def _prepare(self, keys: Sequence[str]) -> None:
        """Look up all words that are not known yet, in one go."""
        fresh = [k for k in dict.fromkeys(keys) if k not in self._cache]
        if not fresh:
            return
        parts = {k: list(_substrings(k)) for k in fresh if k[0] != "#"}
        wanted = list(dict.fromkeys(p for group in parts.values() for p in group))
        place = dict(zip(wanted, self._table.positions(wanted).tolist(), strict=True))
        for key in fresh:
            self._cache[key] = self._look_up(key, parts.get(key, []), place)

    def _look_up(self, key: str, parts: list[str], place: Mapping[str, int]) -> dict[str, float]:
        found: dict[str, float] = {}
        if key[0] == "#":
            found[key] = 1.0
            for word, digits in NUMBER_WORDS.items():
                if digits == key[1:]:
                    found[stem(word)] = 0.8
            return found
        if key.isascii():
            found[key] = 1.0
            return found
        whole = place.get(key, -1) >= 0
        for part in parts:
            at = place[part]
            if at < 0:
                continue
            if part == key:
                factor = 1.0
            elif len(part) > 1:
                factor = 0.6 if whole else 0.8
            else:
                factor = 0.0 if whole and len(key) > 1 else 0.45
            if not factor:
                continue
            ids, strengths = self._table.glosses(at)
            for i, strength in zip(ids.tolist(), strengths.tolist(), strict=True):
                gloss = self._stems.get(i)
                if gloss is not None and factor * strength > found.get(gloss, 0.0):
                    found[gloss] = factor * strength
        for name in self._pinyin(key):
            word = stem(name)
            if name in self._names:
                found[word] = max(found.get(word, 0.0), 0.9)
        return found

    def _pinyin(self, key: str) -> set[str]:
        """How the English text may spell a Chinese name: whole, surname, given name."""
        if len(key) > 4:
            return set()
        readings = [self._table.readings(c)[:3] for c in key]
        if not all(readings):
            return set()
        spellings = set()
        cuts = [(0, len(key))] + ([(0, 1), (1, len(key))] if len(key) > 1 else [])
        if len(key) == 4:
            cuts += [(0, 2), (2, 4), (0, 3)]
        if len(key) == 3:
            cuts += [(0, 2)]
        for start, end in cuts:
            for choice in itertools.islice(itertools.product(*readings[start:end]), 27):
                spelling = "".join(choice).replace("v", "u")
                if len(spelling) > 1:
                    spellings.add(spelling)
        return spellings


def _stronger(left: Mapping[str, float], right: Mapping[str, float]) -> dict[str, float]:
    """Both tables in one; of two strengths the greater."""
    joined = dict(left)
    for word, strength in right.items():
        if strength > joined.get(word, 0.0):
            joined[word] = strength
    return joined


class Side:
    """The words of one document's sentences: types, occurrences, weights."""

    def __init__(self, sentences: Sequence[Sequence[Word]]) -> None:
        self.sentences = [tuple(s) for s in sentences]
        counts: dict[str, int] = {}
        for sentence in self.sentences:
            for key in dict.fromkeys(w.key for w in sentence):
                counts[key] = counts.get(key, 0) + 1
        self.keys = list(counts)
        self.numbers = {k: i for i, k in enumerate(self.keys)}
        self._scale = math.log(1 + (len(self.sentences) + 30) / 1.5)
        self._counts = counts
        self.weights = np.array([self.weight(k) for k in self.keys], dtype=np.float32)

    def weight(self, key: str) -> float:
        """0..1 by inverse sentence frequency; single characters count half: they are often function words."""
        rare = math.log(1 + (len(self.sentences) + 30) / (self._counts.get(key, 1) + 0.5)) / self._scale
        return rare * (0.5 if len(key) == 1 else 1.0)

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each distinct word of each sentence once: number of the sentence and of the type, both of shape
        (words,), in sentence order."""
        rows, types = [], []
        for i, sentence in enumerate(self.sentences):
            for key in dict.fromkeys(w.key for w in sentence):
                rows.append(i)
                types.append(self.numbers[key])
        return np.array(rows, dtype=np.int64), np.array(types, dtype=np.int64)


_CAPITALISED = re.compile(r"[A-Z][a-z]+(?:['’][a-z]+)?")


def _names(text: str) -> Iterable[str]:
    """Capitalised words in lower case, with and without the apostrophe of Xi'an."""
    for match in _CAPITALISED.finditer(text):
        yield match.group().lower()
        if len(match.group()) > 3:
            yield match.group().lower().replace("’", "").replace("'", "")


def _span(words: Sequence[Word], n: int) -> Span | None:
    return Span(words[n].start, words[n].end) if n >= 0 else None


def _substrings(key: str) -> Iterable[str]:
    """A word and its parts that the dictionary may know (bounded for long words)."""
    yield key
    if key.isascii():
        return
    longest = min(len(key) - 1, 5)
    for size in range(longest, 0, -1):
        for start in range(min(len(key), 16) - size + 1):
            yield key[start : start + size]
