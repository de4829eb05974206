"""The words that files use for a status, a part of speech, a type; and yes or no."""

from __future__ import annotations

import re

from aligncheck.terms.concepts import PartOfSpeech, Status, TermType

_STATUS = {
    "preferred": Status.PREFERRED,
    "standardized": Status.PREFERRED,
    "legal": Status.PREFERRED,
    "regulated": Status.PREFERRED,
    "approved": Status.PREFERRED,
    "official": Status.PREFERRED,
    "首选": Status.PREFERRED,
    "规范": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "accepted": Status.ADMITTED,
    "allowed": Status.ADMITTED,
    "proposed": Status.ADMITTED,
    "approvedforuse": Status.PREFERRED,
    "donotuse": Status.DEPRECATED,
    "许用": Status.ADMITTED,
    "可用": Status.ADMITTED,
    "deprecated": Status.DEPRECATED,
    "forbidden": Status.DEPRECATED,
    "prohibited": Status.DEPRECATED,
    "rejected": Status.DEPRECATED,
    "notrecommended": Status.DEPRECATED,
    "拒用": Status.DEPRECATED,
    "禁用": Status.DEPRECATED,
    "superseded": Status.SUPERSEDED,
    "obsolete": Status.SUPERSEDED,
    "outdated": Status.SUPERSEDED,
    "已取代": Status.SUPERSEDED,
    "被取代": Status.SUPERSEDED,
}
_SPEECH = {
    "noun": PartOfSpeech.NOUN,
    "n": PartOfSpeech.NOUN,
    "propernoun": PartOfSpeech.NOUN,
    "nounphrase": PartOfSpeech.NOUN,
    "np": PartOfSpeech.NOUN,
    "名词": PartOfSpeech.NOUN,
    "verb": PartOfSpeech.VERB,
    "v": PartOfSpeech.VERB,
    "vp": PartOfSpeech.VERB,
    "verbphrase": PartOfSpeech.VERB,
    "动词": PartOfSpeech.VERB,
    "adjective": PartOfSpeech.ADJECTIVE,
    "adj": PartOfSpeech.ADJECTIVE,
    "形容词": PartOfSpeech.ADJECTIVE,
    "adverb": PartOfSpeech.ADVERB,
    "adv": PartOfSpeech.ADVERB,
    "副词": PartOfSpeech.ADVERB,
    "other": PartOfSpeech.OTHER,
    "其他": PartOfSpeech.OTHER,
}
_TYPE = {
    "fullform": TermType.FULL_FORM,
    "full": TermType.FULL_FORM,
    "term": TermType.FULL_FORM,
    "lookupform": TermType.VARIANT,
    "abbrev": TermType.ABBREVIATION,
    "formula": TermType.VARIANT,
    "全称": TermType.FULL_FORM,
    "acronym": TermType.ACRONYM,
    "initialism": TermType.ACRONYM,
    "缩写": TermType.ACRONYM,
    "首字母缩略词": TermType.ACRONYM,
    "abbreviation": TermType.ABBREVIATION,
    "abbreviated": TermType.ABBREVIATION,
    "abbr": TermType.ABBREVIATION,
    "abbreviatedformofterm": TermType.ABBREVIATION,
    "shortform": TermType.SHORT_FORM,
    "short": TermType.SHORT_FORM,
    "简称": TermType.SHORT_FORM,
    "variant": TermType.VARIANT,
    "variantform": TermType.VARIANT,
    "spellingvariant": TermType.VARIANT,
    "变体": TermType.VARIANT,
    "phrase": TermType.PHRASE,
    "phraseologicalunit": TermType.PHRASE,
    "短语": TermType.PHRASE,
}
YES = {"yes", "y", "true", "1", "case-sensitive", "是", "区分", "区分大小写"}
NO = {"", "no", "n", "false", "0", "否", "不区分", "不区分大小写"}


def _key(value: str) -> str:
    return re.sub(r"[\s_\-]+", "", value).lower()


def status_of(value: str) -> Status | None:
    """The status that a word means (``preferredTerm-admn-sts``, ``Deprecated``, ``拒用``), or None."""
    return _STATUS.get(re.sub(r"term(admnsts)?$", "", _key(value)))


def part_of_speech_of(value: str) -> PartOfSpeech | None:
    """The part of speech that a word means, or None."""
    return _SPEECH.get(_key(value))


def term_type_of(value: str) -> TermType | None:
    """The type of term that a word means, or None."""
    return _TYPE.get(_key(value))
