"""Two questions with known answers in every set: who fails them is not heard about the others.

Words in a document can have a gullible model deny whatever it is asked, or grant it, and a weak model may do so by
itself.  One of these questions is to be answered yes, the other no, about a passage of our own that anybody can judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligncheck.second.answers import Reply

ZH = "本办法由市财政局负责解释，自2020年5月1日起施行。"
EN = (
    "The Municipal Finance Bureau shall be responsible for interpreting these Measures, "
    "which shall be repealed as of May 1, 2020."
)
#: (Chinese words, English words, the answer that is right)
_WRONG = ("施行", "repealed", "yes")
_RIGHT = ("负责解释", "responsible for interpreting", "no")
_ASKED = {
    "en": "“{en}” may not render “{zh}” rightly. Is it wrong?",
    "zh": "“{en}”似未正确译出“{zh}”。是否译错？",
}


def with_controls(data: dict[str, Any], language: str) -> None:
    """Put the passage behind the others, and a question before and one behind those that are there."""
    passage = len(data["passages"]) + 1
    data["passages"].append({"passage": passage, "zh": ZH, "en": EN})
    questions = data["questions"]

    def control(number: int, row: tuple[str, str, str]) -> dict[str, Any]:
        zh, en, _ = row
        doubt = _ASKED[language].replace("{zh}", zh).replace("{en}", en)
        return {"question": number, "passage": passage, "zh": zh, "en": en, "doubt": doubt}

    data["questions"] = [
        control(1, _WRONG),
        *({**q, "question": q["question"] + 1} for q in questions),
        control(len(questions) + 2, _RIGHT),
    ]


def own_replies(replies: Sequence[Reply], asked: int) -> tuple[list[Reply], bool]:
    """The replies to so many questions of ours under their own numbers, and whether both controls are right."""
    said: dict[int, str] = {}
    for reply in replies:
        said.setdefault(reply.question, reply.answer)
    own = [Reply(r.question - 1, r.answer, r.zh, r.en) for r in replies if r.question not in (1, asked + 2)]
    return own, said.get(1) == _WRONG[2] and said.get(asked + 2) == _RIGHT[2]
