"""Make a checkpoint of the model's file, so that teaching can go on from the weights in the package.

    python checkpoint.py ../../aligncheck/encode/data/words.npz start.pt

The file holds the weights of the layers as whole numbers of seven bits: what was rounded away is lost, and is soon learnt
again.  Needs what ``make_model.py`` needs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import e5
import numpy as np
import onnx
import torch
from network import Encoder, Heads
from numpy.typing import NDArray
from onnx import numpy_helper

#: Parts of a layer as ``make_model.py`` names them.
LINEAR, NORMED = ("q", "k", "v", "o", "f", "g"), ("n1", "n2")


def state_of(graph: bytes) -> dict[str, NDArray[Any]]:
    """The encoder's weights by the names of :class:`network.Encoder`, without the positions."""
    held = {w.name: numpy_helper.to_array(w) for w in onnx.load_from_string(graph).graph.initializer}

    def whole(name: str) -> NDArray[Any]:
        if name in held:
            return held[name]
        rows = held[name + "_quantized"].astype(np.float32) - held[name + "_zero_point"].astype(np.float32)
        return rows * held[name + "_scale"]

    found = {"ln.weight": held["embedded.w"], "ln.bias": held["embedded.b"]}
    layers = {name.split(".")[0][1:] for name in held if name[0] == "L" and name[1:2].isdigit()}
    for n in layers:
        for part in LINEAR:
            found[f"layers.{n}.{part}.weight"] = whole(f"L{n}.{part}.W").T
            found[f"layers.{n}.{part}.bias"] = whole(f"L{n}.{part}.B")
        for part in NORMED:
            found[f"layers.{n}.{part}.weight"] = held[f"L{n}.{part}.w"]
            found[f"layers.{n}.{part}.bias"] = held[f"L{n}.{part}.b"]
    return found


def main() -> None:
    source, out = map(Path, sys.argv[1:3])
    with np.load(source) as file:
        arrays = {name: file[name] for name in file.files}
    found = state_of(arrays["graph"].tobytes())
    found["pos.weight"] = arrays["positions"].astype(np.float32) - e5.load().tensor("emb.type")[: e5.WIDTH]
    heads = {name.removeprefix("head."): a for name, a in arrays.items() if name.startswith("head.")}
    saved = {}
    for part, network, values in (("enc", Encoder(), found), ("heads", Heads(), heads)):
        state = {k: torch.from_numpy(np.ascontiguousarray(v, np.float32)) for k, v in values.items()}
        network.load_state_dict(state)  # type: ignore[attr-defined]
        saved[part] = state
    torch.save(saved, out)


if __name__ == "__main__":
    main()
