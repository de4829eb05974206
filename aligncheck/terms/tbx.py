"""TBX: ISO 30042:2019 in both styles (DCA and DCT) and the older martif form of 2008.

The core structure and the data categories of TBX-Core, -Min and -Basic are checked by rules written
after the standard and the public definitions of the dialects (tbxinfo.net); in other dialects
any data category is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from aligncheck.data import grammar
from aligncheck.errors import GlossaryError
from aligncheck.terms.concepts import DATE, Concept, Status, Term
from aligncheck.terms.multiterm import read_multiterm
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.values import part_of_speech_of, status_of, term_type_of

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_DRAFT_NAMESPACE = "urn:iso:std:iso:30042:ed:3.0"  # of the drafts; the published examples long used it
_MODULES = {
    "http://www.tbxinfo.net/ns/core": "core",
    "http://www.tbxinfo.net/ns/min": "min",
    "http://www.tbxinfo.net/ns/basic": "basic",
    "http://www.tbxinfo.net/ns/linguist": "linguist",
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*\Z")
_XS_DATE = re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d{2}:\d{2})?\Z")

_STATUSES = tuple(f"{s.value}Term-admn-sts" for s in Status)


@dataclass(frozen=True, slots=True)
class _Category:
    """A data category: the element that carries it in DCA, its module, levels and permitted values."""

    element: str
    module: str
    levels: tuple[str, ...]
    values: tuple[str, ...] = ()


def _category(element: str, module: str, levels: str, values: str = "") -> _Category:
    return _Category(element, module, tuple(levels.split()), tuple(values.split()))


_GRAMMAR = grammar("aligncheck.terms", "tbx.toml")
_CATEGORIES = {name: _category(**told) for name, told in _GRAMMAR["categories"].items()}
_DIALECTS = {"TBX-Core": (), "TBX-Min": ("min",), "TBX-Basic": ("min", "basic")}

_INLINE = {"hi", "foreign", "sc", "ec", "ph"}
_ELEMENTS: dict[str, dict[str, str]] = _GRAMMAR["elements"]
#: Element -> what may stand in it; children that must come; their order; those that come once.
_CONTENT = {name: set(told["content"].split()) for name, told in _ELEMENTS.items()}
_NEEDS = {name: tuple(told.get("needs", "").split()) for name, told in _ELEMENTS.items()}
_ORDER = {
    name: tuple(tuple(step.split("|")) for step in told["order"].split(", "))
    for name, told in _ELEMENTS.items()
    if "order" in told
}
_ONCE = {name: set(told.get("once", "").split()) for name, told in _ELEMENTS.items()}
#: Attributes of the core elements; "!" marks those that must be there.
_ATTRIBUTES = {n: set(told["attributes"].split()) for n, told in _ELEMENTS.items() if "attributes" in told}
_GROUPS = {"termNoteGrp", "descripGrp", "adminGrp", "transacGrp"}
_PLAIN = {"id", "xml:lang", "type", "target"}  # of everything else
#: Categories that no dialect has and that we understand all the same, wherever they stand at a term.
_OURS = {
    "caseSensitive", "caseSensitivity", "case_sensitive", "validFrom", "validTo", "valid_from", "valid_to",
    "timeRestriction",
}  # fmt: skip
_VALID_NOTE = re.compile(r"Valid: (\d{4}(?:-\d{2}){0,2}|\.\.)/(\d{4}(?:-\d{2}){0,2}|\.\.)\Z")
_CASE_NOTE = "Case-sensitive"
_SCOPE_NOTE = "Scope: "
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


@dataclass(slots=True)
class _Reading:
    """One file being read."""

    path: str
    modules: tuple[str, ...] | None  # None: a dialect of others, whose categories we do not know
    dct: bool = False
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "error", code, message, advice))

    def warn(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "warning", code, message, advice))


def read_tbx(data: bytes, path: str) -> Loaded:
    """Concepts and problems of a TBX file.

    Raises:
        GlossaryError: the file is no XML, declares entities, or is no TBX at all.
    """
    root = _parse(data, path)
    space, name = _split(root)
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
    if space not in (NAMESPACE, _DRAFT_NAMESPACE):
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


def _split(element: Any) -> tuple[str, str]:
    name = element.tag
    if not isinstance(name, str):
        return "", ""
    if name.startswith("{"):
        space, _, local = name[1:].partition("}")
        return space, local
    return "", name


def _text(element: Any) -> str:
    """The text of an element, inline markup flattened, lines trimmed."""
    return " ".join("".join(element.itertext()).split())


def _read_tbx(root: Any, space: str, path: str) -> Loaded:
    dialect = root.get("type") or ""
    style = root.get("style") or ""
    reading = _Reading(path, _DIALECTS.get(dialect), style == "dct")
    line = root.sourceline or 0
    if style and style not in ("dca", "dct"):
        reading.error(line, "style", f"style={style!r} is neither dca nor dct", 'write style="dca"')
    if dialect and not re.match(r"TBX-.+\Z", dialect):
        reading.error(line, "dialect", f"type={dialect!r} names no dialect", 'write type="TBX-Basic"')
    if space == _DRAFT_NAMESPACE:
        reading.warn(
            line, "namespace", f"the namespace {space} is that of a draft", f"the standard's is {NAMESPACE}"
        )
    ids: dict[str, int] = {}
    targets: list[tuple[str, int]] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            _check_element(element, space, reading, ids, targets)
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


def _check_element(
    element: Any, space: str, reading: _Reading, ids: dict[str, int], targets: list[tuple[str, int]]
) -> None:
    own, name = _split(element)
    line = element.sourceline or 0
    for attribute, value in element.attrib.items():
        if attribute == "id":
            if value in ids:
                reading.error(
                    line, "id", f"the id {value!r} is already used at line {ids[value]}", "give each its own"
                )
            elif not re.match(r"[^\W\d][\w.\-·]*\Z", value):
                reading.error(line, "id", f"{value!r} cannot be an id", "begin with a letter, no spaces")
            ids.setdefault(value, line)
        elif attribute == "target":
            targets.append((value, line))
        elif attribute == _XML_LANG and not _LANGUAGE.match(value):
            reading.error(line, "language", f"xml:lang={value!r} is no language tag", 'write "zh-CN" or "en"')
    if own != space:
        _check_dct(element, own, name, reading)
        return
    if name not in _CONTENT:
        reading.error(line, "element", f"<{name}> is no element of TBX", _near(name, _CONTENT))
        return
    _check_attributes(element, name, reading)
    _check_children(element, name, space, reading)
    if name == "date" and not _XS_DATE.match((element.text or "").strip()):
        reading.error(line, "date", f"{_text(element)!r} is no date", "write it as 2024-01-21")
    if name == "term" and not _text(element):
        reading.error(line, "empty-term", "the term is empty", "write the term or take the <termSec> out")
    kind = element.get("type")
    if name in (
        "admin",
        "descrip",
        "termNote",
        "transac",
        "transacNote",
        "ref",
        "xref",
        "adminNote",
        "descripNote",
    ):
        in_back = any(_split(a)[1] in ("back", "tbxHeader") for a in element.iterancestors())
        if reading.dct and not in_back:
            reading.error(
                line, "style", f"<{name} type=…> is DCA style, the file says dct", f"write <min:{kind}>"
            )
        elif kind is not None:
            _check_category(element, kind, name, reading)


def _check_attributes(element: Any, name: str, reading: _Reading) -> None:
    line = element.sourceline or 0
    allowed = _ATTRIBUTES.get(name, _PLAIN)
    found = set()
    for attribute in element.attrib:
        if attribute == _XML_LANG:
            found.add("xml:lang")
        elif attribute.startswith("{"):
            continue  # attributes of other namespaces say nothing to us
        else:
            found.add(attribute)
    for wanted in sorted(a[:-1] for a in allowed if a.endswith("!")):
        if wanted not in found or (wanted == "type" and not element.get("type")):
            reading.error(line, "attribute", f"<{name}> lacks the attribute {wanted}", f'add {wanted}="…"')
    known = {a.rstrip("!") for a in allowed}
    for attribute in sorted(found - known):
        reading.error(line, "attribute", f"<{name}> cannot have the attribute {attribute}", "take it out")


def _check_children(element: Any, name: str, space: str, reading: _Reading) -> None:
    line = element.sourceline or 0
    seen: dict[str, int] = {}
    stage = 0
    order = _ORDER.get(name)
    for child in element:
        child_space, child_name = _split(child)
        at = child.sourceline or line
        foreign = child_space != space
        if foreign:
            open_here = name in ("conceptEntry", "langSec", "termSec") or name in _GROUPS
            if not open_here:
                reading.error(at, "element", f"<{child_name}> cannot stand in <{name}>", "take it out")
                continue
            child_name = "?"
        elif child_name not in _CONTENT[name]:
            if child_name in _CONTENT:
                where = ", ".join(sorted(p for p, c in _CONTENT.items() if child_name in c))
                reading.error(
                    at, "element", f"<{child_name}> cannot stand in <{name}>", f"it belongs in: {where}"
                )
            continue
        seen[child_name] = seen.get(child_name, 0) + 1
        if child_name in _ONCE.get(name, ()) and seen[child_name] == 2:
            reading.error(at, "element", f"<{name}> has a second <{child_name}>", "one only")
        if order:
            mine = next((i for i, names in enumerate(order) if child_name in names), None)
            if foreign and name in ("termSec", *_GROUPS):
                mine = None if name == "termSec" and seen.get("term") else mine
                if name == "termSec" and not seen.get("term"):
                    mine = 1
                if mine is None:
                    continue
            if mine is None:
                mine = next((i for i, names in enumerate(order) if "*" in names), stage)
            if mine < stage and not (reading.dct and name in _GROUPS):
                late = child.tag.rpartition("}")[2]
                before = "/".join(f"<{n}>" for n in order[stage] if n not in "*?") or "the other elements"
                reading.error(at, "order", f"<{late}> comes too late in <{name}>", f"put it before {before}")
            stage = max(stage, mine)
    for wanted in _NEEDS.get(name, ()):
        if wanted not in seen:
            reading.error(line, "missing", f"<{name}> has no <{wanted}>", f"add a <{wanted}>")
    if name in _GROUPS and not len(element):
        reading.error(line, "missing", f"<{name}> is empty", "take it out or fill it")
    if name in _GROUPS and len(element) and not reading.dct:
        base = name[:-3]
        if base not in seen:
            reading.error(line, "missing", f"<{name}> has no <{base}>", f"begin it with a <{base}>")
    if _CONTENT[name] and not (_CONTENT[name] <= _INLINE or name in ("term",)):
        loose = [element.text or "", *(c.tail or "" for c in element)]
        stray = next((t.strip() for t in loose if t.strip()), "")
        if stray:
            reading.error(line, "text", f"<{name}> holds loose text: {stray[:40]!r}", "put it into a <note>")


def _check_dct(element: Any, space: str, name: str, reading: _Reading) -> None:
    line = element.sourceline or 0
    if not reading.dct:
        reading.error(
            line,
            "style",
            f"<{name}> of {space or 'no namespace'} is DCT style, the file says dca",
            f'write <termNote type="{name}"> or its like, or style="dct"',
        )
        return
    module = _MODULES.get(space)
    if reading.modules is None:
        return
    if module is None or module not in reading.modules:
        reading.error(
            line,
            "category",
            f"<{name}> is of a module that this dialect lacks: {space or 'no namespace'}",
            "declare the dialect that has it",
        )
        return
    _check_category(element, name, "", reading)


def _check_category(element: Any, kind: str, carrier: str, reading: _Reading) -> None:
    if reading.modules is None or not kind:
        return
    line = element.sourceline or 0
    if kind in _OURS:
        reading.warn(
            line, "category", f"{kind!r} is no data category of this dialect", "other tools may refuse it"
        )
        return
    category = _CATEGORIES.get(kind)
    if category is None or category.module not in reading.modules:
        dialect = {(): "TBX-Core", ("min",): "TBX-Min"}.get(reading.modules, "TBX-Basic")
        known = [k for k, c in _CATEGORIES.items() if c.module in reading.modules]
        advice = _near(kind, known) if known else "use TBX-Basic, which has data categories"
        reading.error(line, "category", f"{dialect} has no data category {kind!r}", advice)
        return
    if carrier and category.element != carrier:
        reading.error(
            line, "category", f"{kind!r} is no <{carrier}>", f'write <{category.element} type="{kind}">'
        )
        return
    level = next((n for n in (_split(a)[1] for a in element.iterancestors()) if n not in _GROUPS), "")
    if level not in category.levels:
        where = " or ".join(f"<{x}>" for x in category.levels)
        reading.error(line, "level", f"{kind!r} cannot stand in <{level}>", f"it belongs in {where}")
    text = _text(element)
    if category.values and text not in category.values:
        reading.error(line, "value", f"{kind} is {text!r}", _near(text, category.values))


def _near(name: str, known: Iterable[str]) -> str:
    from aligncheck.registry import did_you_mean

    return did_you_mean(name, known)


@dataclass(frozen=True, slots=True)
class _Names:
    language: str
    term: tuple[str, ...]


_ENTRY_NAMES = _Names("langSec", ("termSec",))
_MARTIF_NAMES = _Names("langSet", ("tig", "ntig"))


def _concepts(entries: Sequence[Any], reading: _Reading, names: _Names) -> Loaded:
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
        name = _split(child)[1]
        if name in skip:
            continue
        if name == "termGrp":  # 2008: a wrapping without meaning
            yield from _facts(child, skip)
        elif name in _GROUPS:
            first = True
            for kind, text, place in _facts(child, skip):
                # What follows the first in a group speaks of that first, not of the level.
                yield (kind if first else f"{name}/{kind}"), text, place
                first = False
        elif name in ("admin", "descrip", "termNote", "transac", "transacNote", "adminNote", "descripNote"):
            yield child.get("type") or "", _text(child), child
        elif name in ("ref", "xref"):
            yield child.get("type") or "", _text(child) or child.get("target") or "", child
        else:
            yield name, _text(child), child


def _concept(
    entry: Any, number: int, reading: _Reading, names: _Names
) -> tuple[Concept | None, tuple[int, ...]]:
    said: dict[str, list[str]] = {}
    extra: list[tuple[str, str]] = []
    _collect(_facts(entry, (names.language,)), said, extra, ("subjectField", "definition", "note", "source"))
    terms: list[Term] = []
    lines: list[int] = []
    for section in entry:
        if _split(section)[1] != names.language:
            continue
        language = section.get(_XML_LANG) or section.get("lang") or ""
        shared: dict[str, list[str]] = {}
        _collect(_facts(section, names.term), shared, extra, ("definition", "note", "source"))
        for name in ("definition", "note", "source"):
            said.setdefault(name, []).extend(shared.get(name, ()))
        for holder in section:
            if _split(holder)[1] in names.term:
                term = _term(holder, language, reading)
                if term is not None:
                    terms.append(term)
                    lines.append(_term_line(holder))
    if not terms:
        return None, ()
    notes = said.get("note", [])
    scopes = [n.removeprefix(_SCOPE_NOTE) for n in notes if n.startswith(_SCOPE_NOTE)]
    concept = Concept(
        id=entry.get("id") or f"c{number}",
        terms=tuple(terms),
        subject="; ".join(said.get("subjectField", ())),
        definition="\n".join(said.get("definition", ())),
        note="\n".join(n for n in notes if not n.startswith(_SCOPE_NOTE)),
        source="\n".join(said.get("source", ())),
        extra=tuple(extra),
        scope="; ".join(scopes),
    )
    return concept, tuple(lines)


def _term_line(holder: Any) -> int:
    for element in holder.iter():
        if _split(element)[1] == "term":
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


def _term(holder: Any, language: str, reading: _Reading) -> Term | None:
    text, status, kind, speech = "", None, None, None
    case_sensitive, valid_from, valid_to = False, "", ""
    notes: list[str] = []
    sources: list[str] = []
    extra: list[tuple[str, str]] = []
    for name, value, place in _facts(holder, ()):
        line = place.sourceline or 0
        if name == "term":
            text = text or value
        elif not value:
            continue
        elif name in ("administrativeStatus", "usageStatus", "normativeAuthorization"):
            status = status_of(value)
            if status is None:
                reading.error(line, "value", f"{name} is {value!r}", _near(value, _STATUSES))
        elif name == "termType":
            kind = term_type_of(value)
            if kind is None:
                extra.append((name, value))
        elif name == "partOfSpeech":
            speech = part_of_speech_of(value)
            if speech is None:
                extra.append((name, value))
        elif name in ("validFrom", "validTo", "valid_from", "valid_to"):
            if not DATE.match(value):
                reading.error(
                    line, "date", f"{name} is {value!r}", "write a year or a date: 2023, 2023-01-15"
                )
            elif name.lower().endswith("from"):
                valid_from = value
            else:
                valid_to = value
        elif name == "timeRestriction":
            years = re.findall(r"\d{4}(?:-\d{2}){0,2}", value)
            valid_from = years[0] if years else ""
            valid_to = years[1] if len(years) > 1 else ""
        elif name in ("caseSensitive", "caseSensitivity", "case_sensitive"):
            case_sensitive = value.lower() in ("yes", "true", "1", "case-sensitive", "casesensitive")
        elif name == "note":
            period = _VALID_NOTE.match(value) or _PERIOD.match(value)
            if period and any(period.groups()):
                valid_from, valid_to = (x if x and x != ".." else "" for x in period.groups())
            elif _CASE.match(value):
                case_sensitive = True
            else:
                notes.append(value)
        elif name == "source":
            sources.append(value)
        else:
            extra.append((name, value))
    if not text:
        return None
    return Term(
        text,
        language,
        status,
        kind,
        speech,
        case_sensitive,
        valid_from,
        valid_to,
        "\n".join(notes),
        "\n".join(sources),
        tuple(extra),
    )


def _read_martif(root: Any, path: str) -> Loaded:
    """The form of ISO 30042:2008: martif, termEntry, langSet, tig or ntig."""
    reading = _Reading(path, None)
    space = _split(root)[0]
    prefix = f"{{{space}}}" if space else ""
    line = root.sourceline or 0
    if not root.get("type"):
        reading.error(line, "attribute", "<martif> lacks the attribute type", 'write type="TBX"')
    if not (root.get(_XML_LANG) or root.get("lang")):
        reading.error(line, "attribute", "<martif> lacks the attribute xml:lang", 'write xml:lang="en"')
    header, body = root.find(f"{prefix}martifHeader"), root.find(f"{prefix}text/{prefix}body")
    if header is None:
        reading.error(line, "missing", "<martif> has no <martifHeader>", "add one with fileDesc/sourceDesc/p")
    elif header.find(f"{prefix}fileDesc") is None:
        reading.error(header.sourceline or 0, "missing", "<martifHeader> has no <fileDesc>", "add one")
    if body is None:
        reading.error(line, "missing", "<martif> has no <text> with a <body>", "add the entries")
    entries = [] if body is None else [e for e in body if _split(e)[1] == "termEntry"]
    if body is not None and not entries:
        reading.error(body.sourceline or 0, "missing", "<body> has no <termEntry>", "add the entries")
    for element in () if body is None else body:
        if isinstance(element.tag, str) and _split(element)[1] != "termEntry":
            reading.error(
                element.sourceline or 0,
                "element",
                f"<{_split(element)[1]}> cannot stand in <body>",
                "use <termEntry>",
            )
    ids: dict[str, int] = {}
    for entry in entries:
        _check_term_entry(entry, reading, ids)
    return _concepts(entries, reading, _MARTIF_NAMES)


def _check_term_entry(entry: Any, reading: _Reading, ids: dict[str, int]) -> None:
    for element in entry.iter():
        if not isinstance(element.tag, str):
            continue
        name, line = _split(element)[1], element.sourceline or 0
        own = element.get("id")
        if own:
            if own in ids:
                reading.error(
                    line, "id", f"the id {own!r} is already used at line {ids[own]}", "give each its own"
                )
            ids.setdefault(own, line)
        children = {_split(c)[1] for c in element}
        if name == "termEntry" and "langSet" not in children:
            reading.error(line, "missing", "<termEntry> has no <langSet>", "add one for each language")
        elif name == "langSet":
            if not (element.get(_XML_LANG) or element.get("lang")):
                reading.error(
                    line, "attribute", "<langSet> lacks the attribute xml:lang", 'write xml:lang="zh-CN"'
                )
            if not children & {"tig", "ntig"}:
                reading.error(line, "missing", "<langSet> has no <tig>", "add the term")
        elif name in ("tig", "termGrp") and "term" not in children:
            reading.error(line, "missing", f"<{name}> has no <term>", "add the term")
        elif name == "ntig" and "termGrp" not in children:
            reading.error(line, "missing", "<ntig> has no <termGrp>", "put the term into a <termGrp>")
        elif name == "term" and not _text(element):
            reading.error(line, "empty-term", "the term is empty", "write the term or take it out")
        elif name in ("descrip", "admin", "termNote", "transac", "ref", "xref") and not element.get("type"):
            reading.error(line, "attribute", f"<{name}> lacks the attribute type", 'add type="…"')
        elif name in ("conceptEntry", "langSec", "termSec"):
            reading.error(
                line, "element", f"<{name}> is of TBX 2019, the file is of 2008", "use one or the other"
            )


def write_tbx(concepts: Sequence[Concept], title: str = "Termbase") -> bytes:
    """TBX-Basic (ISO 30042:2019, DCA) that :func:`read_tbx` reads back to the same concepts.

    What TBX-Basic has no data category for, the period of validity and the case of a term, stands
    in notes of fixed form.
    """
    root: Any = etree.Element(f"{{{NAMESPACE}}}tbx", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("type", "TBX-Basic")
    root.set("style", "dca")
    root.set(_XML_LANG, "en")
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
            _sub(entry, "note", _SCOPE_NOTE + concept.scope)
        _notes(entry, concept.note)
        languages = list(dict.fromkeys(t.language for t in concept.terms))
        for language in languages:
            section = _sub(entry, "langSec")
            section.set(_XML_LANG, language)
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
        _sub(holder, "note", _CASE_NOTE)
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
        category = _CATEGORIES.get(kind)
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
        category = _CATEGORIES.get(kind)
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
