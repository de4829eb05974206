"""Which half of the texts a fold's model is taught on (0) and which it is measured on (1): whole documents."""

from __future__ import annotations

import hashlib


def fold_of(group: str, document: str) -> int:
    """0 or 1, the same on every machine; the four drafted documents are dealt out by hand."""
    if group == "docs":
        return int(document not in "ce")
    if group == "written":  # many, and much to be taught: a fifth is enough to measure on
        return int(int(hashlib.md5(document.encode()).hexdigest(), 16) % 5 == 0)
    return int(hashlib.md5(f"{group}:{document}".encode()).hexdigest(), 16) % 2
