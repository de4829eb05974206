"""The grammar of XLIFF 2.0 to 2.2, as ``data/xliff2.toml`` gives it.

Elements are written ``prefix:name`` with the prefixes of :data:`PREFIXES`; the core has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aligncheck.data import grammar

CORE = "urn:oasis:names:tc:xliff:document:2.0"
CORE_22 = "urn:oasis:names:tc:xliff:document:2.2"


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


_TIMES = {"?": (0, 1), "*": (0, 0), "+": (1, 0)}


def _step(text: str) -> tuple[tuple[str, ...], int, int]:
    least, most = _TIMES.get(text[-1], (1, 1))
    names = text.rstrip("?*+").split("|")
    return tuple("*" if name == "any" else name for name in names), least, most


def _rule(required: str = "", optional: str = "", content: str = "", **more: bool) -> Rule:
    steps = tuple(map(_step, content.split(", "))) if content else ()
    return Rule(tuple(required.split()), tuple(optional.split()), steps, **more)


def _lists(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split()) for name, words in table.items()}


_GRAMMAR: dict[str, Any] = grammar("aligncheck.readers", "xliff2.toml")
PREFIXES: dict[str, str] = _GRAMMAR["prefixes"]
VALUES = _lists(_GRAMMAR["values"])
VALUES_AT = {tuple(at.split("/")): values for at, values in _lists(_GRAMMAR["values-at"]).items()}
RULES = {name: _rule(**rule) for name, rule in _GRAMMAR["rules"].items()}
#: The rules of 2.2.
RULES_22 = RULES | {name: _rule(**rule) for name, rule in _GRAMMAR["later"].items()}
ITS = _lists(_GRAMMAR["its"])
MODULE_PLACES = _lists(_GRAMMAR["module-places"])
MODULE_ATTRIBUTES = _lists(_GRAMMAR["module-attributes"])
#: Of these a place holds at most one; of ITS standoff data and change tracking it may hold several.
AT_MOST_ONE = frozenset(MODULE_PLACES) - {"its:provenanceRecords", "its:locQualityIssues", "ctr:changeTrack"}
#: The HTML elements that fs:fs may name.
FS_ELEMENTS = frozenset(
    "a b bdo big blockquote body br button caption center cite code col colgroup dd del div dl dt em "
    "h1 h2 h3 h4 h5 h6 head hr html i img label legend li ol p pre q s samp select small span strike strong "
    "sub sup table tbody td tfoot th thead title tr tt u ul".split()
)
