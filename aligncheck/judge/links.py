"""How probable a link of two words is: the word model's say, weighed with the dictionary and the glossary.

A logistic model over a handful of witnesses, fitted on links made by hand (``benchmarks/judge/fit_links.py``), with
the word model's say as it is on texts that it was not taught on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from aligncheck.data import weights
from aligncheck.encode.pairs import Table
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.pairing.words import stem
from aligncheck.words import fold

_FIGURE = re.compile(r"\d[\d.,]*")


def evidence(chinese: Sequence[str], english: Sequence[str], lexicon: Lexicon) -> Table:
    """How strongly dictionary, glossary and values say that two words go together: (Chinese, English), 0..1."""
    found = np.zeros((len(chinese), len(english)), dtype=np.float32)
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(english):
        places[english_key(word)].append(j)
    for i, word in enumerate(chinese):
        if not any(c.isalnum() for c in word):
            continue
        figure = _FIGURE.fullmatch(word)
        if figure:
            known = {"#" + word.replace(",", ""): 1.0, **lexicon.translations("#" + word.replace(",", ""))}
        elif word.isascii():
            known = {stem(word.lower()): 1.0}
        else:
            known = dict(lexicon.translations(fold(word).lower()))
        for key, strength in known.items():
            for j in places.get(key, ()):
                found[i, j] = max(found[i, j], strength)
    return found


def english_key(word: str) -> str:
    """The lexicon's key of an English word: its stem, or the value of a figure."""
    return stem(word.lower()) if word[:1].isalpha() else "#" + word.replace(",", "")


def probabilities(
    model: Table,
    known: Table,
    content: tuple[Sequence[bool], Sequence[bool]],
    missing: Table,
    added: Table,
) -> Table:
    """The probability of each link, shape (n, k), from the word model's own and the other evidence.

    ``model`` and ``known`` (n, k); ``content``: which words of the two sides carry content; ``missing`` (n,) and
    ``added`` (k,) as the word model reads them.
    """
    n, k = model.shape
    if not n or not k:
        return model
    w = weights("aligncheck.judge", "links.json")
    clipped = np.clip(model, 1e-3, 1 - 1e-3)
    odds = np.log(clipped / (1 - clipped))
    place_z, place_e = (np.arange(n) + 0.5) / n, (np.arange(k) + 0.5) / k
    total = (
        w["bias"]
        + w["model"] * odds
        + w["dictionary"] * known
        + w["behind row"] * (odds - odds.max(1, keepdims=True))
        + w["behind column"] * (odds - odds.max(0, keepdims=True))
        + w["content zh"] * np.array(content[0], dtype=np.float32)[:, None]
        + w["content en"] * np.array(content[1], dtype=np.float32)[None]
        + w["row knows better"] * (known.max(1, keepdims=True) - known)
        + w["column knows better"] * (known.max(0, keepdims=True) - known)
        + w["missing"] * missing[:, None]
        + w["added"] * added[None]
        + w["distance"] * np.abs(place_z[:, None] - place_e[None])
    )
    out: Table = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).astype(np.float32)
    return out
