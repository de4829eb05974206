"""English words that no Chinese backs: a qualifier, an item or a claim that the translator put in."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import en
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the English words that the judge takes for unbacked."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue
        for found in suspects.added(read):
            quoted = en(bitext.target.slice(found.ref))
            yield Hit(
                Message(f"Nothing in the Chinese backs {quoted}.", f"原文中没有{quoted}的依据。"),
                _place(found),
                (found.ref,),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.ADDITION,
                evidence=(("not backed", f"{found.doubt:.2f}"),),
                question=Message(
                    f"{quoted} may have no source. Does the Chinese say it?",
                    f"{quoted}在原文中似无依据，请核对。",
                ),
            )


def _place(found: suspects.Suspect) -> tuple[SpanRef, ...]:
    """Where the Chinese would have it: behind the words that the English before it renders."""
    read = found.read
    for n in range(found.words[0] - 1, -1, -1):
        if read.english[n].weight > 0 and read.links[:, n].max() >= 0.5:
            word = read.chinese[int(read.links[:, n].argmax())]
            return (SpanRef(word.block, word.end, word.end),)
    return ()


CHECKS = (
    Check(
        name="added-words",
        category=Category.ADDITION,
        severity=Severity.MAJOR,
        title=Message("Words without a source", "词语增译"),
        why=Message(
            "A qualifier or a claim that the source does not make is the translator's, not the author's.",
            "原文没有的修饰语或论断，是译者的话，不是作者的话。",
        ),
        run=run,
        gives_way=("addition", "wrong-sentence", "unbacked-word", "negation", "repeated-text"),
        examples=(
            Example(
                "图书馆周末延长开放时间。",
                "The library stays open longer at weekends and offers free Wi-Fi and hot meals to visitors.",
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
            "What English has to spell out: the subject that Chinese leaves unsaid, a name's explanation.",
            "英文必须补足的内容，如中文省略的主语、专名的说明。",
        ),
    ),
)
