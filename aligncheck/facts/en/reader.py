"""The reader of English text: which grammar takes what begins at a digit or a word that can state a fact."""

# ruff: noqa: E501 - patterns and tables read better unbroken

from __future__ import annotations

import re

from aligncheck.facts.en.amounts import quantity
from aligncheck.facts.en.clock import worded_time
from aligncheck.facts.en.codes import code
from aligncheck.facts.en.dates import dated_digits, month
from aligncheck.facts.en.ordinals import ordinal_digits, ordinal_words, structure_range
from aligncheck.facts.en.patterns import BLANK, MONTHS
from aligncheck.facts.en.shares import fraction, share_or_ratio
from aligncheck.facts.en.words import one_of, worded
from aligncheck.facts.model import Fact
from aligncheck.facts.numerals import (
    ONES,
    ORDINAL_ONES,
    ORDINAL_SCALES,
    ORDINAL_TENS,
    SCALES,
    TENS,
    parse_roman,
)
from aligncheck.facts.scan import Scan, run
from aligncheck.facts.trie import alternation
from aligncheck.model import Span

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {day + plural: number for number, day in enumerate(_DAYS, 1) for plural in ("", "s")}

_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")

_MANY_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s?:\s?\d+(?:\.\d+)?){2,}")

_NOTE_MARK = re.compile(r"\d{1,3}\]")

_FOLD = {
    0xA0: " ",
    0x2009: " ",
    0x202F: " ",
    ord("’"): "'",
    ord("‘"): "'",
    ord("−"): "-",
    ord("‑"): "-",
    ord("‐"): "-",
} | {ord("０") + i: str(i) for i in range(10)}

_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")

_STARTERS = sorted({
    *ONES, *TENS, *SCALES, *(s + "s" for s in SCALES), "dozen", "dozens", "half", "halved", "halve", "halving", "halves", "doubled",
    "double", "doubling", "doubles", "tripled", "triple", "tripling", "trebled", "quadrupled", "quadruple", "quadrupling",
    "twice", "thrice", "quarter", "third", "tens", "scores", "several", "both", "twin", "dual", "pair", "couple", "trio", "single",
    "decade", "decades", "century", "centenary", "centennial", "bicentennial", "fortnight", "annual", "biennial", "octogenarian",
    *ORDINAL_ONES, *ORDINAL_TENS, *ORDINAL_SCALES, *MONTHS, *WEEKDAYS, "last", "this", "next", "previous", "past", "coming", "following", "preceding", "current", "present", "incoming", "outgoing", "mid", "middle",
    "yesterday", "today", "tonight", "tomorrow", "phase", "grade", "level", "tier", "part", "class", "q1", "q2", "q3", "q4", "h1", "h2", "twofold",
    "threefold", "fourfold", "fivefold", "sixfold", "tenfold", "sevenfold", "eightfold", "firstly", "secondly", "thirdly",
    "fourthly", "fifthly", "lastly", "midyear", "noon", "midnight", "quintupled", "stage", "type", "category", "daily", "chapter", "chapters", "phases", "parts", "stages", "grades",
    "hundredfold", "the year before", "half-year", "biannual", "year-end", "primary", "secondary", "quadricentennial", "lunar",
    "sesquicentennial", "semiannual", "monthly", "weekly", "quarterly",
})  # fmt: skip

#: Louis XIV, World War II: the number of a name.
_ROMAN = r"(?<=[a-z] )[ivx]{2,5}(?![a-z'])"
#: more than an hour, the end of the year: words that are figures there alone.  What stands before is looked at last: the
#: pattern is tried at every place of the text.
_ONE_OF = (
    r"an?(?= (?:second|minute|hour|day|week|month|year|decade|century|kilometer|mile|ton)\b)"
    r"(?:(?<=(?:than|over) a)|(?<=(?:than|over) an)|(?<=(?:least|under) a)|(?<=(?:least|under) an))"
    r"|(?:year(?<=of the year)|month(?<=of the month))(?![a-z-])"
)
_START = re.compile(
    r"(?:\d|(?<![a-z0-9])" + alternation(_STARTERS) + r"(?![a-z])|" + _ROMAN + "|" + _ONE_OF + ")"
)
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+ $")

_ITEM_START = re.compile(
    r"(?m)(?:^|(?<=[\n]))\s*(?:\(?([IVXLC]{1,6}|\d{1,2}|[ivx]{1,5})[.)]\s|\(([IVXivx]{1,5}|\d{1,2})\))"
)


def extract(text: str) -> tuple[Fact, ...]:
    """The facts of an English text in order of their place; see :class:`Fact`."""
    folded = text if text.isascii() else _FOLDED.sub(lambda sign: _FOLD[ord(sign.group())], text)
    lower = folded.lower()
    if len(lower) != len(folded):  # a letter whose small form is longer: keep the places right
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    scan = Scan(lower, folded, text, ahead=False)
    return run(
        scan, _START, lambda s, found: take(s, found.start(), found.group()), _list_marks(folded, text)
    )


_DAY_SIDE = re.compile(r"\b(last|this|next)\s$")


def _list_marks(text: str, raw: str) -> list[Fact]:
    marks = []
    for found in _ITEM_START.finditer(text):
        sign = found.group(1) or found.group(2)
        value = int(sign) if sign.isdigit() else parse_roman(sign.upper())
        if value and value < 60:
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            span = Span(start, found.end() - (1 if found.group()[-1].isspace() else 0))
            label = "." if found.group(1) else "()"
            marks.append(Fact("item", span, raw[span.start : span.end], low=value, label=label, words=span))
    return marks


def take(scan: Scan, at: int, word: str) -> None:
    """Let the grammar read what begins at ``at`` with ``word``, if it states anything."""
    if word[0].isdigit():
        _take_digits(scan, at)
        return
    if word in ("a", "an"):
        one_of(scan, at, len(word))
        return
    if word in MONTHS and month(scan, at):
        return
    if word in MONTHS and word not in ("second",):
        return
    if word in WEEKDAYS:
        before = _DAY_SIDE.search(scan.text, max(0, at - 6), at)
        tense = {"last": "past", "this": "this", "next": "coming"}[before.group(1)] if before else ""
        scan.add("weekday", at, at + len(word), low=WEEKDAYS[word], tense=tense)
        return
    if (word in ("half", "quarter") or word in ONES) and worded_time(scan, at):
        return
    if worded(scan, at, word):
        return
    if _regnal(scan, at, word):
        return
    if ordinal_words(scan, at):
        return
    if fraction(scan, at):
        return
    if word in ONES or word in TENS or word in SCALES or word == "dozen":
        quantity(scan, at)


def _take_digits(scan: Scan, at: int) -> None:
    text = scan.text
    if at and text[at - 1] in "0123456789":
        return
    if at and text[at - 1] == "[" and (note := _NOTE_MARK.match(text, at)):
        scan.end = note.end()
        return
    if many := _MANY_RATIO.match(text, at):
        label = BLANK.sub("", many.group())
        if not _CLOCK.fullmatch(label):
            scan.add("code", at, many.end(), label=label, note="ratio")
            return
    if structure_range(scan, at):
        return
    if code(scan, at) or dated_digits(scan, at) or ordinal_digits(scan, at) or share_or_ratio(scan, at):
        return
    quantity(scan, at)


def _regnal(scan: Scan, at: int, word: str) -> bool:
    """The number of a name: Louis XIV, World War II."""
    value = parse_roman(scan.cased[at : at + len(word)]) if word[0] in "ivx" else None
    if not value:
        return False
    if _NAME_BEFORE.search(scan.cased, max(0, at - 20), at):
        scan.add("ordinal", at, at + len(word), low=value, weight="weak", note="regnal")
    return True
