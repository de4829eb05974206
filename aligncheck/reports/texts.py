"""What the reports say of their own, in both interface languages."""

from __future__ import annotations

from aligncheck.model import Category, Message, Severity

SEVERITIES: dict[Severity, Message] = {
    Severity.CRITICAL: Message("critical", "严重"),
    Severity.MAJOR: Message("major", "重要"),
    Severity.MINOR: Message("minor", "轻微"),
    Severity.NEUTRAL: Message("neutral", "提示"),
}

CATEGORIES: dict[Category, Message] = {
    Category.OMISSION: Message("omission", "漏译"),
    Category.ADDITION: Message("addition", "增译"),
    Category.MERGE: Message("merge", "合并"),
    Category.SPLIT: Message("split", "拆分"),
    Category.ORDER: Message("order", "次序"),
    Category.MISTRANSLATION: Message("mistranslation", "误译"),
    Category.UNTRANSLATED: Message("untranslated", "未译"),
    Category.TERMINOLOGY: Message("terminology", "术语"),
    Category.INCONSISTENCY: Message("inconsistency", "不一致"),
    Category.NUMBER: Message("number", "数字"),
    Category.DATE: Message("date", "日期"),
    Category.UNIT: Message("unit", "单位"),
    Category.NAME: Message("name", "名称"),
    Category.DUPLICATION: Message("duplication", "重复"),
    Category.NUMBERING: Message("numbering", "编号"),
    Category.PUNCTUATION: Message("punctuation", "标点"),
    Category.CHARACTERS: Message("characters", "字符"),
    Category.GRAMMAR: Message("grammar", "语法"),
}

RENDERING_STATUS: dict[str, Message] = {
    "preferred": Message("preferred", "首选"),
    "admitted": Message("admitted", "可用"),
    "deprecated": Message("deprecated", "不用"),
    "superseded": Message("superseded", "旧译"),
    "other": Message("not in the glossary", "术语库未收"),
}
