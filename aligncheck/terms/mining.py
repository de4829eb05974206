"""Candidate terms with their renderings, from aligned documents.

Chinese candidates are runs of dictionary words that recur (the C-value idea of Frantzi, Ananiadou and
Mima 2000 in its simplest form: a run counts only as far as it stands outside longer candidates); English
candidates are word n-grams that neither begin nor end with a function word.  A pair is ranked by the
log-likelihood ratio of its joint occurrence in beads (Dunning 1993), renderings of a candidate by
the Dice coefficient.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aligncheck.model import Bitext
from aligncheck.terms.english import tokenize
from aligncheck.terms.inflection import ARTICLES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS
from aligncheck.terms.normal import chinese_key, fold_chinese
from aligncheck.terms.termbase import Termbase

_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
_STOP_ZH = frozenset(
    "的 了 和 与 及 在 为 是 对 等 把 被 将 由 从 到 以 也 都 就 还 又 更 不 要 有 这 那 我们 以及 进一步"
    " 推进 推动 加强 加快 实施"
    " 完善 促进 提升 提高 深化 坚持 建设"
    " 开展 完成 落实 强化 健全 优化 加大 全面 积极 着力 大力 不断 持续 切实 继续 深入 扎实 力争".split()
)
_STOP_EN = (
    ARTICLES
    | DETERMINERS
    | CONJUNCTIONS
    | PREPOSITIONS
    | frozenset(
        "we will shall "
        "is are was were be been has have had it they he she not no do did also which who whose more"
        " most such than there here when while where can may must should would could up out".split()
    )
)
_MAX_ZH, _MAX_EN = 6, 7  # words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A Chinese term candidate with its best renderings.

    ``count``: occurrences in all documents; ``score``: log-likelihood ratio of the first rendering;
    ``renderings``: (English as printed most often, joint beads, Dice 0..1); ``known``: already in the
    termbase; ``example``: a bead that has it, (Chinese, English).
    """

    term: str
    count: int
    score: float
    renderings: tuple[tuple[str, int, float], ...]
    known: bool
    example: tuple[str, str]


def mine(bitexts: Sequence[Bitext], termbase: Termbase | None = None, least: int = 2) -> list[Candidate]:
    """Candidates that occur in at least ``least`` beads, the surest first; all bitexts must be aligned."""
    beads = [pair for b in bitexts for pair in _beads(b)]
    zh_sets = [_chinese(z) for z, _ in beads]
    zh_df: Counter[str] = Counter(c for s in zh_sets for c in set(s))
    zh_total: Counter[str] = Counter(c for s in zh_sets for c in s)
    kept = {c for c, n in zh_df.items() if n >= least}
    kept -= _nested(zh_total, kept)
    en_sets = [_english(e) for _, e in beads]
    en_df: Counter[str] = Counter(k for s in en_sets for k in s)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for grams in en_sets:
        for key, text in grams.items():
            if en_df[key] >= least:
                printed[key][text] += 1
    where: dict[str, list[int]] = defaultdict(list)
    for n, grams_zh in enumerate(zh_sets):
        for candidate in set(grams_zh) & kept:
            where[candidate].append(n)
    found = []
    for candidate, numbers in where.items():
        joint = Counter(k for n in numbers for k in en_sets[n] if en_df[k] >= least)
        rated = _renderings(joint, len(numbers), en_df, len(beads))
        if not rated:
            continue
        known = termbase is not None and chinese_key(candidate) in termbase.zh
        example = beads[numbers[0]]
        found.append(
            Candidate(
                candidate,
                zh_total[candidate],
                round(rated[0][3], 1),
                tuple((printed[k].most_common(1)[0][0], c, round(d, 2)) for k, c, d, _ in rated[:3]),
                known,
                (example[0][:200], example[1][:300]),
            )
        )
    return sorted(found, key=lambda c: (-c.score, -c.count, c.term))


def _beads(bitext: Bitext) -> Iterable[tuple[str, str]]:
    bitext = bitext.chinese_first
    zh, en = bitext.source.segments, bitext.target.segments
    for bead in bitext.beads:
        if bead.source and bead.target:
            yield "".join(zh[i].text for i in bead.source), " ".join(en[j].text for j in bead.target)


def _chinese(text: str) -> list[str]:
    words = _cut(fold_chinese(text).text)
    found = []
    for i, word in enumerate(words):
        if not _HAN.match(word) or word in _STOP_ZH:
            continue
        run = word
        if len(word) >= 4:
            found.append(word)
        for j in range(i + 1, min(len(words), i + _MAX_ZH)):
            if not _HAN.match(words[j]):
                break
            run += words[j]
            if words[j] not in _STOP_ZH and len(words[j]) > 1 and 4 <= len(run) <= 16:
                found.append(run)
    return found


def _cut(text: str) -> list[str]:
    import rjieba

    words: list[Any] = rjieba.cut(text, False)
    return [str(w) for w in words]


def _english(text: str) -> dict[str, str]:
    tokens = tokenize(text)
    found: dict[str, str] = {}
    for i, first in enumerate(tokens):
        if first.low in _STOP_EN or first.low.isdigit():
            continue
        key = ""
        for j in range(i, min(len(tokens), i + _MAX_EN)):
            token = tokens[j]
            if j > i and re.search(r"[.,;:!?()\[\]]", token.before):
                break
            key += token.key + " "
            if token.low not in _STOP_EN and j > i:
                found.setdefault(key.strip(), text[first.start : token.end])
    return found


def _nested(total: Counter[str], kept: set[str]) -> set[str]:
    """Candidates that (nearly) only occur inside one longer candidate."""
    inside: set[str] = set()
    for long in kept:
        for size in range(4, len(long)):
            for at in range(len(long) - size + 1):
                short = long[at : at + size]
                if short in kept and total[short] <= total[long] * 1.2:
                    inside.add(short)
    return inside


def _renderings(
    joint: Counter[str], here: int, en_df: Counter[str], beads: int
) -> list[tuple[str, int, float, float]]:
    rated = []
    for key, count in joint.items():
        if count < 2 or count / here < 0.25:
            continue
        dice = 2 * count / (here + en_df[key])
        if dice < 0.4:
            continue
        rated.append((key, count, dice, _llr(count, here, en_df[key], beads)))
    # Among n-grams that always go together the longest is the rendering.
    rated.sort(key=lambda r: (-round(r[2], 1), -len(r[0])))
    chosen: list[tuple[str, int, float, float]] = []
    for row in rated:
        if not any(row[0] in c[0] or c[0] in row[0] for c in chosen):
            chosen.append(row)
    return chosen


def _llr(both: int, left: int, right: int, total: int) -> float:
    """Dunning's G² of a 2x2 table of beads."""
    table = (both, left - both, right - both, total - left - right + both)
    rows, columns = (left, total - left), (right, total - right)
    score = 0.0
    for n, (i, j) in zip(table, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        expected = rows[i] * columns[j] / total if total else 0
        if n > 0 and expected > 0:
            score += n * math.log(n / expected)
    return 2 * score
