"""The pages of what shows only across documents: the drift of terms, figures stated differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aligncheck.archive.database import Row
from aligncheck.archive.page_frame import framed, table
from aligncheck.archive.page_rows import linked
from aligncheck.archive.store import Store
from aligncheck.language import both as in_languages
from aligncheck.language import msg
from aligncheck.reports.escape import html as escape
from aligncheck.reports.html_words import both


def drift(store: Store, title: str) -> Iterator[str]:
    """One table, a row a rendering, with a small line of the years in which it was used."""
    years = [r[0] for r in store.rows("SELECT DISTINCT year FROM unit WHERE year <> '' ORDER BY year")]
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
    shown = [linked(use, use["document"], use["line"]) for use in found[:most]]
    return ", ".join(shown) + (" …" if len(found) > most else "")


def figures(store: Store, title: str) -> Iterator[str]:
    """What documents of one name state differently of the same subject and year, a group a series."""

    def body() -> Iterator[str]:
        text = msg(
            "Documents whose names differ in the year alone, and that state a figure of one year differently: it was "
            "revised, or one of them is wrong."
        )
        yield f'<p class="quiet">{both(text)}</p>\n'
        yield from table(
            (
                msg("subject"),
                msg("of the year"),
                msg("value"),
                msg("stated in"),
                msg("year"),
                msg("sentence"),
            ),
            (
                [
                    escape(r["subject"]),
                    escape(r["of_year"]),
                    escape(r["text"]),
                    linked(r, r["source"], r["line"]),
                    escape(r["year"]),
                    f'<span lang="{"zh-Hans" if r["language"] == "zh" else "en"}">{escape(r["sentence"])}</span>',
                ]
                for r in store.rows(
                    "SELECT c.*, u.page, u.state, u.source, u.target FROM contradiction c "
                    "JOIN unit u ON u.id = c.unit ORDER BY c.series, c.position LIMIT ?",
                    _MOST,
                )
            ),
            (),
            (0, 1),
        )

    return framed(title, in_languages("Figures stated differently"), body(), here="figures.html")


#: A page shows at most so many rows; the store has all.
_MOST = 2000
