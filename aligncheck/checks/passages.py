"""The passages of a bitext, judged: what of either side has no counterpart, and what renders what.

The checks for omission, addition, mistranslation, merge, split and order all read this one
judgement, so that they agree with each other: a moved paragraph is a move, not an omission and
an addition.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aligncheck.checks.context import Context, once
from aligncheck.checks.coverage import Passage, Unit, UnitVectors, clause_units, sentence_units, weigh
from aligncheck.checks.evidence import Word, WordEvidence, look_up
from aligncheck.checks.passage_terms import term_pairs
from aligncheck.data import weights
from aligncheck.encode.pairs import Table
from aligncheck.judge.reading import Read, covered
from aligncheck.model import Bitext, Document, Segment, SpanRef

#: A passage with more units than this is cut along its beads: cost grows with the product.
LARGEST = 90


@dataclass(slots=True)
class Copy:
    """A sentence of one side that repeats an earlier one near by while the other side does not."""

    language: str
    ref: SpanRef
    original: SpanRef


@dataclass(slots=True)
class Judgement:
    """All passages of a pair; ``chinese`` and ``english`` are the documents by language."""

    chinese: Document
    english: Document
    passages: list[Passage] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)


@once
def judged(bitext: Bitext, context: Context) -> Judgement:
    """The judgement of a pair, made once a run."""
    return judge(bitext, context)


@once
def word_evidence(context: Context) -> WordEvidence:
    """The run's word evidence."""
    return WordEvidence(context.encoder)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both documents by language, cut into units, by segment."""

    chinese: Document
    english: Document
    zunits: dict[int, list[Unit]]
    eunits: dict[int, list[Unit]]

    def words(self) -> tuple[list[Word], list[Word]]:
        """The words of both sides."""
        zh, en = (
            [w for group in side.values() for u in group for w in u.words]
            for side in (self.zunits, self.eunits)
        )
        return zh, en


def _sides(bitext: Bitext) -> _Sides:
    chinese, english = bitext.source, bitext.target
    return _Sides(
        chinese,
        english,
        {s.id: clause_units(s) for s in chinese.segments},
        {s.id: sentence_units(s) for s in english.segments},
    )


def judge(bitext: Bitext, context: Context) -> Judgement:
    """Cut the pair into passages and judge every clause and sentence."""
    sides = _sides(bitext)
    zunits, eunits = sides.zunits, sides.eunits
    chinese, english = sides.chinese, sides.english
    judgement = Judgement(chinese, english)
    beads = [(b.source, b.target) for b in bitext.beads]
    zsegments, esegments = chinese.segments, english.segments
    zwords, ewords = sides.words()
    look_up(zwords)
    evidence = word_evidence(context)
    evidence.learn_words(zwords, ewords)
    vectors = UnitVectors(context.encoder)
    vectors.learn(zsegments, list(zunits.values()), "zh")
    vectors.learn(esegments, list(eunits.values()), "en")
    if bitext.paired:  # neighbouring pairs may well repeat each other
        for z, e in beads:
            mine, yours = [zsegments[i] for i in z], [u for j in e for u in eunits[j]]
            judgement.copies += [*_copies(yours, mine, "en"), *_copies(mine, yours, "zh")]
    else:
        flat = [u for group in eunits.values() for u in group]
        judgement.copies = [*_copies(flat, zsegments, "en"), *_copies(zsegments, flat, "zh")]
    repeated = {(c.language, c.ref) for c in judgement.copies}
    groups = groups_of(beads, zsegments, esegments, bitext.paired)
    terms = term_pairs(context)

    def units_of(group: Group) -> tuple[list[Unit], list[Unit]]:
        return (
            [u for z in group[0] if ("zh", zsegments[z].ref) not in repeated for u in zunits[z]],
            [u for e in group[1] for u in eunits[e] if ("en", u.ref) not in repeated],
        )

    def build(zids: Sequence[int], eids: Sequence[int]) -> Passage:
        passage = weigh(*units_of((list(zids), list(eids))), evidence, vectors, terms)
        _judge(passage)
        return passage

    built = [(group, build(*group)) for group in groups]
    if not bitext.paired:
        built = _rejoin(built, build)
    judgement.passages = [p for _, p in built]
    _listen(judgement.passages, bitext, context.reads)
    return judgement


#: A word that is doubted less than this has a counterpart.
_RENDERED = 0.25


def _listen(passages: Sequence[Passage], bitext: Bitext, reads: Sequence[Read]) -> None:
    """Let the judge say which clauses and sentences lack a counterpart, wherever it has read them beside one.

    A unit is doubted as its words of content are on average.  English of another meaning lacks a counterpart as far
    as nothing is missed without it.
    """
    rows = [read for read in reads if read.chinese and read.english]
    for side, english in (("source", False), ("target", True)):
        read_beside = {n for read in rows for n in getattr(bitext.beads[read.number], side)}
        places: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for read in rows:
            words = read.english if english else read.chinese
            doubts = _unbacked(read, bitext.target) if english else read.missing
            for word, doubt in zip(words, doubts.tolist(), strict=True):
                if word.weight > 0:
                    places[word.block].append((word.start, doubt))
        for row in places.values():  # moved beads stand out of the order of the text
            row.sort(key=lambda place: place[0])
        for passage in passages:
            for unit in passage.english if english else passage.chinese:
                unit.foreign = unit.absent
                if unit.segment in read_beside:
                    there = places[unit.ref.block]
                    first, stop = (
                        bisect_left(there, at, key=lambda place: place[0])
                        for at in (unit.ref.start, unit.ref.end)
                    )
                    own = [doubt for _, doubt in there[first:stop]]
                    unit.absent = sum(own) / len(own) if own else 0.0
                    unit.rendered = sum(doubt < _RENDERED for doubt in own) / max(1, len(own))


def _unbacked(read: Read, english: Document) -> Table:
    """How probably each English word of a bead lacks a counterpart, (k,)."""
    spare = np.zeros(len(read.english), dtype=np.float32)
    for number, carried in read.carried.items():
        spare[covered(read.english, [english.segments[number].ref])] = 1 - min(1.0, carried)
    out: Table = read.added + spare * np.maximum(read.wrong_en - read.added, 0)
    return out


#: A copy stands at most so many sentences behind its original.
_REACH = 3
_PLAIN = re.compile(r"[\W_]+")


def _copies(
    segments: Sequence[Segment | Unit], others: Sequence[Segment | Unit], language: str
) -> list[Copy]:
    """Sentences that stand twice close together, where the other side has no such pair.

    Sentences of little text (headings, "Fellow deputies,") may recur and are left alone.
    """
    least = 30 if language == "en" else 9
    seen: dict[str, int] = {}
    found: list[tuple[int, Copy]] = []
    for n, segment in enumerate(segments):
        key = _PLAIN.sub(" ", segment.text).strip().casefold()
        if len(key) < least:
            continue
        earlier = seen.get(key)
        if earlier is not None and n - earlier <= _REACH:
            found.append((n, Copy(language, segment.ref, segments[earlier].ref)))
        seen[key] = n
    if not found:
        return []
    # Where the other side repeats itself as well, near the same place, it is a refrain, not a slip.
    repeats: list[float] = []
    last: dict[str, int] = {}
    for n, segment in enumerate(others):
        key = _PLAIN.sub("", segment.text)
        if len(key) >= 4 and n - last.get(key, -9) <= _REACH:
            repeats.append(n / len(others))
        last[key] = n
    return [c for n, c in found if not any(abs(n / len(segments) - r) < 0.03 for r in repeats)]


Group = tuple[list[int], list[int]]


def groups_of(
    beads: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    zsegments: Sequence[Segment],
    esegments: Sequence[Segment],
    paired: bool,
) -> list[Group]:
    """Segment ids of passages: beads joined by the blocks they share, cut where too large."""
    if paired:
        return [(list(z), list(e)) for z, e in beads]
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def find(x: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for z, e in beads:
        nodes = [("z", zsegments[i].block) for i in z] + [("e", esegments[j].block) for j in e]
        for node in nodes:
            parent[find(node)] = find(nodes[0])
    members: dict[tuple[str, int], list[tuple[tuple[int, ...], tuple[int, ...]]]] = {}
    for z, e in beads:
        node = ("z", zsegments[z[0]].block) if z else ("e", esegments[e[0]].block)
        members.setdefault(find(node), []).append((z, e))
    groups: list[Group] = []
    for rows in members.values():
        zids: list[int] = []
        eids: list[int] = []
        for z, e in rows:
            if len(zids) + len(eids) + len(z) + len(e) > LARGEST and zids and eids:
                groups.append((sorted(zids), sorted(eids)))
                zids, eids = [], []
            zids += z
            eids += e
        groups.append((sorted(zids), sorted(eids)))
    return groups


def _rejoin(built: list[tuple[Group, Passage]], build: object) -> list[tuple[Group, Passage]]:
    """Look again at neighbours that went wrong together: swapped or dropped blocks, shifted borders."""
    assert callable(build)
    order = sorted(range(len(built)), key=lambda n: _where(built[n][0]))
    rows = [built[n] for n in order]
    done: list[tuple[Group, Passage]] = []
    at = 0
    while at < len(rows):
        stop = at + 1
        if _poor(rows[at][1]):
            while stop < len(rows) and stop - at < 4 and _poor(rows[stop][1]):
                stop += 1
        if stop - at > 1:
            zids = sorted(z for g, _ in rows[at:stop] for z in g[0])
            eids = sorted(e for g, _ in rows[at:stop] for e in g[1])
            if len(zids) + len(eids) <= 2 * LARGEST and zids and eids:
                done.append(((zids, eids), build(zids, eids)))
                at = stop
                continue
        done.append(rows[at])
        at += 1
    return _adopt(done, build)


def _adopt(rows: list[tuple[Group, Passage]], build: object) -> list[tuple[Group, Passage]]:
    """Join what has no counterpart at all to a neighbour that renders it after all (a short heading)."""
    assert callable(build)
    done = list(rows)
    at = 0
    while at < len(done):
        group, passage = done[at]
        lone = passage.chinese or passage.english
        if (passage.chinese and passage.english) or not 0 < len(lone) <= 8:
            at += 1
            continue
        for other in (at + 1, at - 1):
            if (
                not 0 <= other < len(done)
                or len(done[other][1].chinese) + len(done[other][1].english) > LARGEST
            ):
                continue
            near = done[other][0]
            joined: Group = (sorted(group[0] + near[0]), sorted(group[1] + near[1]))
            if not joined[0] or not joined[1]:
                continue
            made = build(*joined)
            refs = {u.ref for u in lone}
            mine = [u for u in (made.chinese if passage.chinese else made.english) if u.ref in refs]
            if sum(u.absent * u.weight for u in mine) < 0.5 * sum(u.weight for u in mine):
                first = min(at, other)
                done[first : first + 2] = [(joined, made)]
                break
            # Building gave the neighbour's units the figures of the joint passage: set them back at once.
            done[other] = (near, build(*near))
        else:
            done[at] = (group, build(*group))
        at += 1
    return done


def _where(group: Group) -> tuple[float, float]:
    z, e = group
    return (z[0] if z else 1e9, e[0] if e else 1e9)


def _poor(passage: Passage) -> bool:
    if not passage.chinese or not passage.english:
        return True
    for units in (passage.chinese, passage.english):
        total = sum(u.weight for u in units)
        if total and sum(u.weight * u.absent for u in units) / total > 0.45:
            return True
    return False


@cache
def _model() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    raw = weights("aligncheck.checks", "coverage.json")
    return np.array(list(raw["clause"].values())), np.array(list(raw["sentence"].values()))


#: A clause is rarely missing; once one is, the next is as likely missing as not.
_START, _STAY = 0.02, 0.55


def _judge(passage: Passage) -> None:
    """Set every unit's ``absent`` and smooth the clauses: what is missing is mostly missing in a run."""
    clause, sentence = _model()
    for units, model in ((passage.chinese, clause), (passage.english, sentence)):
        for unit in units:
            if not len(unit.features):
                unit.absent = 1.0 if unit.weight > 0 else 0.5
                continue
            logit = float(unit.features @ model)
            unit.logit = max(-8.0, min(8.0, logit)) * min(1.0, unit.weight / 1.5)
            unit.absent = float(1 / (1 + np.exp(-unit.logit)))
    if passage.english and passage.chinese:
        _smooth(passage.chinese, 0.15)


def _smooth(units: list[Unit], trained_share: float) -> None:
    """Forward-backward over two states; ``trained_share``: how often units lacked one in training."""
    shift = np.log(trained_share / (1 - trained_share))
    odds = np.array([np.clip(u.logit - shift * min(1.0, u.weight / 1.5), -9, 9) for u in units])
    n = len(odds)
    emit = np.stack([np.ones(n), np.exp(odds)], axis=1)
    step = np.array([[1 - _START, _START], [1 - _STAY, _STAY]])
    forward, backward = np.zeros((n, 2)), np.ones((n, 2))
    forward[0] = np.array([1 - 2 * _START, 2 * _START]) * emit[0]
    forward[0] /= forward[0].sum()
    for i in range(1, n):
        forward[i] = (forward[i - 1] @ step) * emit[i]
        forward[i] /= forward[i].sum()
    for i in range(n - 2, -1, -1):
        backward[i] = step @ (emit[i + 1] * backward[i + 1])
        backward[i] /= backward[i].sum()
    posterior = forward * backward
    posterior /= posterior.sum(1, keepdims=True)
    for unit, value in zip(units, posterior[:, 1], strict=True):
        unit.absent = float(value)


@dataclass(slots=True)
class Run:
    """Neighbouring units of one block that lack a counterpart."""

    units: list[Unit]
    first: int  # index within its passage's side
    last: int

    @property
    def ref(self) -> SpanRef:
        """The span from the first to the last unit."""
        return SpanRef(self.units[0].ref.block, self.units[0].ref.start, self.units[-1].ref.end)

    @property
    def weight(self) -> float:
        """Content words."""
        return sum(u.weight for u in self.units)

    @property
    def score(self) -> float:
        """Mean probability of lacking a counterpart, by content."""
        return self._mean("absent")

    @property
    def foreign(self) -> float:
        """The same by words and vectors alone."""
        return self._mean("foreign")

    @property
    def rendered(self) -> float:
        """Share of its content that the judge takes for rendered."""
        return self._mean("rendered")

    def _mean(self, name: str) -> float:
        total = self.weight
        return sum(getattr(u, name) * u.weight for u in self.units) / total if total else 0.0


def runs(
    units: Sequence[Unit], absent: Callable[[Unit], float] = lambda u: u.absent, threshold: float = 0.12
) -> list[Run]:
    """Neighbouring units whose ``absent`` passes a threshold, block by block.

    The threshold is low, since a finding's confidence is settled later; but a run that holds a
    clearly absent unit is cut back to what is about as clear, so that it marks the very text.
    """
    found: list[Run] = []
    for i, unit in enumerate(units):
        if absent(unit) < threshold:
            continue
        if found and found[-1].last == i - 1 and found[-1].units[-1].ref.block == unit.ref.block:
            found[-1].units.append(unit)
            found[-1].last = i
        else:
            found.append(Run([unit], i, i))
    for run in found:
        clear = max(map(absent, run.units)) * 0.5
        while absent(run.units[0]) < clear:
            run.units.pop(0)
            run.first += 1
        while absent(run.units[-1]) < clear:
            run.units.pop()
            run.last -= 1
    return [r for r in found if r.weight > 0]
