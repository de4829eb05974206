"""Vectors of the passages of an audit, kept so that a question is answered without encoding the archive again.

Each unit keeps a matrix a language: a row a passage, 512 whole numbers of 8 bits.  A row is the unit vector
over its largest component, so that the cosine with another vector is their product over the row's own length
(error under 0.001).  The aligner has made the sums already; a passage's vector is read off them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.additive import with_sums
from aligncheck.encode.base import Encoder, Vectors
from aligncheck.encode.threads import one_thread
from aligncheck.model import Bitext, Document
from aligncheck.pairing.sides import cut

#: (language, signature of the encoder, matrix as bytes): the rows that a unit has in the store.
Kept = tuple[str, str, bytes]
#: Texts that are encoded at once where nothing has been encoded before.
_BLOCK = 2048


def of_pair(bitext: Bitext, encoder: Encoder) -> tuple[Kept, ...]:
    """The vectors of the beads of an aligned pair, read off what its encoder remembers."""
    return tuple(
        (document.language, encoder.signature, packed(_of_side(document, rows, encoder)))
        for document, rows in (
            (bitext.source, [b.source for b in bitext.beads]),
            (bitext.target, [b.target for b in bitext.beads]),
        )
    )


def of_texts(language: str, texts: Sequence[str], encoder: Encoder) -> Kept:
    """The vectors of passages that nobody has encoded yet."""
    blocks = [encoder.encode(texts[at : at + _BLOCK]) for at in range(0, len(texts), _BLOCK)]
    return language, encoder.signature, b"".join(map(packed, blocks))


def packed(vectors: Vectors) -> bytes:
    """Vectors (n, d) of length 1, or zero, as whole numbers of 8 bits, row after row."""
    top = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    return np.rint(vectors * (127 / np.where(top > 0, top, 1))).astype(np.int8).tobytes()


def cosines(data: bytes, asked: Vectors) -> NDArray[np.float32]:
    """The cosines (n,) of kept vectors with a vector (d,) of length 1; 0 for a passage without words.

    Raises:
        ValueError: the data is no whole number of rows.
    """
    rows = np.frombuffer(data, dtype=np.int8).reshape(-1, len(asked)).astype(np.float32)
    with one_thread():
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        found: NDArray[np.float32] = (rows @ asked / np.maximum(lengths, 1)).astype(np.float32)
    return found


def _of_side(document: Document, beads: Sequence[Sequence[int]], encoder: Encoder) -> Vectors:
    """A row a bead, (n, d): the vector of its run of sentences; zero where it has none, or none with words."""
    adding = with_sums(encoder)
    segments = document.segments
    sums = adding.sums([cut(s.text, document.language) for s in segments])
    bodies, sizes = sums.sentences()
    states = np.zeros((len(beads), bodies.shape[1] if len(bodies) else 0), dtype=np.float32)
    lengths = np.zeros(len(beads), dtype=np.float32)
    for n, ids in enumerate(beads):
        for i in ids:
            states[n] += bodies[i]
            lengths[n] += sizes[i]
        if ids and sums.first is not None and sums.last is not None:
            states[n] += sums.first[ids[0]] + sums.last[ids[-1]]
    with one_thread():
        rows = adding.finish(states, lengths)
    rows[[not any(c.isalnum() for i in ids for c in segments[i].text) for ids in beads]] = 0
    return rows
