"""Kept vectors: what is kept is what would be encoded, and a question encodes nothing but itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
import pytest

from aligncheck import engine
from aligncheck.archive.audit import open_store
from aligncheck.archive.query import Question, alike
from aligncheck.archive.vectors import Kept, cosines, of_pair, of_texts, packed
from aligncheck.encode.base import Encoder, Vectors
from aligncheck.model import Bitext

from .conftest import Archive

ZH = "全年新建学校12所。新增绿地350公顷，种植树木4万株。\n培训教师4800人次，各项工作稳步推进。\n***\n"
EN = (
    "Over the year 12 schools were built. The city added 350 hectares of green space and planted 40,000 trees.\n"
    "Teachers were trained 4,800 times. All work proceeded steadily.\n***\n"
)


class Counting:
    """The embedded encoder, which notes what it is asked to encode."""

    def __init__(self) -> None:
        self._encoder = engine.encoder_of("embedded")
        self.signature = self._encoder.signature
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._encoder.encode(texts)


def test_vectors_read_off_the_aligner_are_those_of_the_passages() -> None:
    kept: list[Kept] = []
    pairs: list[Bitext] = []

    def note(bitext: Bitext, encoder: Encoder) -> None:
        pairs.append(bitext)
        kept.extend(of_pair(bitext, encoder))

    what = engine.load_texts(EN, ZH, engine.Settings())
    engine.check_loaded(what, engine.Settings(), aligned=note)
    (bitext,) = pairs
    assert [language for language, _, _ in kept] == ["zh", "en"]
    encoder = engine.encoder_of("embedded")
    for (language, signature, data), document in zip(kept, (bitext.source, bitext.target), strict=True):
        assert signature == encoder.signature
        side = "source" if document is bitext.source else "target"
        texts = [
            ("" if language == "zh" else " ").join(document.segments[i].text for i in getattr(b, side))
            for b in bitext.beads
        ]
        for n, (text, vector) in enumerate(zip(texts, encoder.encode(texts), strict=True)):
            if any(c.isalnum() for c in text):
                scores = cosines(data, vector)
                assert scores[n] > 0.95, text
                assert scores.argmax() == n
            else:
                assert cosines(data, encoder.encode(["树木"])[0])[n] == 0


def test_eight_bits_are_enough() -> None:
    rows = np.random.default_rng(1).standard_normal((200, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[7] = 0
    asked = rows[3] * 0.6 + rows[4] * 0.8
    asked /= np.linalg.norm(asked)
    found = cosines(packed(rows), asked)
    assert np.abs(found - rows @ asked).max() < 0.002
    assert found[7] == 0
    assert packed(rows[:0]) == b""
    assert len(cosines(b"", asked)) == 0
    with pytest.raises(ValueError, match="reshape"):
        cosines(b"abc", asked)


def test_long_lists_are_encoded_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = Counting()
    whole = of_texts("en", ["green space", "teachers", "schools"], encoder)
    monkeypatch.setattr("aligncheck.archive.vectors._BLOCK", 2)
    assert (
        np.abs(
            np.frombuffer(of_texts("en", ["green space", "teachers", "schools"], encoder)[2], np.int8).astype(
                int
            )
            - np.frombuffer(whole[2], np.int8)
        ).max()
        <= 1
    )


def test_a_question_encodes_nothing_but_itself(archive: Archive) -> None:
    archive.run()
    store = open_store(archive.out, archive.url)
    try:
        for text in ("teachers were trained", "绿地面积"):
            encoder = Counting()
            found = alike(store, Question(text, limit=3), encoder)
            assert encoder.asked == [text]
            assert len(found) == 3
            assert text.split()[0][:2] in (found[0].source + found[0].target).lower()
        # Documents without a partner are found in their own language.
        lone = alike(store, Question("schools and green space", "2020", "2020"), Counting())
        assert {a.document for a in lone} == {"2020/plan.en.txt"}
        assert lone[0].target == ""
    finally:
        store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_vectors_of_another_encoder_are_not_compared(archive: Archive) -> None:
    archive.run()
    db = sqlite3.connect(archive.out / "audit.sqlite")
    with db:
        db.execute("UPDATE vector SET signature = 'another' WHERE unit LIKE '2022%'")
    db.close()
    store = open_store(archive.out)
    try:
        encoder = Counting()
        found = alike(store, Question("teachers were trained", limit=20), encoder)
        assert {a.year for a in found} >= {"2021", "2022", "2023"}
        assert len(encoder.asked) == 1 + 3, "the passages of 2022 alone"
    finally:
        store.close()
