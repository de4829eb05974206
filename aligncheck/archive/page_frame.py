"""What every page of an audit's index has: head, bar, script; and the tables that the script equips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote

from aligncheck.language import current, msg
from aligncheck.model import Message
from aligncheck.reports.escape import html as escape
from aligncheck.reports.html_assets import assets, tools
from aligncheck.reports.html_assets import head as page_head
from aligncheck.reports.html_words import both, in_both, word

NAV = (
    ("index.html", msg("Overview")),
    ("documents.html", msg("Documents")),
    ("drift.html", msg("Drift of terms")),
    ("figures.html", msg("Figures stated differently")),
    ("problems.html", msg("Not checked")),
)


@lru_cache(maxsize=1)
def _assets() -> tuple[str, str]:
    style, script = assets("shared", "books", "tables", "search")
    return style + (files("aligncheck.archive") / "audit.css").read_text(encoding="utf-8"), script


def framed(
    title: str, heading: Message, body: Iterable[str], depth: int = 0, here: str = ""
) -> Iterator[str]:
    """A page of the index; ``depth``: how many folders below it, ``here``: its name in the bar."""
    up = "../" * depth
    style, script = _assets()
    here_mark = {here: ' aria-current="page"'}
    links = "".join(f'<a href="{up}{name}"{here_mark.get(name, "")}>{both(label)}</a>' for name, label in NAV)
    shown = heading.zh if current() == "zh" else heading.en
    yield (
        page_head(f"{escape(shown)} – {escape(title)}", style, script)
        + f'<a class="skip" href="#main">{both("To the content")}</a>\n'
        f'<header class="bar"><a class="brand" href="{up}index.html">aligncheck</a>'
        f'<nav {word("Audit", "aria-label")}>{links}</nav><span class="tools needs-js">{tools()}</span></header>\n'
        f'<main id="main" class="audit">\n<h1>{in_both(heading)}</h1>\n'
    )
    yield from body
    yield f"</main>\n{_help()}<script>{script}</script>\n</body>\n</html>\n"


def href(path: str, up: str = "") -> str:
    """A path below the index as a link's address."""
    return escape(up + quote(path))


class Marked(list[str]):
    """The cells of a row that the script knows by its attributes."""

    def __init__(self, cells: Iterable[str], **attributes: str) -> None:
        super().__init__(cells)
        self.attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in attributes.items())


def deciding(keys: bool = False) -> str:
    """The bar above a table of documents, or (``keys``) of findings that one may decide about."""
    label = f"{word('Keyboard help', 'aria-label')} {word('Keyboard help', 'title')}"
    return (
        '<p class="deciding needs-js"><span id="decided" role="status"></span>'
        f'<button type="button" id="export">{both("Export decisions")}</button>'
        f'<button type="button" id="import">{both("Import")}</button>'
        f'<input type="file" id="file" accept=".json,.xlsx" hidden {word("Import", "aria-label")}>'
        + (f'<button type="button" id="help" {label}>?</button>' if keys else "")
        + "</p>\n"
    )


#: The keys of a table of findings: those of a document's page that have a meaning here.
_KEYS = (
    ("j", msg("next finding")),
    ("k", msg("previous finding")),
    ("a", msg("accept: it is right, the text will be mended")),
    ("w", msg("waive, with a reason: the text may stay (then 1–5 for the usual ones)")),
    ("x", msg("it is not an error")),
    ("n", msg("a note to the translator")),
    ("A W X", msg("the same for all that are alike")),
    ("o", msg("open it on the document's page, to use or edit the suggestion")),
    ("u", msg("undo (also Ctrl+Z)")),
    ("/", msg("search")),
    ("?", msg("this help")),
)


def _help() -> str:
    keys = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{both(text)}</dd>" for key, text in _KEYS)
    return (
        f'<dialog id="keys" aria-labelledby="keys-h"><h2 id="keys-h">{both("Keyboard")}</h2><dl>{keys}</dl>'
        f'<form method="dialog"><button>{both("Close")}</button></form></dialog>\n'
        '<div id="toast" role="status" aria-live="polite"></div>\n'
    )


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    groups: Sequence[int] = (),
) -> Iterator[str]:
    """A table that the script equips; the head is looked up, cells are HTML already.

    A row that is :class:`Marked` has attributes of its own.
    ``numbers``: columns of figures; ``groups``: columns that rows may be grouped by.
    """
    yield '<div class="scroll" tabindex="0"><table class="rows">'
    cells = "".join(
        f'<th scope="col"{" class=n" if i in numbers else ""}{" data-g" if i in groups else ""}>{both(h)}</th>'
        for i, h in enumerate(head)
    )
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    empty = True
    for row in rows:
        empty = False
        cells = "".join(f"<td{' class=n' if i in numbers else ''}>{c}</td>" for i, c in enumerate(row))
        yield f"<tr{row.attributes if isinstance(row, Marked) else ''}>{cells}</tr>\n"
    if empty:
        yield f'<tr><td colspan="{len(head)}" class="quiet">{both("none")}</td></tr>\n'
    yield "</tbody></table></div>\n"
