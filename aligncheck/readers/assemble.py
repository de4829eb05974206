"""Raw blocks of a page or a word-processor file made one document, two in turn, or pairs in a table."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Block, BlockPair, Document, Language
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.bilingual import apart
from aligncheck.readers.files import HAN, LATIN, check_units
from aligncheck.readers.language import document_language, has_words, language_of
from aligncheck.readers.structure import Raw, structure
from aligncheck.readers.tables import bilingual_tables

_LEAST_SHARE = 0.25  # of the text that the lesser language must hold to make a file bilingual
_TELLING = 400  # characters of a line that tell its language
_MOST_RUNS = 9  # of one language in a file of two halves
_LEAST_HALF = 0.75  # of a language's text that must stand in its half


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
        paired = bilingual_tables(raws, path)
        if paired is not None:
            return paired
        raws = apart(raws)
        if looks_bilingual([raw.text for raw in raws]):
            languages = languages_of([raw.text for raw in raws])
            return bitext_of(raws, languages, str(path), path.stem, options.language or "zh")
    text = "\n".join(raw.text for raw in raws[:5000])
    language = options.language or document_language(text, declared)
    return Document(str(path), language, structure(raws, language), path.stem)


def with_remark(found: Document | Bitext, remark: str) -> Document | Bitext:
    """The same with one more remark on the file."""
    if isinstance(found, Bitext):
        return replace(found, source=replace(found.source, problems=(*found.source.problems, remark)))
    return replace(found, problems=(*found.problems, remark))


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
    halves = _halves(raws, languages)
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
    joined = [(p[source], p[other]) for p in pairs] if len(pairs) > 1 and not halves else []
    found: list[BlockPair] = []
    for a, b in joined:
        found.extend(_without_notes(a, b, documents[source].blocks, documents[other].blocks))
    return Bitext(documents[source], documents[other], given=tuple(found))


def _halves(raws: Sequence[Raw], languages: Sequence[Language]) -> bool:
    """Whether one half of a file is Chinese and the other English, whatever few lines stand inside.

    Those lines are marked as no text of the document: what a page says of itself in English inside its
    Chinese half is nobody's translation.
    """
    runs: list[tuple[Language, list[int]]] = []
    for index, language in enumerate(languages):
        if runs and runs[-1][0] == language:
            runs[-1][1].append(index)
        else:
            runs.append((language, [index]))
    if not 3 <= len(runs) <= _MOST_RUNS:
        return False
    sizes = [sum(len(raws[i].text) for i in run) for _, run in runs]
    inside: set[int] = set()
    for language in ("zh", "en"):
        own = [n for n, run in enumerate(runs) if run[0] == language]
        total, largest = sum(sizes[n] for n in own), max(own, key=lambda n: sizes[n], default=-1)
        if largest < 0 or sizes[largest] < _LEAST_HALF * total or len(runs[largest][1]) < 4:
            return False
        inside |= {i for n in own if n != largest for i in runs[n][1]}
    for index in inside:
        raws[index].kind = raws[index].kind or "boilerplate"
    return True


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
