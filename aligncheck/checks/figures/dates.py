"""Dates, years, plan periods, weekdays and times that differ."""

from __future__ import annotations

from aligncheck.checks.base import Check, Example
from aligncheck.checks.figures.compared import hits
from aligncheck.model import Category, Message, Severity

CHECKS = (
    Check(
        name="dates",
        category=Category.DATE,
        severity=Severity.MAJOR,
        title=Message("Dates and periods that differ", "日期或时段不一致"),
        why=Message(
            "A wrong year, quarter or plan period puts a fact into another time; a later document will quote it so.",
            "年份、季度或规划期写错，事实就被放到了另一个时间，并会被后来的文件沿用。",
        ),
        run=lambda bitext, context: hits(bitext, context, Category.DATE),
        examples=(
            Example("2031年3月5日开馆。", "It opened on May 3, 2031.", 1, "day and month changed places"),
            Example("2031年3月5日开馆。", "It opened on 5 March 2031.", 0),
            Example("“十四五”期间", "during the 13th Five-Year Plan period", 1),
            Example("20世纪90年代", "in the 1990s", 0),
        ),
        false_alarms=Message(
            "A year that the English left out because the sentence before names it.",
            "上一句已写明年份、本句从略的情况。",
        ),
    ),
)
