"""What every encoder must do, and the sums of the embedded one."""

from __future__ import annotations

import importlib.util
import itertools
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from aligncheck.encode import embedded, transformers
from aligncheck.encode.additive import Additive, with_sums
from aligncheck.encode.base import Encoder, SumEncoder, Vectors, unit
from aligncheck.errors import ConfigError
from aligncheck.pairing import align
from aligncheck.registry import get
from tests.conftest import make_bitext

TEXTS = ["我们推动改革，完善制度。", "We advance reform.", "", "……", "a\ud800b", "桥梁" * 300]


class Letters:
    """A small encoder: counts of letters."""

    signature = "letters"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for c in text:
                row[ord(c) % 64] += c.isalnum()
        return unit(rows)


@pytest.fixture(scope="module")
def use() -> embedded.EmbeddedEncoder:
    return embedded.make("")


@pytest.fixture(scope="module", params=["embedded", "additive", "transformers"])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """Each encoder in turn."""
    if request.param == "embedded":
        return embedded.make("")
    if request.param == "additive":
        return Additive(Letters())
    return tiny_transformer(tmp_path_factory.mktemp("model"))


def tiny_transformer(folder: Path) -> transformers.TransformersEncoder:
    """A sentence-transformers model with random weights, made and saved here, loaded by path."""
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("the extra 'transformers' is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library says of itself is not ours to mend
        import torch
        from transformers import BertConfig, BertModel, BertTokenizerFast

        torch.manual_seed(1)
        characters = sorted(set("我们推动改革，完善制度。桥梁We advance reform.空气质量"))
        vocabulary = folder / "vocab.txt"
        marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        vocabulary.write_text("\n".join([*marks, *characters]), encoding="utf-8")
        BertTokenizerFast(vocab_file=str(vocabulary)).save_pretrained(folder / "tiny")
        config = BertConfig(
            vocab_size=len(characters) + len(marks),
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=64,
        )
        BertModel(config).save_pretrained(folder / "tiny")
        return transformers.make(str(folder / "tiny"))


def test_rows_are_unit_or_zero(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape[0] == len(TEXTS)
    assert rows.dtype == np.float32
    norms = np.linalg.norm(rows, axis=1)
    assert norms[[0, 1, 4, 5]] == pytest.approx(np.ones(4), abs=1e-4)
    assert norms[[2, 3]] == pytest.approx(np.zeros(2))


def test_no_texts_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape[0] == 0


def test_a_text_has_one_vector(encoder: Encoder) -> None:
    alone, among = encoder.encode(TEXTS[:1]), encoder.encode([TEXTS[1], TEXTS[0], TEXTS[1]])
    assert among[1] == pytest.approx(alone[0], abs=1e-5)


def test_signature(encoder: Encoder) -> None:
    assert encoder.signature


def test_sums_of_sentences(encoder: Encoder) -> None:
    summing = with_sums(encoder)
    assert isinstance(summing, SumEncoder)
    sums = summing.sums([("我们推动改革，", "完善制度。"), ("桥梁。",)])
    assert sums.starts.tolist() == [0, 2, 3]
    states, sizes = sums.sentences()
    if sums.first is not None and sums.last is not None:
        states = states + sums.first + sums.last
    whole = encoder.encode(["我们推动改革，完善制度。", "桥梁。"])
    assert (summing.finish(states, sizes) * whole).sum(1) == pytest.approx(np.ones(2), abs=0.02)


def test_encoders_align(encoder: Encoder) -> None:
    bitext = align(
        make_bitext("我们推动改革。\n桥梁开工。", "We advance reform.\nThe bridge is begun."), encoder
    )
    assert sorted(i for b in bitext.beads for i in b.source) == [0, 1]
    assert sorted(j for b in bitext.beads for j in b.target) == [0, 1]


def test_runs_are_near_the_joined_text(use: embedded.EmbeddedEncoder) -> None:
    sentences = ["我们推动改革。", "空气质量持续改善。", "桥梁已经开工。", "图书馆周一闭馆。"]
    sums = use.sums([(s,) for s in sentences])
    assert sums.first is not None
    assert sums.last is not None
    for a, b in itertools.combinations(range(5), 2):
        state = sums.bodies[a:b].sum(0) + sums.first[a] + sums.last[b - 1]
        vector = use.finish(state[None], sums.sizes[a:b].sum(keepdims=True))[0]
        joined = use.encode(["".join(sentences[a:b])])[0]
        assert float(vector @ joined) > 0.95


def test_tables_give_the_same_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGNCHECK_CACHE", str(tmp_path))
    first = embedded.make("").encode(TEXTS)
    (table,) = tmp_path.glob("use-*.bin")
    second = embedded.make("").encode(TEXTS)
    assert (first == second).all()
    table.write_bytes(table.read_bytes()[:1000])
    assert (embedded.make("").encode(TEXTS) == first).all()


def test_meaning_crosses_languages(use: embedded.EmbeddedEncoder) -> None:
    zh, right, wrong = use.encode(
        ["空气质量持续改善。", "Air quality keeps improving.", "He sold his horse."]
    )
    assert float(zh @ right) > float(zh @ wrong) + 0.2


def test_the_registry_knows_both() -> None:
    assert get("aligncheck.encoders", "embedded", "encoder") is embedded.PLUGIN
    assert get("aligncheck.encoders", "transformers", "encoder") is transformers.PLUGIN


@pytest.mark.parametrize(
    ("argument", "says"), [("", "no model is named"), ("./nowhere", "such model folder|not installed")]
)
def test_a_model_that_is_not_there(argument: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        transformers.make(argument)


def test_without_the_extra_there_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ConfigError, match=r"aligncheck\[transformers\]"):
        transformers.make("LaBSE")
