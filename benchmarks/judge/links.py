"""Cut the records into words and pieces, and find likely links of words without any teaching.

    python links.py records.jsonl pieces.npy examples.jsonl

Two words are likely a link if each is the other's best by the likeness of their states (each text read alone by the
published weights), the dictionary's evidence, and their places.  Only clean texts get such links: where a word is wrong
or missing, its nearest neighbour would be a false one.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import e5
import numpy as np
import torch
from data import SIDES, Record, load, rows
from network import POSITIONS, published, table
from numpy.typing import NDArray
from pieces import BEGIN, END, PADDING, pieces_of

from aligncheck.encode.pieces import Pieces
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.words import stem
from aligncheck.words import spans

#: The dictionary counts words by document in these sets; the pairs of the others stand alone.
WHOLE_DOCUMENTS = frozenset({"mqm", "docs", "wild", "gov", "mac"})
#: What the dictionary's evidence (0..1) adds to a cosine, and what the distance of places (0..1) takes away.
BY_DICTIONARY, BY_PLACE = 0.3, 0.1
#: A link that scores more is taken for true; nine in ten are.
LIKELY = 0.55
#: So many pieces are read at once; more need more memory and save no time.
AT_ONCE = 4_000

#: A Chinese word's number, an English word's, and how strongly they belong together.
Link = Sequence[float]
Vectors = NDArray[np.float32]


@dataclass
class Example:
    """A record in words; all by side.

    ``words``: places (start, end) in the text.  ``pieces``: the numbers of each word's pieces.  ``evidence``: links
    that the dictionary knows, with strengths 0..1.  ``likely``: links by likeness, with scores; None where links
    cannot be told.
    """

    record: Record
    words: dict[str, list[Sequence[int]]]
    pieces: dict[str, list[Sequence[int]]]
    evidence: list[Link] = field(default_factory=list)
    likely: list[Link] | None = None

    def word(self, side: str, number: int) -> str:
        """A word as it is written."""
        start, end = self.words[side][number]
        return self.record.text[side][start:end]

    def count(self, side: str) -> int:
        """How many words a side has."""
        return len(self.words[side])

    @property
    def size(self) -> int:
        """How many pieces both sides have together, with the three marks."""
        return sum(len(word) for side in SIDES for word in self.pieces[side]) + 3


def gold_links(example: Example) -> dict[tuple[int, int], bool]:
    """Links made by hand, as numbers of our words, and whether they are sure (or possible)."""
    found: dict[tuple[int, int], bool] = {}
    for a, b, c, d, sure in example.record.links or ():
        zh = [n for n, (start, end) in enumerate(example.words["zh"]) if start < b and a < end]
        en = [n for n, (start, end) in enumerate(example.words["en"]) if start < d and c < end]
        for link in ((i, j) for i in zh for j in en):
            found[link] = found.get(link, False) or bool(sure)
    return found


class LinkScore:
    """Alignment error rate, precision and recall of links (Och and Ney 2003)."""

    def __init__(self) -> None:
        self.found = self.sure_found = self.possible_found = self.sure = 0

    def add(self, found: set[tuple[int, int]], gold: dict[tuple[int, int], bool]) -> None:
        """Count the links found in a pair; possible links include the sure ones."""
        sure = {link for link, is_sure in gold.items() if is_sure}
        self.found += len(found)
        self.sure_found += len(found & sure)
        self.possible_found += len(found & set(gold))
        self.sure += len(sure)

    @property
    def error(self) -> float:
        return 1 - (self.sure_found + self.possible_found) / max(1, self.found + self.sure)

    @property
    def precision(self) -> float:
        return self.possible_found / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.sure_found / max(1, self.sure)


# -- words, pieces, and what the dictionary knows -----------------------------------------------


def cut(record: Record, pieces: Pieces) -> Example:
    """The record's words and their pieces; a mark of a new word only before English words after white space."""
    words: dict[str, list[Sequence[int]]] = {side: list(spans(record.text[side], side)) for side in SIDES}
    zh, en = record.text["zh"], record.text["en"]
    return Example(
        record,
        words,
        {
            "zh": [pieces.cut(zh[a:b], False) for a, b in words["zh"]],
            "en": [pieces.cut(en[a:b], a == 0 or en[a - 1].isspace()) for a, b in words["en"]],
        },
    )


def evidence(example: Example, lexicon: Lexicon) -> list[Link]:
    """The links that the dictionary, or the same figure or Latin word, speaks for."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in range(example.count("en")):
        word = example.word("en", number)
        places[stem(word.lower()) if word[0].isalpha() else "#" + word.replace(",", "")].append(number)
    found: list[Link] = []
    for number in range(example.count("zh")):
        word = example.word("zh", number).lower()
        if not word[0].isalnum():
            continue
        if word.isdigit():
            known: Any = lexicon.translations("#" + word)
        elif word.isascii():
            known = {stem(word): 1.0}
        else:
            known = lexicon.translations(word)
        for key, strength in known.items():
            found += [[number, other, round(float(strength), 4)] for other in places.get(key, ())]
    return found


def examples_of(records: Iterable[Record], pieces: Pieces) -> Iterator[Example]:
    """All records cut, with the dictionary's evidence."""
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        groups[record.group, record.doc if record.group in WHOLE_DOCUMENTS else ""].append(record)
    for same in groups.values():
        lexicon = Lexicon([r.text["zh"] for r in same], [r.text["en"] for r in same])
        for record in same:
            example = cut(record, pieces)
            example.evidence = evidence(example, lexicon)
            yield example


# -- likely links -------------------------------------------------------------------------------


class Reader:
    """Reads single texts with the published weights: a vector of length 1 a word."""

    def __init__(self, model: e5.E5, keep: NDArray[np.int64]) -> None:
        self._encoder = published(model).eval()
        self._table = table(model, keep)

    def read(self, texts: Sequence[Sequence[Sequence[int]]]) -> list[Vectors]:
        """The vectors of texts, each given as its words' pieces; zeros for words beyond the network's positions."""
        order = sorted(range(len(texts)), key=lambda n: sum(map(len, texts[n])))
        found: dict[int, Vectors] = {}
        waiting: list[int] = []
        pieces = 0
        for number in order:
            waiting.append(number)
            pieces += sum(map(len, texts[number]))
            if pieces > AT_ONCE:
                found.update(zip(waiting, self._batch([texts[n] for n in waiting]), strict=True))
                waiting, pieces = [], 0
        if waiting:
            found.update(zip(waiting, self._batch([texts[n] for n in waiting]), strict=True))
        return [found[n] for n in range(len(texts))]

    def _batch(self, texts: Sequence[Sequence[Sequence[int]]]) -> Iterator[Vectors]:
        length = min(POSITIONS, 2 + max(sum(map(len, text)) for text in texts))
        ids = np.full((len(texts), length), PADDING)
        for row, text in zip(ids, texts, strict=True):
            whole = [BEGIN, *(number for word in text for number in word), END][:length]
            row[: len(whole)] = whole
        numbers = torch.from_numpy(ids)
        with torch.no_grad():
            states = self._encoder(self._table[numbers], numbers != PADDING).numpy()
        for row, text in zip(states, texts, strict=True):
            yield _means(row, text)


def _means(states: Vectors, text: Sequence[Sequence[int]]) -> Vectors:
    """The mean state of each word's pieces, at length 1."""
    found = np.zeros((len(text), states.shape[1]), np.float32)
    at = 1
    for number, word in enumerate(text):
        if at < POSITIONS - 1:
            found[number] = states[at : min(at + len(word), POSITIONS)].mean(0)
        at += len(word)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    out: Vectors = found / (length + 1e-6)
    return out


def likely(example: Example, zh: Vectors, en: Vectors) -> list[Link]:
    """The pairs of words that are each other's best."""
    if not len(zh) or not len(en):
        return []
    known = np.zeros((len(zh), len(en)), np.float32)
    for i, j, strength in example.evidence:
        known[int(i), int(j)] = max(known[int(i), int(j)], strength)
    places = [(np.arange(len(side)) + 0.5) / len(side) for side in (zh, en)]
    score = zh @ en.T + BY_DICTIONARY * known - BY_PLACE * np.abs(places[0][:, None] - places[1][None])
    best, best_back = score.argmax(1), score.argmax(0)
    return [[i, int(j), round(float(score[i, j]), 4)] for i, j in enumerate(best) if best_back[j] == i]


def add_likely(examples: Sequence[Example], reader: Reader) -> None:
    """Give the clean examples their likely links; a text that occurs again is read once."""
    clean = [e for e in examples if e.record.clean and e.record.group != "mqm"]
    texts = {(side, e.record.text[side]): e.pieces[side] for e in clean for side in SIDES}
    vectors = dict(zip(texts, reader.read(list(texts.values())), strict=True))
    for example in clean:
        zh, en = (vectors[side, example.record.text[side]] for side in SIDES)
        example.likely = likely(example, zh, en)


# -- the file -----------------------------------------------------------------------------------


def load_examples(path: Path) -> list[Example]:
    """The examples that this script wrote."""
    return [Example(**row | {"record": Record(**row["record"])}) for row in rows(path)]


def main() -> None:
    source, kept, out = map(Path, sys.argv[1:4])
    model, keep = e5.load(), np.load(kept)
    examples = list(examples_of(load(source), pieces_of(model, keep)))
    add_likely(examples, Reader(model, keep))
    score = LinkScore()
    with out.open("w", encoding="utf-8") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            if example.record.links is not None:
                found = {(int(i), int(j)) for i, j, s in example.likely or () if s > LIKELY}
                score.add(found, gold_links(example))
    print(f"{out}: {len(examples)} examples, {sum(e.size for e in examples)} pieces")
    print(
        f"likely links: error {score.error:.3f}, precision {score.precision:.3f}, recall {score.recall:.3f}"
    )


if __name__ == "__main__":
    main()
