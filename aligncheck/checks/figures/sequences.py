"""Sequences of list marks: an ordinal twice, one left out, one misspelt; and marks that differ across the pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.figures.compared import facts_of, hits
from aligncheck.facts import Fact
from aligncheck.facts.numerals import to_ordinal_words
from aligncheck.model import Block, Category, Document, Hit, Message, Severity, SpanRef


@dataclass(slots=True)
class _Run:
    """A list that is being counted: its last mark and where that stands."""

    last: int
    block: int
    fact: Fact


def _style(fact: Fact) -> str:
    if fact.label in ("()", "、", "."):
        return fact.label + ("9" if any(c.isdigit() for c in fact.text) else "一")
    return fact.label


def _marks(document: Document, context: Context) -> Iterable[tuple[Block, Fact]]:
    facts = facts_of(document, context)
    for block in document.blocks:
        if block.kind in ("note", "boilerplate"):
            continue
        for fact in facts[block.id]:
            if fact.kind == "item" and fact.weight == "strong":
                yield block, fact


def run(document: Document, context: Context) -> Iterable[Hit]:
    """Walk the marks of each style with a stack, so that lists inside lists do not disturb each other.

    A gap where the other side has a passage without counterpart is a consequence, and told quietly.
    """
    holes = _holes(document, context)
    alone = (
        context.bitext is not None and context.bitext.paired
    )  # rows of a table: a list does not go on from row to row
    stacks: dict[str, list[_Run]] = {}
    last = -1
    for block, fact in _marks(document, context):
        number = int(fact.low)
        if alone and block.id != last:
            stacks.clear()
        last = block.id
        if fact.note == "misspelt":
            yield _misspelt(block, fact)
        stack = stacks.setdefault(_style(fact), [])
        if stack and stack[-1].last == number and _copied(document, stack[-1], block, fact):
            continue  # the sentence stands twice, mark and all: that is told as such
        if number == 1 or not stack:
            stack.append(_Run(number, block.id, fact))
            continue
        depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].last == number - 1), None)
        if depth is not None:
            del stack[depth + 1 :]
            stack[depth] = _Run(number, block.id, fact)
            continue
        top = stack[-1]
        if top.last == number:
            yield _twice(block, fact, top, document)
        elif number > top.last + 1 and number - top.last <= 3:
            missing = top.last + 1
            if not _worded(document, top, block, fact, missing):
                yield _quietly(_gap(block, fact, missing), top.block, block.id, holes)
        elif number < top.last and _style(fact) in ("是", "word", "()一", "、一"):
            yield _quietly(_back(block, fact, top), top.block, block.id, holes)
        top.last, top.block, top.fact = number, block.id, fact


def _copied(document: Document, top: _Run, block: Block, fact: Fact) -> bool:
    """Whether a mark stands in a sentence that says the same as the one of the mark before."""
    first = _sentence(document.blocks[top.block], top.fact)
    return first is not None and first == _sentence(block, fact)


def _sentence(block: Block, fact: Fact) -> str | None:
    for segment in block.segments:
        if segment.start <= fact.span.start < segment.end:
            return " ".join(segment.text.casefold().split())
    return None


def _holes(document: Document, context: Context) -> list[int]:
    """The blocks behind which the other side has a passage that this side lacks, or one that moved."""
    if context.bitext is None:
        return []
    segments = document.segments
    found, last = [], -1
    for bead in context.bitext.seen_from(document).beads:
        if bead.source:
            last = segments[bead.source[0]].block
        if bead.moved or not bead.source:
            found.append(last)
    return found


def _quietly(hit: Hit, first: int, last: int, holes: list[int]) -> Hit:
    if any(first - 1 <= hole <= last for hole in holes):
        return replace(hit, confidence=min(hit.confidence, 0.4))
    return hit


def _worded(document: Document, top: _Run, block: Block, fact: Fact, missing: int) -> bool:
    """Whether the mark that seems to be missing stands there in another form: ``Second we will``."""
    stretch = [document.blocks[b].text for b in range(top.block, block.id + 1)]
    if len(stretch) == 1:
        stretch[0] = stretch[0][top.fact.span.end : fact.span.start]
    else:
        stretch[0] = stretch[0][top.fact.span.end :]
        stretch[-1] = stretch[-1][: fact.span.start]
    text = " ".join(stretch)
    if document.language == "zh":
        sign = "零一二三四五六七八九十"[missing] if missing <= 10 else str(missing)
        return (
            any(f"{sign}{tail}" in text for tail in ("是", "要", "则", "、", "）", "来"))
            or f"其{sign}" in text
        )
    word = to_ordinal_words(missing)
    return (
        word.capitalize() in text
        or f"; {word}" in text
        or f"{word}ly" in text.lower()
        or f"and {word}" in text
    )


def _ref(block: Block, fact: Fact) -> tuple[SpanRef, ...]:
    return (SpanRef(block.id, fact.span.start, fact.span.end),)


def _sure(fact: Fact) -> float:
    return 0.85 if _style(fact) in ("是", "word", "()一", "、一", ".一") else 0.6


def _name(fact: Fact) -> str:
    return " ".join(fact.text.split())


def _twice(block: Block, fact: Fact, top: _Run, document: Document) -> Hit:
    due = _like(fact, int(fact.low) + 1)
    return Hit(
        Message(
            f"“{_name(fact)}” appears twice in a row; this should be “{due}”.",
            f"“{_name(fact)}”连续出现两次，此处应为“{due}”。",
        ),
        source=(*_ref(document.blocks[top.block], top.fact), *_ref(block, fact)),
        confidence=_sure(fact),
        suggestion=due,
    )


def _gap(block: Block, fact: Fact, missing: int) -> Hit:
    due = _like(fact, missing)
    return Hit(
        Message(
            f"The list jumps to “{_name(fact)}”; “{due}” is missing.",
            f"序号跳到了“{_name(fact)}”，缺少“{due}”。",
        ),
        source=_ref(block, fact),
        confidence=_sure(fact) - 0.1,
        suggestion=due,
    )


def _back(block: Block, fact: Fact, top: _Run) -> Hit:
    return Hit(
        Message(
            f"“{_name(fact)}” follows “{_name(top.fact)}”: the list is out of order.",
            f"“{_name(fact)}”出现在“{_name(top.fact)}”之后，序号颠倒。",
        ),
        source=_ref(block, fact),
        confidence=0.6,
        suggestion=_like(fact, top.last + 1),
    )


def _misspelt(block: Block, fact: Fact) -> Hit:
    right = to_ordinal_words(int(fact.low)).capitalize()
    return Hit(
        Message(
            f"“{_name(fact)}” is misspelt; the ordinal is “{right}”.",
            f"“{_name(fact)}”拼写有误，序数词应为“{right}”。",
        ),
        source=_ref(block, fact),
        confidence=0.95,
        suggestion=right,
        severity=Severity.MINOR,
    )


def _like(fact: Fact, number: int) -> str:
    """The mark of another number in the style of this one."""
    from aligncheck.facts.numerals import to_han, to_roman  # the few forms that only messages need

    if fact.label == "word":
        return to_ordinal_words(number).capitalize()
    sign = to_han(number)
    digits = any(c.isdigit() for c in fact.text)
    if fact.label == "是":
        return sign + "是"
    if fact.label == "第":
        return "第" + sign
    if fact.label == "、":
        return f"{number}." if digits else sign + "、"
    chinese = any("\u4e00" <= c <= "\u9fff" for c in fact.text)
    body = str(number) if digits else sign if chinese else to_roman(number)
    if fact.label == "()":
        return f"（{body}）" if chinese else f"({body})"
    return body + "."


CHECKS = (
    carded(__name__, "sequences", run_document=run),
    carded(__name__, "list-marks", run=lambda bitext, context: hits(bitext, context, Category.NUMBERING)),
)
