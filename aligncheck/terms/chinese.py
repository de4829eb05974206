"""Finding Chinese terms in Chinese text: longest match, at word borders, through shared heads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aligncheck.terms.normal import Folded, fold_chinese

#: One-character words that join others freely, so that a border beside them inside a word is one.
_AFFIXES = frozenset(
    "市区县省州镇乡村路站港国部局委办院所会性化型级类式们者员新老全各本该副原前超等的了在和与及是为"
)
_WINDOW = 14  # code points in which a shared head must follow
_BARRIER = re.compile(r"[，。；：！？,;:!?\n]")
_LIST_SIGNS = "、和与及或"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Chinese key stands in a text: offsets into the untouched text.

    ``head`` is the span of the shared head where it stands apart (教育、医疗资源), else None.
    """

    key: str
    start: int
    end: int
    head: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """An index of Chinese keys: the keys, and for their first character the lengths that occur."""

    known: Mapping[str, Any]
    lengths: Mapping[str, tuple[int, ...]]  # of the first one or two characters: lengths, longest first


def make_lengths(keys: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """The lengths of all keys by their first two characters (one, for keys of one)."""
    found: dict[str, set[int]] = {}
    for key in keys:
        found.setdefault(key[:2], set()).add(len(key))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}


def find_keys(text: str, keys: Keys, shared_heads: bool = True) -> list[Place]:
    """The keys in a text, left to right, none overlapping, the longest first where they compete."""
    folded = fold_chinese(text)
    line = folded.text
    candidates: list[tuple[int, int]] = []
    for i in range(len(line)):
        for start in (line[i : i + 2], line[i]):
            for size in keys.lengths.get(start, ()):
                if len(start) <= size <= len(line) - i and line[i : i + size] in keys.known:
                    candidates.append((i, i + size))
            if len(start) == 1:
                break
    if not candidates and not shared_heads:
        return []
    borders = _Borders(line)
    kept: list[tuple[int, int]] = []
    for start_at, end_at in sorted(set(candidates), key=lambda c: (c[0] - c[1], c[0])):
        if any(start_at < e and s < end_at for s, e in kept):
            continue
        if borders.fit(start_at, end_at):
            kept.append((start_at, end_at))
    places = [Place(line[s:e], *folded.back(s, e)) for s, e in kept]
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
        word = self._word(border)
        if word is None:
            return True
        return _is_word(self.line[word[0] : border]) and _is_word(self.line[border : word[1]])

    def fit(self, start: int, end: int) -> bool:
        """Whether a term may stand between these borders.

        A term of four or more characters is hardly ever there by accident unless both of its ends
        cut words; a short one must have clean ends.
        """
        good = self.at(start) + self.at(end)
        return good == 2 or (good == 1 and end - start >= 4)


@lru_cache(maxsize=65536)
def _is_word(text: str) -> bool:
    if len(text) == 1:
        return text in _AFFIXES
    if not re.fullmatch(r"[\u3400-\u9fff]+", text):
        return True
    return bool(_tokenizer().has_word(text))
