"""Columns and tables of PDF pages, as they are printed."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from aligncheck.model import Bitext, Document
from aligncheck.readers import read

BENCH = Path(__file__).resolve().parents[2] / "benchmarks" / "pdf_readers.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pdf_readers", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("pitch", [1.0, 1.5])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["one column", "two columns"])
def test_paragraphs_run_on_through_columns(
    bench: ModuleType, tmp_path: Path, layout: str, language: str, pitch: float
) -> None:
    expected = bench.make(tmp_path / "a.pdf", layout, language, pitch, False)
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Document)
    assert [bench.bare(b.text) for b in found] == [bench.bare(t) for t in expected]


@pytest.mark.parametrize("pitch", [1.0, 1.5])
def test_a_ruled_table_of_both_languages_is_pairs_a_row_each(
    bench: ModuleType, tmp_path: Path, pitch: float
) -> None:
    bench.make(tmp_path / "a.pdf", "ruled table", "zh", pitch, False)
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Bitext)
    assert found.paired
    rows = [
        (found.source.blocks[p.source[0]].text, found.target.blocks[p.target[0]].text) for p in found.given
    ]
    assert rows == list(zip(bench.CHINESE, bench.ENGLISH, strict=True))


#: How a table without upright rules may be set: columns in cm, alignment, style, a heading, numbers before the text.
BARE: dict[str, dict[str, Any]] = {
    "bare": {},
    "English first": {"turned": True},
    "in the middle of the row": {"align": "MIDDLE"},
    "a narrow gutter": {"widths": (8.4, 8.6), "style": [("LEFTPADDING", (0, 0), (-1, -1), 3)]},
    "level rules": {"style": [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")]},
    "headed": {"head": ["中文", "English"]},
    "numbered": {"head": ["序号", "原文", "译文"], "numbered": True, "widths": (1.8, 7, 8)},
    "below a title": {"title": "双语对照 Two Languages"},
}
TERMS = [
    ("公园", "Park"),
    ("老旧小区", "Old residential compound"),
    ("停车位", "Parking space"),
    ("管线", "Pipes"),
]


def set_table(path: Path, rows: Sequence[tuple[str, str]], **how: Any) -> Path:
    """A table printed by ReportLab; it runs over several pages where it is long."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    styles = {
        "zh": ParagraphStyle("zh", fontName="STSong-Light", wordWrap="CJK", fontSize=11, leading=16),
        "en": ParagraphStyle("en", fontName="Times-Roman", fontSize=11, leading=14),
        "title": ParagraphStyle(
            "title", fontName="STSong-Light", fontSize=18, leading=24, alignment=1, spaceAfter=10
        ),
    }
    table = [how["head"]] if "head" in how else []
    for number, (zh, en) in enumerate(rows, 1):
        row = [en, zh] if how.get("turned") else [zh, en]
        table.append([str(number), *row] if how.get("numbered") else row)
    cells = [
        [Paragraph(t, styles["zh" if any(c > "\u2e80" for c in t) else "en"]) for t in row] for row in table
    ]
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), how.get("align", "TOP")), *how.get("style", ())])
    widths = [w * cm for w in how.get("widths", (8, 9))]
    flow = [Paragraph(how["title"], styles["title"])] if "title" in how else []
    flow.append(Table(cells, colWidths=widths, style=style, repeatRows="head" in how))
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=2 * cm, rightMargin=2 * cm, invariant=1).build(flow)
    return path


def rows_of(found: Document | Bitext) -> list[tuple[str, str]]:
    assert isinstance(found, Bitext)
    assert found.paired
    sides = (found.source, found.target) if found.source.language == "zh" else (found.target, found.source)
    pairs = [
        (p.source, p.target) if found.source.language == "zh" else (p.target, p.source) for p in found.given
    ]
    return [
        (" ".join(sides[0].blocks[i].text for i in a), " ".join(sides[1].blocks[i].text for i in b))
        for a, b in pairs
    ]


@pytest.mark.parametrize("manner", BARE)
def test_a_table_that_no_rules_show(bench: ModuleType, tmp_path: Path, manner: str) -> None:
    texts = list(zip(bench.CHINESE, bench.ENGLISH, strict=True)) * 2
    rows = [(f"第{n}条{zh}", f"Article {n}. {en}") for n, (zh, en) in enumerate(texts, 1)]
    found = rows_of(read(set_table(tmp_path / "a.pdf", rows, **BARE[manner])))
    assert [row for row in found if row[0][:1] == "第"] == rows
    assert len(found) <= len(rows) + ("title" in BARE[manner])


def test_a_table_of_terms(tmp_path: Path) -> None:
    assert rows_of(read(set_table(tmp_path / "a.pdf", TERMS, widths=(5, 9)))) == TERMS


def test_columns_of_running_text_are_no_table(bench: ModuleType, tmp_path: Path) -> None:
    """Paragraphs that do not end at the same height on both sides."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    chinese = ParagraphStyle(
        "zh", fontName="STSong-Light", wordWrap="CJK", fontSize=11, leading=16, spaceAfter=8
    )
    english = ParagraphStyle("en", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6)
    frames = [Frame(x * cm, 2 * cm, 8.2 * cm, 25 * cm) for x in (2, 10.8)]
    document = BaseDocTemplate(
        str(tmp_path / "a.pdf"), pagesize=A4, pageTemplates=[PageTemplate(frames=frames)]
    )
    document.build(
        [
            *(Paragraph(t, chinese) for t in bench.CHINESE),
            FrameBreak(),
            *(Paragraph(t, english) for t in bench.ENGLISH),
        ]
    )
    found = read(tmp_path / "a.pdf")
    assert isinstance(found, Bitext)
    assert not found.paired
    assert [bench.bare(b.text) for b in found.source.blocks] == [bench.bare(t) for t in bench.CHINESE]
    assert [bench.bare(b.text) for b in found.target.blocks] == [bench.bare(t) for t in bench.ENGLISH]
