"""TMX 1.1 to 1.4b: translation memories, read unit by unit and held to the rules of the format.

Source: LISA, TMX 1.4b Specification, 2005 (the DTD and the text around it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aligncheck.data import grammar
from aligncheck.errors import InputError
from aligncheck.model import Bitext
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_size
from aligncheck.readers.inline import Inline, keeps_space
from aligncheck.readers.language import base_language
from aligncheck.readers.units import LANGUAGE_TAG, Side, Unit, bitext_of_units
from aligncheck.readers.xml import LANG, Element, local, namespace, stream

_NAMESPACES = ("", "http://www.lisa.org/tmx14", "http://www.lisa.org/tmx")
_VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.4b")


class _Element(NamedTuple):
    required: tuple[str, ...]
    attributes: frozenset[str]
    children: frozenset[str]
    text: bool


def _element(required: str = "", optional: str = "", children: str = "", text: bool = False) -> _Element:
    names = f"{required} {optional}".replace("xml:lang", LANG).split()
    return _Element(tuple(required.split()), frozenset(names), frozenset(children.split()), text)


_GRAMMAR = grammar("aligncheck.readers", "tmx.toml")
_ELEMENTS = {name: _element(**told) for name, told in _GRAMMAR["elements"].items()}
_VALUES = {tuple(at.split("/")): tuple(values.split()) for at, values in _GRAMMAR["values"].items()}

#: A number of a code, and code points of characters of one's own.
_SHAPES = {
    "x": re.compile(r"\d+"),
    "unicode": re.compile(r"#x[0-9A-Fa-f]+"),
    "code": re.compile(r"#x[0-9A-Fa-f]+"),
}


def units(path: Path, options: ReadOptions) -> Iterator[Unit]:
    """The units of a file one by one, in bounded memory.

    Raises:
        InputError: the file breaks a rule of TMX; the message names line, unit and rule.
    """
    check_size(path, options)
    state = _Frame(str(path))
    choice = _Choice(options)
    elements = stream(path, str(path), options, "tu", state.opened, state.closed)
    for number, element in enumerate(elements, 1):
        state.check_unit(element)
        unit = choice.unit(element, number, state.srclang, state.path)
        if unit is not None:
            yield unit
    state.finish()


def read(path: Path, options: ReadOptions) -> Bitext:
    """Read a translation memory as a paired bitext."""
    return bitext_of_units(units(path, options), str(path), path.stem, options)


class _Frame:
    """What is around the units, checked as it goes by."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.srclang = ""
        self._seen: list[str] = []
        self._version = ""

    def fail(self, element: Element, what: str, hint: str = "") -> InputError:
        """The error for an element."""
        unit = element
        while unit is not None and local(unit) != "tu":
            unit = unit.getparent()
        name = f" in unit {unit.get('tuid')!r}" if unit is not None and unit.get("tuid") else ""
        return InputError(
            f"is no valid TMX: {what}{name}", path=self.path, line=element.sourceline or 0, hint=hint
        )

    def opened(self, element: Element) -> None:
        """Check an element outside the units when it opens."""
        name = local(element)
        if not name:
            return
        parent = element.getparent()
        if parent is None:
            if name != "tmx":
                raise self.fail(element, f"the root element is <{name}>, not <tmx>")
            self._own_namespace(element)
            self.check_attributes(element)
            self._version = element.get("version")
            if self._version not in _VERSIONS:
                raise self.fail(
                    element, f"version {self._version!r} is not known", "known: " + ", ".join(_VERSIONS)
                )
            return
        self.check_child(parent, element)
        self.check_attributes(element)
        above = local(parent)
        if above == "tmx":
            if name == "body" and "header" not in self._seen:
                raise self.fail(element, "<body> stands before <header>")
            if name in self._seen:
                raise self.fail(element, f"a second <{name}>")
            self._seen.append(name)
        if name == "header":
            self.srclang = element.get("srclang")
            self._check_tag(element, "srclang", everything=True)
            self._check_tag(element, "adminlang")

    def closed(self, element: Element) -> None:
        """Check an element outside the units when it ends, and the text behind a unit."""
        name = local(element)
        if name == "tu":
            if element.tail and element.tail.strip():
                raise self.fail(element, "text stands directly in <body>")
            return
        if name:
            self._check_text(element)
        if (
            name == "ude"
            and element.get("base") is None
            and any(c.get("code") for c in element.iter("{*}map"))
        ):
            raise self.fail(element, "a <ude> whose <map> has code lacks its base")
        if name == "ude" and not any(local(c) == "map" for c in element):
            raise self.fail(element, "a <ude> without <map>")

    def finish(self) -> None:
        """Check that nothing was missing."""
        for name in ("header", "body"):
            if name not in self._seen:
                raise InputError(f"is no valid TMX: it has no <{name}>", path=self.path)

    def check_unit(self, unit: Element) -> None:
        """Check a whole unit."""
        for element in unit.iter():
            if not isinstance(element.tag, str):
                continue
            if element is not unit:
                self.check_child(element.getparent(), element)
                if element.attrib or _ELEMENTS[local(element)].required:
                    self.check_attributes(element)
            self._check_text(element)
        self._check_tag(unit, "srclang", everything=True, optional=True)
        variants = [c for c in unit if local(c) == "tuv"]
        if not variants:
            raise self.fail(unit, "a <tu> without <tuv>")
        self._check_order(unit, "tuv")
        for variant in variants:
            self._check_variant(variant)

    def _check_variant(self, variant: Element) -> None:
        code = variant.get(LANG) or (variant.get("lang") if self._version not in ("1.4", "1.4b") else None)
        if not code:
            raise self.fail(variant, "a <tuv> without xml:lang")
        if not LANGUAGE_TAG.match(code):
            raise self.fail(variant, f"{code!r} is no language tag")
        segments = [c for c in variant if local(c) == "seg"]
        if len(segments) != 1:
            raise self.fail(variant, f"a <tuv> with {len(segments) or 'no'} <seg>")
        self._check_order(variant, "seg")
        self._check_pairs(segments[0])

    def _check_order(self, parent: Element, last: str) -> None:
        """Notes and properties stand before what follows them."""
        begun = False
        for child in parent:
            if local(child) == last:
                begun = True
            elif begun and local(child):
                raise self.fail(child, f"<{local(child)}> stands behind <{last}>")

    def _check_pairs(self, segment: Element) -> None:
        """Every <bpt> has one <ept> of the same number behind it, and the other way round."""
        opened: set[str] = set()
        closed: set[str] = set()
        if not len(segment):
            return
        for code in segment.iter():
            name = local(code)
            if name not in ("bpt", "ept"):
                continue
            number = code.get("i")
            if not re.fullmatch(r"\d+", number):
                raise self.fail(code, f"<{name}> has i={number!r}, which is no number")
            if name == "bpt":
                if number in opened:
                    raise self.fail(code, f"two <bpt> with i={number!r} in one segment")
                opened.add(number)
            else:
                if number in closed:
                    raise self.fail(code, f"two <ept> with i={number!r} in one segment")
                if number not in opened:
                    raise self.fail(code, f"<ept> i={number!r} has no <bpt> before it")
                closed.add(number)
        if opened - closed:
            raise self.fail(segment, f"<bpt> i={min(opened - closed)!r} has no <ept>")

    def check_child(self, parent: Element, child: Element) -> None:
        """Check that an element may stand where it stands."""
        name, above = local(child), local(parent)
        self._own_namespace(child)
        if name not in _ELEMENTS:
            raise self.fail(child, f"<{name}> is no element of TMX")
        if above not in _ELEMENTS or name not in _ELEMENTS[above].children:
            raise self.fail(child, f"<{name}> may not stand in <{above}>")

    def check_attributes(self, element: Element) -> None:
        """Check an element's attributes: those it must have, may have, and their values."""
        name = local(element)
        for attribute in _ELEMENTS[name].required:
            if element.get(attribute) is None:
                raise self.fail(element, f"<{name}> lacks its attribute {attribute!r}")
        for attribute, value in element.attrib.items():
            bare = attribute.rpartition("}")[2]
            if attribute not in _ELEMENTS[name].attributes and not _is_foreign(attribute):
                raise self.fail(element, f"<{name}> has no attribute {bare!r}")
            shape = _SHAPES.get(attribute)
            if shape and not shape.fullmatch(value):
                raise self.fail(element, f"{bare}={value!r} on <{name}>")
            allowed = _VALUES.get((name, attribute))
            if allowed and value not in allowed:
                raise self.fail(element, f"{bare}={value!r} on <{name}>", "allowed: " + ", ".join(allowed))

    def _check_text(self, element: Element) -> None:
        if _ELEMENTS[local(element)].text:
            return
        if (element.text and element.text.strip()) or any(c.tail and c.tail.strip() for c in element):
            raise self.fail(element, f"text stands directly in <{local(element)}>")

    def _check_tag(
        self, element: Element, name: str, everything: bool = False, optional: bool = False
    ) -> None:
        value = element.get(name)
        if optional and value is None:
            return
        if not (everything and value == "*all*") and not LANGUAGE_TAG.match(value or ""):
            raise self.fail(element, f"{name}={value!r} is no language tag")

    def _own_namespace(self, element: Element) -> None:
        if namespace(element) not in _NAMESPACES:
            raise self.fail(
                element, f"<{local(element)}> belongs to another vocabulary ({namespace(element)})"
            )


def _is_foreign(attribute: str) -> bool:
    """Attributes of other namespaces (schema locations and the like); xml:space is harmless too."""
    return attribute.startswith("{") and not attribute.endswith("}lang")


class _Choice:
    """Which two languages of a unit make the pair."""

    def __init__(self, options: ReadOptions) -> None:
        self._wanted = (options.source_language, options.target_language)
        self._first: tuple[str, str] | None = None  # the languages of the first whole pair

    def unit(self, element: Element, number: int, srclang: str, path: str) -> Unit | None:
        """The unit's pair; None where it has text in neither language."""
        variants: dict[str, Element] = {}
        for variant in element:
            if local(variant) == "tuv":
                variants.setdefault(variant.get(LANG) or variant.get("lang"), variant)
        own = element.get("srclang") or srclang
        codes = self._codes(list(variants), own)
        if codes is None:
            return None
        sides = [_side(variants[c]) if c in variants else None for c in codes]
        if sides[0] and sides[1] and self._first is None:
            self._first = codes
        return Unit(element.get("tuid") or f"#{number}", sides[0], sides[1], codes[0], codes[1])

    def _codes(self, codes: list[str], srclang: str) -> tuple[str, str] | None:
        wanted = [_match(codes, w) for w in self._wanted]
        if all(self._wanted):
            return (wanted[0] or self._wanted[0], wanted[1] or self._wanted[1]) if any(wanted) else None
        chinese = next((c for c in codes if base_language(c) == "zh"), None)
        english = next((c for c in codes if base_language(c) == "en"), None)
        source = wanted[0] or _match(codes, srclang)
        if chinese and english and not any(wanted):
            return (english, chinese) if source and base_language(source) == "en" else (chinese, english)
        if self._first is not None and not any(wanted):
            found = [_match(codes, f) for f in self._first]
            return (found[0] or self._first[0], found[1] or self._first[1]) if any(found) else None
        target = wanted[1]
        source = source or next((c for c in codes if c != target), None)
        target = target or next((c for c in codes if c != source), None)
        if source is None and target is None:
            return None
        return source or srclang, target or ("en" if base_language(source or "") != "en" else "zh")


def _match(codes: list[str], wanted: str) -> str | None:
    """The code that is the wanted one, or at least of its language."""
    if not wanted or wanted == "*all*":
        return None
    exact = next((c for c in codes if c.lower() == wanted.lower()), None)
    return exact or next((c for c in codes if base_language(c) == base_language(wanted)), None)


def _side(variant: Element) -> Side:
    segment = next(c for c in variant if local(c) == "seg")
    inline = Inline()
    _collect(segment, inline)
    if not keeps_space(segment):
        inline = inline.folded()
    return Side(inline.text, segment.sourceline or 0, tuple(inline.marks))


def _collect(element: Element, inline: Inline) -> None:
    inline.add(element.text)
    for child in element:
        name = local(child)
        if name == "hi":
            _collect(child, inline)
        elif name:
            inline.code(f"{name} {child.get('i') or child.get('x') or ''}".strip())
        inline.add(child.tail)


def sniff(path: Path, head: bytes) -> float:
    """Told by the root element, in whatever encoding XML allows."""
    text = head[:4096].replace(b"\0", b"")
    return 0.95 if re.search(rb"<(?:\w+:)?tmx[\s>]", text) else 0.0


READER = Reader("tmx", "translation memories (TMX 1.4)", (".tmx",), sniff, read)
