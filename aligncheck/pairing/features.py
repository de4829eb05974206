"""What speaks for and against every candidate bead, as arrays over a block of the search band.

All evidence of coverage works the same way.  A side is cut into units (words, clauses), each with
a weight; a unit is covered by a run of sentences of the other side as well as by the best of these
sentences.  So the coverage of every run comes from running maxima over the columns, and the coverage
of a run of rows from sums over its rows: no run is ever compared as such, but for one cosine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.pairing.joint import Array, Pair
from aligncheck.pairing.sides import (
    AFTER,
    ASKS,
    BEFORE,
    BEGINS_SPEECH,
    ENDS_SPEECH,
    EXCLAIMS,
    EXCLAMATION,
    QUESTION,
    QUOTES,
    run_vectors,
)


def bead_types(largest: int) -> tuple[tuple[int, int], ...]:
    """The sizes (source, target) of beads that are looked for, empty sides not among them."""
    types = [(1, b) for b in range(1, largest + 1)] + [(a, 1) for a in range(2, largest + 1)]
    small = [(2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3)]
    return tuple(types + [t for t in small if max(t) <= largest])


#: Names of the features of a bead with two sides, in the order of the arrays.
NAMES = (
    *("1-1", "1-2", "2-1", "1-3", "3-1", "1-4+", "4+-1", "2-2", "n-m", "extra sentences", "extra over 3"),
    *("cosine", "cosine x mass", "hubness x mass", "cosine gained by edges", "cosine of neighbours"),
    *("words source", "words target", "least words source", "least words target"),
    *("words source each", "words target each", "words source weighed", "words target weighed"),
    *("clauses source", "clauses target", "least clauses source", "least clauses target"),
    *("clauses source each", "clauses target each", "clauses source weighed", "clauses target weighed"),
    *("length", "length squared", "length of 1-1", "log length", "long target"),
    *("question", "exclamation", "ends asking", "ends exclaiming", "ends speech", "begins speech"),
    *("in speech before", "in speech after", "quotes", "unended source", "unended target"),
    *("small start target", "crosses source block", "crosses target block"),
    *("block starts agree", "block starts disagree"),
)
_AT = {name: i for i, name in enumerate(NAMES)}

#: Names of the features of a sentence without counterpart.
NULL_NAMES = (
    *("null source", "null target", "null size source", "null size target"),
    *("null words source", "null words target", "null cosine source", "null cosine target"),
    *("null block source", "null block target", "null source in blocks", "null target in blocks"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """Features of all beads that begin in a rectangle of the search table.

    ``beads``: (features, types, rows, columns); ``null_source``: (features, rows) and
    ``null_target``: (features, columns) of sentences without counterpart.
    """

    beads: Array
    null_source: Array
    null_target: Array


def block_features(
    pair: Pair, types: tuple[tuple[int, int], ...], start: int, end: int, first: int, last: int
) -> Block:
    """The features of beads that begin at source start .. end - 1 and target first .. last - 1."""
    deep = max(a for a, _ in types)
    wide = max(b for _, b in types)
    n, m = len(pair.source), len(pair.target)
    rows, columns = end - start, last - first
    row_end, column_end = min(n, end + deep - 1), min(m, last + wide - 1)
    height, width = row_end - start, column_end - first

    forward = pair.words(start, row_end, first, column_end)
    backward = pair.words(first, column_end, start, row_end, flip=True)
    clauses, clauses_back = pair.clauses(start, row_end, first, column_end)
    evidence = []
    for units, units_back in ((forward, backward), (clauses, clauses_back)):
        a_cover, a_total = units.by_run(height, wide)
        b_cover, b_total = units_back.by_run(width, deep)
        evidence.append((a_cover, a_total, [c.T for c in b_cover], b_total))

    source_runs = run_vectors(pair.sv, pair.encoder, start, end, deep)
    target_runs = run_vectors(pair.tv, pair.encoder, first, last, wide)
    # One more row and column before the block: the neighbours of the runs that begin it.
    above, left = max(start - 1, 0), max(first - 1, 0)
    base = pair.sv.vectors[above:row_end] @ pair.tv.vectors[left:column_end].T
    row_hub, column_hub = _top_mean(base, 1)[start - above :], _top_mean(base, 0)[first - left :]
    cosines = {(a, b): source_runs[a - 1] @ target_runs[b - 1].T for a, b in {*types, (1, 1)}}
    # Cosines of runs with the single sentences of the other side, and how many stand before the block.
    beside_source = [
        (source_runs[k] @ pair.tv.vectors.T[:, left:column_end], first - left) for k in range(deep)
    ]
    beside_target = [
        (target_runs[k] @ pair.sv.vectors.T[:, above:row_end], start - above) for k in range(wide)
    ]

    out = np.zeros((len(NAMES), len(types), rows, columns), dtype=np.float32)
    s, t = pair.source, pair.target
    for k, (a, b) in enumerate(types):
        r, c = min(rows, height - a + 1), min(columns, width - b + 1)
        if r <= 0 or c <= 0:
            continue

        def put(name: str, value: Any, k: int = k, r: int = r, c: int = c) -> None:
            out[_AT[name], k, :r, :c] = value

        out[_group(a, b), k] = 1.0
        put("extra sentences", a + b - 2)
        put("extra over 3", max(0, max(a, b) - 3))
        mass = (a + b) / 2
        cosine = cosines[a, b][:r, :c]
        put("cosine", cosine)
        put("cosine x mass", cosine * mass)
        hub = _windows(row_hub, a)[:r, None] / a + _windows(column_hub, b)[None, :c] / b
        put("hubness x mass", hub / 2 * mass)
        put("cosine gained by edges", _gained(cosines, a, b, r, c))
        # The sentence before a run and the one after it should be nearer to something else.
        put("cosine of neighbours", _neighbours(beside_source[a - 1], beside_target[b - 1], a, b, r, c))
        for kind, covers in zip(("words", "clauses"), evidence, strict=True):
            for name, value in _covered(covers, a, b, r, c, pair.typical[kind]):
                put(name.format(kind), value)
        ls = _windows(s.size[start:row_end], a)[:r, None] * pair.ratio
        lt = _windows(t.size[first:column_end], b)[None, :c]
        for name, value in (
            *_lengths(ls, lt, (a, b) == (1, 1)),
            *_marks(s.marks[start:row_end], t.marks[first:column_end], a, b, r, c),
        ):
            put(name, value)
        put("unended source", ~s.ends[start + a - 1 : start + a - 1 + r, None])
        put("unended target", ~t.ends[None, first + b - 1 : first + b - 1 + c])
        put("small start target", ~t.begins[None, first : first + c])
        if pair.blocks:
            put("crosses source block", _inner(s.opens[start:row_end], a)[:r, None])
            put("crosses target block", _inner(t.opens[first:column_end], b)[None, :c])
            so, to = s.opens[start : start + r, None], t.opens[None, first : first + c]
            put("block starts agree", so & to)
            put("block starts disagree", so ^ to)
    near = base.max(1)[start - above :][:rows], base.max(0)[first - left :][:columns]
    return Block(out, *_nulls(pair, evidence[0], near, (start, end), (first, last)))


Named = Iterator[tuple[str, Any]]
Covers = tuple[Sequence[Array], Array, Sequence[Array], Array]


def _covered(covers: Covers, a: int, b: int, r: int, c: int, typical: tuple[float, float]) -> Named:
    """How much of the words (or clauses) of either run the other renders."""
    ahead_cover, ahead_total, back_cover, back_total = covers
    ahead, back = ahead_cover[b - 1][:, :c], back_cover[a - 1][:r]
    ahead_share = (ahead / np.maximum(ahead_total[:, None], 1e-6)).astype(np.float32)
    back_share = (back / np.maximum(back_total[None], 1e-6)).astype(np.float32)
    ahead_sum, back_sum = _windows(ahead, a)[:r], _windows(back, b, axis=1)[:, :c]
    yield "{} source", ahead_sum / np.maximum(_windows(ahead_total, a)[:r, None], 1e-6)
    yield "{} target", back_sum / np.maximum(_windows(back_total, b)[None, :c], 1e-6)
    yield "least {} source", _least(ahead_share, a)[:r]
    yield "least {} target", _least(back_share, b, axis=1)[:, :c]
    yield "{} source each", _windows(ahead_share, a)[:r]
    yield "{} target each", _windows(back_share, b, axis=1)[:, :c]
    yield "{} source weighed", ahead_sum / typical[0]
    yield "{} target weighed", back_sum / typical[1]


def _lengths(ls: Array, lt: Array, single: bool) -> Named:
    """Gale and Church: the difference in standard deviations, whose variance grows with length."""
    z = (lt - ls) / np.sqrt((lt + ls) / 2 * 6.8 + 40)
    yield "length", np.minimum(np.abs(z), 8) / 4
    yield "length squared", np.minimum(z * z, 36) / 16
    if single:
        yield "length of 1-1", np.minimum(np.abs(z), 8) / 4
    yield "log length", np.abs(np.log((lt + 8) / (ls + 8)))
    yield "long target", np.clip(z, -6, 6) / 4


def _marks(marks: Array, other: Array, a: int, b: int, r: int, c: int) -> Named:
    """Questions, exclamations, speech and quotations, where only one run has them."""
    for name, mark in (("question", QUESTION), ("exclamation", EXCLAMATION)):
        yield name, np.abs(_any(marks[:, mark], a)[:r, None] - _any(other[:, mark], b)[None, :c])
    for name, mark in (
        ("ends asking", ASKS),
        ("ends exclaiming", EXCLAIMS),
        ("ends speech", ENDS_SPEECH),
        ("in speech after", AFTER),
    ):
        yield name, np.abs(marks[a - 1 : a - 1 + r, mark, None] - other[None, b - 1 : b - 1 + c, mark])
    for name, mark in (("begins speech", BEGINS_SPEECH), ("in speech before", BEFORE)):
        yield name, np.abs(marks[:r, mark, None] - other[None, :c, mark])
    quotes = _windows(marks[:, QUOTES], a)[:r, None] - _windows(other[:, QUOTES], b)[None, :c]
    yield "quotes", np.minimum(np.abs(quotes), 3) / 3


def _nulls(
    pair: Pair, covers: Covers, near: tuple[Array, Array], source: tuple[int, int], target: tuple[int, int]
) -> tuple[Array, Array]:
    """The features of sentences without counterpart, by :data:`NULL_NAMES`; ``near``: best cosine of each."""
    s, t = pair.source, pair.target
    rows, columns = source[1] - source[0], target[1] - target[0]
    null_source = np.zeros((len(NULL_NAMES), rows), dtype=np.float32)
    null_target = np.zeros((len(NULL_NAMES), columns), dtype=np.float32)
    null_source[0] = null_target[1] = 1
    null_source[2] = s.size[slice(*source)] / max(float(s.size.mean()), 1e-6)
    null_target[3] = t.size[slice(*target)] / max(float(t.size.mean()), 1e-6)
    a_cover, a_total, b_cover, b_total = covers
    null_source[4] = (a_cover[0].max(1) / np.maximum(a_total, 1e-6))[:rows]
    null_target[5] = (b_cover[0].max(0) / np.maximum(b_total, 1e-6))[:columns]
    null_source[6], null_target[7] = near
    if pair.blocks:
        null_source[8] = s.opens[slice(*source)]
        null_target[9] = t.opens[slice(*target)]
        null_source[10] = null_target[11] = 1
    return null_source, null_target


def _group(a: int, b: int) -> int:
    if min(a, b) == 1:
        return {(1, 1): 0, (1, 2): 1, (2, 1): 2, (1, 3): 3, (3, 1): 4}.get((a, b), 5 if a == 1 else 6)
    return 7 if (a, b) == (2, 2) else 8


def _top_mean(table: Array, axis: int, top: int = 4) -> Array:
    """The mean of the highest few along an axis: how near a sentence is to everything."""
    top = min(top, table.shape[axis])
    if top == 0:
        return np.zeros(table.shape[1 - axis], dtype=np.float32)
    high = np.partition(table, table.shape[axis] - top, axis=axis)
    high = high[:, -top:] if axis == 1 else high[-top:]
    result: Array = high.mean(axis=axis)
    return result


def _windows(values: Array, size: int, axis: int = 0) -> Array:
    """Sums over windows of ``size`` along an axis; shorter by ``size`` - 1."""
    if size == 1:
        return values
    keep = values.shape[axis] - size + 1
    parts = [np.take(values, range(k, k + keep), axis=axis) for k in range(size)]
    out: Array = np.add.reduce(parts)
    return out


def _least(values: NDArray[np.floating[Any]], size: int, axis: int = 0) -> Array:
    keep = values.shape[axis] - size + 1
    parts = [np.take(values, range(k, k + keep), axis=axis) for k in range(size)]
    result: Array = np.minimum.reduce(parts)
    return result


def _any(values: Array, size: int) -> Array:
    keep = len(values) - size + 1
    result: Array = np.maximum.reduce([values[k : k + keep] for k in range(size)])
    return result


def _inner(opens: NDArray[np.bool_], size: int) -> Array:
    """How many blocks begin inside a run, after its first sentence."""
    keep = len(opens) - size + 1
    if size == 1:
        return np.zeros(keep, dtype=np.float32)
    out: Array = np.add.reduce([opens[k : k + keep].astype(np.float32) for k in range(1, size)])
    return out


def _gained(cosines: dict[tuple[int, int], Array], a: int, b: int, r: int, c: int) -> Array:
    """The least that the run's first and last sentences add to its cosine, on the longer side."""
    whole = cosines[a, b][:r, :c]
    if (a, b) == (1, 1):
        return np.zeros((r, c), dtype=np.float32)
    parts = []
    if b > 1 and (a, b - 1) in cosines:
        shorter = cosines[a, b - 1]
        parts.append(whole - shorter[:r, :c])
        parts.append(whole - _shifted(shorter, 1, r, c))
    if a > 1 and (a - 1, b) in cosines:
        shorter = cosines[a - 1, b]
        parts.append(whole - shorter[:r, :c])
        parts.append(whole - _shifted(shorter, 0, r, c))
    out: Array = np.clip(np.minimum.reduce(parts), -0.3, 0.3) if parts else np.zeros((r, c), np.float32)
    return out


def _shifted(table: Array, axis: int, r: int, c: int) -> Array:
    """The table from the next row (0) or column (1) on, in its old shape; the old edge fills up."""
    moved = (
        np.concatenate([table[1:], table[-1:]])
        if axis == 0
        else np.concatenate([table[:, 1:], table[:, -1:]], 1)
    )
    return moved[:r, :c]


def _neighbours(
    source: tuple[Array, int], target: tuple[Array, int], a: int, b: int, r: int, c: int
) -> Array:
    """The mean cosine of each run with the sentences just outside the other run; none counts as 0."""
    table, lead = source  # source runs x target sentences
    total = _columns(table, lead - 1, r, c) + _columns(table, lead + b, r, c)
    table, lead = target  # target runs x source sentences
    total = total + (_columns(table, lead - 1, c, r) + _columns(table, lead + a, c, r)).T
    out: Array = total / 4
    return out


def _columns(table: Array, start: int, rows: int, count: int) -> Array:
    """``count`` columns of a table from ``start`` on; columns that do not exist are zero."""
    out = np.zeros((rows, count), dtype=np.float32)
    a, b = max(start, 0), min(start + count, table.shape[1])
    if b > a:
        out[:, a - start : b - start] = table[:rows, a:b]
    return out
