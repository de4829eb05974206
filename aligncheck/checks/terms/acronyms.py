"""Acronyms before their full form, or without one; and wrong official terms in English alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.terms.binding import GENERAL
from aligncheck.model import Document, Hit, Message, Severity, SpanRef
from aligncheck.terms.concepts import Concept, Status, Term
from aligncheck.terms.dates import date_of
from aligncheck.terms.termbase import EnglishMatch

_ACRONYM = re.compile(r"(?<![\w&/.\-])[A-Z](?:[A-Z0-9&]{1,6}|[a-z]?[A-Z]{1,5})s?(?![\w&/])")
_ROMAN = re.compile(r"(?:X{0,3}(?:IX|IV|V?I{0,3}))\Z")
_BRACKETED = re.compile(r"[(（]\s*[\"“]?([A-Z][A-Za-z0-9&]{1,7})[\"”]?\s*[)）]")
#: What every reader of a report knows.
_KNOWN = frozenset(
    "AI IT TV UN US USA UK EU GDP CPI PPI R&D COVID WTO WHO UNESCO APEC G20 G7 BRICS CEO VIP DNA PC PM AM BC AD "
    "CBD NGO IPO ID VR AR 5G 6G 4G SME SMEs PM2 LED GPS USB IP OK II III IV VI VII VIII IX XI XII".split()
)
_ACCEPTED = (Status.PREFERRED, Status.ADMITTED)


class _Mention(NamedTuple):
    """A full form (``full``) or an acronym where it stands, and what the glossary knows it as."""

    start: int
    end: int
    text: str
    readings: list[tuple[Concept, Term]]
    full: bool = False


def run_acronyms(document: Document, context: Context) -> Iterable[Hit]:
    """The first use of every acronym that no full form explains before it."""
    termbase = context.termbase
    matches = {b.id: termbase.find_english(b.text) if termbase is not None else [] for b in document.blocks}
    given_fully = {
        c.id for found in matches.values() for m in found for c, t in m.readings if not t.abbreviated
    }
    explained: set[str] = set()  # acronyms and ids of concepts
    told: set[str] = set()
    for block in document.blocks:
        if block.text.isupper():
            continue
        in_brackets = {m.start(1) for m in _BRACKETED.finditer(block.text)}
        for mention in _mentions(block.text, matches[block.id]):
            ids = {concept.id for concept, _ in mention.readings}
            if mention.full:
                explained |= ids
                continue
            text = mention.text
            base = text[:-1] if text.endswith("s") and len(text) > 2 else text
            if mention.start in in_brackets:
                explained |= {base, *ids}
            elif base not in told and not explained & {base, *ids} and not _known(document, mention, base):
                told.add(base)
                yield _early(block.id, *mention[:4], given_fully)


def _mentions(text: str, matches: list[EnglishMatch]) -> list[_Mention]:
    """The full forms and acronyms of a text, the glossary's and others, in order."""
    found = []
    for match in matches:
        printed = text[match.start : match.end]
        short = [(c, t) for c, t in match.readings if t.abbreviated]
        full = [(c, t) for c, t in match.readings if not t.abbreviated]
        found += [_Mention(match.start, match.end, printed, [reading], True) for reading in full]
        if short:
            found.append(_Mention(match.start, match.end, printed, short))
    for other in _ACRONYM.finditer(text):
        if not any(m.start < other.end() and other.start() < m.end for m in found if m.readings):
            found.append(_Mention(other.start(), other.end(), other.group(), []))
    return sorted(found, key=lambda m: m[:2])


def _known(document: Document, mention: _Mention, base: str) -> bool:
    """Whether every reader knows the acronym, or it is none."""
    if base in _KNOWN or mention.text in _KNOWN:
        return True
    return not mention.readings and bool(_ROMAN.match(base) or _spelt(document, base))


def _spelt(document: Document, acronym: str) -> bool:
    """Whether words in the document have these initials in a row, capitals among them, before brackets."""
    letters = [c for c in acronym if c.isalpha()]
    pattern = r"\W+(?:(?:of|the|and|for|in|on|to|de)\W+)*".join(rf"\b{c}\w+" for c in letters)
    return len(letters) > 1 and any(re.search(pattern, b.text) for b in document.blocks)


def _early(
    block: int, start: int, end: int, what: str, readings: list[tuple[Concept, Term]], later: set[str]
) -> Hit:
    full = next((best.text for c, _ in readings if (best := c.preferred("en")) is not None), "")
    comes = any(c.id in later for c, _ in readings)
    if comes:
        message = Message(
            f"The acronym “{what}” comes before its full form “{full}”.",
            f"缩写“{what}”出现在全称“{full}”之前。",
        )
    elif full and full != what:
        message = Message(
            f"The acronym “{what}” is never expanded; its full form is “{full}”.",
            f"缩写“{what}”全文没有给出全称“{full}”。",
        )
    else:
        message = Message(f"The acronym “{what}” is never expanded.", f"缩写“{what}”全文没有给出全称。")
    return Hit(
        message,
        (SpanRef(block, start, end),),
        confidence=0.8 if readings else 0.6,
        severity=Severity.NEUTRAL,
        suggestion=f"{full} ({what})" if full and full != what else "",
    )


def run_english(document: Document, context: Context) -> Iterable[Hit]:
    """Deprecated and superseded renderings in an English document that stands alone."""
    termbase = context.termbase
    if not context.alone or termbase is None:
        return
    date = context.settings.date or date_of(document)
    for block in document.blocks:
        for match in termbase.find_english(block.text):
            yield from _wrong(block.id, block.text, match, date)


def _wrong(block: int, text: str, match: EnglishMatch, date: str) -> Iterator[Hit]:
    standings = [(c, t, t.standing(date)) for c, t in match.readings]
    if any(s in _ACCEPTED for _, _, s in standings):
        return  # the same words are right for another concept
    concept, _, standing = standings[0]
    if concept.subject == GENERAL and standing is not Status.DEPRECATED:
        return
    printed = text[match.start : match.end]
    best = concept.preferred("en", date)
    word = "deprecated" if standing is Status.DEPRECATED else "superseded"
    told = f"; the official term is “{best.text}”" if best else ""
    message = Message(
        f"“{printed}” is a {word} rendering of “{concept.head}”{told}.",
        f"“{printed}”是“{concept.head}”"
        + ("不再使用" if standing is Status.DEPRECATED else "已被取代")
        + "的译法"
        + (f"，规范译法是“{best.text}”。" if best else "。"),
    )
    yield Hit(
        message,
        (SpanRef(block, match.start, match.end),),
        confidence=0.75 if standing is Status.DEPRECATED else 0.6,
        severity=Severity.MAJOR if standing is Status.DEPRECATED else Severity.MINOR,
        suggestion=best.text if best else "",
        evidence=(("concept", concept.id), ("verdict", standing.value)),
    )


CHECKS = (
    carded(__name__, "acronyms", run_document=run_acronyms),
    carded(__name__, "terminology-english", run_document=run_english),
)
