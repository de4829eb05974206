"""Tables that set the languages side by side, in word-processor files and on pages: pairs, one a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligncheck.model import Bitext, BlockPair, Document, Language
from aligncheck.readers import bilingual
from aligncheck.readers.columns import Columns, choose
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import Raw, structure

_TABLE_SHARE = 0.6  # of the text that must stand in tables of two languages to make them pairs
_WIDEST = 1_000  # columns
_Table = dict[int, dict[int, list[Raw]]]  # row -> column -> what stands in the cell
_Order = list[tuple[list[Raw], list[Raw]]]  # Chinese and English blocks of each pair


def bilingual_tables(raws: Sequence[Raw], path: Path) -> Bitext | None:
    """The pairs of tables with a Chinese and an English column; None where there are none to speak of."""
    tables: dict[int, _Table] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for raw in raws:
        if raw.cell is not None:
            number, row, column = raw.cell
            tables[number][row][column].append(raw)
    chosen = {n: c for n, table in tables.items() if (c := _columns(table)) is not None}
    total = sum(len(raw.text) for raw in raws)
    inside = sum(
        len(raw.text)
        for n, c in chosen.items()
        for row in tables[n].values()
        for column in c.sides
        for raw in row.get(column, ())
    )
    if not inside or inside < _TABLE_SHARE * total:
        return None
    order: _Order = []
    done: set[tuple[int, int]] = set()
    for raw in raws:
        if raw.cell is None or raw.cell[0] not in chosen:
            raw.kind = raw.kind or "boilerplate"
            order.append(_sides([raw]))
            continue
        number, row, _ = raw.cell
        if (number, row) not in done:
            done.add((number, row))
            pair = _row(tables[number], row, chosen[number])
            if pair[0] or pair[1]:
                order.append(pair)
    first = next(iter(chosen.values()))
    return _paired(
        order, path, first.source, tuple(dict.fromkeys(m for c in chosen.values() for m in remarks_on(c)))
    )


def _columns(table: _Table) -> Columns | None:
    width = 1 + max(column for row in table.values() for column in row)
    if width > _WIDEST:
        return None
    rows = sorted(table)
    texts = [["\n".join(r.text for r in table[n].get(c, ())) for c in range(width)] for n in rows]
    found = choose(texts)
    if found is None or not _clear(texts[found.first_row :], found):
        return None
    # Rows are known by their numbers here, not by their place among those that hold text.
    first = rows[found.first_row] if found.first_row < len(rows) else rows[-1] + 1
    return replace(found, first_row=first)


def _clear(texts: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether each of the two columns is nearly all in its own language."""
    for column, own in ((columns.chinese, "zh"), (columns.english, "en")):
        votes = {"zh": 0, "en": 0}
        for row in texts:
            if has_words(row[column]) and not bilingual.holds_both(row[column]):
                votes[language_of(row[column])] += len(row[column])
        if 4 * votes[own] <= 3 * sum(votes.values()):
            return False
    return True


def _row(table: _Table, row: int, columns: Columns) -> tuple[list[Raw], list[Raw]]:
    """The Chinese and English blocks of a row; none for headings and the titles above them."""
    if row < columns.first_row:
        return [], []
    chinese, english = table[row].get(columns.chinese, []), table[row].get(columns.english, [])
    alone = chinese or english
    if not (chinese and english) and any(bilingual.holds_both(r.text) for r in alone):
        # A cell that spans the columns has both languages in it.
        return _sides([piece for raw in alone for piece in bilingual.cut(raw)])
    return chinese, english


def _sides(raws: Sequence[Raw]) -> tuple[list[Raw], list[Raw]]:
    return (
        [r for r in raws if language_of(r.text) == "zh"],
        [r for r in raws if language_of(r.text) != "zh"],
    )


def remarks_on(columns: Columns, where: str = "") -> list[str]:
    """Which columns were taken, and which others that could have been were not."""
    chinese, english = (
        f"“{heading}”" if heading else f"{column + 1}"
        for heading, column in zip(columns.taken, (columns.chinese, columns.english), strict=True)
    )
    left = ", ".join(f"“{n}”" for n in columns.left)
    return [f"{where}the columns {chinese} and {english} were taken" + (f", {left} left out" if left else "")]


def _paired(order: _Order, path: Path, source: Language, remarks: tuple[str, ...]) -> Bitext:
    sides: tuple[list[Raw], list[Raw]] = ([], [])
    pairs = []
    for pair in order:
        ids = []
        for side, raws in zip(sides, pair, strict=True):
            ids.append(tuple(range(len(side), len(side) + len(raws))))
            side.extend(raws)
        pairs.append(BlockPair(ids[0], ids[1]) if source == "zh" else BlockPair(ids[1], ids[0]))
    documents: dict[Language, Document] = {
        "zh": Document(str(path), "zh", structure(sides[0], "zh"), path.stem),
        "en": Document(str(path), "en", structure(sides[1], "en"), path.stem),
    }
    other: Language = "en" if source == "zh" else "zh"
    first = replace(documents[source], problems=remarks)
    return Bitext(first, documents[other], given=tuple(pairs), paired=True)
