"""Both sides of a pair with what every score is read off, and the words and clauses that join their sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import SumEncoder
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.sides import Sentences, Vectored

Array = NDArray[np.float32]


class Pair:
    """Both sides of a pair with everything that scores need; rows are Chinese, columns English."""

    def __init__(
        self,
        source: Sentences,
        target: Sentences,
        source_vectors: Vectored,
        target_vectors: Vectored,
        encoder: SumEncoder,
        lexicon: Lexicon,
    ) -> None:
        self.source, self.target = source, target
        self.sv, self.tv = source_vectors, target_vectors
        self.encoder = encoder
        self.lexicon = lexicon
        self.blocks = source.informative and target.informative
        ratio = float(target.size.sum()) / max(float(source.size.sum()), 1.0)
        self.ratio = min(max(ratio, 1.5), 8.0)
        self._source_units = lexicon.chinese.distinct()
        self._target_units = lexicon.english.distinct()
        words = (lexicon.chinese, self._source_units), (lexicon.english, self._target_units)
        totals = [float(side.weights[kind].sum()) for side, (_, kind) in words]
        #: Mean weight of a target sentence, per kind of unit, in the units of the source and the target.
        pieces = [float(v.piece_weight.sum()) for v in (source_vectors, target_vectors)]
        count = max(len(target), 1)
        self.typical: dict[str, tuple[float, float]] = {
            kind: (max(zh, 1.0) / count, max(en, 1.0) / count)
            for kind, (zh, en) in (("words", totals), ("clauses", pieces))
        }
        self._piece_joins: tuple[_Join, _Join] | None = None

    def refresh_words(self) -> None:
        """Take over what the lexicon has learnt."""
        left, right, strength = self.lexicon.pairs()
        self._piece_joins = None
        chinese, english = self.lexicon.chinese, self.lexicon.english
        self._forward = _Join(
            left, right, strength, len(chinese.keys), self._source_units, self._target_units, len(self.target)
        )
        self._backward = _Join(
            right, left, strength, len(english.keys), self._target_units, self._source_units, len(self.source)
        )

    def words(self, start: int, end: int, first: int, last: int, flip: bool = False) -> Units:
        """Word units of sentences ``start`` to ``end`` against the other side's ``first`` to ``last``.

        ``flip``: the rows are target sentences, the columns source sentences.
        """
        weights = (self.lexicon.english if flip else self.lexicon.chinese).weights
        return (self._backward if flip else self._forward).units(start, end, first, last, weights)

    def rare_pairs(self, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
        """Pairs of sentences that share words of at most ``most`` sentences.

        Rows, columns and weights, each of shape (pairs,).
        """
        rows, columns, weights = self._forward.rare(most, self.lexicon.chinese.weights)
        cell, place = np.unique(rows * max(len(self.target), 1) + columns, return_inverse=True)
        total = np.bincount(place, weights=weights).astype(np.float32)
        width = max(len(self.target), 1)
        return cell // width, cell % width, total

    def clauses(self, start: int, end: int, first: int, last: int) -> tuple[Units, Units]:
        """Clauses of source sentences ``start`` to ``end`` against target sentences ``first`` to ``last``.

        A clause is covered by a sentence as well as by the nearest of its clauses or by the sentence
        as a whole.  The second result has the target's clauses as rows, source sentences as columns.
        """
        sa, sb = np.searchsorted(self.sv.piece_sentence, [start, end])
        ta, tb = np.searchsorted(self.tv.piece_sentence, [first, last])
        cosine = self.sv.piece_vectors[sa:sb] @ self.tv.piece_vectors[ta:tb].T
        rows = self.sv.piece_sentence[sa:sb] - start
        columns = self.tv.piece_sentence[ta:tb] - first
        t_starts = np.searchsorted(columns, np.arange(last - first))
        s_starts = np.searchsorted(rows, np.arange(end - start))
        forward = np.maximum.reduceat(cosine, t_starts, axis=1) if tb > ta else cosine
        backward = np.maximum.reduceat(cosine, s_starts, axis=0).T if sb > sa else cosine.T
        np.maximum(forward, self.sv.piece_vectors[sa:sb] @ self.tv.vectors[first:last].T, out=forward)
        np.maximum(backward, self.tv.piece_vectors[ta:tb] @ self.sv.vectors[start:end].T, out=backward)
        return (
            Units(np.maximum(forward, 0), rows, self.sv.piece_weight[sa:sb]),
            Units(np.maximum(backward, 0), columns, self.tv.piece_weight[ta:tb]),
        )

    def piece_words(self, start: int, end: int, first: int, last: int) -> tuple[Array, Array, Array]:
        """Words of source pieces start .. end - 1 against target sentences first .. last - 1.

        Three arrays (pieces, sentences): the share of the piece's word weight that the sentence covers,
        that weight itself, and the share of the sentence's word weight that the piece backs.
        """
        forward, backward = self.join_pieces()
        ahead, total = forward.units(start, end, first, last, self.lexicon.chinese.weights).by_run(
            end - start, 1
        )
        back, back_total = backward.units(first, last, start, end, self.lexicon.english.weights).by_run(
            last - first, 1
        )
        share: Array = ahead[0] / np.maximum(total[:, None], np.float32(1e-6))
        backed: Array = (back[0] / np.maximum(back_total[:, None], np.float32(1e-6))).T
        return share, ahead[0], backed

    def join_pieces(self) -> tuple[_Join, _Join]:
        """What :meth:`piece_words` looks up, made once for all that has been learnt."""
        if self._piece_joins is None:
            self._piece_joins = self._pieces_joined()
        return self._piece_joins

    def _pieces_joined(self) -> tuple[_Join, _Join]:
        chinese, english = self.lexicon.chinese, self.lexicon.english
        rows, kinds = [], []
        borders = [np.cumsum([len(p) for p in pieces]) for pieces in self.source.pieces]
        for sentence, ends, base in zip(chinese.sentences, borders, self.sv.sums.starts, strict=False):
            seen = set()
            for word in sentence:
                piece = int(base) + min(int(np.searchsorted(ends, word.start, side="right")), len(ends) - 1)
                number = chinese.numbers[word.key]
                if (piece, number) not in seen:
                    seen.add((piece, number))
                    rows.append(piece)
                    kinds.append(number)
        units = (np.array(rows, dtype=np.int64), np.array(kinds, dtype=np.int64))
        left, right, strength = self.lexicon.pairs()
        pieces = len(self.sv.piece_sentence)
        return (
            _Join(left, right, strength, len(chinese.keys), units, self._target_units, len(self.target)),
            _Join(right, left, strength, len(english.keys), self._target_units, units, pieces),
        )


@dataclass(frozen=True, slots=True)
class Units:
    """Units of consecutive sentences and how far each sentence of the other side covers them.

    ``cover``: (units, sentences of the other side) 0..1; ``sentence``: (units,) from 0, ascending;
    ``weight``: (units,).
    """

    cover: Array
    sentence: NDArray[np.int64]
    weight: Array

    def by_run(self, sentences: int, longest: int) -> tuple[list[Array], Array]:
        """Covered weight of each sentence by each run of the other side, and the sentences' weights.

        Item ``k - 1`` of the first result: (sentences, other), the run of ``k`` that begins there.
        """
        starts = np.searchsorted(self.sentence, np.arange(sentences + 1))
        total = _sums(self.weight[:, None], starts)[:, 0]
        best = self.cover.copy()
        out = []
        for k in range(1, longest + 1):
            if k > 1 and best.shape[1] >= k:
                width = best.shape[1] - k + 1
                np.maximum(best[:, :width], self.cover[:, k - 1 :], out=best[:, :width])
            out.append(_sums(best * self.weight[:, None], starts))
        return out, total


def _sums(rows: Array, starts: NDArray[np.int64]) -> Array:
    """Sums of rows between starts; an empty stretch gives zeros."""
    out = np.zeros((len(starts) - 1, rows.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        out[filled] = np.add.reduceat(rows, starts[filled], axis=0)
    return out


class _Join:
    """Finds, for the words of some sentences, where their translations stand on the other side."""

    def __init__(
        self,
        left: NDArray[np.int64],
        right: NDArray[np.int64],
        strength: Array,
        kinds: int,
        units: tuple[NDArray[np.int64], NDArray[np.int64]],
        others: tuple[NDArray[np.int64], NDArray[np.int64]],
        total: int,
    ) -> None:
        order = np.lexsort((right, left))
        self._starts = np.searchsorted(left[order], np.arange(kinds + 1))
        self._right, self._strength = right[order], strength[order]
        self._sentence, self._kind = units
        self._total = max(total, 1)
        self._places = np.sort(others[1] * self._total + others[0])

    def rare(self, most: int, weights: Array) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
        """Meetings of rare words: sentence, other sentence, weight times strength, each of shape (meetings,);
        unsorted, with repeats."""
        size = len(self._starts) - 1
        common = np.bincount(self._kind, minlength=size) > most
        pick = ~common[self._kind]
        sentence, kind = self._sentence[pick], self._kind[pick]
        begin, count = self._starts[kind], self._starts[kind + 1] - self._starts[kind]
        unit = np.repeat(np.arange(len(kind)), count)
        flat = _ranges(begin, count)
        right, strength = self._right[flat], self._strength[flat]
        low = np.searchsorted(self._places, right * self._total)
        hits = np.searchsorted(self._places, (right + 1) * self._total) - low
        good = (hits <= most) & (strength >= 0.5)
        unit, low, hits, strength = unit[good], low[good], hits[good], strength[good]
        columns = self._places[_ranges(low, hits)] % self._total
        unit = np.repeat(unit, hits)
        return sentence[unit], columns, weights[kind[unit]] * np.repeat(strength, hits)

    def units(self, start: int, end: int, first: int, last: int, weights: Array) -> Units:
        a, b = np.searchsorted(self._sentence, [start, end])
        kind = self._kind[a:b]
        cover = np.zeros((len(kind), last - first), dtype=np.float32)
        begin = self._starts[kind]
        count = self._starts[kind + 1] - begin
        unit = np.repeat(np.arange(len(kind)), count)
        flat = _ranges(begin, count)
        right, strength = self._right[flat], self._strength[flat]
        low = np.searchsorted(self._places, right * self._total + first)
        hits = np.searchsorted(self._places, right * self._total + last) - low
        column = self._places[_ranges(low, hits)] % self._total - first
        np.maximum.at(cover, (np.repeat(unit, hits), column), np.repeat(strength, hits))
        return Units(cover, self._sentence[a:b] - start, weights[kind])


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers starts[i] .. starts[i] + counts[i] - 1 for every i, one after another."""
    total = int(counts.sum())
    shift = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    out: NDArray[np.int64] = np.arange(total, dtype=np.int64) + shift
    return out
