"""The one loop that reads facts: find where one may begin, let a reader take it, go on behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from aligncheck.facts.model import Fact, Kind
from aligncheck.facts.numerals import HAN_CHARS
from aligncheck.model import Span

_BEYOND = re.compile(f"\\d[\\d.,，]{{60,}}|[{HAN_CHARS}]{{41,}}")

#: The figures of an address are no statements.
_ADDRESS = re.compile(
    r"(?:[a-z]{2,9}://|www\.)[!#-;=?-Z\[\]_a-z~]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+", re.I | re.A
)
_MAY_HAVE_ADDRESS = re.compile(r"://|www\.|@", re.I).search


class Scan:
    """A text being read, with what has been found in it.

    ``text`` is what patterns see: as long as ``raw``, which facts quote, but folded (full-width digits, thin
    blanks, case).  ``cased`` keeps the case.  ``end``: what lies before it has been read.
    ``ahead`` says that words behind a fact that belong to it (以上) are read with it.
    """

    __slots__ = ("ahead", "cased", "end", "facts", "raw", "text")

    def __init__(self, text: str, cased: str, raw: str, ahead: bool) -> None:
        self.text, self.cased, self.raw, self.ahead = text, cased, raw, ahead
        self.facts: list[Fact] = []
        self.end = 0

    def add(
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        lead: int | None = None,
        tail: int | None = None,
        **fields: Any,
    ) -> None:
        """Take ``text[start:end]`` as a fact; its words of degree reach from ``lead`` to ``tail``."""
        words = Span(start if lead is None else min(lead, start), end if tail is None else max(end, tail))
        self.facts.append(Fact(kind, Span(start, end), self.raw[start:end], words=words, **fields))
        self.end = max(self.end, end, words.end if self.ahead else end)


def run(
    scan: Scan,
    start: re.Pattern[str],
    reader: Callable[[Scan, re.Match[str]], None],
    marks: Sequence[Fact] = (),
) -> tuple[Fact, ...]:
    """The facts of a text in order of their place.

    ``start`` finds where a fact may begin; ``reader`` takes what begins there, or leaves it.  ``marks``
    are facts known beforehand, such as list marks.
    """
    pending = list(reversed(marks))
    addresses = [m.span() for m in _ADDRESS.finditer(scan.text)] if _MAY_HAVE_ADDRESS(scan.text) else []
    addresses.reverse()
    at = 0
    while found := start.search(scan.text, at):
        begin = found.start()
        while addresses and addresses[-1][1] <= begin:
            addresses.pop()
        if addresses and addresses[-1][0] <= begin:
            at = scan.end = addresses[-1][1]
            continue
        _take_marks(scan, pending, begin)
        if begin >= scan.end:
            if beyond := _BEYOND.match(scan.text, begin):
                # No figure has so many digits; as a code it is compared as it stands.
                scan.add("code", begin, beyond.end(), label=beyond.group()[:80], weight="soft")
            else:
                reader(scan, found)
        at = max(begin + 1, scan.end)
    _take_marks(scan, pending, len(scan.text))
    return tuple(scan.facts)


def _take_marks(scan: Scan, pending: list[Fact], until: int) -> None:
    while pending and pending[-1].span.start <= until:
        mark = pending.pop()
        if mark.span.start >= scan.end:
            scan.facts.append(mark)
            scan.end = mark.span.end
