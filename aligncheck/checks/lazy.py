"""Patterns of long tables, compiled when a text first gives a reason to ask them."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Lazy:
    """A regular expression that is compiled at its first use: of a table's hundreds, a text needs a few."""

    __slots__ = ("_compiled", "_flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself.

        Raises:
            re.error: it is none.
        """
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text, start, len(text) if end is None else end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.compiled.finditer(text, start, len(text) if end is None else end)

    def findall(self, text: str) -> list[str]:
        """What all matches hold."""
        found: list[str] = self.compiled.findall(text)
        return found

    def sub(self, put: str, text: str) -> str:
        """The text with ``put`` in place of each match."""
        return self.compiled.sub(put, text)
