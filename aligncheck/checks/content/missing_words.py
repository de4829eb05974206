"""Chinese words that no English renders: a qualifier, an item, a condition, a whole clause."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.quoting import zh
from aligncheck.judge import suspects
from aligncheck.model import Bitext, Category, Hit, Message, Severity, SpanRef


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report the Chinese words that the judge takes for unrendered."""
    for read in context.reads:
        if not read.english or not read.chinese:
            continue  # a bead without a counterpart is an omission or an addition as a whole
        for found in suspects.missing(read):
            quoted = zh(bitext.source.slice(found.ref))
            yield Hit(
                Message(f"{quoted} is not rendered.", f"{quoted}没有译出。"),
                (found.ref,),
                _place(found),
                round(found.doubt, 3),
                Severity.MAJOR,
                Category.OMISSION,
                evidence=(("not rendered", f"{found.doubt:.2f}"),),
                question=Message(f"{quoted} may not be rendered. Is it?", f"{quoted}似未译出，请核对。"),
            )


def _place(found: suspects.Suspect) -> tuple[SpanRef, ...]:
    """Where the English would have it: behind what renders the words before, else before what renders the next."""
    read = found.read
    for numbers, at_end in (
        (range(found.words[0] - 1, -1, -1), True),
        (range(found.words[-1] + 1, len(read.chinese)), False),
    ):
        for n in numbers:
            if read.chinese[n].weight > 0 and read.links[n].max() >= 0.5:
                word = read.english[int(read.links[n].argmax())]
                at = word.end if at_end else word.start
                return (SpanRef(word.block, at, at),)
    return ()


CHECKS = (
    Check(
        name="missing-words",
        category=Category.OMISSION,
        severity=Severity.MAJOR,
        title=Message("Words not rendered", "词语漏译"),
        why=Message(
            "A qualifier, an item of a list or a condition that is left out changes what is promised or claimed, and "
            "the sentence still reads well.",
            "修饰语、并列项或条件漏译，承诺或论断的范围就变了，而译文读来照样通顺。",
        ),
        run=run,
        gives_way=(
            "omission",
            "wrong-sentence",
            "missing-item",
            "lost-qualifier",
            "negation",
            "untranslated",
        ),
        examples=(
            Example(
                "政府将优先支持山区贫困村修建蓄水池和灌溉渠道。",
                "The government will give priority to building reservoirs in mountain villages.",
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
            "What English says by a tense, an article or a word that carries two meanings at once, and set phrases "
            "that good English condenses.",
            "英文以时态、冠词或一词兼带两义表达的内容，以及宜作压缩的套语。",
        ),
    ),
)
