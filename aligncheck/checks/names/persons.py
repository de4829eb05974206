"""Names of Chinese persons: family name first, given name in one word, spelt as they sound."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from aligncheck.checks.names.exchanged import Said
from aligncheck.checks.names.tagged import person_words
from aligncheck.checks.names.texts import (
    CAPITAL,
    Texts,
    bare,
    distance,
    english_words,
    opens_sentence,
    plain_headword,
    soundings,
    syllable_count,
)
from aligncheck.data import rows
from aligncheck.facts.pinyin import occurrences, readings, romanised, split, usual_reading
from aligncheck.model import Hit, Message, Span
from aligncheck.pairing.dictionary import entries

_TELLING = dict(rows("aligncheck.checks", "persons.tsv"))
#: Surnames of one sign that tell a Chinese person.
SURNAMES = frozenset(_TELLING["surnames"])
_TITLES = _TELLING["titles"]
_AFTER_TITLE = re.compile(
    rf"(?:{_TITLES}|{_TELLING['roles']})\s*([\u4e00-\u9fff]\s*[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff])?)"
)
_BEFORE_TITLE = re.compile(rf"([\u4e00-\u9fff]{{2,4}})(?={_TITLES})")
#: 陆晓燕为总经理
_MADE = re.compile(rf"([\u4e00-\u9fff]{{2,6}})(?:担任|出任|当选为?|为|任)(?={_TITLES})")
#: Signs behind a name of two that belong to the sentence: 市长殷勇在, 书记尹力说.
_GOES_ON = frozenset("在说表指强出主和与及率对参、，介告会同要亲到带为就作是任执受夺赢获")

Pair = tuple["re.Match[str]", "re.Match[str]"]


@cache
def own_readings() -> dict[str, tuple[str, ...]]:
    """Surnames that are read otherwise than the sign usually is, and those of two signs."""
    return {sign: tuple(said.split("|")) for sign, said in rows("aligncheck.facts", "surnames.tsv")}


def surname(name: str) -> str:
    """The surname of a Chinese name: two signs where these are a surname, else the first."""
    return name[:2] if len(name) > 2 and name[:2] in own_readings() else name[0]


@cache
def said(family: str) -> frozenset[str]:
    """How a surname may be said, small letters: its own readings, else the usual one of the sign."""
    own = own_readings().get(family)
    if own or len(family) > 1:
        return frozenset(own or soundings(family))
    usual = usual_reading(family)
    return frozenset({usual, usual.replace("v", "u"), usual.replace("v", "yu")})


@dataclass(frozen=True, slots=True)
class Person:
    """A name, as it is printed (with blanks, if any), and where it begins."""

    name: str
    raw: str
    start: int


@dataclass(frozen=True)
class _Names:
    """The names of a bead: the Chinese without blanks (殷 勇) with the place of each sign, its persons, and
    the English words with a capital, alone and in neighbouring pairs that may be pinyin."""

    t: Texts
    zh: str
    places: list[int]
    people: list[Person]
    words: list[re.Match[str]]
    pairs: list[Pair]

    def within(self, at: int) -> bool:
        """Whether a sign belongs to a person that a title gives away."""
        return any(p.start <= at < p.start + len(p.name) for p in self.people)

    def hit(
        self, name: str, at: int, en: tuple[int, int], right: str, sure: float, en_why: str, zh_why: str
    ) -> Hit:
        """The finding that a name, at ``at`` in the Chinese, is written otherwise in the English."""
        printed = self.t.en[slice(*en)]
        return self.t.hit(
            (self.places[at], self.places[at + len(name) - 1] + 1),
            en,
            Message(
                f"{name} is {right}; “{printed}” {en_why}.", f"“{name}”应为{right}，“{printed}”{zh_why}。"
            ),
            sure,
            right,
        )


def persons_said(t: Texts) -> list[Said]:
    """The Chinese persons that either text names just once, with both places."""
    found: dict[tuple[int, int], list[Span]] = {}
    for one, other in itertools.pairwise(CAPITAL.finditer(t.en)):
        if t.en[one.end() : other.start()] != " " or syllable_count(one.group()) is None:
            continue
        form = bare(one.group()) + bare(other.group())
        places = [p for p in occurrences(form, t.zh) if t.zh[p[0]] in SURNAMES and p[1] - p[0] in (2, 3)]
        if len(places) == 1:
            found.setdefault(places[0], []).append(Span(one.start(), other.end()))
    return [Said(Span(*zh), en[0]) for zh, en in found.items() if len(en) == 1]


def persons(t: Texts, from_english: bool) -> Iterator[Hit]:
    """Persons under another name, turned round, misspelt, run together or split.

    An English author (``from_english``) may write a name in the order that the person uses.
    """
    places = [i for i, sign in enumerate(t.zh) if sign not in " \u3000"]
    zh = "".join(t.zh[i] for i in places)
    words = list(CAPITAL.finditer(t.en))
    pairs = [
        (one, other)
        for one, other in itertools.pairwise(words)
        if t.en[one.end() : other.start()] in (" ", "-")
        and syllable_count(one.group())
        and syllable_count(other.group())
    ]
    names = _Names(t, zh, places, people_in(zh), words, pairs)
    for pair in pairs:
        slips = list(_another(names, pair, from_english))
        yield from slips or list(_misspelt(names, pair)) or _other_family(names, pair)
    yield from _joined(names)
    yield from _parted(names)


def _another(names: _Names, pair: Pair, from_english: bool) -> Iterator[Hit]:
    """A pair of words with the family name last, or that is plainly meant for a person but is another name."""
    one, other = pair
    a, b = bare(one.group()), bare(other.group())
    if occurrences(a + b, names.zh) and not _misread(names.people, a, b):
        return
    if a in english_words() and b in english_words():
        return
    en = one.start(), other.end()
    turned = [p for p in occurrences(b + a, names.zh) if names.zh[p[0]] in SURNAMES and p[1] - p[0] in (2, 3)]
    if turned and from_english:
        return
    if turned and (syllable_count(other.group()) or 9) == 1:
        start, end = turned[0]
        right = f"{other.group()} {one.group()}"
        right = right if "'" in one.group() else right.title()
        sure = 0.85 if any(p.start == start for p in names.people) else 0.7
        yield names.hit(
            names.zh[start:end], start, en, right, sure, "puts the family name last", "姓名顺序颠倒"
        )
        return
    for person in names.people:
        if occurrences(bare(names.t.en), person.name) and not _misread([person], a, b):
            continue
        best = _closest(person.name, a, b)
        if best is not None and not _named_elsewhere(names, person, pair):
            yield names.hit(person.name, person.start, en, best, 0.68, "would be someone else", "与原名不符")
            return


def _named_elsewhere(names: _Names, person: Person, pair: Pair) -> bool:
    return any(
        occurrences(bare(one.group()) + bare(other.group()), person.name)
        for one, other in names.pairs
        if one is not pair[0] and other is not pair[1]
    )


def _misspelt(names: _Names, pair: Pair) -> Iterator[Hit]:
    """A pair of words that is a name of the Chinese but for a letter or two, where no title tells who is meant."""
    one, other = pair
    a, b = bare(one.group()), bare(other.group())
    count = syllable_count(other.group()) or 0
    if (a in english_words() and b in english_words()) or occurrences(a + b, names.zh):
        return
    if any(occurrences(a + b, zh.text) for zh, _ in names.t.near):
        return  # named again where the Chinese says he
    if count > 2 or len(b) < 3 or occurrences(b, names.zh):
        return
    for at, sign in enumerate(names.zh):
        given = names.zh[at + 1 : at + 1 + count]
        if sign not in SURNAMES or a not in readings(sign) or names.within(at):
            continue
        if len(given) != count or not re.fullmatch("[\u4e00-\u9fff]+", given):
            continue
        due = bare(romanised(given))
        if count == 2 and (_half_read(given, b) or (split(b) or ()) == (split(due) or ())[::-1]):
            yield names.hit(sign + given, at, (one.start(), other.end()), _written(sign + given), 0.6,
                            "would be someone else", "与原名不符")  # fmt: skip
            return
        if due[0] == b[0] and 0 < distance(b, due) <= (1 if count == 1 else 2):
            name = sign + given
            en = one.start(), other.end()
            yield names.hit(name, at, en, _written(name), 0.62, "is misspelt", "拼写有误")
            return


#: Surnames that are words too, and may stand before a given name alone: 向小明颁奖.
_WORDS_TOO = frozenset("于向任应成方和时同对与由付从为连包全单满平支")


def _other_family(names: _Names, pair: Pair) -> Iterator[Hit]:
    """A pair of words that has the given name of a person and another family name: Lu Chengzhi for 柳承志."""
    one, other = pair
    a, b = bare(one.group()), bare(other.group())
    if syllable_count(one.group()) != 1 or (a in english_words() and opens_sentence(names.t.en, one.start())):
        return
    if len(split(b) or ()) > 2 or any(occurrences(a + b, zh.text) for zh, _ in names.t.near):
        return
    found = [
        (start, end)
        for start, end in occurrences(b, names.zh)
        if start and not names.within(start) and _is_other(names.zh, start, end, a)
    ]
    if any(place not in {(start - 1, end) for start, end in found} for place in occurrences(a + b, names.zh)):
        return
    if len(found) != 1:
        return
    start, end = found[0]
    name = names.zh[start - 1 : end]
    right = _written(name)
    if end - start == 1 and not (
        name in person_words(names.zh) and distance(a, bare(romanised(name[0]))) == 1
    ):
        return  # one sign tells too little
    if not plain_headword(name) and not occurrences(bare(names.t.en), name):
        yield names.hit(name, start - 1, (one.start(), other.end()), right, 0.64,
                        "would be someone else", "与原名不符")  # fmt: skip


def _is_other(text: str, start: int, end: int, family: str) -> bool:
    """Whether the sign before a given name is a surname that is not said as ``family``."""
    sign = text[start - 1]
    tagged = text[start - 1 : end] in person_words(text)
    if sign in _WORDS_TOO or not (tagged or sign in SURNAMES):
        return False
    return family not in (said(sign) if tagged and sign in SURNAMES else readings(sign))


def _half_read(given: str, form: str) -> bool:
    """Whether the first sign of a given name reads like a form's first syllable, and the second reads otherwise."""
    syllables = split(form) or ()
    return (
        len(syllables) == 2 and syllables[0] in readings(given[0]) and syllables[1] not in readings(given[1])
    )


def _joined(names: _Names) -> Iterator[Hit]:
    """Family and given name in one word."""
    for word in names.words:
        form = bare(word.group())
        if form in english_words() or (syllable_count(word.group()) or 0) < 2:
            continue
        for person in names.people:
            found = occurrences(form, person.name)
            if found and found[0] == (0, len(person.name)):
                yield names.hit(person.name, person.start, word.span(), _written(person.name), 0.65,
                                "runs family and given name together", "姓和名应分写")  # fmt: skip


def _parted(names: _Names) -> Iterator[Hit]:
    """The two syllables of a given name as two words."""
    en = names.t.en
    for three in zip(names.words, names.words[1:], names.words[2:], strict=False):
        one, other, third = three
        if en[one.end() : other.start()] != " " or en[other.end() : third.start()] != " ":
            continue
        if [syllable_count(w.group()) for w in three] != [1, 1, 1]:
            continue
        joined = "".join(bare(w.group()) for w in three)
        for person in names.people:
            if len(person.name) == 3 and occurrences(joined, person.name) == [(0, 3)]:
                yield names.hit(person.name, person.start, (one.start(), third.end()), _written(person.name),
                                0.62, "splits the given name", "名字应连写")  # fmt: skip


def _misread(people: list[Person], a: str, b: str) -> bool:
    """Whether a pair is a person of the text whose surname has another reading as a name: Dan for 单."""
    for person in people:
        family = surname(person.name)
        given = person.name[len(family) :]
        if a not in said(family) and a in soundings(family) and (0, len(given)) in occurrences(b, given):
            return True
    return False


@cache
def _compound_names() -> re.Pattern[str]:
    """Names with a surname of two signs, beside a title: 总经理欧阳文山, 尉迟恭将军."""
    surnames = "|".join(s for s in own_readings() if len(s) == 2)
    return re.compile(rf"((?:{surnames})[\u4e00-\u9fff]{{1,2}})(?={_TITLES}|将军|[，。、\s]|$)")


def people_in(text: str) -> list[Person]:
    """Persons that a title before or after gives away."""
    found: dict[int, Person] = {}
    for hit in _compound_names().finditer(text):
        found[hit.start(1)] = Person(hit.group(1), hit.group(1), hit.start(1))
    for hit in _AFTER_TITLE.finditer(text):
        raw = hit.group(1)
        name = re.sub(r"\s", "", raw)
        on = text[hit.end(1) : hit.end(1) + 2]
        goes_on = not on or on[0] in _GOES_ON or on in entries() or not "\u4e00" <= on[0] <= "\u9fff"
        if name[:2] in own_readings() and len(name) == 3 and not goes_on:
            raw, name = raw + on[0], name + on[0]  # 教练欧阳建国
        if (name[0] in SURNAMES or len(name) == 4) and hit.start(1) not in found:
            if len(name) == 3 and name[2] in _GOES_ON:
                raw, name = raw[: raw.rindex(name[2])].rstrip(), name[:2]
            found[hit.start(1)] = Person(name, raw, hit.start(1))
    for hit in _MADE.finditer(text):
        name = next(n for n in (hit.group(1)[-3:], hit.group(1)[-2:]) if n[0] in SURNAMES or len(n) == 2)
        if name[0] in SURNAMES:
            found[hit.end(1) - len(name)] = Person(name, name, hit.end(1) - len(name))
    for hit in _BEFORE_TITLE.finditer(text):
        name, start = hit.group(1), hit.start(1)
        if name[-1] in "为任":
            continue  # told above
        if len(name) == 4 and name[:2] not in own_readings():
            name, start = name[1:], start + 1
        if name[0] not in SURNAMES and len(name) == 3 and name[1] in SURNAMES:
            name, start = name[1:], start + 1
        if name[0] in SURNAMES and not any(p.start <= start < p.start + len(p.raw) for p in found.values()):
            found[start] = Person(name, name, start)
    return [p for p in found.values() if not plain_headword(p.name)]  # 作者简介


def _written(name: str) -> str:
    """Family name and given name; a given name is no phrase, so each sign has its usual reading."""
    family = surname(name)
    own = own_readings().get(family)
    first = own[0].capitalize() if own else romanised(family)
    return f"{first} {''.join(romanised(sign).lower() for sign in name[len(family) :]).capitalize()}"


def _closest(name: str, a: str, b: str) -> str | None:
    """The right form of a person when the English pair is plainly meant for the same person."""
    family = surname(name)
    usual = readings(family) if len(family) == 1 else frozenset(soundings(family))
    given = name[len(family) :]
    syllables = split(b) or ()
    begins = len(syllables) == len(given) and syllables[0] in readings(given[0])
    right_given = (0, len(given)) in occurrences(b, given)
    right = _written(name)
    first, due = (bare(part) for part in right.split(" ", 1))
    if a in said(family):
        alike = distance(b, due) <= 2 or len(split(b) or ()) == len(given)
        return right if not right_given and alike else None
    if right_given and (a in usual or distance(a, first) <= 1 or len(due) > 3):
        return right
    return right if a in usual and begins else None
