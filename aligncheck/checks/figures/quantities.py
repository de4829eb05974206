"""Quantities: counts, shares, changes, ordinals and codes that differ in value."""

from __future__ import annotations

from aligncheck.checks.base import Check, Example
from aligncheck.checks.figures.compared import hits
from aligncheck.model import Category, Message, Severity

CHECKS = (
    Check(
        name="quantities",
        category=Category.NUMBER,
        severity=Severity.MAJOR,
        title=Message("Figures that differ", "数字不一致"),
        why=Message(
            "A wrong figure is what embarrasses an office most, and the reader cannot see it: 万 and 亿 do not "
            "match thousand and million, so a slip is easily ten or a hundred times off.",
            "数字错误最伤公信力，而且读者看不出来：万、亿与 thousand、million 不对应，一不小心就差十倍、百倍。",
        ),
        run=lambda bitext, context: hits(bitext, context, Category.NUMBER),
        examples=(
            Example(
                "全年疏散转移3.6万人。", "A total of 360,000 people were evacuated.", 1, "ten times too large"
            ),
            Example("全年疏散转移3.6万人。", "A total of 36,000 people were evacuated.", 0),
            Example("收入增长1.2倍。", "Revenue grew to 120% of the former level.", 1, "by, not to"),
            Example("收入增长1.2倍。", "Revenue grew by 120%.", 0, "1.2 times more is 120% more"),
            Example("失业率控制在6%以内。", "The unemployment rate will be at least 6%.", 1),
            Example("近五成企业已完成改造。", "Nearly half of the companies have been upgraded.", 0),
        ),
        false_alarms=Message(
            "A figure that the translator left out on purpose or put into another paragraph; a number that is part "
            "of a name the glossary does not hold.",
            "译者有意省略或移到别段的数字；术语表未收的名称里的数字。",
        ),
    ),
)
