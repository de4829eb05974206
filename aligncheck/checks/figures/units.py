"""Measure units that differ, and wrong conversions."""

from __future__ import annotations

from aligncheck.checks.base import Check, Example
from aligncheck.checks.figures.compared import hits
from aligncheck.model import Category, Message, Severity

CHECKS = (
    Check(
        name="units",
        category=Category.UNIT,
        severity=Severity.MAJOR,
        title=Message("Units and conversions", "计量单位与换算"),
        why=Message(
            "The number may be right and the statement still wrong: square meters for hectares, dollars for yuan, "
            "or a conversion from mu that is off.",
            "数字对了，单位错了，意思仍然错：公顷写成平方米，元写成美元，亩的换算有误。",
        ),
        run=lambda bitext, context: hits(bitext, context, Category.UNIT),
        examples=(
            Example("新增绿地90公顷。", "We added 90 square meters of green space.", 1),
            Example(
                "建成高标准农田3万亩。",
                "We developed 30,000 mu (2,000 hectares) of cropland.",
                0,
                "15 mu a hectare",
            ),
            Example("建成高标准农田3万亩。", "We developed 30,000 mu (20,000 hectares) of cropland.", 1),
        ),
        false_alarms=Message(
            "A converted figure that was rounded more coarsely than to one percent.",
            "换算后取整误差超过百分之一的数值。",
        ),
    ),
)
