"""What the second reader is given: the passages of a pair, a window of them at a time, with their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligncheck.checks.terms.evidence import BeadTerms
from aligncheck.model import Document, Hit, Segment, SpanRef, Word, WordLink
from aligncheck.second.guard import speaks_to_a_model
from aligncheck.terms.concepts import Status

#: The most characters (Chinese and English together) of a window: it must fit a small model's context.
MOST_CHARACTERS = 6_000
#: Passages of more characters than this are not read: no window could hold them.
LONGEST = 20_000
#: How many doubts are asked about in one window.
MOST_QUESTIONS = 12
#: Words with at least this probability of having no counterpart are named as such.
_BARE = 0.6
#: Links at least so sure are given for the words that a question is about.
_LINKED = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a passage: its text, and where each of its segments begins in it."""

    text: str
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, segments: Sequence[Segment], language: str) -> Side:
        """The segments run together: Chinese without blanks, English with them."""
        joint = "" if language == "zh" else " "
        starts, at = [], 0
        for segment in segments:
            starts.append(at)
            at += len(segment.text) + len(joint)
        return cls(joint.join(s.text for s in segments), tuple(segments), tuple(starts))

    def refs(self, start: int, end: int) -> tuple[SpanRef, ...]:
        """Where a stretch of the text stands in the document, a span for each segment that it touches."""
        found = []
        for segment, first in zip(self.segments, self.starts, strict=True):
            a, b = max(start, first), min(end, first + len(segment.text))
            if a < b:
                found.append(SpanRef(segment.block, segment.start + a - first, segment.start + b - first))
        return tuple(found)

    def place(self, ref: SpanRef) -> tuple[int, int] | None:
        """The offsets of a span of the document in the text; None where it is not in it."""
        for segment, first in zip(self.segments, self.starts, strict=True):
            if segment.block == ref.block and segment.start <= ref.start < segment.end:
                start = first + ref.start - segment.start
                return start, min(start + len(ref), len(self.text))
        return None


@dataclass(frozen=True, slots=True)
class Passage:
    """A bead as it is read: its number, both sides, the terms due in it, and its words with their links."""

    number: int
    zh: Side
    en: Side
    terms: BeadTerms | None = None
    words: tuple[tuple[Word, ...], tuple[Word, ...]] = ((), ())
    links: tuple[WordLink, ...] = ()
    bare: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def size(self) -> int:
        """Characters on both sides."""
        return len(self.zh.text) + len(self.en.text)

    @property
    def withheld(self) -> bool:
        """Whether it holds words that are meant for a model."""
        return speaks_to_a_model(self.zh.text) or speaks_to_a_model(self.en.text)

    def due(self, date: str) -> list[dict[str, object]]:
        """The terms that the glossary settles here, with the renderings that it accepts."""
        found: dict[str, list[str]] = {}
        for occurrence in self.terms.occurrences if self.terms is not None else ():
            forms = [
                t.text
                for concept in occurrence.match.concepts
                for t in concept.english
                if t.standing(date) in (Status.PREFERRED, Status.ADMITTED)
            ]
            if forms:
                found.setdefault(occurrence.match.text, list(dict.fromkeys(forms))[:3])
        return [{"zh": zh, "en": en} for zh, en in found.items()]

    def linked(self, ref: SpanRef, english: bool) -> list[str]:
        """What the words of a span are linked to on the other side, as printed."""
        own, other = (1, 0) if english else (0, 1)
        side = self.zh if english else self.en
        touched = {n for n, w in enumerate(self.words[own]) if w.ref.overlaps(ref) and w.weight > 0}
        partners = []
        for link in self.links:
            ends = (link.source, link.target)
            if link.p >= _LINKED and ends[own] in touched:
                place = side.place(self.words[other][ends[other]].ref)
                if place is not None:
                    partners.append((place, side.text[slice(*place)]))
        return [text for _, text in sorted(set(partners))]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding of ours that is not sure: its number among all that were found, its hit Chinese first, its passage."""

    number: int
    hit: Hit
    passage: int


@dataclass(frozen=True, slots=True)
class Window:
    """Passages that are read together, what stands before and after them, and the doubts in them."""

    passages: tuple[Passage, ...]
    before: Passage | None = None
    after: Passage | None = None
    doubts: tuple[Doubt, ...] = ()

    def halves(self) -> tuple[Window, Window] | None:
        """The same in two; None for a single passage."""
        middle = len(self.passages) // 2
        if not middle:
            return None
        first, second = self.passages[:middle], self.passages[middle:]
        numbers = {p.number for p in first}
        return (
            Window(first, self.before, second[0], tuple(d for d in self.doubts if d.passage in numbers)),
            Window(second, first[-1], self.after, tuple(d for d in self.doubts if d.passage not in numbers)),
        )


def windows_of(passages: Sequence[Passage], doubts: Sequence[Doubt], size: int) -> Iterator[Window]:
    """The windows of at most ``size`` passages; a neighbour that may not be read is left out."""
    chosen: list[Passage] = []
    for at, passage in enumerate(passages):
        chosen.append(passage)
        following = passages[at + 1] if at + 1 < len(passages) else None
        room = MOST_CHARACTERS - sum(p.size for p in chosen)
        if following is None or len(chosen) >= size or following.size > room:
            first = at - len(chosen)
            numbers = {p.number for p in chosen}
            asked = sorted(
                (d for d in doubts if d.passage in numbers), key=lambda d: (-d.hit.confidence, d.number)
            )
            yield Window(
                tuple(chosen),
                passages[first] if first >= 0 else None,
                following,
                tuple(sorted(asked[:MOST_QUESTIONS], key=lambda d: d.number)),
            )
            chosen = []


def bare_words(words: Sequence[Word], absent: Sequence[float], document: Document) -> tuple[str, ...]:
    """The words that most likely have no counterpart, as printed."""
    return tuple(
        document.slice(w.ref) for w, p in zip(words, absent, strict=False) if w.weight > 0 and p >= _BARE
    )
