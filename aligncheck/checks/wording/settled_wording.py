"""A wording that several earlier documents share, and that today's leaves.

The translation memory (``--memory``) says what earlier documents made of the same Chinese; figures that
change from year to year do not count.  Only where they all agree is a departure worth a word.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.model import Bead, Bitext, Hit, Message, Precedent, PrecedentUse, SpanRef

#: Above this likeness of words two wordings differ in trifles only (a plural, a hyphen, a preposition).
_TRIFLE = 0.97
#: Shorter English, in words, is a label, which may be put as its place demands.
_SHORTEST = 3
_WORD = re.compile(r"\w+")


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """A hit for each passage that departs from how it was always put."""
    least = int(context.option("settled-wording", "documents"))
    by_bead: dict[int, list[Precedent]] = defaultdict(list)
    for precedent in context.precedents:
        if precedent.kind != "similar":
            by_bead[precedent.alignment].append(precedent)
    for number, ways in sorted(by_bead.items()):
        bead = bitext.beads[number]
        settled = _settled(ways, least)
        if settled is None or not bead.source or not bead.target:
            continue
        english = _text(bitext, bead)
        if len(english.split()) < _SHORTEST or _alike(english, settled):
            continue
        yield _hit(bitext, bead, settled)


def _settled(ways: Sequence[Precedent], least: int) -> Precedent | None:
    """The one way in which enough documents put it, none of them otherwise; None where today follows one."""
    official = [w for w in ways if _official(w.uses)]
    if len(official) != 1 or any(w.followed for w in ways):
        return None
    return official[0] if len(_official(official[0].uses)) >= least else None


def _official(uses: Iterable[PrecedentUse]) -> list[PrecedentUse]:
    """Uses that bind: drafts and unofficial versions do not."""
    return [u for u in uses if u.status == "official"]


def _alike(english: str, settled: Precedent) -> bool:
    one, other = (_WORD.findall(text.casefold()) for text in (english, settled.adapted or settled.target))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _TRIFLE


def _text(bitext: Bitext, bead: Bead) -> str:
    return " ".join(bitext.target.segments[i].text for i in bead.target)


def _hit(bitext: Bitext, bead: Bead, settled: Precedent) -> Hit:
    uses = _official(settled.uses)
    dates = [u.date or u.document for u in uses]
    shown = ", ".join(dates if len(dates) <= 4 else [*dates[:2], "…", dates[-1]])
    due = settled.adapted or settled.target
    return Hit(
        Message(
            f"{len(uses)} earlier documents ({shown}) all translate this passage as: {due}",
            f"此前{len(uses)}份文件（{shown.replace(', ', '、')}）均译为：{due}",
        ),
        _refs(bitext, bead, "source"),
        _refs(bitext, bead, "target"),
        # With n agreeing documents and none against, Laplace's rule of succession.
        confidence=round((len(uses) + 1) / (len(uses) + 2), 2),
        suggestion=settled.adapted,
        evidence=(
            ("earlier", settled.source),
            ("wording", settled.target),
            ("documents", "; ".join(f"{u.document} ({u.date})" if u.date else u.document for u in uses)),
        ),
    )


def _refs(bitext: Bitext, bead: Bead, side: str) -> tuple[SpanRef, ...]:
    document = bitext.source if side == "source" else bitext.target
    numbers = bead.source if side == "source" else bead.target
    refs: list[SpanRef] = []
    for i in numbers:
        ref = document.segments[i].ref
        if refs and refs[-1].block == ref.block:
            refs[-1] = SpanRef(ref.block, refs[-1].start, ref.end)
        else:
            refs.append(ref)
    return tuple(refs)


CHECKS = (carded(__name__, "settled-wording", run=run),)
