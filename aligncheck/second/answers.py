"""What a model may answer, as a JSON Schema, and what is read of whatever it does answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from aligncheck.model import Category, Severity

#: What it may find: the MQM categories of meaning, under our names.
CATEGORIES = (
    Category.OMISSION,
    Category.ADDITION,
    Category.MISTRANSLATION,
    Category.UNTRANSLATED,
    Category.TERMINOLOGY,
    Category.NUMBER,
    Category.DATE,
    Category.UNIT,
    Category.NAME,
)
#: The most claims and replies that are read of one answer.
_MOST = 60
#: The longest quotation.
_LONGEST = 2_000


def schema_for(passages: int, questions: int) -> dict[str, Any]:
    """The JSON Schema of an answer about so many passages and questions of ours; controls come on top."""
    if questions:
        passages, questions = passages + 1, questions + 2
    text = {"type": "string", "maxLength": 400}
    claim = {
        "passage": {"type": "integer", "minimum": 1, "maximum": passages},
        "category": {"type": "string", "enum": [c.value for c in CATEGORIES]},
        "severity": {"type": "string", "enum": [Severity.MINOR.value, Severity.MAJOR.value]},
        "zh": text,
        "en": text,
        "right": text,
        "why": text,
    }
    reply = {
        "question": {"type": "integer", "minimum": 1, "maximum": max(1, questions)},
        "answer": {"type": "string", "enum": ["yes", "no", "unsure"]},
        "zh": text,
        "en": text,
    }
    return _object(
        {
            "findings": {"type": "array", "items": _object(claim), "maxItems": 2 * passages},
            "answers": {"type": "array", "items": _object(reply), "maxItems": questions},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Claim:
    """An error as the model tells it; ``passage`` is its number in the window, from 1."""

    passage: int
    category: str
    severity: str
    zh: str
    en: str
    right: str
    why: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says to a question, by its number from 1, and the words that it offers as proof."""

    question: int
    answer: Literal["yes", "no", "unsure"]
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer, read.  ``shapeless``: how many of its parts were nothing that could be read."""

    claims: tuple[Claim, ...] = ()
    replies: tuple[Reply, ...] = ()
    shapeless: int = 0


def read_answer(text: str) -> Reading | None:
    """What an answer says; None where there is no JSON object with a list of findings or answers in it."""
    data = _object_in(text)
    if data is None:
        return None
    lists = [data.get("findings", []), data.get("answers", [])]
    if not any(name in data for name in ("findings", "answers")) or not all(
        isinstance(rows, list) for rows in lists
    ):
        return None
    claims = [_claim(row) for row in lists[0][:_MOST]]
    replies = [_reply(row) for row in lists[1][:_MOST]]
    return Reading(
        tuple(c for c in claims if c is not None),
        tuple(r for r in replies if r is not None),
        sum(c is None for c in claims) + sum(r is None for r in replies),
    )


_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def _object_in(text: str) -> dict[str, Any] | None:
    """The first JSON object of a text that may have thoughts, a fence or prose around it."""
    text = _THOUGHT.sub("", text)
    decoder = json.JSONDecoder()
    at, tries = text.find("{"), 0
    while at >= 0 and tries < 20:
        try:
            data, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at, tries = text.find("{", at + 1), tries + 1
            continue
        return data if isinstance(data, dict) else None
    return None


def _claim(row: Any) -> Claim | None:
    if not isinstance(row, dict) or not _is_number(row.get("passage")):
        return None
    texts = [row.get(name, "") for name in ("category", "severity", "zh", "en", "right", "why")]
    if not all(isinstance(t, str) and len(t) <= _LONGEST for t in texts):
        return None
    return Claim(row["passage"], *(t.strip() for t in texts))


def _reply(row: Any) -> Reply | None:
    if not isinstance(row, dict) or not _is_number(row.get("question")):
        return None
    answer = row.get("answer")
    zh, en = row.get("zh", ""), row.get("en", "")
    if answer not in ("yes", "no", "unsure") or not isinstance(zh, str) or not isinstance(en, str):
        return None
    if len(zh) > _LONGEST or len(en) > _LONGEST:
        return None
    return Reply(row["question"], answer, zh.strip(), en.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000
