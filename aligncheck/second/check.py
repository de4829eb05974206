"""The second reader as a check: its record, and how its findings are put."""

from __future__ import annotations

from dataclasses import replace

from aligncheck.checks.card import carded
from aligncheck.checks.quoting import en as english
from aligncheck.checks.quoting import zh as chinese
from aligncheck.judge.verdict import settled
from aligncheck.model import Category, Hit, Message
from aligncheck.second.calibration import UNKNOWN, Tally
from aligncheck.second.proof import Proved

NAME = "second-reader"
LABEL = "second reader"


def hit_of(proved: Proved, model: str, tally: Tally | None) -> Hit:
    """A finding of the second reader, Chinese first; of a model that nobody has measured it is minor and says so."""
    claim = proved.claim
    sure = UNKNOWN if tally is None else round(tally.reliability(proved.severity), 3)
    statement, question = _said(proved)
    evidence = [(LABEL, model)]
    if tally is None:
        evidence.append(("reliability", "not measured"))
        statement = Message(f"{statement.en} (model not calibrated)", f"{statement.zh}（模型未经校准）")
        question = Message(f"{question.en} (model not calibrated)", f"{question.zh}（模型未经校准）")
    else:
        evidence.append(("reliability", f"{sure:.2f}"))
    if claim.why:
        evidence.append(("its reason", plain(claim.why)))
    return settled(
        Hit(
            statement,
            proved.zh,
            proved.en,
            severity=proved.severity,
            category=proved.category,
            suggestion=plain(claim.right) if proved.category is not Category.OMISSION else "",
            evidence=tuple(evidence),
            question=question,
        ),
        sure,
    )


def plain(text: str) -> str:
    """A model's words on one line, without control signs, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 300 else line[:299] + "…"


def _said(proved: Proved) -> tuple[Message, Message]:
    """The finding as a statement and as a question."""
    claim = proved.claim
    zh, en, right = plain(claim.zh), plain(claim.en), plain(claim.right)
    if proved.category is Category.OMISSION:
        missing = Message(f": {english(right)}", f"：{english(right)}") if right else Message("", "")
        return (
            Message(f"{chinese(zh)} is not rendered{missing.en}.", f"{chinese(zh)}没有译出{missing.zh}。"),
            Message(
                f"{chinese(zh)} may not be rendered{missing.en}. Is it?",
                f"{chinese(zh)}似未译出{missing.zh}，请核对。",
            ),
        )
    if proved.category is Category.ADDITION:
        return (
            Message(f"{english(en)} has no ground in the Chinese.", f"{english(en)}在原文中没有依据。"),
            Message(
                f"{english(en)} may have no ground in the Chinese. Has it?",
                f"{english(en)}在原文中似无依据，请核对。",
            ),
        )
    for_zh = f" for {chinese(zh)}" if zh else ""
    of_zh = f"{chinese(zh)}译为" if zh else ""
    better = f"; {english(right)}" if right else ""
    instead = f"，宜作{english(right)}" if right else ""
    return (
        Message(
            f"{english(en)}{for_zh} says something else{better}.",
            f"{of_zh}{english(en)}，意思不符{instead}。",
        ),
        Message(
            f"{english(en)}{for_zh} may say something else{better}. Does it?",
            f"{of_zh}{english(en)}，意思似有不符{instead}，请核对。",
        ),
    )


def answered(hit: Hit, answer: str, model: str, words: str) -> Hit:
    """A doubt with what the second reader says to it among its evidence."""
    text = {"yes": "agrees", "no": "disagrees", "unsure": "cannot tell"}[answer]
    quoted = f": {english(plain(words))}" if words else ""
    return replace(hit, evidence=(*hit.evidence, (LABEL, f"{model} {text}{quoted}")))


CHECKS = (replace(carded(__name__, NAME), scope="reader"),)
