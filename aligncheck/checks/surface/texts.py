"""What the checks of one document's surface share: the text to judge, and how to quote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.model import Block, Document, SpanRef

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
HAN_CHAR = re.compile(f"[{HAN}]")
#: Addresses, in which letters and points follow other rules.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|gov|edu)\b\S*"
)


def texts(document: Document, *, kinds: str = "heading paragraph item note title") -> Iterator[Block]:
    """The blocks that hold text, boilerplate left out."""
    wanted = kinds.split()
    return (block for block in document.blocks if block.kind in wanted)


def at(block: Block, start: int, end: int) -> SpanRef:
    """A span of a block."""
    return SpanRef(block.id, start, end)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand in a text."""
    return [m.span() for m in ADDRESS.finditer(text)]


def inside(position: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the ranges."""
    return any(a <= position < b for a, b in ranges)


def around(text: str, start: int, end: int, width: int = 12) -> str:
    """A stretch with a little of what stands around it, for messages about signs."""
    left, right = max(0, start - width), min(len(text), end + width)
    while left > 0 and text[left - 1].isalnum() and text[left - 1].isascii() and start - left < 2 * width:
        left -= 1
    while right < len(text) and text[right].isalnum() and text[right].isascii() and right - end < 2 * width:
        right += 1
    return text[left:right].strip()
