"""Borders and order: passages run together, broken up, or moved."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.events import events
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import en, zh
from aligncheck.model import Bitext, Category, Hit, Message, Severity

#: So sure an omission of a paragraph speaks against its having been joined to the next.
_MISSING = 0.8


def run_merge(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report Chinese blocks that stand in one English block."""
    judgement = judged(bitext, context)
    happened = events(bitext, context)
    # What is missing as a whole does not run together with what stands there.
    missing = {
        span.block
        for omission in happened.omissions
        if omission.whole and omission.score >= _MISSING
        for span in omission.spans
    }
    for border in happened.merges:
        if sum(span.block not in missing for span in border.many) < 2:
            continue
        first, second = (judgement.chinese.slice(s) for s in border.many[:2])
        behind = judgement.english.blocks[border.one.block].text[border.at[0].start :]
        count = len(border.many)
        yield Hit(
            Message(
                f"{count} Chinese paragraphs are run together in the English; a new paragraph, for {zh(second, 24)}, "
                f"should begin at {en(behind, 50)}.",
                f"{count}个中文段落在英文中并为一段；{zh(second, 24)}应另起一段，自{en(behind, 50)}处分开。",
            ),
            tuple(border.many),
            (*border.at,),
            calibration.confidence("merge", border.features),
            Severity.MINOR,
            Category.MERGE,
            evidence=(("first paragraph", zh(first)), ("second paragraph", zh(second))),
        )


def run_split(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report one Chinese block over several English blocks."""
    judgement = judged(bitext, context)
    for border in events(bitext, context).splits:
        whole = judgement.chinese.slice(border.one)
        second = judgement.english.slice(border.many[1])
        count = len(border.many)
        yield Hit(
            Message(
                f"The paragraph {zh(whole, 24)} is broken into {count} English paragraphs, at {en(second, 50)}.",
                f"段落{zh(whole, 24)}在英文中分成了{count}段，断在{en(second, 50)}处。",
            ),
            (border.one,),
            tuple(border.many),
            calibration.confidence("split", border.features),
            Severity.MINOR,
            Category.SPLIT,
        )


def run_order(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report blocks and sentences that stand in another place than their order demands."""
    judgement = judged(bitext, context)
    for move in events(bitext, context).moves:
        a, b = judgement.chinese.slice(move.chinese[0]), judgement.english.slice(move.english[0])
        if move.exchanged:
            c = judgement.chinese.slice(move.chinese[-1])
            message = Message(
                f"{zh(a, 24)} and {zh(c, 24)} appear in reverse order in the English.",
                f"{zh(a, 24)}与{zh(c, 24)}在英文中前后颠倒。",
            )
        else:
            where, ort = ("earlier", "靠前") if move.earlier else ("later", "靠后")
            message = Message(
                f"{zh(a, 24)} comes {where} in the English ({en(b, 50)}) than in the Chinese.",
                f"{zh(a, 24)}在英文中的位置（{en(b, 50)}）比原文{ort}。",
            )
        yield Hit(
            message,
            tuple(move.chinese),
            tuple(move.english),
            calibration.confidence("order", move.features),
            Severity.MAJOR,
        )


CHECKS = (
    carded(__name__, "merge", run=run_merge),
    carded(__name__, "split", run=run_split),
    carded(__name__, "order", run=run_order),
)
