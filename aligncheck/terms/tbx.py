"""TBX: ISO 30042:2019 in both styles (DCA and DCT) the older martif form of 2008 and TBX-Min of 2014, read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from aligncheck.errors import GlossaryError
from aligncheck.terms.concepts import DATE, Concept, Term
from aligncheck.terms.multiterm import read_multiterm
from aligncheck.terms.problems import Loaded
from aligncheck.terms.tbx_grammar import (
    DIALECTS,
    DRAFT_NAMESPACE,
    GROUPS,
    NAMESPACE,
    STATUSES,
    XML_LANG,
    Reading,
    check_element,
    check_term_entry,
    near,
    split,
    text_of,
)
from aligncheck.terms.tbx_min import check_min
from aligncheck.terms.tbx_write import SCOPE_NOTE
from aligncheck.terms.values import part_of_speech_of, status_of, term_type_of

_VALID_NOTE = re.compile(r"Valid: (\d{4}(?:-\d{2}){0,2}|\.\.)/(\d{4}(?:-\d{2}){0,2}|\.\.)\Z")
_CASE = re.compile(r"case[- ]?sensitive(?:\s*[:=]\s*(?:yes|true))?\.?\Z", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:valid(?:ity)?(?:\s+period)?\s*[:=]?\s*)"
    r"(?:(?:from|since|in)\s+)?(?P<since>\d{4}(?:-\d{2}){0,2}|\.\.)?"
    r"(?:\s*(?:/|–|—|-|to|until|through)\s*(?P<until>\d{4}(?:-\d{2}){0,2}|\.\.)?)?\.?\Z",
    re.IGNORECASE,
)


def is_tbx(head: bytes) -> bool:
    """Whether a file beginning with these bytes looks like TBX."""
    text = head[:4096].replace(b"\x00", b"")
    return re.search(rb"<(?:\w+:)?(tbx|martif|TBX|mtf)[\s>]", text) is not None


def read_tbx(data: bytes, path: str) -> Loaded:
    """Concepts and problems of a TBX file.

    Raises:
        GlossaryError: the file is no XML, declares entities, or is no TBX at all.
    """
    root = _parse(data, path)
    space, name = split(root)
    if name == "TBX" and (root.get("dialect") == "TBX-Min" or root.find("header/languages") is not None):
        reading = Reading(path, None)
        return _concepts(check_min(root, reading), reading, _MIN_NAMES)
    if name in ("martif", "TBX") and space in ("", NAMESPACE):
        return _read_martif(root, path)
    if name == "mtf":
        return read_multiterm(root, path)
    if name != "tbx":
        raise GlossaryError(
            f"the root element is <{name}>, not <tbx> or <martif>",
            path=path,
            line=root.sourceline or 0,
            hint="a termbase in TBX is expected (ISO 30042)",
        )
    if space not in (NAMESPACE, DRAFT_NAMESPACE):
        raise GlossaryError(
            f"<tbx> is in the namespace {space!r}" if space else "<tbx> has no namespace",
            path=path,
            line=root.sourceline or 0,
            hint=f'write <tbx xmlns="{NAMESPACE}" …>',
        )
    return _read_tbx(root, space, path)


def _parse(data: bytes, path: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.parse(BytesIO(data), parser)
    except etree.XMLSyntaxError as error:
        message = str(error.msg or error)
        hint = "check the markup at this line in an XML editor"
        if "huge" in message.lower() or "depth" in message.lower() or "amplification" in message.lower():
            hint = "one text in the file is too large for a term or a note"
        raise GlossaryError(f"bad XML: {message}", path=path, line=error.lineno or 0, hint=hint) from error
    dtd = tree.docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[union-attr]
        raise GlossaryError(
            "declares its own entities", path=path, hint="write the text itself in their place"
        )
    return tree.getroot()


def _read_tbx(root: Any, space: str, path: str) -> Loaded:
    dialect = root.get("type") or ""
    style = root.get("style") or ""
    reading = Reading(path, DIALECTS.get(dialect), style == "dct")
    line = root.sourceline or 0
    if style and style not in ("dca", "dct"):
        reading.error(line, "style", f"style={style!r} is neither dca nor dct", 'write style="dca"')
    if dialect and not re.match(r"TBX-.+\Z", dialect):
        reading.error(line, "dialect", f"type={dialect!r} names no dialect", 'write type="TBX-Basic"')
    if space == DRAFT_NAMESPACE:
        reading.warn(
            line, "namespace", f"the namespace {space} is that of a draft", f"the standard's is {NAMESPACE}"
        )
    ids: dict[str, int] = {}
    targets: list[tuple[str, int]] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            check_element(element, space, reading, ids, targets)
    for target, at in targets:
        if target not in ids and not re.match(r"https?://.+", target):
            reading.error(
                at,
                "target",
                f"target={target!r} points at nothing",
                "give the id of an element or an http(s) address",
            )
    body = root.find(f"{{{space}}}text/{{{space}}}body")
    entries = [] if body is None else list(body.iterfind(f"{{{space}}}conceptEntry"))
    return _concepts(entries, reading, _ENTRY_NAMES)


@dataclass(frozen=True, slots=True)
class _Names:
    language: str
    term: tuple[str, ...]


_ENTRY_NAMES = _Names("langSec", ("termSec",))
_MIN_NAMES = _Names("langGroup", ("termGroup",))
_MARTIF_NAMES = _Names("langSet", ("tig", "ntig"))


def _concepts(entries: Sequence[Any], reading: Reading, names: _Names) -> Loaded:
    concepts, lines, term_lines = [], [], []
    for number, entry in enumerate(entries, 1):
        concept, at = _concept(entry, number, reading, names)
        if concept is not None:
            concepts.append(concept)
            lines.append(entry.sourceline or 0)
            term_lines.append(at)
    problems = tuple(sorted(reading.problems, key=lambda p: (p.line, p.level)))
    return Loaded(reading.path, tuple(concepts), tuple(lines), tuple(term_lines), problems)


def _facts(element: Any, skip: Sequence[str]) -> Iterator[tuple[str, str, Any]]:
    """(name of the category, its text, its element) of everything said directly at one level."""
    for child in element:
        name = split(child)[1]
        if name in skip:
            continue
        if name == "termGrp":  # 2008: a wrapping without meaning
            yield from _facts(child, skip)
        elif name in GROUPS or name == "noteGrp":
            first = True
            for kind, text, place in _facts(child, skip):
                # What follows the first in a group speaks of that first, not of the level.
                yield (kind if first else f"{name}/{kind}"), text, place
                first = False
        elif name in ("admin", "descrip", "termNote", "transac", "transacNote", "adminNote", "descripNote"):
            yield child.get("type") or "", text_of(child), child
        elif name in ("ref", "xref"):
            yield child.get("type") or "", text_of(child) or child.get("target") or "", child
        else:
            yield name, text_of(child), child


def _concept(
    entry: Any, number: int, reading: Reading, names: _Names
) -> tuple[Concept | None, tuple[int, ...]]:
    said: dict[str, list[str]] = {}
    extra: list[tuple[str, str]] = []
    _collect(_facts(entry, (names.language,)), said, extra, ("subjectField", "definition", "note", "source"))
    terms: list[Term] = []
    lines: list[int] = []
    for section in entry:
        if split(section)[1] != names.language:
            continue
        language = section.get(XML_LANG) or section.get("lang") or ""
        shared: dict[str, list[str]] = {}
        _collect(_facts(section, names.term), shared, extra, ("definition", "note", "source"))
        for name in ("definition", "note", "source"):
            said.setdefault(name, []).extend(shared.get(name, ()))
        for holder in section:
            if split(holder)[1] in names.term:
                term = _term(holder, language, reading)
                if term is not None:
                    terms.append(term)
                    lines.append(_term_line(holder))
    if not terms:
        return None, ()
    notes = said.get("note", [])
    scopes = [n.removeprefix(SCOPE_NOTE) for n in notes if n.startswith(SCOPE_NOTE)]
    concept = Concept(
        id=entry.get("id") or f"c{number}",
        terms=tuple(terms),
        subject="; ".join(said.get("subjectField", ())),
        definition="\n".join(said.get("definition", ())),
        note="\n".join(n for n in notes if not n.startswith(SCOPE_NOTE)),
        source="\n".join(said.get("source", ())),
        extra=tuple(extra),
        scope="; ".join(scopes),
    )
    return concept, tuple(lines)


def _term_line(holder: Any) -> int:
    for element in holder.iter():
        if split(element)[1] == "term":
            return int(element.sourceline or 0)
    return int(holder.sourceline or 0)


def _collect(
    facts: Iterable[tuple[str, str, Any]],
    said: dict[str, list[str]],
    extra: list[tuple[str, str]],
    known: Sequence[str],
) -> None:
    for kind, text, _ in facts:
        if not text:
            continue
        if kind in known:
            said.setdefault(kind, []).append(text)
        elif kind:
            extra.append((kind, text))


def _term(holder: Any, language: str, reading: Reading) -> Term | None:
    said: dict[str, Any] = {}
    notes: list[str] = []
    sources: list[str] = []
    extra: list[tuple[str, str]] = []
    text = ""
    for name, value, place in _facts(holder, ()):
        if name == "term":
            text = text or value
        elif name == "source" and value:
            sources.append(value)
        elif name == "note" and value:
            said |= (fixed := _note(value))
            notes += [] if fixed else [value]
        elif value:
            told = _said(name, value, place, reading)
            said |= told or {}
            extra += [(name, value)] if told is None else []
    if not text:
        return None
    return Term(text, language, note="\n".join(notes), source="\n".join(sources), extra=tuple(extra), **said)


def _note(value: str) -> dict[str, Any]:
    """What a note of a fixed form says of its term; nothing where it is any other note."""
    period = _VALID_NOTE.match(value) or _PERIOD.match(value)
    if period and any(period.groups()):
        since, until = (x if x and x != ".." else "" for x in period.groups())
        return {"valid_from": since, "valid_to": until}
    return {"case_sensitive": True} if _CASE.match(value) else {}


def _said(name: str, value: str, place: Any, reading: Reading) -> dict[str, Any] | None:
    """What a data category says of its term, as fields of :class:`Term`; None for one that we only keep."""
    line = place.sourceline or 0
    if name in ("administrativeStatus", "usageStatus", "normativeAuthorization", "termStatus"):
        status = status_of(value)
        if status is None:
            reading.error(line, "value", f"{name} is {value!r}", near(value, STATUSES))
        return {"status": status}
    if name == "termType":
        kind = term_type_of(value)
        return None if kind is None else {"type": kind}
    if name == "partOfSpeech":
        speech = part_of_speech_of(value)
        return None if speech is None else {"part_of_speech": speech}
    if name in ("validFrom", "validTo", "valid_from", "valid_to"):
        if not DATE.match(value):
            reading.error(line, "date", f"{name} is {value!r}", "write a year or a date: 2023, 2023-01-15")
            return {}
        return {"valid_from" if name.lower().endswith("from") else "valid_to": value}
    if name == "timeRestriction":
        since, until, *_ = [*re.findall(r"\d{4}(?:-\d{2}){0,2}", value), "", ""]
        return {"valid_from": since, "valid_to": until}
    if name in ("caseSensitive", "caseSensitivity", "case_sensitive"):
        return {"case_sensitive": value.lower() in ("yes", "true", "1", "case-sensitive", "casesensitive")}
    return None


def _read_martif(root: Any, path: str) -> Loaded:
    """The form of ISO 30042:2008: martif, termEntry, langSet, tig or ntig."""
    reading = Reading(path, None)
    space = split(root)[0]
    prefix = f"{{{space}}}" if space else ""
    line = root.sourceline or 0
    if not root.get("type"):
        reading.error(line, "attribute", "<martif> lacks the attribute type", 'write type="TBX"')
    if not (root.get(XML_LANG) or root.get("lang")):
        reading.error(line, "attribute", "<martif> lacks the attribute xml:lang", 'write xml:lang="en"')
    header, body = root.find(f"{prefix}martifHeader"), root.find(f"{prefix}text/{prefix}body")
    if header is None:
        reading.error(line, "missing", "<martif> has no <martifHeader>", "add one with fileDesc/sourceDesc/p")
    elif header.find(f"{prefix}fileDesc") is None:
        reading.error(header.sourceline or 0, "missing", "<martifHeader> has no <fileDesc>", "add one")
    if body is None:
        reading.error(line, "missing", "<martif> has no <text> with a <body>", "add the entries")
    entries = [] if body is None else [e for e in body if split(e)[1] == "termEntry"]
    if body is not None and not entries:
        reading.error(body.sourceline or 0, "missing", "<body> has no <termEntry>", "add the entries")
    for element in () if body is None else body:
        if isinstance(element.tag, str) and split(element)[1] != "termEntry":
            reading.error(
                element.sourceline or 0,
                "element",
                f"<{split(element)[1]}> cannot stand in <body>",
                "use <termEntry>",
            )
    ids: dict[str, int] = {}
    for entry in entries:
        check_term_entry(entry, reading, ids)
    return _concepts(entries, reading, _MARTIF_NAMES)
