"""Drafts as arrays for the network, and the network's answer to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from corrupt import Draft
from data import SIDES
from links import gold_links
from network import Encoder, Heads
from numpy.typing import NDArray
from pieces import BEGIN, END, PADDING
from torch import Tensor

#: How much a pair of words teaches the links: by hand; likely ones; likely ones in novels, translated freely.
BY_HAND, BY_LIKENESS, IN_NOVELS = 3.0, 0.35, 0.1
#: A possible link made by hand (Och and Ney's P) is as good as none.
POSSIBLE = 0.5
#: A likely link with this score counts so much, one with a higher score more, up to 1; one under it, but over
#: ``FAINT``, teaches nothing; neither does a link that only the dictionary knows with more than ``FAINT``.
FIRM, FIRM_VALUE, FIRM_SLOPE, FAINT = 0.52, 0.6, 2.0, 0.3

Floats = NDArray[np.float32]


@dataclass
class Batch:
    """b pairs, padded to t pieces, n Chinese and k English words.

    ``ids`` (b, t) and ``counts`` (b, t), which of them are pieces; ``means`` by side (b, words, t) take a word's mean
    over its pieces; ``labels`` by side (b, words, 3): two labels in the order of the heads, and their weight.
    ``links`` (b, n, k): how surely two words belong together, ``link_weights`` what that teaches.
    ``knows_wrong_zh`` (b, 1): 0 where nobody marked wrong words in the Chinese.
    """

    ids: Tensor
    counts: Tensor
    means: dict[str, Tensor]
    labels: dict[str, Tensor]
    links: Tensor
    link_weights: Tensor
    knows_wrong_zh: Tensor


def batch_of(drafts: Sequence[Draft]) -> Batch:
    """Fill the arrays."""
    size, length = len(drafts), max(draft.size for draft in drafts)
    most = {side: max(len(draft.sides[side]) for draft in drafts) for side in SIDES}
    ids = np.full((size, length), PADDING)
    counts = np.zeros((size, length), bool)
    means = {side: np.zeros((size, most[side], length), np.float32) for side in SIDES}
    labels = {side: np.zeros((size, most[side], 3), np.float32) for side in SIDES}
    links, link_weights = (np.zeros((size, most["zh"], most["en"]), np.float32) for _ in range(2))
    for row, draft in enumerate(drafts):
        line = [BEGIN]
        for side in SIDES:
            for number, word in enumerate(draft.sides[side]):
                end = len(line) + len(word.pieces)
                means[side][row, number, len(line) : end] = 1 / len(word.pieces)
                line += word.pieces
                two = (word.uncovered, word.wrong) if side == "zh" else (word.wrong, word.uncovered)
                labels[side][row, number] = (*two, word.weight)
            line.append(END)
        ids[row, : len(line)] = line
        counts[row, : len(line)] = True
        teach_links(draft, links[row], link_weights[row])
    known = np.array([[draft.example.record.group != "mqm"] for draft in drafts], np.float32)
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(counts),
        {side: torch.from_numpy(means[side]) for side in SIDES},
        {side: torch.from_numpy(labels[side]) for side in SIDES},
        torch.from_numpy(links),
        torch.from_numpy(link_weights),
        torch.from_numpy(known),
    )


def teach_links(draft: Draft, links: Floats, weights: Floats) -> None:
    """Fill in (n, k) which of the words that are still the example's own belong together."""
    example = draft.example
    zh, en = (
        {word.origin: place for place, word in enumerate(draft.sides[side]) if word.origin is not None}
        for side in SIDES
    )
    inside = np.ix_(list(zh.values()), list(en.values()))
    if example.record.links is not None:
        weights[inside] = BY_HAND
        for (i, j), sure in gold_links(example).items():
            if i in zh and j in en:
                links[zh[i], en[j]] = 1.0 if sure else POSSIBLE
        return
    if example.likely is None:
        return
    weights[inside] = IN_NOVELS if example.record.group == "mac" else BY_LIKENESS

    def own(found: Iterable[Sequence[float]]) -> Iterator[tuple[int, int, float]]:
        return ((zh[int(i)], en[int(j)], value) for i, j, value in found if i in zh and j in en)

    for a, b, score in own(example.likely):
        if score > FIRM:
            links[a, b] = min(1.0, FIRM_VALUE + (score - FIRM) * FIRM_SLOPE)
        elif score > FAINT:
            weights[a, b] = 0.0
    for a, b, strength in own(example.evidence):
        if strength > FAINT and links[a, b] == 0:
            weights[a, b] = 0.0


def read(encoder: Encoder, heads: Heads, table: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Logits of links (b, n, k), of Chinese (b, n, 2) and of English words (b, k, 2)."""
    states = encoder(table[batch.ids], batch.counts)
    zh, en = (batch.means[side] @ states for side in SIDES)
    real = [batch.means[side].sum(-1) > 0 for side in SIDES]
    found: tuple[Tensor, Tensor, Tensor] = heads(zh, en, *real)
    return found


def grouped(drafts: Iterable[Draft], room: int) -> list[list[Draft]]:
    """Drafts of like size together, each group with so much room for pieces, the padding counted."""
    groups: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: d.size):
        if groups and (len(groups[-1]) + 1) * draft.size <= room:
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups
