"""Chinese readings in Latin letters (Hanyu Pinyin, GB/T 28039 for names), without tones."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

_INITIALS = (
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "zh",
    "ch",
    "sh",
    "r",
    "z",
    "c",
    "s",
    "y",
    "w",
    "",
)


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
def readings(sign: str) -> frozenset[str]:
    """All readings of one Chinese character, lower case, ü also as v, u and yu."""
    from pypinyin import Style, pinyin  # late: its tables take time to load

    if sign in _ONE_READING:
        return frozenset({_ONE_READING[sign]})
    rows = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    found = set(rows[0]) if rows else set()
    for reading in list(found):
        plain = plain_letters(reading)
        found.add(plain)
        if "v" in plain:
            found |= {plain.replace("v", "u"), plain.replace("v", "yu")}
    return frozenset(plain_letters(r) for r in found if r) | frozenset(found)


@cache
def syllables() -> frozenset[str]:
    """All syllables of standard Chinese without tones."""
    from pypinyin import Style, pinyin_dict

    _ = Style
    found = set()
    for marked in pinyin_dict.pinyin_dict.values():
        for reading in marked.split(","):
            plain = plain_letters(reading)
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
    from pypinyin import Style, lazy_pinyin

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
