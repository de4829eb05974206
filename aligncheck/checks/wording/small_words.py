"""Small words of another class: all for most, or for and, before for after, unless for if.

Closed classes are few, and what is said by one of their words in one language is mostly said by one in the other.  The
words of each class of ``data/small-words.txt`` are counted on both sides of a bead.  Where the Chinese has one more of
a class than the English, and the English one more of another class of the same group, near the words that render its
neighbours, the one may stand for the other.  The judge, which reads the links, says how sure that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en, zh
from aligncheck.checks.wording import tables
from aligncheck.checks.wording.fitting import calls_for, fitting
from aligncheck.encode.pairs import Table
from aligncheck.judge.reading import Read
from aligncheck.judge.suspects import joined
from aligncheck.model import Bitext, Category, Document, Hit, Message, Severity, SpanRef


class Phrase(NamedTuple):
    """A word or several that are one, from word ``first`` to ``last`` of a side of a bead."""

    first: int
    last: int
    text: str

    @property
    def numbers(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a class in one language: those that say it, and those that at least may."""

    sure: frozenset[str]
    maybe: frozenset[str]
    beginnings: tuple[str, ...]

    def among(self, found: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
        """The sure ones of some words and phrases, and all of them that may say it."""
        sure = [phrase for phrase in found if phrase.text in self.sure]
        maybe = [p for p in found if p.text in self.maybe or p.text.startswith(self.beginnings)]
        return sure, sure + maybe


#: A phrase has so many words at most.
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Class:
    """A closed class: its Chinese and English words, and an English sample."""

    name: str
    chinese: Words
    english: Words
    sample: str


@dataclass(frozen=True, slots=True)
class Group:
    """Classes that exclude each other."""

    name: str
    confidence: float
    severity: Severity
    classes: tuple[Class, ...]
    phrases: frozenset[str]
    #: What is surely said by a word of one of the classes.
    chinese: frozenset[str]
    english: frozenset[str]

    def may_change(self, chinese: frozenset[str], english: frozenset[str]) -> bool:
        """Whether among the words and phrases of both texts are those without which nothing can have changed."""
        return not (self.chinese.isdisjoint(chinese) or self.english.isdisjoint(english))

    def cut(self, forms: Sequence[str], joint: str) -> list[Phrase]:
        """The words, the longest phrases of the group taken as one: 不含 is no 含."""
        found, at = [], 0
        while at < len(forms):
            sizes = range(min(_LONGEST, len(forms) - at), 1, -1)
            size = next((k for k in sizes if joint.join(forms[at : at + k]) in self.phrases), 1)
            found.append(Phrase(at, at + size - 1, joint.join(forms[at : at + size])))
            at += size
        return found


@cache
def groups() -> tuple[Group, ...]:
    """The table, parsed.

    Raises:
        ValueError: a row of the table is not in its form.
    """
    return tuple(_group(section) for section in tables.sections(tables.lines("small-words.txt"), columns=4))


def _group(section: tables.Section) -> Group:
    classes = tuple(_class(*row.columns) for row in section.rows)
    words = [words for c in classes for words in (c.chinese, c.english)]
    phrases = frozenset().union(*(w.sure | w.maybe for w in words))
    chinese = frozenset().union(*(c.chinese.sure for c in classes))
    english = frozenset().union(*(c.english.sure for c in classes))
    return Group(section.name, section.confidence, section.severity, classes, phrases, chinese, english)


def _grams(forms: Sequence[str], joint: str) -> frozenset[str]:
    """All that stands there as a word or as a phrase."""
    sizes = range(2, _LONGEST + 1)
    return frozenset(
        (*forms, *(joint.join(forms[i : i + k]) for k in sizes for i in range(len(forms) - k + 1)))
    )


def _class(name: str, chinese: str, english: str, sample: str) -> Class:
    return Class(name, _words(chinese), _words(english), sample)


def _words(column: str) -> Words:
    sure, _, maybe = column.partition(";")
    return Words(
        frozenset(w.replace("_", " ") for w in sure.split()),
        frozenset(w.replace("_", " ") for w in maybe.split() if not w.endswith("…")),
        tuple(w[:-1] for w in maybe.split() if w.endswith("…")),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A Chinese word of a class, and an English one of another class in its place."""

    group: Group
    said: Class
    chinese: Phrase
    english: Phrase


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English small words of another class than the Chinese ones in whose place they stand."""
    for read in context.reads:
        if not read.chinese or not read.english:
            continue
        for change in changes(read, bitext.source, bitext.target):
            here = joined(read.chinese, change.chinese.numbers)
            there = joined(read.english, change.english.numbers)
            chinese, english = bitext.source.slice(here), bitext.target.slice(there)
            yield Hit(
                calls_for(chinese, change.said.sample, english),
                (here,),
                (there,),
                change.group.confidence,
                change.group.severity,
                Category.MISTRANSLATION,
                suggestion=fitting(change.said.sample, english),
                evidence=(("contrast", change.group.name),),
                question=Message(
                    f"Does {en(english)} translate {zh(chinese)}? If so, “{change.said.sample}” is needed.",
                    f"{en(english)}是否对应{zh(chinese)}？若是，宜用“{change.said.sample}”。",
                ),
            )


def changes(read: Read, chinese: Document, english: Document) -> Iterator[Change]:
    """The changes of a bead, at most one for each class of a group."""
    zh_forms = [_form(w.ref, chinese) for w in read.chinese]
    en_forms = [english.slice(w.ref).lower() for w in read.english]
    chinese_grams, english_grams = _grams(zh_forms, ""), _grams(en_forms, " ")
    for group in groups():
        if not group.may_change(chinese_grams, english_grams):
            continue
        zh_words, en_words = group.cut(zh_forms, ""), group.cut(en_forms, " ")
        found = [(c, *c.chinese.among(zh_words), *c.english.among(en_words)) for c in group.classes]
        for said, here, ours, there, theirs in found:
            excuses = _free(read, theirs, ours, english=True)
            open_words = [i for i in _unrendered(read, here, there) if not _excused(read, i, excuses)]
            if not open_words:
                continue  # the English has a word for each of them
            best = min(
                (
                    (_distance(read, i.first, j.first), i, j)
                    for other, _, backed, spots, may in found
                    if other is not said and len(spots) > len(_free(read, backed, may, english=False))
                    for j in spots
                    if j not in theirs  # "unless" may say 但 as well
                    and not (group.name == "choice" and _denied(en_forms, j.first))
                    for i in open_words
                ),
                default=None,
            )
            if best is not None and best[0] <= _NEAR:
                yield Change(group, said, best[1], best[2])


#: What is denied of two things together is denied of each: 不A且不B is neither A nor B, no A or B (De Morgan).
_DENIALS = frozenset("no not none nobody nothing neither nor never without cannot n't n’t nowhere".split())
#: So many words before a joint may its denial stand.
_DENIED = 14


def _denied(english: Sequence[str], at: int) -> bool:
    """Whether a denial goes before a word, so that "and" and "or" change places."""
    return any(w in _DENIALS or w.endswith(("n't", "n’t")) for w in english[max(0, at - _DENIED) : at])


#: A word that is linked to a word of its own class with this probability is rendered by it.
_RENDERED = 0.5
#: A word that is linked to another with this probability renders that one.
_SURELY = 0.8
#: So far may an English word stand that excuses.
_DUE = 10.0
#: So far may a word stand from where the words around its counterpart are rendered, in words.
_NEAR = 6.0
#: So many words to either side tell where a word's counterpart is due.
_AROUND = 4


def _free(read: Read, words: Sequence[Phrase], others: Sequence[Phrase], english: bool) -> list[Phrase]:
    """Those of some words that may say a class, without those that surely render something else.

    ``others``: what may say the class on the other side.  "One" that is linked to 一 is no part of anything.
    """
    links = read.links.T if english else read.links
    places = {n for phrase in others for n in phrase.numbers}
    return [w for w in words if not _elsewhere(links[w.first], places)]


def _elsewhere(links: Table, places: set[int]) -> bool:
    if not len(links) or (not places and float(links.max()) < _SURELY):
        return False
    best = int(links.argmax())
    return float(links[best]) >= _SURELY and best not in places


#: These say more where a pause follows: 批准前， is before the approval, 前三年 is not before the years.
_BEFORE_PAUSE = frozenset("前后")
_PAUSES = frozenset("，。；：、,;")
#: Not before it is approved is only after that, and the reverse: English takes the one or the other.
_TURNS = re.compile("[，、,][^。；！？]{0,16}?(?:[不未禁勿无]|方[可能得]|才)")


def _form(ref: SpanRef, document: Document) -> str:
    """A word, marked with "$" where it stands before a pause and means more there."""
    text = document.blocks[ref.block].text
    word = text[ref.start : ref.end]
    if word not in _BEFORE_PAUSE or text[ref.end : ref.end + 1] not in _PAUSES or _TURNS.match(text, ref.end):
        return word
    return word + "$"


def _excused(read: Read, word: Phrase, excuses: Sequence[Phrase]) -> bool:
    """Whether one of some English words may render a Chinese one: it stands where that is due, or that is unknown."""
    gaps = [_distance(read, word.first, e.first) for e in excuses]
    return any(gap <= _DUE or gap == float("inf") for gap in gaps)


def _unrendered(read: Read, here: Sequence[Phrase], there: Sequence[Phrase]) -> list[Phrase]:
    """Those of some Chinese words that no English word of their class renders."""
    columns = [j.first for j in there]
    return [i for i in here if not columns or float(read.links[i.first, columns].max()) < _RENDERED]


def _distance(read: Read, i: int, j: int) -> float:
    """How far, in words, an English word stands from what renders the neighbours of a Chinese one; 0 where linked."""
    if read.links[i, j] >= _RENDERED:
        return 0.0
    places = []
    for n in range(max(0, i - _AROUND), min(len(read.chinese), i + _AROUND + 1)):
        if n != i and read.chinese[n].weight > 0 and read.links[n].max() >= _RENDERED:
            places.append((abs(n - i), abs(int(read.links[n].argmax()) - j)))
    # The nearest neighbours know best.
    places.sort()
    return min((gap for _, gap in places[:3]), default=float("inf"))


CHECKS = (carded(__name__, "small-words", run=run),)
