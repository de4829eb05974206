"""The settings of a run, whoever gives them: defaults, a configuration file, the command line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from aligncheck.config.reader import ReaderSettings
from aligncheck.model import Language, Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what a run finds; equal settings and inputs give equal reports.

    ``min_confidence``: findings below it become neutral.  ``checks``: names switched on or off;
    what is not named follows the check's own default.  ``options``: check name -> option -> value.
    ``severities``: check name -> severity that replaces the check's own.
    """

    encoder: str = "embedded"
    word_encoder: str = "embedded"
    glossaries: tuple[str, ...] = ()  # paths; empty: the official glossary that ships with us
    no_glossary: bool = False
    strict_terms: bool = False
    min_confidence: float = 0.5
    fail_on: Severity | None = Severity.MAJOR
    checks: Mapping[str, bool] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    segmented: bool = False  # one sentence a line
    source_language: Language | None = None
    max_bead: int = 10
    date: str = ""  # ISO date or year of the document, for terms valid in a period; empty: find out
    memory: str = ""  # path of a translation memory; empty: none
    second: ReaderSettings | None = None  # a language model that reads the pair too

    def fingerprint(self) -> str:
        """12 hex digits over all settings; glossaries count by what is in them, not by where they lie."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values["glossaries"] = [content_of(p) for p in self.glossaries]
        values["memory"] = content_of(self.memory) if self.memory else ""
        if self.second is not None:
            values["second"] = [*self.second.identity(), content_of(str(self.second.record))]
        raw = json.dumps(
            values,
            default=lambda v: v.value if isinstance(v, Severity) else dict(v),
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.sha256(raw.encode()).hexdigest()[:12]


def content_of(path: str) -> str:
    """The SHA-256 of a file, or its path where it cannot be read."""
    try:
        stat = Path(path).stat()
        return _digest(path, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return path


@lru_cache(maxsize=64)
def _digest(path: str, size: int, changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
