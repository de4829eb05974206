"""Teach the word model: which words render each other, and which are missing, added or wrong.

    python train.py FOLD BUDGET OUT [--from CHECKPOINT] [--examples examples.jsonl] [--pieces pieces.npy]

FOLD: 0 or 1, the half of the texts that is taught (the other is measured on); ``most``: all but the documents of our
own that are kept apart; or ``all``.  BUDGET: millions of pieces
that are read in teaching.  OUT: the checkpoint, written now and then and at the end.  ``--from`` goes on from a
checkpoint, with smaller steps.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import e5
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  (its customary name)
from batches import Batch, batch_of, grouped, read
from contrast import Contraster
from corrupt import Corrupter, Draft, labelled
from data import SIDES
from folds import fold_of
from links import Example, load_examples
from measure import measured, sample
from network import Encoder, Heads, published, table
from pieces import pieces_of
from torch import Tensor
from windows import Windows

#: Longer pairs are left out in teaching, and in measuring: few, and attention costs their square.
LONGEST_TAUGHT, LONGEST_MEASURED = 420, 500
#: Corruption may lengthen a pair, up to this.
LONGEST_DRAFT = 440
#: Pairs for corruption: long enough to lose words, short enough that an error stands out.
FEWEST_WORDS, LONGEST_POOLED = 5, 260

#: What a pair shown is drawn from, in shares.  Raters' marks are real but vague; slips written by people are the best
#: teachers; the same texts right keep alarms down, and so do published ones; links by hand are few and good; planted
#: errors are without number; contrasts are planted where the Chinese says which word is meant.
SHARES = {
    "rated": 0.04,
    "slips": 0.24,
    "several": 0.24,
    "right": 0.17,
    "links": 0.04,
    "published": 0.08,
    "planted": 0.08,
    "contrast": 0.08,
    "mismatched": 0.03,
}
#: So many pairs are drawn at once and put together by size, into batches with room for so many pieces.
DRAWN, ROOM = 48, 1_500

#: Layers under this one keep the published weights, and so do positions and the table: they are general, and what
#: is frozen costs no gradients.
FIRST_TAUGHT = 2
#: Largest steps of the layers and of the heads, which start from nothing; the usual ones for AdamW.
LAYER_STEP, HEAD_STEP, DECAY = 1e-4, 1e-3, 0.01
#: Steps grow over so many pieces, and shrink evenly to this share of the largest.
WARM_UP, LAST_STEP = 1e5, 0.05
#: From a checkpoint steps are so much smaller: the heads are no longer far from where they should be.
GO_ON = 0.8
#: Gradients are cut to this length; a batch of few marked words may have long ones.
LONGEST_GRADIENT = 1.0

#: Links and judgements in the loss.  Errors are rare: a word that is one counts more, links likewise.
LINK_SHARE, JUDGED_SHARE = 0.5, 2.0
LINK_EXTRA = 2.0
ERROR_WEIGHTS = {"zh": (3.0, 3.0), "en": (2.5, 3.0)}

#: Half the digits are enough for a step, and take a fraction of the time on processors that have them; on others ten
#: times as much.
HALF_DIGITS = bool(getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)())

#: Pieces between two lines of progress; every third has figures of at most so many pairs of a set.
PROGRESS, FIGURES_EVERY, FIGURES_OF = 1e5, 10, 300


class Teacher:
    """Draws pairs by :data:`SHARES`."""

    def __init__(
        self,
        examples: Sequence[Example],
        corrupter: Corrupter,
        contraster: Contraster,
        windows: Windows,
        pool: Sequence[Example],
        rng: random.Random,
    ):
        groups: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            groups[example.record.group].append(example)
        written = [e for name in ("errors", "own", "written", "docs") for e in groups[name]]
        self._from: dict[str, Sequence[Example]] = {
            "rated": groups["mqm"],
            "slips": [e for e in written if not e.record.clean and not e.record.several],
            "several": [e for e in written if e.record.several],
            "right": [e for e in [*written, *groups["gov"]] if e.record.clean],
            "links": groups["links"],
            "published": groups["wmt21"] + groups["wild"],
            "planted": pool,
            "mismatched": pool,
        }
        self._corrupter, self._contraster, self._windows, self._rng = corrupter, contraster, windows, rng
        for name, some in self._from.items():
            if not some:
                raise SystemExit(f"no examples to draw from: {name}")
        print("to draw from:", ", ".join(f"{len(some)} {name}" for name, some in self._from.items()))

    def draw(self) -> Draft:
        """A pair, as it is or with errors planted."""
        name = self._rng.choices(list(SHARES), list(SHARES.values()))[0]
        if name == "contrast":
            return self._contraster.draw(self._windows.around)
        example = self._windows.around(self._rng.choice(self._from[name]))
        if name == "mismatched":
            return self._corrupter.mismatched(example)
        return self._corrupter.corrupted(example) if name == "planted" else labelled(example)

    def groups(self) -> list[list[Draft]]:
        """Batches of pairs, in any order."""
        drawn = [draft for draft in (self.draw() for _ in range(DRAWN)) if draft.size <= LONGEST_DRAFT]
        groups = grouped(drawn, ROOM)
        self._rng.shuffle(groups)
        return groups


def entropy(logits: Tensor, labels: Tensor, weights: Tensor, extra: float) -> Tensor:
    """Mean binary cross-entropy; a label of 1 counts ``extra`` times."""
    each = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    return (each * weights * (1 + (extra - 1) * labels)).sum() / (weights.sum() + 1e-6)


def losses(encoder: Encoder, heads: Heads, rows: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """What is lost on links, on judgements of Chinese and of English words."""
    links, zh, en = read(encoder, heads, rows, batch)
    each = F.binary_cross_entropy_with_logits(links, batch.links, reduction="none")
    words = (batch.link_weights.sum(-1) > 0).sum()
    on_links = (each * batch.link_weights * (1 + LINK_EXTRA * batch.links)).sum() / (words + 1e-6)
    on_words = []
    for side, logits in zip(SIDES, (zh, en), strict=True):
        labels, total = batch.labels[side], torch.zeros(())
        for column, extra in enumerate(ERROR_WEIGHTS[side]):
            weights = labels[..., 2]
            if side == "zh" and column == 1:
                weights = weights * batch.knows_wrong_zh
            total = total + entropy(logits[..., column], labels[..., column], weights, extra)
        on_words.append(total)
    return on_links, on_words[0], on_words[1]


class Course:
    """The network, its optimiser, and how far it has come."""

    def __init__(self, encoder: Encoder, heads: Heads, rows: Tensor, budget: float, pace: float) -> None:
        """``budget``: pieces; ``pace``: a factor on all steps."""
        self.encoder, self.heads, self._rows = encoder.train(), heads.train(), rows
        self._budget, self._pace = budget, pace
        self.seen = self.steps = 0
        for name, weight in encoder.named_parameters():
            weight.requires_grad = name.startswith("layers.") and int(name.split(".")[1]) >= FIRST_TAUGHT
        layers = [weight for weight in encoder.parameters() if weight.requires_grad]
        self._taught = [*layers, *heads.parameters()]
        parts = [{"params": layers, "lr": LAYER_STEP}, {"params": list(heads.parameters()), "lr": HEAD_STEP}]
        self._optimiser = torch.optim.AdamW(parts, weight_decay=DECAY, fused=True)

    def step(self, drafts: Sequence[Draft]) -> tuple[float, float, float]:
        """Teach a batch; what was lost on it on links, Chinese and English words."""
        batch = batch_of(drafts)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF_DIGITS):
            links, zh, en = losses(self.encoder, self.heads, self._rows, batch)
        size = min(1, self.seen / WARM_UP) * (1 - self.seen / self._budget * (1 - LAST_STEP)) * self._pace
        for part, largest in zip(self._optimiser.param_groups, (LAYER_STEP, HEAD_STEP), strict=True):
            part["lr"] = largest * size
        self._optimiser.zero_grad()
        (LINK_SHARE * links + JUDGED_SHARE * (zh + en)).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._taught, LONGEST_GRADIENT)
        self._optimiser.step()
        self.seen += int(batch.counts.sum())
        self.steps += 1
        return links.item(), zh.item(), en.item()

    def save(self, path: Path) -> None:
        """Write the checkpoint, whole or not at all."""
        part = path.with_name(path.name + ".part")
        torch.save({"enc": self.encoder.state_dict(), "heads": self.heads.state_dict()}, part)
        part.replace(path)

    def figures(self, examples: Sequence[Example]) -> None:
        """Print how well it reads the examples."""
        print(*measured(self.encoder, self.heads, self._rows, examples).lines(), sep="\n", flush=True)


def teach(course: Course, teacher: Teacher, budget: float, out: Path, measured_on: Sequence[Example]) -> None:
    """Go through the budget, with a line of progress and a checkpoint now and then."""
    started, lines, lost = time.monotonic(), 0, []
    while course.seen < budget:
        lost += [course.step(drafts) for drafts in teacher.groups()]
        if course.seen >= (lines + 1) * PROGRESS:
            lines += 1
            pace = course.seen / (time.monotonic() - started)
            links, zh, en = np.mean(lost, 0)
            print(
                f"{course.seen / 1e6:.2f} million, step {course.steps}, {pace:.0f} pieces a second;", end=" "
            )
            print(f"lost on links {links:.4f}, Chinese {zh:.4f}, English {en:.4f}", flush=True)
            lost = []
            course.save(out)
            if measured_on and lines % FIGURES_EVERY == 0:
                course.figures(sample(measured_on, FIGURES_OF))
    course.save(out)


def taught(example: Example, fold: str) -> bool:
    """Whether an example is taught in a fold, or measured on."""
    group = example.record.group
    if fold == "all" or (fold == "most" and group != "written"):
        return True
    return fold_of(group, example.record.doc) == (0 if fold == "most" else int(fold))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Teach the word model.")
    parser.add_argument("fold", choices=("0", "1", "most", "all"), help="the texts that are taught")
    parser.add_argument("budget", type=float, help="millions of pieces")
    parser.add_argument("out", type=Path, help="the checkpoint to write")
    parser.add_argument("--from", dest="checkpoint", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--examples", type=Path, default=Path("examples.jsonl"), help="written by links.py")
    parser.add_argument("--pieces", type=Path, default=Path("pieces.npy"), help="written by pieces.py")
    parser.add_argument("--seed", type=int, default=0, help="for draws, corruption and dropout")
    parser.add_argument("--measure", type=int, help="measure on at most so many pairs of a set at the end")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    rng = random.Random(given.seed)
    torch.manual_seed(given.seed)
    model, keep = e5.load(), np.load(given.pieces)
    examples = [e for e in load_examples(given.examples) if all(e.words.values())]
    own = [e for e in examples if taught(e, given.fold) and e.size <= LONGEST_TAUGHT]
    others = [e for e in examples if not taught(e, given.fold) and e.size <= LONGEST_MEASURED]
    others = [e for e in others if not e.record.several]
    print(f"{len(own)} pairs to teach, {len(others)} to measure on")
    rows = table(model, keep)
    pool = [
        e for e in own if e.likely is not None and e.count("en") >= FEWEST_WORDS and e.size < LONGEST_POOLED
    ]
    pieces = pieces_of(model, keep)
    contraster = Contraster(pool, pieces, rng)
    print(f"{contraster.counts().total()} contrasts of {len(contraster.counts())} kinds")
    corrupter = Corrupter(own, pool, rows, pieces, rng)
    teacher = Teacher(own, corrupter, contraster, Windows(own, pieces, rng), pool, rng)
    encoder, heads, pace = published(model), Heads(), 1.0
    if given.checkpoint is not None:
        saved = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
        encoder.load_state_dict(saved["enc"])
        heads.load_state_dict(saved["heads"])
        pace = GO_ON
    course = Course(encoder, heads, rows, given.budget * 1e6, pace)
    teach(course, teacher, given.budget * 1e6, given.out, others)
    if others:
        course.figures(others if given.measure is None else sample(others, given.measure))


if __name__ == "__main__":
    main()
