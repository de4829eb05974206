"""The page's pictures as inline SVG: coloured by classes, so that they follow the page's colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligncheck.language import msg
from aligncheck.model import Bead, Report, Severity
from aligncheck.reports.html_words import both, in_both, word
from aligncheck.reports.texts import CATEGORIES, SEVERITIES
from aligncheck.reports.view import Row

#: The minimap joins neighbouring rows to at most so many strips.
STRIPS = 400
#: The quality curve has at most so many points, the alignment picture so many bands.
POINTS = 160
BANDS = 240


def minimap(rows: Sequence[Row]) -> str:
    """The whole document as a strip, coloured by the gravest finding of each stretch."""
    total = sum(r.size for r in rows) or 1
    at = 0
    strips: list[tuple[int, int, int, Severity | None]] = []  # start, end, row, worst
    for row in rows:
        start, at = at, at + row.size
        if strips and (start - strips[-1][0]) * STRIPS < total:
            first, _, shown, worst = strips[-1]
            graver = row.worst is not None and (worst is None or row.worst > worst)
            strips[-1] = (first, at, row.index if graver else shown, row.worst if graver else worst)
        else:
            strips.append((start, at, row.index, row.worst))
    out = [
        f'<nav class="map" id="map" {word("The whole document by severity", "aria-label")}>'
        '<svg viewBox="0 0 10 1000" preserveAspectRatio="none" aria-hidden="true">'
    ]
    for start, end, row_index, worst in strips:
        y, height = 1000 * start / total, 1000 * (end - start) / total
        if worst is None:
            continue
        out.append(
            f'<a href="#r{row_index}" tabindex="-1"><rect class="{worst.value}" x="0" y="{y:.1f}" '
            f'width="10" height="{max(height, 2.5):.1f}"/></a>'
        )
    out.append('<rect id="view" x="0" y="0" width="10" height="0"/></svg></nav>\n')
    return "".join(out)


def category_plot(report: Report) -> str:
    """Stacked bars of the findings, one a category, the longest first, the doubts counted apart."""
    live = [f for f in report.findings if f.waived is None]
    counts = Counter((f.category, f.severity) for f in live)
    totals = Counter(f.category for f in live if f.severity is not Severity.NEUTRAL)
    doubts = Counter(f.category for f in live if f.severity is Severity.NEUTRAL)
    if not live:
        return f'<p class="quiet">{both("Nothing was found.")}</p>'
    widest = max(totals.values(), default=1)
    rows = []
    for category in sorted({f.category for f in live}, key=lambda c: (-totals[c], -doubts[c], c.value)):
        x = 0.0
        bars = []
        for severity in reversed(Severity):
            count = counts[category, severity]
            if count and severity is not Severity.NEUTRAL:
                width = 100 * count / widest
                name = SEVERITIES[severity]
                said = word("{count} {level}", "data-text", count=count, level=name)
                bars.append(
                    f'<rect class="{severity.value}" x="{x:.2f}" y="0" width="{width:.2f}" height="10">'
                    f"<title {said}>{count} {name.en}</title></rect>"
                )
                x += width
        rows.append(
            f'<tr><th scope="row">{in_both(CATEGORIES[category])}</th>'
            f'<td class="bar-cell"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(bars)}</svg></td>'
            f'<td>{totals[category]}</td><td class="doubts">{doubts[category] or ""}</td></tr>'
        )
    return (
        f'<table class="bars"><thead><tr><th scope="col">{both("Category")}</th><td></td>'
        f'<th scope="col">{both("findings")}</th><th scope="col">{both("doubts")}</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def quality_plot(report: Report, rows: Sequence[Row]) -> str:
    """Estimated quality along the document, with the findings as ticks below."""
    weighted: list[tuple[int, float, int]] = []  # size, quality, row
    for row in rows:
        bead = None if row.bead is None else report.alignments[row.bead]
        if bead is not None and bead.quality is not None:
            weighted.append((row.size, bead.quality, row.index))
    if len(weighted) < 2:
        return f'<p class="quiet">{both("No quality was estimated.")}</p>'
    total = sum(size for size, _, _ in weighted)
    mean = sum(size * quality for size, quality, _ in weighted) / total
    points = _binned(weighted, total)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    width = sum(r.size for r in rows) or 1
    ticks, at = [], 0
    for row in rows:
        if row.worst is not None and row.worst > Severity.NEUTRAL:
            x = 600 * (at + row.size / 2) / width
            ticks.append(
                f'<a href="#r{row.index}" tabindex="-1"><rect class="{row.worst.value}" x="{x - 1.2:.1f}" y="128" width="2.4" height="14"/></a>'
            )
        at += row.size
    low = min(quality for _, quality, _ in weighted)
    text = msg("Estimated quality along the document: mean {mean:.2f}, lowest {low:.2f}")
    label = word(text, "aria-label", mean=mean, low=low)
    grid = "".join(f'<line class="grid" x1="0" x2="600" y1="{y}" y2="{y}"/>' for y in (10, 65, 120))
    return (
        f'<svg class="plot" viewBox="-38 0 648 150" role="group" {label}>'
        f'{grid}<text x="-6" y="14" class="axis">1</text><text x="-6" y="69" class="axis">0.5</text>'
        f'<text x="-6" y="124" class="axis">0</text>'
        f'<polygon class="area" points="0,120 {line} 600,120"/><polyline class="line" points="{line}"/>'
        f'<g aria-hidden="true">{"".join(ticks)}</g></svg>'
    )


def _binned(weighted: Sequence[tuple[int, float, int]], total: int) -> list[tuple[float, float]]:
    step = total / POINTS
    points: list[tuple[float, float]] = []
    at, size, value, start = 0, 0, 0.0, 0
    for length, quality, _ in weighted:
        at += length
        size += length
        value += length * quality
        if size >= step or at == total:
            points.append((600 * (start + at) / 2 / total, 10 + 110 * (1 - min(max(value / size, 0.0), 1.0))))
            start, size, value = at, 0, 0.0
    return [(0.0, points[0][1]), *points, (600.0, points[-1][1])]


def alignment_plot(report: Report, rows: Sequence[Row]) -> str:
    """The two documents as tracks, what belongs together as bands between them; gaps stay open."""
    assert report.target is not None
    source = _positions(report, "source")
    target = _positions(report, "target")
    bands: list[tuple[float, float, float, float, str, int]] = []
    gaps: list[tuple[float, float, str, int]] = []
    row_of = {row.bead: row.index for row in rows if row.bead is not None}
    for number, bead in enumerate(report.alignments):
        a, b = _extent(bead.source, source), _extent(bead.target, target)
        row = row_of.get(number, 0)
        if a and b:
            kind = "moved" if bead.moved else _shade(bead)
            if bands and kind == bands[-1][4] and _follows(bands[-1], a, b):
                bands[-1] = (bands[-1][0], a[1], bands[-1][2], b[1], kind, bands[-1][5])
            else:
                bands.append((*a, *b, kind, row))
        elif a:
            gaps.append((*a, "source", row))
        elif b:
            gaps.append((*b, "target", row))
    out = []
    for a0, a1, b0, b1, kind, row in bands:
        out.append(
            f'<a href="#r{row}" tabindex="-1"><polygon class="band {kind}" points="{a0:.1f},24 {a1:.1f},24 {b1:.1f},116 {b0:.1f},116"/></a>'
        )
    for x0, x1, side, row in gaps:
        y = 12 if side == "source" else 116
        out.append(
            f'<a href="#r{row}" tabindex="-1"><rect class="hole" x="{x0:.1f}" y="{y}" width="{max(x1 - x0, 1.6):.1f}" height="12"/></a>'
        )
    moved = sum(b.moved for b in report.alignments)
    text = msg("{pairs} pairs, {gaps} without counterpart, {moved} moved")
    label = word(text, "aria-label", pairs=len(report.alignments), gaps=len(gaps), moved=moved)
    names = {"zh": "中", "en": "EN"}
    return (
        f'<svg class="plot" viewBox="-38 0 648 140" role="group" {label}>'
        f'<rect class="track" x="0" y="12" width="600" height="12"/><rect class="track" x="0" y="116" width="600" height="12"/>'
        f'<text x="-6" y="22" class="axis">{names[report.source.language]}</text>'
        f'<text x="-6" y="126" class="axis">{names[report.target.language]}</text>'
        f'<g aria-hidden="true">{"".join(out)}</g></svg>'
        f'<p class="key"><span><i class="k-band"></i>{both("paired")}</span> '
        f'<span><i class="k-weak"></i>{both("weakly")}</span> '
        f'<span><i class="k-moved"></i>{both("moved")}</span> '
        f'<span><i class="k-hole"></i>{both("no counterpart")}</span></p>'
    )


def _shade(bead: Bead) -> str:
    return "weak" if bead.quality is not None and bead.quality < 0.5 else "firm"


def _follows(
    band: tuple[float, float, float, float, str, int], a: tuple[float, float], b: tuple[float, float]
) -> bool:
    """Whether the pair goes straight on from the band, which is still narrow."""
    near = abs(a[0] - band[1]) < 0.8 and abs(b[0] - band[3]) < 0.8
    return near and a[1] - band[0] < 600 / BANDS * 2


def _positions(report: Report, side: str) -> dict[int, tuple[float, float]]:
    document = report.source if side == "source" else report.target
    assert document is not None
    total = sum(len(b.text) for b in document.blocks) or 1
    found: dict[int, tuple[float, float]] = {}
    base = 0
    for block in document.blocks:
        for segment in block.segments:
            found[segment.id] = (600 * (base + segment.start) / total, 600 * (base + segment.end) / total)
        base += len(block.text)
    return found


def _extent(segments: Sequence[int], places: dict[int, tuple[float, float]]) -> tuple[float, float] | None:
    known = [places[s] for s in segments if s in places]
    return (min(a for a, _ in known), max(b for _, b in known)) if known else None
