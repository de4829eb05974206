"""What both word encoders owe, and what a local model of the transformers library brings beside."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.encode import contextual, local_words
from aligncheck.encode.pairs import PairEncoder, Reading, WordPair
from aligncheck.errors import ConfigError
from aligncheck.signature import parsed

RIGHT = WordPair(
    ("医院", "将", "延长", "门诊", "时间", "。"),
    ("The", "hospital", "will", "extend", "its", "clinic", "hours", "."),
    (True, True, True, True, True, True, True, False),
)
OTHER = WordPair(("出口", "下降", "了"), ("Exports", "fell"), (True, True))
ODD = [
    WordPair((), (), ()),
    WordPair(("医院",), (), ()),
    WordPair((), ("hospital",), (True,)),
    WordPair(("医" * 10_000,), ("h" * 10_000, "x"), (True, True)),
    WordPair(("\ud800", "𠮷", "☃"), ("\udfff", "—", " "), (True, True, True)),
    WordPair(("很",) * 300, ("very",) * 300, (True,) * 300),
]


def tiny(folder: Path) -> Path:
    """A BERT with random weights that knows single characters, saved with its tokenizer."""
    if importlib.util.find_spec("transformers") is None or importlib.util.find_spec("torch") is None:
        pytest.skip("the extra 'transformers' is not installed")
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *("##" + x for x in letters), "医", "院"]
    cutter = Tokenizer(models.WordPiece({p: n for n, p in enumerate(pieces)}, unk_token="[UNK]"))
    cutter.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=cutter, **marks).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(pieces), max_position_embeddings=64, **sizes)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module", params=["embedded", "links alone", "transformers"])
def encoder(request: pytest.FixtureRequest) -> PairEncoder:
    if request.param == "embedded":
        return contextual.embedded()
    folder = request.getfixturevalue("model")
    return local_words.load(str(folder)) if request.param == "links alone" else local_words.make(str(folder))


def tables(reading: Reading) -> list[tuple[int, np.ndarray]]:
    """The side (0 Chinese, 1 English) and the numbers of all that is told of words."""
    some = (
        (0, reading.missing),
        (0, reading.wrong_zh),
        (1, reading.wrong_en),
        (1, reading.added),
    )
    return [(side, values) for side, values in some if values is not None]


def test_it_keeps_the_protocol(encoder: PairEncoder) -> None:
    assert isinstance(encoder, PairEncoder)
    assert encoder.signature


def test_every_pair_has_a_reading_of_its_size(encoder: PairEncoder) -> None:
    pairs = [RIGHT, *ODD, OTHER]
    for pair, reading in zip(pairs, encoder.read(pairs), strict=True):
        sizes = len(pair.chinese), len(pair.english)
        assert reading.links.shape == sizes
        for values in (reading.links, *(v for _, v in tables(reading))):
            assert np.isfinite(values).all()
            assert ((values >= 0) & (values <= 1)).all()
        assert all(values.shape == (sizes[side],) for side, values in tables(reading))


def test_a_reading_does_not_depend_on_the_pairs_beside_it(encoder: PairEncoder) -> None:
    (alone,) = encoder.read([OTHER])
    among = encoder.read([RIGHT, OTHER, *ODD, OTHER])
    for reading in (among[1], among[-1]):
        np.testing.assert_allclose(reading.links, alone.links, atol=1e-6)


def test_no_pairs_have_no_readings(encoder: PairEncoder) -> None:
    assert encoder.read([]) == []


def test_words_in_both_texts_are_linked_by_a_local_model(model: Path) -> None:
    words = ("abc", "xyz", "klm")
    (reading,) = local_words.load(str(model)).read([WordPair(words, words, (True,) * 3)])
    assert (reading.links.argmax(1) == np.arange(3)).all()
    assert reading.missing is None


def test_a_blank_stands_only_where_one_stood(model: Path) -> None:
    """Pieces are cut from the text as it is: what is written together is one word for the tokenizer."""
    encoder = local_words.load(str(model))
    apart, together = (
        encoder.read([WordPair(("医院",), ("ab", "cd"), spaced)])[0].links
        for spaced in ((True, True), (True, False))
    )
    assert not np.allclose(apart, together)


def test_the_doubts_stay_those_of_the_embedded_model(model: Path) -> None:
    (mine,), (embedded,) = (e.read([RIGHT]) for e in (local_words.make(str(model)), contextual.embedded()))
    for ours, theirs in zip(tables(mine), tables(embedded), strict=True):
        assert (ours[1] == theirs[1]).all()
    assert not np.allclose(mine.links, embedded.links)


def test_a_check_names_it_in_its_signature(model: Path) -> None:
    report = engine.check_texts(
        "医院将延长门诊时间。",
        "The hospital will extend its clinic hours.",
        Settings(word_encoder=f"transformers:{model}"),
    )
    assert parsed(report.tool.signature)["links"].startswith("transformers")


def test_another_layer_links_otherwise(model: Path) -> None:
    first, last = (local_words.load(f"{model}@{layer}").read([RIGHT])[0].links for layer in (1, 3))
    assert not np.allclose(first, last)


@pytest.mark.parametrize("layer", ["0", "4", "99"])
def test_a_layer_that_is_not_there_is_refused(model: Path, layer: str) -> None:
    with pytest.raises(ConfigError, match=f"no layer {layer}"):
        local_words.load(f"{model}@{layer}")


def test_no_folder_and_no_such_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no model is named"):
        local_words.load("")
    with pytest.raises(ConfigError, match="no such model folder"):
        local_words.load(str(tmp_path / "away"))


def test_what_is_no_model_is_refused(tmp_path: Path, model: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot load the model"):
        local_words.load(str(tmp_path))


def test_the_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ConfigError, match="not installed") as caught:
        local_words.load(str(tmp_path))
    assert "aligncheck[transformers]" in str(caught.value.hint)


def test_the_embedded_one_takes_no_argument() -> None:
    with pytest.raises(ConfigError, match="no argument"):
        contextual.make("x")


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.txt", tmp_path / "b.txt"
    zh.write_text("医院将延长门诊时间。", encoding="utf-8")
    en.write_text("The hospital will extend its clinic hours.", encoding="utf-8")
    for name, said in (("transformers:away", "no such model folder"), ("transfomers:x", "did you mean")):
        command = [sys.executable, "-m", "aligncheck", "align", zh, en, "-f", "words", "--word-encoder", name]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert run.returncode == 2
        assert said in run.stderr
        assert "Traceback" not in run.stderr
