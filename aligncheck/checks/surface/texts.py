"""What the checks of one document's surface share: the text to judge, and how to quote it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from aligncheck.model import Block, Document, Hit, Message, SpanRef

_FAR = 1 << 62
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
HAN_CHAR = re.compile(f"[{HAN}]")
#: What an address may be made of; Chinese beside it is none of it.
_RUN = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]+")
_WEB = re.compile(r"https?://|www\.")
_MAIL = re.compile(r"[^@\s]@[^@\s.]+\.[^@\s]")
_DOMAIN = re.compile(r"(?<=[\w-])\.(?:com|cn|org|net|gov|edu)\b")
_NOT_HOST = re.compile(r"[^\w.-]|\.\.")


def texts(document: Document, *, kinds: str = "heading paragraph item note title") -> Iterator[Block]:
    """The blocks that hold text, boilerplate left out."""
    wanted = kinds.split()
    return (block for block in document.blocks if block.kind in wanted)


def at(block: Block, start: int, end: int) -> SpanRef:
    """A span of a block."""
    return SpanRef(block.id, start, end)


#: So many places are shown of a slip that goes through the whole text.
_SHOWN = 6


def in_one(
    places: Sequence[SpanRef], most: int, message: Message, confidence: float, suggestion: str = ""
) -> Hit | None:
    """One hit in place of many alike; None where there are at most ``most``, which are told one by one.

    Many are one matter for the reader, and where they are many the file rather than a slip is the cause.
    """
    if len(places) <= most:
        return None
    return Hit(message, source=tuple(places[:_SHOWN]), confidence=confidence, suggestion=suggestion)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand in a text, in whose letters and points other rules hold.

    In time that grows with the text alone: each run without blanks is looked at once.
    """
    found = []
    for run in _RUN.finditer(text) if "." in text else ():
        start = _address_in(run.group()) if "." in run.group() else -1
        if start >= 0:
            found.append((run.start() + start, run.end()))
    return found


def _address_in(run: str) -> int:
    """Where an address begins that reaches to the end of a run without blanks; -1: nowhere."""
    if "@" in run and _MAIL.search(run):
        return 0
    starts = []
    web = _WEB.search(run)
    if web and web.end() < len(run):
        starts.append(web.start())
    domain = _DOMAIN.search(run)
    if domain:
        before = run[: domain.start()]
        gaps = [m.end() for m in _NOT_HOST.finditer(before)]
        host = before[gaps[-1] if gaps else 0 :].lstrip(".-")
        if host:
            starts.append(domain.start() - len(host))
    return min(starts, default=-1)


def inside(position: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the ranges, which are in order and apart."""
    index = bisect_right(ranges, (position, _FAR)) - 1
    return index >= 0 and position < ranges[index][1]


def sign_before(text: str, position: int) -> str:
    """The last sign before an offset that is no blank; empty at the beginning."""
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return text[position - 1 : position]


def around(text: str, start: int, end: int, width: int = 12) -> str:
    """A stretch with a little of what stands around it, for messages about signs."""
    left, right = max(0, start - width), min(len(text), end + width)
    while left > 0 and text[left - 1].isalnum() and text[left - 1].isascii() and start - left < 2 * width:
        left -= 1
    while right < len(text) and text[right].isalnum() and text[right].isascii() and right - end < 2 * width:
        right += 1
    return text[left:right].strip()
