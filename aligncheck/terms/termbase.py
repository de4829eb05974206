"""All concepts of the glossaries in force, indexed for matching in both languages."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aligncheck.terms.chinese import Keys, find_keys, make_lengths
from aligncheck.terms.concepts import Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.english import EVERYDAY, Form, Token, english_key, make_form, squeezed, tokenize
from aligncheck.terms.inflection import ARTICLES, begins_with_verb
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.patterns import has_slot, patterns_of, without_slots
from aligncheck.terms.scope import Scope, scope_of

#: Concept number -> numbers of its terms.
Entries = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class ChineseMatch:
    """A concept's Chinese term in a text; ``start`` and ``end`` are offsets into that text.

    ``concepts``: all concepts that have the term.  ``head``: where its shared head stands apart.
    """

    text: str
    start: int
    end: int
    concepts: tuple[Concept, ...]
    head: tuple[int, int] | None = None

    @property
    def concept(self) -> Concept:
        """The first concept that has the term."""
        return self.concepts[0]


@dataclass(frozen=True, slots=True)
class EnglishMatch:
    """English terms that a stretch of text may be: tokens first..last, code points start..end."""

    start: int
    end: int
    first: int
    last: int
    readings: tuple[tuple[Concept, Term], ...]


class _Lazy(Sequence[Concept]):
    """Concepts made from plain rows at the first demand."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows
        self._made: dict[int, Concept] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self._rows))))
        if index < 0:
            index += len(self._rows)
        if index not in self._made:
            row = self._rows[index]
            self._made[index] = concept_from_row(marshal.loads(row) if isinstance(row, bytes) else row)
        return self._made[index]

    def __iter__(self) -> Iterator[Concept]:
        return (self[i] for i in range(len(self._rows)))


#: Signs that no English term runs across.
_BORDERS = frozenset(".;:!?()[]。；：！？")
#: As many first letters tell well enough that no term begins like this.
_BEGINNING = 7


@dataclass(eq=False)
class Termbase:
    """Concepts with their indexes.

    ``signature`` names the content (12 hex digits), for reports and cache keys.  ``zh`` and ``en``
    map a key to the (concept, term) numbers that have it, one flat list of pairs.
    """

    concepts: Sequence[Concept] = ()
    signature: str = ""
    zh: Mapping[str, Sequence[int]] = field(default_factory=dict)
    en: Mapping[str, Sequence[int]] = field(default_factory=dict)
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    longest: int = 0  # words of the longest English term
    starts: frozenset[str] = frozenset()  # first letters of the English keys: up to three, and _BEGINNING
    official: bool = False  # the glossary that ships with the tool
    patterned: Sequence[int] = ()  # numbers of the concepts with place holders in Chinese
    local: Mapping[str, Sequence[int]] = field(default_factory=dict)  # keys that the words around decide
    automaton: Any = None

    def __len__(self) -> int:
        return len(self.concepts)

    @cached_property
    def _keys(self) -> Keys:
        guarded: dict[str, list[Scope]] = {}
        for key, numbers in self.local.items():
            guarded[key] = [scope_of(self.concepts[n].scope) for n in numbers]
        patterns = [p for n in self.patterned for p in patterns_of(self.concepts[n])]
        return Keys(self.zh, self.lengths, guarded, patterns, self.automaton)

    def find_chinese(self, text: str, shared_heads: bool = True) -> list[ChineseMatch]:
        """The Chinese terms in a text: longest first where they compete, at word borders."""
        if not self.zh and not self.patterned:
            return []
        matches = []
        for place in find_keys(text, self._keys, shared_heads):
            numbers = self.zh.get(place.key, ())[::2]
            concepts = tuple(self.concepts[n] for n in dict.fromkeys(numbers))
            if place.filled is not None:
                concepts = (place.filled, *concepts)
            matches.append(
                ChineseMatch(text[place.start : place.end], place.start, place.end, concepts, place.head)
            )
        return matches

    def find_english(self, text: str | Sequence[Token]) -> list[EnglishMatch]:
        """The English terms in a text, word for word but for inflection and hyphens, longest first.

        Quick enough for whole documents whatever the size of the termbase; it does not look for
        terms with words between, for which :func:`aligncheck.terms.english.find_form` is.
        """
        if not self.en:
            return []
        tokens = tokenize(text) if isinstance(text, str) else text
        found: list[EnglishMatch] = []
        at = 0
        while at < len(tokens):
            if tokens[at].low in ARTICLES or tokens[at].key[:3] not in self.starts:
                at += 1
                continue
            best = self._longest_at(tokens, at)
            if best is None:
                at += 1
            else:
                found.append(best)
                at = best.last + 1
        return found

    def _longest_at(self, tokens: Sequence[Token], at: int) -> EnglishMatch | None:
        key = ""
        best: tuple[int, str] | None = None
        starts = self.starts
        for last in range(at, min(len(tokens), at + self.longest)):
            token = tokens[last]
            if last > at and not _BORDERS.isdisjoint(token.before):
                break
            if token.low in ARTICLES:
                continue
            key += token.key
            if key[:_BEGINNING] not in starts and len(key) >= _BEGINNING:
                break
            if key in self.en:
                best = last, key
        if best is None:
            return None
        last, key = best
        flat = self.en[key]
        small = last == at and tokens[at].text.islower() and tokens[at].low in EVERYDAY
        readings = []
        for i in range(0, len(flat), 2):
            concept = self.concepts[flat[i]]
            term = concept.terms[flat[i + 1]]
            if not (small and term.text.isupper()):
                readings.append((concept, term))
        if not readings:
            return None
        return EnglishMatch(tokens[at].start, tokens[last].end, at, last, tuple(readings))

    def lookup(self, chinese: str) -> tuple[Concept, ...]:
        """The concepts that have this Chinese term."""
        flat = self.zh.get(chinese_key(chinese), ())
        return tuple(self.concepts[n] for n in dict.fromkeys(flat[::2]))

    def lookup_english(self, english: str) -> tuple[Concept, ...]:
        """The concepts that have this English term, in any inflection and spelling."""
        flat = self.en.get(squeezed(tokenize(english)), ())
        return tuple(self.concepts[n] for n in dict.fromkeys(flat[::2]))

    def form(self, term: Term) -> Form:
        """The English term ready for matching (made once)."""
        made = self._forms.get(term)
        if made is None:
            made = self._forms[term] = form_of(term)
        return made

    @cached_property
    def _forms(self) -> dict[Term, Form]:
        return {}

    @cached_property
    def _rivals(self) -> dict[tuple[str, str], bool]:
        return {}

    def rivals(self, one: str, other: str) -> bool:
        """Whether two words (their keys) tell concepts apart: some terms differ in them alone.

        *Urban residents* and *rural residents* are two things.  Words that stand for each other in one concept are
        no rivals.
        """
        pair = min(one, other), max(one, other)
        if pair not in self._rivals:
            self._rivals[pair] = self._apart(*pair)
        return self._rivals[pair]

    def _apart(self, one: str, other: str) -> bool:
        found = False
        for key in self.en:
            if one not in key or key == one:
                continue
            twin = key.replace(one, other, 1)
            if twin in self.en:
                a, b = self._accepted(key), self._accepted(twin)
                if any(x & y for x in a for y in b):
                    return False
                found = found or bool(a and b)
        return found

    def _accepted(self, key: str) -> list[frozenset[str]]:
        """The Chinese keys of each concept of which an English key is an accepted term."""
        flat = self.en[key]
        return [
            frozenset(chinese_key(t.text) for t in self.concepts[n].chinese)
            for n, k in zip(flat[::2], flat[1::2], strict=True)
            if self.concepts[n].terms[k].standing() in (Status.PREFERRED, Status.ADMITTED)
        ]


def form_of(term: Term) -> Form:
    """An English term ready for matching: verb phrases inflect as verbs, also where nobody said so."""
    verb = term.part_of_speech is PartOfSpeech.VERB or (
        term.part_of_speech is None and (term.type is TermType.PHRASE or begins_with_verb(term.text))
    )
    return make_form(term.text, verb=verb, case_sensitive=term.case_sensitive, acronym=term.abbreviated)


def build(concepts: Sequence[Concept], official: bool = False) -> Termbase:
    """A termbase with its indexes."""
    rows = [concept_row(c) for c in concepts]
    return from_rows(rows, index(concepts), signature_of(packed(rows)), official, concepts)


def index(concepts: Sequence[Concept]) -> dict[str, Any]:
    """The indexes of concepts as plain data."""
    zh: dict[str, list[int]] = {}
    en: dict[str, list[int]] = {}
    longest = 0
    patterned: list[int] = []
    local: dict[str, list[int]] = {}
    for number, concept in enumerate(concepts):
        scope = scope_of(concept.scope)
        for k, term in enumerate(concept.terms):
            tongue = term.tongue
            if tongue == "zh" and has_slot(term.text):
                if number not in patterned[-1:]:
                    patterned.append(number)
            elif tongue == "zh":
                key = chinese_key(term.text)
                if key and term.standing() is not Status.DEPRECATED:
                    zh.setdefault(key, []).extend((number, k))
                    if scope.local:
                        local.setdefault(key, []).append(number)
            elif tongue == "en":
                key, words = english_key(without_slots(term.text))
                if key:
                    en.setdefault(key, []).extend((number, k))
                    longest = max(longest, words + 2)
    # A key that also belongs to a concept without such a scope is free.
    local = {key: numbers for key, numbers in local.items() if len(numbers) == len(zh[key]) // 2}
    starts = {key[:n] for key in en for n in (1, 2, 3, _BEGINNING)}
    return {
        "zh": {k: tuple(v) for k, v in zh.items()},
        "en": {k: tuple(v) for k, v in en.items()},
        "lengths": make_lengths(zh),
        "longest": longest,
        "starts": sorted(starts),
        "patterned": patterned,
        "local": local,
    }


def from_rows(
    rows: Sequence[Any],
    indexes: Mapping[str, Any],
    signature: str,
    official: bool = False,
    concepts: Sequence[Concept] | None = None,
    automaton: Any = None,
) -> Termbase:
    """A termbase from plain data, as the cache holds it."""
    return Termbase(
        _Lazy(rows) if concepts is None else concepts,
        signature,
        indexes["zh"],
        indexes["en"],
        indexes["lengths"],
        indexes["longest"],
        frozenset(indexes["starts"]),
        official,
        indexes["patterned"],
        indexes["local"],
        automaton,
    )


def packed(rows: Iterable[Any]) -> list[bytes]:
    """Each concept's row as bytes: the same for the same row, for this form of them knows no shared objects."""
    return [marshal.dumps(row, 2) for row in rows]


def signature_of(packed_rows: Iterable[bytes]) -> str:
    """12 hex digits over all that the concepts say."""
    return hashlib.sha256(b"".join(packed_rows)).hexdigest()[:12]


def concept_row(concept: Concept) -> list[Any]:
    """A concept as plain data."""
    return [
        concept.id,
        [
            [
                t.text,
                t.language,
                t.status.value if t.status else "",
                t.type.value if t.type else "",
                t.part_of_speech.value if t.part_of_speech else "",
                t.case_sensitive,
                t.valid_from,
                t.valid_to,
                t.note,
                t.source,
                [list(e) for e in t.extra] if t.extra else [],
            ]
            for t in concept.terms
        ],
        concept.subject,
        concept.definition,
        concept.note,
        concept.source,
        [list(e) for e in concept.extra],
        concept.scope,
    ]


def concept_from_row(row: Sequence[Any]) -> Concept:
    """The concept of plain data."""
    terms = tuple(
        Term(
            t[0],
            t[1],
            Status(t[2]) if t[2] else None,
            TermType(t[3]) if t[3] else None,
            PartOfSpeech(t[4]) if t[4] else None,
            t[5],
            t[6],
            t[7],
            t[8],
            t[9],
            tuple((a, b) for a, b in t[10]),
        )
        for t in row[1]
    )
    return Concept(row[0], terms, row[2], row[3], row[4], row[5], tuple((a, b) for a, b in row[6]), row[7])
