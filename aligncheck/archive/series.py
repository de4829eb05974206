"""Figures of one series that documents state differently: last year's report says 3.2 million, this year's 3.4 of then.

A worker notes what each document states of a year that it names ("2020年地区生产总值达到36102.6亿元", "GDP reached
3.61 trillion yuan in 2020"): subject, year, measure, value.  Afterwards the notes of documents of one name but for
the year are put side by side.  Only a plain statement counts: no plans, bounds, parts of years, or what another year
is compared with; and only a difference that no rounding explains.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from aligncheck.facts import Fact, extract
from aligncheck.facts.model import Relation, whole
from aligncheck.model import Report

if TYPE_CHECKING:
    from aligncheck.archive.store import Store

#: What is planned, expected or a part of another figure is no statement of what was.
_PLANS = {
    "zh": re.compile(
        "其中|将|力争|争取|预计|预期|计划|规划|目标|预算|确保|(?<!主|重|需|首|纲|摘|概)要(?!素|求|闻)|拟|左右"
    ),
    "en": re.compile(
        r"\b(?:of which|of them|will|shall|would|should|plan|plans|planned|target|targets|targeted|expect|expected|"
        r"forecast|budget|budgeted|aim|aims|goal|strive|strives|estimated|projected)\b",
        re.I,
    ),
}
#: In Chinese the subject stands before the figure, with a word of being or reaching between them, or none.
_REACHED_ZH = re.compile(
    "(?:已经?)?(?:分别)?(?:(?:增长|增加|提高|上升|下降|减少|降低)[到至为]|达到了?|达|为|是|共计|合计|总计|共|实现|完成)$"
)
_HEAD_ZH = re.compile(
    "^(?:我国|我省|我市|我县|全国|全省|全市|全区|全县|全年|当年|年末|年底|末|底|度|[的，、])+"
)
#: In English the subject ends where one of these begins, straight before the figure.
_REACHED_EN = re.compile(
    r"\s+(?:has |had )?(?:reached|was|were|stood at|totall?ed|amounted to|came to|hit|(?:rose|grew|"
    r"increased|fell|dropped) to)(?: a total of)?\s*$",
    re.I,
)
_HEAD_EN = re.compile(
    r"^(?:\W|\b(?:and|the|our|its|total|of which|while|with|a|an|in|by the end of|at the end of)\b)+", re.I
)
#: A year behind one of these is what something is compared with, or where it begins or ends.
_OTHER_YEAR = {
    "zh": re.compile("(?:比|较|从|自|由|到|至|于|—|-|–|超过|相当于)$"),
    "en": re.compile(
        r"\b(?:than|from|since|to|by|until|over|on|compared with|between|against|versus)"
        r"(?: that of| those of)?(?: the)?(?: end of)?\s*$",
        re.I,
    ),
}
_NAMED = {
    "zh": re.compile(r"\d{4}|[零〇一二三四五六七八九]{4}年|[去上]一?年"),
    "en": re.compile(r"\d{4}|\b(?:last|previous) year", re.I),
}
_SENTENCE_PARTS = {"zh": re.compile("[，；。：;,:（）()]"), "en": re.compile(r"[,;:()](?=\s)")}
_HAN = re.compile(r"[\u3400-\u9fff]")
#: A subject is no shorter, and no longer: that would be half a sentence.
_SHORTEST, _LONGEST = {"zh": 3, "en": 3}, {"zh": 20, "en": 70}
#: Sentences are kept up to here, in characters.
_SHOWN = 300


class Figure(NamedTuple):
    """What is stated of a year: the columns of the store's table, ``line`` None where it is not known."""

    language: str
    subject: str
    of_year: str
    measure: str
    value: str
    text: str
    sentence: str
    line: int | None


def figures_of(report: Report, year: str = "") -> Iterator[Figure]:
    """What the documents of a report state of years that they name; ``year``: the documents' own, for "last year"."""
    for document in (report.source, report.target):
        if document is not None and document.language in ("zh", "en"):
            for block in document.blocks:
                for segment in block.segments:
                    line = block.locate(segment.start)[0] or block.place.line
                    yield from stated(segment.text, document.language, year, line)


def stated(text: str, language: str, now: str = "", line: int | None = None) -> Iterator[Figure]:
    """The figures that a sentence states of years that it names, each with its subject."""
    if _PLANS[language].search(text) or not _NAMED[language].search(text):
        return
    facts = extract(text, "zh" if language == "zh" else "en")
    years = []
    for fact in facts:
        if _OTHER_YEAR[language].search(text[: fact.span.start].rstrip()):
            continue
        year = _year_of(fact, now)
        if year is not None:
            years.append((fact, year))
        elif fact.kind in ("period", "years", "relative", "date"):
            return  # half a year, a month, a plan's five years: which year a figure belongs to is not plain
    if not years:
        return
    borders = [0, *(m.end() for m in _SENTENCE_PARTS[language].finditer(text)), len(text)]
    for fact in facts:
        if not _is_level(fact):
            continue
        start = max(b for b in borders if b <= fact.span.start)
        end = min(b for b in borders if b >= fact.span.end)
        of_year = _governing(years, fact, start, end)
        subject = _subject(text, start, fact, facts, language)
        if of_year is None or subject is None:
            continue
        count = text[fact.span.end : fact.span.end + 1] if language == "zh" and not fact.unit else ""
        count = count if _HAN.match(count) else ""
        yield Figure(
            language,
            subject,
            of_year,
            fact.unit or count or fact.kind,
            f"{whole(fact.low)}±{whole(fact.step)}",
            text[fact.span.start : fact.span.end] + count,
            text[:_SHOWN],
            line,
        )


def _year_of(fact: Fact, now: str) -> str | None:
    """The year that a fact names, where it names nothing else; ``now``: the year of the document, or nothing."""
    if fact.part not in ("", "late"):
        return None
    if fact.kind == "date":
        return str(fact.parts[0]) if fact.parts[0] is not None and fact.parts[1] is None else None
    last = fact.kind == "relative" and fact.label == "year:-1" and now.isdigit()
    return str(int(now) - 1) if last else None


def _is_level(fact: Fact) -> bool:
    """Whether a fact says how much something is, plainly: no bound, no range, no growth."""
    return (
        fact.kind in ("quantity", "share")
        and fact.weight == "strong"
        and fact.relation is Relation.EXACT
        and fact.high is None
        and fact.change in ("", "to")
        and fact.unit != "year"
    )


def _governing(years: Sequence[tuple[Fact, str]], fact: Fact, start: int, end: int) -> str | None:
    """The year that a figure is of: the only one of its part of the sentence, else the last one before it."""
    here = [year for named, year in years if start <= named.span.start < end]
    before = [year for named, year in years if named.span.end <= fact.span.start]
    chosen = here if here else before[-1:]
    return chosen[0] if len(chosen) == 1 else None


def _subject(text: str, start: int, fact: Fact, facts: Sequence[Fact], language: str) -> str | None:
    """What a figure tells of, as its part of the sentence says; None where that is not plain."""
    inside = [f for f in facts if start <= f.span.start < fact.span.start]
    if any(f.kind not in ("date", "relative") and f.weight != "soft" for f in inside):
        return None  # another figure stands between
    begin = max((f.span.end for f in inside), default=start)
    said = text[begin : fact.span.start]
    if language == "zh":
        subject = _HEAD_ZH.sub("", _REACHED_ZH.sub("", said.strip()))
        fits = bool(re.fullmatch(r"[\u3400-\u9fffA-Za-z“”]+", subject)) and subject[-1:] not in "从由比较"
    else:
        head = _REACHED_EN.search(said)
        if head is None:
            return None
        subject = _HEAD_EN.sub("", said[: head.start()]).lower()
        fits = bool(re.fullmatch(r"[a-z][a-z' /&-]+", subject)) and not re.search(
            r"\b(?:this|that|it|which|they|these|he|she|there)\b", subject
        )
    return subject if fits and _SHORTEST[language] <= len(subject) <= _LONGEST[language] else None


def family_of(path: str) -> str:
    """What documents of one series have in common: the name without its figures."""
    return re.sub(r"[\W_]*\d+[\W_]*年?", " ", path).strip().lower()


def find_contradictions(store: Store) -> None:
    """Find figures of one series and year that documents of one name state differently, and keep them in the store."""
    rows = store.rows(
        "SELECT f.language, f.subject, f.of_year, f.measure, f.value, f.text, f.unit, u.year, f.sentence, f.line, "
        "u.source, u.target FROM figure f JOIN unit u ON u.id = f.unit "
        "ORDER BY f.language, f.subject, f.of_year, f.measure, u.year, f.unit, f.position"
    )
    found: list[tuple[Any, ...]] = []
    series = 0
    for _, some in groupby(rows, key=lambda r: tuple(r[n] for n in range(4))):
        families: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in some:
            families[family_of(row["source"])].append(tuple(row)[:10])
        for _, stated_ in sorted(families.items()):
            if _contradict(stated_):
                found += [(series, n, *row) for n, row in enumerate(stated_)]
                series += 1
    store.put_contradictions(found)


def _contradict(rows: Sequence[tuple[Any, ...]]) -> bool:
    """Whether two documents state values that no rounding makes one."""
    values = [(row[6], *map(Fraction, row[4].split("±"))) for row in rows]
    return any(
        a[0] != b[0] and abs(a[1] - b[1]) > max(a[2], b[2])
        for n, a in enumerate(values)
        for b in values[n + 1 :]
    )
