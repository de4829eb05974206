"""The figures, dates and units of both sides, compared once for all the checks that report on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from aligncheck.checks.context import Context, once
from aligncheck.checks.figures.messages import describe
from aligncheck.checks.figures.owning import Linker
from aligncheck.facts import Fact, extract
from aligncheck.facts.compare import differences, match, match_across
from aligncheck.facts.difference import Difference
from aligncheck.facts.exchange import Exchange, across, exchanges, wanted
from aligncheck.facts.heads import Tables, chinese_heads, english_head_spans
from aligncheck.facts.passage import Passage, Placed
from aligncheck.model import Bitext, Block, Category, Document, Hit, Segment, Severity, SpanRef


@once
def facts_of(document: Document, context: Context) -> dict[int, tuple[Fact, ...]]:
    """The facts of every block of a document, by block id."""
    if context.script is None or document is not context.script[1]:
        return {b.id: extract(_without_note_marks(b), document.language) for b in document.blocks}
    # As it was written: in a text in Traditional characters 元 is any dollar.
    written = zip(document.blocks, context.script[0].blocks, strict=True)
    return {b.id: _of_any_dollar(extract(_without_note_marks(w), "zh")) for b, w in written}


def _of_any_dollar(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(
        replace(f, unit="yuan") if f.unit == "cny" and f.text.endswith(("元", "圓")) else f for f in facts
    )


def _without_note_marks(block: Block) -> str:
    """The block's text with blanks where its note marks stand: "aspects17" states no figure."""
    text = block.text
    for mark in block.marks:
        if mark.kind == "note":
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text


@once
def figure_differences(bitext: Bitext, context: Context) -> tuple[Difference, ...]:
    """All differences of figures, dates and units between the two documents, in bead order."""
    return tuple(_compare(bitext, context))


def hits(bitext: Bitext, context: Context, category: Category) -> Iterable[Hit]:
    """The differences of one category as hits."""
    for difference in figure_differences(bitext, context):
        if difference.category != category.value:
            continue
        zh = tuple(_ref(p) for p in (difference.zh, difference.other and difference.other[0]) if p)
        en = tuple(_ref(p) for p in (difference.en, difference.other and difference.other[1]) if p)
        message, suggestion = describe(difference)
        yield Hit(
            message=message,
            source=zh,
            target=en,
            confidence=difference.confidence,
            severity=Severity.MAJOR if difference.grave else Severity.MINOR,
            suggestion=suggestion,
            evidence=_evidence(difference),
        )


def _evidence(difference: Difference) -> tuple[tuple[str, str], ...]:
    rows = list(difference.evidence)
    if difference.zh:
        rows.append(("Chinese value", difference.zh.fact.value))
    if difference.en:
        rows.append(("English value", difference.en.fact.value))
    return tuple(rows)


def _ref(placed: Placed) -> SpanRef:
    fact = placed.fact
    span = fact.words if fact.words is not None else fact.span
    return SpanRef(placed.block, span.start, span.end)


def passages_of(bitext: Bitext, context: Context) -> list[Passage]:
    """One passage a bead, with the facts that stand in its segments."""
    chinese, english = bitext.source, bitext.target
    zh_facts, en_facts = facts_of(chinese, context), facts_of(english, context)
    zh_segments, en_segments = chinese.segments, english.segments
    passages = []
    tables = Tables()
    cells = {b.id: b.place.cell or "" for b in chinese.blocks}
    for bead in bitext.beads:
        links = [(link.source, link.target) for link in bead.links]
        zh = [zh_segments[i] for i in bead.source]
        en = [en_segments[i] for i in bead.target]
        texts = " ".join(s.text for s in zh), " ".join(s.text for s in en)
        heads, headed = tables.at(*texts, cells[zh[0].block] if zh else "")
        placed = _placed(zh, zh_facts, links, 0), _placed(en, en_facts, links, 1)
        if chinese_heads(texts[0]):
            spans = english_head_spans(texts[1])
            placed = placed[0], [p for p in placed[1] if not any(s.start <= p.start < s.end for s in spans)]
        passages.append(Passage(*placed, *texts, heads=heads, headed=headed))
    return passages


Links = list[tuple[SpanRef, SpanRef]]


def _placed(
    segments: list[Segment], facts: dict[int, tuple[Fact, ...]], links: Links, side: int
) -> list[Placed]:
    total = sum(s.end - s.start for s in segments) or 1
    placed, done, flat = [], 0, 0
    starts: dict[int, list[int]] = {}
    for segment in segments:
        rows = facts[segment.block]
        offsets = starts.setdefault(segment.block, [f.span.start for f in rows])
        first = bisect_right(offsets, segment.start - 1)
        for fact in rows[first:]:
            if fact.span.start >= segment.end:
                break
            place = (done + fact.span.start - segment.start) / total
            joined = frozenset(
                n
                for n, link in enumerate(links)
                if link[side].block == segment.block
                and link[side].start < fact.span.end
                and fact.span.start < link[side].end
            )
            start = flat + fact.span.start - segment.start
            placed.append(Placed(fact, segment.block, place, joined, start, start + len(fact.text)))
        done += segment.end - segment.start
        flat += segment.end - segment.start + 1
    return placed


def _compare(bitext: Bitext, context: Context) -> Iterable[Difference]:
    passages = passages_of(bitext, context)
    year = _year(context)
    years = frozenset(
        p.fact.parts[0]
        for passage in passages
        for p in passage.zh
        if p.fact.kind == "date" and p.fact.parts[0] is not None
    )
    for passage in passages:
        match(passage, year)
    exchanged = _exchanged(passages, Linker(bitext, passages, context.reads), bitext.paired)
    if not bitext.paired:
        match_across(passages, year)
    for n, passage in enumerate(passages):
        if not passage.zh_text or not passage.en_text:
            continue
        near = (
            ()
            if bitext.paired
            else [passages[m] for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(passages)]
        )
        yield from differences(passage, near, year, years, exchanged.get(n, ()))


def _exchanged(passages: list[Passage], linker: Linker, paired: bool) -> dict[int, list[Exchange]]:
    """The exchanged figures by the number of their (first) passage."""
    found: dict[int, list[Exchange]] = {}
    for n, passage in enumerate(passages):
        if wanted(passage):
            found.setdefault(n, []).extend(exchanges(passage, linker))
    for n, exchange in across(passages, linker, paired):
        found.setdefault(n, []).append(exchange)
    return found


def _year(context: Context) -> int | None:
    date = context.settings.date[:4]
    return int(date) if date.isdigit() else None
