"""SARIF 2.1.0 (OASIS), within what GitHub code scanning takes.

The place of a result is in the translation; the source side is a related location.  Columns count
code points, and the run says so.  Waived findings are suppressed results, never dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from aligncheck.model import Finding, Report, Severity
from aligncheck.registry import load
from aligncheck.reports.base import DOCUMENTATION, PAGES, Reporter
from aligncheck.reports.escape import visible
from aligncheck.reports.places import Region, gravest_first, regions, unique_ids, uri
from aligncheck.reports.texts import CATEGORIES

#: GitHub refuses a run with more results, and a result with more locations.
MAX_RESULTS = 25_000
MAX_LOCATIONS = 100

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "note",
}


def render(report: Report) -> Iterable[bytes]:
    """The log as one JSON object."""
    yield json.dumps(log(report), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def log(report: Report) -> dict[str, Any]:
    """The SARIF log as plain data."""
    kept = report.findings
    if len(kept) > MAX_RESULTS:
        worst = {id(f) for f in gravest_first(kept)[:MAX_RESULTS]}
        kept = tuple(f for f in kept if id(f) in worst)
    rules = {name: n for n, name in enumerate(sorted({f.check for f in kept}))}
    main = report.target or report.source
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "informationUri": DOCUMENTATION,
                "rules": [_rule(name, kept) for name in rules],
            }
        },
        "automationDetails": {"id": f"aligncheck/{uri(main.path)}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, f, i, rules) for f, i in unique_ids(kept)],
        "properties": {
            "signature": visible(report.tool.signature),
            "verdict": report.summary.verdict,
            "penaltyPer1000": report.summary.penalty_per_1000,
        },
    }
    notes: list[dict[str, Any]] = [
        {"level": "error", "message": {"text": message_text(p.what)}} for p in report.problems
    ]
    if len(kept) < len(report.findings):
        left = len(report.findings) - len(kept)
        notes.append(
            {"level": "warning", "message": {"text": f"{left} results of least weight were left out"}}
        )
    if notes:
        run["invocations"] = [
            {"executionSuccessful": not report.problems, "toolExecutionNotifications": notes}
        ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rule(name: str, findings: Iterable[Finding]) -> dict[str, Any]:
    categories = sorted({f.category for f in findings if f.check == name}, key=lambda c: c.value)
    words = ", ".join(CATEGORIES[c].en for c in categories)
    check = load("aligncheck.checks").get(name)  # none for a report of another installation's plug-in
    short = check.title.en if check is not None else f"{name}: {words}"
    page = {"helpUri": PAGES + name} if check is not None and _ours(check) else {}
    return {
        "id": visible(name),
        "name": _identifier(short, name),
        "shortDescription": {"text": message_text(short)},
        "fullDescription": {"text": message_text(_sentence(check.why.en if check is not None else words))},
        "help": {
            "text": message_text(f"Run 'aligncheck explain {name}' for what it finds and why it matters.")
        },
        **page,
        "properties": {"tags": ["translation", *(c.value for c in categories)][:10]},
    }


def _ours(check: Any) -> bool:
    """Whether the documentation has a page of it: a stranger's check is on none."""
    run = check.run or check.run_document
    return run is None or run.__module__.partition(".")[0] == "aligncheck"


def _identifier(title: str, name: str) -> str:
    """One word in Pascal case that is another than the rule's id (SARIF 2.1.0, 3.49.7).

    Without words of one letter: two capitals in a row are no Pascal case to those who judge it.
    """
    words = re.findall(r"[A-Za-z0-9]{2,}", title) or ["Check"]
    found = "".join(word[:1].upper() + word[1:].lower() for word in words)
    return found if found.lower() != name.lower() else f"{found}Check"


def _sentence(text: str) -> str:
    """A description as viewers want it: with its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text[:1].upper()}{text[1:]}."


def _result(report: Report, finding: Finding, identity: str, rules: dict[str, int]) -> dict[str, Any]:
    main, related = regions(report, finding)
    text = finding.message.en + (f" Suggestion: {finding.suggestion}" if finding.suggestion else "")
    result: dict[str, Any] = {
        "ruleId": visible(finding.check),
        "ruleIndex": rules[finding.check],
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": message_text(text)},
        "locations": [_location(r) for r in main[:MAX_LOCATIONS]] or [_whole(report)],
        "partialFingerprints": {"alignCheckFinding/v1": identity},
        "rank": round(100 * finding.confidence, 1),
        "properties": {
            "category": finding.category.value,
            "severity": finding.severity.value,
            "confidence": round(finding.confidence, 4),
            "messageZh": visible(finding.message.zh),
            "tags": [finding.category.value],
        },
    }
    if related:
        result["relatedLocations"] = [
            {"id": n, **_location(r), "message": {"text": message_text(f"source: {r.text}")}}
            for n, r in enumerate(related[:MAX_LOCATIONS], 1)
        ]
    if finding.waived is not None:
        why = finding.waived.reason + (f" ({finding.waived.by})" if finding.waived.by else "")
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": visible(why) or finding.waived.kind}
        ]
        if finding.waived.kind == "baseline":
            result["baselineState"] = "unchanged"
    return result


def _location(place: Region) -> dict[str, Any]:
    found: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": uri(place.path)}, "region": {"startLine": 1}}
    }
    if place.line:
        found["physicalLocation"]["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
        if place.text and place.end_line == place.line:  # a break may be written otherwise in the file
            found["physicalLocation"]["region"]["snippet"] = {"text": visible(place.text)}
    elif place.label:
        found["logicalLocations"] = [{"fullyQualifiedName": visible(place.label), "kind": "element"}]
    return found


def _whole(report: Report) -> dict[str, Any]:
    path = (report.target or report.source).path
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": {"startLine": 1}}}


def message_text(text: str) -> str:
    """Text for a SARIF message: braces doubled, and nothing that reads as an embedded link (3.11)."""
    text = visible(text).replace("{", "{{").replace("}", "}}")
    return re.sub(r"\[(?=[^\]\n]*\]\()", r"\\[", text)


REPORTER = Reporter("sarif", "SARIF 2.1.0, for code scanning", ".sarif", render)
