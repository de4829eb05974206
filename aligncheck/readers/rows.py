"""Rows of cells made pairs: what tables of plain text and workbooks have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Anchor, Bitext, Block, BlockPair, Document, Language, Place
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.columns import choose
from aligncheck.readers.files import check_units
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import note_marks
from aligncheck.readers.tables import remarks_on


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands."""

    text: str
    place: Place
    anchor: Anchor


Row = Sequence[Cell]
_LOOKED_AT = 2_000  # rows that tell the columns


def bitext_of_rows(
    rows: Sequence[Row], path: str, name: str, options: ReadOptions, where: str = ""
) -> Bitext:
    """The bitext that rows of cells hold; ``where`` leads what is remarked on them.

    Raises:
        InputError: there are no two columns of two languages.
    """
    rows = [row for row in rows if any(cell.text.strip() for cell in row)]
    if not rows:
        raise InputError("holds no text", path=path)
    check_units(len(rows), path, options, "rows")
    chosen = choose([[cell.text for cell in row] for row in rows[:_LOOKED_AT]])
    if chosen is None:
        raise _no_columns(rows, path)
    rows = rows[chosen.first_row :]
    languages: tuple[Language, Language] = ("zh", "en") if chosen.source == "zh" else ("en", "zh")
    sides: list[list[Block]] = [[], []]
    pairs = []
    for row in rows:
        ids: list[tuple[int, ...]] = []
        for side, column in zip(sides, chosen.sides, strict=True):
            cell = row[column] if column < len(row) else None
            if cell is None or not cell.text.strip():
                ids.append(())
                continue
            marks = tuple(note_marks(cell.text, set()))
            side.append(
                Block(len(side), "paragraph", cell.text, cell.place, marks=marks, anchors=(cell.anchor,))
            )
            ids.append((len(side) - 1,))
        if ids[0] or ids[1]:
            place = row[0].place
            pairs.append(BlockPair(ids[0], ids[1], place.label()))
    source, target = (
        Document(path, language, tuple(blocks), name)
        for language, blocks in zip(languages, sides, strict=True)
    )
    source = replace(source, problems=tuple(remarks_on(chosen, where)))
    return Bitext(source, target, given=tuple(pairs), paired=True)


def _no_columns(rows: Sequence[Row], path: str) -> InputError:
    width = max(len(row) for row in rows)
    spoken = {_column_language(rows, c) for c in range(width)} - {None}
    if width < 2:
        what = "has but one column"
    elif not spoken:
        what = "has no column of text"
    elif len(spoken) == 1:
        what = f"has only {'Chinese' if spoken == {'zh'} else 'English'} columns"
    else:
        what = "has a Chinese and an English column only in its headings"
    return InputError(
        f"{what}: pairs need a Chinese and an English column",
        path=path,
        hint="put source and target side by side: source<TAB>target",
    )


def _column_language(rows: Sequence[Row], column: int) -> Language | None:
    votes = {"zh": 0, "en": 0}
    for row in rows[:2000]:
        if column < len(row) and has_words(row[column].text):
            votes[language_of(row[column].text)] += 1
    if not votes["zh"] + votes["en"]:
        return None
    return "zh" if votes["zh"] >= votes["en"] else "en"


def bitext_of_sheets(
    sheets: Sequence[tuple[str, Sequence[Row]]], hidden: Sequence[str], path: Path, options: ReadOptions
) -> Bitext:
    """The pairs of a workbook's visible sheets, each with its title; ``hidden``: the titles of the others.

    Raises:
        InputError: no sheet has two columns of two languages.
    """
    filled = [(title, [r for r in rows if any(c.text.strip() for c in r)]) for title, rows in sheets]
    usable = [(title, rows) for title, rows in filled if choose(_texts(rows)) is not None]
    if not usable:
        raise InputError(
            "no sheet has a Chinese and an English column" + (f" ({len(hidden)} hidden)" if hidden else ""),
            path=str(path),
            hint="put source and target side by side",
        )
    several = len(usable) > 1
    parts = [
        bitext_of_rows(rows, str(path), path.stem, options, f"{title}: " if several else "")
        for title, rows in usable
    ]
    whole = parts[0] if len(parts) == 1 else _concatenated(parts)
    taken = {title for title, _ in usable}
    unpaired = [title for title, rows in filled if rows and title not in taken]
    remarks = _sheet_remarks([title for title, _ in usable], unpaired, hidden)
    return replace(whole, source=replace(whole.source, problems=(*remarks, *whole.source.problems)))


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows[:_LOOKED_AT]]


def _sheet_remarks(taken: list[str], unpaired: list[str], hidden: Sequence[str]) -> list[str]:
    found = []
    if len(taken) > 1:
        found.append(f"the sheets {_quoted(taken)} were taken")
    elif unpaired or hidden:
        found.append(f"the sheet {_quoted(taken)} was taken")
    if unpaired:
        found.append(f"sheets without a Chinese and an English column left out: {_quoted(unpaired)}")
    if hidden:
        found.append(f"hidden sheets left out: {_quoted(hidden)}")
    return found


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _concatenated(parts: Sequence[Bitext]) -> Bitext:
    source: list[Block] = []
    target: list[Block] = []
    pairs: list[BlockPair] = []
    for part in parts:
        # A later sheet may have its columns the other way round.
        a, b = part.source, part.target
        flip = a.language != parts[0].source.language
        if flip:
            a, b = b, a
        for pair in part.given:
            left, right = (pair.target, pair.source) if flip else (pair.source, pair.target)
            pairs.append(
                BlockPair(
                    tuple(i + len(source) for i in left), tuple(i + len(target) for i in right), pair.unit
                )
            )
        source += [replace(block, id=block.id + len(source)) for block in a.blocks]
        target += [replace(block, id=block.id + len(target)) for block in b.blocks]
    first = parts[0]
    return Bitext(
        replace(
            first.source,
            blocks=tuple(source),
            problems=tuple(m for part in parts for m in part.source.problems),
        ),
        replace(first.target, blocks=tuple(target)),
        given=tuple(pairs),
        paired=True,
    )
