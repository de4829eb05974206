"""TBX-Min of 2014: ``<TBX dialect="TBX-Min">`` with entries of its own names, as its reference checker wants them."""

from __future__ import annotations

from typing import Any

from aligncheck.terms.tbx_grammar import XML_LANG, Reading, near, split, text_of

#: What may stand in each element, what must, and what stands once.
_CONTENT = {
    "TBX": "header body",
    "header": "id description dateCreated creator directionality license languages",
    "body": "entry conceptEntry",
    "entry": "subjectField langGroup",
    "langGroup": "termGroup",
    "termGroup": "term customer note noteGrp termStatus partOfSpeech",
    "noteGrp": "note",
    "note": "noteKey noteValue",
}
_NEEDS = {"TBX": "header body", "entry": "langGroup", "langGroup": "termGroup", "termGroup": "term"}
_ONCE = frozenset("header body id languages subjectField term termStatus partOfSpeech customer".split())
_VALUES = {
    "termStatus": "admitted preferred notRecommended obsolete",
    "partOfSpeech": "noun properNoun verb adjective adverb other",
    "directionality": "monodirectional bidirectional",
}
_ATTRIBUTES = {"langGroup": XML_LANG, "TBX": "dialect", "entry": "id"}


def check_min(root: Any, reading: Reading) -> list[Any]:
    """The entries of a file, every fault of which is told in the reading."""
    ids: dict[str, int] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            _check(element, reading, ids)
    body = next((c for c in root if split(c)[1] == "body"), None)
    return [] if body is None else [e for e in body if split(e)[1] in ("entry", "conceptEntry")]


def _check(element: Any, reading: Reading, ids: dict[str, int]) -> None:
    name, line = split(element)[1], element.sourceline or 0
    name = "entry" if name == "conceptEntry" else name
    seen: set[str] = set()
    known = _CONTENT.get(name, "").split()
    for child in element:
        at, kind = child.sourceline or line, split(child)[1]
        if kind and kind not in known:
            reading.error(at, "element", f"<{kind}> cannot stand in <{name}>", near(kind, known))
        elif kind in seen and kind in _ONCE:
            reading.error(at, "element", f"<{name}> has a second <{kind}>", "one only")
        seen.add(kind)
    for wanted in _NEEDS.get(name, "").split():
        if wanted not in seen:
            reading.error(line, "missing", f"<{name}> has no <{wanted}>", f"add a <{wanted}>")
    attribute = _ATTRIBUTES.get(name)
    if attribute and not element.get(attribute):
        shown = "xml:lang" if attribute == XML_LANG else attribute
        reading.error(line, "attribute", f"<{name}> lacks the attribute {shown}", f'add {shown}="…"')
    own = element.get("id")
    if own and own in ids:
        reading.error(line, "id", f"the id {own!r} is already used at line {ids[own]}", "give each its own")
    if own:
        ids.setdefault(own, line)
    text = text_of(element)
    if name == "term" and not text:
        reading.error(line, "empty-term", "the term is empty", "write the term or take it out")
    values = _VALUES.get(name, "").split()
    if values and text not in values:
        reading.error(line, "value", f"{name} is {text!r}", near(text, values))
