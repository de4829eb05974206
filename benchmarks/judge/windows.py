"""Pairs set one behind the other, as they stand in a document: an error among sentences that are right.

A bead may hold several sentences of either language, and a clause lost in it must be seen as well as one lost from a
single sentence.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from data import SIDES, Record, Spot
from links import Example

from aligncheck.encode.pieces import Pieces

#: Share of the pairs that get company, and how many companions: mostly one.
IN_COMPANY = 0.2
COMPANIONS = (1, 1, 2)
#: A window has at most so many pieces.
LONGEST = 400
#: Chinese sentences often run on where English ones end: this share of the stops between parts become these marks.
RUN_ON, RUN_ON_MARKS = 0.5, "，；"
#: What stands between the parts of a text.
BETWEEN = {"zh": "", "en": " "}


def joined(parts: Sequence[Example]) -> Example:
    """One example of several of the same set, in this order; links made by hand are left out."""
    text = dict.fromkeys(SIDES, "")
    record = Record(parts[0].record.group, parts[0].record.doc, text)
    record.weight = sum(part.record.weight for part in parts) / len(parts)
    whole = Example(record, {side: [] for side in SIDES}, {side: [] for side in SIDES})
    whole.likely = [] if all(part.likely is not None for part in parts) else None
    for part in parts:
        first = {side: whole.count(side) for side in SIDES}
        for side in SIDES:
            if text[side]:
                text[side] += BETWEEN[side]
            at = len(text[side])
            text[side] += part.record.text[side]
            whole.words[side] += [[start + at, end + at] for start, end in part.words[side]]
            whole.pieces[side] += part.pieces[side]
            for name in ("uncovered", "wrong", "unjudged"):
                spots: list[Spot] = getattr(part.record, name)[side]
                getattr(record, name)[side] += [[s[0] + at, s[1] + at, *s[2:]] for s in spots]
        for mine, theirs in ((whole.evidence, part.evidence), (whole.likely, part.likely)):
            if mine is not None and theirs is not None:
                mine += [[i + first["zh"], j + first["en"], value] for i, j, value in theirs]
    return whole


class Windows:
    """Finds right pairs that may stand beside a pair: neighbours of its document, else any of its set."""

    def __init__(self, taught: Sequence[Example], pieces: Pieces, rng: random.Random) -> None:
        self._rng = rng
        self._marks = [pieces.cut(mark, False) for mark in RUN_ON_MARKS]
        self._of: dict[tuple[str, str], list[Example]] = defaultdict(list)
        self._all: dict[str, list[Example]] = defaultdict(list)
        self._place: dict[tuple[str, str, str], int] = {}
        for example in taught:
            record = example.record
            if record.clean:
                near = self._of[record.group, record.doc]
                self._place[record.group, record.doc, record.text["zh"]] = len(near)
                near.append(example)
                self._all[record.group].append(example)

    def around(self, example: Example) -> Example:
        """The example among others, mostly; itself where there is no room."""
        if example.record.links is not None or self._rng.random() > IN_COMPANY:
            return example
        parts = [example]
        for _ in range(self._rng.choice(COMPANIONS)):
            before = self._rng.random() < 0.5
            other = self._beside(parts[0] if before else parts[-1], -1 if before else 1)
            if other is None or sum(part.size for part in parts) + other.size > LONGEST:
                continue
            parts.insert(0 if before else len(parts), other)
        return joined([self._run_on(part) for part in parts[:-1]] + parts[-1:]) if len(parts) > 1 else example

    def _beside(self, example: Example, step: int) -> Example | None:
        record = example.record
        near = self._of[record.group, record.doc]
        place = self._place.get((record.group, record.doc, record.text["zh"]))
        if place is not None and 0 <= place + step < len(near):
            other = near[place + step]
            return other if other.record.text["zh"] != record.text["zh"] else None
        others = self._all[record.group]
        other = self._rng.choice(others) if others else None
        return other if other is not None and other.record.doc != record.doc else None

    def _run_on(self, example: Example) -> Example:
        """The example with a mark in place of its last Chinese stop, now and then."""
        last = example.count("zh") - 1
        if example.word("zh", last) != "。" or self._rng.random() > RUN_ON:
            return example
        number = self._rng.randrange(len(self._marks))
        zh = example.record.text["zh"]
        text = example.record.text | {"zh": zh[:-1] + RUN_ON_MARKS[number]} if zh.endswith("。") else None
        if text is None:
            return example
        record = Record(**{**vars(example.record), "text": text})
        pieces = example.pieces | {"zh": [*example.pieces["zh"][:last], self._marks[number]]}
        return Example(record, example.words, pieces, example.evidence, example.likely)
