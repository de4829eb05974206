"""Subtitles (SRT, WebVTT, SSA and ASS, SBV, LRC): one document, or pairs where each caption holds both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Bitext, Block, BlockPair, Document, Language, Place
from aligncheck.readers.base import Reader, ReadOptions
from aligncheck.readers.files import check_units, lines, read_text
from aligncheck.readers.language import has_words, language_of

_TIME = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}")
#: The times of YouTube's captions (SBV), on a line of their own.
_TIMES = re.compile(r"\s*\d+:\d{2}:\d{2}\.\d{1,3},\d+:\d{2}:\d{2}\.\d{1,3}\s*$")
#: A line of lyrics (LRC) with its times, or a word about the song.
_LYRIC = re.compile(r"\s*((?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\])+)")
_SONG = re.compile(r"\s*\[[A-Za-z#]+:[^\]\n]*\]\s*$")
_EVENT = re.compile(r"Dialogue:\s*")
_DRAWN = re.compile(r"\{[^}]*\\p[1-9][^}]*\}.*?(?:\{[^}]*\\p0[^}]*\}|$)")
_TAG = re.compile(
    r"<rt\b[^>]*>.*?</rt>|</?(?:[ibu]|font|c|v|lang|ruby)\b[^>]*>|<[\d:.]+>|\{\\[^}]*\}|\{[^}\u4e00-\u9fff]*\\[^}]*\}",
    re.IGNORECASE,
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\xa0", "lrm": "", "rlm": ""}
_ENTITY = re.compile(f"&({'|'.join(_ENTITIES)});")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_STOPPED = re.compile(r"[.。!！?？…:：;；]['\"”’)）\]]*\s*$")
_GOES_ON = re.compile(r"[,，、–—-]\s*$")
_LONGEST_SENTENCE = 8  # captions


@dataclass(slots=True)
class _Caption:
    id: str
    rows: list[tuple[int, str]]


def read(path: Path, options: ReadOptions) -> Document | Bitext:
    """Read subtitles."""
    text = read_text(path, options)
    captions = _events(text) or _lyrics(text) or _captions(text, str(path))
    check_units(len(captions), str(path), options, "captions")
    both = sum(len({language_of(t) for _, t in c.rows if has_words(t)}) == 2 for c in captions)
    if both >= 0.5 * len(captions) and not options.monolingual:
        return _bitext(captions, path)
    text = "\n".join(t for c in captions for _, t in c.rows)
    language = options.language or language_of(text)
    blocks: list[Block] = []
    for caption in _sentences(captions):
        block = _block(len(blocks), caption, caption.rows)
        if block is not None:
            blocks.append(block)
    if not blocks:
        raise InputError("holds no text", path=str(path))
    return Document(str(path), language, tuple(blocks), path.stem)


def _events(text: str) -> list[_Caption]:
    """The lines of SSA and ASS: what stands behind the commas that the format line counts."""
    if not re.search(r"^\ufeff?\[(?:Script Info|Events)\]", text, re.IGNORECASE | re.MULTILINE):
        return []
    found: list[_Caption] = []
    commas = 9
    for number, row in lines(text):
        if row.startswith("Format:") and "Text" in row:
            commas = row[: row.index("Text")].count(",")
        begin = _EVENT.match(row)
        if begin is None:
            continue
        fields = row[begin.end() :].split(",", commas)
        if len(fields) <= commas:
            continue
        said = _DRAWN.sub(lambda m: " " * len(m.group()), fields[-1])
        at = len(row) - len(said)
        pieces = []
        for piece in re.split(r"(\\[Nn])", said):
            if piece not in ("\\N", "\\n") and piece.strip():
                # Blanks before it keep its column in the line.
                pieces.append((number, " " * at + piece.replace("\\h", "  ")))
            at += len(piece)
        found.append(_Caption(str(len(found) + 1), pieces))
    return found


def _lyrics(text: str) -> list[_Caption]:
    """The lines of LRC without their times."""
    rows = list(lines(text))
    timed = [(number, row, m) for number, row in rows if (m := _LYRIC.match(row))]
    if len(timed) < 2 or 2 * len(timed) < sum(not _SONG.match(row) for _, row in rows):
        return []
    return [
        _Caption(str(index), [(number, " " * m.end() + row[m.end() :])])
        for index, (number, row, m) in enumerate(timed, 1)
    ]


def _captions(text: str, path: str) -> list[_Caption]:
    found: list[_Caption] = []
    rows = list(lines(text))
    aside = False
    for index, (number, row) in enumerate(rows):
        behind_blank = not index or rows[index - 1][0] < number - 1 or not rows[index - 1][1].strip()
        if _TIME.match(row) or _TIMES.match(row):
            # The line right before the times is the caption's own number or name.
            before = "" if behind_blank else rows[index - 1][1].strip()
            if before and not aside and found and found[-1].rows and found[-1].rows[-1][0] == number - 1:
                found[-1].rows.pop()
            found.append(_Caption(before or str(len(found) + 1), []))
            aside = False
        elif behind_blank and _ASIDE.match(row):
            aside = True  # a comment or style between captions, up to the next blank line
        elif aside and behind_blank:
            aside = False
            if found:
                found[-1].rows.append((number, row))
        elif found and not aside and row.strip():
            found[-1].rows.append((number, row))
    if not found:
        raise InputError("has no caption with its times", path=path, hint="read it as text with --from text")
    return found


def _sentences(captions: list[_Caption]) -> list[_Caption]:
    """Captions joined where a sentence runs on from one into the next."""
    found: list[_Caption] = []
    count = 0
    for caption in captions:
        if found and count < _LONGEST_SENTENCE and _runs_on(found[-1], caption):
            found[-1] = _Caption(found[-1].id, [*found[-1].rows, *caption.rows])
            count += 1
        else:
            found.append(caption)
            count = 1
    return found


def _runs_on(caption: _Caption, follow: _Caption) -> bool:
    """Whether in one of its languages a caption ends amid a sentence that the next one takes up."""
    for language in ("zh", "en"):
        last = [t for t in (_TAG.sub("", row).strip() for _, row in caption.rows) if _is(t, language)]
        first = [t for t in (_TAG.sub("", row).strip() for _, row in follow.rows) if _is(t, language)]
        if not last or not first or _STOPPED.search(last[-1]):
            continue
        if _GOES_ON.search(last[-1]) or (language == "en" and first[0][:1].islower()):
            return True
    return False


def _is(text: str, language: str) -> bool:
    return has_words(text) and language_of(text) == language


def _block(number: int, caption: _Caption, rows: list[tuple[int, str]]) -> Block | None:
    text = ""
    anchors = []
    for line, row in rows:
        piece = _ENTITY.sub(lambda m: _ENTITIES[m.group(1)], _TAG.sub("", row)).strip()
        if not piece:
            continue
        if text:
            text += "" if language_of(text[-1] + piece[0]) == "zh" and not piece[0].isascii() else " "
        anchors.append(Anchor(len(text), line, max(0, row.find(piece[0])) + 1))
        text += piece
    if not text:
        return None
    return Block(
        number, "paragraph", text, Place(line=anchors[0].line, unit=caption.id), anchors=tuple(anchors)
    )


def _bitext(captions: list[_Caption], path: Path) -> Bitext:
    sides: dict[Language, list[Block]] = {"zh": [], "en": []}
    pairs = []
    first: Language | None = None
    languages: tuple[Language, Language] = ("zh", "en")
    for caption in _sentences(captions):
        rows: dict[Language, list[tuple[int, str]]] = {"zh": [], "en": []}
        for line, row in caption.rows:
            language = language_of(row)
            first = first or language
            rows[language].append((line, row))
        ids: dict[Language, tuple[int, ...]] = {}
        for language in languages:
            block = _block(len(sides[language]), caption, rows[language])
            if block is not None:
                sides[language].append(block)
            ids[language] = (block.id,) if block is not None else ()
        if ids["zh"] or ids["en"]:
            pairs.append((ids["zh"], ids["en"], caption.id))
    source: Language = first or "zh"
    target: Language = "en" if source == "zh" else "zh"
    documents = {key: Document(str(path), key, tuple(blocks), path.stem) for key, blocks in sides.items()}
    return Bitext(
        documents[source],
        documents[target],
        given=tuple(BlockPair(a, b, i) if source == "zh" else BlockPair(b, a, i) for a, b, i in pairs),
        paired=True,
    )


def sniff(path: Path, head: bytes) -> float:
    """Told by the times of the first captions."""
    from aligncheck.readers.interleaved import loose

    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0.0
    text = loose(head[:4096])
    if re.match(r"\ufeff?WEBVTT(?:[ \t\r\n]|$)", text):
        return 0.9
    rows = text.splitlines()
    if any(_TIME.match(row) or _TIMES.match(row) for row in rows[:12]):
        return 0.9
    if re.match(r"\ufeff?\s*\[Script Info\]", text, re.IGNORECASE):
        return 0.9
    whole = rows if len(head) <= 4096 else rows[:-1]
    said = [row for row in whole if row.strip() and not _SONG.match(row)]
    return 0.9 if len(said) > 1 and all(_LYRIC.match(row) for row in said) else 0.0


READER = Reader(
    "subtitles",
    "subtitles (SRT, WebVTT, ASS, SBV, LRC)",
    (".srt", ".vtt", ".ass", ".ssa", ".sbv", ".lrc"),
    sniff,
    read,
)
