"""The XML that MultiTerm exports: concepts, languages, terms, and what people have named their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aligncheck.terms.concepts import Concept, Term
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.values import part_of_speech_of, status_of, term_type_of

#: Names of languages as MultiTerm writes them where the code is missing or local (``ZH-CN``, ``EN-US``).
_LANGUAGES = {"chinese": "zh", "english": "en"}


def read_multiterm(root: Any, path: str) -> Loaded:
    """Concepts and problems of an export, from its root element ``<mtf>``."""
    concepts, lines, term_lines = [], [], []
    problems: list[Problem] = []
    for number, entry in enumerate(root.iter("conceptGrp"), 1):
        said = dict(_fields(entry))
        terms, at = [], []
        for group in entry.iterfind("languageGrp"):
            language = group.find("language")
            tag = "" if language is None else _tag(language)
            for holder in group.iterfind("termGrp"):
                text = " ".join("".join(t) for t in [list(e.itertext()) for e in holder.iterfind("term")])
                if text.strip() and tag:
                    terms.append(_term(text, tag, dict(_fields(holder))))
                    at.append(int(holder.sourceline or 0))
        own = entry.findtext("concept") or str(number)
        if not terms:
            problems.append(
                Problem(path, entry.sourceline or 0, "warning", "empty-entry", f"entry {own} has no term")
            )
            continue
        note = said.get("note", "")
        concepts.append(Concept(own, tuple(terms), said.get("subject", ""), said.get("definition", ""), note))
        lines.append(int(entry.sourceline or 0))
        term_lines.append(tuple(at))
    return Loaded(path, tuple(concepts), tuple(lines), tuple(term_lines), tuple(problems))


def _tag(language: Any) -> str:
    """The language tag: the code, else what the name of the language begins with."""
    code = (language.get("lang") or "").strip()
    name = (language.get("type") or "").lower()
    known = next((tag for word, tag in _LANGUAGES.items() if name.startswith(word)), "")
    return known if known and not code.lower().startswith(known) else code or known


def _fields(element: Any) -> Iterator[tuple[str, str]]:
    """(our name, text) of the descriptions said directly at a level."""
    for group in element.iterfind("descripGrp"):
        row = group.find("descrip")
        if row is None:
            continue
        kind = "".join(c for c in (row.get("type") or "").lower() if c.isalpha())
        text = " ".join("".join(row.itertext()).split())
        for word, name in (
            ("status", "status"), ("usage", "status"), ("speech", "speech"), ("termtype", "type"),
            ("subject", "subject"), ("domain", "subject"), ("definition", "definition"), ("note", "note"),
            ("comment", "note"), ("source", "source"),
            ("type", "type"),
        ):  # fmt: skip
            if text and (word in kind or (word == "speech" and kind == "pos")):
                yield name, text
                break


def _term(text: str, language: str, said: dict[str, str]) -> Term:
    return Term(
        " ".join(text.split()),
        language,
        status_of(said.get("status", "")),
        term_type_of(said.get("type", "")),
        part_of_speech_of(said.get("speech", "")),
        note=said.get("note", ""),
        source=said.get("source", ""),
    )
