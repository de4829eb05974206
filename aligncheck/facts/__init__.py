"""What a text states: figures, dates, units, ordinals and codes as typed values with their places."""

from __future__ import annotations

from aligncheck.facts import chinese, english
from aligncheck.facts.model import Fact, Kind, Number, Relation, Weight, canonical, plain
from aligncheck.model import Language

__all__ = ["Fact", "Kind", "Number", "Relation", "Weight", "canonical", "extract", "plain"]


def extract(text: str, language: Language) -> tuple[Fact, ...]:
    """The facts of a text in order of their place; spans are offsets into the text."""
    return chinese.extract(text) if language == "zh" else english.extract(text)
