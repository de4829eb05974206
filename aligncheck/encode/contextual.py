"""The embedded contextual encoder: both texts of a pair go through one small transformer together.

The weights are those of multilingual-e5-small (Wang et al. 2024, MIT licence; XLM-R's pieces), cut to the pieces
that Chinese and English use and to its lower layers, taught on word links and translation errors, and kept in
whole numbers of 8 bits (4 for the table of pieces).  ``benchmarks/judge/`` has the scripts; the file's origin is
told in ``docs/models.md``.  It runs on onnxruntime; nothing is fetched.

A text pair becomes ``<s> Chinese </s> English </s>``; each word's state is the mean of its pieces' states.  Long
pairs are read in windows of the English against all or part of the Chinese, so that time stays linear.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.pairs import PairEncoder, Reading, Table, WordEncoderPlugin, WordPair
from aligncheck.encode.pieces import Pieces
from aligncheck.encode.threads import at_once
from aligncheck.errors import ConfigError, PluginError

#: The file of the model, and what its bytes must hash to.
FILE = "words.npz"
SHA256 = "fac7a972bdc5e543a3221f7c108ff91d1495a44dac3e47ff3dbb874224e9f80e"
VERSION = "1"

_BEGIN, _END, _UNKNOWN = 0, 2, 3
#: Positions that the network knows, less the three marks.
_ROOM = 509
_WIDTH = 384


def model_bytes() -> bytes:
    """The model file's bytes, checked.

    Raises:
        PluginError: the file is missing or damaged.
    """
    hint = "reinstall aligncheck: pip install --force-reinstall aligncheck"
    place = files("aligncheck.encode") / "data" / FILE
    try:
        raw = place.read_bytes()
    except OSError as error:
        raise PluginError(f"the word model {FILE} cannot be read: {error}", hint=hint) from error
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise PluginError(f"the word model {FILE} is damaged: its checksum is wrong", hint=hint)
    return raw


@lru_cache(maxsize=1)
def embedded() -> ContextualEncoder:
    """The embedded encoder, loaded once a process.

    Raises:
        PluginError: the model's file is missing or damaged, or onnxruntime is not installed.
    """
    return ContextualEncoder(model_bytes())


def make(argument: str) -> PairEncoder:
    """The embedded encoder; it takes no argument.

    Raises:
        ConfigError: there is an argument.
        PluginError: as :func:`embedded`.
    """
    if argument:
        raise ConfigError("the embedded word encoder takes no argument", hint="write embedded alone")
    return embedded()


PLUGIN = WordEncoderPlugin("embedded", "multilingual-e5-small, taught, offline, no GPU (the default)", make)


class ContextualEncoder:
    """The embedded model; see the module's text."""

    def __init__(self, raw: bytes) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise PluginError(
                "the word model needs a library that is not installed: onnxruntime",
                hint="pip install onnxruntime",
            ) from error
        with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        self.signature = f"aligncheck-words/{VERSION}"
        normal = dict(
            zip(
                arrays["normal_from"].tolist(),
                arrays["normal_to"].tobytes().decode("utf-8").split("\n"),
                strict=True,
            )
        )
        pieces = arrays["pieces"].tobytes().decode("utf-8").split("\n")
        self.pieces = Pieces(pieces, arrays["scores"].tolist(), normal, _UNKNOWN)
        self._table, self._scales = arrays["table"], arrays["scales"].astype(np.float32)
        self._positions = arrays["positions"].astype(np.float32)
        self._heads = {n[5:]: a.astype(np.float32) for n, a in arrays.items() if n.startswith("head.")}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # pairs run side by side instead: the same bits on any machine
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            arrays["graph"].tobytes(), options, providers=["CPUExecutionProvider"]
        )

    def read(self, pairs: Sequence[WordPair]) -> list[Reading]:
        """A reading for each pair, in order; the same pair is read once."""
        alone = list(dict.fromkeys(pairs))
        done = dict(zip(alone, at_once(self._read, alone), strict=True))
        return [done[pair] for pair in pairs]

    # -- one pair -------------------------------------------------------------------------------

    def _read(self, pair: WordPair) -> Reading:
        n, k = len(pair.chinese), len(pair.english)
        chinese = [self.pieces.cut(word, False) for word in pair.chinese]
        english = [
            self.pieces.cut(word, first) for word, first in zip(pair.english, pair.spaced, strict=True)
        ]
        if not n or not k:
            return _empty(n, k)
        if sum(map(len, chinese)) + sum(map(len, english)) <= _ROOM:
            return self._window(chinese, english)
        return self._in_windows(chinese, english)

    def _in_windows(self, chinese: list[tuple[int, ...]], english: list[tuple[int, ...]]) -> Reading:
        """Read a long pair in windows along its diagonal, each with a margin; of two readings the likelier link
        and the smaller doubt count."""
        n, k = len(chinese), len(english)
        links = np.zeros((n, k), dtype=np.float32)
        doubts = [np.ones(size, dtype=np.float32) for size in (n, n, k, k)]
        seen = [np.zeros(n, dtype=bool), np.zeros(k, dtype=bool)]
        ends_z, ends_e = np.cumsum([len(w) for w in chinese]), np.cumsum([len(w) for w in english])
        total = int(ends_z[-1] + ends_e[-1])
        steps = max(2, -(-total // (_ROOM // 3)))
        for step in range(steps):
            middle = (step + 0.5) / steps
            half = 0.46 * _ROOM / total
            a, b = _between(ends_z, middle - half, middle + half)
            c, d = _between(ends_e, middle - half, middle + half)
            part_z, part_e = _fitting(chinese[a:b], english[c:d])
            if not part_z or not part_e:
                continue
            b, d = a + len(part_z), c + len(part_e)
            found = self._window(part_z, part_e)
            links[a:b, c:d] = np.maximum(links[a:b, c:d], found.links)
            for store, got, lo, hi in zip(
                doubts,
                (found.missing, found.wrong_zh, found.wrong_en, found.added),
                (a, a, c, c),
                (b, b, d, d),
                strict=True,
            ):
                assert got is not None
                store[lo:hi] = np.minimum(store[lo:hi], got)
            seen[0][a:b], seen[1][c:d] = True, True
        for store, known in zip(doubts, (seen[0], seen[0], seen[1], seen[1]), strict=True):
            store[~known] = 0.0  # what was not read is not judged
        return Reading(links, *doubts)

    def _window(self, chinese: Sequence[tuple[int, ...]], english: Sequence[tuple[int, ...]]) -> Reading:
        ids: list[int] = [_BEGIN]
        starts: list[int] = []
        for side in (chinese, english):
            for word in side:
                starts.append(len(ids))
                ids.extend(word)
            ids.append(_END)
        rows = self._rows(np.array(ids))[None]
        mask = np.zeros((1, 1, 1, len(ids)), dtype=np.float32)
        states = self._session.run(None, {"rows": rows, "mask": mask})[0][0]
        words = np.add.reduceat(states, np.array(starts), axis=0)
        sizes = np.array([len(w) for side in (chinese, english) for w in side], dtype=np.float32)
        # The last Chinese and the last English word's stretch holds the mark behind it.
        for at in (len(chinese) - 1, len(starts) - 1):
            words[at] -= states[starts[at] + int(sizes[at])]
        words /= sizes[:, None]
        return self._judge(words[: len(chinese)], words[len(chinese) :])

    def _rows(self, ids: NDArray[np.int64]) -> Table:
        """Rows of the table of pieces with their positions, shape (pieces, 384)."""
        packed = self._table[ids]
        whole = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
        rows = (whole * self._scales[ids][:, :, None]).reshape(len(ids), _WIDTH)
        out: Table = rows + self._positions[: len(ids)]
        return out

    def _judge(self, chinese: Table, english: Table) -> Reading:
        heads = self._heads
        a = _unit(chinese @ heads["pz.weight"].T + heads["pz.bias"])
        b = _unit(english @ heads["pe.weight"].T + heads["pe.bias"])
        base, slope = heads["b"].tolist()
        links = base + abs(slope) * 1.5 * (a @ b.T)
        zh = self._side("zt", chinese, english, links)
        en = self._side("et", english, chinese, links.T)
        return Reading(_sigmoid(links), zh[:, 0], zh[:, 1], en[:, 0], en[:, 1])

    def _side(self, name: str, own: Table, other: Table, links: Table) -> Table:
        heads = self._heads
        peak = links.max(1, keepdims=True)
        shares = np.exp(links - peak)
        total = shares.sum(1, keepdims=True)
        partner = (shares / total) @ other
        top = np.sort(links, axis=1)[:, -2:][:, ::-1] if links.shape[1] > 1 else np.repeat(links, 2, axis=1)
        described = np.concatenate(
            [
                own,
                partner,
                np.abs(own - partner),
                top / 4,
                (peak + np.log(total)) / 4,
                (own * partner).sum(1, keepdims=True) / 100,
            ],
            axis=1,
        )
        hidden = _gelu(described @ heads[name + ".0.weight"].T + heads[name + ".0.bias"])
        return _sigmoid(hidden @ heads[name + ".3.weight"].T + heads[name + ".3.bias"])


def _empty(n: int, k: int) -> Reading:
    """One side has no words: all of the other lacks a counterpart."""
    nothing = np.zeros(n, dtype=np.float32), np.zeros(k, dtype=np.float32)
    return Reading(
        np.zeros((n, k), dtype=np.float32),
        np.ones(n, dtype=np.float32),
        nothing[0],
        nothing[1],
        np.ones(k, dtype=np.float32),
    )


def _between(ends: NDArray[np.int64], low: float, high: float) -> tuple[int, int]:
    """The words whose pieces end between two shares of a side's length."""
    total = float(ends[-1])
    return int(np.searchsorted(ends, low * total)), int(np.searchsorted(ends, high * total, side="right"))


def _fitting(
    chinese: list[tuple[int, ...]], english: list[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """As many words from the start of both sides as one window holds."""
    while sum(map(len, chinese)) + sum(map(len, english)) > _ROOM:
        longer = chinese if len(chinese) > len(english) else english
        del longer[-1]
    return chinese, english


def _unit(rows: Table) -> Table:
    out: Table = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return out


def _sigmoid(values: Table) -> Table:
    out: Table = (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)
    return out


_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def _gelu(values: Table) -> Table:
    """x times the normal distribution's share below x (Abramowitz and Stegun 7.1.26 for erf)."""
    x = np.abs(values) * np.float32(0.70710678)
    t = 1 / (1 + np.float32(0.3275911) * x)
    poly = t * (_ERF[0] + t * (_ERF[1] + t * (_ERF[2] + t * (_ERF[3] + t * _ERF[4]))))
    erf = np.sign(values) * (1 - poly * np.exp(-x * x))
    out: Table = (0.5 * values * (1 + erf)).astype(np.float32)
    return out
