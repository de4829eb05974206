"""Spellings of one English document that do not agree with each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.surface.texts import addresses, at, inside, sign_before, texts
from aligncheck.data import grammar
from aligncheck.model import Document, Hit, Message, SpanRef

_WORDS = {name: text.split() for name, text in grammar("aligncheck.checks", "spelling.toml").items()}
#: American and British spellings of one word; stems of verbs in -ize; words with two spellings in either country.
_US_UK = tuple(tuple(pair.split("/")) for pair in _WORDS["countries"])
_STEMS = frozenset(_WORDS["stems"])
_TWINS = tuple(tuple(pair.split("/")) for pair in _WORDS["twins"])
_IZE = re.compile(r"\b([a-z]{3,})(i[sz])(e|ed|es|ing|ation|ations|er|ers)\b")
_HYPHENATED = re.compile(r"\b([a-z]{2,})-([a-z]{3,})\b")
#: Prefixes with which hyphen and no hyphen make two different words.
_OTHER_WORD = frozenset("re-form re-cover re-sign re-sort re-create re-present re-lease re-press".split())
#: From so many uses on, a prefix with and without hyphen is worth an editor's time.
_OFTEN = 3


def run(document: Document, context: Context) -> Iterator[Hit]:
    """Report the rarer of two spellings of one word."""
    places: dict[str, list[SpanRef]] = defaultdict(list)
    for block in texts(document):
        skipped = addresses(block.text)
        for match in re.finditer(r"(?<![\w-])[A-Za-z][a-z]+(?:-[a-z]+)*(?![\w-])", block.text):
            word = match.group()
            if inside(match.start(), skipped) or _in_name(block.text, match):
                continue
            places[word.lower()].append(at(block, *match.span()))
    reported: set[str] = set()
    for one, other, confidence in _pairs(places):
        if one in reported or other in reported:
            continue
        reported |= {one, other}
        few, many = sorted((one, other), key=lambda w: len(places[w]))
        yield Hit(
            Message(
                f"“{few}” ({len(places[few])}) beside “{many}” ({len(places[many])}): choose one spelling.",
                f"“{few}”（{len(places[few])}处）与“{many}”（{len(places[many])}处）拼写不一致。",
            ),
            source=tuple(places[few][:6]),
            confidence=confidence,
            suggestion=many if len(places[many]) > len(places[few]) else "",
            evidence=((few, str(len(places[few]))), (many, str(len(places[many])))),
        )
    yield from _countries(places, reported)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """A capitalised word that does not begin its sentence belongs to a name with a spelling of its own."""
    if not match.group()[0].isupper():
        return False
    before = sign_before(text, match.start())
    return bool(before) and before not in '.!?:;“"•·])'


def _pairs(places: dict[str, list[SpanRef]]) -> Iterator[tuple[str, str, float]]:
    for pairs, confidence in ((_US_UK, 0.85), (_TWINS, 0.75)):
        for one, other in pairs:
            for ending in ("", "s", "ed", "ing", "d"):
                if one + ending in places and other + ending in places:
                    yield one + ending, other + ending, confidence
                    break
    for word in list(places):
        match = _IZE.fullmatch(word)
        if match and match.group(2) == "is" and match.group(1) in _STEMS:
            twin = match.group(1) + "iz" + match.group(3)
            if twin in places:
                yield twin, word, 0.85
        hyphenated = _HYPHENATED.fullmatch(word)
        if hyphenated and word not in _OTHER_WORD:
            closed = hyphenated.group(1) + hyphenated.group(2)
            if closed in places and len(closed) >= 8:
                # Once each may be two writers' habits; a text that goes on so wants a rule.
                often = len(places[closed]) + len(places[word]) >= _OFTEN
                yield closed, word, 0.6 if often else 0.45


def _spelt_alike(us: str, uk: str, ending: str) -> bool:
    """Whether a form is spelt one way in both countries: fulfilled (of fulfil too), licensed (a verb has its s)."""
    doubled = us == uk + uk[-1]
    verb = us.endswith("nse") and uk.endswith("nce")
    return ending in ("ed", "ing", "d") and (doubled or verb)


def _countries(places: dict[str, list[SpanRef]], reported: set[str]) -> Iterator[Hit]:
    """Words of British spelling in an American text and the reverse, though no word is spelt both ways."""
    counts: Counter[str] = Counter()
    words: dict[str, list[str]] = {"US": [], "UK": []}
    for us, uk in _US_UK[:-1]:  # "toward" and "towards" are both American
        for ending in ("", "s", "ed", "ing", "d"):
            if _spelt_alike(us, uk, ending):
                continue
            for country, word in (("US", us + ending), ("UK", uk + ending)):
                if (
                    word in places
                    and word not in reported
                    and word not in ("licenses", "practices", "dialogue")
                ):
                    counts[country] += len(places[word])
                    words[country].append(word)
    for word in places:
        match = _IZE.fullmatch(word)
        # -ize is British too; only -ise tells a country.
        if match and match.group(2) == "is" and match.group(1) in _STEMS and word not in reported:
            counts["UK"] += len(places[word])
            words["UK"].append(word)
        elif match and match.group(2) == "iz":
            counts["US"] += len(places[word])
    few, many = sorted(("US", "UK"), key=lambda c: counts[c])
    if not counts[few] or counts[many] < 3 * counts[few] or counts[many] < 3:
        return
    adjective = {"US": ("American", "美式"), "UK": ("British", "英式")}
    for word in words[few]:
        yield Hit(
            Message(
                f"“{word}” is {adjective[few][0]} spelling in a text that otherwise spells the "
                f"{adjective[many][0]} way.",
                f"“{word}”是{adjective[few][1]}拼写，而全文以{adjective[many][1]}拼写为主。",
            ),
            source=tuple(places[word][:6]),
            confidence=0.65,
        )


CHECKS = (carded(__name__, "spelling-variants", run_document=run),)
