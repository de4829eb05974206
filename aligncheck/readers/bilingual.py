"""Both languages in one line or paragraph: where one ends and the other begins.

A line such as ``全市新建公园12处。 Twelve new parks were built.`` is cut at the ends of sentences and at
the blanks where the script changes; a Chinese sentence with English words in it, or a term with its
English in brackets, stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligncheck.model import Anchor, Language, Mark
from aligncheck.readers.files import HAN
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import Raw

_SENTENCE_END = re.compile(r"[。！？；]+[”’」』）)\"]*\s*|[.!?]+[”’)\"']*(?=\s|$|[\u4e00-\u9fff“（])\s*|\n+")
_BORDER = re.compile(
    r"\s*[/|／｜\t\n]\s*|\s+|(?<=[\u4e00-\u9fff”》）。：])(?=[A-Z])|(?<=[a-z.”)])(?=[\u4e00-\u9fff“《])"
)
_ORDINAL = re.compile(r"(?:^|[\s(])(?:[IVXLC]{1,5}|\d{1,3}|[A-Za-z]|No|Mr|Ms|Dr)\.\s*$")  # ends no sentence
_GLUE = " \t\r\n\u3000\xa0/|／｜"
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_FEWEST_HAN = 2
_LEAST_BOTH = 0.5  # of a file's text that must stand in lines of both languages to cut them
_LONGEST_BOTH = 20_000  # code points of a line that is looked at


def parts_of(text: str) -> list[tuple[int, int, Language]]:
    """The runs of one language in a text: (start, end, language); they tile it."""
    if len(text) > _LONGEST_BOTH or not HAN.search(text) or not _WORD.search(text):
        return [(0, len(text), language_of(text))]
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        if end > start and (end == len(text) or not _ORDINAL.search(text[max(start, end - 12) : end])):
            pieces += _at_border(text, start, end)
            start = end
    found: list[tuple[int, int, Language]] = []
    for begin, end in pieces:
        piece = text[begin:end]
        language = language_of(piece) if has_words(piece) else (found[-1][2] if found else "zh")
        if found and found[-1][2] == language:
            found[-1] = (found[-1][0], end, language)
        else:
            found.append((begin, end, language))
    return _without_crumbs(text, found)


def _at_border(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut where its script changes for good; whole where it does not."""
    piece = text[start:end]
    han = [m.start() for m in HAN.finditer(piece)]
    words = [m.start() for m in _WORD.finditer(piece)]
    if not han or len(words) < 2:
        return [(start, end)]
    for border in _BORDER.finditer(piece):
        left, right = piece[: border.start()], piece[border.end() :]
        if not left or not right:
            continue
        first = han[-1] < border.start() and words[-1] >= border.end() and _mostly(left, right)
        second = han[0] >= border.end() and words[0] < border.start() and _mostly(right, left)
        if first or second:
            return [(start, start + border.end()), (start + border.end(), end)]
    return [(start, end)]


def _mostly(chinese: str, english: str) -> bool:
    """Whether one piece is Chinese and the other English words without Chinese ones."""
    return (
        language_of(chinese) == "zh"
        and len(HAN.findall(chinese)) >= max(_FEWEST_HAN, 4 * len(_WORD.findall(chinese)))
        and not HAN.search(english)
        and len(_WORD.findall(english)) >= 2
        # An opening bracket belongs to what stands in it: a term with its English.
        and chinese.rstrip()[-1:] not in tuple("（([“《")
    )


def _without_crumbs(text: str, parts: list[tuple[int, int, Language]]) -> list[tuple[int, int, Language]]:
    """Runs too short to be anything but a part of what stands around them are joined to it."""
    found: list[tuple[int, int, Language]] = []
    for start, end, language in parts:
        piece = text[start:end]
        short = len(_WORD.findall(piece)) < 2 if language == "en" else len(HAN.findall(piece)) < _FEWEST_HAN
        if found and (short or found[-1][2] == language):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, language))
    return found


def holds_both(text: str) -> bool:
    """Whether a text has a part in each language, of sizes that can render each other."""
    if not HAN.search(text):
        return False
    sizes = {"zh": 0.0, "en": 0.0}
    for start, end, language in parts_of(text):
        piece = text[start:end]
        sizes[language] += len(HAN.findall(piece)) if language == "zh" else len(_WORD.findall(piece)) * 1.7
    small, large = sorted(sizes.values())
    return small > 1 and large <= 5 * small


def mixed(texts: Sequence[str]) -> bool:
    """Whether most of a text stands in lines that hold both languages."""
    spoken = [t for t in texts if has_words(t)]
    total = sum(len(t) for t in spoken)
    both = sum(len(t) for t in spoken if holds_both(t))
    return bool(total) and both >= _LEAST_BOTH * total


def cut(raw: Raw) -> list[Raw]:
    """A raw block cut into its runs of one language."""
    parts = parts_of(raw.text)
    if len(parts) < 2:
        return [raw]
    found: list[Raw] = []
    for start, end, _ in parts:
        piece = raw.text[start:end]
        begin = start + len(piece) - len(piece.lstrip(_GLUE))
        stripped = piece.strip(_GLUE)
        if not stripped:
            continue
        stop = begin + len(stripped)
        marks = tuple(
            Mark(m.kind, max(m.start - begin, 0), m.end - begin, m.ref)
            for m in raw.marks
            if begin <= m.start and m.end <= stop
        )
        first = begin == 0 or not found
        found.append(
            replace_raw(raw, stripped, _anchors(raw, begin, stop), marks, raw.label if first else "")
        )
    return found


def replace_raw(raw: Raw, text: str, anchors: tuple[Anchor, ...], marks: tuple[Mark, ...], label: str) -> Raw:
    """The same block with another text."""
    place = replace(raw.place, line=anchors[0].line) if anchors and raw.place.line else raw.place
    return Raw(text, place, anchors, raw.kind, raw.level, label, marks, raw.cell)


def _anchors(raw: Raw, begin: int, stop: int) -> tuple[Anchor, ...]:
    """The anchors of a stretch of a block's text, the first at its beginning."""
    before = [a for a in raw.anchors if a.offset <= begin]
    found = [Anchor(a.offset - begin, a.line, a.column) for a in raw.anchors if begin < a.offset < stop]
    if before:
        last = before[-1]
        found.insert(0, Anchor(0, last.line, last.column + begin - last.offset))
    return tuple(found)


def apart(raws: Sequence[Raw]) -> list[Raw]:
    """Raw blocks with lines of both languages cut, where most of the text stands in such lines."""
    if not mixed([r.text for r in raws]):
        return list(raws)
    return [piece for raw in raws for piece in cut(raw)]


def both_apart(texts: Sequence[str]) -> list[str]:
    """The same for bare lines, for looking."""
    if not mixed(texts):
        return list(texts)
    return [t[a:b] for t in texts for a, b, _ in parts_of(t)]
