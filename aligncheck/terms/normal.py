"""Spellings that count as one: forms of Chinese characters, widths, quotation marks, hyphens.

A normalised text carries a map back: ``origin[i]`` is the offset, in the untouched text, of the
normalised character ``i``; the last entry is the length of the untouched text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aligncheck.words.forms import simplified

#: All shapes of quotation marks, single and double, straight, curly, angular and full-width.
QUOTES = "\"'“”‘’„‟‚‛«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇`´"
_MIDDLE_DOTS = "·•‧・･∙⋅●"
_DASHES = "-‐‑‒–—―−﹣－─"


@dataclass(frozen=True, slots=True)
class Folded:
    """A normalised text with the offset of each of its characters in the untouched one."""

    text: str
    origin: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The untouched range of a normalised, non-empty range."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1)
def _folds() -> dict[int, str]:
    """Character to character: traditional to simplified, full width to half width, one quote, one dash."""
    table = dict(simplified())
    for code in range(0xFF01, 0xFF5F):
        table[code] = chr(code - 0xFEE0)
    for mark in QUOTES:
        table[ord(mark)] = '"'
    for dot in _MIDDLE_DOTS:
        table[ord(dot)] = "·"
    for dash in _DASHES:
        table[ord(dash)] = "-"
    return table


@lru_cache(maxsize=4096)
def fold_chinese(text: str) -> Folded:
    """Chinese text in one spelling: simplified, half width, one quote, no white space, lower case.

    White space goes because a line may break inside a Chinese word and titles are spaced out;
    every other character becomes exactly one.
    """
    table = _folds()
    letters: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        if char.isspace() or char in "\u200b\ufeff\u200d":
            continue
        folded = table.get(ord(char), char)
        low = folded.lower()
        letters.append(low if len(low) == 1 else folded)
        origin.append(i)
    origin.append(len(text))
    return Folded("".join(letters), tuple(origin))


@lru_cache(maxsize=1)
def _key_folds() -> dict[int, str | None]:
    return {**_folds(), **dict.fromkeys(map(ord, "\u200b\ufeff\u200d"))}


def chinese_key(text: str) -> str:
    """What two Chinese terms share when they count as one: the text of :func:`fold_chinese`, without its map."""
    key = "".join(text.translate(_key_folds()).split())
    low = key.lower()
    # Letters that do not become exactly one, or become another at the end of a word, are told one by one.
    return low if len(low) == len(key) and "Σ" not in key else fold_chinese(text).text
