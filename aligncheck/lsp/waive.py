"""Waiving a finding from the editor: an entry in the waiver file, under review like everything else."""

from __future__ import annotations

from pathlib import Path

from aligncheck.errors import ConfigError
from aligncheck.lsp.pairs import Pair, waiver_file
from aligncheck.model import Finding
from aligncheck.reports.write import write_atomically
from aligncheck.waivers.baseline import text_of
from aligncheck.waivers.entries import person, read_file, with_entries
from aligncheck.waivers.entry import entry_of

#: Reasons to choose from where an editor lets nothing be typed.
REASONS = (
    ("right as it stands", "译文无误"),
    ("the source is wrong", "原文有误"),
    ("meant so", "有意为之"),
)


def waive(pair: Pair, finding: Finding, reason: str) -> Path:
    """Write a waiver into the pair's waiver file; its path.

    Raises:
        AligncheckError: the file is broken or cannot be written, or nobody is known by name.
    """
    path = waiver_file(pair.configuration)
    have = read_file(path) if path.exists() else []
    if any(e.waiver.id == finding.id for e in have):
        raise ConfigError(f"finding {finding.id} is waived already", path=str(path))
    file = pair.path("target" if finding.target else "source")
    entry = entry_of(
        finding.id,
        {
            "reason": " ".join(reason.split()),
            "by": person(path.parent),
            "check": f"{finding.check} ({finding.category.value})",
            "text": text_of(finding),
            "file": pair.configuration.relative(Path(file)),
        },
    )
    write_atomically(path, [with_entries(path, [entry])])
    return path
