"""The lists of documents, of all and of each year, cut into pages that open at once however large the archive is.

The first page of a list carries a small index of the whole as data, which the script searches.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from aligncheck.archive.database import Row
from aligncheck.archive.page_frame import deciding, framed, href, table
from aligncheck.archive.page_rows import (
    SEVERITIES,
    UNIT_GROUPS,
    UNIT_HEAD,
    UNIT_NUMBERS,
    category_name,
    category_page,
    unit_row,
    year_name,
    year_page,
)
from aligncheck.archive.store import Store
from aligncheck.archive.unit import FOLDER
from aligncheck.language import both as in_languages
from aligncheck.language import msg
from aligncheck.reports.html_words import both, word

#: Rows of a page: some 150 kB.
ROWS = 250
#: Documents that an index for the search holds at most: some 200 bytes each.
INDEXED = 30_000
#: A page's name and its text.
Page = tuple[str, Iterator[str]]


def pages_of(name: str, documents: int) -> list[str]:
    """The names of the pages that a list of so many documents takes, the first of them ``name``."""
    head, _, ending = name.rpartition(".")
    more = range(2, max(1, -(-documents // ROWS)) + 1)
    return [name, *(f"{head}-{n}.{ending}" for n in more)]


def list_names(years: Iterable[str]) -> list[str]:
    """The names of the pages of all lists; a year for each document."""
    counts = Counter(years)
    names = pages_of("documents.html", sum(counts.values()))
    return [*names, *(page for year, n in sorted(counts.items()) for page in pages_of(year_page(year), n))]


def documents(store: Store, title: str) -> Iterator[Page]:
    """The pages of all documents, by year."""
    total = int(store.value("SELECT count(*) FROM unit"))
    names = pages_of("documents.html", total)
    rows = store.rows("SELECT * FROM v_units ORDER BY year, unit")

    def body(block: Sequence[Row], number: int) -> Iterator[str]:
        if number == 0:
            yield from _index(store, total, "", "", [])
        yield from _pager(names, number)
        yield deciding()
        yield from table(UNIT_HEAD, map(unit_row, block), UNIT_NUMBERS, UNIT_GROUPS)
        yield from _pager(names, number)

    for number, block in enumerate(_blocks(rows)):
        yield (
            names[number],
            framed(title, in_languages("Documents"), body(block, number), here="documents.html"),
        )


def of_year(store: Store, title: str, year: str, categories: Sequence[str]) -> Iterator[Page]:
    """The pages of a year, the worst document first, with its findings by category."""
    total = int(store.value("SELECT count(*) FROM unit WHERE year = ?", year))
    names = pages_of(year_page(year), total)
    rows = store.rows("SELECT * FROM v_units WHERE year = ? ORDER BY penalty DESC, unit", year)

    def body(block: Sequence[Row], number: int) -> Iterator[str]:
        if number == 0:
            yield from _index(store, total, "../", "WHERE year = ?", [year])
        yield from _pager(names, number, "../")
        yield from table(UNIT_HEAD, (unit_row(r, "../") for r in block), UNIT_NUMBERS, (3,))
        yield from _pager(names, number, "../")
        if number == 0:
            yield from _by_category(store, year, categories)

    for number, block in enumerate(_blocks(rows)):
        yield names[number], framed(title, year_name(year), body(block, number), depth=1)


def _by_category(store: Store, year: str, categories: Sequence[str]) -> Iterator[str]:
    yield f"<h2>{both('By category')}</h2>\n"
    counts: dict[str, dict[str, int]] = {}
    for row in store.rows("SELECT category, severity, count FROM v_categories WHERE year = ?", year):
        counts.setdefault(row[0], {})[row[1]] = row[2]
    yield from table(
        (msg("category"), *SEVERITIES[:3], msg("neutral")),
        (
            [
                f'<a href="../{category_page(c)}">{category_name(c)}</a>',
                *(str(counts[c].get(s, "")) for s in SEVERITIES),
            ]
            for c in categories
            if c in counts
        ),
        range(1, 5),
    )


def _blocks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows page by page; one empty page where there are none."""
    block = list(islice(rows, ROWS))
    yield block
    while block := list(islice(rows, ROWS)):
        yield block


def _pager(names: Sequence[str], number: int, up: str = "") -> Iterator[str]:
    """Links to the other pages of a list: its ends, and those near by."""
    if len(names) < 2:
        return
    yield f'<nav class="pages" {word("Pages of this list", "aria-label")}>'
    last = -1
    for n in range(len(names)):
        if n not in (0, len(names) - 1) and abs(n - number) > 4:
            continue
        if n != last + 1:
            yield "<span>…</span>"
        here = ' aria-current="page"' if n == number else ""
        yield f'<a href="{href(names[n], up)}"{here}>{n + 1}</a>'
        last = n
    yield "</nav>\n"


def _index(store: Store, total: int, up: str, where: str, values: Sequence[str]) -> Iterator[str]:
    """What the script searches; nothing where one page holds all."""
    if total <= ROWS:
        return
    if total > INDEXED:
        text = msg(
            "So many documents are searched year by year: choose a year on the overview, or ask the store."
        )
        yield f'<p class="quiet">{both(text)}</p>\n'
        return
    yield f'<script type="application/json" id="everything" data-up="{up}" data-n="{total}">['
    comma = ""
    for r in store.rows(
        f"SELECT source, target, title, year, page, state, critical, major, minor FROM v_units {where} "
        "ORDER BY year, unit",
        *values,
    ):
        page = r["page"].removeprefix(f"{FOLDER}/").removesuffix(".html") if r["state"] == "done" else ""
        found = " / ".join(str(r[s]) for s in SEVERITIES[:3])
        entry = [r["source"], r["target"], r["title"], r["year"], page, found]
        # In a script nothing but its end is markup.
        data = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        yield comma + data
        comma = ",\n"
    yield "]</script>\n"
