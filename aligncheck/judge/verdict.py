"""How sure a finding of meaning is: what a check says, weighed with what the word model reads at the same words.

No rule fires alone.  A check names a place and a reason; the probability that an editor would agree is read off a
logistic model for each check over the judge's doubts at the place and the bead's own state.  They are fitted on
documents and genres that the word model was not taught on (``benchmarks/judge/fit_verdict.py``), for texts as
people bring them: mostly right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np

from aligncheck.data import weights
from aligncheck.encode.pairs import Table
from aligncheck.judge.reading import Read, covered
from aligncheck.model import Bead, Bitext, Hit, Message, Severity, SpanRef


class Named(Protocol):
    """A check, as far as it matters here."""

    @property
    def name(self) -> str:
        """The check's name."""
        ...


T = TypeVar("T", bound=Named)
#: What the words of a right translation are doubted on average.
_QUIET = 0.02
#: A doubt elsewhere in the bead counts from here on: that all else agrees speaks for no one.
_RIVAL = 0.2
#: In a bead of fewer Chinese words there is less beside a word that speaks for or against it: doubts weigh otherwise.
_SHORT = 30
#: From this confidence on a finding of meaning is stated and may be major; under it, it asks.
STATED = 0.8

#: The checks of meaning: those whose findings are weighed here.
OF_MEANING = frozenset(
    """omission lost-qualifier missing-words addition unbacked-word added-words wrong-sentence
    another-statement look-alike-term reversed-meaning negation small-words other-meaning missing-item""".split()
)

#: What a check without fitted weights, for want of cases, is trusted at most: it asks.
UNFITTED = 0.6


class Index:
    """The beads of a pair by the blocks that they touch, for looking up what was read at a place."""

    def __init__(self, bitext: Bitext, reads: Sequence[Read]) -> None:
        self.reads = reads
        self.beads = bitext.beads
        self._chinese: dict[int, list[int]] = defaultdict(list)
        self._english: dict[int, list[int]] = defaultdict(list)
        for read in reads:
            for side, table in ((read.chinese, self._chinese), (read.english, self._english)):
                for block in dict.fromkeys(w.block for w in side):
                    table[block].append(read.number)

    def weighed(self, found: Iterable[tuple[T, Hit]]) -> list[tuple[T, Hit]]:
        """The hits with their confidence as the judge sees it; those that are not of meaning stay as they are.

        A hit that is only a doubt asks, and is minor.
        """
        out = []
        for check, hit in found:
            if check.name in OF_MEANING:
                said = describe(hit.source, hit.target, hit.confidence, self)
                hit = settled(hit, confidence(check.name, said))
            out.append((check, hit))
        return out

    def touched(
        self, zh: Sequence[SpanRef], en: Sequence[SpanRef]
    ) -> list[tuple[Read, list[int], list[int]]]:
        """The readings that the spans touch, with the numbers of the words touched on either side."""
        numbers = {n for s in zh for n in self._chinese.get(s.block, ())}
        numbers |= {n for s in en for n in self._english.get(s.block, ())}
        found = []
        for number in sorted(numbers):
            read = self.reads[number]
            rows, columns = covered(read.chinese, zh), covered(read.english, en)
            if rows or columns:
                found.append((read, rows, columns))
        return found


def describe(zh: Sequence[SpanRef], en: Sequence[SpanRef], said: float, index: Index) -> dict[str, float]:
    """The features of a finding that marks Chinese and English spans, by name.

    ``said``: the confidence that the check itself gives.
    """
    wide_en = [s for s in en if s.end > s.start]
    parts = index.touched(zh, wide_en)
    values: dict[str, list[float]] = defaultdict(list)
    around_z: list[float] = []
    around_e: list[float] = []
    rivals_z: list[float] = []
    alone = sure = unmet = 0.0
    linked = [0.0, 0.0]
    sizes = [0, 0]
    for read, rows, columns in parts:
        rows = [i for i in rows if read.chinese[i].weight > 0] or rows
        columns = [j for j in columns if read.english[j].weight > 0] or columns
        values["missing"] += read.missing[rows].tolist()
        values["wrong zh"] += read.wrong_zh[rows].tolist()
        values["wrong en"] += read.wrong_en[columns].tolist()
        values["added"] += read.added[columns].tolist()
        values["loose zh"] += (1 - read.links.max(1, initial=0.0))[rows].tolist()
        values["loose en"] += (1 - read.links.max(0, initial=0.0))[columns].tolist()
        doubtful_z = np.maximum(read.wrong_zh, read.missing)
        partners_e = read.partners(rows, english=False)
        partners_z = read.partners(columns, english=True)
        values["partner en"] += read.doubtful[partners_e].tolist()
        values["partner zh"] += doubtful_z[partners_z].tolist()
        around_z += _outside(read.missing, rows)
        around_e += _outside(read.doubtful, columns)
        rivals_z += _outside(doubtful_z, rows)
        sizes = [sizes[0] + len(read.chinese), sizes[1] + len(read.english)]
        bead = index.beads[read.number]
        unmet = max(unmet, float(not read.unmet.isdisjoint((*rows, *partners_z))))
        alone = max(alone, float(not read.chinese or not read.english))
        sure = max(sure, bead.score if bead.score is not None else 0.9)
        linked = [max(linked[0], _linked(bead, zh, 0)), max(linked[1], _linked(bead, wide_en, 1))]
    found = {"bias": 1.0, "said": _logit(said), "alone": alone, "bead": sure, "unmet": unmet}
    for name in (
        "missing",
        "wrong zh",
        "wrong en",
        "added",
        "loose zh",
        "loose en",
        "partner en",
        "partner zh",
    ):
        some = values.get(name) or [0.0]
        found[name + " most"] = _logit(max(some))
        found[name + " mean"] = _logit(sum(some) / len(some))
    found["linked zh"], found["linked en"] = linked
    found["rival zh"] = _logit(max([_RIVAL, *rivals_z]))
    found["rival en"] = _logit(max([_RIVAL, *around_e]))
    found["short"] = short = max(0.0, 1 - sizes[0] / _SHORT)
    for name in ("missing", "wrong zh", "wrong en", "added"):
        found[f"short {name}"] = short * found[f"{name} most"]
    found["ratio"] = math.log((sizes[1] + 2) / (sizes[0] + 2))
    found["words zh"] = math.log1p(len(values.get("missing", ())))
    found["words en"] = math.log1p(len(values.get("added", ())))
    found["around zh"] = _logit(sum(around_z) / len(around_z)) if around_z else _logit(_QUIET)
    found["around en"] = _logit(sum(around_e) / len(around_e)) if around_e else _logit(_QUIET)
    return found


def _linked(bead: Bead, spans: Sequence[SpanRef], side: int) -> float:
    """How sure the best clause link of a bead is that touches spans of a side (0 Chinese, 1 English)."""
    best = 0.0
    for link in bead.links:
        own = (link.source, link.target)[side]
        if any(s.overlaps(own) for s in spans):
            best = max(best, link.score)
    return best


def _outside(values: Table, inside: Sequence[int]) -> list[float]:
    keep = np.ones(len(values), dtype=bool)
    keep[list(inside)] = False
    out: list[float] = values[keep].tolist()
    return out


def _logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


#: A check that nothing was fitted for keeps the confidence that it gives itself, up to :data:`UNFITTED`.
_AS_SAID = {"said": 1.0}


def confidence(check: str, features: Mapping[str, float]) -> float:
    """The probability that an editor would agree with a finding of a check; features as :func:`describe` gives."""
    fitted: dict[str, float] | None = weights("aligncheck.judge", "verdict.json")["checks"].get(check)
    odds = sum(weight * features.get(name, 0.0) for name, weight in (fitted or _AS_SAID).items())
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
    return round(sure if fitted else min(sure, UNFITTED), 3)


def settled(hit: Hit, sure: float) -> Hit:
    """The hit with a confidence; under :data:`STATED` it asks instead of stating, and is minor."""
    if sure >= STATED:
        return replace(hit, confidence=sure)
    question = hit.question or Message(f"Please check: {hit.message.en}", f"请核对：{hit.message.zh}")
    return replace(hit, confidence=sure, message=question, severity=Severity.MINOR)
