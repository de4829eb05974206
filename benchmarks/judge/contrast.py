"""Words exchanged for their contraries, or left out, where the Chinese says which of them is meant.

``contrasts.tsv`` names closed classes (modality, frequency, extent, stage, order of time) and plain words with a
contrary.  What the Chinese says is known there, so the exchange is an error for certain, and both words of it are
known; and one right rendering may take the place of another, which is none.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corrupt import Draft, Word, labelled
from links import Example

from aligncheck.encode.pieces import Pieces

HERE = Path(__file__).resolve().parent
#: Of the changes, so many put another right rendering in.
HARMLESS = 0.3
#: It is not always as good as the first.
HARMLESS_WEIGHT = 0.6
#: What may be left out is left out so often; else a contrary takes its place.
LEFT_OUT = 0.6
#: Of what stands there now, these words alone are hardly an error.
SMALL_WEIGHT = 0.3
_SMALL = frozenset("to of the a an in is are be by with on as and from for it per".split())
_VOWELS = "aeiou"

#: The words of a phrase; the form of its verb: 0 base, 1 -s, 2 past, 3 -ing, 4 participle; None for what has no forms.
Phrase = tuple[tuple[str, ...], int | None]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A row: where the Chinese says it, what renders it, what contradicts it, and whether it may be left out."""

    chinese: re.Pattern[str]
    right: Sequence[Phrase]
    contrary: Sequence[Phrase]
    droppable: bool


def _forms(verb: str) -> list[str]:
    """The five forms of a regular verb, or those that are written down."""
    if ":" in verb:
        given = verb.split(":")
        return [*given, *given[2 : 7 - len(given)]] if len(given) == 4 else given
    head, _, tail = verb.partition(" ")
    tail = f" {tail}" if tail else ""
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", head) or head in (
        "permit",
        "refer",
        "prefer",
        "admit",
    )
    if head.endswith("e"):
        past, doing = head + "d", head[:-1] + "ing"
    elif head.endswith("y") and head[-2] not in _VOWELS:
        past, doing = head[:-1] + "ied", head + "ing"
    else:
        stem = head + head[-1] if short else head
        past, doing = stem + "ed", stem + "ing"
    if head.endswith("y") and head[-2] not in _VOWELS:
        third = head[:-1] + "ies"
    else:
        third = head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")
    return [form + tail for form in (head, third, past, doing, past)]


def _phrases(cell: str) -> list[Phrase]:
    found: list[Phrase] = []
    for part in cell.split(","):
        if part.startswith("~"):
            found += [(tuple(form.split()), number) for number, form in enumerate(_forms(part[1:]))]
        elif part != "-":
            found.append((tuple(part.replace("-", " - ").split()), None))
    return found


def contrasts() -> list[Contrast]:
    """The rows of ``contrasts.tsv``."""
    found = []
    for line in (HERE / "contrasts.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            chinese, right, contrary = line.split("\t")
            droppable = "-" in contrary.split(",")
            found.append(Contrast(re.compile(chinese), _phrases(right), _phrases(contrary), droppable))
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A contrast that an example lets be made: its Chinese words, and the English ones that render them."""

    contrast: Contrast
    chinese: range
    english: range
    form: int | None


class Contraster:
    """Makes contrasts in right pairs; every row is drawn, the more often the more pairs have it."""

    def __init__(self, taught: Sequence[Example], pieces: Pieces, rng: random.Random) -> None:
        self._pieces, self._rng = pieces, rng
        self._rows = contrasts()
        self._having: dict[int, list[Example]] = defaultdict(list)
        for example in taught:
            for number in {n for n, _ in self._places(example)}:
                self._having[number].append(example)
        self._numbers = list(self._having)
        self._weights = [len(self._having[n]) ** 0.5 for n in self._numbers]

    def counts(self) -> Counter[str]:
        """How many pairs have each contrast."""
        return Counter({self._rows[n].chinese.pattern: len(some) for n, some in self._having.items()})

    def draw(self, among: Callable[[Example], Example]) -> Draft:
        """A pair with a contrast made in it; as it is where ``among`` (others) leaves no single place."""
        (number,) = self._rng.choices(self._numbers, self._weights)
        example = among(self._rng.choice(self._having[number]))
        draft = labelled(example)
        fit = [place for n, place in self._places(example) if n == number]
        if fit:
            self._make(draft, fit[0])
        return draft

    def _places(self, example: Example) -> Iterator[tuple[int, _Place]]:
        """Where each contrast can be made: said once in the Chinese, and rendered once."""
        zh = example.record.text["zh"]
        en = [example.word("en", n).lower() for n in range(example.count("en"))]
        at: dict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(en):
            at[word].append(n)
        for number, row in enumerate(self._rows):
            said = list(row.chinese.finditer(zh))
            if len(said) != 1:
                continue
            start, end = said[0].span()
            chinese = [n for n, (a, b) in enumerate(example.words["zh"]) if a < end and start < b]
            found: dict[int, tuple[int, int | None]] = {}
            for words, form in row.right:
                for n in at.get(words[0], ()):
                    stop = n + len(words)
                    if tuple(en[n:stop]) == words and found.get(n, (0, None))[0] < stop:
                        found[n] = (stop, form)
            # "must not" is no rendering of 必须, and "no more than" none of 超过.
            places = [
                (n, stop, form)
                for n, (stop, form) in found.items()
                if en[stop : stop + 1] not in (["not"], ["no"]) and en[n - 1 : n] not in (["not"], ["no"])
            ]
            if len(places) == 1 and chinese:
                n, stop, form = places[0]
                yield number, _Place(row, range(chinese[0], chinese[-1] + 1), range(n, stop), form)

    def _make(self, draft: Draft, place: _Place) -> None:
        """Exchange the rendering for another right one, or for a contrary, or leave it out."""
        rng, row = self._rng, place.contrast
        old = tuple(draft.example.word("en", n).lower() for n in place.english)
        harmless = rng.random() < HARMLESS
        from_ = row.right if harmless else row.contrary
        fit = [words for words, form in from_ if form == place.form and words != old]
        gone = row.droppable and not harmless and (not fit or rng.random() < LEFT_OUT)
        if not fit and not gone:
            return
        new: tuple[str, ...] = () if gone else rng.choice(fit)
        if draft.example.word("en", place.english[0])[0].isupper() and new:
            new = (new[0].capitalize() if new[0] != "Party" else new[0], *new[1:])
        words = draft.sides["en"]
        at = next(n for n, word in enumerate(words) if word.origin == place.english[0])
        words[at : at + len(old)] = [
            Word(
                self._pieces.cut(word, True),
                None,
                0.0,
                0.0 if harmless else 1.0,
                (HARMLESS_WEIGHT if harmless else 1.0)
                * (1.0 if len(new) == 1 or word.lower() not in _SMALL else SMALL_WEIGHT),
            )
            for word in new
        ]
        self._agree(draft, at, new)
        if harmless:
            return
        for word in draft.sides["zh"]:
            if word.origin in place.chinese:
                if gone:
                    word.uncovered = 1.0
                else:
                    word.wrong = 1.0

    def _agree(self, draft: Draft, at: int, new: Sequence[str]) -> None:
        """Let an article before the place agree with what stands there now."""
        words = draft.sides["en"]
        origin = words[at - 1].origin if 0 < at < len(words) else None
        if origin is None:
            return
        article = draft.example.word("en", origin)
        following = new[0] if new else draft.example.word("en", words[at].origin or 0)
        if article in ("a", "an"):
            words[at - 1].pieces = self._pieces.cut("an" if following[:1].lower() in _VOWELS else "a", True)
