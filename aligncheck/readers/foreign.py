"""Texts in a language that is neither Chinese nor English, told by script and by the smallest words.

Readers know Chinese from English alone, so a French draft passes for English and a Japanese one for
Chinese; checked as such, either would look strangely free of faults, or full of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from aligncheck.model import Document
from aligncheck.readers.language import NAMES, shares_of_small_words

#: Looked at in each document, in characters: enough to be sure, little enough to be quick.
LOOKED_AT = 20_000
#: Fewer words than this prove nothing.
LEAST_WORDS = 12

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(document: Document) -> str:
    """The English name of the language that a document seems to be in, if that is neither of ours; else ``""``."""
    text = _text(document)
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return ""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana >= 10 and kana > 0.15 * (kana + han) and kana + han > 0.4 * len(letters):
        return "Japanese"
    script = _script(letters)
    if script:
        return script
    return _by_words(text) if han < 0.2 * len(letters) else ""


def _text(document: Document) -> str:
    pieces, size = [], 0
    for block in document.blocks:
        pieces.append(block.text)
        size += len(block.text)
        if size > LOOKED_AT:
            break
    return "\n".join(pieces)[:LOOKED_AT]


_SCRIPTS = {"HANGUL": "Korean", "CYRILLIC": "Russian or a neighbour of it", "ARABIC": "Arabic or Persian"}


def _script(letters: list[str]) -> str:
    """The language or script of most letters, where that is neither Latin nor Han."""
    counts = Counter(unicodedata.name(c, "UNKNOWN").split()[0] for c in letters)
    name, count = counts.most_common(1)[0]
    if name in ("LATIN", "CJK", "FULLWIDTH", "UNKNOWN") or count < 0.5 * len(letters):
        return ""
    return _SCRIPTS.get(name, f"a language in {name.capitalize()} script")


def _by_words(text: str) -> str:
    """The language whose smallest words the text is full of, where those of English are rare."""
    words = [w.lower() for w in _LATIN_WORD.findall(text)]
    if len(words) < LEAST_WORDS:
        return ""
    shares = shares_of_small_words(words)
    english = shares.pop("en")
    code, share = max(shares.items(), key=lambda found: found[1])
    return NAMES[code] if share >= 0.12 and share > 2 * english + 0.03 else ""
