"""HTML, the translator's desk: one self-contained page, readable without scripts.

The page is static: the summary in front, then the two documents side by side, and the list of
findings.  The script only filters, links and keeps decisions.  The policy in the page's head
allows the page's own style and script by their hashes and nothing else; nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from aligncheck.language import msg
from aligncheck.model import Bead, Document, Finding, MarkedSpan, Report, Severity
from aligncheck.reports import evidence, html_summary
from aligncheck.reports.base import Reporter
from aligncheck.reports.escape import HIDDEN, describe, html, pieces, shorten, visible
from aligncheck.reports.html_assets import assets, head, tools
from aligncheck.reports.html_decided import decided_lines, decisions
from aligncheck.reports.html_pairs import links_of, words_of
from aligncheck.reports.html_precedents import precedents_by_alignment, shown_precedents
from aligncheck.reports.html_words import both, in_both, word
from aligncheck.reports.plots import minimap
from aligncheck.reports.serial import span_data
from aligncheck.reports.texts import (
    CATEGORIES,
    DECISIONS,
    LEVELS,
    SEVERITIES,
)
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.view import Part, Piece, Row, in_reading_order, row_of_finding, rows_of
from aligncheck.reports.xml_report import ITS_SEVERITY

#: Rows that the browser lays out together; keeps very long blocks from being one.
GROUP = 24


def render(report: Report) -> Iterable[bytes]:
    """The page in pieces, UTF-8."""
    for text in _page(report):
        yield text.encode("utf-8", "replace")


def _page(report: Report) -> Iterator[str]:
    style, script = assets("shared", "books", "desk")
    rows = rows_of(report)
    report = in_reading_order(report, rows)
    rows = rows_of(report)
    homes = row_of_finding(rows, report.findings)
    names = anchors_of(report.findings)
    numbers = numbers_of(report.findings)
    title = html(html_summary.title(report))
    yield head(f"{title} – aligncheck", style, script)
    yield (
        f'<a class="skip" href="#summary">{both("To the summary")}</a>'
        f'<a class="skip" href="#desk">{both("To the texts")}</a>'
        f'<a class="skip" href="#findings">{both("To the findings")}</a>\n'
    )
    yield _bar(report)
    yield "<main>\n"
    yield from html_summary.summary(report, rows, names)
    yield _desk_head(report)
    yield minimap(rows)
    yield from _texts(report, rows, Names(names, numbers))
    yield from _list(report, homes, Names(names, numbers), Counter(n for r in rows for n in set(r.findings)))
    yield "</section>\n</main>\n"
    yield _footer(report)
    yield _dialogs()
    yield f'<script type="application/json" id="data">{_data(report, rows)}</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _bar(report: Report) -> str:
    verdict = verdict_of(report)
    return (
        '<header class="bar" id="top">'
        '<a class="brand" href="#top"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        '<path d="M3 5h8M3 10h6M3 15h8M3 20h5M14 5h7M15 10h6M14 15h4" /><path class="tick" d="M14 19l2.5 2.5L22 16"/>'
        "</svg>aligncheck</a>"
        f'<nav {word("Parts of this page", "aria-label")}><a href="#summary">{both("Summary")}</a>'
        f'<a href="#desk">{both("Texts")}</a><a href="#findings">{both("Findings")}</a></nav>'
        f'<span class="chip verdict {verdict.kind}" id="chip">{in_both(verdict.head)}</span>'
        '<span class="tools needs-js">'
        f'<label class="find"><span class="sr">{both("Search")}</span>'
        f'<input id="q" type="search" {word("Search texts and findings", "placeholder")} autocomplete="off" spellcheck="false"></label>'
        f"{tools()}"
        f'<button type="button" id="help" {word("Keyboard help", "aria-label")} {word("Keyboard help", "title")}>?</button>'
        "</span></header>\n"
    )


def _desk_head(report: Report) -> str:
    single = " single" if report.target is None else ""
    return f'<section class="desk{single}" id="desk" {word("Texts and findings", "aria-label")}>\n'


def _texts(report: Report, rows: Sequence[Row], names: Names) -> Iterator[str]:
    sides = [report.source] + ([report.target] if report.target is not None else [])
    yield f'<div class="texts" role="table" tabindex="-1" id="texts" {word("Texts", "aria-label")}>\n'
    yield '<div class="thead" role="rowgroup"><div class="r" role="row"><div class="n" role="columnheader">'
    yield f'<span class="sr">{both("Line")}</span></div>'
    for document in sides:
        yield (
            f'<div class="c" role="columnheader"><b>{both(_SIDE[document.language])}</b> '
            f'<bdi class="path">{html(document.path)}</bdi></div>'
        )
    yield "</div></div>\n"
    for group in _groups(rows):
        yield '<div class="g" role="rowgroup">\n'
        for row in group:
            yield _row(report, row, sides, names)
        yield "</div>\n"
    yield "</div>\n"


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that share blocks, at most :data:`GROUP` together."""
    group: list[Row] = []
    for row in rows:
        opens = all(cell[0].opens for cell in (row.source, row.target) if cell)
        if group and (len(group) >= GROUP or (opens and len(group) >= 6)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _row(report: Report, row: Row, sides: Sequence[Document], names: Names) -> str:
    bead = None if row.bead is None else report.alignments[row.bead]
    kind = next((p.block.kind for p in (*row.source, *row.target)), "paragraph")
    level = next((p.block.level for p in (*row.source, *row.target)), 0)
    classes = f"r k-{kind}" + (f" h{min(level, 3)}" if kind == "heading" else "")
    if row.worst is not None:
        classes += f" s-{row.worst.value}"
    if bead is not None and bead.moved:
        classes += " moved"
    place = next((p.block.place for p in (*row.source, *row.target) if p.block.place.label()), None)
    label = ""
    if place is not None:
        label = shorten(place.unit, 18) if place.unit else str(place.line or "") or place.label()
    opens = any(cell[0].opens for cell in (row.source, row.target) if cell)
    note = ""
    if bead is not None:
        note = " " + _bead_title(bead)
    moved = f'<span class="mv">{both("moved")}</span>' if bead is not None and bead.moved else ""
    out = [
        f'<div class="{classes}" id="r{row.index}" role="row"><div class="n" role="cell"{note}>'
        + (f'<a href="#r{row.index}">{html(label)}</a>' if opens and label else "")
        + f"{moved}</div>"
    ]
    cells = (row.source, row.target)
    for document, parts, other in zip(sides, cells, reversed(cells), strict=False):
        out.append(_cell(report, names, document, parts, bool(other) and len(sides) > 1))
    out.append("</div>\n")
    if row.bead is not None and report.precedents:
        out.append(shown_precedents(precedents_by_alignment(report.precedents).get(row.bead, ())))
    return "".join(out)


def _bead_title(bead: Bead) -> str:
    """How a passage was paired, as the hint at its number."""
    if bead.quality is None:
        return word(msg("{kind}, moved") if bead.moved else "{kind}", "title", kind=bead.kind)
    text = msg("{kind}, quality {q}, moved") if bead.moved else msg("{kind}, quality {q}")
    return word(text, "title", kind=bead.kind, q=f"{bead.quality:.2f}")


def _cell(report: Report, names: Names, document: Document, parts: Sequence[Part], opposite: bool) -> str:
    side = "s" if document is report.source else "t"
    language = _tag(document)
    if not parts:
        gap = f'<p class="gap">{both("no counterpart")}</p>' if opposite else ""
        return f'<div class="c {side} none" role="cell">{gap}</div>'
    edges = (" o" if parts[0].opens else "") + (" e" if parts[-1].closes else "")
    body = []
    for part in parts:
        kind = part.block.kind
        tag = f"h{min(part.block.level or 2, 3) + 2}" if kind == "heading" and part.opens else "p"
        body.append(
            f"<{tag}>"
            + "".join(_piece(report, names, p, side, part.block.id) for p in part.pieces)
            + f"</{tag}>"
        )
    return f'<div class="c {side} {document.language}{edges}" lang="{language}" role="cell">{"".join(body)}</div>'


def _piece(report: Report, names: Names, piece: Piece, side: str, block: int) -> str:
    text = shown(piece.text)
    if not piece.findings:
        return text
    lead = max(
        piece.findings,
        key=lambda n: (report.findings[n].waived is None, report.findings[n].severity.rank, -n),
    )
    finding = report.findings[lead]
    first = [n for n in piece.findings if _starts(report.findings[n], piece, side, block)]
    anchors = "".join(f'<span id="m{n}{side}"></span>' for n in first if n != lead)
    identity = f' id="m{lead}{side}"' if lead in first else ""
    classes = f"m {finding.severity.value}"
    if finding.waived is not None:
        classes += " waived"
    if not piece.text:
        classes += " point"
        text = "‸"
    numbers = " ".join(map(str, piece.findings))
    printed = ",".join(names.numbers[n] for n in first if report.findings[n].severity > Severity.NEUTRAL)
    label = f' data-n="{printed}"' if printed else ""
    return (
        f'{anchors}<a class="{classes}"{identity} href="#{names.anchors[lead]}" data-f="{numbers}"{label} aria-describedby="d{lead}"'
        f' its-loc-quality-issue-type="{finding.category.its_type}"'
        f' its-loc-quality-issue-severity="{ITS_SEVERITY[finding.severity]}">{text}</a>'
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What a finding is called on the page: the id of its card, and the number that ties card and mark."""

    anchors: Sequence[str]
    numbers: Sequence[str]


def numbers_of(findings: Sequence[Finding]) -> list[str]:
    """Findings are numbered 1, 2, 3 in reading order; doubts, which are hidden at first, ?1, ?2, ?3."""
    counts = {False: 0, True: 0}
    numbers = []
    for finding in findings:
        doubt = finding.severity is Severity.NEUTRAL
        counts[doubt] += 1
        numbers.append(f"{'?' if doubt else ''}{counts[doubt]}")
    return numbers


def anchors_of(findings: Sequence[Finding]) -> list[str]:
    """The ids of the cards: the finding's own, so that a link to it lives on in the next report."""
    taken: set[str] = set()
    names = []
    for number, finding in enumerate(findings):
        name = f"f-{finding.id}"
        if name in taken or not re.fullmatch(r"f-[0-9A-Za-z_.-]{1,64}", name):
            name = f"f-n{number}"
        taken.add(name)
        names.append(name)
    return names


def _starts(finding: Finding, piece: Piece, side: str, block: int) -> bool:
    spans = finding.source if side == "s" else finding.target
    return bool(spans) and (spans[0].block, spans[0].start) == (block, piece.start)


def shown(text: str) -> str:
    """Text for the page, hidden characters as small labelled signs."""
    if not HIDDEN.search(text):
        return html(text)
    return "".join(
        f'<span class="ctl" title="{html(describe(piece))}">{html(visible(piece))}</span>'
        if hidden
        else html(piece)
        for piece, hidden in pieces(text)
    )


def _list(report: Report, homes: Sequence[int], names: Names, shown_in: Counter[int]) -> Iterator[str]:
    yield f'<aside class="list" id="findings" {word("Findings", "aria-label")}>\n'
    yield _walk()
    yield _filters(report)
    if not report.findings:
        yield f'<p class="none-found">{both("Nothing was found.")}</p>'
    yield f'<ol class="cards" id="cards" tabindex="-1" {word("Findings", "aria-label")}>\n'
    for number in range(len(report.findings)):
        yield _card(report, number, homes[number], names, shown_in[number])
    yield "</ol>\n</aside>\n"


def _walk() -> str:
    """The bar above the list: where we are, how much is decided; what remains of the list in a sheet."""
    return (
        f'<div class="walk needs-js"><button type="button" id="prev" {word("previous finding", "aria-label")}>‹</button>'
        '<span id="where"></span>'
        f'<button type="button" id="next" {word("next finding", "aria-label")}>›</button>'
        '<span class="prog"><span id="done" role="status"></span>'
        f'<progress id="bar" value="0" max="1" {word("How much is decided", "aria-label")}></progress></span>'
        f'<button type="button" id="open" aria-expanded="false" aria-controls="cards">{both("List")}</button></div>\n'
    )


def _filters(report: Report) -> str:
    severities = "".join(
        f'<label class="pill {s.value}"><input type="checkbox" name="sev" value="{s.rank}"'
        f"{'' if s is Severity.NEUTRAL else ' checked'}> {in_both(html_summary.LEVELS[s])} "
        f"<b>{sum(f.severity is s for f in report.findings)}</b></label>"
        for s in reversed(Severity)
    )
    present = {f.category for f in report.findings}
    categories = "".join(
        f'<label><input type="checkbox" name="cat" value="{c.value}" checked> {in_both(CATEGORIES[c])} '
        f"<b>{sum(f.category is c for f in report.findings)}</b></label>"
        for c in CATEGORIES
        if c in present
    )
    return (
        f'<div class="filters needs-js" role="group" {word("Filters", "aria-label")}>'
        f'<p class="shown"><span role="status" id="shown"></span>'
        f'<span class="io"><button type="button" id="export">{both("Export decisions")}</button>'
        f'<button type="button" id="import">{both("Import")}</button>'
        f'<input type="file" id="file" accept=".json,.xlsx" hidden {word("Import", "aria-label")}></span></p>'
        f'<div class="pills" role="group" {word("Severity", "aria-label")}>{severities}</div>'
        f'<label class="pick sort">{both("Order")} <select id="sort">'
        f'<option value="text" {word("as in the text", "data-text")}>{word("as in the text")}</option>'
        f'<option value="sure" {word("gravest and surest first", "data-text")}>{word("gravest and surest first")}</option></select></label>'
        f'<label class="only words"><input type="checkbox" id="bare"> {both("Show words that nothing renders")}</label>'
        f"<details><summary>{both('Category, confidence, decisions')}</summary>"
        f'<fieldset class="cats"><legend>{both("Category")}</legend>'
        f'<p><button type="button" id="cat-all">{both("all")}</button> '
        f'<button type="button" id="cat-none">{both("none", context="filter")}</button></p>{categories}</fieldset>'
        f'<label class="slide">{both("Confidence from")} <input id="conf" type="range" min="0" max="100" step="5" '
        'value="0"> <output id="conf-out" for="conf">0%</output></label>'
        f'<label class="pick">{both("Decision")} <select id="state">'
        + "".join(f'<option value="{v}" {word(k, "data-text")}>{word(k)}</option>' for v, k in _STATES)
        + "</select></label>"
        f'<label class="pick">{both("Your name")} <input id="who" autocomplete="name" spellcheck="false"></label>'
        f'<p><button type="button" id="bulk">{both("Accept all shown")}</button></p>'
        f'<label class="only"><input type="checkbox" id="only"> {both("Only passages with a finding shown")}</label>'
        "</details></div>\n"
    )


_SIDE = {"zh": msg("Chinese"), "en": msg("English")}
_STATES = (
    ("all", msg("all")),
    ("open", msg("undecided")),
    *DECISIONS.items(),
    ("note", msg("with a note only")),
    ("differ", msg("revisers differ")),
)


def _card(report: Report, number: int, home: int, names: Names, passages: int) -> str:
    finding = report.findings[number]
    span = next(iter((*finding.target, *finding.source)), None)
    target = f"m{number}t" if finding.target else f"m{number}s" if finding.source else f"r{max(home, 0)}"
    severity = finding.severity.value
    waived = "" if finding.waived is None else " waived"
    place = "" if span is None else _place(span)
    if passages > 1:
        place += f' <span class="more" {word("in {n} passages: click again for the next", "title", n=passages)}>+{passages - 1}</span>'
    quotes = "".join(
        f'<span class="q" lang="{language}">{shown(_clip(s.text))}</span>'
        for language, spans in (
            (_tag(report.source), finding.source),
            (_tag(report.target), finding.target),
        )
        for s in spans[:3]
        if s.text
    )
    out = [
        f'<li class="f {severity}{waived}" id="{names.anchors[number]}" data-c="{finding.category.value}" '
        f'data-s="{finding.severity.rank}" data-p="{round(100 * finding.confidence)}" data-r="{home}"'
        f"{' data-w' if waived else ''}>"
        f'<p class="top"><a class="go" href="#{target}"><span class="num">{names.numbers[number]}</span> <span class="sev">{in_both(LEVELS[finding.severity])}</span> '
        f'<span class="cat">{in_both(CATEGORIES[finding.category])}</span></a>'
        f'<span class="at">{place}</span><span class="p" {word("confidence", "title")}>{round(100 * finding.confidence)}%</span></p>'
        f'<div class="msg" id="d{number}"><p class="M" lang="en">{shown(finding.message.en)}</p>'
        f'<p class="M" lang="zh-Hans">{shown(finding.message.zh)}</p></div>'
    ]
    if quotes:
        out.append(f'<p class="quotes">{quotes}</p>')
    if finding.suggestion:
        out.append(f'<p class="sug">{both("Suggestion:")} <b>{shown(finding.suggestion)}</b></p>')
    out.append(decided_lines(finding))
    rests_on = "".join(
        f"<dt>{in_both(evidence.LABELS[k]) if k in evidence.LABELS else shown(k)}</dt><dd>{_value(k, v)}</dd>"
        for k, v in finding.evidence
    )
    out.append(
        f'<details class="ev"><summary>{both("Evidence")}</summary><dl>{rests_on}'
        f"<dt>{both('check', context='evidence')}</dt><dd><code>{shown(finding.check)}</code></dd><dt>id</dt><dd><code>{shown(finding.id)}</code></dd></dl></details>"
        "</li>\n"
    )
    return "".join(out)


def _value(label: str, value: str) -> str:
    if label in evidence.NAMED_IN_TABLES:
        return f"<code>{shown(value)}</code>"
    said = evidence.value(label, value)
    return shown(value) if said.en == said.zh == value else in_both(said)


def _tag(document: Document | None) -> str:
    return "zh-Hans" if document is not None and document.language == "zh" else "en"


def _clip(text: str) -> str:
    return text if len(text) <= 90 else text[:60] + " … " + text[-25:]


def _place(span: MarkedSpan) -> str:
    if span.unit:
        return html(span.unit)
    return "" if span.line is None else both("line {n}", n=span.line)


def _footer(report: Report) -> str:
    made = f" · {html(report.timestamp)}" if report.timestamp else ""
    return (
        f"<footer><p>aligncheck {html(report.tool.version)} · <code>{html(report.tool.signature)}</code>{made}</p>"
        f"<p>{both('Decisions stay in this browser until you export them. The page loads nothing from elsewhere.')}</p></footer>\n"
    )


def _dialogs() -> str:
    keys = "".join(
        f"<dt><kbd>{key}</kbd></dt><dd>{both(text)}</dd>"
        for key, text in (
            ("j", msg("next finding")),
            ("k", msg("previous finding")),
            ("a", msg("accept: it is right, the text will be mended")),
            ("s", msg("accept, and use the suggestion")),
            ("w", msg("waive, with a reason: the text may stay (then 1–5 for the usual ones)")),
            ("x", msg("it is not an error")),
            ("e", msg("accept with a wording of your own")),
            ("n", msg("a note to the translator")),
            ("A S W X", msg("the same for all that are alike")),
            ("y", msg("copy the suggestion")),
            ("u", msg("undo (also Ctrl+Z)")),
            ("← →", msg("from word to word: what renders it")),
            ("r", msg("words that nothing renders")),
            ("c", msg("step through the clauses of the passage")),
            ("/", msg("search")),
            ("Esc", msg("leave search, show all")),
            ("?", msg("this help")),
        )
    )
    return (
        f'<dialog id="keys" aria-labelledby="keys-h"><h2 id="keys-h">{both("Keyboard")}</h2><dl>{keys}</dl>'
        f'<form method="dialog"><button>{both("Close")}</button></form></dialog>\n'
        '<p class="sr" id="word" role="status" aria-live="polite"></p>\n'
        '<div id="toast" role="status" aria-live="polite"></div>\n'
    )


def _data(report: Report, rows: Sequence[Row]) -> str:
    """What the script needs beside the page itself."""
    target = report.target
    data = {
        "schema": "aligncheck-desk/1",
        "key": f"{report.source.path}|{target.path if target is not None else ''}",
        "tool": f"{report.tool.name} {report.tool.version}",
        "source": report.source.path,
        "target": target.path if target is not None else "",
        "export": decisions_name(report),
        "limit": -1 if report.fail_on is None else report.fail_on.rank,
        "ids": [visible(f.id) for f in report.findings],
        "groups": list(zip(*_groups_of(report), strict=True)),
        "suggestions": {str(n): visible(f.suggestion) for n, f in enumerate(report.findings) if f.suggestion},
        "marked": {str(n): visible(f.target[0].text) for n, f in enumerate(report.findings) if f.target},
        "places": [[span_data(s) for s in f.target] for f in report.findings],
        "decided": decisions(report),
        "levels": [[SEVERITIES[s].en, SEVERITIES[s].zh] for s in Severity],
        "words": {str(r.index): held for r in rows if (held := words_of(report, r))},
        "sizes": [r.size for r in rows],
        "links": {str(r.index): links for r in rows if (links := links_of(report, r))},
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def decisions_name(report: Report) -> str:
    """What exported decisions are called: after the draft, in every place where they are named."""
    draft = report.target if report.target is not None else report.source
    stem = PurePath(draft.path.replace("\\", "/")).stem or "draft"
    return re.sub(r"[^\w.-]+", "_", stem) + ".decisions.json"


def _groups_of(report: Report) -> tuple[list[int], list[int], list[int]]:
    """For each finding the numbers of its check, of its marked wording, and of its message; equal ones are alike."""
    keys: tuple[dict[object, int], dict[object, int], dict[object, int]] = ({}, {}, {})
    columns: tuple[list[int], list[int], list[int]] = ([], [], [])
    for finding in report.findings:
        marked = next((s.text.lower() for s in (*finding.source, *finding.target) if s.text.strip()), "")
        values = (finding.check, (finding.check, marked) if marked else None, finding.message.en)
        for known, column, value in zip(keys, columns, values, strict=True):
            column.append(-1 if value is None else known.setdefault(value, len(known)))
    return columns


REPORTER = Reporter("html", "the translator's desk: one page, side by side", ".html", render)
