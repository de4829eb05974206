"""The page in front: verdict, counts, plots, worst passages, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligncheck import language
from aligncheck.language import msg
from aligncheck.model import Report, Severity
from aligncheck.reports.compared import compared
from aligncheck.reports.escape import html, one_line, shorten, visible
from aligncheck.reports.html_words import both, in_both
from aligncheck.reports.plots import alignment_plot, category_plot, quality_plot
from aligncheck.reports.second import second_reader_lines
from aligncheck.reports.texts import CATEGORIES, RENDERING_STATUS, SEVERITIES
from aligncheck.reports.verdict import verdict_of
from aligncheck.reports.view import Row

SUREST = 6
TERMS = 40
#: How the page names what it counts; what is neutral is not sure enough to be called an error.
LEVELS = {**SEVERITIES, Severity.NEUTRAL: language.both("doubts")}


def title(report: Report) -> str:
    """The names of the documents."""
    names = [report.source.name or report.source.path]
    if report.target is not None and (report.target.name or report.target.path) != names[0]:
        names.append(report.target.name or report.target.path)
    return " · ".join(names)


def summary(report: Report, rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """The summary section."""
    yield '<section class="summary" id="summary" aria-labelledby="title">\n'
    yield from _hero(report)
    yield '<div class="panels">\n'
    yield from _surest(report, names)
    yield '<div class="stack">'
    yield _panel(msg("Findings by category"), category_plot(report), "kinds")
    yield "</div>"
    yield '<div class="stack">'
    if report.target is not None:
        if any(b.quality is not None for b in report.alignments):
            yield _panel(msg("Quality along the document"), quality_plot(report, rows), "qual")
        yield _panel(msg("The alignment as a picture"), alignment_plot(report, rows), "ali")
    yield from _terms(report)
    yield from _second_reader(report)
    yield from _problems(report)
    yield "</div>"
    yield "</div>\n</section>\n"


def _hero(report: Report) -> Iterator[str]:
    live = [f for f in report.findings if f.waived is None]
    verdict = verdict_of(report)
    waived = len(report.findings) - len(live)
    counts = "".join(
        f'<li class="{s.value}"><b>{sum(f.severity is s for f in live)}</b> {in_both(LEVELS[s])}</li>'
        for s in reversed(Severity)
    )
    facts = [
        (
            f"{report.summary.penalty_per_1000:.1f}",
            msg("penalty points per 1,000 characters")
            if _has_chinese(report)
            else msg("penalty points per 1,000 words"),
        )
    ]
    if report.target is not None:
        pairs = sum(bool(b.source and b.target) for b in report.alignments)
        facts += [
            (f"{pairs:,}", msg("aligned pairs")),
            (f"{len(report.alignments) - pairs:,}", msg("without counterpart")),
        ]
    if waived:
        facts.append((f"{waived:,}", msg("waived")))
    yield (
        f'<div class="hero"><div><h1 id="title">{_title_html(report)}</h1>'
        f'<p class="verdict {verdict.kind}" id="verdict"><strong>{in_both(verdict.head)}</strong>'
        f'<span>{in_both(verdict.why)}</span></p><p class="compared">{in_both(compared(report))}</p></div>'
        f'<div><ul class="tiles">{counts}</ul><ul class="facts">'
        + "".join(f"<li><b>{value}</b> {both(key)}</li>" for value, key in facts)
        + "</ul></div></div>\n"
    )


def _has_chinese(report: Report) -> bool:
    return any(d is not None and d.language == "zh" for d in (report.source, report.target))


def _title_html(report: Report) -> str:
    parts = []
    for document in (report.source, report.target):
        if document is not None:
            first = next((b for b in document.blocks if b.kind == "title" and b.text.strip()), None)
            text = first.text if first is not None else document.name or document.path
            language = "zh-Hans" if document.language == "zh" else "en"
            parts.append(f'<span lang="{language}"><bdi>{html(shorten(one_line(text), 90))}</bdi></span>')
    return "".join(parts)


def _panel(heading: str, body: str, name: str) -> str:
    return f'<section class="panel {name}" aria-labelledby="h-{name}"><h2 id="h-{name}">{both(heading)}</h2>{body}</section>\n'


def _surest(report: Report, names: Sequence[str]) -> Iterator[str]:
    """Where to begin: the gravest findings, the surest of them first."""
    live = [
        (f, name)
        for f, name in zip(report.findings, names, strict=True)
        if f.waived is None and f.severity > Severity.NEUTRAL
    ]
    live.sort(key=lambda pair: (-pair[0].severity.rank, -pair[0].confidence))
    items = "".join(
        f'<li class="{f.severity.value}"><a class="M" lang="en" href="#{name}">{html(visible(f.message.en))}</a>'
        f'<a class="M" lang="zh-Hans" href="#{name}">{html(visible(f.message.zh))}</a>'
        f'<span class="why">{in_both(CATEGORIES[f.category])} · {f.confidence:.0%}</span></li>'
        for f, name in live[:SUREST]
    )
    if items:
        yield _panel(msg("Start here: the surest findings"), f"<ol>{items}</ol>", "worst")


def _terms(report: Report) -> Iterator[str]:
    if not report.terms:
        return
    drifted = sorted((t for t in report.terms if t.drifted), key=lambda t: (-t.count, t.term))
    fine = len(report.terms) - len(drifted)
    body = f'<p class="fine">{both("{fine} of {all} rendered as the glossary has it", fine=fine, all=len(report.terms))}</p>'
    if drifted:
        body += (
            f'<div class="scroll" tabindex="0" role="group" aria-labelledby="h-terms"><table><thead><tr><th scope="col">{both("Term")}</th>'
            f'<th scope="col">{both("Due")}</th><th scope="col">{both("Rendered as")}</th></tr></thead><tbody>'
        )
        for use in drifted[:TERMS]:
            renderings = "<br>".join(
                f'<span class="st-{r.status}">{html(r.text)}</span> <small>×{r.count} · '
                f"{in_both(RENDERING_STATUS[r.status])}</small>"
                for r in use.renderings
            )
            body += (
                f'<tr><th scope="row" lang="zh-Hans">{html(use.term)}</th><td lang="en">{html(use.due)}</td>'
                f'<td lang="en">{renderings}</td></tr>'
            )
        body += "</tbody></table></div>"
    yield _panel(msg("Terms used"), body, "terms")


def _second_reader(report: Report) -> Iterator[str]:
    if report.second is not None:
        items = "".join(f"<li>{in_both(line)}</li>" for line in second_reader_lines(report.second))
        yield _panel(msg("The second reader"), f"<ul>{items}</ul>", "second")


def _problems(report: Report) -> Iterator[str]:
    if report.problems:
        items = "".join(f"<li>{in_both(language.both_heard(p.what))}</li>" for p in report.problems)
        yield _panel(msg("Checks that broke down"), f"<ul>{items}</ul>", "breakdowns")
    problems = [(d, p) for d in (report.source, report.target) if d is not None for p in d.problems]
    if problems:
        items = "".join(
            f"<li><bdi>{html(d.path)}</bdi>: {in_both(language.both_heard(p))}</li>" for d, p in problems
        )
        yield _panel(msg("Notes on reading the files"), f"<ul>{items}</ul>", "problems")
