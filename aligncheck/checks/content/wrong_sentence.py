"""A wrong sentence in the right place: the English says something else than the Chinese it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.events import events
from aligncheck.checks.quoting import en, zh
from aligncheck.model import Bitext, Category, Hit, Message, Severity


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report English that stands in the place of Chinese it does not render."""
    for pair in events(bitext, context).replaced:
        a, b = zh(pair.omission.text), en(pair.addition.text)
        yield Hit(
                Message(f"{b} stands where {a} should be rendered, but says something else.",
                        f"{a}处的译文是{b}，两者意思不符。"),
                tuple(pair.omission.spans),
                tuple(pair.addition.spans),
                calibration.confidence("replaced", pair.features),
                Severity.MAJOR,
                evidence=(("not rendered", f"{pair.omission.score:.2f}"), ("not backed", f"{pair.addition.score:.2f}")),
            )  # fmt: skip


CHECKS = (
    Check(
        name="wrong-sentence",
        category=Category.MISTRANSLATION,
        severity=Severity.MAJOR,
        title=Message("Another sentence in its place", "译文与原文内容不符"),
        why=Message(
            "A sentence pasted from elsewhere or rendered with another meaning passes for the translation of "
            "the sentence in whose place it stands.",
            "从别处误贴的句子，或意思译错的句子，会被当作该处原文的译文。",
        ),
        run=run,
        silences=(Category.NUMBER, Category.DATE, Category.UNIT, Category.NAME, Category.TERMINOLOGY,
                  Category.INCONSISTENCY, Category.NUMBERING),
        examples=(
            Example(
                "建成地铁5号线。改造老旧小区60个。",
                "Metro Line 5 was completed. The orchestra toured eleven countries and gave thirty concerts.",
                1,
            ),
            Example(
                "建成地铁5号线。改造老旧小区60个。",
                "Metro Line 5 was completed. A total of 60 old residential communities were renovated.",
                0,
            ),
        ),
        false_alarms=Message(
            "A very free rendering that keeps the sense but none of the words.",
            "译法非常自由：意思保留，而用词完全不同。",
        ),
    ),
)  # fmt: skip
