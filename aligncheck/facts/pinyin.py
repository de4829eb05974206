"""Chinese readings in Latin letters (Hanyu Pinyin, GB/T 28039 for names), without tones."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

#: Signs whose other readings names never have.
_ONE_READING = {
    "溪": "xi",
    "山": "shan",
    "石": "shi",
    "区": "qu",
    "车": "che",
    "给": "gei",
    "家": "jia",
    "红": "hong",
    "合": "he",
    "龙": "long",
}


@cache
def _signs() -> dict[str, str]:
    """Code point (in decimal) -> readings with tone marks, by commas, the commonest first.

    The file is read without importing its package, which would load 50,000 phrases too.
    """
    spec = find_spec("pypinyin")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder, "pinyin_dict.json")
        if path.is_file():
            table: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
            return table
    from pypinyin import pinyin_dict  # another edition of the package keeps it elsewhere

    return {str(code): text for code, text in pinyin_dict.pinyin_dict.items()}


@cache
def readings(sign: str) -> frozenset[str]:
    """All readings of one Chinese character, lower case, ü also as v, u and yu."""
    if sign in _ONE_READING:
        return frozenset({_ONE_READING[sign]})
    found = set()
    for reading in _signs().get(str(ord(sign)), "").split(","):
        plain = plain_letters(reading)
        found.add(plain)
        if "v" in plain:
            found |= {plain.replace("v", "u"), plain.replace("v", "yu")}
    return frozenset(found - {""})


@cache
def usual_reading(sign: str) -> str:
    """The commonest reading of one Chinese character, lower case without tone; empty where none is known."""
    return plain_letters(_signs().get(str(ord(sign)), "").split(",")[0])


@cache
def syllables() -> frozenset[str]:
    """All syllables of standard Chinese without tones."""
    found = set()
    for marked in {reading for row in _signs().values() for reading in row.split(",")}:
        plain = plain_letters(marked)
        if plain.isascii() and plain.isalpha():
            found.add(plain)
    return frozenset(found - {"m", "n", "ng", "hm", "hng", "r"} | {"lv", "nv", "lyu", "nyu", "lue", "nue"})


@lru_cache(maxsize=1 << 14)
def plain_letters(text: str) -> str:
    """Lower case, without tone marks; ü becomes v."""
    out: list[str] = []
    for c in unicodedata.normalize("NFD", text.lower()):
        if c == "\u0308" and out and out[-1] == "u":
            out[-1] = "v"
        elif not unicodedata.combining(c):
            out.append(c)
    return "".join(out)


@cache
def split(word: str) -> tuple[str, ...] | None:
    """A way to cut a lower-case word into syllables, the longest first; None when there is none."""
    if not word:
        return ()
    table = syllables()
    for length in range(min(6, len(word)), 0, -1):
        if word[:length] in table:
            rest = split(word[length:])
            if rest is not None:
                return (word[:length], *rest)
    return None


@cache
def romanised(name: str) -> str:
    """A place name in plain pinyin with capital and apostrophes: 西安 is Xi'an."""
    marked = [_signs().get(str(ord(sign)), "").split(",") for sign in name]
    if len(name) == 1 or all(len(rows) == 1 for rows in marked):
        parts = [plain_letters(rows[0]) or sign for rows, sign in zip(marked, name, strict=True)]
    else:
        from pypinyin import (  # late: the phrases that tell readings apart take time to load
            Style,
            lazy_pinyin,
        )

        parts = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
    out = parts[0]
    for part in parts[1:]:
        out += ("'" if part[0] in "aoe" else "") + part
    return out.capitalize()


def occurrences(word: str, text: str) -> list[tuple[int, int]]:
    """Where the characters of a Chinese text read as a lower-case pinyin word."""
    found = []
    for start, sign in enumerate(text):
        if "\u4e00" <= sign <= "\u9fff":
            for reading in readings(sign):
                if word.startswith(reading):
                    end = _read_on(word[len(reading) :], text, start + 1)
                    if end is not None:
                        found.append((start, end))
                        break
    return found


def _read_on(rest: str, text: str, at: int) -> int | None:
    if not rest:
        return at
    if at >= len(text) or not "\u4e00" <= text[at] <= "\u9fff":
        return None
    for reading in readings(text[at]):
        if rest.startswith(reading):
            end = _read_on(rest[len(reading) :], text, at + 1)
            if end is not None:
                return end
    return None
