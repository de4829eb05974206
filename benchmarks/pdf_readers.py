"""Four ways to read PDF, on forty files made here: how many paragraphs and cells come back whole.

    pip install reportlab pdfminer.six pypdf
    python benchmarks/pdf_readers.py

A paragraph counts when one block of the reader's is the paragraph, blanks at line ends apart; a cell of a table
likewise.  The libraries' own text is cut where they cut it: pdfminer.six at its text boxes, pypdf and pypdfium2
at lines that end well before the margin, the best that can be done with lines alone.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, TableStyle

CHINESE = [
    "为改善城区环境，提高居民生活质量，制定本方案。实施期限为三年，市政府每年公布进展情况，接受社会监督。",
    "坚持先地下后地上、先民生后景观的原则，到期末建成区绿地率达到38.5%，人均公园面积达到16.2平方米。",
    "各区应当建立项目台账，按月调度，按季通报。对进展迟缓的项目，由市督查室约谈责任单位，并限期整改。",
    "市财政三年安排专项资金2.4亿元，其中第一年9000万元。鼓励社会力量参与投资和运营，收益按约定分配。",
    "新建改建道路应当同步敷设地下管线，并预留通信、供热等设施的位置，避免重复开挖。",
    "居民委员会应当组织居民商定停车、晾晒、堆物等公共事项，商定的办法应当张贴在楼门内。",
]
ENGLISH = [
    "This plan is drawn up to improve the urban environment and the quality of life. It runs for three years, and the "
    "municipal government will report on its progress every year.",
    "Work below ground comes before work above it, and people's needs come before scenery. By the end of the period, "
    "green space will make up 38.5% of the built-up area.",
    "Districts will keep a ledger of projects, review it every month, and publish the results every quarter. Where a "
    "project falls behind, the inspection office will summon those in charge.",
    "The municipal budget sets aside 240 million yuan over three years, 90 million of it in the first. Private partners "
    "are welcome to invest and operate, and returns will be shared as agreed.",
    "Underground pipes are to be laid when roads are built or rebuilt, with room left for cables and heating, so that "
    "no street is dug up twice.",
    "Residents' committees will have the residents agree on parking, drying and storage, and what is agreed is to be "
    "put up inside the door of every building.",
]
LAYOUTS = ("one column", "two columns", "ruled table", "bare table", "title over two columns")


def make(path: Path, layout: str, language: str, pitch: float, justified: bool) -> list[str]:
    """Write a PDF and give the texts that must come back."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def style(tongue: str, size: float = 11) -> ParagraphStyle:
        wide = (
            {"fontName": "STSong-Light", "wordWrap": "CJK"} if tongue == "zh" else {"fontName": "Times-Roman"}
        )
        more = {"alignment": TA_JUSTIFY} if justified and tongue == "en" else {}
        return ParagraphStyle("x", fontSize=size, leading=size * 1.2 * pitch, spaceAfter=7, **wide, **more)

    texts = CHINESE if language == "zh" else ENGLISH
    flow: list[object]
    expected = list(texts)
    if layout in ("ruled table", "bare table"):
        rows = [
            [Paragraph(z, style("zh")), Paragraph(e, style("en"))]
            for z, e in zip(CHINESE, ENGLISH, strict=True)
        ]
        look = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if layout == "ruled table":
            look.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        flow = [Table(rows, colWidths=[7.5 * cm, 8 * cm], style=TableStyle(look))]
        expected = [t for pair in zip(CHINESE, ENGLISH, strict=True) for t in pair]
    else:
        flow = [Paragraph(t, style(language)) for t in texts]
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    width, height = A4
    if "two columns" in layout:
        top = 3 * cm if layout.startswith("title") else 0
        frames = [Frame(x * cm, 2 * cm, 8 * cm, height * 0.42 - top, id=str(x)) for x in (2, 11)]
    else:
        frames = [Frame(2.5 * cm, 2 * cm, width - 5 * cm, height - 4 * cm)]
    title = (
        "临江市宜居城区建设工作方案"
        if language == "zh"
        else "Work Plan for a Livable Linjiang, Years One to Three"
    )

    def over(canvas: object, _: object) -> None:
        canvas.setFont("STSong-Light" if language == "zh" else "Times-Bold", 18)  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 2 * cm + height * 0.42 - 1.5 * cm, title)  # type: ignore[attr-defined]

    titled = layout.startswith("title")
    document.addPageTemplates([PageTemplate(frames=frames, **({"onPage": over} if titled else {}))])
    document.build(flow)
    return [*expected, title] if titled else expected


def files(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Forty files: layouts, languages, pitches, ragged and justified."""
    for layout in LAYOUTS:
        for language in ("zh", "en"):
            for pitch in (1.0, 1.5):
                for justified in (False, True):
                    path = folder / f"{layout}.{language}.{pitch}.{justified}.pdf"
                    yield layout, path, make(path, layout, language, pitch, justified)


def by_aligncheck(path: Path) -> list[str]:
    from aligncheck.model import Document
    from aligncheck.readers import read

    found = read(path)
    documents = [found] if isinstance(found, Document) else [found.source, found.target]
    return [b.text for d in documents for b in d.blocks]


def by_pdfminer(path: Path) -> list[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextBox

    return [box.get_text() for page in extract_pages(path) for box in page if isinstance(box, LTTextBox)]


def by_pypdf(path: Path) -> list[str]:
    from pypdf import PdfReader

    return paragraphs("\n".join(page.extract_text() for page in PdfReader(path).pages))


def by_pypdfium2(path: Path) -> list[str]:
    import pypdfium2

    return paragraphs("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)))


def paragraphs(text: str) -> list[str]:
    """Lines joined until one ends a sentence well before the widest line's end."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    widest = max(map(len, lines), default=0)
    found = [""]
    for line in lines:
        found[-1] += line + "\n"
        if line[-1] in "。.!?" and len(line) < 0.9 * widest:
            found.append("")
    return found


READERS: dict[str, Callable[[Path], list[str]]] = {
    "aligncheck": by_aligncheck,
    "pdfminer.six": by_pdfminer,
    "pypdf": by_pypdf,
    "pypdfium2": by_pypdfium2,
}


def bare(text: str) -> str:
    """A text without blanks where a line may have ended."""
    return re.sub(r"\s+", "", text)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        made = list(files(Path(name)))
        print(f"{len(made)} files\n")
        print("| reader | " + " | ".join(LAYOUTS) + " | all | s |\n| --- |" + " --: |" * (len(LAYOUTS) + 2))
        for reader, read in READERS.items():
            got = {layout: [0, 0] for layout in LAYOUTS}
            started = time.perf_counter()
            for layout, path, expected in made:
                blocks = [bare(b) for b in read(path)]
                got[layout][0] += sum(bare(t) in blocks for t in expected)
                got[layout][1] += len(expected)
            seconds = time.perf_counter() - started
            cells = [f"{a}/{b}" for a, b in got.values()]
            total = [sum(v[n] for v in got.values()) for n in (0, 1)]
            print(f"| {reader} | {' | '.join(cells)} | {total[0]}/{total[1]} | {seconds:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
