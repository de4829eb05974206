"""The network that is taught: the lower layers of multilingual-e5-small, and small heads on the words' states.

``aligncheck.encode.contextual`` computes the same with onnxruntime and numpy; the names of the weights are those that
``make_model.py`` reads.
"""

from __future__ import annotations

from typing import Any

import e5
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  (its customary name)
from numpy.typing import NDArray
from torch import Tensor, nn

#: Of the 12 layers those below: beyond them words mix into their sentence, and the file and the time grow.
LAYERS = 7
#: Positions that the network knows.
POSITIONS = 512
#: Width of the hidden layer of the heads that judge words.
HIDDEN = 96
#: Share of states dropped while it is taught.
DROPOUT = 0.1
#: What stands for minus infinity in a mask.
FAR = -1e4


class Layer(nn.Module):
    """A transformer layer, normed after each half (Vaswani et al. 2017)."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(e5.WIDTH, e5.WIDTH) for _ in range(4))
        self.f, self.g = nn.Linear(e5.WIDTH, e5.INNER), nn.Linear(e5.INNER, e5.WIDTH)
        self.n1, self.n2 = (nn.LayerNorm(e5.WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        size, length, width = x.shape
        drop = DROPOUT if self.training else 0.0
        q, k, v = (
            part(x).view(size, length, e5.HEADS, width // e5.HEADS).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        # By hand: the library's own attention is slow backwards on a processor.
        weights = torch.softmax(q @ k.transpose(2, 3) / (width // e5.HEADS) ** 0.5 + mask, -1)
        mixed = weights.to(v.dtype) @ v
        y = self.o(mixed.transpose(1, 2).reshape(size, length, width))
        x = self.n1(x + F.dropout(y, drop))
        out: Tensor = self.n2(x + F.dropout(self.g(F.gelu(self.f(x))), drop))
        return out


class Encoder(nn.Module):
    """Rows of pieces (b, t, 384) and which of them count (b, t) in, states (b, t, 384) out."""

    def __init__(self) -> None:
        super().__init__()
        self.pos = nn.Embedding(POSITIONS, e5.WIDTH)
        self.ln = nn.LayerNorm(e5.WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, rows: Tensor, counts: Tensor) -> Tensor:
        x = self.ln(rows + self.pos.weight[: rows.shape[1]])
        x = F.dropout(x, DROPOUT if self.training else 0.0)
        mask = torch.zeros(counts.shape).masked_fill(~counts, FAR)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        out: Tensor = x
        return out


def published(model: e5.E5) -> Encoder:
    """The encoder with the published weights."""
    encoder = Encoder()

    def put(part: Any, name: str, *shape: int) -> None:
        part.copy_(torch.from_numpy(model.tensor(name)).reshape(shape)[: part.shape[0]])

    names = (("q", "q"), ("k", "k"), ("v", "v"), ("o", "ao"), ("f", "fi"), ("g", "fo"))
    with torch.no_grad():
        put(encoder.pos.weight, "emb.pos", -1, e5.WIDTH)
        put(encoder.ln.weight, "emb.ln.w", -1)
        put(encoder.ln.bias, "emb.ln.b", -1)
        for number, layer in enumerate(encoder.layers):
            for mine, theirs in names:
                part = getattr(layer, mine)
                put(part.weight, f"l{number}.{theirs}.w", *part.weight.shape)
                put(part.bias, f"l{number}.{theirs}.b", -1)
            for mine, theirs in (("n1", "aln"), ("n2", "oln")):
                part = getattr(layer, mine)
                put(part.weight, f"l{number}.{theirs}.w", -1)
                put(part.bias, f"l{number}.{theirs}.b", -1)
    return encoder


def table(model: e5.E5, keep: NDArray[np.int64]) -> Tensor:
    """The row of each kept piece, with the row of the only type of text, (pieces, 384); it is not taught."""
    words = model.tensor("emb.word").reshape(-1, e5.WIDTH)[keep]
    return torch.from_numpy(words + model.tensor("emb.type")[: e5.WIDTH])


class Heads(nn.Module):
    """Links of words, and two judgements a word: Chinese (missing, wrong), English (wrong, added)."""

    #: Links are so much steeper than the learnt slope says; part of the form of the model's file.
    STEEP = 1.5

    def __init__(self) -> None:
        super().__init__()
        self.pz, self.pe = nn.Linear(e5.WIDTH, e5.WIDTH), nn.Linear(e5.WIDTH, e5.WIDTH)
        self.b = nn.Parameter(torch.tensor([-5.0, 8.0]))
        self.zt, self.et = self._judge(), self._judge()
        with torch.no_grad():  # start from the encoder's own geometry
            for part in (self.pz, self.pe):
                part.weight.copy_(torch.eye(e5.WIDTH))
                part.bias.zero_()

    @staticmethod
    def _judge() -> nn.Sequential:
        return nn.Sequential(
            nn.Linear(3 * e5.WIDTH + 4, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, 2)
        )

    def forward(
        self, zh: Tensor, en: Tensor, zh_real: Tensor, en_real: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """States of words (b, n, 384), (b, k, 384) and which are real; logits (b, n, k), (b, n, 2), (b, k, 2)."""
        a, b = F.normalize(self.pz(zh), dim=-1), F.normalize(self.pe(en), dim=-1)
        link = self.b[0] + self.b[1].abs() * (a @ b.transpose(1, 2)) * self.STEEP
        to_en = link.masked_fill(~en_real[:, None, :], FAR)
        to_zh = link.masked_fill(~zh_real[:, :, None], FAR).transpose(1, 2)
        return link, self.zt(_described(zh, en, to_en)), self.et(_described(en, zh, to_zh))


def _described(own: Tensor, other: Tensor, link: Tensor) -> Tensor:
    """What the judges see of a word: its state, its partners', their difference, and how well it is linked."""
    partner = torch.softmax(link, -1) @ other
    top = link.topk(min(2, link.shape[-1]), -1)[0]
    if top.shape[-1] < 2:
        top = torch.cat([top, top], -1)
    whole = torch.logsumexp(link, -1, keepdim=True)
    alike = (own * partner).sum(-1, keepdim=True)
    # Divided so that all stand in the range of the states.
    return torch.cat([own, partner, (own - partner).abs(), top / 4, whole / 4, alike / 100], -1)
