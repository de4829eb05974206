"""Concepts as TBX-Basic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from aligncheck.terms.concepts import Concept, Term
from aligncheck.terms.tbx_grammar import CATEGORIES, NAMESPACE, XML_LANG

#: What TBX-Basic has no data category for stands in notes of this form.
CASE_NOTE = "Case-sensitive"
SCOPE_NOTE = "Scope: "


def write_tbx(concepts: Sequence[Concept], title: str = "Termbase, written by aligncheck") -> bytes:
    """TBX-Basic (ISO 30042:2019, DCA) that :func:`read_tbx` reads back to the same concepts.

    What TBX-Basic has no data category for, the period of validity and the case of a term, stands
    in notes of fixed form.
    """
    root: Any = etree.Element(f"{{{NAMESPACE}}}tbx", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("type", "TBX-Basic")
    root.set("style", "dca")
    root.set(XML_LANG, "en")
    source = _sub(_sub(_sub(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _sub(source, "p", title)
    body = _sub(_sub(root, "text"), "body")
    ids: set[str] = set()
    for number, concept in enumerate(concepts, 1):
        entry = _sub(body, "conceptEntry")
        entry.set("id", _own_id(concept.id, number, ids))
        _say(entry, "descrip", "subjectField", concept.subject)
        for row in _rows(concept.definition):
            _say(entry, "descrip", "definition", row)
        for row in _rows(concept.source):
            _say(entry, "admin", "source", row)
        _extras(entry, concept.extra, "conceptEntry")
        if concept.scope:
            _sub(entry, "note", SCOPE_NOTE + concept.scope)
        _notes(entry, concept.note)
        languages = list(dict.fromkeys(t.language for t in concept.terms))
        for language in languages:
            section = _sub(entry, "langSec")
            section.set(XML_LANG, language)
            for term in concept.terms:
                if term.language == language:
                    _write_term(section, term)
    etree.indent(root, space=" ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _write_term(section: Any, term: Term) -> None:
    holder = _sub(section, "termSec")
    _sub(holder, "term", term.text)
    if term.part_of_speech is not None:
        _say(holder, "termNote", "partOfSpeech", term.part_of_speech.value)
    if term.type is not None:
        _say(holder, "termNote", "termType", term.type.value)
    if term.status is not None:
        _say(holder, "termNote", "administrativeStatus", f"{term.status.value}Term-admn-sts")
    _extras(holder, term.extra, "termSec")
    for row in _rows(term.source):
        _say(holder, "admin", "source", row)
    if term.valid_from or term.valid_to:
        _sub(holder, "note", f"Valid: {term.valid_from or '..'}/{term.valid_to or '..'}")
    if term.case_sensitive:
        _sub(holder, "note", CASE_NOTE)
    _notes(holder, term.note)


def _own_id(wanted: str, number: int, ids: set[str]) -> str:
    base = wanted if re.match(r"[^\W\d][\w.\-·]*\Z", wanted) else f"c{number}"
    own, again = base, 2
    while own in ids:
        own, again = f"{base}-{again}", again + 1
    ids.add(own)
    return own


def _rows(text: str) -> list[str]:
    return [row for row in text.split("\n") if row.strip()]


def _notes(parent: Any, text: str) -> None:
    for row in _rows(text):
        _sub(parent, "note", row)


def _say(parent: Any, element: str, kind: str, text: str) -> None:
    if text:
        _sub(parent, element, text).set("type", kind)


def _extras(parent: Any, extra: Iterable[tuple[str, str]], level: str) -> None:
    """Other data categories: as themselves where TBX-Basic has them here, else as notes."""
    later = []
    for kind, text in extra:
        category = CATEGORIES.get(kind)
        if (
            category is not None
            and level in category.levels
            and category.element in ("termNote", "admin", "descrip")
        ):
            if category.values and text not in category.values:
                later.append((kind, text))
            elif category.element == "termNote":
                _say(parent, "termNote", kind, text)
            else:
                later.append((kind, text))
        else:
            later.append((kind, text))
    for kind, text in later:
        category = CATEGORIES.get(kind)
        fits = category is not None and level in category.levels and not category.values
        if category is not None and fits and category.element in ("admin", "descrip"):
            _say(parent, category.element, kind, text)
        else:
            _sub(parent, "note", f"[{kind}] {text}")


def _sub(parent: Any, name: str, text: str = "") -> Any:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text:
        child.text = text
    return child
