"""What the gate writes for a forge: a Markdown summary, and a review with comments on lines."""

from __future__ import annotations

import os
import re
import urllib.parse
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from aligncheck.archive.gate import PairResult, lines_of
from aligncheck.cli.gate_table import HEAD, SHOWN, VERDICTS, finding_line, levels
from aligncheck.config.patterns import PairFiles
from aligncheck.errors import OutputError
from aligncheck.language import heard, msg, say, tr
from aligncheck.model import Finding, Severity
from aligncheck.reports.texts import CATEGORIES, SEVERITIES

#: How many comments a review holds; more than that nobody reads, and GitHub refuses far more.
MOST_COMMENTS = 50
#: Gives the address of a file's line in the forge, or an empty text.
Link = Callable[[str, int | None], str]

SAID = {
    0: msg("passed"),
    1: msg("refused"),
    2: msg("incomplete"),
    3: msg("broken by a bug of aligncheck"),
}


def web_links(root: Path) -> Link:
    """Links into the commit that GitHub Actions is working on; none elsewhere."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_WORKSPACE")
    server, repository, commit, top = (os.environ.get(n, "") for n in names)
    if not (server and repository and commit):
        return lambda file, line: ""
    prefix = os.path.relpath(root.resolve(), Path(top).resolve()) if top else "."

    def link(file: str, line: int | None) -> str:
        path = os.path.normpath(os.path.join(prefix, file)).replace(os.sep, "/")
        if path.startswith("../"):
            return ""
        # "plain": GitHub shows Markdown rendered otherwise, where no line can be pointed at.
        place = f"?plain=1#L{line}" if line else ""
        return f"{server}/{repository}/blob/{commit}/{urllib.parse.quote(path)}{place}"

    return link


def markdown(results: Sequence[PairResult], code: int, link: Link = lambda file, line: "") -> str:
    """A summary for a merge request or a job's page."""
    rows = [
        f"### aligncheck: {tr(SAID[code])}",
        "",
        "| " + " | ".join(map(heard, HEAD)) + " |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in results:
        cells = [
            _escape(r.pair.name),
            f"**{tr(VERDICTS[r.verdict]).lower()}**"
            if r.verdict in ("fail", "error")
            else tr(VERDICTS[r.verdict]),
            *levels(r),
            str(r.waived("waiver") or ""),
            str(r.waived("baseline") or ""),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    for r in results:
        live = [f for f in r.live if f.severity >= Severity.MAJOR][:SHOWN]
        if r.verdict in ("fail", "error"):
            why = list(r.reasons) or [r.failure.what if r.failure else r.problems[0].what]
            rows += ["", f"**{_escape(r.pair.name)}**: {_escape('; '.join(map(heard, why)))}", ""]
            rows += [f"* {_linked(r.pair, f, link)}" for f in live]
    return "\n".join(rows) + "\n"


def _linked(pair: PairFiles, finding: Finding, link: Link) -> str:
    text = finding_line(pair, finding)
    place, colon, rest = text.partition(": ")
    line, in_target = lines_of(finding)
    address = link((pair.target if in_target else "") or pair.source, line)
    return f"[{_escape(place)}]({address}){colon}{_escape(rest)}" if address else _escape(text)


def review(
    results: Sequence[PairResult],
    code: int,
    root: Path,
    changed: Mapping[str, Collection[int]],
) -> dict[str, Any]:
    """The body of a request to GitHub's "create a review": comments where lines have changed.

    ``changed``: real path -> the lines that the review may speak of.  Findings elsewhere, which GitHub
    would refuse, are named in the review's own text.
    """
    top = _repository_of(root)
    comments: list[dict[str, Any]] = []
    elsewhere: list[str] = []
    for r in results:
        for finding in sorted(r.live, key=lambda f: -f.severity.rank):
            line, in_target = lines_of(finding)
            path = os.path.realpath(root / ((r.pair.target if in_target else "") or r.pair.source))
            if line is not None and line in changed.get(path, ()) and len(comments) < MOST_COMMENTS:
                name = os.path.relpath(path, top).replace(os.sep, "/")
                comments.append({"path": name, "line": line, "side": "RIGHT", "body": _comment(finding)})
            elif finding.severity >= Severity.MAJOR:
                elsewhere.append(f"* {_escape(finding_line(r.pair, finding))}")
    body = [f"aligncheck: {tr(SAID[code])}"]
    if elsewhere:
        body += ["", tr("Beside the changed lines:"), "", *elsewhere[:MOST_COMMENTS]]
        if len(elsewhere) > MOST_COMMENTS:
            body.append("* " + tr("… and {n} more", n=len(elsewhere) - MOST_COMMENTS))
    return {"event": "COMMENT", "body": "\n".join(body), "comments": comments}


def _comment(finding: Finding) -> str:
    rows = [
        f"**{say(SEVERITIES[finding.severity])} {say(CATEGORIES[finding.category])}** (`{finding.check}`)",
        "",
        _escape(finding.message.en),
        "",
        _escape(finding.message.zh),
    ]
    passage = " … ".join(span.text for span in finding.source)
    if passage and finding.target:
        rows += ["", f"> {_escape(passage)}"]
    if finding.suggestion:
        rows += ["", tr("Suggestion:") + " " + _escape(finding.suggestion)]
    rows += ["", tr("To accept it as it is:") + f" `aligncheck waive add {finding.id} --reason …`"]
    return "\n".join(rows)


def _repository_of(root: Path) -> str:
    """The real path of the folder that holds ``.git``; the root itself where there is none above."""
    real = Path(os.path.realpath(root))
    return str(next((p for p in (real, *real.parents) if (p / ".git").exists()), real))


def _escape(text: str) -> str:
    for sign in "\\`*_{}[]<>|#":
        text = text.replace(sign, "\\" + sign)
    # A name behind @ would be called, a number behind # is a link: neither is meant.
    return re.sub(r"@(?=\w)", "@\u200b", " ".join(text.split()))


def append(path: Path, text: str) -> None:
    """Add a text to a file that others write to as well.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise OutputError(f"cannot write the summary: {error.strerror}", path=str(path)) from None
