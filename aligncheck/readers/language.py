"""Telling languages: Chinese from English in a line, any language in a whole document or a code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from aligncheck.data import rows
from aligncheck.model import Language
from aligncheck.readers.files import HAN, LATIN

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")
#: Other scripts, by the language that most of their documents are in.
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = rows("aligncheck.readers", "small_words.tsv")
#: Languages in Latin letters that a text can be told to be in, by code, with their English names.
NAMES = {code: name for code, name, _ in _SMALL_WORDS}
_COMMON = {code: frozenset(words.split()) for code, _, words in _SMALL_WORDS}
#: Those that a document is said to be in; of the others it is only said that they are not English.
_TOLD = ("fr", "de", "es", "it", "pt", "nl")
_FEWEST_WORDS = 30  # that tell the language of a text in Latin letters


def language_of(text: str) -> Language:
    """Chinese when Han characters outweigh Latin words (a word counts as two and a half letters)."""
    return "zh" if 2 * len(HAN.findall(text)) > len(LATIN.findall(text)) / 2.5 else "en"


def has_words(text: str) -> bool:
    """Whether there is anything in it that belongs to a language."""
    return bool(HAN.search(text) or LATIN.search(text))


def document_language(text: str, declared: str = "") -> Language:
    """The language of a whole document: a primary subtag, mostly ``zh`` or ``en``.

    The text is the witness; ``declared`` (what the file says of itself, in any shape) counts only
    where the text does not speak against it.  Another language is found only on strong evidence:
    what is taken for French cannot be checked at all.
    """
    found = language_of(text)
    han = len(HAN.findall(text))
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    latin = len(LATIN.findall(text))
    if kana >= 20 and kana > 0.25 * han and kana > 0.25 * latin:
        return cast(Language, "ja")
    if hangul > 20 and hangul > han and hangul > latin:
        return cast(Language, "ko")
    for code, script in _SCRIPTS:
        letters = len(script.findall(text))
        if letters > 20 and letters > 2 * (han + latin):
            return cast(Language, code)
    return found if found == "zh" else _latin_language(text, base_language(declared))


def _latin_language(text: str, declared: str) -> Language:
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if not words:
        return "en"
    known = shares_of_small_words(words)
    english, shares = known["en"], {code: known[code] for code in _TOLD}
    best = max(shares, key=lambda code: shares[code])
    if len(words) >= _FEWEST_WORDS and shares[best] >= 0.15 and shares[best] > 2.5 * english:
        return cast(Language, best)
    if declared in shares and shares[declared] > max(english, 0.05):
        return cast(Language, declared)
    return "en"


def shares_of_small_words(words: Sequence[str]) -> dict[str, float]:
    """For each language in Latin letters the share 0..1 of the words that are among its smallest."""
    return {code: sum(w in common for w in words) / len(words) for code, common in _COMMON.items()}


def base_language(code: str) -> str:
    """The primary subtag of a BCP 47 code, in lower case; the older names of Chinese become ``zh``."""
    base = code.replace("_", "-").split("-")[0].strip().lower()
    return {"zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "eng": "en"}.get(base, base)
