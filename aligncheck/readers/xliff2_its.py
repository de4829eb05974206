"""The module of XLIFF 2.1 and 2.2 for the Internationalization Tag Set 2.0.

Source: OASIS, XLIFF Version 2.1, section ITS Module; W3C, Internationalization Tag Set 2.0 (2013).
"""

from __future__ import annotations

import re

from aligncheck.readers import xliff2_rules as rules
from aligncheck.readers.xliff2_grammar import Grammar, is_language_tag, name_of
from aligncheck.readers.xml import ID, Element, namespace

_ITS = "{http://www.w3.org/2005/11/its}"
_ITSM = "{urn:oasis:names:tc:xliff:itsm:2.1}"
#: Numbers: attribute, least, most, whether they are whole.
_NUMBERS = (
    ("locQualityIssueSeverity", 0, 100, False),
    ("locQualityRatingScore", 0, 100, False),
    ("locQualityRatingScoreThreshold", 0, 100, False),
    ("locQualityRatingVote", None, None, True),
    ("locQualityRatingVoteThreshold", None, None, True),
    ("mtConfidence", 0, 1, False),
    ("termConfidence", 0, 1, False),
    ("taConfidence", 0, 1, False),
)
#: Values of a fixed list.
_WORDS = {
    "locQualityIssueType": rules.ITS["issues"],
    "locQualityIssueEnabled": ("yes", "no"),
    "localeFilterType": ("include", "exclude"),
}
#: What is only said with the tool that said it, and the category of that tool.
_TOOLS = {"mtConfidence": "mt-confidence", "termConfidence": "terminology", "taConfidence": "text-analysis"}
_STANDOFF = {"its:locQualityIssues": "issue", "its:provenanceRecords": "provenance"}
_KNOWN = frozenset(name for names in rules.ITS.values() for name in names)


class Tags(Grammar):
    """The constraints of the module."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._standoff: dict[Element, set[str | None]] = {}

    def its(self, element: Element) -> None:
        """Hold an element to what is said of it by attributes and elements of ITS.

        Raises:
            InputError: at the first rule that is broken.
        """
        said = {a[len(_ITS) :]: v for a, v in element.attrib.items() if a.startswith(_ITS)}
        mapped = [a[len(_ITSM) :] for a in element.attrib if a.startswith(_ITSM)]
        if not said and not mapped and namespace(element) != _ITS[1:-1]:
            return
        if "version" not in said and not any(f"{_ITS}version" in a.attrib for a in element.iterancestors()):
            raise self.fail(element, "ITS is used without its:version")
        name = name_of(element)
        if name.startswith("its:"):
            if said.keys() - {"version"}:
                wrong = next(iter(said.keys() - {"version"}))
                raise self.fail(element, f"its:{wrong} on <{name}>: its attributes have no prefix")
            said = {a: v for a, v in element.attrib.items() if "}" not in a and a != "version"}
            self._standing_off(element, name)
        for attribute in said:
            if attribute not in _KNOWN:
                raise self.fail(element, f"its:{attribute} is no attribute of ITS")
            if attribute in rules.ITS["inline"] and name in ("xliff", "file", "group", "unit"):
                raise self.fail(element, f"its:{attribute} may not stand on <{name}>, but on words in it")
        self._values(element, said)
        self._together(element, name, said)
        self._references(element, said)
        if name in ("mrk", "sm"):
            self._marker(element, said, mapped)

    def _standing_off(self, element: Element, name: str) -> None:
        """Elements that hold what is said, beside the text."""
        if name in _STANDOFF:
            own = element.get(ID)
            if not own:
                raise self.fail(element, f"<{name}> lacks its xml:id")
            if element.getparent() is not None and own in {
                e.get(ID) for e in element.getparent() if name_of(e) in _STANDOFF and e is not element
            }:
                raise self.fail(element, f"the xml:id {own!r} is used twice")
        if name == "its:provenanceRecord" and not any(element.get(a) for a in rules.ITS["provenance"]):
            raise self.fail(element, "an <its:provenanceRecord> that names no person, tool or organization")

    def _values(self, element: Element, said: dict[str, str]) -> None:
        for attribute, least, most, whole in _NUMBERS:
            value = said.get(attribute)
            if value is None:
                continue
            shape = r"[+-]?\d+" if whole else r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
            found = re.fullmatch(shape, value.strip())
            if not found or (least is not None and most is not None and not least <= float(value) <= most):
                kind = "whole number" if whole else f"number between {least} and {most}"
                raise self.fail(element, f"its:{attribute}={value!r} is no {kind}")
        for attribute, values in _WORDS.items():
            if attribute in said and said[attribute] not in values:
                raise self.fail(
                    element, f"its:{attribute}={said[attribute]!r}", "allowed: " + ", ".join(values)
                )
        language = element.get(f"{_ITSM}lang")
        if language is not None and not is_language_tag(language):
            raise self.fail(element, f"itsm:lang={language!r} is no BCP 47 language tag")
        tools = said.get("annotatorsRef")
        if tools is not None:
            pairs = [tool.split("|", 1) for tool in tools.split()]
            named = [pair[0] for pair in pairs]
            sound = bool(pairs) and all(
                len(p) == 2 and p[1] and p[0] in rules.ITS["categories"] for p in pairs
            )
            if not sound or len(set(named)) < len(named):
                raise self.fail(
                    element,
                    f"its:annotatorsRef={tools!r} is no list of category|tool with each category once",
                    "categories: " + ", ".join(rules.ITS["categories"]),
                )

    def _together(self, element: Element, name: str, said: dict[str, str]) -> None:
        """What excludes or demands what."""
        for ref, others in (
            ("locQualityIssuesRef", rules.ITS["issue"]),
            ("provenanceRecordsRef", rules.ITS["provenance"]),
            ("locQualityRatingScore", ("locQualityRatingVote",)),
            ("taIdentRef", ("taSource", "taIdent")),
        ):
            both = next((o for o in others if o in said and ref in said), None)
            if both:
                raise self.fail(element, f"its:{ref} together with its:{both}")
        issue = any(a in said for a in rules.ITS["issue"]) or name == "its:locQualityIssue"
        if issue and "locQualityIssueType" not in said and "locQualityIssueComment" not in said:
            raise self.fail(element, "an issue with neither locQualityIssueType nor locQualityIssueComment")
        if ("taSource" in said) != ("taIdent" in said):
            raise self.fail(element, "its:taSource and its:taIdent go together")
        if "taConfidence" in said and not {"taClassRef", "taIdentRef", "taIdent"} & said.keys():
            raise self.fail(element, "its:taConfidence without its:taClassRef, its:taIdentRef or its:taIdent")
        if "localeFilterType" in said and "localeFilterList" not in said:
            raise self.fail(element, "its:localeFilterType without its:localeFilterList")
        around = (element, *element.iterancestors())
        for kind in ("Score", "Vote"):
            limit, value = f"locQualityRating{kind}Threshold", f"locQualityRating{kind}"
            if limit in said and not any(a.get(_ITS + value) is not None for a in around):
                raise self.fail(element, f"its:{limit} without its:{value}")
        for attribute, category in _TOOLS.items():
            tools = (a.get(f"{_ITS}annotatorsRef") or "" for a in around)
            if attribute in said and not any(f"{category}|" in t for t in tools):
                raise self.fail(
                    element, f"its:{attribute} without an its:annotatorsRef of {category} around it"
                )

    def _references(self, element: Element, said: dict[str, str]) -> None:
        """References to what stands off lead there."""
        for name in ("locQualityIssuesRef", "provenanceRecordsRef"):
            ref = said.get(name)
            if ref is None or not ref.startswith("#"):
                continue
            around = (element, *element.iterancestors())
            unit = next((a for a in around if name_of(a) == "unit"), None)
            holder = unit if unit is not None else next((a for a in around if name_of(a) == "file"), None)
            if holder is not None and holder not in self._standoff:
                self._standoff = {holder: {e.get(ID) for e in holder.iter(f"{_ITS}*")}}
            known = set(self._standoff.get(holder, ()))
            if unit is not None:
                known |= {e.get(ID) for a in unit.iterancestors() for e in a.iterchildren(f"{_ITS}*")}
            if not ref.startswith("#its=") or ref[5:] not in known:
                raise self.fail(element, f"its:{name}={ref!r} names no standoff data of the unit")

    def _marker(self, element: Element, said: dict[str, str], mapped: list[str]) -> None:
        """A marker of ITS is of type its:generic; of terms it is term or its:term-no."""
        kind = element.get("type")
        if kind in (None, "its:generic"):
            return
        terms = ("termConfidence", "annotatorsRef", "version")
        wrong = next((f"its:{a}" for a in said if a not in terms), None)
        wrong = wrong or next((f"itsm:{a}" for a in mapped), None)
        if wrong:
            raise self.fail(element, f"{wrong} on a marker of type={kind!r}: it is its:generic")
