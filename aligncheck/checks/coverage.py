"""What of a passage the other side renders: the shared ground of the checks on meaning.

A *passage* joins the blocks that the aligner's beads hold together.  Within it the words of both
sides are matched one to one (an English word can render one Chinese word only, so a clause whose
sentence is missing does not live on its neighbours' words), guided by which English sentence each
Chinese clause is linked to.  Each clause and each sentence then gets features, and from these,
by a logistic model fitted on reports and news with sentences taken out and put in
(``benchmarks/fit_coverage.py``), the probability that it has no counterpart.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligncheck.checks.evidence import Matrix, Word, WordEvidence, chinese_words, english_words
from aligncheck.encode.remember import Remembering
from aligncheck.model import Segment, SpanRef
from aligncheck.pairing.sides import cut
from aligncheck.segment import split_clauses


@dataclass(slots=True)
class Unit:
    """A Chinese clause or an English sentence within a passage."""

    ref: SpanRef
    text: str
    segment: int
    words: list[Word]
    context: bool = False  # stands beside the passage: lends evidence, is not judged
    features: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    logit: float = 0.0
    absent: float = 0.0  # probability that the other side has no counterpart, as the judge reads it
    foreign: float = 0.0  # the same by words and vectors alone: they know best what is of another text
    rendered: float = 0.0  # share of its content words that the judge takes for rendered
    coverage: float = 1.0  # share of its content that the other side renders
    best: int = -1  # the other side's unit that renders it best
    weight: float = field(init=False)  # how much content it carries, in words

    def __post_init__(self) -> None:
        self.weight = sum(w.weight for w in self.words)


@dataclass(slots=True)
class Passage:
    """Units of both sides, with how well words and units go together."""

    chinese: list[Unit]
    english: list[Unit]
    words: Matrix  # (Chinese words, English words), all units in order
    links: NDArray[np.float64]  # (clauses, sentences)
    cosine: NDArray[np.float64]  # (clauses, sentences)
    matched: list[tuple[int, int, float]] = field(default_factory=list)
    rows: tuple[range, ...] = field(init=False)  # of ``words``: each clause's
    columns: tuple[range, ...] = field(init=False)  # of ``words``: each sentence's

    def __post_init__(self) -> None:
        self.rows, self.columns = _places(self.chinese), _places(self.english)


def _places(units: Sequence[Unit]) -> tuple[range, ...]:
    """The places of each unit's words among the words of all."""
    borders = itertools.accumulate((len(u.words) for u in units), initial=0)
    return tuple(range(first, stop) for first, stop in itertools.pairwise(borders))


def clause_units(segment: Segment) -> list[Unit]:
    """The clauses of a Chinese segment; very short ones join the next."""
    spans = split_clauses(segment.text, "zh")
    units = []
    for span in spans:
        text = segment.text[span.start : span.end]
        units.append(
            Unit(
                SpanRef(segment.block, segment.start + span.start, segment.start + span.end),
                text,
                segment.id,
                chinese_words(text),
            )
        )
    return units


_PART = re.compile(r";\s+(?=\S)")


def sentence_units(segment: Segment) -> list[Unit]:
    """An English segment as one unit, or as several where semicolons part it like sentences."""
    borders = [0, *(m.end() for m in _PART.finditer(segment.text)), len(segment.text)]
    units = []
    for start, end in itertools.pairwise(borders):
        text = segment.text[start:end].rstrip()
        ref = SpanRef(segment.block, segment.start + start, segment.start + start + len(text))
        units.append(Unit(ref, text, segment.id, english_words(text)))
    return units


#: What :func:`weigh` says of a unit, of either side, in this order; ``benchmarks/fit_coverage.py`` fits their weights.
FEATURES = (
    "bias", "lex", "lex1", "cos", "mix", "margin", "weight", "light", "run", "figures", "room", "lexcos", "low",
    "needed", "need share", "lexrel", "cosrel", "several", "figure gone",
)  # fmt: skip


def weigh(
    chinese: list[Unit],
    english: list[Unit],
    evidence: WordEvidence,
    vectors: Callable[[Sequence[str]], Matrix],
    terms: Callable[[Sequence[Unit], Sequence[Unit], Matrix], None] | None = None,
) -> Passage:
    """Link the units of a passage and compute every unit's features.

    ``terms`` raises the scores of words that a glossary's terms render.
    """
    zwords = [w for u in chinese for w in u.words]
    ewords = [w for u in english for w in u.words]
    words = evidence.matrix(zwords, ewords)
    if terms is not None:
        terms(chinese, english, words)
    nz, ne = len(chinese), len(english)
    passage = Passage(chinese, english, words, np.zeros((nz, ne)), np.zeros((nz, ne)))
    if not nz or not ne:
        for unit in (*chinese, *english):
            unit.features, unit.coverage = np.zeros(0), 0.0
        return passage
    zbounds = np.cumsum([0, *map(len, passage.rows)])
    ebounds = np.cumsum([0, *map(len, passage.columns)])
    wz = np.array([w.weight for w in zwords]) if zwords else np.zeros(0)
    we = np.array([w.weight for w in ewords]) if ewords else np.zeros(0)
    cosine = vectors([u.text for u in chinese]) @ vectors([u.text for u in english]).T
    by_clause = _group_max(words, zbounds, 0)  # (clauses, English words)
    by_sentence = _group_max(words, ebounds, 1)  # (Chinese words, sentences)
    # Shares of a clause's content that a sentence's words can render, and the reverse.
    lexz = _group_sum(by_sentence * wz[:, None], zbounds, 0) / np.maximum(_sums(wz, zbounds), 1e-9)[:, None]
    lexe = _group_sum(by_clause * we[None, :], ebounds, 1) / np.maximum(_sums(we, ebounds), 1e-9)[None, :]
    position = _positions(chinese)[:, None] - _positions(english)[None, :]
    links = 0.8 * cosine + 0.6 * lexz + 0.3 * np.minimum(lexe * 2, 1) - 0.5 * np.abs(position)
    passage.links, passage.cosine = links, cosine
    _match(passage, wz, zbounds, ebounds)
    zscore, escore = np.zeros(len(zwords)), np.zeros(len(ewords))
    for i, j, score in passage.matched:
        zscore[i], escore[j] = score, score
    ztop = words.max(1) if words.shape[1] else zscore
    etop = words.max(0) if words.shape[0] else escore
    room = math.log((we.sum() + 1) / (wz.sum() + 1))
    needz = _needed(by_clause, we, ebounds, 1)
    neede = _needed(by_sentence.T, wz, zbounds, 1)
    _describe(chinese, zwords, zbounds, wz, zscore, ztop, lexz, cosine, links, room, needz)
    _describe(english, ewords, ebounds, we, escore, etop, lexe.T, cosine.T, links.T, -room, neede)
    return passage


def _group_max(values: Matrix, bounds: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
    """Maxima over groups of rows or columns; 0 for an empty group."""
    shape = list(values.shape)
    shape[axis] = len(bounds) - 1
    out = np.zeros(shape)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled) and values.size:
        index: list[slice | NDArray[np.int64]] = [slice(None), slice(None)]
        index[axis] = filled
        out[tuple(index)] = np.maximum.reduceat(values, bounds[:-1][filled], axis=axis)
    return out


def _group_sum(values: NDArray[np.float64], bounds: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
    """Sums over groups of rows or columns."""
    total = np.cumsum(values, axis=axis)
    zero = np.zeros_like(np.take(total, [0], axis=axis)) if values.shape[axis] else None
    if zero is None:
        shape = list(values.shape)
        shape[axis] = len(bounds) - 1
        return np.zeros(shape)
    total = np.concatenate([zero, total], axis=axis)
    return np.asarray(np.diff(np.take(total, bounds, axis=axis), axis=axis))


def _sums(values: NDArray[np.float64], bounds: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.diff(np.concatenate([[0.0], np.cumsum(values)])[bounds]))


def _needed(
    by_unit: NDArray[np.float64], weights: NDArray[np.float64], bounds: NDArray[np.int64], axis: int
) -> NDArray[np.float64]:
    """How much of the other side's best unit, in content words, each unit alone explains.

    A clause whose sentence is missing may resemble its neighbours' sentences, but these do not
    need it: other clauses explain all their words.
    """
    if by_unit.shape[0] < 2 or not by_unit.shape[1]:
        return np.asarray(_group_sum(by_unit * weights[None, :], bounds, axis).max(1, initial=0.0))
    top = np.partition(by_unit, -2, axis=0)
    first, second = top[-1], top[-2]
    others = np.where(by_unit >= first[None, :], second[None, :], first[None, :])
    alone = np.maximum(by_unit - others, 0) * weights[None, :]
    return np.asarray(_group_sum(alone, bounds, axis).max(1, initial=0.0))


def _positions(units: list[Unit]) -> NDArray[np.float64]:
    sizes = np.array([len(u.text) for u in units], dtype=float)
    return np.asarray((np.cumsum(sizes) - sizes / 2) / sizes.sum())


def _match(
    passage: Passage,
    wz: NDArray[np.float64],
    zbounds: NDArray[np.int64],
    ebounds: NDArray[np.int64],
) -> None:
    """Match words one to one, greedily by score and by the link of their clause and sentence."""
    nz, ne = len(passage.chinese), len(passage.english)
    zunit = np.repeat(np.arange(nz), np.diff(zbounds))
    eunit = np.repeat(np.arange(ne), np.diff(ebounds))
    links = passage.links
    top = links.max(1, keepdims=True)
    pull = np.exp(2.5 * (links - top))  # 1 for the clause's best sentence
    score = passage.words * (0.35 + 0.65 * pull[zunit][:, eunit])
    rows, cols = np.nonzero(passage.words >= 0.3)
    keep = wz[rows] > 0
    rows, cols = rows[keep], cols[keep]
    order = np.argsort(-score[rows, cols], kind="stable")
    used_z, used_e = set(), set()
    for at in order.tolist():
        i, j = int(rows[at]), int(cols[at])
        if i in used_z or j in used_e:
            continue
        used_z.add(i)
        used_e.add(j)
        passage.matched.append((i, j, float(passage.words[i, j])))


def _describe(
    units: list[Unit],
    words: list[Word],
    bounds: NDArray[np.int64],
    weights: NDArray[np.float64],
    matched: NDArray[np.float64],
    top: NDArray[np.float64],
    lex: NDArray[np.float64],
    cosine: NDArray[np.float64],
    links: NDArray[np.float64],
    room: float,
    needed: NDArray[np.float64],
) -> None:
    best_of_other = links.argmax(0)
    totals = np.maximum(_sums(weights, bounds), 1e-9)
    lex_all = _sums(weights * matched, bounds) / totals
    mean_lex = float((lex_all * totals).sum() / totals.sum())
    mean_cos = float((cosine.max(1) * totals).sum() / totals.sum())
    for i, unit in enumerate(units):
        a, b = int(bounds[i]), int(bounds[i + 1])
        w = weights[a:b]
        total = float(w.sum())
        j = int(links[i].argmax())
        unit.best = j
        lex1 = float((w * matched[a:b]).sum() / total) if total else 0.0
        run = longest = 0.0
        for k in range(a, b):
            if weights[k] > 0:
                run = run + weights[k] if matched[k] < 0.3 else 0.0
                longest = max(longest, run)
        figures = [k for k in range(a, b) if words[k].value is not None]
        fig = (sum(1.0 if top[k] >= 1 else -1.0 for k in figures) / len(figures)) if figures else 0.0
        # How much better another unit goes with the unit that this one would claim.
        margin = float(links[best_of_other[j], j] - links[i, j])
        lexbest, cosbest = float(lex[i].max()), float(cosine[i].max())
        unit.coverage = lex1
        unit.features = np.array(
            [
                1.0, lexbest, lex1, cosbest, float(links[i, j]), min(margin, 1.0), math.log1p(total),
                sum(1 for k in range(a, b) if 0 < weights[k] < 0.5) / max(1, b - a), min(longest, 8.0), fig,
                max(-1.5, min(1.5, room)), lexbest * cosbest, float(total < 1.2),
                min(float(needed[i]), 4.0), min(float(needed[i]) / max(total, 1.0), 1.0), lex1 - mean_lex, cosbest - mean_cos,
                float(len(units) > 1), float(fig < 0),
            ]
        )  # fmt: skip


class UnitVectors:
    """The vectors of units by their text: those of a document's own units are read off its sums."""

    def __init__(self, encoder: Remembering) -> None:
        self._encoder = encoder
        self._known: dict[str, Matrix] = {}

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """One row a text, shape (n, d)."""
        fresh = [t for t in dict.fromkeys(texts) if t not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        return np.stack([self._known[t] for t in texts]) if texts else np.zeros((0, 1), dtype=np.float32)

    def learn(self, segments: Sequence[Segment], units: Sequence[Sequence[Unit]], language: str) -> None:
        """Take the vectors of all units that begin and end where a clause of their segment does.

        ``units``: those of each segment.  A text that stands more than once has the vector of its first place.
        """
        pieces = [cut(segment.text, language) for segment in segments]
        stretches: dict[str, tuple[int, int, int]] = {}
        for n, (segment, row) in enumerate(zip(segments, units, strict=True)):
            borders = {0: 0}
            for piece in pieces[n]:
                borders[max(borders) + len(piece)] = len(borders)
            # A unit ends before the white space that its last piece ends with.
            starts = sorted(borders)
            for unit in row:
                first = borders.get(unit.ref.start - segment.start)
                end = unit.ref.end - segment.start
                behind = bisect_left(starts, end)
                gap = segment.text[end : starts[behind]] if behind < len(starts) else "?"
                if first is not None and first < behind and not gap.strip():
                    stretches.setdefault(unit.text, (n, first, behind))
        fresh = {t: s for t, s in stretches.items() if t not in self._known}
        rows = self._encoder.stretches(pieces, list(fresh.values()))
        self._known.update(zip(fresh, rows, strict=True))
