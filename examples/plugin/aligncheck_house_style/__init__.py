"""Two checks of an office's own style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks.base import Check, Example, Option
from aligncheck.checks.context import Context
from aligncheck.model import Bitext, Category, Document, Hit, Message, Severity, SpanRef

PLAINER = {
    "utilize": "use",
    "in order to": "to",
    "prior to": "before",
    "a large number of": "many",
    "commence": "begin",
}


def plain_words(document: Document, context: Context) -> Iterator[Hit]:
    """Yield a hit for each word or phrase that has a plainer one.

    A check with the scope "document" sees one document at a time and marks spans in ``source``;
    aligncheck moves them to the right side when the document is the translation.
    """
    allowed = {word.strip() for word in context.option("plain-words", "allow").split(",")}
    plainer = {long: short for long, short in PLAINER.items() if long not in allowed}
    if not plainer:
        return
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, plainer)) + r")\b", re.IGNORECASE)
    for block in document.blocks:
        for found in pattern.finditer(block.text):
            short = plainer[found.group().lower()]
            yield Hit(
                Message(
                    f"“{found.group()}” has a plainer word: “{short}”.",
                    f"“{found.group()}”可改用更平实的“{short}”。",
                ),
                source=(SpanRef(block.id, found.start(), found.end()),),
                suggestion=short,
                confidence=0.9,
            )


def quiet_ending(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Yield a hit for each English exclamation mark that the Chinese of its bead does not have.

    A check with the scope "bitext" sees both documents and the beads that join them, the Chinese one as the
    source, whichever was named first; aligncheck turns what it says.
    """
    chinese, english = bitext.source.segments, bitext.target.segments
    for bead in bitext.beads:
        if not bead.source or any(sign in chinese[i].text for i in bead.source for sign in "！!"):
            continue
        for segment in (english[i] for i in bead.target):
            text = segment.text.rstrip()
            if text.endswith("!"):
                end = segment.start + len(text)
                yield Hit(
                    Message(
                        "The English sentence ends in an exclamation mark, the Chinese has none.",
                        "英文句末用了感叹号，中文原文没有。",
                    ),
                    target=(SpanRef(segment.block, end - 1, end),),
                    suggestion=".",
                    confidence=0.8,
                )


CHECKS = (
    Check(
        name="plain-words",
        category=Category.GRAMMAR,
        severity=Severity.MINOR,
        title=Message("Words with a plainer one", "可用更平实的词"),
        why=Message(
            "The style sheet of the office prefers short words: readers get the point sooner.",
            "本单位体例要求用词平实，便于读者理解。",
        ),
        run_document=plain_words,
        scope="document",
        languages=("en",),
        options={"allow": Option("", "Words that are fine all the same, separated by commas.")},
        examples=(
            Example("我们将使用新技术。", "We will utilize new technologies.", hits=1),
            Example("我们将使用新技术。", "We will use new technologies.", hits=0),
        ),
        false_alarms=Message("Quotations and names of programs.", "引文和项目名称。"),
    ),
    Check(
        name="quiet-ending",
        category=Category.PUNCTUATION,
        severity=Severity.MINOR,
        title=Message("Exclamation mark of the translator's own", "译文自加感叹号"),
        why=Message(
            "An exclamation mark that the source does not have changes the tone of an official text.",
            "原文没有感叹号而译文加上，会改变公文语气。",
        ),
        run=quiet_ending,
        examples=(
            Example("我们完成了任务。", "We fulfilled the task!", hits=1),
            Example("让我们努力奋斗！", "Let us work hard!", hits=0),
        ),
        false_alarms=Message("None known.", "未发现。"),
    ),
)
