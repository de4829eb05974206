"""Fit how probable a word link is: the word model's say, weighed with the dictionary, on links made by hand.

    python fit_links.py GOLD.jsonl [OUT.json]

GOLD.jsonl: a line a pair with ``zh`` and ``en`` (tokens) and ``sure`` (and ``possible``) links.  The model in the
package should be the one of fold 0 (``train.py 0``), so that the pairs of fold 1, which alone are used, are new to it.
Prints the alignment error rate (Och and Ney 2003) with the links of the other half, counted by nltk.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from folds import fold_of
from nltk.translate import Alignment, alignment_error_rate
from sklearn.linear_model import LogisticRegression

from aligncheck.encode.contextual import embedded
from aligncheck.encode.pairs import WordPair
from aligncheck.judge.links import evidence
from aligncheck.pairing.lexicon import Lexicon
from aligncheck.words import is_form_word, spans

NAMES = (
    "model", "dictionary", "behind row", "behind column", "content zh", "content en", "row knows better",
    "column knows better", "missing", "added", "distance",
)  # fmt: skip


def joined(tokens: list[str], blank: bool) -> tuple[str, list[tuple[int, int]]]:
    """The text of a list of tokens and each token's place in it."""
    text, places = "", []
    for token in tokens:
        if text and (
            blank or (text[-1].isascii() and token[0].isascii() and text[-1].isalnum() and token[0].isalnum())
        ):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def links_of(row: dict[str, Any], kind: str, sides: Any) -> set[tuple[int, int]]:
    """Links between tokens as links between our words."""
    (_, left, mine_z), (_, right, mine_e) = sides
    found = set()
    for a, b in row.get(kind, []):
        for i, (x, y) in enumerate(mine_z):
            for j, (u, v) in enumerate(mine_e):
                if x < left[a][1] and left[a][0] < y and u < right[b][1] and right[b][0] < v:
                    found.add((i, j))
    return found


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    rows = [r for n, r in enumerate(rows) if fold_of("links", f"l{n}") == 1]
    texts = []
    for r in rows:
        (zh, left), (en, right) = joined(r["zh"], False), joined(r["en"], True)
        texts.append(((zh, left, spans(zh, "zh")), (en, right, spans(en, "en"))))
    lexicon = Lexicon([t[0][0] for t in texts], [t[1][0] for t in texts])
    blocks: list[Any] = []
    for r, sides in zip(rows, texts, strict=True):
        (zh, _, mine_z), (en, _, mine_e) = sides
        left, right = tuple(zh[a:b] for a, b in mine_z), tuple(en[a:b] for a, b in mine_e)
        spaced = tuple(a == 0 or en[a - 1].isspace() for a, _ in mine_e)
        reading = embedded().read([WordPair(left, right, spaced)])[0]
        assert reading.missing is not None
        assert reading.added is not None
        clipped = np.clip(reading.links, 1e-3, 1 - 1e-3)
        odds = np.log(clipped / (1 - clipped))
        known = evidence(left, right, lexicon)
        n, k = odds.shape
        content_z = np.array([not is_form_word(w, "zh") for w in left], float)
        content_e = np.array([not is_form_word(w, "en") for w in right], float)
        ones = np.ones((n, k))
        x = np.stack(
            [
                odds,
                known,
                odds - odds.max(1, keepdims=True),
                odds - odds.max(0, keepdims=True),
                ones * content_z[:, None],
                ones * content_e[None],
                known.max(1, keepdims=True) - known,
                known.max(0, keepdims=True) - known,
                ones * reading.missing[:, None],
                ones * reading.added[None],
                np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(k)[None] + 0.5) / k),
            ],
            axis=2,
        )
        sure = links_of(r, "sure", sides)
        blocks.append((x, sure, sure | links_of(r, "possible", sides)))
    for half in (0, 1):
        model = fitted([b for n, b in enumerate(blocks) if n % 2 != half])
        errors = []
        for x, sure, possible in (b for n, b in enumerate(blocks) if n % 2 == half):
            p = model.predict_proba(x.reshape(-1, len(NAMES)))[:, 1].reshape(x.shape[:2])
            got = Alignment(zip(*map(np.ndarray.tolist, np.nonzero(p >= 0.5)), strict=True))
            errors.append(alignment_error_rate(Alignment(sure), got, Alignment(possible)))
        print(f"half {half}: mean error rate of a pair {np.mean(errors):.3f}")
    if len(sys.argv) > 2:
        model = fitted(blocks)
        weights = dict(zip(NAMES, model.coef_[0].round(4).tolist(), strict=True))
        # A word of ours may hold several of a finer cut; a link to each of them is claimed, so a little more is asked.
        weights["bias"] = round(float(model.intercept_[0]) - 0.35, 4)
        Path(sys.argv[2]).write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


def fitted(blocks: list[Any]) -> Any:
    x = np.concatenate([b[0].reshape(-1, len(NAMES)) for b in blocks])
    y = np.concatenate(
        [[(i, j) in b[2] for i in range(b[0].shape[0]) for j in range(b[0].shape[1])] for b in blocks]
    )
    return LogisticRegression(C=1.0, max_iter=800).fit(x, y)


if __name__ == "__main__":
    main()
