"""XLIFF 2 held to its schema: which element stands where, with which attributes and values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.errors import InputError
from aligncheck.readers import xliff2_rules as rules
from aligncheck.readers.language import base_language
from aligncheck.readers.units import LANGUAGE_TAG
from aligncheck.readers.xml import Element, local, namespace

_NAME_TOKEN = re.compile(r"[\w.\-:·]+$")
PREFIXED = re.compile(r"[^\s:]+:[^\s:]+$")
#: fs:subFs: names and values parted by commas, pairs by backslashes; both are escaped by a backslash.
_STYLES = re.compile(r"[^\\,]+,(?:[^\\,]|\\[\\,])*(?:\\[^\\,]+,(?:[^\\,]|\\[\\,])*)*")
INLINE = ("ph", "pc", "sc", "ec", "mrk", "sm")
CODES = ("ph", "pc", "sc", "ec")


def children(element: Element, name: str) -> list[Element]:
    return [c for c in element if local(c) == name and name_of(c) == name]


def child_of(element: Element, name: str) -> Element | None:
    return next(iter(children(element, name)), None)


def descendants(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) == "group":
            yield from descendants(child, name)


def name_of(element: Element) -> str:
    """``prefix:name`` with our prefixes; foreign elements begin with ``*``."""
    bare = local(element)
    if not bare:
        return ""
    prefix = rules.PREFIXES.get(namespace(element), "*")
    return f"{prefix}:{bare}" if prefix else bare


def attribute_name(name: str) -> str:
    """An attribute's name with our prefix; those of unknown namespaces begin with ``*``."""
    if not name.startswith("{"):
        return name
    space, _, bare = name[1:].partition("}")
    prefix = rules.PREFIXES.get(space, "*")
    return f"{prefix}:{bare}" if prefix else bare


class Grammar:
    """The rules of the schema; the constraints of the text around it are its subclasses' matter."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.source_language = ""
        self.target_language = ""
        self.notes: set[str] = set()
        self.rules = rules.RULES
        self.later = False  # 2.2, in which segments may have attributes of other vocabularies
        self.has_its = False
        self.foreign_ids: list[int] = []  # lines of codes named as another segment's code
        self.spare: list[int] = []  # lines of xml: attributes where none is provided for

    def fail(self, element: Element, what: str, hint: str = "") -> InputError:
        unit = element
        while unit is not None and name_of(unit) not in ("unit", "file"):
            unit = unit.getparent()
        where = f" in {name_of(unit)} {unit.get('id')!r}" if unit is not None and unit.get("id") else ""
        return InputError(
            f"is no valid XLIFF 2: {what}{where}", path=self.path, line=element.sourceline or 0, hint=hint
        )

    def element(self, element: Element) -> None:
        """An element of the core or a module with all that is in it, by the tables."""
        name = name_of(element)
        rule = self.rules.get(name)
        if rule is None:
            raise self.fail(element, f"<{name}> is no element of XLIFF 2")
        self.attributes(element, name, rule)
        self.content(element, name, rule)

    def attributes(self, element: Element, name: str, rule: rules.Rule) -> None:
        given = {attribute_name(a): v for a, v in element.attrib.items()}
        for attribute in rule.required:
            if attribute not in given:
                raise self.fail(element, f"<{name}> lacks its attribute {attribute!r}")
        for attribute, value in given.items():
            if attribute in rule.required or attribute in rule.optional:
                self.value(element, name, attribute, value)
            elif ":" not in attribute:
                raise self.fail(element, f"<{name}> has no attribute {attribute!r}")
            elif attribute.startswith("xml:"):
                self.xml_attribute(element, name, attribute, value)
            else:
                self.module_attribute(element, name, attribute, value, rule)
        self.styles(element, name, given)

    def xml_attribute(self, element: Element, name: str, attribute: str, value: str) -> None:
        known = attribute in ("xml:lang", "xml:space", "xml:id", "xml:base")
        if not known or name in ("segment", "ignorable", "mtc:match"):
            raise self.fail(element, f"<{name}> has no attribute {attribute!r}")
        if name in ("em", *INLINE):
            self.spare.append(element.sourceline or 0)
        if attribute == "xml:space" and value not in ("default", "preserve"):
            raise self.fail(element, f"xml:space={value!r}", "allowed: default, preserve")
        if attribute == "xml:lang" and value and not is_language_tag(value):
            raise self.fail(element, f"xml:lang={value!r} is no BCP 47 language tag")

    def styles(self, element: Element, name: str, given: dict[str, str]) -> None:
        """Section Format Style Module; what of it and of sizes an end code may have."""
        if "fs:subFs" in given:
            if "fs:fs" not in given:
                raise self.fail(element, "fs:subFs without fs:fs")
            if not _STYLES.fullmatch(given["fs:subFs"]):
                raise self.fail(
                    element, f"fs:subFs={given['fs:subFs']!r} is no list of name,value\\name,value"
                )
        if name == "ec" and given.get("isolated") != "yes":
            for attribute in given:
                if attribute.startswith(("fs:", "slr:")):
                    raise self.fail(element, f"{attribute} on an <ec> that is not isolated")
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
        if prefix == "*" and not rule.foreign and not (self.later and name in ("segment", "ignorable")):
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
        if attribute in ("subState", "subType") and not PREFIXED.match(value):
            raise self.fail(element, f"{attribute}={value!r} is not of the form prefix:value")
        if attribute == "subState" and value.startswith("xlf:"):
            raise self.fail(
                element, f"subState={value!r}: the prefix xlf is reserved, and no such value defined"
            )
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
        if point > 0x10FFFF:
            raise self.fail(element, f"hex={value!r} is no code point of Unicode")
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
            child_name = name_of(child)
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
            if child_name in rules.AT_MOST_ONE:
                if child_name in once:
                    raise self.fail(child, f"a second <{child_name}> in <{name}>")
                once.add(child_name)
            foreign = name in ("skeleton", "res:source", "res:target")
            if child_name in self.rules and not foreign and (self.has_its or child_name[:4] != "its:"):
                self.element(child)
        for later in range(step, len(rule.content)):
            self.enough(element, name, rule, later, count if later == step else 0)

    def fits(self, child: str, names: tuple[str, ...], parent: str) -> bool:
        """Whether a child is one of the names; ``*`` takes foreign elements and modules where they belong."""
        if child in names:
            return True
        if "*" not in names:
            return False
        if parent in ("res:source", "res:target"):  # any vocabulary but the module's own, the core too
            return not child.startswith("res:")
        if child in rules.MODULE_PLACES and (self.has_its or not child.startswith("its:")):
            return parent in rules.MODULE_PLACES[child] or parent == "skeleton"
        if parent == "skeleton":
            return ":" in child
        return child.startswith(("*:", "its:", "itsm:"))

    def enough(self, element: Element, name: str, rule: rules.Rule, step: int, count: int) -> None:
        names, least, _ = rule.content[step]
        if count < least:
            raise self.fail(element, f"<{name}> lacks its <{'> or <'.join(names)}>")


def is_language_tag(value: str) -> bool:
    private = value[:2].lower() in ("x-", "i-")
    return bool(LANGUAGE_TAG.match(value)) and "_" not in value and (private or len(base_language(value)) > 1)


def _is_percentage(value: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", value)) and 0 <= float(value) <= 100
