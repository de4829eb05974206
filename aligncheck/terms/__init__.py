"""The termbase: concepts, formats, matching, drift."""

from aligncheck.terms.concepts import Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.load import load_termbase, read_glossary
from aligncheck.terms.problems import Problem
from aligncheck.terms.termbase import ChineseMatch, EnglishMatch, Termbase

__all__ = [
    "ChineseMatch",
    "Concept",
    "EnglishMatch",
    "PartOfSpeech",
    "Problem",
    "Status",
    "Term",
    "TermType",
    "Termbase",
    "load_termbase",
    "read_glossary",
]
