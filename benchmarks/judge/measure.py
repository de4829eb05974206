"""How well the network reads pairs that it was not taught on: links and judgements of words."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from batches import Batch, batch_of, grouped, read
from corrupt import Draft, content, labelled
from data import SIDES
from links import Example, LinkScore, gold_links
from network import Encoder, Heads
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from torch import Tensor

from aligncheck.words import is_form_word

#: A link counts from this probability on; a word is an error from this share of the raters' judgements on.
LINKED, ERROR = 0.5, 0.5
#: Room for pieces in a batch; no gradients are kept, so it may be larger than in teaching.
ROOM = 4_000
#: The sets in which errors are marked.
MARKED = frozenset({"mqm", "errors", "docs", "own", "written"})
#: Labels and probabilities of the words of a set.
Judged = tuple[list[bool], list[float]]


def sample(examples: Sequence[Example], most: int) -> list[Example]:
    """At most so many of each set, always the same."""
    mixed = sorted(examples, key=lambda e: e.size)
    random.Random(1).shuffle(mixed)
    seen: Counter[str] = Counter()
    kept = []
    for example in mixed:
        seen[example.record.group] += 1
        if seen[example.record.group] <= most:
            kept.append(example)
    return kept


class Figures:
    """Collects links and judgements pair after pair."""

    def __init__(self) -> None:
        self.links, self.content_links = LinkScore(), LinkScore()
        self.judged: dict[str, Judged] = defaultdict(lambda: ([], []))

    def add_links(self, example: Example, found: NDArray[np.bool_]) -> None:
        """Compare links (n, k) with those made by hand; once all, once those between words of content."""
        gold = gold_links(example)
        links = {(int(i), int(j)) for i, j in zip(*np.nonzero(found), strict=True)}
        self.links.add(links, gold)

        def matters(link: tuple[int, int]) -> bool:
            zh, en = (example.word(side, number) for side, number in zip(SIDES, link, strict=True))
            return content(zh) and content(en) and not is_form_word(zh, "zh")

        kept = {link: sure for link, sure in gold.items() if matters(link)}
        self.content_links.add({link for link in links if matters(link)}, kept)

    def add_words(self, draft: Draft, zh: NDArray[np.float32], en: NDArray[np.float32]) -> None:
        """Compare probabilities (n, 2) and (k, 2), in the order of the heads, with the labels."""
        group = draft.example.record.group
        words = draft.sides
        self._judge(f"{group} English", [max(w.wrong, w.uncovered) for w in words["en"]], en.max(1).tolist())
        self._judge(f"{group} missing", [w.uncovered for w in words["zh"]], zh[:, 0].tolist())
        if group != "mqm":  # raters mark no wrong words in the source
            self._judge(f"{group} Chinese", [w.wrong for w in words["zh"]], zh[:, 1].tolist())

    def _judge(self, name: str, labels: list[float], said: list[float]) -> None:
        self.judged[name][0].extend(label > ERROR for label in labels)
        self.judged[name][1].extend(said)

    def lines(self) -> list[str]:
        """The figures, a line each: error rates of links, and average precision of judgements by set."""
        found = []
        if self.links.sure:
            for name, score in (("links", self.links), ("links of content", self.content_links)):
                found.append(f"{name}: error {score.error:.3f}, {score.precision:.3f}, {score.recall:.3f}")
        for name, (labels, said) in sorted(self.judged.items()):
            if any(labels):
                value = average_precision_score(labels, said)
                found.append(f"{name}: {value:.3f} ({sum(labels)} of {len(labels)} words)")
        return found


@torch.no_grad()
def measured(encoder: Encoder, heads: Heads, table: Tensor, examples: Sequence[Example]) -> Figures:
    """Read the examples as they are and compare; leaves the network ready to be taught."""
    encoder.eval()
    heads.eval()
    figures = Figures()
    for drafts in grouped(map(labelled, examples), ROOM):
        batch: Batch = batch_of(drafts)
        links, zh, en = (torch.sigmoid(x).numpy() for x in read(encoder, heads, table, batch))
        for row, draft in enumerate(drafts):
            n, k = (len(draft.sides[side]) for side in SIDES)
            if draft.example.record.links is not None:
                figures.add_links(draft.example, links[row, :n, :k] > LINKED)
            if draft.example.record.group in MARKED:
                figures.add_words(draft, zh[row, :n], en[row, :k])
    encoder.train()
    heads.train()
    return figures
