"""Where a finding stands, for tools that show it in a file: path, lines, columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from aligncheck.model import Document, Finding, MarkedSpan, Report, Severity
from aligncheck.reports.escape import one_line, shorten


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file; lines and columns are 1-based, columns count code points, the end is open.

    Where a format has no lines, ``line`` is 0 and ``label`` says the place in words.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    label: str
    text: str


def region(document: Document, span: MarkedSpan) -> Region:
    """The place of a marked span in the file it came from."""
    if 0 <= span.block < len(document.blocks):
        block = document.blocks[span.block]
        line, column = block.locate(span.start)
        end_line, end_column = block.locate(span.end)
        label = block.place.label()
    else:
        line, column, label = span.line or 0, 1, ""
        end_line, end_column = line, column
    if (end_line, end_column) < (line, column):
        end_line, end_column = line, column
    return Region(document.path, line, column, end_line, end_column, label, span.text)


def regions(report: Report, finding: Finding) -> tuple[list[Region], list[Region]]:
    """The places of a finding: (where to mend it, what else to look at).

    The first are those in the translation; a finding without any there (an omission) has its place in
    the source, so that it is shown somewhere.
    """
    target: list[Region] = []
    if report.target is not None:
        target = [region(report.target, s) for s in finding.target]
    source = [region(report.source, s) for s in finding.source]
    return (target, source) if target else (source, [])


def place_name(finding: Finding, report: Report) -> str:
    """``en.txt:12:5``, as compilers write it, or ``memory.tmx (unit 12)``."""
    main, _ = regions(report, finding)
    if not main:
        return (report.target or report.source).path
    first = main[0]
    if first.label.startswith("unit "):  # a memory may be one long line: its units say more
        return f"{first.path} ({first.label})"
    if first.line:
        return f"{first.path}:{first.line}:{first.column}"
    return f"{first.path} ({first.label})" if first.label else first.path


def uri(path: str) -> str:
    """A path as a URI reference: relative to the root of its git repository (where code hosts look it up), else to
    the working folder; a file URI where it lies in neither."""
    clean, scheme = path.replace("\\", "/"), ""
    whole = os.path.abspath(path)
    if os.path.isabs(path) or os.path.exists(whole):
        inside = os.path.relpath(whole, _repository(os.path.dirname(whole)) or os.getcwd())
        if not inside.startswith(".."):
            clean = inside.replace("\\", "/")
        else:
            clean, scheme = whole.replace("\\", "/"), "file://" + ("" if whole.startswith("/") else "/")
    clean = clean.removeprefix("./")
    return scheme + quote(
        clean.encode("utf-8", "surrogatepass"), safe="/-._~!$&'()*+,;=@" + ":" * bool(scheme)
    )


@lru_cache(maxsize=256)
def _repository(folder: str) -> str:
    """The nearest folder above that holds a git repository; empty where none does."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by weight (waived last), then in their own order."""
    return sorted(findings, key=lambda f: (f.waived is not None, -f.severity.rank))


def weighs(finding: Finding, limit: Severity | None) -> bool:
    """Whether a finding counts for the verdict; none does where nothing is judged."""
    return limit is not None and finding.waived is None and finding.severity >= limit


def quoted(spans: Iterable[MarkedSpan], width: int = 80) -> str:
    """The marked texts on one line: ``“54.2万” … “3亿”``."""
    return " … ".join(f"“{shorten(one_line(s.text), width)}”" for s in spans if s.text.strip())


def unique_ids(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings with their ids; a repeated id gets its number, as fingerprints must be unique."""
    seen: dict[str, int] = {}
    for finding in findings:
        seen[finding.id] = count = seen.get(finding.id, 0) + 1
        yield finding, finding.id if count == 1 else f"{finding.id}-{count}"
