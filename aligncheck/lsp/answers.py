"""What an editor asks of a pair, answered from its report: plain data, no protocol.

A :class:`View` is a pair as it was last checked, with the texts that it was checked from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from aligncheck.lsp.places import Map, Point, Spot
from aligncheck.model import Bead, Document, Finding, MarkedSpan, Precedent, Report, SpanRef
from aligncheck.terms import Termbase

SIDES = ("source", "target")


@dataclass(frozen=True)
class View:
    """A pair's report, the texts of its files by side, and their paths."""

    report: Report
    texts: dict[str, str]
    paths: dict[str, str]
    termbase: Termbase | None = None
    #: Side -> number of the buffer's version that was checked; None: the file on disk.
    versions: dict[str, int | None] = field(default_factory=dict)

    def document(self, side: str) -> Document:
        """The document of a side."""
        if side == "target" and self.report.target is not None:
            return self.report.target
        return self.report.source

    @cached_property
    def maps(self) -> dict[str, Map]:
        """Where each side's blocks stand in its file."""
        return {s: Map(self.document(s), self.texts[s]) for s in self.texts}

    @cached_property
    def _bead_of(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {s: {} for s in SIDES}
        for number, bead in enumerate(self.report.alignments):
            for side in SIDES:
                for segment in getattr(bead, side):
                    found[side].setdefault(segment, number)
        return found

    def bead_at(self, side: str, spot: Spot) -> int | None:
        """The number of the alignment that a place belongs to."""
        block = self.document(side).blocks[spot.block]
        for segment in block.segments:
            if segment.start <= spot.offset <= segment.end:
                return self._bead_of[side].get(segment.id)
        return None

    def text_of(self, side: str, bead: Bead) -> str:
        """The text of an alignment's side."""
        document = self.document(side)
        join = "" if document.language == "zh" else " "
        return join.join(document.segments[i].text for i in getattr(bead, side))

    def range_of(self, side: str, span: MarkedSpan | SpanRef) -> tuple[Point, Point]:
        """Where a span stands in its file."""
        where = self.maps[side]
        start = where.point(span.block, span.start)
        end = where.end_point(span.block, span.end) if span.end > span.start else start
        return start, max(start, end)

    def passage_range(self, side: str, bead: Bead) -> tuple[Point, Point] | None:
        """Where an alignment's side stands; None where it has none."""
        numbers = getattr(bead, side)
        if not numbers:
            return None
        document = self.document(side)
        first, last = document.segments[numbers[0]], document.segments[numbers[-1]]
        where = self.maps[side]
        return where.point(first.block, first.start), where.end_point(last.block, last.end)


def other(side: str) -> str:
    """The other side."""
    return "target" if side == "source" else "source"


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as it is shown in one file: where, and the passages of the other side that belong to it."""

    finding: Finding
    start: Point
    end: Point
    related: tuple[tuple[Point, Point, str], ...] = ()


def shown_findings(view: View, side: str) -> Iterator[Shown]:
    """The findings that belong to a file.

    A finding without a mark on the side that is written (an omission) stands where its passage would: at the
    end of the passage before it.
    """
    report = view.report
    for finding in report.findings:
        if finding.waived is not None:
            continue
        own, theirs = getattr(finding, side), getattr(finding, other(side))
        related = tuple(
            (*view.range_of(other(side), span), span.text) for span in theirs if other(side) in view.texts
        )
        if own:
            yield Shown(finding, *view.range_of(side, own[0]), related)
        elif theirs and report.target is not None:
            place = _gap(view, side, theirs[0])
            yield Shown(finding, *place, related)
        elif side == "source" or report.target is None:
            yield Shown(finding, (0, 0), (0, 0), related)


def _gap(view: View, side: str, span: MarkedSpan) -> tuple[Point, Point]:
    """Where on this side the counterpart of a span of the other side would stand."""
    spot = Spot(span.block, span.start)
    number = view.bead_at(other(side), spot)
    if number is None:
        return (0, 0), (0, 0)
    for at in range(number, -1, -1):
        place = view.passage_range(side, view.report.alignments[at])
        if place is not None:
            # In the passage's own bead all of it; of an earlier one only its end.
            return place if at == number else (place[1], place[1])
    return (0, 0), (0, 0)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The word at a place and those of the other side that it is linked with, each with its probability.

    ``word`` and the first of each of ``links`` are spans; ``links`` stand in the other side's order.
    """

    word: SpanRef
    links: tuple[tuple[SpanRef, float], ...]


#: Links under this probability are not shown: more often wrong than right.
LEAST = 0.3


def rendered_word(side: str, bead: Bead, spot: Spot) -> Rendered | None:
    """What the word at a place renders (or what renders it); None where no word stands, or its links are faint."""
    words = bead.words
    if words is None:
        return None
    words = words.turned() if side == "target" else words
    for number, word in enumerate(words.source):
        # Chinese words touch: the one that begins at the place is meant, as an editor's cursor has it.
        if word.block == spot.block and word.start <= spot.offset < max(word.end, word.start + 1):
            linked = {n: p for n, p in words.of_source(number) if p >= LEAST}
            found = sorted(((words.target[n].ref, p) for n, p in linked.items()), key=lambda x: x[0])
            return Rendered(word.ref, tuple(found)) if found else None
    return None


def linked_clause(bead: Bead, side: str, spot: Spot) -> SpanRef | None:
    """The clause of the other side that the place's clause is linked with, the surest link first."""
    best = None
    for link in bead.links:
        own, theirs = (link.target, link.source) if side == "target" else (link.source, link.target)
        inside = own.block == spot.block and own.start <= spot.offset <= own.end
        if inside and (best is None or link.score > best[0]):
            best = (link.score, theirs)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class TermHere:
    """A term of a Chinese passage with its official English, the preferred one first.

    ``places`` are half-open code points of the passage; ``about`` is what the glossary says of it.
    """

    chinese: str
    english: tuple[str, ...]
    places: tuple[tuple[int, int], ...] = ()
    about: tuple[str, ...] = ()


def terms_of(view: View, chinese: str) -> list[TermHere]:
    """The official terms of a Chinese text."""
    if view.termbase is None:
        return []
    found: dict[str, TermHere] = {}
    for match in view.termbase.find_chinese(chinese):
        known = found.get(match.text)
        if known is not None:
            found[match.text] = replace(known, places=(*known.places, (match.start, match.end)))
            continue
        for concept in match.concepts:
            due = concept.preferred("en")
            words = [due.text] if due is not None else []
            words += [
                t.text
                for t in concept.terms
                if t.tongue == "en"
                and t.status is not None
                and t.status.value in ("preferred", "admitted")
                and t.text not in words
            ]
            if words:
                about = tuple(filter(None, (concept.definition, concept.note, concept.source)))
                found[match.text] = TermHere(match.text, tuple(words), ((match.start, match.end),), about)
                break
    return list(found.values())


def _in_passage(view: View, side: str, bead: Bead, ref: SpanRef) -> tuple[int, int] | None:
    """Where a span of a Chinese side stands in the passage's text, as :meth:`View.text_of` joins it."""
    at = 0
    for number in getattr(bead, side):
        segment = view.document(side).segments[number]
        if segment.block == ref.block and segment.start <= ref.start < segment.end:
            return at + ref.start - segment.start, at + ref.end - segment.start
        at += len(segment.text)
    return None


def chinese_of(view: View, bead: Bead) -> str:
    """The Chinese of an alignment."""
    return next((view.text_of(s, bead) for s in SIDES if view.document(s).language == "zh"), "")


def hover_text(view: View, side: str, spot: Spot, language: str) -> str:
    """Markdown for a hover: the other side's passage, the word under the cursor, its term, precedents."""
    number = view.bead_at(side, spot)
    if number is None:
        return ""
    bead = view.report.alignments[number]
    passage = view.text_of(other(side), bead)
    parts = [_quoted(passage) if passage else _say(language, "nothing")]
    rendered = rendered_word(side, bead, spot)
    if rendered is not None:
        parts.append(_word_line(view, side, rendered))
    elif len(bead.links) > 1 and (clause := linked_clause(bead, side, spot)) is not None:
        parts.append(f"⇄ {_plain(view.document(other(side)).slice(clause))}")
    terms = terms_of(view, chinese_of(view, bead))
    here = _chinese_places(view, side, bead, rendered)
    # The entry of the word under the cursor in full and first, the passage's other terms in a line each.
    near = [t for t in terms if any(a < d and c < b for a, b in t.places for c, d in here)]
    for term in near:
        parts.append(f"**{_plain(term.chinese)}** → {_plain(' / '.join(term.english))}")
        parts += [f"*{_plain(line)}*" for line in term.about]
    parts += [f"{_plain(t.chinese)} → {_plain(' / '.join(t.english))}" for t in terms if t not in near]
    for precedent in view.report.precedents:
        if precedent.alignment == number:
            parts.append(_precedent(precedent, language))
    return "\n\n".join(parts)


def _word_line(view: View, side: str, rendered: Rendered) -> str:
    own = _plain(view.document(side).slice(rendered.word))
    document = view.document(other(side))
    return f"**{own}** ⇄ " + " … ".join(f"{_plain(document.slice(r))} ({p:.2f})" for r, p in rendered.links)


def _chinese_places(view: View, side: str, bead: Bead, rendered: Rendered | None) -> list[tuple[int, int]]:
    """Where the Chinese of a linked word stands in the bead's Chinese passage."""
    if rendered is None:
        return []
    if view.document(side).language == "zh":
        found = [_in_passage(view, side, bead, rendered.word)]
    else:
        found = [_in_passage(view, other(side), bead, ref) for ref, _ in rendered.links]
    return [place for place in found if place is not None]


def _precedent(precedent: Precedent, language: str) -> str:
    dates = ", ".join(u.date or u.document for u in precedent.uses)
    head = f"*{_say(language, precedent.kind)}, {_plain(dates)}*"
    return f"{head}: {_plain(precedent.source)}\n→ {_plain(precedent.adapted or precedent.target)}"


_WORDS = {
    "nothing": ("*No passage of the other side stands here.*", "*此处没有对应段落。*"),
    "exact": ("the same before", "此前相同"),
    "figures": ("the same before, but for figures", "此前相同（数字除外）"),
    "similar": ("similar before", "此前相似"),
}


def _say(language: str, key: str) -> str:
    return _WORDS[key][1 if language == "zh" else 0]


def _quoted(text: str) -> str:
    return "> " + _plain(text).replace("\n", "\n> ")


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put in: a text at a place of a file, with a title."""

    title: str
    start: Point
    end: Point
    text: str


def fixes(view: View, side: str, finding: Finding, language: str) -> list[Offer]:
    """What could be put in for a finding: its suggestion in place of what it marks."""
    spans = getattr(finding, side)
    if not finding.suggestion or len(spans) != 1 or view.document(side).language != "en":
        return []
    start, end = view.range_of(side, spans[0])
    verb = "改为" if language == "zh" else "Put in"
    return [Offer(f"{verb} “{finding.suggestion}”", start, end, finding.suggestion)]


def completions(view: View, side: str, spot: Spot) -> Sequence[tuple[str, str]]:
    """(English, Chinese) of the official terms and of the names that the source passage has."""
    number = view.bead_at(side, spot)
    if number is None or view.document(side).language != "en":
        return []
    bead = view.report.alignments[number]
    chinese = chinese_of(view, bead)
    found = [(word, term.chinese) for term in terms_of(view, chinese) for word in term.english]
    for precedent in view.report.precedents:
        if precedent.alignment == number and precedent.kind != "similar" and not precedent.followed:
            found.append((precedent.adapted or precedent.target, precedent.source))
    return list(dict.fromkeys(found))
