"""What a bare figure takes from another of its list or sentence: the percent, the tenths, the word of scale."""

from __future__ import annotations

import re

from aligncheck.facts.en.numbers import magnitude_of, read_number
from aligncheck.facts.model import Fact
from aligncheck.facts.scan import Scan

#: 3.6, 10.8 and 85.6 per cent: the sign stands once for all of a list.
LIST_OF_SHARES = re.compile(
    r"(?:,\s\d+(?:\.\d+)?(?![\d,.]*\d)){1,6},?\s(?:and|or)\s\d+(?:\.\d+)?\s?(?:%|per\s?cent\b)(?!\s?-?\s?points?)"
)
#: 1.2, 3.1 and 0.95 million tonnes: so does the word of scale; of two figures only where each has its owner.
_LIST_REST = re.compile(r"((?:,\s\d+(?:\.\d+)?(?![\d,.]*\d)){0,6}),?\s(?:and|or)\s(?=\d)")
_EACH_ITS_OWN = re.compile(r"[^.;]{0,60}\brespectively\b")


def scale_of_list(scan: Scan, end: int) -> int:
    """The worth of the word of scale behind the last figure of a list, where those before it have none."""
    found = _LIST_REST.match(scan.text, end)
    last = read_number(scan, found.end()) if found else None
    if found is None or last is None or not (found.group(1) or _EACH_ITS_OWN.match(scan.text, last[2])):
        return 1
    return magnitude_of(scan.text, found.end(), last[2])


_TO_ANOTHER = re.compile(
    r"[^.;:]{0,70}?\b(?:to|and|or|from)\s+(?:(?:about|around|nearly|almost|some|roughly|over|just|only|a|more\s+than|less\s+than)\s+)*"
)
#: Only 62 percent was in place; in the lowest, under 40.
_HEDGED_AFTER = re.compile(
    r"[^.]{0,110}\b(?:under|over|below|above|nearly|almost|about|only|just|(?:less|more|fewer)\s+than)\s+"
)
_STOP = re.compile(r"\s*(?:[.,;:)]|$)")
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[.,;:)]|$)|\s+(?:in|by|over|last|this|at|from|during|for|a\s+year|respectively|and|today)\b"
)


def percent_said(scan: Scan, start: int, end: int) -> bool:
    """Whether the percent of the figure before is meant here too: from less than 50 percent to about 80."""
    prior = _share_before(scan)
    return prior is not None and any(
        joint.fullmatch(scan.text, prior.span.end, start) and behind.match(scan.text, end)
        for joint, behind in ((_TO_ANOTHER, _NOTHING_COUNTED), (_HEDGED_AFTER, _STOP))
    )


def _share_before(scan: Scan) -> Fact | None:
    prior = scan.facts[-1] if scan.facts else None
    return prior if prior is not None and prior.kind == "share" else None


#: by thirty percent on the hillside, but by only ten on the flat; thirty percent on signing and sixty on delivery
_SAME_SENTENCE = re.compile(r"(?:[^.!?]|\.(?=\d)){0,140}")
_OF_NOTHING = re.compile(
    r"\s*(?:[.,;:)]|$)|\s+(?:in|on|by|at|from|to|before|now|then|kept|left|set|held|paid|goes|went|is|are|was|were|will|shall|for|and|or|as|when|last|this|today|during|over|a\s+year)\b"
)
#: the last ten falls due in two years
_THE_REST = re.compile(r"\bthe\s+(?:last|other|remaining|rest,)\s+$")


def part_too(scan: Scan, start: int, end: int) -> str:
    """ "percent" or "tenths" where a bare figure may take those of one before it in its sentence."""
    prior = next((f for f in reversed(scan.facts) if f.kind == "share"), None)
    if (
        prior is None
        or _SAME_SENTENCE.fullmatch(scan.text, prior.span.end, start) is None
        or not (_OF_NOTHING.match(scan.text, end) or _THE_REST.search(scan.text, max(0, start - 16), start))
    ):
        return ""
    return "tenths" if prior.text.lower().endswith("tenths") else "percent"


def tenths_said(scan: Scan, start: int, end: int) -> bool:
    """Whether the tenths of the share before are meant here too: from three tenths to six."""
    prior = _share_before(scan)
    return (
        prior is not None
        and prior.text.lower().endswith("tenths")
        and _TO_ANOTHER.fullmatch(scan.text, prior.span.end, start) is not None
        and _NOTHING_COUNTED.match(scan.text, end) is not None
    )


_SPLIT = re.compile(r"(?<![\d,.])\d{1,2}(?:,\s\d{1,2})*,?\sand\s\d{1,2}(?=\s*(?:[.;:)]|$))")
_LONGEST_SPLIT = 40


def of_a_hundred(scan: Scan, start: int, end: int) -> bool:
    """Whether a bare figure is part of a list that adds up to a hundred: shared as 40, 40 and 20."""
    if scan.text.find(" and ", max(0, start - 6), end + _LONGEST_SPLIT) < 0:
        return False
    for found in _SPLIT.finditer(scan.text, max(0, start - _LONGEST_SPLIT), end + _LONGEST_SPLIT):
        if found.start() <= start and end <= found.end():
            return sum(map(int, re.findall(r"\d+", found.group()))) == 100
    return False
