"""Foreign names in Chinese characters, and which Latin name of the English they can be.

A name is known by the dot between its parts (马克·吐温), by a title, or as a headword of CC-CEDICT that is nothing but
a name.  It is rendered where the English has a word that the dictionary gives for it, or one that sounds like it.
Where it is not, and the English has just one name that nothing in the Chinese accounts for, that is another name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from aligncheck.checks.names.consonants import likeness, too_short, usual_names
from aligncheck.checks.names.persons import SURNAMES
from aligncheck.checks.names.signs import NAME, SIGN_SET, SIGNS, TELLING, TITLES, WITH_DOT
from aligncheck.checks.names.sounds import evidence, latin_letters, weakest
from aligncheck.checks.names.tagged import person_runs, stands_alone
from aligncheck.checks.names.texts import (
    is_ordinary,
    latin_words,
    made_of_ordinary,
    opens_sentence,
    plain_headword,
)
from aligncheck.facts.pinyin import usual_reading
from aligncheck.facts.places import chinese_places, english_places
from aligncheck.pairing.dictionary import entries, ordinary_words
from aligncheck.words.forms import ENGLISH_FORM

_BEFORE_TITLE = re.compile(rf"((?:{NAME}{{1,7}}·)*{NAME}{{2,7}})(?={TITLES})")
_AFTER_TITLE = re.compile(rf"(?:{TITLES})((?:{NAME}{{1,7}}·)*{NAME}{{2,7}})")
_DOTTED = re.compile(rf"(?:[{WITH_DOT}]{{1,7}}·)+[{WITH_DOT}]{{2,8}}")
_HAN = re.compile("[\u4e00-\u9fff·]{2,}")
#: A Latin name, without the 's behind it.
_CAPITAL = re.compile(
    r"\b[A-Z]{4,}\b|\b[A-ZÀ-ÖØ-Þ](?:['’](?=[A-Z]))?[A-Za-zÀ-ɏ]*[a-zà-ɏ](?:[-'’](?!s\b)[A-Za-zÀ-ɏ]+)*"
)
_EN_TITLE = re.compile(
    r"\b(?:(?:President(?:-elect)?|Prime\s+Minister|Premier|Chairman|Chairwoman|Chancellor|Mr|Mrs|Ms|Dr|Professor|Prof|Minister|Ambassador|"
    r"Senator|Prince|Princess|King|Queen|Sir|Lady|Governor|Mayor|General|Admiral|Marshal|Emperor|Judge|Secretary|Captain|Coach|Academician)\.?|"
    r"(?i:manager|director|executive|officer|chairman|spokes(?:person|man|woman)|coach|captain|forward|striker|defender|midfielder|goalkeeper|player|"
    r"athlete|swimmer|surgeon|doctor|physician|lawyer|prosecutor|judge|writer|author|novelist|poet|painter|composer|pianist|actor|actress|singer|"
    r"scientist|physicist|chemist|mathematician|philosopher|economist|historian|explorer|engineer|architect|designer|reporter|researcher|"
    r"psychologist|astronomer|biologist|playwright|champion|laureate|photographer|conductor|violinist|missionary|pilot|astronaut|navigator))"
    r"\s+(?:[A-Z][a-zà-ÿ]+\s+)?([A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ'’-]*[a-zà-ɏ])\b"
)
CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter mr mrs ms dr""".split()
)
#: How much the consonants of a name must be like those of its transliteration, where nothing else tells.
LEAST = 0.72
#: How much the likeness of the consonants weighs against the evidence of the syllables.
_CONSONANTS = 8.0
#: Consonants that French and Catalan write at the end of names and do not speak: 贝尔纳 is Bernard, 勒克莱尔 Leclerc (Xinhua
#: News Agency, Handbook of the Transliteration of French Names).
_MUTE = re.compile("(?<=[aeiour])l?[dtsxzp]$|(?<=n)[dts]$|(?<=r)[cdts]$")
#: And vowels of several letters: Moreau, Rimbaud, Foucault.
_FRENCH_O = re.compile("(?:eau|au)(?:l?[dtx])?$")
#: A name without them has so many letters at least, or it would tell too little.
_LEAST_HEARD = 4
#: Below this a word is not meant by a name; by one of two characters, which tell less.
_FLOOR, _SHORT_FLOOR = -1.0, -2.5
#: Where the whole tells little, one character that says less than this is another's: under one in a hundred of the
#: dictionary's names has such a one, and half of the other names that sound alike on the whole.
_LEAST_OF_SIGN = -7.5
#: Where the dictionary has another name.
_KNOWN_FLOOR = 1.0


class ForeignSlip(NamedTuple):
    """A transliterated name and the Latin one that sounds otherwise; places in the two texts."""

    zh: tuple[int, int]
    en: tuple[int, int]


class _Name(NamedTuple):
    start: int
    end: int
    text: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    letters: str
    particles: str = ""


_LATIN_THERE = re.compile("[A-Za-z]{2,}")
#: Words of at least so many letters have a capital in a heading; a text of fewer such words is none.
_HEAD_WORD, _HEAD_WORDS = re.compile("[A-Za-z][a-z]{3,}"), 4


def is_headline(text: str) -> bool:
    """Whether a text has a capital at nearly every longer word: Looking Seaward for Strength."""
    words = _HEAD_WORD.findall(text)
    return len(words) >= _HEAD_WORDS and sum(w[0].isupper() for w in words) >= len(words) - 1


def foreign_slips(zh_text: str, en_text: str, is_pinyin: frozenset[str]) -> list[ForeignSlip]:
    """Foreign names that the English has not, each with the other name in its place.

    ``is_pinyin``: words (small letters) that the Chinese has in pinyin.
    """
    printed = {w.lower() for w in _LATIN_THERE.findall(zh_text)}
    titled = _titled(zh_text)
    words = [
        _Word(w.start(), w.end(), w.group(), latin_letters(w.group()), _particles(en_text, w.start()))
        for w in _CAPITAL.finditer(en_text)
        if w.group().lower() not in ENGLISH_FORM
    ]
    if printed and any(w.letters in printed for w in words):
        return []  # the Chinese has the Latin name too
    slips = [slip for name in titled if "·" in name.text and (slip := _half_right(name, words, en_text))]
    if slips:
        return slips
    strange = list(_strange(zh_text, en_text, words, is_pinyin))
    after_title = [m.span(1) for m in _EN_TITLE.finditer(en_text) if m.group(1).lower() not in is_pinyin]
    if not strange and not after_title:
        return []
    headwords = _headwords(zh_text)
    names = list(titled)
    # In a heading every word has a capital, so that no word is told as a name by it.
    bare = () if is_headline(en_text) else (*_bare(zh_text), *_tagged(zh_text, words))
    for name in (*_transliterated(zh_text, headwords, _told_elsewhere(zh_text, en_text)), *bare):
        if not any(_touch(name, other) for other in names):
            names.append(name)
    said = words + ([] if is_headline(en_text) else _side_by_side(words, en_text))
    lacking = [n for n in names if not any(_rendered(n, w) for w in said)]
    if len(lacking) != 1:
        return []
    others = [n for n in names if n is not lacking[0]]
    given = frozenset(f[:4] for n in headwords if not _touch(n, lacking[0]) for f in latin_words(n.text))
    open_words = [
        w for w in strange if w.letters[:4] not in given and not any(_rendered(n, w) for n in others)
    ]
    open_words = [w for w in open_words if not _heard_elsewhere(zh_text, w, lacking[0])]
    groups = _grouped(open_words, en_text)
    if len(groups) == 1:
        return [ForeignSlip((lacking[0].start, lacking[0].end), groups[0])]
    places = [s for s in after_title if any(a <= s[0] and s[1] <= b for a, b in groups)]
    if not groups and lacking[0] in titled:
        places = [
            s for s in after_title if not any(_rendered(n, w) for n in others for w in words if w[:2] == s)
        ]
    return [ForeignSlip((lacking[0].start, lacking[0].end), places[0])] if len(places) == 1 else []


_PARTICLES = re.compile(
    r"(?:\b(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ten|ter|zu|bin|ibn|al|el)\s+)+$", re.IGNORECASE
)


def _particles(text: str, at: int) -> str:
    """The letters of the particles before a family name, which a transliteration takes in: van der Meer, 范德梅尔."""
    found = _PARTICLES.search(text, max(0, at - 16), at)
    return latin_letters(found.group()) if found else ""


_RUN = re.compile(rf"{NAME}{{4,}}")


def _heard_elsewhere(text: str, word: _Word, lacking: _Name) -> bool:
    """Whether a longer transliteration somewhere else sounds like a word: 古鲁格拉姆 in 卫星城古鲁格拉姆一家."""
    return any(
        margin(run.group()[i : i + size], word.letters) >= _KNOWN_FLOOR
        for run in _RUN.finditer(text)
        if not (run.start() < lacking.end and lacking.start < run.end())
        for size in range(4, min(7, len(run.group())) + 1)
        for i in range(len(run.group()) - size + 1)
    )


def _touch(one: _Name, other: _Name) -> bool:
    return one.start < other.end and other.start < one.end


def _half_right(name: _Name, words: list[_Word], en_text: str) -> ForeignSlip | None:
    """A name whose given name is rendered, with another family name behind that."""
    if any(w.letters in latin_words(name.text) for w in words):
        return None
    given, family = name.text.split("·")[0], name.text.rpartition("·")[2]
    if len(family) < 2 or any(_sounds(family, w.letters) for w in words if not _sounds(given, w.letters)):
        return None
    for one, other in itertools.pairwise(words):
        if en_text[one.end : other.start] == " " and _sounds(given, one.letters):
            last = other
            for word in words[words.index(other) + 1 :]:
                if en_text[last.end : word.start] not in (" ", "-") or word.text.lower() in ordinary_words():
                    break
                last = word
            return ForeignSlip((name.start, name.end), (one.start, last.end))
    return None


def _side_by_side(words: list[_Word], text: str) -> list[_Word]:
    """Two words that one transliteration may stand for: 科珀斯克里斯蒂 for Corpus Christi."""
    return [
        _Word(a.start, b.end, f"{a.text} {b.text}", a.letters + b.letters)
        for a, b in itertools.pairwise(words)
        if text[a.end : b.start] in (" ", "-")
    ]


def _grouped(words: list[_Word], text: str) -> list[tuple[int, int]]:
    """Words that stand side by side, as one."""
    groups: list[tuple[int, int]] = []
    for word in words:
        if groups and re.fullmatch(r"[ -]|\.? [a-z]{2,3} ", text[groups[-1][1] : word.start]):
            groups[-1] = (groups[-1][0], word.end)
        else:
            groups.append((word.start, word.end))
    return groups


def _strange(zh_text: str, en_text: str, words: list[_Word], is_pinyin: frozenset[str]) -> Iterator[_Word]:
    """Words that are names, and none of a place or a person that the Chinese has by other signs."""
    there = {n.place.chinese for n in chinese_places(zh_text)}
    known = [(a, b) for _, others, a, b in english_places(en_text) if there & set(others)]
    for word in words:
        low = word.text.lower()
        if (
            len(word.letters) < 3
            or word.text.isupper()
            or low in CALENDAR
            or low in is_pinyin
            or is_ordinary(low)
            or word.letters in ordinary_words()
            or (_opens(en_text, word) and made_of_ordinary(low))
        ):
            continue
        if any(a <= word.start < b for a, b in known):
            continue
        if re.match(r"\s?(?:\.|Inc|Ltd|Corp)\S", en_text[word.end :]):
            continue
        yield word


_SMALL_WORD = re.compile(r"\b[a-z]{5,}\b")


def _opens(text: str, word: _Word) -> bool:
    """Whether a word has its capital by its place: at the head of a sentence, or in a headline."""
    return opens_sentence(text, word.start) or not _SMALL_WORD.search(text)


#: Burmese of Burma, Cuban of Cuba
_DEMONYM = re.compile("(?:ese|ian|an|ish|i|n)s?$")


def _begin_alike(one: str, other: str) -> int:
    """How many letters two words share at their beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _rendered(name: _Name, word: _Word) -> bool:
    """Whether a word may stand for a name or a part of it."""
    stem = _DEMONYM.sub("", word.letters)
    if len(stem) > 3 and any(f.startswith(stem) and len(f) < len(stem) + 3 for f in latin_words(name.text)):
        return True
    if word.letters.endswith(("an", "ese", "ish")) and any(
        margin(name.text, land) >= _KNOWN_FLOOR for land in (stem, stem + "a")
    ):
        return True  # 科兰达共和国, the Kelandan President
    known = word.letters in latin_words(name.text)
    if known and word.letters in ordinary_words():  # Captain Cook is no Captain Drake
        known = margin(name.text, word.letters) >= _SHORT_FLOOR
    if known or any(
        (shared := _begin_alike(word.letters, form)) > 4 and max(len(form), len(word.letters)) - shared < 4
        for form in latin_words(name.text)
    ):
        return True
    pieces = {word.letters, word.particles + word.letters, *map(latin_letters, re.split("[-’']", word.text))}
    return any(
        _sounds(part, letters)
        for letters in pieces
        for whole in (name.text, name.text.removeprefix("圣"))  # 圣保罗: São Paulo, Saint Paul
        for part in whole.split("·")
        if len(part) > 1
    )


@lru_cache(maxsize=1 << 14)
def _sounds(name: str, letters: str) -> bool:
    """Whether a Latin name (plain small letters) may be what a transliteration says."""
    if letters in usual_names().get(name, ()) or letters in latin_words(name):
        return True
    floor = _KNOWN_FLOOR if latin_words(name) else _SHORT_FLOOR if len(name) < 3 else _FLOOR
    fits = margin(name, letters)
    if fits >= _KNOWN_FLOOR or (fits >= floor and weakest(name, letters) >= _LEAST_OF_SIGN):
        return True
    return any(
        heard != letters and margin(name, heard) >= max(floor, 0.0)
        for heard in (_MUTE.sub("", letters), _FRENCH_O.sub("o", letters))
        if len(heard) >= _LEAST_HEARD
    )


@lru_cache(maxsize=1 << 14)
def margin(name: str, letters: str) -> float:
    """How much a Latin name sounds like a transliteration, by its syllables and by its consonants; over -1 it may be meant."""
    by_consonants = 0.0 if too_short(name, letters) else likeness(name, letters) - LEAST
    return evidence(name, letters) + _CONSONANTS * by_consonants


def _titled(text: str) -> list[_Name]:
    """Names with a dot or beside a title."""
    found: dict[int, int] = {}
    for pattern, group in ((_DOTTED, 0), (_BEFORE_TITLE, 1), (_AFTER_TITLE, 1)):
        for hit in pattern.finditer(text):
            name = hit.group(group)
            start, end = hit.span(group)
            while (
                end - start > 2
                and not re.match(TITLES, text[end : end + 5])
                and _begins_a_word(text, end - 1)
                and not latin_words(name)
            ):
                end -= 1  # 薛定谔提出: what goes on as a word of its own is no part of the name
                name = text[start:end]
            if pattern is _BEFORE_TITLE and len(name) == 2 and plain_headword(name):
                continue  # 基金经理
            if pattern is not _DOTTED and _goes_on(
                text, start, end, bounded=group == 1 and pattern is _BEFORE_TITLE
            ):
                continue
            if (
                "·" not in name
                and not any(c in TELLING for c in name)
                and name[0] in SURNAMES
                and len(name) < 4
                and not latin_words(name)
            ):
                continue
            if not any(a <= start < b for a, b in found.items()):
                found[start] = end
    return [_Name(start, end, text[start:end]) for start, end in sorted(found.items())]


def _headwords(text: str) -> list[_Name]:
    """The stretches of a text that the dictionary has as names, written by sound or not; they may overlap."""
    stretches = [
        _Name(run.start() + i, run.start() + i + size, run.group()[i : i + size])
        for run in _HAN.finditer(text)
        for size in range(2, 8)
        for i in range(len(run.group()) - size + 1)
    ]
    entries().prepare([n.text for n in stretches])
    return [n for n in stretches if n.text in entries() and latin_words(n.text)]


def _told_elsewhere(zh_text: str, en_text: str) -> list[_Name]:
    """The places of the gazetteer that the English has, or has under the name of another place that it knows."""
    named = chinese_places(zh_text)
    there = {n.place.chinese for n in named}
    if any(not there & set(others) for _, others, _, _ in english_places(en_text)):
        return [_Name(n.start, n.end, "") for n in named]
    low = en_text.lower()
    return [
        _Name(n.start, n.end, "") for n in named if any(form[:5].lower() in low for form in n.place.forms)
    ]


_TOUCHING = re.compile("[\u4e00-\u9fff]")
_BARE = re.compile(rf"{NAME}{{3,7}}")


def _bare(text: str) -> Iterator[_Name]:
    """Names that neither a title nor the dictionary tells: characters of names that make no words, by themselves."""
    for hit in _BARE.finditer(text):
        name, start, end = hit.group(), hit.start(), hit.end()
        before, behind = text[start - 1 : start], text[end : end + 1]
        if (_TOUCHING.match(before) and before not in _BEFORE_NAME) or (
            _TOUCHING.match(behind) and behind not in _BEHIND_NAME
        ):
            continue
        if name[0] in SURNAMES and len(name) < 4 and not any(c in TELLING for c in name[1:]):
            continue
        if not any(map(plain_headword, map("".join, itertools.pairwise(name)))):
            yield _Name(start, end, name)


def _tagged(text: str, words: list[_Word]) -> Iterator[_Name]:
    """Names that the segmenter takes for persons, written with characters of names: what the English has of each, or
    else all that may belong to it."""
    for run in person_runs(text, SIGN_SET):
        pieces = [
            _Name(run[i].start, run[j].start + len(run[j].text), "".join(w.text for w in run[i : j + 1]))
            for i, j in itertools.combinations_with_replacement(range(len(run)), 2)
        ]
        pieces.sort(key=lambda n: n.start - n.end)
        pieces = [n for n in pieces if 2 <= len(n.text) < 8]
        said = next((n for n in pieces if any(_rendered(n, w) for w in words)), None)
        if said is None and any(_holds(w, n) for n in pieces for w in words):
            continue
        name = said or next(iter(pieces), None)
        sure = name is said or (len(run) == 1 and (run[0].tag == "nrt" or latin_words(run[0].text)))
        if name is None or (len(name.text) < 3 and not sure):
            continue
        chinese = name.text[0] in SURNAMES and not any(c in TELLING for c in name.text[1:])
        if (not chinese or any(w.tag == "nrt" for w in run)) and not plain_headword(name.text):
            yield name


def _holds(word: _Word, name: _Name) -> bool:
    """Whether a word begins or ends with what a name sounds like, or has its pinyin: 米塔尔 in 安赛乐米塔尔, ArcelorMittal;
    爱奇艺, iQIYI."""
    pieces = (p for n in range(3, len(word.letters) - 2) for p in (word.letters[:n], word.letters[-n:]))
    read = [usual_reading(sign) for sign in name.text]
    in_pinyin = "".join(read) in word.letters or (len(read) > 2 and "".join(read[-2:]) in word.letters)
    return in_pinyin or any(margin(name.text, p) >= _KNOWN_FLOOR for p in pieces)


def _transliterated(text: str, headwords: list[_Name], places: list[_Name]) -> list[_Name]:
    """Headwords that are names written by their sound, the longest where they overlap, and none of ``places``."""
    found: list[_Name] = []
    for name in sorted(headwords, key=lambda n: (n.start - n.end, n.start)):
        if any(_touch(name, other) for other in found) or any(_touch(name, p) for p in places):
            continue
        if _is_a_piece(text, name) or not (_by_sound(name.text) or _japanese(name.text)):
            continue
        if latin_words(name.text) & CALENDAR or (
            name.text[0] == "必" and _IF_THEN.search(text, 0, name.start)
        ):
            continue  # 五月; 有事必应
        if len(name.text) > 2 or _bounded(text, name):
            found.append(name)
    return sorted(found)


#: 有求必应: what has, must
_IF_THEN = re.compile("有[\u4e00-\u9fff]$")


def _is_a_piece(text: str, name: _Name) -> bool:
    """Whether characters of names go before or behind, so that the whole is another name: 瓦利 in 莫罗瓦利."""
    before, behind = text[name.start - 1 : name.start], text[name.end : name.end + 1]
    if stands_alone(text, name.start, name.end, SIGN_SET):
        return False
    if before and before in SIGNS and before not in _BEFORE_NAME:
        return True
    goes_on = bool(behind) and behind in SIGNS and behind not in _BEHIND_NAME
    return goes_on and not _begins_a_word(text, name.end)


def _bounded(text: str, name: _Name) -> bool:
    """Whether a name of two characters stands by itself: 柏林 in 藏于柏林, not in 柏林墙."""
    behind = text[name.end : name.end + 1]
    return not behind or behind in _BEHIND_NAME or not "\u4e00" <= behind <= "\u9fff"


@lru_cache(maxsize=1 << 14)
def _by_sound(name: str) -> bool:
    """Whether a headword is written by the sound of the name that it stands for."""
    reading = "".join(map(usual_reading, name))
    words = latin_words(name)
    return any(margin(name, w) >= _FLOOR for w in words) and not any(w in reading for w in words)


def _japanese(name: str) -> bool:
    """Whether a headword is a family name that is read in Japanese: 渡边 is Watanabe."""
    return any("Japanese surname" in line for line in entries().lines(name))


def _begins_a_word(text: str, at: int) -> bool:
    """Whether a character and the one behind it are a word."""
    pair = text[at : at + 2]
    return len(pair) == 2 and "\u4e00" <= pair[1] <= "\u9fff" and pair in entries()


_BEFORE_NAME = frozenset("和与对向由的被给称是同及、，。：；“（ ")
_BEHIND_NAME = frozenset(
    "和与在说表的等将对会是为发当出访来介认强指率同及向获受执任被打进赢夺攻破首先带，。、：；”（） 推提抵到曾也因宣于止领用从以写创没未仍已正还却又都"
)


def _goes_on(text: str, start: int, end: int, bounded: bool) -> bool:
    """Whether what looks like a name is but a piece of a longer word: 尼斯 of 突尼斯."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    lead = re.search(f"(?:{TITLES})$", text[max(0, start - 6) : start])
    if "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_NAME and not lead:
        return True
    titled = bounded or re.match(TITLES, text[end : end + 3])
    telling = text[start] not in SURNAMES or any(c in TELLING for c in text[start:end])
    if lead and telling and (end - start > 2 or text[start:end] not in entries()):
        return False
    return "\u4e00" <= behind <= "\u9fff" and behind not in _BEHIND_NAME and not titled
