"""Many words as one regular expression that tries each letter once (longest match wins)."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """The source of a pattern that matches any of the words, the longest that fits."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = {}
    return _source(root)


def _source(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    branches = [re.escape(c) + _source(sub) for c, sub in node.items() if c]
    if not branches:
        return ""
    single = len(branches) == 1 and not ends
    body = branches[0] if single else "(?:" + "|".join(branches) + ")"
    return body + "?" if ends else body
