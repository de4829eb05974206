"""Measures a model on labelled pairs: the errors it finds, those it sees where there are none, what its yes is worth.

The pairs of the package are right ones that tempt (free renderings, idioms by their sense, another order) and ones with
a single error, whose place is known.  They are of our own writing: what a model has seen elsewhere does not help it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from aligncheck.checks.context import Context
from aligncheck.errors import InputError
from aligncheck.model import Bitext, Category, Hit, Message, SpanRef
from aligncheck.second.calibration import Tally
from aligncheck.second.proof import Proved
from aligncheck.second.reading import Outcome, Reader, passages_of
from aligncheck.second.windows import Doubt, Passage

_COLUMNS = ["verdict", "genre", "kind", "zh", "en", "zh words", "en words", "right"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with its verdict; the words are the error's place, or the place of a right one that looks doubtful.

    An omission has no English words, an addition no Chinese ones.
    """

    wrong: bool
    genre: str
    kind: str
    zh: str
    en: str
    zh_words: str
    en_words: str
    right: str


@dataclass(slots=True)
class Measured:
    """What came out: the tally that is kept, errors found by kind (found, of), and false claims by kind of the pair."""

    tally: Tally
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    alarms: Counter[str] = field(default_factory=Counter)


def load_pairs(path: Path | None = None) -> list[Labelled]:
    """The labelled pairs of a file, of the package's without one; right and wrong ones mixed, always in the same order.

    Raises:
        InputError: the file is no table of labelled pairs.
    """
    if path is None:
        text = (files("aligncheck.second") / "data" / "pairs.tsv").read_text(encoding="utf-8")
    else:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", path=str(path)) from None
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != _COLUMNS:
        raise InputError(
            "is no table of labelled pairs", path=str(path), hint="its columns are: " + ", ".join(_COLUMNS)
        )
    pairs = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(_COLUMNS) or row[0] not in ("right", "wrong"):
            raise InputError("this row is no labelled pair", path=str(path), line=line)
        pair = Labelled(row[0] == "wrong", *row[1:])
        if (
            pair.zh_words not in pair.zh
            or pair.en_words not in pair.en
            or not (pair.zh_words or pair.en_words)
        ):
            raise InputError("its words are not in its texts", path=str(path), line=line)
        pairs.append(pair)
    if not any(p.wrong for p in pairs) or all(p.wrong for p in pairs):
        raise InputError("needs right pairs and wrong ones", path=str(path))
    return sorted(pairs, key=lambda p: hashlib.sha256(p.zh.encode()).hexdigest())


def measured(reader: Reader, bitext: Bitext, context: Context, pairs: Sequence[Labelled]) -> Measured:
    """Read the pairs twice: without questions for what the model finds itself, with one a pair for its answers.

    ``bitext`` holds the pairs, one bead each, in their order.

    Raises:
        InputError: the model did not read all of them.
    """
    passages = list(passages_of(bitext, None))
    alone = _whole(reader.examine(bitext, context, ()))
    asked = _whole(
        reader.examine(bitext, context, [_doubt(p, pair) for p, pair in zip(passages, pairs, strict=True)])
    )
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    hits: set[int] = set()
    for proved in alone.proved:
        number = proved.passage.number
        if pairs[number].wrong and _at_the_place(proved, pairs[number]):
            if number not in hits:
                found[proved.severity.value] += 1
            hits.add(number)
        else:
            false[proved.severity.value] += 1
            alarms[pairs[number].kind] += 1
    said: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for number, pair in enumerate(pairs):
        reply = asked.replies.get(number)
        said[pair.wrong][reply.answer if reply is not None else "unsure"] += 1
    kinds: dict[str, tuple[int, int]] = {}
    for number, pair in enumerate(pairs):
        if pair.wrong:
            seen, of = kinds.get(pair.kind, (0, 0))
            kinds[pair.kind] = (seen + (number in hits), of + 1)
    tally = Tally(
        wrong=sum(p.wrong for p in pairs),
        right=sum(not p.wrong for p in pairs),
        found=dict(found),
        false=dict(false),
        said_wrong=dict(said[True]),
        said_right=dict(said[False]),
        tokens=alone.tokens + asked.tokens,
    )
    return Measured(tally, dict(sorted(kinds.items())), alarms)


def _whole(outcome: Outcome) -> Outcome:
    if len(outcome.read) < outcome.passages:
        why = outcome.notices[0].en if outcome.notices else "some answers could not be read"
        raise InputError(f"the model was not measured: {why}", hint="run it again: answers are kept")
    return outcome


def _doubt(passage: Passage, pair: Labelled) -> Doubt:
    """A question about the place of a pair, as a check would put it that knows nothing of the verdict."""
    zh, en = pair.zh_words, pair.en_words
    if not en:
        asked = Message(f"“{zh}” may not be rendered. Is it?", f"“{zh}”似未译出，请核对。")
    elif not zh:
        asked = Message(
            f"“{en}” may have no ground in the Chinese. Has it?", f"“{en}”在原文中似无依据，请核对。"
        )
    else:
        asked = Message(
            f"“{en}” may not render “{zh}” rightly. Does it?", f"“{en}”似未正确译出“{zh}”，请核对。"
        )
    source = _refs(passage.zh.refs, passage.zh.text, zh)
    target = _refs(passage.en.refs, passage.en.text, en)
    category = Category.OMISSION if not en else Category.ADDITION if not zh else Category.MISTRANSLATION
    return Doubt(
        passage.number, Hit(asked, source, target, confidence=0.5, category=category), passage.number
    )


def _refs(place: Callable[[int, int], tuple[SpanRef, ...]], text: str, words: str) -> tuple[SpanRef, ...]:
    start = text.find(words)
    return place(start, start + len(words)) if words and start >= 0 else ()


def _at_the_place(proved: Proved, pair: Labelled) -> bool:
    """Whether a claim touches the words of the error, on either side."""
    for (start, end), text, words in (
        (proved.zh_place, proved.passage.zh.text, pair.zh_words),
        (proved.en_place, proved.passage.en.text, pair.en_words),
    ):
        first = text.find(words) if words else -1
        if first >= 0 and start < first + len(words) and first < end:
            return True
    return False
