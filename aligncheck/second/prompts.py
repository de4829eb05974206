"""How a window is put into words: the instructions are files of the package, the texts are JSON."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from aligncheck.model import Message
from aligncheck.second.answers import Claim
from aligncheck.second.client import ChatMessage
from aligncheck.second.controls import with_controls
from aligncheck.second.windows import Doubt, Passage, Window

Language = Literal["en", "zh"]
#: Families of models that were taught on more Chinese than others and follow Chinese instructions at least as well.
_CHINESE = re.compile(
    r"qwen|qwq|glm|(?<![a-z])yi(?![a-z])|deepseek|baichuan|internlm|ernie|hunyuan|minicpm|kimi|moonshot|pangu|telechat|bluelm|skywork",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions in one language; ``version`` is in their file, ``digest`` tells files apart that share one."""

    language: Language
    version: int
    text: str
    digest: str

    @property
    def name(self) -> str:
        """``en-1``: language and version."""
        return f"{self.language}-{self.version}"


@cache
def prompt_of(language: Language) -> Prompt:
    """The instructions in a language."""
    raw = (files("aligncheck.second") / "prompts" / f"{language}.txt").read_text(encoding="utf-8")
    head, _, text = raw.partition("\n")
    version = int(head.removeprefix("# version "))
    return Prompt(language, version, text.strip(), hashlib.sha256(raw.encode()).hexdigest())


def language_for(model: str) -> Language:
    """The language that a model is likely stronger in, by the family that its name tells."""
    return "zh" if _CHINESE.search(model) else "en"


def messages_for(
    prompt: Prompt, window: Window, date: str, claims: tuple[Claim, ...] = ()
) -> list[ChatMessage]:
    """What is sent for a window; with ``claims`` it is asked about these alone, as its own second look."""
    data: dict[str, Any] = {}
    if window.before is not None:
        data["before"] = _plain(window.before)
    data["passages"] = [_passage(n, p, date) for n, p in enumerate(window.passages, 1)]
    if window.after is not None:
        data["after"] = _plain(window.after)
    places = {p.number: n for n, p in enumerate(window.passages, 1)}
    if claims:
        data["questions"] = [_own(n, c, prompt.language) for n, c in enumerate(claims, 1)]
    elif window.doubts:
        data["questions"] = [
            _question(n, d, window.passages[places[d.passage] - 1], places[d.passage], prompt.language)
            for n, d in enumerate(window.doubts, 1)
        ]
    if "questions" in data:
        with_controls(data, prompt.language)
    text = json.dumps(data, ensure_ascii=False)
    return [{"role": "system", "content": prompt.text}, {"role": "user", "content": text}]


def _plain(passage: Passage) -> dict[str, str]:
    return {"zh": passage.zh.text[-400:], "en": passage.en.text[-800:]}


def _passage(number: int, passage: Passage, date: str) -> dict[str, Any]:
    data: dict[str, Any] = {"passage": number, "zh": passage.zh.text, "en": passage.en.text}
    terms = passage.due(date)
    if terms:
        data["terms"] = terms
    if any(passage.bare):
        data["unlinked"] = {"zh": list(passage.bare[0]), "en": list(passage.bare[1])}
    return data


def _question(number: int, doubt: Doubt, passage: Passage, place: int, language: Language) -> dict[str, Any]:
    hit = doubt.hit
    data: dict[str, Any] = {"question": number, "passage": place}
    for name, side, refs, english in (
        ("zh", passage.zh, hit.source, False),
        ("en", passage.en, hit.target, True),
    ):
        spots = [spot for ref in refs if (spot := side.place(ref)) is not None and spot[0] < spot[1]]
        data[name] = " … ".join(side.text[a:b] for a, b in spots)
        linked = [text for ref in refs for text in passage.linked(ref, english)]
        if linked:
            data["linked to " + ("zh" if english else "en")] = linked
    said = hit.question or hit.message
    data["doubt"] = said.zh if language == "zh" else said.en
    return data


_AGAIN = Message(
    "The translation says “{en}”. Is that an error of meaning, so that “{right}” is needed?",
    "译文为“{en}”。这是否确属意义错误，必须改为“{right}”？",
)


def _own(number: int, claim: Claim, language: Language) -> dict[str, Any]:
    form = _AGAIN.zh if language == "zh" else _AGAIN.en
    asked = form.replace("{en}", claim.en).replace("{right}", claim.right)
    return {"question": number, "passage": claim.passage, "zh": claim.zh, "en": claim.en, "doubt": asked}
