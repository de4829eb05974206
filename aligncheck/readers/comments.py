"""Comments of the editors in a text: ``<!-- aligncheck: waive CHECK reason -->``.

Such a comment is no part of the document.  It stands on lines of its own above the paragraph that it
speaks of, or inside that paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aligncheck.model import Bitext, Document, InlineWaiver

#: The longest comment, so that a mark that is never closed costs no more than that.
_LONGEST = 2_000
_COMMENT = re.compile(
    rf"<!--[ \t]*aligncheck[ \t]*[:：](?P<said>(?:(?!-->)[\s\S]){{0,{_LONGEST}}})-->", re.IGNORECASE
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_WAIVE = re.compile(r"\s*waive\s+(?P<check>[A-Za-z][\w-]*)(?P<reason>\s[\s\S]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its first and last line (1-based), whether it has them for itself, and what it says.

    ``check`` is empty where the comment is not understood; ``reason`` then holds its text.
    """

    line: int
    last: int
    alone: bool
    check: str
    reason: str


def take_comments(text: str) -> tuple[str, tuple[Comment, ...]]:
    """The text with blanks in place of the comments (at the end of a line: nothing), and the comments.

    Lines and columns of everything else stay as they are.
    """
    if "<!--" not in text:
        return text, ()
    matches = list(_COMMENT.finditer(text))
    if not matches:
        return text, ()
    blanked = _COMMENT.sub(lambda m: re.sub(r"[^\r\n]", " ", m[0]), text)
    ends = [m.start() for m in _LINE_END.finditer(text)]
    rows = re.split(r"(\r\n|\r|\n)", blanked)
    found = []
    for match in matches:
        line, last = (bisect_left(ends, at) + 1 for at in match.span())
        alone = True
        for number in range(line, last + 1):
            row = rows[2 * (number - 1)] = rows[2 * (number - 1)].rstrip(" ")
            alone = alone and not row.strip(" \t\ufeff")
        said = _WAIVE.fullmatch(match["said"])
        check, reason = (said["check"], said["reason"] or "") if said else ("", match["said"])
        found.append(Comment(line, last, alone, check, " ".join(reason.split())))
    return "".join(rows), tuple(found)


def with_comments(document: Document, comments: Sequence[Comment]) -> Document:
    """The document with the waivers that the comments of its file give."""
    return _given(document, comments, [document]) if comments else document


def bitext_with_comments(bitext: Bitext, comments: Sequence[Comment]) -> Bitext:
    """The two documents of one file, each with the waivers that speak of its blocks."""
    if not comments:
        return bitext
    sides = [bitext.source, bitext.target]
    return replace(
        bitext,
        source=_given(bitext.source, comments, sides),
        target=_given(bitext.target, comments, sides),
    )


def _given(document: Document, comments: Iterable[Comment], sides: Sequence[Document]) -> Document:
    starts = sorted(
        (block.place.line, side, block.id)
        for side, d in enumerate(sides)
        for block in d.blocks
        if block.place.line is not None
    )
    mine = next(n for n, side in enumerate(sides) if side is document)
    waivers, problems = [], []
    for comment in comments:
        if not comment.check:
            if mine == 0:
                problems.append(
                    f"line {comment.line}: this comment to aligncheck is not understood: {comment.reason!r}; "
                    "write <!-- aligncheck: waive CHECK reason -->"
                )
            continue
        if comment.alone:
            place = next((s for s in starts if s[0] > comment.last), None)
        else:
            place = next((s for s in reversed(starts) if s[0] <= comment.line), None)
        if place is None and mine == 0:
            waivers.append(InlineWaiver(comment.check, comment.reason, comment.line, -1))
        elif place is not None and place[1] == mine:
            waivers.append(InlineWaiver(comment.check, comment.reason, comment.line, place[2]))
    return replace(document, waivers=tuple(waivers), problems=(*document.problems, *problems))
