"""What a termbase holds: concepts, each with its terms in several languages (ISO 30042, ISO 704)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

#: A year alone or a whole ISO date; compared as strings of equal length by :func:`in_force`.
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


class Status(Enum):
    """The standing of a term (ISO 12620 administrativeStatus)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class TermType(Enum):
    """The form of a term, as TBX-Basic names it."""

    FULL_FORM = "fullForm"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    SHORT_FORM = "shortForm"
    VARIANT = "variant"
    PHRASE = "phrase"


class PartOfSpeech(Enum):
    """The part of speech of a term; ``VERB`` also marks verb phrases, which inflect."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    OTHER = "other"


@lru_cache(maxsize=256)
def _tongue(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a concept in one language.

    ``language`` is the BCP 47 tag as found ("zh-CN").  ``valid_from`` and ``valid_to`` are ISO
    dates or years, both included; empty: no limit.  ``extra`` are further data categories of the
    file that mean nothing to the checks but must survive a conversion, as (name, value).
    """

    text: str
    language: str
    status: Status | None = None
    type: TermType | None = None
    part_of_speech: PartOfSpeech | None = None
    case_sensitive: bool = False
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""
    source: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def tongue(self) -> str:
        """The primary subtag of the language, in lower case: ``zh`` for ``zh-Hans-CN``."""
        return _tongue(self.language)

    @property
    def abbreviated(self) -> bool:
        """Whether the term is an acronym or another abbreviation of a full form."""
        return self.type in (TermType.ACRONYM, TermType.ABBREVIATION)

    def in_force(self, date: str) -> bool:
        """Whether the term is valid at a date (ISO date or year; empty: now, so no end may be set).

        An end in the past is an end for whoever writes today; without a date a text is taken to
        be written today.
        """
        if not date:
            return not self.valid_to
        if self.valid_from and date[: len(self.valid_from)] < self.valid_from[: len(date)]:
            return False
        return not (self.valid_to and date[: len(self.valid_to)] > self.valid_to[: len(date)])

    def standing(self, date: str = "") -> Status:
        """The status of the term at a date.

        A superseded term was right while it was valid; a term whose time is over is superseded;
        one whose time has not come is admitted, for it is at least not out of date.
        """
        status = self.status or Status.PREFERRED
        if status is Status.SUPERSEDED:
            return Status.PREFERRED if self.valid_to and date and self.in_force(date) else status
        if status is Status.DEPRECATED:
            bounded = self.valid_from or self.valid_to
            return Status.ADMITTED if bounded and date and not self.in_force(date) else status
        if self.in_force(date):
            return status
        if self.valid_to and (not date or date[: len(self.valid_to)] > self.valid_to[: len(date)]):
            return Status.SUPERSEDED
        return Status.ADMITTED


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept and all its terms, in the order of the file.

    ``subject`` is its subject field ("place", "institution", …).  ``scope`` says where it binds
    (:mod:`aligncheck.terms.scope`).  ``origin`` and ``line`` say
    where it was read, for messages; they are no part of what it is.
    """

    id: str
    terms: tuple[Term, ...]
    subject: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    scope: str = ""

    def in_language(self, tongue: str) -> tuple[Term, ...]:
        """The terms of a language by its primary subtag, in the order of the file."""
        return tuple(t for t in self.terms if t.tongue == tongue)

    @property
    def chinese(self) -> tuple[Term, ...]:
        """The Chinese terms."""
        return self.in_language("zh")

    @property
    def english(self) -> tuple[Term, ...]:
        """The English terms."""
        return self.in_language("en")

    @property
    def head(self) -> str:
        """The term to call the concept by: the first Chinese one, else the first of any language."""
        terms = self.chinese or self.terms
        return terms[0].text if terms else self.id

    def preferred(self, tongue: str = "en", date: str = "") -> Term | None:
        """The rendering to propose at a date: a preferred full form, else the best there is."""
        rank = {Status.PREFERRED: 0, Status.ADMITTED: 1}
        fit = [t for t in self.in_language(tongue) if t.standing(date) in rank]
        return min(fit, key=lambda t: (rank[t.standing(date)], t.abbreviated), default=None)
