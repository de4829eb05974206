"""What the reports say of their own, in both interface languages."""

from __future__ import annotations

from aligncheck.language import both, msg
from aligncheck.model import Category, Message, Severity

SEVERITIES: dict[Severity, Message] = {
    Severity.CRITICAL: both("critical", context="severity"),
    Severity.MAJOR: both("major", context="severity"),
    Severity.MINOR: both("minor", context="severity"),
    Severity.NEUTRAL: both("neutral", context="severity"),
}

#: What a page calls the severity of one finding: what is not sure enough to be called an error is a doubt.
LEVELS: dict[Severity, Message] = {**SEVERITIES, Severity.NEUTRAL: both("doubt")}

CATEGORIES: dict[Category, Message] = {
    Category.OMISSION: both("omission", context="category"),
    Category.ADDITION: both("addition", context="category"),
    Category.MERGE: both("merge", context="category"),
    Category.SPLIT: both("split", context="category"),
    Category.ORDER: both("order", context="category"),
    Category.MISTRANSLATION: both("mistranslation", context="category"),
    Category.UNTRANSLATED: both("untranslated", context="category"),
    Category.TERMINOLOGY: both("terminology", context="category"),
    Category.INCONSISTENCY: both("inconsistency", context="category"),
    Category.NUMBER: both("number", context="category"),
    Category.DATE: both("date", context="category"),
    Category.UNIT: both("unit", context="category"),
    Category.NAME: both("name", context="category"),
    Category.DUPLICATION: both("duplication", context="category"),
    Category.NUMBERING: both("numbering", context="category"),
    Category.PUNCTUATION: both("punctuation", context="category"),
    Category.CHARACTERS: both("characters", context="category"),
    Category.GRAMMAR: both("grammar", context="category"),
}

RENDERING_STATUS: dict[str, Message] = {
    "preferred": both("preferred", context="rendering"),
    "admitted": both("admitted", context="rendering"),
    "deprecated": both("deprecated", context="rendering"),
    "superseded": both("superseded", context="rendering"),
    "other": both("not in the glossary", context="rendering"),
}

#: What a reviser's decisions are called, by kind.
DECISIONS = {"accept": msg("accepted"), "waive": msg("waived"), "reject": msg("not an error")}
