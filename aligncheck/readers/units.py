"""Units of files that come paired (TMX, XLIFF): what they have in common, whatever their languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from aligncheck.model import Bitext, Block, BlockPair, Document, Language, Mark, Place
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.files import check_units
from aligncheck.readers.language import base_language
from aligncheck.readers.structure import note_marks

#: The shape of a BCP 47 language tag; an underscore is what many tools write for the hyphen.
LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*$")


@dataclass(frozen=True, slots=True)
class Side:
    """One language's text of a unit."""

    text: str
    line: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A pair as the file gives it; a side that the file lacks or leaves empty is None."""

    id: str
    source: Side | None
    target: Side | None
    source_language: str
    target_language: str


def language_from(code: str) -> Language:
    """The document language of a code.

    Files of any languages can be read; the engine refuses what is not Chinese and English, so that
    the message can name both languages found.
    """
    return cast(Language, base_language(code))


def bitext_of_units(units: Iterable[Unit], path: str, name: str, options: ReadOptions) -> Bitext:
    """The paired bitext of a file's units; it has no blocks where no unit has text.

    Raises:
        InputError: there are too many units.
    """
    source: list[Block] = []
    target: list[Block] = []
    pairs: list[BlockPair] = []
    languages: tuple[str, str] | None = None
    first = ("zh", "en")
    for unit in units:
        check_units(len(pairs), path, options, "units")
        if languages is None and unit.source and unit.target:
            languages = (unit.source_language, unit.target_language)
        if unit.source or unit.target:
            first = (unit.source_language, unit.target_language)
        a, b = _add(source, unit.source, unit.id), _add(target, unit.target, unit.id)
        if a or b:
            pairs.append(BlockPair(a, b, unit.id))
    codes = languages or first
    return Bitext(
        Document(path, language_from(codes[0]), tuple(source), name),
        Document(path, language_from(codes[1]), tuple(target), name),
        given=tuple(pairs),
        paired=True,
    )


def _add(blocks: list[Block], side: Side | None, unit: str) -> tuple[int, ...]:
    if side is None or not side.text.strip():
        return ()
    marks = [*side.marks]
    marks += [
        m for m in note_marks(side.text, set()) if all(m.end <= c.start or m.start >= c.end for c in marks)
    ]
    marks.sort(key=lambda m: (m.start, m.end))
    block = Block(
        len(blocks), "paragraph", side.text, Place(line=side.line or None, unit=unit), marks=tuple(marks)
    )
    blocks.append(block)
    return (block.id,)
