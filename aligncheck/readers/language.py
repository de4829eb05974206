"""Telling Chinese from English, in a line and in a language code."""

from __future__ import annotations

from aligncheck.model import Language
from aligncheck.readers.files import HAN, LATIN


def language_of(text: str) -> Language:
    """Chinese when Han characters outweigh Latin words (a word counts as two and a half letters)."""
    return "zh" if 2 * len(HAN.findall(text)) > len(LATIN.findall(text)) / 2.5 else "en"


def has_words(text: str) -> bool:
    """Whether there is anything in it that belongs to a language."""
    return bool(HAN.search(text) or LATIN.search(text))


def base_language(code: str) -> str:
    """The primary subtag of a BCP 47 code, in lower case; the older names of Chinese become ``zh``."""
    base = code.replace("_", "-").split("-")[0].strip().lower()
    return {"zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "eng": "en"}.get(base, base)
