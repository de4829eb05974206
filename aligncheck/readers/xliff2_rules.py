"""The grammar of XLIFF 2.0 and 2.1 as data: which element stands where, with which attributes and values.

Source: OASIS, XLIFF Version 2.0 (2014) and 2.1 (2018), core and modules.  Elements are written
``prefix:name`` with the prefixes of :data:`PREFIXES`; the core has none.
"""

from __future__ import annotations

from dataclasses import dataclass

CORE = "urn:oasis:names:tc:xliff:document:2.0"
CORE_22 = "urn:oasis:names:tc:xliff:document:2.2"
_MODULE = "urn:oasis:names:tc:xliff:"
PREFIXES: dict[str, str] = {
    CORE: "",
    CORE_22: "",
    f"{_MODULE}matches:2.0": "mtc",
    f"{_MODULE}glossary:2.0": "gls",
    f"{_MODULE}fs:2.0": "fs",
    f"{_MODULE}metadata:2.0": "mda",
    f"{_MODULE}resourcedata:2.0": "res",
    f"{_MODULE}changetracking:2.0": "ctr",
    f"{_MODULE}changetracking:2.1": "ctr",
    f"{_MODULE}sizerestriction:2.0": "slr",
    f"{_MODULE}validation:2.0": "val",
    f"{_MODULE}itsm:2.1": "itsm",
    "http://www.w3.org/2005/11/its": "its",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_YES_NO = _words("yes no")
_DIRECTION = _words("ltr rtl auto")
_REORDER = _words("yes firstNo no")

#: Attribute -> its values, wherever it stands without a prefix; ``id`` and the like are checked by shape.
VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_words("canResegment translate canCopy canDelete canOverlap isolated"), _YES_NO),
    **dict.fromkeys(_words("srcDir trgDir dir"), _DIRECTION),
    "canReorder": _REORDER,
    "state": _words("initial translated reviewed final"),
    "appliesTo": _words("source target"),
}
#: (element, attribute) -> values, where they differ from the above.
VALUES_AT: dict[tuple[str, str], tuple[str, ...]] = {
    ("mtc:match", "reference"): _YES_NO,
    ("mtc:match", "type"): _words("am mt icm idm tb tm other"),
    ("mda:metaGroup", "appliesTo"): _words("source target ignorable"),
    ("val:rule", "normalization"): _words("none nfc nfd"),
    ("val:rule", "caseSensitive"): _YES_NO,
    ("val:rule", "disabled"): _YES_NO,
    ("val:rule", "existsInSource"): _YES_NO,
    ("val:rule", "mustLoc"): _words("beginning end"),
    ("slr:normalization", "general"): _words("none nfc nfd"),
    ("slr:normalization", "storage"): _words("none nfc nfd"),
    **{(code, "type"): _words("fmt ui quote link image other") for code in _words("ph pc sc ec")},
    **{(code, "dir"): _DIRECTION for code in _words("pc sc ec data")},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """An element: required and optional attributes, content.

    ``content``: children in order as (names, at least, at most), most 0 for any number; a name
    ``*`` stands for elements of other namespaces, modules included.  ``text``: may hold text.
    ``foreign``: may have attributes of other namespaces.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    content: tuple[tuple[tuple[str, ...], int, int], ...] = ()
    text: bool = False
    foreign: bool = True


_INLINE = _words("cp ph pc sc ec mrk sm em")
_DIRS = _words("srcDir trgDir")
_EDIT = _words("canCopy canDelete canReorder copyOf")
_CODE = _words("type subType")
_TEXT_CONTENT = ((_INLINE, 0, 0),)

RULES: dict[str, Rule] = {
    "xliff": Rule(_words("version srcLang"), _words("trgLang xml:space"), ((("file",), 1, 0),)),
    "file": Rule(
        ("id",),
        (*_words("canResegment original translate xml:space"), *_DIRS),
        ((("skeleton",), 0, 1), (("*",), 0, 0), (("notes",), 0, 1), (("unit", "group"), 1, 0)),
    ),
    "skeleton": Rule((), ("href",), ((("*",), 0, 0),), text=True, foreign=False),
    "group": Rule(
        ("id",),
        (*_words("name canResegment translate type xml:space"), *_DIRS),
        ((("*",), 0, 0), (("notes",), 0, 1), (("unit", "group"), 0, 0)),
    ),
    "unit": Rule(
        ("id",),
        (*_words("name canResegment translate type xml:space"), *_DIRS),
        ((("*",), 0, 0), (("notes",), 0, 1), (("originalData",), 0, 1), (("segment", "ignorable"), 1, 0)),
    ),
    "segment": Rule(
        (),
        _words("id canResegment state subState"),
        ((("source",), 1, 1), (("target",), 0, 1)),
        foreign=False,
    ),
    "ignorable": Rule((), ("id",), ((("source",), 1, 1), (("target",), 0, 1)), foreign=False),
    "notes": Rule((), (), ((("note",), 1, 0),), foreign=False),
    "note": Rule((), _words("id appliesTo category priority"), (), text=True),
    "originalData": Rule((), (), ((("data",), 1, 0),), foreign=False),
    "data": Rule(("id",), _words("dir xml:space"), ((("cp",), 0, 0),), text=True, foreign=False),
    "source": Rule((), _words("xml:lang xml:space"), _TEXT_CONTENT, text=True, foreign=False),
    "target": Rule((), _words("xml:lang xml:space order"), _TEXT_CONTENT, text=True, foreign=False),
    "cp": Rule(("hex",), (), (), foreign=False),
    # Custom attributes may stand on xliff, file, group, unit, note, mrk and sm (section Extensibility).
    "ph": Rule(("id",), (*_EDIT, *_CODE, *_words("disp equiv dataRef subFlows")), foreign=False),
    "pc": Rule(
        ("id",),
        (
            *_EDIT,
            *_CODE,
            *_words(
                "canOverlap dispEnd dispStart equivEnd equivStart dataRefEnd dataRefStart subFlowsEnd "
                "subFlowsStart dir"
            ),
        ),
        _TEXT_CONTENT,
        text=True,
        foreign=False,
    ),
    "sc": Rule(
        ("id",),
        (*_EDIT, *_CODE, *_words("canOverlap dataRef dir disp equiv isolated subFlows")),
        foreign=False,
    ),
    "ec": Rule(
        (),
        (*_EDIT, *_CODE, *_words("id startRef canOverlap dataRef dir disp equiv isolated subFlows")),
        foreign=False,
    ),
    "mrk": Rule(("id",), _words("translate type ref value"), _TEXT_CONTENT, text=True),
    "sm": Rule(("id",), _words("translate type ref value")),
    "em": Rule(("startRef",), (), foreign=False),
    # Translation candidates
    "mtc:matches": Rule((), (), ((("mtc:match",), 1, 0),), foreign=False),
    "mtc:match": Rule(
        ("ref",),
        _words("id matchQuality matchSuitability origin reference similarity subType type"),
        (
            (("mda:metadata",), 0, 1),
            (("originalData",), 0, 1),
            (("source",), 1, 1),
            (("target",), 1, 1),
            (("*",), 0, 0),
        ),
    ),
    # Glossary
    "gls:glossary": Rule((), (), ((("gls:glossEntry",), 1, 0),), foreign=False),
    "gls:glossEntry": Rule(
        (),
        _words("id ref"),
        ((("gls:term",), 1, 1), (("gls:translation",), 0, 0), (("gls:definition",), 0, 1), (("*",), 0, 0)),
    ),
    "gls:term": Rule((), ("source",), (), text=True),
    "gls:translation": Rule((), _words("id ref source"), (), text=True),
    "gls:definition": Rule((), ("source",), (), text=True),
    # Metadata
    "mda:metadata": Rule((), ("id",), ((("mda:metaGroup",), 1, 0),), foreign=False),
    "mda:metaGroup": Rule(
        (), _words("id category appliesTo"), ((("mda:metaGroup", "mda:meta"), 1, 0),), foreign=False
    ),
    "mda:meta": Rule(("type",), (), (), text=True, foreign=False),
    # Resource data
    "res:resourceData": Rule(
        (), ("id",), ((("res:resourceItemRef",), 0, 0), (("res:resourceItem",), 0, 0)), foreign=False
    ),
    "res:resourceItemRef": Rule(("ref",), ("id",), ()),
    "res:resourceItem": Rule(
        (),
        _words("id mimeType context"),
        ((("res:source",), 0, 1), (("res:target",), 0, 1), (("res:reference",), 0, 0)),
    ),
    "res:source": Rule((), _words("href xml:lang"), ((("*",), 0, 0),), text=True),
    "res:target": Rule((), _words("href xml:lang"), ((("*",), 0, 0),), text=True),
    "res:reference": Rule(("href",), ("xml:lang",), ()),
    # Change tracking
    "ctr:changeTrack": Rule((), (), ((("ctr:revisions",), 1, 0),), foreign=False),
    "ctr:revisions": Rule(("appliesTo",), _words("ref currentVersion"), ((("ctr:revision",), 1, 0),)),
    "ctr:revision": Rule((), _words("author datetime version"), ((("ctr:item",), 1, 0),)),
    "ctr:item": Rule(("property",), (), (), text=True),
    # Size and length restriction
    "slr:profiles": Rule(
        (),
        _words("generalProfile storageProfile"),
        ((("slr:normalization",), 0, 1), (("*",), 0, 0)),
        foreign=False,
    ),
    "slr:normalization": Rule((), _words("general storage"), (), foreign=False),
    "slr:data": Rule(("profile",), (), ((("*",), 0, 0),)),
    # Validation
    "val:validation": Rule((), (), ((("val:rule",), 1, 0),)),
    "val:rule": Rule(
        (),
        _words(
            "isPresent occurs isNotPresent startsWith endsWith existsInSource caseSensitive normalization "
            "disabled mustLoc"
        ),
    ),
}

#: Where the modules' top elements may stand; what is not named may stand nowhere.
MODULE_PLACES: dict[str, tuple[str, ...]] = {
    "mtc:matches": ("unit",),
    "gls:glossary": ("unit",),
    "mda:metadata": _words("file group unit mtc:match"),
    "res:resourceData": _words("file group unit"),
    "ctr:changeTrack": _words("file group unit"),
    "slr:profiles": ("file",),
    "slr:data": _words("file group unit slr:profiles mtc:match"),
    "val:validation": _words("file group unit"),
    "its:provenanceRecords": ("unit",),
    "its:locQualityIssues": ("unit",),
}
#: Of these a place holds at most one; of ITS standoff data and change tracking it may hold several.
AT_MOST_ONE = frozenset(MODULE_PLACES) - {
    "its:provenanceRecords",
    "its:locQualityIssues",
    "ctr:changeTrack",
}
_FORMATTED = _words(
    "xliff file group unit note notes originalData data source target segment ignorable ph pc sc ec mrk sm"
)
#: Attributes of modules: name -> the elements that may have it.
MODULE_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "fs:fs": _FORMATTED,
    "fs:subFs": _FORMATTED,
    "slr:storageRestriction": _words("file group unit pc sc mrk sm"),
    "slr:sizeRestriction": _words("file group unit pc sc mrk sm"),
    "slr:equivStorage": _words("ph pc sc ec"),
    "slr:sizeInfo": _words("file group unit pc sc ec ph mrk sm"),
    "slr:sizeInfoRef": _words("file group unit pc sc ph mrk sm"),
}
#: The HTML elements that fs:fs may name.
FS_ELEMENTS = frozenset(
    "a b bdo big blockquote body br button caption center cite code col colgroup dd del div dl dt em "
    "h1 h2 h3 h4 h5 h6 head hr html i img label legend li ol p pre q s samp select small span strike strong "
    "sub sup table tbody td tfoot th thead title tr tt u ul".split()
)
