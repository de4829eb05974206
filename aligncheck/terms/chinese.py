"""Finding Chinese terms in Chinese text: longest match, at word borders, through shared heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aligncheck.terms.concepts import Concept
from aligncheck.terms.normal import Folded, fold_chinese
from aligncheck.terms.patterns import Pattern
from aligncheck.terms.scope import Scope

#: One-character words that join others freely, so that a border beside them inside a word is one.
_BEFORE = frozenset("市区县省州全各本该原前新副")
_AFTER = frozenset("市区县省州镇乡村路站港内外上下中后前等的了在和与及是为们")
#: A tail that makes another word of a short term: 标准化, 领导者, 投资额.
_SUFFIXES = frozenset("化者性率家型式员额费法学权")
#: Tails that measure what a long term names and leave it what it is: 不良贷款率.
_MEASURES = frozenset("率额")
_WINDOW = 14  # code points in which a shared head must follow
_BARRIER = re.compile(r"[，。；：！？,;:!?\n]")
_LIST_SIGNS = "、和与及或"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Chinese key stands in a text: offsets into the untouched text.

    ``head`` is the span of the shared head where it stands apart (教育、医疗资源), else None.
    ``filled`` is the concept of a term with place holders, its numbers filled in.
    """

    key: str
    start: int
    end: int
    head: tuple[int, int] | None = None
    filled: Concept | None = None


class Keys:
    """An index of Chinese keys, searched by an Aho-Corasick automaton.

    ``lengths``: of the first one or two characters, the lengths of keys, longest first.  ``guarded``: keys
    whose concepts all have a scope that asks for the words around.  ``patterns``: terms with place holders.
    """

    def __init__(
        self,
        known: Mapping[str, Any],
        lengths: Mapping[str, tuple[int, ...]],
        guarded: Mapping[str, Sequence[Scope]] | None = None,
        patterns: Sequence[Pattern] = (),
        automaton: Any = None,
    ) -> None:
        self.known, self.lengths = known, lengths
        self.guarded = guarded or {}
        self.patterns = patterns
        self.automaton = automaton if automaton is not None else make_automaton(known)

    def candidates(self, line: str) -> set[tuple[int, int]]:
        """The ranges of a normalised text that are keys and may be by their scopes."""
        if not self.known:
            return set()
        found = set()
        for last, size in self.automaton.iter(line):
            start, end = last + 1 - size, last + 1
            scopes = self.guarded.get(line[start:end]) if self.guarded else None
            if scopes is None or any(s.fits(line, start, end) for s in scopes):
                found.add((start, end))
        return found


def make_automaton(keys: Iterable[str]) -> Any:
    """An automaton that gives the last character's index and the length of every key in a text."""
    import ahocorasick

    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for key in keys:
        automaton.add_word(key)
    automaton.make_automaton()
    return automaton


def make_lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of all keys by their first two characters (one, for keys of one)."""
    found: dict[str, set[int]] = {}
    for key in keys:
        found.setdefault(key[:2], set()).add(len(key))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}


def find_keys(text: str, keys: Keys, shared_heads: bool = True) -> list[Place]:
    """The keys in a text, left to right, none overlapping, the longest first where they compete."""
    folded = fold_chinese(text)
    line = folded.text
    filled = {
        (start, end): concept for pattern in keys.patterns for start, end, concept in pattern.find(line)
    }
    plain = keys.candidates(line)
    if not plain and not filled and not shared_heads:
        return []
    borders = _Borders(line)
    kept: list[tuple[int, int]] = []
    for start_at, end_at in sorted(plain | set(filled), key=lambda c: (c[0] - c[1], c[0])):
        if any(start_at < e and s < end_at for s, e in kept):
            continue
        # A number and the words around it are no accident; a word may well begin inside another.
        if (start_at, end_at) in filled or borders.fit(start_at, end_at):
            kept.append((start_at, end_at))
    places = [Place(line[s:e], *folded.back(s, e), filled=filled.get((s, e))) for s, e in kept]
    if shared_heads:
        places.extend(_shared(folded, keys, kept, borders))
    return sorted(places, key=lambda p: (p.start, p.end))


def _shared(folded: Folded, keys: Keys, kept: list[tuple[int, int]], borders: _Borders) -> list[Place]:
    """Terms whose head stands only at the end of a list: 教育 + 资源 in 教育、医疗资源."""
    line = folded.text
    places = []
    for sign in range(2, len(line)):
        if line[sign] not in _LIST_SIGNS:
            continue
        barrier = _BARRIER.search(line, sign, sign + _WINDOW)
        limit = barrier.start() if barrier else min(len(line), sign + _WINDOW)
        for size in (4, 3, 2):
            start = sign - size
            if start < 0 or any(c in _LIST_SIGNS for c in line[start:sign]):
                continue
            if line[start : start + 2] not in keys.lengths or any(s <= start < e for s, e in kept):
                continue
            hit = _head(line, start, sign, limit, keys, borders)
            if hit is not None:
                head = folded.back(*hit)
                key = line[start:sign] + line[hit[0] : hit[1]]
                places.append(Place(key, *folded.back(start, sign), head=head))
                break
    return places


def _head(
    line: str, start: int, sign: int, limit: int, keys: Keys, borders: _Borders
) -> tuple[int, int] | None:
    if not borders.fit(start, sign):
        return None
    sizes = keys.lengths[line[start : start + 2]]
    for end in range(sign + 4, limit + 1):
        for size in sizes:
            head = size - (sign - start)
            if head < 2 or end - head < sign + 3:
                continue
            if (
                line[start:sign] + line[end - head : end] in keys.known
                and borders.at(end)
                and borders.at(end - head)
            ):
                return end - head, end
    return None


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import rjieba

    return rjieba


class _Borders:
    """Word borders of a text, from a segmentation by dictionary words only (no guessed words)."""

    def __init__(self, line: str) -> None:
        self.line = line
        self._spans: dict[int, tuple[int, int]] | None = None

    def _word(self, at: int) -> tuple[int, int] | None:
        """The word that has ``at`` strictly inside."""
        if self._spans is None:
            self._spans = {}
            start = 0
            for word in _tokenizer().cut(self.line, False):
                end = start + len(word)
                if len(word) > 1:
                    for i in range(start + 1, end):
                        self._spans[i] = (start, end)
                start = end
        return self._spans.get(at)

    def at(self, border: int) -> bool:
        """Whether a word may end here and another begin."""
        return self._opens(border) and self._closes(border)

    def _opens(self, start: int) -> bool:
        """Whether a term may begin here: what a word loses to it is a word (推进 before 物联网)."""
        word = self._word(start)
        return word is None or _is_word(self.line[word[0] : start], _BEFORE)

    def _closes(self, end: int) -> bool:
        word = self._word(end)
        return word is None or _is_word(self.line[end : word[1]], _AFTER)

    def fit(self, start: int, end: int) -> bool:
        """Whether a term may stand between these borders.

        A term of four or more characters is hardly ever there by accident unless both of its ends
        cut words; a short one must have clean ends and be no part of a longer word.
        """
        if self.line[max(0, start - 1) : start] == "非":
            return False
        good = self._opens(start) + self._closes(end)
        return (good == 2 or (good == 1 and end - start >= 4)) and not self._in_longer(start, end)

    def _in_longer(self, start: int, end: int) -> bool:
        """Whether a longer dictionary word takes the term, or its end, for itself: 法人代表, 企业家."""
        size = end - start
        following = self.line[end : end + 1]
        measured = following in _MEASURES and size >= 4
        if (
            following in _SUFFIXES
            and not measured
            and any(
                _is_word(self.line[at : end + 1], frozenset()) for at in range(max(start, end - 3), end - 1)
            )
        ):
            return True
        word = self._word(start) or self._word(end)
        if word is None:  # the term begins and ends at the borders of words
            word = self._holder(start, end)
        if word is None or not (word[0] <= start and end <= word[1] and word[1] - word[0] > size):
            return False
        left, right = self.line[word[0] : start], self.line[end : word[1]]
        if size >= 3:  # 国务院总理 is the premier of the State Council, 外交部门 is no ministry
            return not ((not left or _is_word(left, _BEFORE)) and (not right or _is_word(right, _AFTER)))
        return not ((left in _BEFORE and not right) or (right in _AFTER and not left))

    def _holder(self, start: int, end: int) -> tuple[int, int] | None:
        """The dictionary word that holds a range: the segmenter's own, if it is longer."""
        for at in range(start + 1, end):
            word = self._word(at)
            if word is not None and (word[0] < start or end < word[1]):
                return word
        return None


@lru_cache(maxsize=65536)
def _is_word(text: str, affixes: frozenset[str]) -> bool:
    if len(text) == 1:
        return text in affixes
    if not re.fullmatch(r"[\u3400-\u9fff]+", text):
        return True
    return bool(_tokenizer().has_word(text))
