"""Raw blocks of a page or a word-processor file made one document, two in turn, or pairs in a table."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Block, BlockPair, Document, Language
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.files import HAN, LATIN, check_units
from aligncheck.readers.language import document_language, has_words, language_of
from aligncheck.readers.structure import Raw, structure

_LEAST_SHARE = 0.25  # of the text that the lesser language must hold to make a file bilingual
_TELLING = 400  # characters of a line that tell its language
_TABLE_SHARE = 0.6  # of the text that must stand in tables of two languages to make them pairs


def assemble(raws: Sequence[Raw], path: Path, options: ReadOptions, declared: str = "") -> Document | Bitext:
    """What the raw blocks of a file make.

    ``declared`` is the language that the file itself states.

    Raises:
        InputError: there is no text, or there are too many blocks.
    """
    if not any(has_words(raw.text) for raw in raws):
        raise InputError("holds no text", path=str(path))
    check_units(len(raws), str(path), options)
    for raw in raws:
        if len(raw.text) > options.max_paragraph:
            raise InputError(
                f"{raw.place.label() or 'a paragraph'} has more than {options.max_paragraph:,} characters",
                path=str(path),
                hint="raise it with --max-paragraph",
            )
    if not options.monolingual:
        paired = _bilingual_tables(raws, path)
        if paired is not None:
            return paired
        if looks_bilingual([raw.text for raw in raws]):
            languages = languages_of([raw.text for raw in raws])
            return bitext_of(raws, languages, str(path), path.stem, options.language or "zh")
    text = "\n".join(raw.text for raw in raws[:5000])
    language = options.language or document_language(text, declared)
    return Document(str(path), language, structure(raws, language), path.stem)


def looks_bilingual(rows: Sequence[str]) -> bool:
    """Whether lines of both languages take turns, or one half is Chinese and one English."""
    rows = [row[:_TELLING] for row in rows if has_words(row)]
    kinds = [language_of(row) for row in rows]
    turns = sum(a != b for a, b in itertools.pairwise(kinds))
    share = _lesser_share(rows)
    if turns >= max(2, len(kinds) // 3) or (turns >= 1 and len(kinds) <= 3):
        return share >= _LEAST_SHARE / 2
    return turns >= 1 and share >= _LEAST_SHARE


def _lesser_share(rows: Sequence[str]) -> float:
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
    names: dict[Language, str] = {"zh": "Chinese", "en": "English"}
    for language, missing in names.items():
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


def _bilingual_tables(raws: Sequence[Raw], path: Path) -> Bitext | None:
    """The pairs of tables that set the languages side by side; None where there are none to speak of."""
    tables: dict[int, dict[int, dict[int, list[int]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for index, raw in enumerate(raws):
        if raw.cell is not None:
            table, row, column = raw.cell
            tables[table][row][column].append(index)
    columns = {
        number: found for number, rows in tables.items() if (found := _columns(rows, raws)) is not None
    }
    inside = {
        i for t, cols in columns.items() for row in tables[t].values() for c in cols for i in row.get(c, ())
    }
    total = sum(len(raw.text) for raw in raws)
    if not inside or sum(len(raws[i].text) for i in inside) < _TABLE_SHARE * total:
        return None
    order: list[tuple[list[int], list[int]]] = []  # Chinese and English raw blocks of each pair
    done: set[tuple[int, int]] = set()
    for index, raw in enumerate(raws):
        if raw.cell is None or raw.cell[0] not in columns:
            side = language_of(raw.text)
            raw.kind = raw.kind or "boilerplate"
            order.append(([index], []) if side == "zh" else ([], [index]))
            continue
        table, row, _ = raw.cell
        if (table, row) in done:
            continue
        done.add((table, row))
        chinese, english = columns[table]
        pair = (tables[table][row].get(chinese, []), tables[table][row].get(english, []))
        if pair[0] or pair[1]:
            order.append(pair)
    first = next(iter(columns.values()))
    source: Language = "zh" if first[0] < first[1] else "en"
    return _paired(raws, order, path, source)


def _columns(rows: dict[int, dict[int, list[int]]], raws: Sequence[Raw]) -> tuple[int, int] | None:
    """The Chinese and the English column of a table."""
    votes: dict[int, dict[str, int]] = defaultdict(lambda: {"zh": 0, "en": 0})
    for row in rows.values():
        for column, cells in row.items():
            for index in cells:
                if has_words(raws[index].text):
                    votes[column][language_of(raws[index].text)] += len(raws[index].text)
    chinese = max(votes, key=lambda c: votes[c]["zh"], default=-1)
    english = max(votes, key=lambda c: votes[c]["en"], default=-1)
    if chinese == english or chinese < 0:
        return None
    clear = (
        votes[chinese]["zh"] > 3 * votes[chinese]["en"] and votes[english]["en"] > 3 * votes[english]["zh"]
    )
    return (chinese, english) if clear else None


def _paired(
    raws: Sequence[Raw], order: list[tuple[list[int], list[int]]], path: Path, source: Language
) -> Bitext:
    chinese = [i for zh, _ in order for i in zh]
    english = [i for _, en in order for i in en]
    position = {i: n for side in (chinese, english) for n, i in enumerate(side)}
    documents: dict[Language, Document] = {
        "zh": Document(str(path), "zh", structure([raws[i] for i in chinese], "zh"), path.stem),
        "en": Document(str(path), "en", structure([raws[i] for i in english], "en"), path.stem),
    }
    pairs = []
    for zh, en in order:
        a, b = tuple(position[i] for i in zh), tuple(position[i] for i in en)
        pairs.append(BlockPair(a, b) if source == "zh" else BlockPair(b, a))
    other: Language = "en" if source == "zh" else "zh"
    return Bitext(documents[source], documents[other], pairs=tuple(pairs), paired=True)
