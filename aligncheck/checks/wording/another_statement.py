"""Statements of another kind than the source's: completed for launched, may for shall, all for part.

The words lie in ``data/modes.txt``, in groups of classes that exclude each other.  Where an English
sentence has a word of one class, the Chinese clauses that it renders say another class of the same
group, nothing in them may lie behind the English word, and the sentence has no word for what the
Chinese says, the two clash.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage
from aligncheck.checks.lazy import Lazy
from aligncheck.checks.passages import judged
from aligncheck.checks.wording import tables
from aligncheck.checks.wording.fitting import calls_for, fitting
from aligncheck.checks.wording.linked import rendered_by
from aligncheck.model import Bitext, Hit, Message, Severity, Span, SpanRef


@dataclass(frozen=True, slots=True)
class Mode:
    """A class of a group: Chinese that says it, Chinese that may lie behind its English, its English."""

    name: str
    chinese: Lazy
    hints: Lazy
    english: Lazy
    maybe: Lazy  # English that may say it too: it excuses, but accuses of nothing
    sample: str


@dataclass(frozen=True, slots=True)
class Group:
    """Classes that exclude each other within one statement."""

    name: str
    confidence: float
    severity: Severity
    modes: tuple[Mode, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The table, parsed.

    Raises:
        ValueError: a row of the table is not in its form.
    """
    return tuple(
        Group(section.name, section.confidence, section.severity, tuple(map(_mode, section.rows)))
        for section in tables.sections(tables.lines("modes.txt"), columns=6)
    )


def _mode(row: tables.Row) -> Mode:
    name, chinese, hints, sure, maybe, sample = row.columns
    return Mode(
        name,
        Lazy(chinese),
        Lazy(hints),
        Lazy(rf"\b(?:{sure})\b", re.IGNORECASE),
        Lazy(rf"\b(?:{sure}|{maybe})\b", re.IGNORECASE),
        sample,
    )


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English statements whose kind clashes with that of the Chinese."""
    judgement = judged(bitext, context)
    for passage in judgement.passages:
        yield from (*clashes(passage), *subsets(passage))


#: Groups whose statement each verb of a list makes anew: how far a thing has got, yes or no.
_BY_PART = frozenset({"aspect", "negation", "study", "drive", "deontic"})


def clashes(passage: Passage) -> Iterator[Hit]:
    """The clashes of a passage, at most one a group and sentence."""
    for sentence, unit in enumerate(passage.english):
        clauses = rendered_by(passage, sentence)
        if unit.absent >= 0.5 or not clauses:
            continue
        pieces = _pieces(passage, sentence, clauses) if len(clauses) > 1 else {}
        for group in groups():
            hit = _clash(passage, sentence, clauses, group)
            if hit is None and group.name in _BY_PART:
                hit = next(
                    filter(None, (_clash(passage, sentence, [n], group, p) for n, p in pieces.items())), None
                )
            if hit is not None:
                yield hit


_BORDER = re.compile(r"[,;] (?:and )?| and ")


def _pieces(passage: Passage, sentence: int, clauses: list[int]) -> dict[int, Span]:
    """The part of a sentence, between commas and “and”, that renders a clause, for the clauses where that is clear."""
    unit = passage.english[sentence]
    cuts = [0, *(m.end() for m in _BORDER.finditer(unit.text)), len(unit.text)]
    spans = [Span(a, b) for a, b in itertools.pairwise(cuts) if b > a]
    if len(spans) < 2:
        return {}
    columns = [
        [
            j
            for j, w in zip(passage.columns[sentence], unit.words, strict=True)
            if span.start <= w.start < span.end
        ]
        for span in spans
    ]
    shares = np.zeros((len(clauses), len(spans)))
    for at, n in enumerate(clauses):
        weights = np.array([w.weight for w in passage.chinese[n].words])
        for k, wanted in enumerate(columns):
            if len(wanted) and weights.sum() > 0:
                best = passage.words[np.ix_(passage.rows[n], wanted)].max(axis=1)
                shares[at, k] = float((weights * best).sum() / weights.sum())
    found: dict[int, Span] = {}
    for at, n in enumerate(clauses):
        k = int(shares[at].argmax())
        share = shares[at, k]
        rivals = [*np.delete(shares[at], k), *np.delete(shares[:, k], at)]
        if share >= 0.45 and max(rivals, default=0.0) <= 0.6 * share:
            found[n] = spans[k]
    return found


def _clash(
    passage: Passage, sentence: int, clauses: list[int], group: Group, piece: Span | None = None
) -> Hit | None:
    unit = passage.english[sentence]
    start, end = (piece.start, piece.end) if piece else (0, len(unit.text))
    texts = [passage.chinese[n].text for n in clauses]
    said = [m for m in group.modes if any(m.chinese.search(t) for t in texts)]
    if not said:
        return None
    for mode in said:
        if mode.maybe.search(unit.text, start, end):
            continue
        for other in group.modes:
            spot = other.english.search(unit.text, start, end)
            if other in said or spot is None or any(other.hints.search(t) for t in _bare(texts, mode)):
                continue
            at = next(n for n in clauses if mode.chinese.search(passage.chinese[n].text))
            clause = passage.chinese[at]
            match = mode.chinese.search(clause.text)
            assert match is not None
            # The more clauses a sentence runs together, the less sure whose word it is.
            doubt = 0.03 * max(0, len(clauses) - 2) + 0.3 * max(clause.absent - 0.2, unit.absent - 0.2, 0)
            return _hit(
                group,
                mode,
                SpanRef(clause.ref.block, clause.ref.start + match.start(), clause.ref.start + match.end()),
                match.group().strip("，。；,"),
                SpanRef(unit.ref.block, unit.ref.start + spot.start(), unit.ref.start + spot.end()),
                _shown(unit.text, spot, mode),
                doubt,
            )
    return None


_STATED = re.compile(r"(?:\s[\w-]+){0,2}")


def _shown(text: str, spot: re.Match[str], mode: Mode) -> str:
    """The words to show: where a denial is lost, what is stated instead and not its “is” alone."""
    if mode.sample != "not":
        return spot.group()
    rest = _STATED.match(text, spot.end())
    return spot.group() + (rest.group() if rest else "")


def _bare(texts: list[str], mode: Mode) -> list[str]:
    """The texts without the words of a class, so that these do not excuse the other class."""
    return [mode.chinese.sub("□", t) for t in texts]


def _hit(group: Group, mode: Mode, chinese: SpanRef, zh: str, english: SpanRef, en: str, doubt: float) -> Hit:
    return Hit(
        calls_for(zh, mode.sample, en),
        (chinese,),
        (english,),
        max(0.3, group.confidence - doubt),
        severity=group.severity,
        suggestion=fitting(mode.sample, en.split(" ")[0] if mode.sample == "not" else en),
        evidence=(("contrast", group.name), ("Chinese", zh), ("English", en)),
    )


_NUMBER = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "fifty": "50",
}  # fmt: skip
_COUNT = r"(?:\d[\d,]*|" + "|".join(_NUMBER) + r")"
_SUBSET = re.compile(
    rf"\bincluding {_COUNT}\b|\b(?:complete|finish|\w+ed|\w+ing) {_COUNT} of (?:these|those|them|which|the)\b"
    rf"|\b{_COUNT} of (?:these|those|them|which)\b|\b(?:of|among) (?:which|these|those|them),? {_COUNT}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(_COUNT, re.IGNORECASE)
_WHOLE_NAMED = re.compile(r"其中|包括|包含|含|当中|之中|内有|里有|如|等")
#: A count that a verb of its own governs: 完工200个, not 境内184公里.
_ZH_DONE = re.compile(
    r"(?:开工|完工|完成|建成|新建|改造|改建|扩建|启动|组织|新增|建设|培育|引进|整治|修建|修缮|实施|举办|推广|投放|开通|开设"
    r"|创建|打造|评选|认定|拆除|植树|招聘|招收|投产|竣工|续建|签约|落地|增设|设立|开办|新设|受理|办结|回收|更新|购置|安装)"
    r"[^，。；、,;\d]{0,8}$"
)
_ZH_COUNT = re.compile(r"\d[\d,]*(?!\d)(?!年|月|日|%|\.)|[一二两三四五六七八九十]+(?=[个项家座条台处名所套])")


def subsets(passage: Passage) -> Iterator[Hit]:
    """Report counts that the Chinese sets side by side and the English makes one a part of the other."""
    for sentence, unit in enumerate(passage.english):
        spot = _SUBSET.search(unit.text)
        if spot is None or unit.absent >= 0.5:
            continue
        count = _FIGURE.findall(spot.group())[0]
        figure = _NUMBER.get(count.lower(), count.replace(",", ""))
        clauses = rendered_by(passage, sentence)
        texts = [passage.chinese[n].text for n in clauses]
        if any(_WHOLE_NAMED.search(t) for t in texts):
            continue
        counts = [(n, m) for n in clauses for m in _ZH_COUNT.finditer(passage.chinese[n].text)]
        mine = [(n, m) for n, m in counts if _digits(m.group()) == figure]
        if len(counts) < 2 or not mine:
            continue
        at, match = mine[0]
        clause = passage.chinese[at]
        if not _ZH_DONE.search(clause.text[: match.start()]):
            continue
        yield Hit(
            Message(
                f"The Chinese counts {match.group()} by itself; “{spot.group()}” makes it a part of another figure.",
                f"原文中{match.group()}单独计数，译文“{spot.group()}”却把它说成另一数字的一部分。",
            ),
            (SpanRef(clause.ref.block, clause.ref.start, clause.ref.end),),
            (SpanRef(unit.ref.block, unit.ref.start + spot.start(), unit.ref.start + spot.end()),),
            0.85,
            evidence=(("contrast", "subset"), ("Chinese", clause.text), ("English", spot.group())),
        )


_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _digits(text: str) -> str:
    """The figure of a short Chinese number below one hundred, or of digits, as plain digits."""
    if text[0].isdigit():
        return text.replace(",", "")
    tens, ten, ones = text.partition("十")
    if not ten:
        return str(_DIGITS.get(text, 0))
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))


CHECKS = (carded(__name__, "another-statement", run=run),)
