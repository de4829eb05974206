"""What a sentence carries: the bead is read again without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from aligncheck.encode.pairs import Reading, WordPair
from aligncheck.judge.reading import read_beads, with_carried
from aligncheck.model import Bead, Bitext


class ByDictionary:
    """Reads a Chinese word as missing unless its English stands somewhere in the pair."""

    signature = "by-dictionary"

    def __init__(self, pairs: dict[str, str]) -> None:
        self._pairs = pairs
        self.asked: list[WordPair] = []

    def read(self, pairs: Iterable[WordPair]) -> Iterator[Reading]:
        for pair in pairs:
            self.asked.append(pair)
            links = np.array(
                [[float(self._pairs.get(z) == e.lower()) for e in pair.english] for z in pair.chinese],
                dtype=np.float32,
            ).reshape(len(pair.chinese), len(pair.english))
            yield Reading(links)


DICTIONARY = ByDictionary({"医院": "hospital", "学校": "school", "公园": "park", "修建": "built"})


def carried(bitext: Bitext) -> dict[int, float]:
    (read,) = with_carried(bitext, read_beads(bitext, DICTIONARY), DICTIONARY)
    return dict(read.carried)


def joined(bitext: Bitext) -> Bitext:
    """All sentences of both sides as one bead."""
    source, target = (tuple(range(len(d.segments))) for d in (bitext.source, bitext.target))
    return replace(bitext, beads=(Bead(source, target),))


def test_a_sentence_said_again_carries_nothing(make_bitext: Callable[[str, str], Bitext]) -> None:
    english = "They built a school near town. They built a park near town. Near town they built a fine park."
    found = carried(joined(make_bitext("修建学校和公园。", english)))
    assert found[0] == 1.0
    assert found[1] == found[2] == 0.0


def test_without_a_sentence_too_many_nothing_is_asked(make_bitext: Callable[[str, str], Bitext]) -> None:
    assert not carried(joined(make_bitext("修建学校和公园。", "They built a school and a park near town.")))
    two = make_bitext("修建学校。修建公园。", "They built a school near town. They built a park near town.")
    assert not carried(joined(two))


def test_only_sentences_that_may_carry_nothing_are_read_without(
    make_bitext: Callable[[str, str], Bitext],
) -> None:
    """Words that the reading is sure of, and that stand in no other sentence, carry what they render."""
    sure = make_bitext("修建学校和公园。", "School built. Quiet gardens opened near town.")
    bitext = joined(sure)
    first, second = bitext.target.segments
    reads = read_beads(bitext, DICTIONARY)
    calm = [replace(r, wrong_en=np.zeros_like(r.wrong_en), added=np.zeros_like(r.added)) for r in reads]
    assert not with_carried(bitext, calm, DICTIONARY)[0].carried
    for name in ("wrong_en", "added"):
        doubts = np.array([0.5 * (word.start >= second.start) for word in calm[0].english], dtype=np.float32)
        doubted = [replace(calm[0], **{name: doubts})]
        assert list(with_carried(bitext, doubted, DICTIONARY)[0].carried) == [second.id]
    assert first.id == 0
