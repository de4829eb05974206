"""XLIFF 2's modules: what their parts refer to, and which of their values go together."""

from __future__ import annotations

import re
from urllib.parse import unquote

from aligncheck.readers.xliff2_grammar import INLINE, attribute_name, child_of, children, name_of
from aligncheck.readers.xliff2_its import Tags
from aligncheck.readers.xml import LANG, Element

_TOKEN = re.compile(r"[\w.\-:·]+$")
_PREFIX = re.compile(r"(?:[fgundt]|[A-Za-z_][\w.-]+)$")
_SIZES = "{urn:oasis:names:tc:xliff:sizerestriction:2.0}"
#: Profiles of the specification, in which sizes are numbers.
_COUNTED = ("xliff:codepoints", "xliff:utf8", "xliff:utf16", "xliff:utf32")
_RANGE = re.compile(r"\s*(?:(\d+)\s*,\s*)?(\d+|\*)\s*")
_DATE = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d?:?\d\d)?)?)?)?",
)


def _is_range(value: str) -> bool:
    found = _RANGE.fullmatch(value)
    return found is not None and (found[1] is None or found[2] == "*" or int(found[1]) <= int(found[2]))


def _ids_of(unit: Element) -> dict[str, set[str]]:
    """The ids in a unit: of notes (n), of original data (d), of segments and inline codes (no prefix)."""
    found: dict[str, set[str]] = {"n": set(), "d": set(), "": set()}
    kinds = {"note": "n", "data": "d", **dict.fromkeys((*INLINE, "segment", "ignorable"), "")}
    for element in unit.iter():
        identifier = element.get("id") if isinstance(element.tag, str) else None
        if identifier and name_of(element) in kinds:
            found[kinds[name_of(element)]].add(identifier)
    return found


class Modules(Tags):
    """The constraints of the modules."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._inside: dict[Element, dict[str, set[str]]] = {}
        self._resources: dict[Element, set[str | None]] = {}

    def unique(self, element: Element, seen: set[str], what: str) -> None:
        identifier = element.get("id")
        if identifier is None:
            return
        if identifier in seen:
            raise self.fail(element, f"the {what} id {identifier!r} is used twice")
        seen.add(identifier)

    def unique_below(self, element: Element, names: tuple[str, ...], what: str) -> None:
        seen: set[str] = set()
        for found in element.iter():
            if name_of(found) in names:
                self.unique(found, seen, what)

    def original_data(self, holder: Element | None, data: set[str]) -> None:
        if holder is None:
            return
        for entry in children(holder, "data"):
            self.unique(entry, data, "data")
            if entry.get("{http://www.w3.org/XML/1998/namespace}space") not in (None, "preserve"):
                raise self.fail(entry, "<data> always preserves its space")

    def language(self, element: Element, language: str, name: str) -> None:
        if not language:
            raise self.fail(element, f"a <{name_of(element)}> but no {name} on <xliff>")
        # What stands on an element around it holds for it too.
        around = (a.get(LANG) for a in (element, *element.iterancestors()))
        own = next((code for code in around if code is not None), None)
        if own is not None and own.lower() != language.lower():
            raise self.fail(
                element, f"xml:lang={own!r} on <{name_of(element)}> is not the document's {name} {language!r}"
            )

    def module(self, element: Element) -> None:
        name = name_of(element)
        check = {
            "gls:glossEntry": self.gloss_entry,
            "mtc:match": self.match,
            "val:rule": self.validation_rule,
            "res:resourceItem": self.resource_item,
            "res:resourceItemRef": self.resource_ref,
            "ctr:revisions": self.revisions,
        }.get(name)
        self.sizes(element)
        if check is not None:
            check(element)

    def inside(self, element: Element, ref: str) -> bool:
        """Whether what a fragment identifier names is in the element's own unit, as far as it tells."""
        steps = self.steps(element, ref)
        around = {name_of(a): a.get("id") for a in reversed(list(element.iterancestors()))}
        return all(steps.get(p, around.get(n)) == around.get(n) for p, n in (("f", "file"), ("u", "unit")))

    def gloss_entry(self, entry: Element) -> None:
        if not any(name_of(c) in ("gls:translation", "gls:definition") for c in entry):
            raise self.fail(entry, "a <gls:glossEntry> with neither translation nor definition")
        for element in (entry, *entry):
            ref = element.get("ref")
            if ref is not None and name_of(element) in ("gls:glossEntry", "gls:translation"):
                self.reference(element, ref)

    def match(self, match: Element) -> None:
        self.reference(match, match.get("ref"))
        if match.get("subType") is not None and match.get("type") is None:
            raise self.fail(match, "subType without type")
        if (match.get("subType") or "").startswith("xlf:"):
            raise self.fail(match, "subType of a match with the prefix xlf, which is reserved")
        source, target = child_of(match, "source"), child_of(match, "target")
        self.language(source, self.source_language, "srcLang")
        if match.get("reference") != "yes":
            self.language(target, self.target_language, "trgLang")
        data: set[str] = set()
        self.original_data(child_of(match, "originalData"), data)
        for side in (source, target):
            for code in side.iter() if side is not None else ():
                for attribute in ("dataRef", "dataRefStart", "dataRefEnd"):
                    value = code.get(attribute) if isinstance(code.tag, str) else None
                    if value is not None and value not in data:
                        raise self.fail(code, f"{attribute}={value!r} names no <data> of the match")

    def reference(self, element: Element, ref: str) -> None:
        """A reference into the unit's own text: ``#m1`` or ``#s2`` must be there."""
        if not ref.startswith("#"):
            raise self.fail(element, f"ref={ref!r} is no reference into the unit: it begins with no #")
        self.fragment(element, ref)

    def steps(self, element: Element, ref: str) -> dict[str, str]:
        """The selectors of a fragment identifier by their prefixes; empty for an IRI of something else.

        Section Fragment Identification: ``#/f=1/u=2/n=3``, from the outside in, each at most once;
        without a prefix it is an inline code or segment, ``t=`` one of the target.
        """
        if not ref.startswith("#"):
            return {}
        found: dict[str, str] = {}
        last = 0
        for selector in unquote(ref[1:]).removeprefix("/").split("/"):
            prefix, equals, identifier = selector.rpartition("=")
            depth = {"f": 1, "g": 2, "u": 3}.get(prefix, 4)
            sound = depth > last and _TOKEN.match(identifier) and (not equals or _PREFIX.match(prefix))
            if not sound or (ref.startswith("#/") and not found and prefix != "f"):
                raise self.fail(element, f"ref={ref!r} is no fragment identifier of XLIFF")
            found[prefix] = identifier
            last = depth
        return found

    def fragment(self, element: Element, ref: str) -> None:
        """What a fragment identifier names must be there, where it is in the element's own unit."""
        steps = self.steps(element, ref)
        unit = next((a for a in element.iterancestors() if name_of(a) == "unit"), None)
        if not steps or unit is None or set(steps) & {"f", "g", "u"}:
            return
        prefix, identifier = next(iter(steps.items()))
        if prefix not in ("", "t", "n", "d"):
            return  # a module's own
        if unit not in self._inside:
            self._inside = {unit: _ids_of(unit)}  # units come one by one
        if identifier not in self._inside[unit][prefix if prefix in ("n", "d") else ""]:
            raise self.fail(element, f"ref={ref!r} names nothing in the unit")

    def validation_rule(self, rule: Element) -> None:
        kinds = [
            a for a in ("isPresent", "isNotPresent", "startsWith", "endsWith") if rule.get(a) is not None
        ]
        custom = [a for a in rule.attrib if attribute_name(a).startswith("*")]
        if len(kinds) + (1 if custom else 0) != 1:
            raise self.fail(
                rule, "a <val:rule> has exactly one of isPresent, isNotPresent, startsWith, endsWith"
            )
        if rule.get("occurs") is not None and kinds != ["isPresent"]:
            raise self.fail(rule, "occurs without isPresent")
        above = rule.getparent().getparent()
        if rule.get("disabled") == "yes" and name_of(above) == "file":
            raise self.fail(
                rule, "disabled='yes' on a rule for the whole file, where nothing is there to disable"
            )
        if rule.get("existsInSource") is not None and (kinds == ["isNotPresent"] or custom):
            raise self.fail(rule, "existsInSource with a rule that it does not go with")

    def resource_item(self, item: Element) -> None:
        if not any(name_of(c).startswith("res:") for c in item):
            raise self.fail(item, "a <res:resourceItem> with no source, target or reference")
        sides = [c for c in item if name_of(c) in ("res:source", "res:target")]
        if sides and not any(len(c) for c in sides) and item.get("mimeType") is None:
            raise self.fail(item, "a <res:resourceItem> with empty source and target lacks its mimeType")
        if item.get("context") == "no" and not any(name_of(c) == "res:source" for c in sides):
            raise self.fail(item, "context='no' on a <res:resourceItem> without source")
        for child in item:
            if name_of(child) in ("res:source", "res:target"):
                empty = not len(child) and not (child.text or "").strip()
                if empty == (child.get("href") is None):
                    raise self.fail(child, f"<{name_of(child)}> has either content or href")
            own = child.get(LANG) if isinstance(child.tag, str) else None
            language = {"res:source": self.source_language, "res:target": self.target_language}.get(
                name_of(child)
            )
            if own and language and own.lower() != language.lower():
                raise self.fail(child, f"xml:lang={own!r} is not the document's {language!r}")

    def resource_ref(self, item: Element) -> None:
        file = next(a for a in item.iterancestors() if name_of(a) == "file")
        if file not in self._resources:
            self._resources = {file: {e.get("id") for e in file.iter() if name_of(e) == "res:resourceItem"}}
        if item.get("ref") not in self._resources[file]:
            raise self.fail(item, f"ref={item.get('ref')!r} names no <res:resourceItem> of the file")

    def sizes(self, element: Element) -> None:
        """Size information stands on the element or in data beside it, not both."""
        if not isinstance(element.tag, str):
            return
        own, ref = element.get(f"{_SIZES}sizeInfo"), element.get(f"{_SIZES}sizeInfoRef")
        if own is not None and ref is not None:
            raise self.fail(element, "slr:sizeInfo together with slr:sizeInfoRef")
        if own is not None and not re.fullmatch(r"\d+(?:\s*[;,\s]\s*\d+)*", own.strip()):
            raise self.fail(element, f"slr:sizeInfo={own!r} is no number of code points")
        for name, kind in (("sizeRestriction", "generalProfile"), ("storageRestriction", "storageProfile")):
            value = element.get(_SIZES + name)
            if value is not None and self.profile(element, kind) in _COUNTED and not _is_range(value):
                raise self.fail(element, f"slr:{name}={value!r} is no [least,]most")
        stored = element.get(f"{_SIZES}equivStorage")
        if stored and self.profile(element, "storageProfile") in _COUNTED and not stored.isdigit():
            raise self.fail(element, f"slr:equivStorage={stored!r} is no number of bytes")
        if ref is not None:
            around = (element, *element.iterancestors())
            data = (c for a in around for c in (*a, *(a.itersiblings() if a is element else ())))
            ids = {
                value
                for holder in data
                if name_of(holder) == "slr:data"
                for inner in holder.iter("*")
                for key, value in inner.attrib.items()
                if key.rpartition("}")[2] == "id"
            }
            if ref not in ids:
                raise self.fail(element, f"slr:sizeInfoRef={ref!r} names no size data around it")

    def profile(self, element: Element, kind: str) -> str | None:
        """The profile by which sizes in a file are told."""
        file = next((a for a in (element, *element.iterancestors()) if name_of(a) == "file"), None)
        profiles = (c for c in file if name_of(c) == "slr:profiles") if file is not None else ()
        return next((p.get(kind) for p in profiles), None)

    def revisions(self, revisions: Element) -> None:
        versions: set[str] = set()
        changed = revisions.get("appliesTo") or ""
        if ":" not in changed and changed not in self.rules:
            raise self.fail(revisions, f"appliesTo={changed!r} is no element of XLIFF")
        ref = revisions.get("ref")
        around = revisions.getparent().getparent()
        ids = {e.get("id") for e in around.iter() if name_of(e) == changed}
        if ref is not None and changed in self.rules and re.split("[#=/]", ref)[-1] not in ids:
            raise self.fail(revisions, f"ref={ref!r} names no <{changed}> in <{name_of(around)}>")
        for revision in revisions:
            date = revision.get("datetime") if isinstance(revision.tag, str) else None
            if date is not None and not _DATE.fullmatch(date):
                raise self.fail(revision, f"datetime={date!r} is no date of ISO 8601")
            for item in revision:
                if name_of(item) == "ctr:item":
                    self.changed_property(item, changed)
            version = revision.get("version") if isinstance(revision.tag, str) else None
            if version is None:
                continue
            if version in versions:
                raise self.fail(revision, f"two revisions with version {version!r}")
            versions.add(version)
        current = revisions.get("currentVersion")
        if current is not None and current not in versions:
            raise self.fail(revisions, f"currentVersion={current!r} names no revision")

    def changed_property(self, item: Element, changed: str) -> None:
        """A change is one of the content, or of an attribute that the changed element can have."""
        rule = self.rules.get(changed)
        name = item.get("property") or ""
        known = rule is None or name in ("content", *rule.required, *rule.optional) or ":" in name
        if not known or not _TOKEN.match(name):
            raise self.fail(item, f"property={name!r} is neither content nor an attribute of <{changed}>")
