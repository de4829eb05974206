"""How well a Latin name is what the characters of a transliteration sound like, by what names have taught.

``sounds.tsv`` tells which pieces of Latin names each character has stood for, and how often.  The best way to
cut a word into such pieces, against what the word's letters are worth by themselves, tells whether a name may be
meant: 米切尔 is mi-tche-ll, and hardly Ma-rsha-ll.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from aligncheck.data import rows
from aligncheck.facts.pinyin import usual_reading

#: The letters that a character stands for at most.
LONGEST = 6
#: What a piece that no name has shown is worth, by its length; what it weighs against the names seen.
_UNSEEN, _UNSEEN_SHORTER, _PRIOR = 0.25, 0.02, 4.0
_OTHER_LETTERS = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "đ": "d", "æ": "ae", "ı": "i", "œ": "oe", "ð": "d", "þ": "th"})  # fmt: skip


@lru_cache(maxsize=1 << 14)
def latin_letters(word: str) -> str:
    """The plain letters of a Latin name, small."""
    plain = unicodedata.normalize("NFD", word.lower().translate(_OTHER_LETTERS))
    return re.sub("[^a-z]", "", plain)


def piece_probability(counts: Mapping[str, Mapping[str, float]], sign: str, piece: str) -> float:
    """How likely a character stands for a piece, 0..1; ``counts``: how often it has stood for which."""
    unseen = 0.02 if not piece else _UNSEEN * _UNSEEN_SHORTER ** len(piece)
    seen = counts.get(sign)
    if not seen:
        return unseen
    return (seen.get(piece, 0.0) + _PRIOR * unseen) / (sum(seen.values()) + _PRIOR)


@cache
def _taught() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Pieces by character, pieces by reading (of all characters that share it), letters by the one before."""
    signs: dict[str, dict[str, float]] = {}
    readings: dict[str, dict[str, float]] = {}
    letters: dict[str, dict[str, float]] = {}
    for head, cells in rows("aligncheck.checks", "sounds.tsv"):
        found = {p: float(n) for p, n in (cell.rsplit(":", 1) for cell in cells.split(" "))}
        if head[0] == "^":
            letters[head[1:]] = found
            continue
        signs[head] = {"" if p == "-" else p: n for p, n in found.items()}
        shared = readings.setdefault(usual_reading(head), {})
        for piece, n in signs[head].items():
            shared[piece] = shared.get(piece, 0.0) + n
    return signs, readings, letters


@lru_cache(maxsize=1 << 16)
def _worth(sign: str, piece: str) -> float:
    """The logarithm of how likely a character stands for a piece; one with the same reading teaches too."""
    signs, readings, _ = _taught()
    reading = usual_reading(sign)
    by_reading = piece_probability(readings, reading, piece)
    seen = signs.get(sign)
    if not seen:
        return math.log(by_reading)
    return math.log((seen.get(piece, 0.0) + _PRIOR * by_reading) / (sum(seen.values()) + _PRIOR))


@lru_cache(maxsize=1 << 14)
def _by_chance(word: str, start: int = 0, end: int | None = None) -> float:
    """The logarithm of how likely a Latin name has just these letters, or those of a stretch of it."""
    letters, total = _taught()[2], 0.0
    steps = list(zip("^" + word, word + "$", strict=True))
    for one, other in steps[start:end]:
        row = letters.get(one, {})
        total += math.log((row.get(other, 0.0) + 0.3) / (sum(row.values()) + 9))
    return total


@lru_cache(maxsize=1 << 14)
def evidence(name: str, word: str) -> float:
    """What speaks for a Latin word being a transliterated name: a log-likelihood ratio a character.

    Above 0 the name explains the word better than chance does; names that belong together have mostly 2 to 6,
    others -10 to -2.  ``word``: small letters, as :func:`latin_letters` gives them.
    """
    return (_best_cut(name, word)[0] - _by_chance(word)) / max(1, len(name))


@lru_cache(maxsize=1 << 14)
def weakest(name: str, word: str) -> float:
    """What the character that fits least says in the best cut of a word: a log-likelihood ratio, as :func:`evidence`.

    哈特曼 explains Hoffmann well on the whole, but 特 is hardly ff.
    """
    ends = _best_cut(name, word)[1]
    values = [
        _worth(sign, word[start:end]) - _by_chance(word, start, end)
        for sign, (start, end) in zip(name, itertools.pairwise((0, *ends)), strict=False)
    ]
    return min(values, default=0.0)


@lru_cache(maxsize=1 << 14)
def _best_cut(name: str, word: str) -> tuple[float, tuple[int, ...]]:
    """The log-likelihood of the best way to cut a word into the pieces of a name's characters, and where each ends."""
    size = len(word)
    row: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(-math.inf, ())] * size]
    for sign in name:
        before, row = row, [(-math.inf, ())] * (size + 1)
        for start, (value, cuts) in enumerate(before):
            if value > -math.inf:
                for end in range(start, min(size, start + LONGEST) + 1):
                    total = value + _worth(sign, word[start:end])
                    if total > row[end][0]:
                        row[end] = total, (*cuts, end)
    return row[size]
