"""The comparison of two drafts as one self-contained page without scripts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from aligncheck.model import Finding, Report
from aligncheck.reports.diff import Diff, draft
from aligncheck.reports.diff_text import doubts, parts, rate
from aligncheck.reports.escape import html, one_line, shorten
from aligncheck.reports.html_assets import assets, head, tools
from aligncheck.reports.html_report import shown
from aligncheck.reports.html_words import both, in_both
from aligncheck.reports.places import place_name
from aligncheck.reports.texts import CATEGORIES, LEVELS


def page(diff: Diff) -> Iterable[bytes]:
    """The page in pieces, UTF-8."""
    style, script = assets("shared")
    counts = {key: len(findings) for _, key, _, findings in parts(diff)}
    unsure = doubts(diff)
    name = html(f"{draft(diff.old).path} → {draft(diff.new).path}")
    yield (
        head(f"{name} – aligncheck", style, script)
        + f'<header class="bar"><span class="brand">aligncheck</span><span class="tools needs-js">{tools()}</span></header>\n'
        f'<main class="summary diff"><h1>{name}</h1>\n<ul class="tiles">'
        f'<li class="critical"><b>{counts["new"]}</b> {both("new", context="diff")}</li>'
        f'<li class="good"><b>{counts["fixed"]}</b> {both("fixed", context="diff")}</li>'
        f'<li class="neutral"><b>{counts["stayed"]}</b> {both("unchanged", context="diff")}</li>'
        f'<li class="minor"><b>{html(rate(diff.ter))}</b> {both("edit rate (TER)")}</li></ul>\n'
        + (
            f'<p class="quiet">{both("{n} doubts are unchanged and not listed", n=unsure)}</p>\n'
            if unsure
            else ""
        )
    ).encode("utf-8", "replace")
    lists = [entry for entry in parts(diff) if entry[3]]
    for title, key, report, findings in lists:
        if key != "stayed":
            yield from _section(title, key, report, findings)
    yield from _passages(diff)
    for title, key, report, findings in lists:
        if key == "stayed":  # what nobody has touched may wait
            yield from _section(title, key, report, findings, folded=True)
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n".encode()


def _section(
    title: str, key: str, report: Report, findings: list[Finding], folded: bool = False
) -> Iterator[bytes]:
    yield f'<section aria-labelledby="h-{key}"><h2 id="h-{key}">{both(title)} ({len(findings)})</h2>'.encode()
    if folded:
        yield f'<details class="quiet"><summary>{both("Show")}</summary>'.encode()
    yield b'<ol class="cards">\n'
    for finding in findings:
        yield _card(finding, report).encode("utf-8", "replace")
    yield b"</ol>" + (b"</details>" if folded else b"") + b"</section>\n"


def _passages(diff: Diff) -> Iterator[bytes]:
    if not diff.passages:
        return
    yield f'<section aria-labelledby="h-passages"><h2 id="h-passages">{both("Passages changed")} ({len(diff.passages)})</h2>\n<ol class="changes">'.encode()
    language = "zh-Hans" if draft(diff.new).language == "zh" else "en"
    for passage in diff.passages:
        label = (
            both("added")
            if passage.old is None
            else both("removed")
            if passage.new is None
            else html(rate(passage.ter))
        )
        body = _changed(passage.old_text, passage.new_text)
        yield f'<li><span class="rate">{label}</span><p lang="{language}">{body}</p></li>\n'.encode(
            "utf-8", "replace"
        )
    yield b"</ol></section>\n"


def _card(finding: Finding, report: Report) -> str:
    quotes = "".join(
        f'<span class="q">{html(shorten(one_line(s.text), 90))}</span>'
        for s in (*finding.source[:2], *finding.target[:2])
        if s.text
    )
    return (
        f'<li class="f {finding.severity.value}"><p class="top"><span class="sev">{in_both(LEVELS[finding.severity])}</span> '
        f'<span class="cat">{in_both(CATEGORIES[finding.category])}</span><span class="at">{html(place_name(finding, report))}</span></p>'
        f'<div class="msg"><p class="M" lang="en">{shown(finding.message.en)}</p><p class="M" lang="zh-Hans">{shown(finding.message.zh)}</p></div>'
        f'<p class="quotes">{quotes}</p></li>\n'
    )


def _changed(old: str, new: str) -> str:
    """Both versions in one, what went struck out, what came underlined."""
    a, b = _words(old), _words(new)
    out = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(shown("".join(a[i1:i2])))
            continue
        if i2 > i1:
            out.append(f"<del>{shown(''.join(a[i1:i2]))}</del>")
        if j2 > j1:
            out.append(f"<ins>{shown(''.join(b[j1:j2]))}</ins>")
    return "".join(out)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[A-Za-z0-9]+|.", text, re.DOTALL)
