"""The browsable index of an audit, in both languages: whole without scripts, with one searched and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from aligncheck.archive.database import Row
from aligncheck.archive.page_frame import NAV, framed, href, table
from aligncheck.archive.schema import VIEWS
from aligncheck.archive.store import Store
from aligncheck.language import both as in_languages
from aligncheck.language import heard, msg
from aligncheck.model import Category, Message, Severity
from aligncheck.reports.escape import html as escape
from aligncheck.reports.html_words import both, in_both, word
from aligncheck.reports.texts import CATEGORIES
from aligncheck.reports.texts import SEVERITIES as SEVERITY_NAMES
from aligncheck.reports.write import write_atomically

SEVERITIES = ("critical", "major", "minor", "neutral")
WORST = 30
#: A page of findings shows at most so many; the workbook and the store have all.
SHOWN = 2000
#: A rate of a shorter text says nothing.
RATED = 1000


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
    fixed = [name for name, _ in NAV]
    return [*fixed, *map(_year_page, years), *(_category_page(c.value) for c in Category)]


def _years(store: Store) -> list[str]:
    return [r[0] for r in store.rows("SELECT DISTINCT year FROM unit ORDER BY year")]


def _categories(store: Store) -> list[str]:
    present = {r[0] for r in store.rows("SELECT DISTINCT category FROM finding")}
    return [c.value for c in Category if c.value in present]


def _year_page(year: str) -> str:
    return f"years/{year or 'unknown'}.html"


def _category_page(category: str) -> str:
    return f"categories/{category}.html"


def _year_name(year: str) -> Message:
    return Message(year, year) if year else in_languages("unknown year")


def _severity(value: str) -> str:
    return in_both(SEVERITY_NAMES[Severity(value)])


def _category(value: str) -> str:
    return in_both(CATEGORIES[Category(value)])


_UNIT_HEAD = (
    msg("document"),
    msg("year"),
    msg("translation"),
    msg("verdict"),
    msg("critical"),
    msg("major"),
    msg("minor"),
    msg("per 1,000"),
    msg("quality"),
)
_UNIT_NUMBERS = (4, 5, 6, 7, 8)
_UNIT_GROUPS = (1, 3)
_VERDICTS = {
    "pass": msg("passed"),
    "fail": msg("not passed"),
    "unjudged": msg("not judged"),
    "alone": msg("not compared"),
}


def _unit_row(row: Row, up: str = "") -> list[str]:
    if row["state"] == "failed":
        verdict = f'<span class="chip fail">{both("could not be checked")}</span>'
    elif row["state"] == "waiting":
        verdict = f'<span class="chip">{both("waiting")}</span>'
    else:
        kind = "alone" if row["kind"] == "single" and row["verdict"] == "pass" else row["verdict"]
        verdict = f'<span class="chip {kind}">{both(_VERDICTS[kind])}</span>'
    name = escape(row["source"])
    link = f'<a href="{href(row["page"], up)}">{name}</a>' if row["state"] == "done" else name
    title = f'<br><span class="quiet">{escape(row["title"])}</span>' if row["title"] else ""
    how = {"content": both(" (paired by content)"), "file": both(" (bilingual)")}.get(row["how"], "")
    target = escape(row["target"]) or (
        "" if row["kind"] == "bilingual" else f'<span class="quiet">{both("none")}</span>'
    )
    quality = "" if row["quality"] is None else f"{row['quality']:.2f}"
    return [
        link + title,
        f'<a href="{href(_year_page(row["year"]), up)}">{in_both(_year_name(row["year"]))}</a>',
        target + (f'<span class="quiet">{how}</span>' if how else ""),
        verdict,
        *(str(row[s] or "") for s in SEVERITIES[:3]),
        _rate(row["penalty"], row["size"]),
        quality,
    ]


def _rate(penalty: float, size: int) -> str:
    """The penalty per 1,000, where the text is long enough for one."""
    return f"{penalty:.1f}" if size >= RATED else "–"


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
        yield from table(_UNIT_HEAD, map(_unit_row, worst), _UNIT_NUMBERS, _UNIT_GROUPS)
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
    tiles = [(s, found.get(s, 0), _severity(s)) for s in SEVERITIES[:3]]
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
                f'<a href="{href(_year_page(r["year"]))}">{in_both(_year_name(r["year"]))}</a>',
                str(r["units"]),
                f"{r['size']:,}",
                *(str(r[s] or "") for s in SEVERITIES[:3]),
                _rate(r["penalty"], r["size"]),
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
    link = href(_year_page(row["year"]))
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
        link = f'<a href="{href(_category_page(category))}">{_category(category)}</a>'
        rows.append([link, *(str(n or "") for n in numbers), str(sum(numbers))])
    head = ["category", *(y or msg("unknown year") for y in years), "all"]
    yield from table(head, rows, range(1, len(head)))


def _documents(store: Store, title: str) -> Iterator[str]:
    rows = store.rows("SELECT * FROM v_units ORDER BY year, unit")
    return framed(
        title,
        in_languages("Documents"),
        table(_UNIT_HEAD, map(_unit_row, rows), _UNIT_NUMBERS, _UNIT_GROUPS),
        here="documents.html",
    )


def _of_year(store: Store, title: str, year: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        rows = store.rows("SELECT * FROM v_units WHERE year = ? ORDER BY penalty DESC, unit", year)
        yield from table(_UNIT_HEAD, (_unit_row(r, "../") for r in rows), _UNIT_NUMBERS, (3,))
        yield f"<h2>{both('By category')}</h2>\n"
        counts: dict[str, dict[str, int]] = {}
        for row in store.rows("SELECT category, severity, count FROM v_categories WHERE year = ?", year):
            counts.setdefault(row[0], {})[row[1]] = row[2]
        yield from table(
            (msg("category"), *SEVERITIES),
            (
                [
                    f'<a href="../{_category_page(c)}">{_category(c)}</a>',
                    *(str(counts[c].get(s, "")) for s in SEVERITIES),
                ]
                for c in _categories(store)
                if c in counts
            ),
            range(1, 5),
        )

    return framed(title, _year_name(year), body(), depth=1)


def _of_category(store: Store, title: str, category: str) -> Iterator[str]:
    def body() -> Iterator[str]:
        total = store.value("SELECT count(*) FROM finding WHERE category = ?", category)
        if total > SHOWN:
            shown = both("The first {n:,} of {all:,}, gravest first; audit.xlsx has all.", n=SHOWN, all=total)
            yield f'<p class="quiet">{shown}</p>\n'
        rows = store.rows(
            "SELECT * FROM v_findings WHERE category = ? ORDER BY CASE severity WHEN 'critical' THEN 0 "
            "WHEN 'major' THEN 1 WHEN 'minor' THEN 2 ELSE 3 END, confidence DESC, year, unit, id LIMIT ?",
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
        yield from table(head, map(_finding_row, rows), groups=(0, 1, 2))

    return framed(title, CATEGORIES[Category(category)], body(), depth=1)


def _finding_row(row: Row) -> list[str]:
    waived = ""
    if row["waived_by"]:
        waived = f' <span class="quiet">{both("waived by {name}", name=row["waived_by"])}</span>'
    page = f'<a href="{href(row["page"], "../")}#f-{escape(row["id"])}">{escape(row["source"])}</a>'
    return [
        f'<span class="sev {row["severity"]}">{_severity(row["severity"])}</span>{waived}',
        page,
        escape(row["year"]),
        in_both(Message(row["message_en"], row["message_zh"])),
        _quoted(row["source_text"], row["source_line"]),
        _quoted(row["target_text"], row["target_line"]),
    ]


def _quoted(text: str, line: int | None, most: int = 160) -> str:
    short = text if len(text) <= most else text[:most] + "…"
    return escape(short) + (f' <span class="quiet">{both("line {n}", n=line)}</span>' if line else "")


def _drift(store: Store, title: str) -> Iterator[str]:
    """One table, a row a rendering, with a small line of the years in which it was used."""
    years = [y for y in _years(store) if y]
    used: dict[tuple[int, int], dict[str, int]] = {}
    for row in store.rows("SELECT concept, position, year, count(*) FROM drift_use GROUP BY 1, 2, 3"):
        used.setdefault((row[0], row[1]), {})[row[2]] = row[3]

    def body() -> Iterator[str]:
        text = msg("Terms that the documents render in more than one way, and when each rendering was used.")
        yield f'<p class="quiet">{both(text)}</p>\n'
        yield from table(
            (
                msg("Term"),
                msg("official"),
                msg("rendering"),
                msg("standing"),
                msg("years"),
                msg("first"),
                msg("last"),
                msg("times"),
                msg("documents"),
                msg("where"),
            ),
            (
                [
                    f'<span lang="zh-Hans">{escape(r["term"])}</span>'
                    if r["term"]
                    else both("found in the English"),
                    escape(r["due"]),
                    escape(r["rendering"]),
                    both(r["status"], context="rendering"),
                    _timeline(years, used.get((r["concept"], r["position"]), {})),
                    escape(r["first"]),
                    escape(r["last"]),
                    str(r["count"]),
                    str(r["documents"]),
                    _uses(store, r),
                ]
                for r in store.rows("SELECT * FROM drift ORDER BY concept, position")
            ),
            (7, 8),
            (0, 3),
        )

    return framed(title, in_languages("Drift of terms"), body(), here="drift.html")


def _timeline(years: Sequence[str], used: Mapping[str, int]) -> str:
    """A bar for each year of the archive, as tall as the rendering was frequent in it."""
    top = max(used.values(), default=0)
    if not years or not top:
        return ""
    told = ", ".join(f"{year} ×{count}" for year, count in sorted(used.items()) if year)
    bars = "".join(
        f'<rect x="{6 * at}" y="{16 - 15 * used[year] / top:.1f}" width="5" height="{15 * used[year] / top:.1f}"/>'
        for at, year in enumerate(years)
        if used.get(year)
    )
    wide = 6 * len(years)
    return (
        f'<svg class="spark" viewBox="0 0 {wide} 17" width="{wide}" height="17" role="img" aria-label="{escape(told)}">'
        f'<title>{escape(told)}</title><line x1="0" x2="{wide}" y1="16.5" y2="16.5"/>{bars}</svg>'
    )


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
        shown.append(f'<a href="{href(use["page"])}">{name}</a>' if use["state"] == "done" else name)
    return ", ".join(shown) + (" …" if len(found) > most else "")


def _problems(store: Store, title: str) -> Iterator[str]:
    def documents(state: str) -> Iterator[list[str]]:
        for row in store.rows("SELECT path, reason FROM document WHERE state = ? ORDER BY path", state):
            yield [escape(row["path"]), in_both(_told(row["reason"]))]

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
            yield f"<h2>{both(heading)}</h2>\n"
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
