"""What a finding can be about, and how grave it is (MQM severities, ITS 2.0 types)."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How grave a finding is, after MQM; ordered, comparable, with a penalty."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for neutral up to 3 for critical."""
        return _RANK[self.value]

    @property
    def penalty(self) -> int:
        """MQM penalty points: 0, 1, 5, 25."""
        return _PENALTY[self.value]

    def __lt__(self, other: Severity) -> bool:
        return self.rank < other.rank

    def __le__(self, other: Severity) -> bool:
        return self.rank <= other.rank

    def __gt__(self, other: Severity) -> bool:
        return self.rank > other.rank

    def __ge__(self, other: Severity) -> bool:
        return self.rank >= other.rank


_RANK = {"neutral": 0, "minor": 1, "major": 2, "critical": 3}
_PENALTY = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}


class Category(Enum):
    """The kinds of findings; values are part of the report contract."""

    OMISSION = "omission"
    ADDITION = "addition"
    MERGE = "merge"
    SPLIT = "split"
    ORDER = "order"
    MISTRANSLATION = "mistranslation"
    UNTRANSLATED = "untranslated"
    TERMINOLOGY = "terminology"
    INCONSISTENCY = "inconsistency"
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    NAME = "name"
    DUPLICATION = "duplication"
    NUMBERING = "numbering"
    PUNCTUATION = "punctuation"
    CHARACTERS = "characters"
    GRAMMAR = "grammar"

    @property
    def its_type(self) -> str:
        """The ITS 2.0 localization quality issue type of this category."""
        return _ITS[self.value]


_ITS = {
    "omission": "omission",
    "addition": "addition",
    "merge": "other",
    "split": "other",
    "order": "other",
    "mistranslation": "mistranslation",
    "untranslated": "untranslated",
    "terminology": "terminology",
    "inconsistency": "inconsistency",
    "number": "numbers",
    "date": "numbers",
    "unit": "locale-violation",
    "name": "inconsistent-entities",
    "duplication": "duplication",
    "numbering": "non-conformance",
    "punctuation": "typographical",
    "characters": "characters",
    "grammar": "grammar",
}
