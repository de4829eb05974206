"""Chinese sentences and clauses.

A sentence ends at 。！？； (also in their ASCII shapes) with what closes there.  Book titles 《》,
brackets and quotations that are part of a running sentence are never cut; direct speech of several
sentences is.
"""

from __future__ import annotations

import re

from aligncheck.model import Span
from aligncheck.segment.spans import NOTE_MARK, QUOTES, covering, cut, enclosures

_STOP = re.compile(
    r"(?:[。！？；!?;｡]|…+(?=[。！？”’」』\"]|$)|(?<=[\u4e00-\u9fff”’）》)])\.(?![A-Za-z0-9.]))[。！？!?…｡]*"
)
_CLOSING = re.compile(r"\s?[”’」』\"]+|[）)\]】》〉〕］]+")
_CLAUSE = re.compile(r"[，,；;。！？!?：:｡]+")
#: What may follow a closing quotation mark only when the sentence goes on.
_GOES_ON = re.compile(r"\s*(?:[，,、；;：:。]|[的地得等之和与與及或])")
_LONGEST_CLAUSELESS_QUOTE = 24  # code points; a longer quotation is cut into its clauses


def sentences(text: str) -> list[Span]:
    """The sentences of a Chinese text."""
    pairs = enclosures(text, straight='"')
    inside = covering(pairs, len(text))
    ends = []
    for stop in _STOP.finditer(text):
        if "." in stop.group() and not _real_full_stop(text, stop.end()):
            continue
        end = _with_closings(text, stop.end())
        if _may_end(text, pairs, inside, stop.start(), end):
            ends.append(end)
    ends.extend(m.end() for m in re.finditer(r"\n", text))
    return cut(text, sorted(set(ends)))


def clauses(text: str) -> list[Span]:
    """The clauses of a Chinese sentence: what stands between commas, semicolons, colons and stops."""
    pairs = enclosures(text, straight='"')
    inside = covering(pairs, len(text))
    ends = []
    for mark in _CLAUSE.finditer(text):
        at = mark.start()
        if mark.group() in ",:" and _between_digits(text, at):
            continue
        end = _with_closings(text, mark.end())
        if _whole_stays(text, pairs, inside, at) and not (end > mark.end() and _ends_pair(pairs, inside, at)):
            continue
        ends.append(end)
    return cut(text, ends)


def _real_full_stop(text: str, end: int) -> bool:
    rest = text[end : end + 1]
    return not rest or rest.isspace() or "\u4e00" <= rest <= "\u9fff" or bool(_CLOSING.match(text, end))


def _with_closings(text: str, end: int) -> int:
    """The offset behind the closing signs and note marks that belong to a stop."""
    while True:
        more = _CLOSING.match(text, end) or NOTE_MARK.match(text, end)
        if more is None:
            return end
        if more.group().strip() == '"' and text[:end].count('"') % 2 == 0:
            return end  # this straight quote opens the next sentence
        end = more.end()


def _may_end(text: str, pairs: list[tuple[int, int]], inside: list[int], at: int, end: int) -> bool:
    """Whether a stop at ``at`` (with closings up to ``end``) ends a sentence."""
    index = inside[at]
    while index >= 0:
        start, close = pairs[index]
        if text[start] not in QUOTES:
            # A bracket that closes right behind the stop and itself opened a sentence may end here.
            if close < end and _opens_sentence(text, start):
                index = _outer(pairs, index)
                continue
            return False
        speech = _is_speech(text, start, close)
        if close < end and (not speech or _GOES_ON.match(text, end)):
            return end >= len(text.rstrip())
        if close >= end and not speech:
            return False
        index = _outer(pairs, index)
    return True


def _outer(pairs: list[tuple[int, int]], index: int) -> int:
    start, close = pairs[index]
    for outer in range(index - 1, -1, -1):
        if pairs[outer][0] < start and pairs[outer][1] > close:
            return outer
    return -1


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in "。！？；!?;”’」』…\n"


def _is_speech(text: str, start: int, close: int) -> bool:
    """Direct speech: introduced by a colon (or opening a sentence) and itself ending with a stop."""
    before = text[:start].rstrip()
    introduced = not before or before[-1] in "：:，,。！？；!?;”’」』…“‘\n道说說"
    return introduced and text[start + 1 : close].rstrip()[-1:] in tuple("。！？!?…；;’』")


def _between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _whole_stays(text: str, pairs: list[tuple[int, int]], inside: list[int], at: int) -> bool:
    index = inside[at]
    while index >= 0:
        start, close = pairs[index]
        if text[start] in "《〈（([［【〔" or close - start <= _LONGEST_CLAUSELESS_QUOTE:
            return True
        index = _outer(pairs, index)
    return False


def _ends_pair(pairs: list[tuple[int, int]], inside: list[int], at: int) -> bool:
    """Whether the enclosure around ``at`` is one that closes right behind it and stands alone."""
    index = inside[at]
    return index >= 0 and _outer(pairs, index) < 0
