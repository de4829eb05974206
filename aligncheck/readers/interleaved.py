"""Bilingual text: Chinese and English in one file, whatever their turns.

Paragraph by paragraph, sentence by sentence, blocks of several lines, either language first, or one
half after the other; tab-separated pairs are read by :mod:`aligncheck.readers.pairs`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Block, BlockPair, Document, Language
from aligncheck.readers.base import SNIFF_BYTES, Reader, ReadOptions
from aligncheck.readers.files import HAN, LATIN, check_units, read_text
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import Raw, structure
from aligncheck.readers.text import rows_of

_LEAST_SHARE = 0.25  # of the text that the lesser language must hold to make a file bilingual


def sniff(path: Path, head: bytes) -> float:
    """Sure when lines of both languages take turns, or when one half is Chinese and one English."""
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0.0
    text = loose(head)
    tail = _tail(path, len(head))
    rows = [r for r in (text + "\n" + loose(tail)).splitlines() if has_words(r)]
    kinds = [language_of(row) for row in rows]
    turns = sum(a != b for a, b in itertools.pairwise(kinds))
    if turns >= max(2, len(kinds) // 3) or (turns >= 1 and len(kinds) <= 3):
        return 0.6 if _shares(rows) >= _LEAST_SHARE / 2 else 0.0
    return 0.5 if turns and _shares(rows) >= _LEAST_SHARE and len(kinds) >= 2 else 0.0


def loose(raw: bytes) -> str:
    """The text of a piece of a file as far as it can be told; only for looking."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "ignore")
    try:
        return raw[: len(raw) - 4].decode("utf-8") if len(raw) > 64 else raw.decode("utf-8")
    except UnicodeDecodeError:
        loose = raw.decode("utf-8", "ignore")
        return raw.decode("gb18030", "ignore") if len(HAN.findall(loose)) < len(raw) // 20 else loose


def _tail(path: Path, seen: int) -> bytes:
    """The end of a file of which the beginning has been seen."""
    try:
        size = path.stat().st_size
        if size <= seen:
            return b""
        with path.open("rb") as handle:
            handle.seek(max(seen, size - SNIFF_BYTES))
            return handle.read(SNIFF_BYTES)
    except OSError:
        return b""


def _shares(rows: Sequence[str]) -> float:
    """The share of the lesser language (an English letter weighs a third of a Han character)."""
    chinese = sum(len(HAN.findall(r)) for r in rows if language_of(r) == "zh")
    english = sum(len(LATIN.findall(r)) for r in rows if language_of(r) == "en") / 3
    return min(chinese, english) / (chinese + english) if chinese and english else 0.0


def languages_of(rows: Sequence[str]) -> list[Language]:
    """The language of every line; a line without words goes with the line before it."""
    found: list[Language] = []
    last: Language = next((language_of(r) for r in rows if has_words(r)), "zh")
    for row in rows:
        last = language_of(row) if has_words(row) else last
        found.append(last)
    return found


def bitext_of(
    raws: Sequence[Raw], languages: Sequence[Language], path: str, name: str, source: Language = "zh"
) -> Bitext:
    """Two documents out of blocks of both languages, with the pairs that their turns suggest.

    A pair is a run of one language and the run of the other behind it.  Where there is but one such
    pair, the file is two halves and nothing is known about what belongs together.

    Raises:
        InputError: there is but one language.
    """
    sides: dict[Language, list[Raw]] = {"zh": [], "en": []}
    pairs: list[dict[Language, list[int]]] = []
    lead, last = languages[0] if languages else "zh", None
    for raw, language in zip(raws, languages, strict=True):
        if last is None or (language == lead and last != lead):
            pairs.append({"zh": [], "en": []})
        pairs[-1][language].append(len(sides[language]))
        sides[language].append(raw)
        last = language
    for language, missing in (("zh", "Chinese"), ("en", "English")):
        if not sides[language]:
            raise InputError(
                f"holds no {missing} text: only one language is in it",
                path=path,
                hint="read it as a document with --from text, or name the translation too",
            )
    documents: dict[Language, Document] = {
        language: Document(path, language, structure(sides[language], language), name) for language in sides
    }
    other: Language = "en" if source == "zh" else "zh"
    joined = [(p[source], p[other]) for p in pairs] if len(pairs) > 1 else []
    found: list[BlockPair] = []
    for a, b in joined:
        found.extend(_without_notes(a, b, documents[source].blocks, documents[other].blocks))
    return Bitext(documents[source], documents[other], pairs=tuple(found))


def _without_notes(
    a: list[int], b: list[int], source: Sequence[Block], target: Sequence[Block]
) -> list[BlockPair]:
    """Notes that only one language has stand alone, not with the paragraph before them."""
    lone_a = [i for i in a if source[i].kind == "note"]
    lone_b = [i for i in b if target[i].kind == "note"]
    if len(lone_a) == len(lone_b) or (len(a), len(b)) == (1, 1):
        return [BlockPair(tuple(a), tuple(b))]
    body = BlockPair(
        tuple(i for i in a if i not in lone_a or not source[i].label),
        tuple(i for i in b if i not in lone_b or not target[i].label),
    )
    alone = [BlockPair((i,), ()) for i in lone_a if source[i].label]
    alone += [BlockPair((), (i,)) for i in lone_b if target[i].label]
    return ([body] if body.source or body.target else []) + alone


def read(path: Path, options: ReadOptions) -> Bitext:
    """Read both documents and which paragraphs stand together."""
    raws = rows_of(read_text(path, options))
    check_units(len(raws), str(path), options)
    languages = languages_of([r.text for r in raws])
    return bitext_of(raws, languages, str(path), path.stem, options.language or "zh")


READER = Reader(
    "interleaved", "Chinese and English in one text, in turn or in halves", (".txt",), sniff, read
)
