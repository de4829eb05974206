"""What the pages of an audit say of a unit, a year, a severity: names, links, and the row of a table."""

from __future__ import annotations

from aligncheck.archive.database import Row
from aligncheck.archive.page_frame import Marked, href
from aligncheck.language import both as in_languages
from aligncheck.language import msg
from aligncheck.model import Category, Message, Severity
from aligncheck.reports.escape import html as escape
from aligncheck.reports.html_words import both, in_both
from aligncheck.reports.texts import CATEGORIES, LEVELS

SEVERITIES = ("critical", "major", "minor", "neutral")
#: A rate of a shorter text says nothing.
RATED = 1000


def year_page(year: str) -> str:
    return f"years/{year or 'unknown'}.html"


def category_page(category: str) -> str:
    return f"categories/{category}.html"


def year_name(year: str) -> Message:
    return Message(year, year) if year else in_languages("unknown year")


def severity_name(value: str) -> str:
    return in_both(LEVELS[Severity(value)])


def category_name(value: str) -> str:
    return in_both(CATEGORIES[Category(value)])


UNIT_HEAD = (
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
UNIT_NUMBERS = (4, 5, 6, 7, 8)
UNIT_GROUPS = (1, 3)
_VERDICTS = {
    "pass": msg("passed"),
    "fail": msg("not passed"),
    "unjudged": msg("not judged"),
    "alone": msg("not compared"),
}


def unit_row(row: Row, up: str = "") -> list[str]:
    if row["state"] == "failed":
        verdict = f'<span class="chip fail">{both("could not be checked")}</span>'
    elif row["state"] == "waiting":
        verdict = f'<span class="chip">{both("waiting")}</span>'
    else:
        kind = "alone" if row["kind"] == "single" and row["verdict"] == "pass" else row["verdict"]
        verdict = f'<span class="chip {kind}">{both(_VERDICTS[kind])}</span>'
    link = linked(row, row["source"], up=up)
    title = f'<br><span class="quiet">{escape(row["title"])}</span>' if row["title"] else ""
    how = {"content": both(" (paired by content)"), "file": both(" (bilingual)")}.get(row["how"], "")
    target = escape(row["target"]) or (
        "" if row["kind"] == "bilingual" else f'<span class="quiet">{both("none")}</span>'
    )
    quality = "" if row["quality"] is None else f"{row['quality']:.2f}"
    cells = [
        link + title,
        f'<a href="{href(year_page(row["year"]), up)}">{in_both(year_name(row["year"]))}</a>',
        target + (f'<span class="quiet">{how}</span>' if how else ""),
        verdict,
        *(str(row[s] or "") for s in SEVERITIES[:3]),
        rate(row["penalty"], row["size"]),
        quality,
    ]
    return Marked(cells, doc=name_at_desk(row)) if row["state"] == "done" else cells


def linked(row: Row, name: str, line: int | None = None, up: str = "") -> str:
    """A document's name, and a line of it, with a link to the page of its unit (``page``, ``state``) if it has one."""
    shown = escape(name) + (f":{line}" if line else "")
    return f'<a href="{href(row["page"], up)}">{shown}</a>' if row["state"] == "done" else shown


def name_at_desk(row: Row) -> str:
    """By what a document's own page keeps its decisions: as ``key`` there."""
    target = "" if row["kind"] == "single" else row["target"] or row["source"]
    return f"{row['source']}|{target}"


def rate(penalty: float, size: int) -> str:
    """The penalty per 1,000, where the text is long enough for one."""
    return f"{penalty:.1f}" if size >= RATED else "–"
