"""The words that files use for a status, a part of speech, a type; and yes or no."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from aligncheck.data import grammar
from aligncheck.terms.concepts import PartOfSpeech, Status, TermType

_WORDS = grammar("aligncheck.terms", "values.toml")
Value = TypeVar("Value", bound=Enum)


def _read(kind: type[Value], told: dict[str, str]) -> dict[str, Value]:
    return {word: kind(name) for name, words in told.items() for word in words.split()}


_STATUS = _read(Status, _WORDS["status"])
_SPEECH = _read(PartOfSpeech, _WORDS["part-of-speech"])
_TYPE = _read(TermType, _WORDS["type"])
YES = set(_WORDS["said"]["yes"].split())
NO = {"", *_WORDS["said"]["no"].split()}


def _key(value: str) -> str:
    return re.sub(r"[\s_\-]+", "", value).lower()


@lru_cache(maxsize=1024)
def status_of(value: str) -> Status | None:
    """The status that a word means (``preferredTerm-admn-sts``, ``Deprecated``, ``拒用``), or None."""
    return _STATUS.get(re.sub(r"term(admnsts)?$", "", _key(value)))


@lru_cache(maxsize=1024)
def part_of_speech_of(value: str) -> PartOfSpeech | None:
    """The part of speech that a word means, or None."""
    return _SPEECH.get(_key(value))


@lru_cache(maxsize=1024)
def term_type_of(value: str) -> TermType | None:
    """The type of term that a word means, or None."""
    return _TYPE.get(_key(value))
