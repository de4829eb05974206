"""English sentences and clauses, in the register of official prose."""

from __future__ import annotations

import re

from aligncheck.model import Span
from aligncheck.segment.spans import NOTE_MARK, covering, cut, enclosures

_STOP = re.compile(r"\.(?:[ \u00a0]\.){2,3}|[.!?。！？]+|…")
_CLOSING = re.compile(r"[”’\"'»)\]]+")
_GLUED_NOTE = re.compile(r"\d{1,3}(?=\s+[A-Z“\"]|\s*$)")
_NEXT = re.compile(r"[\s\u00a0]+[“‘\"'(\[«—–-]*[\s\u00a0]*(\S)(\S*)")
_WORD_BEFORE = re.compile(r"([^\s“”‘\"(\[—–/]+)$")

#: Abbreviations that the name or number they belong to always follows: never a sentence end.
_ALWAYS_GO_ON = frozenset(
    "mr mrs ms dr prof gen sen rep hon rev st col maj capt lt sgt gov pres messrs mme mlle fr no nos "
    "art arts sec secs fig figs vol vols ch chs pt para paras pp p ed eds vs v cf viz approx ca c est "
    "dept univ e.g i.e eg ie al mt ft incl excl resp tel ext".split()
)
#: Abbreviations that also close sentences: an end only when a word follows that opens sentences.
_MAY_END = frozenset(
    "u.s u.k u.n e.u p.r.c ph.d m.d b.a m.a d.c inc ltd co corp llc plc bros etc a.m p.m jr sr jan "
    "feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun st rd ave blvd bldg sq "
    "km kg cm mm ha kwh mw u.s.a a.d b.c yr yrs hr hrs min max avg dept".split()
)
#: "No. 5" is an abbreviation, "he said no." is not: these go on only before a figure (or roman numeral).
_BEFORE_FIGURE = frozenset(
    "no nos art arts sec secs fig figs vol vols ch pt para paras p pp v c ca est".split()
)
_STARTERS = frozenset(
    "a all also although amid among an and another any as at because before besides both but by "
    "during each efforts every fellow first finally following for from further furthermore given "
    "guided he her here his how however i if in indeed it its last let looking many meanwhile more "
    "moreover most much nearly next no not now of on once one only or other our out over she since so "
    "some such that the their then there these they this those though through throughout thus to "
    "today total under until up we what when where whether which while who why with within work you "
    "your".split()
)
_ROMAN = re.compile(r"[IVXLC]+$")
_CLAUSE = re.compile(r"[,;:](?=\s|[”\"’]\s)[”\"’]?|\s[—–-]{1,2}\s|—+")
_SHORTEST_CLAUSE = 3  # words; shorter pieces ("First,", "however,") stay with their neighbour


def sentences(text: str) -> list[Span]:
    """The sentences of an English text."""
    inside = covering([p for p in enclosures(text) if text[p[0]] in "([（"], len(text))
    opened_at = _bracket_openings(text)
    ends = []
    for stop in _STOP.finditer(text):
        end = _with_closings(text, stop.end())
        if inside[stop.start()] >= 0 and end <= len(text) and _still_inside(inside, end, stop.start()):
            start = opened_at.get(stop.start())
            if start is None or not _opens_sentence(text, start):
                continue
        end = _with_glued_note(text, stop, end)
        if _ends_here(text, stop, end):
            ends.append(end)
    ends.extend(m.end() for m in re.finditer(r"\n", text))
    return cut(text, sorted(set(ends)))


def clauses(text: str) -> list[Span]:
    """The clauses of an English sentence: between commas, semicolons, colons and dashes.

    Pieces of one or two words stay with what follows them (the last with what precedes it), so that
    introductory words and short enumerations do not become clauses.
    """
    inside = covering([p for p in enclosures(text) if text[p[0]] in "([（"], len(text))
    ends = [m.end() for m in _CLAUSE.finditer(text) if inside[m.start()] < 0]
    kept: list[int] = []
    start = 0
    for end in ends:
        if len(text[start:end].split()) >= _SHORTEST_CLAUSE:
            kept.append(end)
            start = end
    if kept and len(text[start:].split()) < _SHORTEST_CLAUSE:
        kept.pop()
    return cut(text, kept)


def _bracket_openings(text: str) -> dict[int, int]:
    openings: dict[int, int] = {}
    for start, close in enclosures(text):
        if text[start] in "([（":
            for at in range(start, close + 1):
                openings[at] = start
    return openings


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?。”"\n'


def _still_inside(inside: list[int], end: int, at: int) -> bool:
    """Whether the bracket around ``at`` is still open behind the stop's closing signs."""
    return end < len(inside) and inside[end] == inside[at]


def _with_closings(text: str, end: int) -> int:
    while True:
        more = _CLOSING.match(text, end) or NOTE_MARK.match(text, end)
        if more is None or more.end() == end:
            return end
        if more.group().startswith(" ") and not re.match(r"\s*$|\s+[A-Z“\"(]", text[more.end() :]):
            return end
        if more.group() in "\"'" and end < len(text) and _opens_quote(text, end):
            return end
        end = more.end()


def _with_glued_note(text: str, stop: re.Match[str], end: int) -> int:
    """``…five areas.17 We``: a note mark that lost its raised position belongs to the sentence before it."""
    glued = _GLUED_NOTE.match(text, end) if text[stop.start() - 1 : stop.start()].isalpha() else None
    return glued.end() if glued is not None else end


def _opens_quote(text: str, at: int) -> bool:
    """A straight quote with a word right behind it and an odd count before it opens."""
    follows = text[at + 1 : at + 2]
    return (
        bool(follows) and not follows.isspace() and follows.isalnum() and text[:at].count(text[at]) % 2 == 0
    )


def _ends_here(text: str, stop: re.Match[str], end: int) -> bool:
    sign = stop.group()
    if not text[end:].strip():
        return True
    if sign[-1] in "。！？":
        return True
    follow = _NEXT.match(text, end)
    if follow is None:
        return _missing_space(text, stop, end)
    first, rest = follow.group(1), follow.group(2)
    if first.islower():
        return False
    if sign in ("!", "?") or sign[-1] in "!?":
        return True
    if sign in ("…", "...", "..") or sign.startswith(". "):
        return first.isupper()
    if sign != ".":
        return True
    return _full_stop(text, stop.start(), first, rest, closed=end > stop.end())


def _full_stop(text: str, at: int, first: str, rest: str, closed: bool) -> bool:
    """Whether a single full stop before a capital, figure or sign ends the sentence."""
    match = _WORD_BEFORE.search(text[max(0, at - 40) : at])
    word = match.group(1) if match else ""
    lead = text[:at].strip()
    if _is_list_number(lead):
        return False
    bare = word.lower().lstrip("([“\"'‘")
    following = re.sub(r"[^a-z]", "", (first + rest).lower())
    starter = following in _STARTERS
    if closed:
        return True
    if bare in _BEFORE_FIGURE and (first.isdigit() or _ROMAN.match(first + rest.rstrip(".,;"))):
        return False
    if bare in _ALWAYS_GO_ON and bare not in _BEFORE_FIGURE:
        return False
    if bare in _MAY_END:
        return starter
    if len(word) == 1 and word.isalpha() and word.isupper():
        return starter
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return starter
    return True


def _is_list_number(lead: str) -> bool:
    """``1``, ``IV``, ``(a)``, ``1.2``: what stands before the first full stop of a heading or item."""
    return bool(re.fullmatch(r"[\s·•\-–—*]*\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[A-Za-z])\)?", lead))


def _missing_space(text: str, stop: re.Match[str], end: int) -> bool:
    """``…development.We will``: the space was forgotten, the sentence ended all the same."""
    if stop.group() != "." or not re.search(
        r"[a-z]{3}$|\d%$|[”\"]$", text[max(0, stop.start() - 3) : stop.start()]
    ):
        return False
    word = re.match(r"([A-Z][a-z]*)(?=[\s,])", text[end:])
    return bool(word) and word is not None and word.group(1).lower() in _STARTERS
