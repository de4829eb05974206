"""Faults of a glossary that its format does not know of: duplicates, contradictions, shadows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from aligncheck.errors import GlossaryError
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.english import english_key
from aligncheck.terms.load import no_garbage, read_glossary
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.patterns import has_slot, sound
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.scope import ScopeError, parse_scope

_HAN = re.compile("[\u3400-\u9fff]")


def validate(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """All problems of some glossaries, each file's own and those between them, in the order of lines.

    A file that cannot be read at all gives one problem instead of an exception.
    """
    with no_garbage():
        return _problems(paths)


def _problems(paths: Sequence[Path]) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    entries: list[_Entry] = []
    for path in paths:
        try:
            loaded = read_glossary(path)
        except GlossaryError as error:
            problems.append(
                Problem(error.path or str(path), error.line, "error", "unreadable", error.what, error.hint)
            )
            continue
        problems.extend(loaded.problems)
        if not loaded.concepts and not any(p.level == "error" for p in loaded.problems):
            problems.append(Problem(loaded.path, 0, "error", "empty", "holds no concept", "add entries"))
        entries.extend(_entries(loaded))
    for check in (_languages, _duplicates, _contradictions, _shadows, _periods, _scopes, _suspicious):
        problems.extend(check(entries))
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.level, p.message)))


class _Entry:
    """A concept with where it stands."""

    def __init__(self, path: str, concept: Concept, line: int, lines: Sequence[int]) -> None:
        self.path, self.concept, self.line = path, concept, line
        tongues = [t.tongue for t in concept.terms]
        self.chinese = [t for t, tongue in zip(concept.terms, tongues, strict=True) if tongue == "zh"]
        self.english = [t for t, tongue in zip(concept.terms, tongues, strict=True) if tongue == "en"]
        #: What each term shares with those that count as the same, by the term's id.
        self.keys = {
            id(t): chinese_key(t.text) if tongue == "zh" else english_key(t.text)[0]
            for t, tongue in zip(concept.terms, tongues, strict=True)
        }
        self.lines = {id(t): n for t, n in zip(concept.terms, lines, strict=True)}

    def at(self, term: Term) -> int:
        return self.lines.get(id(term), self.line)

    def place(self, term: Term) -> str:
        return f"line {self.at(term)} of {self.path}" if self.at(term) else self.path


def _entries(loaded: Loaded) -> list[_Entry]:
    return [
        _Entry(loaded.path, c, line, lines)
        for c, line, lines in zip(loaded.concepts, loaded.lines, loaded.term_lines, strict=True)
    ]


def _warn(entry: _Entry, line: int, code: str, message: str, advice: str) -> Problem:
    return Problem(entry.path, line, "warning", code, message, advice)


def _error(entry: _Entry, line: int, code: str, message: str, advice: str) -> Problem:
    return Problem(entry.path, line, "error", code, message, advice)


def _languages(entries: Iterable[_Entry]) -> Iterable[Problem]:
    for entry in entries:
        concept = entry.concept
        for terms, name in ((entry.chinese, "Chinese"), (entry.english, "English")):
            if not terms:
                yield _warn(
                    entry,
                    entry.line,
                    "one-sided",
                    f"concept {concept.id!r} ({concept.head}) has no {name} term",
                    "no check can use it: add the term",
                )
        english = entry.english
        if english and all(t.standing() in (Status.DEPRECATED, Status.SUPERSEDED) for t in english):
            yield _warn(
                entry,
                entry.line,
                "no-way-out",
                f"every English term of {concept.head!r} is deprecated or superseded",
                "add the term that is to be used",
            )


def _duplicates(entries: Sequence[_Entry]) -> Iterable[Problem]:
    ids: dict[str, _Entry] = {}
    for entry in entries:
        first = ids.setdefault(entry.concept.id, entry)
        if first is not entry and first.path == entry.path:
            yield _error(
                entry,
                entry.line,
                "duplicate-id",
                f"concept {entry.concept.id!r} is already at line {first.line}",
                "give each concept its own id",
            )
        seen: dict[tuple[str, str], Term] = {}
        for term in entry.concept.terms:
            key = (term.tongue, entry.keys[id(term)])
            earlier = seen.setdefault(key, term)
            if earlier is term or not key[1]:
                continue
            if _wrong(earlier) is not _wrong(term) and (earlier.valid_from, earlier.valid_to) == (
                term.valid_from,
                term.valid_to,
            ):
                yield _error(
                    entry,
                    entry.at(term),
                    "contradiction",
                    f"{term.text!r} is {_status(earlier)} at line {entry.at(earlier)}"
                    f" and {_status(term)} here",
                    "keep one of them, or give them different periods",
                )
            elif earlier.text == term.text or earlier.status is not term.status:
                yield _warn(
                    entry,
                    entry.at(term),
                    "duplicate",
                    f"{term.text!r} is already at line {entry.at(earlier)}",
                    "take one out",
                )


def _wrong(term: Term) -> bool:
    return term.status in (Status.DEPRECATED, Status.SUPERSEDED)


def _status(term: Term) -> str:
    return term.status.value if term.status else "without status"


def _contradictions(entries: Sequence[_Entry]) -> Iterable[Problem]:
    """One Chinese term with two preferred renderings, in one concept or in two."""
    chinese: dict[str, list[tuple[_Entry, Term]]] = defaultdict(list)
    for entry in entries:
        for term in entry.chinese:
            if term.status is not Status.DEPRECATED:
                chinese[entry.keys[id(term)]].append((entry, term))
        full = [
            t for t in entry.english if t.standing() is Status.PREFERRED and t.status and not t.abbreviated
        ]
        for term in full[1:]:
            if entry.keys[id(term)] != entry.keys[id(full[0])]:
                yield _error(
                    entry,
                    entry.at(term),
                    "two-preferred",
                    f"{entry.concept.head!r} has two preferred renderings: {full[0].text!r}"
                    f" and {term.text!r}",
                    "mark one of them admitted, or give them periods",
                )
    for places in chinese.values():
        first_entry, first = places[0]
        for entry, term in places[1:]:
            if entry is first_entry:
                continue
            mine, others = entry.concept.preferred("en"), first_entry.concept.preferred("en")
            same_subject = entry.concept.subject == first_entry.concept.subject
            differ = mine and others and english_key(mine.text)[0] != english_key(others.text)[0]
            same_scope = entry.concept.scope == first_entry.concept.scope
            if differ and same_subject and same_scope:
                yield _error(
                    entry,
                    entry.at(term),
                    "two-preferred",
                    f"{term.text!r} is also at {first_entry.place(first)}, there as {others.text!r}"  # type: ignore[union-attr]
                    f", here as {mine.text!r}",  # type: ignore[union-attr]
                    "join the two entries and prefer one rendering",
                )
            else:
                yield _warn(
                    entry,
                    entry.at(term),
                    "duplicate",
                    f"{term.text!r} is also at {first_entry.place(first)}",
                    "join the two entries, or tell them apart by subject field or scope",
                )


def _shadows(entries: Sequence[_Entry]) -> Iterable[Problem]:
    """Wrong renderings that are right for another concept; Chinese terms that add nothing."""
    accepted: dict[str, tuple[_Entry, Term]] = {}
    for entry in entries:
        for term in entry.english:
            if term.standing() in (Status.PREFERRED, Status.ADMITTED) and not term.abbreviated:
                accepted.setdefault(entry.keys[id(term)], (entry, term))
    for entry in entries:
        for term in entry.english:
            if term.standing() not in (Status.DEPRECATED, Status.SUPERSEDED):
                continue
            other = accepted.get(entry.keys[id(term)])
            if other is not None and other[0] is not entry:
                yield _warn(
                    entry,
                    entry.at(term),
                    "shadow",
                    f"{term.text!r}, {_status(term)} for {entry.concept.head!r}, is right for"
                    f" {other[0].concept.head!r} at {other[0].place(other[1])}",
                    "it is reported only where the other concept is not in the same passage",
                )
    keys: dict[str, _Entry] = {}
    for entry in entries:
        for term in entry.chinese:
            keys.setdefault(entry.keys[id(term)], entry)
    for entry in entries:
        for term in entry.chinese:
            for size in range(2, len(key := entry.keys[id(term)])):
                inner = keys.get(key[:size])
                if inner is None or inner is entry:
                    continue
                mine, others = entry.concept.preferred("en"), inner.concept.preferred("en")
                if mine and others and english_key(mine.text)[0] == english_key(others.text)[0]:
                    yield _warn(
                        entry,
                        entry.at(term),
                        "shadow",
                        f"{term.text!r} shadows {inner.concept.head!r}: both are {mine.text!r}",
                        "one of the entries does nothing: join them",
                    )
                break


def _periods(entries: Iterable[_Entry]) -> Iterable[Problem]:
    for entry in entries:
        for term in entry.concept.terms:
            if term.valid_from and term.valid_to and term.valid_from[:4] > term.valid_to[:4]:
                yield _error(
                    entry,
                    entry.at(term),
                    "period",
                    f"{term.text!r} is valid from {term.valid_from} to {term.valid_to}",
                    "swap the dates",
                )


def _scopes(entries: Iterable[_Entry]) -> Iterable[Problem]:
    """Scopes that say nothing we know, and patterns that are none."""
    for entry in entries:
        try:
            parse_scope(entry.concept.scope)
        except ScopeError as error:
            yield _error(
                entry,
                entry.line,
                "scope",
                f"the scope of {entry.concept.head!r} has the rule {str(error)!r}",
                "write place: …, laws, not after foreign, not in: …, or before: …",
            )
        for term in entry.chinese:
            if has_slot(term.text) and not sound(term.text):
                yield _error(
                    entry,
                    entry.at(term),
                    "pattern",
                    f"the square brackets of {term.text!r} are not whole",
                    "open and close each, none inside another",
                )


def _suspicious(entries: Iterable[_Entry]) -> Iterable[Problem]:
    for entry in entries:
        for term in entry.concept.terms:
            han = _HAN.search(term.text) is not None
            if term.tongue == "en" and han:
                yield _warn(
                    entry,
                    entry.at(term),
                    "language",
                    f"the English term {term.text!r} has Chinese characters",
                    "move it to the Chinese terms",
                )
            elif (
                term.tongue == "zh"
                and not han
                and any(c.isalpha() for c in term.text)
                and len(term.text) > 12
            ):
                yield _warn(
                    entry,
                    entry.at(term),
                    "language",
                    f"the Chinese term {term.text!r} has no Chinese character",
                    "move it to the English terms",
                )
            if not entry.keys[id(term)]:
                yield _warn(
                    entry,
                    entry.at(term),
                    "unmatchable",
                    f"the term {term.text!r} has no word that could be found",
                    "take it out",
                )
