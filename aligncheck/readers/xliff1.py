"""XLIFF 1.0 to 1.2 and Trados' SDLXLIFF.

Source: OASIS, XLIFF Version 1.2 (2008).  SDLXLIFF marks its segments with ``<mrk mtype="seg">``; each
segment is a pair of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.data import grammar
from aligncheck.errors import InputError
from aligncheck.readers.inline import Inline, keeps_space
from aligncheck.readers.language import base_language
from aligncheck.readers.units import LANGUAGE_TAG, Side, Unit
from aligncheck.readers.xml import LANG, SPACE, Element, local, namespace

NAMESPACES = (
    "",
    "urn:oasis:names:tc:xliff:document:1.2",
    "urn:oasis:names:tc:xliff:document:1.1",
    "urn:oasis:names:tc:xliff:document:1.0",
)
_PAIRED = ("{*}bpt", "{*}ept", "{*}bx", "{*}ex")
_MEMOQ = "MQXliff"
_PHRASE = re.compile(r"http://www\.memsource\.com/mxlf/")
#: Phrase writes its codes into the text: {1>bold<1}, {b>bold<b}, {2}.
_PHRASE_CODE = re.compile(r"\{(?:[a-z]|\d{1,4})>|<(?:[a-z]|\d{1,4})\}|\{\d{1,4}\}")
_ELEMENTS = grammar("aligncheck.readers", "xliff1.toml")
_REQUIRED = {name: tuple(told.get("required", "").split()) for name, told in _ELEMENTS.items()}
_CHILDREN = {name: set(told["children"].split()) for name, told in _ELEMENTS.items() if "children" in told}
#: Markers of tracked changes.
_DELETED = frozenset(("x-sdl-deleted", "x-sdl-feedback-deleted", "x-mq-deleted", "x-deleted"))
_INSERTED = frozenset(("x-sdl-added", "x-sdl-feedback-added", "x-mq-inserted", "x-inserted", "x-added"))
_VALUES = {
    "pos": ("open", "close"),
    "translate": ("yes", "no"),
    "approved": ("yes", "no"),
    SPACE: ("default", "preserve"),
}
_STATES = set(
    "final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation "
    "needs-translation new signed-off translated".split()
)


def check(root: Element, path: str) -> None:
    """Hold a document to the structure of XLIFF 1.2.

    Raises:
        InputError: at the first rule that is broken.
    """
    if local(root) != "xliff" or namespace(root) not in NAMESPACES:
        raise _fail(root, path, f"the root element is <{local(root)}>, not <xliff>")
    if root.get("version") not in ("1.0", "1.1", "1.2"):
        raise _fail(root, path, f"version {root.get('version')!r} is not known")
    if not any(local(c) == "file" for c in root):
        raise _fail(root, path, "an <xliff> without <file>")
    for element in root.iter():
        name = local(element)
        if name and namespace(element) in NAMESPACES:
            _check_element(element, name, path)
    for file in root:
        if local(file) == "file":
            _check_file(file, path)


def _check_element(element: Element, name: str, path: str) -> None:
    for attribute in _REQUIRED.get(name, ()):
        if element.get(attribute) is None:
            raise _fail(element, path, f"<{name}> lacks its attribute {attribute!r}")
    for attribute, values in _VALUES.items():
        value = element.get(attribute)
        if value is not None and value not in values and (attribute != "pos" or name == "it"):
            shown = "xml:space" if attribute == SPACE else attribute
            raise _fail(element, path, f"{shown}={value!r} on <{name}>")
    if name in ("x", "bx", "ex") and (len(element) or (element.text or "").strip()):
        raise _fail(element, path, f"<{name}> has content, which is none of the text")
    allowed = _CHILDREN.get(name)
    if allowed is None:
        return
    for child in element:
        bare = local(child)
        if bare and namespace(child) in NAMESPACES and bare not in allowed:
            raise _fail(child, path, f"<{bare}> may not stand in <{name}>")
    if name in ("xliff", "file", "body", "group", "trans-unit"):
        pieces = (element.text, *(c.tail for c in element))
        if any(p and p.strip() for p in pieces):
            raise _fail(element, path, f"text stands directly in <{name}>")


def _check_file(file: Element, path: str) -> None:
    bodies = [c for c in file if local(c) == "body"]
    if len(bodies) != 1:
        raise _fail(file, path, f"a <file> with {len(bodies) or 'no'} <body>")
    for attribute in ("source-language", "target-language"):
        code = file.get(attribute)
        if code is not None and not LANGUAGE_TAG.match(code):
            raise _fail(file, path, f"{attribute}={code!r} is no language tag")
    seen: set[str] = set()
    for unit in _units_of(file):
        identifier = unit.get("id")
        if identifier in seen:
            raise _fail(unit, path, f"the unit id {identifier!r} is used twice")
        seen.add(identifier)
        _check_unit(unit, file, path)


def _units_of(holder: Element) -> Iterator[Element]:
    """The units of a file in its order; what another vocabulary keeps of earlier versions is none of them."""
    for child in holder:
        if namespace(child) not in NAMESPACES:
            continue
        if local(child) == "trans-unit":
            yield child
        elif local(child) in ("body", "group"):
            yield from _units_of(child)


def _check_unit(unit: Element, file: Element, path: str) -> None:
    counts = {name: sum(local(c) == name for c in unit) for name in ("source", "seg-source", "target")}
    if counts["source"] != 1:
        raise _fail(unit, path, f"a <trans-unit> with {counts['source'] or 'no'} <source>")
    for name in ("seg-source", "target"):
        if counts[name] > 1:
            raise _fail(unit, path, f"a <trans-unit> with {counts[name]} <{name}>")
    for side in unit:
        name = local(side)
        if name not in ("source", "target"):
            continue
        own, declared = side.get(LANG), file.get(f"{name}-language")
        # A file of "en" may have texts of "en-US".
        if own and declared and base_language(own) != base_language(declared):
            raise _fail(side, path, f"xml:lang={own!r} on <{name}> is not the file's {declared!r}")
        state = side.get("state")
        if name == "target" and state and state not in _STATES and not state.startswith("x-"):
            raise _fail(side, path, f"state={state!r} on <target>")
        _check_codes(side, path)
    for side in unit:
        if local(side) in ("seg-source", "target"):
            seen: set[str | None] = set()
            for mark in side.iter("{*}mrk"):
                if mark.get("mtype") == "seg":
                    if mark.get("mid") in seen:
                        raise _fail(mark, path, f"mid={mark.get('mid')!r} of <{local(side)}> is used twice")
                    seen.add(mark.get("mid"))


def _check_codes(side: Element, path: str) -> None:
    """What begins ends, once.

    An id may recur: a ``<g>`` is cut where segments meet, Angular names every placeholder INTERPOLATION, and no
    schema forbids it.  In memoQ's files each segment is a unit, so what begins in one may end in the next.
    """
    if _MEMOQ in side.nsmap.values():
        return
    opened: dict[str, Element] = {}
    for code in side.iter(*_PAIRED):
        name, identifier = local(code), code.get("id")
        key = code.get("rid") or identifier
        if name in ("bpt", "bx"):
            opened[f"{name} {key}"] = code
        elif opened.pop(f"{'bpt' if name == 'ept' else 'bx'} {key}", None) is None:
            raise _fail(
                code, path, f"<{name}> {identifier!r} has no <{'bpt' if name == 'ept' else 'bx'}> before it"
            )
    for key, code in opened.items():
        if key.startswith("bpt"):
            raise _fail(code, path, f"<bpt> {key[4:]!r} has no <ept>")


def units(root: Element, original: bool = False) -> Iterator[Unit]:
    """The units of a checked document as pairs, segment by segment where they are segmented.

    ``original``: tracked changes of SDLXLIFF and mqxliff are taken as not made.
    """
    gone = _INSERTED if original else _DELETED
    for file in root:
        if local(file) != "file":
            continue
        codes = file.get("source-language"), file.get("target-language") or ""
        for unit in _units_of(file):
            yield from _unit(unit, codes[0], codes[1], gone)


def _unit(unit: Element, source_language: str, target_language: str, gone: frozenset[str]) -> Iterator[Unit]:
    parts = {local(c): c for c in unit if local(c) in ("source", "seg-source", "target")}
    source, target = parts.get("seg-source", parts["source"]), parts.get("target")
    if target is not None:
        target_language = target_language or target.get(LANG) or ""
    if unit.get("translate") == "no" and (target is None or not "".join(target.itertext()).strip()):
        return
    identifier = unit.get("id")
    sources = _segments(source)
    targets = _segments(target) if target is not None else {}
    if set(sources) & set(targets) and None not in sources:
        for mid in (*sources, *(m for m in targets if m not in sources)):
            a, b = sources.get(mid), targets.get(mid)
            # The segment's number is part of the address only where a unit has several.
            name = identifier if len(sources) == 1 else f"{identifier}/{mid}"
            yield Unit(name, _side(a, gone), _side(b, gone), source_language, target_language)
        return
    whole = parts["source"] if target is None or None in targets else source
    yield Unit(identifier, _side(whole, gone), _side(target, gone), source_language, target_language)


def _segments(side: Element) -> dict[str | None, Element]:
    """The segments of a side by their ``mid``; the side itself under None when it is not segmented."""
    marked = [m for m in side.iter("{*}mrk") if m.get("mtype") == "seg"]
    return {m.get("mid"): m for m in marked} or {None: side}


def _side(element: Element | None, gone: frozenset[str]) -> Side | None:
    if element is None:
        return None
    inline = Inline()
    _collect(element, inline, gone)
    if any(_PHRASE.match(space) for space in element.nsmap.values()):
        inline = inline.without(_PHRASE_CODE)
    if not keeps_space(element):
        inline = inline.folded()
    return Side(inline.text, element.sourceline or 0, tuple(inline.marks))


def _collect(element: Element, inline: Inline, gone: frozenset[str]) -> None:
    inline.add(element.text)
    for child in element:
        name = local(child)
        if name == "mrk":
            if child.get("mtype") not in gone:
                _collect(child, inline, gone)
        elif name == "g":
            inline.code(child.get("id"))
            _collect(child, inline, gone)
            inline.code(child.get("id"))
        elif name:
            inline.code(child.get("id") or "")
        inline.add(child.tail)


def _fail(element: Element, path: str, what: str) -> InputError:
    unit = element
    while unit is not None and local(unit) != "trans-unit":
        unit = unit.getparent()
    where = f" in unit {unit.get('id')!r}" if unit is not None and unit.get("id") else ""
    return InputError(f"is no valid XLIFF 1.2: {what}{where}", path=path, line=element.sourceline or 0)
