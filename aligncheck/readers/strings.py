"""Texts that are no files: strings of a program or a notebook, whole documents or pairs one by one."""

from __future__ import annotations

from collections.abc import Sequence

from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document, Language
from aligncheck.readers.base import ReadOptions
from aligncheck.readers.language import has_words, language_of
from aligncheck.readers.structure import structure
from aligncheck.readers.text import raws_of
from aligncheck.readers.units import Side, Unit, bitext_of_units

Texts = str | Sequence[str]

_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


def read_texts(source: Texts, target: Texts | None, options: ReadOptions) -> Bitext | Document:
    """Two strings as two documents, two lists of strings as pairs, one string as a document; not segmented.

    Raises:
        InputError: both are of one language, hold no text, or are lists of different lengths.
    """
    if target is None:
        whole = source if isinstance(source, str) else "\n".join(source)
        return document_of(whole, options.language or language_of(whole), options)
    languages = _languages(source, target, options)
    if isinstance(source, str) and isinstance(target, str):
        first, second = (
            document_of(text, language, options)
            for text, language in zip((source, target), languages, strict=True)
        )
        return Bitext(first, second)
    if isinstance(source, str) or isinstance(target, str):
        raise InputError(
            "one side is a string, the other a list of strings",
            hint="two strings are aligned as documents, two lists of equal length are pairs",
        )
    if len(source) != len(target):
        raise InputError(
            f"{len(source)} texts stand against {len(target)}: two lists are pairs, one by one",
            hint='to have them aligned, join each side: "\\n".join(texts)',
        )
    units = [
        Unit("", Side(one, number), Side(other, number), *languages)
        for number, (one, other) in enumerate(zip(source, target, strict=True), 1)
    ]
    if not any(has_words(text) for text in (*source, *target)):
        raise InputError("the lists hold no text")
    return bitext_of_units(units, "texts", "texts", options)


def document_of(text: str, language: Language, options: ReadOptions) -> Document:
    """A string as a document, a paragraph a line; its path is ``text.zh`` or ``text.en``.

    Raises:
        InputError: it holds no text.
    """
    path = f"text.{language}"
    raws = raws_of(text, path, options)
    if not raws:
        raise InputError(
            "the string holds no text", hint="give the text itself; for a file use check() or align()"
        )
    return Document(path, language, structure(raws, language), path)


def _languages(source: Texts, target: Texts, options: ReadOptions) -> tuple[Language, Language]:
    first, second = (t if isinstance(t, str) else "\n".join(t) for t in (source, target))
    if options.language:
        return (options.language, "en" if options.language == "zh" else "zh")
    one, other = language_of(first), language_of(second)
    if one == other and has_words(first) and has_words(second):
        raise InputError(
            f"both texts are {_NAMES[one]}",
            hint="give one Chinese and one English text; files are checked by check() and aligned by align()",
        )
    if not has_words(first):
        one = "en" if other == "zh" else "zh"
    return (one, "en" if one == "zh" else "zh")
