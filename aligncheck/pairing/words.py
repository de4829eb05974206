"""Words of a text of either language, with their places: what the lexical evidence counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aligncheck.pairing.numbers import figures
from aligncheck.pairing.wordlists import ENDINGS, HAN_STOP, IRREGULAR, STOP

Kind = Literal["han", "word", "figure"]

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands (half-open code points of its text).

    ``key`` is what equal words share: the word itself (Chinese), the stem (English), ``#`` and
    the value (figures).
    """

    start: int
    end: int
    key: str
    kind: Kind


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A crude stem of a lower-case English word, so that the forms of a word meet.

    It cuts inflection and the commonest derivations (develop, development, developing); what it
    returns need not be a word.
    """
    word = word.replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = IRREGULAR.get(word, word)
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "ches", "shes", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = IRREGULAR.get(word, word)
    for ending, least in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            if (
                ending in ("ed", "ing", "er", "en")
                and len(word) > 3
                and word[-1] == word[-2]
                and word[-1] not in "lsz"
            ):
                word = word[:-1]
            break
    word = IRREGULAR.get(word, word)
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word


def english_words(text: str, offset: int = 0) -> list[Word]:
    """The content words and figures of an English text; function words are left out."""
    found = [Word(offset + s, offset + e, "#" + key, "figure") for s, e, key in figures(text, chinese=False)]
    taken = [(w.start - offset, w.end - offset) for w in found]
    found += _latin(text, taken, offset)
    found.sort(key=lambda w: w.start)
    return found


def _latin(text: str, taken: Iterable[tuple[int, int]], offset: int) -> list[Word]:
    busy: set[int] = set()
    for start, end in taken:
        busy.update(range(start, end))
    words = []
    for match in _LATIN.finditer(text):
        if match.start() in busy:
            continue
        lower = match.group().lower()
        if lower in STOP:
            continue
        words.append(Word(offset + match.start(), offset + match.end(), stem(lower), "word"))
    return words


def chinese_words(text: str, offset: int = 0) -> list[Word]:
    """The words, figures and Latin words of a Chinese text; function words are left out."""
    found = [Word(offset + s, offset + e, "#" + key, "figure") for s, e, key in figures(text, chinese=True)]
    taken = [(w.start - offset, w.end - offset) for w in found]
    found += _latin(text, taken, offset)
    at = 0
    for start, end in [*taken, (len(text), len(text))]:
        for run in _HAN_RUN.finditer(text, at, start):
            place = run.start()
            for piece in _cut(run.group()):
                if piece not in HAN_STOP:
                    found.append(Word(offset + place, offset + place + len(piece), piece, "han"))
                place += len(piece)
        at = end
    found.sort(key=lambda w: w.start)
    return found


def words(text: str, language: str, offset: int = 0) -> list[Word]:
    """The words of a text in its language."""
    return chinese_words(text, offset) if language == "zh" else english_words(text, offset)


def _cut(run: str) -> list[str]:
    import rjieba  # here, not above: its dictionary takes a tenth of a second to load

    pieces: list[str] = rjieba.cut(run)
    return pieces
