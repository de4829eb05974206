"""How faithful a pair is, and how much of either side the other renders: numbers for every pair.

Features of the words and units of a pair go into two small linear models fitted on the
judgements of professional raters (WMT 2023, MQM; ``benchmarks/fit_quality.py``) and made monotone
afterwards; the numbers lie in ``data/quality.json``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.evidence import glosses
from aligncheck.checks.passages import judged
from aligncheck.model import Bitext, Segment

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_QUOTES = re.compile('[“”"「」『』]')


def features(passage: Passage, chinese: str, english: str) -> dict[str, float]:
    """What the models read off a pair; all finite, empty sides allowed."""
    zwords = [w for u in passage.chinese for w in u.words]
    ewords = [w for u in passage.english for w in u.words]
    wz = np.array([w.weight for w in zwords])
    we = np.array([w.weight for w in ewords])
    m = passage.words
    top_z = m.max(1) if m.size else np.zeros(len(zwords))
    top_e = m.max(0) if m.size else np.zeros(len(ewords))
    one_z, one_e = np.zeros(len(zwords)), np.zeros(len(ewords))
    for i, j, score in passage.matched:
        one_z[i], one_e[j] = score, score
    cz, ce = float(wz.sum()), float(we.sum())
    names = [j for j, w in enumerate(ewords) if w.surface[:1].isupper() and w.weight > 0 and w.start > 0]
    figures_z = [i for i, w in enumerate(zwords) if w.value is not None]
    figures_e = [j for j, w in enumerate(ewords) if w.value is not None]
    unknown = [i for i, w in enumerate(zwords) if w.weight > 0 and w.value is None and not glosses(w.form)]
    forms = [w.form for w in ewords if w.weight > 0]
    zforms = [w.form for w in zwords if w.weight > 0]
    cover = [(u.coverage, u.weight) for u in passage.chinese if u.weight >= 1.5]
    backed = [(u.coverage, u.weight) for u in passage.english if u.weight >= 1.5]
    ratio = math.log((len(english) + 3) / (3 * len(chinese) + 3))
    cosine = passage.cosine
    return {
        "zh covered": _mean(top_z, wz),
        "zh covered once": _mean(one_z, wz),
        "zh missing": float((wz * (top_z < 0.3)).sum()),
        "zh missing once": float((wz * (one_z < 0.3)).sum()),
        "zh doubtful": float((wz * (top_z < 0.6)).sum()),
        "zh run": _longest(one_z, wz),
        "zh least clause": min((c for c, _ in cover), default=_mean(one_z, wz)),
        "zh absent": sum(u.absent * u.weight for u in passage.chinese),
        "zh absent most": max((u.absent * min(1.0, u.weight / 2) for u in passage.chinese), default=0.0),
        "zh logit": max((u.logit for u in passage.chinese), default=0.0),
        "en covered": _mean(top_e, we),
        "en covered once": _mean(one_e, we),
        "en missing": float((we * (top_e < 0.3)).sum()),
        "en missing once": float((we * (one_e < 0.3)).sum()),
        "en doubtful": float((we * (top_e < 0.6)).sum()),
        "en run": _longest(one_e, we),
        "en least": min((c for c, _ in backed), default=_mean(one_e, we)),
        "en absent": sum(u.absent * u.weight for u in passage.english),
        "cosine": _mean(cosine.max(1), np.array([u.weight for u in passage.chinese])) if cosine.size else 0.0,
        "cosine least": float(cosine.max(1).min()) if cosine.size else 0.0,
        "cosine en": _mean(cosine.max(0), np.array([u.weight for u in passage.english])) if cosine.size else 0.0,
        "length": math.log1p(cz),
        "words ratio": math.log((ce + 1) / (cz + 1)),
        "ratio": ratio,
        "short": max(0.0, -ratio),
        "figures lost": float(sum(top_z[i] < 1 for i in figures_z)),
        "figures new": float(sum(top_e[j] < 1 for j in figures_e)),
        "names new": float(sum(top_e[j] < 0.5 for j in names)),
        "names": float(len(names)),
        "han": math.log1p(len(_HAN.findall(english))),
        "repeats": _repeats(forms) - _repeats(zforms),
        "quotes": float(abs(len(_QUOTES.findall(chinese)) - len(_QUOTES.findall(english)))),
        "unknown": float(len(unknown)),
        "unknown missing": float(sum(one_z[i] < 0.4 for i in unknown)),
        "en length": math.log1p(ce),
        "clauses": math.log1p(len(passage.chinese)),
    }  # fmt: skip


def _mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 1.0


def _longest(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    run = longest = 0.0
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        if weight > 0:
            run = run + weight if value < 0.3 else 0.0
            longest = max(longest, run)
    return min(longest, 12.0)


def _repeats(forms: Sequence[str]) -> float:
    return 1 - len(set(forms)) / len(forms) if forms else 0.0


@cache
def _models() -> dict[str, dict[str, float]]:
    text = (files("aligncheck.checks") / "data" / "quality.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, float]] = json.loads(text)
    return loaded


def rating(kind: str, values: dict[str, float]) -> float:
    """A number 0..1, 1 best, of a kind: ``quality`` or ``coverage`` (of the source by the target)."""
    model = _models()[kind]
    raw = sum(weight * values[name] for name, weight in model.items() if name in values)
    return 1 / (1 + math.exp(max(-30.0, min(30.0, model["slope"] * (raw - model["middle"])))))


def rate(passage: Passage, chinese: str, english: str) -> tuple[float, float, float]:
    """Quality, coverage of the Chinese by the English, and of the English by the Chinese, all 0..1."""
    if not passage.chinese and not passage.english:
        return 1.0, 1.0, 1.0
    if not passage.chinese or not passage.english:
        return 0.0, 0.0, 0.0
    values = features(passage, chinese, english)
    backed = values["en covered once"]
    absent = values["en absent"] / max(1e-9, sum(u.weight for u in passage.english))
    english_coverage = (1 - min(1.0, absent)) * min(1.0, 0.35 + backed)
    return (
        round(rating("quality", values), 4),
        round(rating("coverage", values), 4),
        round(max(0.0, min(1.0, english_coverage)), 4),
    )


def rated(bitext: Bitext, context: Context) -> Bitext:
    """The bitext with quality and coverage of every bead."""
    if not bitext.beads:
        return bitext
    judgement = judged(bitext, context)
    place_z: dict[int, int] = {}
    place_e: dict[int, int] = {}
    for n, passage in enumerate(judgement.passages):
        place_z.update((u.segment, n) for u in passage.chinese)
        place_e.update((u.segment, n) for u in passage.english)
    zsegments, esegments = judgement.chinese.segments, judgement.english.segments
    beads = []
    for bead in bitext.beads:
        zids, eids = (bead.target, bead.source) if judgement.swapped else (bead.source, bead.target)
        homes = {place_z[z] for z in zids if z in place_z} | {place_e[e] for e in eids if e in place_e}
        if len(homes) == 1:
            part = _part(judgement.passages[homes.pop()], set(zids), set(eids))
            quality, zh, en = rate(part, _text(zsegments, zids, "zh"), _text(esegments, eids, "en"))
        else:
            quality, zh, en = (1.0, 1.0, 1.0) if not homes else (0.0, 0.0, 0.0)
        if judgement.swapped:
            zh, en = en, zh
        beads.append(replace(bead, quality=quality, source_coverage=zh, target_coverage=en))
    return replace(bitext, beads=tuple(beads))


def _text(segments: Sequence[Segment], ids: Sequence[int], language: str) -> str:
    return ("" if language == "zh" else " ").join(segments[i].text for i in ids)


def _part(passage: Passage, zids: set[int], eids: set[int]) -> Passage:
    """The part of a passage that lies in some segments."""
    if all(u.segment in zids for u in passage.chinese) and all(u.segment in eids for u in passage.english):
        return passage
    rows, zwords = _chosen(passage.chinese, zids)
    columns, ewords = _chosen(passage.english, eids)
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


def _chosen(units: Sequence[Unit], segments: set[int]) -> tuple[list[int], list[int]]:
    """Indices of the units in some segments, and of their words."""
    chosen: list[int] = []
    words: list[int] = []
    at = 0
    for n, unit in enumerate(units):
        if unit.segment in segments:
            chosen.append(n)
            words.extend(range(at, at + len(unit.words)))
        at += len(unit.words)
    return chosen, words
