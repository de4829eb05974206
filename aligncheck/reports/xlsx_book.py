"""XLSX for editors: a row a finding, with both texts and a column for the decision.

``aligncheck check --waivers FILE`` reads the decisions back, ``aligncheck apply FILE DRAFT`` the wordings.
No text is ever a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from aligncheck.model import Document, Finding, MarkedSpan, Report, Severity
from aligncheck.reports.escape import xml_text
from aligncheck.reports.package import saving, timeless
from aligncheck.reports.places import place_name
from aligncheck.reports.texts import CATEGORIES, RENDERING_STATUS, SEVERITIES
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.view import in_reading_order

#: Excel's limit for a cell.
CELL = 32_767
#: How much of the text around a marked span a cell shows, in code points.
AROUND = 400

#: Heading and width; the first are the editor's, the rest is ours.
EDITORS = (
    ("Decision / 处理", 18),
    ("New wording / 改为", 26),
    ("Reason / 理由", 24),
    ("By / 姓名", 12),
    ("Until / 有效期至", 14),
    ("Note to the translator / 给译者的备注", 24),
)
COLUMNS = (
    *EDITORS,
    ("Severity / 严重程度", 12),
    ("Category / 类别", 16),
    ("Confidence / 可信度", 11),
    ("Place / 位置", 22),
    ("Source / 原文", 48),
    ("Target / 译文", 52),
    ("Message / 说明", 46),
    ("说明", 36),
    ("Suggestion / 建议", 26),
    ("Check / 检查项", 16),
    ("ID / 编号", 20),
    ("Words in the draft / 译文原词", 24),
    ("Place in the draft / 译文定位", 14),
)
#: What the list in the first column offers, by the kind of decision; "use" accepts with the suggestion.
DECISIONS = {
    "accept": "accept / 确认",
    "use": "use the suggestion / 采用建议",
    "waive": "waive / 豁免",
    "reject": "not an error / 误报",
    "note": "note / 备注",
}

_FILLS = {
    Severity.CRITICAL: "F9D7D8",
    Severity.MAJOR: "FBE3C2",
    Severity.MINOR: "DBE8F7",
    Severity.NEUTRAL: "EEEDE8",
}
_MARK = {
    Severity.CRITICAL: "A3182A",
    Severity.MAJOR: "93500A",
    Severity.MINOR: "2C5A93",
    Severity.NEUTRAL: "5B616B",
}


def render(report: Report) -> Iterable[bytes]:
    """The workbook: findings, summary, terms."""
    report = in_reading_order(report)
    book = Workbook()
    sheet = book.active
    _findings(sheet, report)
    _summary(book.create_sheet("Summary 摘要"), report)
    if report.terms:
        _terms(book.create_sheet("Terms 术语"), report)
    out = io.BytesIO()
    with saving():
        book.save(out)
    yield timeless(out.getvalue())


def _findings(sheet: Any, report: Report) -> None:
    sheet.title = "Findings 问题"
    _head(sheet, COLUMNS)
    top = Alignment(vertical="top", wrap_text=True)
    for number, finding in enumerate(report.findings, 2):
        values: list[Any] = [
            *_decision(finding),
            _weight(finding),
            f"{CATEGORIES[finding.category].en} / {CATEGORIES[finding.category].zh}",
            round(finding.confidence, 2),
            place_name(finding, report),
            _context(report.source, finding.source, finding),
            _context(report.target, finding.target, finding),
            finding.message.en,
            finding.message.zh,
            finding.suggestion,
            finding.check,
            finding.id,
            *_spot(finding.target),
        ]
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            _put(cell, value)
            cell.alignment = top
        sheet.cell(number, len(EDITORS) + 1).fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
    for column in range(1, len(EDITORS) + 1):
        sheet.cell(1, column).fill = PatternFill("solid", fgColor="FFF0C2")
    last = max(len(report.findings) + 1, 2)
    choice = DataValidation(type="list", formula1=f'"{",".join(DECISIONS.values())}"', allow_blank=True)
    choice.error = "Choose from the list, or leave it empty. / 请从列表中选择，或留空。"
    choice.prompt = (
        "accept: it is right, and will be mended (by the New wording, if you give one). waive: it may stay; "
        "say why.\n确认：问题属实，将修改（可填“改为”）。豁免：可不改，须写明理由。"
    )
    choice.promptTitle = choice.errorTitle = "Decision / 处理"
    choice.showErrorMessage = choice.showInputMessage = True
    sheet.add_data_validation(choice)
    choice.add(f"A2:A{last}")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(len(report.findings) + 1, 1)}"
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"


def _decision(finding: Finding) -> list[str]:
    """The editor's columns: what is decided already."""
    decided = finding.decided
    waived = finding.waived if finding.waived is not None and finding.waived.kind == "waiver" else None
    kind = decided.kind if decided is not None else "waive" if waived is not None else ""
    return [
        DECISIONS[kind] if kind else "",
        decided.wording if decided is not None else "",
        waived.reason if waived is not None else "",
        waived.by if waived is not None else decided.by if decided is not None else "",
        waived.until if waived is not None else "",
        decided.comment if decided is not None else "",
    ]


def _weight(finding: Finding) -> str:
    severity = SEVERITIES[finding.severity]
    baseline = finding.waived is not None and finding.waived.kind == "baseline"
    return f"{severity.en} / {severity.zh}" + (" (baseline / 基线)" if baseline else "")


def _spot(spans: Sequence[MarkedSpan]) -> list[str]:
    """The first marked words of the draft and where they stand, for those who put the new wording there."""
    first = next((s for s in spans if s.text), None)
    return ["", ""] if first is None else [first.text, f"{first.block}:{first.start}-{first.end}"]


def _verdict(report: Report) -> str:
    verdict = verdict_of(report)
    return f"{verdict.head.en} / {verdict.head.zh}: {verdict.why.en} / {verdict.why.zh}"


def _summary(sheet: Any, report: Report) -> None:
    _head(sheet, (("", 34), ("", 60)))
    sheet.delete_rows(1)
    rows: list[tuple[str, Any]] = [("Verdict / 结论", _verdict(report))]
    rows.append(("Source / 原文", report.source.path))
    if report.target is not None:
        rows.append(("Target / 译文", report.target.path))
    rows.append(("Penalty per 1,000 / 每千字扣分", report.summary.penalty_per_1000))
    live = [f for f in report.findings if f.waived is None]
    for severity in reversed(Severity):
        name = SEVERITIES[severity]
        rows.append((f"{name.en} / {name.zh}", sum(f.severity is severity for f in live)))
    for category, title in CATEGORIES.items():
        count = sum(f.category is category for f in live)
        if count:
            rows.append((f"{title.en} / {title.zh}", count))
    rows.append(("Waived / 已豁免", len(report.findings) - len(live)))
    rows.append(("Tool / 工具", f"{report.tool.name} {report.tool.version}; {report.tool.signature}"))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
        sheet.cell(number, 1).font = Font(bold=True)


def _terms(sheet: Any, report: Report) -> None:
    columns = (("Term / 术语", 24), ("Due / 规范译法", 36), ("Rendered / 实际译法", 40), ("Count / 次数", 10))
    _head(sheet, (*columns, ("Status / 状态", 22)))
    number = 2
    for use in report.terms:
        for rendering in use.renderings:
            status = RENDERING_STATUS[rendering.status]
            row = (use.term, use.due, rendering.text, rendering.count, f"{status.en} / {status.zh}")
            for column, value in enumerate(row, 1):
                _put(sheet.cell(number, column), value)
            number += 1
    sheet.auto_filter.ref = f"A1:E{max(number - 1, 1)}"
    sheet.freeze_panes = "A2"


def _head(sheet: Any, columns: Sequence[tuple[str, int]]) -> None:
    for number, (name, width) in enumerate(columns, 1):
        cell = sheet.cell(1, number, name or None)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DCEBEC")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = width


def _put(cell: Any, value: Any) -> None:
    """Write a value; text stays text, whatever it begins with."""
    if isinstance(value, str):
        value = xml_text(value)[:CELL]
        cell.value = value
        cell.data_type = "s"
        if value[:1] in "=+-@\t":
            cell.quotePrefix = True
    else:
        cell.value = value


def _context(document: Document | None, spans: Sequence[MarkedSpan], finding: Finding) -> Any:
    """The text around the spans, those in bold."""
    if document is None or not spans or not 0 <= spans[0].block < len(document.blocks):
        return ""
    block = document.blocks[spans[0].block]
    inside = sorted((s.start, s.end) for s in spans if s.block == block.id)
    start = max(inside[0][0] - AROUND // 2, 0) if len(block.text) > 2 * AROUND else 0
    end = (
        min(max(inside[-1][1], start) + AROUND // 2, len(block.text))
        if len(block.text) > 2 * AROUND
        else len(block.text)
    )
    bold = InlineFont(b=True, color=_MARK[finding.severity])
    parts: list[Any] = ["…"] if start else []
    at = start
    for a, b in inside:
        a, b = max(a, at), min(b, end)
        if b <= a:
            continue
        if a > at:
            parts.append(xml_text(block.text[at:a]))
        parts.append(TextBlock(bold, xml_text(block.text[a:b])))
        at = b
    if at < end:
        parts.append(xml_text(block.text[at:end]))
    if end < len(block.text):
        parts.append("…")
    if sum(len(str(p)) for p in parts) > CELL or not any(isinstance(p, TextBlock) for p in parts):
        return "".join(str(p) for p in parts)
    return CellRichText(*parts)
