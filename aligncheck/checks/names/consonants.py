"""Foreign names in Chinese characters and the Latin name, by the consonants that a transliteration keeps.

克林顿 is k-l-n-t-n, as Clinton: both are turned into classes of consonants, and what they have in common, in the
same order, is their likeness.  :mod:`aligncheck.checks.names.sounds` weighs whole syllables.
"""

from __future__ import annotations

import re
from functools import cache

from aligncheck.data import rows
from aligncheck.facts.pinyin import usual_reading

_INITIALS = (
    ("zh", "S"), ("ch", "S"), ("sh", "S"), ("b", "P"), ("p", "P"), ("m", "M"), ("f", "W"), ("d", "T"), ("t", "T"), ("n", "N"),
    ("l", "L"), ("g", "K"), ("k", "K"), ("h", "H"), ("j", "8"), ("q", "8"), ("x", "S"), ("r", "L"), ("z", "S"), ("c", "S"),
    ("s", "S"), ("y", "J"), ("w", "W"),
)  # fmt: skip
_LATIN = (
    ("tch", "S"), ("sch", "S"), ("kh", "H"), ("th", "8"), ("ph", "W"), ("sh", "S"), ("ch", "8"), ("ck", "K"), ("x", "KS"), ("qu", "K"),
    ("b", "P"), ("p", "P"), ("m", "M"), ("f", "W"), ("v", "W"), ("w", "W"), ("d", "T"), ("t", "T"), ("n", "N"), ("l", "L"),
    ("k", "K"), ("h", "H"), ("j", "J"), ("s", "S"), ("z", "S"), ("y", "J"), ("q", "K"),
)  # fmt: skip
_SOFT = "eiy"
#: Signs that stand for another sound than their reading: 尔 for l and r, 希 for hi.
_OWN_SOUND = {"尔": "L", "希": "H"}


@cache
def _of_chinese(name: str) -> tuple[str, ...]:
    """Classes in order; a small n ends a syllable."""
    out: list[str] = []
    for sign in name:
        if sign in _OWN_SOUND:
            out.append(_OWN_SOUND[sign])
            continue
        reading = usual_reading(sign)
        initial = next((c for i, c in _INITIALS if reading.startswith(i)), "")
        if initial and not (initial == "J" and out):
            out.append(initial)
        if reading.endswith(("n", "ng")) and reading != "n":
            out.append("n")
    return tuple(out)


@cache
def _of_latin(name: str) -> tuple[str, ...]:
    """Classes in order; in small letters those that transliterations may leave out."""
    word, at = re.sub(r"([a-z])\1", r"\1", name.lower()), 0
    out: list[str] = []
    while at < len(word):
        found = next(((i, c) for i, c in _LATIN if word.startswith(i, at)), None)
        sign = word[at]
        after = word[at + 1 : at + 2]
        vowel = after != "" and after in "aeiouy"
        if (sign == "w" and not vowel) or (sign == "g" and word[at - 1 : at] == "n" and not vowel):
            out.append("w" if sign == "w" else "k")  # Brown, Hawking: hardly heard
            at += 1
        elif word.startswith("gh", at) or (sign == "w" and after == "r"):
            at += 2 if sign == "g" else 1
        elif found and len(found[0]) > 1:
            out += found[1]
            at += len(found[0])
        elif sign in "cg":
            soft = after != "" and after in _SOFT
            out.append("S" if soft and sign == "c" else "8" if soft else "K")
            at += 1
        elif sign == "r":
            out.append("L" if after and after in "aeiouy" else "l")
            at += 1
        elif found:
            classes = list(found[1])
            if classes == ["H"]:
                classes = ["h"]  # mute in French and Spanish
            if classes == ["J"] and at and sign == "y":
                classes = []
            out += classes
            at += len(found[0])
        else:
            at += 1
    return tuple(out)


#: Consonants that are often written for each other.
_ALIKE = frozenset(
    frozenset(p) for p in ("8T", "8S", "8K", "JS", "J8", "HK", "HW", "WP", "TS", "KJ")
)  # fmt: skip
_ALIKE_COST = 0.4
#: What a consonant that the other name has not costs: one of the transliteration, one of the Latin name (0 for those
#: that are hardly heard), the nasal that ends a Chinese syllable (洪堡 for Humboldt, 福克纳 for Faulkner).
_CHINESE_COST, _LATIN_COST, _NASAL_COST = 0.8, 0.65, 0.7


@cache
def usual_names() -> dict[str, tuple[str, ...]]:
    """Names whose usual transliteration does not sound like them: Chinese name, Latin names in small letters."""
    return {name: tuple(latin.split("|")) for name, latin in rows("aligncheck.checks", "foreign_names.tsv")}


def _instead(chinese: str, latin: str) -> float:
    """What it costs to take a consonant of a transliteration for one of a Latin name."""
    sound = latin.upper()
    if chinese.upper() == sound:
        return 0.0
    if chinese == "n":  # ends a syllable: 汤姆森, 坎贝尔
        return 0.2 if sound == "M" else 1.3
    return _ALIKE_COST if frozenset((chinese, sound)) in _ALIKE else 1.3


def likeness(chinese: str, latin: str) -> float:
    """How much a transliteration sounds like a Latin name, 0..1: what of its consonants, in order, agrees."""
    left, right = _of_chinese(chinese), _of_latin(latin)
    if latin.lower() in usual_names().get(chinese, ()):
        return 1.0
    if left[:1] == ("J",) and latin[:1].lower() in "aeiou":
        left = left[1:]
    size = max(len(left), sum(c.isupper() or c == "8" for c in right))
    if max(len(left), len(right)) < 3:
        return 1.0  # too short to tell
    if not left or not right:
        return 1.0 if not left else 0.0
    row = [0.0]
    for b in right:
        row.append(row[-1] + _left_out(b))
    for a in left:
        before, row = row, [row[0] + (_NASAL_COST if a == "n" else _CHINESE_COST)]
        for j, b in enumerate(right):
            row.append(
                min(
                    before[j] + _instead(a, b),
                    before[j + 1] + (_NASAL_COST if a == "n" else _CHINESE_COST),
                    row[j] + _left_out(b),
                )
            )
    cost = row[-1] + (
        0.2 * size if _instead(left[0], right[0]) > _ALIKE_COST and "J" not in (left[0], right[0]) else 0
    )
    return max(0.0, 1.0 - cost / size)


def _left_out(latin: str) -> float:
    return 0.05 if latin.islower() else _LATIN_COST


def too_short(chinese: str, latin: str) -> bool:
    """Whether two names have too few consonants for their likeness to tell anything."""
    return max(len(_of_chinese(chinese)), len(_of_latin(latin))) < 3
