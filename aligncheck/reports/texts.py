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

#: What the labels of evidence are called on a page; others are shown as they are.
EVIDENCE: dict[str, Message] = {
    "Chinese value": both("Chinese value", context="evidence"),
    "English value": both("English value", context="evidence"),
    "another meaning": both("another meaning", context="evidence"),
    "not rendered": both("not rendered", context="evidence"),
    "not backed": both("not backed", context="evidence"),
    "concept": both("concept", context="evidence"),
    "verdict": both("verdict", context="evidence"),
    "rendering": both("rendering", context="evidence"),
    "subject": both("subject", context="evidence"),
    "note": both("note", context="evidence"),
    "content words": both("content words", context="evidence"),
    "axis": both("axis", context="evidence"),
    "contrast": both("contrast", context="evidence"),
    "negation": both("negation", context="evidence"),
    "items": both("items", context="evidence"),
    "first paragraph": both("first paragraph", context="evidence"),
    "second paragraph": both("second paragraph", context="evidence"),
    "Chinese": both("Chinese", context="evidence"),
    "English": both("English", context="evidence"),
    "would be": both("would be", context="evidence"),
    "without counterpart": both("without counterpart", context="evidence"),
    "carries": both("carries", context="evidence"),
    "announced": both("announced", context="evidence"),
    "listed": both("listed", context="evidence"),
    "times apart": both("times apart", context="evidence"),
    "earlier": both("earlier", context="evidence"),
    "wording": both("wording", context="evidence"),
    "documents": both("documents", context="evidence"),
    "Chinese without counterpart": both("Chinese without counterpart", context="evidence"),
    "English without source": both("English without source", context="evidence"),
    "reliability": both("reliability", context="evidence"),
    "its reason": both("its reason", context="evidence"),
}

#: What a reviser's decisions are called, by kind.
DECISIONS = {"accept": msg("accepted"), "waive": msg("waived"), "reject": msg("not an error")}

#: What values of evidence are called where they come from a list of ours; others are what the texts or a glossary say.
EVIDENCE_VALUES: dict[str, dict[str, Message]] = {
    "verdict": {
        **RENDERING_STATUS,
        "missing": both("missing", context="verdict"),
        "other-word": both("other-word", context="verdict"),
        "other-term": both("other-term", context="verdict"),
        "one-of-several": both("one-of-several", context="verdict"),
        "acronym": both("acronym", context="verdict"),
        "capitals": both("capitals", context="verdict"),
    },
    "subject": {
        "defense": both("defense", context="subject"),
        "ecology": both("ecology", context="subject"),
        "ethnic": both("ethnic", context="subject"),
        "event": both("event", context="subject"),
        "finance": both("finance", context="subject"),
        "foreign": both("foreign", context="subject"),
        "general": both("general", context="subject"),
        "indicator": both("indicator", context="subject"),
        "innovation": both("innovation", context="subject"),
        "institution": both("institution", context="subject"),
        "law": both("law", context="subject"),
        "other": both("other", context="subject"),
        "place": both("place", context="subject"),
        "plan": both("plan", context="subject"),
        "programme": both("programme", context="subject"),
        "project": both("project", context="subject"),
        "regional": both("regional", context="subject"),
        "rural": both("rural", context="subject"),
        "sector": both("sector", context="subject"),
        "slogan": both("slogan", context="subject"),
        "social": both("social", context="subject"),
        "title": both("title", context="subject"),
        "trade": both("trade", context="subject"),
    },
    "negation": {"lost": both("lost", context="negation"), "added": both("added", context="negation")},
    "reliability": {"not measured": both("not measured", context="reliability")},
}
#: Labels whose values are names in our tables, no words for a reader.
NAMED_IN_TABLES = frozenset({"axis", "contrast", "concept"})
