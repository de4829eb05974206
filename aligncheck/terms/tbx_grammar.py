"""TBX held to its rules: what stands where, with which attributes, data categories and values.

The core structure and the data categories of TBX-Core, -Min and -Basic lie in ``data/tbx.toml``; in other dialects any
data category is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from aligncheck.data import grammar
from aligncheck.registry import did_you_mean
from aligncheck.terms.concepts import Status
from aligncheck.terms.problems import Problem

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
DRAFT_NAMESPACE = "urn:iso:std:iso:30042:ed:3.0"  # of the drafts; the published examples long used it
_MODULES = {
    "http://www.tbxinfo.net/ns/core": "core",
    "http://www.tbxinfo.net/ns/min": "min",
    "http://www.tbxinfo.net/ns/basic": "basic",
    "http://www.tbxinfo.net/ns/linguist": "linguist",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*\Z")
_XS_DATE = re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d{2}:\d{2})?\Z")
STATUSES = tuple(f"{s.value}Term-admn-sts" for s in Status)


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
CATEGORIES = {name: _category(**told) for name, told in _GRAMMAR["categories"].items()}
DIALECTS = {"TBX-Core": (), "TBX-Min": ("min",), "TBX-Basic": ("min", "basic")}
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
GROUPS = {"termNoteGrp", "descripGrp", "adminGrp", "transacGrp"}
_PLAIN = {"id", "xml:lang", "type", "target"}  # of everything else
#: Categories that no dialect has and that we understand all the same, wherever they stand at a term.
_OURS = {
    "caseSensitive", "caseSensitivity", "case_sensitive", "validFrom", "validTo", "valid_from", "valid_to",
    "timeRestriction",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """One file being read."""

    path: str
    modules: tuple[str, ...] | None  # None: a dialect of others, whose categories we do not know
    dct: bool = False
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "error", code, message, advice))

    def warn(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "warning", code, message, advice))


def split(element: Any) -> tuple[str, str]:
    """The namespace and the name of an element; empty for comments and the like."""
    return _parts(element.tag)


@lru_cache(maxsize=1024)
def _parts(tag: Any) -> tuple[str, str]:
    if not isinstance(tag, str):
        return "", ""
    if tag.startswith("{"):
        space, _, local = tag[1:].partition("}")
        return space, local
    return "", tag


def text_of(element: Any) -> str:
    """The text of an element, inline markup flattened, lines trimmed."""
    return " ".join("".join(element.itertext()).split())


def check_element(
    element: Any, space: str, reading: Reading, ids: dict[str, int], targets: list[tuple[str, int]]
) -> None:
    own, name = split(element)
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
        elif attribute == XML_LANG and not _LANGUAGE.match(value):
            reading.error(line, "language", f"xml:lang={value!r} is no language tag", 'write "zh-CN" or "en"')
    if own != space:
        _check_dct(element, own, name, reading)
        return
    if name not in _CONTENT:
        reading.error(line, "element", f"<{name}> is no element of TBX", near(name, _CONTENT))
        return
    _check_attributes(element, name, reading)
    _check_children(element, name, space, reading)
    if name == "date" and not _XS_DATE.match((element.text or "").strip()):
        reading.error(line, "date", f"{text_of(element)!r} is no date", "write it as 2024-01-21")
    if name == "term" and not text_of(element):
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
        if reading.dct and not any(split(a)[1] in ("back", "tbxHeader") for a in element.iterancestors()):
            reading.error(
                line, "style", f"<{name} type=…> is DCA style, the file says dct", f"write <min:{kind}>"
            )
        elif kind is not None:
            _check_category(element, kind, name, reading)


@lru_cache(maxsize=256)
def _attributes(name: str) -> tuple[list[str], frozenset[str]]:
    """The attributes that an element needs, and all that it may have."""
    allowed = _ATTRIBUTES.get(name, _PLAIN)
    return sorted(a[:-1] for a in allowed if a.endswith("!")), frozenset(a.rstrip("!") for a in allowed)


def _check_attributes(element: Any, name: str, reading: Reading) -> None:
    line = element.sourceline or 0
    wanted_ones, known = _attributes(name)
    found = set()
    for attribute in element.attrib:
        if attribute == XML_LANG:
            found.add("xml:lang")
        elif attribute.startswith("{"):
            continue  # attributes of other namespaces say nothing to us
        else:
            found.add(attribute)
    for wanted in wanted_ones:
        if wanted not in found or (wanted == "type" and not element.get("type")):
            reading.error(line, "attribute", f"<{name}> lacks the attribute {wanted}", f'add {wanted}="…"')
    for attribute in sorted(found - known):
        reading.error(line, "attribute", f"<{name}> cannot have the attribute {attribute}", "take it out")


def _check_children(element: Any, name: str, space: str, reading: Reading) -> None:
    line = element.sourceline or 0
    seen: dict[str, int] = {}
    stage = 0
    for child in element:
        child_name = _may_stand(child, name, space, reading, line)
        if not child_name:
            continue
        at = child.sourceline or line
        seen[child_name] = seen.get(child_name, 0) + 1
        if child_name in _ONCE.get(name, ()) and seen[child_name] == 2:
            reading.error(at, "element", f"<{name}> has a second <{child_name}>", "one only")
        mine = _step(name, child_name, "term" in seen, stage)
        if mine is None:
            continue
        if mine < stage and not (reading.dct and name in GROUPS):
            late = child.tag.rpartition("}")[2]
            before = "/".join(f"<{n}>" for n in _ORDER[name][stage] if n not in "*?") or "the other elements"
            reading.error(at, "order", f"<{late}> comes too late in <{name}>", f"put it before {before}")
        stage = max(stage, mine)
    _check_whole(element, name, seen, reading)


def _may_stand(child: Any, name: str, space: str, reading: Reading, line: int) -> str:
    """The name of a child that may stand in an element, ``?`` for a category in DCT style; else ""."""
    child_space, child_name = split(child)
    at = child.sourceline or line
    if child_space != space:
        if name in ("conceptEntry", "langSec", "termSec") or name in GROUPS:
            return "?"
        reading.error(at, "element", f"<{child_name}> cannot stand in <{name}>", "take it out")
        return ""
    if child_name in _CONTENT[name]:
        return child_name
    if child_name in _CONTENT:  # others are told as no elements at all
        where = ", ".join(sorted(p for p, c in _CONTENT.items() if child_name in c))
        reading.error(at, "element", f"<{child_name}> cannot stand in <{name}>", f"it belongs in: {where}")
    return ""


def _step(name: str, child: str, after_term: bool, stage: int) -> int | None:
    """The step of an element's order that a child belongs to; None where it may stand anywhere."""
    order = _ORDER.get(name)
    if order is None:
        return None
    if child == "?" and name == "termSec":
        return None if after_term else 1
    mine = next((i for i, names in enumerate(order) if child in names), None)
    if mine is None and not (child == "?" and name in GROUPS):
        mine = next((i for i, names in enumerate(order) if "*" in names), stage)
    return mine


def _check_whole(element: Any, name: str, seen: Iterable[str], reading: Reading) -> None:
    """What must come, and that no text stands loose."""
    line = element.sourceline or 0
    for wanted in _NEEDS.get(name, ()):
        if wanted not in seen:
            reading.error(line, "missing", f"<{name}> has no <{wanted}>", f"add a <{wanted}>")
    if name in GROUPS and not len(element):
        reading.error(line, "missing", f"<{name}> is empty", "take it out or fill it")
    elif name in GROUPS and not reading.dct and (base := name.removesuffix("Grp")) not in seen:
        reading.error(line, "missing", f"<{name}> has no <{base}>", f"begin it with a <{base}>")
    if _CONTENT[name] and not (_CONTENT[name] <= _INLINE or name == "term"):
        loose = [element.text or "", *(c.tail or "" for c in element)]
        stray = next((t.strip() for t in loose if t.strip()), "")
        if stray:
            reading.error(line, "text", f"<{name}> holds loose text: {stray[:40]!r}", "put it into a <note>")


def _check_dct(element: Any, space: str, name: str, reading: Reading) -> None:
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


def _check_category(element: Any, kind: str, carrier: str, reading: Reading) -> None:
    if reading.modules is None or not kind:
        return
    line = element.sourceline or 0
    if kind in _OURS:
        reading.warn(
            line, "category", f"{kind!r} is no data category of this dialect", "other tools may refuse it"
        )
        return
    category = CATEGORIES.get(kind)
    if category is None or category.module not in reading.modules:
        dialect = {(): "TBX-Core", ("min",): "TBX-Min"}.get(reading.modules, "TBX-Basic")
        known = [k for k, c in CATEGORIES.items() if c.module in reading.modules]
        advice = near(kind, known) if known else "use TBX-Basic, which has data categories"
        if category is not None:
            advice = 'write type="TBX-Basic"'
        told = f"{dialect} has no data category {kind!r}" + (", TBX-Basic has it" if category else "")
        reading.error(line, "category", told, advice)
        return
    if carrier and category.element != carrier:
        reading.error(
            line, "category", f"{kind!r} is no <{carrier}>", f'write <{category.element} type="{kind}">'
        )
        return
    level = next((n for n in (split(a)[1] for a in element.iterancestors()) if n not in GROUPS), "")
    if level not in category.levels:
        where = " or ".join(f"<{x}>" for x in category.levels)
        reading.error(line, "level", f"{kind!r} cannot stand in <{level}>", f"it belongs in {where}")
    text = text_of(element)
    if category.values and text not in category.values:
        reading.error(line, "value", f"{kind} is {text!r}", near(text, category.values))


def near(name: str, known: Iterable[str]) -> str:

    return did_you_mean(name, known)


def check_term_entry(entry: Any, reading: Reading, ids: dict[str, int]) -> None:
    for element in entry.iter():
        if not isinstance(element.tag, str):
            continue
        name, line = split(element)[1], element.sourceline or 0
        own = element.get("id")
        if own:
            if own in ids:
                reading.error(
                    line, "id", f"the id {own!r} is already used at line {ids[own]}", "give each its own"
                )
            ids.setdefault(own, line)
        children = {split(c)[1] for c in element}
        if name == "termEntry" and "langSet" not in children:
            reading.error(line, "missing", "<termEntry> has no <langSet>", "add one for each language")
        elif name == "langSet":
            if not (element.get(XML_LANG) or element.get("lang")):
                reading.error(
                    line, "attribute", "<langSet> lacks the attribute xml:lang", 'write xml:lang="zh-CN"'
                )
            if not children & {"tig", "ntig"}:
                reading.error(line, "missing", "<langSet> has no <tig>", "add the term")
        elif name in ("tig", "termGrp") and "term" not in children:
            reading.error(line, "missing", f"<{name}> has no <term>", "add the term")
        elif name == "ntig" and "termGrp" not in children:
            reading.error(line, "missing", "<ntig> has no <termGrp>", "put the term into a <termGrp>")
        elif name == "term" and not text_of(element):
            reading.error(line, "empty-term", "the term is empty", "write the term or take it out")
        elif name in ("descrip", "admin", "termNote", "transac", "ref", "xref") and not element.get("type"):
            reading.error(line, "attribute", f"<{name}> lacks the attribute type", 'add type="…"')
        elif name in ("conceptEntry", "langSec", "termSec"):
            reading.error(
                line, "element", f"<{name}> is of TBX 2019, the file is of 2008", "use one or the other"
            )
