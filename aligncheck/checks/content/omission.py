"""Source content with no counterpart: documents' parts, paragraphs, sentences, clauses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.events import Omission, events
from aligncheck.checks.numbered import same_number
from aligncheck.checks.quoting import zh
from aligncheck.model import Bitext, Category, Hit, Message

#: A clause that only says who speaks, or that something is worth telling.
_ATTRIBUTION = re.compile(
    r"(?:表示|说|说道|指出|认为|称|透露|介绍|强调|坦言|写道|显示|值得一提的是|据悉|据了解)[，：:,]?$"
)
_MOVED = 0.6
#: A clause of fewer content words is often said in passing; it must be more doubtful.
_LIGHT, _LEAST_LIGHT = 3.0, 0.4
#: In a file of pairs a clause is judged with the coverage of its pair, which human raters' judgements
#: and cut translations taught: log odds = a + b log odds of the clause alone + c coverage
#: (``benchmarks/fit_rows.py``).
_ROW = (3.79, 0.42, -6.15)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the Chinese that no English renders (the English that no Chinese backs, where English is the source)."""
    covered = _coverage(bitext) if bitext.paired else {}
    for omission in events(bitext, context).omissions:
        if omission.whole and (omission.partly or _numbered(omission, bitext)):
            continue  # left to the checks that name the words
        sure = round(omission.score, 3)
        if _ATTRIBUTION.search(omission.text):
            sure *= _MOVED  # who says it, and from when, often goes to the end of the English or before
        row = covered.get(omission.spans[0].block)
        if row is not None:
            sure = _beside(sure, row)
        if sure < (calibration.FLOOR if omission.weight >= _LIGHT else _LEAST_LIGHT):
            continue
        yield Hit(
            _message(omission, context.from_english),
            tuple(omission.spans),
            (omission.place,) if omission.place is not None else (),
            sure,
            omission.severity,
            Category.OMISSION,
            evidence=(
                ("content words", f"{omission.weight:.1f}"),
                ("not rendered", f"{omission.score:.2f}"),
            ),
        )


def _numbered(omission: Omission, bitext: Bitext) -> bool:
    """Whether a paragraph that is missing as a whole stands beside one that bears its number."""
    if len(omission.spans) > 1:
        return False
    block = omission.spans[0].block
    chinese, english = bitext.source.segments, bitext.target.segments
    return any(
        bead.target
        and any(chinese[i].block == block for i in bead.source)
        and same_number(omission.text, english[bead.target[0]].text)
        for bead in bitext.beads
    )


def _coverage(bitext: Bitext) -> dict[int, float]:
    """For each Chinese block the share of its pair's Chinese that the English renders."""
    found: dict[int, float] = {}
    for bead in bitext.beads:
        share = bead.source_coverage
        if share is not None:
            found.update((bitext.source.segments[i].block, share) for i in bead.source)
    return found


def _beside(sure: float, coverage: float) -> float:
    start, own, row = _ROW
    odds = start + own * math.log(max(sure, 1e-3) / max(1 - sure, 1e-3)) + row * coverage
    return round(1 / (1 + math.exp(-odds)), 3)


def _message(omission: Omission, from_english: bool) -> Message:
    quoted = zh(omission.text)
    count = len(omission.spans)
    if from_english and omission.partly:
        return Message(
            f"The English source supports only a part of {quoted}.",
            f"{quoted}在英文原文中只有部分依据。",
        )
    if from_english:
        return Message(
            f"Nothing in the English source supports {quoted}.", f"英文原文中没有与{quoted}对应的内容。"
        )
    if count > 1:
        return Message(
            f"{count} paragraphs in a row have no counterpart in the English, from {quoted}.",
            f"连续{count}段没有译出，起自{quoted}。",
        )
    if omission.whole:
        return Message(
            f"The paragraph {quoted} has no counterpart in the English.", f"整段没有译出：{quoted}。"
        )
    if omission.partly:
        return Message(f"{quoted} is translated only in part.", f"{quoted}没有完全译出。")
    return Message(f"{quoted} is not translated.", f"{quoted}没有译出。")


CHECKS = (carded(__name__, "omission", run=run),)
