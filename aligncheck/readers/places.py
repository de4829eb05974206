"""Finding where a piece of text stands in the source of a marked-up file, going forward only."""

from __future__ import annotations

from bisect import bisect_right

from aligncheck.model import Anchor


class Cursor:
    """Walks through a file's source; each piece is looked for behind the one before it.

    Formats such as HTML and Markdown lose the columns of their text while they are parsed.  Pieces
    come in document order, so the next occurrence at or behind the piece's own line is the piece.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0]
        at = source.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = source.find("\n", at + 1)
        self._at = 0

    def find(self, piece: str, line: int, offset: int) -> Anchor:
        """The anchor for a piece that begins at ``offset`` of its block and not before ``line``."""
        key = piece.strip().split("\n")[0][:40]
        begin = max(self._at, self._starts[min(line, len(self._starts)) - 1] if line > 0 else 0)
        while key:
            found = self._source.find(key, begin, begin + 200_000)
            if found >= 0:
                self._at = found + len(key)
                row = bisect_right(self._starts, found)
                lead = len(piece) - len(piece.lstrip())
                return Anchor(offset + lead, row, found - self._starts[row - 1] + 1)
            # A character reference or a collapsed blank: try with what stands before it.
            key = key[: len(key) // 2] if len(key) > 4 else ""
        return Anchor(offset, line or bisect_right(self._starts, self._at))
