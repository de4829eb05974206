"""PDF: lines in reading order made paragraphs again; running heads, page numbers and notes told apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from aligncheck.errors import InputError
from aligncheck.model import Bitext, BlockKind, Document, Mark, Place
from aligncheck.readers.assemble import assemble
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import HAN, check_size
from aligncheck.readers.hyphens import keeps_hyphen, words_of
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.pdf_lines import WIDE, Line, lines_of
from aligncheck.readers.structure import Raw, number_of

_MOST_PAGES = 5_000
_EDGE = 0.12  # of the page's height at top and bottom where running heads and page numbers stand
_LEAST_EDGE = 60  # points
_MARK = re.compile(r"[\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_NOTE_LABEL = re.compile(r"\s*[\[［〔]\d{1,3}[\]］〕]")
_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]$")
_STOP = re.compile(r"[.。!！?？;；:：]['\"”’)）\]]*\s*(?:\[\d+\])?$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—·]\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[-–—·])?(?:\s*/\s*\d{1,4})?\s*$", re.IGNORECASE
)
_NOTE_START = re.compile(r"\s*[\[［〔]?(\d{1,3}|[①-⑳]|\*)[\]］〕]?[.、\s]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Page:
    """What the lines of a page have in common."""

    width: float
    height: float
    lines: list[Line]


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read a PDF that has a text layer."""
    check_size(path, options)
    pages = list(_pages(path, options))
    if not any(page.lines for page in pages):
        count = f"{len(pages)} pages" if len(pages) != 1 else "1 page"
        raise InputError(
            f"has no text layer ({count}): it seems to be scanned",
            path=str(path),
            hint="run text recognition (OCR) on it first",
        )
    _mark_running_heads(pages)
    return assemble(_paragraphs(pages), path, options)


def _pages(path: Path, options: ReadOptions) -> Iterator[_Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = str(error)
        if "assword" in reason:
            raise InputError("is encrypted", path=str(path), hint="save it without a password") from error
        raise InputError("is a broken PDF", path=str(path), hint="open it and save it again") from error
    try:
        if len(document) > _MOST_PAGES:
            raise InputError(f"has more than {_MOST_PAGES:,} pages", path=str(path))
        known: set[tuple[int, int]] = set()
        for number in range(len(document)):
            yield _page(document, number, path, known)
    except pypdfium2.PdfiumError as error:
        raise InputError(f"is a broken PDF: {error}", path=str(path)) from error
    finally:
        document.close()


def _page(document: Any, number: int, path: Path, known: set[tuple[int, int]]) -> _Page:
    page = document[number]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            lines = lines_of(page, text, number + 1, path, known)
        finally:
            text.close()
    finally:
        page.close()
    return _Page(width, height, lines)


def _mark_running_heads(pages: Sequence[_Page]) -> None:
    """Drop what recurs at the edge of pages, and page numbers."""
    seen: Counter[tuple[str, str]] = Counter()
    edges: list[tuple[Line, str]] = []
    for page in pages:
        edge = max(_EDGE * page.height, _LEAST_EDGE)
        for index, line in enumerate(page.lines):
            outermost = index in (0, len(page.lines) - 1)
            zone = "top" if line.bottom > page.height - edge else "bottom" if line.top < edge else ""
            if zone:
                edges.append((line, zone))
                line.drop = outermost and bool(_PAGE_NUMBER.match(line.text))
    for key in {(e[1], re.sub(r"\d+", "#", e[0].text.strip()), e[0].page) for e in edges}:
        seen[key[:2]] += 1
    enough = max(2, min(3, len(pages) // 2))
    for line, zone in edges:
        recurs = seen[zone, re.sub(r"\d+", "#", line.text.strip())] >= enough and len(line.text) < 120
        if recurs:
            line.drop = True


def _paragraphs(pages: Sequence[_Page]) -> list[Raw]:
    """Lines joined to paragraphs; notes at the foot of a page become notes."""
    kept = [line for page in pages for line in page.lines if not line.drop]
    if not kept:
        return []
    sizes = Counter(round(line.size, 1) for line in kept for _ in line.text)
    body = sizes.most_common(1)[0][0]
    words = words_of(line.text for line in kept)
    usual = _usual_gap(pages)
    raws: list[Raw] = []
    group: list[Line] = []
    # Notes stand at the foot of each page, between a paragraph's halves: set them aside.
    notes: list[list[Line]] = []
    pending: list[list[Line]] = []
    for page in pages:
        lines = [line for line in page.lines if not line.drop]
        text, foot = _split_notes(page, lines, body)
        margins = {part: _margins(list(lines)) for part, lines in _parts(text)}
        for line in text:
            if group and _begins(group, line, margins[line.part], usual):
                pending.append(group)
                group = []
            group.append(line)
        notes += foot
    if group:
        pending.append(group)
    for lines in pending:
        raws.append(_joined(lines, words, body))
    for lines in notes:
        raw = _joined(lines, words, body)
        match = _NOTE_START.match(raw.text)
        if match and not raw.text.startswith(("[", "［", "〔")):
            raw.label = match.group(1)
            raw.kind = "note"
            raw.text = raw.text[match.end() :]
        else:
            raw.kind = None
        raw.marks = ()
        raws.append(raw)
    return raws


def _split_notes(page: _Page, lines: list[Line], body: float) -> tuple[list[Line], list[list[Line]]]:
    """A page's text lines, and the notes at its foot: smaller print that begins with a mark."""
    first = len(lines)
    while first > 0 and lines[first - 1].size < 0.93 * body and lines[first - 1].top < 0.6 * page.height:
        first -= 1
    if first == len(lines) or not _NOTE_START.match(lines[first].text):
        first = _note_by_mark(lines)
    foot = lines[first:]
    if not foot:
        return lines, []
    notes: list[list[Line]] = []
    for line in foot:
        if _NOTE_START.match(line.text) and (not notes or line.left <= notes[-1][0].left + 2):
            notes.append([line])
        else:
            notes[-1].append(line)
    return lines[:first], notes


def _note_by_mark(lines: list[Line]) -> int:
    """Where notes in full-size print begin: a line led by the number of a mark that stands above it."""
    marked: set[str] = set()
    for index, line in enumerate(lines):
        match = _NOTE_START.match(line.text)
        if match and match.group(1) in marked and not re.match(r"\s*\d+[.、）)]", line.text):
            return index
        marked |= {mark.ref for mark in line.marks}
    return len(lines)


def _parts(lines: list[Line]) -> Iterator[tuple[int, list[Line]]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.part, []).append(line)
    yield from found.items()


def _margins(lines: list[Line]) -> tuple[float, float]:
    """The left and right edge that most lines of a page keep to."""
    if not lines:
        return 0.0, 0.0
    lefts = Counter(round(line.left) for line in lines)
    left = min((x for x, n in lefts.items() if n >= max(1, len(lines) // 5)), default=min(lefts))
    # A title in larger print may run over the margin that the text keeps to.
    size = median(line.size for line in lines)
    return float(left), max(line.right for line in lines if line.size < 1.12 * size)


def _begins(group: list[Line], line: Line, margins: tuple[float, float], pitch: float) -> bool:
    """Whether a line begins a new paragraph."""
    last = group[-1]
    left, right = margins
    if last.cell != line.cell:
        return True
    same_page = last.page == line.page and last.part == line.part
    ended = bool(_STOP.search(last.text)) or last.right < right - 4 * last.size
    if (
        ended
        and has_words(last.text)
        and has_words(line.text)
        and language_of(last.text) != language_of(line.text)
    ):
        return True  # the other language of a bilingual page
    size = max(last.size, 1.0)
    if abs(line.size - last.size) > 0.12 * size:
        return True
    if _NOTE_LABEL.match(line.text) and _STOP.search(last.text):
        return True
    if number_of(line.text) is not None and (_STOP.search(last.text) or last.right < right - 3 * size):
        return True
    if same_page:
        gap = last.bottom - line.top
        # Lines set at one and a half or double spacing are no paragraphs: the document's own pitch tells.
        usual = max(0.9 * size, 1.25 * pitch * size)
        before = max(_gap(group), pitch * size if len(group) == 1 else 0.0)
        if gap > max(usual, 1.4 * before) and gap > 0.55 * size + before:
            return True
        # Behind a full last line only the space tells, be it small: more than the lines of this text have.
        inner = pitch * size if pitch else before if len(group) > 1 else gap
        if gap > inner + 0.4 * size and _STOP.search(last.text):
            return True
    indented = line.left > left + 0.8 * size
    was_indented = last.left > left + 0.8 * size and len(group) == 1
    centred = abs((line.left + line.right) / 2 - (left + right) / 2) < size and indented
    if centred and last.left > left + 0.8 * size:
        # Lines of a title, each set in the middle; one that has no room for the next word runs on.
        middle = abs((last.left + last.right) / 2 - (left + right) / 2) < size
        inset = last.right < right - 0.5 * size and not _STOP.search(last.text)
        return not (same_page and middle and inset) or _fits(last, line, right)
    if indented and not (was_indented and abs(line.left - last.left) < 2):
        return True
    if indented and last.right < right - 4 * size and _fits(last, line, right):
        return True  # first lines of two paragraphs, the former of one line
    short = last.right < right - max(4 * size, 0.1 * (right - left))
    return short and (
        bool(_STOP.search(last.text)) or not same_page or last.right < right - 0.3 * (right - left)
    )


def _fits(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have found room at the end of the last one."""
    text = line.text.strip()
    word = text[:1] if WIDE.match(text[:1]) else text.partition(" ")[0]
    return right - last.right > len(word) / max(1, len(text)) * (line.right - line.left) + 0.5 * last.size


def _usual_gap(pages: Sequence[_Page]) -> float:
    """The space between lines that run on, in sizes of their print, by the lines that fill the page."""
    gaps: list[float] = []
    for page in pages:
        lines = [line for line in page.lines if not line.drop]
        rights = {part: max(line.right for line in mine) for part, mine in _parts(lines)}
        for a, b in itertools.pairwise(lines):
            full = a.part == b.part and a.right > rights[a.part] - 2 * a.size and not _STOP.search(a.text)
            if full and a.bottom > b.top - 0.5 * a.size and abs(a.size - b.size) < 0.1 * a.size:
                gaps.append((a.bottom - b.top) / max(a.size, 1.0))
    return max(0.0, median(gaps)) if len(gaps) >= 3 else 0.0


def _gap(group: list[Line]) -> float:
    """The space between the lines of a paragraph so far."""
    gaps = [a.bottom - b.top for a, b in itertools.pairwise(group) if a.page == b.page and a.part == b.part]
    return max(0.0, median(gaps)) if gaps else 0.35 * group[-1].size


def _joined(lines: list[Line], words: Counter[str], body: float) -> Raw:
    text = ""
    marks: list[Mark] = []
    for line in lines:
        piece = line.text.strip()
        lead = len(line.text) - len(line.text.lstrip())
        if text:
            text = _before(text, piece, words)
        marks += [
            Mark(m.kind, m.start - lead + len(text), m.end - lead + len(text), m.ref) for m in line.marks
        ]
        text += piece
    text = text.replace("\u00ad", "-") if text.endswith("\u00ad") else text
    number = number_of(text)
    if number is not None and text[number.end : number.end + 1].isalpha() and text[number.end].isascii():
        # The gap behind a list's number is set, not printed; without it the two would be one word.
        text = f"{text[: number.end]} {text[number.end :]}"
        marks = [Mark(m.kind, m.start + 1, m.end + 1, m.ref) for m in marks]
    kind: BlockKind | None = None
    size = median(line.size for line in lines)
    if size > 1.25 * body and len(text) < 120 and not _STOP.search(text):
        kind = "title" if lines[0].page == 1 and size > 1.5 * body else "heading"
    return Raw(text, Place(page=lines[0].page), (), kind, 0, "", tuple(marks), lines[0].cell)


def _before(text: str, piece: str, words: Counter[str]) -> str:
    """What stands before the next line: hyphens resolved, a blank where words need one."""
    if text.endswith(("\u00ad", "-")) and re.search(r"[A-Za-z][\u00ad-]$", text) and piece[:1].islower():
        head = re.search(r"([A-Za-z]+)[\u00ad-]$", text)
        tail = re.match(r"[A-Za-z]+", piece)
        assert head is not None
        assert tail is not None
        return text[:-1] + ("-" if keeps_hyphen(head.group(1), tail.group(), words) else "")
    if text.endswith(("\u00ad", "-", "–", "—", "/")):
        return text.replace("\u00ad", "-")
    wide = WIDE.match(text[-1]) and WIDE.match(piece[:1])
    half = (HAN.match(text[-1]) and piece[:1].isdigit()) or (
        (text[-1].isdigit() or text[-1] in "%‰℃") and HAN.match(piece[:1])
    )
    half = half or (bool(HAN.match(piece[:1])) and bool(_NOTE_MARK.search(text)))
    half = half or _MARK.match(text[-1]) or _MARK.match(piece[:1])  # a full-width mark brings its own room
    return text if wide or half else text + " "


def sniff(path: Path, head: bytes) -> float:
    """Told by the header, which may stand a little behind the beginning."""
    return 0.95 if b"%PDF-" in head[:1024] else 0.0


READER = Reader("pdf", "PDF with a text layer", (".pdf",), sniff, read)
