"""A bead of several sentences is read in parts that its clause links hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from aligncheck.encode.pairs import Reading, WordPair
from aligncheck.judge.reading import read_beads
from aligncheck.judge.windows import parts
from aligncheck.model import Bead, Bitext, Link

CHAIN = [[0], [0], [1], [1], [2], [2], [3], [3]]


def spans(linked: list[list[int]], sentences: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [
        ((p.clauses.start, p.clauses.stop), (p.sentences.start, p.sentences.stop))
        for p in parts(linked, sentences)
    ]


@pytest.mark.parametrize(
    ("linked", "sentences", "expected"),
    [
        (CHAIN, 4, [((0, 4), (0, 2)), ((2, 6), (1, 3)), ((4, 8), (2, 4))]),
        # Few clauses are read at once.
        ([[0], [1]], 2, [((0, 2), (0, 2))]),
        # Clauses that render each other crosswise cannot be parted.
        ([[0], [1], [2], [3], [0], [3]], 4, [((0, 6), (0, 4))]),
        # A bead without links is read whole.
        ([[], [], [], [], [], []], 3, [((0, 6), (0, 3))]),
        # A clause that nothing renders stands in the midst of a part, never at the end of one.
        ([[0], [0], [0], [], [1], [1], [1], [2], [2]], 3, [((0, 7), (0, 2)), ((4, 9), (1, 3))]),
        # What is left over joins what goes before it, if it is too little for a part of its own.
        ([[0], [0], [1], [1], [2]], 3, [((0, 5), (0, 3))]),
        ([[0], [0], [0], [0], [1], [1]], 2, [((0, 4), (0, 1)), ((4, 6), (1, 2))]),
        # So does a sentence that renders nothing.
        ([[0], [0], [0], [0], [2], [2], [2], [2]], 3, [((0, 8), (0, 3))]),
    ],
)
def test_parts(
    linked: list[list[int]], sentences: int, expected: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    assert spans(linked, sentences) == expected


@pytest.mark.parametrize("seed", range(40))
def test_every_clause_and_sentence_is_in_a_part_and_parts_go_on(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, sentences = int(rng.integers(1, 30)), int(rng.integers(1, 12))
    linked = [
        [int(s) for s in rng.integers(0, sentences, int(rng.integers(0, 3)))] if rng.random() < 0.8 else []
        for _ in range(count)
    ]
    if rng.random() < 0.7:
        linked = sorted(linked, key=lambda row: min(row, default=0))
    found = parts(linked, sentences)
    assert {c for p in found for c in p.clauses} == set(range(count))
    assert {s for p in found for s in p.sentences} == set(range(sentences))
    assert len(found) <= count + sentences
    for before, after in pairwise(found):
        assert before != after
        assert (before.clauses.start, before.sentences.start) <= (after.clauses.start, after.sentences.start)


class Doubting:
    """Doubts every word by half in the first part that it reads, and by a fourth in all others."""

    signature = "doubting"

    def __init__(self) -> None:
        self.asked: list[WordPair] = []

    def read(self, pairs: Iterable[WordPair]) -> Iterator[Reading]:
        for pair in pairs:
            doubt = 0.25 if self.asked else 0.5
            self.asked.append(pair)
            n, k = len(pair.chinese), len(pair.english)
            links = np.full((n, k), 0.5, dtype=np.float32)
            zh, en = np.full(n, doubt, dtype=np.float32), np.full(k, doubt, dtype=np.float32)
            yield Reading(links, zh, zh, en, en)


def test_what_overlaps_is_doubted_as_its_parts_are_on_average(
    make_bitext: Callable[[str, str], Bitext],
) -> None:
    bitext = make_bitext(
        "修建学校，修建公园，修建医院，修建桥梁，修建剧院，修建车站。",
        "They built schools and parks. They built clinics and bridges. They built theaters and stations.",
    )
    clauses = ["修建学校，", "修建公园，", "修建医院，", "修建桥梁，", "修建剧院，", "修建车站。"]
    source, target = bitext.source.segments, bitext.target.segments
    whole, links = source[0].text, []
    for number, text in enumerate(clauses):
        at = whole.index(text)
        ref = replace(source[0].ref, start=at, end=at + len(text))
        links.append(Link(ref, target[number // 2].ref, 0.9))
    bead = Bead((0,), (0, 1, 2), links=tuple(links))
    encoder = Doubting()
    (read,) = read_beads(replace(bitext, beads=(bead,)), encoder)
    first, second = encoder.asked[:2]
    assert "学校" in first.chinese
    assert "车站" not in first.chinese
    assert "theaters" not in first.english
    assert "schools" not in second.english
    assert "theaters" in second.english
    doubts = {whole[w.start : w.end]: float(d) for w, d in zip(read.chinese, read.missing, strict=True)}
    assert doubts["学校"] == 0.5
    assert doubts["医院"] == pytest.approx(0.375)
    assert doubts["车站"] == 0.25
    # Words that never stood in a part together are not linked.
    places = {w.form: n for n, w in enumerate(read.english)}
    assert read.links[0, len(places) - 1] < read.links[0, 0]
