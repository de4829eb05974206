"""What a text must hold for a pattern to match it: a cheap look before hundreds of patterns are tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_RUN = re.compile(r"[a-z\u4e00-\u9fff][a-z\u4e00-\u9fff'’ -]*", re.IGNORECASE)


def anchors(pattern: str) -> tuple[str, ...]:
    """Lower-case texts of which any match of a pattern holds at least one; empty where none can be named.

    A branch is named by its longest plain run, else by the branches of a group that it must pass.
    """
    found: list[str] = []
    for branch in _branches(pattern):
        runs = [run.strip().lower() for run in _RUN.findall(_bare(branch))]
        best = max(runs, key=len, default="")
        inner = (best,) if best else _inner(branch)
        if not inner:
            return ()
        found += inner
    return tuple(dict.fromkeys(found))


class Finder(Generic[T]):
    """Rows of a table by their anchors: those that may match a text, in the order of the table."""

    def __init__(self, rows: Sequence[tuple[tuple[str, ...], T]]) -> None:
        self._rows = [row for _, row in rows]
        self._always = [n for n, (needed, _) in enumerate(rows) if not needed or min(map(_key, needed)) == ""]
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        for n, (needed, _) in enumerate(rows):
            for anchor in needed:
                self._by_key.setdefault(_key(anchor), []).append((anchor, n))

    def rows(self, text: str) -> list[T]:
        """The rows whose patterns may match a text (in any case of letters)."""
        lowered = text.lower()
        found = set(self._always)
        for at in range(len(lowered)):
            for key in (lowered[at], lowered[at : at + _LETTERS]):
                for anchor, n in self._by_key.get(key, ()):
                    if n not in found and lowered.startswith(anchor, at):
                        found.add(n)
        return [self._rows[n] for n in sorted(found)]


#: Letters by which an English anchor is looked up; a Chinese one is by its first character.
_LETTERS = 3


def _key(anchor: str) -> str:
    if anchor[0] >= "\u4e00":
        return anchor[0]
    return anchor[:_LETTERS] if len(anchor) >= _LETTERS else ""


_BRACKET_IN_CLASS = re.compile(r"\[[^\]]*[()]|\\[()]")
_GROUP = re.compile(r"\((?:\?:|\?-i:|\?P<\w+>)")


def _inner(branch: str) -> tuple[str, ...]:
    """The anchors of the first group that any match of a branch must pass."""
    if _BRACKET_IN_CLASS.search(branch):
        return ()
    for opening in _GROUP.finditer(branch):
        if branch.count("(", 0, opening.start()) != branch.count(")", 0, opening.start()):
            continue  # within another group
        depth, at = 1, opening.end()
        while depth and at < len(branch):
            depth += {"(": 1, ")": -1}.get(branch[at], 0)
            at += 1
        if branch[at : at + 1] not in ("?", "*", "{"):
            return anchors(branch[opening.end() : at - 1])
    return ()


def _branches(pattern: str) -> list[str]:
    """A pattern cut at the bars that stand outside of groups and classes."""
    parts, depth, start, at, in_class = [], 0, 0, 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 2
            continue
        if in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]


def _bare(branch: str) -> str:
    """A branch with a blank sign for whatever need not stand in the text as it is written."""
    kept, depth, at, in_class = [], 0, 0, False
    while at < len(branch):
        sign = branch[at]
        width = 2 if sign == "\\" else 1
        if sign == "\\":
            kept.append("\0")
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
            kept.append("\0")
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            kept.append("\0")
        elif depth == 0:
            if sign in "?*{":  # what stands before it may be missing
                kept[-1:] = ["\0"]
                if sign == "{":
                    at = branch.index("}", at)
            kept.append(sign if sign not in "?*{}+.^$" else "\0")
        at += width
    return "".join(kept)
