"""XLIFF 2.0 and 2.1, held to the constraints of the specification.

Source: OASIS, XLIFF Version 2.1 (2018); section names are given where a rule is not in the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from aligncheck.errors import InputError
from aligncheck.readers import xliff2_rules as rules
from aligncheck.readers.inline import Inline, keeps_space
from aligncheck.readers.language import base_language
from aligncheck.readers.units import LANGUAGE_TAG, Side, Unit
from aligncheck.readers.xml import ID, LANG, Element, local, namespace

_NAME_TOKEN = re.compile(r"[\w.\-:·]+$")
_PREFIXED = re.compile(r"[^\s:]+:\S.*$")
_INLINE = ("ph", "pc", "sc", "ec", "mrk", "sm")
_CODES = ("ph", "pc", "sc", "ec")
_ITS = "{http://www.w3.org/2005/11/its}"
#: xlf: subtypes that the core defines, with the type that each demands.
_OWN_SUBTYPES = {
    "xlf:lb": "fmt",
    "xlf:pb": "fmt",
    "xlf:b": "fmt",
    "xlf:i": "fmt",
    "xlf:u": "fmt",
    "xlf:var": "ui",
}


def check(root: Element, path: str) -> None:
    """Hold a document to the rules.

    Raises:
        InputError: at the first rule that is broken, with line and unit.
    """
    _Checker(path).document(root)


def units(root: Element) -> Iterator[Unit]:
    """The segments of a checked document as pairs; what is not to be translated is left out."""
    source, target = root.get("srcLang"), root.get("trgLang") or ""
    for file in _children(root, "file"):
        for unit in _descendants(file, "unit"):
            skipped = not _translatable(unit)
            for segment in _children(unit, "segment"):
                a, b = _child(segment, "source"), _child(segment, "target")
                if skipped and b is None:
                    continue
                yield Unit(unit.get("id"), _side(a), _side(b), source, target)


def _translatable(unit: Element) -> bool:
    element = unit
    while element is not None:
        value = element.get("translate")
        if value is not None:
            return bool(value == "yes")
        element = element.getparent()
    return True


def _side(element: Element | None) -> Side | None:
    if element is None:
        return None
    inline = Inline()
    _collect(element, inline)
    if not keeps_space(element):
        inline = inline.folded()
    return Side(inline.text, element.sourceline or 0, tuple(inline.marks))


def _collect(element: Element, inline: Inline) -> None:
    inline.add(element.text)
    for child in element:
        name = local(child)
        if name in ("pc", "mrk"):
            if name == "pc":
                inline.code(child.get("id"), "")
            _collect(child, inline)
            if name == "pc":
                inline.code(child.get("id"), "")
        elif name in ("ph", "sc", "ec"):
            inline.code(child.get("id") or child.get("startRef") or "")
        elif name == "cp":
            inline.code(f"U+{child.get('hex')}")
        inline.add(child.tail)


def _children(element: Element, name: str) -> list[Element]:
    return [c for c in element if local(c) == name and _name(c) == name]


def _child(element: Element, name: str) -> Element | None:
    return next(iter(_children(element, name)), None)


def _descendants(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) == "group":
            yield from _descendants(child, name)


def _name(element: Element) -> str:
    """``prefix:name`` with our prefixes; foreign elements begin with ``*``."""
    bare = local(element)
    if not bare:
        return ""
    prefix = rules.PREFIXES.get(namespace(element), "*")
    return f"{prefix}:{bare}" if prefix else bare


def _attribute(name: str) -> str:
    """An attribute's name with our prefix; those of unknown namespaces begin with ``*``."""
    if not name.startswith("{"):
        return name
    space, _, bare = name[1:].partition("}")
    prefix = rules.PREFIXES.get(space, "*")
    return f"{prefix}:{bare}" if prefix else bare


class _Checker:
    def __init__(self, path: str) -> None:
        self.path = path
        self.source_language = ""
        self.target_language = ""
        self.notes: set[str] = set()
        self.lenient = False
        self.has_its = False

    def fail(self, element: Element, what: str, hint: str = "") -> InputError:
        unit = element
        while unit is not None and _name(unit) not in ("unit", "file"):
            unit = unit.getparent()
        where = f" in {_name(unit)} {unit.get('id')!r}" if unit is not None and unit.get("id") else ""
        return InputError(
            f"is no valid XLIFF 2: {what}{where}", path=self.path, line=element.sourceline or 0, hint=hint
        )

    # Grammar -----------------------------------------------------------------

    def document(self, root: Element) -> None:
        if _name(root) != "xliff":
            raise self.fail(root, f"the root element is <{local(root)}>, not <xliff>")
        version = root.get("version")
        expected = rules.CORE_22 if version == "2.2" else rules.CORE
        if version not in ("2.0", "2.1", "2.2") or namespace(root) != expected:
            raise self.fail(root, f"version {version!r} does not go with the namespace {namespace(root)!r}")
        self.lenient = version == "2.2"  # which has a few more attributes
        self.has_its = version != "2.0"  # in which ITS was but a foreign vocabulary
        self.element(root)
        self.source_language = root.get("srcLang")
        self.target_language = root.get("trgLang") or ""
        for name in ("srcLang", "trgLang"):
            value = root.get(name)
            if value is not None and not _is_language_tag(value):
                raise self.fail(root, f"{name}={value!r} is no BCP 47 language tag")
        files: set[str] = set()
        for file in _children(root, "file"):
            self.unique(file, files, "file")
            self.file(file)

    def element(self, element: Element) -> None:
        """An element of the core or a module with all that is in it, by the tables."""
        name = _name(element)
        rule = rules.RULES.get(name)
        if rule is None:
            raise self.fail(element, f"<{name}> is no element of XLIFF 2")
        self.attributes(element, name, rule)
        self.content(element, name, rule)

    def attributes(self, element: Element, name: str, rule: rules.Rule) -> None:
        given = {_attribute(a): v for a, v in element.attrib.items()}
        for attribute in rule.required:
            if attribute not in given:
                raise self.fail(element, f"<{name}> lacks its attribute {attribute!r}")
        for attribute, value in given.items():
            if attribute in rule.required or attribute in rule.optional:
                self.value(element, name, attribute, value)
            elif ":" not in attribute:
                if self.lenient:
                    continue
                raise self.fail(element, f"<{name}> has no attribute {attribute!r}")
            elif attribute.startswith("xml:"):
                if attribute not in ("xml:lang", "xml:space", "xml:id", "xml:base") or name in (
                    "segment",
                    "ignorable",
                ):
                    raise self.fail(element, f"<{name}> has no attribute {attribute!r}")
            else:
                self.module_attribute(element, name, attribute, value, rule)
        if "fs:subFs" in given and "fs:fs" not in given:
            raise self.fail(element, "fs:subFs without fs:fs")
        if "fs:fs" in given and given["fs:fs"] not in rules.FS_ELEMENTS:
            raise self.fail(element, f"fs:fs={given['fs:fs']!r} names no element that it may name")

    def module_attribute(
        self, element: Element, name: str, attribute: str, value: str, rule: rules.Rule
    ) -> None:
        places = rules.MODULE_ATTRIBUTES.get(attribute)
        if places is not None:
            if name not in places:
                raise self.fail(element, f"{attribute} may not stand on <{name}>")
            return
        prefix = attribute.partition(":")[0]
        if prefix in ("fs", "slr", "mtc", "gls", "mda", "res", "ctr", "val"):
            raise self.fail(element, f"{attribute} is no attribute of its module")
        if prefix == "*" and not rule.foreign:
            raise self.fail(
                element, f"<{name}> may have no attributes of other vocabularies ({attribute[2:]!r})"
            )

    def value(self, element: Element, name: str, attribute: str, value: str) -> None:
        allowed = rules.VALUES_AT.get((name, attribute)) or rules.VALUES.get(attribute)
        if name.startswith(("res:", "ctr:")) and attribute == "appliesTo":
            allowed = None
        if allowed and value not in allowed:
            raise self.fail(element, f"{attribute}={value!r} on <{name}>", "allowed: " + ", ".join(allowed))
        if attribute in (
            "id",
            "startRef",
            "copyOf",
            "dataRef",
            "dataRefStart",
            "dataRefEnd",
        ) and not _NAME_TOKEN.match(value):
            raise self.fail(element, f"{attribute}={value!r} is no name token")
        if attribute == "xml:space" and value not in ("default", "preserve"):
            raise self.fail(element, f"xml:space={value!r}", "allowed: default, preserve")
        if attribute == "priority" and value not in (*"123456789", "10"):
            raise self.fail(element, f"priority={value!r} is not 1 to 10")
        if attribute == "order" and not re.fullmatch(r"[1-9]\d*", value):
            raise self.fail(element, f"order={value!r} is no positive number")
        if attribute in ("subState", "subType") and not _PREFIXED.match(value):
            raise self.fail(element, f"{attribute}={value!r} is not of the form prefix:value")
        if attribute in ("matchQuality", "matchSuitability", "similarity") and not _is_percentage(value):
            raise self.fail(element, f"{attribute}={value!r} is not between 0.0 and 100.0")
        if attribute == "occurs" and not re.fullmatch(r"[1-9]\d*", value):
            raise self.fail(element, f"occurs={value!r} is no positive number")
        if attribute == "hex":
            self.code_point(element, value)

    def code_point(self, element: Element, value: str) -> None:
        if not re.fullmatch(r"[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}", value):
            raise self.fail(element, f"hex={value!r} is not four or six hexadecimal figures")
        point = int(value, 16)
        legal = (
            point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or point >= 0x10000
        )
        if legal:
            raise self.fail(element, f"<cp> stands for U+{value}, which XML can hold as it is (section cp)")

    def content(self, element: Element, name: str, rule: rules.Rule) -> None:
        if not rule.text and any(
            piece and piece.strip() for piece in (element.text, *(c.tail for c in element))
        ):
            raise self.fail(element, f"text stands directly in <{name}>")
        step, count = 0, 0
        once: set[str] = set()
        for child in element:
            child_name = _name(child)
            if not child_name:
                continue
            if not any(self.fits(child_name, names, name) for names, _, _ in rule.content[step:]):
                raise self.fail(child, f"<{child_name.lstrip('*:')}> may not stand here in <{name}>")
            while not self.fits(child_name, rule.content[step][0], name):
                self.enough(element, name, rule, step, count)
                step, count = step + 1, 0
            count += 1
            most = rule.content[step][2]
            if most and count > most:
                raise self.fail(child, f"a second <{child_name}> in <{name}>")
            if child_name in rules.MODULE_PLACES:
                if child_name in once:
                    raise self.fail(child, f"a second <{child_name}> in <{name}>")
                once.add(child_name)
            if child_name in rules.RULES and name != "skeleton":
                self.element(child)
        for later in range(step, len(rule.content)):
            self.enough(element, name, rule, later, count if later == step else 0)

    def fits(self, child: str, names: tuple[str, ...], parent: str) -> bool:
        """Whether a child is one of the names; ``*`` takes foreign elements and modules where they belong."""
        if child in names:
            return True
        if "*" not in names:
            return False
        if child in rules.MODULE_PLACES:
            return parent in rules.MODULE_PLACES[child] or parent in ("skeleton", "res:source", "res:target")
        if parent in ("skeleton", "res:source", "res:target"):
            return ":" in child
        return child.startswith(("*:", "its:", "itsm:"))

    def enough(self, element: Element, name: str, rule: rules.Rule, step: int, count: int) -> None:
        names, least, _ = rule.content[step]
        if count < least:
            raise self.fail(element, f"<{name}> lacks its <{'> or <'.join(names)}>")

    # Constraints --------------------------------------------------------------

    def unique(self, element: Element, seen: set[str], what: str) -> None:
        identifier = element.get("id")
        if identifier is None:
            return
        if identifier in seen:
            raise self.fail(element, f"the {what} id {identifier!r} is used twice")
        seen.add(identifier)

    def file(self, file: Element) -> None:
        skeleton = _child(file, "skeleton")
        if skeleton is not None:
            empty = not len(skeleton) and not (skeleton.text or "").strip()
            if empty == (skeleton.get("href") is None):
                raise self.fail(skeleton, "a <skeleton> has either content or href")
        self.scope_ids(file)
        units: set[str] = set()
        groups: set[str] = set()
        all_units = list(file.iter(f"{{{namespace(file)}}}unit"))
        for group in file.iter(f"{{{namespace(file)}}}group"):
            self.unique(group, groups, "group")
            self.scope_ids(group)
            self.type_of(group)
        for unit in all_units:
            self.unique(unit, units, "unit")
        for unit in all_units:
            self.type_of(unit)
            self.scope_ids(unit)
            self.unit(unit, units)
        for element in file.iter():
            self.module(element)
            if self.has_its and isinstance(element.tag, str):
                self.its(element)

    def type_of(self, element: Element) -> None:
        """Section type: of groups and units it is a prefix and a value, and xlf: is reserved."""
        value = element.get("type")
        if value is not None and (not _PREFIXED.match(value) or value.startswith("xlf:")):
            raise self.fail(element, f"type={value!r} is not of the form prefix:value")

    def scope_ids(self, element: Element) -> None:
        """Ids that are unique within one file, group or unit: of notes, and of each module."""
        notes: set[str] = set()
        for holder in _children(element, "notes"):
            for note in _children(holder, "note"):
                self.unique(note, notes, "note")
        if _name(element) == "unit":
            self.notes = notes
        for child in element:
            name = _name(child)
            if name == "mtc:matches":
                self.unique_below(child, ("mtc:match",), "match")
            elif name == "gls:glossary":
                self.unique_below(child, ("gls:glossEntry", "gls:translation"), "glossary")
            elif name == "mda:metadata":
                self.unique_below(child, ("mda:metadata", "mda:metaGroup"), "metadata")
            elif name == "res:resourceData":
                self.unique_below(child, ("res:resourceItem", "res:resourceItemRef"), "resource")

    def unique_below(self, element: Element, names: tuple[str, ...], what: str) -> None:
        seen: set[str] = set()
        for found in element.iter():
            if _name(found) in names:
                self.unique(found, seen, what)

    def unit(self, unit: Element, unit_ids: set[str]) -> None:
        parts = [c for c in unit if _name(c) in ("segment", "ignorable")]
        if not any(_name(p) == "segment" for p in parts):
            raise self.fail(unit, "a <unit> without <segment>")
        data: set[str] = set()
        originals = _child(unit, "originalData")
        self.original_data(originals, data)
        scope: dict[str, Element] = {}
        for part in parts:
            self.claim(part, scope, "segment")
            if part.get("subState") is not None and part.get("state") is None:
                raise self.fail(part, "subState without state")
        sources = [e for p in parts for e in _children(p, "source")]
        targets = [e for _, e in sorted(_ordered_targets(parts), key=lambda t: t[0])]
        for element, language, name in (
            *((s, self.source_language, "srcLang") for s in sources),
            *((t, self.target_language, "trgLang") for t in targets),
        ):
            self.language(element, language, name)
        in_source = self.side(sources, dict(scope), data, unit_ids)
        in_target = self.side(targets, dict(scope), data, unit_ids, in_source)
        if not any(t.get("order") for t in targets):
            self.fixed_order(in_source, in_target)
        self.order(unit, parts)

    def original_data(self, holder: Element | None, data: set[str]) -> None:
        if holder is None:
            return
        for entry in _children(holder, "data"):
            self.unique(entry, data, "data")
            if entry.get("{http://www.w3.org/XML/1998/namespace}space") not in (None, "preserve"):
                raise self.fail(entry, "<data> always preserves its space")

    def language(self, element: Element, language: str, name: str) -> None:
        own = element.get(LANG)
        if not language:
            raise self.fail(element, f"a <{_name(element)}> but no {name} on <xliff>")
        if own is not None and own.lower() != language.lower():
            raise self.fail(
                element, f"xml:lang={own!r} on <{_name(element)}> is not the document's {name} {language!r}"
            )

    def claim(self, element: Element, scope: dict[str, Element], what: str) -> None:
        identifier = element.get("id")
        if identifier is None:
            return
        if identifier in scope:
            raise self.fail(
                element, f"the id {identifier!r} of <{_name(element)}> is used twice in the {what}s"
            )
        scope[identifier] = element

    def side(
        self,
        elements: list[Element],
        scope: dict[str, Element],
        data: set[str],
        unit_ids: set[str],
        source: dict[str, Element] | None = None,
    ) -> dict[str, Element]:
        """All codes and markers of one language's side of a unit; gives them by id."""
        own: dict[str, Element] = {}
        position = 0
        places: dict[str, int] = {}
        for element in elements:
            for code in element.iter():
                name = _name(code)
                if name not in (*_INLINE, "em"):
                    continue
                position += 1
                identifier = code.get("id")
                if identifier is not None:
                    self.claim(code, scope, "unit")
                    own[identifier] = code
                    places[identifier] = position
                self.code(code, name, data, unit_ids)
        if source is not None:
            for identifier, code in own.items():
                self.counterpart(code, source.get(identifier))
        known = {**(source or {}), **own}
        ended: set[str] = set()
        position = 0
        first_no = False
        for element in elements:
            for code in element.iter():
                name = _name(code)
                if name not in (*_INLINE, "em"):
                    continue
                position += 1
                start = code.get("startRef")
                if start is not None:
                    self.closes(code, name, own, places, position, ended)
                copied = code.get("copyOf")
                if copied is not None:
                    self.copied(code, known.get(copied))
                if name in _CODES and source is None:
                    first_no = self.reorder(code, first_no)
        for code in own.values():
            self.opened_code(code, ended)
        return own

    def counterpart(self, code: Element, twin: Element | None) -> None:
        """Section id: in the target an id may only repeat that of the same code in the source."""
        if twin is None:
            return
        same = {"pc": "pair", "sc": "pair", "ec": "end", "ph": "ph", "mrk": "mark", "sm": "mark"}
        if same[_name(twin)] != same[_name(code)]:
            raise self.fail(
                code, f"<{_name(code)}> in the target has the id of a <{_name(twin)}> in the source"
            )

    def code(self, code: Element, name: str, data: set[str], unit_ids: set[str]) -> None:
        for attribute in ("dataRef", "dataRefStart", "dataRefEnd"):
            value = code.get(attribute)
            if value is not None and value not in data:
                raise self.fail(code, f"{attribute}={value!r} names no <data> of the unit")
            if value is not None and code.get("copyOf") is not None:
                raise self.fail(code, f"copyOf together with {attribute}")
        for attribute in ("subFlows", "subFlowsStart", "subFlowsEnd"):
            for flow in (code.get(attribute) or "").split():
                if flow not in unit_ids:
                    raise self.fail(code, f"{attribute} names {flow!r}, which is no unit of the file")
        subtype = code.get("subType")
        if subtype is not None:
            if code.get("type") is None:
                raise self.fail(code, "subType without type")
            if subtype.startswith("xlf:") and _OWN_SUBTYPES.get(subtype) != code.get("type"):
                raise self.fail(code, f"subType={subtype!r} with type={code.get('type')!r}")
        fixed = code.get("canReorder") in ("no", "firstNo")
        # An <ec> that ends a code of this unit takes these values from its <sc>.
        own = not (name == "ec" and code.get("startRef"))
        if fixed and own and not (code.get("canCopy") == "no" and code.get("canDelete") == "no"):
            raise self.fail(code, "canReorder without canCopy='no' and canDelete='no'")
        if name == "ec":
            self.end_code(code)
        if name in ("mrk", "sm"):
            self.annotation(code)

    def end_code(self, code: Element) -> None:
        isolated = code.get("isolated") == "yes"
        if isolated and (code.get("id") is None or code.get("startRef") is not None):
            raise self.fail(code, "an isolated <ec> has an id and no startRef")
        if not isolated and (code.get("startRef") is None or code.get("id") is not None):
            raise self.fail(code, "an <ec> has a startRef and no id unless it is isolated")
        if not isolated and code.get("dir") is not None:
            raise self.fail(code, "dir on an <ec> that is not isolated")

    def annotation(self, code: Element) -> None:
        """Section Annotations: comment needs a value or a note; other types carry a prefix."""
        kind = code.get("type") or "generic"
        if kind not in ("generic", "comment", "term") and (
            not _PREFIXED.match(kind) or kind.startswith("xlf:")
        ):
            raise self.fail(code, f"type={kind!r} on <{_name(code)}>")
        value, ref = code.get("value"), code.get("ref")
        if kind == "comment":
            if (value is None) == (ref is None):
                raise self.fail(code, "a comment has either value or ref")
            if ref is not None:
                note = re.fullmatch(r"#(?:.*/)?n=(.+)", ref)
                if note is None or note.group(1) not in self.notes:
                    raise self.fail(code, f"ref={ref!r} names no note of the unit")

    def closes(
        self,
        code: Element,
        name: str,
        own: dict[str, Element],
        places: dict[str, int],
        position: int,
        ended: set[str],
    ) -> None:
        start = code.get("startRef")
        opener = own.get(start)
        wanted = "sc" if name == "ec" else "sm"
        if opener is None or _name(opener) != wanted:
            raise self.fail(code, f"startRef={start!r} names no <{wanted}> on this side of the unit")
        if start in ended:
            raise self.fail(code, f"<{wanted}> {start!r} is ended twice")
        if places[start] > position:
            raise self.fail(code, f"<{name}> stands before the <{wanted}> {start!r} that it ends")
        if opener.get("isolated") == "yes":
            raise self.fail(code, f"<sc> {start!r} is isolated but ended in the unit")
        ended.add(start)
        for attribute in ("canCopy", "canDelete", "canOverlap"):
            value = code.get(attribute)
            if value is not None and value != (opener.get(attribute) or "yes"):
                raise self.fail(code, f"{attribute}={value!r} differs from that of <sc> {start!r}")

    def opened_code(self, code: Element, ended: set[str]) -> None:
        name, identifier = _name(code), code.get("id")
        if name == "sc" and code.get("isolated") != "yes" and identifier not in ended:
            raise self.fail(code, f"<sc> {identifier!r} is not ended in the unit and not isolated")
        if name == "sm" and identifier not in ended:
            raise self.fail(code, f"<sm> {identifier!r} is not ended by an <em>")

    def copied(self, code: Element, base: Element | None) -> None:
        name = code.get("copyOf")
        if base is None or base is code or _name(base) not in _CODES:
            raise self.fail(code, f"copyOf={name!r} names no code of the unit")
        if base.get("canCopy") == "no":
            raise self.fail(code, f"copyOf={name!r}, but that code may not be copied")
        if any(base.get(a) is not None for a in ("dataRef", "dataRefStart", "dataRefEnd")):
            raise self.fail(code, f"copyOf={name!r}, but that code has original data to refer to")

    def reorder(self, code: Element, first_no: bool) -> bool:
        value = code.get("canReorder")
        if value == "no" and not first_no:
            raise self.fail(code, "canReorder='no' without a canReorder='firstNo' before it")
        if value in ("firstNo", "no"):
            return True
        return False if value == "yes" else first_no

    def fixed_order(self, source: dict[str, Element], target: dict[str, Element]) -> None:
        """Section canReorder: a sequence that begins with firstNo stands in the target in the same order."""
        places = {identifier: place for place, identifier in enumerate(target)}
        last = -1
        for identifier, code in source.items():
            value = code.get("canReorder")
            if value == "firstNo" or value not in ("firstNo", "no"):
                last = -1
            if value in ("firstNo", "no") and identifier in places:
                if places[identifier] < last:
                    raise self.fail(
                        target[identifier], f"code {identifier!r} may not be moved, but stands elsewhere"
                    )
                last = places[identifier]

    def order(self, unit: Element, parts: list[Element]) -> None:
        """Section order: the targets' explicit and implied positions form 1 to N, each once."""
        taken: dict[int, Element] = {}
        for index, part in enumerate(parts, 1):
            target = _child(part, "target")
            if target is None:
                continue
            value = int(target.get("order") or index)
            if value > len(parts):
                raise self.fail(target, f"order={value} in a unit of {len(parts)} parts")
            if value in taken:
                raise self.fail(target, f"two targets in the unit come as number {value}")
            taken[value] = part

    # Modules -------------------------------------------------------------------

    def module(self, element: Element) -> None:
        name = _name(element)
        check = {
            "gls:glossEntry": self.gloss_entry,
            "mtc:match": self.match,
            "val:rule": self.validation_rule,
            "res:resourceItem": self.resource_item,
            "ctr:revisions": self.revisions,
        }.get(name)
        if check is not None:
            check(element)
        if name in ("its:locQualityIssues", "its:provenanceRecords") and not element.get(
            "{http://www.w3.org/XML/1998/namespace}id"
        ):
            raise self.fail(element, f"<{name}> lacks its xml:id")

    def its(self, element: Element) -> None:
        """Section ITS Module: its:version is in scope, and references to standoff data lead there."""
        names = [a for a in element.attrib if a.startswith(_ITS)]
        if not names and namespace(element) != _ITS[1:-1]:
            return
        if f"{_ITS}version" not in names and not any(
            f"{_ITS}version" in above.attrib for above in element.iterancestors()
        ):
            raise self.fail(element, "ITS is used without its:version")
        for name in ("locQualityIssuesRef", "provenanceRecordsRef"):
            ref = element.get(_ITS + name)
            if ref is None or not ref.startswith("#"):
                continue
            unit = next((a for a in (element, *element.iterancestors()) if _name(a) == "unit"), None)
            found = {e.get(ID) for e in unit.iter(f"{_ITS}*")} if unit is not None else set()
            if not ref.startswith("#its=") or ref[5:] not in found:
                raise self.fail(element, f"its:{name}={ref!r} names no standoff data of the unit")

    def gloss_entry(self, entry: Element) -> None:
        if not any(_name(c) in ("gls:translation", "gls:definition") for c in entry):
            raise self.fail(entry, "a <gls:glossEntry> with neither translation nor definition")
        for element in (entry, *entry):
            ref = element.get("ref")
            if ref is not None and _name(element) in ("gls:glossEntry", "gls:translation"):
                self.reference(element, ref)

    def match(self, match: Element) -> None:
        self.reference(match, match.get("ref"))
        if match.get("subType") is not None and match.get("type") is None:
            raise self.fail(match, "subType without type")
        source, target = _child(match, "source"), _child(match, "target")
        self.language(source, self.source_language, "srcLang")
        if match.get("reference") != "yes":
            self.language(target, self.target_language, "trgLang")
        data: set[str] = set()
        self.original_data(_child(match, "originalData"), data)
        for side in (source, target):
            for code in side.iter() if side is not None else ():
                for attribute in ("dataRef", "dataRefStart", "dataRefEnd"):
                    value = code.get(attribute) if isinstance(code.tag, str) else None
                    if value is not None and value not in data:
                        raise self.fail(code, f"{attribute}={value!r} names no <data> of the match")

    def reference(self, element: Element, ref: str) -> None:
        """A reference into the unit's own text: ``#m1`` or ``#s2`` must be there."""
        unit = next(a for a in element.iterancestors() if _name(a) == "unit")
        if not ref.startswith("#"):
            return
        step = unquote(ref[1:]).rsplit("/", 1)[-1]
        if "/" in ref or (step[1:2] == "=" and step[0] in "fgund"):
            return  # an address outside the unit's text, or of a note or data entry
        identifier = step[2:] if step.startswith("t=") else step
        for part in unit.iter():
            inside = isinstance(part.tag, str) and _name(part) in ("segment", "ignorable", *_INLINE)
            if inside and part.get("id") == identifier:
                return
        raise self.fail(element, f"ref={ref!r} names nothing in the unit")

    def validation_rule(self, rule: Element) -> None:
        kinds = [
            a for a in ("isPresent", "isNotPresent", "startsWith", "endsWith") if rule.get(a) is not None
        ]
        custom = [a for a in rule.attrib if _attribute(a).startswith("*")]
        if len(kinds) + (1 if custom else 0) != 1:
            raise self.fail(
                rule, "a <val:rule> has exactly one of isPresent, isNotPresent, startsWith, endsWith"
            )
        if rule.get("occurs") is not None and kinds != ["isPresent"]:
            raise self.fail(rule, "occurs without isPresent")
        if rule.get("existsInSource") == "yes" and (kinds == ["isNotPresent"] or custom):
            raise self.fail(rule, "existsInSource with a rule that it does not go with")

    def resource_item(self, item: Element) -> None:
        if not any(_name(c).startswith("res:") for c in item):
            raise self.fail(item, "a <res:resourceItem> with no source, target or reference")
        for child in item:
            if _name(child) in ("res:source", "res:target"):
                empty = not len(child) and not (child.text or "").strip()
                if empty == (child.get("href") is None):
                    raise self.fail(child, f"<{_name(child)}> has either content or href")
            own = child.get(LANG) if isinstance(child.tag, str) else None
            language = {"res:source": self.source_language, "res:target": self.target_language}.get(
                _name(child)
            )
            if own and language and own.lower() != language.lower():
                raise self.fail(child, f"xml:lang={own!r} is not the document's {language!r}")

    def revisions(self, revisions: Element) -> None:
        versions: set[str] = set()
        for revision in revisions:
            version = revision.get("version") if isinstance(revision.tag, str) else None
            if version is None:
                continue
            if version in versions:
                raise self.fail(revision, f"two revisions with version {version!r}")
            versions.add(version)
        current = revisions.get("currentVersion")
        if current is not None and current not in versions:
            raise self.fail(revisions, f"currentVersion={current!r} names no revision")


def _ordered_targets(parts: list[Element]) -> Iterator[tuple[int, Element]]:
    """The targets with the positions that they take in the translation."""
    for index, part in enumerate(parts, 1):
        for target in _children(part, "target"):
            yield int(target.get("order") or index), target


def _is_language_tag(value: str) -> bool:
    private = value[:2].lower() in ("x-", "i-")
    return bool(LANGUAGE_TAG.match(value)) and "_" not in value and (private or len(base_language(value)) > 1)


def _is_percentage(value: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", value)) and 0 <= float(value) <= 100
