"""Small helpers for messages: quoting, shortening."""

from __future__ import annotations

import re

_STOP = re.compile(r"(?:[,;:]|(?<=[a-z]{4})\.|(?<=[\d)%”’]) ?\.)$")


def short(text: str, limit: int = 60) -> str:
    """A text on one line, its middle cut out where it is longer than ``limit`` code points."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head].rstrip()} … {text[-(limit - head - 3) :].lstrip()}"


def zh(text: str, limit: int = 40) -> str:
    """A Chinese text in quotation marks, shortened, without the stop at its end: the sentence around it goes on."""
    return f"“{short(text.strip().rstrip('，。；、：,;'), limit)}”"


def en(text: str, limit: int = 80) -> str:
    """An English text in quotation marks, shortened, without the stop at its end, unless an abbreviation has it."""
    return f"“{short(_STOP.sub('', text.strip()), limit)}”"
