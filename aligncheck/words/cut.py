"""Cut a text of either language into words, with their places.

Every character that is no white space belongs to exactly one word; a mark is a word too.  Chinese is cut by
``rjieba`` (the dictionary and model of jieba), after Traditional characters have been folded to Simplified ones,
one to one, so that places hold.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aligncheck.words.forms import fold

_ENGLISH = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?|\d+(?:[.,]\d+)*|\S")
#: So long a stretch goes to the segmenter at once; a text without any break is cut here.
_STRETCH = 4_000
#: A word has so many characters at most; a longer run is cut.
_LONGEST = 64


def english_spans(text: str) -> list[tuple[int, int]]:
    """Half-open code points of the words, figures and marks of an English text, in order."""
    found = []
    for match in _ENGLISH.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST:
            found.append((start, start + _LONGEST))
            start += _LONGEST
        found.append((start, end))
    return found


def chinese_spans(text: str) -> list[tuple[int, int]]:
    """Half-open code points of the words, figures and marks of a Chinese text, in order."""
    import rjieba  # here, not above: its dictionary takes a tenth of a second to load

    found = []
    for offset in range(0, len(text), _STRETCH):
        at = offset
        for whole in rjieba.cut(fold(text[offset : offset + _STRETCH])):
            for word in _parts(whole):
                if not word.isspace():
                    end = at + len(word)
                    found += [(k, min(k + _LONGEST, end)) for k in range(at, end, _LONGEST)]
                at += len(word)
    return found


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[str, ...]:
    """A compound that is made of two words of the dictionary, parted: its words may be rendered apart."""
    import rjieba

    if 4 <= len(word) <= 8 and not word.isascii():
        for cut in sorted(range(2, len(word) - 1), key=lambda n: abs(2 * n - len(word))):
            if rjieba.has_word(word[:cut]) and rjieba.has_word(word[cut:]):
                return (*_parts(word[:cut]), *_parts(word[cut:]))
    return (word,)


def spans(text: str, language: str) -> list[tuple[int, int]]:
    """The words of a text in its language."""
    return chinese_spans(text) if language == "zh" else english_spans(text)
