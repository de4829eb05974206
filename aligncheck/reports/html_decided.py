"""What is decided about a finding already, on its card and for the page's script."""

from __future__ import annotations

from aligncheck.language import msg
from aligncheck.model import Decision, Finding, Report, Waiver
from aligncheck.reports.escape import html, visible
from aligncheck.reports.html_words import both
from aligncheck.reports.texts import DECISIONS


def decisions(report: Report) -> list[dict[str, str]]:
    """Decisions that the run was told of and that leave their findings in force, as the script keeps them."""
    return [told_row(f.id, f.decided) for f in report.findings if f.decided is not None and f.waived is None]


def told_row(identity: str, decided: Decision) -> dict[str, str]:
    """A decision as the script of a page keeps it."""
    row = {"id": identity, "decision": decided.kind, "by": visible(decided.by)}
    row["comment"] = visible(decided.comment)
    if decided.wording:
        row["replacement"] = visible(decided.wording)
    return row


def decided_lines(finding: Finding) -> str:
    """Why a finding is waived, and what its reviser says; where the script shows that itself, it hides it here."""
    waived = f'<p class="wv">{_waived(finding.waived)}</p>' if finding.waived is not None else ""
    return waived + (decided_line(finding.decided, bool(waived)) if finding.decided is not None else "")


def decided_line(decided: Decision, waived: bool) -> str:
    """What a reviser says of a finding; of a waived one only what the waiver does not say."""
    said = [both(DECISIONS[decided.kind])] if not waived and decided.kind in DECISIONS else []
    said += [f"→ {html(visible(decided.wording))}"] if decided.wording else []
    said += [f"{both('Note: ')}{html(visible(decided.comment))}"] if decided.comment else []
    by = f" – {html(visible(decided.by))}" if decided.by and not waived else ""
    own = "" if waived else " told"
    return f'<p class="wv{own}">{" · ".join(said)}{by}</p>' if said else ""


def _waived(waiver: Waiver) -> str:
    until = f", {both('until')} {html(waiver.until)}" if waiver.until else ""
    by = f" – {html(visible(waiver.by))}" if waiver.by else ""
    head = both(msg("In the baseline") if waiver.kind == "baseline" else msg("Waived"))
    return f"{head}: {html(visible(waiver.reason))}{by}{until}"
