"""Figures that have changed places: each value is right, each owner is there, but not together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aligncheck.facts.match import fit
from aligncheck.facts.model import Fact
from aligncheck.facts.owners import Linker, Ownership, WordPair, told_apart
from aligncheck.facts.passage import Passage, Placed
from aligncheck.facts.units import unit_class
from aligncheck.model import Span

#: How much must speak for an exchange, and how many times what speaks against it.
_LEAST, _TIMES = 0.45, 2.5
#: Where the figures stand in the order of the source, so that the owners must have changed theirs: so
#: much in all, and so much from the words of each figure.
_LEAST_IN_ORDER, _LEAST_OF_EACH = 0.9, 0.3
#: For times and dates, and for counts of different things (6家, 200个): their words are more mixed.
_LEAST_MIXED = 0.8
_FROM_TO, _OPPOSITE = 1.6, 0.7
#: Figures that match at such a cost stand for each other, as words do; the number of 第三条 is a code in Article 3.
_SAME, _SAME_NUMBER = 0.6, 1.2
_MOST = 40  # figures of a kind in one passage; more is a table in one line
_ALIKE = frozenset(("share", "points", "multiple", "time", "ordinal"))
#: What stands between the texts of two passages that are looked at together.
JOINT = "\n"
_DIGITS = re.compile(r"\d+")


class Exchange(NamedTuple):
    """Two Chinese figures and the English ones of their values, which stand with each other's words."""

    zh: tuple[Placed, Placed]
    en: tuple[Placed, Placed]  # en[0] has the value of zh[0], and stands where that of zh[1] is due
    confidence: float
    owners: tuple[str, str]  # words that stand with zh[0] and zh[1]; empty where none is sure


def exchanges(passage: Passage, linker: Linker) -> Iterator[Exchange]:
    """The exchanged figures of one passage, each figure in one of them at most."""
    yield from _with_units(passage)
    groups = _groups(passage)
    if not groups:
        return
    words = _words(passage, linker)
    words += [
        _pair_of(passage.zh[i], passage.en[j], 1.0)
        for i, j, found in passage.pairs
        if found.cost <= (_SAME_NUMBER if passage.en[j].fact.kind == "code" else _SAME)
    ]
    for pairs in groups:
        yield from _among(passage, pairs, words)


def _with_units(passage: Passage) -> Iterator[Exchange]:
    """A count and a measure with each other's values: 7.5万株 and 3.2万公斤 as 32,000 and 75,000 kilograms."""
    counts, measures = [], []
    for i, j, _ in passage.pairs:
        a, b = passage.zh[i], passage.en[j]
        if a.fact.kind == b.fact.kind == "quantity" and "soft" not in (a.fact.weight, b.fact.weight):
            if not a.fact.unit and unit_class(b.fact.unit) in _MEASURED:
                counts.append((a, b))
            elif not b.fact.unit and unit_class(a.fact.unit) in _MEASURED:
                measures.append((a, b))
    if len(counts) == len(measures) == 1:
        (count, its), (measure, other) = counts[0], measures[0]
        if its.fact.unit == measure.fact.unit and count.fact.low != measure.fact.low:
            yield Exchange((count, measure), (its, other), 0.78, ("", ""))


_MEASURED = frozenset(("mass", "length", "area", "volume", "energy"))


def wanted(passage: Passage) -> bool:
    """Whether a passage has figures that could be exchanged at all."""
    return len(passage.pairs) > 1


def _words(passage: Passage, linker: Linker) -> list[WordPair]:
    pairs = [*linker(passage.zh_text, passage.en_text), *told_apart(passage.zh_text, passage.en_text)]
    return _without_rivals(pairs)


def _without_rivals(pairs: Sequence[WordPair]) -> list[WordPair]:
    """Pairs of words, weaker where another Chinese word has more of a claim to the English one."""
    best: dict[Span, float] = defaultdict(float)
    for _, en, strength in pairs:
        best[en] = max(best[en], strength)
    return [WordPair(zh, en, strength * strength / best[en]) for zh, en, strength in pairs if strength > 0]


def _pair_of(a: Placed, b: Placed, strength: float) -> WordPair:
    return WordPair(Span(a.start, a.end), Span(b.start, b.end), strength)


def _key(fact: Fact) -> tuple[object, ...] | None:
    """What figures must share to be taken for each other; None for those that are not looked at."""
    if fact.weight == "soft":
        return None
    if fact.kind == "quantity":
        return ("quantity", unit_class(fact.unit))
    if fact.kind == "date":
        return ("date", *(p is not None for p in fact.parts))
    if fact.kind == "code":  # N95 is not taken for SARS-CoV-2
        return ("code", _DIGITS.sub("", fact.text).casefold())
    return (fact.kind,) if fact.kind in _ALIKE else None


Group = list[tuple[int, int]]


def _groups(passage: Passage) -> list[Group]:
    """The matched pairs of facts, by what can be taken for each other; values that stand twice left out."""
    rows: dict[tuple[object, ...], Group] = defaultdict(list)
    for i, j, found in passage.pairs:
        key = _key(passage.zh[i].fact)
        if (
            key is not None
            and not _is_base(passage, i, j)
            and found.remark in ("", "direction", "by-to", "tense", "part")
            and _key(passage.en[j].fact) is not None
        ):
            rows[key].append((i, j))
    return [sorted(pairs) for pairs in rows.values() if 2 <= len(pairs) <= _MOST]


_PER = re.compile(r"\b(?:per|for\s+every|out\s+of|every)\s+$", re.I)


def _is_base(passage: Passage, i: int, j: int) -> bool:
    """Whether a pair is what something is counted by (每万人, per 10,000 people), and no figure of its own."""
    before = passage.zh_text[max(0, passage.zh[i].start - 1) : passage.zh[i].start]
    start = passage.en[j].start
    return before == "每" or _PER.search(passage.en_text, max(0, start - 12), start) is not None


def _among(passage: Passage, pairs: Group, words: Sequence[WordPair]) -> Iterator[Exchange]:
    zh_key = _key(passage.zh[pairs[0][0]].fact)
    mine = {j for _, j in pairs}
    en_keys = {_key(passage.en[j].fact) for j in mine}
    zh = [i for i, a in enumerate(passage.zh) if _key(a.fact) == zh_key]
    en = [j for j, b in enumerate(passage.en) if _key(b.fact) in en_keys]
    own = [Span(passage.zh[i].start, passage.zh[i].end) for i in zh]
    theirs = [Span(passage.en[j].start, passage.en[j].end) for j in en]
    figures = set(own)
    ownership = Ownership(
        passage.zh_text, passage.en_text, own, theirs, [w for w in words if w.zh not in figures]
    )
    options = []
    for n, (i, j) in enumerate(pairs):
        for k, m in pairs[n + 1 :]:
            if _alike(passage, (i, k), (j, m)):
                continue
            verdict = ownership.weigh((zh.index(i), en.index(j)), (zh.index(k), en.index(m)))
            for_it, against = verdict.exchanged, verdict.against
            said = _told_by_words(passage, (i, j), (k, m))
            if passage.zh[i].fact.kind == "ordinal" and said >= 0:
                continue  # 第九届第42次: only from one rank to another can be told
            for_it, against = for_it + max(-said, 0.0), against + max(said, 0.0)
            in_order = (i < k) == (j < m)
            if in_order and not said and verdict.weaker < _LEAST_OF_EACH:
                continue
            if for_it >= _least(passage, (i, k), in_order) and for_it >= _TIMES * against:
                options.append((for_it - _TIMES * against, i, j, k, m))
    options.sort(reverse=True)
    taken: set[int] = set()
    for score, i, j, k, m in options:
        if i in taken or k in taken:
            continue
        taken |= {i, k}
        yield Exchange(
            (passage.zh[i], passage.zh[k]),
            (passage.en[j], passage.en[m]),
            round(0.62 + 0.3 * min(1.0, score / 1.5), 2),
            (_owner(passage, ownership, zh.index(i)), _owner(passage, ownership, zh.index(k))),
        )


def _least(passage: Passage, zh: tuple[int, int], in_order: bool) -> float:
    if in_order:
        return _LEAST_IN_ORDER
    one, other = (passage.zh[n] for n in zh)
    if one.fact.kind in ("date", "time", "ordinal"):
        return _LEAST_MIXED
    if one.fact.kind == "quantity" and not one.fact.unit:
        signs = [passage.zh_text[f.end : f.end + 1] for f in (one, other)]
        if signs[0] != signs[1] or one.fact.relation is not other.fact.relation:
            return _LEAST_MIXED
    return _LEAST


def _owner(passage: Passage, ownership: Ownership, figure: int) -> str:
    words = ownership.words_of(figure)
    return passage.zh_text[words[0].zh.start : words[0].zh.end] if words else ""


_COUNTER_BETWEEN = re.compile("[批套组户]次?")


#: SHA1, MD5 and SHA2: codes in one list own each other as little as they are owned.
_OTHER_CODES = re.compile(r"(?:[A-Za-z][\w./-]*|\d[\w.-]*|[、，,/\s])*(?P<last>[和与及或]|以及)?", re.A)


def _listed(text: str, codes: Sequence[Placed]) -> bool:
    first, second = sorted(codes, key=lambda p: p.start)
    found = _OTHER_CODES.fullmatch(text, first.end, second.start)
    # In “RSA与SHA1、ECDHE与SHA2” each has its partner.
    return found is not None and not (found["last"] and text[first.start - 1 : first.start] in "和与及或")


def _alike(passage: Passage, zh: tuple[int, int], en: tuple[int, int]) -> bool:
    """Whether the two figures have one value, or one of them has a double: then nothing can be told."""
    one, other = (passage.zh[n].fact for n in zh)
    first, second = sorted((passage.zh[n] for n in zh), key=lambda p: p.start)
    if not one.unit and _COUNTER_BETWEEN.fullmatch(passage.zh_text, first.end, second.start):
        return True  # 五十七批一千八百余件: two counts of one thing
    if one.kind == "code" and _listed(passage.zh_text, [passage.zh[n] for n in zh]):
        return True
    if one.value == other.value or fit(one, passage.en[en[1]].fact) is not None:
        return True
    values = [a.fact.value for a in passage.zh if a.fact.kind == one.kind]
    return values.count(one.value) > 1 or values.count(other.value) > 1


# what the words of form around two figures say ---------------------

_ZH_FROM = re.compile("(?:由|从|自)[^，。；：、]{0,14}$")
_ZH_TO = re.compile("(?:[到至为成]|达到|调整为)(?:了|约|近|每[人年月天户亩])*(?:[^，。；、]{1,8}的)?$")
_EN_FROM = re.compile(
    r"\b(?:from|rather\s+than|instead\s+of|in\s+place\s+of|as\s+against|compared\s+(?:with|to)|short\s+of|used\s+to\s+[a-z]+|of\s+the\s+original)\s+(?:[\w'-]+\s+){0,3}(?:us\$|\$|rmb\s?|¥|€|£)?$",
    re.I,
)
_EN_TO = re.compile(r"\b(?:(?<!used\s)to|at)\s+(?:[\w'-]+\s+){0,2}(?:us\$|\$|rmb\s?|¥|€|£)?$", re.I)


def _role(text: str, start: int, language: str) -> str:
    before = text[max(0, start - 40) : start]
    away, towards = (_ZH_FROM, _ZH_TO) if language == "zh" else (_EN_FROM, _EN_TO)
    if towards.search(before):
        return "to"
    return "from" if away.search(before) else ""


def told_by_ends(zh_text: str, en_text: str, zh: tuple[Span, Span], en: tuple[Span, Span]) -> float:
    """Positive where from and to stand before the same of two things in both texts, negative across, else 0."""
    own = [_role(zh_text, span.start, "zh") for span in zh]
    theirs = [_role(en_text, span.start, "en") for span in en]
    if "" in theirs and len({*theirs, ""}) == 2:  # pays 70 percent rather than 50: one end tells the other
        rest = "to" if "from" in theirs else "from"
        theirs = [role or rest for role in theirs]
    if sorted(own) == sorted(theirs) == ["from", "to"]:
        return _FROM_TO if own == theirs else -_FROM_TO
    return 0.0


def _told_by_words(passage: Passage, one: tuple[int, int], other: tuple[int, int]) -> float:
    """Positive where from and to, or rise and fall, stand as they should, negative across."""
    zh, en = passage.zh, passage.en
    said = told_by_ends(
        passage.zh_text,
        passage.en_text,
        (Span(zh[one[0]].start, zh[one[0]].end), Span(zh[other[0]].start, zh[other[0]].end)),
        (Span(en[one[1]].start, en[one[1]].end), Span(en[other[1]].start, en[other[1]].end)),
    )
    ways = [f.fact.direction for f in (passage.zh[one[0]], passage.zh[other[0]])]
    theirs = [f.fact.direction for f in (passage.en[one[1]], passage.en[other[1]])]
    if sorted(ways) == sorted(theirs) == ["down", "up"]:
        said -= _OPPOSITE if ways != theirs else 0.0  # figures that fit have the same direction anyway
    return said


# figures that have changed places between two passages -------------------------------------


def across(
    passages: Sequence[Passage], linker: Linker, paired: bool, reach: int = 2
) -> Iterator[tuple[int, Exchange]]:
    """Exchanges between neighbouring passages, with the number of the first; marks their figures as done."""
    for n, first in enumerate(passages):
        if not _open(first):
            continue
        for m in range(n + 1, min(len(passages), n + reach + 1)):
            for exchange in _between(first, passages[m], linker, paired):
                yield n, exchange


def _open(passage: Passage) -> bool:
    return len(passage.zh_done) < len(passage.zh) and len(passage.en_done) < len(passage.en)


def _between(first: Passage, second: Passage, linker: Linker, paired: bool) -> Iterable[Exchange]:
    for i, m in _crossing(first, second):
        for k, j in _crossing(second, first):
            if i in first.zh_done or m in second.en_done or k in second.zh_done or j in first.en_done:
                continue
            a, b, c, d = first.zh[i], second.en[m], second.zh[k], first.en[j]
            if _key(a.fact) != _key(c.fact) or fit(a.fact, d.fact) is not None:
                continue
            joint, pairs = _joined(first, second, (i, m), (k, j))
            found = list(_among(joint, pairs, _words(joint, linker)))
            if not found and not paired:
                continue
            first.zh_done.add(i)
            second.en_done.add(m)
            second.zh_done.add(k)
            first.en_done.add(j)
            owners = found[0].owners if found else ("", "")
            yield Exchange((a, c), (b, d), 0.82 if found else 0.75, owners)


def _crossing(one: Passage, other: Passage) -> list[tuple[int, int]]:
    """Chinese figures of one passage and the English ones of another with the same value, both left over."""
    found = []
    for i, a in enumerate(one.zh):
        if i in one.zh_done or a.fact.weight != "strong" or _key(a.fact) is None:
            continue
        for j, b in enumerate(other.en):
            if j not in other.en_done and b.fact.weight != "soft":
                match = fit(a.fact, b.fact)
                if match is not None and not match.remark and match.cost < 0.45:
                    found.append((i, j))
    return found


def _joined(
    first: Passage, second: Passage, one: tuple[int, int], other: tuple[int, int]
) -> tuple[Passage, Group]:
    """Both passages as one, with the two pairs of figures in question."""
    zh_gap, en_gap = len(first.zh_text) + 1, len(first.en_text) + 1
    joint = Passage(
        [first.zh[one[0]], second.zh[other[0]].moved(zh_gap)],
        [first.en[other[1]], second.en[one[1]].moved(en_gap)],
        f"{first.zh_text}{JOINT}{second.zh_text}",
        f"{first.en_text}{JOINT}{second.en_text}",
    )
    return joint, [(0, 1), (1, 0)]
