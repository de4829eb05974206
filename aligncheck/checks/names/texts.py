"""The two texts of a bead as the checks of names read them, and what pinyin and spelling ask of a word."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from aligncheck.checks.names.sounds import latin_letters
from aligncheck.data import rows
from aligncheck.facts.pinyin import plain_letters, readings, split
from aligncheck.model import Bitext, Hit, Message, Segment, Severity, SpanRef
from aligncheck.pairing.dictionary import entries, ordinary_words

CAPITAL = re.compile(r"[A-ZÜ][a-zü]+(?:['’][a-z]+)?")


@cache
def english_words() -> frozenset[str]:
    """English words and names that happen to be pinyin."""
    return frozenset(
        word for row in rows("aligncheck.checks", "english_pinyin.txt") for word in row[0].split()
    )


#: A line of CC-CEDICT: the reading, and what the word means.
GLOSS = re.compile(r"\[([^\]]*)\] /(.*)/")


@lru_cache(maxsize=1 << 14)
def plain_headword(word: str) -> bool:
    """Whether some Chinese is a headword that is no name: 简介."""
    shown = [found.group(1) for line in entries().lines(word) if (found := GLOSS.search(line))]
    return any(not reading[:1].isupper() for reading in shown)


#: Myanmar (or Burma)
_OTHER_NAME = re.compile(r"\((?:or|formerly|also)\s+([A-Z][a-z]+)\)")
_IN_GLOSS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ'’-]*[a-zà-ɏ]")


@lru_cache(maxsize=1 << 14)
def latin_words(name: str) -> frozenset[str]:
    """The Latin names (plain small letters) that CC-CEDICT gives for a Chinese one; none where it is more than a name."""
    found: set[str] = set()
    for line in entries().lines(name):
        shown = GLOSS.search(line)
        if shown is None:
            continue
        reading, glosses = shown.groups()
        if not reading[:1].isupper():
            return frozenset()
        for gloss in glosses.split("/"):
            head = re.split(r"[,(;]", _OTHER_NAME.sub(r" \1 ", gloss))[0]
            if gloss.startswith(("surname ", "Surname ")):
                return frozenset()
            found.update(latin_letters(w) for w in _IN_GLOSS.findall(re.sub(r"\[[^\]]*\]", "", head)))
    return frozenset(w for w in found if len(w) > 2)


@dataclass(frozen=True, slots=True)
class Side:
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


@dataclass(frozen=True)
class Texts:
    """A bead: its Chinese, its English, and the beads beside it (none in a file of pairs)."""

    zh_side: Side
    en_side: Side
    near: tuple[tuple[Side, Side], ...] = ()

    @cached_property
    def zh(self) -> str:
        """The Chinese, segments parted by line breaks."""
        return self.zh_side.text

    @cached_property
    def en(self) -> str:
        """The English in the same way, with straight apostrophes."""
        return self.en_side.text.replace("’", "'").replace("‘", "'")

    def hit(
        self,
        zh: tuple[int, int],
        en: tuple[int, int],
        message: Message,
        confidence: float,
        suggestion: str = "",
        severity: Severity | None = None,
    ) -> Hit:
        """A hit at a stretch of either text."""
        return Hit(
            message,
            (self.zh_side.ref(*zh),),
            (self.en_side.ref(*en),),
            confidence,
            severity,
            suggestion=suggestion,
        )


def texts_of(bitext: Bitext) -> list[Texts]:
    """The beads of a pair that have both sides."""
    chinese, english = bitext.source.segments, bitext.target.segments
    beads = [
        (Side(tuple(chinese[i] for i in b.source)), Side(tuple(english[j] for j in b.target)))
        for b in bitext.beads
    ]
    found = []
    for n, (zh, en) in enumerate(beads):
        if zh.segments and en.segments:
            beside = () if bitext.paired else (n - 2, n - 1, n + 1, n + 2)
            found.append(Texts(zh, en, tuple(beads[m] for m in beside if 0 <= m < len(beads))))
    return found


def is_ordinary(low: str) -> bool:
    """Whether an English word (small letters) is no name: of the dictionary, in British spelling, or several joined."""
    words = ordinary_words()
    if low in words or (low.endswith("our") and low[:-3] + "or" in words):
        return True
    return "-" in low and all(part in words for part in low.split("-"))


def made_of_ordinary(low: str) -> bool:
    """Whether a word is a form of an ordinary one (inspections, unveiled) or two of them (southbound)."""
    words = ordinary_words()
    if any(
        low.endswith(ending) and (low[: -len(ending)] in words or low[: -len(ending)] + "e" in words)
        for ending in ("s", "es", "ed", "ing")
    ):
        return True
    return any(low[:n] in words and low[n:] in words for n in range(4, len(low) - 3))


_OPENS = re.compile(r"(?:^|[.!?:;。]|\n)[\s\"“‘(]*$")


def opens_sentence(text: str, at: int) -> bool:
    """Whether the word at a place is the first of a sentence, where every word has a capital."""
    return _OPENS.search(text, max(0, at - 6), at) is not None


def bare(word: str) -> str:
    """A name's letters: lower case, no marks, no tones."""
    return re.sub(r"[^a-z]", "", plain_letters(word))


@cache
def soundings(name: str) -> tuple[str, ...]:
    """All ways to read a short name aloud."""
    choices = itertools.product(*(sorted(readings(sign)) for sign in name))
    return tuple("".join(c) for c in itertools.islice(choices, 200))


def syllable_count(word: str) -> int | None:
    """How many syllables of pinyin a word is; None where it is none."""
    parts = split(bare(word))
    return len(parts) if parts else None


def distance(one: str, other: str) -> int:
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
