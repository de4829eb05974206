"""Telling languages: Chinese from English in a line, any language in a whole document or a code."""

from __future__ import annotations

import re
from typing import cast

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
#: The commonest words of each language that are none of English: a third of any running text.
_ENGLISH = frozenset(
    "the of and to in is that for it as was with be by on not he this are or his from at which but have an "
    "had they you were their one all we can has been will more shall may its our".split()
)
_OTHERS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        "le la les des du de et un une est dans que qui pour sur par au aux ce cette il elle ne pas avec "
        "sont "
        "ses nous vous ont leur plus".split()
    ),
    "de": frozenset(
        "der die das und den dem des ein eine einer eines ist nicht mit von zu im für auf sich auch wird "
        "werden "
        "durch als bei nach aus oder sind".split()
    ),
    "es": frozenset(
        "el la los las de del que y en un una por con para se es al lo como su sus más fue han este "
        "esta".split()
    ),
    "it": frozenset(
        "il lo la gli le di del della dei delle che e un una per con non è sono al alla nel nella da dal si "
        "più come".split()
    ),
    "pt": frozenset(
        "o a os as de do da dos das que e em um uma por com para se não é ao no na nos nas mais foi "
        "como".split()
    ),
    "nl": frozenset(
        "de het een en van in is dat op te voor met zijn niet aan er door als bij ook naar wordt uit "
        "om".split()
    ),
}
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
    english = sum(w in _ENGLISH for w in words) / len(words)
    shares = {code: sum(w in common for w in words) / len(words) for code, common in _OTHERS.items()}
    best = max(shares, key=lambda code: shares[code])
    if len(words) >= _FEWEST_WORDS and shares[best] >= 0.15 and shares[best] > 2.5 * english:
        return cast(Language, best)
    if declared in _OTHERS and shares[declared] > max(english, 0.05):
        return cast(Language, declared)
    return "en"


def base_language(code: str) -> str:
    """The primary subtag of a BCP 47 code, in lower case; the older names of Chinese become ``zh``."""
    base = code.replace("_", "-").split("-")[0].strip().lower()
    return {"zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "eng": "en"}.get(base, base)
