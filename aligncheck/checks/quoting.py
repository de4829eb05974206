"""Small helpers for messages: quoting, shortening."""

from __future__ import annotations


def short(text: str, limit: int = 60) -> str:
    """A text on one line, its middle cut out where it is longer than ``limit`` code points."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head].rstrip()} … {text[-(limit - head - 3) :].lstrip()}"


def zh(text: str, limit: int = 40) -> str:
    """A Chinese text in Chinese quotation marks, shortened."""
    return f"“{short(text, limit)}”"


def en(text: str, limit: int = 80) -> str:
    """An English text in English quotation marks, shortened."""
    return f"“{short(text, limit)}”"
