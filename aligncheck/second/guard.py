"""Text that speaks to a model instead of a reader: passages with such words are not put to it.

A document is data.  Whatever it says, it cannot make a finding that is stated go away, since only doubts are asked
about, nor invent one, since words must stand in the text; what it could do is to make a gullible model silent, or have
it deny a doubt.  These signs catch the ways in which that is commonly tried, in both languages.  They ask for more
than a word: official prose speaks of rules that must not be ignored, of AI systems, of what is deemed correct.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def _signs() -> re.Pattern[str]:
    """The patterns of the data file, one a line; lines that begin with ``//`` explain."""
    text = (files("aligncheck.second") / "data" / "model-words.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.strip() and not row.startswith("//")]
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE | re.MULTILINE)


_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")


def speaks_to_a_model(text: str) -> bool:
    """Whether a text holds words that are meant for a model; disguises by width, invisible signs and spacing count."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    if _signs().search(plain) or _signs().search(text):
        return True
    tight = _SPACED.sub("", plain)  # l e t t e r s  with blanks between them
    return tight != plain and _signs().search(re.sub(r"\s{2,}", " ", tight)) is not None
