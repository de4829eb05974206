"""XLIFF 2.0 to 2.2, held to the constraints of the specification.

Source: OASIS, XLIFF Version 2.1 (2018); section names are given where a rule is not in the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.readers import xliff2_rules as rules
from aligncheck.readers.inline import Inline, keeps_space
from aligncheck.readers.units import Side, Unit
from aligncheck.readers.xliff2_grammar import (
    CODES,
    INLINE,
    PREFIXED,
    child_of,
    children,
    descendants,
    is_language_tag,
    name_of,
)
from aligncheck.readers.xliff2_modules import Modules
from aligncheck.readers.xml import Element, local, namespace

#: xlf: subtypes that the core defines, with the type that each demands.
_OWN_SUBTYPES = {
    "xlf:lb": "fmt",
    "xlf:pb": "fmt",
    "xlf:b": "fmt",
    "xlf:i": "fmt",
    "xlf:u": "fmt",
    "xlf:var": "ui",
}
#: Attributes of a <pc> that are used together or not at all.
_PAIRS = (
    ("dataRefStart", "dataRefEnd"),
    ("subFlowsStart", "subFlowsEnd"),
    ("equivStart", "equivEnd"),
)


def check(root: Element, path: str) -> tuple[str, ...]:
    """Hold a document to the rules; what breaks one and leaves the text as it is comes back as remarks.

    Raises:
        InputError: at the first other rule that is broken, with line and unit.
    """
    checker = _Checker(path)
    checker.document(root)
    return tuple(checker.remarks())


def units(root: Element) -> Iterator[Unit]:
    """The segments of a checked document as pairs; what is not to be translated is left out."""
    source, target = root.get("srcLang"), root.get("trgLang") or ""
    for file in children(root, "file"):
        for unit in descendants(file, "unit"):
            skipped = not _translatable(unit)
            for segment in children(unit, "segment"):
                a, b = child_of(segment, "source"), child_of(segment, "target")
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


class _Checker(Modules):
    def remarks(self) -> list[str]:
        """What careless tools write that changes nothing of the text, once a kind."""
        found: list[str] = []
        if self.foreign_ids:
            many, first = len(self.foreign_ids), self.foreign_ids[0]
            found.append(
                f"{many} code{'s' if many > 1 else ''} in targets with the id of another segment's code, "
                f"against the rules of XLIFF 2; the first is in line {first}"
            )
        if self.spare:
            many, first = len(self.spare), self.spare[0]
            found.append(
                f"{many} xml: attribute{'s' if many > 1 else ''} on inline elements, where XLIFF 2 has none; "
                f"the first is in line {first}"
            )
        return found

    def document(self, root: Element) -> None:
        if local(root) != "xliff":
            raise self.fail(root, f"the root element is <{local(root)}>, not <xliff>")
        version = root.get("version")
        expected = rules.CORE_22 if version == "2.2" else rules.CORE
        if version not in ("2.0", "2.1", "2.2") or namespace(root) != expected:
            raise self.fail(root, f"version {version!r} does not go with the namespace {namespace(root)!r}")
        self.later = version == "2.2"
        self.rules = rules.RULES_22 if self.later else rules.RULES
        self.has_its = version != "2.0"  # in which ITS was but a foreign vocabulary
        self.element(root)
        self.source_language = root.get("srcLang")
        self.target_language = root.get("trgLang") or ""
        for name in ("srcLang", "trgLang"):
            value = root.get(name)
            if value is not None and not is_language_tag(value):
                raise self.fail(root, f"{name}={value!r} is no BCP 47 language tag")
        files: set[str] = set()
        for file in children(root, "file"):
            self.unique(file, files, "file")
            self.file(file)

    def file(self, file: Element) -> None:
        skeleton = child_of(file, "skeleton")
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
        if value is not None and (not PREFIXED.match(value) or value.startswith("xlf:")):
            raise self.fail(element, f"type={value!r} is not of the form prefix:value")

    def scope_ids(self, element: Element) -> None:
        """Ids that are unique within one file, group or unit: of notes, and of each module."""
        notes: set[str] = set()
        for holder in children(element, "notes"):
            for note in children(holder, "note"):
                self.unique(note, notes, "note")
        if name_of(element) == "unit":
            self.notes = notes
        for child in element:
            name = name_of(child)
            if name == "mtc:matches":
                self.unique_below(child, ("mtc:match",), "match")
            elif name == "gls:glossary":
                self.unique_below(child, ("gls:glossEntry", "gls:translation"), "glossary")
            elif name == "mda:metadata":
                self.unique_below(child, ("mda:metadata", "mda:metaGroup"), "metadata")
            elif name == "res:resourceData":
                self.unique_below(child, ("res:resourceItem", "res:resourceItemRef"), "resource")

    def unit(self, unit: Element, unit_ids: set[str]) -> None:
        parts = [c for c in unit if name_of(c) in ("segment", "ignorable")]
        if not any(name_of(p) == "segment" for p in parts):
            raise self.fail(unit, "a <unit> without <segment>")
        data: set[str] = set()
        originals = child_of(unit, "originalData")
        self.original_data(originals, data)
        scope: dict[str, Element] = {}
        for part in parts:
            self.claim(part, scope, "segment")
            self.state(part)
        sources = [e for p in parts for e in children(p, "source")]
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

    def match(self, match: Element) -> None:
        """A candidate's codes and markers are whole in themselves."""
        super().match(match)
        holder = child_of(next(a for a in match.iterancestors() if name_of(a) == "unit"), "notes")
        self.notes = {note.get("id") for note in children(holder, "note")} if holder is not None else set()
        originals = child_of(match, "originalData")
        data = {entry.get("id") for entry in children(originals, "data")} if originals is not None else set()
        source, target = child_of(match, "source"), child_of(match, "target")
        in_source = self.side([source], {}, data, None)
        self.side([target], {}, data, None, in_source)

    def state(self, part: Element) -> None:
        """Section state: what is said of the target needs one; a final one keeps what may not be deleted."""
        state = part.get("state")
        if part.get("subState") is not None and state is None:
            raise self.fail(part, "subState without state")
        target = child_of(part, "target")
        if state in ("translated", "reviewed", "final") and target is None:
            raise self.fail(part, f"state={state!r} on a <segment> without <target>")
        if state != "final" or target is None:
            return
        kept = {code.get("id") for code in target.iter() if name_of(code) in CODES}
        for code in children(part, "source")[0].iter():
            if name_of(code) in CODES and code.get("canDelete") == "no" and code.get("id") not in kept:
                raise self.fail(
                    target, f"code {code.get('id')!r} may not be deleted, but is missing in a final <target>"
                )

    def claim(self, element: Element, scope: dict[str, Element], what: str) -> None:
        identifier = element.get("id")
        if identifier is None:
            return
        if identifier in scope:
            raise self.fail(
                element, f"the id {identifier!r} of <{name_of(element)}> is used twice in the {what}s"
            )
        scope[identifier] = element

    def side(
        self,
        elements: list[Element],
        scope: dict[str, Element],
        data: set[str],
        unit_ids: set[str] | None,
        source: dict[str, Element] | None = None,
    ) -> dict[str, Element]:
        """All codes and markers of one language's side of a unit; gives them by id."""
        own: dict[str, Element] = {}
        position = 0
        places: dict[str, int] = {}
        for element in elements:
            for code in element.iter():
                name = name_of(code)
                if name not in (*INLINE, "em"):
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
                name = name_of(code)
                if name not in (*INLINE, "em"):
                    continue
                position += 1
                start = code.get("startRef")
                if start is not None:
                    self.closes(code, name, own, places, position, ended)
                copied = code.get("copyOf")
                if copied is not None:
                    self.copied(code, known.get(copied))
                if name in CODES and source is None:
                    first_no = self.reorder(code, own.get(start), first_no)
        for code in own.values():
            self.opened_code(code, ended)
        return own

    def counterpart(self, code: Element, twin: Element | None) -> None:
        """Section id: in the target an id may only repeat that of the same code in the source."""
        if twin is None:
            return
        same = {"pc": "pair", "sc": "pair", "ec": "end", "ph": "ph", "mrk": "mark", "sm": "mark"}
        if same[name_of(twin)] != same[name_of(code)]:
            raise self.fail(
                code, f"<{name_of(code)}> in the target has the id of a <{name_of(twin)}> in the source"
            )
        if _segment_of(twin) is not _segment_of(code):
            self.foreign_ids.append(code.sourceline or 0)

    def code(self, code: Element, name: str, data: set[str], unit_ids: set[str] | None) -> None:
        for attribute in ("dataRef", "dataRefStart", "dataRefEnd"):
            value = code.get(attribute)
            if value is not None and value not in data:
                raise self.fail(code, f"{attribute}={value!r} names no <data> of the unit")
            if value is not None and code.get("copyOf") is not None:
                raise self.fail(code, f"copyOf together with {attribute}")
        for pair in _PAIRS:
            given = [attribute for attribute in pair if code.get(attribute) is not None]
            if len(given) == 1:
                raise self.fail(code, f"{given[0]} without its other half: {' and '.join(pair)} go together")
        for attribute in ("subFlows", "subFlowsStart", "subFlowsEnd"):
            for flow in (code.get(attribute) or "").split():
                if unit_ids is not None and flow not in unit_ids:
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
            not PREFIXED.match(kind) or kind.startswith("xlf:")
        ):
            raise self.fail(code, f"type={kind!r} on <{name_of(code)}>")
        value, ref = code.get("value"), code.get("ref")
        if kind == "generic" and code.get("translate") is None and not any("}" in a for a in code.attrib):
            raise self.fail(code, f"a generic <{name_of(code)}> without translate says nothing")
        if kind == "mtc:match" and ref is not None:
            raise self.fail(code, "ref on an annotation of type mtc:match")
        if kind == "comment":
            if (value is None) == (ref is None):
                raise self.fail(code, "a comment has either value or ref")
            if ref is not None and (
                self.steps(code, ref).get("n", "") not in self.notes or not self.inside(code, ref)
            ):
                raise self.fail(code, f"ref={ref!r} names no note of the unit")
        elif ref is not None:
            self.fragment(code, ref)

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
        if opener is None or name_of(opener) != wanted:
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
        order = code.get("canReorder")
        if order is not None and order != {"firstNo": "no"}.get(*[opener.get("canReorder") or "yes"] * 2):
            raise self.fail(code, f"canReorder={order!r} does not go with that of <sc> {start!r}")

    def opened_code(self, code: Element, ended: set[str]) -> None:
        name, identifier = name_of(code), code.get("id")
        if name == "sc" and code.get("isolated") != "yes" and identifier not in ended:
            raise self.fail(code, f"<sc> {identifier!r} is not ended in the unit and not isolated")
        if name == "sm" and identifier not in ended:
            raise self.fail(code, f"<sm> {identifier!r} is not ended by an <em>")

    def copied(self, code: Element, base: Element | None) -> None:
        name = code.get("copyOf")
        if base is None or base is code or name_of(base) not in CODES:
            raise self.fail(code, f"copyOf={name!r} names no code of the unit")
        if base.get("canCopy") == "no":
            raise self.fail(code, f"copyOf={name!r}, but that code may not be copied")
        if any(base.get(a) is not None for a in ("dataRef", "dataRefStart", "dataRefEnd")):
            raise self.fail(code, f"copyOf={name!r}, but that code has original data to refer to")

    def reorder(self, code: Element, opener: Element | None, first_no: bool) -> bool:
        value = code.get("canReorder") or "yes"
        if code.get("canReorder") is None and opener is not None and opener.get("canReorder"):
            value = "no" if opener.get("canReorder") == "firstNo" else opener.get("canReorder")
        if value == "no" and not first_no:
            raise self.fail(
                code, "canReorder='no' without a canReorder='firstNo' before it and none but 'no' between"
            )
        return value in ("firstNo", "no")

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
            target = child_of(part, "target")
            if target is None:
                continue
            value = int(target.get("order") or index)
            if value > len(parts):
                raise self.fail(target, f"order={value} in a unit of {len(parts)} parts")
            if value in taken:
                raise self.fail(target, f"two targets in the unit come as number {value}")
            taken[value] = part


def _segment_of(code: Element) -> Element | None:
    """The segment, ignorable or candidate that a code stands in."""
    parts = ("segment", "ignorable", "mtc:match")
    return next((above for above in code.iterancestors() if name_of(above) in parts), None)


def _ordered_targets(parts: list[Element]) -> Iterator[tuple[int, Element]]:
    """The targets with the positions that they take in the translation."""
    for index, part in enumerate(parts, 1):
        for target in children(part, "target"):
            yield int(target.get("order") or index), target
