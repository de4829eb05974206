"""Word links by any local model of the transformers library: ``--word-encoder transformers:FOLDER``.

Each text is read alone by a multilingual model; two words are as likely linked as their states are alike, in either
direction (Jalili Sabet et al. 2020, "SimAlign"; Dou and Neubig 2021, "AWESOME").  Such a model knows links only:
what is missing, added or wrong is still told by the embedded one, which has learnt it.  The extra
``aligncheck[transformers]`` brings the library; the model lies in a folder, and nothing is fetched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from aligncheck.encode import contextual
from aligncheck.encode.base import unit
from aligncheck.encode.pairs import PairEncoder, Reading, Table, WordEncoderPlugin, WordPair
from aligncheck.errors import ConfigError, foreign

#: Words are told apart best by the states of a layer at two thirds of the height: the 8th of 12 (Jalili Sabet et al.).
_HEIGHT = 2 / 3
#: Cosines of states lie close together: they are so much steeper before they become shares.
_STEEPNESS = 30.0
#: So many pieces are read again around the seams of texts that are longer than the model's window.
_MARGIN = 48
#: Windows are at most so long, whatever the model could do; attention costs their square.
_LONGEST = 512
_UNPAIRED = re.compile("[\ud800-\udfff]")


class LocalWords:
    """A model that links words by their states; ``layer`` counts from 1, ``folder`` names it in the signature."""

    def __init__(self, model: Any, tokenizer: Any, folder: str, layer: int) -> None:
        self._model, self._tokenizer, self._layer = model, tokenizer, layer
        self.signature = f"transformers-words/{folder}/{layer}"
        known = int(getattr(model.config, "max_position_embeddings", _LONGEST) or _LONGEST)
        # Models of the RoBERTa family keep two positions for themselves; two marks stand around a text.
        self._room = max(8, min(known, _LONGEST) - 4)

    def read(self, pairs: Sequence[WordPair]) -> list[Reading]:
        """A reading for each pair, in order, with links alone; each text is read once."""
        sides = [(_Text(p.chinese, (False,) * len(p.chinese)), _Text(p.english, p.spaced)) for p in pairs]
        states = {text: self._states(text) for text in dict.fromkeys(t for both in sides for t in both)}
        return [Reading(_links(states[zh], states[en])) for zh, en in sides]

    def _states(self, text: _Text) -> Table:
        """A vector of length 1 for each word, (words, width); zeros for words without pieces."""
        whole, starts, ends = text.joined()
        cut = self._tokenizer(whole, add_special_tokens=False, return_offsets_mapping=True)
        ids, places = cut["input_ids"], cut["offset_mapping"]
        if not ids:
            return np.zeros((len(text.words), 1), dtype=np.float32)
        total, times = np.zeros((0, 0), dtype=np.float32), np.zeros((len(ids), 1), dtype=np.float32)
        for start in _starts(len(ids), self._room):
            got = self._run(ids[start : start + self._room])
            if not len(total):
                total = np.zeros((len(ids), got.shape[1]), dtype=np.float32)
            total[start : start + self._room] += got
            times[start : start + self._room] += 1
        total /= np.maximum(times, 1)
        states = np.zeros((len(text.words), total.shape[1]), dtype=np.float32)
        for number, (first, last) in enumerate(places):
            # A piece may reach over several words of Chinese; blanks before a word belong to it.
            word = bisect_right(ends, first)
            while word < len(starts) and starts[word] < last:
                states[word] += total[number]
                word += 1
        return unit(states)

    def _run(self, ids: list[int]) -> Table:
        """The states of a window's pieces at the layer, (pieces, width)."""
        import torch

        before, after = (
            [mark for mark in some if mark is not None][:1]
            for some in (
                (self._tokenizer.cls_token_id, self._tokenizer.bos_token_id),
                (self._tokenizer.sep_token_id, self._tokenizer.eos_token_id),
            )
        )
        marked = [*before, *ids, *after]
        with torch.inference_mode():
            out = self._model(torch.tensor([marked]), output_hidden_states=True)
        states = out.hidden_states[self._layer][0, len(before) : len(before) + len(ids)]
        return np.asarray(states.float().numpy(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as words, and whether white space stands before each."""

    words: tuple[str, ...]
    spaced: tuple[bool, ...]

    def joined(self) -> tuple[str, list[int], list[int]]:
        """The text, and where its words start and end in it."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for word, spaced in zip(self.words, self.spaced, strict=True):
            clean = _UNPAIRED.sub("\ufffd", word)
            lead = " " if spaced and parts else ""
            parts += [lead, clean]
            starts.append(at + len(lead))
            at += len(lead) + len(clean)
            ends.append(at)
        return "".join(parts), starts, ends


def _starts(length: int, room: int) -> list[int]:
    """Where windows of a text begin, so that they overlap."""
    if length <= room:
        return [0] if length else []
    step = max(1, room - min(_MARGIN, room // 2))
    return [*range(0, length - room, step), length - room]


def _links(chinese: Table, english: Table) -> Table:
    """The probability that two words render each other, (n, k): the mean of its shares in either direction."""
    n, k = len(chinese), len(english)
    if not n or not k or chinese.shape[1] != english.shape[1]:
        return np.zeros((n, k), dtype=np.float32)
    alike = chinese @ english.T
    shares = []
    for axis in (0, 1):
        odds = np.exp(_STEEPNESS * (alike - alike.max(axis=axis, keepdims=True)))
        shares.append(odds / odds.sum(axis=axis, keepdims=True))
    return np.asarray(np.sqrt(shares[0] * shares[1]), dtype=np.float32)


class Linked:
    """Links of one model, doubts of another."""

    def __init__(self, links: PairEncoder, doubts: PairEncoder) -> None:
        self._links, self._doubts = links, doubts
        self.signature = links.signature

    def read(self, pairs: Sequence[WordPair]) -> list[Reading]:
        """A reading for each pair, in order."""
        doubted = self._doubts.read(pairs)
        linked = self._links.read(pairs)
        return [replace(one, links=other.links) for one, other in zip(doubted, linked, strict=True)]


def load(argument: str) -> LocalWords:
    """The model in a folder; ``FOLDER@N`` takes the states of its Nth layer.

    Raises:
        ConfigError: no folder is named, the extra is not installed, there is no such folder or layer, or what is
            in it cannot be loaded.
    """
    place, _, layer = argument.rpartition("@") if re.search(r"@\d+$", argument) else (argument, "", "")
    if not place:
        raise ConfigError("no model is named", hint="write transformers:FOLDER")
    path = Path(place).expanduser()
    if not path.is_dir():
        raise ConfigError("there is no such model folder", path=place)
    try:
        from transformers import AutoModel, AutoTokenizer, logging  # heavy: only for who asks for it
    except ImportError as error:
        raise ConfigError(
            f"the word encoder 'transformers' needs a library that is not installed: {error.name or error}",
            hint="pip install 'aligncheck[transformers]'",
        ) from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call, unused-ignore]
    hint = "name a folder that holds a model of the transformers library with its tokenizer"
    with foreign(f"cannot load the model {place!r}", "", hint, ConfigError):
        tokenizer = AutoTokenizer.from_pretrained(str(path), local_files_only=True)
        model = AutoModel.from_pretrained(str(path), local_files_only=True)
        layers = int(model.config.num_hidden_layers)
    if not tokenizer.is_fast:
        raise ConfigError("the model's tokenizer does not tell where its pieces stand", path=place, hint=hint)
    model.eval()
    number = int(layer) if layer else max(1, round(_HEIGHT * layers))
    if not 1 <= number <= layers:
        raise ConfigError(f"the model has no layer {number}", path=place, hint=f"1 to {layers}")
    return LocalWords(model, tokenizer, path.name, number)


def make(argument: str) -> PairEncoder:
    """The model's links with the embedded model's doubts; errors as :func:`load` gives."""
    return Linked(load(argument), contextual.embedded())


PLUGIN = WordEncoderPlugin("transformers", "a model of the transformers library: transformers:FOLDER", make)
