"""The measuring data as pairs of sentences with gold beads, and variants of it with defects planted."""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligncheck.model import Block, Document, Language
from aligncheck.segment import segment_document, split_sentences

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

GoldBead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Sample:
    """Sentences of both sides, gold beads, and the sentences at which blocks begin (empty: unknown)."""

    name: str
    group: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[GoldBead, ...]
    source_opens: frozenset[int] = frozenset()
    target_opens: frozenset[int] = frozenset()
    weight: float = 1.0


def document(sentences: Sequence[str], language: Language) -> Document:
    """A document of one sentence a block."""
    blocks = tuple(Block(i, "paragraph", text) for i, text in enumerate(sentences))
    return segment_document(Document(f"{language}.txt", language, blocks), segmented=True)


def novels(data: Path = SHARED) -> Iterator[Sample]:
    """The six chapters of MAC-Dev."""
    for gold in sorted((data / "mac-dev" / "gold").glob("*.align")):
        sides = [
            tuple((data / "mac-dev" / side / f"{gold.stem}.txt").read_text(encoding="utf-8").splitlines())
            for side in ("zh", "en")
        ]
        yield Sample(f"mac-{gold.stem}", f"mac-{gold.stem}", sides[0], sides[1], read_beads(gold))


def read_beads(path: Path) -> tuple[GoldBead, ...]:
    """Beads in the format of Vecalign: ``[0,1]:[0]`` a line."""
    beads = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            source, target = line.strip().split(":")[:2]
            beads.append((tuple(ast.literal_eval(source)), tuple(ast.literal_eval(target))))
    return tuple(beads)


def report(data: Path = SHARED, blocks: bool = False, part: slice = slice(None), name: str = "gov") -> Sample:
    """The annotated paragraphs of the 2024 report; ``blocks``: with paragraph information."""
    source: list[str] = []
    target: list[str] = []
    gold: list[GoldBead] = []
    source_opens, target_opens = set(), set()
    records = json.loads((data / "gov2024-dev" / "gold.json").read_text(encoding="utf-8"))
    for record in records[part]:
        for a, b in record["beads"]:
            gold.append((tuple(len(source) + i for i in a), tuple(len(target) + j for j in b)))
        source_opens.add(len(source))
        target_opens.add(len(target))
        source += record["zh_sents"]
        target += record["en_sents"]
    opens = (frozenset(source_opens), frozenset(target_opens)) if blocks else (frozenset(), frozenset())
    return Sample(name, name, tuple(source), tuple(target), tuple(gold), *opens)


def news(data: Path = SHARED, count: int = 300, start: int = 0, split: bool = False) -> Sample:
    """News lines: whole (one pair a bead), or cut into sentences where one side stays whole."""
    lines = (data / "wmt21-zhen-human.tsv").read_text(encoding="utf-8").splitlines()
    source: list[str] = []
    target: list[str] = []
    gold: list[GoldBead] = []
    for line in lines[start : start + count]:
        zh, en = (field.strip() for field in line.split("\t")[:2])
        if not zh or not en:
            continue
        left, right = [zh], [en]
        if split:
            cut = [zh[s.start : s.end] for s in split_sentences(zh, "zh")]
            cut_en = [en[s.start : s.end] for s in split_sentences(en, "en")]
            if min(len(cut), len(cut_en)) == 1:
                left, right = cut, cut_en
        gold.append(
            (
                tuple(range(len(source), len(source) + len(left))),
                tuple(range(len(target), len(target) + len(right))),
            )
        )
        source += left
        target += right
    kind = "split" if split else "lines"
    return Sample(f"news-{kind}-{start}", f"news-{kind}-{start}", tuple(source), tuple(target), tuple(gold))


def damaged(sample: Sample, seed: int, rate: float = 0.05, hole: int = 8) -> Sample:
    """The sample with sides of some beads gone and one longer passage missing on one side."""
    rng = random.Random(seed)
    at = rng.randrange(max(1, len(sample.gold) - hole))
    side = rng.randrange(2)
    lost: list[set[int]] = [set(), set()]
    for number, bead in enumerate(sample.gold):
        if at <= number < at + hole:
            lost[side].update(bead[side])
        elif rng.random() < rate:
            which = rng.random() < 0.7
            lost[which].update(bead[which])
    return without(sample, lost[0], lost[1], f"{sample.name}-damaged{seed}")


def without(sample: Sample, source: set[int], target: set[int], name: str) -> Sample:
    """The sample less some sentences."""
    keep_s = [i for i in range(len(sample.source)) if i not in source]
    keep_t = [j for j in range(len(sample.target)) if j not in target]
    new_s = {i: k for k, i in enumerate(keep_s)}
    new_t = {j: k for k, j in enumerate(keep_t)}
    gold = []
    for a, b in sample.gold:
        bead = (tuple(new_s[i] for i in a if i in new_s), tuple(new_t[j] for j in b if j in new_t))
        if bead[0] or bead[1]:
            gold.append(bead)
    return Sample(
        name,
        sample.group,
        tuple(sample.source[i] for i in keep_s),
        tuple(sample.target[j] for j in keep_t),
        tuple(gold),
        frozenset(new_s[i] for i in sample.source_opens if i in new_s),
        frozenset(new_t[j] for j in sample.target_opens if j in new_t),
        sample.weight,
    )


def swapped(sample: Sample, seed: int) -> Sample:
    """Some paragraphs of the translation change places with the next; of the two the longer stays aligned."""
    rng = random.Random(seed)
    starts, target_starts = sorted(sample.source_opens), sorted(sample.target_opens)
    ends, target_ends = [*starts[1:], len(sample.source)], [*target_starts[1:], len(sample.target)]
    spans = list(zip(starts, ends, target_starts, target_ends, strict=True))
    order: list[tuple[int, bool]] = []  # which paragraph's translation stands here, and whether it is aligned
    k = 0
    while k < len(spans):
        if k + 1 < len(spans) and rng.random() < 0.12:
            sizes = [sum(len(t) for t in sample.source[s0:s1]) for s0, s1, *_ in spans[k : k + 2]]
            order += [(k + 1, sizes[0] < sizes[1]), (k, sizes[0] >= sizes[1])]
            k += 2
        else:
            order.append((k, True))
            k += 1
    gold: list[GoldBead] = []
    target: list[str] = []
    opens = set()
    for number, aligned in order:
        s0, s1, t0, t1 = spans[number]
        shift = len(target) - t0
        opens.add(len(target))
        target += sample.target[t0:t1]
        if aligned:
            own = [b for b in sample.gold if b[0] and s0 <= b[0][0] < s1]
            gold += [(a, tuple(j + shift for j in b)) for a, b in own]
    return Sample(
        f"{sample.name}-swapped{seed}",
        sample.group,
        sample.source,
        tuple(target),
        tuple(sorted(gold)),
        sample.source_opens,
        frozenset(opens),
        sample.weight,
    )


def reshaped(sample: Sample, seed: int) -> Sample:
    """Some paragraphs of the translation run into the one before, some are broken in two."""
    rng = random.Random(seed)
    opens = {j for j in sorted(sample.target_opens) if j == 0 or rng.random() > 0.1}
    opens |= {j for j in range(len(sample.target)) if rng.random() < 0.03}
    return Sample(
        f"{sample.name}-reshaped{seed}",
        sample.group,
        sample.source,
        sample.target,
        sample.gold,
        sample.source_opens,
        frozenset(opens),
        sample.weight,
    )


def same_beads(gold: Sequence[GoldBead], test: Sequence[GoldBead]) -> tuple[int, int, int]:
    """Equal beads, test beads, gold beads; beads with an empty side left out (strict scoring)."""
    left = {b for b in gold if b[0] and b[1]}
    right = {b for b in test if b[0] and b[1]}
    return len(left & right), len(right), len(left)


def f1(counts: Sequence[int]) -> float:
    """F1 of (same, test, gold)."""
    return 2 * counts[0] / max(counts[1] + counts[2], 1)
