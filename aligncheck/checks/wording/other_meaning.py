"""English words that say something else than the Chinese words that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en, zh
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the English words that the judge takes for a rendering of another meaning."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue
        for found in suspects.wrong(read):
            shown, place = en(bitext.target.slice(found.ref)), found.partner_ref
            if place is None:
                message = Message(f"{shown} is not what the Chinese says.", f"{shown}与原文意思不符。")
                question = Message(
                    f"{shown} may not be what the Chinese says. Please compare.",
                    f"{shown}与原文意思似有出入，请核对。",
                )
            else:
                said = zh(bitext.source.slice(place))
                message = Message(f"{shown} does not mean {said}.", f"{shown}与{said}意思不符。")
                question = Message(
                    f"Does {shown} mean {said}? It may not.", f"{shown}与{said}意思似有出入，请核对。"
                )
            yield Hit(
                message,
                (place,) if place is not None else (),
                (found.ref,),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.MISTRANSLATION,
                evidence=(("another meaning", f"{found.doubt:.2f}"),),
                question=question,
            )


CHECKS = (
    Check(
        name="other-meaning",
        category=Category.MISTRANSLATION,
        severity=Severity.MAJOR,
        title=Message("Another meaning", "词义不符"),
        why=Message(
            "A word that means something else than the source misleads the reader without a trace.",
            "译词与原文意思不符，会误导读者而不留痕迹。",
        ),
        run=run,
        gives_way=(
            "wrong-sentence",
            "reversed-meaning",
            "another-statement",
            "look-alike-term",
            "negation",
            "terminology",
            "untranslated",
            "quantities",
            "dates",
            "units",
            "names",
            "counts",
        ),
        examples=(
            Example(
                "县医院增设了儿科门诊。",
                "The county hospital closed its pediatric clinic.",
                1,
                "told as a doubt",
            ),
            Example(
                "本市将为困难家庭的学生免费提供午餐。",
                "The city will provide free lunches for students from families in need.",
                0,
            ),
        ),
        false_alarms=Message(
            "A free rendering, an idiom rendered by its sense, a name that the model does not know.",
            "意译、按意义处理的成语，以及模型不认识的专名。",
        ),
    ),
)
