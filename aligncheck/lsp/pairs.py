"""Which pair a file belongs to, as the configuration above it says."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from aligncheck.config import Settings
from aligncheck.config.patterns import expand
from aligncheck.config.project import Configuration, load_configuration
from aligncheck.errors import AligncheckError, ConfigError


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair by its real paths (no ``target``: one bilingual file), and how it is checked."""

    source: str
    target: str
    settings: Settings
    configuration: Configuration

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.source}\n{self.target}"

    def side_of(self, path: str) -> str:
        """Which side a file is; a bilingual file counts as the source."""
        return "target" if self.target and os.path.realpath(path) == self.target else "source"

    def path(self, side: str) -> str:
        """The file of a side."""
        return self.target if side == "target" and self.target else self.source


def _settings(configuration: Configuration, *paths: str) -> Settings:
    """An edit is answered at once: no second reader is asked."""
    return replace(configuration.settings(*paths), second=None)


def pair_of(path: str) -> Pair:
    """The pair of a file.

    Raises:
        AligncheckError: the configuration is broken, or the file's partner is missing.
    """
    real = os.path.realpath(path)
    for pair in _pairs(Path(real).parent):
        if real in (pair.source, pair.target):
            return pair
    configuration = load_configuration(Path(real).parent)
    if configuration.path is not None and configuration.pairs:
        name = configuration.relative(Path(real))
        for orphan in expand(configuration.pairs, configuration.root, _skipped(configuration)).orphans:
            if orphan.have == name:
                raise ConfigError(str(orphan), hint="write it, or see the patterns in the configuration")
    return Pair(real, "", _settings(configuration, configuration.relative(Path(real))), configuration)


def pairs_below(folder: str) -> list[Pair]:
    """All pairs that the configuration of a folder finds.

    Raises:
        AligncheckError: it is broken.
    """
    return _pairs(Path(folder))


def waiver_file(configuration: Configuration) -> Path:
    """The text file that waivers are added to."""
    for name in configuration.get("waivers"):
        path = configuration.root / str(name)
        if path.suffix.lower() not in (".json", ".xlsx"):
            return path
    return configuration.root / "waivers.txt"


def _skipped(configuration: Configuration) -> list[Path]:
    names = [configuration.get("output"), configuration.get("cache")]
    return [configuration.root / n for n in names if n]


def _pairs(start: Path) -> list[Pair]:
    configuration = load_configuration(start)
    if configuration.path is None or not configuration.pairs:
        return []
    found = []
    for pair in expand(configuration.pairs, configuration.root, _skipped(configuration)).pairs:
        source, target = (
            os.path.realpath(configuration.root / n) if n else "" for n in (pair.source, pair.target)
        )
        found.append(Pair(source, target, _settings(configuration, pair.source, pair.target), configuration))
    return found


def message_of(error: AligncheckError) -> str:
    """An error in one line."""
    place = f"{error.path}: " if error.path else ""
    return place + error.what + (f" ({error.hint})" if error.hint else "")
