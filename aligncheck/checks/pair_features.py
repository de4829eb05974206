"""What the models of quality and coverage read off a pair of passages, and off its sister translations.

All features are finite for empty sides.  Their names start with the side they speak of: ``zh`` for
the Chinese, ``en`` for the English; ``among`` for the other translations of the same Chinese.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligncheck.checks.coverage import Passage
from aligncheck.checks.evidence import Word, glosses, rarity

Vector = NDArray[np.float64]

_SIGNS = {
    "quotes": (re.compile('[“”"「」『』]'), re.compile('[“”"]')),
    "brackets": (re.compile("[（(]"), re.compile(r"\(")),
    "questions": (re.compile("[？?]"), re.compile(r"\?")),
}
_END = "。.!！?？…"
#: Sums over the words of a pair with more content words than this count as for one of this size:
#: quality tells of a sentence or a few, and a page is not bad for being long.
_LONG = 45.0
_SUMS = frozenset(
    """zh missing|zh doubtful|zh untold|zh untold squared|zh absent|zh unknown|en missing|en untold|en absent
    |en capitals unbacked|en names new|figures lost|figures new|repeated pairs|quotes|brackets|questions
    |among untold|among untold once|among lacking|among alone|among alone unbacked""".replace(
        "\n    ", ""
    ).split("|")
)
_CLOSING = "”\"’'）)」』 "


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of one side with what each carries and how well the other side renders it."""

    words: list[Word]
    weight: Vector  # content, 0..1.4 a word
    telling: Vector  # the same, common words counting for less
    top: Vector  # the best score among all words of the other side
    once: Vector  # the score where every word may render but one other


def weighed(passage: Passage) -> tuple[Weighed, Weighed]:
    """Both sides of a passage, the Chinese one first."""
    zwords = [w for u in passage.chinese for w in u.words]
    ewords = [w for u in passage.english for w in u.words]
    m = passage.words
    once_z, once_e = np.zeros(len(zwords)), np.zeros(len(ewords))
    for i, j, score in passage.matched:
        once_z[i], once_e[j] = score, score
    top_z = m.max(1).astype(float) if m.size else np.zeros(len(zwords))
    top_e = m.max(0).astype(float) if m.size else np.zeros(len(ewords))
    return _side(zwords, top_z, once_z), _side(ewords, top_e, once_e)


def _side(words: list[Word], top: Vector, once: Vector) -> Weighed:
    weight = np.array([w.weight for w in words])
    rare = np.array([1.0 if w.value is not None else rarity(w) for w in words])
    return Weighed(words, weight, weight * rare**3, top, once)


def features(passage: Passage, chinese: str, english: str) -> dict[str, float]:
    """The features of a pair by itself."""
    zh, en = weighed(passage)
    both = np.maximum(zh.once, 0.5 * zh.top)
    missing = np.sort(zh.telling * (1 - zh.once))[::-1]
    content_z, content_e = float(zh.weight.sum()), float(en.weight.sum())
    told_z, told_e = float(zh.telling.sum()), float(en.telling.sum())
    last = np.flatnonzero(zh.weight > 0)[-3:]
    quarter = max(1, len(zh.words) // 4)
    capitals = [j for j, w in enumerate(en.words) if w.surface[:1].isupper() and w.weight > 0]
    unknown = [w for w in zh.words if w.weight > 0 and w.value is None and not glosses(w.form)]
    ratio = math.log((len(english) + 10) / (3.2 * len(chinese) + 10))
    cosine = passage.cosine
    absent = [(u.foreign, u.weight) for u in passage.chinese]
    backed = [(u.foreign, u.weight) for u in passage.english]
    found = {
        "zh covered": mean(zh.top, zh.weight),
        "zh covered once": mean(zh.once, zh.weight),
        "zh told": mean(zh.top, zh.telling),
        "zh told fairly": mean(both, zh.telling),
        "zh missing": float((zh.weight * (zh.top < 0.3)).sum()),
        "zh doubtful": float((zh.weight * (zh.top < 0.6)).sum()),
        "zh untold": float((zh.telling * np.clip(1 - 2 * zh.top, 0, 1)).sum()),
        "zh untold squared": float((zh.telling * (1 - zh.top) ** 2).sum()),
        "zh untold most": float(missing[0]) if len(missing) else 0.0,
        "zh untold three": float(missing[:3].sum()),
        "zh stretch": _stretch(zh.weight * (0.5 - zh.top)),
        "zh stretch once": _stretch(zh.weight * (0.5 - zh.once)),
        "zh stretch told": _stretch(zh.telling * (0.45 - both)),
        "zh run": _run(zh.once, zh.weight),
        "zh tail": mean(both[-quarter:], zh.telling[-quarter:]),
        "zh last": mean(both[last], zh.weight[last]),
        "zh least clause": min((u.coverage for u in passage.chinese if u.weight >= 1.5), default=mean(zh.once, zh.weight)),
        "zh absent": sum(a * w for a, w in absent),
        "zh absent most": max((a * min(1.0, w / 2) for a, w in absent), default=0.0),
        "zh logit": max((u.logit for u in passage.chinese), default=0.0),
        "zh length": math.log1p(min(content_z, _LONG)),
        "zh clauses": math.log1p(min(12, len(passage.chinese))),
        "zh headline": float(chinese.rstrip(_CLOSING)[-1:] not in _END and len(chinese) >= 12),
        "zh unknown": float(len(unknown)),
        "en covered": mean(en.top, en.weight),
        "en covered once": mean(en.once, en.weight),
        "en told": mean(en.top, en.telling),
        "en missing": float((en.weight * (en.top < 0.3)).sum()),
        "en untold": float((en.telling * np.clip(1 - 2 * en.top, 0, 1)).sum()),
        "en stretch": _stretch(en.weight * (0.5 - en.top)),
        "en stretch once": _stretch(en.weight * (0.5 - en.once)),
        "en absent": sum(a * w for a, w in backed),
        "en absent most": max((a * min(1.0, w / 2) for a, w in backed), default=0.0),
        "en capitals unbacked": float(sum(1 - en.top[j] for j in capitals)),
        "en names new": float(sum(en.top[j] < 0.5 for j in capitals if en.words[j].start > 0)),
        "en length": math.log1p(min(content_e, 1.3 * _LONG)),
        "en short words": -sum(len(w.surface) for w in en.words) / max(1, len(en.words)),
        "en light": float(((en.weight > 0) & (en.weight < 0.5)).mean()) if en.words else 0.0,
        "en commas": min(3.0, 50 * english.count(",") / (50 + len(english))),
        "cosine": mean(cosine.max(1), np.array([u.weight for u in passage.chinese])) if cosine.size else 0.0,
        "cosine least": float(cosine.max(1).min()) if cosine.size else 0.0,
        "cosine en": mean(cosine.max(0), np.array([u.weight for u in passage.english])) if cosine.size else 0.0,
        "words ratio": min(0.6, math.log((content_e + 1) / (content_z + 1))),
        "told ratio": min(0.6, math.log((told_e + 1) / (told_z + 1))),
        "ratio": min(0.3, ratio),
        "figures lost": float(sum(zh.top[i] < 1 for i, w in enumerate(zh.words) if w.value is not None)),
        "figures new": float(sum(en.top[j] < 1 for j, w in enumerate(en.words) if w.value is not None)),
        "repeats": _repeats(en.words) - _repeats(zh.words),
        "repeated pairs": float(_twice([w.form for w in en.words])),
    }  # fmt: skip
    for name, (of_chinese, of_english) in _SIGNS.items():
        found[name] = float(abs(len(of_chinese.findall(chinese)) - len(of_english.findall(english))))
    return _scaled(found, content_z)


def _scaled(values: dict[str, float], content: float) -> dict[str, float]:
    if content <= _LONG:
        return values
    return {name: value * _LONG / content if name in _SUMS else value for name, value in values.items()}


def among(passages: Sequence[Passage]) -> list[dict[str, float]]:
    """The features of several translations of the same Chinese, each judged beside the others.

    What most of them say belongs to the meaning, as with the pseudo-references of Albrecht and Hwa
    (2007); a word of the source that the others render and one does not is missing there.
    """
    sides = [weighed(p) for p in passages]
    bags = [Counter(w.form for w in en.words if w.weight > 0) for _, en in sides]
    sequences = [set(pairwise(w.form for w in en.words)) for _, en in sides]
    rare = {w.form: 1.0 if w.value is not None else rarity(w) for _, en in sides for w in en.words}
    number = len(passages) - 1
    spread = Counter(form for bag in bags for form in bag)
    sizes = [sum(bag.values()) for bag in bags]
    tops = [zh.top for zh, _ in sides]
    onces = [zh.once for zh, _ in sides]
    rows = []
    for n, ((zh, en), bag) in enumerate(zip(sides, bags, strict=True)):
        share = {f: (k - (f in bag)) / number for f, k in spread.items() if k > (f in bag)}
        usual = (sum(sizes) - sizes[n]) / number
        found = {
                "among untold": float((zh.telling * np.maximum(0, _others(tops, n) - zh.top)).sum()),
                "among untold once": float((zh.telling * np.maximum(0, _others(onces, n) - zh.once)).sum()),
                "among shared": _weighted(share, bag, dict.fromkeys(share, 1.0)),
                "among shared told": _weighted(share, bag, {f: rare[f] ** 2 for f in share}),
                "among lacking": sum(max(0.0, s - 0.4) * rare[f] ** 2 for f, s in share.items() if f not in bag),
                "among alone": float(sum(f not in share for f in bag)),
                "among alone unbacked": float(
                    sum(w.weight * (1 - top) for w, top in zip(en.words, en.top.tolist(), strict=True)
                        if share.get(w.form, 0.0) * number <= 1)
                ),
                "among order": float(
                    np.mean([len(sequences[n] & s) / max(1, len(s)) for m, s in enumerate(sequences) if m != n])
                ),
                "among length": min(0.15, math.log((sizes[n] + 2) / (usual + 2))),
        }  # fmt: skip
        rows.append(_scaled(found, float(zh.weight.sum())))
    return rows


def _others(values: Sequence[Vector], n: int) -> Vector:
    return np.asarray(np.mean([v for m, v in enumerate(values) if m != n], axis=0))


def _weighted(share: dict[str, float], bag: Counter[str], weights: dict[str, float]) -> float:
    """Which part of what the others say this one says too."""
    total = sum(s * weights[f] for f, s in share.items())
    return sum(s * weights[f] for f, s in share.items() if f in bag) / total if total else 1.0


def mean(values: Vector, weights: Vector) -> float:
    """The weighted mean; 1 where there is nothing to weigh."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 1.0


def _stretch(losses: Vector) -> float:
    """The worst stretch of words: the greatest sum of neighbours (Kadane)."""
    worst = running = 0.0
    for loss in losses.tolist():
        running = max(0.0, running + loss)
        worst = max(worst, running)
    return worst


def _run(values: Vector, weights: Vector) -> float:
    run = longest = 0.0
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        if weight > 0:
            run = run + weight if value < 0.3 else 0.0
            longest = max(longest, run)
    return min(longest, 12.0)


def _repeats(words: Sequence[Word]) -> float:
    forms = [w.form for w in words if w.weight > 0]
    return 1 - len(set(forms)) / len(forms) if forms else 0.0


def _twice(forms: Sequence[str]) -> int:
    pairs = list(pairwise(forms))
    return len(pairs) - len(set(pairs))
