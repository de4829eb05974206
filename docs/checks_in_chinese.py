"""The page of the checks in Chinese: what ``generate_checks.py`` writes in English, from the same registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aligncheck import language
from aligncheck.checks.base import Check
from aligncheck.reports.texts import CATEGORIES, SEVERITIES

HEAD = """\
# 检查项

[English](checks.md)

本页由`python docs/generate_checks.py`从各检查项自身生成；`aligncheck explain 检查项 --lang zh`可显示其中一项。\
在[配置文件](configuration.zh.md)中可关闭某项检查、更改其严重程度或设置其选项。\
严重程度的作用见[退出码、严重程度与结论](exit-codes.zh.md)。

**测量**方法：用`benchmarks/by_check.py`，版本{version}（{commit}），{date}，使用随附的术语库，不加配置；\
材料为{drafts}份公文译稿（每份埋设45至50处错误）及同文的正确译文，{pairs}对各含一处错误的句子及其正确译文，\
{traps}对看似有误而实际正确的句子{published}。\
问题落在埋设的错误上为“属实”，落在别处为误报，在正确译文中报出的一律算误报；存疑的问题（页面上按需显示）不计。\
“检出”指该检查项标出的错误占其类别全部错误的比例，同类的检查项各占一部分。\
词语模型和语义检查的权重调试时用过这些文本，对自己的文本期望应低一些，详见[测量结果](../benchmarks/README.md)。
"""
PUBLISHED = "，以及{size:,}字已出版的译文（其中几乎没有真正的错误）"
_READS = {"bitext": "对齐后的文件对", "document": "每份文件本身"}
_ALONE = {"zh": "中文文件", "en": "英文文件"}


def page(checks: list[Check], table: dict[str, Any], cell: Callable[[str], str], enough: int) -> str:
    """The whole page; ``table`` is what was counted, ``enough``: findings from which on a share is told."""
    size = table["published_characters"]
    published = PUBLISHED.format(size=size) if size else ""
    rows = [HEAD.format(published=published, **{k: v for k, v in table.items() if k != "checks"})]
    rows += ["| 检查项 | 类别 | 严重程度 | 查什么 | 属实 | 检出 |", "| --- | --- | --- | --- | --- | --- |"]
    for c in checks:
        row = table["checks"].get(c.name, {"of": 0})
        right = f"{total}处中{row['right']}处" if row["of"] and (total := row["right"] + row["wrong"]) else ""
        seen = f"{row['of']}处中{row['marked']}处" if row["of"] else ""
        columns = (
            f"[{c.name}](#{c.name})",
            CATEGORIES[c.category].zh,
            SEVERITIES[c.severity].zh,
            cell(c.title.zh),
            right,
            seen,
        )
        rows.append(f"| {' | '.join(columns)} |")
    return "\n".join(rows) + "\n\n" + "\n".join(_section(c, table, cell, enough) for c in checks)


def _section(check: Check, table: dict[str, Any], cell: Callable[[str], str], enough: int) -> str:
    reads = _READS.get(check.scope, "对齐后的文件对（启用[第二读者](second-reader.md)时）")
    if check.scope == "document" and len(check.languages) == 1:
        reads = _ALONE[check.languages[0]]
    rows = [f"## {check.name}", "", f"**{check.title.zh}**", "", check.why.zh, ""]
    weight = f"类别：{CATEGORIES[check.category].zh}；严重程度：{SEVERITIES[check.severity].zh}（问题另有标明的除外）"
    rows += [f"{weight}；检查对象：{reads}{'' if check.default else '；默认关闭'}。", ""]
    if check.silences:
        names = "、".join(CATEGORIES[s].zh for s in check.silences)
        rows += [f"报出后，其所标段落内以下类别的问题不再另报：{names}。", ""]
    if check.examples:
        rows += ["| 原文 | 译文 | |", "| --- | --- | --- |"]
        rows += [
            f"| {cell(e.source)} | {cell(e.target)} | {'报出' if e.hits else '不报'} |"
            for e in check.examples
        ]
        rows.append("")
    if check.options:
        rows += ["| 选项 | 默认值 | |", "| --- | --- | --- |"]
        rows += [
            f"| `{n}` | `{cell(repr(o.default))}` | {cell(language.both(o.help).zh)} |"
            for n, o in check.options.items()
        ]
        rows.append("")
    if told := _measured(check, table, enough):
        rows += [told, ""]
    if check.false_alarms is not None:
        rows += [f"已知误报：{check.false_alarms.zh}", ""]
    return "\n".join(rows)


def _measured(check: Check, table: dict[str, Any], enough: int) -> str:
    row = table["checks"].get(check.name)
    if row is None:
        return ""
    total, of = row["right"] + row["wrong"], row["of"]
    if of:
        share = f"（精确率{row['right'] / total:.2f}）" if total >= enough else ""
        said = [f"报出{total}处，{row['right']}处属实{share}" if total else "没有报出"]
        said.append(f"同类错误{of}处，标出{row['marked']}处（召回率{row['marked'] / of:.2f}）")
    else:
        said = [f"在没有埋设此类错误的文本中报出{total}处"]
    if table["published_characters"]:
        said.append(f"在已出版的译文中报出{row['published']}处")
    return f"{table['date']}测量：{'；'.join(said)}。"
