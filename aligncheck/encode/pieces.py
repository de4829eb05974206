"""Sub-word pieces of words: the unigram model of XLM-R, cut to the pieces that Chinese and English use.

Each word is cut apart from its neighbours, so that every piece belongs to one word and a word that occurs
again costs nothing.  The cut is the most probable one under the unigram model (Kudo 2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: The mark that XLM-R puts before a piece that begins a word.
SPACE = "\u2581"
#: Characters that a piece holds at most; longer ones are not kept.
_LONGEST = 16
#: A word is cut this far; what follows adds nothing to its meaning, and time stays linear.
_FAR = 200


class Pieces:
    """The vocabulary: pieces with their log probabilities."""

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], normal: Mapping[int, str], unknown: int
    ) -> None:
        """``normal``: what stands for a character (XLM-R's NFKC map); ``unknown``: the number of the unknown piece."""
        self._known = {
            piece: (float(score), number)
            for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
            if piece and number > unknown
        }
        # The mark itself stays: it is put before a word after the word was normalised.
        self._normal = {code: text for code, text in normal.items() if chr(code) != SPACE}
        self._unknown = unknown
        self._worst = float(min(scores)) - 10.0
        self._cache: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def cut(self, word: str, first: bool) -> tuple[int, ...]:
        """The numbers of a word's pieces; ``first``: white space stands before it.  Never empty."""
        key = SPACE + word if first else word
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            found = self._cache[key] = self._cut(key) or (self._unknown,)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        text = word[:_FAR].translate(self._normal)
        n = len(text)
        best = [float("-inf")] * (n + 1)
        best[0] = 0.0
        back: list[tuple[int, int]] = [(0, 0)] * (n + 1)
        for start in range(n):
            so_far = best[start]
            for end in range(start + 1, min(n, start + _LONGEST) + 1):
                known = self._known.get(text[start:end])
                if known is not None and so_far + known[0] > best[end]:
                    best[end], back[end] = so_far + known[0], (start, known[1])
            if so_far + self._worst > best[start + 1]:
                best[start + 1], back[start + 1] = so_far + self._worst, (start, self._unknown)
        numbers: list[int] = []
        while n > 0:
            n, number = back[n]
            numbers.append(number)
        return tuple(reversed(numbers))
