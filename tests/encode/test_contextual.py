"""The embedded word model: what it reads, and that nothing breaks it."""

from __future__ import annotations

import builtins
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligncheck.encode import contextual
from aligncheck.encode.contextual import ContextualEncoder, embedded
from aligncheck.encode.pairs import PairEncoder, WordPair
from aligncheck.encode.pieces import SPACE, Pieces
from aligncheck.errors import PluginError
from aligncheck.words import spans


def pair(zh: str, en: str) -> WordPair:
    left, right = spans(zh, "zh"), spans(en, "en")
    return WordPair(
        tuple(zh[a:b] for a, b in left),
        tuple(en[a:b] for a, b in right),
        tuple(a == 0 or en[a - 1].isspace() for a, _ in right),
    )


RIGHT = pair("全市新建幼儿园12所。", "The city built 12 new kindergartens.")


def linked(zh: str, en: str, left: str, right: str) -> float:
    given = pair(zh, en)
    reading = embedded().read([given])[0]
    return float(reading.links[given.chinese.index(left), given.english.index(right)])


def test_it_is_a_pair_encoder() -> None:
    assert isinstance(embedded(), PairEncoder)


@pytest.mark.parametrize(
    ("zh", "en", "left", "right"),
    [
        ("全市新建幼儿园12所。", "The city built 12 new kindergartens.", "幼儿园", "kindergartens"),
        ("去年出口下降了。", "Exports fell last year.", "出口", "Exports"),
        ("医院将延长门诊时间。", "The hospital will extend its clinic hours.", "医院", "hospital"),
    ],
)
def test_words_that_render_each_other_are_linked(zh: str, en: str, left: str, right: str) -> None:
    assert linked(zh, en, left, right) >= 0.5


def test_words_that_do_not_are_not() -> None:
    assert linked("医院将延长门诊时间。", "The hospital will extend its clinic hours.", "医院", "hours") < 0.3


def test_a_reading_has_a_number_for_every_word() -> None:
    reading = embedded().read([RIGHT])[0]
    n, k = len(RIGHT.chinese), len(RIGHT.english)
    assert reading.links.shape == (n, k)
    for row, size in ((reading.missing, n), (reading.wrong_zh, n), (reading.wrong_en, k), (reading.added, k)):
        assert row is not None
        assert row.shape == (size,)
        assert ((row >= 0) & (row <= 1)).all()


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    others = [pair("天气很好。" * n, "The weather is fine. " * n) for n in (1, 3, 9)]
    alone = embedded().read([RIGHT])[0]
    among = embedded().read([*others, RIGHT, *others])[3]
    assert np.array_equal(alone.links, among.links)
    assert np.array_equal(alone.missing, among.missing)


def test_a_dropped_clause_is_more_doubtful_than_a_rendered_one() -> None:
    zh = "今年全市新建幼儿园12所，改造农村公路80公里。"
    whole = pair(zh, "This year the city built 12 kindergartens and upgraded 80 kilometers of rural roads.")
    short = pair(zh, "This year the city built 12 kindergartens.")
    at = next(n for n, w in enumerate(whole.chinese) if "公路" in w)
    a, b = embedded().read([whole, short])
    assert a.missing is not None
    assert b.missing is not None
    assert b.missing[at] > a.missing[at] + 0.2


@pytest.mark.parametrize(("zh", "en"), [("", ""), ("全市", ""), ("", "The city")])
def test_empty_sides(zh: str, en: str) -> None:
    given = pair(zh, en)
    reading = embedded().read([given])[0]
    assert reading.links.shape == (len(given.chinese), len(given.english))
    assert reading.missing is not None
    assert (reading.missing == 1).all()


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("建" * 1_500, "build " * 1_500),
        ("城市更新。" * 600, "short"),
        ("😀" * 300 + "\ue000\U0010ffff", "\ud83d " * 10 + "é̈" * 500),
        ("x" * 3_000, "y" * 3_000),
    ],
)
def test_texts_that_fit_no_window_or_vocabulary(zh: str, en: str) -> None:
    given = pair(zh, en)
    reading = embedded().read([given])[0]
    assert reading.links.shape == (len(given.chinese), len(given.english))
    assert np.isfinite(reading.links).all()


def test_a_damaged_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    monkeypatch.setattr(contextual, "files", lambda _: tmp_path)
    with pytest.raises(PluginError, match="cannot be read"):
        contextual.model_bytes()
    (home / contextual.FILE).write_bytes(b"no model")
    with pytest.raises(PluginError, match="damaged"):
        contextual.model_bytes()


def test_without_onnxruntime_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "onnxruntime":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PluginError, match="onnxruntime") as caught:
        ContextualEncoder(b"")
    assert "pip install onnxruntime" in str(caught.value)


def test_pieces_are_the_likeliest_cut() -> None:
    known = ["<s>", "<pad>", "</s>", "<unk>", "a", "b", "ab", SPACE + "a", "abc"]
    scores = [0, 0, 0, 0, -1.0, -1.0, -1.5, -1.0, -9.0]
    pieces = Pieces(known, scores, {ord("Ａ"): "a", ord(SPACE): " "}, 3)
    assert pieces.cut("ab", False) == (6,)
    assert pieces.cut("ab", True) == (7, 5)
    assert pieces.cut("Ａb", True) == (7, 5)
    assert pieces.cut("ac", False) == (4, 3)
    assert pieces.cut("", False) == (3,)


def test_pieces_cover_any_word() -> None:
    source = random.Random(7)
    for _ in range(200):
        word = "".join(
            chr(source.choice((source.randrange(32, 0x3000), source.randrange(0x4E00, 0x9FFF))))
            for _ in range(12)
        )
        assert embedded().pieces.cut(word, source.random() < 0.5)
