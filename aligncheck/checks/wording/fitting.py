"""What is said of a word of the wrong kind, and what could be put in its place as it stands."""

from __future__ import annotations

import re

from aligncheck.checks.quoting import zh as quote
from aligncheck.model import Message

_AUXILIARY = re.compile(
    r"(?:(?:was|were|is|are|be|been|being|has|have|had)(?: (?:not|\w+ly))? )+", re.IGNORECASE
)
_MODAL = re.compile(r"(?:will|shall|may|can|must|should|might)", re.IGNORECASE)
_BE = re.compile(r"(?:is|are|was|were)", re.IGNORECASE)
_ENDINGS = ("ing", "ed", "ly", "s")


def calls_for(chinese: str, sample: str, english: str) -> Message:
    """The message about an English word where the Chinese needs one like the sample."""
    said = quote(chinese)
    if sample == "not":
        return Message(
            f"{said} is negative, but “{english}” is not.",
            f"{said}是否定说法，译文“{english}”却未见否定。",
        )
    if sample == "(part)":
        return Message(
            f"{said} is only part of the total; the English says “{english}”.",
            f"{said}只是总额的一部分，译文却是“{english}”。",
        )
    return Message(
        f"{said} calls for “{sample}”, not “{english}”.",
        f"“{english}”与{said}意思不符，可用“{sample}”。",
    )


def fitting(sample: str, marked: str) -> str:
    """The sample in the form in which it can replace the marked words, or nothing where it cannot.

    A suggestion is taken over with one key, so it must leave a sentence: “was completed” becomes
    “was launched”, but “the completion” does not become “launched”.
    """
    if sample == "not":
        return f"{marked} not" if _BE.fullmatch(marked) or _MODAL.fullmatch(marked) else ""
    if "…" in sample or sample.startswith("("):
        return ""
    lead = _AUXILIARY.match(marked + " ")
    kept = lead.group() if lead and lead.end() < len(marked) else ""
    rest = marked[len(kept) :]
    if not _same_shape(sample, rest):
        return ""
    if not kept and marked[:1].isupper() and sample[:1].islower():
        sample = sample[:1].upper() + sample[1:]
    return kept + sample


def _same_shape(sample: str, marked: str) -> bool:
    here, there = re.split(r"[ -]", sample), re.split(r"[ -]", marked)
    if _MODAL.fullmatch(marked):
        return bool(_MODAL.match(sample)) or here[-1] == "to"
    return (
        len(here) == len(there)
        and _ending(here[-1]) == _ending(there[-1])
        and not _MODAL.fullmatch(sample)
        and (here[-1] == "to") == (there[-1] == "to")
    )


def _ending(word: str) -> str:
    return next((e for e in _ENDINGS if word.lower().endswith(e) and len(word) > len(e) + 2), "")
