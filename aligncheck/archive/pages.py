"""The browsable index of an audit: static pages that need no script and fetch nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from aligncheck.archive.database import Row
from aligncheck.archive.schema import VIEWS
from aligncheck.archive.store import Store
from aligncheck.model import Category
from aligncheck.reports.escape import html as escape
from aligncheck.reports.write import write_atomically

SEVERITIES = ("critical", "major", "minor", "neutral")
WORST = 30
#: A page of findings shows at most so many; the workbook and the store have all.
SHOWN = 2000

_NAV = (
    ("index.html", "Overview"),
    ("documents.html", "Documents"),
    ("drift.html", "Drift of terms"),
    ("problems.html", "Not checked"),
)


def write_pages(store: Store, output: Path, title: str) -> list[str]:
    """Write all pages of the index; their names below the folder, for the caller to remove others."""
    written: dict[str, Iterable[str]] = {
        "index.html": _overview(store, title),
        "documents.html": _documents(store, title),
        "drift.html": _drift(store, title),
        "problems.html": _problems(store, title),
    }
    for year in _years(store):
        written[_year_page(year)] = _of_year(store, title, year)
    for category in _categories(store):
        written[_category_page(category)] = _of_category(store, title, category)
    for name, body in written.items():
        write_atomically(output / name, (text.encode("utf-8", "replace") for text in body))
    return list(written)


def possible_pages(years: Iterable[str]) -> list[str]:
    """The names of all pages that an audit of these years may write."""
    fixed = [name for name, _ in _NAV]
    return [*fixed, *map(_year_page, years), *(_category_page(c.value) for c in Category)]


@lru_cache(maxsize=1)
def _style() -> str:
    shared = (files("aligncheck.reports") / "assets" / "report.css").read_text(encoding="utf-8")
    return shared + (files("aligncheck.archive") / "audit.css").read_text(encoding="utf-8")


def _page(title: str, heading: str, body: Iterable[str], depth: int = 0, here: str = "") -> Iterator[str]:
    up = "../" * depth
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    current = {here: ' aria-current="page"'}
    links = "".join(f'<a href="{up}{name}"{current.get(name, "")}>{label}</a>' for name, label in _NAV)
    yield (
        '<!DOCTYPE html>\n<html lang="en" data-ui="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="generator" content="aligncheck">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(heading)} – {escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">To the content</a>\n'
        f'<header class="bar"><a class="brand" href="{up}index.html">aligncheck audit</a>'
        f'<nav aria-label="Audit">{links}</nav></header>\n'
        f'<main id="main" class="audit">\n<h1>{escape(heading)}</h1>\n'
    )
    yield from body
    yield "</main>\n</body>\n</html>\n"


def _years(store: Store) -> list[str]:
    return [r[0] for r in store.rows("SELECT DISTINCT year FROM unit ORDER BY year")]


def _categories(store: Store) -> list[str]:
    present = {r[0] for r in store.rows("SELECT DISTINCT category FROM finding")}
    return [c.value for c in Category if c.value in present]


def _year_page(year: str) -> str:
    return f"years/{year or 'unknown'}.html"


def _category_page(category: str) -> str:
    return f"categories/{category}.html"


def _year_name(year: str) -> str:
    return year or "unknown year"


def _href(path: str, up: str = "") -> str:
    return escape(up + quote(path))


def _table(
    head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = (), caption: str = ""
) -> Iterator[str]:
    """Cells are HTML already."""
    yield '<div class="scroll"><table class="rows">'
    if caption:
        yield f"<caption>{caption}</caption>"
    cells = "".join(
        f'<th scope="col"{" class=n" if i in numbers else ""}>{h}</th>' for i, h in enumerate(head)
    )
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    empty = True
    for row in rows:
        empty = False
        cells = "".join(f"<td{' class=n' if i in numbers else ''}>{c}</td>" for i, c in enumerate(row))
        yield f"<tr>{cells}</tr>\n"
    if empty:
        yield f'<tr><td colspan="{len(head)}" class="quiet">none</td></tr>\n'
    yield "</tbody></table></div>\n"


_UNIT_HEAD = (
    "document",
    "year",
    "translation",
    "verdict",
    "critical",
    "major",
    "minor",
    "per 1,000",
    "quality",
)
_UNIT_NUMBERS = (4, 5, 6, 7, 8)


def _unit_row(row: Row, up: str = "") -> list[str]:
    if row["state"] == "failed":
        verdict = '<span class="chip fail">failed</span>'
    elif row["state"] == "waiting":
        verdict = '<span class="chip">waiting</span>'
    else:
        verdict = f'<span class="chip {row["verdict"]}">{row["verdict"]}</span>'
    name = escape(row["source"])
    link = f'<a href="{_href(row["page"], up)}">{name}</a>' if row["state"] == "done" else name
    title = f'<br><span class="quiet">{escape(row["title"])}</span>' if row["title"] else ""
    how = {"content": " (paired by content)", "file": " (bilingual)"}.get(row["how"], "")
    target = escape(row["target"]) or (
        "" if row["kind"] == "bilingual" else '<span class="quiet">none</span>'
    )
    quality = "" if row["quality"] is None else f"{row['quality']:.2f}"
    return [
        link + title,
        f'<a href="{_href(_year_page(row["year"]), up)}">{escape(row["year"] or "?")}</a>',
        target + (f'<span class="quiet">{how}</span>' if how else ""),
        verdict,
        *(str(row[s] or "") for s in SEVERITIES[:3]),
        f"{row['penalty']:.1f}",
        quality,
    ]


def _overview(store: Store, title: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        yield from _tiles(store)
        yield "<h2>Over the years</h2>\n"
        yield from _trend(store)
        yield '<h2>Worst first</h2>\n<p class="quiet">By MQM penalty per 1,000 characters.</p>\n'
        worst = store.rows(
            "SELECT * FROM v_units WHERE state = 'done' AND penalty > 0 ORDER BY penalty DESC, unit LIMIT ?",
            WORST,
        )
        yield from _table(_UNIT_HEAD, map(_unit_row, worst), _UNIT_NUMBERS)
        yield "<h2>By category</h2>\n"
        yield from _matrix(store)
        yield (
            '<p class="quiet">Everything as one workbook: <a href="audit.xlsx">audit.xlsx</a>. '
            f"For queries: {'audit.sqlite' if store.path else 'the database'}, by the views "
            f"{', '.join(VIEWS)}.</p>\n"
        )

    return _page(title, title, body(), here="index.html")


def _tiles(store: Store) -> Iterator[str]:
    counts = {r[0]: r[1] for r in store.rows("SELECT state, count(*) FROM document GROUP BY state")}
    pairs = store.value("SELECT count(*) FROM unit WHERE kind = 'pair'")
    by_content = store.value("SELECT count(*) FROM unit WHERE how = 'content'")
    found = {
        r[0]: r[1]
        for r in store.rows(
            "SELECT severity, count(*) FROM finding WHERE waived_by IS NULL GROUP BY severity"
        )
    }
    waived = store.value("SELECT count(*) FROM finding WHERE waived_by IS NOT NULL")
    tiles = [(s, found.get(s, 0), f"{s} findings") for s in SEVERITIES[:3]]
    yield '<ul class="tiles">'
    for css, number, label in tiles:
        yield f'<li class="{css}"><b>{number:,}</b> {label}</li>'
    yield "</ul>\n"
    facts = [
        (sum(counts.values()), "files"),
        (pairs, f"pairs ({by_content} of them by content)"),
        (counts.get("bilingual", 0), "bilingual files"),
        (counts.get("single", 0), "without a partner"),
        (counts.get("duplicate", 0), "copies"),
        (counts.get("failed", 0) + counts.get("left out", 0), "could not be read"),
        (store.value("SELECT count(*) FROM unit WHERE state = 'failed'"), "failed"),
        (waived, "waived findings"),
    ]
    yield '<ul class="facts">' + "".join(f"<li><b>{n:,}</b> {t}</li>" for n, t in facts if n) + "</ul>\n"


def _trend(store: Store) -> Iterator[str]:
    """Penalty a year as bars, and the same as a table."""
    rows = list(store.rows("SELECT * FROM v_years ORDER BY year"))
    if not rows:
        return
    top = max((r["penalty"] for r in rows), default=0) or 1
    width, height = 46, 150
    label = "MQM penalty per 1,000 characters by year"
    yield (
        f'<figure class="trend"><svg viewBox="0 0 {len(rows) * width} {height + 26}" '
        f'width="{len(rows) * width}" height="{height + 26}" role="img" aria-label="{label}">'
    )
    for number, row in enumerate(rows):
        x, y = number * width + 6, float(height)
        size = max(row["size"], 1)
        for severity, points in (("minor", 1), ("major", 5), ("critical", 25)):
            tall = (height - 18) * (1000 * points * row[severity] / size) / top
            if tall > 0:
                y -= tall
                place = f'x="{x}" y="{y:.1f}" width="{width - 12}" height="{tall:.1f}"'
                yield f'<rect class="{severity}" {place}/>'
        middle = f'x="{x + width / 2 - 6}" text-anchor="middle"'
        yield f'<text {middle} y="{y - 4:.1f}">{row["penalty"]:.1f}</text>'
        link = _href(_year_page(row["year"]))
        yield f'<a href="{link}"><text {middle} y="{height + 16}">{escape(row["year"] or "?")}</text></a>'
    yield "</svg></figure>\n"
    yield from _table(
        ("year", "documents", "characters or words", "critical", "major", "minor", "per 1,000"),
        (
            [
                f'<a href="{_href(_year_page(r["year"]))}">{escape(_year_name(r["year"]))}</a>',
                str(r["units"]),
                f"{r['size']:,}",
                *(str(r[s] or "") for s in SEVERITIES[:3]),
                f"{r['penalty']:.1f}",
            ]
            for r in rows
        ),
        range(1, 7),
    )


def _matrix(store: Store) -> Iterator[str]:
    """Category by year, counts of findings that are not neutral."""
    years = _years(store)
    counts: dict[tuple[str, str], int] = {}
    sql = "SELECT year, category, sum(count) FROM v_categories WHERE severity != 'neutral' GROUP BY 1, 2"
    for row in store.rows(sql):
        counts[(row[1], row[0])] = row[2]
    rows = []
    for category in _categories(store):
        numbers = [counts.get((category, y), 0) for y in years]
        link = f'<a href="{_href(_category_page(category))}">{category}</a>'
        rows.append([link, *(str(n or "") for n in numbers), str(sum(numbers))])
    head = ["category", *(escape(y or "?") for y in years), "all"]
    yield from _table(head, rows, range(1, len(head)))


def _documents(store: Store, title: str) -> Iterator[str]:
    rows = store.rows("SELECT * FROM v_units ORDER BY year, unit")
    return _page(
        title, "Documents", _table(_UNIT_HEAD, map(_unit_row, rows), _UNIT_NUMBERS), here="documents.html"
    )


def _of_year(store: Store, title: str, year: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        rows = store.rows("SELECT * FROM v_units WHERE year = ? ORDER BY penalty DESC, unit", year)
        yield from _table(_UNIT_HEAD, (_unit_row(r, "../") for r in rows), _UNIT_NUMBERS)
        yield "<h2>By category</h2>\n"
        counts: dict[str, dict[str, int]] = {}
        for row in store.rows("SELECT category, severity, count FROM v_categories WHERE year = ?", year):
            counts.setdefault(row[0], {})[row[1]] = row[2]
        yield from _table(
            ("category", *SEVERITIES),
            (
                [
                    f'<a href="../{_category_page(c)}">{c}</a>',
                    *(str(counts[c].get(s, "")) for s in SEVERITIES),
                ]
                for c in _categories(store)
                if c in counts
            ),
            range(1, 5),
        )

    return _page(title, _year_name(year), body(), depth=1)


def _of_category(store: Store, title: str, category: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        total = store.value("SELECT count(*) FROM finding WHERE category = ?", category)
        if total > SHOWN:
            shown = f"The first {SHOWN:,} of {total:,}, gravest first; audit.xlsx has all."
            yield f'<p class="quiet">{shown}</p>\n'
        rows = store.rows(
            "SELECT * FROM v_findings WHERE category = ? ORDER BY CASE severity WHEN 'critical' THEN 0 "
            "WHEN 'major' THEN 1 WHEN 'minor' THEN 2 ELSE 3 END, confidence DESC, year, unit, id LIMIT ?",
            category,
            SHOWN,
        )
        yield from _table(("severity", "document", "finding", "source", "target"), map(_finding_row, rows))

    return _page(title, category.capitalize(), body(), depth=1)


def _finding_row(row: Row) -> list[str]:
    waived = f' <span class="quiet">waived by {escape(row["waived_by"])}</span>' if row["waived_by"] else ""
    page = f'<a href="{_href(row["page"], "../")}#f-{escape(row["id"])}">{escape(row["source"])}</a>'
    year = f' <span class="quiet">{escape(row["year"])}</span>' if row["year"] else ""
    return [
        f'<span class="sev {row["severity"]}">{row["severity"]}</span>{waived}',
        page + year,
        escape(row["message_en"]),
        _quoted(row["source_text"], row["source_line"]),
        _quoted(row["target_text"], row["target_line"]),
    ]


def _quoted(text: str, line: int | None, most: int = 160) -> str:
    short = text if len(text) <= most else text[:most] + "…"
    return escape(short) + (f' <span class="quiet">line {line}</span>' if line else "")


def _drift(store: Store, title: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        yield (
            '<p class="quiet">Terms that the documents render in more than one way, with the years in which '
            "each rendering was first and last used.</p>\n"
        )
        concept: int | None = None
        rows: list[Row] = []
        for row in store.rows("SELECT * FROM drift ORDER BY concept, position"):
            if row["concept"] != concept:
                yield from _concept(store, rows)
                concept, rows = row["concept"], []
            rows.append(row)
        yield from _concept(store, rows)
        if concept is None:
            yield '<p class="quiet">No term is rendered in two ways.</p>\n'

    return _page(title, "Drift of terms", body(), here="drift.html")


def _concept(store: Store, rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    due = f' <span class="quiet">official: {escape(rows[0]["due"])}</span>' if rows[0]["due"] else ""
    heading = (
        escape(rows[0]["term"]) if rows[0]["term"] else '<span class="quiet">found in the English</span>'
    )
    yield f'<section class="drift"><h2 lang="zh">{heading}{due}</h2>\n'
    yield from _table(
        ("rendering", "standing", "first", "last", "times", "documents", "where"),
        (
            [
                escape(r["rendering"]),
                escape(r["status"]),
                escape(r["first"]),
                escape(r["last"]),
                str(r["count"]),
                str(r["documents"]),
                _uses(store, r),
            ]
            for r in rows
        ),
        (4, 5),
    )
    yield "</section>\n"


def _uses(store: Store, row: Row, most: int = 8) -> str:
    found = list(
        store.rows(
            "SELECT x.year, x.document, x.line, u.page, u.state FROM drift_use x "
            "LEFT JOIN unit u ON x.document IN (u.source, u.target) "
            "WHERE x.concept = ? AND x.position = ? ORDER BY x.year, x.document, x.line LIMIT ?",
            row["concept"],
            row["position"],
            most + 1,
        )
    )
    shown = []
    for use in found[:most]:
        name = escape(use["document"]) + (f":{use['line']}" if use["line"] else "")
        shown.append(f'<a href="{_href(use["page"])}">{name}</a>' if use["state"] == "done" else name)
    return ", ".join(shown) + (" …" if len(found) > most else "")


def _problems(store: Store, title: str) -> Iterator[str]:
    def documents(state: str) -> Iterator[list[str]]:
        for row in store.rows("SELECT path, reason FROM document WHERE state = ? ORDER BY path", state):
            yield [escape(row["path"]), escape(row["reason"])]

    def body() -> Iterator[str]:
        failed = store.rows("SELECT source, target, reason FROM unit WHERE state = 'failed' ORDER BY id")
        yield "<h2>Failed while they were checked</h2>\n"
        yield from _table(
            ("document", "why"),
            (
                [escape(" + ".join(filter(None, (r["source"], r["target"])))), escape(r["reason"])]
                for r in failed
            ),
        )
        broken = store.rows(
            "SELECT source, reason FROM unit WHERE state = 'done' AND reason != '' ORDER BY id"
        )
        yield from _optional(
            "A check crashed", ("document", "what"), ([escape(r[0]), escape(r[1])] for r in broken)
        )
        for state, heading in (
            ("failed", "Could not be read"),
            ("left out", "Left out"),
            ("single", "Without a partner (checked alone)"),
            ("duplicate", "Copies of another document (not checked twice)"),
        ):
            yield f"<h2>{heading}</h2>\n"
            yield from _table(("file", "why"), documents(state))
        yield "<h2>Partners that are not clear</h2>\n"
        yield from _table(
            ("Chinese", "English", "likeness"),
            (
                [escape(r["source"]), escape(r["target"]), f"{r['score']:.2f}"]
                for r in store.rows("SELECT * FROM candidate ORDER BY source, score DESC, target")
            ),
            (2,),
        )
        near = store.rows("SELECT * FROM v_near_copies ORDER BY likeness DESC, first, second")
        yield from _optional(
            "Nearly the same text",
            ("document", "and", "sentences in common"),
            ([escape(r["first"]), escape(r["second"]), f"{r['likeness']:.0%}"] for r in near),
        )
        notes = store.value("SELECT value FROM meta WHERE key = 'notes'") or ""
        if notes:
            yield "<h2>Names against contents</h2>\n<ul>"
            yield from (f"<li>{escape(n)}</li>" for n in notes.splitlines())
            yield "</ul>\n"

    return _page(title, "Not checked, or not in pairs", body(), here="problems.html")


def _optional(heading: str, head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    listed = list(rows)
    if listed:
        yield f"<h2>{heading}</h2>\n"
        yield from _table(head, listed)
