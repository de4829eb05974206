"""How faithful a pair is, and how much of either side the other renders: numbers for every pair.

Features of the words and units of a pair (``pair_features``) go into small linear models fitted on
the judgements of professional raters (WMT 2023, MQM; ``benchmarks/fit_quality.py``) and squashed to
0..1; the numbers lie in ``data/quality.json``.  Where a file of pairs renders one Chinese text three
times or more (the outputs of several systems, the variants of a translation memory), each
translation is judged beside the others as well.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.pair_features import among, features
from aligncheck.checks.passages import judged
from aligncheck.data import weights
from aligncheck.model import Bitext, Segment

#: So many different translations of one text make a jury.
_JURY = 3


def rating(kind: str, values: Mapping[str, float]) -> float:
    """A number 0..1, 1 best, of a kind: ``quality`` or ``coverage`` (of the source by the target).

    ``among`` added to the kind names the model that also knows the other translations of the text.
    """
    model = weights("aligncheck.checks", "quality.json")[kind]
    raw = sum(weight * values[name] for name, weight in model.items() if name in values)
    return 1 / (1 + math.exp(max(-30.0, min(30.0, model["slope"] * (raw - model["middle"])))))


Rating = tuple[float, float, float]


def rate(passage: Passage, chinese: str, english: str, beside: Mapping[str, float] | None = None) -> Rating:
    """Quality, coverage of the Chinese by the English, and of the English by the Chinese, all 0..1.

    ``beside``: how the translation stands beside others of the same Chinese, from ``among``.
    """
    if not passage.chinese and not passage.english:
        return 1.0, 1.0, 1.0
    if not passage.chinese or not passage.english:
        return 0.0, 0.0, 0.0
    values = features(passage, chinese, english)
    backed = values["en covered once"]
    absent = values["en absent"] / max(1e-9, sum(u.weight for u in passage.english))
    english_coverage = (1 - min(1.0, absent)) * min(1.0, 0.35 + backed)
    suffix = ""
    if beside is not None:
        values |= beside
        suffix = " among"
    return (
        round(rating("quality" + suffix, values), 4),
        round(rating("coverage" + suffix, values), 4),
        round(max(0.0, min(1.0, english_coverage)), 4),
    )


def rated(bitext: Bitext, context: Context) -> Bitext:
    """The bitext, Chinese first, with quality and coverage of every bead."""
    if not bitext.beads:
        return bitext
    judgement = judged(bitext, context)
    place_z: dict[int, int] = {}
    place_e: dict[int, int] = {}
    for n, passage in enumerate(judgement.passages):
        place_z.update((u.segment, n) for u in passage.chinese)
        place_e.update((u.segment, n) for u in passage.english)
    zsegments, esegments = judgement.chinese.segments, judgement.english.segments
    parts: dict[int, tuple[Passage, str, str]] = {}
    ratings: dict[int, Rating] = {}
    for n, bead in enumerate(bitext.beads):
        zids, eids = bead.source, bead.target
        homes = {place_z[z] for z in zids if z in place_z} | {place_e[e] for e in eids if e in place_e}
        if len(homes) == 1:
            part = _part(judgement.passages[homes.pop()], set(zids), set(eids))
            parts[n] = part, _text(zsegments, zids, "zh"), _text(esegments, eids, "en")
        else:
            ratings[n] = (0.0, 0.0, 0.0) if homes else (1.0, 1.0, 1.0)
    beside = _juries(parts) if bitext.paired else {}
    ratings.update((n, rate(*part, beside.get(n))) for n, part in parts.items())
    beads = []
    for n, bead in enumerate(bitext.beads):
        quality, zh, en = ratings[n]
        beads.append(replace(bead, quality=quality, source_coverage=zh, target_coverage=en))
    return replace(bitext, beads=tuple(beads))


def _juries(parts: Mapping[int, tuple[Passage, str, str]]) -> dict[int, dict[str, float]]:
    """How each translation stands beside the others, where there are enough of one Chinese text.

    The same translation twice is one opinion.
    """
    groups: dict[tuple[str, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, (passage, chinese, english) in parts.items():
        if passage.chinese and passage.english:
            words = sum(len(u.words) for u in passage.chinese)  # a repeated sentence is left out of some
            groups[chinese.strip(), words][english.strip()].append(n)
    found: dict[int, dict[str, float]] = {}
    for opinions in groups.values():
        if len(opinions) >= _JURY:
            members = list(opinions.values())
            rows = among([parts[same[0]][0] for same in members])
            found.update((n, row) for same, row in zip(members, rows, strict=True) for n in same)
    return found


def _text(segments: Sequence[Segment], ids: Sequence[int], language: str) -> str:
    return ("" if language == "zh" else " ").join(segments[i].text for i in ids)


def _part(passage: Passage, zids: set[int], eids: set[int]) -> Passage:
    """The part of a passage that lies in some segments."""
    if all(u.segment in zids for u in passage.chinese) and all(u.segment in eids for u in passage.english):
        return passage
    rows, zwords = _chosen(passage.chinese, passage.rows, zids)
    columns, ewords = _chosen(passage.english, passage.columns, eids)
    renumber_z = {w: n for n, w in enumerate(zwords)}
    renumber_e = {w: n for n, w in enumerate(ewords)}
    return Passage(
        [passage.chinese[i] for i in rows],
        [passage.english[j] for j in columns],
        passage.words[np.ix_(zwords, ewords)],
        passage.links[np.ix_(rows, columns)],
        passage.cosine[np.ix_(rows, columns)],
        [
            (renumber_z[i], renumber_e[j], score)
            for i, j, score in passage.matched
            if i in renumber_z and j in renumber_e
        ],
    )


def _chosen(
    units: Sequence[Unit], places: Sequence[range], segments: set[int]
) -> tuple[list[int], list[int]]:
    """Indices of the units in some segments, and of their words; ``places``: those of each unit's words."""
    chosen = [n for n, unit in enumerate(units) if unit.segment in segments]
    return chosen, [k for n in chosen for k in places[n]]
