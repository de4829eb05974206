"""What both languages' splitters share: cutting at positions, and matching brackets and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aligncheck.model import Span

#: A note mark as printed behind a stop: [3], ［3］, 〔3〕, (注3), ①, superscript figures.
NOTE_MARK = re.compile(
    r"\s?(?:[\[［〔]\s?(?:注|n)?\d{1,3}\s?[\]］〕]|[（(]注\d{1,3}[)）]|[①-⑳㉑-㊿]|[¹²³⁰⁴-⁹]+)"
)

_PAIRS = {
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "[": "]",
    "［": "］",
    "【": "】",
    "〔": "〕",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
}
_CLOSERS = {closing: opening for opening, closing in _PAIRS.items()}
_ANY = re.compile("[" + re.escape("".join({*_PAIRS, *_CLOSERS})) + "]")
QUOTES = frozenset('“‘「『"')


def cut(text: str, ends: Iterable[int]) -> list[Span]:
    """The pieces between the given end offsets, stripped of white space, empty ones left out."""
    spans, start = [], 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped)
            spans.append(Span(first, first + len(stripped)))
        start = max(start, end)
    return spans


def enclosures(text: str, straight: str = "") -> list[tuple[int, int]]:
    """Matched pairs of brackets and quotes as (offset of opening, offset of closing), by opening.

    What has no partner is left out, so that one forgotten bracket does not swallow the rest.
    ``straight`` names quotation marks that open and close with the same sign.
    """
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    signs = re.compile(f"[{re.escape(straight)}]|{_ANY.pattern}") if straight else _ANY
    for sign in signs.finditer(text):
        at, char = sign.start(), sign.group()
        if char in straight:
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][0] == char), None)
            if depth is None:
                stack.append((char, at))
            else:
                found.append((stack[depth][1], at))
                del stack[depth:]
        elif char in _PAIRS:
            stack.append((char, at))
        elif char in _CLOSERS:
            opening = _CLOSERS[char]
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][0] == opening), None)
            if depth is not None:
                found.append((stack[depth][1], at))
                del stack[depth:]
    return sorted(found)


def covering(pairs: list[tuple[int, int]], length: int) -> list[int]:
    """For every offset the index of the innermost pair around it, -1 outside (the signs count as inside)."""
    inside = [-1] * length
    for index, (start, end) in enumerate(pairs):  # by opening: inner pairs come later and overwrite
        inside[start : end + 1] = [index] * (end + 1 - start)
    return inside
