"""The browsable index of an audit, in both languages: whole without scripts, with one searched and sorted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aligncheck.archive import pages_across, pages_lists
from aligncheck.archive.database import Row
from aligncheck.archive.page_frame import NAV, Marked, deciding, framed, href, table
from aligncheck.archive.page_rows import (
    RATED,
    SEVERITIES,
    UNIT_GROUPS,
    UNIT_HEAD,
    UNIT_NUMBERS,
    category_name,
    category_page,
    name_at_desk,
    rate,
    severity_name,
    unit_row,
    year_name,
    year_page,
)
from aligncheck.archive.schema import VIEWS
from aligncheck.archive.store import Store
from aligncheck.language import both as in_languages
from aligncheck.language import heard, msg
from aligncheck.model import Category, Decision, Message
from aligncheck.reports.escape import html as escape
from aligncheck.reports.html_decided import decided_line, told_row
from aligncheck.reports.html_words import both, in_both, word
from aligncheck.reports.texts import CATEGORIES
from aligncheck.reports.write import write_atomically

WORST = 30
#: A page of findings shows at most so many; the workbook and the store have all.
SHOWN = 2000


def write_pages(store: Store, output: Path, title: str) -> list[str]:
    """Write all pages of the index; their names below the folder, for the caller to remove others."""
    written = []
    for name, body in _all_pages(store, title):
        write_atomically(output / name, (text.encode("utf-8", "replace") for text in body))
        written.append(name)
    return written


def _all_pages(store: Store, title: str) -> Iterator[tuple[str, Iterator[str]]]:
    yield "index.html", _overview(store, title)
    yield from pages_lists.documents(store, title)
    yield "drift.html", pages_across.drift(store, title)
    yield "figures.html", pages_across.figures(store, title)
    yield "problems.html", _problems(store, title)
    categories = _categories(store)
    for year in _years(store):
        yield from pages_lists.of_year(store, title, year, categories)
    for category in categories:
        yield category_page(category), _of_category(store, title, category)


def possible_pages(years: Iterable[str]) -> list[str]:
    """The names of all pages that an audit may write; a year for each of its units."""
    fixed = [name for name, _ in NAV]
    return list(
        dict.fromkeys([*fixed, *pages_lists.list_names(years), *(category_page(c.value) for c in Category)])
    )


def _years(store: Store) -> list[str]:
    return [r[0] for r in store.rows("SELECT DISTINCT year FROM unit ORDER BY year")]


def _categories(store: Store) -> list[str]:
    present = {r[0] for r in store.rows("SELECT DISTINCT category FROM finding")}
    return [c.value for c in Category if c.value in present]


def _overview(store: Store, title: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        yield from _tiles(store)
        yield f"<h2>{both('Over the years')}</h2>\n"
        yield from _trend(store, "!=")
        if store.value("SELECT count(*) FROM unit WHERE kind = 'single' AND state = 'done'"):
            yield f"<h2>{both('Over the years: texts without a partner')}</h2>\n"
            yield f'<p class="quiet">{both("Only what can be seen in one text is found here.")}</p>\n'
            yield from _trend(store, "=")
        yield f"<h2>{both('Worst first')}</h2>\n"
        yield f'<p class="quiet">{both("By MQM penalty per 1,000, pairs of 1,000 characters or more.")}</p>\n'
        worst = store.rows(
            "SELECT * FROM v_units WHERE state = 'done' AND kind != 'single' AND penalty > 0 AND size >= ? "
            "ORDER BY penalty DESC, unit LIMIT ?",
            RATED,
            WORST,
        )
        yield from table(UNIT_HEAD, map(unit_row, worst), UNIT_NUMBERS, UNIT_GROUPS)
        yield f"<h2>{both('By category')}</h2>\n"
        yield from _matrix(store)
        where = Message("audit.sqlite", "audit.sqlite") if store.path else in_languages("the database")
        yield (
            f'<p class="quiet">{both("Everything as one workbook:")} <a href="audit.xlsx">audit.xlsx</a>. '
            f"{both('For queries: {store}, with the views {views}.', store=where, views=', '.join(VIEWS))}</p>\n"
        )

    return framed(title, Message(title, title), body(), here="index.html")


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
    tiles = [(s, found.get(s, 0), severity_name(s)) for s in SEVERITIES[:3]]
    yield '<ul class="tiles">'
    for css, number, label in tiles:
        yield f'<li class="{css}"><b>{number:,}</b> {label}</li>'
    yield "</ul>\n"
    facts = [
        (sum(counts.values()), both("files")),
        (pairs, both("pairs ({n} of them by content)", n=by_content) if by_content else both("pairs")),
        (counts.get("bilingual", 0), both("bilingual files")),
        (counts.get("single", 0), both("without a partner")),
        (counts.get("duplicate", 0), both("copies")),
        (counts.get("failed", 0) + counts.get("left out", 0), both("could not be read")),
        (store.value("SELECT count(*) FROM unit WHERE state = 'failed'"), both("could not be checked")),
        (waived, both("waived findings")),
    ]
    yield (
        '<ul class="facts">'
        + "".join(f"<li>{t}{both(': ')}<b>{n:,}</b></li>" for n, t in facts if n)
        + "</ul>\n"
    )


def _trend(store: Store, which: str) -> Iterator[str]:
    """Penalty a year as bars, and the same as a table: of pairs (``!=``), or of single texts (``=``)."""
    rows = list(
        store.rows(
            "SELECT year, count(*) AS units, sum(size) AS size, sum(critical) AS critical, sum(major) AS major, "
            "sum(minor) AS minor, 1000.0 * (25 * sum(critical) + 5 * sum(major) + sum(minor)) "
            "/ CASE WHEN sum(size) > 0 THEN sum(size) ELSE 1 END "
            f"AS penalty FROM v_units WHERE state = 'done' AND kind {which} 'single' GROUP BY year ORDER BY year"
        )
    )
    if not rows:
        return
    rated = [r for r in rows if r["size"] >= RATED]
    top = max((float(r["penalty"]) for r in rated), default=0) or 1
    width, height = 46, 150
    if rated:
        label = word("MQM penalty per 1,000 characters by year", "aria-label")
        yield (
            f'<figure class="trend"><svg viewBox="0 0 {len(rated) * width} {height + 26}" '
            f'width="{len(rated) * width}" height="{height + 26}" role="group" {label}>'
        )
        for number, row in enumerate(rated):
            yield from _bar(row, number * width, height, width, top)
        yield "</svg></figure>\n"
    yield from table(
        ("year", "documents", msg("characters or words"), "critical", "major", "minor", "per 1,000"),
        (
            [
                f'<a href="{href(year_page(r["year"]))}">{in_both(year_name(r["year"]))}</a>',
                str(r["units"]),
                f"{r['size']:,}",
                *(str(r[s] or "") for s in SEVERITIES[:3]),
                rate(r["penalty"], r["size"]),
            ]
            for r in rows
        ),
        range(1, 7),
    )


def _bar(row: Row, left: int, height: int, width: int, top: float) -> Iterator[str]:
    y = float(height)
    for severity, points in (("minor", 1), ("major", 5), ("critical", 25)):
        tall = (height - 18) * (1000 * points * int(row[severity]) / int(row["size"])) / top
        if tall > 0:
            y -= tall
            place = f'x="{left + 6}" y="{y:.1f}" width="{width - 12}" height="{tall:.1f}"'
            yield f'<rect class="{severity}" {place}/>'
    middle = f'x="{left + width / 2}" text-anchor="middle"'
    yield f'<text {middle} y="{y - 4:.1f}">{row["penalty"]:.1f}</text>'
    link = href(year_page(row["year"]))
    yield f'<a href="{link}"><text {middle} y="{height + 16}">{escape(row["year"] or "?")}</text></a>'


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
        link = f'<a href="{href(category_page(category))}">{category_name(category)}</a>'
        rows.append([link, *(str(n or "") for n in numbers), str(sum(numbers))])
    head = ["category", *(y or msg("unknown year") for y in years), "all"]
    yield from table(head, rows, range(1, len(head)))


def _of_category(store: Store, title: str, category: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        total = store.value("SELECT count(*) FROM finding WHERE category = ?", category)
        if total > SHOWN:
            shown = both("The first {n:,} of {all:,}, gravest first; audit.xlsx has all.", n=SHOWN, all=total)
            yield f'<p class="quiet">{shown}</p>\n'
        rows = store.rows(
            "SELECT f.*, u.kind FROM v_findings f JOIN unit u ON u.id = f.unit WHERE f.category = ? "
            "ORDER BY CASE f.severity WHEN 'critical' THEN 0 WHEN 'major' THEN 1 WHEN 'minor' THEN 2 ELSE 3 END, "
            "f.confidence DESC, f.year, f.unit, f.id LIMIT ?",
            category,
            SHOWN,
        )
        head = (
            msg("severity"),
            "document",
            "year",
            msg("finding"),
            msg("Chinese or source"),
            msg("translation"),
        )
        yield deciding(keys=True)
        yield from table(head, map(_finding_row, rows), groups=(0, 1, 2))

    return framed(title, CATEGORIES[Category(category)], body(), depth=1)


def _finding_row(row: Row) -> list[str]:
    waived = ""
    if row["waived_by"]:
        waived = f' <span class="quiet">{both("waived by {name}", name=row["waived_by"])}</span>'
    page = f'<a href="{href(row["page"], "../")}#f-{escape(row["id"])}">{escape(row["source"])}</a>'
    decided = Decision(row["decision"], row["decided_by"], row["note"], row["wording"])
    told = decided_line(decided, bool(waived)) if decided.kind else ""
    cells = [
        f'<span class="sev {row["severity"]}">{severity_name(row["severity"])}</span>{waived}',
        page,
        escape(row["year"]),
        f'<div class="what">{in_both(Message(row["message_en"], row["message_zh"]))}{told}</div>',
        _quoted(row["source_text"], row["source_line"]),
        _quoted(row["target_text"], row["target_line"]),
    ]
    known = {"id": row["id"], "doc": name_at_desk(row), "m": row["message_en"]}
    if waived:
        known["w"] = ""
    elif decided.kind:
        known["told"] = json.dumps(told_row(row["id"], decided), ensure_ascii=False)
    return Marked(cells, **known)


def _quoted(text: str, line: int | None, most: int = 160) -> str:
    short = text if len(text) <= most else text[:most] + "…"
    return escape(short) + (f' <span class="quiet">{both("line {n}", n=line)}</span>' if line else "")


def _problems(store: Store, title: str) -> Iterator[str]:
    def documents(state: str) -> Iterator[list[str]]:
        sql = "SELECT path, reason FROM document WHERE state = ? ORDER BY path LIMIT ?"
        for row in store.rows(sql, state, SHOWN):
            yield [escape(row["path"]), in_both(_told(row["reason"]))]

    def cut_off(state: str) -> str:
        total = store.value("SELECT count(*) FROM document WHERE state = ?", state)
        if total <= SHOWN:
            return ""
        text = both("The first {n:,} of {all:,}; audit.xlsx has all.", n=SHOWN, all=total)
        return f'<p class="quiet">{text}</p>\n'

    def body() -> Iterator[str]:
        failed = store.rows("SELECT source, target, reason FROM unit WHERE state = 'failed' ORDER BY id")
        yield f"<h2>{both('Failed while they were checked')}</h2>\n"
        yield from table(
            ("document", msg("why")),
            (
                [escape(" + ".join(filter(None, (r["source"], r["target"])))), in_both(_told(r["reason"]))]
                for r in failed
            ),
        )
        broken = store.rows(
            "SELECT source, reason FROM unit WHERE state = 'done' AND reason != '' ORDER BY id"
        )
        yield from _optional(
            msg("A check crashed"),
            ("document", msg("what")),
            ([escape(r[0]), in_both(_told(r[1]))] for r in broken),
        )
        for state, heading in (
            ("failed", msg("Could not be read")),
            ("left out", msg("Left out")),
            ("single", msg("Without a partner (checked alone)")),
            ("duplicate", msg("Copies of another document (not checked twice)")),
        ):
            yield f"<h2>{both(heading)}</h2>\n{cut_off(state)}"
            yield from table(("file", "why"), documents(state))
        yield f"<h2>{both('Partners that are not clear')}</h2>\n"
        yield from table(
            ("Chinese", "English", msg("likeness")),
            (
                [escape(r["source"]), escape(r["target"]), f"{r['score']:.2f}"]
                for r in store.rows("SELECT * FROM candidate ORDER BY source, score DESC, target")
            ),
            (2,),
        )
        near = store.rows("SELECT * FROM v_near_copies ORDER BY likeness DESC, first, second")
        yield from _optional(
            msg("Nearly the same text"),
            ("document", msg("the other"), msg("sentences in common")),
            ([escape(r["first"]), escape(r["second"]), f"{r['likeness']:.0%}"] for r in near),
        )
        notes = store.value("SELECT value FROM meta WHERE key = 'notes'") or ""
        if notes:
            yield f"<h2>{both('Names against contents')}</h2>\n<ul>"
            yield from (f"<li>{in_both(_told(n))}</li>" for n in notes.splitlines())
            yield "</ul>\n"

    return framed(title, in_languages("Not checked, or not in pairs"), body(), here="problems.html")


def _told(reason: str) -> Message:
    """What was said in English while the audit ran, in both languages."""
    return Message(reason, heard(reason, "zh"))


def _optional(heading: str, head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    listed = list(rows)
    if listed:
        yield f"<h2>{both(heading)}</h2>\n"
        yield from table(head, listed)
