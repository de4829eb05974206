"""Borders and order: passages run together, broken up, or moved."""

from __future__ import annotations

from collections.abc import Iterator

from aligncheck.checks import calibration
from aligncheck.checks.base import Check, Example
from aligncheck.checks.context import Context
from aligncheck.checks.events import events
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import en, zh
from aligncheck.model import Bitext, Category, Hit, Message, Severity

#: So sure an omission of a paragraph speaks against its having been joined to the next.
_MISSING = 0.8


def run_merge(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report Chinese blocks that stand in one English block."""
    judgement = judged(bitext, context)
    happened = events(bitext, context)
    # What is missing as a whole does not run together with what stands there.
    missing = {
        span.block
        for omission in happened.omissions
        if omission.whole and calibration.confidence("omission", omission.features) >= _MISSING
        for span in omission.spans
    }
    for border in happened.merges:
        if sum(span.block not in missing for span in border.many) < 2:
            continue
        first, second = (judgement.chinese.slice(s) for s in border.many[:2])
        behind = judgement.english.blocks[border.one.block].text[border.at[0].start :]
        count = len(border.many)
        yield Hit(
            Message(
                f"{count} Chinese paragraphs run together in one English paragraph; {zh(second, 24)} should begin "
                f"a new one at {en(behind, 50)}.",
                f"{count}个中文段落在英文中并为一段；{zh(second, 24)}应另起一段，自{en(behind, 50)}处分开。",
            ),
            tuple(border.many),
            (*border.at,),
            calibration.confidence("merge", border.features),
            Severity.MINOR,
            Category.MERGE,
            evidence=(("first paragraph", zh(first)), ("second paragraph", zh(second))),
        )


def run_split(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report one Chinese block over several English blocks."""
    judgement = judged(bitext, context)
    for border in events(bitext, context).splits:
        whole = judgement.chinese.slice(border.one)
        second = judgement.english.slice(border.many[1])
        count = len(border.many)
        yield Hit(
            Message(
                f"The paragraph {zh(whole, 24)} is broken into {count} English paragraphs, at {en(second, 50)}.",
                f"段落{zh(whole, 24)}在英文中分成了{count}段，断在{en(second, 50)}处。",
            ),
            (border.one,),
            tuple(border.many),
            calibration.confidence("split", border.features),
            Severity.MINOR,
            Category.SPLIT,
        )


def run_order(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report blocks and sentences that stand in another place than their order demands."""
    judgement = judged(bitext, context)
    for move in events(bitext, context).moves:
        a, b = judgement.chinese.slice(move.chinese[0]), judgement.english.slice(move.english[0])
        if move.exchanged:
            c = judgement.chinese.slice(move.chinese[-1])
            message = Message(
                f"{zh(a, 24)} and {zh(c, 24)} stand in the reverse order in the English.",
                f"{zh(a, 24)}与{zh(c, 24)}在英文中前后颠倒。",
            )
        else:
            where, ort = ("earlier", "靠前") if move.earlier else ("later", "靠后")
            message = Message(
                f"{zh(a, 24)} comes {where} in the English ({en(b, 50)}) than in the Chinese.",
                f"{zh(a, 24)}在英文中的位置（{en(b, 50)}）比原文{ort}。",
            )
        yield Hit(
            message,
            tuple(move.chinese),
            tuple(move.english),
            calibration.confidence("order", move.features),
            Severity.MAJOR,
        )


CHECKS = (
    Check(
        name="merge",
        whole=True,
        category=Category.MERGE,
        severity=Severity.MINOR,
        title=Message("Paragraphs run together", "段落合并"),
        why=Message(
            "Official texts are quoted by paragraph and heading; where two are run together, references go astray.",
            "正式文件常按段落和标题引用；段落合并后，引用便对不上。",
        ),
        run=run_merge,
        examples=(
            Example(
                "提高养老服务水平，新增养老床位3000张。\n加快发展学前教育，新建幼儿园20所。",
                "We raised the level of elderly care and added 3,000 nursing beds. We accelerated preschool education and "
                "built 20 new kindergartens.",
                1,
            ),
            Example(
                "提高养老服务水平，新增养老床位3000张。\n加快发展学前教育，新建幼儿园20所。",
                "We raised the level of elderly care and added 3,000 nursing beds.\nWe accelerated preschool education and "
                "built 20 new kindergartens.",
                0,
            ),
        ),
        false_alarms=Message(
            "A text whose layout joins paragraphs on purpose, or line breaks lost in conversion.",
            "版式有意合段，或转换格式时丢失了换行。",
        ),
    ),
    Check(
        name="split",
        whole=True,
        category=Category.SPLIT,
        severity=Severity.MINOR,
        title=Message("Paragraph broken up", "段落拆分"),
        why=Message(
            "One paragraph of the source stands as several in the translation, so that paragraphs no longer correspond.",
            "原文的一段在译文中分为几段，段落不再一一对应。",
        ),
        run=run_split,
        examples=(
            Example(
                "提高养老服务水平，新增养老床位3000张。加快发展学前教育，新建幼儿园20所。",
                "We raised the level of elderly care and added 3,000 nursing beds.\nWe accelerated preschool education and "
                "built 20 new kindergartens.",
                1,
            ),
            Example(
                "提高养老服务水平，新增养老床位3000张。加快发展学前教育，新建幼儿园20所。",
                "We raised the level of elderly care and added 3,000 nursing beds. We accelerated preschool education and "
                "built 20 new kindergartens.",
                0,
            ),
        ),
        false_alarms=Message(
            "A list that the translation sets out in lines, or line breaks added in conversion.",
            "译文将列举分行排列，或转换格式时多出了换行。",
        ),
    ),
    Check(
        name="order",
        whole=True,
        category=Category.ORDER,
        severity=Severity.MAJOR,
        title=Message("Moved passage", "次序变动"),
        why=Message(
            "A paragraph in another place changes what it belongs to, and readers of both texts cannot follow together.",
            "段落换了位置，归属随之改变，两种文本也无法对照阅读。",
        ),
        run=run_order,
        examples=(
            Example(
                "提高养老服务水平，新增养老床位3000张。\n加快发展学前教育，新建幼儿园20所。\n推进城市绿化，新增公园6处。",
                "We accelerated preschool education and built 20 new kindergartens.\nWe raised the level of elderly care "
                "and added 3,000 nursing beds.\nWe made the city greener and added six parks.",
                1,
            ),
            Example(
                "提高养老服务水平，新增养老床位3000张。\n加快发展学前教育，新建幼儿园20所。\n推进城市绿化，新增公园6处。",
                "We raised the level of elderly care and added 3,000 nursing beds.\nWe accelerated preschool education "
                "and built 20 new kindergartens.\nWe made the city greener and added six parks.",
                0,
            ),
        ),
        false_alarms=Message(
            "An alphabetical list that each language sorts in its own way.", "各语言按自己的规则排序的名单。"
        ),
    ),
)
